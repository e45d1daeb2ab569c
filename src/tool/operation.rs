//! What keys and menus do on the canvas, on the selection or at the pointer.

mod arrange;
mod bridge;
mod create;
mod duplicate;
mod flows;
mod fold;
mod free_spot;
mod kind;
mod lock;
mod nesting;
mod pick;
mod quick_add;
pub(super) mod size;
mod style;
mod walk;
mod wrap;

pub use arrange::{Arrangement, arranged};
pub use create::{PUT_INTO_FLOW, birth};
pub(super) use create::{add, add_on, create_at, further, put_into_flow};
pub use flows::with_heads;
pub(super) use fold::{copies as fold_copies, set as fold};
pub use kind::{CHANGED_TO, next_kind};
pub use size::ghost;
pub use style::CopiedStyle;
pub(super) use walk::{go, toward, ways};
pub use walk::{next_unlabelled, reading_order};

use super::grip::creates_box;
use super::landing::Landing;
use super::presence::delete_here;
use super::{Clip, Direction, GRID, KeyPress, Outcome, Selection, Tool, ToolCx, event};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2, vec2};
use crate::model::{Flow, Id, Key, PlacementKey};
use crate::scene::{BoxKind, PlacedBox};
use std::collections::{BTreeMap, BTreeSet};

/// How far copies stand from their originals, which they cover in part: they are to be dragged from there.
pub const BESIDE: Vec2 = vec2(24.0, 24.0);

/// Something done to the selection or the diagram at once, without a drag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// A box in its usual size, its label open.
    Create(Tool, Point),
    /// The same where there is room, as near as possible to the selection, else to the point: for people without a pointer.
    Place(Tool, Point),
    /// A flow between the two selected elements.
    Connect,
    /// A boundary around the selection.
    Wrap,
    Arrange(Arrangement),
    /// What is shown elsewhere too is only taken off this diagram.
    Delete,
    /// Deletes elements and lets what flowed through them go on.
    DeleteAndJoin,
    /// From every diagram.
    DeleteEverywhere,
    /// Onto the clipboard.
    Copy,
    Cut,
    Duplicate,
    SelectAll,
    SelectSameKind,
    /// Flows and elements at the other end.
    SelectConnected,
    /// What is inside the selected boundaries.
    SelectContent,
    /// Straight, orthogonal, curved, in turn.
    CycleLineStyle,
    ToggleHeads,
    ResetRoute,
    ReverseFlow,
    CopyStyle,
    GiveStyle(CopiedStyle),
    ToggleLock,
    UnlockAll,
    /// Back to the tool that selects, then nothing selected.
    Deselect,
    EditLabel,
    Nudge(Vec2),
    /// The next element in reading order, or the one before.
    Next,
    Previous,
    /// A new process in a direction with a flow to it.
    QuickAdd(Direction),
    /// Along a flow to the element in that direction.
    Walk(Direction),
    /// The selected elements become another kind.
    ChangeKind,
    /// Takes what lies next in a direction into the selection.
    Extend(Direction),
    /// Out of its boundary into the one around that.
    PullOut,
    /// The selected boundaries become as small as their content allows.
    FitToContent,
    /// The selected boundaries become small boxes, or frames again.
    Fold,
    SetTool(Tool),
}

/// What a key means here and now; `None` leaves it to others.
pub fn of_key(press: KeyPress, cx: &ToolCx<'_>) -> Option<Operation> {
    let m = press.modifiers;
    let step = if m.shift { GRID } else { 1.0 };
    let selected = !cx.selection.items.is_empty();
    match press.key {
        event::Key::Arrow(Direction::Up) if m.ctrl && m.shift && !m.alt => selected.then_some(Operation::PullOut),
        event::Key::Arrow(d) if m.ctrl && !m.alt && !m.shift => selected.then_some(Operation::QuickAdd(d)),
        event::Key::Arrow(d) if m.alt && m.shift && !m.ctrl => selected.then_some(Operation::Extend(d)),
        event::Key::Arrow(d) if m.alt && !m.ctrl => selected.then_some(Operation::Walk(d)),
        event::Key::Arrow(d) if !m.ctrl && !m.alt => selected.then(|| Operation::Nudge(d.unit() * step)),
        event::Key::Tab if !m.ctrl && !m.alt => Some(if m.shift { Operation::Previous } else { Operation::Next }),
        event::Key::Enter if m == super::Modifiers::NONE && creates_box(cx.tool) => {
            press.pointer.map(|at| Operation::Place(cx.tool, at))
        }
        event::Key::Enter | event::Key::F2 if m == super::Modifiers::NONE => selected.then_some(Operation::EditLabel),
        event::Key::Delete if m.shift => selected.then_some(Operation::DeleteAndJoin),
        event::Key::Delete if m.ctrl => selected.then_some(Operation::DeleteEverywhere),
        event::Key::Delete => selected.then_some(Operation::Delete),
        event::Key::Escape => (selected || cx.tool != Tool::Select).then_some(Operation::Deselect),
        event::Key::Letter('A') if m.ctrl => Some(Operation::SelectAll),
        event::Key::Letter('D') if m.ctrl && !m.shift => selected.then_some(Operation::Duplicate),
        event::Key::Letter('C') if m == super::Modifiers::NONE => {
            cx.selection.items.iter().any(|id| cx.is_element(id)).then_some(Operation::ChangeKind)
        }
        event::Key::Letter('B') if m == super::Modifiers::SHIFT => Some(Operation::SetTool(Tool::Line)),
        event::Key::Letter(letter) if m == super::Modifiers::NONE => letter_key(letter, press.pointer, cx),
        _ => None,
    }
}

fn letter_key(letter: char, pointer: Option<Point>, cx: &ToolCx<'_>) -> Option<Operation> {
    let tool = match letter {
        'V' => Tool::Select,
        'H' => Tool::Hand,
        'F' if pair(cx).is_some() => return Some(Operation::Connect),
        'F' => Tool::Flow,
        'P' => Tool::Process,
        'S' => Tool::Store,
        'E' => Tool::Entity,
        'N' => Tool::Note,
        'K' => Tool::Laser,
        'B' if wrap::members(cx).next().is_some() => return Some(Operation::Wrap),
        'B' => Tool::Boundary,
        _ => return None,
    };
    let creates = tool != Tool::Boundary && creates_box(tool);
    let make = |at| Operation::Create(tool, beside_others(at, tool, cx));
    Some(pointer.filter(|_| creates).map_or(Operation::SetTool(tool), make))
}

/// Where the pointer is; beside what it is over, if that is no ground for another.
fn beside_others(at: Point, tool: Tool, cx: &ToolCx<'_>) -> Point {
    let is_ground = |b: &PlacedBox| matches!(b.kind, BoxKind::Boundary | BoxKind::Folded) || !b.rect.contains(at);
    if cx.layout.boxes.values().all(is_ground) { at } else { free_spot::nearest(at, size::usual(size::kind(tool)), cx).center() }
}

/// Handles a key, if it means anything here.
pub(super) fn key(press: KeyPress, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    of_key(press, cx).map_or_else(Vec::new, |operation| perform(operation, cx))
}

/// Carries out an operation.
pub fn perform(operation: Operation, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    match operation {
        Operation::Create(tool, at) => create_at(tool, at, cx),
        Operation::Place(tool, at) => {
            let selected = cx.selection.items.iter().filter_map(|id| cx.rect_of(id)).reduce(crate::geometry::Rect::union);
            let at = selected.map_or(at, |r| r.center());
            let at = free_spot::nearest(at, size::usual(size::kind(tool)), cx).center();
            [create_at(tool, at, cx), vec![Outcome::ToolDone]].concat()
        }
        Operation::Connect => connect(cx),
        Operation::Wrap => wrap::wrap(cx),
        Operation::Arrange(arrangement) => arrange::arrange(arrangement, cx),
        Operation::Delete => delete(cx),
        Operation::DeleteAndJoin => bridge::delete_and_join(cx),
        Operation::DeleteEverywhere => delete_everywhere(cx),
        Operation::Copy => copy(cx),
        Operation::Cut => [copy(cx), delete(cx)].concat(),
        Operation::Duplicate => duplicate::duplicate(cx),
        Operation::SelectAll => select(cx.layout.boxes.keys().chain(cx.layout.flows.keys()).chain(cx.layout.lines.keys())),
        Operation::SelectSameKind => pick::same_kind(cx),
        Operation::SelectConnected => pick::connected(cx),
        Operation::SelectContent => pick::content(cx),
        Operation::CycleLineStyle => flows::cycle_style(cx),
        Operation::ToggleHeads => flows::toggle_heads(cx),
        Operation::ResetRoute => flows::reset(cx),
        Operation::ReverseFlow => flows::reverse(cx),
        Operation::ToggleLock => lock::toggle(cx),
        Operation::UnlockAll => lock::unlock_all(cx),
        Operation::Deselect => deselect(cx),
        Operation::EditLabel => cx.selection.single().cloned().map(Outcome::EditLabel).into_iter().collect(),
        Operation::Nudge(by) => nudge(by, cx),
        Operation::Next => walk::step(cx, 1),
        Operation::Previous => walk::step(cx, -1),
        Operation::QuickAdd(direction) => quick_add::quick_add(direction, cx),
        Operation::Walk(direction) => walk::along_flow(direction, cx),
        Operation::CopyStyle => style::copy(cx),
        Operation::GiveStyle(style) => style::give(style, cx),
        Operation::ChangeKind => kind::change_kind(cx),
        Operation::Extend(direction) => walk::extend(direction, cx),
        Operation::PullOut => nesting::pull_out(cx),
        Operation::FitToContent => nesting::fit(cx),
        Operation::Fold => fold::toggle(cx),
        Operation::SetTool(tool) => vec![Outcome::SetTool(tool)],
    }
}

/// Adds what was copied, shifted, with new ids, as members of what it is put into, and selects it.
pub fn paste(clip: &Clip, by: Vec2, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    paste_into(clip, by, None, cx)
}

/// The same into a certain boundary, or with `Some(None)` into none, wherever it comes to lie.
fn paste_into(clip: &Clip, by: Vec2, home: Option<Option<Id>>, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let ids = clip.fresh_ids(cx.fresh);
    let mut edits = clip.edits(cx.model, cx.diagram, &ids, by);
    if edits.is_empty() {
        return Vec::new();
    }
    edits.extend(fold_copies(&ids, cx));
    let copied = |id: &Id| ids.get(id).unwrap_or(id).clone();
    edits.extend(Landing::of_copies(clip, home, cx).edits(by, &copied, true, cx));
    let edit = Edit::Batch { label: "paste".into(), edits };
    vec![Outcome::Commit(edit), Outcome::Select(clip.selection(&ids))]
}

/// The same around a point, or as near to it as there is room: nothing is put on what stands there, nor across a seam.
pub fn paste_at(clip: &Clip, at: Point, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let Some(bounds) = clip.bounds() else { return paste(clip, BESIDE, cx) };
    let wanted = Rect::from_center(at, bounds.w, bounds.h);
    let is_free = free_spot::is_free(wanted, 0.0, cx);
    let place = if is_free { wanted } else { free_spot::nearest(at, (bounds.w, bounds.h), cx) };
    let by = place.min() - bounds.min();
    paste(clip, vec2((by.x / GRID).round() * GRID, (by.y / GRID).round() * GRID), cx)
}

/// Shows the copied things themselves on this diagram, where they still exist, and selects them.
pub fn paste_originals(clip: &Clip, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let key = |id: &Id| Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone()));
    let edits: Vec<Edit> = clip.originals(cx.model, cx.diagram).map(|(id, place)| Edit::put(key(id), place.clone())).collect();
    if edits.is_empty() {
        return Vec::new();
    }
    let items = clip.originals(cx.model, cx.diagram).map(|(id, _)| id.clone()).collect();
    let edit = Edit::Batch { label: "show on this diagram".into(), edits };
    vec![Outcome::Commit(edit), Outcome::Select(Selection { items, threat: None })]
}

/// Makes each thing a member of the boundary it came to lie in. On a diagram that details an element, what is in none of the
/// boundaries drawn there is in those around that element; except what stands outside of it.
pub(super) fn join(landed: impl IntoIterator<Item = (Id, Option<Id>)>, cx: &ToolCx<'_>) -> impl Iterator<Item = Edit> {
    let of = cx.model.diagrams.get(cx.diagram).and_then(|d| d.of.as_ref());
    let is_part = |id: &Id| cx.model.elements.get(id).is_none_or(|e| e.parent.as_ref() == of);
    let mut groups: BTreeMap<Option<Id>, BTreeSet<Id>> = BTreeMap::new();
    for (id, into) in landed {
        // What is only just being pasted knows its place already.
        if into.is_none() && of.is_some() && cx.model.item_key(&id).is_none() {
            continue;
        }
        let around = cx.model.surroundings(cx.diagram).filter(|_| is_part(&id)).cloned();
        groups.entry(into.or(around)).or_default().insert(id);
    }
    groups.into_iter().map(|(into, items)| Edit::Reparent { items, into })
}

/// The two selected elements, in reading order.
pub(super) fn pair(cx: &ToolCx<'_>) -> Option<(Id, Id)> {
    let order = reading_order(cx.layout);
    let mut picked = order.into_iter().filter(|id| cx.selection.items.contains(id));
    let (from, to) = (picked.next()?, picked.next()?);
    (picked.next().is_none() && cx.selection.items.len() == 2).then_some((from, to))
}

fn connect(cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let Some((from, to)) = pair(cx) else { return Vec::new() };
    let id = (cx.fresh)();
    let edit = flow_edit(id.clone(), from, to, cx);
    vec![Outcome::CommitMerged(edit, birth(&id)), Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)]
}

/// A flow between two elements, attached where the router likes.
pub(super) fn flow_edit(id: Id, from: Id, to: Id, cx: &ToolCx<'_>) -> Edit {
    let route = cx.model.new_route(cx.diagram, &id);
    let flow = Flow { from: Some(from), to: Some(to), ..Flow::default() };
    Edit::Connect { id, flow, diagram: cx.diagram.clone(), route }
}

fn copy(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let clip = Clip::copy(cx.model, cx.diagram, &cx.selection.items);
    if clip.is_empty() { Vec::new() } else { vec![Outcome::Copy(clip.to_text())] }
}

fn delete(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let items: BTreeSet<Id> = deletable(cx).collect();
    if items.is_empty() {
        return Vec::new();
    }
    // The content of a collapsed boundary outlives it as that of any other, and is seen again.
    let folded = items.iter().filter(|id| cx.model.is_collapsed(cx.diagram, id)).cloned().collect();
    let remove = delete_here(cx.model, cx.diagram, &items);
    let edit = match fold(&folded, false, cx) {
        Some(expand) => Edit::Batch { label: remove.label(), edits: vec![expand, remove] },
        None => remove,
    };
    vec![Outcome::Commit(edit), Outcome::Select(Selection::default())]
}

fn delete_everywhere(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let keys: BTreeSet<Key> = deletable(cx).filter_map(|id| cx.model.item_key(&id)).collect();
    if keys.is_empty() {
        return Vec::new();
    }
    vec![Outcome::Commit(Edit::Remove { keys }), Outcome::Select(Selection::default())]
}

/// What is selected and not locked.
fn deletable<'a>(cx: &'a ToolCx<'_>) -> impl Iterator<Item = Id> + 'a {
    cx.selection.items.iter().filter(|id| !cx.is_locked(id)).cloned()
}

fn select<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<Outcome> {
    vec![Outcome::Select(Selection { items: ids.cloned().collect(), threat: None })]
}

fn nudge(by: Vec2, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let items: BTreeSet<Id> = deletable(cx).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let tag = items.iter().fold(String::from("nudge"), |tag, id| tag + " " + id.as_str());
    let landed = Landing::of(&items, cx).edits(by, &Id::clone, true, cx);
    let edits = std::iter::once(Edit::Move { diagram: cx.diagram.clone(), items, by }).chain(landed).collect();
    vec![Outcome::CommitMerged(Edit::Batch { label: "move".into(), edits }, tag)]
}

fn deselect(cx: &ToolCx<'_>) -> Vec<Outcome> {
    if cx.tool != Tool::Select {
        return vec![Outcome::SetTool(Tool::Select)];
    }
    vec![Outcome::Select(Selection::default())]
}
