//! The diagrams, each on a page of its own.

use super::Cx;
use crate::report::tree::*;

pub fn chapter(_cx: &Cx<'_>) -> Option<Chapter> {
    None
}

/// The first diagram without words, for the cover.
pub fn cover_picture(_cx: &Cx<'_>) -> Option<Drawing> {
    None
}
