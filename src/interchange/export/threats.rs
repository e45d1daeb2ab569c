//! Every threat by what it is about, as other tools keep them: with its state, rating and measures.

use super::Derived;
use crate::interchange::controls::text_of;
use crate::model::{Band, Category, ControlInstance, Disposition, Extra, Id, Site, ThreatKey, ThreatModel};
use std::collections::BTreeMap;

/// A threat at one thing.
pub(in crate::interchange) struct Told {
    pub key: ThreatKey,
    pub title: String,
    pub description: String,
    pub categories: Vec<Category>,
    pub band: Option<Band>,
    pub score: String,
    pub disposition: Disposition,
    pub justification: String,
    pub number: Option<u32>,
    /// The measures against it there, by control.
    pub measures: Vec<String>,
    /// False for what the library found.
    pub is_own: bool,
    pub extra: Extra,
}

/// Threats by what they are about, those of people first.
pub(in crate::interchange) fn threats_at(model: &ThreatModel, derived: &Derived<'_>) -> BTreeMap<Id, Vec<Told>> {
    let mut out: BTreeMap<Id, Vec<Told>> = BTreeMap::new();
    for (id, threat) in &model.threats {
        for target in &threat.targets {
            let key = ThreatKey::new(id.clone(), target.clone());
            let measures = threat.controls.keys().filter(|c| stands_at(model, c, target));
            let rating = threat.severity_override.as_ref();
            let told = Told {
                title: threat.title.clone(),
                description: threat.description.clone(),
                categories: threat.categories.clone(),
                band: rating.map(|r| r.band),
                score: rating.map(|r| r.score.clone()).unwrap_or_default(),
                measures: measures.map(|c| measure(model, c, derived)).collect(),
                is_own: true,
                extra: threat.extra.clone(),
                ..Told::decided(model, key)
            };
            out.entry(target.clone()).or_default().push(told);
        }
    }
    for found in derived.threats {
        let told = Told {
            title: found.title.clone(),
            description: found.description.clone(),
            categories: found.categories.clone(),
            band: Some(found.band),
            score: format!("{:.1}", found.score),
            ..Told::decided(model, found.key.clone())
        };
        out.entry(found.key.anchor.clone()).or_default().push(told);
    }
    out
}

impl Told {
    fn decided(model: &ThreatModel, key: ThreatKey) -> Told {
        let decision = model.decisions.get(&key).cloned().unwrap_or_default();
        Told {
            disposition: decision.disposition,
            justification: decision.justification,
            number: decision.number,
            key,
            title: String::new(),
            description: String::new(),
            categories: Vec::new(),
            band: None,
            score: String::new(),
            measures: Vec::new(),
            is_own: false,
            extra: Extra::new(),
        }
    }
}

/// True where an instance of the control is at this place.
fn stands_at(model: &ThreatModel, control: &str, at: &Id) -> bool {
    let here =
        |i: &ControlInstance| i.control == control && (i.at.contains(&Site::Model) || i.at.contains(&Site::At(at.clone())));
    model.instances.values().any(here)
}

fn measure(model: &ThreatModel, control: &str, derived: &Derived<'_>) -> String {
    match model.controls.get(&Id::new(control)) {
        Some(own) => text_of(own),
        None => (derived.control_name)(control),
    }
}
