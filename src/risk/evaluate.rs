//! Conditions evaluated in strong Kleene logic, and what made an answer unknown.

use super::finding::Binding;
use super::state::{AssetIx, FlowIx, NodeIx, State, ZoneIx};
use super::unanswered::Unanswered;
use crate::library::{Cond, Crossing, ProtocolTest, Ref};
use crate::model::{Authn, Channel, ProtocolClass, Tri};

/// What the references stand for on one route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Env {
    pub this: Option<NodeIx>,
    pub flow: Option<FlowIx>,
    pub src: Option<NodeIx>,
    pub dst: Option<NodeIx>,
    pub zone: Option<ZoneIx>,
}

impl Env {
    pub fn of_node(node: NodeIx) -> Env {
        Env { this: Some(node), ..Env::default() }
    }
    pub fn of_flow((flow, src, dst): (FlowIx, NodeIx, NodeIx)) -> Env {
        Env { flow: Some(flow), src: Some(src), dst: Some(dst), ..Env::default() }
    }
    pub fn of_zone(zone: ZoneIx) -> Env {
        Env { zone: Some(zone), ..Env::default() }
    }

    /// The same references with another flow bound.
    pub fn rebound(self, (flow, src, dst): (FlowIx, NodeIx, NodeIx)) -> Env {
        Env { flow: Some(flow), src: Some(src), dst: Some(dst), ..self }
    }

    pub fn node(&self, reference: Ref) -> Option<NodeIx> {
        match reference {
            Ref::This => self.this,
            Ref::Src => self.src,
            Ref::Dst => self.dst,
            Ref::Flow | Ref::Zone => None,
        }
    }

    pub fn binding(&self, state: &State<'_>) -> Option<Binding> {
        let id = |n: NodeIx| state.node_id(n).clone();
        let element = self.this.map(|n| Binding::Element(id(n)));
        let flow = || {
            let route = state.route(self.flow?);
            Some(Binding::Flow { route, src: self.src.map(id), dst: self.dst.map(id) })
        };
        element.or_else(flow).or_else(|| self.zone.map(|z| Binding::Boundary(state.zone_id(z).clone())))
    }
}

/// Evaluates a condition. A test of a reference that is not bound is unknown; the loader refuses such rules.
pub(super) fn evaluate(state: &State<'_>, cond: &Cond, env: &Env) -> Tri {
    evaluate_known(state, cond, env).unwrap_or_default()
}

fn evaluate_known(state: &State<'_>, cond: &Cond, env: &Env) -> Option<Tri> {
    let node = |r: &Ref| env.node(*r).map(|ix| state.node(ix));
    Some(match cond {
        Cond::All(parts) => all(parts.iter().map(|p| evaluate(state, p, env))),
        Cond::Any(parts) => any(parts.iter().map(|p| evaluate(state, p, env))),
        Cond::Not(part) => evaluate(state, part, env).negated(),
        Cond::In(r, part) | Cond::Out(r, part) => {
            let flows = quantified(state, cond, env.node(*r)?);
            any(flows.map(|flow| evaluate(state, part, &env.rebound(flow))))
        }
        Cond::Is(r, kind) => Tri::from(node(r)?.kind == *kind),
        Cond::Tag(r, tag) => Tri::from(state.profile(env.node(*r)?).tags.contains(tag)),
        Cond::Untagged(r) => Tri::from(state.profile(env.node(*r)?).tags.is_empty()),
        Cond::Does(r, capability) => node(r)?.does.get(*capability as u32),
        Cond::Fact(r, wanted) => node(r)?.facts.get(*wanted as u32),
        Cond::Has(r, kind) => Tri::from(assets(state, env, *r)?.iter().any(|a| state.asset(*a).kinds.contains(kind))),
        Cond::Val(r, dimension, least) => {
            let assets = assets(state, env, *r)?;
            if assets.is_empty() {
                Tri::Unknown
            } else {
                Tri::from(assets.iter().any(|a| state.asset(*a).value(*dimension) >= *least))
            }
        }
        Cond::Exposure(r, least) => match node(r)?.reach {
            n if n.exposure >= *least => Tri::Yes,
            n if n.most >= *least => Tri::Unknown,
            _ => Tri::No,
        },
        Cond::Tainted(r) => match node(r)?.reach {
            n if n.tainted => Tri::Yes,
            n if n.taint_open => Tri::Unknown,
            _ => Tri::No,
        },
        Cond::Proto(test) => match (state.flow(env.flow?).talk.protocol, test) {
            (p, _) if p.class().is_none() => Tri::Unknown,
            (p, ProtocolTest::Encrypted) => Tri::from(p.is_encrypted()),
            (p, ProtocolTest::ServerAuth) => Tri::from(p.authenticates_server()),
            (p, ProtocolTest::Class(class)) => Tri::from(p.class() == Some(*class)),
            (p, ProtocolTest::Plain) => {
                let off_the_wire = matches!(p.class(), Some(ProtocolClass::Local | ProtocolClass::Manual));
                Tri::from(!p.is_encrypted() && !off_the_wire)
            }
        },
        Cond::Authn(list) => match state.flow(env.flow?).talk.authn {
            Authn::Unknown => Tri::Unknown,
            authn => Tri::from(list.contains(&authn)),
        },
        Cond::Channel(list) => match state.flow(env.flow?).talk.channel {
            Channel::Unknown => Tri::Unknown,
            channel => Tri::from(list.contains(&channel)),
        },
        Cond::Crosses(crossing) => Tri::from(crosses(state, env.flow?, *crossing)),
        Cond::TrustUp | Cond::TrustDown => match (state.trust(env.src?), state.trust(env.dst?)) {
            (Some(from), Some(to)) => Tri::from(if *cond == Cond::TrustUp { to > from } else { to < from }),
            _ => Tri::Unknown,
        },
        Cond::ZoneKind(kinds) => Tri::from(kinds.contains(&state.zone(env.zone?).kind)),
        Cond::ZoneSize(least) => Tri::from(state.zone(env.zone?).size >= *least),
        Cond::ZoneTrust(least) => state.zone(env.zone?).trust.map_or(Tri::Unknown, |t| Tri::from(t >= *least)),
        Cond::ZoneVal(dimension, least) => {
            Tri::from(state.zone(env.zone?).handles.iter().any(|a| state.asset(*a).value(*dimension) >= *least))
        }
    })
}

/// The unstated attributes that make an unknown condition unknown; empty for a known one.
pub(super) fn unanswered(state: &State<'_>, cond: &Cond, env: &Env, out: &mut Vec<Unanswered>) {
    if evaluate(state, cond, env) != Tri::Unknown {
        return;
    }
    let id = |r: Ref| env.node(r).map(|ix| state.node_id(ix).clone());
    let route = || env.flow.map(|f| state.route(f));
    let leaf = match cond {
        Cond::All(parts) | Cond::Any(parts) => {
            parts.iter().for_each(|p| unanswered(state, p, env, out));
            None
        }
        Cond::Not(part) => {
            unanswered(state, part, env, out);
            None
        }
        Cond::In(r, part) | Cond::Out(r, part) => {
            for flow in env.node(*r).into_iter().flat_map(|n| quantified(state, cond, n)) {
                unanswered(state, part, &env.rebound(flow), out);
            }
            None
        }
        Cond::Does(r, capability) => id(*r).map(|id| Unanswered::Capability(id, *capability)),
        Cond::Fact(r, wanted) => id(*r).map(|id| Unanswered::Fact(id, *wanted)),
        Cond::Val(Ref::Flow, ..) => route().map(Unanswered::FlowAssets),
        Cond::Val(r, ..) => id(*r).map(Unanswered::Assets),
        Cond::Exposure(r, _) => id(*r).map(Unanswered::Callers),
        Cond::Tainted(r) => id(*r).map(Unanswered::Sources),
        Cond::Proto(_) => route().map(Unanswered::Protocol),
        Cond::Authn(_) => route().map(Unanswered::Authn),
        Cond::Channel(_) => route().map(Unanswered::Channel),
        Cond::TrustUp | Cond::TrustDown => {
            let ends = [env.src, env.dst].into_iter().flatten();
            out.extend(ends.filter(|n| state.trust(*n).is_none()).map(|n| Unanswered::Boundary(state.node_id(n).clone())));
            None
        }
        _ => None,
    };
    out.extend(leaf);
}

/// The flows a quantifier ranges over, as (flow, initiator, responder).
pub(super) fn quantified<'s>(
    state: &'s State<'_>,
    cond: &Cond,
    node: NodeIx,
) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> + use<'s> {
    let is_in = matches!(cond, Cond::In(..));
    let flows = if is_in { &state.links.answers } else { &state.links.opens }.of(node);
    flows.iter().map(move |(flow, other)| if is_in { (*flow, *other, node) } else { (*flow, node, *other) })
}

/// Stops at the first No, as no later part can change it.
fn all(answers: impl Iterator<Item = Tri>) -> Tri {
    let mut sum = Tri::Yes;
    for answer in answers {
        sum = sum.and(answer);
        if sum == Tri::No {
            break;
        }
    }
    sum
}

/// Stops at the first Yes.
fn any(answers: impl Iterator<Item = Tri>) -> Tri {
    let mut sum = Tri::No;
    for answer in answers {
        sum = sum.or(answer);
        if sum == Tri::Yes {
            break;
        }
    }
    sum
}

fn assets<'s>(state: &'s State<'_>, env: &Env, reference: Ref) -> Option<&'s [AssetIx]> {
    match reference {
        Ref::Flow => env.flow.map(|f| state.carried(f)),
        r => env.node(r).map(|n| state.node(n).handles.as_slice()),
    }
}

fn crosses(state: &State<'_>, flow: FlowIx, crossing: Crossing) -> bool {
    match crossing {
        Crossing::Any => !state.crosses(flow).is_empty(),
        Crossing::Kind(kind) => state.crosses(flow).iter().any(|z| state.zone(*z).kind == kind),
        Crossing::Region => state.ends(flow).is_some_and(|(a, b)| {
            let (a, b) = (state.region(a), state.region(b));
            a.is_some() && b.is_some() && a != b
        }),
    }
}
