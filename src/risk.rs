//! The risk engine: from a model and a library to findings, ratings and their reasons.
//!
//! [`assess`] is pure and recomputes everything: derived state (exposure, taint, crossings, virtual flows through
//! gateways), generation of threats by three-valued rules, likelihood × impact with controls, roll-ups. [`explain`]
//! makes the factor chain of one finding on demand. Coordinates are read only to learn what line boundaries separate.

mod aggregate;
mod assessment;
mod candidates;
mod change;
mod contribution;
mod controls_in_force;
mod count;
mod coverage;
mod crossings;
mod decisions;
mod engine;
mod evaluate;
mod explain;
mod exposure;
mod finding;
mod findings;
mod gateways;
mod generate;
mod lens;
mod live;
mod makeup;
mod names;
mod openings;
mod order;
mod pieces;
mod questions;
mod raise;
mod route;
mod score;
mod scratch;
mod sight;
mod sites;
mod state;
mod unanswered;
mod vulnerabilities;
mod weighing;

pub use assessment::*;
pub use change::{Change, Figures, what_if};
pub use contribution::Contribution;
pub use count::Counting;
pub use coverage::{Cell, Coverage, Coverages, TEST_HOLDS, is_freshly_tested};
pub use explain::{Explainer, Explanation, Step, StepKind};
pub use exposure::label as exposure_label;
pub use finding::*;
pub use findings::Findings;
pub use lens::Lens;
pub use live::LiveAssessment;
pub use makeup::{Share, shares};
pub use names::name_of;
pub use openings::{Opening, openings, openings_at};
pub use route::FlowRoute;
pub use scratch::Scratch;
pub use sites::{natural_site, sensible_site, sensible_site_on, sensible_sites, sites_of};
pub use unanswered::Unanswered;
pub use weighing::Weighed;

use crate::library::Library;
use crate::model::{Band, Date, ThreatKey, ThreatModel};
use crate::progress::Runner;
use std::collections::BTreeMap;

/// Assesses a model: everything that can be derived about its risk. Decisions are taken as they were made.
pub fn assess(model: &ThreatModel, library: &Library) -> Assessment {
    LiveAssessment::new(model, library).into_assessment()
}

/// The same on a day: acceptances that have ended by then are open again.
pub fn assess_on(model: &ThreatModel, library: &Library, today: Date) -> Assessment {
    LiveAssessment::of_day(model, library, Some(today)).into_assessment()
}

/// The same by several hands, with the same result.
pub fn assess_by(model: &ThreatModel, library: &Library, today: Option<Date>, runner: &dyn Runner) -> Assessment {
    LiveAssessment::by(model, library, today, runner).into_assessment()
}

/// The factor chain of one finding in words; `None` when there is no such finding. For several, use an [`Explainer`].
pub fn explain(model: &ThreatModel, library: &Library, key: &ThreatKey) -> Option<Explanation> {
    Explainer::new(model, library).explain(key)
}

/// The inputs a finding rests on, in words, to be stored with a decision ([`Decision::basis`](crate::model::Decision));
/// empty when there is no such finding.
pub fn basis_of(model: &ThreatModel, library: &Library, key: &ThreatKey) -> BTreeMap<String, String> {
    Explainer::new(model, library).basis(key)
}

/// Risk band of a score 0 to 100, by the built-in calibration.
pub fn band(score: f64) -> Band {
    Library::builtin().calibration.band(score)
}

/// Likelihood level 1 to 5 of a probability a year, by the built-in calibration.
pub fn likelihood_level(p: f64) -> u8 {
    Library::builtin().calibration.likelihood_level(p)
}

/// Impact level 1 to 5 of a share of the worst impact (0: nothing at stake), by the built-in calibration.
pub fn impact_level(i: f64) -> u8 {
    Library::builtin().calibration.impact_level(i)
}
