//! What the figures of the whole model consist of, one click away from them.

use super::widgets::{bold, caption, link, named, risk_pill};
use super::{Action, Command, Outbox, Page, ViewCx, style};
use crate::risk::{Share, name_of, shares};
use crate::theme::Ink;
use crate::tool::Selection;
use egui::{Align, Frame, Label, Layout, Popup, PopupCloseBehavior, Response, RichText, Ui};

/// Places listed.
const PLACES: usize = 6;

/// Opens at what was clicked.
pub fn totals_popup(at: &Response, cx: &ViewCx<'_>, out: &mut Outbox) {
    let popup = Popup::from_toggle_button_response(at).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.width(376.0).show(|ui| Frame::new().inner_margin(8.0).show(ui, |ui| totals_ui(ui, cx, out)));
}

fn totals_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let totals = &cx.assessment.totals;
    let shares = shares(cx.assessment);
    ui.spacing_mut().item_spacing.y = 3.0;
    figure(ui, "Peak", format!("{:.1}", totals.risk.peak), "the highest score of any threat today");
    if let Some(Share { worst, .. }) = shares.iter().max_by(|a, b| a.worst.current.score.total_cmp(&b.worst.current.score)) {
        let row = |ui: &mut Ui| {
            risk_pill(ui, worst.band(), &format!("{:.1}", worst.current.score));
            ui.add(egui::Link::new(RichText::new(&worst.title).size(12.0))).on_hover_text("Its score, factor by factor")
        };
        if named(ui.horizontal_wrapped(row).inner, &format!("Peak: {}", worst.title)).clicked() {
            out.push(Action::ShowThreat(worst.key.clone()));
            ui.close();
        }
    }
    ui.add_space(6.0);
    let places = shares.len();
    figure(ui, "Load", format!("{:.0}", totals.risk.load), &format!("what all {places} places with threats add up to"));
    note(ui, "At one place the worst threat of each STRIDE category counts, so that many of a kind do not add up.");
    for share in shares.iter().take(PLACES) {
        if place_ui(ui, cx, share) {
            out.push(Action::Select(Selection::one(share.at.clone())));
            out.push(Action::Reveal(share.at.clone()));
            out.push(Action::Pulse(share.at.clone()));
            ui.close();
        }
    }
    if places > PLACES {
        let rest: f64 = shares.iter().skip(PLACES).map(|s| s.load).sum();
        ui.horizontal(|ui| {
            ui.label(caption(ui, format!("{} more", places - PLACES)));
            right(ui, format!("{rest:.0}"));
        });
    }
    ui.add_space(6.0);
    for (label, load, what) in [
        ("Before controls", totals.inherent_load, "as if no control were in force"),
        ("Planned", totals.planned_load, "with the planned controls carried out"),
    ] {
        figure(ui, label, format!("{load:.0}"), what);
    }
    if totals.risk.possible > 0 {
        let more = totals.risk.load_if_confirmed - totals.risk.load;
        figure(
            ui,
            "Possible",
            format!("+{more:.0}"),
            &format!("from {} threats, if every open question turns out badly", totals.risk.possible),
        );
        if link(ui, &format!("{} questions decide them", cx.assessment.questions.len())).clicked() {
            out.run(Command::Page(Page::Questions));
            ui.close();
        }
    }
    ui.add_space(4.0);
    note(ui, "A score is 100 × likelihood in a year × share of the worst loss. Every threat tells its own, factor by factor.");
}

fn figure(ui: &mut Ui, name: &str, value: String, what: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.label(bold(format!("{name} {value}")));
        ui.label(caption(ui, what));
    });
}

fn note(ui: &mut Ui, words: &str) {
    ui.add(Label::new(caption(ui, words)).wrap());
}

fn right(ui: &mut Ui, words: String) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(RichText::new(words).size(12.0)));
}

/// True when it is clicked.
fn place_ui(ui: &mut Ui, cx: &ViewCx<'_>, share: &Share<'_>) -> bool {
    let name = name_of(cx.model, share.at);
    let many = format!("{} {}", share.threats, if share.threats == 1 { "threat" } else { "threats" });
    let row = ui.horizontal(|ui| {
        let color = style::ink(ui, Ink::Text);
        let label = ui.add(egui::Link::new(RichText::new(&name).size(12.0).color(color)));
        ui.label(caption(ui, many));
        right(ui, format!("{:.0}", share.load));
        label
    });
    named(row.inner, &format!("{name} adds {:.0} to the load", share.load)).clicked()
}
