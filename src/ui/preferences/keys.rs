//! The part about keys: every command with its keys, changed by pressing others.

use super::{keymap, rest};
use crate::preferences::Preferences;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::command::{Keymap, written};
use crate::ui::widgets::{bold, icon_button, key_cap, line_edit, link, muted, named, primary_button};
use crate::ui::{Command, Group, fonts, fuzzy, style};
use egui::{Event, Key, KeyboardShortcut, RichText, Ui};

#[derive(Default)]
pub(super) struct KeysPart {
    search: String,
    /// For which command keys are waited for.
    listening: Option<Command>,
    /// Keys that another command has: who wants them, which, and whose they are.
    clash: Option<(Command, KeyboardShortcut, Command)>,
}

impl KeysPart {
    pub fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    pub fn ui(&mut self, ui: &mut Ui, preferences: &mut Preferences) {
        let mut map = keymap(preferences);
        self.listen(ui, &mut map);
        ui.horizontal(|ui| {
            let field = line_edit(&mut self.search).id_salt("search of keys").hint_text("Search a command").desired_width(320.0);
            named(ui.add(field), "Search a command");
            if !map.is_usual() && link(ui, "All usual keys again").clicked() {
                map = Keymap::default();
                self.clash = None;
            }
        });
        self.clash_ui(ui, &mut map);
        ui.add_space(4.0);
        rest(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for group in Group::ALL {
                let fits = |c: &Command| self.search.trim().is_empty() || fuzzy::score(self.search.trim(), c.label()).is_some();
                let commands: Vec<Command> = group.commands().filter(fits).collect();
                if !commands.is_empty() {
                    ui.add_space(6.0);
                    ui.label(bold(group.label()));
                }
                commands.into_iter().for_each(|command| self.row(ui, command, &mut map));
            }
        });
        preferences.keys = map.texts();
    }

    fn row(&mut self, ui: &mut Ui, command: Command, map: &mut Keymap) {
        let height = egui::vec2(ui.available_width(), 26.0);
        ui.allocate_ui_with_layout(height, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let width = 300.0;
            let color = style::ink(ui, Ink::Text);
            let name = crate::ui::widgets::elided(ui, command.label(), fonts::font(Face::Regular, 13.0), color, width - 12.0);
            let (rect, _) = ui.allocate_exact_size(egui::vec2(width, 24.0), egui::Sense::hover());
            ui.painter().galley(egui::pos2(rect.left(), rect.center().y - name.size().y / 2.0), name, color);
            if self.listening == Some(command) {
                ui.label(RichText::new("Press the keys, Esc to leave").color(style::ink(ui, Ink::Accent)));
                return;
            }
            let keys: Vec<String> = map.of(command).iter().map(|keys| written(keys, ui.ctx())).collect();
            keys.iter().for_each(|keys| key_cap(ui, keys));
            if !command.is_rebindable() {
                ui.label(muted(ui, "as in every program"));
                return;
            }
            if icon_button(ui, icon::PENCIL_SIMPLE, &format!("Other keys for {}", command.label())).clicked() {
                (self.listening, self.clash) = (Some(command), None);
                ui.memory_mut(egui::Memory::stop_text_input);
            }
            if !keys.is_empty() && icon_button(ui, icon::X, &format!("No keys for {}", command.label())).clicked() {
                map.clear(command);
            }
            let back = format!("Usual keys for {}", command.label());
            if map.is_changed(command) && icon_button(ui, icon::ARROW_COUNTER_CLOCKWISE, &back).clicked() {
                map.reset(command);
            }
        });
    }

    /// Takes the next press; nobody else gets it.
    fn listen(&mut self, ui: &Ui, map: &mut Keymap) {
        let Some(command) = self.listening else { return };
        let pressed = ui.input_mut(|i| {
            let pressed = i.events.iter().find_map(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. } => Some(KeyboardShortcut::new(*modifiers, *key)),
                _ => None,
            });
            i.events.retain(|event| !matches!(event, Event::Key { .. } | Event::Text(_)));
            pressed
        });
        let Some(keys) = pressed else { return };
        self.listening = None;
        if keys.logical_key == Key::Escape {
            return;
        }
        let held = keys.modifiers;
        let mut modifiers = egui::Modifiers { shift: held.shift, alt: held.alt, ..egui::Modifiers::NONE };
        modifiers.command = held.command || held.ctrl;
        let keys = KeyboardShortcut::new(modifiers, keys.logical_key);
        match map.taken(keys, command) {
            Some(other) => self.clash = Some((command, keys, other)),
            None => map.bind(command, keys),
        }
    }

    fn clash_ui(&mut self, ui: &mut Ui, map: &mut Keymap) {
        let Some((command, keys, other)) = self.clash else { return };
        let words = format!("{} is the key of “{}”.", written(&keys, ui.ctx()), other.label());
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).color(style::ink(ui, Ink::Boundary)));
            let fixed = !other.is_rebindable();
            if fixed {
                ui.label("It stays there.");
            } else if primary_button(ui, &format!("Give it to “{}”", command.label())).clicked() {
                map.bind(command, keys);
                self.clash = None;
            }
            if ui.button("Leave it").clicked() {
                self.clash = None;
            }
        });
    }
}
