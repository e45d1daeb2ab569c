//! Sizing a box by arrow keys: each press a step of the grid, with Shift by one. The whole run is one step.

use super::{Gesture, Resizing, Turn, done};
use crate::geometry::{Vec2, vec2};
use crate::scene::BoxKind;
use crate::tool::ground::Ground;
use crate::tool::{GRID, Key, KeyPress, Outcome, ToolCx};

#[derive(Debug)]
pub struct Sizing {
    resizing: Resizing,
    /// Wider and higher by this so far.
    by: Vec2,
}

impl Sizing {
    pub fn ground(&self) -> &Ground {
        self.resizing.ground()
    }

    /// Begins with the one box that is selected.
    pub fn begin(cx: &ToolCx<'_>) -> Option<Sizing> {
        let id = cx.selection.single().filter(|id| !cx.is_locked(id))?;
        let has_size = cx.layout.boxes.get(id).is_some_and(|b| b.kind != BoxKind::Folded);
        has_size.then(|| Sizing { resizing: Resizing::by_keys(id.clone(), cx), by: vec2(0.0, 0.0) })
    }

    pub fn key(mut self, press: KeyPress, cx: &ToolCx<'_>) -> Turn {
        match press.key {
            Key::Arrow(direction) => {
                let step = if press.modifiers.shift { 1.0 } else { GRID };
                // No further than it went: the next step the other way counts at once.
                self.by = self.resizing.grown(self.by + direction.unit() * step, cx);
                let preview = Outcome::Preview(self.resizing.edit_by_keys(self.by, cx));
                (Gesture::Sizing(Box::new(self)), vec![preview])
            }
            Key::Escape => done(self.cancelled()),
            Key::Enter => done(self.kept(cx)),
            _ => (Gesture::Sizing(Box::new(self)), Vec::new()),
        }
    }

    /// What it came to, for good.
    pub fn kept(&self, cx: &ToolCx<'_>) -> Vec<Outcome> {
        if self.by == Vec2::ZERO {
            return self.cancelled();
        }
        vec![Outcome::Commit(self.resizing.edit_by_keys(self.by, cx))]
    }

    pub fn cancelled(&self) -> Vec<Outcome> {
        vec![Outcome::CancelPreview]
    }

    /// "168 × 64".
    pub fn words(&self) -> String {
        let (w, h) = self.resizing.size_by_keys(self.by);
        format!("{w:.0} × {h:.0}")
    }
}
