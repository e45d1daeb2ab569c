//! One visitor over everything a record refers to: deletion, checking and repair all use it.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a reference must point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    Person,
    Boundary,
    Element,
    Asset,
    Control,
    Agent,
    /// An element, flow, boundary or asset.
    Subject,
    /// An element, flow or boundary.
    Target,
    /// An element or boundary.
    Start,
    /// An element, flow, boundary or note.
    Drawn,
    Diagram,
}

impl Reference {
    /// True when `id` is a record of the right kind.
    pub fn resolves(self, model: &ThreatModel, id: &Id) -> bool {
        let (element, flow) = (model.elements.contains_key(id), model.flows.contains_key(id));
        let (boundary, asset) = (model.boundaries.contains_key(id), model.assets.contains_key(id));
        match self {
            Reference::Person => model.people.contains_key(id),
            Reference::Boundary => boundary,
            Reference::Element => element,
            Reference::Asset => asset,
            Reference::Control => model.controls.contains_key(id),
            Reference::Agent => model.agents.contains_key(id),
            Reference::Subject => element || flow || boundary || asset,
            Reference::Target => element || flow || boundary,
            Reference::Start => element || boundary,
            Reference::Diagram => model.diagrams.contains_key(id),
            Reference::Drawn => element || flow || boundary || model.notes.contains_key(id),
        }
    }
}

/// Asks `keep` about every optional reference of the record and drops those it refuses.
///
/// References that make up the record itself (a placement's item, a vulnerability's site) are not optional: see
/// [`stands`]. A decision's anchor is no reference: a decision outlives its threat.
pub fn prune(record: &mut Record, keep: &mut dyn FnMut(Reference, &Id) -> bool) {
    relink(record, &mut |role, id| keep(role, id).then(|| id.clone()));
}

/// What a session names: people, and what things were about.
fn of_session(session: &mut Session, link: &mut dyn FnMut(Reference, &Id) -> Option<Id>) {
    fn keys<V>(map: &mut BTreeMap<Id, V>, role: Reference, link: &mut dyn FnMut(Reference, &Id) -> Option<Id>) {
        *map = std::mem::take(map).into_iter().filter_map(|(id, value)| Some((link(role, &id)?, value))).collect();
    }
    let mut one = |slot: &mut Option<Id>, role| *slot = slot.take().and_then(|id| link(role, &id));
    for play in &mut session.plays {
        one(&mut play.at, Reference::Target);
        one(&mut play.by, Reference::Person);
    }
    for parked in &mut session.parked {
        one(&mut parked.about, Reference::Subject);
        one(&mut parked.by, Reference::Person);
    }
    for note in &mut session.notes {
        one(&mut note.about, Reference::Subject);
        one(&mut note.by, Reference::Person);
    }
    session.decided.iter_mut().for_each(|resolution| one(&mut resolution.by, Reference::Person));
    for resolution in &mut session.decided {
        let dissent = std::mem::take(&mut resolution.dissent);
        resolution.dissent = dissent.iter().filter_map(|id| link(Reference::Person, id)).collect();
    }
    keys(&mut session.attendance, Reference::Person, link);
    keys(&mut session.seconds, Reference::Target, link);
    session.ballots.values_mut().flatten().for_each(|round| keys(round, Reference::Person, link));
}

/// Replaces every optional reference of the record by what `link` answers: another id, the same, or none.
pub fn relink(record: &mut Record, link: &mut dyn FnMut(Reference, &Id) -> Option<Id>) {
    type Ask<'a> = &'a mut dyn FnMut(Reference, &Id) -> Option<Id>;
    fn one(slot: &mut Option<Id>, role: Reference, link: Ask<'_>) {
        *slot = slot.take().and_then(|id| link(role, &id));
    }
    fn many(set: &mut BTreeSet<Id>, role: Reference, link: Ask<'_>) {
        *set = std::mem::take(set).iter().filter_map(|id| link(role, id)).collect();
    }
    match record {
        Record::Info(_) | Record::Person(_) | Record::Control(_) | Record::Vulnerability(_) | Record::Placement(_) => {}
        Record::Appraisal(_) | Record::Baseline(_) => {}
        Record::AttackTree(r) => one(&mut r.agent, Reference::Agent, link),
        // A scenario is put right when it is looked at: what it changes may be gone by then.
        Record::Variant(_) => {}
        Record::Session(r) => of_session(r, link),
        Record::Playlist(r) => {
            for step in &mut r.steps {
                one(&mut step.diagram, Reference::Diagram, link);
                many(&mut step.highlighted, Reference::Drawn, link);
            }
        }
        Record::Note(r) => one(&mut r.hidden_in, Reference::Boundary, link),
        Record::Boundary(r) => {
            one(&mut r.parent, Reference::Boundary, link);
            one(&mut r.owner, Reference::Person, link);
        }
        Record::Element(r) => {
            one(&mut r.boundary, Reference::Boundary, link);
            one(&mut r.parent, Reference::Element, link);
            one(&mut r.owner, Reference::Person, link);
            many(&mut r.holds, Reference::Asset, link);
        }
        Record::Flow(r) => {
            one(&mut r.from, Reference::Element, link);
            one(&mut r.to, Reference::Element, link);
            many(&mut r.assets, Reference::Asset, link);
        }
        Record::Asset(r) => one(&mut r.owner, Reference::Person, link),
        Record::Agent(r) => many(&mut r.starts, Reference::Start, link),
        Record::Instance(r) => {
            let sites = std::mem::take(&mut r.at).into_iter().filter_map(|site| match site {
                Site::Model => Some(Site::Model),
                Site::At(id) => link(Reference::Target, &id).map(Site::At),
            });
            r.at = sites.collect();
            one(&mut r.owner, Reference::Person, link);
        }
        Record::Decision(r) => {
            one(&mut r.by, Reference::Person, link);
            one(&mut r.approver, Reference::Person, link);
            one(&mut r.owner, Reference::Person, link);
        }
        Record::Assumption(r) => {
            many(&mut r.about, Reference::Subject, link);
            one(&mut r.owner, Reference::Person, link);
        }
        Record::Scenario(r) => {
            one(&mut r.agent, Reference::Agent, link);
            r.steps.iter_mut().for_each(|step| one(&mut step.at, Reference::Target, link));
        }
        Record::Threat(r) => many(&mut r.targets, Reference::Target, link),
        Record::Diagram(r) => {
            one(&mut r.of, Reference::Element, link);
            many(&mut r.collapsed, Reference::Boundary, link);
            many(&mut r.locked, Reference::Drawn, link);
        }
    }
}

impl ThreatModel {
    /// Keys of everything that may refer to what is meant. Of what is drawn, which there may be tens of thousands of, only
    /// what does.
    pub fn keys_referring(&self, is_meant: impl Fn(&Id) -> bool) -> Vec<Key> {
        let refers = |one: &[&Option<Id>], many: &BTreeSet<Id>| one.iter().copied().flatten().chain(many).any(&is_meant);
        let elements = self.elements.iter().filter(|(_, e)| refers(&[&e.boundary, &e.parent, &e.owner], &e.holds));
        let flows = self.flows.iter().filter(|(_, f)| refers(&[&f.from, &f.to], &f.assets));
        let placements = self.placements.keys().filter(|key| is_meant(&key.diagram) || is_meant(&key.item));
        let mut keys = self.keys_in(|table| !matches!(table, "elements" | "flows" | "placements"));
        keys.extend(elements.map(|(id, _)| Key::Element(id.clone())));
        keys.extend(flows.map(|(id, _)| Key::Flow(id.clone())));
        keys.extend(placements.cloned().map(Key::Placement));
        keys
    }
}

/// True while what the record cannot do without is in the model.
pub fn stands(model: &ThreatModel, key: &Key, record: &Record) -> bool {
    match (key, record) {
        (Key::Placement(k), Record::Placement(p)) => {
            let of_kind = match &**p {
                Placement::Box(_) => {
                    model.elements.contains_key(&k.item)
                        || model.boundaries.contains_key(&k.item)
                        || model.notes.contains_key(&k.item)
                }
                Placement::Route(_) => model.flows.contains_key(&k.item),
                Placement::Line(_) => model.boundaries.contains_key(&k.item),
            };
            of_kind && model.diagrams.contains_key(&k.diagram)
        }
        (Key::Vulnerability(_), Record::Vulnerability(v)) => {
            model.elements.contains_key(&v.at) || model.flows.contains_key(&v.at)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Size, generate};

    #[test]
    fn whatever_refers_to_something_is_found_by_it() {
        let model = generate(Size { elements: 40, flows: 60 }, 3);
        for meant in model.keys().iter().filter_map(Key::id) {
            let found: BTreeSet<Key> = model.keys_referring(|id| id == meant).into_iter().collect();
            for key in model.keys() {
                let mut record = model.get(&key).unwrap();
                let mut refers = matches!(&key, Key::Placement(at) if at.item == *meant || at.diagram == *meant);
                prune(&mut record, &mut |_, id| {
                    refers |= id == meant;
                    true
                });
                assert!(!refers || found.contains(&key), "{key:?} refers to {meant}");
            }
        }
    }
}
