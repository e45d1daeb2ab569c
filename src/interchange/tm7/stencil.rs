//! One shape or line of a surface: what it is, what it is called and what was set on it.

use super::template::Template;
use super::{PREFIX, shortened};
use crate::interchange::xml;
use crate::model::{ElementKind, Extra};
use roxmltree::Node;

/// What a shape or line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Element(ElementKind),
    Note,
    Box,
    Line,
    Flow,
}

/// A shape or line.
pub(super) struct Stencil<'a, 'i> {
    pub node: Node<'a, 'i>,
    pub kind: Kind,
    pub guid: String,
    pub name: String,
    /// Its type and those it inherits from.
    pub types: Vec<String>,
    /// What people call its type: "Azure SQL Database".
    pub type_name: String,
    pub properties: Vec<Property>,
}

/// A field of a stencil with its chosen value.
pub(super) struct Property {
    /// The key of the template; empty for built-in fields.
    pub key: String,
    pub label: String,
    pub value: String,
    /// What it may be, for those that are chosen from a list.
    pub options: Vec<String>,
}

impl Property {
    fn read(node: Node<'_, '_>) -> Option<Property> {
        let value = xml::child(node, "Value")?;
        let options: Vec<String> = value.children().filter(Node::is_element).map(xml::text).collect();
        let chosen = || xml::text_of(node, "SelectedIndex").parse().ok().and_then(|i: usize| options.get(i)).cloned();
        let value = if options.is_empty() { xml::text(value) } else { chosen()? };
        Some(Property { key: xml::text_of(node, "Name"), label: xml::text_of(node, "DisplayName"), value, options })
    }

    /// True for what nobody has chosen or filled in.
    pub(super) fn says_nothing(&self) -> bool {
        matches!(self.value.as_str(), "" | "Not Selected" | "Select")
    }

    /// True when the value is the one the tool puts in by itself, so that nobody may have looked at it.
    pub(super) fn is_default(&self) -> bool {
        self.options.first() == Some(&self.value)
    }

    /// What it is kept under: its key, or its label where the key is a mere number.
    pub(super) fn field(&self) -> &str {
        let is_number = self.key.len() == 36 && self.key.matches('-').count() == 4;
        if self.key.is_empty() || is_number { &self.label } else { &self.key }
    }
}

impl<'a, 'i> Stencil<'a, 'i> {
    /// `None` for what is of no known kind.
    pub(super) fn read(node: Node<'a, 'i>, template: &Template) -> Option<Stencil<'a, 'i>> {
        let (own, generic) = (xml::text_of(node, "TypeId"), xml::text_of(node, "GenericTypeId"));
        let chain = template.chain(&own, &generic);
        let shape = xml::attribute(node, "type").map(local).unwrap_or_default();
        let kind = kind(shape, &chain, template.representation(&chain))?;
        let list = xml::child(node, "Properties");
        let rows = || list.into_iter().flat_map(|p| xml::children(p, "anyType"));
        let is_header = |n: &Node<'_, '_>| xml::attribute(*n, "type").is_some_and(|t| local(t) == "HeaderDisplayAttribute");
        let header = rows().find(is_header).map(|n| xml::text_of(n, "DisplayName")).unwrap_or_default();
        let type_name = if header.is_empty() { template.name_of(&own).to_owned() } else { header };
        let properties: Vec<Property> = rows().filter(|n| !is_header(n)).filter_map(Property::read).collect();
        let is_name = |p: &&Property| p.label == "Name" && matches!(p.key.as_str(), "" | "Name");
        let name = properties.iter().find(is_name).map(|p| p.value.clone()).unwrap_or_default();
        let properties = properties.into_iter().filter(|p| !is_name(&p)).collect();
        let types = chain.into_iter().map(str::to_owned).collect();
        Some(Stencil { node, kind, guid: xml::text_of(node, "Guid"), name, types, type_name, properties })
    }

    /// For the loss report: kind and name.
    pub(super) fn title(&self) -> String {
        let kind = match self.kind {
            Kind::Element(ElementKind::ExternalEntity) => "external entity",
            Kind::Element(ElementKind::Process) => "process",
            Kind::Element(ElementKind::DataStore) => "data store",
            Kind::Note => "note",
            Kind::Box | Kind::Line => "trust boundary",
            Kind::Flow => "data flow",
        };
        let name = if self.name.is_empty() { &self.guid } else { &self.name };
        format!("{kind} “{}”", shortened(name))
    }

    /// The value of a field by its key or label; `None` when nobody chose one.
    pub(super) fn chosen(&self, field: &str) -> Option<&Property> {
        self.properties.iter().find(|p| p.key == field || p.label == field).filter(|p| !p.says_nothing())
    }

    /// The value of a field of the template; empty when nobody chose one.
    pub(super) fn value(&self, field: &str) -> &str {
        self.chosen(field).map_or("", |p| p.value.as_str())
    }

    pub(super) fn number(&self, name: &str) -> Option<f32> {
        xml::text_of(self.node, name).parse().ok().filter(|v: &f32| v.is_finite())
    }

    /// The reason it is out of scope; `None` when it is in scope.
    pub(super) fn out_of_scope(&self) -> Option<String> {
        let is_out = self.value("Out Of Scope").eq_ignore_ascii_case("true");
        let reason = self.value("Reason For Out Of Scope");
        let reason = if reason.is_empty() { "Marked as out of scope in the Microsoft Threat Modeling Tool" } else { reason };
        is_out.then(|| reason.to_owned())
    }

    /// Its type and every field that says something, as they are kept with it.
    pub(super) fn extra(&self) -> Extra {
        let mut extra = Extra::new();
        let mut keep = |field: &str, value: &str| {
            if !value.is_empty() {
                extra.insert(format!("{PREFIX}{field}"), value.to_owned());
            }
        };
        keep("TypeId", self.types.first().map_or("", String::as_str));
        keep("GenericTypeId", self.types.last().map_or("", String::as_str));
        keep("stencil", &self.type_name);
        for property in self.properties.iter().filter(|p| !p.says_nothing()) {
            let is_usual =
                matches!((property.label.as_str(), property.value.as_str()), ("Out Of Scope", "false") | ("Dataflow Order", "0"));
            if !is_usual {
                keep(property.field(), &property.value);
            }
        }
        extra
    }
}

/// A type name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The kind by what the stencil inherits from, then by how it is drawn.
fn kind(shape: &str, chain: &[&str], representation: &str) -> Option<Kind> {
    use ElementKind::{DataStore, ExternalEntity, Process};
    // What is a line or a box cannot be an element, whatever its type.
    match shape {
        "Connector" => return Some(Kind::Flow),
        "LineBoundary" => return Some(Kind::Line),
        "BorderBoundary" => return Some(Kind::Box),
        _ => {}
    }
    let inherited = chain.iter().find_map(|generic| match *generic {
        "GE.P" => Some(Kind::Element(Process)),
        "GE.EI" => Some(Kind::Element(ExternalEntity)),
        "GE.DS" => Some(Kind::Element(DataStore)),
        "GE.A" => Some(Kind::Note),
        _ => None,
    });
    let drawn = |shape: &str| match shape {
        "Annotation" => Some(Kind::Note),
        "StencilEllipse" | "Ellipse" => Some(Kind::Element(Process)),
        "StencilRectangle" | "Rectangle" => Some(Kind::Element(ExternalEntity)),
        "StencilParallelLines" | "ParallelLines" => Some(Kind::Element(DataStore)),
        "BorderBoundary" => Some(Kind::Box),
        "LineBoundary" => Some(Kind::Line),
        "Line" | "Connector" => Some(Kind::Flow),
        _ => None,
    };
    let annotation = (representation == "Annotation").then_some(Kind::Note);
    inherited.or(annotation).or_else(|| drawn(shape)).or_else(|| drawn(representation))
}
