//! Drawing a boundary as an open line: a click adds a point and Enter or a double click ends it; a drag draws two points.

use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::{Boundary, BoundaryLine, Id, Key, LineStyle, Placement, PlacementKey};
use crate::tool::ground::Ground;
use crate::tool::{Key as Pressed, KeyPress, Outcome, Pointer, Selection, ToolCx, operation};

#[derive(Debug)]
pub struct Drawing {
    id: Id,
    /// The points so far; at least one.
    points: Vec<Point>,
    /// Where the line would go next.
    next: Point,
    /// Where the button went down, unsnapped, while it is down.
    pressed: Option<Point>,
    /// The last click was where the one before was, as that of a double click is.
    again: bool,
    ground: Ground,
}

impl Drawing {
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    pub fn new(pointer: Pointer, cx: &mut ToolCx<'_>) -> Drawing {
        let start = cx.snap(pointer.at, pointer.modifiers);
        let (id, ground) = ((cx.fresh)(), Ground::of(cx));
        Drawing { id, points: vec![start], next: start, pressed: Some(pointer.at), again: false, ground }
    }

    pub fn down(self, pointer: Pointer) -> Drawing {
        Drawing { pressed: Some(pointer.at), ..self }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let slack = self.pressed.is_some_and(|from| !cx.is_drag(from, pointer.at));
        if !slack {
            self.next = cx.snap(pointer.at, pointer.modifiers);
        }
        self.shown(cx)
    }

    pub fn up(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let Some(from) = self.pressed.take() else { return (Gesture::Drawing(self), Vec::new()) };
        let is_drag = cx.is_drag(from, pointer.at);
        let at = cx.snap(if is_drag { pointer.at } else { from }, pointer.modifiers);
        let is_first = self.points.len() == 1 && self.points.first() == Some(&cx.snap(from, pointer.modifiers));
        self.again = self.is_last(at, cx);
        self.next = at;
        if !self.again {
            self.points.push(at);
        }
        if is_first && is_drag && self.points.len() == 2 {
            return self.finished(cx);
        }
        self.shown(cx)
    }

    pub fn double_click(self, cx: &ToolCx<'_>) -> Turn {
        // Two quick clicks apart are two points.
        if self.again && self.points.len() > 1 { self.finished(cx) } else { (Gesture::Drawing(self), Vec::new()) }
    }

    pub fn key(mut self, press: KeyPress, cx: &ToolCx<'_>) -> Turn {
        match press.key {
            Pressed::Enter => {
                if self.points.len() == 1 && !self.is_last(self.next, cx) {
                    self.points.push(self.next);
                }
                if self.points.len() > 1 { self.finished(cx) } else { (Gesture::Drawing(self), Vec::new()) }
            }
            Pressed::Delete if self.points.len() > 1 => {
                self.points.pop();
                self.shown(cx)
            }
            Pressed::Delete => done(vec![Outcome::CancelPreview]),
            _ => (Gesture::Drawing(self), Vec::new()),
        }
    }

    /// True when a point is as good as the last one.
    fn is_last(&self, at: Point, cx: &ToolCx<'_>) -> bool {
        self.points.last().is_some_and(|last| last.distance(at) < cx.px(3.0))
    }

    /// The line as it would be with a click where the pointer is.
    fn shown(self, cx: &ToolCx<'_>) -> Turn {
        let mut points = self.points.clone();
        if !self.is_last(self.next, cx) {
            points.push(self.next);
        }
        let outcome = if points.len() > 1 { Outcome::Preview(self.edit(points, cx)) } else { Outcome::CancelPreview };
        (Gesture::Drawing(self), vec![outcome])
    }

    fn finished(self, cx: &ToolCx<'_>) -> Turn {
        let edit = self.edit(self.points.clone(), cx);
        done(vec![
            Outcome::CommitMerged(edit, operation::birth(&self.id)),
            Outcome::Select(Selection::one(self.id.clone())),
            Outcome::ToolDone,
            Outcome::EditLabel(self.id),
        ])
    }

    fn edit(&self, points: Vec<Point>, cx: &ToolCx<'_>) -> Edit {
        let parent = Rect::around(points.iter().copied()).and_then(|line| self.ground.frame_around(line));
        let parent = parent.or_else(|| cx.model.surroundings(cx.diagram).cloned());
        let boundary = Boundary { parent, ..Boundary::default() };
        let line = BoundaryLine { points, style: LineStyle::Curved };
        let place = Key::Placement(PlacementKey::new(cx.diagram.clone(), self.id.clone()));
        let edits = vec![Edit::put(Key::Boundary(self.id.clone()), boundary), Edit::put(place, Placement::Line(line))];
        Edit::Batch { label: "add line boundary".into(), edits }
    }
}
