//! Collapsed boundaries: a small box on a stack, with what it holds in numbers.

use super::badge::{element_pill, roll_up};
use super::boundary::trust_chip;
use super::{Cx, Detail, icon, risk_words, text_at};
use crate::geometry::{Rect, pt, vec2};
use crate::model::{Boundary, Id, Key};
use crate::scene::layout::{CHIP, PlacedBox};
use crate::scene::shape::{Item, Layer, Shape, Stroke};
use crate::text::{self, Face, ellipsize};
use crate::theme::Ink;

const RADIUS: f32 = 6.0;
/// How far each sheet of the stack shows below the one above.
const SHEET: f32 = 4.0;
const NAME: f32 = 13.0;
const COUNT: f32 = 11.0;
/// Left end of the words, right of the chevron.
const INDENT: f32 = 30.0;

pub(super) fn draw(cx: &Cx, id: &Id, placed: &PlacedBox, out: &mut Vec<Item>) {
    let Some(boundary) = cx.model.boundaries.get(id) else { return };
    let (r, bare) = (placed.rect, cx.look.detail >= Detail::Plain);
    let stroke = Stroke::new(if bare { 2.5 } else { 1.6 }, Ink::Boundary);
    let sheet = |n: f32, fill: Ink, stroke: Stroke| Shape::Rect {
        rect: r.translate(vec2(n * SHEET, n * SHEET)),
        radius: RADIUS,
        fill: Some(fill.into()),
        stroke: Some(stroke),
    };
    let thin = Stroke::new(1.0, Ink::Boundary);
    let mut shapes =
        vec![sheet(2.0, Ink::Canvas, thin), sheet(1.0, Ink::Canvas, thin), sheet(0.0, Ink::Panel, stroke.dashed(8.0, 5.0))];
    let elements = count(cx, id);
    if !bare {
        let middle = r.center().y;
        shapes.push(icon(text::icon::CARET_RIGHT, Face::Icon, pt(r.x + 16.0, middle), 14.0, Ink::Boundary));
        let name = crate::risk::name_of(cx.model, id);
        let name = ellipsize(Face::Bold, NAME, &name, r.w - INDENT - 8.0);
        shapes.push(text_at(r.x + INDENT, middle - 9.0, &name, Face::Bold, NAME, Ink::Boundary));
        shapes.push(text_at(r.x + INDENT, middle + 10.0, &elements, Face::Regular, COUNT, Ink::Muted));
        if let Some(trust) = boundary.trust {
            trust_chip(Rect::from_center(pt(r.right() - 8.0 - CHIP.0 / 2.0, middle + 10.0), CHIP.0, CHIP.1), trust, &mut shapes);
        }
    }
    let key = Some(Key::Boundary(id.clone()));
    let bounds = r.expand(2.0).union(r.translate(vec2(2.0 * SHEET, 2.0 * SHEET)));
    out.push(Item { key: key.clone(), layer: Layer::Element, bounds, shapes, alt: alt(cx, id, boundary, &elements) });
    let risk = roll_up(cx.assessment, id);
    if cx.look.badges && !bare && risk.says_something() {
        let center = pt(r.right() - 14.0, r.y - 3.5);
        let mut shapes = Vec::new();
        element_pill(center, &risk, cx.look.detail, &mut shapes);
        out.push(Item { key, layer: Layer::Badge, bounds: Rect::from_center(center, 64.0, 28.0), shapes, alt: String::new() });
    }
}

/// "5 elements": what is hidden on this diagram.
fn count(cx: &Cx, id: &Id) -> String {
    let here = cx.layout.diagram.as_ref();
    let drawn = |e: &&Id| here.is_some_and(|diagram| cx.model.placement(diagram, e).is_some());
    let elements = cx.model.elements.keys().filter(|e| cx.model.boundary_chain(e).contains(id)).filter(drawn).count();
    if elements == 1 { "1 element".into() } else { format!("{elements} elements") }
}

fn alt(cx: &Cx, id: &Id, boundary: &Boundary, elements: &str) -> String {
    if !cx.look.spoken {
        return String::new();
    }
    let name = crate::risk::name_of(cx.model, id);
    let trust = boundary.trust.map_or_else(|| "trust not stated".to_owned(), |t| format!("trust {t}"));
    let inside = boundary.parent.as_ref().map(|p| format!(", in {}", crate::risk::name_of(cx.model, p))).unwrap_or_default();
    let risk = roll_up(cx.assessment, id);
    format!("Trust boundary {name}, collapsed, {elements}, {trust}{inside}, {}", risk_words(&risk))
}
