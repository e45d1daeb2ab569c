//! Turns the geometry of a diagram into shapes: one way of drawing for window, paper and SVG.
//!
//! Conventions. A flow has one arrow head, at its receiving end: answers that travel back over the same connection are
//! implied. A second head is drawn where its route asks for one. A diamond marks every crossing of a trust boundary,
//! filled when the flow is authenticated, hollow when it is known not to be. A bar inside an outline marks an entry point
//! (filled) or an exit point (hollow); a lock says encrypted, an open one plain.
//! Colour is kept for risk: the worst threat today.

mod access;
mod badge;
mod boundary;
mod element;
mod far;
mod flow;
mod folded;
mod legend;
mod outline;
mod symbol;

pub use access::{Access, middle as access_at, points as access_points};
pub use element::detail_mark;
pub use legend::legend;
pub use symbol::symbol_of;

use super::layout::{BoxKind, DiagramLayout, PlacedLine};
use super::shape::{Item, Layer, Paint, Scene, Shape, Step, TextRun};
use crate::geometry::{Point, Rect, pt};
use crate::model::{Id, ThreatModel};
use crate::risk::Assessment;
use crate::text::{Face, Icon, width};
use std::collections::BTreeSet;

/// How much a diagram shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Everything.
    #[default]
    Full,
    /// For 30 to 60 % zoom: pills become small shapes.
    Compact,
    /// As usual but for words and pills: whoever shows it sets names over it.
    Plain,
    /// Below 30 % and for thumbnails: outlines in the colour of their risk, no words.
    Heat,
    /// Below 10 %, or with thousands of things in view: boxes filled with the colour of their risk, flows as plain lines.
    Far,
}

/// More things in one view than this are a crowd: outlines would only be noise.
const CROWD: f32 = 3000.0;

impl Detail {
    /// What can be read at a zoom (1 = 100 %).
    pub fn at_zoom(zoom: f32) -> Detail {
        if zoom >= 0.6 {
            Detail::Full
        } else if zoom >= 0.3 {
            Detail::Compact
        } else if zoom >= 0.1 {
            Detail::Heat
        } else {
            Detail::Far
        }
    }

    /// What can be read of a diagram at a zoom, in a view of that size of its world. It stays the same wherever the view is.
    pub fn of_view(layout: &DiagramLayout, zoom: f32, seen: Rect) -> Detail {
        let detail = Detail::at_zoom(zoom);
        let share = (seen.area() / layout.bounds.area().max(1.0)).min(1.0);
        let in_view = (layout.boxes.len() + layout.flows.len()) as f32 * share;
        if detail == Detail::Heat && in_view > CROWD { Detail::Far } else { detail }
    }
}

/// What to show of a diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub detail: Detail,
    /// Whether risk is shown at all: pills, crossing colours.
    pub badges: bool,
    /// Drawn in the accent colour, for example the worst route of a threat.
    pub highlight: Vec<Id>,
    /// Whether items say in words what they are; for what is drawn again and again they are asked one by one.
    pub spoken: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look { detail: Detail::Full, badges: true, highlight: Vec::new(), spoken: true }
    }
}

/// Everything drawing reads.
struct Cx<'a> {
    model: &'a ThreatModel,
    assessment: &'a Assessment,
    layout: &'a DiagramLayout,
    look: &'a Look,
    /// Elements that were decomposed: their risk includes that of their parts.
    wholes: BTreeSet<&'a Id>,
}

/// Draws a diagram.
pub fn draw(model: &ThreatModel, assessment: &Assessment, layout: &DiagramLayout, look: &Look) -> Scene {
    let drawing = Drawing::new(model, assessment, layout, look);
    let mut items = Vec::new();
    layout.boxes.keys().chain(layout.lines.keys()).chain(layout.flows.keys()).for_each(|id| drawing.record(id, &mut items));
    drawing.overview(&mut items);
    items.sort_by_cached_key(|item| drawing.order(item));
    let bounds = items.iter().map(|i| i.bounds).reduce(Rect::union).unwrap_or(layout.bounds);
    Scene { items, bounds }
}

/// A diagram drawn by and by, as its records come into view.
pub struct Drawing<'a>(Cx<'a>);

impl<'a> Drawing<'a> {
    pub fn new(model: &'a ThreatModel, assessment: &'a Assessment, layout: &'a DiagramLayout, look: &'a Look) -> Drawing<'a> {
        let wholes = model.elements.values().filter_map(|e| e.parent.as_ref()).collect();
        Drawing(Cx { model, assessment, layout, look, wholes })
    }

    /// Adds the items of one record, which reach less than [`OVERHANG`](super::OVERHANG) beyond its extent.
    pub fn record(&self, id: &Id, out: &mut Vec<Item>) {
        let cx = &self.0;
        if let Some(placed) = cx.layout.boxes.get(id) {
            match placed.kind {
                BoxKind::Boundary => boundary::draw(cx, id, placed, out),
                BoxKind::Folded => folded::draw(cx, id, placed, out),
                BoxKind::Element(kind) => element::draw(cx, id, kind, placed, out),
                BoxKind::Note => element::draw_note(cx, id, placed, out),
            }
        } else if let Some(line) = cx.layout.lines.get(id) {
            boundary::draw_line(cx, id, line, out);
        } else if let Some(course) = cx.layout.flows.get(id) {
            flow::draw(cx, id, course, out);
        }
    }

    /// Adds what depends on the diagram as a whole: the risk inside boundaries, seen from far.
    pub fn overview(&self, out: &mut Vec<Item>) {
        let cx = &self.0;
        if cx.look.detail >= Detail::Heat && cx.look.badges {
            far::pills(cx, out);
        }
    }

    /// Where an item comes in the order of drawing: outer boundaries below inner ones, large elements below small ones;
    /// equals keep the order of boxes, lines and flows, and of ids.
    pub fn order(&self, item: &Item) -> (Layer, i64) {
        let placed = || item.key.as_ref().and_then(|k| k.id()).and_then(|id| self.0.layout.boxes.get(id));
        match item.layer {
            layer @ (Layer::BoundaryGround | Layer::BoundaryFrame) => (layer, placed().map_or(0, |b| b.depth as i64)),
            layer @ Layer::Element => (layer, placed().map_or(0, |b| -(b.rect.area() as i64))),
            layer => (layer, 0),
        }
    }
}

/// Where the pill of an element or a flow is, and the right end of the tab of a boundary.
pub fn pill_place(layout: &DiagramLayout, id: &Id) -> Option<Point> {
    if let Some(placed) = layout.boxes.get(id) {
        return match placed.kind {
            BoxKind::Element(_) => Some(placed.badge_center()),
            BoxKind::Boundary => Some(placed.tab.map_or(placed.rect.min(), |tab| pt(tab.right(), tab.center().y))),
            BoxKind::Folded => Some(pt(placed.rect.right() - 14.0, placed.rect.y - 3.5)),
            BoxKind::Note => None,
        };
    }
    let flow = layout.flows.get(id).and_then(|f| f.label.as_ref()).map(|label| label.pill.center());
    flow.or_else(|| layout.lines.get(id)?.tab.map(|tab| pt(tab.right(), tab.center().y)))
}

/// An icon centred on a point.
fn icon(icon: Icon, face: Face, center: Point, size: f32, paint: impl Into<Paint>) -> Shape {
    // Phosphor glyphs are centred 7/16 em above the baseline.
    let at = pt(center.x - size / 2.0, center.y + size * 0.4375);
    Shape::Text(TextRun { at, text: icon.to_string(), face, size, paint: paint.into() })
}

fn line_of_text(line: &PlacedLine, face: Face, size: f32, paint: impl Into<Paint>) -> Shape {
    Shape::Text(TextRun { at: line.at, text: line.text.clone(), face, size, paint: paint.into() })
}

/// Text whose capitals are centred on a height, starting at x.
fn text_at(x: f32, middle: f32, text: &str, face: Face, size: f32, paint: impl Into<Paint>) -> Shape {
    let at = pt(x, middle + face.cap_height() * size / 2.0);
    Shape::Text(TextRun { at, text: text.to_owned(), face, size, paint: paint.into() })
}

/// Text centred on a point.
fn centred_text(center: Point, text: &str, face: Face, size: f32, paint: impl Into<Paint>) -> Shape {
    text_at(center.x - width(face, size, text) / 2.0, center.y, text, face, size, paint)
}

/// A closed polygon.
fn polygon(points: &[Point]) -> Vec<Step> {
    let first = points.first().map(|p| Step::Move(*p));
    first.into_iter().chain(points.iter().skip(1).map(|p| Step::Line(*p))).chain([Step::Close]).collect()
}

/// ", out of scope: run by the bank" for what is not looked at.
fn scope_words(reason: Option<&str>) -> String {
    match reason {
        None => String::new(),
        Some("") => ", out of scope".to_owned(),
        Some(reason) => format!(", out of scope: {reason}"),
    }
}

/// "3 open threats, highest High, 2 more possible", or nothing to report.
fn risk_words(risk: &badge::Summary) -> String {
    let open = match (risk.count, risk.worst) {
        (0, _) | (_, None) => "no open threats".to_owned(),
        (1, Some(band)) => format!("1 open threat, {}", band.label()),
        (n, Some(band)) => format!("{n} open threats, highest {}", band.label()),
    };
    match (risk.possible, risk.count) {
        (0, _) => open,
        (possible, 0) => format!("{open}, {possible} possible"),
        (possible, _) => format!("{open}, {possible} more possible"),
    }
}
