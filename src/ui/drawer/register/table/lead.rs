//! The mark before a row: what it is, and for some kinds the step it takes when clicked.

use super::cell::RowUi;
use crate::edit::Edit;
use crate::model::{ControlInstance, ControlStatus, ElementKind, Key, Vulnerability, VulnerabilityStatus};
use crate::register::{Column, Row};
use crate::risk::{FindingStatus, name_of};
use crate::text::icon::Icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::drawer::register::mark;
use crate::ui::questions::stake;
use crate::ui::{fonts, inspector, style};
use egui::{Align2, Ui, pos2, vec2};

/// The mark, and what a click on it is called and does.
struct Lead {
    face: Face,
    glyph: Icon,
    ink: Ink,
    step: Option<(String, Edit)>,
}

impl Lead {
    fn plain(glyph: Icon, ink: Ink) -> Lead {
        Lead { face: Face::Icon, glyph, ink, step: None }
    }
}

impl RowUi<'_, '_, '_> {
    /// Draws the mark; the edit that a click on it asks for.
    pub(super) fn lead_ui(&self, ui: &Ui) -> Option<Edit> {
        let lead = self.lead();
        let at = pos2(self.rect.left() + 15.0, self.rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, lead.glyph, fonts::font(lead.face, 15.0), style::ink(ui, lead.ink));
        let (said, edit) = lead.step?;
        let target = egui::Rect::from_center_size(at, vec2(26.0, 28.0));
        mark(ui, target, ("step", self.row), &said).clicked().then_some(edit)
    }

    fn lead(&self) -> Lead {
        let model = self.cx.model;
        match self.row {
            Row::Threat(key) => {
                let Some(finding) = self.facts.finding(key) else { return Lead::plain(icon::WARNING, Ink::Muted) };
                let ink = Ink::RiskOutline(finding.band());
                if finding.status == FindingStatus::Possible {
                    return Lead::plain(icon::QUESTION, ink);
                }
                let (face, glyph) = crate::scene::band_icon(finding.band());
                Lead { face, glyph, ink, step: None }
            }
            Row::Implied(..) => Lead::plain(icon::LINK, Ink::Muted),
            Row::Question(_) => Lead::plain(icon::QUESTION, Ink::Accent),
            Row::Record(Key::Note(_)) => Lead::plain(icon::NOTE, Ink::Text),
            Row::Record(Key::Instance(id)) => {
                let Some(instance) = model.instances.get(id) else { return Lead::plain(icon::SHIELD, Ink::Muted) };
                let (face, glyph, ink) = inspector::control_mark(instance.status);
                let step = next_status(instance.status).map(|next| {
                    let (name, place) = (self.words(Column::Name), self.words(Column::Place));
                    let said = format!("{name} at {place} is {} now", next.label().to_lowercase());
                    (said, Edit::put(Key::Instance(id.clone()), ControlInstance { status: next, ..instance.clone() }))
                });
                Lead { face, glyph, ink, step }
            }
            Row::Record(Key::Vulnerability(id)) => {
                let Some(v) = model.vulnerabilities.get(id) else { return Lead::plain(icon::BUG, Ink::Muted) };
                let (glyph, ink) = match v.status {
                    VulnerabilityStatus::Suspected => (icon::QUESTION, Ink::Muted),
                    VulnerabilityStatus::Confirmed => (icon::BUG, Ink::Boundary),
                    VulnerabilityStatus::Fixed => (icon::CHECK_CIRCLE, Ink::Good),
                };
                let then = match v.status {
                    VulnerabilityStatus::Suspected => VulnerabilityStatus::Confirmed,
                    VulnerabilityStatus::Confirmed => VulnerabilityStatus::Fixed,
                    VulnerabilityStatus::Fixed => VulnerabilityStatus::Suspected,
                };
                let (now, next) = (v.status.label().to_lowercase(), then.label().to_lowercase());
                let edit = Edit::put(Key::Vulnerability(id.clone()), Vulnerability { status: then, ..v.clone() });
                Lead { face: Face::Icon, glyph, ink, step: Some((format!("{} is {now}: it is {next}", v.name), edit)) }
            }
            Row::Record(Key::Element(id)) => match model.elements.get(id).map(|e| e.kind) {
                Some(ElementKind::DataStore) => Lead::plain(icon::DATABASE, Ink::StoreStroke),
                Some(ElementKind::ExternalEntity) => Lead::plain(icon::SQUARE, Ink::EntityStroke),
                _ => Lead::plain(icon::CIRCLE, Ink::ProcessStroke),
            },
            Row::Record(Key::Flow(_)) => Lead::plain(icon::FLOW_ARROW, Ink::Flow),
            Row::Record(Key::Boundary(_)) => Lead::plain(icon::SELECTION, Ink::Boundary),
            Row::Record(Key::Asset(_)) => Lead::plain(icon::DIAMOND, Ink::Text),
            Row::Record(Key::Agent(_)) => Lead::plain(icon::USER, Ink::Text),
            Row::Record(Key::Person(_)) => Lead::plain(icon::USER_CIRCLE, Ink::Text),
            Row::Record(_) => Lead::plain(icon::FILE_TEXT, Ink::Muted),
        }
    }

    fn words(&self, column: Column) -> String {
        self.facts.cell(self.row, column).words().into_owned()
    }

    /// What the row is called for people who do not see it.
    pub(super) fn said(&self) -> String {
        let name = self.words(Column::Name);
        match self.row {
            Row::Record(Key::Instance(_)) => {
                format!("{name} at {}, {}", self.words(Column::Place), self.words(Column::Status).to_lowercase())
            }
            Row::Record(Key::Vulnerability(id)) => {
                let place = self.cx.model.vulnerabilities.get(id).map(|v| name_of(self.cx.model, &v.at)).unwrap_or_default();
                format!("{name}, {}, at {place}", self.words(Column::Status).to_lowercase())
            }
            Row::Record(Key::Agent(id)) => {
                let is_active = self.cx.model.agents.get(id).is_some_and(|a| a.active);
                let many = match self.facts.decides(id).len() {
                    0 if !is_active => "not counted".to_owned(),
                    0 => "decides nothing".to_owned(),
                    1 => "decides 1 threat".to_owned(),
                    n => format!("decides {n} threats"),
                };
                format!("{name}, {many}")
            }
            Row::Question(about) => {
                let stake = self.facts.asked(about).map(stake).unwrap_or_default();
                format!("{} {stake}", about.question(self.cx.model))
            }
            Row::Implied(_, flows) => match flows {
                1 => format!("{name}, implied at 1 flow"),
                n => format!("{name}, implied at {n} flows"),
            },
            _ => name,
        }
    }
}

/// The next step in the life of a control.
fn next_status(status: ControlStatus) -> Option<ControlStatus> {
    use ControlStatus::*;
    Some(match status {
        Proposed => Planned,
        Planned => Partial,
        Partial => Implemented,
        Implemented => Operating,
        Operating => Retired,
        Retired => return None,
    })
}
