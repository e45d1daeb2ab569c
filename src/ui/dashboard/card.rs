//! One chart in its frame: drawn or as a table, to be clicked and taken along.

use super::{Dashboard, ask, table};
use crate::chart::{Drawn, Figure, Look, State, Topic, draw, tsv};
use crate::geometry::pt;
use crate::register::Term;
use crate::text::{Face, icon};
use crate::theme::{Ink, Theme};
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::widgets::{caption, elided, icon_button, primary_button, segmented};
use crate::ui::{Action, ChartFile, Outbox, ViewCx, fonts, style};
use crate::what_if::Aim;
use egui::{Align, Layout, Popup, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2};
use std::rc::Rc;

const PAD: f32 = 14.0;
const HEAD: f32 = 30.0;
const FOOT: f32 = 18.0;

impl Dashboard {
    pub(super) fn card_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, topic: Topic, narrowed: &[Term], out: &mut Outbox) {
        let area = ui.max_rect();
        ui.painter().rect(area, 6.0, style::ink(ui, Ink::Panel), style::line(ui, Ink::Border), StrokeKind::Inside);
        let inner = area.shrink2(vec2(PAD, 10.0));
        let head = inner.with_max_y(inner.top() + HEAD);
        let foot = inner.with_min_y(inner.bottom() - FOOT);
        let body = Rect::from_min_max(pos2(inner.left(), head.bottom() + 6.0), pos2(inner.right(), foot.top() - 4.0));
        let figure = self.figure(cx, topic);
        let mut bar = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::left_to_right(Align::Center)));
        self.head_ui(&mut bar, cx, &figure, out);
        let mut part = ui.new_child(UiBuilder::new().max_rect(body).layout(Layout::top_down(Align::Min)));
        part.set_clip_rect(body.expand(2.0).intersect(ui.clip_rect()));
        if topic == Topic::Roadmap && figure.rows.is_empty() {
            roadmap_ui(&mut part, cx, out);
        } else if figure.is_empty() {
            let at = body.center();
            let font = fonts::font(Face::Regular, 12.0);
            let words = if topic == Topic::Linddun { "No privacy threats." } else { "No threats yet." };
            ui.painter().text(at, egui::Align2::CENTER_CENTER, words, font, style::ink(ui, Ink::Muted));
        } else if self.tables.contains(&topic) {
            table::ui(&mut part, &figure, narrowed, out);
        } else {
            self.picture_ui(&mut part, cx, Rc::clone(&figure), narrowed, out);
        }
        let muted = style::ink(ui, Ink::Muted);
        let note = elided(ui, &figure.note, fonts::font(Face::Regular, 11.0), muted, foot.width());
        let is_cut = note.elided;
        ui.painter().galley(pos2(foot.left(), foot.center().y - note.size().y / 2.0), note, muted);
        if is_cut {
            let response = ui.interact(foot, ui.id().with("note"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &figure.note));
            response.on_hover_text(&figure.note);
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, figure: &Figure, out: &mut Outbox) {
        let topic = figure.topic;
        // Where there is no room for both, what there is to choose stays.
        let chooser = match topic {
            Topic::Matrix(_) => 196.0,
            Topic::Stride | Topic::Linddun => 128.0,
            _ => 0.0,
        };
        let room = (ui.available_width() - chooser - 64.0).max(0.0);
        let text = style::ink(ui, Ink::Text);
        let title = |words: &str| elided(ui, words, fonts::font(Face::Bold, 14.0), text, room);
        let name = Some(title(figure.title)).filter(|name| !name.elided).unwrap_or_else(|| title(topic.short()));
        let (rect, label) = ui.allocate_exact_size(vec2(name.size().x, 24.0), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, figure.title));
        ui.painter().galley(pos2(rect.left(), rect.center().y - name.size().y / 2.0), name, text);
        label.on_hover_text(figure.title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let export = icon_button(ui, icon::EXPORT, &format!("Take {} along", figure.title.to_lowercase()));
            Popup::menu(&export).show(|ui| {
                if ui.button("Copy as a table").clicked() {
                    ui.ctx().copy_text(tsv(figure));
                }
                for (file, words) in
                    [(ChartFile::Svg, "Save as SVG…"), (ChartFile::Png, "Save as PNG…"), (ChartFile::Csv, "Save as CSV…")]
                {
                    if ui.button(words).clicked() {
                        out.push(Action::SaveChart(topic, file));
                    }
                }
            });
            let is_table = self.tables.contains(&topic);
            let (glyph, words) = if is_table { (icon::CHART_BAR, "a chart") } else { (icon::TABLE, "a table") };
            let name = format!("{} as {words}", figure.title);
            if icon_button(ui, glyph, &name).clicked() && !self.tables.remove(&topic) {
                self.tables.insert(topic);
            }
            ui.add_space(4.0);
            match topic {
                Topic::Matrix(_) => {
                    let all = State::ALL.map(|state| (state, state.label()));
                    if let Some(state) = side_by_side(ui, 192.0, |ui| segmented(ui, "Matrix", self.state, &all)) {
                        self.state = state;
                    }
                }
                Topic::Stride | Topic::Linddun => {
                    let all = [(false, "STRIDE"), (true, "LINDDUN")];
                    if let Some(privacy) = side_by_side(ui, 124.0, |ui| segmented(ui, "Classes", self.privacy, &all)) {
                        self.privacy = privacy;
                    }
                }
                Topic::Roadmap if cx.roadmap.is_some_and(|found| found.is_stale) => {
                    ui.label(caption(ui, "for an earlier state"));
                }
                _ => {}
            }
        });
    }

    fn picture_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, figure: Rc<Figure>, narrowed: &[Term], out: &mut Outbox) {
        let room = ui.available_rect_before_wrap();
        // Long lists are scrolled; everything else fills its card.
        let tall =
            if matches!(figure.topic, Topic::Elements | Topic::Boundaries) { figure.rows.len() as f32 * 19.0 } else { 0.0 };
        let size = vec2(room.width() - if tall > room.height() { 12.0 } else { 0.0 }, room.height().max(tall));
        let look = Look { wide: size.x.floor(), high: size.y.floor(), is_patterned: cx.theme == Theme::Projector };
        let topic = figure.topic;
        let is_kept =
            |(of, at, theme, _): &(Rc<Figure>, Look, Theme, Drawn)| Rc::ptr_eq(of, &figure) && *at == look && *theme == cx.theme;
        if !self.drawn.get(&topic).is_some_and(is_kept) {
            let drawn = draw(&figure, look);
            self.drawn.insert(topic, (figure, look, cx.theme, drawn));
        }
        let Some((figure, _, _, drawn)) = self.drawn.get(&topic) else { return };
        egui::ScrollArea::vertical().id_salt("picture").auto_shrink([false, false]).show(ui, |ui| {
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, figure.words()));
            let center = pt(rect.width() / 2.0, rect.height() / 2.0);
            let view = View { camera: Camera { center, scale: 1.0 }, rect }.on_pixels(ui.ctx().pixels_per_point());
            Painter { painter: ui.painter(), view, theme: cx.theme, opacity: 1.0 }.items(&drawn.scene.items);
            for spot in &drawn.spots {
                let terms = figure.asks(spot.row, spot.column);
                let area = view.rect_to_screen(spot.rect);
                let id = ui.id().with((topic, spot.row, spot.column));
                let is_button = !terms.is_empty();
                let response = ui.interact(area, id, if is_button { Sense::click() } else { Sense::hover() });
                let kind = if is_button { WidgetType::Button } else { WidgetType::Label };
                response.widget_info(|| WidgetInfo::labeled(kind, true, &spot.said));
                let is_on = is_button && terms == narrowed;
                if is_on || response.has_focus() || (is_button && response.hovered()) {
                    let width = if is_on { 2.5 } else { 1.5 };
                    let stroke = Stroke::new(width, style::ink(ui, Ink::Accent));
                    ui.painter().rect_stroke(area.expand(1.0), 3.0, stroke, StrokeKind::Outside);
                }
                let tip = match (is_button, is_on) {
                    (true, true) => format!("{}\nA click shows all threats again", spot.said),
                    (true, false) => format!("{}\nA click shows these threats", spot.said),
                    (false, _) => spot.said.clone(),
                };
                if response.on_hover_text(tip).clicked() {
                    ask(narrowed, terms, out);
                }
            }
        });
    }
}

/// Segments stand from the left although the head is filled from the right.
fn side_by_side<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::left_to_right(Align::Center), add).inner
}

/// What stands where no roadmap is yet.
fn roadmap_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let is_searching = cx.roadmap.is_some_and(|found| found.roadmap.is_none());
    ui.add_space(ui.available_height() / 2.0 - 28.0);
    ui.vertical_centered(|ui| {
        if is_searching {
            ui.label(caption(ui, "Trying controls…"));
        } else {
            ui.label(caption(ui, "Which controls pay off most, and where does the load go with them?"));
            ui.add_space(4.0);
            if primary_button(ui, "Find the next best controls").clicked() {
                out.push(Action::FindRoadmap(Aim { on: Some(cx.today), ..Aim::default() }));
            }
        }
    });
}
