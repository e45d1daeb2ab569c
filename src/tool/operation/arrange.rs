//! Putting what is selected in order: in line, at equal distances, in equal sizes. Membership never changes by it:
//! boundaries grow around their members, and strangers step aside.

use crate::edit::Edit;
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::{Outcome, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

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
    let upright = |across: &dyn Fn(Rect) -> f32| {
        let down = apart(&boxes, |r| (r.y, r.h));
        moves(boxes.iter().zip(down).map(|((id, r), down)| ((*id).clone(), vec2(across(*r), down))), cx)
    };
    let level = |down: &dyn Fn(Rect) -> f32| {
        let across = apart(&boxes, |r| (r.x, r.w));
        moves(boxes.iter().zip(across).map(|((id, r), across)| ((*id).clone(), vec2(across, down(*r)))), cx)
    };
    let mut edits = match arrangement {
        Arrangement::Left => upright(&|r| all.x - r.x),
        Arrangement::Right => upright(&|r| all.right() - r.right()),
        Arrangement::Centre => upright(&|r| all.center().x - r.center().x),
        Arrangement::Top => level(&|r| all.y - r.y),
        Arrangement::Bottom => level(&|r| all.bottom() - r.bottom()),
        Arrangement::Middle => level(&|r| all.center().y - r.center().y),
        Arrangement::SpreadAcross => moves(spread(&boxes, |r| (r.x, r.w), all.w).map(|(id, by)| (id, vec2(by, 0.0))), cx),
        Arrangement::SpreadDown => moves(spread(&boxes, |r| (r.y, r.h), all.h).map(|(id, by)| (id, vec2(0.0, by))), cx),
        Arrangement::Row => {
            let steps: BTreeMap<Id, f32> = one_after_another(&boxes, |r| (r.x, r.w), IN_ROW).collect();
            let down = |r: Rect| all.center().y - r.center().y;
            moves(boxes.iter().map(|(id, r)| ((*id).clone(), vec2(steps.get(*id).copied().unwrap_or(0.0), down(*r)))), cx)
        }
        Arrangement::Column => {
            let steps: BTreeMap<Id, f32> = one_after_another(&boxes, |r| (r.y, r.h), IN_COLUMN).collect();
            let across = |r: Rect| all.center().x - r.center().x;
            moves(boxes.iter().map(|(id, r)| ((*id).clone(), vec2(across(*r), steps.get(*id).copied().unwrap_or(0.0)))), cx)
        }
        Arrangement::SameWidth => sizes(&boxes, (true, false), cx),
        Arrangement::SameHeight => sizes(&boxes, (false, true), cx),
        Arrangement::SameSize => sizes(&boxes, (true, true), cx),
    };
    if edits.is_empty() {
        return Vec::new();
    }
    let items = boxes.iter().map(|(id, _)| (*id).clone()).collect();
    edits.push(Edit::Settle { diagram: cx.diagram.clone(), items });
    vec![Outcome::Commit(Edit::Batch { label: "arrange".into(), edits })]
}

/// How far each has to go along the line they are put on, so that none comes to lie over another.
fn apart(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32)) -> Vec<f32> {
    let mut order: Vec<(usize, (f32, f32))> = boxes.iter().map(|(_, r)| along(*r)).enumerate().collect();
    order.sort_by(|(_, a), (_, b)| (a.0 + a.1 / 2.0).total_cmp(&(b.0 + b.1 / 2.0)));
    let mut steps = vec![0.0; boxes.len()];
    let mut end = f32::NEG_INFINITY;
    for (n, (at, length)) in order {
        let step = if at < end { end + LEAST - at } else { 0.0 };
        steps.get_mut(n).into_iter().for_each(|s| *s = step);
        end = at + step + length;
    }
    steps
}

/// One move for all that go the same way, so that flows between them keep their shape.
fn moves(shifts: impl Iterator<Item = (Id, Vec2)>, cx: &ToolCx<'_>) -> Vec<Edit> {
    let mut groups: Vec<(Vec2, BTreeSet<Id>)> = Vec::new();
    for (id, by) in shifts.filter(|(_, by)| *by != Vec2::ZERO) {
        match groups.iter_mut().find(|(same, _)| *same == by) {
            Some((_, items)) => drop(items.insert(id)),
            None => groups.push((by, BTreeSet::from([id]))),
        }
    }
    let diagram = cx.diagram;
    groups.into_iter().map(|(by, items)| Edit::Move { diagram: diagram.clone(), items, by }).collect()
}

/// How far each goes so that the gaps between them are equal; `along` gives place and length.
fn spread(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32), extent: f32) -> impl Iterator<Item = (Id, f32)> {
    let filled: f32 = boxes.iter().map(|(_, r)| along(*r).1).sum();
    let gap = (extent - filled) / (boxes.len().max(2) - 1) as f32;
    one_after_another(boxes, along, gap.max(LEAST))
}

fn one_after_another(boxes: &[(&Id, Rect)], along: impl Fn(Rect) -> (f32, f32), gap: f32) -> impl Iterator<Item = (Id, f32)> {
    let middle = |r: Rect| along(r).0 + along(r).1 / 2.0;
    let mut order: Vec<&(&Id, Rect)> = boxes.iter().collect();
    order.sort_by(|a, b| middle(a.1).total_cmp(&middle(b.1)));
    let mut next = boxes.iter().map(|(_, r)| along(*r).0).fold(f32::INFINITY, f32::min);
    let mut shifts = Vec::new();
    for (id, r) in order {
        let (at, length) = along(*r);
        shifts.push(((*id).clone(), next - at));
        next += length + gap;
    }
    shifts.into_iter()
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
