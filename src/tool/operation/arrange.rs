//! Putting what is selected in order: in line, at equal distances, in equal sizes. Membership never changes by it:
//! boundaries grow around their members, and strangers step aside.

mod carried;

use crate::edit::Edit;
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::{Outcome, ToolCx};
use carried::{Shifts, carried};
use std::collections::BTreeSet;

/// A way to put several boxes in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrangement {
    /// Edges in line with the outermost.
    Left,
    Right,
    Top,
    Bottom,
    /// Middles on one upright line.
    Centre,
    /// Middles on one level line.
    Middle,
    /// Equal gaps from left to right, from top to bottom; the outermost stay.
    SpreadAcross,
    SpreadDown,
    /// As wide, as high as the largest, from their middles.
    SameWidth,
    SameHeight,
    SameSize,
    /// One after the other with room for a flow between them.
    Row,
    Column,
}

/// Room between the members of a row and of a column: flows with their labels fit in.
const IN_ROW: f32 = 96.0;
const IN_COLUMN: f32 = 56.0;
/// The least gap of a distribution whose ends are too near each other.
const LEAST: f32 = 16.0;

impl Arrangement {
    /// How many boxes it takes at least to do anything.
    pub fn least(self) -> usize {
        if matches!(self, Arrangement::SpreadAcross | Arrangement::SpreadDown) { 3 } else { 2 }
    }
}

/// The boxes that are arranged: selected, not locked, and not inside another selected one.
pub fn arranged<'a>(cx: &'a ToolCx<'_>) -> impl Iterator<Item = (&'a Id, Rect)> {
    let selected = |id: &Id| cx.selection.items.contains(id) && !cx.is_locked(id);
    let boxes = cx.layout.boxes.iter().filter(move |(id, _)| selected(id));
    boxes.filter(|(id, _)| !cx.model.is_inside(id, &cx.selection.items)).map(|(id, b)| (id, b.rect))
}

pub fn arrange(arrangement: Arrangement, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let boxes: Vec<(&Id, Rect)> = arranged(cx).collect();
    let Some(all) = boxes.iter().map(|(_, r)| *r).reduce(Rect::union).filter(|_| boxes.len() >= arrangement.least()) else {
        return Vec::new();
    };
    // On an upright and on a level line: steps along it, and how far each has to go to it.
    let rect = |id: &Id| cx.rect_of(id).unwrap_or(all);
    let upright = |down: Steps, across: &dyn Fn(Rect) -> f32| {
        let steps = down.into_iter().map(|(id, down)| (id.clone(), vec2(across(rect(&id)), down))).collect();
        moves(carried(&steps, (|r| r.y, |r| r.h, |by| vec2(0.0, by)), cx), cx.diagram)
    };
    let level = |across: Steps, down: &dyn Fn(Rect) -> f32| {
        let steps = across.into_iter().map(|(id, across)| (id.clone(), vec2(across, down(rect(&id))))).collect();
        moves(carried(&steps, (|r| r.x, |r| r.w, |by| vec2(by, 0.0)), cx), cx.diagram)
    };
    let (x, y) = (|r: Rect| (r.x, r.w), |r: Rect| (r.y, r.h));
    let (to_centre, to_middle) = (|r: Rect| all.center().x - r.center().x, |r: Rect| all.center().y - r.center().y);
    let mut edits = match arrangement {
        Arrangement::Left => upright(apart(&boxes, y), &|r| all.x - r.x),
        Arrangement::Right => upright(apart(&boxes, y), &|r| all.right() - r.right()),
        Arrangement::Centre => upright(apart(&boxes, y), &to_centre),
        Arrangement::Top => level(apart(&boxes, x), &|r| all.y - r.y),
        Arrangement::Bottom => level(apart(&boxes, x), &|r| all.bottom() - r.bottom()),
        Arrangement::Middle => level(apart(&boxes, x), &to_middle),
        Arrangement::SpreadAcross => level(spread(&boxes, x, all.w), &|_| 0.0),
        Arrangement::SpreadDown => upright(spread(&boxes, y, all.h), &|_| 0.0),
        Arrangement::Row => level(one_after_another(&boxes, x, IN_ROW), &to_middle),
        Arrangement::Column => upright(one_after_another(&boxes, y, IN_COLUMN), &to_centre),
        Arrangement::SameWidth => sizes(&boxes, (true, false), cx),
        Arrangement::SameHeight => sizes(&boxes, (false, true), cx),
        Arrangement::SameSize => sizes(&boxes, (true, true), cx),
    };
    if edits.is_empty() {
        return Vec::new();
    }
    let carried = edits.iter().flat_map(|edit| if let Edit::Move { items, .. } = edit { items.clone() } else { BTreeSet::new() });
    let items = boxes.iter().map(|(id, _)| (*id).clone()).chain(carried).collect();
    edits.push(Edit::Settle { diagram: cx.diagram.clone(), items });
    vec![Outcome::Commit(Edit::Batch { label: "arrange".into(), edits })]
}

fn moves(levels: Vec<Shifts>, diagram: &Id) -> Vec<Edit> {
    let moved = |(by, items)| Edit::Move { diagram: diagram.clone(), items, by };
    levels.into_iter().flat_map(together).map(moved).collect()
}

/// All that go the same way in one move, so that flows between them keep their shape.
fn together(shifts: Shifts) -> Vec<(Vec2, BTreeSet<Id>)> {
    let mut groups: Vec<(Vec2, BTreeSet<Id>)> = Vec::new();
    for (id, by) in shifts.into_iter().filter(|(_, by)| *by != Vec2::ZERO) {
        match groups.iter_mut().find(|(same, _)| *same == by) {
            Some((_, items)) => drop(items.insert(id)),
            None => groups.push((by, BTreeSet::from([id]))),
        }
    }
    groups
}

/// How far each goes along a line.
type Steps = Vec<(Id, f32)>;

/// As far as it takes that none comes to lie over another; `along` gives place and length.
fn apart(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32)) -> Steps {
    let mut end = f32::NEG_INFINITY;
    let step = |(id, at, length): (&Id, f32, f32)| {
        let step = if at < end { end + LEAST - at } else { 0.0 };
        end = at + step + length;
        (id.clone(), step)
    };
    in_order(boxes, along).into_iter().map(step).collect()
}

/// So far that the gaps between them are equal.
fn spread(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32), extent: f32) -> Steps {
    let filled: f32 = boxes.iter().map(|(_, r)| along(*r).1).sum();
    let gap = (extent - filled) / (boxes.len().max(2) - 1) as f32;
    one_after_another(boxes, along, gap.max(LEAST))
}

fn one_after_another(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32), gap: f32) -> Steps {
    let order = in_order(boxes, along);
    let mut next = order.iter().map(|(_, at, _)| *at).fold(f32::INFINITY, f32::min);
    let step = |(id, at, length): (&Id, f32, f32)| {
        let step = next - at;
        next += length + gap;
        (id.clone(), step)
    };
    order.into_iter().map(step).collect()
}

/// Each with place and length, by their middles.
fn in_order<'a>(boxes: &[(&'a Id, Rect)], along: impl Fn(Rect) -> (f32, f32)) -> Vec<(&'a Id, f32, f32)> {
    let mut order: Vec<(&Id, f32, f32)> = boxes.iter().map(|(id, r)| (*id, along(*r).0, along(*r).1)).collect();
    order.sort_by(|a, b| (a.1 + a.2 / 2.0).total_cmp(&(b.1 + b.2 / 2.0)));
    order
}

/// Boundaries are sized among themselves: what is in them needs its room.
fn sizes(boxes: &[(&Id, Rect)], (width, height): (bool, bool), cx: &ToolCx<'_>) -> Vec<Edit> {
    let is_boundary = |id: &Id| cx.layout.boxes.get(id).is_some_and(|b| b.kind == BoxKind::Boundary);
    let largest = |boundary: bool, side: fn(Rect) -> f32| {
        boxes.iter().filter(|(id, _)| is_boundary(id) == boundary).map(|(_, r)| side(*r)).fold(0.0, f32::max)
    };
    let sized = boxes.iter().map(|(id, r)| {
        let boundary = is_boundary(id);
        let w = if width { largest(boundary, |r| r.w) } else { r.w };
        let h = if height { largest(boundary, |r| r.h) } else { r.h };
        (*id, *r, Rect::from_center(r.center(), w, h))
    });
    let diagram = cx.diagram;
    let resize = |(id, _, rect): (&Id, Rect, Rect)| Edit::Resize { diagram: diagram.clone(), item: id.clone(), rect };
    sized.filter(|(_, before, after)| before != after).map(resize).collect()
}
