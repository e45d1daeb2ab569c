//! Decisions survive regeneration: found again by key, flagged when what they relied on has changed.

use super::evaluate::{Env, evaluate, quantified};
use super::finding::StaleInput;
use super::generate::{Cause, Raised};
use super::score::assets_at_stake;
use super::state::{NodeIx, State, ZoneIx};
use crate::library::{By, Cond, Library, Ref};
use crate::model::{Band, Decision, Dimension, Id, ThreatKey, ThreatModel, Tri};
use blake2::digest::{Update, VariableOutput};
use std::collections::BTreeMap;

/// Between what an input is and the id it is about; names would make a decision stale when something is renamed.
const OF: &str = " @ ";

/// The decision about a threat: by its key, or by the key it had under a retired rule id.
pub(super) fn decision_of<'m>(model: &'m ThreatModel, cause: &Cause<'_>, key: &ThreatKey) -> Option<&'m Decision> {
    model.decisions.get(key).or_else(|| {
        cause.rule?.aliases.iter().find_map(|old| model.decisions.get(&ThreatKey::new(old.as_str(), key.anchor.clone())))
    })
}

/// The key a decision is about today: retired rule ids are replaced by their successors.
pub(super) fn current_key(library: &Library, key: &ThreatKey) -> ThreatKey {
    match library.rule(key.rule.as_str()) {
        Some((_, rule)) => ThreatKey::new(rule.id.as_str(), key.anchor.clone()),
        None => key.clone(),
    }
}

/// What a threat rests on, in words, by input.
pub(super) fn basis(state: &State<'_>, cause: &Cause<'_>, raised: &Raised, inherent: Option<Band>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let anchor = state.anchor_id(raised.anchor);
    if let Some(band) = inherent {
        put(&mut out, "inherent risk", anchor, band.label().to_owned());
    }
    put(&mut out, "rule", &cause.id, fingerprint(cause));
    for ix in assets_at_stake(state, cause, raised.anchor) {
        let asset = state.asset(ix);
        let words = Dimension::ALL.iter().map(|d| format!("{}{}", d.name(), asset.value(*d))).collect::<Vec<_>>().join(" ");
        put(&mut out, "value", state.asset_id(ix), words);
    }
    for env in &raised.routes {
        if let Some(rule) = cause.rule {
            read(state, &rule.when, env, &mut out);
        }
        let node = match cause.by {
            By::ExposureThis => env.this,
            By::ExposureSrc => env.src,
            By::ExposureDst => env.dst,
            By::Channel | By::Fixed => None,
        };
        if let Some(node) = node {
            put(&mut out, "exposure", state.node_id(node), exposure(state, node));
        }
        if let Some(flow) = env.flow.filter(|_| cause.by == By::Channel) {
            put(&mut out, "channel", state.flow_id(flow), state.flow(flow).talk.channel.label().to_owned());
        }
    }
    out
}

fn put(out: &mut BTreeMap<String, String>, what: &str, id: &Id, value: String) {
    out.insert(format!("{what}{OF}{id}"), value);
}

/// Notes every attribute a condition reads on a route.
fn read(state: &State<'_>, cond: &Cond, env: &Env, out: &mut BTreeMap<String, String>) {
    let node = |r: &Ref| env.node(*r).map(|ix| (ix, state.node(ix), state.node_id(ix)));
    match cond {
        Cond::In(r, part) | Cond::Out(r, part) => {
            for flow in env.node(*r).into_iter().flat_map(|n| quantified(state, cond, n)) {
                read(state, part, &env.rebound(flow), out);
            }
        }
        Cond::Is(r, _) => {
            if let Some((_, n, id)) = node(r) {
                put(out, "kind", id, n.kind.label().to_owned());
            }
        }
        Cond::Tag(r, _) | Cond::Untagged(r) => {
            if let Some((ix, _, id)) = node(r) {
                put(out, "technology", id, list(state.profile(ix).stated.iter().map(|t| state.library.tags.label(t))));
            }
        }
        Cond::Does(r, capability) => {
            if let Some((_, n, id)) = node(r) {
                put(out, capability.label(), id, yes_no(n.does.get(*capability as u32)));
            }
        }
        Cond::Fact(r, wanted) => {
            if let Some((_, n, id)) = node(r) {
                put(out, wanted.label(), id, yes_no(n.facts.get(*wanted as u32)));
            }
        }
        Cond::Has(r, _) | Cond::Val(r, _, _) => {
            let flow = env.flow.filter(|_| *r == Ref::Flow).map(|f| (state.flow_id(f), state.carried(f)));
            if let Some((id, assets)) = flow.or_else(|| node(r).map(|(_, n, id)| (id, n.handles.as_slice()))) {
                put(out, "data", id, list(assets.iter().map(|a| state.asset_id(*a).as_str())));
            }
        }
        Cond::Exposure(r, _) => {
            if let Some((ix, _, id)) = node(r) {
                put(out, "exposure", id, exposure(state, ix));
            }
        }
        Cond::Tainted(r) => {
            if let Some((_, _, id)) = node(r) {
                put(out, "untrusted data", id, yes_no(evaluate(state, cond, env)));
            }
        }
        Cond::TrustUp | Cond::TrustDown => {
            for ix in [env.src, env.dst].into_iter().flatten() {
                put(out, "trust", state.node_id(ix), trust(state.trust(ix)));
            }
        }
        Cond::ZoneKind(_) | Cond::ZoneSize(_) | Cond::ZoneTrust(_) | Cond::ZoneVal(_, _) => {
            if let Some((zone, id)) = env.zone.map(|z| (state.zone(z), state.zone_id(z))) {
                put(out, "kind", id, zone.kind.label().to_owned());
                put(out, "elements", id, zone.size.to_string());
                put(out, "trust", id, trust(zone.trust));
            }
        }
        Cond::Proto(_) | Cond::Authn(_) | Cond::Channel(_) | Cond::Crosses(_) => {
            let Some((ix, id, flow)) = env.flow.map(|f| (f, state.flow_id(f), state.flow(f))) else { return };
            match cond {
                Cond::Proto(_) => put(out, "protocol", id, flow.talk.protocol.label().to_owned()),
                Cond::Authn(_) => put(out, "authentication", id, flow.talk.authn.label().to_owned()),
                Cond::Channel(_) => put(out, "channel", id, flow.talk.channel.label().to_owned()),
                _ => put(
                    out,
                    "boundaries crossed",
                    id,
                    list(state.crosses(ix).iter().map(|z: &ZoneIx| state.zone_id(*z).as_str())),
                ),
            }
        }
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| read(state, part, env, out)),
        Cond::Not(part) => read(state, part, env, out),
    }
}

fn trust(level: Option<u8>) -> String {
    level.map_or_else(|| "unknown".to_owned(), |t| t.to_string())
}

fn yes_no(answer: Tri) -> String {
    match answer {
        Tri::Yes => "yes",
        Tri::No => "no",
        Tri::Unknown => "unknown",
    }
    .to_owned()
}

fn exposure(state: &State<'_>, ix: NodeIx) -> String {
    super::exposure::label(state.node(ix).reach.exposure).to_owned()
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.collect();
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

/// A short hash of what a cause means, so that an upgraded rule asks for a fresh look.
fn fingerprint(cause: &Cause<'_>) -> String {
    let meaning = match cause.rule {
        Some(rule) => format!(
            "{:?}",
            (rule.scope, rule.anchor, rule.orient, rule.level, rule.by, rule.skill, rule.access, rule.hits, &rule.when)
        ),
        None => format!("{:?}", (cause.level, cause.hits, cause.skill, cause.access)),
    };
    hex(meaning.as_bytes(), 4)
}

/// The first `bytes` bytes of BLAKE2b-80 in hexadecimal.
pub(super) fn hex(data: &[u8], bytes: usize) -> String {
    let mut digest = [0u8; 10];
    // Ten bytes are a legal output size, so neither step can fail.
    if let Ok(mut hasher) = blake2::Blake2bVar::new(digest.len()) {
        hasher.update(data);
        let _ = hasher.finalize_variable(&mut digest);
    }
    digest.iter().take(bytes).map(|b| format!("{b:02x}")).collect()
}

/// Inputs that differ from those a decision relied on; none when it recorded none.
pub(super) fn stale(model: &ThreatModel, was: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<StaleInput> {
    if was.is_empty() {
        return Vec::new();
    }
    let keys: std::collections::BTreeSet<&String> = was.keys().chain(now.keys()).collect();
    let changed = keys.into_iter().filter(|key| was.get(*key) != now.get(*key));
    changed
        .map(|key| {
            let (what, id) = key.split_once(OF).unwrap_or((key, ""));
            let id = Id::new(id);
            let named = |value: Option<&String>| value.map(|v| in_names(model, what, v));
            StaleInput {
                what: format!("{what} of {}", super::names::name_of(model, &id)),
                was: named(was.get(key)),
                now: named(now.get(key)),
            }
        })
        .collect()
}

/// Lists of ids are shown as names.
fn in_names(model: &ThreatModel, what: &str, value: &str) -> String {
    match what {
        "data" | "boundaries crossed" => {
            let names = value.split(", ").map(|id| match model.name_of(&Id::new(id)) {
                "" => id.to_owned(),
                name => name.to_owned(),
            });
            names.collect::<Vec<_>>().join(", ")
        }
        _ => value.to_owned(),
    }
}
