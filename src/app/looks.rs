//! How the window looks to the person before it: theme, size of the interface, projector.

use super::{App, memory};
use crate::preferences::{Preferences, SIZES, ThemeChoice};
use crate::ui::{Keymap, style};

/// How much larger everything is on a projector, in per cent.
const PROJECTED: u16 = 150;

impl App {
    /// Wears the chosen theme, and no longer that of projectors.
    pub(super) fn wear(&mut self, theme: ThemeChoice, ctx: &egui::Context) {
        self.preferences.theme = theme;
        self.preferences.is_projected = false;
        self.show_looks(ctx);
    }

    /// The other one of light and dark.
    pub(super) fn switch_theme(&mut self, ctx: &egui::Context) {
        let is_dark = ctx.theme() == egui::Theme::Dark;
        self.wear(if is_dark { ThemeChoice::Light } else { ThemeChoice::Dark }, ctx);
    }

    /// Turns the looks for projectors on, or back to what was worn before.
    pub(super) fn switch_projector(&mut self, ctx: &egui::Context) {
        self.preferences.is_projected = !self.preferences.is_projected;
        self.show_looks(ctx);
    }

    /// The next size up (or down) of those offered.
    pub(super) fn resize_interface(&mut self, is_larger: bool, ctx: &egui::Context) {
        let now = self.preferences.size;
        let next = if is_larger { SIZES.iter().find(|s| **s > now) } else { SIZES.iter().rev().find(|s| **s < now) };
        self.set_interface_size(next.copied().unwrap_or(now), ctx);
    }

    pub(super) fn set_interface_size(&mut self, size: u16, ctx: &egui::Context) {
        self.preferences.size = size;
        self.show_looks(ctx);
    }

    /// Takes over what was changed in the window of preferences, and keeps it.
    pub(super) fn set_preferences(&mut self, preferences: Preferences, ctx: &egui::Context) {
        self.preferences = preferences;
        (self.panels.wheel_zooms, self.panels.minimap) = (self.preferences.wheel_zooms, self.preferences.minimap);
        self.panels.cards = self.preferences.cards;
        self.show_looks(ctx);
    }

    fn show_looks(&mut self, ctx: &egui::Context) {
        apply(&self.preferences, ctx);
        memory::store_preferences(&self.preferences, self.services.config.as_deref());
    }

    /// Keeps the interface as large as people chose, but never so large that the panels no longer fit beside each other.
    /// The canvas alone has room at any size.
    pub(super) fn fit_interface(&self, ctx: &egui::Context) {
        let larger = if self.preferences.is_projected { PROJECTED } else { 100 };
        let wanted = self.preferences.scale() * f32::from(larger) / 100.0;
        let now = ctx.zoom_factor();
        let window = ctx.content_rect().size() * now;
        let room = if self.panels.zen { f32::INFINITY } else { (window / ROOM).min_elem() };
        let size = self.stage_zoom(ctx).unwrap_or(wanted.min(room.max(1.0)));
        if (size - now).abs() > 0.001 {
            ctx.set_zoom_factor(size);
        }
    }
}

/// What the panels need beside each other, in points.
const ROOM: egui::Vec2 = egui::vec2(1200.0, 640.0);

/// Gives the context the theme, the calm and the keys people chose. Returns what their keys say wrongly.
pub(super) fn apply(preferences: &Preferences, ctx: &egui::Context) -> Vec<String> {
    style::project(ctx, preferences.is_projected);
    style::calm(ctx, preferences.is_calm);
    ctx.set_theme(match preferences.theme {
        _ if preferences.is_projected => egui::ThemePreference::Light,
        ThemeChoice::Follow => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
    let (keys, faults) = Keymap::read(&preferences.keys);
    keys.install(ctx);
    faults
}
