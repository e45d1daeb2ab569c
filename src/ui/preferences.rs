//! The window of preferences: beside the work, never in its way, and everything counts at once.

mod keys;

use super::beside::{beside, takes_escape};
use super::command::Keymap;
use super::widgets::{caption, choice, labelled, line_edit, named, segmented, title};
use super::{Action, Outbox};
use crate::model::{Method, Notation};
use crate::preferences::{Preferences, SIZES, ThemeChoice};
use egui::{Context, ScrollArea, Ui, vec2};

/// What the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Looks,
    Work,
    Keys,
}

const NAME: &str = "The preferences";

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
        if self.is_open && !self.is_listening() && takes_escape(ctx, NAME) {
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
        let mut changed = preferences.clone();
        let (was, keys) = (self.part, &mut self.keys);
        let mut part = was;
        let head = |ui: &mut Ui| {
            ui.label(title("Preferences"));
            ui.add_space(12.0);
            part = segmented(ui, "Preferences about", was, PARTS).unwrap_or(was);
        };
        let stays = beside(ctx, NAME, vec2(560.0, 380.0), head, |ui| {
            let room = (ctx.content_rect().height() - 160.0).min(300.0);
            // All parts are as high as each other.
            ui.allocate_ui(vec2(ui.available_width(), room), |ui| {
                ui.set_min_height(room);
                match was {
                    Part::Looks => looks_ui(ui, &mut changed),
                    Part::Work => work_ui(ui, &mut changed),
                    Part::Keys => keys.ui(ui, &mut changed),
                }
            });
        });
        self.part = part;
        if !stays {
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
