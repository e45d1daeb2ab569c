//! What is drawn over the diagram: selection, handles, and the gesture that is going on. Sizes are screen pixels.

use super::CanvasState;
use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::scene::{BoxKind, Shape, Stroke as Line};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{End, Guide, Handle, Overlay, REACH, Selection, Tool, outline};
use crate::ui::painter::Painter;
use crate::ui::style::color32;
use crate::ui::{ViewCx, fonts};
use egui::{Align2, Color32, Stroke, StrokeKind};

/// Radius of round handles.
const HANDLE: f32 = 4.0;
/// So much larger are handles for fingers.
const FOR_FINGERS: f32 = 1.75;
/// After so many seconds a pointer rests.
const REST: f32 = 2.0;

pub fn draw(painter: &Painter<'_>, cx: &ViewCx<'_>, selection: &Selection, state: &CanvasState) {
    let over = Over { painter, cx, touch: state.fingers.pointing };
    // On the stage a pointer that rests points at nothing.
    let is_away = cx.panels.presenting && painter.painter.ctx().input(|i| i.pointer.time_since_last_movement() > REST);
    if let Some(id) = cx.hover.filter(|id| !is_away && !selection.items.contains(*id) && !state.gesture.is_dragging()) {
        over.hovered(id, state.pointer);
    }
    for id in &selection.items {
        over.selected(id, selection.single().is_some() && !state.gesture.is_dragging());
    }
    if !state.gesture.is_dragging() {
        let hovered = cx.hover.filter(|id| !selection.items.contains(*id));
        selection.items.iter().chain(hovered).for_each(|id| over.lock(id));
    }
    if !cx.panels.zen && cx.docks.is_shown(crate::ui::Page::Paths) {
        over.lit();
    }
    state.gesture.attaching().iter().for_each(|(flow, end)| over.attached(flow, *end));
    state.gesture.splits().iter().for_each(|id| over.course(id, 0.6));
    if let Some((id, progress)) = state.pulse_now(painter) {
        over.pulse(id, progress);
    }
    state.gesture.guides().iter().for_each(|guide| over.guide(*guide));
    match state.gesture.overlay() {
        Overlay::None | Overlay::Drop(_) => {}
        Overlay::Marquee { area, touch } => over.marquee(area, touch),
        Overlay::Room { from, to, upright } => over.room(from, to, upright),
        Overlay::Rubber { from, to, source, target } => {
            over.grey_out_notes();
            source.iter().for_each(|id| over.source(id));
            target.iter().for_each(|id| over.drop_target(id));
            if target.is_none() {
                over.rubber(from, to);
            }
        }
    }
}

struct Over<'a> {
    painter: &'a Painter<'a>,
    cx: &'a ViewCx<'a>,
    touch: bool,
}

impl Over<'_> {
    fn ink(&self, ink: Ink) -> Color32 {
        color32(self.painter.theme.color(ink))
    }

    fn px(&self, pixels: f32) -> f32 {
        pixels / self.painter.view.camera.scale
    }

    fn frame(&self, world: Rect, radius: f32, stroke: Stroke) {
        let rect = self.painter.view.rect_to_screen(world);
        self.painter.painter.rect_stroke(rect, radius, stroke, StrokeKind::Middle);
    }

    /// The path that is looked at, step by step, and where paths come together.
    fn lit(&self) {
        let accent = Stroke::new(2.5, self.ink(Ink::Accent));
        for (id, step) in &self.cx.lit.path {
            // Light enough for the names on it.
            self.course(id, 0.35);
            if let Some(placed) = self.cx.layout.boxes.get(id) {
                self.frame(placed.rect.expand(self.px(5.0)), 9.0, accent);
                let Some(step) = step else { continue };
                let at = self.painter.view.rect_to_screen(placed.rect).left_top() - egui::vec2(5.0, 5.0);
                self.painter.painter.circle(at, 9.0, self.ink(Ink::Accent), Stroke::NONE);
                let font = fonts::font(Face::Bold, 11.0);
                self.painter.painter.text(at, Align2::CENTER_CENTER, step + 1, font, self.ink(Ink::OnAccent));
            }
        }
        for (id, share) in &self.cx.lit.chokes {
            let layout = self.cx.layout;
            let middle = |points: &Vec<Point>| points.get(points.len() / 2).copied();
            let top = |r: Rect| crate::geometry::pt(r.center().x, r.max().y);
            let at = layout.boxes.get(id).map(|b| top(b.rect)).or_else(|| middle(&layout.flows.get(id)?.points));
            let Some(at) = at else { continue };
            let words = format!("choke point {:.0} %", 100.0 * share);
            let ink = self.ink(Ink::Text);
            let galley = self.painter.painter.layout_no_wrap(words, fonts::font(Face::Bold, 10.0), ink);
            let center = self.painter.view.to_screen(at) + egui::vec2(0.0, 12.0);
            let rect = egui::Rect::from_center_size(center, galley.size() + egui::vec2(10.0, 4.0));
            let edge = Stroke::new(1.5, self.ink(Ink::Accent));
            self.painter.painter.rect(rect, 8.0, self.ink(Ink::Panel), edge, StrokeKind::Middle);
            self.painter.painter.galley(center - galley.size() / 2.0, galley, ink);
        }
    }

    fn size(&self) -> f32 {
        if self.touch { FOR_FINGERS } else { 1.0 }
    }

    /// What the end of a flow is taken by: open where an arrow head is to be seen through it.
    fn grip(&self, at: Point, has_head: bool) {
        if !has_head {
            return self.dot(at, false);
        }
        let at = self.painter.view.to_screen(at);
        self.painter.painter.circle_stroke(at, HANDLE * self.size(), Stroke::new(1.5, self.ink(Ink::Accent)));
    }

    fn dot(&self, at: Point, filled: bool) {
        let (accent, ground) = (self.ink(Ink::Accent), self.ink(Ink::Canvas));
        let at = self.painter.view.to_screen(at);
        let radius = HANDLE * self.size();
        let (radius, fill) = if filled { (radius - 0.5, accent) } else { (radius, ground) };
        self.painter.painter.circle(at, radius, fill, Stroke::new(1.5, accent));
    }

    fn square(&self, at: Point) {
        let rect = egui::Rect::from_center_size(self.painter.view.to_screen(at), egui::Vec2::splat(7.0 * self.size()));
        self.painter.painter.rect(rect, 1.5, self.ink(Ink::Canvas), Stroke::new(1.5, self.ink(Ink::Accent)), StrokeKind::Middle);
    }

    /// A ring that widens and fades; progress 0 to 1.
    fn pulse(&self, id: &Id, progress: f32) {
        let ink = self.ink(Ink::Accent).gamma_multiply(1.0 - progress);
        if let Some(placed) = self.cx.layout.boxes.get(id) {
            self.frame(placed.rect.expand(self.px(4.0 + 14.0 * progress)), 8.0, Stroke::new(4.0 - 2.0 * progress, ink));
        } else {
            self.course(id, 0.8 * (1.0 - progress));
        }
    }

    /// A sign that pointer and keys leave it where it is.
    fn lock(&self, id: &Id) {
        let layout = self.cx.layout;
        if !self.cx.model.diagrams.get(self.cx.diagram).is_some_and(|d| d.locked.contains(id)) {
            return;
        }
        let view = &self.painter.view;
        let corner = |r: Rect| view.rect_to_screen(outline(r, view.camera.scale)).left_bottom();
        let middle = |points: &[Point]| points.get(points.len() / 2).map(|p| view.to_screen(*p));
        let of_course = || layout.flows.get(id).map(|f| &f.points).or_else(|| layout.lines.get(id).map(|l| &l.points));
        let at = layout.boxes.get(id).map(|b| corner(b.rect)).or_else(|| middle(of_course()?));
        let Some(at) = at else { return };
        self.painter.painter.circle(at, 9.0, self.ink(Ink::Canvas), Stroke::new(1.5, self.ink(Ink::Accent)));
        let font = fonts::font(Face::Icon, 12.0);
        self.painter.painter.text(at, Align2::CENTER_CENTER, icon::LOCK_SIMPLE, font, self.ink(Ink::Accent));
    }

    fn hovered(&self, id: &Id, pointer: Option<Point>) {
        let layout = self.cx.layout;
        let stroke = Stroke::new(1.5, self.ink(Ink::Accent).gamma_multiply(0.55));
        if let Some(placed) = layout.boxes.get(id) {
            let outline = outline(placed.rect, self.painter.view.camera.scale);
            self.frame(outline, 4.0, stroke);
            let near = pointer.is_some_and(|p| placed.rect.expand(self.px(2.0 * REACH)).contains(p));
            if near && matches!(placed.kind, BoxKind::Element(_)) && self.cx.tool == Tool::Select {
                Handle::EDGES.iter().for_each(|h| self.dot(h.on(outline), false));
            }
        } else {
            self.course_around_words(id, 0.3);
        }
    }

    fn selected(&self, id: &Id, alone: bool) {
        let layout = self.cx.layout;
        if let Some(placed) = layout.boxes.get(id) {
            let outline = outline(placed.rect, self.painter.view.camera.scale);
            self.frame(outline, 3.0, Stroke::new(2.0, self.ink(Ink::Accent)));
            if !alone {
                return;
            }
            if matches!(placed.kind, BoxKind::Element(_)) {
                Handle::EDGES.iter().for_each(|h| self.dot(h.on(outline), false));
            } else if placed.kind != BoxKind::Folded {
                Handle::CORNERS.iter().chain(&Handle::EDGES).for_each(|h| self.square(h.on(outline)));
            }
            return;
        }
        if !alone {
            return self.course(id, 0.45);
        }
        self.course_around_words(id, 0.45);
        if let Some(flow) = layout.flows.get(id) {
            self.grip(flow.start.at, flow.two_heads);
            self.grip(flow.end.at, true);
            let bends = flow.corners.get(1..flow.corners.len().saturating_sub(1)).unwrap_or_default();
            bends.iter().for_each(|bend| self.dot(*bend, true));
        }
        if let Some(line) = layout.lines.get(id) {
            line.corners.iter().for_each(|corner| self.square(*corner));
        }
    }

    /// A glow along a flow or a line boundary.
    fn course(&self, id: &Id, opacity: f32) {
        let layout = self.cx.layout;
        let steps = layout.flows.get(id).map(|f| &f.steps).or_else(|| layout.lines.get(id).map(|l| &l.steps));
        if let Some(steps) = steps {
            let stroke = Line::new(self.px(5.0), Ink::Accent.at(opacity));
            self.painter.shape(&Shape::Path { steps: steps.clone(), fill: None, stroke: Some(stroke) });
        }
    }

    /// The same beside its name and pill, which are to be read just now.
    fn course_around_words(&self, id: &Id, opacity: f32) {
        let label = self.cx.layout.flows.get(id).and_then(|flow| flow.label.as_ref());
        // Name and pill on either side of the line let it through.
        let Some(label) = label.filter(|l| l.mask.expand(4.0).intersects(l.pill)) else { return self.course(id, opacity) };
        let words = label.mask.union(label.pill);
        let hole = self.painter.view.rect_to_screen(words);
        let all = self.painter.painter.clip_rect();
        let [left, right] = [hole.left(), hole.right()].map(|x| x.min(all.right()).max(all.left()));
        let beside = [
            egui::Rect { max: egui::pos2(left, all.bottom()), ..all },
            egui::Rect { min: egui::pos2(right, all.top()), ..all },
            egui::Rect::from_x_y_ranges(left..=right, all.top()..=hole.top()),
            egui::Rect::from_x_y_ranges(left..=right, hole.bottom()..=all.bottom()),
        ];
        for clip in beside.into_iter().filter(|clip| clip.is_positive()) {
            let painter = self.painter.painter.with_clip_rect(clip);
            Over { painter: &Painter { painter: &painter, ..*self.painter }, ..*self }.course(id, opacity);
        }
    }

    fn marquee(&self, area: Rect, touch: bool) {
        let rect = self.painter.view.rect_to_screen(area);
        let accent = self.ink(Ink::Accent);
        self.painter.painter.rect_filled(rect, 0.0, accent.gamma_multiply(0.08));
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        let stroke = Stroke::new(1.0, accent);
        if touch {
            self.painter.painter.extend(egui::Shape::dashed_line(&corners, stroke, 4.0, 3.0));
        } else {
            self.painter.painter.line(corners.to_vec(), stroke);
        }
    }

    /// The line that things are pushed from, the room made so far, and an arrow through it.
    fn room(&self, from: Point, to: Point, upright: bool) {
        let (view, accent) = (&self.painter.view, self.ink(Ink::Accent));
        let (from, to) = (view.to_screen(from), view.to_screen(to));
        let canvas = view.rect;
        let ends = |at: egui::Pos2| match upright {
            true => [egui::pos2(at.x, canvas.top()), egui::pos2(at.x, canvas.bottom())],
            false => [egui::pos2(canvas.left(), at.y), egui::pos2(canvas.right(), at.y)],
        };
        let ([start, _], [_, end]) = (ends(from), ends(to));
        self.painter.painter.rect_filled(egui::Rect::from_two_pos(start, end), 0.0, accent.gamma_multiply(0.08));
        self.painter.painter.line_segment(ends(from), Stroke::new(1.5, accent));
        self.painter.painter.extend(egui::Shape::dashed_line(&ends(to), Stroke::new(1.0, accent), 4.0, 3.0));
        if from.distance(to) >= 1.0 {
            self.arrow(from, to);
        }
    }

    /// A thin line through all that is in line, or a measure with a tick at both ends.
    fn guide(&self, guide: Guide) {
        let stroke = Stroke::new(1.0, self.ink(Ink::Accent));
        let (Guide::Line(from, to) | Guide::Measure(from, to)) = guide;
        let (from, to) = (self.painter.view.to_screen(from), self.painter.view.to_screen(to));
        let along = (to - from).normalized();
        let line = self.painter.painter;
        match guide {
            // A little beyond what it joins, so that it is seen along an edge.
            Guide::Line(..) => drop(line.line_segment([from - along * 6.0, to + along * 6.0], stroke)),
            Guide::Measure(..) => {
                let tick = along.rot90() * 4.0;
                line.line_segment([from, to], stroke);
                line.line_segment([from - tick, from + tick], stroke);
                line.line_segment([to - tick, to + tick], stroke);
            }
        }
    }

    /// Notes are no ends of flows.
    fn grey_out_notes(&self) {
        for placed in self.cx.layout.boxes.values().filter(|b| b.kind == BoxKind::Note) {
            let rect = self.painter.view.rect_to_screen(placed.rect);
            self.painter.painter.rect_filled(rect, 2.0, self.ink(Ink::Canvas).gamma_multiply(0.65));
        }
    }

    /// Where the end in hand is attached.
    fn attached(&self, flow: &Id, end: End) {
        if let Some(flow) = self.cx.layout.flows.get(flow) {
            self.dot(if end == End::From { flow.start.at } else { flow.end.at }, true);
        }
    }

    fn drop_target(&self, id: &Id) {
        if let Some(placed) = self.cx.layout.boxes.get(id) {
            let rect = self.painter.view.rect_to_screen(placed.rect);
            self.painter.painter.rect_filled(rect, 6.0, self.ink(Ink::Accent).gamma_multiply(0.10));
            self.frame(placed.rect, 6.0, Stroke::new(2.0, self.ink(Ink::Accent)));
        }
    }

    /// Where a flow that is drawn begins.
    fn source(&self, id: &Id) {
        if let Some(placed) = self.cx.layout.boxes.get(id) {
            self.frame(outline(placed.rect, self.painter.view.camera.scale), 4.0, Stroke::new(2.0, self.ink(Ink::Accent)));
        }
    }

    fn rubber(&self, from: Point, to: Point) {
        self.arrow(self.painter.view.to_screen(from), self.painter.view.to_screen(to));
    }

    fn arrow(&self, from: egui::Pos2, to: egui::Pos2) {
        let stroke = Stroke::new(1.5, self.ink(Ink::Accent));
        self.painter.painter.line_segment([from, to], stroke);
        let along = (to - from).normalized();
        let side = along.rot90() * 4.0;
        let tip = vec![to, to - along * 9.0 + side, to - along * 9.0 - side];
        self.painter.painter.add(egui::Shape::convex_polygon(tip, stroke.color, Stroke::NONE));
    }
}
