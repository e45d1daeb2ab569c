//! The key to the marks of the diagram, over the canvas at its top left.

use super::{CanvasFrame, CanvasState};
use crate::geometry::{Rect, pt};
use crate::model::Id;
use crate::scene::{self, Shape};
use crate::text::icon;
use crate::theme::Ink;
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::style::color32;
use crate::ui::widgets::{bold, command_button};
use crate::ui::{Command, ViewCx};
use egui::{Area, Frame, Order, Sense, WidgetInfo, WidgetType, vec2};

/// Widest it gets, in points.
const WIDEST: f32 = 340.0;
const SCALE: f32 = 0.9;

/// The shapes of a legend and what they were made for.
#[derive(Debug, Default)]
pub struct Legend {
    made_for: Option<(u64, Id)>,
    shapes: Vec<Shape>,
    size: Rect,
}

impl Legend {
    fn refresh(&mut self, cx: &ViewCx<'_>) {
        let wanted = Some((cx.revision, cx.diagram.clone()));
        if self.made_for != wanted {
            (self.shapes, self.size) = scene::legend(cx.model, cx.assessment, cx.layout, WIDEST / SCALE);
            self.made_for = wanted;
        }
    }
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    if !frame.cx.panels.legend {
        return;
    }
    state.legend.refresh(frame.cx);
    let legend = &state.legend;
    let ink = |ink| color32(frame.cx.theme.color(ink));
    let below_crumbs = if frame.cx.model.diagrams.get(frame.cx.diagram).is_some_and(|d| d.of.is_some()) { 48.0 } else { 16.0 };
    let corner = frame.rect.left_top() + vec2(16.0, below_crumbs);
    let area = Area::new(frame.id.with("legend")).order(Order::Middle).fixed_pos(corner).constrain_to(frame.rect);
    let mut closed = false;
    area.show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(ink(Ink::Panel)).corner_radius(6.0).inner_margin(10.0);
        ground.stroke(egui::Stroke::new(1.0, ink(Ink::Border))).show(ui, |ui| {
            ui.set_width(WIDEST);
            ui.horizontal(|ui| {
                ui.label(bold("Legend"));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    closed = command_button(ui, icon::X, "Close the legend", Command::Legend).clicked();
                });
            });
            let (rect, response) = ui.allocate_exact_size(vec2(WIDEST, legend.size.h * SCALE), Sense::hover());
            let words =
                legend.shapes.iter().filter_map(|s| if let Shape::Text(run) = s { Some(run.text.as_str()) } else { None });
            let spoken: Vec<&str> = words.filter(|w| w.chars().count() > 2).collect();
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, spoken.join(", ")));
            let center = pt(rect.width() / 2.0 / SCALE, rect.height() / 2.0 / SCALE);
            let view = View { camera: Camera { center, scale: SCALE }, rect };
            let painter = Painter { painter: ui.painter(), view, theme: frame.cx.theme, opacity: 1.0 };
            legend.shapes.iter().for_each(|shape| painter.shape(shape));
        });
    });
    if closed {
        frame.out.run(Command::Legend);
    }
}
