//! The silent card: what the item is that the pointer rests on. It takes no clicks and goes as soon as anything is done.

use super::{WIDTH, content, ground, place, subject, threats};
use crate::model::{Authn, Id};
use crate::risk::{Finding, name_of};
use crate::scene::is_private;
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

pub(super) fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(id) = candidate(ui, frame, state) else {
        state.card.peeked = None;
        return;
    };
    if state.card.peeked.as_ref() != Some(&id) {
        state.card.peeked = None;
        let rested = ui.input(|i| i.pointer.time_since_last_movement());
        if rested < REST {
            return ui.ctx().request_repaint_after(Duration::from_secs_f32(REST - rested + 0.01));
        }
        state.card.peeked = Some(id.clone());
    }
    let view = frame.view(state);
    let Some(item) = place::of_item(frame.cx, &id).map(|r| view.rect_to_screen(r)) else { return };
    let area_id = frame.id.with(("peek", &id));
    let size = ui.ctx().memory(|m| m.area_rect(area_id)).map_or(vec2(WIDTH, 90.0), |r| r.size());
    let (at, _) = place::find(frame, &view, item, size, None);
    if state.card.rect.is_some_and(|card| card.intersects(at)) {
        return;
    }
    let cx = frame.cx;
    let area = Area::new(area_id).order(Order::Middle).fixed_pos(at.min).constrain_to(frame.rect).interactable(false);
    let shown = area.show(ui.ctx(), |ui| {
        ground(cx, Ink::Border).inner_margin(Margin { left: 0, right: 0, top: 6, bottom: 6 }).show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            contents(ui, cx, &id);
        });
    });
    place::again_if_other(ui, size, shown.response.rect.size());
}

/// The item under a pointer that does nothing else.
fn candidate(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &CanvasState) -> Option<Id> {
    let is_idle = state.pointer.is_some()
        && !state.gesture.is_active()
        && state.editor.is_none()
        && frame.cx.tool == Tool::Select
        && !ui.input(|i| i.pointer.any_down())
        && !egui::Popup::is_any_open(ui.ctx());
    let hover = frame.cx.hover.filter(|_| is_idle)?;
    let is_known = frame.cx.model.notes.contains_key(hover) || subject(frame, state).as_ref() == Some(hover);
    (!is_known).then(|| hover.clone())
}

fn contents(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id) {
    let findings: Vec<&Finding> = threats(cx, id).collect();
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
    lines.push(format!("{}, {}", count(findings.len(), "threat", "threats"), count(here, "control here", "controls here")));
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
