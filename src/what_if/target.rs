//! What it would be like with a roadmap carried out, while the model goes on changing.

use super::{Roadmap, carried_out};
use crate::library::Library;
use crate::model::{Date, Key, ThreatModel};
use crate::risk::{Assessment, Scratch};
use std::collections::BTreeSet;

/// A model with every step of a roadmap carried out, and its assessment.
pub struct Target<'l> {
    scratch: Scratch<'l>,
    /// The controls of the roadmap.
    planted: BTreeSet<Key>,
}

impl<'l> Target<'l> {
    pub fn new(model: &ThreatModel, library: &'l Library, today: Date, roadmap: &Roadmap) -> Target<'l> {
        let target = carried_out(model, roadmap);
        let new = target.instances.keys().filter(|id| !model.instances.contains_key(*id));
        let planted = new.cloned().map(Key::Instance).collect();
        Target { scratch: Scratch::of_day(target, library, Some(today)), planted }
    }

    pub fn assessment(&self) -> &Assessment {
        self.scratch.assessment()
    }

    /// Follows the model through a change of the records with these keys. Returns false when it has to be made anew, for one
    /// of its controls has the id of another now.
    pub fn follow<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key> + Clone) -> bool {
        if keys.clone().any(|key| self.planted.contains(key)) {
            return false;
        }
        self.scratch.put(keys.map(|key| (key.clone(), model.get(key))).collect());
        true
    }
}
