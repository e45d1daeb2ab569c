//! What others ask of the canvas; it answers with the next frame, when it knows its surroundings.

use super::CanvasState;
use super::{Eye, Light, Sight, navigation};
use crate::geometry::{Rect, vec2};
use crate::model::Id;
use crate::tool::{Camera, Operation, Pattern, Tool};
use crate::ui::Command;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(super) enum Request {
    Reveal(Id),
    /// And whether it was made a moment ago.
    EditLabel(Id, bool),
    Zoom(Command),
    Perform(Operation),
    /// What a tool makes, at a place on the screen.
    Make(Tool, egui::Pos2),
    /// A pattern, at a place on the screen or beside what is there.
    Stamp(&'static Pattern, Option<egui::Pos2>),
    /// The menu of what is selected.
    Menu,
    /// Arrow keys size what is selected.
    Size,
    /// The camera goes there.
    Show(Sight),
}

/// How every diagram is looked at.
#[derive(Clone, Debug, Default)]
pub struct Eyes(BTreeMap<Id, Eye>);

impl CanvasState {
    /// Brings an item into view.
    pub fn reveal(&mut self, id: Id) {
        self.requests.push(Request::Reveal(id));
    }

    /// Opens the label of an item for typing.
    pub fn edit_label(&mut self, id: Id) {
        self.requests.push(Request::EditLabel(id, false));
    }

    /// Makes what a tool makes at a place on the screen; nothing beside the canvas.
    pub fn make_at(&mut self, tool: Tool, at: egui::Pos2) {
        self.requests.push(Request::Make(tool, at));
    }

    /// Puts a pattern at a place on the screen, or beside what is there.
    pub fn stamp(&mut self, pattern: &'static Pattern, at: Option<egui::Pos2>) {
        self.requests.push(Request::Stamp(pattern, at));
    }

    /// Carries out one of the zoom commands.
    pub fn zoom(&mut self, command: Command) {
        self.requests.push(Request::Zoom(command));
    }

    /// Does something with the selection, as its key would.
    pub fn perform(&mut self, operation: Operation) {
        self.requests.push(Request::Perform(operation));
    }

    /// Has arrow keys size what is selected, until Enter or Escape.
    pub fn size_by_keys(&mut self) {
        self.requests.push(Request::Size);
    }

    /// Looks at a diagram that was shown before in another way.
    pub fn look(&mut self, diagram: &Id, camera: Camera) {
        self.eyes.get_mut(diagram).into_iter().for_each(|eye| eye.camera = camera);
    }

    /// Sends the camera to a sight.
    pub fn show(&mut self, sight: Sight) {
        self.requests.push(Request::Show(sight));
    }

    /// Puts all into the dark but what is in the light; `None`: there is light everywhere.
    pub fn set_light(&mut self, light: Option<Light>) {
        self.light = light;
    }

    /// Below this scale the letters of diagrams cannot be read by whoever they are shown to; `None`: whoever looks sits before it.
    pub fn set_legible(&mut self, scale: Option<f32>) {
        self.picture.set_legible(scale);
    }

    /// What is to be shown to see exactly what is seen now.
    pub fn sight(&self, diagram: &Id) -> Option<Rect> {
        let (camera, area) = (self.camera(diagram)?, self.area?);
        let seen = camera.visible(vec2(area.width(), area.height()));
        Some(seen.expand(-navigation::MARGIN / camera.scale))
    }

    /// How everything is looked at, to come back to.
    pub fn eyes(&self) -> Eyes {
        Eyes(self.eyes.clone())
    }

    /// Looks at everything as before.
    pub fn look_again(&mut self, eyes: Eyes) {
        (self.eyes, self.glide, self.light) = (eyes.0, None, None);
        self.picture.set_legible(None);
        self.laser.wipe();
    }

    /// The pen instead of the laser, whose strokes stay; again: they are wiped off. True while it is in the hand.
    pub fn toggle_pen(&mut self) -> bool {
        self.laser.toggle_pen()
    }

    /// Takes drawn strokes away.
    pub fn wipe(&mut self) {
        self.laser.wipe();
    }

    /// Something is written or dragged on the canvas: keys belong to that.
    pub fn is_busy(&self) -> bool {
        self.is_writing() || self.gesture.is_active() || self.menu.is_some()
    }

    /// A name is about to be typed on the canvas.
    pub fn claims_keyboard(&self) -> bool {
        self.editor.as_ref().is_some_and(|editor| editor.waits())
    }

    pub fn has_style(&self) -> bool {
        self.style.is_some()
    }

    /// Gives what is selected the style that was copied last.
    pub fn give_style(&mut self) {
        self.requests.extend(self.style.map(|style| Request::Perform(Operation::GiveStyle(style))));
    }

    /// Opens the menu of what is selected.
    pub fn open_menu(&mut self) {
        self.requests.push(Request::Menu);
    }
}
