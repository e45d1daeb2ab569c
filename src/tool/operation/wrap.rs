//! A boundary around what is selected.

use super::birth;
use crate::edit::Edit;
use crate::geometry::Rect;
use crate::model::{Boundary, Id};
use crate::scene::BoxKind;
use crate::tool::landing::with_room;
use crate::tool::{GRID, Outcome, Selection, ToolCx};

/// Room between the new seam and what it holds; more above for the name tab.
const PADDING: f32 = 24.0;
const TAB: f32 = 8.0;

/// Selected elements and boundaries that are not inside another selected one.
pub fn members<'a>(cx: &'a ToolCx<'_>) -> impl Iterator<Item = (&'a Id, Rect)> {
    let boxes = cx.layout.boxes.iter().filter(|(id, b)| b.kind != BoxKind::Note && cx.selection.items.contains(*id));
    boxes.filter(|(id, _)| !cx.model.is_inside(id, &cx.selection.items)).map(|(id, b)| (id, b.rect))
}

pub fn wrap(cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let Some(all) = members(cx).map(|(_, r)| r).reduce(Rect::union) else { return Vec::new() };
    let around = all.expand(PADDING);
    let floor = |v: f32| (v / GRID).floor() * GRID;
    let (x, y) = (floor(around.x), floor(around.y - TAB));
    let rect = Rect { x, y, w: -floor(x - around.right()), h: -floor(y - around.bottom()) };
    let id = (cx.fresh)();
    let boundary = Boundary { parent: common_parent(cx), ..Boundary::default() };
    let members = members(cx).map(|(id, _)| id.clone()).collect();
    let edit = Edit::AddBoundary { id: id.clone(), boundary, diagram: cx.diagram.clone(), rect, members };
    let edit = with_room(edit, [id.clone()].into(), cx);
    let said = torn_out(cx).map(Outcome::Say);
    let made = [Outcome::CommitMerged(edit, birth(&id)), Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)];
    made.into_iter().chain(said).collect()
}

/// What leaves its boundary for the new one, which lies in what is around all of it.
fn torn_out(cx: &ToolCx<'_>) -> Option<String> {
    let common = common_parent(cx);
    let out = members(cx).filter_map(|(id, _)| Some((id, cx.model.boundaries_around(id).into_iter().next()?)));
    let torn = out.filter(|(_, home)| Some(home) != common.as_ref());
    let told: Vec<String> =
        torn.map(|(id, home)| format!("{} is no longer in {}", cx.model.name_of(id), cx.model.name_of(&home))).collect();
    (!told.is_empty()).then(|| format!("In the new boundary {}.", told.join(", ")))
}

/// The innermost boundary that holds every member already.
fn common_parent(cx: &ToolCx<'_>) -> Option<Id> {
    let mut paths = members(cx).map(|(id, _)| cx.model.boundaries_around(id));
    let first = paths.next()?;
    let rest: Vec<Vec<Id>> = paths.collect();
    let common = first.into_iter().find(|b| rest.iter().all(|path| path.contains(b)));
    common.or_else(|| cx.model.surroundings(cx.diagram).cloned())
}
