//! The foreign fields of a record, whatever it is.

use super::{Extra, Record};

impl Record {
    /// What was kept of its file; `None` for kinds that keep nothing.
    pub fn extra_mut(&mut self) -> Option<&mut Extra> {
        Some(match self {
            Record::Info(r) => &mut r.extra,
            Record::Boundary(r) => &mut r.extra,
            Record::Element(r) => &mut r.extra,
            Record::Flow(r) => &mut r.extra,
            Record::Asset(r) => &mut r.extra,
            Record::Agent(r) => &mut r.extra,
            Record::Threat(r) => &mut r.extra,
            Record::Note(r) => &mut r.extra,
            Record::Diagram(r) => &mut r.extra,
            Record::Person(_)
            | Record::Vulnerability(_)
            | Record::Control(_)
            | Record::Instance(_)
            | Record::Decision(_)
            | Record::Appraisal(_)
            | Record::AttackTree(_)
            | Record::Scenario(_)
            | Record::Baseline(_)
            | Record::Session(_)
            | Record::Playlist(_)
            | Record::Variant(_)
            | Record::Assumption(_)
            | Record::Placement(_) => return None,
        })
    }
}
