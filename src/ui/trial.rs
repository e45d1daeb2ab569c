//! The strip that says that things are only tried out, and what has come of it so far.

use super::widgets::{bold, caption, named, primary_button, tool_tip};
use super::{Command, Outbox, ViewCx, style};
use crate::risk::Assessment;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::what_if::Delta;
use egui::{Align, Button, Layout, RichText, Ui};

/// A trial under way.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// How things stood when it began.
    pub before: Assessment,
    /// What has changed since.
    pub delta: Delta,
}

/// What came of it, the buttons that end it at the right.
pub fn trial_ui(ui: &mut Ui, cx: &ViewCx<'_>, trial: &Trial, out: &mut Outbox) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let accent = style::ink(ui, Ink::Accent);
        ui.label(RichText::new(icon::ARROWS_LEFT_RIGHT.to_string()).font(super::fonts::font(Face::Icon, 16.0)).color(accent));
        ui.label(bold("Only tried out"));
        ui.label(outcome(&trial.delta));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keep = Command::KeepTrial;
            let is_empty = cx.undo.is_none();
            let button = ui.add_enabled_ui(!is_empty, |ui| primary_button(ui, "Keep"));
            let tip = tool_tip(keep.label(), keep.keys(ui.ctx()));
            if named(button.inner, keep.label()).on_hover_text(tip).clicked() {
                out.run(keep);
            }
            let drop = Command::DropTrial;
            let tip = tool_tip(drop.label(), drop.keys(ui.ctx()));
            if named(ui.add(Button::new("Drop")), drop.label()).on_hover_text(tip).clicked() {
                out.run(drop);
            }
            ui.label(caption(ui, "Nothing is kept until you say so"));
        });
    });
}

/// "Load 2015 → 1954 (−61), peak 83.0 → 55.0, 4 threats moved, 2 of them to another level".
pub fn outcome(delta: &Delta) -> String {
    if delta.is_empty() {
        return "Change anything, and see here what comes of it.".into();
    }
    let (from, to) = delta.load;
    let sign = if to < from { "−" } else { "+" };
    let load = format!("Load {from:.0} → {to:.0} ({sign}{:.0})", (to - from).abs());
    let (from, to) = delta.peak;
    let peak = if (from - to).abs() < 0.05 { format!("peak {to:.1}") } else { format!("peak {from:.1} → {to:.1}") };
    let moved = delta.moved.len();
    let bands = delta.moved.iter().filter(|m| m.changes_band()).count();
    let threats = if moved == 1 { "1 threat moved".to_owned() } else { format!("{moved} threats moved") };
    format!("{load}, {peak}, {threats}, {bands} of them to another level")
}
