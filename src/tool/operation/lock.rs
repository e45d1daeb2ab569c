//! Locked things stay where they are: pointer and keys neither move, size nor delete them. Only a picture that would lie
//! otherwise makes a locked boundary grow, or a locked stranger step aside.

use crate::edit::Edit;
use crate::model::{Diagram, Id, Key};
use crate::tool::{Outcome, ToolCx};
use std::collections::BTreeSet;

/// Locks what is selected on this diagram, or unlocks it when all of it is locked.
pub fn toggle(cx: &ToolCx<'_>) -> Vec<Outcome> {
    // What was only held a moment ago may still be selected.
    let picked: BTreeSet<&Id> = cx.selection.items.iter().filter(|id| cx.model.item_key(id).is_some()).collect();
    let all = !picked.is_empty() && picked.iter().all(|id| cx.is_locked(id));
    let change = |locked: &mut BTreeSet<Id>| {
        if all {
            locked.retain(|id| !picked.contains(id));
        } else {
            locked.extend(picked.into_iter().cloned());
        }
    };
    set(if all { "unlock" } else { "lock" }, cx, change)
}

pub fn unlock_all(cx: &ToolCx<'_>) -> Vec<Outcome> {
    set("unlock all", cx, BTreeSet::clear)
}

fn set(label: &str, cx: &ToolCx<'_>, change: impl FnOnce(&mut BTreeSet<Id>)) -> Vec<Outcome> {
    let Some(before) = cx.model.diagrams.get(cx.diagram) else { return Vec::new() };
    let mut diagram: Diagram = before.clone();
    change(&mut diagram.locked);
    if diagram == *before {
        return Vec::new();
    }
    let edits = vec![Edit::put(Key::Diagram(cx.diagram.clone()), diagram)];
    vec![Outcome::Commit(Edit::Batch { label: label.into(), edits })]
}
