//! The checklist of good practices: where each is kept, planned and lacking.

use crate::hygiene::{Practice, Problem, Standing, practices};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::drawer::register::{Cells, ROW, rows};
use crate::ui::drawer::upkeep::Upkeep;
use crate::ui::widgets::{Row, elided, named};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Rect, Ui, pos2, vec2};

/// Room for the button of a row.
const BUTTON: f32 = 250.0;

#[derive(Default)]
pub struct PracticesView {
    content: Option<u64>,
    practices: Vec<Practice>,
}

impl PracticesView {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, upkeep: &mut Upkeep, out: &mut Outbox) {
        if self.content != Some(cx.content) {
            self.practices = practices(cx.model, cx.library, cx.assessment, cx.today);
            self.content = Some(cx.content);
        }
        rows(ui, "practices", self.practices.len(), |ui, n| {
            if let Some(practice) = self.practices.get(n) {
                row_ui(ui, cx, practice, upkeep, out);
            }
        });
    }
}

fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, practice: &Practice, upkeep: &mut Upkeep, out: &mut Outbox) {
    let many = |standing| practice.count(standing);
    let (kept, planned, lacking, unknown) =
        (many(Standing::Kept), many(Standing::Planned), many(Standing::Lacking), many(Standing::Unknown));
    let title = practice.check.title();
    let said = format!("{title}: kept at {kept} places, planned at {planned}, lacking at {lacking}, unknown at {unknown}");
    let mut row = Row::new(ui, ROW, false, &said);
    let (whole, response) = (row.whole, row.response.clone());
    let (glyph, ink) = match (practice.places.len(), lacking, planned + unknown) {
        (0, ..) => (icon::MINUS_CIRCLE, Ink::Muted),
        (_, 0, 0) => (icon::CHECK_CIRCLE, Ink::Good),
        (_, 0, _) => (icon::CIRCLE_HALF, Ink::Accent),
        _ => (icon::WARNING, Ink::Boundary),
    };
    let color = style::ink(row.ui, ink);
    row.indent(4.0).icon(Face::Icon, glyph, 15.0, color);
    let mut cells = Cells { ui, rest: whole.with_max_x(whole.right() - BUTTON).with_min_x(whole.left() + 34.0) };
    cells.line(whole);
    let bar = cells.right(132.0, "", Face::Regular, Ink::Muted);
    bar_ui(ui, Rect::from_center_size(bar.center() - vec2(6.0, 0.0), vec2(112.0, 8.0)), practice);
    let words = match practice.places.len() {
        0 => "nothing calls for it".to_owned(),
        all => {
            let mut parts = vec![format!("kept at {kept} of {all}")];
            parts.extend((planned > 0).then(|| format!("{planned} planned")));
            parts.extend((lacking > 0).then(|| format!("{lacking} lacking")));
            parts.extend((unknown > 0).then(|| format!("{unknown} unknown")));
            parts.join(" · ")
        }
    };
    cells.right(258.0, &words, Face::Regular, Ink::Text);
    let width = if whole.width() > 1100.0 { 250.0 } else { cells.rest.width() };
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let name = elided(ui, title, fonts::font(Face::Bold, 12.0), text, width - 10.0);
    ui.painter().galley(pos2(cells.rest.left(), whole.center().y - name.size().y / 2.0), name, text);
    if cells.rest.width() > 360.0 {
        let why = elided(ui, practice.check.why(), fonts::font(Face::Regular, 11.0), muted, cells.rest.width() - width - 10.0);
        ui.painter().galley(pos2(cells.rest.left() + width, whole.center().y - why.size().y / 2.0), why, muted);
    }
    // Rows lead to where it is lacking; where it is kept everywhere, to those places.
    if response.on_hover_text(practice.check.why()).clicked() {
        let wanted = if lacking > 0 { Standing::Lacking } else { Standing::Kept };
        let places = practice.places.iter().filter(|(_, standing)| *standing == wanted).map(|(id, _)| id.clone());
        let items: std::collections::BTreeSet<_> = places.collect();
        if let Some(first) = items.first().cloned() {
            out.push(Action::Select(Selection { items, ..Selection::default() }));
            out.push(Action::Reveal(first));
        }
    }
    let is_this = |p: &Problem| p.check == practice.check;
    let Some(n) = upkeep.problems.iter().position(is_this).filter(|_| lacking > 0) else { return };
    let Some(fix) = upkeep.fixes(n, cx, out).first().cloned() else { return };
    let place =
        Rect::from_min_max(pos2(whole.right() - BUTTON, whole.top() + 3.0), pos2(whole.right() - 12.0, whole.bottom() - 3.0));
    let label = elided(ui, &fix.label, fonts::font(Face::Regular, 12.0), text, place.width() - 20.0);
    let button = ui.put(place, egui::Button::new(label.text().to_owned()).truncate());
    if named(button, &format!("{title}: {}", fix.label)).on_hover_text(&fix.label).clicked() {
        out.commit(fix.edit);
    }
}

/// Kept, planned and lacking shares side by side.
fn bar_ui(ui: &Ui, rect: Rect, practice: &Practice) {
    let all = practice.places.len();
    if all == 0 {
        return;
    }
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, style::ink(ui, Ink::Raised));
    let mut left = rect.left();
    for (standing, ink) in [(Standing::Kept, Ink::Good), (Standing::Planned, Ink::Accent)] {
        let width = rect.width() * practice.count(standing) as f32 / all as f32;
        if width > 0.0 {
            painter.rect_filled(
                Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height())),
                2.0,
                style::ink(ui, ink),
            );
            left += width;
        }
    }
    painter.rect_stroke(rect, 4.0, style::line(ui, Ink::BorderStrong), egui::StrokeKind::Inside);
}
