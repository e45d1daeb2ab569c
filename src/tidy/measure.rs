//! Room that words need: labels of flows, titles of boundaries, names of elements.

use crate::model::Flow;
use crate::text::{Face, width, wrap};

/// Size and line height of flow names, and what lock and pill add.
const FLOW: (f32, f32) = (12.0, 15.0);
const LOCK: f32 = 17.0;
const PILL: (f32, f32) = (38.0, 18.0);
/// What is left of the line beside a label on it, for its head.
const HEADS: f32 = 20.0;
/// Longest line of a flow name.
const LONGEST: f32 = 150.0;
/// A name up to this stays on one line.
const SHORT: f32 = 84.0;

/// Width and height of the label of a flow, on two lines where it is long.
pub(super) fn label(flow: &Flow) -> (f32, f32) {
    let whole = width(Face::Regular, FLOW.0, &flow.name);
    if whole <= 0.0 {
        return PILL;
    }
    let target = if whole <= SHORT { SHORT } else { (whole * 0.58 + 8.0).clamp(SHORT, LONGEST) };
    let lines = wrap(Face::Regular, FLOW.0, &flow.name, target);
    let widest = lines.iter().map(|l| width(Face::Regular, FLOW.0, l)).fold(0.0, f32::max);
    ((widest.min(LONGEST) + LOCK).max(PILL.0), FLOW.1 * lines.len().min(3) as f32 + PILL.1)
}

/// Room of the label of one of many flows between the same two: in one row on its line, for there is no room beside it.
pub(super) fn label_in_row(flow: &Flow) -> (f32, f32) {
    let whole = width(Face::Regular, FLOW.0, &flow.name);
    let (wide, high) = label(flow);
    (wide.max(if whole <= LONGEST { LOCK + whole + PILL.0 + HEADS } else { 0.0 }), high)
}

/// Width of a boundary that shows its name, with the chip beside it.
pub(super) fn title(name: &str) -> f32 {
    width(Face::Bold, 12.0, name).min(360.0) + 72.0
}

/// A good size for an element with this name.
pub(super) fn element(name: &str) -> (f32, f32) {
    // The symbol stands beside two lines.
    let whole = width(Face::Bold, 13.0, name);
    let longest = name.split_whitespace().map(|w| width(Face::Bold, 13.0, w)).fold(0.0, f32::max);
    let wide = ((whole / 2.0 * 1.15).max(longest).min(160.0) + 52.0).max(144.0);
    ((wide / 8.0).ceil() * 8.0, 64.0)
}
