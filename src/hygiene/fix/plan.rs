//! Fixes that plan a control, correct a flow, or note that something was looked at.

use super::Workshop;
use crate::edit::Edit;
use crate::hygiene::{Check, Problem};
use crate::library::Pack;
use crate::model::*;
use std::collections::BTreeSet;

/// Days a planned date is moved on by.
const MONTH: i64 = 30;

impl Workshop<'_> {
    pub(super) fn plan(&mut self, problem: &Problem) {
        let first = problem.about.first().cloned();
        match problem.check {
            Check::NoEvidence | Check::TestFailed | Check::Idle | Check::Overdue => {
                let instance = first.and_then(|id| Some((id.clone(), self.model.instances.get(&id)?.clone())));
                if let Some((id, instance)) = instance {
                    self.instance(problem.check, id, instance);
                }
            }
            Check::NoAuthentication | Check::Plaintext | Check::Contradiction | Check::Jump => {
                let flow = first.and_then(|id| Some((id.clone(), self.model.flows.get(&id)?.clone())));
                if let Some((id, flow)) = flow {
                    self.flow(problem.check, id, flow);
                }
            }
            Check::OldReview | Check::ChangedSince | Check::OldAssumption => self.reviewed(first),
            Check::PrivacyPackOff | Check::PackOff => self.switch_on(problem),
            Check::NoImpactAssessment => self.plan_control("C-PRV-DPIA", [Site::Model].into()),
            Check::Transfer => self.plan_control("C-TPI-DPA", [Site::Model].into()),
            Check::Unsupported => {
                if let Some((id, mut element)) =
                    first.clone().and_then(|id| Some((id.clone(), self.model.elements.get(&id)?.clone())))
                {
                    element.facts.insert(Fact::Unsupported, Tri::No);
                    self.put("Upgraded since", Key::Element(id), element);
                }
                self.instate("Kept apart in its own segment", "C-NET-SEG", first.into_iter().map(Site::At).collect());
            }
            check => {
                let control = match check {
                    Check::Patching => "C-APP-PATCH",
                    Check::LeastPrivilege => "C-APP-LEASTPRIV",
                    Check::StrongLogins => "C-IAM-MFA",
                    Check::EncryptedAtRest => "C-DAT-REST",
                    Check::EncryptedInTransit => "C-NET-TLS",
                    Check::Audited => "C-MON-AUDIT",
                    Check::PenetrationTested => "C-APP-PENTEST",
                    _ => return,
                };
                self.plan_control(control, problem.about.iter().cloned().map(Site::At).collect());
            }
        }
    }

    /// Plans a control of the library at these places.
    pub(super) fn plan_control(&mut self, control: &str, at: BTreeSet<Site>) {
        let Some(definition) = self.library.control(self.model, control) else { return };
        let label = match at.len() {
            0 | 1 => format!("Plan: {}", definition.name),
            n => format!("Plan at {n} places: {}", definition.name),
        };
        let instance = ControlInstance { control: control.to_owned(), at, status: ControlStatus::Planned, ..Default::default() };
        let id = self.ids.fresh();
        self.put(label, Key::Instance(id), instance);
    }

    /// Notes a control that is there already.
    fn instate(&mut self, label: &str, control: &str, at: BTreeSet<Site>) {
        let evidence = Evidence { level: EvidenceLevel::Documented, ..Evidence::default() };
        let status = ControlStatus::Implemented;
        let instance = ControlInstance { control: control.to_owned(), at, status, evidence, ..Default::default() };
        let id = self.ids.fresh();
        self.put(label, Key::Instance(id), instance);
    }

    fn instance(&mut self, check: Check, id: Id, instance: ControlInstance) {
        let key = Key::Instance(id.clone());
        let today = Some(self.today);
        let evidence = |level| Evidence { level, on: today, ..instance.evidence.clone() };
        match check {
            Check::NoEvidence => {
                let documented = ControlInstance { evidence: evidence(EvidenceLevel::Documented), ..instance.clone() };
                self.put("It is documented", key.clone(), documented);
                let reviewed = ControlInstance { evidence: evidence(EvidenceLevel::Reviewed), ..instance.clone() };
                self.put("Reviewed today", key, reviewed);
            }
            Check::TestFailed => {
                let tested = ControlInstance { evidence: evidence(EvidenceLevel::Tested), ..instance.clone() };
                self.put("Tested today, it works", key.clone(), tested);
                if instance.evidence.level == EvidenceLevel::Tested {
                    // An old test shows as much as a review does, from the day it was made.
                    let reviewed = Evidence { level: EvidenceLevel::Reviewed, ..instance.evidence.clone() };
                    self.put("Count it as reviewed", key.clone(), ControlInstance { evidence: reviewed, ..instance.clone() });
                }
                self.put("Back to planned", key, ControlInstance { status: ControlStatus::Planned, ..instance });
            }
            Check::Idle => {
                self.put("Retire it", key.clone(), ControlInstance { status: ControlStatus::Retired, ..instance });
                self.offer("Delete it", Edit::Remove { keys: [key].into() });
            }
            _ => {
                let done = ControlInstance { status: ControlStatus::Implemented, due: None, ..instance.clone() };
                self.put("It is done", key.clone(), done);
                let later = self.today.after_days(MONTH);
                self.put("A month more", key, ControlInstance { due: later, ..instance });
            }
        }
    }

    fn flow(&mut self, check: Check, id: Id, flow: Flow) {
        let key = Key::Flow(id.clone());
        let put = |flow: Flow| (key.clone(), flow);
        match check {
            Check::NoAuthentication => {
                let usual: &[Authn] = match flow.protocol.class() {
                    Some(ProtocolClass::Web) => &[Authn::Session, Authn::Bearer, Authn::MutualTls],
                    Some(ProtocolClass::Db) => &[Authn::Password, Authn::OsIdentity],
                    _ => &[Authn::SharedSecret, Authn::Password],
                };
                for authn in usual.iter().filter(|a| **a != Authn::MutualTls || flow.protocol.is_encrypted()) {
                    let (key, flow) = put(Flow { authn: *authn, ..flow.clone() });
                    self.put(format!("It has: {}", authn.label().to_lowercase()), key, flow);
                }
                self.plan_control("C-NET-MTLS", [Site::At(id)].into());
            }
            Check::Plaintext => {
                if let Some(protocol) = encrypted(flow.protocol) {
                    let (key, flow) = put(Flow { protocol, ..flow.clone() });
                    self.put(format!("It is {}", protocol.label()), key, flow);
                }
                self.instate("It is encrypted below", "C-NET-TLS", [Site::At(id.clone())].into());
                self.plan_control("C-NET-TLS", [Site::At(id)].into());
            }
            Check::Contradiction if flow.authn == Authn::MutualTls && encrypted(flow.protocol).is_some() => {
                let protocol = encrypted(flow.protocol).unwrap_or(flow.protocol);
                let (key, flow) = put(Flow { protocol, ..flow });
                self.put(format!("It is {}", protocol.label()), key, flow);
            }
            Check::Contradiction if flow.protocol == Protocol::InProcess => {
                let (key, flow) = put(Flow { protocol: Protocol::Ipc, ..flow });
                self.put("It is an inter-process call", key, flow);
            }
            Check::Contradiction if flow.channel == Channel::Internet && flow.protocol.class() == Some(ProtocolClass::Local) => {
                let (key, flow) = put(Flow { channel: Channel::Local, ..flow });
                self.put("It stays local", key, flow);
            }
            Check::Contradiction => {
                let (key, flow) = put(Flow { authn: Authn::Unknown, ..flow });
                self.put("Ask about its authentication again", key, flow);
            }
            // A step between is drawn by hand; until then something has to stand in the way.
            _ => self.jump(&id, &flow),
        }
    }

    fn jump(&mut self, id: &Id, flow: &Flow) {
        let model = self.model;
        let (Some(from), Some(to)) = (flow.from.clone(), flow.to.clone()) else { return };
        let trust = |element: &Id| model.boundary_chain(element).first().and_then(|b| model.boundaries.get(b)?.trust);
        let (Some(low), Some(high)) = (trust(&from), trust(&to)) else { return };
        // A gateway belongs into a zone of a level between, if there is one.
        let between = model.boundaries.iter().filter(|(_, b)| b.trust.is_some_and(|t| t > low && t < high));
        let drawn = |d: &Id| Some((d.clone(), model.rect_of(d, &from)?, model.rect_of(d, &to)?));
        let Some((diagram, a, b)) = model.diagrams.keys().find_map(drawn) else { return };
        let mut edits = Vec::new();
        let home = match between.map(|(id, b)| (b.trust, id)).min() {
            Some((_, home)) if model.rect_of(&diagram, home).is_some() => home.clone(),
            _ => {
                let zone = self.ids.fresh();
                let boundary = Boundary { name: "Edge".into(), trust: Some(low + 1), ..Boundary::default() };
                let rect = crate::geometry::Rect::from_center(a.center().lerp(b.center(), 0.5), 176.0, 104.0);
                let members = BTreeSet::new();
                edits.push(Edit::AddBoundary { id: zone.clone(), boundary, diagram: diagram.clone(), rect, members });
                zone
            }
        };
        let (gateway, second) = (self.ids.fresh(), self.ids.fresh());
        let tags = ["reverse-proxy".to_owned()].into();
        let element = Element { name: "Gateway".into(), tags, boundary: Some(home.clone()), ..Element::default() };
        let at = model.rect_of(&diagram, &home).map_or_else(|| a.center().lerp(b.center(), 0.5), |frame| frame.center());
        let rect = crate::geometry::Rect::from_center(at, 128.0, 48.0);
        let on = Flow { from: Some(gateway.clone()), ..flow.clone() };
        edits.extend([
            Edit::AddElement { id: gateway.clone(), element, diagram: diagram.clone(), rect },
            Edit::put(Key::Flow(id.clone()), Flow { to: Some(gateway.clone()), ..flow.clone() }),
            Edit::Connect { id: second, flow: on, diagram: diagram.clone(), route: Route::default() },
            Edit::Settle { diagram, items: [gateway, home].into() },
        ]);
        self.all("Put a gateway between", edits);
    }

    fn reviewed(&mut self, id: Option<Id>) {
        let (model, today) = (self.model, Some(self.today));
        let Some(id) = id else {
            return self.put("Reviewed today", Key::Info, Info { reviewed: today, ..model.info.clone() });
        };
        if let Some(element) = model.elements.get(&id).cloned() {
            self.put("Reviewed today", Key::Element(id), Element { reviewed: today, ..element });
        } else if let Some(flow) = model.flows.get(&id).cloned() {
            self.put("Reviewed today", Key::Flow(id), Flow { reviewed: today, ..flow });
        } else if let Some(assumption) = model.assumptions.get(&id).cloned() {
            let still = Assumption { reviewed: today, ..assumption.clone() };
            self.put("It still holds", Key::Assumption(id.clone()), still);
            let status = AssumptionStatus::Refuted;
            self.put("It does not hold", Key::Assumption(id), Assumption { status, reviewed: today, ..assumption });
        }
    }

    fn switch_on(&mut self, problem: &Problem) {
        let info = &self.model.info;
        let mut off = self.library.packs.iter().filter(|pack| !pack.is_on(info));
        let named = |pack: &&Pack| problem.message.contains(&format!("“{}”", pack.title));
        if let Some(pack) = off.find(named) {
            self.put(format!("Switch “{}” on", pack.title), Key::Info, pack.switched(info, true));
        }
    }
}

/// The same over TLS, or the protocol that took its place.
fn encrypted(protocol: Protocol) -> Option<Protocol> {
    match protocol {
        Protocol::Udp => Some(Protocol::Dtls),
        Protocol::Ftp => Some(Protocol::Sftp),
        other => other.over_tls(),
    }
}
