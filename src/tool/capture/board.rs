//! The diagram while new things find their places on it.

use super::block::{PADDING, TAB};
use crate::geometry::{Point, Rect, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::ground::innermost;
use crate::tool::{GRID, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

/// Room around a new block.
const ROOM: f32 = 3.0 * GRID;
/// Room between what a flow connects.
const GAP: f32 = 96.0;
/// Distance between the places tried, and how many rings of them.
const STEP: f32 = 4.0 * GRID;
const RINGS: i32 = 28;

/// Boxes with what is around them.
pub struct Board {
    pub boxes: BTreeMap<Id, Rect>,
    boundaries: BTreeSet<Id>,
    /// The boundary each box is directly in.
    pub homes: BTreeMap<Id, Id>,
    /// Boundaries that were made larger.
    pub grown: BTreeSet<Id>,
}

impl Board {
    pub fn new(cx: &ToolCx<'_>) -> Board {
        let is_boundary = |id: &&Id| cx.layout.boxes.get(*id).is_some_and(|b| b.kind == BoxKind::Boundary);
        Board {
            boxes: cx.layout.boxes.iter().map(|(id, b)| (id.clone(), b.rect)).collect(),
            boundaries: cx.layout.boxes.keys().filter(is_boundary).cloned().collect(),
            homes: drawn_homes(cx),
            grown: BTreeSet::new(),
        }
    }

    pub fn put(&mut self, id: Id, rect: Rect, is_boundary: bool) {
        if is_boundary {
            self.boundaries.insert(id.clone());
        }
        self.boxes.insert(id, rect);
    }

    /// A boundary and everything around it.
    fn path(&self, home: Option<&Id>) -> Vec<Id> {
        std::iter::successors(home.cloned(), |id| self.homes.get(id).cloned()).take(65).collect()
    }

    /// The innermost boundary drawn around a block, other than those of the block.
    pub fn home_of(&self, block: Rect, own: &[Id]) -> Option<Id> {
        let others = self.boundaries.iter().filter(|id| !own.contains(id)).filter_map(|id| Some((id, self.boxes.get(id)?)));
        innermost(others.map(|(id, r)| (id, *r)).filter(|(_, r)| r.contains_rect(block) && *r != block)).cloned()
    }

    /// Whether a block may lie there: clear of everything, cutting no seam, inside its home or where that can grow to.
    fn is_free(&self, rect: Rect, home: Option<&Id>) -> bool {
        let around = self.path(home);
        let wide = home.and_then(|id| self.boxes.get(id)).map(|b| grown(*b, rect));
        self.boxes.iter().all(|(id, other)| {
            if around.contains(id) {
                return true;
            }
            let touches = if self.boundaries.contains(id) {
                let holds = home.is_none() && other.contains_rect(rect.expand(ROOM));
                other.intersects(rect.expand(ROOM)) && !holds
            } else {
                other.intersects(rect.expand(ROOM))
            };
            let belongs = around.contains(id) || self.path(self.homes.get(id)).iter().any(|h| Some(h) == home);
            let swallowed = !belongs && wide.is_some_and(|wide| wide.intersects(*other));
            !touches && !swallowed
        })
    }

    /// Whether a boundary drawn around these would take in or cut nothing else.
    pub fn is_private(&self, around: Rect, content: &[Id], home: Option<&Id>, cx: &ToolCx<'_>) -> bool {
        let own = cx.model.with_content(&content.iter().cloned().collect());
        let outer = self.path(home);
        self.boxes
            .iter()
            .filter(|(id, _)| !own.contains(*id) && cx.rect_of(id).is_some())
            .all(|(id, other)| !other.intersects(around) || outer.contains(id))
    }

    /// The best free place for a block of this size near a wish (the middle of the block).
    pub fn place(&self, (w, h): (f32, f32), wish: Point, home: Option<&Id>) -> Rect {
        let at = |across: i32, down: i32| {
            let middle = wish + vec2(across as f32 * STEP, down as f32 * STEP);
            let rect = Rect::from_center(middle, w, h);
            let snapped = |v: f32| (v / GRID).round() * GRID;
            Rect { x: snapped(rect.x), y: snapped(rect.y), ..rect }
        };
        let room = home.and_then(|id| self.boxes.get(id)).copied();
        let cost = |r: &Rect| {
            let far = r.center().distance(wish) - 0.01 * (r.center().y - wish.y) - 0.005 * (r.center().x - wish.x);
            let more = room.map_or(0.0, |room| (grown(room, *r).area() - room.area()) / 400.0);
            far + more
        };
        let mut best: Option<(f32, Rect)> = None;
        for n in 0..RINGS {
            // What lies further out than the best so far costs more.
            if best.is_some_and(|(cost, _)| (n - 1) as f32 * STEP > cost) {
                break;
            }
            let ring = (-n..=n).flat_map(|a| (-n..=n).map(move |d| (a, d))).filter(|(a, d)| a.abs().max(d.abs()) == n);
            let free = ring.map(|(a, d)| at(a, d)).filter(|r| self.is_free(*r, home));
            let here = free.map(|r| (cost(&r), r)).min_by(|a, b| a.0.total_cmp(&b.0));
            best = [best, here].into_iter().flatten().min_by(|a, b| a.0.total_cmp(&b.0));
        }
        best.map_or_else(|| self.below_everything(w, h), |(_, rect)| rect)
    }

    fn below_everything(&self, w: f32, h: f32) -> Rect {
        let all = self.boxes.values().copied().reduce(Rect::union).unwrap_or_default();
        let up = |v: f32| (v / GRID).ceil() * GRID;
        Rect { x: up(all.x), y: up(all.bottom() + GAP), w, h }
    }

    /// Makes a boundary, and those around it, large enough for what came into it.
    pub fn grow(&mut self, home: &Id, content: Rect) {
        let mut content = content;
        for id in self.path(Some(home)) {
            let Some(rect) = self.boxes.get_mut(&id) else { continue };
            let larger = grown(*rect, content);
            if larger != *rect {
                *rect = larger;
                self.grown.insert(id);
            }
            content = *rect;
        }
    }

    /// Where a block beside a box would stand, right of it or, for what leads there, left.
    pub fn beside(&self, of: &Id, (w, _): (f32, f32), after: bool) -> Option<Point> {
        let rect = self.boxes.get(of)?;
        let by = rect.w / 2.0 + GAP + w / 2.0;
        Some(rect.center() + vec2(if after { by } else { -by }, 0.0))
    }
}

/// The boundary's box with room for a block.
fn grown(boundary: Rect, block: Rect) -> Rect {
    let padding = 0.75 * PADDING;
    let inner = Rect {
        x: boundary.x + padding,
        y: boundary.y + padding + TAB,
        w: boundary.w - 2.0 * padding,
        h: boundary.h - 2.0 * padding - TAB,
    };
    if inner.contains_rect(block) {
        return boundary;
    }
    let around = block.expand(padding);
    boundary.union(Rect { y: around.y - TAB, h: around.h + TAB, ..around })
}

fn drawn_homes(cx: &ToolCx<'_>) -> BTreeMap<Id, Id> {
    let elements = cx.model.elements.iter().filter_map(|(id, e)| Some((id, e.boundary.as_ref()?)));
    let boundaries = cx.model.boundaries.iter().filter_map(|(id, b)| Some((id, b.parent.as_ref()?)));
    let drawn = elements.chain(boundaries).filter(|(_, home)| cx.rect_of(home).is_some());
    drawn.map(|(id, home)| (id.clone(), home.clone())).collect()
}
