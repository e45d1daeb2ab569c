//! A flow without a pointer: F on an element, then arrows, Tab or the first letters of a name choose where it leads, and
//! Enter draws it. A click on an element does as well.

use super::{Connecting, Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::Id;
use crate::tool::{Button, Key, KeyPress, Outcome, Overlay, Pointer, Selection, ToolCx, operation};

#[derive(Debug)]
pub struct Choosing {
    flow: Id,
    from: Id,
    target: Option<Id>,
    /// Letters of a name so far.
    typed: String,
    /// Middles of the source and the target, for the line between them.
    ends: (Point, Point),
}

impl Choosing {
    pub fn from(&self) -> &Id {
        &self.from
    }

    /// Begins at the selected element.
    pub fn begin(cx: &mut ToolCx<'_>) -> Option<Choosing> {
        let from = cx.selection.single().filter(|id| cx.is_element(id))?.clone();
        let middle = cx.rect_of(&from)?.center();
        Some(Choosing { flow: (cx.fresh)(), from, target: None, typed: String::new(), ends: (middle, middle) })
    }

    pub fn key(mut self, press: KeyPress, cx: &ToolCx<'_>) -> Turn {
        let typed = match press.key {
            Key::Escape => return done(self.cancelled()),
            Key::Enter => return self.finish(cx),
            Key::Arrow(direction) => {
                let here = self.target.as_ref().unwrap_or(&self.from);
                let not_one = |id: &Id| !cx.is_element(id) || id == here;
                let next = cx.rect_of(here).and_then(|rect| operation::toward(rect, direction, &not_one, cx));
                self.target = next.or(self.target);
                String::new()
            }
            Key::Tab => {
                let order = operation::reading_order(cx.layout);
                let at = order.iter().position(|id| Some(id) == self.target.as_ref().or(Some(&self.from)));
                let by = if press.modifiers.shift { order.len().saturating_sub(1) } else { 1 };
                self.target = at.and_then(|at| order.get((at + by) % order.len().max(1))).cloned();
                String::new()
            }
            Key::Letter(letter) if !press.modifiers.ctrl && !press.modifiers.alt => {
                let typed = format!("{}{}", self.typed, letter.to_lowercase());
                let named = |id: &&Id| cx.model.name_of(id).to_lowercase().starts_with(&typed);
                match operation::reading_order(cx.layout).iter().find(named) {
                    Some(id) => {
                        self.target = Some(id.clone());
                        typed
                    }
                    None => return (Gesture::Choosing(self), Vec::new()),
                }
            }
            _ => return (Gesture::Choosing(self), Vec::new()),
        };
        self.typed = typed;
        let outcomes = self.show(cx);
        (Gesture::Choosing(self), outcomes)
    }

    /// A press on an element chooses it, or drags a flow from it; anywhere else it was a change of mind.
    pub fn down(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        if pointer.button != Button::Primary {
            return (Gesture::Choosing(self), Vec::new());
        }
        let cancelled = self.cancelled();
        if cx.element_at(pointer.at).is_none() {
            return done(cancelled);
        }
        let (gesture, outcomes) = Connecting::following(self.from, self.ends.0, cx).down(pointer, cx).moved(pointer, cx);
        (gesture, [cancelled, outcomes].concat())
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Rubber { from: self.ends.0, to: self.ends.1, source: Some(self.from().clone()), target: self.target.clone() }
    }

    pub fn cancelled(&self) -> Vec<Outcome> {
        vec![Outcome::CancelPreview]
    }

    fn show(&mut self, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let Some(to) = self.target.clone() else { return Vec::new() };
        self.ends.1 = cx.rect_of(&to).map_or(self.ends.0, |r| r.center());
        vec![Outcome::Preview(self.edit(to.clone(), cx)), Outcome::Reveal(to)]
    }

    fn finish(self, cx: &ToolCx<'_>) -> Turn {
        let Some(to) = self.target.clone() else { return done(self.cancelled()) };
        done(vec![
            Outcome::CommitMerged(self.edit(to, cx), operation::birth(&self.flow)),
            Outcome::Select(Selection::one(self.flow.clone())),
            Outcome::EditLabel(self.flow),
        ])
    }

    fn edit(&self, to: Id, cx: &ToolCx<'_>) -> Edit {
        operation::flow_edit(self.flow.clone(), self.from.clone(), to, cx)
    }
}
