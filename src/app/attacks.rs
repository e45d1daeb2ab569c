//! Attack paths, ratings of all threats and losses in money: worked out beside the window, for the state of the model that is shown.

use super::App;
use super::beside::Turn;
use super::jobs::{Done, Line};
use crate::attack::{Attacks, PATHS};
use crate::library::Library;
use crate::methods::{quantified, ratings, simulate};
use crate::model::{Date, ThreatKey, ThreatModel};
use crate::progress::Progress;
use crate::risk::assess_on;
use crate::ui::{FoundPaths, LossesFound, PathsFound, Played, RatingsFound};

/// Goals of each agent to which several ways are looked for, with what interrupts them.
const GOALS: usize = 6;

impl App {
    /// Looks for the paths of every agent, unless that is done or under way.
    pub(super) fn find_paths(&mut self) {
        let (serial, revision) = (self.serial, self.document.revision());
        if self.paths.found().is_some_and(|found| found.revision == revision) {
            return;
        }
        let Some(turn) = self.paths.begin(revision) else { return };
        let (model, today) = (self.document.share(), self.services.today);
        let search = move |line: &Line| Done::Paths { serial, revision, found: found(&model, today, &turn, line) };
        if !self.jobs.start(search) {
            self.paths.fail();
        }
    }

    pub(super) fn take_paths(&mut self, serial: u64, revision: u64, found: Option<Vec<FoundPaths>>) {
        if serial == self.serial {
            self.paths.end(revision, found.map(|agents| PathsFound { revision, agents }));
        }
    }

    /// Rates all threats by the method of the model, unless that is done or under way.
    pub(super) fn rate_threats(&mut self) {
        let (serial, revision) = (self.serial, self.document.revision());
        let Some(turn) = self.ratings.begin(revision) else { return };
        let (model, today) = (self.document.share(), self.services.today);
        let rate = move |line: &Line| {
            let (library, method) = (Library::builtin(), model.info.rating.method);
            let found = ratings(&model, library, &assess_on(&model, library, today), &turn.on(line, false));
            Done::Rated { serial, revision, found: found.map(|of| RatingsFound { revision, method, of }) }
        };
        if !self.jobs.start(rate) {
            self.ratings.fail();
        }
    }

    pub(super) fn take_ratings(&mut self, serial: u64, revision: u64, found: Option<RatingsFound>) {
        if serial == self.serial {
            self.ratings.end(revision, found);
        }
    }

    /// Plays years of losses through, unless that is under way.
    pub(super) fn play_years(&mut self) {
        let (serial, revision) = (self.serial, self.document.revision());
        let Some(turn) = self.losses.begin(revision) else { return };
        let (model, today) = (self.document.share(), self.services.today);
        let play = move |line: &Line| Done::Years { serial, revision, played: played(&model, today, &turn, line).map(Box::new) };
        if !self.jobs.start(play) {
            self.losses.fail();
        }
    }

    /// Takes what was played. What somebody stopped is not begun again by itself.
    pub(super) fn take_years(&mut self, serial: u64, revision: u64, played: Option<Played>) {
        if serial == self.serial {
            self.losses.end(revision, Some(LossesFound { revision, played }));
        }
    }
}

/// The paths of every agent; `None` when nobody waits for them any more.
fn found(model: &ThreatModel, today: Date, turn: &Turn, line: &Line) -> Option<Vec<FoundPaths>> {
    let (library, hearing) = (Library::builtin(), turn.on(line, false));
    let attacks = Attacks::new(model, library);
    let assessment = assess_on(model, library, today);
    let mut out = Vec::new();
    for attacker in attacks.agents().filter_map(|agent| attacks.attacker(agent)) {
        let paths = attacker.paths(GOALS, PATHS, &hearing)?;
        let mut cuts = Vec::new();
        for ways in paths.goals.iter().take(GOALS) {
            if hearing.cancelled() {
                return None;
            }
            cuts.push(attacker.cuts(ways, &assessment));
        }
        out.push(FoundPaths { paths, cuts });
    }
    Some(out)
}

/// Years of losses; `None` when somebody stopped it, or the model is another by now.
fn played(model: &ThreatModel, today: Date, turn: &Turn, line: &Line) -> Option<Played> {
    let (library, hearing) = (Library::builtin(), turn.on(line, true));
    let assessment = assess_on(model, library, today);
    let found = quantified(model, library, &assessment, &hearing)?;
    let numbers = &library.calibration.methods.money;
    let years = simulate(&found.whole(&assessment), numbers.years, numbers.activity, &hearing)?;
    let mut costliest: Vec<(ThreatKey, f64)> = found.threats.iter().map(|(key, source)| (key.clone(), source.a_year())).collect();
    costliest.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Some(Played { years, costliest })
}
