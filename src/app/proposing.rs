//! What names say, read beside the window: of every name there is, which takes longer than a frame has time.

use super::App;
use super::jobs::{Done, Line};
use crate::detect::Detector;
use crate::library::Library;
use crate::model::{Table, ThreatModel};
use crate::ui::ProposalsFound;
use std::cmp::Reverse;

impl App {
    /// Reads the names of the model as it is now, unless they are being read: one reading at a time, and the next when that
    /// has ended.
    pub(super) fn read_names(&mut self) {
        let (serial, content) = (self.serial, self.content);
        if self.proposals.is_under_way() || self.proposals.begin(content).is_none() {
            return;
        }
        // Places say nothing about names, and are what is changed most meanwhile.
        let model = ThreatModel { placements: Table::default(), ..self.document.model().clone() };
        let read = move |_: &Line| {
            let mut all = Detector::new(&model, Library::builtin()).all();
            all.sort_by_key(|proposal| Reverse(proposal.confidence));
            Done::NamesRead { serial, found: ProposalsFound { content, all } }
        };
        if !self.jobs.start(read) {
            self.proposals.fail();
        }
    }

    pub(super) fn take_proposals(&mut self, serial: u64, found: ProposalsFound) {
        if serial == self.serial {
            self.proposals.end(found.content, Some(found));
        }
    }
}
