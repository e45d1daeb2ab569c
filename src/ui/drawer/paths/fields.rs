//! Choosing what a step of a tree or a scenario is about: a threat, or a place.

use crate::model::{Id, ThreatKey};
use crate::risk::{Finding, name_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Pick, named, pick};
use crate::ui::{ViewCx, fonts, style};
use egui::{Atom, AtomExt, Button, Response, RichText, Ui, vec2};

/// The threat a step stands for; what is chosen anew. Those at the place `near` come first.
pub fn threat_field(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    name: &str,
    current: Option<&ThreatKey>,
    near: Option<&Id>,
) -> Option<Option<ThreatKey>> {
    let told = |f: &Finding| format!("{} {}", f.label(), f.title);
    let shown = current.map(|key| cx.actual.findings.get(key).map_or_else(|| format!("{key}, not found any more"), told));
    let button = drop_button(ui, name, shown.as_deref().unwrap_or("No threat"), current.is_some());
    let candidates = || {
        let mut found: Vec<&Finding> = cx.actual.ranked().into_iter().filter(|f| f.counts()).collect();
        found.sort_by_key(|f| near.is_none_or(|near| f.key.anchor != *near));
        let none = current.map(|_| (None, "No threat".to_owned(), String::new()));
        let found = found.into_iter().map(|f| (Some(f.key.clone()), told(f), name_of(cx.model, &f.key.anchor)));
        none.into_iter().chain(found).collect()
    };
    chosen(pick(&button, "Search threats", None, candidates), current)
}

/// The element, flow or boundary a step happens at; what is chosen anew.
pub fn place_field(ui: &mut Ui, cx: &ViewCx<'_>, name: &str, current: Option<&Id>) -> Option<Option<Id>> {
    let shown = current.map(|id| name_of(cx.model, id));
    let button = drop_button(ui, name, shown.as_deref().unwrap_or("Anywhere"), current.is_some());
    let candidates = || {
        let told = |kind: &'static str| move |id: &Id| (Some(id.clone()), name_of(cx.model, id), kind.to_owned());
        let none = current.map(|_| (None, "Anywhere".to_owned(), String::new()));
        let elements = cx.model.elements.keys().map(told("element"));
        let flows = cx.model.flows.keys().map(told("flow"));
        let boundaries = cx.model.boundaries.keys().map(told("boundary"));
        none.into_iter().chain(elements).chain(boundaries).chain(flows).collect()
    };
    chosen(pick(&button, "Search places", None, candidates), current)
}

fn chosen<T: PartialEq>(picked: Option<Pick<Option<T>>>, current: Option<&T>) -> Option<Option<T>> {
    match picked {
        Some(Pick::Item(item)) if item.as_ref() != current => Some(item),
        _ => None,
    }
}

/// A button as wide as there is room that opens a list.
fn drop_button(ui: &mut Ui, name: &str, shown: &str, is_set: bool) -> Response {
    let ink = style::ink(ui, if is_set { Ink::Text } else { Ink::Muted });
    let text = RichText::new(shown).size(12.0).color(ink);
    let caret = RichText::new(icon::CARET_DOWN).font(fonts::font(Face::Icon, 12.0)).color(style::ink(ui, Ink::Muted));
    let button = Button::new((text.atom_shrink(true), Atom::grow(), caret));
    let width = ui.available_width();
    let response = ui.add(button.min_size(vec2(width, 24.0)).truncate());
    named(response, &format!("{name}: {shown}")).on_hover_text(shown)
}
