//! The strip that says that risk is shown as of another time, and flips between the times.

use super::widgets::{bold, caption, named, segmented, tool_tip};
use super::{Command, Outbox, ViewCx};
use egui::{Align, Button, Layout, Ui};

/// When the risk that is shown everywhere is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seen {
    /// Before any control.
    Before,
    #[default]
    Today,
    /// With the planned controls carried out.
    Planned,
    /// With the roadmap of the next best controls carried out as well.
    Target,
}

impl Seen {
    pub const ALL: &'static [Seen] = &[Seen::Before, Seen::Today, Seen::Planned, Seen::Target];

    pub fn label(self) -> &'static str {
        match self {
            Seen::Before => "Before controls",
            Seen::Today => "Today",
            Seen::Planned => "Planned",
            Seen::Target => "Target",
        }
    }
}

pub fn seen_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(bold("Risk as of"));
        let times: Vec<(Seen, &str)> =
            Seen::ALL.iter().filter(|s| Command::See(**s).enabled(cx)).map(|s| (*s, s.label())).collect();
        ui.allocate_ui(egui::vec2(360.0, 24.0), |ui| {
            if let Some(seen) = segmented(ui, "Risk as of", cx.seen, &times) {
                out.run(Command::See(seen));
            }
        });
        let (was, is) = (&cx.actual.totals.risk, &cx.assessment.totals.risk);
        ui.label(format!("Load {:.0} today, {:.0} here; peak {:.1} today, {:.1} here", was.load, is.load, was.peak, is.peak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let back = Command::See(Seen::Today);
            let tip = tool_tip(back.label(), back.keys(ui.ctx()));
            if named(ui.add(Button::new("Back to today")), back.label()).on_hover_text(tip).clicked() {
                out.run(back);
            }
            ui.label(caption(ui, "What is decided and changed counts as ever"));
        });
    });
}
