//! The light of the stage: what a step is about is seen in full, the rest a quarter; and a spotlight at the pointer.

use super::{CanvasFrame, CanvasState};
use crate::model::{ElementKind, Id};
use crate::scene::{BoxKind, Drawing};
use crate::theme::Ink;
use crate::ui::painter::Painter;
use crate::ui::style::color32;
use egui::{Color32, Mesh, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};
use std::collections::BTreeSet;

/// What is left of what lies in the dark.
const DARK: f32 = 0.25;
/// How wide it fades away at the edges, as a share of the height.
const EDGE: f32 = 0.09;
/// Radius of the spotlight, as a share of the height of the canvas.
const SPOT: f32 = 0.22;
/// Corners of its edge.
const CORNERS: u16 = 64;

/// What the light is on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Light {
    pub lit: BTreeSet<Id>,
    /// What is framed, too.
    pub framed: BTreeSet<Id>,
}

/// Puts everything into the dark but what is lit.
pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(light) = state.light.clone() else { return };
    let cx = frame.cx;
    let view = frame.view(state);
    let clip = ui.painter().with_clip_rect(frame.rect);
    let ground = color32(cx.theme.color(Ink::Canvas));
    if !light.lit.is_empty() {
        clip.rect_filled(frame.rect, 0.0, ground.gamma_multiply(1.0 - DARK));
        clip.add(dusk(frame.rect, ground));
    }
    // Below the pills.
    let accent = Stroke::new(2.5 * view.camera.scale.clamp(0.6, 2.0), color32(cx.theme.color(Ink::Accent)));
    for placed in light.framed.iter().filter_map(|id| cx.layout.boxes.get(id)).filter(|p| p.kind != BoxKind::Boundary) {
        let rect = view.rect_to_screen(placed.rect.expand(6.0));
        let is_round = placed.kind == BoxKind::Element(ElementKind::Process);
        clip.rect_stroke(rect, if is_round { rect.height() / 2.0 } else { 4.0 }, accent, StrokeKind::Middle);
    }
    if !light.lit.is_empty() {
        let mut look = state.picture.look(cx, &view, false);
        look.highlight.extend(light.framed.iter().filter(|id| cx.layout.flows.contains_key(*id)).cloned());
        let drawing = Drawing::new(cx.model, cx.assessment, cx.layout, &look);
        let mut items = Vec::new();
        for id in &light.lit {
            // What is hidden is shown by the box that hides it.
            let hidden_by = cx.model.hidden_by(cx.diagram, id);
            drawing.record(hidden_by.as_ref().unwrap_or(id), &mut items);
        }
        items.sort_by_cached_key(|item| drawing.order(item));
        Painter { painter: &clip, view, theme: cx.theme, opacity: 1.0 }.items(&items);
    }
}

/// Towards the edges what is in the dark fades away, so that no word of it is cut.
fn dusk(rect: Rect, ground: Color32) -> Mesh {
    let inner = rect.shrink(rect.height() * EDGE);
    let clear = Color32::TRANSPARENT;
    let mut mesh = Mesh::default();
    for (outer, inner) in corners(rect).into_iter().zip(corners(inner)) {
        mesh.colored_vertex(outer, ground);
        mesh.colored_vertex(inner, clear);
    }
    for n in 0..4 {
        let [a, b, c, d] = [2 * n, 2 * n + 1, (2 * n + 2) % 8, (2 * n + 3) % 8];
        mesh.add_triangle(a, b, c);
        mesh.add_triangle(b, c, d);
    }
    mesh
}

fn corners(rect: Rect) -> [Pos2; 4] {
    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()]
}

/// While Shift is held on the stage, only what is near the pointer is seen in full.
pub fn spot(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &CanvasState) {
    let is_held = frame.cx.panels.presenting && ui.input(|i| i.modifiers.shift_only());
    let Some(at) = ui.ctx().pointer_latest_pos().filter(|at| is_held && frame.rect.contains(*at)) else { return };
    if state.gesture.is_active() {
        return;
    }
    let radius = frame.rect.height() * SPOT;
    let far = frame.rect.size().length();
    let color = color32(frame.cx.theme.color(Ink::Text)).gamma_multiply(0.55);
    let mut mesh = Mesh::default();
    let point = |n: u16, radius: f32| -> Pos2 {
        let angle = f32::from(n) / f32::from(CORNERS) * std::f32::consts::TAU;
        at + vec2(angle.cos(), angle.sin()) * radius
    };
    for n in 0..=CORNERS {
        mesh.colored_vertex(point(n, radius), color);
        mesh.colored_vertex(point(n, far), color);
    }
    for n in 0..u32::from(CORNERS) {
        mesh.add_triangle(2 * n, 2 * n + 1, 2 * n + 2);
        mesh.add_triangle(2 * n + 1, 2 * n + 3, 2 * n + 2);
    }
    ui.painter().with_clip_rect(frame.rect).add(mesh);
}
