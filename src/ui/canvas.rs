//! The canvas: shows a diagram, turns pointer and keys into tool events, and tools' outcomes into actions.
//!
//! It has its own world-to-screen transform and lays text out at its final size. What it remembers between frames
//! (camera, gesture, open label) is [`CanvasState`]; the document changes only through actions.

mod accessible;
mod card;
mod chips;
mod compared;
mod containers;
mod control_drop;
mod crumbs;
mod eye;
mod glide;
mod grid;
mod heat;
mod hints;
mod input;
mod label_editor;
mod laser;
mod legend;
mod light;
mod menu;
mod minimap;
mod navigation;
mod notice;
mod overlay;
mod picture;
mod requests;
mod selection_bar;
mod signs;
mod text_field;
mod threat_popup;
mod touch;
mod zoom_bar;

pub use glide::Sight;
pub use light::Light;
pub(super) use navigation::bounds_of;
pub use requests::Eyes;
pub use signs::{Ground, detail, names};
pub use threat_popup::TAKEN_ON;

use super::painter::{Painter, View};
use super::style::color32;
use super::{Action, Outbox, ViewCx};
use crate::geometry::{Point, Rect, Vec2, vec2};
use crate::model::Id;
use crate::theme::Ink;
use crate::tool::{
    Button, Camera, CanvasEvent, CopiedStyle, EdgeScroll, Gesture, Modifiers, Operation, Outcome, Selection, Tool, ToolCx, birth,
    perform,
};
use eye::Eye;
use label_editor::LabelEditor;
use menu::Menu;
use picture::{Composed, Picture};
use requests::Request;
use std::collections::BTreeMap;
use text_field::TextField;
use threat_popup::ThreatPopup;

/// What the canvas remembers between frames.
#[derive(Debug, Default)]
pub struct CanvasState {
    /// One view for each diagram; a new one shows everything.
    eyes: BTreeMap<Id, Eye>,
    gesture: Gesture,
    editor: Option<LabelEditor>,
    /// The menu at the pointer.
    menu: Option<Menu>,
    /// The list from which a threat is taken.
    threat_popup: Option<ThreatPopup>,
    /// The item to be noticed, and when it began to be, in seconds of the window's clock.
    pulse: Option<(Id, Option<f64>)>,
    /// The field for writing a diagram as text.
    text_field: Option<TextField>,
    /// What was typed after the key that opens a label, before the field is there.
    typed_ahead: String,
    card: card::Card,
    control_drop: control_drop::ControlDrop,
    /// The diagram drawn last.
    shown: Option<Id>,
    picture: Picture,
    legend: legend::Legend,
    minimap: minimap::Minimap,
    laser: laser::Laser,
    /// The camera, while it is on its way.
    glide: Option<glide::Glide>,
    /// What is seen in full while the rest is in the dark.
    light: Option<Light>,
    composed: Composed,
    crumbs: crumbs::Crumbs,
    /// Where it was drawn last on the screen.
    area: Option<egui::Rect>,
    /// The button that is down since it was pressed on the canvas, and what it stood for then.
    held: Option<(egui::PointerButton, Button)>,
    /// The keys held with it in the frame before.
    modifiers: Modifiers,
    edge_scroll: EdgeScroll,
    /// Space went down and nothing else happened since: let go of, it is a tap.
    space_down: bool,
    fingers: touch::Fingers,
    /// It had the keyboard in the frame before, itself or in a field of its own.
    had_keyboard: bool,
    /// Where the pointer is, if over the canvas.
    pointer: Option<Point>,
    /// Asked for by others since the last frame.
    requests: Vec<Request>,
    /// How what was asked for from the clipboard is pasted when it arrives.
    pasted: Option<Pasted>,
    /// The look that was copied last.
    style: Option<CopiedStyle>,
}

/// How copied things are put on the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pasted {
    AtPointer,
    InPlace,
    /// The things themselves instead of copies, where they are still in the model.
    Originals,
}

impl CanvasState {
    /// Whether a field on the canvas itself is being written in.
    fn is_writing(&self) -> bool {
        self.editor.is_some() || self.text_field.is_some() || self.threat_popup.is_some()
    }

    /// Where the canvas lies on the screen; `None` while there is none.
    pub fn area(&self) -> Option<egui::Rect> {
        self.area
    }

    /// The place in the world at a point of the screen; `None` beside the canvas.
    pub fn world_at(&self, diagram: &Id, at: egui::Pos2) -> Option<Point> {
        let area = self.area.filter(|area| area.contains(at))?;
        let by = at - area.center();
        self.eyes.get(diagram).map(|eye| eye.camera.to_world(vec2(by.x, by.y)))
    }

    /// Offers threats to take on at an item.
    pub fn add_threat(&mut self, id: Id) {
        self.threat_popup = Some(ThreatPopup::at(id));
    }

    /// Opens the field for writing a diagram as text, with something in it already.
    pub fn write_text(&mut self, text: String) {
        self.text_field = Some(TextField::with(text));
    }

    /// What arrives from the clipboard next is pasted so.
    pub fn expect_paste(&mut self, pasted: Pasted) {
        self.pasted = Some(pasted);
    }

    /// The zoom of a diagram, 1 for 100 %.
    pub fn scale(&self, diagram: &Id) -> f32 {
        self.eyes.get(diagram).map_or(1.0, |eye| eye.camera.scale)
    }

    /// The view of a diagram; `None` before it was shown.
    pub fn camera(&self, diagram: &Id) -> Option<Camera> {
        self.eyes.get(diagram).map(|eye| eye.camera)
    }

    /// How often the map of the diagram was drawn.
    pub fn mapped(&self) -> usize {
        self.minimap.made
    }

    /// How many items were turned into triangles so far.
    pub fn tessellated(&self) -> usize {
        self.composed.tessellated()
    }
}

/// Draws the diagram into all the room there is and handles what people do to it.
pub fn canvas_ui(ui: &mut egui::Ui, cx: &ViewCx<'_>, state: &mut CanvasState, out: &mut Outbox) {
    let rect = ui.available_rect_before_wrap();
    let response = ui.allocate_rect(rect, egui::Sense::click_and_drag());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::WidgetType::Other, true, format!("Diagram {}", cx.model.name_of(cx.diagram)))
    });
    let pixels_per_point = ui.ctx().pixels_per_point();
    let mut frame = CanvasFrame { cx, rect, id: response.id, pixels_per_point, selection: cx.selection.clone(), out };
    state.area = Some(rect);
    if state.shown.as_ref() != Some(cx.diagram) {
        // A gesture does not carry over to another diagram.
        frame.event(ui.ctx(), CanvasEvent::Cancel, state);
        state.shown = Some(cx.diagram.clone());
        state.editor = None;
        state.text_field = None;
        state.threat_popup = None;
        state.menu = None;
    }
    frame.answer_requests(ui, state);
    state.run_pulse(ui.ctx());
    navigation::scroll_and_zoom(ui, &mut frame, state);
    frame.take_input(ui, state);
    frame.scroll_at_edges(ui, state);
    frame.pass_time(ui, state);
    glide::advance(ui, &frame, state);
    frame.draw(ui, state);
    heat::draw(ui, &frame, state);
    signs::draw_below(ui, &frame, state);
    light::draw(ui, &frame, state);
    signs::draw(ui, &frame, state);
    if !cx.panels.presenting {
        hints::show(ui, &mut frame, state);
    }
    accessible::nodes(ui, &mut frame, state);
    label_editor::show(ui, &mut frame, state);
    text_field::show(ui, &mut frame, state);
    selection_bar::show(ui, &mut frame, state);
    threat_popup::show(ui, &mut frame, state);
    menu::show(ui, &mut frame, state);
    if !cx.panels.presenting {
        card::show(ui, &mut frame, state);
    }
    chips::draw(ui, &frame, state);
    control_drop::show(ui, &mut frame, state);
    compared::draw(ui, &frame, state);
    legend::show(ui, &mut frame, state);
    laser::show(ui, &mut frame, state);
    light::spot(ui, &frame, state);
    if !cx.panels.presenting {
        zoom_bar::show(ui, &mut frame, state);
        minimap::show(ui, &mut frame, state);
        crumbs::show(ui, &mut frame, state);
    }
    super::region::canvas(ui, response.id, rect);
}

/// One frame of the canvas.
struct CanvasFrame<'a, 'v> {
    cx: &'a ViewCx<'v>,
    rect: egui::Rect,
    id: egui::Id,
    pixels_per_point: f32,
    /// The selection as it will be once the actions so far are performed.
    selection: Selection,
    out: &'a mut Outbox,
}

impl CanvasFrame<'_, '_> {
    fn size(&self) -> Vec2 {
        vec2(self.rect.width(), self.rect.height())
    }

    /// The camera of the diagram; everything in view when it is shown for the first time, and until it is moved.
    fn camera<'s>(&self, state: &'s mut CanvasState) -> &'s mut Camera {
        let fitted = || Eye::fitted(self.cx.layout.bounds, self.size());
        let eye = state.eyes.entry(self.cx.diagram.clone()).or_insert_with(fitted);
        if eye.fitted.0 == eye.camera && eye.fitted.1 != self.size() {
            *eye = fitted();
        }
        &mut eye.camera
    }

    /// Shows everything.
    fn fit(&self, state: &mut CanvasState) {
        state.eyes.insert(self.cx.diagram.clone(), Eye::fitted(self.cx.layout.bounds, self.size()));
    }

    fn view(&self, state: &mut CanvasState) -> View {
        View { camera: *self.camera(state), rect: self.rect }.on_pixels(self.pixels_per_point)
    }

    fn answer_requests(&mut self, ui: &egui::Ui, state: &mut CanvasState) {
        for request in std::mem::take(&mut state.requests) {
            match request {
                Request::Reveal(id) => navigation::reveal(self, &id, state),
                Request::Zoom(command) => navigation::zoom(self, command, state),
                Request::EditLabel(id, just_made) => {
                    navigation::reveal_name(self, &id, state);
                    label_editor::open(self.cx, id, just_made, state);
                }
                Request::Menu => {
                    let chosen = self.selection.items.iter().filter_map(|id| navigation::bounds_of(self.cx, id));
                    let view = self.view(state);
                    let at = chosen.reduce(Rect::union).map_or(self.rect.center(), |r| view.to_screen(r.center()));
                    self.open_menu(self.rect.clamp(at), state);
                }
                Request::Size => {
                    self.with_tools(state, |gesture, tools| gesture.size_by_keys(tools));
                    ui.ctx().memory_mut(|m| m.request_focus(self.id));
                }
                Request::Show(sight) => glide::send(ui, self, sight, state),
                Request::Perform(operation) => self.perform(ui.ctx(), operation, state),
                Request::Make(tool, at) if self.is_over(ui.ctx(), at) => {
                    let at = self.view(state).to_world(at);
                    self.perform(ui.ctx(), Operation::Create(tool, at), state);
                }
                Request::Make(..) => {}
                Request::Stamp(_, Some(at)) if !self.is_over(ui.ctx(), at) => {}
                Request::Stamp(pattern, at) => {
                    let at = at.map(|at| self.view(state).to_world(at));
                    let outcomes = self.with_tools(state, |_, tools| pattern.stamp(at, tools));
                    self.carry_out(ui.ctx(), outcomes, state);
                }
            }
        }
    }

    fn perform(&mut self, ctx: &egui::Context, operation: Operation, state: &mut CanvasState) {
        let outcomes = self.with_tools(state, |_, tools| perform(operation, tools));
        self.carry_out(ctx, outcomes, state);
    }

    /// Runs tool code with its surroundings.
    fn with_tools<R>(&mut self, state: &mut CanvasState, run: impl FnOnce(&mut Gesture, &mut ToolCx<'_>) -> R) -> R {
        let camera = *self.camera(state);
        let seen = camera.visible(self.size());
        let out = &mut *self.out;
        let mut tools = ToolCx {
            model: self.cx.model,
            diagram: self.cx.diagram,
            layout: self.cx.layout,
            selection: &self.selection,
            tool: self.cx.tool,
            scale: camera.scale,
            seen,
            grid: self.cx.panels.grid,
            touch: state.fingers.pointing,
            fresh: &mut || out.fresh_id(),
        };
        run(&mut state.gesture, &mut tools)
    }

    fn event(&mut self, ctx: &egui::Context, event: CanvasEvent, state: &mut CanvasState) {
        let outcomes = self.with_tools(state, |gesture, tools| gesture.on(event, tools));
        self.carry_out(ctx, outcomes, state);
    }

    /// Hands on what tools ask for; what concerns only the view is done at once.
    fn carry_out(&mut self, ctx: &egui::Context, outcomes: Vec<Outcome>, state: &mut CanvasState) {
        let mut born = None;
        for outcome in outcomes {
            match outcome {
                Outcome::Preview(edit) => self.out.preview(edit),
                Outcome::CancelPreview => self.out.push(Action::CancelPreview),
                Outcome::Commit(edit) => self.out.commit(edit),
                Outcome::CommitMerged(edit, tag) => {
                    born = Some(tag.clone());
                    self.out.push(Action::CommitMerged(edit, tag));
                }
                Outcome::Select(selection) => {
                    self.selection = selection.clone();
                    self.out.push(Action::Select(selection));
                }
                Outcome::SetTool(tool) => self.out.push(Action::SetTool(tool)),
                Outcome::ToolDone if self.cx.panels.keeps_tool => {}
                Outcome::ToolDone => self.out.push(Action::SetTool(Tool::Select)),
                Outcome::EditLabel(id) => {
                    let just_made = born.as_ref() == Some(&birth(&id));
                    state.requests.push(Request::EditLabel(id, just_made));
                }
                Outcome::Reveal(id) => state.reveal(id),
                Outcome::Say(text) => self.out.push(Action::Say(text)),
                Outcome::Copy(text) => ctx.copy_text(text),
                Outcome::CopyStyle(style) => state.style = Some(style),
                Outcome::Pan(by) => {
                    let camera = self.camera(state);
                    camera.center = camera.center + by;
                }
            }
            ctx.request_repaint();
        }
    }

    fn draw(&mut self, ui: &egui::Ui, state: &mut CanvasState) {
        let view = self.view(state);
        let clip = ui.painter().with_clip_rect(self.rect);
        let painter = Painter { painter: &clip, view, theme: self.cx.theme, opacity: 1.0 };
        clip.rect_filled(self.rect, 0.0, color32(self.cx.theme.color(Ink::Canvas)));
        if self.cx.panels.grid && !self.cx.panels.presenting {
            grid::draw(&painter);
        }
        state.picture.refresh(self.cx, state.editor.as_ref(), &view);
        let [below, above] = state.composed.meshes(&painter, &mut state.picture);
        clip.add(below);
        containers::below(&painter, self.cx, &self.selection, state);
        overlay::draw(&painter, self.cx, &self.selection, state);
        clip.add(above);
        containers::above(&painter, self.cx, &self.selection, state);
    }
}
