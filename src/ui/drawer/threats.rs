//! The table of all threats: sortable, filtered, selecting both ways.

use crate::model::{Band, Category, Disposition, ThreatKey};
use crate::risk::{self, AnchorKind, Coverage, Coverages, Finding, FindingStatus, Rating};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::logged::last_logged;
use crate::ui::widgets::{caption, elided, filter_chip, line_edit, named, paint_ground, treatment};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Align2, Key, Layout, Modifiers, Rect, Response, Sense, Ui, WidgetInfo, WidgetType};
use egui::{pos2, vec2};
use egui_extras::{Column, TableBuilder};
use std::cmp::Ordering;

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Threat,
    Element,
    Stride,
    Inherent,
    Current,
    Planned,
    Treatment,
    Owner,
    Due,
}

const COLUMNS: &[(By, &str)] = &[
    (By::Id, "Id"),
    (By::Threat, "Threat"),
    (By::Element, "Element"),
    (By::Stride, "STRIDE"),
    (By::Inherent, "Inherent"),
    (By::Current, "Current"),
    (By::Planned, "Planned"),
    (By::Treatment, "Treatment"),
    (By::Owner, "Owner"),
    (By::Due, "Due"),
];

pub struct ThreatTable {
    sort: By,
    is_descending: bool,
    open: bool,
    crossing: bool,
    medium: bool,
    gaps: bool,
    text: String,
    seen: Option<ThreatKey>,
    /// What is shown, in order, and what it was worked out for.
    listed: (Option<Listing>, Vec<ThreatKey>),
    /// How many of them, of how many threats.
    shown: (usize, usize),
}

/// Everything the list depends on: the revision of the model, order and filters.
#[derive(Clone, PartialEq)]
struct Listing {
    revision: u64,
    sort: (By, bool),
    filters: [bool; 4],
    text: String,
}

impl Default for ThreatTable {
    fn default() -> ThreatTable {
        ThreatTable {
            sort: By::Current,
            is_descending: true,
            open: false,
            crossing: false,
            medium: false,
            gaps: false,
            text: String::new(),
            seen: None,
            listed: (None, Vec::new()),
            shown: (0, 0),
        }
    }
}

impl ThreatTable {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let listing = Some(Listing {
            revision: cx.revision,
            sort: (self.sort, self.is_descending),
            filters: [self.open, self.crossing, self.medium, self.gaps],
            text: self.text.clone(),
        });
        if self.listed.0 != listing {
            let keys = self.rows(cx).into_iter().map(|finding| finding.key.clone()).collect();
            self.listed = (listing, keys);
            self.shown = (self.listed.1.len(), cx.assessment.findings.len());
        }
        let rows = std::mem::take(&mut self.listed.1);
        self.table_ui(ui, cx, &rows, out);
        self.listed.1 = rows;
    }

    /// The filters, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui) {
        let filter = line_edit(&mut self.text).hint_text("Filter threats").desired_width(160.0);
        named(ui.add(filter), "Filter threats");
        if filter_chip(ui, self.gaps, "Gaps").on_hover_text(Coverage::Gap.about()).clicked() {
            self.gaps = !self.gaps;
        }
        for (on, label) in [(&mut self.medium, "Medium and up"), (&mut self.crossing, "Crossing"), (&mut self.open, "Open")] {
            if filter_chip(ui, *on, label).clicked() {
                *on = !*on;
            }
        }
        if self.is_filtering() {
            let (shown, all) = self.shown;
            ui.label(caption(ui, format!("{shown} of {all}")));
        }
    }

    fn is_filtering(&self) -> bool {
        self.open || self.crossing || self.medium || self.gaps || !self.text.trim().is_empty()
    }

    /// The findings to show, in order.
    fn rows<'a>(&self, cx: &ViewCx<'a>) -> Vec<&'a Finding> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let coverages = Coverages::new(cx.model, cx.library, cx.today);
        let wanted = |f: &&Finding| {
            let crosses = || f.anchor == AnchorKind::Flow && cx.assessment.crossings.contains_key(&f.key.anchor);
            (!self.open || f.disposition == Disposition::Open)
                && (!self.crossing || crosses())
                && (!self.medium || f.band() <= Band::Medium)
                && (!self.gaps || (f.counts() && coverages.of(f) == Coverage::Gap))
                && (words.is_empty() || {
                    let all = format!("{} {} {}", f.title, f.label(), cx.model.name_of(&f.key.anchor)).to_lowercase();
                    words.iter().all(|w| all.contains(w.as_str()))
                })
        };
        let mut rows: Vec<&Finding> = cx.assessment.findings.values().filter(wanted).collect();
        let due = |f: &Finding| cx.model.decisions.get(&f.key).and_then(|d| d.due);
        if matches!(self.sort, By::Id) {
            // Codes are worked out on demand, so once for each.
            rows.sort_by_cached_key(|f| f.code());
        }
        rows.sort_by(|a, b| {
            let order = match self.sort {
                By::Id => a.number.is_none().cmp(&b.number.is_none()).then(a.number.cmp(&b.number)),
                By::Threat => a.title.cmp(&b.title),
                By::Element => cx.model.name_of(&a.key.anchor).cmp(cx.model.name_of(&b.key.anchor)),
                By::Stride => a.categories.cmp(&b.categories),
                By::Inherent => a.inherent.score.total_cmp(&b.inherent.score),
                By::Current => a.current.score.total_cmp(&b.current.score),
                By::Planned => a.planned.score.total_cmp(&b.planned.score),
                By::Treatment => a.disposition.cmp(&b.disposition),
                By::Owner => owner(cx, a).cmp(owner(cx, b)),
                By::Due => due(a).is_none().cmp(&due(b).is_none()).then(due(a).cmp(&due(b))),
            };
            let order = if self.is_descending { order.reverse() } else { order };
            // What only may apply comes last among equals.
            let key = || if matches!(self.sort, By::Id) { Ordering::Equal } else { a.key.cmp(&b.key) };
            order.then(a.status.cmp(&b.status)).then_with(key)
        });
        rows
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, rows: &[ThreatKey], out: &mut Outbox) {
        let selected = cx.selection.threat.as_ref();
        let at = selected.and_then(|key| rows.iter().position(|row| row == key));
        let step = self.key_step(ui);
        if step != 0 {
            let next = at.map_or(0, |n| n.saturating_add_signed(step)).min(rows.len().saturating_sub(1));
            if let Some(key) = rows.get(next) {
                out.push(Action::ShowThreat(key.clone()));
            }
        }
        let scroll = if selected != self.seen.as_ref() { at } else { None };
        self.seen = selected.cloned();
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        // The title is what people read: it gets what a narrow window has left.
        let is_wide = ui.available_width() >= 1500.0;
        let mut table = TableBuilder::new(ui)
            .id_salt("threats")
            .sense(Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(28.0))
            .column(Column::exact(76.0).clip(true))
            .column(Column::remainder().at_least(180.0).clip(true))
            .column(Column::exact(if is_wide { 200.0 } else { 148.0 }).clip(true))
            .column(Column::exact(64.0).clip(true))
            .columns(Column::exact(if is_wide { 88.0 } else { 72.0 }), 3)
            .column(Column::exact(if is_wide { 128.0 } else { 108.0 }).clip(true))
            .column(Column::exact(if is_wide { 140.0 } else { 100.0 }).clip(true))
            .column(Column::exact(if is_wide { 104.0 } else { 86.0 }).clip(true))
            .min_scrolled_height(0.0)
            .auto_shrink([false, false]);
        if let Some(row) = scroll {
            table = table.scroll_to_row(row, None);
        }
        let table = table.header(25.0, |mut header| {
            header.col(|ui| ground(ui, Ink::Raised));
            for (by, label) in COLUMNS {
                header.col(|ui| self.head_cell(ui, *by, label));
            }
        });
        table.body(|body| {
            body.rows(28.0, rows.len(), |mut row| {
                let Some(finding) = rows.get(row.index()).and_then(|key| cx.assessment.findings.get(key)) else { return };
                let is_selected = selected == Some(&finding.key);
                let mut cells = Cells { cx, finding, is_selected };
                cells.draw(&mut row);
                let response = row.response();
                if response.hovered() {
                    out.push(Action::Hover(finding.key.anchor.clone()));
                }
                if response.clicked() {
                    out.push(Action::ShowThreat(finding.key.clone()));
                }
                if response.double_clicked() {
                    out.push(Action::Reveal(finding.key.anchor.clone()));
                }
            });
        });
        if rows.is_empty() {
            let text = if cx.assessment.findings.is_empty() {
                "No threats yet. Draw elements and flows, place them in trust boundaries, and they appear here."
            } else {
                "No threat passes the filters. Switch one of them off."
            };
            super::empty_ui(ui, text);
        }
    }

    /// Up and down step through the table while the pointer is over it and nothing else has the keyboard.
    fn key_step(&self, ui: &Ui) -> isize {
        if !ui.rect_contains_pointer(ui.max_rect()) || ui.ctx().text_edit_focused() {
            return 0;
        }
        ui.input_mut(|i| {
            let down = i.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            down as isize - i.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize
        })
    }

    fn head_cell(&mut self, ui: &mut Ui, by: By, label: &str) {
        ground(ui, Ink::Raised);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Sort by {label}")));
        let is_sorted = self.sort == by;
        let mark = match (is_sorted, self.is_descending) {
            (false, _) => "",
            (true, true) => " ▾",
            (true, false) => " ▴",
        };
        let color = style::ink(ui, if is_sorted || response.hovered() { Ink::Text } else { Ink::Muted });
        let (at, align) = match by {
            By::Inherent | By::Current | By::Planned => (rect.right_center() - vec2(12.0, 0.0), Align2::RIGHT_CENTER),
            _ => (rect.left_center() + vec2(6.0, 0.0), Align2::LEFT_CENTER),
        };
        let font = fonts::font(if is_sorted { Face::Bold } else { Face::Regular }, 11.0);
        ui.painter().text(at, align, format!("{label}{mark}"), font, color);
        if response.clicked() {
            self.is_descending =
                if is_sorted { !self.is_descending } else { matches!(by, By::Inherent | By::Current | By::Planned) };
            self.sort = by;
        }
    }
}

/// "236 · 9 possible", as in the status bar.
pub fn count(cx: &ViewCx<'_>) -> String {
    let counting = cx.assessment.totals.risk.counts.total();
    let possible = cx.assessment.totals.risk.possible;
    if possible == 0 { counting.to_string() } else { format!("{counting} · {possible} possible") }
}

fn owner<'a>(cx: &ViewCx<'a>, finding: &Finding) -> &'a str {
    let owner = cx.model.decisions.get(&finding.key).and_then(|d| d.owner.as_ref());
    owner.map_or("", |id| cx.model.name_of(id))
}

fn ground(ui: &Ui, ink: Ink) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, style::ink(ui, ink));
}

/// What a row says under the pointer: the whole title, and who decides how likely it is.
fn about(cx: &ViewCx<'_>, finding: &Finding) -> String {
    let who = finding.agent.as_ref().map(|agent| format!("\nDecided by {}", risk::name_of(cx.model, agent)));
    format!("{}{}", finding.title, who.unwrap_or_default())
}

/// A code is a hash; its beginning tells it apart well enough.
fn short(label: &str) -> String {
    label.chars().take(8).collect()
}

/// The cells of one row.
struct Cells<'a> {
    cx: &'a ViewCx<'a>,
    finding: &'a Finding,
    is_selected: bool,
}

impl Cells<'_> {
    fn draw(&mut self, row: &mut egui_extras::TableRow<'_, '_>) {
        let (cx, f) = (self.cx, self.finding);
        row.set_selected(false);
        let is_possible = f.status == FindingStatus::Possible;
        let ink = if is_possible { Ink::Muted } else { Ink::Text };
        self.cell(row, |ui, rect, selected| {
            if selected {
                ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, style::ink(ui, Ink::Accent));
            }
            let (face, glyph) = crate::scene::band_icon(f.band());
            let (face, glyph) = if is_possible { (Face::Icon, icon::QUESTION) } else { (face, glyph) };
            let color = style::ink(ui, Ink::RiskOutline(f.band()));
            ui.painter().text(rect.center() + vec2(3.0, 0.0), Align2::CENTER_CENTER, glyph, fonts::font(face, 15.0), color);
        });
        self.text(row, &short(&f.label()), Face::Mono, Ink::Muted).on_hover_text(f.label());
        let face = if self.is_selected { Face::Bold } else { Face::Regular };
        let title = self.text(row, &f.title, face, ink).on_hover_ui(|ui| {
            ui.label(about(cx, f));
            last_logged(cx, &f.key).into_iter().for_each(|logged| drop(ui.label(caption(ui, logged))));
        });
        title.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, self.is_selected, &f.title));
        self.text(row, &risk::name_of(cx.model, &f.key.anchor), Face::Regular, ink);
        let stride: Vec<&str> = f.categories.iter().map(|c| Category::name(*c)).collect();
        self.text(row, &stride.join(" "), Face::Mono, Ink::Text);
        for (rating, strong) in [(&f.inherent, false), (&f.current, true), (&f.planned, false)] {
            self.score(row, rating, strong && !is_possible);
        }
        self.cell(row, |ui, rect, _| {
            let (face, glyph, ink, word) =
                if is_possible { (Face::Icon, icon::QUESTION, Ink::Muted, "Possible") } else { treatment(f) };
            let at = pos2(rect.left() + 13.0, rect.center().y);
            ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 14.0), style::ink(ui, ink));
            let font = fonts::font(Face::Regular, 12.0);
            let at = pos2(rect.left() + 26.0, rect.center().y);
            // What came with a copy or rests on what has changed is not settled.
            let word = if f.needs_review() { format!("{word}, review") } else { word.to_owned() };
            let galley = elided(ui, &word, font, style::ink(ui, Ink::Text), rect.width() - 30.0);
            ui.painter().galley(at - vec2(0.0, galley.size().y / 2.0), galley, style::ink(ui, Ink::Text));
        });
        let (who, ink) = match owner(cx, f) {
            "" => ("Assign…", Ink::BorderStrong),
            name => (name, Ink::Text),
        };
        self.text(row, who, Face::Regular, ink);
        let due = cx.model.decisions.get(&f.key).and_then(|d| d.due);
        let (due, ink) = due.map_or_else(|| ("Set…".to_owned(), Ink::BorderStrong), |d| (d.to_string(), Ink::Text));
        self.text(row, &due, Face::Regular, ink);
    }

    fn cell(&self, row: &mut egui_extras::TableRow<'_, '_>, draw: impl FnOnce(&mut Ui, Rect, bool)) -> Response {
        let selected = self.is_selected;
        row.col(|ui| {
            let rect = ui.max_rect();
            if selected {
                ground(ui, Ink::AccentSoft);
            } else if ui.response().hovered() {
                ground(ui, Ink::Raised);
            }
            if let Some(glow) = self.cx.glow(&self.finding.key) {
                ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::Good).gamma_multiply(glow));
            }
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, style::line(ui, Ink::Border));
            draw(ui, rect, selected);
        })
        .1
    }

    fn text(&self, row: &mut egui_extras::TableRow<'_, '_>, text: &str, face: Face, ink: Ink) -> Response {
        self.cell(row, |ui, rect, _| {
            let color = style::ink(ui, ink);
            let galley = elided(ui, text, fonts::font(face, 12.0), color, rect.width() - 12.0);
            ui.painter().galley(pos2(rect.left() + 6.0, rect.center().y - galley.size().y / 2.0), galley, color);
        })
    }

    fn score(&self, row: &mut egui_extras::TableRow<'_, '_>, rating: &Rating, strong: bool) {
        self.cell(row, |ui, rect, _| {
            let face = if strong { Face::Bold } else { Face::Regular };
            let at = pos2(rect.right() - 12.0, rect.center().y);
            let color = style::ink(ui, Ink::Text);
            ui.painter().text(at, Align2::RIGHT_CENTER, format!("{:.1}", rating.score), fonts::font(face, 12.0), color);
            let swatch = Rect::from_center_size(pos2(rect.right() - 50.0, rect.center().y), vec2(9.0, 9.0));
            paint_ground(ui, swatch, 2.0, rating.band);
        });
    }
}
