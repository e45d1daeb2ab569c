//! Known weaknesses of what is selected.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Id, Key, ThreatKey, Vulnerability, VulnerabilityKind, VulnerabilityStatus};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Pick, Row, choice, icon_button, labelled, pick, removable_chip, section, text_area, text_field};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui};
use std::collections::BTreeSet;

impl Inspector {
    pub(super) fn vulnerabilities_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let here: Vec<(&Id, &Vulnerability)> = cx.model.vulnerabilities.iter().filter(|(_, v)| &v.at == id).collect();
        let mut add = false;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, "Add a vulnerability").clicked();
        section(ui, ("vulnerabilities", id), "Vulnerabilities", Some(here.len()), trailing, |ui| {
            for (key, vulnerability) in &here {
                let is_open = self.unfolded.as_ref() == Some(*key);
                if vulnerability_row(ui, vulnerability, is_open) {
                    self.toggle(key);
                }
                if is_open {
                    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
                    frame.show(ui, |ui| vulnerability_ui(ui, cx, key, vulnerability, out));
                }
            }
        });
        if add {
            let new = out.fresh_id();
            let vulnerability = Vulnerability {
                name: "New vulnerability".into(),
                kind: VulnerabilityKind::Other,
                at: id.clone(),
                cwe: None,
                description: String::new(),
                evidence: String::new(),
                status: VulnerabilityStatus::Suspected,
                threats: BTreeSet::new(),
            };
            out.commit(Edit::put(Key::Vulnerability(new.clone()), vulnerability));
            self.unfolded = Some(new);
        }
    }
}

fn vulnerability_row(ui: &mut Ui, vulnerability: &Vulnerability, is_open: bool) -> bool {
    let mut row = Row::new(ui, 26.0, is_open, &vulnerability.name);
    row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
    let is_fixed = vulnerability.status == VulnerabilityStatus::Fixed;
    let color = style::ink(row.ui, if is_fixed { Ink::Good } else { Ink::Boundary });
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.icon(Face::Icon, icon::BUG, 15.0, color);
    row.right(vulnerability.status.label(), fonts::font(Face::Regular, 11.0), muted);
    row.text(&vulnerability.name, fonts::font(Face::Regular, 12.0), text);
    row.response.clicked()
}

fn vulnerability_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, vulnerability: &Vulnerability, out: &mut Outbox) {
    let put = |v: Vulnerability| Edit::put(Key::Vulnerability(id.clone()), v);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the vulnerability", &vulnerability.name, "Name", |name| {
            put(Vulnerability { name, ..vulnerability.clone() })
        });
    });
    labelled(ui, "Kind", |ui| {
        let kind = vulnerability.kind;
        let all = VulnerabilityKind::ALL;
        if let Some(kind) = choice(ui, ("kind", id), "Kind of vulnerability", kind, all, VulnerabilityKind::label) {
            out.commit(put(Vulnerability { kind, ..vulnerability.clone() }));
        }
    });
    labelled(ui, "Status", |ui| {
        let status = vulnerability.status;
        let all = VulnerabilityStatus::ALL;
        if let Some(status) = choice(ui, ("status", id), "Status of the vulnerability", status, all, VulnerabilityStatus::label) {
            out.commit(put(Vulnerability { status, ..vulnerability.clone() }));
        }
    });
    labelled(ui, "Threats", |ui| {
        ui.horizontal_wrapped(|ui| linked_ui(ui, cx, id, vulnerability, out));
    });
    text_area(ui, out, ("evidence", id), "Evidence", &vulnerability.evidence, "What shows it", |evidence| {
        put(Vulnerability { evidence, ..vulnerability.clone() })
    });
    text_area(ui, out, ("text", id), "Description", &vulnerability.description, "Description", |description| {
        put(Vulnerability { description, ..vulnerability.clone() })
    });
    if ui.button("Delete").clicked() {
        out.commit(Edit::Remove { keys: [Key::Vulnerability(id.clone())].into() });
    }
}

/// The threats it makes more likely.
fn linked_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, vulnerability: &Vulnerability, out: &mut Outbox) {
    let title = |key: &ThreatKey| cx.assessment.findings.get(key).map_or_else(|| key.to_string(), |f| f.title.clone());
    let mut changed = None;
    for key in &vulnerability.threats {
        let short: String = title(key).chars().take(24).collect();
        if removable_chip(ui, &short, "Unlink the threat") {
            let mut threats = vulnerability.threats.clone();
            threats.remove(key);
            changed = Some(threats);
        }
    }
    let button = icon_button(ui, icon::PLUS, "Link a threat");
    let items = || {
        let near = cx.assessment.at(&vulnerability.at).filter(|f| !vulnerability.threats.contains(&f.key));
        near.map(|f| (f.key.clone(), f.title.clone(), format!("{:.1}", f.current.score))).collect()
    };
    if let Some(Pick::Item(key)) = pick(&button, "Search threats", None, items) {
        let mut threats = vulnerability.threats.clone();
        threats.insert(key);
        changed = Some(threats);
    }
    if let Some(threats) = changed {
        out.commit(Edit::put(Key::Vulnerability(id.clone()), Vulnerability { threats, ..vulnerability.clone() }));
    }
}
