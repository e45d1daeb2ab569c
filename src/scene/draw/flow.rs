//! Flows: line, arrow head, crossing markers, label with lock and pill.

use super::access;
use super::badge::{Summary, flow_pill, summary_of_all};
use super::boundary::GROUND;
use super::{Cx, Detail, icon, line_of_text, polygon, risk_words};
use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Authn, Band, Flow, Id, Key};
use crate::risk::name_of;
use crate::scene::layout::{BoxKind, FLOW_TEXT, FlowEnd, FlowLabel, RoutedFlow, as_one, is_private};
use crate::scene::shape::{Item, Layer, Paint, Shape, Step, Stroke};
use crate::text::{self, Face};
use crate::theme::Ink;
use std::collections::BTreeSet;

pub(super) const WIDTH: f32 = 1.5;
const HEAD: (f32, f32) = (9.0, 8.0);
/// Half diagonal of a crossing marker.
const DIAMOND: f32 = 5.2;

pub(super) fn draw(cx: &Cx, id: &Id, course: &RoutedFlow, out: &mut Vec<Item>) {
    // Flows into a collapsed boundary run as one.
    let alone = [id.clone()];
    let ids = cx.layout.bundles.get(id).map_or(&alone[..], Vec::as_slice);
    let merged = (ids.len() > 1).then(|| as_one(cx.model, ids));
    let Some(flow) = merged.as_ref().or_else(|| cx.model.flows.get(id)) else { return };
    let key = Some(Key::Flow(id.clone()));
    let lit = ids.iter().any(|id| cx.look.highlight.contains(id));
    let opacity = if flow.out_of_scope.is_some() { 0.5 } else { 1.0 };
    let ink = if lit { Ink::Accent } else { Ink::Flow };
    let risk = summary_of_all(cx.assessment, ids);
    let part = |layer, bounds, shapes, alt| Item { key: key.clone(), layer, bounds, shapes, alt };

    let bounds = Rect::around(course.points.iter().copied()).unwrap_or_default().expand(6.0);
    out.push(part(Layer::Flow, bounds, line(cx, course, flow, lit, ink.at(opacity)), alt(cx, ids, flow, course, &risk)));
    if cx.look.detail >= Detail::Heat {
        return;
    }
    if !course.crossings.is_empty() {
        let shapes = course.crossings.iter().map(|c| diamond(c.at, flow.authn, marker_ink(cx, &risk)));
        out.push(part(Layer::Crossing, bounds.expand(DIAMOND), shapes.collect(), String::new()));
    }
    let bars = access::bars(cx, id, course);
    if !bars.is_empty() {
        out.push(part(Layer::Crossing, bounds.expand(DIAMOND), bars, String::new()));
    }
    if let Some(label) = course.label.as_ref().filter(|_| cx.look.detail < Detail::Plain) {
        let place = label.bounds().expand(5.0);
        if !label.lines.is_empty() {
            out.push(part(Layer::LabelMask, place, mask(cx, label), String::new()));
        }
        let shows_pill = cx.look.badges && risk.says_something();
        let says_something = shows_pill || !label.lines.is_empty() || label.lock.is_some();
        if let Some((from, to)) = label.leader.filter(|_| says_something) {
            let steps = vec![Step::Move(from), Step::Line(to)];
            let stroke = Stroke::new(1.0, Ink::Muted.at(opacity)).dashed(2.0, 2.0);
            let around = Rect::from_corners(from, to).expand(2.0);
            out.push(part(
                Layer::LabelMask,
                around,
                vec![Shape::Path { steps, fill: None, stroke: Some(stroke) }],
                String::new(),
            ));
        }
        let words = if lit { Ink::Accent } else { Ink::Text };
        let mut shapes: Vec<Shape> =
            label.lines.iter().map(|l| line_of_text(l, Face::Regular, FLOW_TEXT, words.at(opacity))).collect();
        if let (Some(at), Some(private)) = (label.lock, is_private(flow)) {
            shapes.push(lock(at, private, opacity));
        }
        out.push(part(Layer::Label, place, shapes, String::new()));
        if shows_pill {
            let mut shapes = Vec::new();
            flow_pill(label.pill, &risk, cx.look.detail, &mut shapes);
            out.push(part(Layer::Badge, label.pill.expand(4.0), shapes, String::new()));
        }
    }
}

fn line(cx: &Cx, course: &RoutedFlow, flow: &Flow, lit: bool, paint: Paint) -> Vec<Shape> {
    let heat = cx.look.detail >= Detail::Heat;
    let width = if cx.look.detail >= Detail::Plain {
        2.0
    } else if lit {
        WIDTH * 1.7
    } else {
        WIDTH
    };
    let mut stroke = Stroke::new(width, paint);
    if flow.out_of_scope.is_some() {
        stroke = stroke.dashed(5.0, 4.0);
    }
    if cx.look.detail == Detail::Far {
        // Bends cannot be seen, and a flow more or less hardly: what remains is the pattern of what goes where.
        let stroke = Stroke::new(width, paint.ink.at(paint.opacity * if lit { 1.0 } else { 0.6 }));
        let steps = vec![Step::Move(course.start.at), Step::Line(course.end.at)];
        return vec![Shape::Path { steps, fill: None, stroke: Some(stroke) }];
    }
    if heat {
        return vec![Shape::Path { steps: course.steps.clone(), fill: None, stroke: Some(stroke) }];
    }
    // The line stops inside the heads so that its blunt ends do not show at the tips.
    let both = course.two_heads;
    let inside = |end: &FlowEnd| end.at + end.direction * (-HEAD.0 * 0.6);
    let mut steps = course.steps.clone();
    if let Some(Step::Line(p) | Step::Quad(_, p) | Step::Cubic(_, _, p)) = steps.last_mut() {
        *p = inside(&course.end);
    }
    if let (true, Some(Step::Move(p))) = (both, steps.first_mut()) {
        *p = inside(&course.start);
    }
    let mut shapes = vec![Shape::Path { steps, fill: None, stroke: Some(stroke) }];
    let ends = [Some(&course.end), Some(&course.start).filter(|_| both)];
    let heads = ends.into_iter().flatten().map(|end| head(end.at, end.direction));
    shapes.extend(heads.map(|steps| Shape::Path { steps, fill: Some(paint), stroke: None }));
    shapes
}

/// An arrow head with its tip at a point.
pub(super) fn head(tip: Point, direction: Vec2) -> Vec<Step> {
    let (back, side) = (tip + direction * -HEAD.0, direction.perp() * (HEAD.1 / 2.0));
    polygon(&[tip, back + side, back + -side])
}

fn marker_ink(cx: &Cx, risk: &Summary) -> Ink {
    match risk.worst.filter(|_| cx.look.badges) {
        Some(band) => Ink::RiskOutline(band),
        None => Ink::Flow,
    }
}

/// Filled when somebody checks who is calling, hollow when nobody does, half-toned while that is not stated.
pub(super) fn diamond(at: Point, authn: Authn, ink: Ink) -> Shape {
    let corner = |x: f32, y: f32| at + crate::geometry::vec2(x * DIAMOND, y * DIAMOND);
    let steps = polygon(&[corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)]);
    let fill: Paint = match authn {
        Authn::NoAuth => Ink::Canvas.into(),
        Authn::Unknown => Ink::Border.into(),
        _ => ink.into(),
    };
    Shape::Path { steps, fill: Some(fill), stroke: Some(Stroke::new(1.4, ink)) }
}

pub(super) fn lock(at: Point, private: bool, opacity: f32) -> Shape {
    if private {
        icon(text::icon::LOCK_SIMPLE, Face::IconFill, at, 14.0, Ink::Muted.at(opacity))
    } else {
        icon(text::icon::LOCK_SIMPLE_OPEN, Face::Icon, at, 14.0, Ink::RiskOutline(Band::High).at(opacity))
    }
}

/// Hides the line under the words in the very colour of the ground, so that it never shows as a box.
fn mask(cx: &Cx, label: &FlowLabel) -> Vec<Shape> {
    let area = label.mask;
    let near = cx.layout.near(Rect::from_center(area.center(), 0.0, 0.0));
    let boxes = near.into_iter().filter_map(|id| cx.layout.boxes.get(id));
    let around = boxes.filter(|b| b.kind == BoxKind::Boundary && b.rect.contains(area.center()));
    let grounds = around.map(|b| overlap(b.rect, area)).map(|r| fill(r, Ink::Boundary.at(GROUND)));
    std::iter::once(fill(area, Ink::Canvas.into())).chain(grounds).collect()
}

fn fill(rect: Rect, paint: Paint) -> Shape {
    Shape::Rect { rect, radius: 0.0, fill: Some(paint), stroke: None }
}

fn overlap(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    Rect { x, y, w: (a.right().min(b.right()) - x).max(0.0), h: (a.bottom().min(b.bottom()) - y).max(0.0) }
}

fn alt(cx: &Cx, ids: &[Id], flow: &Flow, course: &RoutedFlow, risk: &Summary) -> String {
    if !cx.look.spoken {
        return String::new();
    }
    let end = |e: &Option<Id>| e.as_ref().map_or_else(|| "a loose end".to_owned(), |e| name_of(cx.model, e));
    let crossed: BTreeSet<String> = course.crossings.iter().map(|c| name_of(cx.model, &c.boundary)).collect();
    let crossing = if crossed.is_empty() {
        String::new()
    } else {
        format!(", crosses {}", crossed.into_iter().collect::<Vec<_>>().join(" and "))
    };
    let scope = super::scope_words(flow.out_of_scope.as_deref());
    let risk = risk_words(risk);
    if let [_, _, ..] = ids {
        let (from, to) = (end(&course.start.element), end(&course.end.element));
        return format!("{} data flows, from {from} to {to}{crossing}{scope}, {risk}", ids.len());
    }
    let Some(id) = ids.first() else { return String::new() };
    let access = access::words(cx, id, course);
    format!("Data flow {}, from {} to {}{crossing}{access}{scope}, {risk}", name_of(cx.model, id), end(&flow.from), end(&flow.to))
}
