//! A control held over the canvas: what it would help lights up, and the thing under it says by how much.

use super::{CanvasFrame, CanvasState};
use crate::library::Library;
use crate::model::{Id, Site};
use crate::risk::{Change, Figures, Scratch, name_of, what_if};
use crate::scene::{BoxKind, pill_place};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::control_list::{ControlInHand, add, dropped, helped, is_at};
use crate::ui::style::color32;
use crate::ui::{fonts, pulse};
use egui::{Align2, Color32, DragAndDrop, Order, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// What is known about the control in hand.
#[derive(Debug, Default)]
pub struct ControlDrop {
    /// For which content and control, how many threats it answers at each item, and the figures to compare with.
    helped: Option<((u64, String), BTreeMap<Id, usize>, Figures)>,
    /// What it would do at a site, found out once.
    tried: BTreeMap<Site, Change>,
    /// The copy of the model it is found out on.
    scratch: Option<Scratch<'static>>,
}

pub fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let ctx = ui.ctx();
    let Some(control) = DragAndDrop::payload::<ControlInHand>(ctx).map(|c| c.0.clone()) else {
        state.control_drop = ControlDrop::default();
        return;
    };
    let cx = frame.cx;
    let wanted = (cx.content_now, control.clone());
    if state.control_drop.helped.as_ref().is_none_or(|(of, ..)| *of != wanted) {
        let known = (wanted, helped(cx, &control), Figures::of(cx.actual));
        state.control_drop = ControlDrop { helped: Some(known), ..ControlDrop::default() };
    }
    light_up(ui, frame, state);
    let Some(at) = ctx.pointer_latest_pos().filter(|at| frame.is_over(ctx, *at)) else { return };
    let planned = ctx.input(|i| i.modifiers.shift);
    let site = site_at(frame, at, state);
    let words =
        if is_at(cx, &control, &site) { "is there already".to_owned() } else { told(frame, &control, &site, planned, state) };
    target(ui, frame, &site, state);
    label(ui, frame, at, &format!("{}: {words}", site_name(frame, &site)));
    if ctx.input(|i| i.pointer.any_released()) {
        DragAndDrop::clear_payload(ctx);
        if !is_at(cx, &control, &site) {
            add(cx, &control, site, planned, frame.out);
        }
        ctx.request_repaint();
    }
}

/// The thing under the pointer; the ground stands for the whole model.
fn site_at(frame: &CanvasFrame<'_, '_>, at: Pos2, state: &mut CanvasState) -> Site {
    let view = frame.view(state);
    let reach = crate::tool::REACH / view.camera.scale;
    let point = view.to_world(at);
    let hit = frame.cx.layout.hit(point, reach).map(|hit| hit.id).filter(|id| !frame.cx.model.notes.contains_key(id));
    let inside = || frame.cx.layout.boundary_at(point, &std::collections::BTreeSet::new());
    hit.or_else(inside).map_or(Site::Model, Site::At)
}

fn site_name(frame: &CanvasFrame<'_, '_>, site: &Site) -> String {
    match site {
        Site::Model => "The whole model".to_owned(),
        Site::At(id) => name_of(frame.cx.model, id),
    }
}

/// "covers 3 threats, ▼ 42", worked out once for each target.
fn told(frame: &CanvasFrame<'_, '_>, control: &str, site: &Site, planned: bool, state: &mut CanvasState) -> String {
    let cx = frame.cx;
    let ControlDrop { helped: Some((_, _, now)), tried, scratch } = &mut state.control_drop else { return String::new() };
    let change = tried.entry(site.clone()).or_insert_with(|| {
        let scratch = scratch.get_or_insert_with(|| Scratch::new(cx.model, Library::builtin()));
        what_if(scratch, now, dropped(control, site.clone(), false))
    });
    let later = if planned { ", once done" } else { "" };
    match change.eased.len() {
        0 => "covers no threat".to_owned(),
        1 => format!("covers 1 threat, {}{later}", pulse::in_words(change.total)),
        n => format!("covers {n} threats, {}{later}", pulse::in_words(change.total)),
    }
}

/// How many threats it answers, beside everything where it answers any.
fn light_up(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let view = frame.view(state);
    let Some((_, helped, _)) = &state.control_drop.helped else { return };
    let good = color32(frame.cx.theme.color(Ink::Good));
    let painter = ui.painter().with_clip_rect(frame.rect);
    for (id, count) in helped {
        let Some(at) = pill_place(frame.cx.layout, id).map(|p| view.to_screen(p)) else { continue };
        if let Some(placed) = frame.cx.layout.boxes.get(id).filter(|b| b.kind != BoxKind::Boundary) {
            let rect = view.rect_to_screen(placed.rect).expand(4.0);
            painter.rect(rect, 5.0, good.gamma_multiply(0.14), Stroke::new(2.0, good), StrokeKind::Outside);
        }
        let ground = color32(frame.cx.theme.color(Ink::Panel));
        let chip = Rect::from_center_size(at, vec2(if *count > 9 { 36.0 } else { 30.0 }, 18.0));
        painter.rect(chip, 9.0, ground, Stroke::new(1.5, good), StrokeKind::Middle);
        painter.text(chip.center(), Align2::CENTER_CENTER, format!("+ {count}"), fonts::font(Face::Bold, 11.0), good);
    }
}

/// A frame around the target.
fn target(ui: &Ui, frame: &CanvasFrame<'_, '_>, site: &Site, state: &mut CanvasState) {
    let view = frame.view(state);
    let accent = color32(frame.cx.theme.color(Ink::Accent));
    let painter = ui.painter().with_clip_rect(frame.rect);
    let mark = |rect: Rect| {
        painter.rect_stroke(rect, 5.0, Stroke::new(2.5, accent), StrokeKind::Outside);
    };
    match site {
        Site::Model => mark(frame.rect.shrink(4.0)),
        Site::At(id) => match (frame.cx.layout.boxes.get(id), frame.cx.layout.flows.get(id)) {
            (Some(placed), _) => mark(view.rect_to_screen(placed.rect).expand(4.0)),
            (_, Some(flow)) => {
                let points: Vec<Pos2> = flow.points.iter().map(|p| view.to_screen(*p)).collect();
                painter.line(points, Stroke::new(5.0, accent.gamma_multiply(0.45)));
            }
            _ => {}
        },
    }
}

/// Words beside the pointer, above everything.
fn label(ui: &Ui, frame: &CanvasFrame<'_, '_>, at: Pos2, words: &str) {
    let ink = |ink| color32(frame.cx.theme.color(ink));
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Tooltip, frame.id.with("control in hand")));
    let galley = painter.layout_no_wrap(words.to_owned(), fonts::font(Face::Bold, 12.0), ink(Ink::Text));
    let size = galley.size() + vec2(16.0, 8.0);
    let x = (at.x + 14.0).min(frame.rect.right() - size.x - 4.0);
    let rect = Rect::from_min_size(pos2(x, at.y + 16.0), size);
    painter.rect(rect, 4.0, ink(Ink::Panel), Stroke::new(1.0, ink(Ink::Accent)), StrokeKind::Inside);
    painter.galley(rect.min + vec2(8.0, 4.0), galley, Color32::PLACEHOLDER);
}
