//! `palisade assess` (being built).

use crate::library::Library;
use crate::model::ThreatModel;

/// The assessment for people.
pub(super) fn text(_model: &ThreatModel, _library: &Library) -> String {
    String::new()
}

/// The assessment for tools.
pub(super) fn json(_model: &ThreatModel, _library: &Library) -> String {
    String::new()
}
