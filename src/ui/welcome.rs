//! The page shown while no model is open: start one, open one, take up a recent one or a sample.

use super::painter::{Painter, View};
use super::widgets::{Row, link, muted, paint_ground};
use super::{Action, Command, Outbox, fonts, style};
use crate::model::{Band, ThreatModel};
use crate::risk::Assessment;
use crate::scene::{DiagramLayout, Scene};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Camera;
use egui::{Align2, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A file that was open not long ago.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentFile {
    pub path: PathBuf,
    /// Name of the model.
    pub name: String,
    /// Worst risk level and the number of threats in it, when last seen.
    pub worst: Option<(Band, usize)>,
}

/// What the card of a sample shows.
pub struct SampleCard {
    pub name: &'static str,
    pub model: ThreatModel,
    pub assessment: Assessment,
    pub layout: DiagramLayout,
    /// The diagram as seen from afar.
    pub scene: Scene,
}

/// What the page shows.
pub struct WelcomeCx<'a> {
    pub recent: &'a [RecentFile],
    /// Names of the samples, in order.
    pub names: &'a [&'static str],
    /// The samples that are ready to be shown.
    pub cards: &'a [SampleCard],
}

/// Height of head and samples, in points.
const HEIGHT: f32 = 640.0;

pub fn welcome_ui(ui: &mut Ui, cx: &WelcomeCx<'_>, out: &mut Outbox) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let width = (ui.available_width() - 64.0).clamp(600.0, 1328.0);
        let left = ((ui.available_width() - width) / 2.0).max(16.0);
        // A little above the middle, where there is room.
        let top = ((ui.available_height() - HEIGHT) * 0.4).clamp(20.0, 130.0);
        let origin = ui.max_rect().min + vec2(left, top);
        let whole = Rect::from_min_size(origin, vec2(width, HEIGHT));
        let mut page = ui.new_child(UiBuilder::new().max_rect(whole));
        head_ui(&mut page);
        page.add_space(32.0);
        let below = Rect::from_min_max(pos2(whole.left(), page.cursor().top()), whole.max);
        let first = below.with_max_x(below.left() + (width * 0.35).max(300.0));
        let second = below.with_min_x(first.right() + 56.0_f32.min(width * 0.04));
        let mut start = page.new_child(UiBuilder::new().max_rect(first).id_salt("start"));
        start_ui(&mut start, cx, out);
        let mut samples = page.new_child(UiBuilder::new().max_rect(second).id_salt("samples"));
        samples_ui(&mut samples, cx, out);
        let used = start.min_rect().union(samples.min_rect());
        ui.allocate_rect(used.expand(24.0), Sense::hover());
    });
}

fn samples_ui(ui: &mut Ui, cx: &WelcomeCx<'_>, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new("Samples").font(fonts::font(Face::Bold, 15.0)));
        ui.label(muted(ui, "opened as a copy"));
    });
    ui.add_space(6.0);
    let across = if ui.available_width() >= 700.0 { 3 } else { 2 };
    let width = (ui.available_width() - 16.0 * (across as f32 - 1.0)) / across as f32;
    ui.spacing_mut().item_spacing = vec2(16.0, 16.0);
    for names in cx.names.chunks(across) {
        ui.horizontal(|ui| {
            for name in names {
                let card = cx.cards.iter().find(|c| c.name == *name);
                if card_ui(ui, name, card, width).clicked() {
                    out.push(Action::OpenSample(name));
                }
            }
        });
    }
    drop_area(ui);
}

fn head_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        super::top_bar::logo(ui, 38.0);
        ui.vertical(|ui| {
            ui.label(egui::RichText::new("Palisade").font(fonts::font(Face::Bold, 24.0)));
            let line = "Draw the system, see its threats, agree on what to do. Nothing leaves this computer.";
            ui.label(egui::RichText::new(line).color(style::ink(ui, Ink::Muted)));
        });
    });
}

fn start_ui(ui: &mut Ui, cx: &WelcomeCx<'_>, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 12.0;
    let open = ".tm7, Threat Dragon, draw.io, OTM …";
    if big_choice(ui, Command::New, "New model", "An empty diagram, and patterns", true).clicked() {
        out.run(Command::New);
    }
    if big_choice(ui, Command::Open, "Open or import", open, false).clicked() {
        out.run(Command::Open);
    }
    let lines = "customer > web shop: orders, a line for each flow";
    if big_choice(ui, Command::WriteText, "Describe in text", lines, false).clicked() {
        out.run(Command::WriteText);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut tour = Row::new(ui, 36.0, false, Command::Tour.label());
    let (accent, text) = (style::ink(tour.ui, Ink::Accent), style::ink(tour.ui, Ink::Text));
    tour.indent(8.0).icon(Face::Icon, icon::FLAG, 18.0, accent);
    tour.indent(10.0).text("New here? Five minutes around a sample", fonts::font(Face::Regular, 13.0), text);
    if tour.response.clicked() {
        out.run(Command::Tour);
    }
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new("Recent").font(fonts::font(Face::Bold, 15.0)));
        if !cx.recent.is_empty() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if link(ui, "Clear list").clicked() {
                    out.push(Action::ForgetRecent);
                }
            });
        }
    });
    ui.add_space(8.0);
    if cx.recent.is_empty() {
        ui.label(muted(ui, "Files you open or save appear here."));
    }
    for file in cx.recent {
        let mut row = Row::new(ui, 48.0, false, &file.name);
        let color = style::ink(row.ui, Ink::Muted);
        row.icon(Face::Icon, icon::FILE, 18.0, color).indent(4.0);
        if let Some((band, count)) = file.worst {
            let rect = Rect::from_center_size(pos2(row.rest.right() - 20.0, row.rest.center().y), vec2(40.0, 20.0));
            pill(row.ui, rect, band, count);
            row.rest.max.x -= 52.0;
        }
        row.two_lines(&file.name, &file.path.display().to_string());
        if row.response.clicked() {
            out.push(Action::Open(file.path.clone()));
        }
    }
}

fn big_choice(ui: &mut Ui, command: Command, label: &str, about: &str, primary: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 68.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, command.label()));
    let (ground, strong, weak, accent) = if primary {
        (Ink::Accent, Ink::OnAccent, Ink::OnAccent, Ink::OnAccent)
    } else if response.hovered() {
        (Ink::Raised, Ink::Text, Ink::Muted, Ink::Accent)
    } else {
        (Ink::Panel, Ink::Text, Ink::Muted, Ink::Accent)
    };
    let border = if response.has_focus() || response.hovered() || primary { Ink::Accent } else { Ink::Border };
    let color = |ink| style::ink(ui, ink);
    let painter = ui.painter();
    painter.rect(rect, 6.0, color(ground), Stroke::new(1.0, color(border)), StrokeKind::Inside);
    let at = pos2(rect.left() + 30.0, rect.center().y);
    let glyph = command.icon().unwrap_or(icon::FILE);
    painter.text(at, Align2::CENTER_CENTER, glyph, fonts::font(Face::Icon, 26.0), color(accent));
    let at = pos2(rect.left() + 60.0, rect.center().y - 10.0);
    painter.text(at, Align2::LEFT_CENTER, label, fonts::font(Face::Bold, 15.0), color(strong));
    let at = pos2(rect.left() + 60.0, rect.center().y + 11.0);
    let keys = painter.layout_no_wrap(command.keys(ui.ctx()).unwrap_or_default(), fonts::font(Face::Mono, 11.0), color(weak));
    let cap =
        Rect::from_center_size(pos2(rect.right() - 16.0 - keys.size().x / 2.0, rect.center().y), keys.size() + vec2(8.0, 4.0));
    painter.rect_stroke(cap, 3.0, Stroke::new(1.0, color(weak)), StrokeKind::Inside);
    painter.galley(cap.center() - keys.size() / 2.0, keys, color(weak));
    let galley = super::widgets::elided(ui, about, fonts::font(Face::Regular, 12.0), color(weak), cap.left() - at.x - 8.0);
    painter.galley(pos2(at.x, at.y - galley.size().y / 2.0), galley, color(weak));
    response
}

fn card_ui(ui: &mut Ui, name: &str, card: Option<&SampleCard>, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 212.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
    let focused = response.hovered() || response.has_focus();
    let color = |ink| style::ink(ui, ink);
    let painter = ui.painter();
    let (line, border) = if focused { (2.0, Ink::Accent) } else { (1.0, Ink::Border) };
    let picture = rect.with_max_y(rect.top() + 144.0);
    painter.rect_filled(rect, 6.0, color(Ink::Panel));
    painter.rect_filled(picture.shrink(1.0), 6.0, color(Ink::Canvas));
    painter.hline(rect.x_range(), picture.bottom(), Stroke::new(1.0, color(Ink::Border)));
    painter.rect_stroke(rect, 6.0, Stroke::new(line, color(border)), StrokeKind::Inside);
    let width = rect.width() - 28.0;
    let title = super::widgets::elided(ui, name, fonts::font(Face::Bold, 13.0), color(Ink::Text), width);
    painter.galley(pos2(rect.left() + 14.0, picture.bottom() + 12.0), title, color(Ink::Text));
    let Some(card) = card else { return response };
    thumbnail(ui, picture.shrink(12.0), card);
    let at = pos2(rect.left() + 14.0, rect.bottom() - 20.0);
    let totals = &card.assessment.totals;
    let counts = format!("{} elements   {} threats", card.model.elements.len(), totals.risk.counts.total());
    painter.text(at, Align2::LEFT_CENTER, counts, fonts::font(Face::Regular, 11.0), color(Ink::Muted));
    let worst = Band::ALL.iter().map(|band| (*band, totals.current.get(*band))).find(|(_, count)| *count > 0);
    if let Some((band, count)) = worst {
        pill(ui, Rect::from_center_size(pos2(rect.right() - 32.0, at.y), vec2(40.0, 20.0)), band, count);
    }
    response
}

/// A risk pill in a given place.
fn pill(ui: &Ui, rect: Rect, band: Band, count: usize) {
    paint_ground(ui, rect, 10.0, band);
    let ink = style::ink(ui, Ink::OnRisk(band));
    let (face, glyph) = crate::scene::band_icon(band);
    let at = pos2(rect.left() + 12.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 12.0), ink);
    let at = pos2(rect.left() + 20.0, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, count.to_string(), fonts::font(Face::Bold, 11.0), ink);
}

/// The diagram from afar: shapes by kind, outlines in the colour of their risk.
fn thumbnail(ui: &Ui, rect: Rect, card: &SampleCard) {
    let camera = Camera::fit(card.layout.bounds, crate::geometry::vec2(rect.width(), rect.height()), 4.0, 1.0);
    let view = View { camera, rect };
    let painter = ui.painter().with_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
    let painter = Painter { painter: &painter, view, theme: style::theme(ui), opacity: 1.0 };
    painter.items(&card.scene.items);
}

fn drop_area(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
    let color = style::ink(ui, Ink::BorderStrong);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, Stroke::new(1.0, color), 4.0, 3.0));
    let muted = style::ink(ui, Ink::Muted);
    let at = pos2(rect.left() + 28.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon::TRAY, fonts::font(Face::Icon, 18.0), muted);
    let at = pos2(rect.left() + 48.0, rect.center().y);
    let text = "Drop files of any such tool anywhere in this window";
    ui.painter().text(at, Align2::LEFT_CENTER, text, fonts::font(Face::Regular, 13.0), muted);
}
