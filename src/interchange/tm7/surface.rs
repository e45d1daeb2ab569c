//! One drawing surface: a diagram with everything on it.

use super::stencil::{Kind, Stencil};
use super::{PREFIX, Reader, shortened};
use crate::geometry::Rect;
use crate::interchange::membership::nest;
use crate::interchange::{LossKind, xml};
use crate::model::{Diagram, Extra, Id, LineStyle, PlacementKey};
use roxmltree::Node;
use std::collections::BTreeMap;

/// A diagram in the making, as its parts refer to each other.
pub(super) struct Sheet {
    pub diagram: Id,
    /// What flows may end at, by guid.
    pub ends: BTreeMap<String, End>,
    pub elements: Vec<(Id, Rect)>,
    pub boxes: Vec<(Id, Rect)>,
}

/// Something a flow may end at.
#[derive(Clone)]
pub(super) struct End {
    /// `None` for a boundary or a note, where nothing can end here.
    pub element: Option<Id>,
    pub title: String,
    pub rect: Option<Rect>,
}

impl Sheet {
    pub(super) fn place(&self, item: &Id) -> PlacementKey {
        PlacementKey { diagram: self.diagram.clone(), item: item.clone() }
    }
}

impl Reader {
    pub(super) fn surface(&mut self, node: Node<'_, '_>) {
        let order = self.draft.model.diagrams.len();
        let rows = xml::child(node, "Properties").into_iter().flat_map(|p| xml::children(p, "anyType"));
        let named = rows.filter(|n| xml::text_of(*n, "DisplayName") == "Name").map(|n| xml::text_of(n, "Value"));
        let name = [xml::text_of(node, "Header")].into_iter().chain(named).find(|n| !n.is_empty());
        let name = name.unwrap_or_else(|| format!("Diagram {}", order + 1));
        let what = format!("diagram “{}”", shortened(&name));
        let id = self.claim(&xml::text_of(node, "Guid"), &what);
        let zoom = xml::text_of(node, "Zoom");
        let extra: Extra = Some(zoom).filter(|z| !z.is_empty()).map(|z| (format!("{PREFIX}Zoom"), z)).into_iter().collect();
        let order = i32::try_from(order).unwrap_or(i32::MAX);
        let diagram = Diagram { name, order, line_style: LineStyle::Curved, extra, ..Diagram::default() };
        self.draft.model.diagrams.insert(id.clone(), diagram);

        let mut sheet = Sheet { diagram: id, ends: BTreeMap::new(), elements: Vec::new(), boxes: Vec::new() };
        let entries = ["Borders", "Lines"].into_iter().filter_map(|list| xml::child(node, list)).flat_map(|l| l.children());
        let values: Vec<Node<'_, '_>> = entries.filter(Node::is_element).filter_map(|entry| xml::child(entry, "Value")).collect();
        let mut stencils = Vec::new();
        for value in values {
            match Stencil::read(value, &self.template) {
                Some(stencil) => stencils.push(stencil),
                None => self.unknown(&sheet, value),
            }
        }
        // What flows end at comes before them, in whatever order the file has them.
        let (flows, shapes): (Vec<_>, Vec<_>) = stencils.into_iter().partition(|s| s.kind == Kind::Flow);
        for stencil in &shapes {
            self.shape(&mut sheet, stencil);
        }
        for flow in &flows {
            self.flow(&sheet, flow);
        }
        nest(&mut self.draft.model, &sheet.elements, &sheet.boxes);
    }

    fn unknown(&mut self, sheet: &Sheet, value: Node<'_, '_>) {
        let shape = xml::attribute(value, "type").unwrap_or_default();
        let name = self.draft.model.name_of(&sheet.diagram).to_owned();
        let raw = value.document().input_text().get(value.range()).unwrap_or_default().to_owned();
        let guid = xml::text_of(value, "Guid");
        self.draft.lose(LossKind::Kept, format!("shape “{shape}” on diagram “{name}”"), "it is of no kind that is known");
        if let Some(diagram) = self.draft.model.diagrams.get_mut(&sheet.diagram) {
            diagram.extra.insert(format!("{PREFIX}shape.{guid}"), raw);
        }
    }
}
