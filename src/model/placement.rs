//! Where and how records are drawn: the only coordinates of a model.

use super::taxonomy::LineStyle;
use super::{Id, PlacementKey, ThreatModel};
use crate::geometry::{Point, Rect, Vec2};
use serde::{Deserialize, Serialize};

/// Where and how a record is drawn on one diagram. Coordinates live nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Placement {
    /// An element, a closed boundary or a note.
    Box(Rect),
    /// A data flow.
    Route(Route),
    /// A boundary drawn as an open line: it separates what it crosses.
    Line(BoundaryLine),
}

record! {
    /// The course of a flow.
    pub struct Route {
        pub style: LineStyle = LineStyle::Orthogonal,
        pub start: Attach = Attach::Auto,
        pub end: Attach = Attach::Auto,
        /// Way-points from source to destination, exactly as set by hand or import; empty lets the router choose.
        pub bends: Vec<Point>,
        /// Place of the label along the line, 0 to 1; `None` lets the label placer choose.
        pub label: Option<f32>,
        /// How far the middle of the label is from there, in world units, when it was put beside the line by hand.
        pub label_by: Option<Vec2>,
        /// An arrow head at both ends. Looks only: whether data travels both ways is a matter of the flow.
        pub two_heads: bool,
    }
}

/// How a flow end is attached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Attach {
    /// Aims at the centre, stops at the outline.
    #[default]
    Auto,
    /// A fixed spot of the element's box: (0, 0) top-left, (1, 1) bottom-right.
    At(Point),
    /// Attached to nothing, at this world point.
    Loose(Point),
}

/// Geometry of a line boundary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundaryLine {
    /// At least two points.
    pub points: Vec<Point>,
    pub style: LineStyle,
}

impl Placement {
    /// The same elsewhere.
    pub fn shifted(&self, by: Vec2) -> Placement {
        let attach = |a: Attach| if let Attach::Loose(p) = a { Attach::Loose(p + by) } else { a };
        let all = |points: &[Point]| points.iter().map(|p| *p + by).collect();
        match self {
            Placement::Box(r) => Placement::Box(r.translate(by)),
            Placement::Line(l) => Placement::Line(BoundaryLine { points: all(&l.points), ..l.clone() }),
            Placement::Route(r) => {
                let (start, end) = (attach(r.start), attach(r.end));
                Placement::Route(Route { bends: all(&r.bends), start, end, ..r.clone() })
            }
        }
    }
}

impl ThreatModel {
    /// The course of a flow that is new on a diagram: in its style, with as many heads as elsewhere.
    pub fn new_route(&self, diagram: &Id, flow: &Id) -> Route {
        let style = self.diagrams.get(diagram).map_or(LineStyle::Orthogonal, |d| d.line_style);
        let two_heads = self.routes_of(flow).any(|(_, route)| route.two_heads);
        Route { style, two_heads, ..Route::default() }
    }

    /// A flow with another number of heads on every diagram, where it has not that already: two pictures of it never
    /// contradict each other.
    pub fn with_heads(&self, flow: &Id, two_heads: bool) -> Vec<(PlacementKey, Placement)> {
        let others = self.routes_of(flow).filter(|(_, route)| route.two_heads != two_heads);
        others.map(|(key, route)| (key, Placement::Route(Route { two_heads, ..route.clone() }))).collect()
    }

    fn routes_of(&self, flow: &Id) -> impl Iterator<Item = (PlacementKey, &Route)> {
        let keys = self.diagrams.keys().map(|diagram| PlacementKey::new(diagram.clone(), flow.clone()));
        keys.filter_map(|key| match self.placements.get(&key)? {
            Placement::Route(route) => Some((key, route)),
            Placement::Box(_) | Placement::Line(_) => None,
        })
    }
}
