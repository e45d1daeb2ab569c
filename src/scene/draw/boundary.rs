//! Trust boundaries: ground, dashed seam and name tab with the trust level.

use super::badge::roll_up;
use super::{Cx, Detail, centred_text, risk_words, text_at};
use crate::geometry::{Rect, pt};
use crate::model::{Boundary, Id, Key};
use crate::scene::layout::{BoundaryCurve, CHIP, PlacedBox, RoutedFlow, TAB_PADDING, TAB_TEXT, tab_name, tab_width};
use crate::scene::shape::{Item, Layer, Shape, Stroke};
use crate::text::Face;
use crate::theme::Ink;

/// Opacity of the ground, added up by nesting.
pub(super) const GROUND: f32 = 0.03;
const RADIUS: f32 = 6.0;
/// How much larger names are where they would be too small to read: as far as a tab keeps clear of what lies in the frame.
const FROM_AFAR: f32 = 1.4;

fn seam(detail: Detail) -> Stroke {
    Stroke::new(if detail >= Detail::Plain { 2.5 } else { 1.8 }, Ink::Boundary).dashed(8.0, 5.0)
}

pub(super) fn draw(cx: &Cx, id: &Id, placed: &PlacedBox, out: &mut Vec<Item>) {
    let Some(boundary) = cx.model.boundaries.get(id) else { return };
    let key = Some(Key::Boundary(id.clone()));
    let part = |layer, bounds, shapes, alt| Item { key: key.clone(), layer, bounds, shapes, alt };
    let r = placed.rect;
    let ground = Shape::Rect { rect: r, radius: RADIUS, fill: Some(Ink::Boundary.at(GROUND)), stroke: None };
    out.push(part(Layer::BoundaryGround, r, vec![ground], String::new()));
    let frame = Shape::Rect { rect: r, radius: RADIUS, fill: None, stroke: Some(seam(cx.look.detail)) };
    out.push(part(Layer::BoundaryFrame, r.expand(2.0), vec![frame], alt(cx, id, boundary)));
    push_tab(cx, id, boundary, placed.tab, out);
}

pub(super) fn draw_line(cx: &Cx, id: &Id, line: &BoundaryCurve, out: &mut Vec<Item>) {
    let (Some(boundary), Some(bounds)) = (cx.model.boundaries.get(id), Rect::around(line.points.iter().copied())) else { return };
    let shape = Shape::Path { steps: line.steps.clone(), fill: None, stroke: Some(seam(cx.look.detail)) };
    let key = Some(Key::Boundary(id.clone()));
    out.push(Item {
        key,
        layer: Layer::BoundaryFrame,
        bounds: bounds.expand(2.0),
        shapes: vec![shape],
        alt: line_alt(cx, id, boundary),
    });
    push_tab(cx, id, boundary, line.tab, out);
}

fn push_tab(cx: &Cx, id: &Id, boundary: &Boundary, tab: Option<Rect>, out: &mut Vec<Item>) {
    let Some(tab) = tab.filter(|_| cx.look.detail < Detail::Plain) else { return };
    let scale = if cx.look.detail == Detail::Compact { FROM_AFAR } else { 1.0 };
    let frame = cx.layout.boxes.get(id).map(|b| b.rect);
    let tab = if scale > 1.0 { enlarged(tab, frame, scale, boundary) } else { tab };
    let middle = tab.center().y;
    let stroke = Some(Stroke::new(scale, Ink::Boundary));
    let mut shapes = vec![Shape::Rect { rect: tab, radius: 4.0, fill: Some(Ink::Canvas.into()), stroke }];
    let name = tab_name(boundary, (tab.w + 0.5) / scale);
    shapes.push(text_at(tab.x + TAB_PADDING * scale, middle, &name, Face::Bold, TAB_TEXT * scale, Ink::Boundary));
    if let Some(trust) = boundary.trust {
        let (w, h) = (CHIP.0 * scale, CHIP.1 * scale);
        let chip = Rect::from_center(pt(tab.right() - 4.0 * scale - w / 2.0, middle), w, h);
        scaled_trust_chip(chip, trust, scale, &mut shapes);
    }
    out.push(Item {
        key: Some(Key::Boundary(id.clone())),
        layer: Layer::Tab,
        bounds: tab.expand(1.0),
        shapes,
        alt: String::new(),
    });
}

/// A tab that can be read from further away: as long as the seam allows, from the corner it is at.
fn enlarged(tab: Rect, frame: Option<Rect>, scale: f32, boundary: &Boundary) -> Rect {
    let most = frame.map_or(f32::INFINITY, |f| (f.w - 2.0 * (tab.x - f.x).min(f.right() - tab.right()).max(0.0)).max(tab.w));
    let (w, h) = (tab_width(boundary, most / scale) * scale, tab.h * scale);
    let x = match frame {
        Some(f) if tab.x - f.x > f.right() - tab.right() + 1.0 => tab.right() - w,
        Some(_) => tab.x,
        None => tab.center().x - w / 2.0,
    };
    Rect { x, y: tab.center().y - h / 2.0, w, h }
}

/// T0 to T4 on the colour of boundaries.
pub(super) fn trust_chip(chip: Rect, trust: u8, out: &mut Vec<Shape>) {
    scaled_trust_chip(chip, trust, 1.0, out);
}

fn scaled_trust_chip(chip: Rect, trust: u8, scale: f32, out: &mut Vec<Shape>) {
    out.push(Shape::Rect { rect: chip, radius: 2.5 * scale, fill: Some(Ink::Boundary.into()), stroke: None });
    out.push(centred_text(chip.center(), &format!("T{trust}"), Face::Mono, 10.0 * scale, Ink::OnBoundary));
}

/// The sentence of a boundary, and what is on different sides of its line.
fn line_alt(cx: &Cx, id: &Id, boundary: &Boundary) -> String {
    let said = alt(cx, id, boundary);
    if said.is_empty() {
        return said;
    }
    let times = |flow: &&RoutedFlow| flow.crossings.iter().filter(|c| &c.boundary == id).count();
    let flows = cx.layout.flows.values().filter(|flow| times(flow) % 2 == 1).count();
    format!("{said}, a line that separates the ends of {flows} {}", if flows == 1 { "data flow" } else { "data flows" })
}

fn alt(cx: &Cx, id: &Id, boundary: &Boundary) -> String {
    if !cx.look.spoken {
        return String::new();
    }
    let name = crate::risk::name_of(cx.model, id);
    let trust = boundary.trust.map_or_else(|| "trust not stated".to_owned(), |t| format!("trust {t}"));
    let inside = boundary.parent.as_ref().map(|p| format!(", in {}", crate::risk::name_of(cx.model, p))).unwrap_or_default();
    format!("Trust boundary {name}, {trust}{inside}, {}", risk_words(&roll_up(cx.assessment, id)))
}
