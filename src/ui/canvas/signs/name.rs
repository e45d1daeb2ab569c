//! What things are called, in letters for the last row: in their box where it has room, in one that grew, or beside it; and
//! the symbol of what has room for no more.

use super::{LETTERS, Signs};
use crate::model::{Band, ElementKind, Id};
use crate::risk::name_of;
use crate::scene::{BoxKind, band_icon, symbol_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Align2, Color32, Galley, Rect, Stroke, StrokeKind, vec2};
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
        let mut job = LayoutJob { wrap, halign: Align::Center, ..LayoutJob::default() };
        if let Some(band) = band {
            let (face, glyph) = band_icon(band);
            let icon = TextFormat::simple(self.m.font(face, LETTERS), self.ink(Ink::RiskOutline(band)));
            job.append(&glyph.to_string(), 0.0, icon);
            job.append(" ", 0.0, TextFormat::simple(font.clone(), self.ink(ink)));
        }
        job.append(text, 0.0, TextFormat::simple(font, self.ink(ink)));
        self.painter.layout_job(job)
    }

    /// Words in the middle of a place.
    fn centred(&self, rect: Rect, words: Arc<Galley>) {
        let at = rect.center() - vec2(0.0, words.size().y / 2.0);
        self.painter.galley(at, words, self.ink(Ink::Text));
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
            self.centred(thing, words);
        }
        fits
    }

    /// The name within its box, or what kind of thing it is.
    pub(super) fn within_or_symbol(&self, id: &Id, thing: Rect) {
        if self.ground.model.notes.contains_key(id) {
            self.note(id, thing);
        } else if thing.intersects(self.ground.room) && !self.within(id, thing) {
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

    /// The name of something with its level of risk, in its box or in one that grew; false where there is no room for that.
    pub(super) fn name_in_place(&mut self, id: &Id, kind: BoxKind, thing: Rect, must: bool) -> bool {
        if !thing.intersects(self.ground.room) {
            return true;
        }
        let is_free = !self.taken.iter().any(|taken| taken.intersects(thing));
        if (is_free || must) && self.within(id, thing) {
            self.taken.push(thing);
            return true;
        }
        // So large that nothing is left of the outline it takes the place of.
        let grown = |plate: Rect| plate.union(thing.expand(self.m.px(4.0)));
        let set = self.plates(id, thing);
        let free = set.iter().find_map(|(words, plate)| Some((words, self.place(&[grown(*plate)], id, false)?)));
        let forced = || set.first().filter(|_| must).map(|(words, plate)| (words, self.seen_whole(grown(*plate))));
        let Some((words, rect)) = free.or_else(forced) else { return false };
        self.grown.insert(id.clone(), rect);
        let edge = match kind {
            _ if must => Ink::Accent,
            BoxKind::Element(_) if self.is_bare => self.edge(id),
            BoxKind::Element(ElementKind::Process) => Ink::ProcessStroke,
            BoxKind::Element(ElementKind::DataStore) => Ink::StoreStroke,
            BoxKind::Element(ElementKind::ExternalEntity) => Ink::EntityStroke,
            BoxKind::Folded | BoxKind::Boundary => Ink::Boundary,
            BoxKind::Note => Ink::BorderStrong,
        };
        let is_round = kind == BoxKind::Element(ElementKind::Process);
        let radius = self.m.letters(LETTERS) * if is_round { 1.0 } else { 0.2 };
        self.plate(rect, radius.min(rect.height() / 2.0), 4.0, edge, words);
        true
    }

    /// The name of something beside its box, which shows what kind of thing it is.
    pub(super) fn name_beside(&mut self, id: &Id, thing: Rect) {
        self.symbol(id, thing);
        let set = self.plates(id, thing);
        let found = set.iter().find_map(|(words, plate)| Some((words, self.place(&around(thing, *plate), id, false)?)));
        if let Some((words, rect)) = found {
            self.plate(rect, self.m.letters(LETTERS) * 0.2, 2.5, self.edge(id), words);
        }
    }

    /// The colour of the risk of something.
    fn edge(&self, id: &Id) -> Ink {
        self.band(id).map_or(Ink::BorderStrong, Ink::RiskOutline)
    }

    /// A name in few lines, and in as many as it has words, with the room each takes around the middle of its thing.
    fn plates(&self, id: &Id, thing: Rect) -> [(Arc<Galley>, Rect); 2] {
        let (em, name) = (self.m.letters(LETTERS), name_of(self.ground.model, id));
        let (band, longest) = (self.band(id), self.longest(&name));
        [(em * WIDE).max(longest), longest].map(|wide| {
            let words = self.words(band, &name, Ink::Text, wide);
            let plate = Rect::from_center_size(thing.center(), words.size() + vec2(em * 0.8, em * 0.3));
            (words, plate)
        })
    }

    /// Words on a ground of their own.
    fn plate(&mut self, rect: Rect, radius: f32, width: f32, edge: Ink, words: &Arc<Galley>) {
        self.taken.push(rect);
        let stroke = Stroke::new(self.m.px(width).max(1.5), self.ink(edge));
        self.painter.rect(rect, radius, self.ink(Ink::Panel), stroke, StrokeKind::Inside);
        self.centred(rect, words.clone());
    }

    /// The name of a flow where its label is, or beside its course where that is short.
    pub(super) fn flow(&mut self, id: &Id, label: Rect, course: Rect) {
        let (em, name) = (self.m.letters(LETTERS), name_of(self.ground.model, id));
        if !label.intersects(self.ground.room) {
            return;
        }
        let wide = label.width().max(em * WIDE * 1.4).max(self.longest(&name));
        let words = self.words(self.band(id), &name, Ink::Text, wide);
        let plate = Rect::from_center_size(label.center(), words.size() + vec2(em * 0.4, em * 0.2));
        let [up, down] = [-plate.height(), plate.height()].map(|by| plate.translate(vec2(0.0, by)));
        let is_short = course.width() > course.height() && course.width() < 2.0 * plate.width();
        let places = if is_short { [up, down, plate] } else { [plate, up, down] };
        let Some(rect) = self.place(&places, id, false).or_else(|| self.place(&[plate], id, true)) else { return };
        self.taken.push(rect);
        self.painter.rect_filled(rect, em * 0.2, self.ink(Ink::Canvas));
        self.centred(rect, words);
    }

    /// As many words of a note as it has room for.
    pub(super) fn note(&self, id: &Id, thing: Rect) {
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
        self.painter.galley(room.left_center() - vec2(0.0, words.size().y / 2.0), words, self.ink(Ink::Text));
    }
}

/// Places for a name at the sides of its thing and at its corners.
fn around(thing: Rect, plate: Rect) -> [Rect; 8] {
    let (below, above) = (thing.bottom() - plate.top(), thing.top() - plate.bottom());
    let (right, left) = (thing.right() - plate.left(), thing.left() - plate.right());
    let (to_left, to_right) = (thing.left() - plate.left(), thing.right() - plate.right());
    let by = [
        vec2(0.0, below),
        vec2(0.0, above),
        vec2(right, 0.0),
        vec2(left, 0.0),
        vec2(to_left, below),
        vec2(to_right, below),
        vec2(to_left, above),
        vec2(to_right, above),
    ];
    by.map(|by| plate.translate(by))
}
