//! Which threats exist: every rule asked of every binding, and the threats written by hand.

use super::evaluate::{Env, evaluate, unanswered};
use super::state::{Anchor, State};
use super::unanswered::Unanswered;
use crate::library::{By, Library, Orient, Pack, Reach, Ref, Rule, Scope};
use crate::model::{Access, AssetKind, Band, Category, Hits, Id, Link, Threat, ThreatModel, Tri};
use std::collections::{BTreeMap, BTreeSet};

/// What raises a threat, in the terms scoring needs: a rule, or a threat written by hand.
pub(super) struct Cause<'a> {
    pub id: Id,
    pub origin: Origin<'a>,
    pub title: &'a str,
    pub description: &'a str,
    pub categories: &'a [Category],
    pub level: u8,
    pub by: By,
    pub skill: u8,
    pub access: Access,
    pub hits: Hits,
    pub only_assets: &'a [AssetKind],
    pub business_assets_only: bool,
    /// Carried out by content sent in, so that controls in front count.
    pub into: bool,
    pub controls: Vec<(&'a str, Link)>,
    /// Rating given from outside.
    pub severity: Option<Band>,
}

#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    Rule(&'a Pack, &'a Rule),
    Manual(&'a Threat),
}

impl<'a> Cause<'a> {
    fn of_rule(pack: &'a Pack, rule: &'a Rule) -> Cause<'a> {
        Cause {
            id: Id::new(&rule.id),
            origin: Origin::Rule(pack, rule),
            title: &rule.title,
            description: &rule.desc,
            categories: &rule.cats,
            level: rule.level,
            by: rule.by,
            skill: rule.skill,
            access: rule.access,
            hits: rule.hits,
            only_assets: &rule.only_assets,
            business_assets_only: rule.business_assets_only,
            into: rule.reach == Reach::Into,
            controls: rule.controls.iter().map(|(id, link)| (id.as_str(), *link)).collect(),
            severity: None,
        }
    }

    fn of_threat(id: &'a Id, threat: &'a Threat) -> Cause<'a> {
        Cause {
            id: id.clone(),
            origin: Origin::Manual(threat),
            title: &threat.title,
            description: &threat.description,
            categories: &threat.categories,
            level: threat.level,
            by: By::Fixed,
            skill: threat.skill,
            access: threat.access,
            hits: threat.hits,
            only_assets: &[],
            business_assets_only: false,
            into: false,
            controls: threat.controls.iter().map(|(id, link)| (id.as_str(), *link)).collect(),
            severity: threat.severity_override.as_ref().map(|s| s.band),
        }
    }

    /// How well a control answers it; the last mention counts.
    pub fn link(&self, control: &str) -> Option<Link> {
        self.controls.iter().rev().find(|(id, _)| *id == control).map(|(_, link)| *link)
    }
}

/// A threat at an anchor before scoring.
pub(super) struct Raised {
    pub anchor: Anchor,
    /// The routes: those on which it applies, else those on which it may.
    pub routes: Vec<Env>,
    pub applies: bool,
    pub missing: BTreeSet<Unanswered>,
}

/// The rules that are switched on, then the threats written by hand.
pub(super) fn causes<'a>(model: &'a ThreatModel, library: &'a Library) -> Vec<Cause<'a>> {
    let rules = library.rules().filter(|(pack, rule)| is_on(model, pack, rule));
    let rules = rules.map(|(pack, rule)| Cause::of_rule(pack, rule));
    rules.chain(model.threats.iter().map(|(id, threat)| Cause::of_threat(id, threat))).collect()
}

/// The cause with this id, unless it is switched off.
pub(super) fn cause<'a>(model: &'a ThreatModel, library: &'a Library, id: &Id) -> Option<Cause<'a>> {
    let rule = library.rules().find(|(pack, rule)| rule.id == id.as_str() && is_on(model, pack, rule));
    let by_hand = || model.threats.get_key_value(id).map(|(id, threat)| Cause::of_threat(id, threat));
    rule.map(|(pack, rule)| Cause::of_rule(pack, rule)).or_else(by_hand)
}

fn is_on(model: &ThreatModel, pack: &Pack, rule: &Rule) -> bool {
    rule.depth <= model.info.depth && pack.is_on(&model.info)
}

/// Every anchor at which the cause raises a threat, or only `wanted`.
pub(super) fn raise(state: &State<'_>, cause: &Cause<'_>, wanted: Option<Anchor>) -> Vec<Raised> {
    let is_wanted = |anchor: &Anchor| wanted.is_none_or(|w| w == *anchor);
    match cause.origin {
        Origin::Rule(_, rule) => raise_rule(state, rule, is_wanted),
        Origin::Manual(threat) => {
            let targets = threat.targets.iter().filter_map(|id| state.anchor(id)).filter(is_wanted);
            targets.map(|anchor| raise_at(state, anchor)).collect()
        }
    }
}

fn raise_rule(state: &State<'_>, rule: &Rule, is_wanted: impl Fn(&Anchor) -> bool) -> Vec<Raised> {
    let mut found: BTreeMap<Anchor, Raised> = BTreeMap::new();
    for env in bindings(state, rule) {
        let Some(anchor) = anchor(&env, rule.anchor).filter(|a| is_wanted(a) && in_scope(state, *a, &env)) else { continue };
        let answer = evaluate(state, &rule.when, &env);
        if answer == Tri::No {
            continue;
        }
        let applies = answer == Tri::Yes;
        let fresh = || Raised { anchor, routes: Vec::new(), applies, missing: BTreeSet::new() };
        let raised = found.entry(anchor).or_insert_with(fresh);
        // A route on which it applies drops those on which it only may.
        if applies && !raised.applies {
            *raised = fresh();
        }
        if applies == raised.applies {
            raised.routes.push(env);
        }
        if !raised.applies {
            unanswered(state, &rule.when, &env, &mut raised.missing);
        }
    }
    found.into_values().collect()
}

/// Everything a rule is asked of, in natural order.
fn bindings<'s>(state: &'s State<'_>, rule: &Rule) -> Box<dyn Iterator<Item = Env> + 's> {
    match (rule.scope, rule.orient) {
        (Scope::Node, _) => Box::new(state.nodes().map(Env::of_node)),
        (Scope::Zone, _) => Box::new(state.zones().map(Env::of_zone)),
        (Scope::Flow, orient) => {
            let through = rule.through_gateways.then(|| state.virtual_flows()).into_iter().flatten();
            match orient {
                Orient::Request => Box::new(state.requests().chain(through).map(Env::of_flow)),
                Orient::Data => Box::new(state.data_edges().chain(through).map(Env::of_flow)),
            }
        }
    }
}

fn anchor(env: &Env, reference: Ref) -> Option<Anchor> {
    match reference {
        Ref::Flow => env.flow.map(Anchor::Flow),
        Ref::Zone => env.zone.map(Anchor::Zone),
        Ref::This | Ref::Src | Ref::Dst => env.node(reference).map(Anchor::Node),
    }
}

/// An anchor out of scope, or a flow with both ends out of scope, raises nothing.
fn in_scope(state: &State<'_>, anchor: Anchor, env: &Env) -> bool {
    let inside = |n| state.node(n).record.out_of_scope.is_none();
    let anchor_inside = match anchor {
        Anchor::Node(n) => inside(n),
        Anchor::Flow(f) => state.flow(f).record.out_of_scope.is_none(),
        Anchor::Zone(_) => true,
    };
    let ends_inside = env.flow.is_none() || env.src.is_some_and(inside) || env.dst.is_some_and(inside);
    anchor_inside && ends_inside
}

/// A threat written by hand applies at its target, whatever the model says.
fn raise_at(state: &State<'_>, anchor: Anchor) -> Raised {
    let env = match anchor {
        Anchor::Node(n) => Env::of_node(n),
        Anchor::Zone(z) => Env::of_zone(z),
        Anchor::Flow(f) => {
            let ends = state.flow(f).ends;
            let turned = if state.flow(f).initiated_by_source() { ends } else { ends.map(|(a, b)| (b, a)) };
            Env { flow: Some(f), src: turned.map(|e| e.0), dst: turned.map(|e| e.1), ..Env::default() }
        }
    };
    Raised { anchor, routes: vec![env], applies: true, missing: BTreeSet::new() }
}
