//! A page of the report on the screen: the same shapes that are printed.

use crate::geometry::{pt, rect};
use crate::report::{Content, Page, Pixels};
use crate::scene::{Shape, TextRun};
use crate::theme::{Ink, Rgba, Theme};
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::style;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Shows a page as large as the room allows.
pub fn show(ui: &mut Ui, room: Rect, page: &Page, number: usize) {
    let (w, h) = page.sheet.size();
    let scale = ((room.width() - 24.0) / w).min((room.height() - 24.0) / h).max(0.05);
    let size = vec2(w * scale, h * scale);
    let min = pos2(room.center().x - size.x / 2.0, room.center().y - size.y / 2.0);
    let paper = Rect::from_min_size(min.round(), size);
    let response = ui.allocate_rect(room, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, format!("Page {number}: {}", page.chapter)));
    let white = style::color32(Theme::Paper.color(Ink::Canvas));
    ui.painter().rect_filled(paper, 0.0, white);
    let outside = style::ink(ui, Ink::BorderStrong);
    ui.painter().rect_stroke(paper, 0.0, Stroke::new(1.0, outside), StrokeKind::Outside);
    let view = View { camera: Camera { center: pt(w / 2.0, h / 2.0), scale }, rect: paper };
    let painter = ui.painter().with_clip_rect(paper.intersect(ui.clip_rect()));
    let on = |painter: &egui::Painter, shapes: &[Shape]| {
        let brush = Painter { painter, view, theme: Theme::Paper, opacity: 1.0 };
        shapes.iter().for_each(|shape| brush.shape(&seen(shape)));
    };
    for item in &page.items {
        match &item.content {
            Content::Clipped { area, shapes } => {
                let area = view.rect_to_screen(rect(area.x, area.y, area.w, area.h));
                on(&painter.with_clip_rect(area.intersect(painter.clip_rect())), shapes);
            }
            Content::Logo { area, pixels, ground } => {
                let texture = texture(ui, pixels, Theme::Paper.color(*ground));
                let area = view.rect_to_screen(*area);
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), area, whole, egui::Color32::WHITE);
            }
            content => on(&painter, content.shapes()),
        }
    }
}

/// The texture of a logo, made once.
fn texture(ui: &Ui, pixels: &Pixels, ground: Rgba) -> egui::TextureHandle {
    let id = egui::Id::new(("logo", pixels.rgba.as_ptr() as usize, ground.0, ground.1, ground.2));
    if let Some(known) = ui.data(|data| data.get_temp::<egui::TextureHandle>(id)) {
        return known;
    }
    let image = egui::ColorImage::from_rgb([pixels.width as usize, pixels.height as usize], &pixels.on(ground));
    let made = ui.ctx().load_texture("logo", image, egui::TextureOptions::LINEAR);
    ui.data_mut(|data| data.insert_temp(id, made.clone()));
    made
}

/// Soft hyphens at the end of a line are seen as hyphens.
fn seen(shape: &Shape) -> Shape {
    match shape {
        Shape::Text(run) if run.text.ends_with('\u{ad}') => {
            let text = format!("{}-", run.text.trim_end_matches('\u{ad}'));
            Shape::Text(TextRun { text, ..run.clone() })
        }
        other => other.clone(),
    }
}
