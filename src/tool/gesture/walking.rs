//! Alt and an arrow: along flows from element to element. While Alt stays down, the same arrow goes round everything that
//! lies that way; let go of it to walk on from there.

use crate::model::Id;
use crate::tool::operation::{go, ways};
use crate::tool::{Direction, Outcome, ToolCx};

#[derive(Debug)]
pub struct Walking {
    direction: Direction,
    /// What lies that way of where it began, and which of it is selected.
    ways: Vec<Id>,
    at: usize,
}

impl Walking {
    /// The next of what lies that way, or the first step of another walk; `None` when there is nowhere to go.
    pub fn step(before: Option<Walking>, direction: Direction, cx: &ToolCx<'_>) -> Option<(Walking, Vec<Outcome>)> {
        let goes_on = |w: &Walking| w.direction == direction && w.ways.len() > 1 && w.ways.get(w.at) == cx.selection.single();
        let walking = match before.filter(goes_on) {
            Some(w) => Walking { at: (w.at + 1) % w.ways.len(), ..w },
            None => Walking { direction, ways: ways(direction, cx), at: 0 },
        };
        let outcomes = go(walking.ways.get(walking.at)?);
        Some((walking, outcomes))
    }

    /// "1 of 3", when there is a choice.
    pub fn place(&self) -> Option<String> {
        (self.ways.len() > 1).then(|| format!("{} of {}", self.at + 1, self.ways.len()))
    }
}
