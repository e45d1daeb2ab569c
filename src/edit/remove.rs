//! Removal with everything that cannot stand without what is removed.

use super::draft::Draft;
use crate::model::{Element, Id, Key, MAX_NESTING, Record, prune, stands};
use std::collections::BTreeSet;

/// Removes the records; content of a boundary goes to its parent, parts of an element to what that is a part of, references
/// elsewhere are dropped.
///
/// A decision outlives a threat of the library, which may be found again; with a hand-written one it goes.
pub(super) fn remove(keys: &BTreeSet<Key>, d: &mut Draft<'_>) {
    let mut written: BTreeSet<Id> = d.after.threats.keys().cloned().collect();
    let mut doomed = keys.clone();
    for key in keys {
        match key {
            Key::Boundary(id) => hand_over(id, d),
            Key::Element(id) => {
                move_up(id, keys, d);
                let bare = |diagram: &Id| d.after.placed(diagram).next().is_none();
                let details = d.after.diagrams.iter().filter(|(diagram, r)| r.of.as_ref() == Some(id) && bare(diagram));
                doomed.extend(details.map(|(diagram, _)| Key::Diagram(diagram.clone())));
                let ends_here = |end: &Option<Id>| end.as_ref() == Some(id);
                doomed.extend(
                    d.after
                        .flows
                        .iter()
                        .filter(|(_, f)| ends_here(&f.from) || ends_here(&f.to))
                        .map(|(f, _)| Key::Flow(f.clone())),
                );
            }
            Key::Control(id) => doomed.extend(
                d.after.instances.iter().filter(|(_, i)| i.control == id.as_str()).map(|(i, _)| Key::Instance(i.clone())),
            ),
            Key::Diagram(id) => {
                doomed.extend(d.after.placements.keys().filter(|k| &k.diagram == id).cloned().map(Key::Placement));
            }
            _ => {}
        }
    }
    for key in &doomed {
        d.remove(key.clone());
    }
    let gone: BTreeSet<&Id> = doomed.iter().filter_map(Key::id).collect();
    drop_references(&gone, d);
    written.retain(|id| !d.after.threats.contains_key(id));
    let orphaned: Vec<_> = d.after.decisions.keys().filter(|k| written.contains(&k.rule)).cloned().collect();
    orphaned.into_iter().for_each(|key| d.remove(Key::Decision(key)));
    let rated: Vec<_> = d.after.appraisals.keys().filter(|k| written.contains(&k.rule)).cloned().collect();
    rated.into_iter().for_each(|key| d.remove(Key::Appraisal(key)));
}

/// What a removed element was made of becomes part of what it was itself a part of.
fn move_up(whole: &Id, removed: &BTreeSet<Key>, d: &mut Draft<'_>) {
    let above = |id: &Id| d.after.elements.get(id).and_then(|e| e.parent.clone());
    let next = std::iter::successors(above(whole), above).take(MAX_NESTING);
    let into = { next }.find(|id| !removed.contains(&Key::Element(id.clone())));
    let parts: Vec<Id> = d.after.parts_of(whole).cloned().collect();
    for id in parts {
        if let Some(part) = d.after.elements.get(&id).cloned() {
            d.put(Key::Element(id), Element { parent: into.clone(), ..part });
        }
    }
}

/// Members and inner boundaries of `boundary` move up one level.
fn hand_over(boundary: &Id, d: &mut Draft<'_>) {
    let parent = d.after.boundaries.get(boundary).and_then(|b| b.parent.clone());
    let members: BTreeSet<_> = d
        .after
        .elements
        .iter()
        .filter(|(_, e)| e.boundary.as_ref() == Some(boundary))
        .map(|(id, _)| id.clone())
        .chain(d.after.boundaries.iter().filter(|(_, b)| b.parent.as_ref() == Some(boundary)).map(|(id, _)| id.clone()))
        .collect();
    // The parent exists, so this cannot fail; if it did, the check at the end would say so.
    let _ = super::arrange::reparent(&members, parent.as_ref(), d);
}

/// Cleans every record of references to what is gone, and removes the records that were about it.
fn drop_references(gone: &BTreeSet<&Id>, d: &mut Draft<'_>) {
    for key in d.after.keys_referring(|id| gone.contains(id)) {
        let Some(record) = d.after.get(&key) else { continue };
        if !stands(d.after, &key, &record) {
            d.remove(key);
            continue;
        }
        let mut pruned = record.clone();
        prune(&mut pruned, &mut |role, id| role.resolves(d.after, id));
        if pruned == record {
            continue;
        }
        match &pruned {
            // A control attached to nothing any more, or a threat against nothing, was about what is gone.
            Record::Instance(i) if i.at.is_empty() => d.remove(key),
            Record::Threat(t) if t.targets.is_empty() => d.remove(key),
            _ => d.put(key, pruned),
        }
    }
}
