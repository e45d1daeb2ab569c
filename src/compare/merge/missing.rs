//! What one side deleted and the other still needs.

use super::{Side, Sides};
use crate::model::{Id, Key, Record, Reference, ThreatModel, prune};
use std::collections::{BTreeMap, BTreeSet};

/// A record that one side deleted, with those of the merged model that need it.
pub(super) struct Missing {
    pub key: Key,
    pub kept_by: Side,
    pub users: Vec<Key>,
}

/// All of them, in order of keys.
pub(super) fn of(sides: &Sides<'_>, model: &ThreatModel) -> Vec<Missing> {
    let mut needed: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
    for key in sides.keys() {
        // What both sides have alike refers to nothing that one of them deleted.
        let Some(record) = model.get(&key) else { continue };
        if sides.ours.get(&key) == sides.theirs.get(&key) {
            continue;
        }
        for lost in lost_references(sides, model, &key, &record) {
            if let Some(lost) = deleted(sides, model, &lost) {
                needed.entry(lost).or_default().push(key.clone());
            }
        }
    }
    let drawn_on = drawn_on_deleted(sides, model);
    for (diagram, item) in drawn_on {
        needed.entry(diagram).or_default().extend(item);
    }
    let one = |(key, users): (Key, Vec<Key>)| {
        let kept_by = if sides.ours.contains(&key) { Side::Ours } else { Side::Theirs };
        Missing { key, kept_by, users }
    };
    needed.into_iter().map(one).collect()
}

/// Ids a record refers to, with the kinds they may be of, that are not in the model.
fn lost_references(sides: &Sides<'_>, model: &ThreatModel, key: &Key, record: &Record) -> BTreeSet<Id> {
    let mut lost = BTreeSet::new();
    match record {
        // Whether they are hidden, locked or folded is a matter of looks.
        Record::Note(_) => return lost,
        Record::Vulnerability(v) if model.item_key(&v.at).is_none() => drop(lost.insert(v.at.clone())),
        // Nothing holds the name of a control: who attaches one without having it does not miss it.
        Record::Instance(i) => {
            let attaches =
                |side: &&&ThreatModel| matches!(side.get(key), Some(Record::Instance(own)) if own.control == i.control);
            let sides = [sides.ours, sides.theirs];
            if sides.iter().filter(attaches).all(|side| side.controls.contains_key(i.control.as_str())) {
                lost.insert(Id::new(&i.control));
            }
        }
        _ => {}
    }
    prune(&mut record.clone(), &mut |role, id| {
        let is_look = role == Reference::Drawn || (matches!(record, Record::Diagram(_)) && role == Reference::Boundary);
        if !is_look && !role.resolves(model, id) {
            lost.insert(id.clone());
        }
        true
    });
    lost
}

/// The record with this id that was there and that one of the sides deleted.
fn deleted(sides: &Sides<'_>, model: &ThreatModel, id: &Id) -> Option<Key> {
    let kinds = [Key::Element, Key::Flow, Key::Boundary, Key::Asset, Key::Person, Key::Agent, Key::Control];
    let keys = kinds.into_iter().map(|kind| kind(id.clone()));
    { keys }
        .find(|key| sides.base.contains(key) && !model.contains(key) && (sides.ours.contains(key) || sides.theirs.contains(key)))
}

/// Diagrams one side deleted while the other drew something on them or moved it, with what that is.
fn drawn_on_deleted(sides: &Sides<'_>, model: &ThreatModel) -> BTreeMap<Key, BTreeSet<Key>> {
    let mut out: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for id in sides.base.diagrams.keys().filter(|id| !model.diagrams.contains_key(*id)) {
        for side in [sides.ours, sides.theirs].into_iter().filter(|side| side.diagrams.contains_key(id)) {
            let drawn = side.placed(id).filter(|(item, place)| sides.base.placement(id, item) != Some(*place));
            let items: BTreeSet<Key> = drawn.filter_map(|(item, _)| side.item_key(item)).collect();
            if !items.is_empty() {
                out.entry(Key::Diagram(id.clone())).or_default().extend(items);
            }
        }
    }
    out
}
