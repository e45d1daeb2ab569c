//! What nobody stated yet, as found by the evaluator: the raw material of questions.

use super::route::FlowRoute;
use crate::model::{Capability, Fact, Id, ThreatModel};

/// An unstated attribute that keeps a threat from being confirmed or ruled out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unanswered {
    Capability(Id, Capability),
    Fact(Id, Fact),
    Protocol(FlowRoute),
    Authn(FlowRoute),
    Channel(FlowRoute),
    /// Which assets the element handles.
    Assets(Id),
    /// Which assets the flow carries.
    FlowAssets(FlowRoute),
    /// Trust of those who call the element.
    Callers(Id),
    /// Trust of those whose data reaches the element.
    Sources(Id),
    /// The boundary of the element, or that boundary's trust.
    Boundary(Id),
}

impl Unanswered {
    /// Machine spelling, for example `web/does/ParsesXml`.
    pub fn spelled(&self) -> String {
        match self {
            Unanswered::Capability(id, c) => format!("{id}/does/{}", c.name()),
            Unanswered::Fact(id, f) => format!("{id}/fact/{}", f.name()),
            Unanswered::Protocol(route) => format!("{route}/flow/protocol"),
            Unanswered::Authn(route) => format!("{route}/flow/authn"),
            Unanswered::Channel(route) => format!("{route}/flow/channel"),
            Unanswered::Assets(id) => format!("{id}/assets/assign data"),
            Unanswered::FlowAssets(route) => format!("{route}/assets/assign data"),
            Unanswered::Callers(id) => format!("{id}/zone/place its callers in a boundary"),
            Unanswered::Sources(id) => format!("{id}/zone/place its sources in a boundary"),
            Unanswered::Boundary(id) => format!("{id}/zone/place in a boundary"),
        }
    }

    /// The element or flow to answer it at.
    pub fn subject(&self) -> Option<&Id> {
        match self {
            Unanswered::Capability(id, _) | Unanswered::Fact(id, _) | Unanswered::Assets(id) => Some(id),
            Unanswered::Callers(id) | Unanswered::Sources(id) | Unanswered::Boundary(id) => Some(id),
            Unanswered::Protocol(r) | Unanswered::Authn(r) | Unanswered::Channel(r) | Unanswered::FlowAssets(r) => r.first(),
        }
    }

    /// The same attribute with a virtual flow replaced by the leg that decides it.
    pub fn at_source(&self) -> Unanswered {
        let first = |route: &FlowRoute| route.first().cloned().map_or_else(|| route.clone(), FlowRoute::one);
        match self {
            Unanswered::Protocol(r) => Unanswered::Protocol(first(r)),
            Unanswered::Authn(r) => Unanswered::Authn(first(r)),
            Unanswered::Channel(r) => Unanswered::Channel(first(r)),
            Unanswered::FlowAssets(r) => Unanswered::FlowAssets(first(r)),
            other => other.clone(),
        }
    }

    /// The question for people.
    pub fn question(&self, model: &ThreatModel) -> String {
        let name = self.subject().map(|id| super::names::name_of(model, id)).unwrap_or_default();
        match self {
            Unanswered::Capability(_, c) => format!("{name}: is it true that it {}?", c.label()),
            Unanswered::Fact(_, f) => format!("{name}: is it true that it {}?", f.said()),
            Unanswered::Protocol(_) => format!("{name}: which protocol does it use?"),
            Unanswered::Authn(_) => format!("{name}: how does the caller prove who it is?"),
            Unanswered::Channel(_) => format!("{name}: what does it travel over?"),
            Unanswered::Assets(_) => format!("{name}: which data does it handle?"),
            Unanswered::FlowAssets(_) => format!("{name}: which data does it carry?"),
            Unanswered::Callers(_) => format!("{name}: in which trust boundaries are its callers?"),
            Unanswered::Sources(_) => format!("{name}: in which trust boundaries are the sources of its data?"),
            Unanswered::Boundary(_) => format!("{name}: in which trust boundary is it, and how far is that trusted?"),
        }
    }
}
