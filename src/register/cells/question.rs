//! What nobody stated yet, and what people noted on diagrams.

use crate::model::{Id, Note};
use crate::register::{Cell, Column, Facts, Unit};
use crate::risk::Unanswered;

/// What questions are about.
const KINDS: [&str; 6] = ["What it does", "Protocol", "Authentication", "Channel", "Data", "Trust"];

impl Facts<'_> {
    pub(in crate::register) fn question_cell(&self, about: &Unanswered, column: Column) -> Cell {
        let place = about.subject();
        match column {
            Column::Name => {
                let whole = about.question(self.model);
                // The element has a column of its own.
                let mut asked = whole.split_once(": ").map_or(whole.as_str(), |(_, asked)| asked).chars();
                let first = asked.next().into_iter().flat_map(char::to_uppercase);
                Cell::Text(first.chain(asked.clone()).collect())
            }
            Column::Place => place.map_or(Cell::Nothing, |id| Cell::Text(self.name(id))),
            Column::Kind => {
                let kind = kind(about);
                Cell::Choice(KINDS.get(kind).copied().unwrap_or_default(), kind)
            }
            Column::Boundary => {
                let home = place.and_then(|id| self.model.elements.get(id)).and_then(|e| e.boundary.as_ref());
                home.map_or(Cell::Nothing, |id| Cell::Text(self.name(id)))
            }
            Column::Decides => Cell::count(self.asked(about).map_or(0, |q| q.threats)),
            Column::Load => self.asked(about).map_or(Cell::Nothing, |q| Cell::Number(q.value, Unit::Decimal)),
            _ => Cell::Nothing,
        }
    }

    pub(in crate::register) fn note_cell(&self, id: &Id, note: &Note, column: Column) -> Cell {
        match column {
            Column::Name => Cell::Text(note.text.split_whitespace().collect::<Vec<_>>().join(" ")),
            Column::Place => Cell::several(self.model.shown_on(id).iter().map(|d| self.model.name_of(d).to_owned())),
            _ => Cell::Nothing,
        }
    }
}

fn kind(about: &Unanswered) -> usize {
    match about {
        Unanswered::Capability(..) | Unanswered::Fact(..) => 0,
        Unanswered::Protocol(_) => 1,
        Unanswered::Authn(_) => 2,
        Unanswered::Channel(_) => 3,
        Unanswered::Assets(_) | Unanswered::FlowAssets(_) => 4,
        Unanswered::Callers(_) | Unanswered::Sources(_) | Unanswered::Boundary(_) => 5,
    }
}
