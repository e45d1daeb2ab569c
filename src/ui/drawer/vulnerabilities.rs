//! The register of vulnerabilities, and what is likely at the selected element.

use super::effects::{Effects, go_to, points};
use super::register::{Cells, Column, ROW, Sorting, Split, head, mark, rows};
use crate::edit::Edit;
use crate::model::{Id, Key, Vulnerability, VulnerabilityStatus};
use crate::risk::name_of;
use crate::text::icon::Icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, empty_note, filter_chip, icon_button};
use crate::ui::{Command, Outbox, ViewCx, fonts, inspector, style};
use crate::vulnerabilities::{csv_text, in_order, suspects};
use egui::{Align2, Ui};
use std::collections::BTreeSet;

/// Most suggestions listed.
const SUGGESTED: usize = 12;

/// From this width on there is room for CWE and kind.
const WIDE: f32 = 900.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Name,
    Kind,
    Cwe,
    Status,
    At,
    Threats,
}

#[derive(Default)]
pub struct VulnerabilitiesPage {
    sorting: Sorting<By>,
    chosen: Option<Id>,
    hidden: BTreeSet<VulnerabilityStatus>,
    /// What is shown, and what it was worked out for.
    listed: (Option<(u64, BTreeSet<VulnerabilityStatus>, Sorting<By>)>, Vec<Id>),
    suggested: (Option<(u64, Id)>, Vec<Likely>),
}

/// Something likely at the selected element.
struct Likely {
    record: Vulnerability,
    why: String,
}

impl VulnerabilitiesPage {
    /// The filters and what brings new ones, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let target = cx.selection.single().filter(|id| is_place(cx, id)).cloned();
        let name = target.as_ref().map_or_else(|| "an element: select it first".to_owned(), |id| name_of(cx.model, id));
        ui.add_enabled_ui(target.is_some(), |ui| {
            if icon_button(ui, icon::PLUS, &format!("New vulnerability at {name}")).clicked()
                && let Some(at) = target
            {
                let id = out.fresh_id();
                let record = Vulnerability { name: "New vulnerability".into(), at, ..Vulnerability::default() };
                out.commit(Edit::put(Key::Vulnerability(id.clone()), record));
                self.chosen = Some(id);
            }
        });
        if icon_button(ui, icon::DOWNLOAD_SIMPLE, Command::ImportFindings.label()).clicked() {
            out.run(Command::ImportFindings);
        }
        if !cx.model.vulnerabilities.is_empty() && icon_button(ui, icon::COPY, "Copy the register as CSV").clicked() {
            ui.ctx().copy_text(csv_text(cx.model, cx.library, cx.assessment));
        }
        for status in VulnerabilityStatus::ALL.iter().rev() {
            let many = cx.model.vulnerabilities.values().filter(|v| v.status == *status).count();
            if many == 0 {
                continue;
            }
            let is_shown = !self.hidden.contains(status);
            let label = format!("{many} {}", status.label().to_lowercase());
            if filter_chip(ui, is_shown, &label).clicked() && !self.hidden.remove(status) {
                self.hidden.insert(*status);
            }
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, effects: &mut Effects, out: &mut Outbox) {
        let wanted = Some((cx.content, self.hidden.clone(), self.sorting));
        if self.listed.0 != wanted {
            let all = in_order(cx.model, cx.assessment).into_iter();
            let mut shown: Vec<(&Id, &Vulnerability)> = all.filter(|(_, v)| !self.hidden.contains(&v.status)).collect();
            self.sorting.sort(&mut shown, |by, (_, a), (_, b)| match by {
                By::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
                By::Kind => a.kind.label().cmp(b.kind.label()),
                By::Cwe => (a.cwe.is_none(), a.cwe).cmp(&(b.cwe.is_none(), b.cwe)),
                By::Status => a.status.cmp(&b.status),
                By::At => name_of(cx.model, &a.at).cmp(&name_of(cx.model, &b.at)),
                By::Threats => a.threats.len().cmp(&b.threats.len()),
            });
            self.listed = (wanted, shown.into_iter().map(|(id, _)| id.clone()).collect());
        }
        let chosen = self.chosen.clone().filter(|id| cx.model.vulnerabilities.contains_key(id));
        let (mut clicked, mut back) = (None, false);
        let list = &self.listed.1;
        let split = Split::of(ui);
        split.list(ui, |ui| {
            if list.is_empty() {
                let is_chosen = cx.selection.single().is_some_and(|id| is_place(cx, id));
                return super::empty_ui(
                    ui,
                    match is_chosen {
                        true => "No vulnerabilities here yet. Take over what is likely at what is selected, or import findings.",
                        false => "No vulnerabilities here. Select an element to see what is likely, or import findings.",
                    },
                );
            }
            head(ui, &mut self.sorting, (By::Name, "Vulnerability"), &columns(ui.available_width()));
            rows(ui, "vulnerabilities", list.len(), |ui, n| {
                let row = list.get(n).and_then(|id| cx.model.vulnerabilities.get_key_value(id));
                if let Some((id, v)) = row
                    && row_ui(ui, cx, id, v, chosen.as_ref() == Some(id), effects, out)
                {
                    clicked = Some(id.clone());
                }
            });
        });
        split.details(ui, |ui| match chosen.as_ref().and_then(|id| cx.model.vulnerabilities.get_key_value(id)) {
            Some((id, v)) => back = details_ui(ui, cx, id, v, effects, out),
            None => suggestions_ui(ui, cx, &mut self.suggested, out),
        });
        if back {
            self.chosen = None;
        }
        if let Some(id) = clicked {
            if let Some(v) = cx.model.vulnerabilities.get(&id) {
                go_to(cx, &v.at, out);
            }
            self.chosen = Some(id);
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

fn status_mark(status: VulnerabilityStatus) -> (Icon, Ink) {
    match status {
        VulnerabilityStatus::Suspected => (icon::QUESTION, Ink::Muted),
        VulnerabilityStatus::Confirmed => (icon::BUG, Ink::Boundary),
        VulnerabilityStatus::Fixed => (icon::CHECK_CIRCLE, Ink::Good),
    }
}

fn next(status: VulnerabilityStatus) -> VulnerabilityStatus {
    match status {
        VulnerabilityStatus::Suspected => VulnerabilityStatus::Confirmed,
        VulnerabilityStatus::Confirmed => VulnerabilityStatus::Fixed,
        VulnerabilityStatus::Fixed => VulnerabilityStatus::Suspected,
    }
}

fn columns(width: f32) -> Vec<Column<By>> {
    let is_wide = width > WIDE;
    let mut columns = vec![
        Column { by: None, label: "Load", width: 64.0 },
        Column::new(By::Threats, "Threats", 86.0),
        Column::new(By::At, "At", if is_wide { 170.0 } else { 110.0 }),
        Column::new(By::Status, "Status", 84.0),
    ];
    if is_wide {
        columns.push(Column::new(By::Cwe, "CWE", 84.0));
        columns.push(Column::new(By::Kind, "Kind", 124.0));
    }
    columns
}

/// One vulnerability; true when its row was clicked. Its mark steps the status on.
fn row_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    id: &Id,
    v: &Vulnerability,
    is_chosen: bool,
    effects: &mut Effects,
    out: &mut Outbox,
) -> bool {
    let place = name_of(cx.model, &v.at);
    let (glyph, ink) = status_mark(v.status);
    let row = Row::new(ui, ROW, is_chosen, &format!("{}, {}, at {place}", v.name, v.status.label().to_lowercase()));
    let (whole, clicked) = (row.whole, row.response.clicked());
    let hovered = row.response.hovered();
    let mut cells = Cells { ui, rest: whole.shrink2(egui::vec2(8.0, 0.0)) };
    cells.line(whole);
    let key = Key::Vulnerability(id.clone());
    let raised = effects.of(ui, cx, &key).map(|effect| effect.load);
    let raised = raised.filter(|by| by.abs() >= 0.05).map(points).unwrap_or_default();
    cells.right(64.0, &raised, Face::Bold, Ink::Text);
    let many = match v.threats.len() {
        0 => "no threats".to_owned(),
        1 => "1 threat".to_owned(),
        n => format!("{n} threats"),
    };
    cells.right(86.0, &many, Face::Regular, if v.threats.is_empty() { Ink::Muted } else { Ink::Text });
    let is_wide = whole.width() > WIDE;
    cells.right(if is_wide { 170.0 } else { 110.0 }, &place, Face::Regular, Ink::Text);
    cells.right(84.0, v.status.label(), Face::Regular, Ink::Text);
    if is_wide {
        cells.right(84.0, &v.cwe.map(|n| format!("CWE-{n}")).unwrap_or_default(), Face::Mono, Ink::Muted);
        cells.right(124.0, v.kind.label(), Face::Regular, Ink::Muted);
    }
    let button = whole.with_max_x(whole.left() + 32.0).shrink2(egui::vec2(2.0, 0.0));
    cells.rest.min.x += 28.0;
    cells.left(&v.name, if is_chosen { Face::Bold } else { Face::Regular }, Ink::Text);
    ui.painter().text(button.center(), Align2::CENTER_CENTER, glyph, fonts::font(Face::Icon, 15.0), style::ink(ui, ink));
    let then = next(v.status);
    let step = mark(
        ui,
        button,
        ("status", id),
        &format!("{} is {}: it is {}", v.name, v.status.label().to_lowercase(), then.label().to_lowercase()),
    );
    if step.clicked() {
        out.commit(Edit::put(key, Vulnerability { status: then, ..v.clone() }));
    }
    if hovered {
        out.push(crate::ui::Action::Hover(v.at.clone()));
    }
    clicked
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
