//! The whole diagram, small, above the zoom bar: where risk is, which part is in view, and a handle to move that.

mod raster;

use super::{CanvasFrame, CanvasState};
use crate::geometry::{Point, Rect, Vec2, pt, vec2 as by};
use crate::model::Id;
use crate::scene::{BoxKind, DiagramLayout};
use crate::theme::{Ink, Theme};
use crate::tool::Camera;
use crate::ui::ViewCx;
use crate::ui::painter::View;
use crate::ui::style::color32;
use egui::{Align2, Area, Color32, EventFilter, Frame, Key, Order, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions};
use egui::{WidgetInfo, WidgetType, pos2, vec2};
use raster::Raster;

/// Largest size in points, and the room around the diagram.
const SIZE: egui::Vec2 = vec2(208.0, 144.0);
const MARGIN: f32 = 6.0;
/// Room for the zoom bar below.
const ABOVE: f32 = 44.0;
/// Canvases smaller than this have no room for it.
const LEAST: egui::Vec2 = vec2(420.0, 300.0);
/// Pixels of the picture for each pixel of the screen: what is smaller than a pixel is still seen a little.
const FINE: f32 = 2.0;
/// Of more flows only a grey haze would be left.
const FLOWS: usize = 4000;

/// The picture as made last; a frame in which nothing changed makes none.
#[derive(Default)]
pub struct Minimap {
    made_for: Option<Made>,
    picture: Option<TextureHandle>,
    /// How often it was made.
    pub made: usize,
    /// While the view is dragged: from the pointer to its middle, in world units, and the part of the world that is shown,
    /// which must not change under the pointer.
    grabbed: Option<(Vec2, Rect)>,
}

impl std::fmt::Debug for Minimap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minimap").field("made_for", &self.made_for).finish_non_exhaustive()
    }
}

#[derive(Debug, PartialEq)]
struct Made {
    revision: u64,
    diagram: Id,
    theme: Theme,
    size: [usize; 2],
}

/// Where it lies, if it is shown.
pub fn place(frame: &CanvasFrame<'_, '_>) -> Option<egui::Rect> {
    let fits = frame.rect.width() >= LEAST.x && frame.rect.height() >= LEAST.y;
    let is_shown = frame.cx.panels.minimap && fits && !frame.cx.layout.boxes.is_empty();
    let corner = frame.rect.right_bottom() - vec2(16.0, ABOVE);
    is_shown.then(|| egui::Rect::from_min_max(corner - SIZE, corner))
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(place) = place(frame) else { return };
    let drawn = frame.cx.layout.bounds;
    let seen = frame.camera(state).visible(frame.size());
    let area = Area::new(frame.id.with("minimap")).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM).fixed_pos(place.max);
    let ink = |ink| color32(frame.cx.theme.color(ink));
    let mut to = None;
    area.constrain_to(frame.rect).show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(ink(Ink::Panel)).corner_radius(4.0);
        ground.stroke(Stroke::new(1.0, ink(Ink::Border))).show(ui, |ui| {
            let (rect, response) = ui.allocate_exact_size(SIZE, Sense::click_and_drag());
            let world = state.minimap.grabbed.map_or_else(|| drawn.union(shown_part(seen, drawn)), |(_, world)| world);
            let room = by(rect.width(), rect.height());
            let view = View { camera: whole(world, room), rect };
            let place = view.rect_to_screen(drawn);
            // Made for the size it has while everything in view is on the diagram; smaller it is scaled.
            let largest = vec2(drawn.w, drawn.h) * whole(drawn, room).scale;
            let picture = state.minimap.picture(ui.ctx(), frame.cx, largest, frame.pixels_per_point);
            let uv = egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let painter = ui.painter().with_clip_rect(rect);
            painter.image(picture, place, uv, Color32::WHITE);
            // Of very many only a blot would be seen.
            for placed in frame.cx.selection.items.iter().take(64).filter_map(|id| frame.cx.layout.boxes.get(id)) {
                painter.rect_stroke(
                    view.rect_to_screen(placed.rect),
                    1.0,
                    Stroke::new(1.0, ink(Ink::Accent)),
                    StrokeKind::Outside,
                );
            }
            let in_view = view.rect_to_screen(seen).intersect(rect.shrink(1.0));
            painter.rect(
                in_view,
                2.0,
                ink(Ink::Accent).gamma_multiply(0.08),
                Stroke::new(1.5, ink(Ink::Accent)),
                StrokeKind::Inside,
            );
            if response.has_focus() {
                ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, ink(Ink::Accent)), StrokeKind::Inside);
            }
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Map: drag to move the view"));
            to = keys(ui, &response, seen);
            let Some(at) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) else {
                state.minimap.grabbed = None;
                return;
            };
            let at = view.to_world(at);
            // Taken hold of, the view moves with the pointer; a press beside it brings it there.
            let held = || if seen.contains(at) { seen.center() - at } else { by(0.0, 0.0) };
            let (offset, _) = *state.minimap.grabbed.get_or_insert_with(|| (held(), world));
            to = Some(at + offset);
        });
    });
    if let Some(center) = to {
        let camera = frame.camera(state);
        if camera.center.distance(center) * camera.scale > 0.25 {
            camera.center = center;
            ui.ctx().request_repaint();
        }
    }
}

/// A camera that shows all of it, however large it is.
fn whole(world: Rect, room: Vec2) -> Camera {
    let scale = ((room.x - 2.0 * MARGIN) / world.w.max(1.0)).min((room.y - 2.0 * MARGIN) / world.h.max(1.0));
    Camera { center: world.center(), scale }
}

/// Arrows move the view by a quarter while the map has the keyboard.
fn keys(ui: &egui::Ui, response: &egui::Response, seen: Rect) -> Option<Point> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    let pressed = |i: &mut egui::InputState, key| i.count_and_consume_key(egui::Modifiers::NONE, key) as f32;
    let moved = ui.input_mut(|i| {
        let x = pressed(i, Key::ArrowRight) - pressed(i, Key::ArrowLeft);
        by(x * seen.w, (pressed(i, Key::ArrowDown) - pressed(i, Key::ArrowUp)) * seen.h) * 0.25
    });
    (moved != by(0.0, 0.0)).then(|| seen.center() + moved)
}

/// What is in view as far as it is shown: somebody far away from everything must not shrink the diagram to a dot.
fn shown_part(seen: Rect, drawn: Rect) -> Rect {
    let far = drawn.expand(0.75 * drawn.w.max(drawn.h));
    let (min, max) = (seen.min(), seen.max());
    let clamp = |v: f32, lo: f32, hi: f32| v.clamp(lo, hi.max(lo));
    let point = |p: Point| pt(clamp(p.x, far.x, far.right()), clamp(p.y, far.y, far.bottom()));
    Rect::from_corners(point(min), point(max))
}

impl Minimap {
    fn picture(&mut self, ctx: &egui::Context, cx: &ViewCx<'_>, size: egui::Vec2, pixels_per_point: f32) -> egui::TextureId {
        let pixels = |points: f32| (points * pixels_per_point * FINE).ceil().clamp(1.0, 2048.0) as usize;
        let size = [pixels(size.x), pixels(size.y)];
        let made = Made { revision: cx.revision, diagram: cx.diagram.clone(), theme: cx.theme, size };
        if let Some(picture) = self.picture.as_ref().filter(|_| self.made_for.as_ref() == Some(&made)) {
            return picture.id();
        }
        let image = draw(cx, size);
        self.made += 1;
        self.made_for = Some(made);
        match &mut self.picture {
            Some(picture) => {
                picture.set(image, TextureOptions::LINEAR);
                picture.id()
            }
            None => self.picture.insert(ctx.load_texture("map of the diagram", image, TextureOptions::LINEAR)).id(),
        }
    }
}

/// Boundaries as frames, flows as lines, elements in the colour of their risk.
fn draw(cx: &ViewCx<'_>, size: [usize; 2]) -> egui::ColorImage {
    let layout: &DiagramLayout = cx.layout;
    let mut raster = Raster::new(size, layout.bounds);
    let ink = |ink| color32(cx.theme.color(ink));
    let mut frames: Vec<(usize, Rect)> =
        layout.boxes.values().filter(|b| b.kind == BoxKind::Boundary).map(|b| (b.depth, b.rect)).collect();
    frames.sort_by_key(|(depth, _)| *depth);
    for (_, frame) in frames {
        raster.fill(frame, ink(Ink::Boundary).gamma_multiply(0.05));
        raster.frame(frame, ink(Ink::Boundary).gamma_multiply(0.7));
    }
    for line in layout.lines.values() {
        raster.course(&line.points, ink(Ink::Boundary));
    }
    if layout.flows.len() <= FLOWS {
        layout.flows.values().for_each(|flow| raster.course(&flow.points, ink(Ink::Flow).gamma_multiply(0.35)));
    }
    for (id, placed) in layout.boxes.iter().filter(|(_, b)| b.kind != BoxKind::Boundary) {
        let risk = cx.assessment.elements.get(id).map(|e| &e.risk).filter(|r| r.counts.total() > 0);
        let color = match (risk, placed.kind) {
            (Some(risk), _) => Ink::RiskFill(cx.library.calibration.band(risk.peak)),
            (None, BoxKind::Note) => Ink::BorderStrong,
            (None, BoxKind::Folded) => Ink::Boundary,
            (None, _) => Ink::Muted,
        };
        raster.fill(placed.rect, ink(color));
    }
    raster.into_image()
}
