//! The figures above the charts.

use crate::model::{Band, Disposition};
use crate::register::{Column, Term};
use crate::risk::Finding;
use crate::scene::band_icon;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::elided;
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align2, Rect, Sense, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

const HIGH: f32 = 66.0;
const LEAST: f32 = 150.0;
const GAP: f32 = 8.0;

struct Tile {
    name: &'static str,
    figure: String,
    band: Option<Band>,
    /// What is to be known about it, at the right.
    beside: String,
    /// The threats a click shows.
    terms: Vec<Term>,
}

pub(super) fn ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let tiles = tiles(cx);
    let room = ui.available_width();
    let side_by_side = ((room + GAP) / (LEAST + GAP)).floor().clamp(1.0, tiles.len() as f32);
    // Two rows of three rather than five and one.
    let side_by_side = if side_by_side < tiles.len() as f32 && side_by_side >= 3.0 { 3.0 } else { side_by_side };
    let wide = (room - GAP * (side_by_side - 1.0)) / side_by_side;
    let rows = (tiles.len() as f32 / side_by_side).ceil();
    let (area, _) = ui.allocate_exact_size(vec2(room, rows * HIGH + (rows - 1.0) * GAP), Sense::hover());
    for (n, tile) in tiles.iter().enumerate() {
        let (row, column) = ((n as f32 / side_by_side).floor(), n as f32 % side_by_side);
        let at = pos2(area.left() + column * (wide + GAP), area.top() + row * (HIGH + GAP));
        tile_ui(ui, Rect::from_min_size(at, vec2(wide, HIGH)), tile, out);
    }
}

fn tiles(cx: &ViewCx<'_>) -> Vec<Tile> {
    let totals = &cx.assessment.totals;
    let counting = || cx.assessment.findings.values().filter(|f| f.counts());
    let worst = counting().max_by(|a, b| a.current.score.total_cmp(&b.current.score));
    let many = counting().count();
    let decided = counting().filter(|f| f.disposition != Disposition::Open).count();
    let answered = counting().filter(|f| !f.controls.is_empty()).count();
    let share = |n: usize| if many == 0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * n as f64 / many as f64) };
    let level = |band: Band, planned: usize| {
        let now = totals.risk.counts.get(band);
        let by = now as i64 - planned as i64;
        let beside = match by {
            0 => String::new(),
            by if by > 0 => format!("−{by} as planned"),
            by => format!("+{} as planned", -by),
        };
        Tile {
            name: band.label(),
            figure: now.to_string(),
            band: Some(band),
            beside,
            terms: vec![Term::word("counting"), Term::is(Column::Level.key(), [band.label()])],
        }
    };
    let by = cx.model.baselines.values().max_by(|a, b| a.on.cmp(&b.on).then_with(|| a.name.cmp(&b.name)));
    let since = by.map(|b| format!("{} since {}", change(totals.risk.load - b.load), b.name)).unwrap_or_default();
    let title = |f: &Finding| f.title.clone();
    vec![
        Tile {
            name: "Peak risk",
            figure: worst.map_or("–".to_owned(), |f| format!("{:.1}", f.current.score)),
            band: worst.map(|f| f.current.band),
            beside: worst.map(title).unwrap_or_default(),
            terms: worst.map(|f| vec![Term::is(Column::Name.key(), [f.title.as_str()])]).unwrap_or_default(),
        },
        Tile { name: "Load", figure: format!("{:.0}", totals.risk.load), band: None, beside: since, terms: Vec::new() },
        level(Band::Critical, totals.planned.get(Band::Critical)),
        level(Band::High, totals.planned.get(Band::High)),
        Tile {
            name: "Decided",
            figure: format!("{decided} of {many}"),
            band: None,
            beside: share(decided),
            terms: vec![Term::word("counting"), Term::word("decided")],
        },
        Tile {
            name: "Answered by a control",
            figure: share(answered),
            band: None,
            beside: format!("{answered} of {many}"),
            terms: vec![Term::word("counting"), Term::column(Column::Controls.key(), crate::register::Op::Has, ["any"])],
        },
    ]
}

/// "−142", "+3".
fn change(by: f64) -> String {
    if by < 0.0 { format!("−{:.0}", -by) } else { format!("+{by:.0}") }
}

fn tile_ui(ui: &Ui, rect: Rect, tile: &Tile, out: &mut Outbox) {
    let sense = if tile.terms.is_empty() { Sense::hover() } else { Sense::click() };
    let response = ui.interact(rect, ui.id().with(("tile", tile.name)), sense);
    let kind = if tile.terms.is_empty() { WidgetType::Label } else { WidgetType::Button };
    let said = format!("{}: {}. {}", tile.name, tile.figure, tile.beside);
    response.widget_info(|| WidgetInfo::labeled(kind, true, &said));
    let painter = ui.painter();
    let is_on = !tile.terms.is_empty() && (response.hovered() || response.has_focus());
    let edge = if is_on { Ink::Accent } else { Ink::Border };
    painter.rect(rect, 6.0, style::ink(ui, Ink::Panel), style::line(ui, edge), StrokeKind::Inside);
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let left = rect.left() + 14.0;
    painter.text(pos2(left, rect.top() + 17.0), Align2::LEFT_CENTER, tile.name, fonts::font(Face::Regular, 12.0), muted);
    let figure =
        painter.text(pos2(left, rect.bottom() - 22.0), Align2::LEFT_CENTER, &tile.figure, fonts::font(Face::Bold, 22.0), text);
    let mut after = figure.right();
    if let Some(band) = tile.band {
        let (face, glyph) = band_icon(band);
        let at = pos2(after + 16.0, figure.center().y);
        let ink = style::ink(ui, Ink::RiskOutline(band));
        painter.text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 18.0), ink);
        after += 28.0;
    }
    let room = rect.right() - 12.0 - after - 10.0;
    if room > 24.0 {
        let galley = elided(ui, &tile.beside, fonts::font(Face::Regular, 11.0), muted, room);
        let at = pos2(rect.right() - 12.0 - galley.size().x, figure.center().y + 4.0 - galley.size().y / 2.0);
        painter.galley(at, galley, muted);
    }
    if !tile.terms.is_empty() && response.on_hover_text(format!("{}\nA click shows these threats", said)).clicked() {
        out.push(Action::ShowThreats(tile.terms.clone()));
    }
}
