//! The menu at the pointer: what can be done with what is under it, made from the one list of commands.

use super::{CanvasFrame, CanvasState};
use crate::geometry::Point;
use crate::tool::{Operation, Tool};
use crate::ui::command::{tool_icon, tool_label};
use crate::ui::{Command, menus};
use egui::containers::menu::menu_style;
use egui::{Align, Button, Layout, Popup, PopupAnchor, PopupKind, Pos2, TextWrapMode, vec2};

/// Room for the longest entry with its keys, in points.
const WIDTH: f32 = 300.0;

/// An open menu.
#[derive(Debug)]
pub struct Menu {
    at: Pos2,
    /// Where new things go, in the world.
    world: Point,
    /// Opened by a finger that is still down: letting go of it chooses nothing and closes nothing.
    pub under_finger: bool,
}

impl Menu {
    pub fn at(at: Pos2, world: Point) -> Menu {
        Menu { at, world, under_finger: false }
    }
}

/// What can be done where there is nothing, below the things that can be put there.
const OF_GROUND: &[&[Command]] = &[
    &[Command::Paste, Command::PasteInPlace, Command::WriteText],
    &[Command::SelectAll, Command::Find, Command::ZoomFit, Command::TidyAll],
];

const TOOLS: [Tool; 4] = [Tool::Process, Tool::Store, Tool::Entity, Tool::Note];

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(mut menu) = state.menu.take() else { return };
    let mut open = true;
    let mut put = None;
    let id = frame.id.with("menu");
    let popup = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(menu.at), ui.layer_id()).kind(PopupKind::Menu);
    let popup = popup.layout(Layout::top_down_justified(Align::Min)).style(menu_style).width(WIDTH);
    popup.open_bool(&mut open).gap(0.0).show(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        let (cx, out) = (frame.cx, &mut *frame.out);
        let on_ground = frame.selection.items.is_empty();
        if on_ground {
            for tool in TOOLS {
                let label = format!("{}  {} here", tool_icon(tool), tool_label(tool));
                if ui.add(Button::new(label).min_size(vec2(220.0, 26.0))).clicked() {
                    put = Some(tool);
                    ui.close();
                }
            }
        }
        if !on_ground {
            return menus::of_selection(ui, cx, out);
        }
        for part in OF_GROUND {
            ui.separator();
            part.iter().for_each(|command| menus::item(ui, *command, cx, out));
        }
    });
    if let Some(tool) = put {
        state.perform(Operation::Create(tool, menu.world));
        ui.ctx().request_repaint();
    }
    let kept = menu.under_finger;
    menu.under_finger &= ui.input(|i| i.any_touches());
    if (open || kept) && put.is_none() {
        state.menu = Some(menu);
    }
}
