//! Unfixed vulnerabilities make the threats linked to them more likely.

use crate::library::Calibration;
use crate::model::{ThreatKey, ThreatModel};
use std::collections::BTreeMap;

/// Factor on the odds by threat; several vulnerabilities multiply (the clamp of all factors still holds).
pub(super) fn factors(model: &ThreatModel, calibration: &Calibration) -> BTreeMap<ThreatKey, f64> {
    let mut out = BTreeMap::new();
    for vulnerability in model.vulnerabilities.values() {
        let factor = calibration.vulnerability_factor(vulnerability.status);
        for key in &vulnerability.threats {
            *out.entry(key.clone()).or_insert(1.0) *= factor;
        }
    }
    out
}
