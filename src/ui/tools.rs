//! The grid of tools.

use super::command::{tool_icon, tool_label};
use super::widgets::tipped;
use super::{Action, Command, Outbox, ViewCx, fonts, style};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Tool, creates_box};
use egui::{Align2, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};

/// What is known from everywhere by its sign; then what diagrams are made of, with its name.
const ROWS: [&[Tool]; 3] = [
    &[Tool::Select, Tool::Hand, Tool::Note, Tool::Laser],
    &[Tool::Process, Tool::Store, Tool::Entity],
    &[Tool::Flow, Tool::Boundary, Tool::Line],
];
const GAP: f32 = 4.0;

pub fn tools_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    let all = ui.available_width();
    for row in ROWS {
        let count = row.len() as f32;
        let width = ((all - GAP * (count - 1.0)) / count).floor();
        let is_named = row.len() == 3;
        ui.horizontal(|ui| {
            for tool in row {
                tool_button(ui, cx, *tool, vec2(width, if is_named { 46.0 } else { 32.0 }), is_named, out);
            }
        });
    }
}

fn tool_button(ui: &mut Ui, cx: &ViewCx<'_>, tool: Tool, size: Vec2, is_named: bool, out: &mut Outbox) {
    let is_on = tool == cx.tool;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let label = tool_label(tool);
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, true, is_on, format!("{label} tool")));
    // Selecting and moving the view stay in hand anyway.
    let is_kept = cx.panels.keeps_tool && !matches!(tool, Tool::Select | Tool::Hand | Tool::Laser);
    if is_kept {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description("stays in hand"));
    }
    let painter = ui.painter();
    let color = style::ink(ui, if is_on { Ink::Accent } else { Ink::Text });
    if is_on {
        let (ground, line) = (style::ink(ui, Ink::AccentSoft), style::line(ui, Ink::Accent));
        painter.rect(rect, 4.0, ground, line, egui::StrokeKind::Inside);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, style::ink(ui, Ink::Raised));
    }
    let at = pos2(rect.center().x, if is_named { rect.top() + 15.0 } else { rect.center().y });
    painter.text(at, Align2::CENTER_CENTER, tool_icon(tool), fonts::font(Face::Icon, 18.0), color);
    if is_named {
        let at = pos2(rect.center().x, rect.bottom() - 11.0);
        painter.text(at, Align2::CENTER_CENTER, label, fonts::font(Face::Regular, 12.0), color);
    }
    if is_kept {
        let at = rect.left_top() + vec2(10.0, 10.0);
        painter.text(at, Align2::CENTER_CENTER, icon::LOCK_SIMPLE, fonts::font(Face::Icon, 10.0), color);
    }
    let keys = Command::Tool(tool).keys(ui.ctx());
    if let Some(keys) = &keys {
        let at = rect.right_top() + vec2(-4.0, 3.0);
        // The word would run into the picture.
        let sign = keys.replace("Shift ", "⇧");
        painter.text(at, Align2::RIGHT_TOP, sign, fonts::font(Face::Mono, 9.0), style::ink(ui, Ink::Muted));
    }
    // Dragged onto the canvas it is in hand there, with the ghost of what it makes.
    if creates_box(tool) && response.drag_started() {
        out.run(Command::Tool(tool));
    }
    if creates_box(tool) && response.drag_stopped() {
        let at = response.ctx.pointer_latest_pos();
        at.into_iter().for_each(|at| out.push(Action::MakeHere(tool, at)));
    }
    if tipped(response, label, keys).clicked() {
        out.run(Command::Tool(tool));
    }
}
