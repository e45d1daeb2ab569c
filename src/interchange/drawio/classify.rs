//! What a shape most likely stands for.

use super::cell::Cell;
use crate::interchange::guess::{Sure, Taken};
use crate::interchange::shape_words;
use crate::model::ElementKind::{DataStore, ExternalEntity, Process};

/// How a shape stands among the others of its page.
pub(super) struct Company {
    /// Lines end at it.
    pub has_edges: bool,
    /// Other shapes have it as their parent.
    pub has_children: bool,
    /// Other shapes lie wholly in it, whoever their parent is.
    pub surrounds: bool,
}

/// What a shape is.
pub(super) enum Role {
    /// An element, boundary or note, with how sure and why.
    Item(Taken, Sure, String),
    /// A boundary drawn as a line.
    Line,
    /// Holds others together and is nothing itself.
    Group,
}

/// The role of a shape by what its author said, then by its looks, then by words.
pub(super) fn role(cell: &Cell<'_>, company: &Company) -> Role {
    let item = |taken, sure, why: &str| Role::Item(taken, sure, why.to_owned());
    let element = |kind, sure, why: &str| Role::Item(Taken::Element(kind), sure, why.to_owned());
    let (style, shape) = (&cell.style, cell.style.shape());
    if let Some(said) = cell.attribute("type").or_else(|| cell.attribute("c4Type")) {
        let taken = match said.to_lowercase().replace([' ', '_', '-'], "").as_str() {
            "entity" | "externalentity" | "external" | "actor" | "person" => Some(Taken::Element(ExternalEntity)),
            "process" | "container" | "component" | "softwaresystem" => Some(Taken::Element(Process)),
            "datastore" | "store" | "database" => Some(Taken::Element(DataStore)),
            "trustzone" | "trustboundary" | "boundary" | "systemscopeboundary" | "containerscopeboundary" => {
                Some(Taken::Boundary)
            }
            _ => None,
        };
        if let Some(taken) = taken {
            return Role::Item(taken, Sure::High, format!("its type says “{said}”"));
        }
    }
    if matches!(shape.as_str(), "text" | "edgelabel" | "label" | "note" | "note2")
        || cell.is_table()
        || shape.starts_with("mxgraph.mockup.text")
    {
        return item(Taken::Note, Sure::High, "it is drawn as text");
    }
    if shape == "requiredinterface" && style.has("dashed") || shape == "line" && style.has("dashed") {
        return Role::Line;
    }
    if style.has("dashed") && !matches!(shape.as_str(), "ellipse" | "cylinder" | "cylinder3") {
        // Some draw planned things dashed; those have lines to them and nothing in them.
        if !company.has_edges || company.surrounds || company.has_children {
            let sure = if style.is_unfilled() { Sure::High } else { Sure::Medium };
            return item(Taken::Boundary, sure, "it is drawn dashed");
        }
    }
    let holds = style.has("container") || style.has("swimlane") || shape == "swimlane" || shape.contains(".group");
    if style.get("group").is_some() || shape == "group" && !shape.contains('.') {
        return if cell.label.is_empty() {
            Role::Group
        } else {
            item(Taken::Boundary, Sure::Medium, "it groups others and has a name")
        };
    }
    if holds || company.has_children {
        let sure = if holds && (company.has_children || company.surrounds) { Sure::Medium } else { Sure::Low };
        if company.has_children || company.surrounds || !company.has_edges && holds {
            return item(Taken::Boundary, sure, "it is drawn around others");
        }
    }
    if let Some((kind, why)) = by_shape(&shape, cell) {
        return element(kind, Sure::High, why);
    }
    let is_box = matches!(shape.as_str(), "" | "rect" | "rectangle" | "rounded");
    if is_box && company.surrounds && !company.has_edges {
        return item(Taken::Boundary, Sure::Medium, "it is a box around others");
    }
    if let Some((kind, word)) = shape_words::kind(&cell.label) {
        return Role::Item(Taken::Element(kind), Sure::Medium, format!("its name says “{word}”"));
    }
    if let Some((kind, word)) = shape_words::kind(&style.looks()).filter(|_| !is_box) {
        return Role::Item(Taken::Element(kind), Sure::Medium, format!("its shape is one of “{word}”"));
    }
    if is_box && !style.has("rounded") && company.has_edges {
        return element(ExternalEntity, Sure::Medium, "it is drawn as a rectangle with sharp corners");
    }
    if is_box {
        let sure = if company.has_edges { Sure::Medium } else { Sure::Low };
        return element(Process, sure, "it is drawn as a box");
    }
    element(Process, Sure::Low, "its shape says nothing about its kind")
}

/// Shapes that stand for one kind in data flow diagrams.
fn by_shape(shape: &str, cell: &Cell<'_>) -> Option<(crate::model::ElementKind, &'static str)> {
    let style = &cell.style;
    let open_sides = shape == "partialrectangle" && style.is("left", "0") && style.is("right", "0");
    let half_open = shape == "partialrectangle" && (style.is("left", "0") || style.is("right", "0"));
    Some(match shape {
        _ if open_sides || half_open => (DataStore, "it is drawn with open sides"),
        "datastorage" | "datastore" | "cylinder" | "cylinder2" | "cylinder3" | "mxgraph.flowchart.database" => {
            (DataStore, "it is drawn as a cylinder")
        }
        "tape" | "internalstorage" | "mxgraph.flowchart.stored_data" | "mxgraph.flowchart.direct_data" => {
            (DataStore, "it is drawn as storage")
        }
        s if s.starts_with("mxgraph.dfd.datastore") || s == "mxgraph.dfd.archive" => (DataStore, "it is drawn as a data store"),
        "mxgraph.dfd.externalentity" => (ExternalEntity, "it is drawn as an external entity"),
        "mxgraph.dfd.process" | "mxgraph.dfd.loop" => (Process, "it is drawn as a process"),
        "umlactor" | "actor" | "mxgraph.c4.person2" | "mxgraph.c4.person" => (ExternalEntity, "it is drawn as a person"),
        s if s.starts_with("mxgraph.basic.person") || s.contains("user") || s.contains("person") => {
            (ExternalEntity, "it is drawn as a person")
        }
        "ellipse" | "doubleellipse" => (Process, "it is drawn as an ellipse"),
        _ => return None,
    })
}
