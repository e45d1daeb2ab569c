//! Where moved things come to lie, and what they belong to there.
//!
//! A thing belongs to the innermost boundary around its middle. Reaching over the seam, it makes the boundary grow; with
//! its middle outside it leaves. Only what was carried over a seam changes its boundary: moved within, a thing stays what
//! it was, whatever the picture showed before.

use super::ground::Ground;
use super::seams::{self, Seams};
use super::{Clip, ToolCx, apart, operation};
use crate::edit::{Edit, PADDING, PADDING_ABOVE};
use crate::geometry::{Rect, Vec2, rect};
use crate::model::{FOLDED, Id, ThreatModel};
use crate::scene::BoundaryCurve;
use std::collections::{BTreeMap, BTreeSet};

/// The boundaries things go into and come out of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crossed {
    /// Around each thing when dropped, changed or not.
    pub into: BTreeSet<Id>,
    pub out_of: BTreeSet<Id>,
}

#[derive(Debug)]
struct Start {
    rect: Rect,
    /// The boundary drawn around its middle; nothing at all for a copy from elsewhere.
    around: Option<Option<Id>>,
}

#[derive(Debug)]
pub struct Landing {
    /// Boxes that may change their boundary, as they were.
    boxes: BTreeMap<Id, Start>,
    /// Boundaries drawn as lines, which belong to what is around all of them.
    lines: BTreeMap<Id, Rect>,
    /// All that moves along: no place to drop anything into.
    carried: BTreeSet<Id>,
    /// What all of it belongs to, wherever it comes to lie.
    home: Option<Option<Id>>,
    ground: Ground,
}

impl Landing {
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    pub fn of(items: &BTreeSet<Id>, cx: &ToolCx<'_>) -> Landing {
        let (ground, carried) = (Ground::of(cx), cx.model.with_content(items));
        let joins = |id: &Id| items.contains(id) && !cx.model.is_inside(id, items);
        let start = |rect: Rect| Start { rect, around: Some(ground.boundary_at(rect.center(), &carried)) };
        let boxes = ground.nested().filter(|(id, ..)| joins(id)).map(|(id, _, rect)| (id.clone(), start(rect))).collect();
        let around = |line: &BoundaryCurve| Rect::around(line.points.iter().copied());
        let lines = cx.layout.lines.iter().filter(|(id, _)| joins(id));
        let lines = lines.filter_map(|(id, line)| Some((id.clone(), around(line)?))).collect();
        Landing { boxes, lines, carried, home: None, ground }
    }

    /// Copies that are put on the diagram; `home`: into that boundary, or none, wherever they come to lie.
    pub fn of_copies(clip: &Clip, home: Option<Option<Id>>, cx: &ToolCx<'_>) -> Landing {
        let folded = |id: &Id| cx.model.is_collapsed(cx.diagram, id);
        let seen = |id: &Id, r: Rect| if folded(id) { rect(r.x, r.y, FOLDED.0, FOLDED.1) } else { r };
        let boxes = clip.outermost().map(|(id, r)| (id.clone(), Start { rect: seen(id, r), around: None })).collect();
        Landing { boxes, lines: BTreeMap::new(), carried: BTreeSet::new(), home, ground: Ground::of(cx) }
    }

    /// For every box the boundary its middle would be in, and whether that is another than before.
    fn targets(&self, by: Vec2) -> impl Iterator<Item = (&Id, Option<Id>, bool)> {
        self.boxes.iter().map(move |(id, start)| {
            let at = start.rect.translate(by).center();
            let into = self.home.clone().unwrap_or_else(|| self.ground.boundary_at(at, &self.carried));
            let is_new = start.around.as_ref() != Some(&into);
            (id, into, is_new)
        })
    }

    /// Elements that what is dropped would come to lie on, beside it in the same boundary: how far they give way.
    fn give_way(&self, by: Vec2, cx: &ToolCx<'_>) -> BTreeMap<Id, Vec2> {
        let dropped: Vec<(&Id, Option<Id>, bool)> = self.targets(by).filter(|(id, ..)| cx.is_element(id)).collect();
        let homes: BTreeSet<&Option<Id>> = dropped.iter().map(|(_, into, _)| into).collect();
        let places = dropped.iter().filter_map(|(id, ..)| Some(self.boxes.get(*id)?.rect));
        let drops: Vec<(Rect, Rect)> = places.map(|was| (was, was.translate(by))).collect();
        let is_other = |id: &Id| cx.is_element(id) && !self.carried.contains(id) && !cx.is_locked(id);
        let others = cx.layout.boxes.iter().filter(|(id, _)| is_other(id) && homes.contains(&self.ground.home(id).cloned()));
        apart::make_way(&drops, &others.map(|(id, b)| (id.clone(), b.rect)).collect())
    }

    /// How much further all goes so that no element comes to lie across a seam of what it is not in: as little as possible, a
    /// way that is accepted, and nothing comes into another boundary by it. Only what was clear of seams before counts.
    /// `copies`: the originals stay where they are.
    pub fn further(&self, by: Vec2, copies: bool, accepts: impl Fn(Vec2) -> bool, cx: &ToolCx<'_>) -> Vec2 {
        let seams = Seams::of(&self.ground, if copies { const { &BTreeSet::new() } } else { &self.carried });
        let elements = self.boxes.iter().filter(|(id, start)| cx.is_element(id) && (copies || seams.is_clear(start.rect)));
        let places: Vec<Rect> = elements.map(|(_, start)| start.rect.translate(by)).collect();
        let homes = |by: Vec2| self.boxes.values().map(move |start| start.rect.translate(by));
        let before: Vec<Option<&Id>> = homes(by).map(|place| seams.home(place)).collect();
        let stays = |way: Vec2| homes(by + way).map(|place| seams.home(place)).eq(before.iter().copied());
        let mut ways: Vec<Vec2> = places.iter().flat_map(|place| seams.ways_clear(*place)).collect();
        seams::shortest_first(&mut ways);
        let fits = |way: &Vec2| accepts(*way) && places.iter().all(|place| seams.is_clear(place.translate(*way))) && stays(*way);
        ways.into_iter().find(fits).unwrap_or(Vec2::ZERO)
    }

    pub fn crossed(&self, by: Vec2) -> Crossed {
        let mut crossed = Crossed::default();
        for (id, into, is_new) in self.targets(by) {
            // Out of the boundary it belonged to, unless that is around its new place too.
            if is_new {
                let still: BTreeSet<&Id> = into.iter().flat_map(|b| std::iter::once(b).chain(self.ground.path(b))).collect();
                crossed.out_of.extend(self.ground.home(id).filter(|b| !still.contains(b)).cloned());
            }
            crossed.into.extend(into);
        }
        crossed
    }

    /// Membership after the move, and room for it. `named` gives the id of a copy; `at_rest`: released, so what is dropped
    /// on a collapsed boundary is put away in it.
    pub fn edits(&self, by: Vec2, named: &dyn Fn(&Id) -> Id, at_rest: bool, cx: &ToolCx<'_>) -> Vec<Edit> {
        let (mut joins, mut stowed, mut settled) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (id, into, is_new) in self.targets(by) {
            let folded = into.as_ref().filter(|b| self.ground.is_collapsed(b) && is_new).cloned();
            match (folded, at_rest) {
                // Still in the hand: it is only shown where it would go.
                (Some(_), false) => continue,
                (Some(folded), true) => stowed.push((id, folded)),
                (None, _) => {}
            }
            if is_new {
                joins.push((named(id), into));
            }
            settled.insert(named(id));
        }
        for (id, rect) in &self.lines {
            let into = self.ground.frame_around(rect.translate(by));
            if into != self.ground.frame_around(*rect) {
                joins.push((named(id), into));
            }
        }
        let mut edits: Vec<Edit> = operation::join(joins, cx).collect();
        let mut taken: BTreeMap<Id, Vec<Rect>> = BTreeMap::new();
        for (id, folded) in stowed {
            let Some(Start { rect: r, .. }) = self.boxes.get(id) else { continue };
            let taken = taken.entry(folded.clone()).or_default();
            let Some(place) = free_place(cx.model, cx.diagram, &folded, *r, taken) else { continue };
            taken.push(place);
            let by = place.min() - r.translate(by).min();
            edits.push(Edit::Move { diagram: cx.diagram.clone(), items: [named(id)].into(), by });
        }
        if at_rest {
            let give_way = self.give_way(by, cx);
            for (id, by) in give_way {
                edits.push(Edit::Move { diagram: cx.diagram.clone(), items: [id.clone()].into(), by });
                settled.insert(id);
            }
        }
        if !settled.is_empty() {
            edits.push(Edit::Settle { diagram: cx.diagram.clone(), items: settled });
        }
        edits
    }
}

/// A place for a box in the hidden frame of a collapsed boundary: the first free one, row by row, else below everything.
pub fn free_place(model: &ThreatModel, diagram: &Id, boundary: &Id, size: Rect, taken: &[Rect]) -> Option<Rect> {
    const STEP: f32 = 16.0;
    let frame = model.rect_of(diagram, boundary)?;
    let here = model.placed(diagram).filter(|(id, _)| model.home_on(diagram, id).as_ref() == Some(boundary));
    let members = here.filter_map(|(id, _)| model.outer_rect(diagram, id));
    let there: Vec<Rect> = members.chain(taken.iter().copied()).map(|r| r.expand(PADDING)).collect();
    let (x, y) = (frame.x + PADDING, frame.y + PADDING_ABOVE);
    let (columns, rows) = ((frame.w - 2.0 * PADDING - size.w) / STEP, (frame.h - PADDING - PADDING_ABOVE - size.h) / STEP);
    let steps = |room: f32| 0..(room.floor().clamp(-1.0, 400.0) as i32 + 1);
    let at = |column: i32, row: i32| rect(x + column as f32 * STEP, y + row as f32 * STEP, size.w, size.h);
    let mut places = steps(rows).flat_map(|row| steps(columns).map(move |column| (column, row)));
    let free = places.find(|(c, r)| !there.iter().any(|other| other.intersects(at(*c, *r)))).map(|(c, r)| at(c, r));
    let below = there.iter().map(|r| r.bottom()).fold(y, f32::max);
    Some(free.unwrap_or(rect(x, below, size.w, size.h)))
}

/// Adds room for what was made, where it is a member of something.
pub fn with_room(edit: Edit, items: BTreeSet<Id>, cx: &ToolCx<'_>) -> Edit {
    let label = edit.label();
    Edit::Batch { label, edits: vec![edit, Edit::Settle { diagram: cx.diagram.clone(), items }] }
}
