//! Marks of a comparison on the diagram: what is new (+), changed (~), and, as ghosts where it was, gone (−).

use super::{CanvasFrame, CanvasState};
use crate::compare::Way;
use crate::geometry::{Point, Rect};
use crate::model::{Id, Key, Placement, ThreatModel};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::compared::{Compared, way_ink};
use crate::ui::painter::View;
use crate::ui::widgets::elided;
use crate::ui::{fonts, style::color32};
use egui::{Align2, Color32, Painter, Pos2, Shape, Stroke, StrokeKind, Ui, pos2};

/// Radius of a sign.
const SIGN: f32 = 9.0;
const DASH: f32 = 6.0;
const GAP: f32 = 4.0;

pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some((compared, found)) = frame.cx.compared.and_then(|c| Some((c, c.found.as_ref()?))) else { return };
    let view = frame.view(state);
    let marks = Marks { ui, painter: ui.painter().with_clip_rect(frame.rect), view, frame };
    for change in &found.difference.records {
        let Some(id) = change.key.id() else { continue };
        match change.way {
            Way::Removed => marks.ghost(compared, &change.key, id),
            way => marks.mark(id, way),
        }
    }
}

struct Marks<'a, 'f, 'v> {
    ui: &'a Ui,
    painter: Painter,
    view: View,
    frame: &'a CanvasFrame<'f, 'v>,
}

impl Marks<'_, '_, '_> {
    fn ink(&self, ink: Ink) -> Color32 {
        color32(self.frame.cx.theme.color(ink))
    }

    /// A frame around what is there, or a line along it, with its sign.
    fn mark(&self, id: &Id, way: Way) {
        let layout = self.frame.cx.layout;
        let stroke = Stroke::new(2.5, self.ink(way_ink(way)));
        if let Some(placed) = layout.boxes.get(id) {
            let rect = self.view.rect_to_screen(placed.rect).expand(4.0);
            self.painter.rect_stroke(rect, 6.0, stroke, StrokeKind::Middle);
            self.sign(rect.left_top(), way);
        } else if let Some(points) = layout.flows.get(id).map(|f| &f.points).or_else(|| layout.lines.get(id).map(|l| &l.points)) {
            let points: Vec<Pos2> = points.iter().map(|p| self.view.to_screen(*p)).collect();
            let middle = along(&points, 0.35);
            self.painter.add(Shape::line(points, Stroke::new(3.0, stroke.color.gamma_multiply(0.7))));
            middle.into_iter().for_each(|at| self.sign(at, way));
        }
    }

    /// Where something was that is gone, dashed.
    fn ghost(&self, compared: &Compared, key: &Key, id: &Id) {
        let diagram = self.frame.cx.diagram;
        let Some(placement) = compared.earlier.placement(diagram, id) else { return };
        let color = self.ink(way_ink(Way::Removed));
        let stroke = Stroke::new(1.5, color);
        match placement {
            Placement::Box(rect) => {
                let rect = self.view.rect_to_screen(*rect);
                let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                self.painter.extend(Shape::dashed_line(&corners, stroke, DASH, GAP));
                let font = fonts::font(Face::Regular, (13.0 * self.view.camera.scale).clamp(6.0, 16.0));
                let name = compared.earlier.name_of(id);
                let text = elided(self.ui, name, font, color, rect.width() - 8.0);
                // Names of boundaries stand at their seam, others in the middle.
                let at = match key {
                    Key::Boundary(_) => pos2(rect.left() + 14.0, rect.top() + 3.0),
                    _ => rect.center() - text.size() / 2.0,
                };
                self.painter.galley(at, text, color);
                self.sign(rect.left_top(), Way::Removed);
            }
            Placement::Route(route) => {
                let Some(flow) = compared.earlier.flows.get(id) else { return };
                let ends = [&flow.from, &flow.to].map(|end| end.as_ref().and_then(|id| self.place_of(&compared.earlier, id)));
                let mut points: Vec<Point> = route.bends.clone();
                let [from, to] = ends;
                from.into_iter().for_each(|rect| points.insert(0, rect.center()));
                to.into_iter().for_each(|rect| points.push(rect.center()));
                // It stops at the outlines, or it would run over names.
                if let (Some(rect), [first, second, ..]) = (from, points.as_mut_slice()) {
                    *first = out_of(rect, *first, *second);
                }
                if let (Some(rect), [.., second, first]) = (to, points.as_mut_slice()) {
                    *first = out_of(rect, *first, *second);
                }
                self.line(&points, stroke);
            }
            Placement::Line(line) => self.line(&line.points, stroke),
        }
    }

    /// Where an element is, or was.
    fn place_of(&self, earlier: &ThreatModel, id: &Id) -> Option<Rect> {
        let now = self.frame.cx.layout.boxes.get(id).map(|placed| placed.rect);
        now.or_else(|| earlier.rect_of(self.frame.cx.diagram, id))
    }

    fn line(&self, points: &[Point], stroke: Stroke) {
        let points: Vec<Pos2> = points.iter().map(|p| self.view.to_screen(*p)).collect();
        self.painter.extend(Shape::dashed_line(&points, stroke, DASH, GAP));
        along(&points, 0.5).into_iter().for_each(|at| self.sign(at, Way::Removed));
    }

    fn sign(&self, at: Pos2, way: Way) {
        let color = self.ink(way_ink(way));
        self.painter.circle(at, SIGN, self.ink(Ink::Canvas), Stroke::new(1.5, color));
        self.painter.text(at, Align2::CENTER_CENTER, way.sign(), fonts::font(Face::Bold, 14.0), color);
    }
}

/// Where the way from the middle of a box to a point leaves it; the middle when the point lies in it.
fn out_of(rect: Rect, middle: Point, to: Point) -> Point {
    let by = to - middle;
    let share = |half: f32, by: f32| if by.abs() > f32::EPSILON { half / by.abs() } else { f32::INFINITY };
    let share = share(rect.w / 2.0, by.x).min(share(rect.h / 2.0, by.y));
    if share < 1.0 { middle + by * share } else { middle }
}

/// The place so far along a course, 0 to 1.
fn along(points: &[Pos2], share: f32) -> Option<Pos2> {
    let lengths = points.iter().zip(points.iter().skip(1)).map(|(a, b)| a.distance(*b));
    let mut left = lengths.sum::<f32>() * share;
    for (a, b) in points.iter().zip(points.iter().skip(1)) {
        let length = a.distance(*b);
        if left <= length {
            return Some(if length > 0.0 { *a + (*b - *a) * (left / length) } else { *a });
        }
        left -= length;
    }
    points.last().copied()
}
