//! Puts diagrams in order: elements in layers along the flows, boundaries around what is in them, few crossings.
//!
//! Each boundary is a drawing of its own, and one box in the drawing around it ([`nested`]). One level is drawn the layered
//! way ([`flat`]). What stands where it is locked stays; the present order is kept wherever that costs no crossings, so that
//! people find their things again. The courses of flows are left to the router.

mod across;
mod acyclic;
mod along;
mod columns;
mod drawing;
mod flat;
mod layered;
mod layers;
mod levels;
mod measure;
mod nested;
mod numbered;
mod order;
mod outcome;
mod pack;
mod pinned;
mod ranks;
mod room;
mod split;

pub use columns::{Columns, columns};
pub use layered::layered;
pub use outcome::Tidied;

use crate::model::{Id, ThreatModel};
use crate::progress::Progress;
use levels::Plan;
use numbered::Of;
use std::collections::BTreeSet;

/// What is put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole diagram.
    All,
    /// What is in a boundary; the boundary fits itself to it.
    Inside(Id),
    /// These, with what is in the boundaries among them; others make room.
    Items(BTreeSet<Id>),
}

/// How a diagram is put in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    pub diagram: Id,
    pub scope: Scope,
    /// Width over height of where it is looked at.
    pub shape: f32,
    /// Whether the present places say something: not those of a drawing nobody made.
    pub keeps: bool,
}

/// Where flows lead on one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Direction {
    #[default]
    Right,
    Down,
}

/// Why nothing was put in order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTidied {
    #[error("it was stopped")]
    Stopped,
    #[error("there is nothing to arrange; choose a boundary, several elements, or nothing for the whole diagram")]
    Nothing,
    #[error(
        "the lines of {0} would no longer separate the same elements, which would change ratings; \
         draw them as closed boundaries, or arrange what is on one side"
    )]
    Lines(String),
}

/// Works out a tidy arrangement. The model is left as it is.
///
/// # Errors
/// See [`NotTidied`].
pub fn tidy(model: &ThreatModel, wish: &Wish, progress: &dyn Progress) -> Result<Tidied, NotTidied> {
    let plan = Plan::of(model, &wish.diagram, &wish.scope);
    let least = if wish.scope == Scope::All { 1 } else { 2 };
    if plan.levels.iter().map(|l| l.members.len()).sum::<usize>() < least {
        return Err(NotTidied::Nothing);
    }
    let best = Search { plan: &plan, wish, progress, tried: 0 }.best()?;
    progress.report(1.0, "Arranging the diagram");
    best.checked(model)
}

/// Looks for the directions, level by level, with which the diagram fits its window and reads best.
struct Search<'a> {
    plan: &'a Plan,
    wish: &'a Wish,
    progress: &'a dyn Progress,
    tried: usize,
}

/// Directions of all levels, and how good the drawing was: less is better.
type Tried = (f32, Of<Direction>, Tidied);

impl Search<'_> {
    fn best(mut self) -> Result<Tidied, NotTidied> {
        let count = self.plan.levels.len();
        let all = |direction: Direction| (0..count).map(|_| direction).collect::<Of<Direction>>();
        let mut best = self.tried(all(self.first()))?;
        if self.wish.scope == Scope::All {
            let other = self.tried(all(Direction::Down))?;
            best = if other.0 < best.0 { other } else { best };
        }
        // The fullest levels first: they shape the whole.
        let mut order: Vec<usize> =
            (0..count).filter(|n| self.plan.levels.get(*n).is_some_and(|l| l.members.len() > 1)).collect();
        order.sort_by_key(|n| std::cmp::Reverse((self.plan.held(*n), *n)));
        for n in order.iter().cycle().take(2 * order.len()) {
            if self.tried >= self.most() {
                break;
            }
            let mut other = best.1.clone();
            other.set(*n, if other.get(*n) == Direction::Right { Direction::Down } else { Direction::Right });
            let other = self.tried(other)?;
            // For a little, not everything is turned around.
            if other.0 < best.0 - 0.02 {
                best = other;
            }
        }
        Ok(best.2)
    }

    /// How many drawings there is time for.
    fn most(&self) -> usize {
        match self.plan.items.len() {
            0..=60 => 24,
            61..=200 => 14,
            201..=1500 => 9,
            _ => 2,
        }
    }

    fn tried(&mut self, directions: Of<Direction>) -> Result<Tried, NotTidied> {
        self.progress.report(self.tried as f32 / self.most() as f32, "Arranging the diagram");
        self.tried += 1;
        let shape = self.wish.shape.clamp(0.4, 3.0);
        let way = nested::Way { directions: &directions, shape, keeps: self.wish.keeps };
        let (places, cost) = nested::arrange(self.plan, way, self.progress);
        if self.progress.cancelled() {
            return Err(NotTidied::Stopped);
        }
        let tidied = Tidied::of(self.plan, &places, self.wish);
        // How far one must step back to see all of it, and how much there is to follow with the eye.
        let size = tidied.bounds();
        let fit = (size.w / shape).max(size.h).max(200.0);
        let down = directions.iter().filter(|d| *d == Direction::Down).count() as f32;
        let score = fit.ln() + 0.5 * (cost + 500.0).ln() + 0.04 * down;
        Ok((score, directions, tidied))
    }

    /// The direction to begin with. A part follows the direction of the rest.
    fn first(&self) -> Direction {
        if self.wish.scope == Scope::All {
            return Direction::Right;
        }
        let middle = |n: usize| self.plan.item(n).map(|i| i.was.center()).unwrap_or_default();
        let (mut right, mut down) = (0.0, 0.0);
        for line in &self.plan.lines {
            let by = middle(line.to.item) - middle(line.from.item);
            right += by.x.abs();
            down += by.y.abs();
        }
        if down > 1.5 * right { Direction::Down } else { Direction::Right }
    }
}

/// Width and height for an element with this name in a drawing nobody made.
pub fn size_for(name: &str) -> (f32, f32) {
    measure::element(name)
}
