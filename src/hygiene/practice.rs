//! The good practices every system is measured by: updates, least privilege, logins, encryption, audit and tests.

use super::seams::{PROTECTS, is_plain};
use super::survey::Survey;
use super::{Check, Policy, Problem};
use crate::library::Library;
use crate::model::{Authn, Capability, Date, Dimension, Element, ElementKind, Id, Protocol, ProtocolClass, ThreatModel, Tri};
use crate::risk::Assessment;

/// A good practice with where it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    pub check: Check,
    /// Controls that keep it, the plainest first.
    pub controls: &'static [&'static str],
    /// Everything it should be kept at, with how it stands there.
    pub places: Vec<(Id, Standing)>,
}

/// How a practice stands at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Kept,
    /// A control is planned or proposed.
    Planned,
    Lacking,
    /// Nobody said which protocol it is.
    Unknown,
}

impl Practice {
    pub fn count(&self, standing: Standing) -> usize {
        self.places.iter().filter(|(_, s)| *s == standing).count()
    }

    pub fn lacking(&self) -> impl Iterator<Item = &Id> {
        self.places.iter().filter(|(_, s)| *s == Standing::Lacking).map(|(id, _)| id)
    }
}

/// The checklist of good practices for a model; one that nothing calls for has no places.
pub fn practices(model: &ThreatModel, library: &Library, assessment: &Assessment, today: Date) -> Vec<Practice> {
    all(&Survey::new(model, library, assessment, today, &Policy::default()))
}

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    for practice in all(survey) {
        let lacking: Vec<Id> = practice.lacking().cloned().collect();
        if let Some(first) = lacking.first() {
            let all = practice.places.len();
            let message = match lacking.len() {
                1 => format!("{}: not at {}", practice.check.title(), survey.name(first)),
                n => format!("{}: not at {n} of {all} places", practice.check.title()),
            };
            found.push(Problem { check: practice.check, about: lacking, threat: None, message });
        }
    }
}

fn all(survey: &Survey<'_>) -> Vec<Practice> {
    let own = |wanted: &dyn Fn(&Id, &Element) -> bool, controls: &'static [&'static str]| {
        let places = survey.elements().filter(|(id, e)| wanted(id, e));
        places.map(|(id, _)| (id.clone(), standing(survey, id, controls))).collect::<Vec<_>>()
    };
    let ours = |_: &Id, e: &Element| e.kind != ElementKind::ExternalEntity;
    let process = |_: &Id, e: &Element| e.kind == ElementKind::Process;
    let login = |id: &Id, e: &Element| e.kind == ElementKind::Process && takes_passwords(survey, id, e);
    let secret_store = |_: &Id, e: &Element| {
        e.kind == ElementKind::DataStore && survey.value(&e.holds, &[Dimension::C, Dimension::P]).unwrap_or(0) >= 2
    };
    let valuable = |id: &Id, e: &Element| {
        e.kind == ElementKind::Process && survey.value(survey.handled(id, e), Dimension::ALL).unwrap_or(0) >= 3
    };
    let entry = |id: &Id, e: &Element| e.kind == ElementKind::Process && is_entry(survey, id);
    let list: [(Check, &'static [&'static str], Vec<(Id, Standing)>); 6] = [
        (Check::Patching, PATCH, own(&ours, PATCH)),
        (Check::LeastPrivilege, PRIVILEGE, own(&process, PRIVILEGE)),
        (Check::StrongLogins, LOGIN, own(&login, LOGIN)),
        (Check::EncryptedAtRest, REST, own(&secret_store, REST)),
        (Check::Audited, AUDIT, own(&valuable, AUDIT)),
        (Check::PenetrationTested, PENTEST, own(&entry, PENTEST)),
    ];
    let mut list: Vec<Practice> =
        list.into_iter().map(|(check, controls, places)| Practice { check, controls, places }).collect();
    list.push(Practice { check: Check::EncryptedInTransit, controls: PROTECTS, places: in_transit(survey) });
    list.sort_by_key(|practice| practice.check);
    list
}

const PATCH: &[&str] = &["C-APP-PATCH"];
const PRIVILEGE: &[&str] = &["C-APP-LEASTPRIV", "C-APP-SANDBOX", "C-CLD-WLID"];
const LOGIN: &[&str] = &["C-IAM-MFA", "C-IAM-PHISHRES"];
const REST: &[&str] = &["C-DAT-REST", "C-DAT-FIELD"];
const AUDIT: &[&str] = &["C-MON-AUDIT"];
const PENTEST: &[&str] = &["C-APP-PENTEST"];

/// How one of these controls stands over an item.
fn standing(survey: &Survey<'_>, item: &Id, controls: &[&str]) -> Standing {
    let over = survey.controls_over(item).filter(|(_, instance)| controls.contains(&instance.control.as_str()));
    let best = over.map(|(_, instance)| match instance.status {
        status if status.is_in_force() => Standing::Kept,
        status if status.is_planned() => Standing::Planned,
        _ => Standing::Lacking,
    });
    best.min().unwrap_or(Standing::Lacking)
}

/// Where people log in with a password and nothing else.
fn takes_passwords(survey: &Survey<'_>, id: &Id, element: &Element) -> bool {
    let says = element.capabilities.get(&Capability::PasswordLogin).copied();
    let says = says.unwrap_or_else(|| survey.library.tags.capability(&element.tags, Capability::PasswordLogin));
    let flows = survey.entering.get(id).into_iter().flatten().filter_map(|flow| survey.model.flows.get(*flow));
    says == Tri::Yes || flows.into_iter().any(|flow| flow.authn == Authn::Password)
}

fn is_entry(survey: &Survey<'_>, id: &Id) -> bool {
    survey.assessment.entry_points.iter().any(|point| point.element == *id)
}

/// Flows with data over a boundary, and whether listening in would help anybody.
fn in_transit(survey: &Survey<'_>) -> Vec<(Id, Standing)> {
    let crossing = survey.flows().filter(|(id, ..)| survey.assessment.crossings.contains_key(*id));
    let leaves = |protocol: Protocol| !matches!(protocol.class(), Some(ProtocolClass::Local | ProtocolClass::Manual));
    crossing
        .filter(|(_, flow, _)| leaves(flow.protocol))
        .map(|(id, flow, _)| {
            let standing = match standing(survey, id, PROTECTS) {
                _ if flow.protocol.is_encrypted() => Standing::Kept,
                Standing::Lacking if !is_plain(flow.protocol) => Standing::Unknown,
                other => other,
            };
            (id.clone(), standing)
        })
        .collect()
}
