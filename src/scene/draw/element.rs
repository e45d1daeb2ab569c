//! Elements and notes.

use super::badge::{Summary, element_pill, roll_up_pill, summary};
use super::{Cx, Detail, centred_text, icon, line_of_text, outline, risk_words, symbol_of};
use crate::geometry::{Rect, pt};
use crate::model::{Element, ElementKind, Id, Key};
use crate::scene::layout::{PlacedBox, SYMBOL};
use crate::scene::shape::{Item, Layer, Shape, Step, Stroke};
use crate::text::{Face, width};
use crate::theme::Ink;

/// Opacity of what is out of scope.
const OUT_OF_SCOPE: f32 = 0.5;
/// Opacity of what stands around the element that a diagram details.
const OUTSIDE: f32 = 0.55;
/// Side of the mark of elements that have a detail diagram.
const MARK: f32 = 14.0;

pub(super) fn draw(cx: &Cx, id: &Id, kind: ElementKind, placed: &PlacedBox, out: &mut Vec<Item>) {
    let Some(element) = cx.model.elements.get(id) else { return };
    let key = Some(Key::Element(id.clone()));
    let outside = is_outside(cx, id);
    let opacity = match (element.out_of_scope.is_some(), outside) {
        (true, _) => OUT_OF_SCOPE,
        (false, true) => OUTSIDE,
        (false, false) => 1.0,
    };
    let risk = summary(cx.assessment, id);
    let mut shapes = outlined(cx, kind, placed.rect, opacity, element.out_of_scope.is_some(), &risk);
    let compact = (cx.look.detail == Detail::Compact).then(|| name_from_afar(kind, placed, opacity)).flatten();
    let (keeps_symbol, name) = match compact {
        Some((keeps_symbol, name)) => (keeps_symbol, name),
        None => (
            true,
            placed.text.lines.iter().map(|l| line_of_text(l, Face::Bold, placed.text.size, Ink::Text.at(opacity))).collect(),
        ),
    };
    if cx.look.detail < Detail::Plain {
        if let Some(center) = placed.text.symbol.filter(|_| keeps_symbol) {
            shapes.push(icon(symbol_of(element), Face::Icon, center, SYMBOL, stroke_ink(kind).at(opacity)));
        }
        shapes.extend(name);
    }
    if cx.look.detail < Detail::Plain && cx.model.detail_of(id).is_some() {
        mark(kind, placed.rect, opacity, &mut shapes);
    }
    let alt = alt(cx, element, &risk, id);
    out.push(Item { key: key.clone(), layer: Layer::Element, bounds: placed.rect.expand(MARK / 2.0 + 1.0), shapes, alt });
    if cx.look.badges && cx.look.detail < Detail::Plain && risk.says_something() && !outside {
        let center = placed.badge_center();
        let mut shapes = Vec::new();
        if cx.wholes.contains(id) && cx.look.detail == Detail::Full {
            roll_up_pill(center, &risk, 1.0, &mut shapes);
        } else {
            element_pill(center, &risk, cx.look.detail, &mut shapes);
        }
        out.push(Item { key, layer: Layer::Badge, bounds: Rect::from_center(center, 70.0, 34.0), shapes, alt: String::new() });
    }
}

/// The name larger, as far as the box allows, so that it can be read down to 30 % zoom; and whether the symbol has room
/// beside it. `None` where there is no room for more.
fn name_from_afar(kind: ElementKind, placed: &PlacedBox, opacity: f32) -> Option<(bool, Vec<Shape>)> {
    const LARGEST: f32 = 1.5;
    const WITH_SYMBOL: f32 = 1.25;
    let (r, text) = (placed.rect, &placed.text);
    let widest = text.lines.iter().map(|l| width(Face::Bold, text.size, &l.text)).fold(0.0, f32::max);
    let edge = if kind == ElementKind::Process { (r.w.min(r.h) * 0.2).max(6.0) } else { 6.0 };
    let inside = Rect { x: r.x + edge, w: r.w - 2.0 * edge, ..r };
    let high = (r.h - 6.0) / (text.lines.len() as f32 * text.size * 1.2);
    let scale_in = |room: Rect| (room.w / widest).min(high).min(LARGEST);
    let beside = text.symbol.map(|at| at.x + SYMBOL / 2.0 + 4.0).map(|x| Rect { x, w: inside.right() - x, ..inside });
    let beside = beside.filter(|room| scale_in(*room) >= WITH_SYMBOL);
    let room = beside.unwrap_or(inside);
    let scale = scale_in(room);
    if scale <= 1.0 || !scale.is_finite() {
        return None;
    }
    let middle = |y: f32| y - Face::Bold.cap_height() * text.size / 2.0;
    let mean = text.lines.iter().map(|l| middle(l.at.y)).sum::<f32>() / text.lines.len().max(1) as f32;
    let line = |l: &crate::scene::layout::PlacedLine| {
        let center = pt(room.center().x, r.center().y + (middle(l.at.y) - mean) * scale);
        centred_text(center, &l.text, Face::Bold, text.size * scale, Ink::Text.at(opacity))
    };
    Some((beside.is_some(), text.lines.iter().map(line).collect()))
}

/// True on a diagram that details an element, for what is no part of that.
fn is_outside(cx: &Cx, id: &Id) -> bool {
    let diagram = cx.layout.diagram.as_ref().and_then(|d| cx.model.diagrams.get(d));
    diagram.and_then(|d| d.of.as_ref()).is_some_and(|of| !cx.model.is_within(id, of))
}

/// Where the mark of a detail diagram is: on the lower edge, where flows seldom end.
pub fn detail_mark(kind: ElementKind, r: Rect) -> Rect {
    let round = if kind == ElementKind::Process { (r.w.min(r.h) / 2.0).min(r.w / 3.0) } else { 10.0 };
    Rect::from_center(pt(r.right() - round.max(MARK / 2.0 + 4.0), r.bottom()), MARK, MARK)
}

/// A plus in a square.
fn mark(kind: ElementKind, r: Rect, opacity: f32, out: &mut Vec<Shape>) {
    let square = detail_mark(kind, r);
    let stroke = Stroke::new(1.5, stroke_ink(kind).at(opacity));
    out.push(Shape::Rect { rect: square, radius: 2.5, fill: Some(Ink::Panel.into()), stroke: Some(stroke) });
    let (c, arm) = (square.center(), MARK / 2.0 - 3.5);
    let steps = vec![
        Step::Move(pt(c.x - arm, c.y)),
        Step::Line(pt(c.x + arm, c.y)),
        Step::Move(pt(c.x, c.y - arm)),
        Step::Line(pt(c.x, c.y + arm)),
    ];
    out.push(Shape::Path { steps, fill: None, stroke: Some(stroke) });
}

pub(super) fn stroke_ink(kind: ElementKind) -> Ink {
    match kind {
        ElementKind::Process => Ink::ProcessStroke,
        ElementKind::DataStore => Ink::StoreStroke,
        ElementKind::ExternalEntity => Ink::EntityStroke,
    }
}

pub(super) fn fill_ink(kind: ElementKind) -> Ink {
    match kind {
        ElementKind::Process => Ink::ProcessFill,
        ElementKind::DataStore => Ink::StoreFill,
        ElementKind::ExternalEntity => Ink::EntityFill,
    }
}

fn outlined(cx: &Cx, kind: ElementKind, r: Rect, opacity: f32, dashed: bool, risk: &Summary) -> Vec<Shape> {
    if cx.look.detail == Detail::Far {
        let ink = risk.worst.filter(|_| cx.look.badges).map_or(stroke_ink(kind).at(0.5), |band| Ink::RiskOutline(band).into());
        let fill = Some(ink.ink.at(ink.opacity * opacity));
        return vec![Shape::Rect { rect: r, radius: 0.0, fill, stroke: None }];
    }
    let (ink, width) = match (cx.look.detail, risk.worst) {
        (Detail::Heat, Some(band)) => (Ink::RiskOutline(band), 4.0),
        (Detail::Heat, None) => (stroke_ink(kind), 3.0),
        (Detail::Plain, _) if !dashed => (stroke_ink(kind), 2.4),
        _ if dashed => (Ink::Muted, 1.5),
        _ => (stroke_ink(kind), 1.5),
    };
    // Dashes keep their strength: thinned out twice they would be lost.
    let stroke = Stroke::new(width, ink.at(if dashed { opacity.max(0.8) } else { opacity }));
    let look = outline::Look {
        fill: fill_ink(kind).at(opacity),
        stroke: if dashed { stroke.dashed(5.0, 4.0) } else { stroke },
        bare: cx.look.detail == Detail::Heat,
    };
    outline::shapes(cx.model.info.notation, kind, r, look)
}

fn alt(cx: &Cx, element: &Element, risk: &Summary, id: &Id) -> String {
    if !cx.look.spoken {
        return String::new();
    }
    let name = crate::risk::name_of(cx.model, id);
    let inside = element.boundary.as_ref().map(|b| format!(", in {}", crate::risk::name_of(cx.model, b))).unwrap_or_default();
    let scope = super::scope_words(element.out_of_scope.as_deref());
    let outside = if is_outside(cx, id) { ", outside of what this diagram details" } else { "" };
    let (own, within) = cx.assessment.own_and_inside(id);
    let split = if within > 0 { format!(", {own} its own and {within} inside") } else { String::new() };
    let detail = cx.model.detail_of(id).map(|d| format!(", detailed on {}", cx.model.name_of(d))).unwrap_or_default();
    let risk = risk_words(risk);
    format!("{} {name}{inside}{scope}{outside}, {risk}{split}{detail}", element.kind.label())
}

pub(super) fn draw_note(cx: &Cx, id: &Id, placed: &PlacedBox, out: &mut Vec<Item>) {
    let r = placed.rect;
    let fold = 10.0f32.min(r.w / 2.0).min(r.h / 2.0);
    let (corner, inner) = (pt(r.right() - fold, r.y), pt(r.right() - fold, r.y + fold));
    let sheet = [r.min(), corner, pt(r.right(), r.y + fold), r.max(), pt(r.x, r.bottom())];
    let stroke = Some(Stroke::new(1.0, Ink::BorderStrong));
    let mut shapes = vec![
        Shape::Path { steps: super::polygon(&sheet), fill: Some(Ink::Panel.into()), stroke },
        Shape::Path {
            steps: super::polygon(&[corner, inner, pt(r.right(), r.y + fold)]),
            fill: Some(Ink::Raised.into()),
            stroke,
        },
    ];
    if cx.look.detail < Detail::Plain {
        shapes.extend(placed.text.lines.iter().map(|l| line_of_text(l, Face::Regular, placed.text.size, Ink::Text)));
    }
    let text = cx.model.notes.get(id).map_or("", |n| n.text.as_str());
    let alt = if cx.look.spoken { format!("Note: {text}") } else { String::new() };
    out.push(Item { key: Some(Key::Note(id.clone())), layer: Layer::Element, bounds: r.expand(2.0), shapes, alt });
}
