//! How the window looks to the person before it: theme, size of the interface, projector.

use super::{App, ThemeChoice};
use crate::ui::style;

/// Sizes of the interface that are offered, in per cent.
pub(super) const SIZES: &[u16] = &[75, 90, 100, 110, 125, 150, 175, 200];

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

    fn show_looks(&mut self, ctx: &egui::Context) {
        apply(&self.preferences, ctx);
        self.preferences.store(self.services.config.as_deref());
    }

    /// Keeps the interface as large as people chose, but never so large that the panels no longer fit beside each other.
    /// The canvas alone has room at any size.
    pub(super) fn fit_interface(&self, ctx: &egui::Context) {
        let larger = if self.preferences.is_projected { PROJECTED } else { 100 };
        let wanted = size_within_bounds(self.preferences.size) * f32::from(larger) / 100.0;
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

/// As a factor.
fn size_within_bounds(size: u16) -> f32 {
    let (least, most) = (SIZES.first().copied().unwrap_or(100), SIZES.last().copied().unwrap_or(100));
    f32::from(size.clamp(least, most)) / 100.0
}

/// Gives the context the theme people chose.
pub(super) fn apply(preferences: &super::Preferences, ctx: &egui::Context) {
    style::project(ctx, preferences.is_projected);
    ctx.set_theme(match preferences.theme {
        _ if preferences.is_projected => egui::ThemePreference::Light,
        ThemeChoice::Follow => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}
