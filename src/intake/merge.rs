//! A model becomes a part of another one.

use super::known::{FOREIGN_ID, Known};
use super::overlay::overlay;
use crate::edit::Edit;
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

/// Between what is there and what is put beside it, in world units.
const GAP: f32 = 80.0;

/// What is to become a part of a model.
pub struct Incoming<'a> {
    pub model: &'a ThreatModel,
    /// What people call it: the name of its file.
    pub name: &'a str,
    /// True when its places are those of the file; false when they were made up, so that those of the model are as good.
    pub is_drawn: bool,
    /// Elements whose kind is a guess nobody looked at: one that is known keeps the kind it has.
    pub guessed: BTreeSet<Id>,
}

/// What becomes of records the model has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// They say what the file says; what it leaves open, and what it does not have, stays.
    Update,
    /// Everything comes in once more, beside what is there.
    AddAll,
}

/// A merge, ready to be carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Everything, as one step.
    pub edit: Edit,
    /// The first diagram of what came in.
    pub diagram: Option<Id>,
    pub added: usize,
    pub updated: usize,
}

/// Works out what brings `incoming` into `model`. Foreign ids stay where they are free; people, assets and controls of one
/// name are one; diagrams come beside those that are there.
pub fn merge(model: &ThreatModel, incoming: &Incoming<'_>, how: How, fresh: &mut dyn FnMut() -> Id) -> Merged {
    let known = if how == How::Update { Known::find(model, incoming.model) } else { Known::default() };
    let mut merging =
        Merging { model, incoming, after: model.clone(), links: BTreeMap::new(), met: BTreeSet::new(), taken: BTreeSet::new() };
    merging.link(&known, fresh);
    merging.records();
    merging.decisions();
    merging.places();
    merging.info();
    repair(&mut merging.after);
    merging.finish(how)
}

struct Merging<'a> {
    model: &'a ThreatModel,
    incoming: &'a Incoming<'a>,
    /// The model as it will be.
    after: ThreatModel,
    /// What each record of the file is called there.
    links: BTreeMap<Id, Id>,
    /// Records of the file that are in the model already.
    met: BTreeSet<Id>,
    /// Ids given away here.
    taken: BTreeSet<Id>,
}

impl Merged {
    /// True when the model has everything already.
    pub fn is_empty(&self) -> bool {
        matches!(&self.edit, Edit::Batch { edits, .. } if edits.is_empty())
    }
}

impl Merging<'_> {
    fn link(&mut self, known: &Known, fresh: &mut dyn FnMut() -> Id) {
        let (people, assets, controls) = (
            names(&self.model.people, |p| &p.name),
            names(&self.model.assets, |a| &a.name),
            names(&self.model.controls, |c| &c.name),
        );
        let from = self.incoming.model;
        for key in from.keys() {
            let Some(id) = key.id() else { continue };
            let by_name = match &key {
                Key::Person(_) => people.get(&plain(from.name_of(id))),
                Key::Asset(_) => assets.get(&plain(from.name_of(id))),
                Key::Control(_) => controls.get(&plain(from.name_of(id))),
                _ => None,
            };
            // What is known is one record, however often it is in the file.
            let found = known.get(id).or(by_name).filter(|found| !self.taken.contains(*found)).cloned();
            let link = match found {
                Some(found) => {
                    self.met.insert(id.clone());
                    found
                }
                None => self.free(id, fresh),
            };
            self.taken.insert(link.clone());
            self.links.insert(id.clone(), link);
        }
    }

    /// The foreign id where nobody has it, else a new one.
    fn free(&self, id: &Id, fresh: &mut dyn FnMut() -> Id) -> Id {
        let is_free = |id: &Id| !self.model.has_id(id) && !self.taken.contains(id);
        let is_later = |fresh: &Id| self.incoming.model.has_id(fresh);
        if is_free(id) {
            return id.clone();
        }
        loop {
            let new = fresh();
            if is_free(&new) && !is_later(&new) {
                return new;
            }
        }
    }

    fn to(&self, id: &Id) -> Id {
        self.links.get(id).unwrap_or(id).clone()
    }

    fn records(&mut self) {
        let mut order = self.model.diagrams.values().map(|d| d.order).max().map_or(0, |last| last.saturating_add(1));
        for key in self.incoming.model.keys() {
            let (Some(id), Some(mut record)) = (key.id(), self.incoming.model.get(&key)) else { continue };
            // What was delivered of another model, and said about it, is not about this one.
            if matches!(key, Key::Baseline(_) | Key::Session(_) | Key::Variant(_)) {
                continue;
            }
            let new = key.with_id(self.to(id));
            self.relink(&mut record);
            if self.met.contains(id) {
                let Some(present) = self.after.get(&new) else { continue };
                let mut record = overlay(&present, &record);
                if let (Record::Element(was), Record::Element(now)) = (&present, &mut record)
                    && self.incoming.guessed.contains(id)
                {
                    now.kind = was.kind;
                }
                if let (Record::Diagram(was), Record::Diagram(now)) = (&present, &mut record) {
                    now.order = was.order;
                    // The name of its own it was given when it came in.
                    if was.name.starts_with(&format!("{} (", now.name)) {
                        now.name.clone_from(&was.name);
                    }
                }
                self.after.put(&new, Some(record));
                continue;
            }
            if new.id() != Some(id)
                && let Some(extra) = record.extra_mut()
            {
                extra.entry(FOREIGN_ID.to_owned()).or_insert_with(|| id.to_string());
            }
            if let Record::Diagram(diagram) = &mut record {
                diagram.order = order;
                order = order.saturating_add(1);
                if self.model.diagrams.values().any(|d| d.name == diagram.name) {
                    diagram.name = format!("{} ({})", diagram.name, self.incoming.name);
                }
            }
            if !self.is_there(&record) {
                self.after.put(&new, Some(record));
            }
        }
    }

    /// True for what has no name of its own and says nothing new.
    fn is_there(&self, record: &Record) -> bool {
        match record {
            Record::Instance(new) => self.model.instances.values().any(|i| i.control == new.control && i.at.is_superset(&new.at)),
            Record::Assumption(new) => {
                self.model.assumptions.values().any(|a| a.text == new.text && a.about.is_superset(&new.about))
            }
            _ => false,
        }
    }

    /// Everything a record refers to, under the names it has here.
    fn relink(&self, record: &mut Record) {
        relink(record, &mut |_, id| Some(self.to(id)));
        let control = |id: &str| {
            let custom = Id::from(id);
            if self.incoming.model.controls.contains_key(&custom) { self.to(&custom).to_string() } else { id.to_owned() }
        };
        match record {
            Record::Vulnerability(v) => {
                v.at = self.to(&v.at);
                v.threats = v.threats.iter().map(|key| self.threat_key(key)).collect();
            }
            Record::Instance(i) => i.control = control(&i.control),
            Record::Threat(t) => t.controls = t.controls.iter().map(|(id, how)| (control(id), *how)).collect(),
            Record::AttackTree(tree) => {
                tree.root.each_mut(&mut |step| step.threat = step.threat.as_ref().map(|key| self.threat_key(key)))
            }
            Record::Scenario(scenario) => {
                scenario.steps.iter_mut().for_each(|step| step.threat = step.threat.as_ref().map(|key| self.threat_key(key)));
            }
            _ => {}
        }
    }

    fn threat_key(&self, key: &ThreatKey) -> ThreatKey {
        let written = self.incoming.model.threats.contains_key(&key.rule);
        let rule = if written { self.to(&key.rule) } else { key.rule.clone() };
        ThreatKey::new(rule, self.to(&key.anchor))
    }

    /// Decisions and ratings by hand of the model stay, since they were made later than the file.
    fn decisions(&mut self) {
        for (key, appraisal) in &self.incoming.model.appraisals {
            let key = self.threat_key(key);
            self.after.appraisals.entry(key).or_insert_with(|| appraisal.clone());
        }
        let mut numbers: BTreeSet<u32> = self.model.decisions.values().filter_map(|d| d.number).collect();
        for (key, decision) in &self.incoming.model.decisions {
            let key = self.threat_key(key);
            if self.after.decisions.contains_key(&key) {
                continue;
            }
            let mut record = Record::from(decision.clone());
            self.relink(&mut record);
            if let Record::Decision(mut decision) = record {
                let next = numbers.last().map_or(1, |last| last.saturating_add(1));
                decision.number = decision.number.map(|own| if numbers.contains(&own) { next } else { own });
                numbers.extend(decision.number);
                self.after.decisions.insert(key, *decision);
            }
        }
    }

    fn places(&mut self) {
        let from = self.incoming.model;
        for diagram in from.diagrams.keys() {
            let here = self.to(diagram);
            let by = if self.met.contains(diagram) { self.aside(diagram, &here) } else { vec2(0.0, 0.0) };
            for (item, place) in from.placed(diagram) {
                let key = PlacementKey::new(here.clone(), self.to(item));
                if self.incoming.is_drawn || !self.after.placements.contains_key(&key) {
                    self.after.placements.insert(key, place.shifted(by));
                }
            }
        }
    }

    /// How far made-up places are put beside what is there.
    fn aside(&self, diagram: &Id, here: &Id) -> Vec2 {
        let bounds = |model: &ThreatModel, diagram: &Id| -> Option<Rect> {
            let boxes = model.placed(diagram).filter_map(|(_, p)| if let Placement::Box(r) = p { Some(*r) } else { None });
            boxes.reduce(Rect::union)
        };
        match (bounds(self.model, here), bounds(self.incoming.model, diagram)) {
            (Some(there), Some(new)) if !self.incoming.is_drawn => vec2(there.right() + GAP - new.x, there.y - new.y),
            _ => vec2(0.0, 0.0),
        }
    }

    /// What the model does not say about itself the file may say; how it is worked with stays.
    fn info(&mut self) {
        let theirs = &self.incoming.model.info;
        let said = Info {
            scope: theirs.scope.clone(),
            description: theirs.description.clone(),
            client: theirs.client.clone(),
            owner: theirs.owner.clone(),
            reviewer: theirs.reviewer.clone(),
            extra: theirs.extra.clone(),
            ..Info::default()
        };
        if let Record::Info(info) = overlay(&said.into(), &self.after.info.clone().into()) {
            self.after.info = *info;
        }
    }

    fn finish(self, how: How) -> Merged {
        let (mut added, mut updated, mut edits) = (0, 0, Vec::new());
        for key in self.after.keys() {
            let (before, after) = (self.model.get(&key), self.after.get(&key));
            if before == after {
                continue;
            }
            let counts = matches!(key, Key::Element(_) | Key::Flow(_) | Key::Boundary(_) | Key::Threat(_) | Key::Diagram(_));
            added += usize::from(counts && before.is_none());
            updated += usize::from(counts && before.is_some());
            edits.extend(after.map(|record| Edit::Put { key, record }));
        }
        let label = match how {
            How::Update if updated > 0 && added == 0 => format!("update from {}", self.incoming.name),
            How::Update | How::AddAll => format!("import {}", self.incoming.name),
        };
        let first = self.incoming.model.diagram_order().into_iter().next();
        let diagram = first.map(|id| self.to(&id)).filter(|id| self.after.diagrams.contains_key(id));
        Merged { edit: Edit::Batch { label, edits }, diagram, added, updated }
    }
}

/// Records by their names, without case; what has no name is nobody else's.
fn names<R>(table: &BTreeMap<Id, R>, name: impl Fn(&R) -> &String) -> BTreeMap<String, Id> {
    let named = table.iter().map(|(id, r)| (plain(name(r)), id.clone())).filter(|(name, _)| !name.is_empty());
    named.collect()
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}
