//! Zoom in, out and fit, and the map of the diagram, at the bottom right.

use super::{CanvasFrame, CanvasState};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::Command;
use crate::ui::{
    fonts,
    style::color32,
    widgets::{named, tipped},
};
use egui::{Align2, Area, Button, Frame, Order, RichText, vec2};

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let scale = frame.camera(state).scale;
    let theme = frame.cx.theme;
    let mut asked = None;
    let corner = frame.rect.right_bottom() - vec2(16.0, 8.0);
    let area = Area::new(frame.id.with("zoom")).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM).fixed_pos(corner);
    area.constrain_to(frame.rect).show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(color32(theme.color(Ink::Panel))).corner_radius(4.0);
        ground.stroke(egui::Stroke::new(1.0, color32(theme.color(Ink::Border)))).show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.horizontal(|ui| {
                let mut button = |ui: &mut egui::Ui, text: RichText, width: f32, command: Command| {
                    let name = command.label();
                    let is_on = command == Command::Minimap && frame.cx.panels.minimap;
                    let face = Button::new(text).frame_when_inactive(is_on).selected(is_on).min_size(vec2(width, 26.0));
                    let response = named(ui.add(face), name);
                    if command == Command::ZoomActual {
                        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(format!("{:.0} %", scale * 100.0)));
                    }
                    if tipped(response, name, command.keys(ui.ctx())).clicked() {
                        asked = Some(command);
                    }
                };
                let glyph = |icon: char| RichText::new(icon).font(fonts::font(Face::Icon, 15.0));
                let percent = RichText::new(format!("{:.0} %", scale * 100.0)).size(12.0);
                button(ui, glyph(icon::MINUS), 30.0, Command::ZoomOut);
                button(ui, percent, 56.0, Command::ZoomActual);
                button(ui, glyph(icon::PLUS), 30.0, Command::ZoomIn);
                button(ui, glyph(icon::CORNERS_OUT), 34.0, Command::ZoomFit);
                button(ui, glyph(icon::MAP_TRIFOLD), 34.0, Command::Minimap);
            });
        });
    });
    match asked {
        Some(Command::Minimap) => frame.out.run(Command::Minimap),
        Some(command) => super::navigation::zoom(frame, command, state),
        None => return,
    }
    ui.ctx().request_repaint();
}
