//! Boundaries hold what comes to lie in them: they grow, and strangers step aside.
//!
//! Level by level from the inside out: what is in a boundary keeps clear of each other, the boundary grows around it, and
//! is then one of the things in the boundary around it. Nothing shrinks, and nothing that was drawn wrongly before is put
//! right: only what this edit moves, makes or grows is looked at.

use super::EditError;
use super::draft::Draft;
use super::step_aside::{is_nested, step_aside};
use crate::geometry::{Rect, rect};
use crate::model::{Id, Key, Placement, PlacementKey, ThreatModel};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Room between a seam and what it holds, in world units; above there is more, for the name tab.
pub const PADDING: f32 = 16.0;
pub const PADDING_ABOVE: f32 = 24.0;

/// The least frame around something.
pub fn frame_around(content: Rect) -> Rect {
    rect(content.x - PADDING, content.y - PADDING_ABOVE, content.w + 2.0 * PADDING, content.h + PADDING + PADDING_ABOVE)
}

/// A boundary (or the open diagram), deepest first.
type Level = (Reverse<usize>, Option<Id>);

/// Makes boundaries hold `items` where they are members, without swallowing anything else.
pub(super) fn settle(diagram: &Id, items: &BTreeSet<Id>, d: &mut Draft<'_>) -> Result<(), EditError> {
    d.require(Key::Diagram(diagram.clone()))?;
    let mut levels: BTreeMap<Level, BTreeSet<Id>> = BTreeMap::new();
    for item in items.iter().filter(|id| is_drawn(d.after, diagram, id)) {
        levels.entry(level(d.after, diagram, item)).or_default().insert(item.clone());
    }
    while let Some(((depth, home), changed)) = levels.pop_first() {
        // Judged before anything steps aside: what was put into it belongs there, and it grows after what steps past its seam.
        let put_in = home.as_ref().map_or_else(BTreeSet::new, |home| standing(diagram, home, &changed, d));
        let pushed = step_aside(diagram, home.as_ref(), &changed, items, d);
        let Some(home) = home else { continue };
        let was = d.after.outer_rect(diagram, &home);
        let held = &standing(diagram, &home, &changed, d) | &standing(diagram, &home, &pushed, d);
        grow(diagram, &home, &(&held | &put_in), d);
        // A collapsed boundary hides how large it is, but not where its corner is.
        if d.after.outer_rect(diagram, &home) != was {
            let around = level(d.after, diagram, &home);
            // Boundaries put into each other in a ring are refused at the end; until then they lead nowhere further out.
            if around.0 > depth {
                levels.entry(around).or_default().insert(home);
            }
        }
    }
    Ok(())
}

/// True for elements and closed boundaries that are drawn.
fn is_drawn(model: &ThreatModel, diagram: &Id, id: &Id) -> bool {
    is_nested(model, id) && model.rect_of(diagram, id).is_some()
}

fn level(model: &ThreatModel, diagram: &Id, id: &Id) -> Level {
    let around = model.boundaries_around(id);
    let drawn = || around.iter().filter(|b| model.rect_of(diagram, b).is_some());
    (Reverse(drawn().count()), drawn().next().cloned())
}

/// Those that stand in the boundary, or stood in it before this edit.
fn standing(diagram: &Id, home: &Id, items: &BTreeSet<Id>, d: &Draft<'_>) -> BTreeSet<Id> {
    let Some(frame) = d.after.rect_of(diagram, home) else { return BTreeSet::new() };
    // What is new was put there as it was drawn; it may have grown since around what it holds.
    let was_in = |id: &Id| d.outer_rect_before(diagram, id).is_none_or(|r| frame.contains(r.center()));
    let stands = |id: &Id| d.after.outer_rect(diagram, id).is_some_and(|r| frame.contains(r.center()) || was_in(id));
    items.iter().filter(|id| stands(id)).cloned().collect()
}

/// Grows a boundary around what it holds of what changed.
fn grow(diagram: &Id, home: &Id, held: &BTreeSet<Id>, d: &mut Draft<'_>) {
    let Some(frame) = d.after.rect_of(diagram, home) else { return };
    let rects = held.iter().filter_map(|id| d.after.outer_rect(diagram, id));
    let grown = rects.map(frame_around).fold(frame, Rect::union);
    if grown != frame {
        d.put(Key::Placement(PlacementKey::new(diagram.clone(), home.clone())), Placement::Box(grown));
    }
}
