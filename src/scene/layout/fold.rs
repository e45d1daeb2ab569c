//! Collapsed boundaries, before anything is laid out: what is hidden, where flows end instead, and which run as one.
//!
//! The result is a model as it is seen. Nothing after this step knows about collapsing but for the look of the small box.

use crate::model::{Attach, Flow, Id, Key, Placement, PlacementKey, Protocol, Record, Route, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// What a diagram shows while boundaries on it are collapsed.
pub(super) struct Fold {
    /// What a layout asks for, without what is hidden; flows end at the small boxes.
    pub seen: ThreatModel,
    /// Collapsed boundaries that are seen.
    pub folded: BTreeSet<Id>,
    /// Flows drawn as one, by the one that stands for them, which is the first of them.
    pub bundles: BTreeMap<Id, Vec<Id>>,
}

/// `None` where nothing is collapsed.
pub(super) fn fold(model: &ThreatModel, diagram: &Id) -> Option<Fold> {
    let marked = &model.diagrams.get(diagram)?.collapsed;
    let folded: BTreeSet<Id> =
        marked.iter().filter(|b| model.is_collapsed(diagram, b) && model.hidden_by(diagram, b).is_none()).cloned().collect();
    if folded.is_empty() {
        return None;
    }
    let placed = model.placed(diagram).map(|(id, place)| (PlacementKey::new(diagram.clone(), id.clone()), place.clone()));
    let mut seen = ThreatModel {
        info: model.info.clone(),
        elements: model.elements.clone(),
        flows: model.flows.clone(),
        boundaries: model.boundaries.clone(),
        notes: model.notes.clone(),
        diagrams: model.diagrams.clone(),
        placements: placed.collect(),
        ..ThreatModel::default()
    };
    for (id, placement) in model.placed(diagram) {
        let key = || Key::Placement(PlacementKey::new(diagram.clone(), id.clone()));
        if matches!(placement, Placement::Route(_)) {
            continue;
        }
        if model.hidden_by(diagram, id).is_some() {
            seen.put(&key(), None);
        } else if folded.contains(id) {
            seen.put(&key(), model.outer_rect(diagram, id).map(|r| Placement::Box(r).into()));
        }
    }
    let (bundles, turned) = bundle(model, diagram);
    turned.into_iter().for_each(|(key, record)| seen.put(&key, record));
    Some(Fold { seen, folded, bundles })
}

impl Fold {
    /// The records that look different than in `was`, when those `changed` are others in the model now.
    pub fn changes_since<'k>(
        &self,
        was: &Fold,
        model: &ThreatModel,
        diagram: &Id,
        changed: impl Iterator<Item = &'k Key>,
    ) -> BTreeSet<Key> {
        let (before, now) = (&was.seen, &self.seen);
        let is_seen = |id: &Id| [before, now].iter().any(|seen| seen.placement(diagram, id).is_some());
        let matters = |key: &&Key| match key {
            Key::Placement(_) => false,
            // What is hidden is told by the flows that lead to it.
            Key::Element(id) | Key::Boundary(id) | Key::Note(id) | Key::Flow(id) => {
                is_seen(id) || model.placement(diagram, id).is_none()
            }
            _ => true,
        };
        let mut out: BTreeSet<Key> = changed.filter(matters).cloned().collect();
        out.extend(differing(&before.placements, &now.placements).cloned().map(Key::Placement));
        out.extend(differing(&before.flows, &now.flows).cloned().map(Key::Flow));
        out
    }
}

/// The keys of what is not the same in both.
fn differing<'a, K: Ord, V: PartialEq>(a: &'a BTreeMap<K, V>, b: &'a BTreeMap<K, V>) -> impl Iterator<Item = &'a K> {
    let gone_or_other = a.iter().filter(|(key, value)| b.get(key) != Some(value)).map(|(key, _)| key);
    gone_or_other.chain(b.keys().filter(|key| !a.contains_key(key)))
}

/// Turns the flows that end inside a collapsed boundary to its box; those between the same two ends become one.
fn bundle(model: &ThreatModel, diagram: &Id) -> (BTreeMap<Id, Vec<Id>>, Vec<(Key, Option<Record>)>) {
    let mut seen = Vec::new();
    let mut groups: BTreeMap<(Option<Id>, Option<Id>), Vec<Id>> = BTreeMap::new();
    for (id, flow) in model.placed(diagram).filter_map(|(id, _)| model.flows.get_key_value(id)) {
        let holder = |end: &Option<Id>| model.hidden_by(diagram, model.stand_in(diagram, end.as_ref()?)?);
        let (from, to) = (holder(&flow.from), holder(&flow.to));
        if from.is_none() && to.is_none() {
            continue;
        }
        let ends = (from.clone().or_else(|| flow.from.clone()), to.clone().or_else(|| flow.to.clone()));
        if from == to {
            seen.push((Key::Placement(PlacementKey::new(diagram.clone(), id.clone())), None));
        } else {
            groups.entry(ends).or_default().push(id.clone());
        }
    }
    let mut bundles = BTreeMap::new();
    for ((from, to), ids) in groups {
        let Some(first) = ids.first() else { continue };
        let flow = Flow { from, to, ..as_one(model, &ids) };
        let route = match model.placement(diagram, first) {
            Some(Placement::Route(route)) => route.clone(),
            _ => Route::default(),
        };
        // Way-points led to what is hidden; an end in the open stays where it is.
        let open = |attach: Attach| if matches!(attach, Attach::Loose(_)) { attach } else { Attach::Auto };
        let route =
            Route { bends: Vec::new(), label: None, label_by: None, start: open(route.start), end: open(route.end), ..route };
        let place = |id: &Id| Key::Placement(PlacementKey::new(diagram.clone(), id.clone()));
        seen.extend(ids.iter().skip(1).map(|id| (place(id), None)));
        seen.push((place(first), Some(Placement::Route(route).into())));
        seen.push((Key::Flow(first.clone()), Some(flow.into())));
        bundles.insert(first.clone(), ids);
    }
    (bundles, seen)
}

/// Several flows as one: what they have in common, and how many they are. The only one of a bundle stays as it is.
pub(crate) fn as_one(model: &ThreatModel, ids: &[Id]) -> Flow {
    let flows: Vec<&Flow> = ids.iter().filter_map(|id| model.flows.get(id)).collect();
    let [first, rest @ ..] = flows.as_slice() else { return Flow::default() };
    if rest.is_empty() {
        return (*first).clone();
    }
    let all = |same: fn(&Flow, &Flow) -> bool| rest.iter().all(|f| same(f, first));
    Flow {
        name: format!("{} flows", flows.len()),
        protocol: if all(|a, b| a.protocol == b.protocol) { first.protocol } else { Protocol::Unknown },
        authn: if all(|a, b| a.authn == b.authn) { first.authn } else { Flow::default().authn },
        out_of_scope: if all(|a, b| a.out_of_scope.is_some() && b.out_of_scope.is_some()) {
            first.out_of_scope.clone()
        } else {
            None
        },
        ..Flow::default()
    }
}
