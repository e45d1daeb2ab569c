//! The attack graph as `egui_graphs` holds it: stations and legs look as on paper, those of what the pointer or the selection
//! is about stand out.

use crate::chart::GraphDrawing;
use crate::geometry::{self, pt};
use crate::scene::Item;
use crate::theme::{Ink, Theme};
use crate::tool::Camera;
use crate::ui::painter::{Brush, View};
use crate::ui::style;
use egui::{Context, Painter, Pos2, Rect, Shape, StrokeKind, Vec2, pos2, vec2};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, Layout, LayoutState, MetadataFrame, Node, NodeProps};
use petgraph::stable_graph::{DefaultIx, IndexType, NodeIndex};
use petgraph::{Directed, EdgeType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

pub type Shown = Graph<Stop, Leg, Directed, DefaultIx, StopShape, LegShape>;

/// Opacity of legs that are none of those one looks at.
const ASIDE: f32 = 0.22;

/// A station.
#[derive(Clone, Debug)]
pub struct Stop {
    item: Arc<Item>,
    rect: geometry::Rect,
    theme: Theme,
}

/// A leg from one station to the next.
#[derive(Clone, Debug)]
pub struct Leg {
    item: Arc<Item>,
    theme: Theme,
    /// Others are looked at.
    is_aside: bool,
}

/// A drawing as a graph that can be shown.
pub fn shown(drawing: &GraphDrawing, theme: Theme) -> Shown {
    let mut out = Shown::new();
    let (legs, stops) = drawing.scene.items.split_at(drawing.legs.len().min(drawing.scene.items.len()));
    let at = |rect: geometry::Rect| pos2(rect.center().x, rect.center().y);
    let numbers: Vec<NodeIndex> = drawing
        .stations
        .iter()
        .zip(stops)
        .map(|(station, item)| {
            let stop = Stop { item: Arc::new(item.clone()), rect: station.rect, theme };
            out.add_node_with_location(stop, at(station.rect))
        })
        .collect();
    for ((from, to), item) in drawing.legs.iter().zip(legs) {
        if let (Some(from), Some(to)) = (numbers.get(*from), numbers.get(*to)) {
            out.add_edge(*from, *to, Leg { item: Arc::new(item.clone()), theme, is_aside: false });
        }
    }
    out
}

/// Marks these stations, and puts legs aside that lead neither to nor from what is marked or under the pointer.
pub fn mark(shown: &mut Shown, chosen: &BTreeSet<usize>) {
    let all: Vec<NodeIndex> = shown.nodes_iter().map(|(n, _)| n).collect();
    for n in all {
        if let Some(node) = shown.node_mut(n) {
            node.set_selected(chosen.contains(&n.index()));
        }
    }
    let looked_at: Vec<NodeIndex> = match shown.hovered_node() {
        Some(n) => vec![n],
        None => shown.nodes_iter().filter(|(_, node)| node.selected()).map(|(n, _)| n).collect(),
    };
    let legs: Vec<_> = shown.edges_iter().map(|(n, _)| n).collect();
    for n in legs {
        let Some((from, to)) = shown.edge_endpoints(n) else { continue };
        let is_aside = !looked_at.is_empty() && !looked_at.contains(&from) && !looked_at.contains(&to);
        if let Some(leg) = shown.edge_mut(n) {
            leg.payload_mut().is_aside = is_aside;
        }
    }
}

/// The pointer is somewhere else.
pub fn leave(shown: &mut Shown) {
    if let Some(n) = shown.hovered_node() {
        shown.set_hovered_node(None);
        if let Some(node) = shown.node_mut(n) {
            node.set_hovered(false);
        }
    }
}

/// What the widget would draw, for frames in which it is not needed.
pub fn paint(shown: &Shown, painter: &Painter, view: View) {
    for (_, leg) in shown.edges_iter() {
        painter.extend(leg_shapes(leg.payload(), painter.ctx(), view));
    }
    for (_, node) in shown.nodes_iter() {
        painter.extend(stop_shapes(node.props(), painter.ctx(), view));
    }
}

/// Where people look, as the widget keeps it: from the corner of its room.
pub fn meta_of(camera: Camera, room: Rect, name: &str) -> MetadataFrame {
    let mut meta = MetadataFrame::new(Some(name.to_owned()));
    meta.zoom = camera.scale;
    meta.pan = room.size() / 2.0 - vec2(camera.center.x, camera.center.y) * camera.scale;
    meta
}

/// The other way round.
pub fn camera_of(meta: &MetadataFrame, room: Rect) -> Camera {
    seen(meta, (room.size() / 2.0).to_pos2())
}

/// What of the graph is in the middle.
fn seen(meta: &MetadataFrame, middle: Pos2) -> Camera {
    let center = (middle.to_vec2() - meta.pan) / meta.zoom;
    Camera { center: pt(center.x, center.y), scale: meta.zoom }
}

fn brush(ctx: &Context, view: View, theme: Theme, opacity: f32, item: &Item) -> Vec<Shape> {
    let brush = Brush { ctx, view, theme, opacity, within: None };
    let mut out = Vec::new();
    item.shapes.iter().for_each(|shape| brush.trace(shape, &mut out));
    out
}

fn leg_shapes(leg: &Leg, ctx: &Context, view: View) -> Vec<Shape> {
    brush(ctx, view, leg.theme, if leg.is_aside { ASIDE } else { 1.0 }, &leg.item)
}

fn stop_shapes(stop: &NodeProps<Stop>, ctx: &Context, view: View) -> Vec<Shape> {
    let Stop { item, rect, theme } = &stop.payload;
    let mut out = brush(ctx, view, *theme, 1.0, item);
    if stop.selected || stop.hovered {
        let around = view.rect_to_screen(rect.expand(4.0));
        let width = if stop.selected { 2.5 } else { 1.5 };
        let stroke = egui::Stroke::new(width, style::color32(theme.color(Ink::Accent)));
        out.push(Shape::rect_stroke(around, 8.0, stroke, StrokeKind::Middle));
    }
    out
}

/// The view of a widget that draws. Its metadata is moved to where it is on the screen by then.
fn view(ctx: &DrawContext<'_>) -> View {
    let rect = ctx.painter.clip_rect();
    View { camera: seen(ctx.meta, rect.center()), rect }
}

#[derive(Clone, Debug)]
pub struct StopShape(NodeProps<Stop>);

impl From<NodeProps<Stop>> for StopShape {
    fn from(stop: NodeProps<Stop>) -> StopShape {
        StopShape(stop)
    }
}

impl<E: Clone, Ty: EdgeType, Ix: IndexType> DisplayNode<Stop, E, Ty, Ix> for StopShape {
    fn closest_boundary_point(&self, dir: Vec2) -> Pos2 {
        let side = |along: f32, size: f32| along.signum() * size / 2.0 * f32::from(along != 0.0);
        let rect = self.0.payload.rect;
        self.0.location() + vec2(side(dir.x, rect.w), side(dir.y, rect.h))
    }

    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        stop_shapes(&self.0, ctx.ctx, view(ctx))
    }

    fn update(&mut self, stop: &NodeProps<Stop>) {
        self.0.clone_from(stop);
    }

    fn is_inside(&self, at: Pos2) -> bool {
        self.0.payload.rect.contains(pt(at.x, at.y))
    }
}

#[derive(Clone, Debug)]
pub struct LegShape(Leg);

impl From<EdgeProps<Leg>> for LegShape {
    fn from(leg: EdgeProps<Leg>) -> LegShape {
        LegShape(leg.payload)
    }
}

impl<Ty: EdgeType, Ix: IndexType> DisplayEdge<Stop, Leg, Ty, Ix, StopShape> for LegShape {
    fn shapes(
        &mut self,
        _from: &Node<Stop, Leg, Ty, Ix, StopShape>,
        _to: &Node<Stop, Leg, Ty, Ix, StopShape>,
        ctx: &DrawContext<'_>,
    ) -> Vec<Shape> {
        leg_shapes(&self.0, ctx.ctx, view(ctx))
    }

    fn update(&mut self, leg: &EdgeProps<Leg>) {
        self.0.clone_from(&leg.payload);
    }

    /// Legs answer no pointer: what is done is told at the stations they lead to.
    fn is_inside(&self, _from: &Node<Stop, Leg, Ty, Ix, StopShape>, _to: &Node<Stop, Leg, Ty, Ix, StopShape>, _at: Pos2) -> bool {
        false
    }
}

/// Leaves every station where the drawing has it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct InPlace;

impl LayoutState for InPlace {}

impl Layout<InPlace> for InPlace {
    fn from_state(state: InPlace) -> impl Layout<InPlace> {
        state
    }

    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut Graph<N, E, Ty, Ix, Dn, De>, _: &egui::Ui)
    where
        N: Clone,
        E: Clone,
        Ty: EdgeType,
        Ix: IndexType,
        Dn: DisplayNode<N, E, Ty, Ix>,
        De: DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }

    fn state(&self) -> InPlace {
        self.clone()
    }
}
