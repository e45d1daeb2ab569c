//! One visitor over everything a record refers to: deletion, checking and repair all use it.

use super::*;
use std::collections::BTreeSet;

/// What a reference must point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    Person,
    Boundary,
    Element,
    Asset,
    Control,
    /// An element, flow, boundary or asset.
    Subject,
    /// An element, flow or boundary.
    Target,
    /// An element or boundary.
    Start,
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
            Reference::Subject => element || flow || boundary || asset,
            Reference::Target => element || flow || boundary,
            Reference::Start => element || boundary,
        }
    }
}

/// Asks `keep` about every optional reference of the record and drops those it refuses.
///
/// References that make up the record itself (a placement's item, a vulnerability's site) are not optional: see
/// [`stands`]. A decision's anchor is no reference: a decision outlives its threat.
pub fn prune(record: &mut Record, keep: &mut dyn FnMut(Reference, &Id) -> bool) {
    fn one(slot: &mut Option<Id>, role: Reference, keep: &mut dyn FnMut(Reference, &Id) -> bool) {
        if slot.as_ref().is_some_and(|id| !keep(role, id)) {
            *slot = None;
        }
    }
    fn many(set: &mut BTreeSet<Id>, role: Reference, keep: &mut dyn FnMut(Reference, &Id) -> bool) {
        set.retain(|id| keep(role, id));
    }
    match record {
        Record::Info(_)
        | Record::Person(_)
        | Record::Control(_)
        | Record::Note(_)
        | Record::Vulnerability(_)
        | Record::Placement(_) => {}
        Record::Boundary(r) => {
            one(&mut r.parent, Reference::Boundary, keep);
            one(&mut r.owner, Reference::Person, keep);
        }
        Record::Element(r) => {
            one(&mut r.boundary, Reference::Boundary, keep);
            one(&mut r.parent, Reference::Element, keep);
            one(&mut r.owner, Reference::Person, keep);
            many(&mut r.holds, Reference::Asset, keep);
        }
        Record::Flow(r) => {
            one(&mut r.from, Reference::Element, keep);
            one(&mut r.to, Reference::Element, keep);
            many(&mut r.assets, Reference::Asset, keep);
        }
        Record::Asset(r) => one(&mut r.owner, Reference::Person, keep),
        Record::Agent(r) => many(&mut r.starts, Reference::Start, keep),
        Record::Instance(r) => {
            r.at.retain(|site| match site {
                Site::Model => true,
                Site::At(id) => keep(Reference::Target, id),
            });
            one(&mut r.owner, Reference::Person, keep);
        }
        Record::Decision(r) => {
            one(&mut r.by, Reference::Person, keep);
            one(&mut r.approver, Reference::Person, keep);
            one(&mut r.owner, Reference::Person, keep);
        }
        Record::Assumption(r) => {
            many(&mut r.about, Reference::Subject, keep);
            one(&mut r.owner, Reference::Person, keep);
        }
        Record::Threat(r) => many(&mut r.targets, Reference::Target, keep),
        Record::Diagram(r) => one(&mut r.of, Reference::Element, keep),
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
