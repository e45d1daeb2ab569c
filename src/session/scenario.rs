//! Scenarios: how a model would be with what an variant changes, and variants made of what was tried.

use crate::edit::Transaction;
use crate::model::{ControlInstance, ControlStatus, Evidence, EvidenceLevel, Key, ThreatModel, Variant, VariantChange, repair};
use std::collections::BTreeSet;

/// The model as it is in a scenario. What an variant speaks of and is no longer there is left out.
pub fn applied(model: &ThreatModel, variant: &Variant) -> ThreatModel {
    let mut out = model.clone();
    for VariantChange { key, record } in &variant.changes {
        // The scenario itself is no part of any.
        if !matches!(key, Key::Variant(_) | Key::Session(_) | Key::Playlist(_) | Key::Baseline(_)) {
            out.put(key, record.clone());
        }
    }
    repair(&mut out);
    out
}

/// The scenario in which everything planned is carried out and written down, as the planned risk of a threat has it.
pub fn planned(model: &ThreatModel) -> Variant {
    let coming = model.instances.iter().filter(|(_, instance)| instance.status == ControlStatus::Planned);
    let changes = coming.map(|(id, instance)| {
        let evidence = Evidence { level: EvidenceLevel::Documented, ..instance.evidence.clone() };
        let done = ControlInstance { status: ControlStatus::Implemented, evidence, ..instance.clone() };
        VariantChange { key: Key::Instance(id.clone()), record: Some(done.into()) }
    });
    Variant { name: "Planned".to_owned(), changes: changes.collect(), ..Variant::default() }
}

/// The scenario that leads from one model to another.
pub fn kept(name: &str, base: &ThreatModel, tried: &ThreatModel) -> Variant {
    let is_part = |key: &Key| !matches!(key, Key::Variant(_) | Key::Session(_) | Key::Playlist(_) | Key::Baseline(_));
    let keys: BTreeSet<Key> = base.keys().into_iter().chain(tried.keys()).filter(is_part).collect();
    let changes = Transaction::between(base, tried, &keys).changes.into_iter();
    let changes = changes.map(|(key, change)| VariantChange { key, record: change.after }).collect();
    Variant { name: name.to_owned(), changes, ..Variant::default() }
}
