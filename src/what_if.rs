//! What would change if: two states of a model side by side, and the controls that bring most for their effort.
//!
//! Ranking follows the methodology page (§9): Φ = Σ r²/100 over the threats that count (squares favour the worst), candidates
//! are the primary and secondary controls of open threats at their natural places, and a greedy search takes the greatest
//! gain per person-day. Because of worst routes, impact maxima and detection × response this is a heuristic, so bundles
//! are tried as well.

mod candidates;
mod delta;
mod ranking;
mod target;

pub use delta::{Delta, Moved};
pub use ranking::{Aim, Roadmap, Step, roadmap};
pub use target::Target;

use crate::library::Library;
use crate::model::{Control, ControlInstance, Key, ThreatModel};

/// The model with every step of a roadmap carried out and reviewed, to look at what it would be like.
pub fn carried_out(model: &ThreatModel, roadmap: &Roadmap) -> ThreatModel {
    let mut target = model.clone();
    for (n, control) in roadmap.steps.iter().flat_map(Step::carried_out).enumerate() {
        let key = Key::Instance(candidates::scratch_id(&target, n));
        target.put(&key, Some(control.into()));
    }
    target
}

/// Person-days a control takes: as entered, else by the effort tier of its definition.
pub fn person_days(library: &Library, definition: &Control, instance: Option<&ControlInstance>) -> f64 {
    let tier = usize::from(definition.cost.clamp(1, 5)) - 1;
    let usual = library.calibration.effort.get(tier).copied().unwrap_or(1.0);
    instance.and_then(|i| i.cost).unwrap_or(usual)
}
