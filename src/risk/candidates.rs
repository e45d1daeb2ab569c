//! Which rules can fire at all between elements of these kinds and technologies, found out once for each pair.

use super::generate::Asked;
use super::state::{NodeIx, Profile, State};
use crate::library::{Cond, Orient, Ref, Scope};
use crate::model::{ElementKind, Tri};
use std::collections::HashMap;

/// Kind and number of the tag profile: all that conditions read of an element before looking closer.
type Class = (ElementKind, u32);

/// Numbers of rules.
pub(super) type Rules = Vec<u16>;

/// Rules for a flow from one class to another, by where they are anchored.
#[derive(Default)]
pub(super) struct Between {
    pub request: Anchored,
    pub data: Anchored,
    /// For ways through gateways.
    pub way: Anchored,
}

#[derive(Default)]
pub(super) struct Anchored {
    pub at_src: Rules,
    pub at_dst: Rules,
    pub at_flow: Rules,
}

/// The rules worth asking, by class; filled as classes are met.
#[derive(Default)]
pub(super) struct Candidates {
    /// Numbers of the rules that are switched on.
    on: Rules,
    zone: Rules,
    by_class: HashMap<Class, Rules>,
    between: HashMap<(Class, Class), Between>,
}

fn class(state: &State<'_>, ix: NodeIx) -> Class {
    let node = state.node(ix);
    (node.kind, node.profile)
}

impl Candidates {
    /// For these rules, of which some are switched on.
    pub fn new(asked: &[Asked<'_>], is_on: &[bool]) -> Candidates {
        let numbers = (0..).zip(asked).zip(is_on).filter(|(_, on)| **on).map(|(asked, _)| asked);
        let on: Vec<(u16, &Asked<'_>)> = numbers.collect();
        let zone = on.iter().filter(|(_, a)| a.rule.scope == Scope::Zone).map(|(n, _)| *n).collect();
        Candidates { on: on.iter().map(|(n, _)| *n).collect(), zone, ..Candidates::default() }
    }

    pub fn zone(&self) -> &Rules {
        &self.zone
    }

    pub fn at(&mut self, state: &State<'_>, asked: &[Asked<'_>], ix: NodeIx) -> &Rules {
        let on = &self.on;
        self.by_class.entry(class(state, ix)).or_insert_with(|| {
            let this = (state.node(ix).kind, state.profile(ix));
            let known = |r: Ref| (r == Ref::This).then_some(this);
            let may = |n: &&u16| {
                asked.get(usize::from(**n)).is_some_and(|a| a.rule.scope == Scope::Node && may_fire(&a.rule.when, &known))
            };
            on.iter().filter(may).copied().collect()
        })
    }

    pub fn between(&mut self, state: &State<'_>, asked: &[Asked<'_>], src: NodeIx, dst: NodeIx) -> &Between {
        let on = &self.on;
        self.between.entry((class(state, src), class(state, dst))).or_insert_with(|| {
            let ends = [src, dst].map(|ix| (state.node(ix).kind, state.profile(ix)));
            let known = |r: Ref| match r {
                Ref::Src => Some(ends[0]),
                Ref::Dst => Some(ends[1]),
                Ref::This | Ref::Flow | Ref::Zone => None,
            };
            let mut out = Between::default();
            for n in on {
                let Some(rule) = asked.get(usize::from(*n)).map(|a| a.rule).filter(|r| r.scope == Scope::Flow) else { continue };
                if !may_fire(&rule.when, &known) {
                    continue;
                }
                let real = if rule.orient == Orient::Request { &mut out.request } else { &mut out.data };
                real.of(rule.anchor).push(*n);
                if rule.through_gateways {
                    out.way.of(rule.anchor).push(*n);
                }
            }
            out
        })
    }
}

impl Anchored {
    fn of(&mut self, anchor: Ref) -> &mut Rules {
        match anchor {
            Ref::Src => &mut self.at_src,
            Ref::Dst => &mut self.at_dst,
            Ref::Flow | Ref::This | Ref::Zone => &mut self.at_flow,
        }
    }
}

type Known<'a> = (ElementKind, &'a Profile);

fn may_fire<'a>(cond: &Cond, known: &impl Fn(Ref) -> Option<Known<'a>>) -> bool {
    settled(cond, known) != Some(Tri::No)
}

/// The answer of a condition where kinds and tags alone settle it.
fn settled<'a>(cond: &Cond, known: &impl Fn(Ref) -> Option<Known<'a>>) -> Option<Tri> {
    match cond {
        Cond::Is(r, kind) => known(*r).map(|(k, _)| Tri::from(k == *kind)),
        Cond::Tag(r, tag) => known(*r).map(|(_, profile)| Tri::from(profile.tags.contains(tag))),
        Cond::Untagged(r) => known(*r).map(|(_, profile)| Tri::from(profile.tags.is_empty())),
        Cond::Not(part) => settled(part, known).map(Tri::negated),
        Cond::All(parts) => {
            let answers = || parts.iter().map(|p| settled(p, known));
            if answers().any(|a| a == Some(Tri::No)) {
                return Some(Tri::No);
            }
            answers().try_fold(Tri::Yes, |sum, answer| answer.map(|a| sum.and(a)))
        }
        Cond::Any(parts) => {
            let answers = || parts.iter().map(|p| settled(p, known));
            if answers().any(|a| a == Some(Tri::Yes)) {
                return Some(Tri::Yes);
            }
            answers().try_fold(Tri::No, |sum, answer| answer.map(|a| sum.or(a)))
        }
        // What lies behind a quantifier binds other ends.
        _ => None,
    }
}
