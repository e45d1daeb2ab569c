//! Tokens of the theme as egui visuals, spacing and text styles.

use super::fonts;
use crate::text::Face;
use crate::theme::{Ink, Rgba, Theme};
use egui::epaint::Shadow;
use egui::style::{ScrollStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, Margin, Stroke, TextStyle, Ui, vec2};

/// Radius of controls and of cards, in points.
pub const RADIUS: u8 = 4;
pub const CARD_RADIUS: u8 = 6;

/// How long things take to slide or fade, in seconds.
const MOTION: f32 = 0.1;

pub fn color32(Rgba(r, g, b, a): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// The theme a piece of the interface is drawn in.
pub fn theme(ui: &Ui) -> Theme {
    theme_of(ui.visuals())
}

/// The theme these visuals were made of: each has an accent of its own.
pub fn theme_of(visuals: &egui::Visuals) -> Theme {
    let worn = |theme: &Theme| color32(theme.color(Ink::Accent)) == visuals.hyperlink_color;
    [Theme::Light, Theme::Dark, Theme::Projector].into_iter().find(worn).unwrap_or_default()
}

/// A token in the current theme.
pub fn ink(ui: &Ui, ink: Ink) -> Color32 {
    color32(theme(ui).color(ink))
}

/// A hair line in the current theme.
pub fn line(ui: &Ui, token: Ink) -> Stroke {
    Stroke::new(1.0, ink(ui, token))
}

/// Gives the context our fonts and both styles. Once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    project(ctx, false);
    ctx.set_style_of(egui::Theme::Dark, style(Theme::Dark));
    ctx.options_mut(|options| {
        options.fallback_theme = egui::Theme::Light;
        options.zoom_with_keyboard = false;
        options.quit_shortcuts.clear();
    });
}

/// Lets nothing slide or fade, or as usual.
pub fn calm(ctx: &egui::Context, is_calm: bool) {
    ctx.all_styles_mut(|style| style.animation_time = if is_calm { 0.0 } else { MOTION });
}

/// Makes the light style the one for projectors, or the usual one.
pub fn project(ctx: &egui::Context, is_projected: bool) {
    let light = if is_projected { Theme::Projector } else { Theme::Light };
    ctx.set_style_of(egui::Theme::Light, style(light));
}

fn style(theme: Theme) -> egui::Style {
    let base = if theme.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
    let mut style = egui::Style { visuals: visuals(theme, base.default_visuals()), ..egui::Style::default() };
    style.text_styles = [
        (TextStyle::Small, fonts::font(Face::Regular, 11.0)),
        (TextStyle::Body, fonts::font(Face::Regular, 13.0)),
        (TextStyle::Button, fonts::font(Face::Regular, 13.0)),
        (TextStyle::Heading, fonts::font(Face::Bold, 18.0)),
        (TextStyle::Monospace, fonts::font(Face::Mono, 12.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 3.0);
    spacing.interact_size = vec2(24.0, 24.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.indent = 12.0;
    spacing.icon_width = 16.0;
    spacing.icon_spacing = 6.0;
    spacing.combo_width = 40.0;
    spacing.combo_height = 320.0;
    spacing.menu_width = 240.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle { floating_allocated_width: 0.0, bar_width: 8.0, ..ScrollStyle::floating() };
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = MOTION;
    style.compact_menu_style = false;
    style
}

fn visuals(theme: Theme, base: egui::Visuals) -> egui::Visuals {
    let color = |ink| color32(theme.color(ink));
    let shadow = Shadow { offset: [0, 3], blur: 12, spread: 0, color: color(Ink::Shadow).gamma_multiply(0.18) };
    let mut visuals = egui::Visuals {
        dark_mode: theme.is_dark(),
        override_text_color: None,
        weak_text_color: Some(color(Ink::Muted)),
        hyperlink_color: color(Ink::Accent),
        faint_bg_color: color(Ink::Raised),
        extreme_bg_color: color(Ink::Panel),
        text_edit_bg_color: Some(color(Ink::Canvas)),
        code_bg_color: color(Ink::Raised),
        window_corner_radius: CornerRadius::same(CARD_RADIUS),
        menu_corner_radius: CornerRadius::same(CARD_RADIUS),
        window_fill: color(Ink::Panel),
        window_stroke: Stroke::new(1.0, color(Ink::Border)),
        panel_fill: color(Ink::Panel),
        window_shadow: shadow,
        popup_shadow: shadow,
        striped: false,
        indent_has_left_vline: false,
        ..base
    };
    visuals.selection.bg_fill = color(Ink::AccentSoft);
    visuals.selection.stroke = Stroke::new(1.0, color(Ink::Accent));
    visuals.text_cursor.stroke = Stroke::new(1.5, color(Ink::Accent));
    // A blinking cursor would repaint the window for ever.
    visuals.text_cursor.blink = false;
    let widget = |ground: Color32, border: Ink, text: Ink| WidgetVisuals {
        bg_fill: ground,
        weak_bg_fill: ground,
        bg_stroke: Stroke::new(1.0, color(border)),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, color(text)),
        expansion: 0.0,
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(color(Ink::Panel), Ink::Border, Ink::Text);
    widgets.inactive = widget(color(Ink::Panel), Ink::Border, Ink::Text);
    widgets.hovered = widget(color(Ink::Raised), Ink::BorderStrong, Ink::Text);
    widgets.active = widget(color(Ink::AccentSoft), Ink::Accent, Ink::Text);
    widgets.open = widget(color(Ink::Raised), Ink::BorderStrong, Ink::Text);
    visuals
}
