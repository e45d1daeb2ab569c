//! The threats of what is selected, in place: choose one to decide about it, or write one.

use super::Inspector;
use super::composer::compose_ui;
use super::rating::LastExplanation;
use super::threat::threat_ui;
use crate::model::{Disposition, Id, ThreatKey};
use crate::risk::{Finding, FindingStatus};
use crate::scene::band_icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{Row, empty_note, icon_button, in_two_lines, link, section, treatment};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Ui};

impl Inspector {
    pub(super) fn threats_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let mut here: Vec<&Finding> = cx.assessment.at(id).collect();
        here.sort_by(|a, b| a.status.cmp(&b.status).then(b.current.score.total_cmp(&a.current.score)).then(a.key.cmp(&b.key)));
        let (applying, possible): (Vec<_>, Vec<_>) = here.into_iter().partition(|f| f.status == FindingStatus::Applies);
        let add = |ui: &mut Ui| icon_button(ui, icon::PLUS, "Write a threat by hand").clicked();
        let mut start = false;
        section(
            ui,
            ("threats", id),
            "Threats",
            Some(applying.len()),
            |ui| start = add(ui),
            |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if self.is_writing(id) && compose_ui(ui, cx, id, (self.about, &mut self.begun), out) {
                    (self.writing, self.about) = (None, None);
                }
                if applying.is_empty() && !self.is_writing(id) {
                    let advice = match possible.len() {
                        0 => "Say where it stands, what it is made of and what it handles, and threats appear by themselves.",
                        _ => "Answer the questions below, and threats are confirmed or ruled out by themselves.",
                    };
                    empty_note(ui, "None confirmed.", advice);
                }
                let chosen = cx.selection.threat.clone();
                let scroll_to = chosen.clone().filter(|_| chosen != self.seen);
                self.seen = chosen;
                for finding in applying {
                    row_ui(ui, cx, finding, scroll_to.as_ref(), &mut self.why, out);
                }
                if !possible.is_empty() {
                    ui.add_space(4.0);
                    let key = egui::Id::new(("possible", id));
                    let open = ui.data(|d| d.get_temp::<bool>(key)).unwrap_or_default();
                    let what = if open { "Hide" } else { "Show" };
                    if link(ui, &format!("{what} {} more that wait for answers", possible.len())).clicked() {
                        ui.data_mut(|d| d.insert_temp(key, !open));
                    }
                    let chosen = |f: &&Finding| open || cx.selection.threat.as_ref() == Some(&f.key);
                    for finding in possible.iter().copied().filter(|f| chosen(f)) {
                        row_ui(ui, cx, finding, scroll_to.as_ref(), &mut self.why, out);
                    }
                }
            },
        );
        if start {
            out.push(Action::WriteThreat(id.clone(), None, String::new()));
        }
    }
}

/// Room a row takes beside the title: level, score and treatment.
const BESIDE: f32 = 86.0;

fn row_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    finding: &Finding,
    scroll_to: Option<&ThreatKey>,
    why: &mut LastExplanation,
    out: &mut Outbox,
) {
    let is_selected = cx.selection.threat.as_ref() == Some(&finding.key);
    let is_possible = finding.status == FindingStatus::Possible;
    let dim = is_possible || finding.disposition == Disposition::NotApplicable;
    let text = style::ink(ui, if dim { Ink::Muted } else { Ink::Text });
    let width = ui.available_width() - BESIDE;
    let title = in_two_lines(ui, &finding.title, fonts::font(Face::Regular, 12.0), text, width);
    let mut row = Row::new(ui, (title.size().y + 8.0).max(28.0), is_selected, &finding.title);
    row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
    let (face, glyph) = band_icon(finding.band());
    let color = style::ink(row.ui, Ink::RiskOutline(finding.band()));
    let (face, glyph) = if is_possible { (Face::Icon, icon::QUESTION) } else { (face, glyph) };
    row.icon(face, glyph, 15.0, color);
    let (face, glyph, ink, _) = treatment(finding);
    let shape = style::ink(row.ui, ink);
    row.right_icon(face, glyph, 15.0, shape);
    row.right(format!("{:.1}", finding.current.score), fonts::font(Face::Bold, 12.0), text);
    let is_cut = title.elided;
    row.galley(title, text);
    let response = row.response;
    if scroll_to == Some(&finding.key) {
        response.scroll_to_me(Some(Align::TOP));
    }
    if response.clicked() {
        if is_selected {
            out.push(Action::Select(Selection::one(finding.key.anchor.clone())));
        } else {
            out.push(Action::ShowThreat(finding.key.clone()));
        }
    }
    if is_cut {
        response.on_hover_text(&finding.title);
    }
    if is_selected {
        threat_ui(ui, cx, finding, why, out);
    }
}
