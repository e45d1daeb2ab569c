//! A button that opens a searchable list: how tags, assets and controls are added.

use super::{Row, line_edit, named};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{Id, Key, Popup, PopupCloseBehavior, Response, ScrollArea};

/// What was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick<T> {
    Item(T),
    /// A new one of this name.
    New(String),
}

/// Opens under `button`. `items` are value, label and a word at the right; `new` is what a new one is called, if any
/// can be made.
pub fn pick<T: Clone>(
    button: &Response,
    hint: &str,
    new: Option<&str>,
    items: impl FnOnce() -> Vec<(T, String, String)>,
) -> Option<Pick<T>> {
    pick_about(button, hint, new, items, |_| String::new(), |_, _| None)
}

/// The same; `about` says more of the one under the pointer, or chosen by keyboard, and `also` gives another name of one
/// that has these letters in it, all small.
pub fn pick_about<T: Clone>(
    button: &Response,
    hint: &str,
    new: Option<&str>,
    items: impl FnOnce() -> Vec<(T, String, String)>,
    about: impl Fn(&T) -> String,
    also: impl Fn(&T, &str) -> Option<&'static str>,
) -> Option<Pick<T>> {
    let search = Id::new(("pick", button.id));
    let mut picked = None;
    Popup::from_toggle_button_response(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(268.0).show(|ui| {
        let mut text = ui.data(|d| d.get_temp::<String>(search)).unwrap_or_default();
        let edit = line_edit(&mut text).id(search.with("text")).hint_text(hint.to_owned());
        let field = named(ui.add(edit), hint);
        if button.clicked() {
            field.request_focus();
        }
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        // What was found by another name has that beside it.
        let fits = |(value, label, mut more): (T, String, String)| {
            let plain = [label.to_lowercase(), more.to_lowercase()];
            for word in words.iter().filter(|w| !plain.iter().any(|p| p.contains(w.as_str()))) {
                more = also(&value, word)?.to_owned();
            }
            Some((value, label, more))
        };
        let found: Vec<_> = items().into_iter().filter_map(fits).collect();
        let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (n, (value, label, more)) in found.iter().enumerate() {
                let mut row = Row::new(ui, 26.0, false, label);
                let weak = style::ink(row.ui, Ink::Muted);
                row.right(more, fonts::font(Face::Regular, 11.0), weak);
                let strong = style::ink(row.ui, Ink::Text);
                row.text(label, fonts::font(Face::Regular, 13.0), strong);
                let is_picked = row.response.clicked() || (enter && n == 0);
                let response = row.response;
                if response.hovered() || response.has_focus() {
                    let more = about(value);
                    response.ctx.accesskit_node_builder(response.id, |node| node.set_description(more.as_str()));
                    if !more.is_empty() {
                        response.on_hover_text(more);
                    }
                }
                if is_picked {
                    picked = Some(Pick::Item(value.clone()));
                }
            }
            if let Some(new) = new {
                let name = text.trim();
                let label = if name.is_empty() { format!("New {new}") } else { format!("New {new} “{name}”") };
                let mut row = Row::new(ui, 26.0, false, &label);
                let accent = style::ink(row.ui, Ink::Accent);
                row.icon(Face::Icon, icon::PLUS, 12.0, accent).text(&label, fonts::font(Face::Regular, 13.0), accent);
                if row.response.clicked() || (enter && found.is_empty()) {
                    picked = Some(Pick::New(name.to_owned()));
                }
            } else if found.is_empty() {
                ui.label(super::muted(ui, "Nothing of this name"));
            }
        });
        if picked.is_some() {
            text.clear();
            ui.close();
        }
        ui.data_mut(|d| d.insert_temp(search, text));
    });
    picked
}
