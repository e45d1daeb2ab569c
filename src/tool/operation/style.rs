//! Copying how things look onto others: the style of lines, arrow heads at both ends, the size of boxes. Never what they are.

use super::{arranged, flows};
use crate::edit::{Edit, frame_around};
use crate::geometry::Rect;
use crate::model::{BoundaryLine, Id, LineStyle, Placement, Route};
use crate::scene::BoxKind;
use crate::tool::{Outcome, ToolCx};

/// How a thing looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CopiedStyle {
    /// A flow: the course of its line, and arrow heads at both ends.
    Flow(LineStyle, bool),
    /// A boundary drawn as a line.
    Line(LineStyle),
    /// A box of this kind, wide and high.
    Box(BoxKind, f32, f32),
}

/// Takes the look of what is selected; of several that of the first.
pub fn copy(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let look = |id: &Id| match cx.model.placement(cx.diagram, id)? {
        Placement::Route(route) => Some(CopiedStyle::Flow(route.style, route.two_heads)),
        Placement::Line(line) => Some(CopiedStyle::Line(line.style)),
        Placement::Box(rect) => cx.layout.boxes.get(id).map(|b| CopiedStyle::Box(b.kind, rect.w, rect.h)),
    };
    cx.selection.items.iter().find_map(look).map(Outcome::CopyStyle).into_iter().collect()
}

/// Gives it to everything selected that can have it, in one step.
pub fn give(style: CopiedStyle, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let lines = |line_style: LineStyle, heads: Option<bool>| {
        let placed = cx.selection.items.iter().filter_map(|id| Some((id, cx.model.placement(cx.diagram, id)?)));
        let changed = placed.filter_map(|(id, before)| {
            let styled = match before {
                Placement::Route(route) => {
                    let two_heads = heads.unwrap_or(route.two_heads);
                    Placement::Route(Route { style: line_style, two_heads, ..route.clone() })
                }
                Placement::Line(line) => Placement::Line(BoundaryLine { style: line_style, ..line.clone() }),
                Placement::Box(_) => return None,
            };
            (styled != *before).then_some((flows::here(id, cx), styled))
        });
        // The same heads on every diagram, then all of the look on this one.
        let heads = cx.selection.items.iter().flat_map(|id| heads.map_or(Vec::new(), |heads| cx.model.with_heads(id, heads)));
        flows::put_all("paste style", heads.chain(changed))
    };
    match style {
        CopiedStyle::Flow(line_style, two_heads) => lines(line_style, Some(two_heads)),
        CopiedStyle::Line(line_style) => lines(line_style, None),
        CopiedStyle::Box(kind, w, h) => sized(kind, (w, h), cx),
    }
}

/// Boxes of the kind, sized from their middles; a boundary never smaller than what is in it.
fn sized(kind: BoxKind, (w, h): (f32, f32), cx: &ToolCx<'_>) -> Vec<Outcome> {
    let is_alike = |id: &Id| {
        cx.layout.boxes.get(id).is_some_and(|b| match (b.kind, kind) {
            (BoxKind::Element(_), BoxKind::Element(_)) => true,
            (other, kind) => other == kind && other != BoxKind::Folded,
        })
    };
    let content = |id: &Id| {
        let inside = cx.model.with_content(&[id.clone()].into());
        inside.iter().filter(|other| *other != id).filter_map(|other| cx.rect_of(other)).reduce(Rect::union)
    };
    let new = |id: &Id, before: Rect| {
        let rect = Rect::from_center(before.center(), w, h);
        content(id).map_or(rect, |content| rect.union(frame_around(content)))
    };
    let alike = arranged(cx).filter(|(id, _)| is_alike(id));
    let changed: Vec<(Id, Rect)> = alike
        .map(|(id, before)| (id.clone(), before, new(id, before)))
        .filter(|(_, was, is)| was != is)
        .map(|(id, _, r)| (id, r))
        .collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let items = changed.iter().map(|(id, _)| id.clone()).collect();
    let resize = |(item, rect): (Id, Rect)| Edit::Resize { diagram: cx.diagram.clone(), item, rect };
    let mut edits: Vec<Edit> = changed.into_iter().map(resize).collect();
    edits.push(Edit::Settle { diagram: cx.diagram.clone(), items });
    vec![Outcome::Commit(Edit::Batch { label: "paste style".into(), edits })]
}
