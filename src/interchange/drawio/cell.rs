//! The cells of a page: shapes, lines and layers as the file has them, with their places on the sheet.

use super::style::Style;
use crate::geometry::{Point, Rect, Vec2, pt, rect, vec2};
use crate::interchange::markup::plain;
use crate::interchange::xml;
use roxmltree::Node;
use std::collections::BTreeMap;

/// Shapes within shapes within shapes; what is nested deeper stands where it says by itself.
const NESTING: usize = 40;

/// One shape, line, layer or the root.
pub(super) struct Cell<'a> {
    pub id: &'a str,
    pub parent: &'a str,
    pub label: String,
    pub style: Style<'a>,
    pub is_vertex: bool,
    pub is_edge: bool,
    pub hidden: bool,
    pub source: Option<&'a str>,
    pub target: Option<&'a str>,
    /// What people added to it, by name.
    pub attributes: Vec<(&'a str, &'a str)>,
    pub geometry: Geometry,
}

/// Where a cell is, seen from its parent.
#[derive(Default)]
pub(super) struct Geometry {
    pub rect: Rect,
    pub is_relative: bool,
    pub bends: Vec<Point>,
    pub source: Option<Point>,
    pub target: Option<Point>,
}

/// All cells of a page.
pub(super) struct Cells<'a> {
    pub all: Vec<Cell<'a>>,
    by_id: BTreeMap<&'a str, usize>,
    /// Top-left corners on the sheet.
    corners: Vec<Point>,
    /// Where the page begins.
    origin: Vec2,
}

impl<'a> Cells<'a> {
    /// The cells of a page that begins at `origin`.
    pub(super) fn read<'i: 'a>(graph: Node<'a, 'i>, origin: Vec2) -> Cells<'a> {
        let mut all = Vec::new();
        for node in xml::child(graph, "root").into_iter().flat_map(|root| root.children()) {
            all.extend(Cell::read(node));
        }
        let mut by_id = BTreeMap::new();
        for (n, cell) in all.iter().enumerate() {
            by_id.entry(cell.id).or_insert(n);
        }
        let mut cells = Cells { all, by_id, corners: Vec::new(), origin };
        cells.corners = (0..cells.all.len()).map(|n| cells.corner_of(n)).collect();
        cells
    }

    pub(super) fn find(&self, id: &str) -> Option<&Cell<'a>> {
        self.index(id).and_then(|n| self.all.get(n))
    }

    pub(super) fn index(&self, id: &str) -> Option<usize> {
        if id.is_empty() { None } else { self.by_id.get(id).copied() }
    }

    /// The shapes around a cell, the nearest first.
    pub(super) fn around(&self, cell: &Cell<'a>) -> impl Iterator<Item = usize> {
        let mut next = self.index(cell.parent);
        let mut steps = 0;
        std::iter::from_fn(move || {
            let at = next?;
            steps += 1;
            let parent = self.all.get(at)?;
            next = if steps < NESTING { self.index(parent.parent) } else { None };
            Some(at)
        })
    }

    fn corner_of(&self, n: usize) -> Point {
        let Some(cell) = self.all.get(n) else { return pt(0.0, 0.0) };
        let mut corner = cell.geometry.rect.min();
        for parent in self.around(cell).filter_map(|p| self.all.get(p)).filter(|p| p.is_vertex) {
            let r = parent.geometry.rect;
            // A place of its own in parts of the parent's size.
            if cell.geometry.is_relative && parent.id == cell.parent {
                corner = pt(corner.x * r.w, corner.y * r.h);
            }
            corner = corner + vec2(r.x, r.y);
        }
        corner + self.origin
    }

    /// Where a shape is on the sheet.
    pub(super) fn rect(&self, n: usize) -> Rect {
        let corner = self.corners.get(n).copied().unwrap_or_default();
        let size = self.all.get(n).map(|c| c.geometry.rect).unwrap_or_default();
        rect(corner.x, corner.y, size.w, size.h)
    }

    /// How far what a cell says of places is moved by the shapes around it.
    pub(super) fn offset(&self, cell: &Cell<'a>) -> Vec2 {
        match self.index(cell.parent).filter(|n| self.all.get(*n).is_some_and(|p| p.is_vertex)) {
            Some(n) => {
                let corner = self.corners.get(n).copied().unwrap_or_default();
                vec2(corner.x, corner.y)
            }
            None => self.origin,
        }
    }
}

impl<'a> Cell<'a> {
    /// A cell, which may be wrapped in an object that has its id, its label and whatever people added.
    fn read<'i: 'a>(node: Node<'a, 'i>) -> Option<Cell<'a>> {
        let (wrapper, cell) = match node.tag_name().name() {
            "mxCell" => (None, node),
            "UserObject" | "object" => (Some(node), xml::child(node, "mxCell")?),
            _ => return None,
        };
        let given = |name: &str| wrapper.and_then(|w| w.attribute(name)).or_else(|| cell.attribute(name));
        let style = Style::new(cell.attribute("style").unwrap_or_default());
        let label = wrapper.and_then(|w| w.attribute("label")).or_else(|| cell.attribute("value")).unwrap_or_default();
        let own = |a: &roxmltree::Attribute<'a, 'i>| !matches!(a.name(), "id" | "label" | "placeholders");
        let attributes = wrapper.into_iter().flat_map(|w| w.attributes()).filter(own);
        Some(Cell {
            id: given("id").unwrap_or_default(),
            parent: cell.attribute("parent").unwrap_or_default(),
            label: if label.contains(['<', '&']) { plain(label) } else { label.trim().to_owned() },
            is_vertex: cell.attribute("vertex") == Some("1"),
            is_edge: cell.attribute("edge") == Some("1"),
            hidden: cell.attribute("visible") == Some("0"),
            source: cell.attribute("source"),
            target: cell.attribute("target"),
            attributes: attributes.filter(|a| !a.value().trim().is_empty()).map(|a| (a.name(), a.value())).collect(),
            geometry: xml::child(cell, "mxGeometry").map(Geometry::read).unwrap_or_default(),
            style,
        })
    }

    /// True for tables and lists, whose rows are no shapes of their own.
    pub(super) fn is_table(&self) -> bool {
        self.style.shape() == "table" || matches!(self.style.get("childLayout"), Some("stackLayout" | "tableLayout"))
    }

    /// An attribute people gave it.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }

    /// Its label on one line.
    pub(super) fn name(&self) -> String {
        self.label.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Geometry {
    fn read(node: Node<'_, '_>) -> Geometry {
        let number = |name: &str| number(node.attribute(name));
        let mut out = Geometry {
            rect: rect(number("x"), number("y"), number("width").max(0.0), number("height").max(0.0)),
            is_relative: node.attribute("relative") == Some("1"),
            ..Geometry::default()
        };
        for child in node.children().filter(Node::is_element) {
            match (child.tag_name().name(), child.attribute("as")) {
                ("mxPoint", Some("sourcePoint")) => out.source = Some(point(child)),
                ("mxPoint", Some("targetPoint")) => out.target = Some(point(child)),
                ("Array", Some("points")) => out.bends = xml::children(child, "mxPoint").map(point).collect(),
                _ => {}
            }
        }
        out
    }
}

fn point(node: Node<'_, '_>) -> Point {
    pt(number(node.attribute("x")), number(node.attribute("y")))
}

/// A number of a drawing; whatever is none is 0, as draw.io has it.
fn number(text: Option<&str>) -> f32 {
    text.and_then(|t| t.trim().parse().ok()).filter(|n: &f32| n.is_finite()).unwrap_or_default()
}
