//! Where everything on a diagram is: the geometry that drawing and hit-testing share.
//!
//! Pure and fast: made anew from the model whenever it changed. Elements, notes and closed boundaries stand where
//! people put them; flows get a course, labels and tabs a free place.

mod course;
mod crossings;
mod differences;
mod flow_label;
mod fold;
mod hit;
mod index;
mod label;
mod live;
mod nearby;
mod outline;
mod parallel;
mod place;
mod routing;
mod space;
mod spots;
mod tabs;

pub use differences::Differences;
pub use flow_label::FlowLabel;
pub use flow_label::is_private;
pub(super) use fold::as_one;
use fold::{Fold, fold};
pub use hit::{Hit, Part, Reach};
pub use index::OVERHANG;
pub(super) use label::{FLOW_TEXT, SYMBOL};
pub use label::{PlacedLine, TextBlock};
pub use live::LiveLayout;
pub use outline::Outline;
pub(super) use tabs::{CHIP, TAB_PADDING, TAB_TEXT, tab_name, tab_width};

use super::shape::Step;
use crate::geometry::{Point, Rect, Vec2, rect};
use crate::model::{Element, ElementKind, Id, LineStyle, Placement, ThreatModel};
use crate::progress::{Progress, Quiet};
use routing::Terrain;
use space::Space;
use std::collections::{BTreeMap, BTreeSet};

/// Geometry of one diagram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagramLayout {
    pub diagram: Option<Id>,
    /// Elements, closed boundaries and notes.
    pub boxes: BTreeMap<Id, PlacedBox>,
    pub flows: BTreeMap<Id, RoutedFlow>,
    /// Boundaries drawn as open lines.
    pub lines: BTreeMap<Id, BoundaryCurve>,
    /// Flows drawn as one because they end inside collapsed boundaries, by the one that stands for them: the first of them.
    pub bundles: BTreeMap<Id, Vec<Id>>,
    /// Everything drawn; a small default for an empty diagram.
    pub bounds: Rect,
    index: index::Index,
}

/// What a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    Element(ElementKind),
    Boundary,
    /// A collapsed boundary: a small box that stands for all its content.
    Folded,
    Note,
}

/// An element, a closed boundary or a note in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedBox {
    pub kind: BoxKind,
    pub rect: Rect,
    /// What flows stop at.
    pub outline: Outline,
    /// How many drawn boundaries it is inside of.
    pub depth: usize,
    /// The name of an element or the text of a note.
    pub text: TextBlock,
    /// The name tab of a boundary, straddling its seam.
    pub tab: Option<Rect>,
}

/// A flow with its course.
#[derive(Clone, Debug, PartialEq)]
pub struct RoutedFlow {
    pub style: LineStyle,
    /// An arrow head at the start as well.
    pub two_heads: bool,
    /// Start, way-points and end, as a hand would drag them.
    pub corners: Vec<Point>,
    /// The course as a polyline, curves flattened: for hit tests and crossings. At least two points.
    pub points: Vec<Point>,
    /// The course as drawn, bends rounded.
    pub steps: Vec<Step>,
    pub start: FlowEnd,
    pub end: FlowEnd,
    /// `None` only for a flow without length.
    pub label: Option<FlowLabel>,
    pub crossings: Vec<Crossing>,
}

impl RoutedFlow {
    /// From an element to itself.
    fn is_loop(&self) -> bool {
        self.start.element.is_some() && self.start.element == self.end.element
    }
}

/// An end of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowEnd {
    /// The element it is attached to; `None` for a loose end.
    pub element: Option<Id>,
    /// On the element's outline.
    pub at: Point,
    /// Unit vector from the line into the element: where an arrow head points.
    pub direction: Vec2,
}

/// Where the drawn line of a flow meets a boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    pub boundary: Id,
    pub at: Point,
    /// Into the boundary, seen along the flow; `None` for a boundary drawn as a line, which has no inside.
    pub enters: Option<bool>,
}

/// A boundary drawn as an open line.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryCurve {
    /// As dragged by hand.
    pub corners: Vec<Point>,
    /// Curves flattened.
    pub points: Vec<Point>,
    pub steps: Vec<Step>,
    pub tab: Option<Rect>,
}

/// Works out the geometry of a diagram. An unknown diagram is empty.
pub fn lay_out(model: &ThreatModel, diagram: &Id) -> DiagramLayout {
    lay_out_with(model, diagram, fold(model, diagram).as_ref(), Care::Whole(&Quiet)).0
}

/// How well a diagram is laid out.
#[derive(Clone, Copy)]
enum Care<'a> {
    /// As it is meant to be; given up halfway when nobody waits for it any more.
    Whole(&'a dyn Progress),
    /// In no time: flows run straight and have no labels.
    Sketch,
}

/// As [`lay_out`], with what stands in the way of flows and labels then; `fold` is that of the model.
fn lay_out_with(model: &ThreatModel, diagram: &Id, fold: Option<&Fold>, care: Care<'_>) -> (DiagramLayout, Terrain, Space) {
    let Some(fold) = fold else { return lay_out_seen(model, &BTreeSet::new(), diagram, care) };
    let (layout, terrain, space) = lay_out_seen(&fold.seen, &fold.folded, diagram, care);
    (DiagramLayout { bundles: fold.bundles.clone(), ..layout }, terrain, space)
}

/// The same for a model as it is seen: `folded` are small boxes.
fn lay_out_seen(model: &ThreatModel, folded: &BTreeSet<Id>, diagram: &Id, care: Care<'_>) -> (DiagramLayout, Terrain, Space) {
    let mut layout = DiagramLayout { diagram: Some(diagram.clone()), ..DiagramLayout::default() };
    for (id, placement) in model.placed(diagram) {
        match placement {
            Placement::Box(r) => layout.boxes.extend(placed_box(model, folded, id, *r).map(|b| (id.clone(), b))),
            Placement::Line(line) => drop(layout.lines.insert(id.clone(), course::boundary_line(line))),
            Placement::Route(_) => {}
        }
    }
    nest(model, &mut layout);
    let mut terrain = Terrain::new(layout.boxes.values());
    let placed = model.placed(diagram);
    layout.flows = match care {
        Care::Whole(progress) => course::route_flows(model, placed, &layout, &mut terrain, progress),
        Care::Sketch => course::straight_flows(model, placed, &layout),
    };
    crossings::mark(model, diagram, &mut layout);
    let space = match care {
        Care::Whole(progress) => place::place(model, diagram, &mut layout, progress),
        Care::Sketch => place::tabs_alone(model, &mut layout),
    };
    layout.bounds = bounds(&layout);
    (layout, terrain, space)
}

impl PlacedBox {
    /// What courses depend on.
    fn without_text(&self) -> PlacedBox {
        let PlacedBox { kind, rect, outline, depth, .. } = *self;
        PlacedBox { kind, rect, outline, depth, text: TextBlock::default(), tab: None }
    }
}

fn placed_box(model: &ThreatModel, folded: &BTreeSet<Id>, id: &Id, rect: Rect) -> Option<PlacedBox> {
    let notation = model.info.notation;
    let (kind, text) = if let Some(Element { kind, name, .. }) = model.elements.get(id) {
        (BoxKind::Element(*kind), label::element_name(notation, *kind, rect, name))
    } else if model.boundaries.contains_key(id) {
        let kind = if folded.contains(id) { BoxKind::Folded } else { BoxKind::Boundary };
        (kind, TextBlock::default())
    } else {
        (BoxKind::Note, label::note_text(rect, &model.notes.get(id)?.text))
    };
    Some(PlacedBox { kind, rect, outline: Outline::of(notation, kind, rect), depth: 0, text, tab: None })
}

/// Sets the depth of boxes from stored membership, counting only boundaries that are drawn here.
fn nest(model: &ThreatModel, layout: &mut DiagramLayout) {
    let drawn: Vec<Id> = layout.boxes.keys().cloned().collect();
    for id in drawn {
        let depth = model.boundaries_around(&id).iter().filter(|b| layout.boxes.contains_key(*b)).count();
        if let Some(placed) = layout.boxes.get_mut(&id) {
            placed.depth = depth;
        }
    }
}

fn bounds(layout: &DiagramLayout) -> Rect {
    let boxes = layout.boxes.values().flat_map(|b| [Some(b.rect), b.tab]).flatten();
    let flows = layout
        .flows
        .values()
        .flat_map(|f| [Rect::around(f.points.iter().copied()), f.label.as_ref().map(FlowLabel::bounds)])
        .flatten();
    let lines = layout.lines.values().flat_map(|l| [Rect::around(l.points.iter().copied()), l.tab]).flatten();
    boxes.chain(flows).chain(lines).reduce(Rect::union).unwrap_or(rect(0.0, 0.0, 400.0, 300.0))
}
