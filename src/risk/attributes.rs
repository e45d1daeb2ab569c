//! What an element does and is: the user's word, else the tag profile, else a derived default, else unknown.

use super::state::{NodeIx, State};
use crate::model::{Capability, ElementKind, Fact, Tri};
use std::collections::BTreeSet;

/// Whether an element has a capability.
pub(super) fn does(state: &State<'_>, ix: NodeIx, capability: Capability) -> Tri {
    let element = state.node(ix).record;
    if let Some(said) = element.capabilities.get(&capability) {
        return *said;
    }
    match state.library.tags.capability(&element.tags, capability) {
        Tri::Unknown if element.kind != ElementKind::Process || capability.is_rare() => Tri::No,
        answer => answer,
    }
}

/// Whether a circumstance holds of an element.
pub(super) fn fact(state: &State<'_>, ix: NodeIx, fact: Fact) -> Tri {
    let element = state.node(ix).record;
    if let Some(said) = element.facts.get(&fact) {
        return *said;
    }
    match state.library.tags.fact(&element.tags, fact) {
        Tri::Unknown => default_of(state, ix, fact),
        answer => answer,
    }
}

fn default_of(state: &State<'_>, ix: NodeIx, fact: Fact) -> Tri {
    let node = state.node(ix);
    let (kind, tagged) = (node.record.kind, !node.tags.is_empty());
    let external = kind == ElementKind::ExternalEntity;
    match fact {
        Fact::Human if external => Tri::Unknown,
        Fact::Human => Tri::No,
        Fact::ThirdParty if external => match self::fact(state, ix, Fact::Human) {
            Tri::Yes => Tri::No,
            Tri::No | Tri::Unknown => Tri::Unknown,
        },
        Fact::ThirdParty => Tri::No,
        Fact::SharedWrite if kind == ElementKind::DataStore => {
            let writers: BTreeSet<_> = node.inbound.iter().filter_map(|f| state.flow(*f).ends.map(|(src, _)| src)).collect();
            Tri::from(writers.len() >= 2)
        }
        Fact::UsesOpenSource if kind == ElementKind::Process && tagged => Tri::Yes,
        Fact::Physical | Fact::Removable | Fact::PublicRead | Fact::Safety | Fact::Unsupported if tagged => Tri::No,
        Fact::Privileged if tagged && kind != ElementKind::Process => Tri::No,
        _ => Tri::Unknown,
    }
}
