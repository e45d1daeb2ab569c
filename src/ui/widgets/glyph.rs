//! Text and icons in the few styles there are.

use crate::model::{Element, ElementKind};
use crate::text::Face;
use crate::text::icon::{self, Icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{RichText, Ui};

pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).font(fonts::font(Face::Bold, 13.0))
}

pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).font(fonts::font(Face::Bold, 18.0))
}

pub fn muted(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).size(12.0).color(style::ink(ui, Ink::Muted))
}

pub fn caption(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).size(11.0).color(style::ink(ui, Ink::Muted))
}

/// Picture and stroke colour of an element's kind.
pub fn element_icon(element: &Element) -> (Icon, Ink) {
    match element.kind {
        ElementKind::ExternalEntity => (icon::RECTANGLE, Ink::EntityStroke),
        ElementKind::Process => (icon::CIRCLE, Ink::ProcessStroke),
        ElementKind::DataStore => (icon::DATABASE, Ink::StoreStroke),
    }
}
