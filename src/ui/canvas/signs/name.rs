//! What things are called, in letters for the last row: in their box where it has room, in one that grew, or beside it; and
//! the symbol of what has room for no more.

use super::{LETTERS, Signs};
use crate::model::{Band, ElementKind, Id};
use crate::risk::name_of;
use crate::scene::{BoxKind, band_icon, symbol_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, Galley, Rect, Stroke, StrokeKind, vec2};
use std::sync::Arc;

/// Width of a name beyond its box, in letters.
const WIDE: f32 = 6.0;
/// Lines of a name.
const LINES: usize = 3;
/// Words of a note are worth showing from this width on, in letters.
const NOTE: f32 = 5.0;

impl Signs<'_> {
    /// Words with the sign of a risk before them, in lines no wider than that.
    fn words(&self, band: Option<Band>, text: &str, ink: Ink, width: f32) -> Arc<Galley> {
        let font = self.m.font(Face::Bold, LETTERS);
        let wrap = TextWrapping { max_width: width, max_rows: LINES, ..TextWrapping::default() };
        let mut job = LayoutJob { wrap, ..LayoutJob::default() };
        if let Some(band) = band {
            let (face, glyph) = band_icon(band);
            let icon = TextFormat::simple(self.m.font(face, LETTERS), self.ink(Ink::RiskOutline(band)));
            job.append(&glyph.to_string(), 0.0, icon);
            job.append(" ", 0.0, TextFormat::simple(font.clone(), self.ink(ink)));
        }
        job.append(text, 0.0, TextFormat::simple(font, self.ink(ink)));
        self.painter.layout_job(job)
    }

    fn band(&self, id: &Id) -> Option<Band> {
        let peak = self.peak(id);
        (peak > 0.0).then(|| self.ground.library.calibration.band(peak))
    }

    /// Width of the longest word, the sign of the risk beside it: no word is broken.
    fn longest(&self, name: &str) -> f32 {
        let (em, font) = (self.m.letters(LETTERS), self.m.font(Face::Bold, LETTERS));
        let long = |word: &str| self.painter.layout_no_wrap(word.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
        name.split_whitespace().map(long).fold(0.0, f32::max).min(em * 12.0) + em * 1.6
    }

    /// The name within its box; false where there is no room for all of it.
    fn within(&self, id: &Id, thing: Rect) -> bool {
        let em = self.m.letters(LETTERS);
        let name = name_of(self.ground.model, id);
        let room = thing.shrink2(vec2(em * 0.3, em * 0.1));
        if self.longest(&name) > room.width() {
            return false;
        }
        let words = self.words(self.band(id), &name, Ink::Text, room.width());
        let fits = words.size().y <= room.height() && !words.elided;
        if fits {
            self.painter.galley(thing.center() - words.size() / 2.0, words, self.ink(Ink::Text));
        }
        fits
    }

    /// The name within its box, or what kind of thing it is.
    pub(super) fn within_or_symbol(&self, id: &Id, thing: Rect) {
        if thing.intersects(self.ground.room) && !self.within(id, thing) {
            self.symbol(id, thing);
        }
    }

    /// What kind of thing it is.
    fn symbol(&self, id: &Id, thing: Rect) {
        let em = self.m.letters(LETTERS);
        let glyph = match self.ground.model.elements.get(id) {
            Some(element) => symbol_of(element),
            None if self.ground.model.notes.contains_key(id) => icon::NOTE,
            None => icon::CARET_RIGHT,
        };
        if thing.width() > em * 1.1 && thing.height() > em * 0.9 {
            let font = self.m.font(Face::Icon, LETTERS);
            self.painter.text(thing.center(), Align2::CENTER_CENTER, glyph, font, self.ink(Ink::Text));
        }
    }

    /// The name of something with its level of risk.
    pub(super) fn name(&mut self, id: &Id, kind: BoxKind, thing: Rect, must: bool) {
        if !thing.intersects(self.ground.room) {
            return;
        }
        let is_free = !self.taken.iter().any(|taken| taken.intersects(thing));
        if (is_free || must) && self.within(id, thing) {
            return self.taken.push(thing);
        }
        let (em, name) = (self.m.letters(LETTERS), name_of(self.ground.model, id));
        let words = self.words(self.band(id), &name, Ink::Text, (em * WIDE).max(self.longest(&name)));
        let plate = Rect::from_center_size(thing.center(), words.size() + vec2(em * 0.7, em * 0.3));
        // So large that nothing is left of the outline it takes the place of.
        let grown = plate.union(thing.expand(self.m.px(4.0)));
        let beside = [
            vec2(0.0, thing.bottom() - plate.top()),
            vec2(0.0, thing.top() - plate.bottom()),
            vec2(thing.right() - plate.left(), 0.0),
            vec2(thing.left() - plate.right(), 0.0),
        ];
        let beside: Vec<Rect> = beside.iter().map(|by| plate.translate(*by)).collect();
        let found = self.place(&[grown], id, false).or_else(|| self.place(&beside, id, false));
        let Some(rect) = found.or_else(|| must.then(|| self.seen_whole(grown))) else {
            return self.symbol(id, thing);
        };
        if !rect.contains(thing.center()) {
            self.symbol(id, thing);
        }
        self.taken.push(rect);
        let is_grown = rect.contains(thing.center());
        if is_grown {
            self.grown.insert(id.clone(), rect);
        }
        let edge = match kind {
            _ if must => Ink::Accent,
            BoxKind::Element(_) if self.is_bare || !is_grown => self.band(id).map_or(Ink::BorderStrong, Ink::RiskOutline),
            BoxKind::Element(ElementKind::Process) => Ink::ProcessStroke,
            BoxKind::Element(ElementKind::DataStore) => Ink::StoreStroke,
            BoxKind::Element(ElementKind::ExternalEntity) => Ink::EntityStroke,
            BoxKind::Folded | BoxKind::Boundary => Ink::Boundary,
            BoxKind::Note => Ink::BorderStrong,
        };
        let is_round = is_grown && kind == BoxKind::Element(ElementKind::Process);
        let radius = if is_round { (rect.height() / 2.0).min(em) } else { em * 0.2 };
        let width = if is_grown { 4.0 } else { 2.5 };
        let stroke = Stroke::new(self.m.px(width).max(1.5), self.ink(edge));
        self.painter.rect(rect, radius, self.ink(Ink::Panel), stroke, StrokeKind::Inside);
        self.painter.galley(rect.center() - words.size() / 2.0, words, self.ink(Ink::Text));
    }

    /// The name of a flow where its label is.
    pub(super) fn flow(&mut self, id: &Id, label: Rect) {
        let (em, name) = (self.m.letters(LETTERS), name_of(self.ground.model, id));
        if !label.intersects(self.ground.room) {
            return;
        }
        let wide = label.width().max(em * WIDE * 1.4).max(self.longest(&name));
        let words = self.words(self.band(id), &name, Ink::Text, wide);
        let plate = Rect::from_center_size(label.center(), words.size() + vec2(em * 0.4, em * 0.2));
        let [up, down] = [-plate.height(), plate.height()].map(|by| plate.translate(vec2(0.0, by)));
        let Some(rect) = self.place(&[plate, up, down], id, false).or_else(|| self.place(&[plate], id, true)) else { return };
        self.taken.push(rect);
        self.painter.rect_filled(rect, em * 0.2, self.ink(Ink::Canvas));
        self.painter.galley(rect.center() - words.size() / 2.0, words, self.ink(Ink::Text));
    }

    /// As many words of a note as it has room for.
    pub(super) fn note(&mut self, id: &Id, thing: Rect) {
        let Some(note) = self.ground.model.notes.get(id).filter(|_| thing.intersects(self.ground.room)) else { return };
        let em = self.m.letters(LETTERS);
        let room = thing.shrink2(vec2(em * 0.3, em * 0.1));
        let font = self.m.font(Face::Regular, LETTERS);
        let rows = (room.height() / (self.ui.fonts_mut(|fonts| fonts.row_height(&font)))) as usize;
        if rows == 0 || room.width() < em * NOTE {
            return self.symbol(id, thing);
        }
        let mut job = LayoutJob::single_section(note.text.replace('\n', " "), TextFormat::simple(font, self.ink(Ink::Text)));
        job.wrap = TextWrapping { max_width: room.width(), max_rows: rows, ..TextWrapping::default() };
        let words = self.painter.layout_job(job);
        self.taken.push(thing);
        self.painter.galley(room.left_center() - vec2(0.0, words.size().y / 2.0), words, self.ink(Ink::Text));
    }
}
