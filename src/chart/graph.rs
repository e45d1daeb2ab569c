//! An attack graph drawn: agents at the left, then where they get in, what they pass, and what they want. The kind of a
//! station shows by its shape, how likely it is by words, a square and the colour of its edge.

use super::likely_band;
use crate::attack::{AttackGraph, GraphEdge, GraphNode, Station, percent};
use crate::geometry::{Point, Rect, Vec2, pt, rect, vec2};
use crate::model::{Band, Id, ThreatModel};
use crate::progress::Quiet;
use crate::scene::{Item, Layer, Paint, Scene, Shape, Step, Stroke, TextRun};
use crate::text::{Face, ellipsize, width};
use crate::theme::Ink;
use crate::tidy::columns;

/// Size of every station, and room around the whole.
const SIZE: Vec2 = vec2(188.0, 44.0);
const AROUND: f32 = 20.0;
const NAME: f32 = 12.5;
const SMALL: f32 = 11.0;
/// Length of the head of an arrow.
const TIP: f32 = 8.0;
/// How far a way that leads back bows out.
const BOW: f32 = 48.0;

/// A graph as shapes, with where each station is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphDrawing {
    /// The legs, the likeliest last, then the stations in their order.
    pub scene: Scene,
    /// From which station to which each leg leads.
    pub legs: Vec<(usize, usize)>,
    pub stations: Vec<DrawnStation>,
}

/// A station where it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnStation {
    pub id: Id,
    pub station: Station,
    pub rect: Rect,
    /// In words: "element: Shop database, 62 %".
    pub said: String,
    /// What leads here, the likeliest first.
    pub by: Vec<String>,
}

/// Draws a graph.
pub fn draw_graph(model: &ThreatModel, graph: &AttackGraph) -> GraphDrawing {
    // The likeliest lie over the others.
    let mut edges: Vec<&GraphEdge> = graph.edges.iter().collect();
    edges.sort_by(|a, b| a.p.total_cmp(&b.p));
    let legs: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let placed = columns(&vec![SIZE; graph.nodes.len()], &graph.columns(), &legs, &Quiet);
    let moved = vec2(AROUND, AROUND);
    let at = |n: usize| placed.places.get(n).copied().unwrap_or_default().translate(moved);
    let mut out = GraphDrawing { legs, ..GraphDrawing::default() };
    for (edge, lanes) in edges.iter().zip(&placed.lanes) {
        let lanes: Vec<Point> = lanes.iter().map(|lane| *lane + moved).collect();
        out.scene.items.push(leg(edge, at(edge.from), at(edge.to), &lanes));
    }
    for (n, node) in graph.nodes.iter().enumerate() {
        let said = said(model, node);
        let into = graph.edges.iter().filter(|edge| edge.to == n);
        let by = into.flat_map(|edge| edge.told.iter().cloned()).collect();
        out.scene.items.push(stop(model, node, at(n), &said));
        out.stations.push(DrawnStation { id: node.id.clone(), station: node.station, rect: at(n), said, by });
    }
    let bounds = out.scene.items.iter().map(|item| item.bounds).reduce(Rect::union).unwrap_or_default();
    out.scene.bounds = bounds.expand(AROUND / 2.0);
    out
}

/// The graph in words, for those who do not see it.
pub fn about_graph(model: &ThreatModel, graph: &AttackGraph) -> String {
    let wanted = graph.nodes.iter().filter(|node| node.station == Station::Asset);
    let wanted: Vec<String> = wanted.map(|node| format!("{} {}", node.told(model), percent(node.p))).collect();
    let agents = graph.nodes.iter().filter(|node| node.station == Station::Agent).count();
    format!("Attack graph of {agents} agents over {} steps. Reached: {}.", graph.edges.len(), wanted.join("; "))
}

fn said(model: &ThreatModel, node: &GraphNode) -> String {
    let likely = if node.station == Station::Agent { String::new() } else { format!(", {}", percent(node.p)) };
    format!("{}: {}{likely}", node.station.label(), node.told(model))
}

/// Agents are pills, entry points have a door at the side, positions are boxes, assets have a double edge.
fn stop(model: &ThreatModel, node: &GraphNode, at: Rect, said: &str) -> Item {
    let band = (node.station != Station::Agent).then(|| likely_band(node.p));
    let edge = band.map_or(Ink::Accent, Ink::RiskOutline);
    let (radius, ground) = match node.station {
        Station::Agent => (at.h / 2.0, Ink::AccentSoft),
        Station::Entry | Station::Position => (6.0, Ink::Panel),
        Station::Asset => (0.0, Ink::Raised),
    };
    let boxed = |rect: Rect, radius: f32, fill: Option<Paint>, stroke: Option<Stroke>| Shape::Rect { rect, radius, fill, stroke };
    let mut shapes = vec![boxed(at, radius, Some(ground.into()), Some(Stroke::new(1.6, edge)))];
    match node.station {
        Station::Entry => shapes.push(boxed(rect(at.x, at.y, 6.0, at.h), 2.0, Some(edge.into()), None)),
        Station::Asset => shapes.push(boxed(at.expand(-3.5), 0.0, None, Some(Stroke::new(1.0, edge)))),
        Station::Agent | Station::Position => {}
    }
    let (left, room) = (at.x + 16.0, at.w - 28.0);
    let (name_at, below) = (at.y + 18.0, at.max().y - 9.0);
    let mut text = |x: f32, y: f32, face: Face, size: f32, paint: Ink, words: &str| {
        let run = TextRun { at: pt(x, y), text: words.to_owned(), face, size, paint: paint.into() };
        shapes.push(Shape::Text(run));
    };
    let name = ellipsize(Face::Regular, NAME, &crate::risk::name_of(model, &node.id), room);
    text(left, name_at, Face::Regular, NAME, Ink::Text, &name);
    match band {
        Some(band) => {
            let likely = percent(node.p);
            text(left + 14.0, below, Face::Bold, SMALL, Ink::RiskOutline(band), &likely);
            let used = 14.0 + width(Face::Bold, SMALL, &likely) + 8.0;
            let harmed: Vec<&str> = node.dimensions.iter().map(|dimension| dimension.name()).collect();
            text(left + used, below, Face::Regular, SMALL, Ink::Muted, &harmed.join(" "));
        }
        None => text(left, below, Face::Regular, SMALL, Ink::Muted, node.station.label()),
    }
    shapes.extend(band.map(|band| square(left, at.max().y - 17.5, band)));
    Item { key: None, layer: Layer::Element, bounds: at.expand(2.0), shapes, alt: said.to_owned() }
}

fn square(x: f32, y: f32, band: Band) -> Shape {
    let stroke = Some(Stroke::new(1.0, Ink::RiskOutline(band)));
    Shape::Rect { rect: rect(x, y, 9.0, 9.0), radius: 1.0, fill: Some(Ink::RiskFill(band).into()), stroke }
}

/// A leg: the wider the likelier. It keeps to its lanes between what stands on the way; one that leads back bows out.
fn leg(edge: &GraphEdge, from: Rect, to: Rect, lanes: &[Point]) -> Item {
    let (a, b) = (pt(from.max().x, from.center().y), pt(to.x, to.center().y));
    let ink = Ink::RiskOutline(likely_band(edge.p));
    let mut steps = vec![Step::Move(a)];
    let mut here = a;
    let half = SIZE.x / 2.0 + 6.0;
    let mut bend = |here: Point, there: Point| {
        let bow = ((there.x - here.x) / 2.0).max(if there.x > here.x { 0.0 } else { BOW });
        steps.push(Step::Cubic(pt(here.x + bow, here.y), pt(there.x - bow, there.y), there));
    };
    for lane in lanes {
        let (into, out) = (pt(lane.x - half, lane.y), pt(lane.x + half, lane.y));
        bend(here, into);
        bend(into, out);
        here = out;
    }
    bend(here, pt(b.x - TIP * 0.8, b.y));
    let line = Shape::Path { steps, fill: None, stroke: Some(Stroke::new(0.9 + 2.6 * edge.p as f32, ink)) };
    let head =
        vec![Step::Move(b), Step::Line(pt(b.x - TIP, b.y - TIP * 0.5)), Step::Line(pt(b.x - TIP, b.y + TIP * 0.5)), Step::Close];
    let head = Shape::Path { steps: head, fill: Some(ink.into()), stroke: None };
    let over = lanes.iter().map(|lane| rect(lane.x, lane.y, 0.0, 0.0)).fold(Rect::union(from, to), Rect::union);
    let bounds = rect(over.x - BOW, over.y, over.w + 2.0 * BOW, over.h).expand(4.0);
    Item { key: None, layer: Layer::Flow, bounds, shapes: vec![line, head], alt: String::new() }
}
