//! Checks of flows where they cross trust boundaries.

use super::survey::Survey;
use super::{Check, Problem};
use crate::model::{Authn, ControlStatus, Dimension, ElementKind, Flow, Id, Protocol, ProtocolClass};
use crate::risk::TrustChange;

/// Value of data from which it must not travel in plain text.
const VALUABLE: u8 = 2;

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    for (id, flow, ends) in survey.flows() {
        let name = survey.name(id);
        let kinds = ends.kinds();
        if matches!(
            kinds,
            (ElementKind::ExternalEntity, ElementKind::DataStore) | (ElementKind::DataStore, ElementKind::ExternalEntity)
        ) {
            let message = format!("{} and {} talk to each other without a process between", ends.from.1.name, ends.to.1.name);
            found.push(Problem::new(Check::ExternalToStore, id, message));
        }
        let crossing = survey.assessment.crossings.get(id);
        if let Some(why) = contradiction(flow, crossing.is_some()) {
            found.push(Problem::new(Check::Contradiction, id, format!("{name}: {why}")));
        }
        let Some(crossing) = crossing else { continue };
        // Whoever answers must know who asks: upwards to keep strangers out, downwards so that nobody gives false orders.
        let changes = matches!(crossing.change(), TrustChange::Up | TrustChange::Down);
        if changes && flow.authn == Authn::NoAuth && !is_answered(survey, id, AUTHENTICATES) {
            let message = format!("{name} enters {} without authentication", ends.to.1.name);
            found.push(Problem::new(Check::NoAuthentication, id, message));
        }
        if let (Some(from), Some(to)) = (crossing.from, crossing.to)
            && to >= from + 2
        {
            let message = format!("{name} goes from trust {from} straight to trust {to}");
            found.push(Problem::new(Check::Jump, id, message));
        }
        let value = survey.value(&flow.assets, &[Dimension::C, Dimension::I]).unwrap_or(0);
        if value >= VALUABLE && is_plain(flow.protocol) && !is_answered(survey, id, PROTECTS) {
            found.push(Problem::new(
                Check::Plaintext,
                id,
                format!("{name} carries valuable data over {}", flow.protocol.label()),
            ));
        }
    }
}

/// True for a known protocol that does not encrypt and leaves the machine.
pub(super) fn is_plain(protocol: Protocol) -> bool {
    let stays = matches!(protocol.class(), None | Some(ProtocolClass::Local | ProtocolClass::Manual));
    !stays && !protocol.is_encrypted()
}

/// Controls that protect what travels, and those that tell who calls.
pub(super) const PROTECTS: &[&str] = &["C-NET-TLS", "C-NET-MTLS", "C-NET-VPN", "C-NET-LINK"];
const AUTHENTICATES: &[&str] = &["C-NET-MTLS", "C-API-SIGN"];

/// True when one of these controls stands over a flow or is planned for it: then it is being seen to.
fn is_answered(survey: &Survey<'_>, flow: &Id, controls: &[&str]) -> bool {
    survey.controls_over(flow).any(|(_, i)| controls.contains(&i.control.as_str()) && i.status != ControlStatus::Retired)
}

fn contradiction(flow: &Flow, crosses: bool) -> Option<String> {
    let (protocol, authn) = (flow.protocol, flow.authn);
    let class = protocol.class()?;
    let (p, a) = (protocol.label(), authn.label().to_lowercase());
    if authn == Authn::MutualTls && !protocol.is_encrypted() {
        return Some(format!("mutual TLS over {p}, which is not encrypted"));
    }
    if authn == Authn::Session && class != ProtocolClass::Web {
        return Some(format!("a session cookie over {p}"));
    }
    if authn == Authn::OsIdentity && matches!(class, ProtocolClass::Web | ProtocolClass::Mail | ProtocolClass::Radio) {
        return Some(format!("{a} over {p}"));
    }
    if crosses && protocol == Protocol::InProcess {
        return Some("“in process” across a trust boundary".into());
    }
    (class == ProtocolClass::Local && flow.channel == crate::model::Channel::Internet).then(|| format!("{p} over the Internet"))
}
