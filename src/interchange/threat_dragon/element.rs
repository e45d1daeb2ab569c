//! Elements, boundaries and notes.

use super::cell::{Cell, CellKind, point};
use super::{PREFIX, Reader, Sheet, out_of_scope};
use crate::geometry::{Point, rect};
use crate::interchange::LossKind;
use crate::interchange::lenient::{Object, flag, object, text};
use crate::model::{Boundary, BoundaryLine, Capability, Element, ElementKind, LineStyle, Note, Placement, Tri};
use serde::de::DeserializeOwned;

/// Fields of `data` that are read, or derived by Threat Dragon.
pub(super) const COMMON: &[&str] = &[
    "type",
    "name",
    "description",
    "threats",
    "hasOpenThreats",
    "threatFrequency",
    "isTrustBoundary",
    "crossingFlows",
    "containedElements",
    "trustBoundaryIds",
    "palisade",
];

impl Reader {
    pub(super) fn elements(&mut self, sheet: &Sheet<'_>) {
        for cell in sheet.cells {
            match cell.kind {
                CellKind::Actor => self.element(sheet, cell, ElementKind::ExternalEntity),
                CellKind::Process => self.element(sheet, cell, ElementKind::Process),
                CellKind::Store => self.element(sheet, cell, ElementKind::DataStore),
                CellKind::Text => self.note(sheet, cell),
                CellKind::Box => self.boundary(sheet, cell),
                CellKind::Curve => self.curve(sheet, cell),
                CellKind::Flow => {}
            }
        }
    }

    fn element(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>, kind: ElementKind) {
        let said = |key, capability| flag(cell.data, key).then_some((capability, Tri::Yes));
        let capabilities = match kind {
            ElementKind::Process => {
                let web = said("isWebApplication", Capability::ServesHtml);
                web.into_iter().chain(said("handlesCardPayment", Capability::HandlesPayment)).collect()
            }
            ElementKind::ExternalEntity | ElementKind::DataStore => Default::default(),
        };
        let mut known = [COMMON, &["outOfScope", "reasonOutOfScope"]].concat();
        if kind == ElementKind::Process {
            known.extend(["isWebApplication", "handlesCardPayment"]);
        }
        let mut extra = self.set_aside(cell, &known);
        let out_of_scope = out_of_scope(cell.data);
        let reason = text(cell.data, "reasonOutOfScope");
        if out_of_scope.is_none() && !reason.trim().is_empty() {
            extra.insert(format!("{PREFIX}reasonOutOfScope"), reason);
            self.lose_of(cell, LossKind::Kept, "it gives a reason to be out of scope but is in scope");
        }
        let element = Element {
            name: cell.name.clone(),
            kind,
            description: text(cell.data, "description"),
            tags: own(cell.data, "tags").unwrap_or_default(),
            out_of_scope,
            capabilities,
            extra,
            ..Element::default()
        };
        self.import.model.elements.insert(cell.id.clone(), element);
        self.place_box(sheet, cell);
    }

    fn note(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>) {
        let extra = self.set_aside(cell, COMMON);
        self.import.model.notes.insert(cell.id.clone(), Note { text: cell.name.clone(), extra, ..Note::default() });
        self.place_box(sheet, cell);
    }

    fn boundary(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>) {
        self.boundary_record(cell);
        self.place_box(sheet, cell);
    }

    fn curve(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>) {
        self.boundary_record(cell);
        let end = |key| {
            let end = object(cell.raw, key);
            let node = sheet.by_id.get(text(end, "cell").as_str()).and_then(|c| c.rect()).map(|r| r.center());
            node.or_else(|| point(end))
        };
        let points: Vec<Point> = end("source").into_iter().chain(cell.vertices()).chain(end("target")).collect();
        if points.len() < 2 {
            self.lose_of(cell, LossKind::Dropped, "its line has no two points and cannot be drawn; the boundary itself is there");
            return;
        }
        let style = if cell.is_smooth() { LineStyle::Curved } else { LineStyle::Straight };
        let line = Placement::Line(BoundaryLine { points, style });
        self.import.model.placements.insert(sheet.place(cell), line);
    }

    fn boundary_record(&mut self, cell: &Cell<'_>) {
        let extra = self.set_aside(cell, COMMON);
        let usual = Boundary::default();
        let boundary = Boundary {
            name: cell.name.clone(),
            kind: own(cell.data, "kind").unwrap_or(usual.kind),
            trust: own(cell.data, "trust"),
            description: text(cell.data, "description"),
            extra,
            ..usual
        };
        self.import.model.boundaries.insert(cell.id.clone(), boundary);
    }

    fn place_box(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>) {
        let place = cell.rect().unwrap_or_else(|| {
            self.lose_of(cell, LossKind::Changed, "it has no position; it lies in the corner of the diagram");
            rect(0.0, 0.0, 150.0, 80.0)
        });
        self.import.model.placements.insert(sheet.place(cell), Placement::Box(place));
    }
}

/// What our own files say beyond the format.
pub(super) fn own<T: DeserializeOwned>(data: &Object, field: &str) -> Option<T> {
    T::deserialize(object(data, "palisade").get(field)?).ok()
}
