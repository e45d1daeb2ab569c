//! Names on the stage that are read from the last row wherever the camera is: seen from too far for the letters of the diagram,
//! everything bears its name in large ones; and the tab of a boundary larger than the view keeps to its visible edge.

mod name;

use super::{CanvasFrame, CanvasState, Light};
use crate::geometry::Rect as World;
use crate::library::Library;
use crate::model::{Id, ThreatModel};
use crate::risk::{Assessment, name_of};
use crate::scene::{BoxKind, Detail, DiagramLayout, PlacedBox, RoutedFlow, pill_place};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::painter::View;
use crate::ui::{Measure, style};
use egui::{Color32, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use std::collections::{BTreeMap, BTreeSet};

/// Height of letters, in pixels of a window 1080 high.
const LETTERS: f32 = 24.0;
/// A pill with what hangs beside it, in units of the world.
const PILL: (f32, f32) = (52.0, 26.0);
/// Width from which on a name of a boundary is worth shortening, in letters.
const TAB: f32 = 4.5;
/// Below this share of the scale from which on letters can be read, only outlines in the colour of their risk are left.
const BARE: f32 = 0.36;

/// How much is drawn of a diagram whose letters can be read from the scale `legible` on.
pub fn detail(usual: Detail, scale: f32, legible: f32) -> Detail {
    match scale / legible {
        share if share < BARE => usual.max(Detail::Heat),
        share if share < 1.0 => usual.max(Detail::Plain),
        _ => usual,
    }
}

/// A diagram that names are written onto, and where.
pub struct Ground<'a> {
    pub model: &'a ThreatModel,
    pub assessment: &'a Assessment,
    pub library: &'a Library,
    pub layout: &'a DiagramLayout,
    pub view: View,
    /// The part of the screen that is free for names.
    pub room: Rect,
    /// The scale from which on the letters of the diagram can be read.
    pub legible: f32,
}

struct Signs<'a> {
    ui: &'a Ui,
    ground: Ground<'a>,
    painter: Painter,
    m: Measure,
    /// What nothing may be written over.
    taken: Vec<Rect>,
    /// Elements and notes: names lie on their own only.
    solid: Vec<(&'a Id, Rect)>,
    /// What boxes grew into for their names.
    grown: BTreeMap<Id, Rect>,
    /// Only outlines are drawn, in the colour of their risk.
    is_bare: bool,
}

fn ground<'a>(frame: &CanvasFrame<'a, '_>, state: &mut CanvasState) -> Option<Ground<'a>> {
    let (legible, view) = (state.picture.legible()?, frame.view(state));
    let cx = frame.cx;
    let (model, assessment, library, layout) = (cx.model, cx.assessment, cx.library, cx.layout);
    Some(Ground { model, assessment, library, layout, view, room: frame.rect, legible })
}

pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(ground) = ground(frame, state) else { return };
    names(ui, ground, &state.light.clone().unwrap_or_default());
}

/// Names of what is to lie in the dark, as far as their boxes have room.
pub fn draw_below(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(ground) = ground(frame, state).filter(Ground::is_far) else { return };
    let Some(light) = state.light.as_ref().filter(|light| !light.lit.is_empty()) else { return };
    let signs = Signs::new(ui, ground);
    for (id, rect) in signs.solid.iter().filter(|(id, _)| !light.lit.contains(*id)) {
        signs.within_or_symbol(id, *rect);
    }
}

/// Writes names onto a diagram: onto all in the light where it is seen from far, else onto boundaries whose tab is not seen.
/// Returns what boxes grew into.
pub fn names(ui: &Ui, ground: Ground<'_>, light: &Light) -> BTreeMap<Id, Rect> {
    let is_far = ground.is_far();
    let (view, layout) = (ground.view, ground.layout);
    let mut signs = Signs::new(ui, ground);
    let is_bare = signs.is_bare;
    let is_lit = |id: &Id| light.lit.is_empty() || light.lit.contains(id);
    let mut boxes: Vec<(&Id, &PlacedBox)> = layout.boxes.iter().filter(|(id, _)| is_lit(id)).collect();
    // What the step is about first, then outer boundaries before inner ones, and the gravest elements.
    boxes.sort_by(|(a, x), (b, y)| {
        let depth = |placed: &PlacedBox| if placed.kind == BoxKind::Boundary { placed.depth } else { 0 };
        let rank = |id: &Id, placed: &PlacedBox| (!light.framed.contains(id), depth(placed));
        rank(a, x).cmp(&rank(b, y)).then_with(|| signs.peak(b).total_cmp(&signs.peak(a))).then_with(|| a.cmp(b))
    });
    if !is_far && !light.lit.is_empty() {
        signs.taken = signs.things(&light.lit);
    }
    let is_framed = |id: &Id| light.framed.contains(id);
    let (boundaries, things): (Vec<_>, Vec<_>) = boxes.into_iter().partition(|(_, placed)| placed.kind == BoxKind::Boundary);
    // Names of what lies inside come before those of inner boundaries, which have a whole seam to be at.
    let is_first = |id: &Id, placed: &PlacedBox| !is_far || placed.depth == 0 || is_framed(id);
    let (outer, inner): (Vec<_>, Vec<_>) = boundaries.into_iter().partition(|(id, placed)| is_first(id, placed));
    outer.into_iter().for_each(|(id, placed)| signs.boundary(id, placed, light));
    if !is_far {
        return signs.grown;
    }
    let (notes, things): (Vec<_>, Vec<_>) = things.into_iter().partition(|(_, placed)| placed.kind == BoxKind::Note);
    for (id, placed) in notes {
        signs.taken.push(view.rect_to_screen(placed.rect));
        signs.note(id, view.rect_to_screen(placed.rect));
    }
    // First all that can be named in their place, then the others beside theirs.
    let mut others = Vec::new();
    for (id, placed) in things {
        if !signs.name_in_place(id, placed.kind, view.rect_to_screen(placed.rect), is_framed(id)) {
            others.push((id, placed));
        }
    }
    inner.into_iter().for_each(|(id, placed)| signs.boundary(id, placed, light));
    for (id, placed) in others {
        signs.name_beside(id, view.rect_to_screen(placed.rect));
    }
    for (id, flow) in layout.flows.iter().filter(|(id, _)| is_lit(id)) {
        let ink = if is_framed(id) { Ink::Accent } else { Ink::Flow };
        signs.head_of(id, flow, is_bare, ink);
    }
    for id in light.framed.iter().filter(|id| layout.flows.contains_key(*id)) {
        let label = layout.flows.get(id).and_then(|flow| Some((flow.label.as_ref()?.bounds(), flow)));
        if let Some((label, flow)) = label {
            let course = World::around(flow.points.iter().copied()).unwrap_or(label);
            signs.flow(id, view.rect_to_screen(label), view.rect_to_screen(course));
        }
    }
    signs.grown
}

impl Ground<'_> {
    fn is_far(&self) -> bool {
        self.view.camera.scale < self.legible
    }
}

impl<'a> Signs<'a> {
    fn new(ui: &'a Ui, ground: Ground<'a>) -> Signs<'a> {
        let painter = ui.painter().with_clip_rect(ground.room);
        let boxes = ground.layout.boxes.iter().filter(|(_, placed)| placed.kind != BoxKind::Boundary);
        let solid = boxes.map(|(id, placed)| (id, ground.view.rect_to_screen(placed.rect))).collect();
        let is_bare = detail(Detail::Full, ground.view.camera.scale, ground.legible) >= Detail::Heat;
        let (m, taken, grown) = (Measure::of(ui.ctx()), Vec::new(), BTreeMap::new());
        Signs { ui, ground, painter, m, taken, solid, grown, is_bare }
    }

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

    /// Which way a flow goes: its tip where it comes to what grew, or where none was drawn.
    fn head_of(&self, id: &Id, flow: &RoutedFlow, is_bare: bool, ink: Ink) {
        let to = self.ground.model.flows.get(id).and_then(|flow| flow.to.as_ref());
        let Some(rect) = to.and_then(|to| self.grown.get(to)) else {
            if is_bare {
                let direction = vec2(flow.end.direction.x, flow.end.direction.y);
                self.head(self.ground.view.to_screen(flow.end.at), direction, ink);
            }
            return;
        };
        let points: Vec<Pos2> = flow.points.iter().map(|point| self.ground.view.to_screen(*point)).collect();
        let enters = |pair: &&[Pos2]| matches!(pair, [from, to] if !rect.contains(*from) && rect.contains(*to));
        let Some([from, to]) = points.windows(2).rev().find(enters) else { return };
        // Halving finds where it comes in closely enough.
        let (mut outside, mut inside) = (*from, *to);
        for _ in 0..8 {
            let middle = outside + (inside - outside) * 0.5;
            *if rect.contains(middle) { &mut inside } else { &mut outside } = middle;
        }
        self.head(inside, (*to - *from).normalized(), ink);
    }

    /// The head of an arrow.
    fn head(&self, tip: Pos2, direction: Vec2, ink: Ink) {
        let along = direction * self.m.px(18.0).max(6.0);
        let side = along.rot90() * 0.5;
        let corners = vec![tip, tip - along + side, tip - along - side];
        self.painter.add(egui::Shape::convex_polygon(corners, self.ink(ink), Stroke::NONE));
    }

    /// The first of these places, moved into the view, where it lies on nothing that is written, and on no box but its own;
    /// with `on_boxes` it may lie on those.
    fn place(&self, places: &[Rect], own: &Id, on_boxes: bool) -> Option<Rect> {
        let room = self.ground.room.shrink(self.m.px(8.0));
        let is_free = |rect: &Rect| {
            let on_box = || self.solid.iter().any(|(id, solid)| *id != own && solid.intersects(*rect));
            room.contains_rect(*rect) && !self.taken.iter().any(|taken| taken.intersects(*rect)) && (on_boxes || !on_box())
        };
        places.iter().map(|rect| self.seen_whole(*rect)).find(is_free)
    }

    /// Moved as little as needed to be seen.
    fn seen_whole(&self, rect: Rect) -> Rect {
        let room = self.ground.room.shrink(self.m.px(8.0));
        let by = |low: f32, high: f32, a: f32, b: f32| (low - a).max(0.0) + (high - b).min(0.0);
        rect.translate(vec2(
            by(room.left(), room.right(), rect.left(), rect.right()),
            by(room.top(), room.bottom(), rect.top(), rect.bottom()),
        ))
    }

    /// The name of a boundary, unless its own tab is read.
    fn boundary(&mut self, id: &Id, placed: &PlacedBox, light: &Light) {
        let (view, room, is_far) = (self.ground.view, self.ground.room, self.ground.is_far());
        let is_read = || placed.tab.is_some_and(|tab| room.contains_rect(view.rect_to_screen(tab)));
        if is_far || (!light.lit.is_empty() && !is_read()) {
            let own = placed.tab.filter(|_| !is_far).map(|tab| view.rect_to_screen(tab));
            self.tab(id, view.rect_to_screen(placed.rect), own, light.framed.contains(id));
        }
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
        // Two or three letters of a name say nothing.
        let short = Some(within).filter(|within| must || *within >= em * TAB);
        let placed = std::iter::once(em * 12.0).chain(short).find_map(|most| {
            let words = set(most);
            let size = vec2(words.size().x + beside + 2.0 * pad, em * 1.6);
            // Where it is in the diagram, else across its seam where that is seen, else within the edge of the view.
            let inset = (seen.width() * 0.06).min(em);
            let [left, right] = [seen.left() + inset, seen.right() - inset - size.x];
            let at = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), size);
            let middle = seen.center().x - size.x / 2.0;
            let [top, bottom] = [seen.top(), seen.bottom()].map(|edge| edge - size.y / 2.0);
            // Wholly beyond the seam, where what lies inside leaves no room on it.
            let (above, below) = (seen.top() - size.y * 0.9, seen.bottom() - size.y * 0.1);
            let on_seam =
                [at(left, top), at(right, top), at(middle, top), at(left, bottom), at(right, bottom), at(middle, bottom)];
            let corners = on_seam.into_iter().chain([at(left, above), at(left, below)]);
            let places: Vec<Rect> = own.map(|own| at(own.left(), own.top())).into_iter().chain(corners).collect();
            let found = self.place(&places, id, false).or_else(|| self.place(&places, id, true));
            let forced = || places.first().filter(|_| must && most == within).map(|rect| self.seen_whole(*rect));
            found.or_else(forced).map(|rect| (words, rect))
        });
        let Some((words, rect)) = placed else { return };
        // Nothing is seen of the tab that it stands for.
        let own = own.map(|own| own.intersect(self.ground.room).expand(1.0)).filter(|own| own.intersects(rect));
        let rect = own.map_or(rect, |own| rect.union(own));
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
}
