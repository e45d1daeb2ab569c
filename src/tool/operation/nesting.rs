//! Out of a boundary, and boundaries as small as their content.

use super::{join, size};
use crate::edit::{Edit, PADDING, frame_around};
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::ground::Ground;
use crate::tool::{GRID, Outcome, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

/// Moves what is selected to just outside its boundary, the shortest way, and makes it a member of the boundary around
/// that. Things from the same boundary stay together.
pub fn pull_out(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let ground = Ground::of(cx);
    let mut groups: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for id in ground.outermost(&cx.selection.items).into_iter().filter(|id| !cx.is_locked(id)) {
        if let Some(home) = ground.home(&id) {
            groups.entry(home.clone()).or_default().insert(id);
        }
    }
    let mut edits = Vec::new();
    for (home, items) in groups {
        let Some(by) = way_out(&home, &items, &ground) else { continue };
        let out = ground.home(&home).cloned();
        edits.push(Edit::Move { diagram: cx.diagram.clone(), items: items.clone(), by });
        edits.extend(join(items.iter().map(|id| (id.clone(), out.clone())), cx));
        edits.push(Edit::Settle { diagram: cx.diagram.clone(), items });
    }
    if edits.is_empty() { Vec::new() } else { vec![Outcome::Commit(Edit::Batch { label: "pull out".into(), edits })] }
}

/// The shortest move out of a boundary to where nothing stands.
fn way_out(home: &Id, items: &BTreeSet<Id>, ground: &Ground) -> Option<Vec2> {
    let frame = ground.rect(home)?;
    let block = items.iter().filter_map(|id| ground.rect(id)).reduce(Rect::union)?;
    let around = ground.home(home);
    // In the way are the neighbours of the boundary; what is around it grows.
    let others: Vec<Rect> =
        ground.nested().filter(|(id, ..)| !items.contains(*id) && ground.home(id) == around).map(|(_, _, r)| r).collect();
    let up = |v: f32| (v / GRID).ceil() * GRID;
    let straight = [
        vec2(-up(block.right() + PADDING - frame.x), 0.0),
        vec2(up(frame.right() + PADDING - block.x), 0.0),
        vec2(0.0, -up(block.bottom() + PADDING - frame.y)),
        vec2(0.0, up(frame.bottom() + PADDING - block.y)),
    ];
    let along = |by: Vec2| if by.x == 0.0 { vec2(GRID, 0.0) } else { vec2(0.0, GRID) };
    let beside = |by: Vec2| (-80..=80).map(move |n: i16| by + along(by) * f32::from(n));
    let further = |by: Vec2| (0..40).map(move |n: i16| by + by.unit() * (f32::from(n) * GRID));
    let places = straight.into_iter().flat_map(|by| beside(by).chain(further(by)));
    let free = places.filter(|by| !others.iter().any(|r| r.expand(GRID).intersects(block.translate(*by))));
    // Of two ways equally long, the one for which nothing has to grow.
    let room = around.and_then(|b| ground.rect(b));
    let grows = |by: Vec2| room.is_some_and(|r| !r.contains_rect(frame_around(block.translate(by))));
    let shorter = |a: &Vec2, b: &Vec2| a.length().total_cmp(&b.length()).then(grows(*a).cmp(&grows(*b)));
    free.min_by(shorter).or(straight.into_iter().min_by(shorter))
}

/// Draws the seams of the selected boundaries close around what they hold.
pub fn fit(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let selected = cx.selection.items.iter().filter(|id| cx.model.boundaries.contains_key(*id) && !cx.is_locked(id));
    let mut boundaries: Vec<(usize, &Id)> = selected.map(|id| (cx.model.boundaries_around(id).len(), id)).collect();
    boundaries.sort_by(|a, b| b.cmp(a));
    let mut fitted: BTreeMap<&Id, Rect> = BTreeMap::new();
    let nested: Vec<(&Id, Option<Id>)> =
        cx.model.placed(cx.diagram).map(|(id, _)| (id, cx.model.home_on(cx.diagram, id))).collect();
    for (_, id) in boundaries {
        let members = nested.iter().filter(|(_, home)| home.as_ref() == Some(id));
        let rects = members.filter_map(|(m, _)| fitted.get(m).copied().or_else(|| cx.model.outer_rect(cx.diagram, m)));
        let Some(frame) = rects.map(frame_around).reduce(Rect::union) else { continue };
        let (w, h) = size::least(BoxKind::Boundary);
        fitted.insert(id, Rect { w: frame.w.max(w), h: frame.h.max(h), ..frame });
    }
    let items = fitted.keys().map(|id| (*id).clone()).collect();
    let resize = |(id, rect): (&Id, Rect)| Edit::Resize { diagram: cx.diagram.clone(), item: id.clone(), rect };
    let mut edits: Vec<Edit> = fitted.into_iter().map(resize).collect();
    if edits.is_empty() {
        return Vec::new();
    }
    edits.push(Edit::Settle { diagram: cx.diagram.clone(), items });
    vec![Outcome::Commit(Edit::Batch { label: "fit to content".into(), edits })]
}
