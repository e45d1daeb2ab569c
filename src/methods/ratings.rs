//! All threats of a model by the method it chose, in short: for lists.

use super::Rater;
use crate::library::Library;
use crate::model::{Band, ThreatKey, ThreatModel};
use crate::progress::Progress;
use crate::risk::Assessment;
use std::collections::BTreeMap;

/// Threats between two looks at whether anybody still waits.
const LOOK: usize = 64;

/// What a method says of a threat today.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// As the method writes it.
    pub told: String,
    /// In the method's own unit; more is worse.
    pub score: f64,
    pub band: Option<Band>,
}

impl Rater<'_> {
    /// What the method of the model says of a threat today.
    pub fn rated(&self, threat: &ThreatKey) -> Option<Rated> {
        let now = self.sheet(threat, self.model.info.rating.method)?.current;
        Some(Rated { told: now.told, score: now.score, band: now.band })
    }
}

/// Every threat by the method of the model; `None` when cancelled.
pub fn ratings(
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    progress: &dyn Progress,
) -> Option<BTreeMap<ThreatKey, Rated>> {
    let rater = Rater::new(model, library, assessment);
    let mut out = BTreeMap::new();
    for (n, threat) in assessment.findings.keys().enumerate() {
        if n % LOOK == 0 && progress.cancelled() {
            return None;
        }
        out.extend(rater.rated(threat).map(|rated| (threat.clone(), rated)));
    }
    Some(out)
}
