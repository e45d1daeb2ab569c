//! Collapsing boundaries to small boxes, and expanding them again.

use crate::edit::Edit;
use crate::geometry::Rect;
use crate::model::{Diagram, Id, Key, Note};
use crate::scene::BoxKind;
use crate::tool::ground::innermost;
use crate::tool::{Outcome, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

/// Collapses the selected boundaries, or expands them when all of them are collapsed. Something selected that a collapsed
/// boundary hides expands that.
pub fn toggle(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let boundaries = boundaries(cx);
    let expands = boundaries.iter().all(|id| cx.model.is_collapsed(cx.diagram, id));
    set(&boundaries, !expands, cx).map(Outcome::Commit).into_iter().collect()
}

/// What it would be about: boundaries drawn here, as a frame or as a small box.
pub fn boundaries(cx: &ToolCx<'_>) -> BTreeSet<Id> {
    let holder = |id: &Id| cx.model.hidden_by(cx.diagram, id);
    let foldable = |id: &Id| cx.model.boundaries.contains_key(id) && cx.model.rect_of(cx.diagram, id).is_some();
    let items = cx.selection.items.iter();
    items.filter_map(|id| holder(id).or_else(|| Some(id.clone()).filter(foldable))).collect()
}

/// Copies of collapsed boundaries are collapsed as well; `ids` are those of the copies by those of the originals.
pub fn copies(ids: &BTreeMap<Id, Id>, cx: &ToolCx<'_>) -> Option<Edit> {
    let mut collapsed = ids.iter().filter(|(id, _)| cx.model.is_collapsed(cx.diagram, id)).peekable();
    collapsed.peek()?;
    let mut diagram = cx.model.diagrams.get(cx.diagram)?.clone();
    // In the middle of a drag the preview has them already.
    diagram.collapsed.extend(collapsed.map(|(_, copy)| copy.clone()));
    Some(Edit::put(Key::Diagram(cx.diagram.clone()), diagram))
}

/// The edit that collapses or expands boundaries. What stands where an expanded one needs its room again steps aside.
pub fn set(boundaries: &BTreeSet<Id>, collapsed: bool, cx: &ToolCx<'_>) -> Option<Edit> {
    let before = cx.model.diagrams.get(cx.diagram)?;
    let mut after: Diagram = before.clone();
    if collapsed {
        after.collapsed.extend(boundaries.iter().cloned());
    } else {
        after.collapsed.retain(|id| !boundaries.contains(id));
    }
    let put = Edit::put(Key::Diagram(cx.diagram.clone()), after);
    let settle = Edit::Settle { diagram: cx.diagram.clone(), items: boundaries.clone() };
    let label = if collapsed { "collapse" } else { "expand" };
    let notes = if collapsed { hide_notes(boundaries, cx) } else { show_notes(boundaries, cx) };
    let edits = std::iter::once(put).chain(notes).chain([settle]).collect();
    (!boundaries.is_empty()).then(|| Edit::Batch { label: label.into(), edits })
}

/// Notes that lie in the frames are hidden with them.
fn hide_notes(boundaries: &BTreeSet<Id>, cx: &ToolCx<'_>) -> Vec<Edit> {
    let frames = boundaries.iter().filter(|b| !cx.model.is_collapsed(cx.diagram, b));
    let frames: Vec<(&Id, Rect)> = frames.filter_map(|b| Some((b, cx.rect_of(b)?))).collect();
    let over = |r: Rect| innermost(frames.iter().copied().filter(|(_, frame)| frame.contains(r.center()))).cloned();
    let notes = cx.layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Note);
    notes.filter_map(|(id, b)| with_note(id, over(b.rect)?, cx)).collect()
}

fn with_note(id: &Id, boundary: Id, cx: &ToolCx<'_>) -> Option<Edit> {
    let note = Note { hidden_in: Some(boundary), ..cx.model.notes.get(id)?.clone() };
    Some(Edit::put(Key::Note(id.clone()), note))
}

/// They are seen again, and belong to nothing.
fn show_notes(boundaries: &BTreeSet<Id>, cx: &ToolCx<'_>) -> Vec<Edit> {
    let hidden = cx.model.notes.iter().filter(|(_, n)| n.hidden_in.as_ref().is_some_and(|b| boundaries.contains(b)));
    hidden.map(|(id, note)| Edit::put(Key::Note(id.clone()), Note { hidden_in: None, ..note.clone() })).collect()
}
