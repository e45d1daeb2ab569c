//! The bundled fonts for egui: the same files the core measures text with.

use crate::text::Face;
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};
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

/// The face, once the window has it; until then, for a frame, another one.
pub fn ready(ctx: &Context, face: Face) -> Face {
    if !matches!(face, Face::House(_)) {
        return face;
    }
    let family = family(face);
    let known = ctx.fonts(|fonts| fonts.definitions().families.contains_key(&family));
    if known {
        return face;
    }
    let mut fonts = ctx.fonts(|fonts| fonts.definitions().clone());
    fonts.font_data.insert(face.name().to_owned(), Arc::new(FontData::from_static(face.bytes())));
    let fallback = [face.name(), Face::Regular.name(), Face::Symbols.name(), Face::Icon.name()];
    fonts.families.insert(family, fallback.into_iter().map(str::to_owned).collect());
    ctx.set_fonts(fonts);
    ctx.request_repaint();
    Face::Regular
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
