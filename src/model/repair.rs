//! Makes a model sound that came from a damaged or hand-edited file, and says what was done.

use super::references::{prune, relink};
use super::*;
use crate::geometry::pt;
use std::collections::BTreeMap;

/// One thing that was put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The record as it is called after the repair.
    pub key: Key,
    /// What was wrong and what was done, as a sentence without a full stop.
    pub message: String,
}

/// Puts every broken invariant right, so that [`check`] finds nothing; empty when it found nothing before.
///
/// Ids come first (references are read by them), then numbers and parents, then what refers to nothing. A record is
/// dropped only when what it is about is not in the model.
pub fn repair(model: &mut ThreatModel) -> Vec<Repair> {
    let mut done = Vec::new();
    if check(model).is_empty() {
        return done;
    }
    separate_ids(model, &mut done);
    // Dropping a record can leave others without what they refer to; each round drops at least one.
    loop {
        let faults = check(model);
        if faults.is_empty() {
            return done;
        }
        let seen = model.clone();
        for fault in faults {
            mend(model, &seen, fault, &mut done);
        }
        if *model == seen {
            return done;
        }
    }
}

/// Gives every record whose id is empty or already names a record of an earlier kind an id of its own.
fn separate_ids(model: &mut ThreatModel, done: &mut Vec<Repair>) {
    let mut renamed: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for fault in check(model) {
        let (FaultKind::SharedId | FaultKind::EmptyId, Some(old)) = (&fault.kind, fault.key.id().cloned()) else { continue };
        let Some(record) = model.get(&fault.key) else { continue };
        let stem = if old.as_str().is_empty() { "id" } else { old.as_str() };
        let Some(new) = (2..).map(|n| Id::from(format!("{stem}-{n}"))).find(|id| !model.has_id(id)) else { continue };
        let message = format!("{}; it is now “{new}”", fault.message(model));
        let key = fault.key.with_id(new.clone());
        model.put(&fault.key, None);
        model.put(&key, Some(record));
        renamed.entry(old).or_default().push(new);
        done.push(Repair { key, message });
    }
    if !renamed.is_empty() {
        follow(model, &renamed);
    }
}

/// References that can only mean a renamed record follow it; the others stay with the record that kept the id.
fn follow(model: &mut ThreatModel, renamed: &BTreeMap<Id, Vec<Id>>) {
    let before = model.clone();
    fn heirs<'a>(renamed: &'a BTreeMap<Id, Vec<Id>>, id: &Id) -> impl Iterator<Item = &'a Id> + Clone {
        renamed.get(id).into_iter().flatten()
    }
    for key in before.keys() {
        let Some(mut record) = before.get(&key) else { continue };
        relink(&mut record, &mut |role, id| {
            let heir = heirs(renamed, id).find(|new| !role.resolves(&before, id) && role.resolves(&before, new));
            Some(heir.unwrap_or(id).clone())
        });
        model.put(&key, Some(record.clone()));
        let Key::Placement(k) = &key else { continue };
        if stands(&before, &key, &record) {
            continue;
        }
        let diagrams = std::iter::once(&k.diagram).chain(heirs(renamed, &k.diagram));
        let places = diagrams.flat_map(|d| {
            std::iter::once(&k.item).chain(heirs(renamed, &k.item)).map(|i| PlacementKey::new(d.clone(), i.clone()))
        });
        if let Some(place) = places.map(Key::Placement).find(|key| stands(&before, key, &record) && !before.contains(key)) {
            model.put(&key, None);
            model.put(&place, Some(record));
        }
    }
}

fn mend(model: &mut ThreatModel, seen: &ThreatModel, fault: Fault, done: &mut Vec<Repair>) {
    let what = fault.message(seen);
    let Fault { key, kind } = fault;
    let Some(mut record) = model.get(&key) else { return };
    let remedy = match kind {
        FaultKind::SharedId | FaultKind::EmptyId => return,
        // All at once: later faults of the same record find it clean and only add their sentence.
        FaultKind::Dangling { .. } => {
            prune(&mut record, &mut |role, id| role.resolves(seen, id));
            "the reference was removed"
        }
        FaultKind::Cycle | FaultKind::TooDeep => {
            match &mut record {
                Record::Boundary(r) => r.parent = None,
                Record::Element(r) => r.parent = None,
                _ => return,
            }
            "it was taken out of its parent"
        }
        FaultKind::OutOfRange { .. } if set_in_range(&mut record) => "the nearest allowed value was set",
        FaultKind::OutOfRange { .. } | FaultKind::Orphan => {
            model.put(&key, None);
            done.push(Repair { key, message: format!("{what}; it was removed") });
            return;
        }
    };
    model.put(&key, Some(record));
    done.push(Repair { key, message: format!("{what}; {remedy}") });
}

/// Moves every number of the record into its range; false when that cannot make it whole.
fn set_in_range(record: &mut Record) -> bool {
    fn level(v: &mut u8, least: u8, most: u8) {
        *v = (*v).clamp(least, most);
    }
    fn number(v: &mut f64, least: f64, most: f64) {
        *v = if v.is_nan() { least } else { v.clamp(least, most) };
    }
    match record {
        Record::Info(r) => level(&mut r.depth, 1, 3),
        Record::Boundary(r) => r.trust.iter_mut().for_each(|t| level(t, 0, 4)),
        Record::Asset(r) => {
            let values = [&mut r.c, &mut r.i, &mut r.a].into_iter().chain(&mut r.p).chain(&mut r.s);
            values.for_each(|v| level(v, 0, 4));
            if let Some(loss) = r.loss.as_mut().filter(|l| !l.are_amounts()) {
                loss.put_right();
            }
        }
        Record::Agent(r) => [&mut r.capability, &mut r.intent].into_iter().for_each(|v| level(v, 1, 5)),
        Record::Threat(r) => {
            [&mut r.level, &mut r.skill].into_iter().for_each(|v| level(v, 1, 5));
            let hits = [&mut r.hits.c, &mut r.hits.i, &mut r.hits.a, &mut r.hits.p, &mut r.hits.s];
            hits.into_iter().for_each(|v| number(v, 0.0, 1.0));
        }
        Record::Control(r) => {
            number(&mut r.strength, 0.0, 0.95);
            level(&mut r.cost, 1, 5);
        }
        Record::Instance(r) => {
            number(&mut r.coverage, 0.0, 1.0);
            r.cost.iter_mut().for_each(|v| number(v, 0.0, f64::MAX));
        }
        Record::Decision(r) => {
            if let Some(set) = &mut r.level_override {
                level(&mut set.likelihood, 1, 5);
                level(&mut set.impact, 1, 5);
            }
        }
        Record::Appraisal(r) => r.given.values_mut().for_each(|given| given.value.put_right()),
        Record::AttackTree(r) => r.put_right(),
        Record::Scenario(r) => r.put_right(),
        Record::Session(r) => r.put_right(),
        Record::Playlist(r) => r.put_right(),
        Record::Baseline(r) => r.put_right(),
        // What cannot be put right is no part of the scenario.
        Record::Variant(r) => r.changes.retain_mut(|change| match &mut change.record {
            Some(record) => super::check::out_of_range(record).is_none() || set_in_range(record),
            None => true,
        }),
        Record::Placement(p) => return place_within_reach(p),
        _ => return false,
    }
    true
}

/// Moves coordinates into the drawable world; false for a line that has no two points.
fn place_within_reach(placement: &mut Placement) -> bool {
    // Half of what is allowed, so that corner plus size stays inside as well.
    let reach = |v: f32| if v.is_nan() { 0.0 } else { v.clamp(-FAR / 2.0, FAR / 2.0) };
    let share = |v: f32| if v.is_nan() { 0.5 } else { v.clamp(0.0, 1.0) };
    let near = |p: &mut Point| *p = pt(reach(p.x), reach(p.y));
    match placement {
        Placement::Box(r) => *r = Rect { x: reach(r.x), y: reach(r.y), w: reach(r.w).max(0.0), h: reach(r.h).max(0.0) },
        Placement::Route(r) => {
            r.bends.iter_mut().for_each(near);
            for end in [&mut r.start, &mut r.end] {
                match end {
                    Attach::Auto => {}
                    Attach::At(p) => *p = pt(share(p.x), share(p.y)),
                    Attach::Loose(p) => near(p),
                }
            }
            r.label.iter_mut().for_each(|t| *t = share(*t));
        }
        Placement::Line(l) => {
            l.points.iter_mut().for_each(near);
            return l.points.len() >= 2;
        }
    }
    true
}
