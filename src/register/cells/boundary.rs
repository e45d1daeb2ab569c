//! Trust boundaries.

use crate::model::{Boundary, Id};
use crate::register::{Cell, Column, Facts};

impl Facts<'_> {
    pub(in crate::register) fn boundary_cell(&self, id: &Id, b: &Boundary, column: Column) -> Cell {
        let risk = self.assessment.boundaries.get(id).map(|risk| &risk.risk);
        match column {
            Column::Name => Cell::Text(self.name(id)),
            Column::Kind => Cell::Choice(b.kind.label(), b.kind as usize),
            Column::Trust => b.trust.map_or(Cell::Nothing, |trust| Cell::count(trust.into())),
            Column::Boundary => b.parent.as_ref().map_or(Cell::Nothing, |parent| Cell::Text(self.name(parent))),
            Column::Region => Cell::text(b.region.as_deref().unwrap_or_default()),
            Column::Members => Cell::count(self.model.elements.values().filter(|e| e.boundary.as_ref() == Some(id)).count()),
            Column::Threats => self.many(risk),
            Column::Current => self.worst(risk),
            Column::Load => self.load(risk),
            Column::Owner => self.person(b.owner.as_ref()),
            Column::Description => Cell::text(&b.description),
            _ => Cell::Nothing,
        }
    }
}
