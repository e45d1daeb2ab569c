//! The icon of a risk level.

use crate::model::Band;
use crate::text::{Face, Icon, icon};

/// The icon that stands for a risk level beside its colour and word; its shape alone tells the level.
pub fn band_icon(band: Band) -> (Face, Icon) {
    match band {
        Band::Critical => (Face::IconFill, icon::WARNING_OCTAGON),
        Band::High => (Face::IconFill, icon::WARNING),
        Band::Medium => (Face::IconFill, icon::WARNING_DIAMOND),
        Band::Low => (Face::IconFill, icon::CIRCLE),
        Band::Minimal => (Face::Icon, icon::INFO),
    }
}
