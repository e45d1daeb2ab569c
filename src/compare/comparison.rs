//! A comparison as people ask for it: what differs, what it did to the risk, and why.

use super::causes;
use super::difference::Difference;
use super::movement::Movement;
use super::scores::Scores;
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::progress::Progress;
use crate::risk::assess_on;

/// Two models side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    pub difference: Difference,
    pub movement: Movement,
}

impl Comparison {
    /// Both models as of one day, so that only what was changed moves the risk.
    pub fn between(
        before: &ThreatModel,
        after: &ThreatModel,
        library: &Library,
        day: Date,
        progress: &dyn Progress,
    ) -> Comparison {
        let (was, is) = (assess_on(before, library, day), assess_on(after, library, day));
        Comparison::of_scores((before, &Scores::of(&was)), (after, &Scores::of(&is)), library, day, progress)
    }

    /// The same by scores that are known, as a baseline has them.
    pub fn of_scores(
        (before, was): (&ThreatModel, &Scores),
        (after, is): (&ThreatModel, &Scores),
        library: &Library,
        day: Date,
        progress: &dyn Progress,
    ) -> Comparison {
        let difference = Difference::between(before, after, library);
        let mut movement = Movement::between(was, is);
        causes::find(before, after, library, Some(day), (&difference, &mut movement), progress);
        Comparison { difference, movement }
    }

    /// True when nothing differs, said or drawn, and risk is as it was.
    pub fn is_empty(&self) -> bool {
        self.difference.is_empty() && self.movement.is_empty()
    }
}
