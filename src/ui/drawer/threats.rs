//! The table of all threats: sortable, filtered, in groups by layer if wanted, selecting both ways.

mod row;

use crate::model::{Band, Disposition, Layer, ThreatKey};
use crate::risk::{AnchorKind, Coverage, Coverages, Finding, FindingStatus};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{caption, filter_chip, line_edit, named, optional_choice};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Align2, Key, Layout, Modifiers, Sense, Ui, vec2};
use egui_extras::{Column, TableBuilder};
use std::cmp::Ordering;
use std::collections::BTreeSet;

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
    layer: Option<Layer>,
    /// In groups by layer.
    by_layer: bool,
    /// Groups of which only the heading is shown.
    folded: BTreeSet<Group>,
    text: String,
    seen: Option<ThreatKey>,
    /// What is shown, in order, and what it was worked out for.
    listed: (Option<Listing>, Vec<Line>),
    /// How many of them, of how many threats.
    shown: (usize, usize),
}

/// What rows stand under one heading for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Layer(Layer),
    /// What only applies if an answer says so stands apart from what is confirmed.
    Possible,
}

impl Group {
    fn label(self) -> &'static str {
        match self {
            Group::Layer(layer) => layer.label(),
            Group::Possible => "Possible, until questions are answered",
        }
    }
}

/// A row of the table.
enum Line {
    Heading(Group, usize),
    Threat(ThreatKey),
}

/// Everything the list depends on: the content of the model, order and filters.
#[derive(Clone, PartialEq)]
struct Listing {
    content: u64,
    sort: (By, bool),
    filters: [bool; 4],
    layers: (Option<Layer>, bool, BTreeSet<Group>),
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
            layer: None,
            by_layer: false,
            folded: BTreeSet::new(),
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
            content: cx.content,
            sort: (self.sort, self.is_descending),
            filters: [self.open, self.crossing, self.medium, self.gaps],
            layers: (self.layer, self.by_layer, self.folded.clone()),
            text: self.text.clone(),
        });
        if self.listed.0 != listing {
            let rows = self.rows(cx);
            self.shown = (rows.len(), cx.assessment.findings.len());
            self.listed = (listing, self.grouped(&rows));
        }
        let rows = std::mem::take(&mut self.listed.1);
        self.table_ui(ui, cx, &rows, out);
        self.listed.1 = rows;
    }

    /// The filters, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui) {
        let filter = line_edit(&mut self.text).hint_text("Filter threats").desired_width(160.0);
        named(ui.add(filter), "Filter threats");
        let layers: Vec<(Layer, String)> = Layer::ALL.iter().map(|layer| (*layer, layer.label().to_owned())).collect();
        ui.allocate_ui(vec2(130.0, 24.0), |ui| {
            if let Some(layer) = optional_choice(ui, "threat layer", "Layer", self.layer.as_ref(), &layers, "Every layer") {
                self.layer = layer;
            }
        });
        if filter_chip(ui, self.by_layer, "By layer").on_hover_text("In groups by scope layer").clicked() {
            self.by_layer = !self.by_layer;
        }
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
        self.open || self.crossing || self.medium || self.gaps || self.layer.is_some() || !self.text.trim().is_empty()
    }

    /// The findings to show, in order.
    fn rows<'a>(&self, cx: &ViewCx<'a>) -> Vec<&'a Finding> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let coverages = Coverages::new(cx.model, cx.library, cx.today);
        let wanted = |f: &&Finding| {
            let crosses = || f.anchor == AnchorKind::Flow && cx.assessment.crossings.contains_key(&f.key.anchor);
            self.layer.is_none_or(|layer| f.layer == layer)
                && (!self.open || f.disposition == Disposition::Open)
                && (!self.crossing || crosses())
                && (!self.medium || f.band() <= Band::Medium)
                && (!self.gaps || (f.counts() && coverages.of(f) == Coverage::Gap))
                && (words.is_empty() || {
                    let all = format!("{} {} {}", f.title, f.label(), cx.model.name_of(&f.key.anchor)).to_lowercase();
                    words.iter().all(|w| all.contains(w.as_str()))
                })
        };
        let due = |f: &Finding| cx.model.decisions.get(&f.key).and_then(|d| d.due);
        let score = |f: &Finding| match self.sort {
            By::Inherent => f.inherent.score,
            By::Planned => f.planned.score,
            _ => f.current.score,
        };
        // With their scores beside them and in the order of places: so tens of thousands are sorted in no time.
        let mut rows: Vec<(f64, &Finding)> = cx.assessment.findings.values().filter(wanted).map(|f| (score(f), f)).collect();
        if matches!(self.sort, By::Id) {
            // Codes are worked out on demand, so once for each.
            rows.sort_by_cached_key(|(_, f)| f.code());
        }
        rows.sort_by(|(score_a, a), (score_b, b)| {
            let order = match self.sort {
                By::Id => a.number.is_none().cmp(&b.number.is_none()).then(a.number.cmp(&b.number)),
                By::Threat => a.title.cmp(&b.title),
                By::Element => cx.model.name_of(&a.key.anchor).cmp(cx.model.name_of(&b.key.anchor)),
                By::Stride => a.categories.cmp(&b.categories),
                By::Inherent | By::Current | By::Planned => score_a.total_cmp(score_b),
                By::Treatment => a.disposition.cmp(&b.disposition),
                By::Owner => owner(cx, a).cmp(owner(cx, b)),
                By::Due => due(a).is_none().cmp(&due(b).is_none()).then(due(a).cmp(&due(b))),
            };
            let order = if self.is_descending { order.reverse() } else { order };
            // What only may apply comes last, and places stay in their order.
            let rule = || if matches!(self.sort, By::Id) { Ordering::Equal } else { a.key.rule.cmp(&b.key.rule) };
            a.status.cmp(&b.status).then(order).then_with(rule)
        });
        rows.into_iter().map(|(_, finding)| finding).collect()
    }

    /// What is confirmed as it is or under headings of its layers, then what is only possible.
    fn grouped(&self, rows: &[&Finding]) -> Vec<Line> {
        let threat = |finding: &&Finding| Line::Threat(finding.key.clone());
        let mut lines = Vec::new();
        let mut under = |group: Group, within: Vec<&Finding>| {
            if within.is_empty() {
                return;
            }
            lines.push(Line::Heading(group, within.len()));
            if !self.folded.contains(&group) {
                lines.extend(within.iter().map(threat));
            }
        };
        let (confirmed, possible): (Vec<&Finding>, Vec<&Finding>) =
            rows.iter().copied().partition(|f| f.status == FindingStatus::Applies);
        if self.by_layer {
            for layer in Layer::ALL {
                under(Group::Layer(*layer), confirmed.iter().copied().filter(|finding| finding.layer == *layer).collect());
            }
            under(Group::Possible, possible);
            return lines;
        }
        under(Group::Possible, possible);
        confirmed.iter().map(threat).chain(lines).collect()
    }

    fn table_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, rows: &[Line], out: &mut Outbox) {
        let selected = cx.selection.threat.as_ref();
        let at = selected.and_then(|key| rows.iter().position(|row| matches!(row, Line::Threat(of) if of == key)));
        let step = self.key_step(ui);
        if step != 0 {
            let mut next = at.map_or(0, |n| n.saturating_add_signed(step)).min(rows.len().saturating_sub(1));
            if let Some(Line::Heading(..)) = rows.get(next) {
                next = next.saturating_add_signed(if at.is_none() { 1 } else { step });
            }
            if let Some(Line::Threat(key)) = rows.get(next) {
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
            .column(Column::exact(if is_wide { 164.0 } else { 132.0 }).clip(true))
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
                let finding = match rows.get(row.index()) {
                    Some(Line::Heading(group, many)) => {
                        row::heading_row(&mut row, *group, *many, self.folded.contains(group));
                        if row.response().clicked() && !self.folded.remove(group) {
                            self.folded.insert(*group);
                        }
                        return;
                    }
                    Some(Line::Threat(key)) => cx.assessment.findings.get(key),
                    None => None,
                };
                let Some(finding) = finding else { return };
                let is_selected = selected == Some(&finding.key);
                let mut cells = row::Cells { cx, finding, is_selected };
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

pub(super) fn owner<'a>(cx: &ViewCx<'a>, finding: &Finding) -> &'a str {
    let owner = cx.model.decisions.get(&finding.key).and_then(|d| d.owner.as_ref());
    owner.map_or("", |id| cx.model.name_of(id))
}

pub(super) fn ground(ui: &Ui, ink: Ink) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, style::ink(ui, ink));
}
