//! The register of vulnerabilities, and what is likely at the selected element.

use super::effects::Effects;
use super::register::Split;
use super::register::table::{Tables, facts};
use crate::edit::Edit;
use crate::model::{Id, Key, Vulnerability, VulnerabilityStatus};
use crate::register::{self, Register};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, empty_note, icon_button};
use crate::ui::{Command, Outbox, ViewCx, fonts, inspector, style};
use crate::vulnerabilities::{csv_text, suspects};
use egui::Ui;

/// Most suggestions listed.
const SUGGESTED: usize = 12;

#[derive(Default)]
pub struct VulnerabilitiesPage {
    suggested: (Option<(u64, Id)>, Vec<Likely>),
}

/// Something likely at the selected element.
struct Likely {
    record: Vulnerability,
    why: String,
}

impl VulnerabilitiesPage {
    /// The filters and what brings new ones, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        let target = cx.selection.single().filter(|id| is_place(cx, id)).cloned();
        let name = target.as_ref().map_or_else(|| "an element: select it first".to_owned(), |id| name_of(cx.model, id));
        ui.add_enabled_ui(target.is_some(), |ui| {
            if icon_button(ui, icon::PLUS, &format!("New vulnerability at {name}")).clicked()
                && let Some(at) = target
            {
                let id = out.fresh_id();
                let record = Vulnerability { name: "New vulnerability".into(), at, ..Vulnerability::default() };
                out.commit(Edit::put(Key::Vulnerability(id.clone()), record));
                tables.of(Register::Vulnerabilities).choose(Some(register::Row::Record(Key::Vulnerability(id))));
            }
        });
        if icon_button(ui, icon::DOWNLOAD_SIMPLE, Command::ImportFindings.label()).clicked() {
            out.run(Command::ImportFindings);
        }
        if !cx.model.vulnerabilities.is_empty() && icon_button(ui, icon::COPY, "Copy the register as CSV").clicked() {
            ui.ctx().copy_text(csv_text(cx.model, cx.library, cx.assessment));
        }
        tables.of(Register::Vulnerabilities).tools_ui(ui, &facts(cx), out);
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, effects: &mut Effects, out: &mut Outbox) {
        let table = tables.of(Register::Vulnerabilities);
        let split = Split::of(ui);
        split.list(ui, |ui| {
            let is_at_something = cx.selection.single().is_some_and(|id| is_place(cx, id));
            let empty = match is_at_something {
                true => "No vulnerabilities here yet. Take over what is likely at what is selected, or import findings.",
                false => "No vulnerabilities here. Select an element to see what is likely, or import findings.",
            };
            table.ui(ui, cx, &mut |ui, row| effects.load_of(ui, cx, row), empty, out);
        });
        let chosen = match table.single() {
            Some(register::Row::Record(Key::Vulnerability(id))) => cx.model.vulnerabilities.get_key_value(id),
            _ => None,
        };
        let mut back = false;
        split.details(ui, |ui| match chosen {
            Some((id, v)) => back = details_ui(ui, cx, id, v, effects, out),
            None => suggestions_ui(ui, cx, &mut self.suggested, out),
        });
        if back {
            table.choose(None);
        }
    }
}

/// "3 open".
pub fn count(cx: &ViewCx<'_>) -> String {
    let open = cx.model.vulnerabilities.values().filter(|v| v.status != VulnerabilityStatus::Fixed).count();
    if open == 0 { String::new() } else { open.to_string() }
}

fn is_place(cx: &ViewCx<'_>, id: &Id) -> bool {
    cx.model.elements.contains_key(id) || cx.model.flows.contains_key(id)
}

/// Everything about one; true to go back to the suggestions.
fn details_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, v: &Vulnerability, effects: &mut Effects, out: &mut Outbox) -> bool {
    let mut back = false;
    ui.horizontal(|ui| {
        back = icon_button(ui, icon::CARET_LEFT, "Back to what is likely").clicked();
        ui.add(egui::Label::new(bold(&v.name)).truncate());
    });
    if let Some(weakness) = v.cwe.and_then(|cwe| cx.library.weaknesses.get(&cwe)) {
        ui.label(caption(ui, format!("CWE-{}, {}", weakness.cwe, weakness.name.to_lowercase())));
    }
    let key = Key::Vulnerability(id.clone());
    effects.list_ui(ui, cx, &key, "It raises no threat: link those that it makes likelier.", out);
    ui.add_space(4.0);
    inspector::vulnerability_ui(ui, cx, id, v, out);
    if ui.button("Delete this vulnerability").clicked() {
        out.commit(Edit::Remove { keys: [key].into() });
    }
    back
}

fn suggestions_ui(ui: &mut Ui, cx: &ViewCx<'_>, cache: &mut (Option<(u64, Id)>, Vec<Likely>), out: &mut Outbox) {
    let Some(at) = cx.selection.single().filter(|id| is_place(cx, id)) else {
        return empty_note(ui, "Nothing selected.", "Select an element or flow to see which vulnerabilities are likely there.");
    };
    let wanted = Some((cx.content, at.clone()));
    if cache.0 != wanted {
        let found = suspects(cx.model, cx.library, cx.assessment, at).into_iter().take(SUGGESTED);
        let list = found.map(|s| {
            let why = match (&s.tag, s.threats.len()) {
                (_, 1) => format!("raises 1 threat, up to {:.0}", s.worst),
                (Some(tag), 0) => format!("typical of {}", cx.library.tags.label(tag)),
                (_, n) => format!("raises {n} threats, up to {:.0}", s.worst),
            };
            Likely { record: s.record(at), why }
        });
        *cache = (wanted, list.collect());
    }
    ui.label(bold(format!("Likely at {}", name_of(cx.model, at))));
    ui.spacing_mut().item_spacing.y = 0.0;
    for likely in &cache.1 {
        let record = &likely.record;
        let cwe = record.cwe.map(|n| format!("CWE-{n}")).unwrap_or_default();
        let mut row = Row::new(ui, 24.0, false, &format!("Suspect {}, {}", record.name.to_lowercase(), likely.why));
        let ink = |ink| style::ink(row.ui, ink);
        let (text, muted) = (ink(Ink::Text), ink(Ink::Muted));
        row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
        row.icon(Face::Icon, icon::PLUS, 12.0, muted).right(&cwe, fonts::font(Face::Mono, 11.0), muted);
        row.right(&likely.why, fonts::font(Face::Regular, 11.0), muted);
        row.text(&record.name, fonts::font(Face::Regular, 12.0), text);
        let tip = format!("Record it as suspected ({})", record.kind.label().to_lowercase());
        if row.response.on_hover_text(tip).clicked() {
            let id = out.fresh_id();
            out.commit(Edit::put(Key::Vulnerability(id), record.clone()));
        }
    }
    if cache.1.is_empty() {
        empty_note(ui, "Nothing is likely beyond what is recorded.", "Technology tags tell more.");
    }
}
