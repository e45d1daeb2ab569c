//! Deleting elements without breaking the line: what flowed in goes on to where it flowed out.

use crate::edit::Edit;
use crate::model::{Attach, Flow, Id, Key, Placement, PlacementKey, Route};
use crate::tool::{Outcome, Selection, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

/// Deletes what is selected. Where an element had one flow in or one flow out, those of the other side are kept and join
/// its neighbours; elsewhere nobody could say what leads where.
pub fn delete_and_join(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let doomed: BTreeSet<Id> = super::deletable(cx).collect();
    if doomed.is_empty() {
        return Vec::new();
    }
    let mut flows: BTreeMap<Id, Flow> = (*cx.model.flows).clone();
    flows.retain(|id, _| !doomed.contains(id));
    let mut joined = BTreeSet::new();
    for element in doomed.iter().filter(|id| cx.model.elements.contains_key(*id)) {
        joined.extend(join(element, &mut flows));
    }
    let mut edits = Vec::new();
    for id in &joined {
        let Some(flow) = flows.get(id) else { continue };
        edits.push(Edit::put(Key::Flow(id.clone()), flow.clone()));
        edits.extend(freed(id, cx));
    }
    let keys = doomed.iter().filter_map(|id| cx.model.item_key(id)).collect();
    edits.push(Edit::Remove { keys });
    let edit = Edit::Batch { label: "delete and join flows".into(), edits };
    vec![Outcome::Commit(edit), Outcome::Select(Selection { items: joined, threat: None })]
}

/// Takes an element out of the lines through it; the flows that now join its neighbours.
fn join(element: &Id, flows: &mut BTreeMap<Id, Flow>) -> Vec<Id> {
    let here = |end: &Option<Id>| end.as_ref() == Some(element);
    let other = |end: &Option<Id>| end.as_ref().is_some_and(|id| id != element);
    let ins: Vec<(Id, Flow)> = flows.iter().filter(|(_, f)| here(&f.to) && other(&f.from)).map(cloned).collect();
    let outs: Vec<(Id, Flow)> = flows.iter().filter(|(_, f)| here(&f.from) && other(&f.to)).map(cloned).collect();
    flows.retain(|_, f| !here(&f.from) && !here(&f.to));
    let kept = match (ins.as_slice(), outs.as_slice()) {
        // The flow in keeps its name, as it does when an element is put into a flow.
        (ins, [(_, out)]) => ins.iter().map(|(id, f)| (id, f, out, Flow { to: out.to.clone(), ..f.clone() })).collect(),
        ([(_, one)], outs) => outs.iter().map(|(id, f)| (id, f, one, Flow { from: one.from.clone(), ..f.clone() })).collect(),
        _ => Vec::new(),
    };
    let mut joined = Vec::new();
    for (id, _, other, mut flow) in kept {
        if flow.from != flow.to {
            flow.assets.extend(other.assets.iter().cloned());
            flows.insert(id.clone(), flow);
            joined.push(id.clone());
        }
    }
    joined
}

fn cloned((id, flow): (&Id, &Flow)) -> (Id, Flow) {
    (id.clone(), flow.clone())
}

/// The course of a flow on every diagram, left to the router.
fn freed(flow: &Id, cx: &ToolCx<'_>) -> Vec<Edit> {
    let drawn = cx.model.placements.iter().filter(|(key, _)| &key.item == flow);
    let free = drawn.filter_map(|(key, placement)| match placement {
        Placement::Route(route) => {
            let course =
                Route { start: Attach::Auto, end: Attach::Auto, bends: Vec::new(), label: None, label_by: None, ..route.clone() };
            Some(Edit::put(Key::Placement(PlacementKey::clone(key)), Placement::Route(course)))
        }
        _ => None,
    });
    free.collect()
}
