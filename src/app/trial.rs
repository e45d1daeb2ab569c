//! Trying things out, and searching for the next best controls beside the window.

use super::App;
use super::jobs::Done;
use crate::edit::Transaction;
use crate::library::Library;
use crate::risk::{Assessment, Lens};
use crate::ui::{Page, RoadmapFound, Seen, Trial};
use crate::what_if::{Aim, Delta, Target, roadmap};

/// The risk of the time that is looked at, where it is not today's.
#[derive(Default)]
pub(super) enum Looked {
    #[default]
    Today,
    Through(Box<Assessment>),
    Target(Box<Target<'static>>),
}

impl Looked {
    pub(super) fn assessment(&self) -> Option<&Assessment> {
        match self {
            Looked::Today => None,
            Looked::Through(assessment) => Some(assessment),
            Looked::Target(target) => Some(target.assessment()),
        }
    }
}

impl App {
    /// From now on nothing is kept until somebody says so.
    pub(super) fn start_trial(&mut self) {
        self.commit_typed();
        if !self.document.is_trying() {
            self.document.start_trial();
            let before = self.assessment().clone();
            self.trial = Some(Trial { before, delta: Delta::default() });
        }
        self.show_page(Page::WhatIf);
    }

    pub(super) fn keep_trial(&mut self) {
        self.commit_typed();
        self.trial = None;
        self.document.keep_trial("what was tried");
    }

    pub(super) fn drop_trial(&mut self) {
        if self.trial.is_some() {
            self.typing = None;
        }
        self.trial = None;
        self.document.drop_trial();
    }

    /// Brings the difference up to date with the assessment.
    pub(super) fn follow_trial(&mut self) {
        if let Some(found) = &mut self.roadmap {
            found.is_stale |= found.revision != self.document.revision();
        }
        if let Some(mut trial) = self.trial.take() {
            trial.delta = Delta::between(&trial.before, self.assessment());
            self.trial = Some(trial);
        }
    }

    /// Shows the risk of another time.
    pub(super) fn see(&mut self, seen: Seen) {
        self.seen = (seen, Looked::Today);
        self.looks += 1;
        self.content += 1;
        self.look(&Transaction::default());
    }

    /// Brings the risk of the time that is looked at up to date with a change of the model.
    pub(super) fn look(&mut self, changes: &Transaction) {
        let (actual, model) = (self.assessed.assessment(), self.document.model());
        self.seen.1 = match self.seen.0 {
            Seen::Today => Looked::Today,
            Seen::Before => Looked::Through(Box::new(actual.seen(Lens::Inherent))),
            Seen::Planned => Looked::Through(Box::new(actual.seen(Lens::Planned))),
            Seen::Target => {
                if let Looked::Target(target) = &mut self.seen.1
                    && target.follow(model, changes.changes.keys())
                {
                    return;
                }
                let roadmap = self.roadmap.as_ref().and_then(|found| found.roadmap.as_ref());
                let target = |roadmap| Target::new(model, Library::builtin(), self.services.today, roadmap);
                roadmap.map_or(Looked::Today, |roadmap| Looked::Target(Box::new(target(roadmap))))
            }
        };
    }

    pub(super) fn find_roadmap(&mut self, aim: Aim) {
        let (serial, revision) = (self.serial, self.document.revision());
        let model = self.document.share();
        self.roadmap = Some(RoadmapFound { revision, aim: aim.clone(), roadmap: None, is_stale: false });
        let started = self.work("Trying controls", move |line| match roadmap(&model, Library::builtin(), &aim, line) {
            Some(found) => Done::Roadmap { serial, revision, found: Box::new(found) },
            None => Done::Cancelled,
        });
        if !started {
            self.roadmap = None;
        }
    }

    /// Takes what a search found, if it is still the one that is waited for.
    pub(super) fn take_roadmap(&mut self, serial: u64, revision: u64, found: crate::what_if::Roadmap) {
        let waits = |wanted: &&mut RoadmapFound| wanted.revision == revision && wanted.roadmap.is_none();
        if let Some(wanted) = self.roadmap.as_mut().filter(waits).filter(|_| serial == self.serial) {
            wanted.roadmap = Some(found);
            self.see(self.seen.0);
        }
    }
}
