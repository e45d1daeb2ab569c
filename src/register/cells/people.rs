//! Assumptions, and who takes part.

use crate::model::{Assumption, Disposition, Id, Person, Role};
use crate::register::{Cell, Column, Facts};

impl Facts<'_> {
    pub(in crate::register) fn assumption_cell(&self, a: &Assumption, column: Column) -> Cell {
        match column {
            Column::Name => Cell::text(&a.text),
            Column::Status => Cell::Choice(a.status.label(), a.status as usize),
            Column::Place => self.names(&a.about),
            Column::Owner => self.person(a.owner.as_ref()),
            Column::Reviewed => Cell::day(a.reviewed),
            _ => Cell::Nothing,
        }
    }

    pub(in crate::register) fn person_cell(&self, id: &Id, p: &Person, column: Column) -> Cell {
        match column {
            Column::Name => Cell::text(&p.name),
            Column::Roles => Cell::several(p.roles.iter().map(|role| Role::label(*role).to_owned())),
            Column::Tasks => Cell::count(self.tasks(id, false)),
            Column::Late => Cell::count(self.tasks(id, true)),
            _ => Cell::Nothing,
        }
    }

    /// Threats to be mitigated and controls to be finished that somebody owns; only those that are late, if asked for.
    pub(super) fn tasks(&self, person: &Id, only_late: bool) -> usize {
        let is_asked = |due| !only_late || self.is_late(due);
        let threats = self.model.decisions.iter().filter(|(key, d)| {
            let is_to_do = matches!(d.disposition, Disposition::Open | Disposition::Mitigate);
            d.owner.as_ref() == Some(person) && is_to_do && is_asked(d.due) && self.finding(key).is_some()
        });
        let instances = self.model.instances.values();
        let controls = instances.filter(|i| i.owner.as_ref() == Some(person) && i.status.is_coming() && is_asked(i.due));
        threats.count() + controls.count()
    }
}
