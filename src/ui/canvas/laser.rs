//! The laser: a trail that shows others what is meant, fades by itself and touches nothing.

use super::{CanvasFrame, CanvasState};
use crate::geometry::Point;
use crate::theme::Ink;
use crate::tool::Tool;
use crate::ui::style::color32;
use egui::{Stroke, pos2};

/// How long a piece of the trail is seen, in seconds, and how wide it begins, in points.
const FADE: f64 = 1.2;
const WIDTH: f32 = 5.0;

/// The trail: where the pointer was, in the world, and when; `None` between two strokes.
#[derive(Debug, Default)]
pub struct Laser {
    trail: Vec<(Option<Point>, f64)>,
    is_down: bool,
    /// Strokes stay until they are wiped off.
    is_pen: bool,
}

impl Laser {
    pub fn toggle_pen(&mut self) -> bool {
        self.is_pen = !self.is_pen;
        self.trail.clear();
        self.is_pen
    }

    /// Takes all strokes away.
    pub fn wipe(&mut self) {
        self.trail.clear();
    }
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let (now, down) = ui.input(|i| (i.time, i.pointer.primary_down()));
    let is_on = frame.cx.tool == Tool::Laser && down && !ui.input(|i| i.key_down(egui::Key::Space));
    let laser = &mut state.laser;
    match state.pointer.filter(|_| is_on) {
        Some(at) if laser.trail.last().is_none_or(|(last, _)| *last != Some(at)) => laser.trail.push((Some(at), now)),
        None if laser.is_down => laser.trail.push((None, now)),
        _ => {}
    }
    laser.is_down = is_on;
    let is_pen = laser.is_pen && frame.cx.tool == Tool::Laser;
    laser.is_pen = is_pen;
    laser.trail.retain(|(_, since)| is_pen || now - since < FADE);
    if laser.trail.iter().all(|(at, _)| at.is_none()) {
        return laser.trail.clear();
    }
    if !is_pen {
        ui.ctx().request_repaint();
    }

    let view = frame.view(state);
    let color = color32(frame.cx.theme.color(Ink::Accent));
    let painter = ui.painter().with_clip_rect(frame.rect);
    let trail = &state.laser.trail;
    for (from, to) in trail.iter().zip(trail.iter().skip(1)) {
        let (Some(a), Some(b)) = (from.0, to.0) else { continue };
        let left = if is_pen { 0.8 } else { (1.0 - (now - to.1) / FADE).clamp(0.0, 1.0) as f32 };
        let (a, b) = (view.to_screen(a), view.to_screen(b));
        painter.line_segment([a, b], Stroke::new(1.0 + WIDTH * left, color.gamma_multiply(left)));
        // Round at the joints, so that a bend has no notch.
        painter.circle_filled(pos2(b.x, b.y), (1.0 + WIDTH * left) / 2.0, color.gamma_multiply(left));
    }
}
