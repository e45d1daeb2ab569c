//! Trust boundaries: ground, dashed seam and name tab with the trust level.

use super::{Cx, Detail, centred_text, risk_words, text_at};
use crate::geometry::{Rect, pt};
use crate::model::{Boundary, Id, Key};
use crate::scene::layout::{BoundaryCurve, CHIP, PlacedBox, RoutedFlow, TAB_PADDING, TAB_TEXT, tab_name};
use crate::scene::shape::{Item, Layer, Shape, Stroke};
use crate::text::Face;
use crate::theme::Ink;

/// Opacity of the ground, added up by nesting.
pub(super) const GROUND: f32 = 0.03;
const RADIUS: f32 = 6.0;

fn seam(detail: Detail) -> Stroke {
    Stroke::new(if detail >= Detail::Heat { 2.5 } else { 1.8 }, Ink::Boundary).dashed(8.0, 5.0)
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
    let Some(tab) = tab.filter(|_| cx.look.detail < Detail::Heat) else { return };
    let middle = tab.center().y;
    let stroke = Some(Stroke::new(1.0, Ink::Boundary));
    let mut shapes = vec![Shape::Rect { rect: tab, radius: 4.0, fill: Some(Ink::Canvas.into()), stroke }];
    let name = tab_name(boundary, tab.w + 0.5);
    shapes.push(text_at(tab.x + TAB_PADDING, middle, &name, Face::Bold, TAB_TEXT, Ink::Boundary));
    if let Some(trust) = boundary.trust {
        let chip = Rect::from_center(pt(tab.right() - 4.0 - CHIP.0 / 2.0, middle), CHIP.0, CHIP.1);
        trust_chip(chip, trust, &mut shapes);
    }
    out.push(Item {
        key: Some(Key::Boundary(id.clone())),
        layer: Layer::Tab,
        bounds: tab.expand(1.0),
        shapes,
        alt: String::new(),
    });
}

/// T0 to T4 on the colour of boundaries.
pub(super) fn trust_chip(chip: Rect, trust: u8, out: &mut Vec<Shape>) {
    out.push(Shape::Rect { rect: chip, radius: 2.5, fill: Some(Ink::Boundary.into()), stroke: None });
    out.push(centred_text(chip.center(), &format!("T{trust}"), Face::Mono, 10.0, Ink::OnBoundary));
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
    let risk = cx.assessment.boundaries.get(id).map(|b| &b.risk.counts);
    let worst = risk.and_then(|c| crate::model::Band::ALL.iter().copied().find(|b| c.get(*b) > 0));
    format!("Trust boundary {name}, {trust}{inside}, {}", risk_words(risk.map_or(0, |c| c.total()), worst))
}
