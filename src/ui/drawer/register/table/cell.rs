//! Rows and their cells, painted.

use super::{LEAD, Loads, Spot, cell_rect};
use crate::model::{Band, Key};
use crate::register::{Cell, Column, Facts, Flag, Group, Register, Row};
use crate::risk::{FindingStatus, name_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::drawer::effects::points;
use crate::ui::logged::last_logged;
use crate::ui::widgets::{caption, elided, paint_ground, treatment};
use crate::ui::{ViewCx, fonts, style};
use egui::{Align2, Rect, Response, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// How a row stands at the moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub is_chosen: bool,
    /// The cell the keyboard is at.
    pub cursor: Option<Column>,
}

/// One row in its place.
pub(super) struct RowUi<'r, 'a, 'f> {
    pub cx: &'r ViewCx<'a>,
    pub facts: &'r Facts<'f>,
    pub register: Register,
    pub row: &'r Row,
    pub rect: Rect,
    pub spots: &'r [Spot],
    pub state: State,
}

/// What stands where something is to be filled in.
pub(super) fn placeholder(register: Register, column: Column) -> Option<&'static str> {
    match (register, column) {
        (Register::People, _) => None,
        (_, Column::Owner) => Some("Assign…"),
        (Register::Threats | Register::Controls, Column::Due) => Some("Set…"),
        _ => None,
    }
}

impl RowUi<'_, '_, '_> {
    pub fn draw(&self, ui: &mut Ui, cells: &[Cell], response: &Response, loads: Loads<'_>) {
        let rect = self.rect;
        let said = self.said();
        response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, self.state.is_chosen, &said));
        let painter = ui.painter();
        if self.state.is_chosen {
            painter.rect_filled(rect, 0.0, style::ink(ui, Ink::AccentSoft));
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
        }
        if self.state.is_chosen || self.facts.is(self.row, Flag::Selected) {
            painter.rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, style::ink(ui, Ink::Accent));
        }
        if let Row::Threat(key) = self.row
            && let Some(glow) = self.cx.glow(key)
        {
            painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Good).gamma_multiply(glow));
        }
        painter.hline(rect.x_range(), rect.bottom() - 0.5, style::line(ui, Ink::Border));
        for (spot, cell) in self.spots.iter().zip(cells) {
            let area = cell_rect(rect, spot);
            if spot.column == Column::Load && self.is_worked_out() {
                let by = loads(ui, self.row).filter(|by| by.abs() >= 0.05);
                let words = by.map(points).unwrap_or_default();
                self.number(ui, area, &words, Face::Bold, Ink::Text);
            } else {
                self.cell(ui, area, spot.column, cell);
            }
            if self.state.cursor == Some(spot.column) {
                let frame = area.shrink2(vec2(0.5, 1.0));
                ui.painter().rect_stroke(frame, 2.0, egui::Stroke::new(1.5, style::ink(ui, Ink::Accent)), StrokeKind::Inside);
            }
        }
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        self.tell(ui, response, cells);
    }

    /// What it does to the load is found out on a copy of the model, one a frame.
    fn is_worked_out(&self) -> bool {
        matches!(self.register, Register::Controls | Register::Vulnerabilities | Register::Agents)
    }

    /// The whole of what does not fit, and who decides.
    fn tell(&self, ui: &Ui, response: &Response, cells: &[Cell]) {
        if !response.hovered() {
            return;
        }
        let pointer = ui.ctx().pointer_latest_pos();
        let under = |(spot, _): &(&Spot, &Cell)| pointer.is_some_and(|at| cell_rect(self.rect, spot).contains(at));
        let Some((spot, cell)) = self.spots.iter().zip(cells).find(under) else { return };
        let words = cell.words().into_owned();
        let about = match (self.row, spot.column) {
            (Row::Threat(key), Column::Name) => {
                let agent = self.facts.finding(key).and_then(|f| f.agent.as_ref());
                let who = agent.map(|agent| format!("\nDecided by {}", name_of(self.cx.model, agent))).unwrap_or_default();
                format!("{words}{who}")
            }
            (Row::Threat(key), Column::Status) => {
                let Some(finding) = self.facts.finding(key) else { return };
                let review = finding.stale.iter().map(|stale| format!("\nInput changed: {stale}"));
                format!("{}{}{}", words, review.collect::<String>(), after_newline(&finding.expiry()))
            }
            (Row::Implied(..), _) => "Brought along by the protocol or authentication of flows".to_owned(),
            (_, Column::Category) => cell.parts().join(", "),
            _ => words,
        };
        let logged = threat(self.row).and_then(|key| last_logged(self.cx, key)).filter(|_| spot.column == Column::Name);
        if about.is_empty() {
            return;
        }
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.label(about);
            logged.into_iter().for_each(|logged| drop(ui.label(caption(ui, logged))));
        });
    }

    fn cell(&self, ui: &Ui, area: Rect, column: Column, cell: &Cell) {
        let finding = threat(self.row).and_then(|key| self.facts.finding(key));
        let is_possible = finding.is_some_and(|f| f.status == FindingStatus::Possible);
        let is_quiet = is_possible || matches!(self.row, Row::Implied(..)) || self.is_idle();
        let ink = if is_quiet { Ink::Muted } else { Ink::Text };
        match (cell, column) {
            (Cell::Nothing, column) => {
                let words = placeholder(self.register, column).unwrap_or_default();
                let is_written = !matches!(self.row, Row::Implied(..));
                self.text(ui, area, if is_written { words } else { "" }, Face::Regular, Ink::BorderStrong);
            }
            (Cell::Score(score, band), column) => {
                let face = if column == Column::Current && !is_possible { Face::Bold } else { Face::Regular };
                let right = self.number(ui, area, &format!("{score:.1}"), face, Ink::Text);
                let swatch = Rect::from_center_size(pos2(right - 42.0, area.center().y), vec2(9.0, 9.0));
                if swatch.left() > area.left() {
                    paint_ground(ui, swatch, 2.0, *band);
                }
            }
            (Cell::Level(band), _) => {
                let swatch = Rect::from_center_size(pos2(area.left() + 11.0, area.center().y), vec2(9.0, 9.0));
                paint_ground(ui, swatch, 2.0, *band);
                self.text(ui, area.with_min_x(area.left() + 14.0), band.label(), Face::Regular, ink);
            }
            (Cell::Choice(word, _), Column::Status) if finding.is_some() => {
                let Some(f) = finding else { return };
                let (face, glyph, sign) = match is_possible {
                    true => (Face::Icon, icon::QUESTION, Ink::Muted),
                    false => (treatment(f).0, treatment(f).1, treatment(f).2),
                };
                let at = pos2(area.left() + 13.0, area.center().y);
                ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 14.0), style::ink(ui, sign));
                // What came with a copy or rests on what has changed is not settled.
                let word = if f.needs_review() { format!("{word}, review") } else { (*word).to_owned() };
                self.text(ui, area.with_min_x(area.left() + 18.0), &word, Face::Regular, Ink::Text);
            }
            (Cell::Day(day), column) => {
                let is_late = matches!(column, Column::Due | Column::Expires) && self.facts.is(self.row, Flag::Overdue);
                let (face, ink) = if is_late { (Face::Bold, Ink::Boundary) } else { (Face::Regular, ink) };
                self.text(ui, area, &day.to_string(), face, ink);
            }
            (Cell::Number(..), _) => drop(self.number(ui, area, &cell.words(), Face::Regular, ink)),
            (cell, Column::Name) => {
                let face = if self.state.is_chosen { Face::Bold } else { Face::Regular };
                self.text(ui, area, &cell.words(), face, ink);
            }
            // A code is a hash; its beginning tells it apart well enough.
            (cell, Column::Id) => {
                let short: String = cell.words().chars().take(8).collect();
                self.text(ui, area, &short, Face::Mono, Ink::Muted);
            }
            (cell, Column::Category | Column::Cwe) => self.text(ui, area, &cell.words(), Face::Mono, ink),
            (cell, _) => self.text(ui, area, &cell.words(), Face::Regular, ink),
        }
    }

    /// An agent nobody counts, a control that is gone.
    fn is_idle(&self) -> bool {
        match self.row {
            Row::Record(Key::Agent(id)) => self.cx.model.agents.get(id).is_some_and(|a| !a.active),
            row => self.register == Register::Controls && self.facts.is(row, Flag::Retired),
        }
    }

    fn text(&self, ui: &Ui, area: Rect, words: &str, face: Face, ink: Ink) {
        if words.is_empty() || area.width() < 8.0 {
            return;
        }
        let color = style::ink(ui, ink);
        let galley = elided(ui, words, fonts::font(face, 12.0), color, area.width() - 12.0);
        ui.painter().galley(pos2(area.left() + 6.0, area.center().y - galley.size().y / 2.0), galley, color);
    }

    /// Numbers stand at the right; where they end.
    fn number(&self, ui: &Ui, area: Rect, words: &str, face: Face, ink: Ink) -> f32 {
        let right = area.right() - 10.0;
        let at = pos2(right, area.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, words, fonts::font(face, 12.0), style::ink(ui, ink));
        right
    }
}

fn threat(row: &Row) -> Option<&crate::model::ThreatKey> {
    super::threat_of(row)
}

fn after_newline(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("\n{words}") }
}

/// The heading of a group, over the whole width.
pub(super) fn group_ui(ui: &Ui, register: Register, rect: Rect, response: &Response, group: &Group) {
    let many = register.counted(group.many);
    let said = format!("{}: {many}", group.words);
    response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, true, !group.is_folded, &said));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
    painter.hline(rect.x_range(), rect.bottom() - 0.5, style::line(ui, Ink::Border));
    let caret = if group.is_folded { icon::CARET_RIGHT } else { icon::CARET_DOWN };
    let at = pos2(rect.left() + LEAD / 2.0, rect.center().y);
    painter.text(at, Align2::CENTER_CENTER, caret, fonts::font(Face::Icon, 12.0), style::ink(ui, Ink::Muted));
    let color = style::ink(ui, Ink::Text);
    let name = painter.layout_no_wrap(group.words.clone(), fonts::font(Face::Bold, 12.0), color);
    let (left, width) = (rect.left() + LEAD + 6.0, name.size().x);
    painter.galley(pos2(left, rect.center().y - name.size().y / 2.0), name, color);
    let at = pos2(left + width + 8.0, rect.center().y);
    let muted = style::ink(ui, Ink::Muted);
    let drawn = painter.text(at, Align2::LEFT_CENTER, many, fonts::font(Face::Regular, 12.0), muted);
    if let Some(band) = group.worst {
        let swatch = Rect::from_center_size(pos2(drawn.right() + 14.0, rect.center().y), vec2(9.0, 9.0));
        paint_ground(ui, swatch, 2.0, band);
        let words = if band == Band::Minimal { "minimal".to_owned() } else { format!("up to {}", band.label().to_lowercase()) };
        let at = pos2(swatch.right() + 5.0, rect.center().y);
        painter.text(at, Align2::LEFT_CENTER, words, fonts::font(Face::Regular, 12.0), muted);
    }
    if response.has_focus() {
        focus_ring(ui, rect);
    }
}

/// What has the keyboard is framed.
pub(super) fn focus_ring(ui: &Ui, rect: Rect) {
    ui.painter().rect_stroke(rect.shrink(1.0), 3.0, style::line(ui, Ink::Accent), StrokeKind::Inside);
}
