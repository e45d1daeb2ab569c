//! The next process beside the selected element, with the flow to it, in one key.

use super::{birth, flow_edit, size};
use crate::edit::Edit;
use crate::geometry::{Rect, Vec2};
use crate::tool::{Direction, Modifiers, Outcome, Selection, Tool, ToolCx};

/// Room left for the flow and its label, and between siblings.
const GAP: f32 = 96.0;
const BETWEEN: f32 = 32.0;

pub fn quick_add(direction: Direction, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let Some(from) = cx.selection.single().filter(|id| cx.is_element(id)).cloned() else { return Vec::new() };
    let Some(source) = cx.rect_of(&from) else { return Vec::new() };
    let rect = free_place(source, direction, cx);
    let (element, flow) = ((cx.fresh)(), (cx.fresh)());
    let Some(add) = super::add(Tool::Process, element.clone(), rect, cx) else { return Vec::new() };
    let connect = flow_edit(flow, from, element.clone(), cx);
    let edit = Edit::Batch { label: "add process and data flow".into(), edits: vec![add, connect] };
    vec![
        Outcome::CommitMerged(edit, birth(&element)),
        Outcome::Select(Selection::one(element.clone())),
        Outcome::Reveal(element.clone()),
        Outcome::EditLabel(element),
    ]
}

/// Straight ahead if there is room, else to the sides in turn.
fn free_place(source: Rect, direction: Direction, cx: &ToolCx<'_>) -> Rect {
    let (w, h) = size::usual(size::kind(Tool::Process));
    let ahead = direction.unit();
    let away = Vec2 { x: ahead.x * (source.w / 2.0 + GAP + w / 2.0), y: ahead.y * (source.h / 2.0 + GAP + h / 2.0) };
    let side = Vec2 { x: ahead.y.abs() * (w + BETWEEN), y: ahead.x.abs() * (h + BETWEEN) };
    let elements: Vec<Rect> = cx.layout.boxes.iter().filter(|(id, _)| cx.is_element(id)).map(|(_, b)| b.rect).collect();
    let place = |n: i32| {
        // 0, 1, −1, 2, −2 …
        let steps = if n % 2 == 0 { -(n / 2) } else { n / 2 + 1 };
        let rect = Rect::from_center(source.center() + away + side * steps as f32, w, h);
        let corner = cx.snap(rect.min(), Modifiers::NONE);
        Rect { x: corner.x, y: corner.y, ..rect }
    };
    let free = |rect: &Rect| !elements.iter().any(|other| other.expand(GRID_GAP).intersects(*rect));
    (0..40).map(place).find(free).unwrap_or_else(|| place(0))
}

/// Elements closer than this count as overlapping.
const GRID_GAP: f32 = crate::tool::GRID;
