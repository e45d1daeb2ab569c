//! What of a file is in a model already, because it was taken in before.

use crate::model::{Id, Key, ThreatModel};
use std::collections::BTreeMap;

/// Under this name a record keeps the id it had in its file, where the model had given that id away.
pub(super) const FOREIGN_ID: &str = "imported.id";
/// Ids from this length on are made by machines and name one thing in the world.
const TELLING: usize = 16;

/// Records of a file with the records of the model they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    of: BTreeMap<Id, Id>,
    /// Elements, flows and boundaries among them.
    drawn: usize,
}

impl Known {
    /// Finds the records of `incoming` that `model` has.
    ///
    /// The same kind and id are needed, as it was in the file. Short ids such as “2” or “web” are in many files: they count
    /// where the name is the same too, and of flows an end. Where half of what has a name is known so, it is the same file,
    /// and what was renamed or has no name is known by its id alone; diagrams, too, for copies of a drawing keep their ids.
    pub fn find(model: &ThreatModel, incoming: &ThreatModel) -> Known {
        let candidates = Candidates::of(model);
        let drawn = |key: &Key| matches!(key, Key::Element(_) | Key::Flow(_) | Key::Boundary(_));
        let tells = |key: &Key| drawn(key) || matches!(key, Key::Note(_) | Key::Threat(_) | Key::Asset(_));
        let keys = incoming.keys();
        let (mut of, mut named, mut certain, mut has_diagram) = (BTreeMap::new(), 0, 0, false);
        for (key, id) in keys.iter().filter_map(|key| Some((key, key.id()?))) {
            let name = incoming.name_of(id).trim();
            named += usize::from(tells(key) && !name.is_empty());
            let is_telling = id.as_str().len() >= TELLING;
            let found = candidates.for_key(key);
            if matches!(key, Key::Diagram(_)) {
                has_diagram |= is_telling && !found.is_empty();
                continue;
            }
            let ends = incoming.flows.get(id).map(|flow| [&flow.from, &flow.to]);
            let hangs = ends.is_none_or(|ends| ends.into_iter().flatten().any(|end| of.contains_key(end)));
            let same = |known: &&Id| hangs && !name.is_empty() && model.name_of(known).trim().eq_ignore_ascii_case(name);
            if let Some(known) = found.iter().find(same).or_else(|| found.first().filter(|_| is_telling)) {
                certain += usize::from(tells(key) && !name.is_empty());
                of.insert(id.clone(), known.clone());
            }
        }
        if certain * 2 >= named && (certain > 0 || has_diagram) {
            for key in &keys {
                if let (Some(id), Some(known)) = (key.id(), candidates.for_key(key).first()) {
                    of.entry(id.clone()).or_insert_with(|| known.clone());
                }
            }
        }
        let drawn = keys.iter().filter(|key| drawn(key) && key.id().is_some_and(|id| of.contains_key(id))).count();
        Known { of, drawn }
    }

    /// How many elements, flows and boundaries are known.
    pub fn drawn(&self) -> usize {
        self.drawn
    }

    pub(super) fn get(&self, id: &Id) -> Option<&Id> {
        self.of.get(id)
    }
}

/// Records of the model by the ids they had in files, those that got another id first.
struct Candidates<'a> {
    model: &'a ThreatModel,
    renamed: BTreeMap<Key, Vec<Id>>,
}

impl<'a> Candidates<'a> {
    fn of(model: &'a ThreatModel) -> Candidates<'a> {
        let mut renamed: BTreeMap<Key, Vec<Id>> = BTreeMap::new();
        for key in model.keys() {
            let Some(id) = key.id() else { continue };
            if let Some(foreign) = model.get(&key).and_then(|mut r| r.extra_mut()?.remove(FOREIGN_ID)) {
                renamed.entry(key.with_id(Id::from(foreign))).or_default().push(id.clone());
            }
        }
        Candidates { model, renamed }
    }

    fn for_key(&self, key: &Key) -> Vec<Id> {
        let mut found = self.renamed.get(key).cloned().unwrap_or_default();
        found.extend(key.id().filter(|_| self.model.contains(key)).cloned());
        found
    }
}
