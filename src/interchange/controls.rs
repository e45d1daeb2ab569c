//! Mitigation texts become controls of the model: one per text, attached where its threats are.

use super::lenient::Ids;
use crate::model::{Control, ControlInstance, ControlSite, ControlStatus, Evidence, EvidenceLevel, Id, Site, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// The controls met so far. A text that was called done and the same text still to do are two.
#[derive(Default)]
pub(super) struct Controls(BTreeMap<(String, bool), Met>);

struct Met {
    id: Id,
    site: ControlSite,
    at: BTreeSet<Site>,
}

impl Controls {
    /// The control of a mitigation text at a record. `done` when the threat it answers was called mitigated.
    pub(super) fn attach(&mut self, text: &str, done: bool, site: ControlSite, at: &Id, ids: &mut Ids) -> Id {
        let new = || Met { id: ids.fresh(), site, at: BTreeSet::new() };
        let met = self.0.entry((text.trim().to_owned(), done)).or_insert_with(new);
        met.at.insert(Site::At(at.clone()));
        met.id.clone()
    }

    /// Puts definitions and instances into the model.
    pub(super) fn store(&mut self, model: &mut ThreatModel, ids: &mut Ids) {
        for ((text, done), met) in std::mem::take(&mut self.0) {
            let (name, description) = text.split_once('\n').unwrap_or((&text, ""));
            let control = Control {
                name: name.trim().to_owned(),
                description: description.trim().to_owned(),
                site: met.site,
                family: met.id.to_string(),
                ..Control::default()
            };
            let (status, level) = match done {
                true => (ControlStatus::Implemented, EvidenceLevel::Assumed),
                false => (ControlStatus::Proposed, Evidence::default().level),
            };
            let instance = ControlInstance {
                control: met.id.to_string(),
                at: met.at,
                status,
                evidence: Evidence { level, ..Evidence::default() },
                ..ControlInstance::default()
            };
            model.controls.insert(met.id, control);
            model.instances.insert(ids.fresh(), instance);
        }
    }
}
