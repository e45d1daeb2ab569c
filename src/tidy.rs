//! Puts diagrams in order: elements in layers along the flows, boundaries around what is in them, few crossings.
//!
//! Each boundary is a drawing of its own, and one box in the drawing around it ([`nested`]). One level is drawn the layered
//! way ([`flat`]). What stands where it is locked stays; the present order is kept wherever that costs no crossings, so that
//! people find their things again. The courses of flows are left to the router.

mod across;
mod acyclic;
mod along;
mod drawing;
mod flat;
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
mod split;

pub use outcome::Tidied;

use crate::model::{Id, ThreatModel};
use crate::progress::Progress;
use levels::Plan;
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

/// Where flows lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
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
    let shape = wish.shape.clamp(0.4, 3.0);
    let mut best: Option<(f32, Tidied)> = None;
    let directions = directions(&plan, wish);
    for (n, direction) in directions.iter().enumerate() {
        progress.report(n as f32 / directions.len() as f32, "Arranging the diagram");
        let way = nested::Way { direction: *direction, shape, keeps: wish.keeps };
        let (places, cost) = nested::arrange(&plan, way, progress);
        if progress.cancelled() {
            return Err(NotTidied::Stopped);
        }
        let tidied = Tidied::of(&plan, &places, wish);
        // How far one must step back to see all of it, and how much there is to follow with the eye.
        let size = tidied.bounds();
        let fit = (size.w / shape).max(size.h).max(200.0);
        let score = fit.ln() + 0.6 * (cost + 500.0).ln() + if *direction == Direction::Down { 0.2 } else { 0.0 };
        if best.as_ref().is_none_or(|(least, _)| score < *least) {
            best = Some((score, tidied));
        }
    }
    let (_, tidied) = best.ok_or(NotTidied::Nothing)?;
    progress.report(1.0, "Arranging the diagram");
    tidied.checked(model)
}

/// Directions to try. A part follows the direction of the rest.
fn directions(plan: &Plan, wish: &Wish) -> Vec<Direction> {
    if wish.scope == Scope::All {
        return vec![Direction::Right, Direction::Down];
    }
    let middle = |n: usize| plan.item(n).map(|i| i.was.center()).unwrap_or_default();
    let (mut right, mut down) = (0.0, 0.0);
    for line in &plan.lines {
        let by = middle(line.to.item) - middle(line.from.item);
        right += by.x.abs();
        down += by.y.abs();
    }
    vec![if down > 1.5 * right { Direction::Down } else { Direction::Right }]
}

/// Width and height for an element with this name in a drawing nobody made.
pub fn size_for(name: &str) -> (f32, f32) {
    measure::element(name)
}
