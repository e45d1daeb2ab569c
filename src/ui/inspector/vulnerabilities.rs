//! Known weaknesses of what is selected.

use super::Inspector;
use super::list::{Line, RecordList};
use super::origin::{Origin, labelled_from};
use crate::edit::Edit;
use crate::model::{Id, Key, ThreatKey, Vulnerability, VulnerabilityKind, VulnerabilityStatus};
use crate::text::icon;
use crate::theme::Ink;
use crate::ui::widgets::{Pick, choice, icon_button, labelled, link, pick, removable_chip, text_area, text_field};
use crate::ui::{Command, Outbox, Page, ViewCx};
use egui::Ui;

impl Inspector {
    pub(super) fn vulnerabilities_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let list = RecordList {
            title: "Vulnerabilities",
            one: "vulnerability",
            empty: ["None known.", ""],
            records: cx.model.vulnerabilities.iter().filter(|(_, v)| &v.at == id).collect(),
            key: Key::Vulnerability,
            line,
            fields: vulnerability_ui,
            fresh: Vulnerability { name: "New vulnerability".into(), at: id.clone(), ..Vulnerability::default() },
        };
        let is_empty = list.records.is_empty();
        self.list_ui(ui, cx, ("vulnerabilities", id), list, out);
        if is_empty && link(ui, "What is likely here").clicked() {
            out.run(Command::Page(Page::Vulnerabilities));
        }
    }
}

fn line(vulnerability: &Vulnerability) -> Line<'_> {
    let is_fixed = vulnerability.status == VulnerabilityStatus::Fixed;
    let ink = if is_fixed { Ink::Good } else { Ink::Boundary };
    Line { ink, ..Line::new(icon::BUG, &vulnerability.name, vulnerability.status.label()) }
}

pub(in crate::ui) fn vulnerability_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, vulnerability: &Vulnerability, out: &mut Outbox) {
    let put = |v: Vulnerability| Edit::put(Key::Vulnerability(id.clone()), v);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the vulnerability", &vulnerability.name, "Name", |name| {
            put(Vulnerability { name, ..vulnerability.clone() })
        });
    });
    let of = Origin::of(vulnerability.kind != VulnerabilityKind::Other, "its kind says what to look for");
    labelled_from(ui, "Kind", &of, |ui| {
        let kind = vulnerability.kind;
        let all = VulnerabilityKind::ALL;
        if let Some(kind) = choice(ui, ("kind", id), "Kind of vulnerability", kind, all, VulnerabilityKind::label) {
            out.commit(put(Vulnerability { kind, ..vulnerability.clone() }));
        }
    });
    labelled_from(ui, "CWE", &Origin::of(vulnerability.cwe.is_some(), "no entry of the catalogue is named"), |ui| {
        let shown = vulnerability.cwe.map(|n| n.to_string()).unwrap_or_default();
        text_field(ui, out, ("cwe", id), "CWE number", &shown, "Number", |text| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            put(Vulnerability { cwe: digits.parse().ok(), ..vulnerability.clone() })
        });
    });
    labelled_from(ui, "Status", &Origin::of_status(vulnerability.status), |ui| {
        let status = vulnerability.status;
        let all = VulnerabilityStatus::ALL;
        if let Some(status) = choice(ui, ("status", id), "Status of the vulnerability", status, all, VulnerabilityStatus::label) {
            out.commit(put(Vulnerability { status, ..vulnerability.clone() }));
        }
    });
    labelled_from(ui, "Threats", &Origin::of(!vulnerability.threats.is_empty(), "it raises none"), |ui| {
        ui.horizontal_wrapped(|ui| linked_ui(ui, cx, id, vulnerability, out));
    });
    text_area(ui, out, ("evidence", id), "Evidence", &vulnerability.evidence, "What shows it", |evidence| {
        put(Vulnerability { evidence, ..vulnerability.clone() })
    });
    super::readers::readers_ui(ui, cx, Key::Vulnerability(id.clone()), out);
    text_area(ui, out, ("text", id), "Description", &vulnerability.description, "Description", |description| {
        put(Vulnerability { description, ..vulnerability.clone() })
    });
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
