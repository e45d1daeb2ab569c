//! Text and icons in the few styles there are.

use crate::model::{Element, ElementKind};
use crate::text::Face;
use crate::text::icon::{self as icons, Icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{RichText, Ui};

pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).font(fonts::font(Face::Bold, 13.0))
}

pub fn small_bold(text: impl Into<String>) -> RichText {
    RichText::new(text).font(fonts::font(Face::Bold, 12.0))
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

pub fn icon(glyph: Icon) -> RichText {
    RichText::new(glyph).font(fonts::font(Face::Icon, 16.0))
}

/// The picture of an element's kind.
pub fn kind_icon(kind: ElementKind) -> Icon {
    match kind {
        ElementKind::ExternalEntity => icons::RECTANGLE,
        ElementKind::Process => icons::CIRCLE,
        ElementKind::DataStore => icons::DATABASE,
    }
}

/// Stroke colour of an element's kind.
pub fn tag_icon(element: &Element) -> (Icon, Ink) {
    match element.kind {
        ElementKind::ExternalEntity => (icons::RECTANGLE, Ink::EntityStroke),
        ElementKind::Process => (icons::CIRCLE, Ink::ProcessStroke),
        ElementKind::DataStore => (icons::DATABASE, Ink::StoreStroke),
    }
}
