//! The silent card: what the item is that the pointer rests on. It takes no clicks and goes as soon as anything is done.

use super::{content, ground, place, subject, waiting, waiting_words, width};
use crate::geometry::{Point, Rect};
use crate::model::{Authn, Id};
use crate::risk::{Finding, name_of};
use crate::scene::{Access, Crossing, FlowEnd, access_at, access_points, is_private};
use crate::theme::Ink;
use crate::tool::Tool;
use crate::ui::ViewCx;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::style::color32;
use crate::ui::widgets::{bold, caption};
use egui::{Area, Label, Margin, Order, Ui, vec2};
use std::time::Duration;

/// How long the pointer rests before it is shown, in seconds.
const REST: f32 = 0.5;

/// What the pointer rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    item: Id,
    /// Of a flow: one of its markers, by its number among them.
    marker: Option<usize>,
}

/// How near the pointer must be to a marker, in points.
const MARKER: f32 = 8.0;

pub(super) fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(about) = candidate(ui, frame, state) else {
        state.card.peeked = None;
        return;
    };
    let before = state.card.peeked.take().filter(|(of, _)| *of == about);
    if before.is_none() {
        let rested = ui.input(|i| i.pointer.time_since_last_movement());
        if rested < REST {
            return ui.ctx().request_repaint_after(Duration::from_secs_f32(REST - rested + 0.01));
        }
    }
    let before = before.and_then(|(_, spot)| spot);
    state.card.peeked = Some((about.clone(), before));
    let view = frame.view(state);
    let marker = about.marker.and_then(|n| markers(frame.cx, &about.item).into_iter().nth(n));
    let place = marker
        .as_ref()
        .map(|marker| Rect::from_center(marker.at(), 12.0, 12.0))
        .or_else(|| place::of_item(frame.cx, &about.item));
    // Keys may have moved it out of sight since the pointer came to rest on it.
    let on_screen = place.map(|r| view.rect_to_screen(r)).filter(|r| r.intersects(frame.rect));
    let Some(item) = on_screen else { return };
    let area_id = frame.id.with(("peek", &about.item, about.marker));
    let known = ui.ctx().memory(|m| m.area_rect(area_id));
    let size = known.map_or(vec2(width(frame), 90.0), |r| r.size());
    let (at, spot) = place::find(frame, &view, item, size, place::Before { spot: before, is_stale: false });
    state.card.peeked = Some((about.clone(), known.map(|_| spot)));
    if state.card.rect.is_some_and(|card| card.intersects(at)) {
        return;
    }
    let (cx, width) = (frame.cx, width(frame));
    let area = Area::new(area_id).order(Order::Middle).fixed_pos(at.min).constrain_to(frame.rect).interactable(false);
    let shown = area.show(ui.ctx(), |ui| {
        ground(cx, Ink::Border).inner_margin(Margin { left: 0, right: 0, top: 6, bottom: 6 }).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            match marker {
                Some(Marker::Crossing(crossing)) => seam(ui, cx, &about.item, crossing),
                Some(Marker::Access(end, access)) => access_ui(ui, cx, &about.item, end, access),
                None => contents(ui, cx, &about.item),
            }
        });
    });
    place::again_if_other(ui, size, shown.response.rect.size());
}

/// The item or the marker under a pointer that does nothing else.
fn candidate(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) -> Option<About> {
    let is_idle = state.pointer.is_some()
        && frame.cx.panels.cards
        && !state.card.is_hushed
        && !state.gesture.is_active()
        && state.editor.is_none()
        && frame.cx.tool == Tool::Select
        && !ui.input(|i| i.pointer.any_down())
        && !egui::Popup::is_any_open(ui.ctx());
    let hover = frame.cx.hover.filter(|_| is_idle)?;
    if let Some(about) = marker_at(frame, state) {
        return Some(about);
    }
    let is_known = frame.cx.model.notes.contains_key(hover) || subject(frame, state).as_ref() == Some(hover);
    (!is_known).then(|| About { item: hover.clone(), marker: None })
}

/// A sign along a flow, with what it is about.
enum Marker<'a> {
    /// The crossing of a boundary.
    Crossing(&'a Crossing),
    /// An entry or exit point.
    Access(&'a FlowEnd, Access),
}

impl Marker<'_> {
    fn at(&self) -> Point {
        match self {
            Marker::Crossing(crossing) => crossing.at,
            Marker::Access(end, _) => access_at(end.at, end.direction),
        }
    }
}

/// The markers of a flow.
fn markers<'a>(cx: &ViewCx<'a>, flow: &Id) -> Vec<Marker<'a>> {
    let Some(course) = cx.layout.flows.get(flow) else { return Vec::new() };
    let ends = access_points(cx.model, cx.assessment, flow, course);
    let accesses = ends.into_iter().map(|(end, access)| Marker::Access(end, access));
    course.crossings.iter().map(Marker::Crossing).chain(accesses).collect()
}

/// The marker under the pointer: of a single crossing, or of an entry or exit point.
fn marker_at(frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) -> Option<About> {
    let at = state.pointer?;
    let reach = MARKER / frame.view(state).camera.scale;
    let cx = frame.cx;
    let near = cx.layout.near(Rect::from_center(at, 2.0 * reach, 2.0 * reach));
    let off = |id| markers(cx, id).into_iter().enumerate().map(move |(n, marker)| (marker.at().distance(at), id, n));
    let nearest = near.into_iter().flat_map(off).filter(|(off, ..)| *off <= reach).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, id, n)| About { item: id.clone(), marker: Some(n) })
}

/// What comes in or goes out at the end of a flow, and from which trust to which.
fn access_ui(ui: &mut Ui, cx: &ViewCx<'_>, flow: &Id, end: &FlowEnd, access: Access) {
    let element = end.element.as_ref().map(|id| name_of(cx.model, id)).unwrap_or_default();
    let (title, what) = match access {
        Access::Entry => (format!("Entry point of {element}"), "comes in here from less trusted ground"),
        Access::Exit => (format!("Exit point of {element}"), "leaves here for less trusted ground"),
    };
    egui::Frame::new().inner_margin(Margin::symmetric(10, 0)).show(ui, |ui| {
        ui.add(Label::new(bold(title).color(color32(cx.theme.color(Ink::Text)))).truncate());
        for line in [Some(format!("{} {what}", name_of(cx.model, flow))), crossing(cx, flow)].into_iter().flatten() {
            ui.add(Label::new(caption(ui, line)).wrap());
        }
    });
}

/// Which boundary a flow crosses at a marker, and from which trust to which.
fn seam(ui: &mut Ui, cx: &ViewCx<'_>, flow: &Id, crossing: &Crossing) {
    let boundary = &crossing.boundary;
    let verb = match crossing.enters {
        Some(true) => "Into",
        Some(false) => "Out of",
        None => "Across",
    };
    egui::Frame::new().inner_margin(Margin::symmetric(10, 0)).show(ui, |ui| {
        let title = format!("{verb} {}", name_of(cx.model, boundary));
        ui.add(Label::new(bold(title).color(color32(cx.theme.color(Ink::Text)))).truncate());
        for line in trust_change(cx, crossing).into_iter().chain([name_of(cx.model, flow)]) {
            ui.add(Label::new(caption(ui, line)).wrap());
        }
    });
}

/// "Internet (T0) → DMZ (T2), trust rises by 2"; for a line what it says of itself, for it has no inside.
fn trust_change(cx: &ViewCx<'_>, crossing: &Crossing) -> Option<String> {
    let path = cx.model.boundary_path(&crossing.boundary);
    let trust = |path: &[Id]| path.iter().find_map(|b| cx.model.boundaries.get(b)?.trust);
    let side = |path: &[Id]| {
        let name = path.first().map_or_else(|| "outside".to_owned(), |b| name_of(cx.model, b));
        trust(path).map_or_else(|| format!("{name} (T?)"), |t| format!("{name} (T{t})"))
    };
    let outside = path.get(1..).unwrap_or_default();
    let enters = match crossing.enters {
        Some(enters) => enters,
        None => return trust(&path).map(|t| format!("A line of trust T{t}")),
    };
    let (from, to) = if enters { (outside, path.as_slice()) } else { (path.as_slice(), outside) };
    let change = trust(from).zip(trust(to)).map(|(a, b)| match i16::from(b) - i16::from(a) {
        0 => ", the same trust".to_owned(),
        by if by > 0 => format!(", trust rises by {by}"),
        by => format!(", trust falls by {}", -by),
    });
    Some(format!("{} → {}{}", side(from), side(to), change.unwrap_or_default()))
}

fn contents(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id) {
    let findings: Vec<&Finding> = cx.assessment.shown_at(id).filter(|f| f.counts()).collect();
    egui::Frame::new().inner_margin(Margin::symmetric(10, 0)).show(ui, |ui| {
        ui.add(Label::new(bold(name_of(cx.model, id)).color(color32(cx.theme.color(Ink::Text)))).truncate());
        for line in facts(cx, id, &findings) {
            ui.add(Label::new(caption(ui, line)).wrap());
        }
    });
    for finding in findings.iter().take(2) {
        content::row(ui, cx, finding, false);
    }
}

/// What is known about the item, a line each.
fn facts(cx: &ViewCx<'_>, id: &Id, findings: &[&Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    let (element, flow) = (cx.model.elements.get(id), cx.model.flows.get(id));
    let reason = element.and_then(|e| e.out_of_scope.as_ref()).or_else(|| flow.and_then(|f| f.out_of_scope.as_ref()));
    if let Some(reason) = reason {
        lines.push(if reason.is_empty() { "Out of scope".to_owned() } else { format!("Out of scope: {reason}") });
    }
    if let Some(flow) = flow {
        let private = match is_private(flow) {
            Some(true) => "encrypted",
            Some(false) => "plain text",
            None => "encryption not stated",
        };
        let authn = match flow.authn {
            Authn::NoAuth => "no authentication".to_owned(),
            Authn::Unknown => "authentication not stated".to_owned(),
            known => known.label().to_owned(),
        };
        lines.extend(crossing(cx, id));
        lines.push(format!("{}, {authn}, {private}", flow.protocol.label()));
    }
    let here = cx.model.instances.values().filter(|i| i.at.contains(&crate::model::Site::At(id.clone()))).count();
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let threats = count(findings.len(), "threat", "threats");
    let waiting = waiting_words(waiting(cx, id)).map(|words| format!(", {words}")).unwrap_or_default();
    lines.push(format!("{threats}{waiting}, {}", count(here, "control here", "controls here")));
    lines
}

/// "Internet (T0) → Cloud (T2)" for a flow that crosses a boundary.
fn crossing(cx: &ViewCx<'_>, id: &Id) -> Option<String> {
    let flow = cx.model.flows.get(id)?;
    let crossed = cx.assessment.crossings.get(id).filter(|c| !c.boundaries.is_empty())?;
    let side = |end: &Option<Id>, trust: Option<u8>| {
        let zone = end.as_ref().and_then(|e| cx.model.elements.get(e)).and_then(|e| e.boundary.as_ref());
        let zone = zone.map_or_else(|| "outside".to_owned(), |b| name_of(cx.model, b));
        trust.map_or_else(|| format!("{zone} (T?)"), |t| format!("{zone} (T{t})"))
    };
    Some(format!("{} → {}", side(&flow.from, crossed.from), side(&flow.to, crossed.to)))
}
