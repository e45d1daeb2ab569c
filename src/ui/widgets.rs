//! The few controls the panels are made of.

mod button;
mod chip;
mod choice;
mod field;
mod glyph;
mod number;
mod pick;
mod risk;
mod row;
mod section;

pub use button::{bare_button, command_button, icon_button, key_button, key_cap, link, primary_button, tipped, tool_tip};
pub use chip::{ChipDeed, filter_chip, record_chip, removable_chip, removable_chip_about};
pub use choice::{choice, choice_response, mixed_choice, optional_choice, segmented};
pub use field::{LABEL, date_field, labelled, line_edit, reason_field, text_area, text_field};
pub use glyph::{bold, caption, element_icon, muted, title};
pub use number::number_field;
pub use pick::{Pick, pick, pick_about};
pub use risk::{hatch, paint_ground, paint_swatch, risk_pill, treatment};
pub use row::{Row, THREE_LINES, elided, in_two_lines};
pub use section::{empty_note, rule, section};

use egui::Response;

/// Gives a control its name for people who do not see it.
pub fn named(response: Response, name: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}
