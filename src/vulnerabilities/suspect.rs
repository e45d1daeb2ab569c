//! Vulnerabilities that are likely at a place.

use crate::library::{Library, Weakness};
use crate::model::{Id, ThreatKey, ThreatModel, Vulnerability, VulnerabilityStatus};
use crate::risk::{Assessment, Binding, Finding};
use std::collections::{BTreeMap, BTreeSet};

/// A vulnerability that may well be there.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect<'a> {
    pub weakness: &'a Weakness,
    /// The threats it would make likelier.
    pub threats: BTreeSet<ThreatKey>,
    /// The worst current score of them, 0 to 100; 0 without any.
    pub worst: f64,
    /// The technology that suggests it, when no threat does.
    pub tag: Option<String>,
}

impl Suspect<'_> {
    /// The record of it: suspected, and linked with its threats.
    pub fn record(&self, at: &Id) -> Vulnerability {
        Vulnerability {
            name: self.weakness.name.clone(),
            kind: self.weakness.kind,
            at: at.clone(),
            cwe: Some(self.weakness.cwe),
            status: VulnerabilityStatus::Suspected,
            threats: self.threats.clone(),
            ..Vulnerability::default()
        }
    }
}

/// What is likely at an element or flow and not recorded there yet: the weaknesses behind its threats and those its
/// technology is known for. The worst first.
pub fn suspects<'a>(model: &ThreatModel, library: &'a Library, assessment: &Assessment, at: &Id) -> Vec<Suspect<'a>> {
    let recorded: BTreeSet<u32> = model.vulnerabilities.values().filter(|v| v.at == *at).filter_map(|v| v.cwe).collect();
    let near = near(assessment, at);
    let mut found: BTreeMap<u32, Suspect<'a>> = BTreeMap::new();
    let by_threat = near.iter().filter(|f| f.key.anchor == *at).flat_map(|f| f.about.cwe.iter());
    for weakness in by_threat.filter_map(|cwe| library.weaknesses.get(cwe)) {
        found.entry(weakness.cwe).or_insert_with(|| suspect(weakness, &near, None));
    }
    if let Some(element) = model.elements.get(at) {
        for weakness in library.weaknesses.values() {
            if let Some(tag) = weakness.tags.iter().find(|tag| library.tags.any_is(&element.tags, tag)) {
                found.entry(weakness.cwe).or_insert_with(|| suspect(weakness, &near, Some(tag.clone())));
            }
        }
    }
    let mut list: Vec<Suspect<'a>> = found.into_values().filter(|s| !recorded.contains(&s.weakness.cwe)).collect();
    list.sort_by(|a, b| b.worst.total_cmp(&a.worst).then(a.weakness.cwe.cmp(&b.weakness.cwe)));
    list
}

/// Threats at a place that a vulnerability with this CWE makes likelier.
pub fn linked(library: &Library, assessment: &Assessment, at: &Id, cwe: u32) -> BTreeSet<ThreatKey> {
    let near = near(assessment, at);
    near.into_iter().filter(|f| fits(library, cwe, f)).map(|f| f.key.clone()).collect()
}

/// Whether a vulnerability with this CWE bears on a threat.
pub fn fits(library: &Library, cwe: u32, finding: &Finding) -> bool {
    finding.about.cwe.contains(&cwe) || library.weaknesses.get(&cwe).is_some_and(|w| w.bears_on(&finding.about.cwe))
}

fn suspect<'a>(weakness: &'a Weakness, near: &[&Finding], tag: Option<String>) -> Suspect<'a> {
    let threats = near.iter().filter(|f| weakness.bears_on(&f.about.cwe));
    let worst = threats.clone().map(|f| f.current.score).fold(0.0, f64::max);
    Suspect { weakness, threats: threats.map(|f| f.key.clone()).collect(), worst, tag }
}

/// Threats anchored at a place, and those elsewhere that come about through it: an injection is carried out at the
/// database, but the hole is in the process that talks to it.
fn near<'a>(assessment: &'a Assessment, at: &Id) -> Vec<&'a Finding> {
    let through = |f: &&Finding| {
        f.key.anchor == *at
            || f.bindings.iter().any(|binding| match binding {
                Binding::Element(id) | Binding::Boundary(id) => id == at,
                Binding::Flow { route, src, .. } => src.as_ref() == Some(at) || route.legs().contains(at),
            })
    };
    assessment.findings.values().filter(through).collect()
}
