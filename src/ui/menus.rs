//! The menus, made from the list of commands.

use super::{Command, Group, Outbox, ViewCx};
use crate::text::{self, Face, icon};
use egui::{Align, Button, Layout, MenuBar, Ui};

/// Room left and right of a menu's name, in points.
const PADDING: f32 = 8.0;

pub fn menu_bar_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    // A menu bar takes all the room it is given.
    let width = Group::ALL.iter().map(|g| text::width(Face::Regular, 13.0, g.label()) + 2.0 * PADDING + 2.0).sum();
    let room = egui::vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| bar_ui(ui, cx, out));
}

fn bar_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().button_padding = egui::vec2(PADDING, 4.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        for group in Group::ALL {
            ui.menu_button(group.label(), |ui| {
                for command in group.commands() {
                    if command.begins_part() {
                        ui.separator();
                    }
                    item(ui, command, cx, out);
                }
            });
        }
    });
}

/// A command as an entry of a menu.
pub fn item(ui: &mut Ui, command: Command, cx: &ViewCx<'_>, out: &mut Outbox) {
    let on = match command {
        Command::ToggleLeft => cx.panels.left,
        Command::ToggleInspector => cx.panels.inspector,
        Command::ToggleTable => cx.panels.table,
        Command::Page(page) => cx.panels.table && cx.panels.page == page,
        Command::Zen => cx.panels.zen,
        Command::Legend => cx.panels.legend,
        Command::Notation(notation) => cx.is_open && notation == cx.model.info.notation,
        Command::ToggleGrid => cx.panels.grid,
        Command::NewFlows(style) => cx.model.diagrams.get(cx.diagram).is_some_and(|d| d.line_style == style),
        Command::Tool(tool) => tool == cx.tool,
        Command::KeepTool => cx.panels.keeps_tool,
        Command::Minimap => cx.panels.minimap,
        Command::WheelZooms => cx.panels.wheel_zooms,
        _ => false,
    };
    let label = if on { format!("{}  {}", command.label(), icon::CHECK) } else { command.label().to_owned() };
    let keys = command.keys(ui.ctx()).unwrap_or_default();
    let button = Button::new(label).shortcut_text(keys).min_size(egui::vec2(220.0, 26.0));
    let response = super::widgets::named(ui.add_enabled(command.enabled(cx), button), command.label());
    if response.clicked() {
        out.run(command);
        ui.close();
    }
}
