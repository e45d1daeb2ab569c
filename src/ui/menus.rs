//! The menus, made from the list of commands.

use super::{Action, Command, Group, Outbox, Side, ViewCx};
use crate::model::Id;
use crate::text::{self, Face, icon};
use crate::tool::Selection;
use egui::{Align, Button, Layout, MenuBar, Response, ScrollArea, Ui};

/// Room left and right of a menu's name, in points.
const PADDING: f32 = 8.0;
/// Height of the bar at the top, with the edges of a menu.
const BAR: f32 = 72.0;

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
                within_window(ui, |ui| {
                    for command in group.commands() {
                        if command.begins_part() {
                            ui.separator();
                        }
                        item(ui, command, cx, out);
                    }
                });
            });
        }
    });
}

/// A menu no higher than the window below its bar; what has no room there is scrolled to.
fn within_window(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let most = (ui.ctx().content_rect().height() - BAR).max(120.0);
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).show(ui, add);
}

/// Whether everything selected that has a scope is out of it.
fn is_out_of_scope(cx: &ViewCx<'_>) -> bool {
    let of_flow = |id: &Id| cx.model.flows.get(id).map(|f| f.out_of_scope.is_some());
    let scope = |id: &Id| cx.model.elements.get(id).map(|e| e.out_of_scope.is_some()).or_else(|| of_flow(id));
    let mut scopes = cx.selection.items.iter().filter_map(scope).peekable();
    scopes.peek().is_some() && scopes.all(|out| out)
}

/// What can be done with a selection, in parts; what means nothing for it is left out.
const OF_SELECTION: &[&[Command]] = &[
    &[Command::EditLabel, Command::AddThreat, Command::ChangeKind, Command::OpenDetail],
    &[Command::ReverseFlow, Command::ToggleHeads, Command::CycleLineStyle, Command::ResetRoute],
    &[Command::Wrap, Command::Tidy, Command::Fold, Command::SelectContent, Command::SelectConnected, Command::ToggleLock],
    &[Command::Cut, Command::Copy, Command::Duplicate, Command::CopyStyle, Command::PasteStyle],
    &[Command::OutOfScope, Command::HideHere, Command::DeleteAndJoin, Command::Delete],
    &[Command::ZoomSelection],
];

/// What can be done with what is selected; the same wherever its menu is opened.
pub fn of_selection(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    parts(ui, OF_SELECTION, cx, |ui, command| item(ui, command, cx, out));
}

/// The same for an item that may not be selected: it is, as soon as something is done.
pub fn of_item(ui: &mut Ui, id: &Id, cx: &ViewCx<'_>, out: &mut Outbox) {
    let selection = Selection::one(id.clone());
    let view = ViewCx { selection: &selection, ..*cx };
    parts(ui, OF_SELECTION, &view, |ui, command| {
        if entry(ui, command, &view).clicked() {
            out.push(Action::Select(selection.clone()));
            out.run(command);
            ui.close();
        }
    });
}

fn parts(ui: &mut Ui, parts: &[&[Command]], cx: &ViewCx<'_>, mut add: impl FnMut(&mut Ui, Command)) {
    within_window(ui, |ui| {
        let mut is_first = true;
        for part in parts {
            let fitting: Vec<Command> = part.iter().copied().filter(|command| command.enabled(cx)).collect();
            if !fitting.is_empty() && !std::mem::take(&mut is_first) {
                ui.separator();
            }
            fitting.into_iter().for_each(|command| add(ui, command));
        }
    });
}

/// A command as an entry of a menu.
pub fn item(ui: &mut Ui, command: Command, cx: &ViewCx<'_>, out: &mut Outbox) {
    if entry(ui, command, cx).clicked() {
        out.run(command);
        ui.close();
    }
}

/// The look of such an entry: its name, a mark while it is on, its key.
pub fn entry(ui: &mut Ui, command: Command, cx: &ViewCx<'_>) -> Response {
    let on = match command {
        Command::ToggleLeft => cx.docks.dock(Side::Left).is_open,
        Command::ToggleInspector => cx.docks.dock(Side::Right).is_open,
        Command::ToggleTable => cx.docks.dock(Side::Bottom).is_open,
        Command::Page(page) => cx.is_open && cx.docks.is_shown(page),
        Command::Layout(layout) => cx.is_open && cx.docks.layout == layout,
        Command::See(seen) => cx.is_open && seen == cx.seen,
        Command::Zen => cx.panels.zen,
        Command::Legend => cx.panels.legend,
        Command::Notation(notation) => cx.is_open && notation == cx.model.info.notation,
        Command::ToggleGrid => cx.panels.grid,
        Command::NewFlows(style) => cx.model.diagrams.get(cx.diagram).is_some_and(|d| d.line_style == style),
        Command::Tool(tool) => tool == cx.tool,
        Command::OutOfScope => is_out_of_scope(cx),
        Command::KeepTool => cx.panels.keeps_tool,
        Command::Minimap => cx.panels.minimap,
        Command::Cards => cx.panels.cards,
        Command::Projector => cx.theme == crate::theme::Theme::Projector,
        Command::WheelZooms => cx.panels.wheel_zooms,
        _ => false,
    };
    let label = if on { format!("{}  {}", command.label(), icon::CHECK) } else { command.label().to_owned() };
    let keys = command.keys(ui.ctx()).unwrap_or_default();
    let button = Button::new(label).shortcut_text(keys).min_size(egui::vec2(220.0, 26.0));
    let response = super::widgets::named(ui.add_enabled(command.enabled(cx), button), command.label());
    let response = match command {
        Command::Page(page) => response.on_hover_text(page.about()),
        _ => response,
    };
    // Walked to by key it may be below what is in sight.
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let why = || command.why_not(cx).map(|why| format!("Not now: {why}"));
    response.on_disabled_hover_ui(|ui| why().into_iter().for_each(|why| drop(ui.label(why))))
}
