//! From shapes of the core to shapes of egui.

use super::View;
use crate::geometry::{Point, Rect};
use crate::scene::{Paint, Shape, Step, Stroke, TextRun};
use crate::text::visual;
use crate::theme::Theme;
use crate::ui::{fonts, style::color32};
use egui::emath::GuiRounding;
use egui::epaint::{CircleShape, CubicBezierShape, PathStroke, QuadraticBezierShape, RectShape, TextShape};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Mesh, Pos2, Shape as EguiShape, StrokeKind, pos2};

/// Lines, in points, are not drawn thinner than this: from afar they become fainter instead.
const THINNEST: f32 = 0.9;

/// However far away, a line keeps this much of its opacity.
const FAINTEST: f32 = 0.6;

/// How much bolder lines are on a projector, which washes out thin ones.
const PROJECTED: f32 = 1.6;

/// Text smaller than this many pixels is left out: it could not be read.
const SMALLEST_TEXT: f32 = 4.5;

/// Turns shapes into egui's for one view and theme.
pub struct Brush<'a> {
    pub ctx: &'a egui::Context,
    pub view: View,
    pub theme: Theme,
    /// Multiplied onto every opacity.
    pub opacity: f32,
    /// Dashes beyond this part of the screen are left out: around a large boundary there are thousands.
    pub within: Option<egui::Rect>,
}

impl Brush<'_> {
    /// Adds what a shape becomes on the screen.
    pub fn trace(&self, shape: &Shape, out: &mut Vec<EguiShape>) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke, out),
            Shape::Circle { center, radius, fill, stroke } => self.circle(*center, *radius, *fill, *stroke, out),
            Shape::Path { steps, fill, stroke } => self.path(steps, *fill, *stroke, out),
            Shape::Text(run) => self.text(run, out),
        }
    }

    fn paint(&self, paint: Paint) -> Color32 {
        color32(self.theme.color(paint.ink).faded(paint.opacity * self.opacity))
    }

    fn fill(&self, fill: Option<Paint>) -> Color32 {
        fill.map_or(Color32::TRANSPARENT, |p| self.paint(p))
    }

    fn stroke(&self, stroke: Option<Stroke>) -> egui::Stroke {
        stroke.map_or(egui::Stroke::NONE, |s| {
            let bolder = if self.theme == Theme::Projector { PROJECTED } else { 1.0 };
            let width = s.width * bolder * self.view.camera.scale;
            let opacity = (width / THINNEST).clamp(FAINTEST, 1.0);
            egui::Stroke::new(width.max(THINNEST), self.paint(s.paint).gamma_multiply(opacity))
        })
    }

    fn rect(&self, rect: Rect, radius: f32, fill: Option<Paint>, stroke: Option<Stroke>, out: &mut Vec<EguiShape>) {
        let dash = stroke.and_then(|s| s.dash);
        let on_screen = self.view.rect_to_screen(rect);
        let radius_px = radius * self.view.camera.scale;
        if radius == 0.0 && stroke.is_none() {
            out.push(self.block(on_screen, self.fill(fill)));
            return;
        }
        let solid = if dash.is_none() { self.stroke(stroke) } else { egui::Stroke::NONE };
        out.push(RectShape::new(on_screen, radius_px, self.fill(fill), solid, StrokeKind::Middle).into());
        if let Some(dash) = dash {
            let mut outline = Vec::new();
            egui::epaint::tessellator::path::rounded_rectangle(
                &mut outline,
                on_screen,
                egui::epaint::CornerRadiusF32::same(radius_px),
            );
            outline.extend(outline.first().copied());
            self.dashes(&outline, self.stroke(stroke), dash, out);
        }
    }

    /// A rectangle on whole pixels: two triangles, for edges on pixels need no soft rim.
    fn block(&self, on_screen: egui::Rect, color: Color32) -> EguiShape {
        let ppp = self.ctx.pixels_per_point();
        let (min, size) = (on_screen.min.round_to_pixels(ppp), on_screen.size().round_to_pixels(ppp));
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(egui::Rect::from_min_size(min, size.max(egui::Vec2::splat(1.0 / ppp))), color);
        EguiShape::mesh(mesh)
    }

    fn circle(&self, center: Point, radius: f32, fill: Option<Paint>, stroke: Option<Stroke>, out: &mut Vec<EguiShape>) {
        let center = self.view.to_screen(center);
        let radius = radius * self.view.camera.scale;
        let line = self.stroke(stroke);
        match stroke.and_then(|s| s.dash) {
            None => out.push(CircleShape { center, radius, fill: self.fill(fill), stroke: line }.into()),
            Some(dash) => {
                out.push(EguiShape::circle_filled(center, radius, self.fill(fill)));
                let turn = (0..=48).map(|i| center + egui::Vec2::angled(i as f32 / 48.0 * std::f32::consts::TAU) * radius);
                self.dashes(&turn.collect::<Vec<_>>(), line, dash, out);
            }
        }
    }

    fn dashes(&self, points: &[Pos2], stroke: egui::Stroke, (dash, gap): (f32, f32), out: &mut Vec<EguiShape>) {
        let scale = self.view.camera.scale;
        // Below two pixels dashes turn into grey: a plain line as faint as they are reads better and is cheaper.
        if dash * scale < 2.0 {
            let color = stroke.color.gamma_multiply(dash / (dash + gap));
            out.push(EguiShape::line(points.to_vec(), egui::Stroke { color, ..stroke }));
        } else {
            let (dash, gap) = (dash * scale, gap * scale);
            match self.within {
                Some(within) => seen_parts(points, dash + gap, within.expand(dash + gap + stroke.width))
                    .iter()
                    .for_each(|part| EguiShape::dashed_line_many(part, stroke, dash, gap, out)),
                None => out.extend(EguiShape::dashed_line(points, stroke, dash, gap)),
            }
        }
    }

    fn path(&self, steps: &[Step], fill: Option<Paint>, stroke: Option<Stroke>, out: &mut Vec<EguiShape>) {
        let line = self.stroke(stroke);
        for (points, closed) in self.flatten(steps) {
            if fill.is_some() {
                out.push(EguiShape::convex_polygon(points.clone(), self.fill(fill), egui::Stroke::NONE));
            }
            if line.is_empty() {
                continue;
            }
            match stroke.and_then(|s| s.dash) {
                Some(dash) => {
                    let closing = points.first().copied().filter(|_| closed);
                    self.dashes(&points.iter().copied().chain(closing).collect::<Vec<_>>(), line, dash, out);
                }
                None if closed => out.push(EguiShape::closed_line(points, PathStroke::from(line))),
                None => out.push(EguiShape::line(points, line)),
            }
        }
    }

    /// The pieces of a path as screen polylines, and whether each is closed.
    fn flatten(&self, steps: &[Step]) -> Vec<(Vec<Pos2>, bool)> {
        let at = |p: &Point| self.view.to_screen(*p);
        let mut pieces: Vec<(Vec<Pos2>, bool)> = Vec::new();
        for step in steps {
            if let Step::Move(p) = step {
                pieces.push((vec![at(p)], false));
                continue;
            }
            let Some((points, closed)) = pieces.last_mut() else { continue };
            let Some(from) = points.last().copied() else { continue };
            match step {
                Step::Move(_) => {}
                Step::Line(p) => points.push(at(p)),
                Step::Quad(c, p) => {
                    let curve = QuadraticBezierShape::from_points_stroke(
                        [from, at(c), at(p)],
                        false,
                        Color32::TRANSPARENT,
                        egui::Stroke::NONE,
                    );
                    points.extend(curve.flatten(Some(0.1)).into_iter().skip(1));
                }
                Step::Cubic(a, b, p) => {
                    let ends = [from, at(a), at(b), at(p)];
                    let curve = CubicBezierShape::from_points_stroke(ends, false, Color32::TRANSPARENT, egui::Stroke::NONE);
                    points.extend(curve.flatten(Some(0.1)).into_iter().skip(1));
                }
                Step::Close => *closed = true,
            }
        }
        pieces
    }

    /// Lays text out at its final size, in whole device pixels so that zooming does not fill the font atlas.
    fn text(&self, run: &TextRun, out: &mut Vec<EguiShape>) {
        let size = run.size * self.view.camera.scale;
        if size < SMALLEST_TEXT || run.text.is_empty() {
            return;
        }
        let ppp = self.ctx.pixels_per_point();
        let whole = (size * ppp).round().max(1.0) / ppp;
        let (font, ink) = (fonts::font(fonts::ready(self.ctx, run.face), whole), self.paint(run.paint));
        // The painter of the window sets letters in their order only.
        let text = visual(&run.text).into_owned();
        let mut galley = self.ctx.fonts_mut(|f| f.layout_no_wrap(text.clone(), font.clone(), ink));
        // Rounding the size changes the width. Spacing the letters makes it what the layout measured.
        let missing = galley.size().x * (size / whole - 1.0);
        let letters = text.chars().count();
        if missing.abs() > 0.5 && letters > 1 {
            let format =
                TextFormat { font_id: font, color: ink, extra_letter_spacing: missing / letters as f32, ..TextFormat::default() };
            galley = self.ctx.fonts_mut(|f| f.layout_job(LayoutJob::single_section(text, format)));
        }
        let baseline = galley.rows.first().map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |g| g.pos.y));
        let at = self.view.to_screen(run.at);
        out.push(TextShape::new(pos2(at.x, at.y - baseline), galley, ink).into());
    }
}

/// The parts of a polyline that meet an area. Each starts a whole number of periods along it, or at a corner outside of the
/// area, so that a pattern along the line stays where it is.
fn seen_parts(points: &[Pos2], period: f32, area: egui::Rect) -> Vec<Vec<Pos2>> {
    let mut parts: Vec<Vec<Pos2>> = Vec::new();
    let mut goes_on = true;
    let mut along = 0.0;
    for &[a, b] in points.array_windows() {
        let length = a.distance(b);
        let inside = inside(a, b, area).map(|(from, to)| (from * length, to * length));
        if let Some((from, to)) = inside.filter(|_| length > 0.0) {
            // Where the pattern begins anew, at or before the first point inside.
            let anew = ((along + from) / period).floor() * period - along;
            let at = |distance: f32| a + (b - a) * (distance.clamp(0.0, length) / length);
            match parts.last_mut().filter(|_| goes_on && from == 0.0) {
                Some(part) => part.push(at(to)),
                None => parts.push(vec![at(anew), at(to)]),
            }
            goes_on = to == length;
        } else {
            goes_on = false;
        }
        along += length;
    }
    parts
}

/// From where to where, 0 to 1, a line is inside an area.
fn inside(a: Pos2, b: Pos2, area: egui::Rect) -> Option<(f32, f32)> {
    let (mut from, mut to) = (0.0f32, 1.0f32);
    for (start, by, low, high) in [(a.x, b.x - a.x, area.min.x, area.max.x), (a.y, b.y - a.y, area.min.y, area.max.y)] {
        if by == 0.0 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (one, other) = ((low - start) / by, (high - start) / by);
        from = from.max(one.min(other));
        to = to.min(one.max(other));
    }
    (from < to).then_some((from, to))
}
