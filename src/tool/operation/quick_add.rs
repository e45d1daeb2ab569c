//! The next process beside the selected element, with the flow to it, in one key.

use super::free_spot::{self, is_free};
use super::{birth, flow_edit, size};
use crate::edit::Edit;
use crate::geometry::{Rect, Vec2};
use crate::model::{Flow, Id};
use crate::tool::{Direction, GRID, Modifiers, Outcome, Selection, Tool, ToolCx};

/// Room left for the flow and its label, and between siblings.
const GAP: f32 = 96.0;
const BETWEEN: f32 = 56.0;

pub fn quick_add(direction: Direction, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let Some(from) = source(cx) else { return Vec::new() };
    let Some(around) = cx.rect_of(&from) else { return Vec::new() };
    let rect = free_place(around, direction, cx);
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

/// The selected element; of a flow what it leads to, so that a name just given to the flow does not end the chain. One that
/// was itself just added and has no name yet is a sibling of the next: both come from the same element.
fn source(cx: &ToolCx<'_>) -> Option<Id> {
    let id = cx.selection.single()?;
    if let Some(flow) = cx.model.flows.get(id) {
        return flow.to.clone().or_else(|| flow.from.clone()).filter(|end| cx.is_element(end));
    }
    if !cx.is_element(id) {
        return None;
    }
    let into = |f: &&Flow| f.to.as_ref() == Some(id);
    let is_new = cx.model.name_of(id).is_empty();
    let before = cx.model.flows.values().find(into).filter(|_| is_new).and_then(|f| f.from.clone());
    Some(before.filter(|from| from != id && cx.is_element(from)).unwrap_or_else(|| id.clone()))
}

/// Straight ahead if there is room, else to the sides in turn, else further away.
fn free_place(source: Rect, direction: Direction, cx: &ToolCx<'_>) -> Rect {
    let (w, h) = size::usual(size::kind(Tool::Process));
    let ahead = direction.unit();
    let side = Vec2 { x: ahead.y.abs() * (w + BETWEEN), y: ahead.x.abs() * (h + BETWEEN) };
    let place = |away: i32, n: i32| {
        let gap = GAP + away as f32 * GAP / 2.0;
        let away = Vec2 { x: ahead.x * (source.w / 2.0 + gap + w / 2.0), y: ahead.y * (source.h / 2.0 + gap + h / 2.0) };
        // 0, 1, −1, 2, −2 …
        let steps = if n % 2 == 0 { -(n / 2) } else { n / 2 + 1 };
        let rect = Rect::from_center(source.center() + away + side * steps as f32, w, h);
        let corner = cx.snap(rect.min(), Modifiers::NONE);
        Rect { x: corner.x, y: corner.y, ..rect }
    };
    let mut places = (0..8).flat_map(|away| (0..5).map(move |n| (away, n))).map(|(away, n)| place(away, n));
    places.find(|rect| is_free(*rect, 2.0 * GRID, cx)).unwrap_or_else(|| free_spot::nearest(place(0, 0).center(), (w, h), cx))
}
