//! Copies beside what is selected.

use super::{BESIDE, paste, paste_into};
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::tool::{Clip, GRID, Outcome, ToolCx};

/// Room between a boundary and its copy.
const GAP: f32 = 4.0 * GRID;

/// Copies what is selected. With a boundary among it the copy stands clear, right of it or below, in the same boundary:
/// nearer it would lie in its own original.
pub fn duplicate(cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let clip = Clip::copy(cx.model, cx.diagram, &cx.selection.items);
    let boxes: Vec<(Id, Rect)> = clip.outermost().map(|(id, rect)| (id.clone(), rect)).collect();
    let holds = boxes.iter().any(|(id, _)| cx.model.boundaries.contains_key(id));
    let Some(bounds) = clip.bounds().filter(|_| holds) else { return paste(&clip, BESIDE, cx) };
    let paths: Vec<Vec<Id>> = boxes.iter().map(|(id, _)| cx.model.boundaries_around(id)).collect();
    let is_common = |boundary: &Id| paths.iter().all(|path| path.contains(boundary)) && cx.rect_of(boundary).is_some();
    let home = paths.iter().flatten().find(|boundary| is_common(boundary)).cloned();
    let is_beside = |id: &Id| cx.model.home_on(cx.diagram, id) == home && Some(id) != home.as_ref();
    let beside: Vec<Rect> = cx.layout.boxes.iter().filter(|(id, _)| is_beside(id)).map(|(_, b)| b.rect).collect();
    let ways = [vec2(1.0, 0.0), vec2(0.0, 1.0)].map(|way| clear_of(&beside, bounds, way));
    let shorter = ways.into_iter().min_by(|a, b| a.length().total_cmp(&b.length()));
    paste_into(&clip, shorter.unwrap_or(BESIDE), Some(home), cx)
}

/// How far something goes one way until it is clear of all in its way, and of where it was.
fn clear_of(others: &[Rect], from: Rect, way: Vec2) -> Vec2 {
    let up = |r: Rect, of: Rect| r.steps_out_of(of, way, GAP, GRID);
    let mut by = up(from, from);
    for _ in 0..others.len() {
        let there = from.translate(way * by);
        let Some(met) = others.iter().find(|r| r.intersects(there.expand(GAP / 2.0))) else { break };
        by += up(there, *met);
    }
    way * by
}
