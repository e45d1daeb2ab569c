//! What each kind of row says in each column.

mod agent;
mod asset;
mod boundary;
mod control;
mod element;
mod flag;
mod flow;
mod people;
mod question;
mod threat;
mod vulnerability;

use super::cell::Cell;
use super::facts::Facts;
use crate::model::{Date, Id};
use crate::risk::{self, Rollup};

impl Facts<'_> {
    pub(super) fn name(&self, id: &Id) -> String {
        risk::name_of(self.model, id)
    }

    /// Names of several records, in the order of their ids.
    fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Cell {
        Cell::several(ids.into_iter().map(|id| self.name(id)))
    }

    fn person(&self, id: Option<&Id>) -> Cell {
        id.map_or(Cell::Nothing, |id| Cell::text(self.model.name_of(id)))
    }

    /// The worst of what is somewhere; nothing without threats.
    fn worst(&self, risk: Option<&Rollup>) -> Cell {
        let risk = risk.filter(|risk| risk.counts.total() > 0);
        risk.map_or(Cell::Nothing, |risk| Cell::Score(risk.peak, self.library.calibration.band(risk.peak)))
    }

    fn many(&self, risk: Option<&Rollup>) -> Cell {
        Cell::count(risk.map_or(0, |risk| risk.counts.total()))
    }

    fn load(&self, risk: Option<&Rollup>) -> Cell {
        risk.filter(|risk| risk.load > 0.0).map_or(Cell::Nothing, |risk| Cell::Number(risk.load, super::Unit::Decimal))
    }

    /// Due before today.
    fn is_late(&self, due: Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }

    fn is_author(&self, person: Option<&Id>) -> bool {
        let name = person.and_then(|id| self.model.people.get(id)).map(|p| p.name.trim());
        !self.author.is_empty() && name.is_some_and(|name| name.eq_ignore_ascii_case(self.author))
    }
}
