//! Attack paths: looked for beside the window, for the state of the model that is shown.

use super::App;
use super::jobs::{Done, Line};
use crate::attack::{Attacks, PATHS};
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::progress::{Progress, Quiet};
use crate::risk::assess_on;
use crate::ui::{FoundPaths, PathsFound};

/// Goals of each agent to which several ways are looked for, with what interrupts them.
const GOALS: usize = 6;

impl App {
    /// Looks for the paths of every agent, unless that is under way.
    pub(super) fn find_paths(&mut self) {
        let (serial, revision) = (self.serial, self.document.revision());
        if self.paths.as_ref().is_some_and(|found| found.revision == revision) || self.is_finding_paths {
            return;
        }
        let (model, today) = (self.document.share(), self.services.today);
        let search = move |line: &Line| Done::Paths { serial, revision, found: found(&model, today, line) };
        self.is_finding_paths = self.jobs.start(search);
    }

    /// Takes what was found; of a state that has passed it is shown until the next is there.
    pub(super) fn take_paths(&mut self, serial: u64, revision: u64, found: Option<Vec<FoundPaths>>) {
        self.is_finding_paths = false;
        if let Some(agents) = found.filter(|_| serial == self.serial) {
            self.paths = Some(PathsFound { revision, agents });
        }
    }
}

/// The paths of every agent; `None` when nobody waits for them any more.
fn found(model: &ThreatModel, today: Date, line: &Line) -> Option<Vec<FoundPaths>> {
    let library = Library::builtin();
    let attacks = Attacks::new(model, library);
    let assessment = assess_on(model, library, today);
    let least = library.calibration.paths.relevant;
    let mut out = Vec::new();
    for agent in attacks.agents() {
        if line.cancelled() {
            return None;
        }
        // What is looked for unasked tells nothing of its progress.
        let paths = attacks.paths(agent, GOALS, PATHS, &Quiet)?;
        let cut = |(n, best): (usize, &crate::attack::AttackPath)| {
            (n < GOALS).then(|| attacks.cut(agent, &best.goal, &assessment, least)).flatten()
        };
        let cuts = paths.best().enumerate().map(cut).collect();
        out.push(FoundPaths { paths, cuts });
    }
    Some(out)
}
