//! The right panel: everything about what is selected, editable in place. With nothing selected, the model itself.

mod agents;
mod assets;
mod assumptions;
mod boundary;
mod composer;
mod controls;
mod decision;
mod definitions;
mod diagram;
mod element;
mod flow;
mod list;
mod manual;
mod model;
mod note;
mod origin;
mod people;
mod places;
mod profile;
mod proposals;
mod questions;
mod rating;
mod readers;
mod several;
mod technology;
mod threat;
mod threats;
mod vulnerabilities;

pub use element::scope_reason;
pub use model::show_rules;

pub(super) use agents::agent_ui;
pub(super) use controls::{control_mark, instance_ui};
pub(super) use vulnerabilities::vulnerability_ui;

use super::{Outbox, Page, ViewCx};
use crate::model::{Category, Id, Key, ThreatKey};
use egui::{Frame, Margin, ScrollArea, Ui};

/// What the inspector remembers between frames.
#[derive(Default)]
pub struct Inspector {
    /// Where a threat is being written by hand.
    writing: Option<Id>,
    /// Of which category, where that is known beforehand.
    about: Option<Category>,
    /// What was typed of it before.
    begun: String,
    /// Show every capability and fact, not only those that matter here.
    all_answers: bool,
    /// The record of a list that is unfolded.
    unfolded: Option<Id>,
    shown: Option<Id>,
    /// The threat that was brought into view last.
    seen: Option<ThreatKey>,
    why: rating::LastExplanation,
    rule_counts: model::RuleCounts,
    proposed: super::proposals::Memo,
}

impl Inspector {
    /// Opens the form of a new threat at an element, flow or boundary, with what was typed of it.
    pub fn write_threat(&mut self, target: Id, about: Option<Category>, begun: String) {
        self.writing = Some(target);
        self.about = about;
        self.begun = begun;
    }

    /// Unfolds a record in its list.
    pub fn unfold(&mut self, id: Id) {
        self.unfolded = Some(id);
    }

    /// The records of a kind, as a page of their own.
    pub fn records_ui(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ScrollArea::vertical().id_salt(("records", page)).auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 12, right: 12, top: 0, bottom: 16 }).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                match page {
                    Page::Assets => self.assets_ui(ui, cx, out),
                    Page::People => self.people_ui(ui, cx, out),
                    _ => self.assumptions_ui(ui, cx, out),
                }
            });
        });
    }

    fn is_writing(&self, target: &Id) -> bool {
        self.writing.as_ref() == Some(target)
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let shown = cx.selection.single().cloned();
        if shown != self.shown {
            self.writing = self.writing.take().filter(|target| Some(target) == shown.as_ref());
            self.shown = shown.clone();
            self.all_answers = false;
            self.unfolded = None;
        }
        let salt = egui::Id::new(("inspector", &shown));
        ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]).show(ui, |ui| {
            let margin = Margin { left: 12, right: 12, top: 10, bottom: 16 };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                match shown.as_ref().and_then(|id| cx.model.item_key(id)) {
                    Some(Key::Element(id)) => self.element_ui(ui, cx, &id, out),
                    Some(Key::Flow(id)) => self.flow_ui(ui, cx, &id, out),
                    Some(Key::Boundary(id)) => self.boundary_ui(ui, cx, &id, out),
                    Some(Key::Note(id)) => note::note_ui(ui, cx, &id, out),
                    _ if cx.selection.items.len() > 1 => several::several_ui(ui, cx, out),
                    _ => self.model_ui(ui, cx, out),
                }
            });
        });
    }
}

/// Levels of likelihood, impact, skill and the like.
const LEVELS: &[(u8, &str)] = &[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")];

/// The head of the panel: an icon, the name as a field, and a line about it.
struct Head<'a> {
    glyph: crate::text::Icon,
    ink: crate::theme::Ink,
    name: &'a str,
    about: String,
}

impl Head<'_> {
    fn ui(self, ui: &mut Ui, out: &mut Outbox, id: &Id, put: impl FnOnce(String) -> crate::edit::Edit) {
        use super::{Action, fonts, style, widgets};
        use crate::text::Face;
        ui.horizontal_top(|ui| {
            let color = style::ink(ui, self.ink);
            ui.label(egui::RichText::new(self.glyph).font(fonts::font(Face::Icon, 22.0)).color(color));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let mut name = self.name.to_owned();
                // Long names wrap; they have no lines of their own, so Enter is the end.
                let field = egui::TextEdit::multiline(&mut name)
                    .return_key(None)
                    .desired_rows(1)
                    .min_size(egui::vec2(0.0, 24.0))
                    .id(egui::Id::new(("name", id)))
                    .font(fonts::font(Face::Bold, 18.0))
                    .frame(Frame::new())
                    .hint_text("Name")
                    .desired_width(f32::INFINITY);
                let response = widgets::named(ui.add(field), "Name");
                if response.has_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
                    response.surrender_focus();
                }
                if response.changed() {
                    let name = name.replace(['\n', '\r'], " ");
                    out.push(Action::Type { field: response.id, edit: put(name), tag: None });
                } else if response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                    out.push(Action::CancelPreview);
                }
                ui.add(egui::Label::new(widgets::muted(ui, self.about)).wrap());
            });
        });
        ui.add_space(6.0);
    }
}
