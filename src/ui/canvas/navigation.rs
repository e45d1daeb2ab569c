//! Moving about: wheel and pinch, fit, reveal.

use super::{CanvasFrame, CanvasState};
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::tool::{Button, Camera, CanvasEvent, EdgeScroll, Pointer};
use crate::ui::{Command, ViewCx};

/// Room around what is fitted into the view, in pixels.
pub const MARGIN: f32 = 16.0;
/// What is nearer than this to the edge is brought further in, in pixels.
const NEAREST: f32 = 8.0;
/// One step of zooming by key or button.
const STEP: f32 = 1.25;

/// Wheel and two fingers move the view; with Ctrl, and by pinching, they zoom at the pointer. By choice the wheel zooms, and
/// moves with Ctrl.
pub fn scroll_and_zoom(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let fingers = ui.input(|i| i.multi_touch());
    let at = fingers.map(|f| f.center_pos).or_else(|| ui.ctx().pointer_latest_pos());
    let Some(at) = at.filter(|p| frame.is_over(ui.ctx(), *p)) else { return };
    let (mut zoom, mut scroll) = ui.input(|i| (i.zoom_delta(), i.translation_delta()));
    if frame.cx.panels.wheel_zooms && fingers.is_none() {
        // Pinching is no turn of the wheel: it zooms as ever.
        let speed = ui.ctx().options(|o| o.input_options.scroll_zoom_speed);
        let is_wheel = ui.input(|i| i.modifiers.command);
        if zoom == 1.0 {
            (zoom, scroll.y) = ((scroll.y * speed).exp(), 0.0);
        } else if is_wheel {
            (zoom, scroll.y) = (1.0, zoom.ln() / speed);
        }
    }
    let middle = frame.rect.center();
    let camera = frame.camera(state);
    if zoom != 1.0 {
        *camera = camera.zoom_at(vec2(at.x - middle.x, at.y - middle.y), zoom);
    }
    // Fingers do both at once; a wheel one or the other.
    if (zoom == 1.0 || fingers.is_some()) && scroll != egui::Vec2::ZERO {
        *camera = camera.pan(vec2(scroll.x, scroll.y));
    }
}

impl CanvasFrame<'_, '_> {
    /// Lets time pass for gestures that wait for something.
    pub fn pass_time(&mut self, ui: &egui::Ui, state: &mut CanvasState) {
        if state.gesture.is_waiting() {
            let seconds = ui.input(|i| i.stable_dt.min(0.1));
            self.event(ui.ctx(), CanvasEvent::Wait(seconds), state);
            ui.ctx().request_repaint();
        }
    }

    /// Moves the view while something is dragged to its edge, and what is dragged along with it.
    pub fn scroll_at_edges(&mut self, ui: &egui::Ui, state: &mut CanvasState) {
        let dragging = state.held.is_some() && state.gesture.is_dragging() && !state.gesture.is_panning();
        let pointer = ui.ctx().pointer_latest_pos().filter(|_| dragging);
        let Some(at) = pointer else { return state.edge_scroll = EdgeScroll::default() };
        let (seconds, modifiers) = ui.input(|i| (i.stable_dt.min(0.1), i.modifiers));
        let view = self.view(state);
        let world = view.to_world(at);
        let Some(by) = state.edge_scroll.step(world, view.visible(), view.camera.scale, seconds) else { return };
        let camera = self.camera(state);
        camera.center = camera.center + by;
        let pointer = Pointer { at: world + by, button: Button::Primary, modifiers: super::input::held(modifiers) };
        if by != Vec2::ZERO {
            self.event(ui.ctx(), CanvasEvent::Move(pointer), state);
        }
        ui.ctx().request_repaint();
    }
}

pub fn zoom(frame: &mut CanvasFrame<'_, '_>, command: Command, state: &mut CanvasState) {
    if command == Command::ZoomFit {
        return frame.fit(state);
    }
    let size = frame.size();
    let selected = frame.selection.items.iter().filter_map(|id| bounds_of(frame.cx, id)).reduce(Rect::union);
    let camera = frame.camera(state);
    // What is selected and seen stays where it is: it is what one looks at.
    let seen = selected.map(Rect::center).filter(|at| camera.visible(size).contains(*at));
    let fixed = seen.map_or(vec2(0.0, 0.0), |at| camera.to_view(at));
    *camera = match command {
        Command::ZoomIn => camera.zoom_at(fixed, STEP),
        Command::ZoomOut => camera.zoom_at(fixed, 1.0 / STEP),
        Command::ZoomActual => camera.zoom_at(fixed, 1.0 / camera.scale),
        Command::ZoomSelection => selected.map_or(*camera, |r| Camera::fit(r, size, 6.0 * MARGIN, 2.0)),
        _ => *camera,
    };
}

pub fn reveal(frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let Some(bounds) = bounds_of(frame.cx, id) else { return };
    let size = frame.size();
    let camera = frame.camera(state);
    // What is seen as a whole stays where it is, however near to the edge.
    if !camera.visible(size).expand(-NEAREST / camera.scale).contains_rect(bounds) {
        *camera = camera.reveal(bounds, size, 3.0 * MARGIN);
    }
}

/// The same for a name that is about to be typed: it is typed where its thing is, as long as that can be seen at all.
pub fn reveal_name(frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let Some(bounds) = bounds_of(frame.cx, id) else { return };
    let size = frame.size();
    if !frame.camera(state).visible(size).contains(bounds.center()) {
        reveal(frame, id, state);
    }
}

/// The box or the course of an item.
pub fn bounds_of(cx: &ViewCx<'_>, id: &Id) -> Option<Rect> {
    let layout = cx.layout;
    let course = || layout.flows.get(id).map(|f| &f.points).or_else(|| layout.lines.get(id).map(|l| &l.points));
    let drawn = layout.boxes.get(id).map(|b| b.rect).or_else(|| Rect::around(course()?.iter().copied()));
    // What is hidden is shown by the box that hides it.
    let hidden_by = || layout.boxes.get(&cx.model.hidden_by(cx.diagram, id)?).map(|b| b.rect);
    drawn.or_else(hidden_by)
}
