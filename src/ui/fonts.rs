//! The bundled fonts for egui: the same files the core measures text with.

use crate::text::Face;
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

/// The family of a face, which falls back to symbols and icons.
pub fn family(face: Face) -> FontFamily {
    match face {
        Face::Regular => FontFamily::Proportional,
        Face::Mono => FontFamily::Monospace,
        face => FontFamily::Name(face.name().into()),
    }
}

/// A face at a size in points.
pub fn font(face: Face, size: f32) -> FontId {
    FontId::new(size, family(face))
}

/// All bundled faces, each also under its own name.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for face in Face::ALL {
        fonts.font_data.insert(face.name().to_owned(), Arc::new(FontData::from_static(face.bytes())));
        let fallback = [face.name(), Face::Symbols.name(), Face::Icon.name()];
        let names: Vec<String> = fallback.into_iter().map(str::to_owned).collect();
        fonts.families.insert(family(*face), names.clone());
        fonts.families.insert(FontFamily::Name(face.name().into()), names);
    }
    fonts
}
