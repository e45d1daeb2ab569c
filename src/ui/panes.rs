//! The pages as docks draw them, each by whoever keeps what it remembers.

use super::control_list::ControlList;
use super::dock::Pages;
use super::{Cards, Drawer, Inspector, Outbox, Page, Patterns, Structure, ViewCx};
use egui::Ui;

/// What all pages remember between frames.
#[derive(Default)]
pub struct Panes {
    pub structure: Structure,
    pub patterns: Patterns,
    pub safeguards: ControlList,
    pub inspector: Inspector,
    pub cards: Cards,
    pub drawer: Drawer,
}

impl Pages for Panes {
    fn count(&self, page: Page, cx: &ViewCx<'_>) -> String {
        self.drawer.count(page, cx)
    }

    fn tools(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        self.drawer.tools_ui(page, ui, cx, out);
    }

    fn body(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match page {
            Page::Structure => self.structure.ui(ui, cx, out),
            Page::Patterns => self.patterns.ui(ui, cx, out),
            Page::Safeguards => self.safeguards.ui(ui, cx, out),
            Page::Inspector => self.inspector.ui(ui, cx, out),
            Page::Assets | Page::People | Page::Assumptions => self.inspector.records_ui(page, ui, cx, out),
            Page::Cards => self.cards.ui(ui, cx, out),
            _ => self.drawer.page_ui(page, ui, cx, out),
        }
    }
}
