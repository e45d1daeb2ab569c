//! On which diagrams things are: hiding, and deleting what is shown elsewhere too.

use crate::edit::Edit;
use crate::model::{Id, Key, PlacementKey, ThreatModel};
use std::collections::BTreeSet;

/// What the undo menu calls it when something is left on other diagrams.
pub const HIDDEN: &str = "remove from this diagram";

/// Takes items off a diagram, and the flows that would lose an end; the model keeps them all.
pub fn hide_here(model: &ThreatModel, diagram: &Id, items: &BTreeSet<Id>) -> Option<Edit> {
    let here = items.iter().filter(|id| model.placement(diagram, id).is_some());
    let gone: BTreeSet<&Id> = here.chain(flows_of(model, diagram, items)).collect();
    let keys: BTreeSet<Key> = gone.into_iter().map(|id| place(diagram, id)).collect();
    let edits = vec![Edit::Remove { keys: keys.clone() }];
    (!keys.is_empty()).then(|| Edit::Batch { label: HIDDEN.into(), edits })
}

/// Deletes what is shown on no other diagram, and takes the rest off this one: a picture is never changed that one does not
/// see. A flow that loses an end here goes the same way.
pub fn delete_here(model: &ThreatModel, diagram: &Id, items: &BTreeSet<Id>) -> Edit {
    let elsewhere: BTreeSet<&Id> = model.placements.keys().filter(|key| key.diagram != *diagram).map(|key| &key.item).collect();
    let stays = |id: &Id| elsewhere.contains(id) && model.placement(diagram, id).is_some();
    let hidden: BTreeSet<Id> = items.iter().filter(|id| stays(id)).cloned().collect();
    let all = items.iter().chain(flows_of(model, diagram, &hidden));
    let key = |id: &Id| if stays(id) { Some(place(diagram, id)) } else { model.item_key(id) };
    let keys: BTreeSet<Key> = all.filter_map(key).collect();
    let edit = Edit::Remove { keys };
    if hidden.is_empty() { edit } else { Edit::Batch { label: HIDDEN.into(), edits: vec![edit] } }
}

/// Items that are on none but these diagrams. A boundary stays as long as something is in it that stays.
pub fn only_on(model: &ThreatModel, diagrams: &BTreeSet<Id>) -> BTreeSet<Id> {
    let elsewhere: BTreeSet<&Id> =
        model.placements.keys().filter(|key| !diagrams.contains(&key.diagram)).map(|key| &key.item).collect();
    let here: BTreeSet<&Id> = model.placements.keys().filter(|k| diagrams.contains(&k.diagram)).map(|k| &k.item).collect();
    let goes = |id: &Id| here.contains(id) && !elsewhere.contains(id);
    let staying = model.elements.keys().filter(|id| !goes(id));
    let around: BTreeSet<Id> = staying.flat_map(|id| model.boundary_chain(id)).collect();
    here.iter().filter(|id| goes(id) && !around.contains(**id)).map(|id| (*id).clone()).collect()
}

/// What is inside the elements an edit deletes: their parts, detail diagrams and what is drawn on those alone. Empty when they
/// have no parts.
pub fn inside_of_deleted(model: &ThreatModel, edit: &Edit) -> BTreeSet<Key> {
    let keys = match edit {
        Edit::Remove { keys } => keys,
        Edit::Batch { edits, .. } => match edits.as_slice() {
            [Edit::Remove { keys }] => keys,
            _ => return BTreeSet::new(),
        },
        _ => return BTreeSet::new(),
    };
    let wholes: BTreeSet<Id> =
        keys.iter().filter_map(|key| if let Key::Element(id) = key { Some(id.clone()) } else { None }).collect();
    if wholes.is_empty() {
        return BTreeSet::new();
    }
    let parts = model.parts_within(&wholes);
    if parts.iter().all(|id| keys.contains(&Key::Element(id.clone()))) {
        return BTreeSet::new();
    }
    let of = |id: &Id| wholes.contains(id) || parts.contains(id);
    let details = model.diagrams.iter().filter(|(_, d)| d.of.as_ref().is_some_and(of)).map(|(id, _)| id.clone());
    let details: BTreeSet<Id> = details.collect();
    let drawn = only_on(model, &details);
    let items = drawn.iter().chain(&parts).filter_map(|id| model.item_key(id));
    items.chain(details.iter().cloned().map(Key::Diagram)).filter(|key| !keys.contains(key)).collect()
}

/// Flows on the diagram with an end at one of these elements.
fn flows_of<'a>(model: &'a ThreatModel, diagram: &'a Id, elements: &'a BTreeSet<Id>) -> impl Iterator<Item = &'a Id> + 'a {
    let ends = move |end: &'a Option<Id>| {
        end.as_ref().and_then(|e| model.stand_in(diagram, e)).is_some_and(|shown| elements.contains(shown))
    };
    let drawn = model.placed(diagram).filter_map(|(id, _)| model.flows.get_key_value(id));
    drawn.filter(move |(_, f)| ends(&f.from) || ends(&f.to)).map(|(id, _)| id)
}

fn place(diagram: &Id, id: &Id) -> Key {
    Key::Placement(PlacementKey::new(diagram.clone(), id.clone()))
}
