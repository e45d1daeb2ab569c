//! Panels and keys: where pages are shown, and what is kept of that for the next time.

use super::draw::dock_id;
use super::{App, memory};
use crate::model::{Category, Id, Site};
use crate::tool::{Pattern, Selection};
use crate::ui::{Action, Keymap, Page, Side};

impl App {
    /// Brings a page to the front, wherever it is.
    pub(super) fn show_page(&mut self, page: Page) {
        self.docks.show(page);
        self.panels.zen = false;
    }

    /// Makes the lower dock at least this high, in points, though never more than half of the window, where it shows this page.
    pub(super) fn room_for(&self, page: Page, height: f32, ctx: &egui::Context) {
        let id = dock_id(Side::Bottom, &self.docks, ctx.content_rect().size());
        let wanted = height.min(ctx.content_rect().height() / 2.0);
        let is_below = self.docks.is_shown(page) && self.docks.side_of(page) == Side::Bottom;
        let panel = egui::containers::PanelState::load(ctx, id).filter(|panel| is_below && panel.size().y < wanted);
        if let Some(mut panel) = panel {
            panel.outer_rect.min.y = panel.outer_rect.max.y - wanted;
            ctx.data_mut(|d| d.insert_persisted(id, panel));
        }
    }

    pub(super) fn toggle_dock(&mut self, side: Side) {
        // What nobody sees is shown rather than hidden.
        if !std::mem::take(&mut self.panels.zen) || !self.docks.dock(side).is_open {
            self.docks.toggle(side);
        }
    }

    /// Keeps where panels are, once nothing is in the hand any more.
    pub(super) fn keep_docks(&mut self, ctx: &egui::Context) {
        if self.docks != self.kept && !ctx.input(|i| i.pointer.any_down()) {
            memory::store_docks(&self.docks, self.services.state.as_deref());
            self.kept = self.docks.clone();
        }
    }

    /// Turns keys people chose themselves into the usual ones, before anybody looks at them.
    pub(super) fn turn_keys(&mut self, ctx: &egui::Context) {
        let keys = Keymap::installed(ctx);
        // The stage has keys of its own.
        if keys.is_usual() || self.panels.presenting || self.views.preferences.is_listening() {
            return;
        }
        let is_typing = ctx.text_edit_focused() || crate::ui::is_in_dialog(ctx);
        let commands = ctx.input_mut(|i| keys.translate(&mut i.events, is_typing));
        let able: Vec<_> = self.with_view(ctx, |cx| commands.into_iter().filter(|c| c.enabled(cx)).collect());
        if self.question.is_none() {
            able.into_iter().for_each(|command| self.outbox.push(Action::Run(command)));
        }
    }

    /// Puts a pattern on the diagram.
    pub(super) fn stamp(&mut self, pattern: &str, at: Option<egui::Pos2>) {
        if let Some(pattern) = Pattern::of(pattern) {
            self.views.canvas.stamp(pattern, at);
        }
    }

    /// Brings a record before one's eyes: on the diagram what is drawn, in its list what is not.
    pub(super) fn show_record(&mut self, id: Id) {
        let model = self.document.model();
        let site = model
            .instances
            .get(&id)
            .map(|i| i.at.iter().find_map(|at| if let Site::At(id) = at { Some(id.clone()) } else { None }));
        let of_vulnerability = model.vulnerabilities.get(&id).map(|v| v.at.clone());
        let drawn = of_vulnerability.or(site.flatten()).unwrap_or_else(|| id.clone());
        let is_drawn = model.item_key(&drawn).is_some();
        if model.assets.contains_key(&id) {
            self.views.panes.inspector.unfold(id);
            return self.show_page(Page::Assets);
        }
        let page = match () {
            () if model.agents.contains_key(&id) => Some(Page::Agents),
            () if model.vulnerabilities.contains_key(&id) => Some(Page::Vulnerabilities),
            () if model.instances.contains_key(&id) => Some(Page::Controls),
            () => None,
        };
        page.into_iter().for_each(|page| self.show_page(page));
        if is_drawn {
            self.outbox.push(Action::Select(Selection::one(drawn.clone())));
            self.outbox.push(Action::Reveal(drawn));
        }
    }

    /// Opens the form of a new threat.
    pub(super) fn write_threat(&mut self, at: Id, about: Option<Category>, begun: String) {
        self.selection = Selection::one(at.clone());
        self.show_page(Page::Inspector);
        self.views.panes.inspector.write_threat(at, about, begun);
    }
}
