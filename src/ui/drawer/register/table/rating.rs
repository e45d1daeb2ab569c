//! Ratings of all threats by the method of the model, where these are worked out beside the window.

use crate::model::Method;
use crate::ui::ViewCx;

/// From so many threats on rating all of them by another method than the assessment's takes longer than a frame.
const MANY: usize = 1500;

pub(super) fn rates_beside(cx: &ViewCx<'_>) -> bool {
    cx.model.info.rating.method != Method::LikelihoodImpact && cx.assessment.findings.len() > MANY
}

pub(super) fn asks_for_ratings(cx: &ViewCx<'_>) -> bool {
    rates_beside(cx) && !cx.is_previewing && cx.ratings.is_none_or(|found| found.revision != cx.model_revision)
}
