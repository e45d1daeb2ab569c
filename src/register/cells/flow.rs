//! Data flows.

use super::element::scope;
use crate::model::{Flow, Id};
use crate::register::{Cell, Column, Facts};

impl Facts<'_> {
    pub(in crate::register) fn flow_cell(&self, id: &Id, f: &Flow, column: Column) -> Cell {
        let risk = self.assessment.flows.get(id);
        let end = |end: &Option<Id>| end.as_ref().map_or(Cell::Nothing, |id| Cell::Text(self.name(id)));
        match column {
            Column::Name => Cell::Text(self.name(id)),
            Column::From => end(&f.from),
            Column::To => end(&f.to),
            Column::Protocol => Cell::Choice(f.protocol.label(), f.protocol as usize),
            Column::Authn => Cell::Choice(f.authn.label(), f.authn as usize),
            Column::Channel => Cell::Choice(f.channel.label(), f.channel as usize),
            Column::Assets => self.names(&f.assets),
            Column::Crosses => {
                let crossing = self.assessment.crossings.get(id);
                crossing.map_or(Cell::Nothing, |crossing| self.names(&crossing.boundaries))
            }
            Column::Threats => self.many(risk),
            Column::Undecided => Cell::count(self.undecided(id)),
            Column::Current => self.worst(risk),
            Column::Load => self.load(risk),
            Column::Notes => Cell::text(&f.notes),
            Column::Reviewed => Cell::day(f.reviewed),
            Column::Scope => scope(f.out_of_scope.is_some()),
            Column::Description => Cell::text(&f.description),
            _ => Cell::Nothing,
        }
    }
}
