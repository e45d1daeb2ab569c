//! One cell of a diagram: what it is, what it is called and where it lies.

use super::shortened;
use crate::geometry::{Point, Rect, pt, rect};
use crate::interchange::lenient::{Ids, Object, list, number, object, text};
use crate::model::Id;
use serde_json::Value;

/// The kinds of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    Actor,
    Process,
    Store,
    Text,
    Box,
    Curve,
    Flow,
}

/// A cell of a known kind. Its id is already free of clashes; edges refer to cells by the foreign id.
pub(super) struct Cell<'a> {
    pub raw: &'a Object,
    pub data: &'a Object,
    pub kind: CellKind,
    pub id: Id,
    pub foreign_id: String,
    pub name: String,
}

/// What is drawn another way here: told in one sentence for the whole file.
const LOOKS: &[&str] = &["attrs", "ports", "tools", "markup", "zIndex", "view"];

/// Fields of a cell that are read, derived or [`LOOKS`].
pub(super) const KNOWN: &[&str] = &[
    "id",
    "shape",
    "data",
    "position",
    "size",
    "source",
    "target",
    "vertices",
    "connector",
    "labels",
    "threats",
    "visible",
    "width",
    "height",
    "attrs",
    "ports",
    "tools",
    "markup",
    "zIndex",
    "view",
];

impl<'a> Cell<'a> {
    /// `None` for a shape of no known kind.
    pub(super) fn read(raw: &'a Object, ids: &mut Ids) -> Option<Cell<'a>> {
        let data = object(raw, "data");
        // Other tools write the type beside the data, or as the shape.
        let (within, beside, shape) = (text(data, "type"), text(raw, "type"), text(raw, "shape"));
        let kind = kind_of_type(&within).or_else(|| kind_of_type(&beside));
        let kind = kind.or_else(|| kind_of_shape(&shape)).or_else(|| kind_of_type(&shape))?;
        let foreign_id = text(raw, "id");
        Some(Cell { raw, data, kind, id: ids.claim(&foreign_id), name: name(raw, data), foreign_id })
    }

    /// For the loss report: kind and name.
    pub(super) fn title(&self) -> String {
        let kind = match self.kind {
            CellKind::Actor => "external entity",
            CellKind::Process => "process",
            CellKind::Store => "data store",
            CellKind::Text => "note",
            CellKind::Box | CellKind::Curve => "trust boundary",
            CellKind::Flow => "data flow",
        };
        let name = if self.name.trim().is_empty() { self.id.as_str() } else { &self.name };
        format!("{kind} “{}”", shortened(name))
    }

    pub(super) fn is_element(&self) -> bool {
        matches!(self.kind, CellKind::Actor | CellKind::Process | CellKind::Store)
    }

    pub(super) fn has_own_looks(&self) -> bool {
        LOOKS.iter().any(|key| self.raw.contains_key(*key))
    }

    /// The box of a node: its position, and its size or the kind's usual one. `None` without a position.
    pub(super) fn rect(&self) -> Option<Rect> {
        let (position, size) = (object(self.raw, "position"), object(self.raw, "size"));
        let (w, h) = match self.kind {
            CellKind::Actor => (150.0, 80.0),
            CellKind::Process => (100.0, 100.0),
            CellKind::Store => (150.0, 75.0),
            CellKind::Text => (190.0, 80.0),
            CellKind::Box | CellKind::Curve | CellKind::Flow => (500.0, 400.0),
        };
        let side = |key, usual| number(size, key).map_or(usual, f32::abs);
        Some(rect(number(position, "x")?, number(position, "y")?, side("width", w), side("height", h)))
    }

    /// The way-points of an edge.
    pub(super) fn vertices(&self) -> Vec<Point> {
        list(self.raw, "vertices").iter().filter_map(Value::as_object).filter_map(point).collect()
    }

    /// True for the drawing library's smooth connector.
    pub(super) fn is_smooth(&self) -> bool {
        text(self.raw, "connector") == "smooth" || text(object(self.raw, "connector"), "name") == "smooth"
    }

    /// Place of an edge's label along it, where somebody moved it from the middle.
    pub(super) fn label_at(&self) -> Option<f32> {
        let label = list(self.raw, "labels").first()?.as_object()?;
        let at = number(label, "position").or_else(|| number(object(label, "position"), "distance"))?;
        ((0.0..=1.0).contains(&at) && at != 0.5).then_some(at)
    }

    /// The middle of the side of a node's box a port sits on, as a share of the box.
    pub(super) fn port(&self, port: &str) -> Option<Point> {
        let items = list(object(self.raw, "ports"), "items").iter().filter_map(Value::as_object);
        let group = items.filter(|item| text(item, "id") == port).map(|item| text(item, "group")).next();
        match group.as_deref().unwrap_or(port) {
            "top" => Some(pt(0.5, 0.0)),
            "right" => Some(pt(1.0, 0.5)),
            "bottom" => Some(pt(0.5, 1.0)),
            "left" => Some(pt(0.0, 0.5)),
            _ => None,
        }
    }
}

/// A point; `None` unless both coordinates are there.
pub(super) fn point(from: &Object) -> Option<Point> {
    Some(pt(number(from, "x")?, number(from, "y")?))
}

fn kind_of_type(text: &str) -> Option<CellKind> {
    Some(match text {
        "tm.Actor" => CellKind::Actor,
        "tm.Process" => CellKind::Process,
        "tm.Store" => CellKind::Store,
        "tm.Text" => CellKind::Text,
        "tm.BoundaryBox" => CellKind::Box,
        "tm.Boundary" => CellKind::Curve,
        "tm.Flow" => CellKind::Flow,
        _ => return None,
    })
}

fn kind_of_shape(text: &str) -> Option<CellKind> {
    Some(match text {
        "actor" => CellKind::Actor,
        "process" => CellKind::Process,
        "store" => CellKind::Store,
        "td-text-block" => CellKind::Text,
        "trust-boundary-box" => CellKind::Box,
        // The second spelling is what 2.0 wrote.
        "trust-boundary-curve" | "trust-broundary-curve" | "trust-boundary-curve-stencil" => CellKind::Curve,
        "flow" | "flow-stencil" => CellKind::Flow,
        _ => return None,
    })
}

/// The first name that is not empty, of the places where one may be.
fn name(raw: &Object, data: &Object) -> String {
    let attrs = object(raw, "attrs");
    let caption = |attrs: &Object, key| text(object(attrs, key), "text");
    let label = || match list(raw, "labels").first() {
        Some(Value::String(s)) => s.replace("\r\n", "\n"),
        Some(Value::Object(label)) => {
            let attrs = object(label, "attrs");
            ["labelText", "label", "text"]
                .map(|key| caption(attrs, key))
                .into_iter()
                .find(|t| !t.trim().is_empty())
                .unwrap_or_default()
        }
        _ => String::new(),
    };
    let places = [text(data, "name"), caption(attrs, "text"), caption(attrs, "label"), caption(attrs, "headerText"), label()];
    places.into_iter().find(|t| !t.trim().is_empty()).unwrap_or_default()
}
