//! Ids people or other tools chose may say as much as names: those of hidden records, or with hidden words in them, change.

use super::Secrets;
use crate::model::{Id, Key, PlacementKey, Record, ThreatKey, ThreatModel, relink};
use std::collections::{BTreeMap, BTreeSet};

/// New ids by old ones.
pub fn ids(model: &ThreatModel, aliases: &BTreeMap<&Id, String>, secrets: &Secrets) -> BTreeMap<Id, Id> {
    let mut taken: BTreeSet<Id> = model.keys().iter().filter_map(Key::id).cloned().collect();
    let mut out = BTreeMap::new();
    for key in model.keys() {
        let Some(id) = key.id() else { continue };
        let new = match aliases.get(id) {
            Some(alias) => alias.to_lowercase().replace(' ', "-"),
            None if secrets.found_in(id.as_str()) => format!("{}-{}", key.kind_label().replace(' ', "-"), out.len() + 1),
            None => continue,
        };
        let mut fresh = Id::from(new.clone());
        let mut n = 1;
        while !taken.insert(fresh.clone()) {
            n += 1;
            fresh = Id::from(format!("{new}-{n}"));
        }
        out.insert(id.clone(), fresh);
    }
    out
}

/// The same model with other ids.
pub fn renamed(model: &ThreatModel, ids: &BTreeMap<Id, Id>) -> ThreatModel {
    let to = |id: &Id| ids.get(id).unwrap_or(id).clone();
    let threat = |key: &ThreatKey| ThreatKey { rule: to(&key.rule), anchor: to(&key.anchor) };
    let control = |id: &str| to(&Id::new(id)).as_str().to_owned();
    let mut out = ThreatModel::default();
    for key in model.keys() {
        let Some(mut record) = model.get(&key) else { continue };
        relink(&mut record, &mut |_, id| Some(to(id)));
        match &mut record {
            Record::Vulnerability(r) => {
                r.at = to(&r.at);
                r.threats = r.threats.iter().map(threat).collect();
            }
            Record::AttackTree(r) => r.root.each_mut(&mut |step| step.threat = step.threat.as_ref().map(threat)),
            Record::Scenario(r) => r.steps.iter_mut().for_each(|step| step.threat = step.threat.as_ref().map(threat)),
            Record::Instance(r) => r.control = control(&r.control),
            Record::Threat(r) => r.controls = r.controls.iter().map(|(id, link)| (control(id), *link)).collect(),
            Record::Decision(r) => r.basis = r.basis.iter().map(|(input, value)| (of(input, ids), value.clone())).collect(),
            _ => {}
        }
        let key = match &key {
            Key::Decision(k) => Key::Decision(threat(k)),
            Key::Appraisal(k) => Key::Appraisal(threat(k)),
            Key::Placement(k) => Key::Placement(PlacementKey { diagram: to(&k.diagram), item: to(&k.item) }),
            key => key.id().map_or_else(|| key.clone(), |id| key.with_id(to(id))),
        };
        out.put(&key, Some(record));
    }
    out
}

/// An input of a decision, which ends with the id it is of.
fn of(input: &str, ids: &BTreeMap<Id, Id>) -> String {
    let renamed = |(old, new): (&Id, &Id)| {
        let rest = input.strip_suffix(old.as_str()).filter(|rest| rest.ends_with(' '))?;
        Some(format!("{rest}{new}"))
    };
    ids.iter().find_map(renamed).unwrap_or_else(|| input.to_owned())
}
