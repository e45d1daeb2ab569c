//! A copy of a model on which changes are tried out, each without assessing everything again.

use super::assessment::Assessment;
use super::live::LiveAssessment;
use crate::library::Library;
use crate::model::{Date, Key, Record, ThreatModel};

/// A copy of a model with its assessment, for trying things out.
pub struct Scratch<'l> {
    model: ThreatModel,
    live: LiveAssessment<'l>,
}

impl std::fmt::Debug for Scratch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scratch")
    }
}

impl<'l> Scratch<'l> {
    /// A copy of a model, with acceptances as they were decided.
    pub fn new(model: &ThreatModel, library: &'l Library) -> Scratch<'l> {
        Scratch::of_day(model.clone(), library, None)
    }

    /// A model of one's own as of a day: acceptances that have ended by then are open again.
    pub fn of_day(model: ThreatModel, library: &'l Library, today: Option<Date>) -> Scratch<'l> {
        Scratch { live: LiveAssessment::of_day(&model, library, today), model }
    }

    pub fn model(&self) -> &ThreatModel {
        &self.model
    }

    pub fn assessment(&self) -> &Assessment {
        self.live.assessment()
    }

    /// Puts records, or takes away those that are `None`. The model has to be sound afterwards.
    pub fn put(&mut self, records: Vec<(Key, Option<Record>)>) {
        let mut keys = Vec::with_capacity(records.len());
        for (key, record) in records {
            self.model.put(&key, record);
            keys.push(key);
        }
        self.live.follow(&self.model, keys.iter());
    }

    /// What is told of the assessment with these records instead. Everything is as before afterwards.
    pub fn with<R>(&mut self, records: Vec<(Key, Option<Record>)>, tell: impl FnOnce(&Assessment) -> R) -> R {
        let before = records.iter().map(|(key, _)| (key.clone(), self.model.get(key))).collect();
        self.put(records);
        let told = tell(self.assessment());
        self.put(before);
        told
    }
}
