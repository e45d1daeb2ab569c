//! What can be seen of the window from outside of it, and the pace it is given.

use super::App;
use crate::geometry::Point;
use crate::model::{Id, ThreatModel};
use crate::risk::Assessment;
use crate::tool::Selection;
use std::collections::BTreeSet;
use std::time::Duration;

impl App {
    /// The model as shown, previews included.
    pub fn model(&self) -> &ThreatModel {
        self.document.model()
    }

    pub fn assessment(&self) -> &Assessment {
        self.assessed.assessment()
    }

    /// True when there is something that no file has.
    pub fn is_dirty(&self) -> bool {
        self.document.is_dirty()
    }

    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What a register or a chart leaves bright on the canvas; `None` for everything.
    pub fn bright(&self) -> Option<&BTreeSet<Id>> {
        self.matching.as_ref()
    }

    /// How often the map of the diagram was drawn.
    pub fn maps_drawn(&self) -> usize {
        self.views.canvas.mapped()
    }

    /// The place on the diagram at a point of the screen; `None` beside the canvas.
    pub fn world_at(&self, at: egui::Pos2) -> Option<Point> {
        self.views.canvas.world_at(&self.diagram, at)
    }

    /// Sets how long laying out may take in one frame while something moves; what is left is done in the next, and lists
    /// beside the canvas follow when the hand rests.
    pub fn set_pace(&mut self, pace: Option<Duration>) {
        self.laid_out.set_pace(pace);
    }

    /// Something is in the hand, and the next frame is waited for.
    pub(super) fn is_hurried(&self) -> bool {
        self.document.is_previewing() && self.laid_out.has_pace()
    }

    /// True while something is worked on in the background.
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy()
    }
}
