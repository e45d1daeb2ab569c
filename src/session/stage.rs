//! Stepping through a playlist.

use crate::model::{PlayStep, Playlist, StepPart, ThreatKey, ThreatModel};

/// Where a presentation stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    steps: Vec<PlayStep>,
    at: usize,
}

impl Stage {
    /// At the first step that is not skipped.
    pub fn new(steps: Vec<PlayStep>) -> Stage {
        let at = steps.iter().position(|step| !step.skipped).unwrap_or_default();
        Stage { steps, at }
    }

    pub fn step(&self) -> Option<&PlayStep> {
        self.steps.get(self.at)
    }

    pub fn steps(&self) -> &[PlayStep] {
        &self.steps
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// So many steps on, or back, those skipped not counted. False at either end.
    pub fn go(&mut self, by: isize) -> bool {
        let before = self.at;
        for _ in 0..by.unsigned_abs() {
            match self.neighbour(by.signum()) {
                Some(next) => self.at = next,
                None => break,
            }
        }
        self.at != before
    }

    fn neighbour(&self, by: isize) -> Option<usize> {
        let shown = |at: &usize| self.steps.get(*at).is_some_and(|step| !step.skipped);
        if by < 0 { (0..self.at).rev().find(shown) } else { (self.at + 1..self.steps.len()).find(shown) }
    }

    /// To a step, also one that is skipped.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.min(self.steps.len().saturating_sub(1));
    }

    pub fn go_to_first(&mut self) {
        self.at = self.steps.iter().position(|step| !step.skipped).unwrap_or_default();
    }

    pub fn go_to_last(&mut self) {
        self.at = self.steps.iter().rposition(|step| !step.skipped).unwrap_or_default();
    }

    /// To the beginning of the next part, or of the one before.
    pub fn go_part(&mut self, by: isize) -> bool {
        let part = self.step().map(|step| step.part);
        let is_other = |at: &usize| self.steps.get(*at).is_some_and(|step| Some(step.part) != part && !step.skipped);
        let found = if by > 0 {
            (self.at..self.steps.len()).find(is_other)
        } else {
            let last = (0..self.at).rev().find(is_other);
            // The first of that part.
            last.and_then(|last| {
                let part = self.steps.get(last)?.part;
                (0..=last).find(|at| self.steps.get(*at).is_some_and(|step| step.part == part && !step.skipped))
            })
        };
        found.inspect(|at| self.at = *at).is_some()
    }

    /// What comes next, one after the other.
    pub fn coming(&self) -> impl Iterator<Item = &PlayStep> {
        self.steps.iter().skip(self.at + 1).filter(|step| !step.skipped)
    }

    /// The number of the present step among those that are not skipped, and how many these are.
    pub fn number(&self) -> (usize, usize) {
        let shown = |steps: &[PlayStep]| steps.iter().filter(|step| !step.skipped).count();
        let before = self.steps.get(..self.at).map_or(0, shown);
        (before + 1, shown(&self.steps))
    }

    /// The same within the part of the present step.
    pub fn number_in_part(&self) -> (StepPart, usize, usize) {
        let part = self.step().map_or(StepPart::Other, |step| step.part);
        let is_of = |step: &&PlayStep| step.part == part && !step.skipped;
        let before = self.steps.get(..self.at).map_or(0, |steps| steps.iter().filter(is_of).count());
        (part, before + 1, self.steps.iter().filter(is_of).count())
    }

    /// Leaves the present step out from now on, or takes it in again.
    pub fn toggle_skip(&mut self) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.skipped = !step.skipped;
        }
    }

    /// Moves the present step up or down the list, and stays with it.
    pub fn shift(&mut self, by: isize) -> bool {
        let to = self.at.saturating_add_signed(by).min(self.steps.len().saturating_sub(1));
        if to == self.at || to >= self.steps.len() {
            return false;
        }
        let step = self.steps.remove(self.at);
        self.steps.insert(to, step);
        self.at = to;
        true
    }

    /// Changes the present step.
    pub fn change(&mut self, change: impl FnOnce(&mut PlayStep)) {
        if let Some(step) = self.steps.get_mut(self.at) {
            change(step);
        }
    }

    /// A step of its own after the present one.
    pub fn insert(&mut self, step: PlayStep) {
        let at = (self.at + 1).min(self.steps.len());
        self.steps.insert(at, step);
        self.at = at;
    }

    /// Takes steps from the stored playlist where that is another, and leaves those out whose things are gone; stays where
    /// it was as far as that is still there.
    pub fn follow(&mut self, model: &ThreatModel, stored: Option<&Playlist>) {
        let before = self.step().cloned();
        if let Some(stored) = stored.filter(|stored| stored.steps != self.steps) {
            self.steps.clone_from(&stored.steps);
        }
        let stands =
            |step: &PlayStep| step.highlighted.is_empty() || step.highlighted.iter().any(|id| model.item_key(id).is_some());
        self.steps.retain(stands);
        self.stay(before.as_ref());
    }

    /// Other steps, at the same one as far as that is among them.
    pub fn replace(&mut self, steps: Vec<PlayStep>) {
        let before = self.step().cloned();
        self.steps = steps;
        self.stay(before.as_ref());
    }

    fn stay(&mut self, before: Option<&PlayStep>) {
        let is_it = |step: &PlayStep| {
            before.is_some_and(|was| {
                (&was.title, &was.threat, &was.highlighted, was.part) == (&step.title, &step.threat, &step.highlighted, step.part)
            })
        };
        self.at = self.steps.iter().position(is_it).unwrap_or(self.at).min(self.steps.len().saturating_sub(1));
    }

    /// The steps about threats, for jumping to one.
    pub fn find(&self, threat: &ThreatKey) -> Option<usize> {
        self.steps.iter().position(|step| step.threat.as_ref() == Some(threat))
    }
}
