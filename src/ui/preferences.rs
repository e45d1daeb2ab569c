//! The window of preferences: beside the work, never in its way, and everything counts at once.

mod keys;

use super::command::Keymap;
use super::widgets::{caption, choice, icon_button, labelled, line_edit, named, segmented, title};
use super::{Action, Outbox, region};
use crate::model::{Method, Notation};
use crate::preferences::{Preferences, SIZES, ThemeChoice};
use crate::text::icon;
use egui::{Align, Context, Id, Key, Layout, Modifiers, Order, ScrollArea, Ui, Window, vec2};

/// What the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Looks,
    Work,
    Keys,
}

#[derive(Default)]
pub struct PreferencesWindow {
    is_open: bool,
    part: Part,
    keys: keys::KeysPart,
}

const THEMES: &[(ThemeChoice, &str)] =
    &[(ThemeChoice::Follow, "As the system"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")];

const PARTS: &[(Part, &str)] = &[(Part::Looks, "Looks"), (Part::Work, "Work"), (Part::Keys, "Keys")];

impl PreferencesWindow {
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// A press is waited for, which then is no command.
    pub fn is_listening(&self) -> bool {
        self.is_open && self.keys.is_listening()
    }

    /// Escape closes it, wherever the pointer is, unless a field or a panel had the keyboard. Asked before anything is drawn.
    pub fn take_escape(&mut self, ctx: &Context) {
        let is_free = region::is_nowhere_else(ctx) && !egui::Popup::is_any_open(ctx) && !self.is_listening();
        if self.is_open && is_free && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.is_open = false;
        self.keys = keys::KeysPart::default();
    }

    pub fn ui(&mut self, ctx: &Context, preferences: &Preferences, out: &mut Outbox) {
        if !self.is_open {
            return;
        }
        let mut is_open = true;
        let mut changed = preferences.clone();
        let id = Id::new("preferences");
        let room = ctx.content_rect().size() - vec2(80.0, 120.0);
        let size = vec2(560.0, 460.0).min(room);
        let window = Window::new("Preferences").id(id).title_bar(false).collapsible(false).resizable(false);
        // Above what floats over the canvas.
        let window = window.order(Order::Foreground);
        let shown = window.default_pos(ctx.content_rect().center() - size / 2.0).fixed_size(size).show(ctx, |ui| {
            ui.set_min_size(size);
            ui.horizontal(|ui| {
                ui.label(title("Preferences"));
                ui.add_space(12.0);
                if let Some(part) = segmented(ui, "Preferences about", self.part, PARTS) {
                    self.part = part;
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    is_open = !icon_button(ui, icon::X, "Close the preferences").clicked();
                });
            });
            ui.add_space(8.0);
            match self.part {
                Part::Looks => looks_ui(ui, &mut changed),
                Part::Work => work_ui(ui, &mut changed),
                Part::Keys => self.keys.ui(ui, &mut changed),
            }
        });
        drop(shown);
        if !is_open {
            self.close();
        }
        if changed != *preferences {
            out.push(Action::SetPreferences(Box::new(changed)));
        }
    }
}

/// A line that explains what stands above it.
fn about(ui: &mut Ui, words: &str) {
    labelled(ui, "", |ui| ui.add(egui::Label::new(caption(ui, words)).wrap()));
    ui.add_space(4.0);
}

fn looks_ui(ui: &mut Ui, preferences: &mut Preferences) {
    labelled(ui, "Theme", |ui| {
        if let Some(theme) = segmented(ui, "Theme", preferences.theme, THEMES) {
            (preferences.theme, preferences.is_projected) = (theme, false);
        }
    });
    labelled(ui, "Projector", |ui| ui.checkbox(&mut preferences.is_projected, "Larger, with more contrast"));
    about(ui, "For a room that looks on. What is chosen above comes back when it is switched off.");
    labelled(ui, "Size", |ui| {
        let mut size = preferences.size;
        let names: Vec<(u16, String)> = SIZES.iter().map(|size| (*size, format!("{size} %"))).collect();
        let names: Vec<(u16, &str)> = names.iter().map(|(size, name)| (*size, name.as_str())).collect();
        if let Some(chosen) = segmented(ui, "Size of the interface", size, &names) {
            size = chosen;
        }
        preferences.size = size;
    });
    about(ui, "Never larger than the panels have room beside each other.");
    labelled(ui, "Motion", |ui| ui.checkbox(&mut preferences.is_calm, "Nothing slides or fades"));
}

fn work_ui(ui: &mut Ui, preferences: &mut Preferences) {
    labelled(ui, "Your name", |ui| {
        let field = line_edit(&mut preferences.author).id_salt("author of the preferences").hint_text("In whose name you decide");
        named(ui.add(field), "Your name in the preferences");
    });
    about(ui, "Stands beside decisions and sign-offs. Kept on this computer.");
    labelled(ui, "Notation", |ui| {
        let all = Notation::ALL;
        if let Some(notation) = choice(ui, "usual notation", "Notation of new models", preferences.notation, all, Notation::label)
        {
            preferences.notation = notation;
        }
    });
    labelled(ui, "Rating", |ui| {
        let all = Method::ALL;
        if let Some(method) = choice(ui, "usual method", "Rating method of new models", preferences.method, all, Method::label) {
            preferences.method = method;
        }
    });
    about(ui, "Both for new models; one that is open keeps its own.");
    labelled(ui, "Wheel", |ui| ui.checkbox(&mut preferences.wheel_zooms, "Zooms, and moves the view with Ctrl"));
    labelled(ui, "Cards", |ui| ui.checkbox(&mut preferences.cards, "Threats beside what is selected"));
    labelled(ui, "Map", |ui| ui.checkbox(&mut preferences.minimap, "Shown over large diagrams"));
}

/// A list that takes the room that is left.
fn rest(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt("rest of the preferences").auto_shrink([false, false]).show(ui, content);
}

/// The keys of the preferences; what they say wrongly is left out.
fn keymap(preferences: &Preferences) -> Keymap {
    Keymap::read(&preferences.keys).0
}
