//! The rows of the table: a threat, or the heading of a group.

use super::{COLUMNS, Group, ground, owner};
use crate::model::Category;
use crate::risk::{self, Finding, FindingStatus, Rating};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::logged::last_logged;
use crate::ui::widgets::{caption, elided, paint_ground, treatment};
use crate::ui::{ViewCx, fonts, style};
use egui::{Align2, Rect, Response, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// The heading of a group, with how many threats are in it.
pub(super) fn heading_row(row: &mut egui_extras::TableRow<'_, '_>, group: Group, many: usize, is_folded: bool) {
    row.set_selected(false);
    for n in 0..=COLUMNS.len() {
        let (_, response) = row.col(|ui| {
            ground(ui, Ink::Raised);
            let rect = ui.max_rect();
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, style::line(ui, Ink::Border));
            if n == 0 {
                let caret = if is_folded { icon::CARET_RIGHT } else { icon::CARET_DOWN };
                let font = fonts::font(Face::Icon, 12.0);
                ui.painter().text(rect.center(), Align2::CENTER_CENTER, caret, font, style::ink(ui, Ink::Muted));
            }
            // The title begins two columns in; before it is the id, which a heading has none of.
            if n == 2 {
                let text = format!("{}, {}", group.label(), threats(many));
                let galley = elided(ui, &text, fonts::font(Face::Bold, 12.0), style::ink(ui, Ink::Text), rect.width() - 12.0);
                let at = pos2(rect.left() + 6.0, rect.center().y - galley.size().y / 2.0);
                ui.painter().galley(at, galley, style::ink(ui, Ink::Text));
            }
        });
        if n == 2 {
            let name = format!("{}: {}", group.label(), threats(many));
            response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, true, !is_folded, &name));
        }
    }
}

fn threats(many: usize) -> String {
    if many == 1 { "1 threat".to_owned() } else { format!("{many} threats") }
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
pub(super) struct Cells<'a> {
    pub cx: &'a ViewCx<'a>,
    pub finding: &'a Finding,
    pub is_selected: bool,
}

impl Cells<'_> {
    pub fn draw(&mut self, row: &mut egui_extras::TableRow<'_, '_>) {
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
