//! Threat agents.

use crate::model::{AgentAccess, Id, ThreatAgent};
use crate::register::{Cell, Column, Facts};

impl Facts<'_> {
    pub(in crate::register) fn agent_cell(&self, id: &Id, a: &ThreatAgent, column: Column) -> Cell {
        match column {
            Column::Name => Cell::text(&a.name),
            Column::Kind => Cell::Choice(a.kind.label(), a.kind as usize),
            Column::Access => Cell::several(a.access.iter().map(|access| AgentAccess::label(*access).to_owned())),
            Column::Capability => Cell::count(a.capability.into()),
            Column::Intent => Cell::count(a.intent.into()),
            Column::Decides => Cell::count(self.decides(id).len()),
            Column::Current => {
                let worst = self.decides(id).first().and_then(|key| self.finding(key));
                worst.map_or(Cell::Nothing, |f| Cell::Score(f.current.score, f.current.band))
            }
            Column::Starts => self.names(&a.starts),
            Column::Active => yes_or_no(a.active),
            Column::Description => Cell::text(&a.description),
            _ => Cell::Nothing,
        }
    }
}

fn yes_or_no(is: bool) -> Cell {
    if is { Cell::Choice("Yes", 0) } else { Cell::Choice("No", 1) }
}
