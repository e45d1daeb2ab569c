//! Names on the stage that are read from the last row wherever the camera is: seen from too far for the letters of the diagram,
//! what is in the light bears its name in large ones; and the tab of a boundary larger than the view keeps to its visible edge.

use super::{CanvasFrame, CanvasState, Light};
use crate::geometry::Rect as World;
use crate::library::Library;
use crate::model::{Band, Id, ThreatModel};
use crate::risk::{Assessment, name_of};
use crate::scene::{BoxKind, DiagramLayout, PlacedBox, RoutedFlow, band_icon, pill_place};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::painter::View;
use crate::ui::{Measure, style};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Galley, Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Height of letters, in pixels of a window 1080 high.
const LETTERS: f32 = 24.0;
/// A pill with what hangs beside it, in units of the world.
const PILL: (f32, f32) = (52.0, 26.0);
/// Width of a name beyond its box, in letters.
const WIDE: f32 = 6.0;

/// A diagram that names are written onto, and where.
pub struct Ground<'a> {
    pub model: &'a ThreatModel,
    pub assessment: &'a Assessment,
    pub library: &'a Library,
    pub layout: &'a DiagramLayout,
    pub view: View,
    /// The part of the screen that is free for names.
    pub room: Rect,
}

struct Signs<'a> {
    ui: &'a Ui,
    ground: Ground<'a>,
    painter: Painter,
    m: Measure,
    /// What nothing may be written over.
    taken: Vec<Rect>,
}

pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(legible) = state.picture.legible() else { return };
    let light = state.light.clone().unwrap_or_default();
    let (cx, view) = (frame.cx, frame.view(state));
    let ground =
        Ground { model: cx.model, assessment: cx.assessment, library: cx.library, layout: cx.layout, view, room: frame.rect };
    names(ui, ground, &light, view.camera.scale < legible);
}

/// Writes names onto a diagram: onto all in the light where it is seen from far, else onto boundaries whose tab is not seen.
pub fn names(ui: &Ui, ground: Ground<'_>, light: &Light, is_far: bool) {
    let (view, layout, room) = (ground.view, ground.layout, ground.room);
    let painter = ui.painter().with_clip_rect(ground.room);
    let mut signs = Signs { ui, ground, painter, m: Measure::of(ui.ctx()), taken: Vec::new() };
    let is_lit = |id: &Id| light.lit.is_empty() || light.lit.contains(id);
    let mut boxes: Vec<(&Id, &PlacedBox)> = layout.boxes.iter().filter(|(id, _)| is_lit(id)).collect();
    // What the step is about first, then outer boundaries before inner ones, and the gravest elements.
    boxes.sort_by(|(a, x), (b, y)| {
        let rank = |id: &Id, placed: &PlacedBox| (!light.framed.contains(id), placed.depth);
        rank(a, x).cmp(&rank(b, y)).then_with(|| signs.peak(b).total_cmp(&signs.peak(a))).then_with(|| a.cmp(b))
    });
    let is_boundary = |placed: &PlacedBox| placed.kind == BoxKind::Boundary;
    if !is_far && !light.lit.is_empty() {
        signs.taken = signs.things(&light.lit);
    }
    for (id, placed) in boxes.iter().filter(|(_, placed)| is_boundary(placed)) {
        let is_read = || placed.tab.is_some_and(|tab| room.contains_rect(view.rect_to_screen(tab)));
        if is_far || (!light.lit.is_empty() && !is_read()) {
            let own = placed.tab.filter(|_| !is_far).map(|tab| view.rect_to_screen(tab));
            signs.tab(id, view.rect_to_screen(placed.rect), own, light.framed.contains(*id));
        }
    }
    if !is_far {
        return;
    }
    let heads = light.lit.iter().filter_map(|id| layout.flows.get(id).map(|flow| (light.framed.contains(id), flow)));
    heads.for_each(|(is_framed, flow)| signs.head(flow, if is_framed { Ink::Accent } else { Ink::Flow }));
    for (id, placed) in boxes.iter().filter(|(_, placed)| !is_boundary(placed) && placed.kind != BoxKind::Note) {
        signs.name(id, view.rect_to_screen(placed.rect), light.framed.contains(*id));
    }
    for id in light.framed.iter().filter(|id| layout.flows.contains_key(*id)) {
        let label = layout.flows.get(id).and_then(|flow| flow.label.as_ref()).map(|label| label.bounds());
        if let Some(label) = label {
            signs.name(id, view.rect_to_screen(label), false);
        }
    }
}

impl Signs<'_> {
    fn peak(&self, id: &Id) -> f64 {
        let assessment = self.ground.assessment;
        let element = assessment.elements.get(id).map(|there| there.risk.peak);
        element.or_else(|| assessment.flows.get(id).map(|there| there.peak)).unwrap_or_default()
    }

    /// Where there is something to be read already: elements, labels of flows, pills, and tabs that are seen as a whole.
    fn things(&self, lit: &BTreeSet<Id>) -> Vec<Rect> {
        let (layout, view) = (self.ground.layout, self.ground.view);
        let solid = |id: &Id| layout.boxes.get(id).filter(|placed| placed.kind != BoxKind::Boundary).map(|placed| placed.rect);
        let label = |id: &Id| layout.flows.get(id).and_then(|flow| flow.label.as_ref()).map(|label| label.bounds());
        let pill = |id: &Id| solid(id).and(pill_place(layout, id)).map(|at| World::from_center(at, PILL.0, PILL.1));
        let is_read = |tab: &World| self.ground.room.contains_rect(view.rect_to_screen(*tab));
        let tab = |id: &Id| layout.boxes.get(id).and_then(|placed| placed.tab).filter(is_read);
        let all = lit.iter().flat_map(|id| [solid(id), label(id), pill(id), tab(id)]).flatten();
        all.map(|world| view.rect_to_screen(world)).collect()
    }

    fn ink(&self, ink: Ink) -> Color32 {
        style::ink(self.ui, ink)
    }

    /// Words with the sign of a risk before them, in lines no wider than that.
    fn words(&self, band: Option<Band>, text: &str, ink: Ink, width: f32) -> Arc<Galley> {
        let font = self.m.font(Face::Bold, LETTERS);
        let mut job = LayoutJob { halign: Align::LEFT, ..LayoutJob::default() };
        job.wrap = TextWrapping { max_width: width, max_rows: 3, ..TextWrapping::default() };
        if let Some(band) = band {
            let (face, glyph) = band_icon(band);
            let icon = TextFormat::simple(self.m.font(face, LETTERS), self.ink(Ink::RiskOutline(band)));
            job.append(&glyph.to_string(), 0.0, icon);
            job.append(" ", 0.0, TextFormat::simple(font.clone(), self.ink(ink)));
        }
        job.append(text, 0.0, TextFormat::simple(font, self.ink(ink)));
        self.painter.layout_job(job)
    }

    /// Which way a flow goes.
    fn head(&self, flow: &RoutedFlow, ink: Ink) {
        let length = self.m.px(18.0).max(6.0);
        let (tip, along) = (self.ground.view.to_screen(flow.end.at), vec2(flow.end.direction.x, flow.end.direction.y) * length);
        let side = along.rot90() * 0.5;
        let corners = vec![tip, tip - along + side, tip - along - side];
        self.painter.add(egui::Shape::convex_polygon(corners, self.ink(ink), Stroke::NONE));
    }

    /// The first of these places where it lies on nothing, moved into the view.
    fn place(&self, places: &[Rect], must: bool) -> Option<Rect> {
        let room = self.ground.room.shrink(self.m.px(8.0));
        let into = |rect: &Rect| {
            let by = |low: f32, high: f32, a: f32, b: f32| (low - a).max(0.0) + (high - b).min(0.0);
            rect.translate(vec2(
                by(room.left(), room.right(), rect.left(), rect.right()),
                by(room.top(), room.bottom(), rect.top(), rect.bottom()),
            ))
        };
        let mut places = places.iter().map(into);
        let first = places.clone().next().filter(|_| must);
        places.find(|rect| room.contains_rect(*rect) && !self.taken.iter().any(|taken| taken.intersects(*rect))).or(first)
    }

    /// The name of a boundary with its trust, on a corner of what is seen of its frame; shortened where there is no room for all
    /// of it.
    fn tab(&mut self, id: &Id, boundary: Rect, own: Option<Rect>, must: bool) {
        let seen = boundary.intersect(self.ground.room);
        if !seen.is_positive() {
            return;
        }
        let trust = self.ground.model.boundaries.get(id).and_then(|boundary| boundary.trust).map(|trust| format!("T{trust}"));
        let (em, pad) = (self.m.letters(LETTERS), self.m.px(10.0));
        let chip =
            trust.map(|trust| self.painter.layout_no_wrap(trust, self.m.font(Face::Mono, LETTERS), self.ink(Ink::OnBoundary)));
        let beside = chip.as_ref().map_or(0.0, |chip| chip.size().x + 3.0 * pad);
        let within = (seen.width() - beside - 2.0 * pad).max(if must { em * 8.0 } else { em * 3.0 });
        let name = name_of(self.ground.model, id);
        let set = |most: f32| {
            crate::ui::widgets::elided(self.ui, &name, self.m.font(Face::Bold, LETTERS), self.ink(Ink::Boundary), most)
        };
        let placed = [em * 12.0, within].into_iter().find_map(|most| {
            let words = set(most);
            let size = vec2(words.size().x + beside + 2.0 * pad, em * 1.6);
            // Where it is in the diagram, else across its seam where that is seen, else within the edge of the view.
            let inset = (seen.width() * 0.06).min(em);
            let [left, right] = [seen.left() + inset, seen.right() - inset - size.x];
            let at = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), size);
            let middle = seen.center().x - size.x / 2.0;
            let [top, bottom] = [seen.top(), seen.bottom()].map(|edge| edge - size.y / 2.0);
            let corners =
                [at(left, top), at(right, top), at(middle, top), at(left, bottom), at(right, bottom), at(middle, bottom)];
            let places: Vec<Rect> = own.map(|own| at(own.left(), own.top())).into_iter().chain(corners).collect();
            self.place(&places, must && most == within).map(|rect| (words, rect))
        });
        let Some((words, rect)) = placed else { return };
        self.taken.push(rect);
        let stroke = Stroke::new(self.m.px(2.5).max(1.0), self.ink(Ink::Boundary));
        self.painter.rect(rect, em * 0.3, self.ink(Ink::Canvas), stroke, StrokeKind::Inside);
        let ink = self.ink(Ink::Boundary);
        self.painter.galley(pos2(rect.left() + pad, rect.center().y - words.size().y / 2.0), words, ink);
        if let Some(chip) = chip {
            let plate = vec2(chip.size().x + 1.4 * pad, em * 1.16);
            let center = pos2(rect.right() - pad * 0.6 - plate.x / 2.0, rect.center().y);
            let plate = Rect::from_center_size(center, plate);
            self.painter.rect_filled(plate, em * 0.2, ink);
            self.painter.galley(plate.center() - chip.size() / 2.0, chip, ink);
        }
    }

    /// The name of something with its level of risk, in its middle or beside it.
    fn name(&mut self, id: &Id, thing: Rect, must: bool) {
        if !thing.intersects(self.ground.room) {
            return;
        }
        let peak = self.peak(id);
        let band = (peak > 0.0).then(|| self.ground.library.calibration.band(peak));
        let em = self.m.letters(LETTERS);
        let name = name_of(self.ground.model, id);
        // No word is broken.
        let font = self.m.font(Face::Bold, LETTERS);
        let long = |word: &str| self.painter.layout_no_wrap(word.to_owned(), font.clone(), self.ink(Ink::Text)).size().x;
        let longest = name.split_whitespace().map(long).fold(0.0, f32::max).min(em * 12.0) + em * 1.6;
        let wide = thing.width().max(em * WIDE).max(longest);
        let words = self.words(band, &name, Ink::Text, wide);
        let size = words.size() + vec2(em * 0.6, em * 0.3);
        let middle = Rect::from_center_size(thing.center(), size);
        let places = [
            middle,
            middle.translate(vec2(0.0, thing.bottom() - middle.top())),
            middle.translate(vec2(0.0, thing.top() - middle.bottom())),
        ];
        let Some(rect) = self.place(&places, must) else { return };
        self.taken.push(rect);
        // Where it hides the outline of its box it has one itself.
        let edge = band.map_or(Ink::BorderStrong, Ink::RiskOutline);
        let is_within = thing.shrink(em * 0.15).contains_rect(rect) || self.ground.model.flows.contains_key(id);
        let edge = if is_within { Stroke::NONE } else { Stroke::new(self.m.px(3.0).max(1.0), self.ink(edge)) };
        self.painter.rect(rect, em * 0.2, self.ink(Ink::Panel), edge, StrokeKind::Inside);
        self.painter.galley(rect.center() - words.size() / 2.0, words, self.ink(Ink::Text));
    }
}
