//! What is shown of a model beside the model itself, kept up to date with as little work as the change allows.

use crate::edit::Transaction;
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::risk::{Assessment, LiveAssessment};
use crate::threads::Threads;
use std::sync::LazyLock;

/// The assessment shown, which follows the model.
///
/// Places do not score, except where a boundary drawn as a line comes to lie between other flows: so a drag within a
/// boundary judges nothing, and one over a seam judges what it changes.
#[derive(Default)]
pub struct Assessed {
    live: Option<LiveAssessment<'static>>,
    nothing: Assessment,
    /// How often something was judged.
    pub runs: u64,
}

impl Assessed {
    /// Starts on another model, on a day.
    pub fn start(&mut self, model: &ThreatModel, today: Date) {
        static HANDS: LazyLock<Threads> = LazyLock::new(Threads::of_this_machine);
        self.live = Some(LiveAssessment::by(model, Library::builtin(), Some(today), &*HANDS));
        self.runs += 1;
    }

    /// The assessment with what explains it; `None` before there is a model.
    pub fn live(&self) -> Option<&LiveAssessment<'static>> {
        self.live.as_ref()
    }

    pub fn assessment(&self) -> &Assessment {
        self.live.as_ref().map_or(&self.nothing, LiveAssessment::assessment)
    }

    /// Follows the model through a change. Returns true when the assessment is another now.
    pub fn follow(&mut self, model: &ThreatModel, changes: &Transaction) -> bool {
        let is_other = self.live.as_mut().is_some_and(|live| live.follow(model, changes.changes.keys()));
        self.runs += u64::from(is_other);
        is_other
    }
}
