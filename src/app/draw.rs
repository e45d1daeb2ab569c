//! The arrangement of the window.

use super::App;
use crate::library::Library;
use crate::theme::{Ink, Theme};
use crate::ui::{
    self, CanvasState, Dashboard, Docks, Drawer, Find, Help, Messages, Palette, Panes, PreferencesWindow, Region, RulePages,
    Side, Told, TopBar, Tour, ViewCx, WelcomeCx, Work, come_back, region, style,
};
use egui::{CentralPanel, Frame, Margin, Panel};

/// What each panel remembers between frames.
#[derive(Default)]
pub(super) struct Views {
    pub(super) top_bar: TopBar,
    pub(super) panes: Panes,
    pub(super) preferences: PreferencesWindow,
    pub(super) help: Help,
    pub(super) told: Told,
    pub(super) tour: Tour,
    pub(super) palette: Palette,
    pub(super) find: Find,
    pub(super) rule_pages: RulePages,
    pub(super) messages: Messages,
    pub(super) canvas: CanvasState,
    pub(super) dashboard: Dashboard,
}

impl Views {
    /// Another model is shown.
    pub(super) fn show_model(&mut self) {
        self.canvas = CanvasState::default();
        let drawer = Drawer::remembering(self.panes.drawer.views());
        self.panes = Panes { drawer, ..Panes::default() };
        self.dashboard = Dashboard::default();
        self.rule_pages = RulePages::default();
    }
}

impl App {
    /// What panels may read now.
    pub(super) fn with_view<R>(&self, ctx: &egui::Context, read: impl FnOnce(&ViewCx<'_>) -> R) -> R {
        let theme = style::theme_of(&ctx.global_style().visuals);
        read(&self.view(theme))
    }

    fn view(&self, theme: Theme) -> ViewCx<'_> {
        ViewCx {
            is_open: self.is_open,
            model: self.document.model(),
            revision: self.document.revision() + self.laid_out.revision() + self.looks,
            content: self.lists.content(),
            content_now: self.content,
            records: &self.records,
            is_previewing: self.document.is_previewing(),
            assessment: self.seen.1.assessment().unwrap_or(self.assessed.assessment()),
            seen: self.seen.0,
            actual: self.assessed.assessment(),
            live: self.assessed.live(),
            library: Library::builtin(),
            diagram: &self.diagram,
            layout: self.morph.as_ref().map_or(self.laid_out.layout(), |morph| &morph.now),
            selection: &self.selection,
            hover: self.hover.as_ref(),
            tool: self.tool,
            has_style: self.views.canvas.has_style(),
            theme,
            undo: self.document.undo_label(),
            redo: self.document.redo_label(),
            is_dirty: self.document.is_dirty(),
            unlogged: self.document.unlogged(),
            file_name: self.file.as_ref().and_then(|p| p.file_name()).and_then(|n| n.to_str()).unwrap_or_default(),
            today: self.services.today,
            author: &self.preferences.author,
            pulse: self.pulse.as_ref(),
            trial: self.trial.as_ref(),
            roadmap: self.roadmap.as_ref(),
            model_revision: self.document.revision(),
            paths: self.paths.found(),
            ratings: self.ratings.found(),
            proposals: self.proposals.found(),
            losses: self.losses.found(),
            lit: &self.lit,
            matching: self.matching.as_ref(),
            compared: self.compared.as_ref(),
            panels: self.panels,
            docks: &self.docks,
            outside: self.minded.outside(),
            also_open: &self.minded.also_open,
        }
    }

    /// Draws everything.
    pub(super) fn draw(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        // Taken out for the frame, so that the view can borrow the rest.
        let has_style = self.views.canvas.has_style();
        let had_menu = egui::Popup::is_any_open(&ctx);
        let mut staged = self.staged.take();
        let mut views = std::mem::take(&mut self.views);
        let mut out = self.outbox.lend();
        let is_over = views.palette.is_open() || views.find.is_open() || self.question.is_some();
        if !is_over {
            self.take_escape_of_dialogs(&ctx);
            views.preferences.take_escape(&ctx);
            views.help.take_escape(&ctx);
            views.told.take_escape(&ctx);
            views.rule_pages.take_escape(&ctx);
        }
        let cx = ViewCx { has_style, ..self.view(style::theme(ui)) };
        let quiet = self.laid_out.is_sketch().then_some(Work::Quiet("Laying out the diagram…"));
        let work = self.jobs.work().or(quiet);
        let ground = |ink| Frame::new().fill(style::color32(cx.theme.color(ink)));
        let chrome = !self.panels.zen && staged.is_none();
        if chrome {
            Panel::bottom("status")
                .exact_size(24.0)
                .frame(ground(Ink::Raised).inner_margin(Margin::symmetric(12, 0)))
                .show(ui, |ui| region(ui, Region::Status, |ui| ui::status_bar_ui(ui, &cx, work, &mut out)));
        }
        let mut sizes: Vec<(Side, f32)> = Vec::new();
        if !cx.is_open {
            let names: Vec<&'static str> = super::SAMPLES.iter().map(|s| s.name).collect();
            let welcome = WelcomeCx { recent: &self.recent.files, names: &names, cards: &self.cards };
            CentralPanel::default().frame(ground(Ink::Canvas)).show(ui, |ui| ui::welcome_ui(ui, &welcome, &mut out));
        } else if let Some(staged) = &mut staged {
            let is_taken = self.question.is_some() || ui::is_in_dialog(&ctx);
            let is_free = !is_taken && !views.palette.is_open() && !views.find.is_open();
            ui::stage_ui(ui, &cx, &mut views.canvas, &mut staged.present, is_free, &mut out);
        } else {
            if chrome {
                let frame = ground(Ink::Panel).inner_margin(Margin::symmetric(12, 0));
                Panel::top("top")
                    .exact_size(44.0)
                    .frame(frame)
                    .show(ui, |ui| region(ui, Region::Top, |ui| views.top_bar.ui(ui, &cx, &mut out)));
            }
            if let Some(outside) = cx.outside {
                let frame = ground(Ink::Raised).inner_margin(Margin::symmetric(12, 0));
                Panel::top("outside").exact_size(36.0).frame(frame).show(ui, |ui| ui::outside_ui(ui, &cx, outside, &mut out));
            }
            if cx.seen != ui::Seen::Today {
                let frame = ground(Ink::AccentSoft).inner_margin(Margin::symmetric(12, 0));
                Panel::top("seen").exact_size(36.0).frame(frame).show(ui, |ui| ui::seen_ui(ui, &cx, &mut out));
            }
            if let Some(trial) = cx.trial {
                let frame = ground(Ink::AccentSoft).inner_margin(Margin::symmetric(12, 0));
                Panel::top("trial").exact_size(36.0).frame(frame).show(ui, |ui| ui::trial_ui(ui, &cx, trial, &mut out));
            }
            if let Some(compared) = cx.compared {
                let frame = ground(Ink::AccentSoft).inner_margin(Margin::symmetric(12, 0));
                Panel::top("compared").exact_size(36.0).frame(frame).show(ui, |ui| ui::compared_ui(ui, &cx, compared, &mut out));
            }
            if chrome {
                views.panes.drawer.begin(&cx, &mut out);
            }
            let mut areas = Vec::new();
            // The lower one first: it is as wide as the window.
            for side in [Side::Bottom, Side::Left, Side::Right] {
                // Charts need the width more than tools that work on the canvas.
                let has_room = !cx.panels.dashboard || side == Side::Bottom;
                if chrome && has_room && cx.docks.dock(side).is_open {
                    areas.push((side, dock(ui, side, &cx, &mut views.panes, &mut out)));
                }
            }
            come_back(&ctx, had_menu);
            let canvas = ui.available_rect_before_wrap();
            if chrome {
                views.panes.drawer.finish(&cx, &mut out);
            }
            let center = CentralPanel::default().frame(ground(Ink::Canvas));
            if cx.panels.dashboard && chrome {
                let narrowed = views.panes.drawer.narrowed();
                center.show(ui, |ui| views.dashboard.ui(ui, &cx, narrowed, &mut out));
            } else {
                center.show(ui, |ui| ui::canvas_ui(ui, &cx, &mut views.canvas, &mut out));
            }
            ui::drop_ui(&ctx, &cx, &areas, canvas, &mut out);
            sizes = areas
                .into_iter()
                .map(|(side, rect)| (side, if side == Side::Bottom { rect.height() } else { rect.width() }))
                .collect();
        }
        views.palette.ui(&ctx, &cx, &mut out);
        if views.canvas.claims_keyboard() {
            // Both would take it from each other, for ever.
            views.find.close();
        }
        views.find.ui(&ctx, &cx, &mut out);
        views.rule_pages.ui(&ctx, &cx, &mut out);
        views.preferences.ui(&ctx, &self.preferences, &mut out);
        views.help.ui(&ctx);
        views.told.ui(&ctx);
        views.tour.ui(&ctx, &cx, &mut out);
        views.messages.ui(&ctx, views.canvas.area().filter(|_| cx.is_open), cx.model_revision, &mut out);
        sizes.into_iter().for_each(|(side, size)| self.docks.set_size(side, size));
        self.recent.remember_commands(views.palette.recent(), self.services.state.as_deref());
        if let Some(registers) = views.panes.drawer.changed_views() {
            super::memory::store_registers(&registers, self.services.state.as_deref());
        }
        self.views = views;
        self.outbox = out;
        self.staged = staged;
        self.show_dialogs(&ctx);
        self.ask(&ctx);
    }
}

/// Each layout has sizes of its own, and forgets them when it is put back.
pub(super) fn dock_id(side: Side, docks: &Docks, window: egui::Vec2) -> egui::Id {
    egui::Id::new(("dock", side, docks.layout, docks.turn, side.is_roomy(window)))
}

/// Draws a dock at its side; returns where.
fn dock(ui: &mut egui::Ui, side: Side, cx: &ViewCx<'_>, panes: &mut Panes, out: &mut crate::ui::Outbox) -> egui::Rect {
    let window = ui.ctx().content_rect().size();
    let id = dock_id(side, cx.docks, window);
    let panel = match side {
        Side::Left => Panel::left(id),
        Side::Right => Panel::right(id),
        Side::Bottom => Panel::bottom(id),
    };
    let fill = style::color32(cx.theme.color(Ink::Panel));
    let panel = panel.resizable(true).default_size(cx.docks.begins(side, window)).size_range(side.sizes());
    let shown = panel.frame(Frame::new().fill(fill)).show(ui, |ui| {
        contained(ui, |ui| {
            let of = match side {
                Side::Left => Region::Left,
                Side::Right => Region::Right,
                Side::Bottom => Region::Lower,
            };
            if side == Side::Left {
                Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 0 }).show(ui, |ui| {
                    region(ui, Region::Tools, |ui| ui::tools_ui(ui, cx, out));
                    ui.add_space(6.0);
                    ui::widgets::rule(ui);
                });
            }
            region(ui, of, |ui| ui::dock_ui(ui, side, cx, panes, out));
        });
    });
    shown.response.rect
}

/// A panel is as wide as people make it, however wide its content would like to be.
fn contained(ui: &mut egui::Ui, content: impl FnOnce(&mut egui::Ui)) {
    let rect = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inside.set_clip_rect(inside.clip_rect().intersect(rect));
    content(&mut inside);
    ui.advance_cursor_after_rect(rect);
}
