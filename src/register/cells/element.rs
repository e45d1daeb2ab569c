//! Elements.

use crate::model::{Element, Id};
use crate::register::{Cell, Column, Facts};
use crate::risk::exposure_label;

impl Facts<'_> {
    pub(in crate::register) fn element_cell(&self, id: &Id, e: &Element, column: Column) -> Cell {
        let risk = self.assessment.elements.get(id);
        let rollup = risk.map(|risk| &risk.risk);
        match column {
            Column::Name => Cell::Text(self.name(id)),
            Column::Kind => Cell::Choice(e.kind.label(), e.kind as usize),
            Column::Boundary => e.boundary.as_ref().map_or(Cell::Nothing, |b| Cell::Text(self.name(b))),
            Column::Technology => Cell::several(e.tags.iter().map(|tag| self.library.tags.label(tag).to_owned())),
            Column::Assets => self.names(&e.holds),
            Column::Exposure => risk.map_or(Cell::Nothing, |r| Cell::Choice(exposure_label(r.exposure), r.exposure.into())),
            Column::Threats => self.many(rollup),
            Column::Undecided => Cell::count(self.undecided(id)),
            Column::Current => self.worst(rollup),
            Column::Load => self.load(rollup),
            Column::Owner => self.person(e.owner.as_ref()),
            Column::Notes => Cell::text(&e.notes),
            Column::Layer => {
                let layer = self.library.layer_of(e);
                Cell::Choice(layer.label(), layer as usize)
            }
            Column::Trust => {
                let trust = e.boundary.as_ref().and_then(|b| self.model.boundaries.get(b)).and_then(|b| b.trust);
                trust.map_or(Cell::Nothing, |trust| Cell::count(trust.into()))
            }
            Column::Reviewed => Cell::day(e.reviewed),
            Column::Scope => scope(e.out_of_scope.is_some()),
            Column::Description => Cell::text(&e.description),
            _ => Cell::Nothing,
        }
    }
}

pub(super) fn scope(is_out: bool) -> Cell {
    if is_out { Cell::Choice("Out of scope", 1) } else { Cell::Choice("In scope", 0) }
}
