//! The invariants of a model, in one place.

use super::references::{Reference, prune, stands};
use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of boundaries within boundaries, or elements within elements: far more than anyone draws, and few enough for
/// everything that walks up or down the nesting.
pub const MAX_NESTING: usize = 64;

/// A broken invariant of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub key: Key,
    pub kind: FaultKind,
}

/// What is broken.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// Refers to a record that is not there or of another kind.
    Dangling { role: Reference, to: Id },
    /// What it is about is not in the model.
    Orphan,
    /// Its parents lead back to itself.
    Cycle,
    /// More than [`MAX_NESTING`] levels of parents.
    TooDeep,
    /// A number outside its range, or not a number.
    OutOfRange { field: &'static str },
    /// The same id names records of two kinds.
    SharedId,
    /// The id is empty.
    EmptyId,
}

impl Fault {
    /// A sentence for people; names come from `model`.
    pub fn message(&self, model: &ThreatModel) -> String {
        let name = match &self.key {
            Key::Placement(k) => model.name_of(&k.item).to_owned(),
            Key::Decision(k) | Key::Appraisal(k) => k.to_string(),
            key => key.id().map(|id| model.name_of(id).to_owned()).unwrap_or_default(),
        };
        let id = match &self.key {
            Key::Placement(k) => k.to_string(),
            Key::Decision(k) | Key::Appraisal(k) => k.to_string(),
            key => key.id().map(|i| i.to_string()).unwrap_or_default(),
        };
        let what = if name.is_empty() { id } else { name };
        let who = format!("{} “{what}”", self.key.kind_label());
        match &self.kind {
            FaultKind::Dangling { role, to } => format!("{who} refers to {} “{to}”, which is not in the model", role.label()),
            FaultKind::Orphan => format!("{who} belongs to something that is not in the model"),
            FaultKind::Cycle => format!("{who} contains itself through its parents"),
            FaultKind::TooDeep => format!("{who} is nested more than {MAX_NESTING} levels deep"),
            FaultKind::OutOfRange { field } => format!("{who} has a {field} out of range"),
            FaultKind::SharedId => format!("{who} shares its id with a record of another kind"),
            FaultKind::EmptyId => format!("a {} has an empty id", self.key.kind_label()),
        }
    }
}

impl Reference {
    fn label(self) -> &'static str {
        match self {
            Reference::Person => "the person",
            Reference::Boundary => "the trust boundary",
            Reference::Element => "the element",
            Reference::Asset => "the asset",
            Reference::Control => "the control",
            Reference::Agent => "the threat agent",
            Reference::Subject => "the element, flow, boundary or asset",
            Reference::Target => "the element, flow or boundary",
            Reference::Start => "the element or boundary",
            Reference::Diagram => "the diagram",
            Reference::Drawn => "the element, flow, boundary or note",
        }
    }
}

/// Every broken invariant; empty for a sound model.
pub fn check(model: &ThreatModel) -> Vec<Fault> {
    let keys = model.keys();
    let mut faults = check_records(model, &keys);
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    for key in &keys {
        if key.id().is_some_and(|id| !seen.insert(id)) {
            faults.push(Fault { key: key.clone(), kind: FaultKind::SharedId });
        }
    }
    faults
}

/// The broken invariants of some records and of the parent chains they are part of.
pub fn check_records<'a>(model: &ThreatModel, keys: impl IntoIterator<Item = &'a Key>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (mut boundaries, mut elements) = (Vec::new(), Vec::new());
    for key in keys {
        let Some(mut record) = model.get(key) else { continue };
        match key {
            Key::Boundary(id) => boundaries.push(id),
            Key::Element(id) => elements.push(id),
            _ => {}
        }
        if key.id().is_some_and(|id| id.as_str().is_empty()) {
            faults.push(Fault { key: key.clone(), kind: FaultKind::EmptyId });
        }
        if !stands(model, key, &record) {
            faults.push(Fault { key: key.clone(), kind: FaultKind::Orphan });
        }
        prune(&mut record, &mut |role, id| {
            if !role.resolves(model, id) {
                faults.push(Fault { key: key.clone(), kind: FaultKind::Dangling { role, to: id.clone() } });
            }
            true
        });
        if let Some(field) = out_of_range(&record) {
            faults.push(Fault { key: key.clone(), kind: FaultKind::OutOfRange { field } });
        }
    }
    let outer = |id: &Id| model.boundaries.get(id).and_then(|b| b.parent.clone());
    let whole = |id: &Id| model.elements.get(id).and_then(|e| e.parent.clone());
    // What is moved takes its content along, so the depth of everything counts.
    let deep_boundaries = if boundaries.is_empty() { Vec::new() } else { too_deep(model.boundaries.keys(), outer) };
    // Only parts can be deep.
    let parts = model.elements.iter().filter(|(_, e)| e.parent.is_some()).map(|(id, _)| id);
    let deep_elements = if elements.is_empty() { Vec::new() } else { too_deep(parts, whole) };
    let fault = |kind: FaultKind| move |key: Key| Fault { key, kind: kind.clone() };
    faults.extend(cycles(boundaries, outer).into_iter().map(Key::Boundary).map(fault(FaultKind::Cycle)));
    faults.extend(cycles(elements, whole).into_iter().map(Key::Element).map(fault(FaultKind::Cycle)));
    faults.extend(deep_boundaries.into_iter().map(Key::Boundary).map(fault(FaultKind::TooDeep)));
    faults.extend(deep_elements.into_iter().map(Key::Element).map(fault(FaultKind::TooDeep)));
    faults
}

/// One member of every cycle, in id order.
fn cycles<'a>(ids: impl IntoIterator<Item = &'a Id>, parent: impl Fn(&Id) -> Option<Id>) -> Vec<Id> {
    let mut done: BTreeSet<Id> = BTreeSet::new();
    let mut found = Vec::new();
    for id in ids {
        let mut path: BTreeSet<Id> = BTreeSet::new();
        let mut next = Some(id.clone());
        while let Some(at) = next {
            if path.contains(&at) {
                found.push(at);
                break;
            }
            if !done.insert(at.clone()) {
                break;
            }
            next = parent(&at);
            path.insert(at);
        }
    }
    found
}

/// Those with exactly [`MAX_NESTING`] levels above them, or a multiple of it: taken out, nothing is too deep any more.
fn too_deep<'a>(ids: impl IntoIterator<Item = &'a Id>, parent: impl Fn(&Id) -> Option<Id>) -> Vec<Id> {
    let mut depth: BTreeMap<Id, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for id in ids {
        let (mut path, mut level) = (Vec::new(), 0);
        let mut next = Some(id.clone());
        while let Some(at) = next {
            if let Some(known) = depth.get(&at) {
                level = known + 1;
                break;
            }
            // Known at once, so that a cycle ends; those are told apart.
            depth.insert(at.clone(), 0);
            next = parent(&at);
            path.push(at);
        }
        for at in path.into_iter().rev() {
            depth.insert(at.clone(), level);
            if level > 0 && level % MAX_NESTING == 0 {
                found.push(at);
            }
            level += 1;
        }
    }
    found
}

/// The first field whose number is not allowed.
pub(super) fn out_of_range(record: &Record) -> Option<&'static str> {
    let share = |v: f64| (0.0..=1.0).contains(&v);
    match record {
        Record::Info(r) => (!(1..=3).contains(&r.depth)).then_some("rule depth"),
        Record::Boundary(r) => r.trust.is_some_and(|t| t > 4).then_some("trust level"),
        Record::Asset(r) => {
            let values = [r.c, r.i, r.a, r.p.unwrap_or(0), r.s.unwrap_or(0)];
            let loss = r.loss.is_some_and(|l| !l.are_amounts());
            values.iter().any(|v| *v > 4).then_some("value").or(loss.then_some("loss"))
        }
        Record::Agent(r) => {
            (!(1..=5).contains(&r.capability)).then_some("capability").or((!(1..=5).contains(&r.intent)).then_some("intent"))
        }
        Record::Threat(r) => {
            let hits = [r.hits.c, r.hits.i, r.hits.a, r.hits.p, r.hits.s];
            (!(1..=5).contains(&r.level))
                .then_some("likelihood level")
                .or((!(1..=5).contains(&r.skill)).then_some("skill"))
                .or((!hits.iter().all(|h| share(*h))).then_some("hit share"))
        }
        Record::Control(r) => {
            (!(0.0..=0.95).contains(&r.strength)).then_some("strength").or((!(1..=5).contains(&r.cost)).then_some("cost tier"))
        }
        Record::Instance(r) => {
            (!share(r.coverage)).then_some("coverage").or(r.cost.is_some_and(|c| !(c.is_finite() && c >= 0.0)).then_some("cost"))
        }
        Record::Decision(r) => r
            .level_override
            .as_ref()
            .is_some_and(|o| !(1..=5).contains(&o.likelihood) || !(1..=5).contains(&o.impact))
            .then_some("level set by hand"),
        Record::Appraisal(r) => r.given.values().any(|given| !given.value.is_sound()).then_some("factor set by hand"),
        Record::AttackTree(r) => r.root.out_of_range(),
        Record::Scenario(r) => r.out_of_range(),
        Record::Session(r) => r.out_of_range(),
        Record::Playlist(r) => r.out_of_range(),
        Record::Baseline(r) => r.out_of_range(),
        Record::Variant(r) => r.changes.iter().filter_map(|change| change.record.as_ref()).find_map(out_of_range),
        Record::Placement(p) => (!placement_is_sane(p)).then_some("coordinate"),
        _ => None,
    }
}

/// Largest coordinate accepted, in world units: beyond it `f32` no longer resolves half a pixel.
pub(super) const FAR: f32 = 4_000_000.0;

fn placement_is_sane(placement: &Placement) -> bool {
    let near = |p: &Point| p.is_finite() && p.x.abs() <= FAR && p.y.abs() <= FAR;
    match placement {
        Placement::Box(r) => r.is_finite() && near(&r.min()) && near(&r.max()) && r.w >= 0.0 && r.h >= 0.0,
        Placement::Route(r) => {
            let attach = |a: &Attach| match a {
                Attach::Auto => true,
                Attach::At(p) => (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y),
                Attach::Loose(p) => near(p),
            };
            let label =
                r.label.is_none_or(|t| (0.0..=1.0).contains(&t)) && r.label_by.is_none_or(|by| near(&(Point::default() + by)));
            r.bends.iter().all(near) && attach(&r.start) && attach(&r.end) && label
        }
        Placement::Line(l) => l.points.len() >= 2 && l.points.iter().all(near),
    }
}
