//! Which threats exist at an anchor: the rules that can fire there asked of every binding.

use super::candidates::Candidates;
use super::evaluate::{Env, evaluate, unanswered};
use super::generate::{Asked, Raised};
use super::state::{Anchor, FlowIx, NodeIx, State};
use crate::model::Tri;

/// Asks rules at one anchor after the other.
pub(super) struct Raising<'a, 'l> {
    pub state: &'a State<'l>,
    pub asked: &'a [Asked<'l>],
    pub candidates: &'a mut Candidates,
}

/// What one anchor raises so far, by number of the rule.
type Found = Vec<(u16, Raised)>;

impl Raising<'_, '_> {
    /// The threats that rules raise at the anchor, by number of the rule; only of those `wanted`.
    pub fn at(&mut self, anchor: Anchor, wanted: impl Fn(u16) -> bool) -> Found {
        let mut found = Found::new();
        let state = self.state;
        match anchor {
            Anchor::Node(n) => {
                for rule in self.candidates.at(state, self.asked, n) {
                    ask(state, self.asked, *rule, &Env::of_node(n), anchor, &wanted, &mut found);
                }
                let links = &state.links;
                let each = |flows: &[(FlowIx, NodeIx)], is_src: bool| -> Vec<(FlowIx, NodeIx, NodeIx)> {
                    flows.iter().map(|(f, other)| if is_src { (*f, n, *other) } else { (*f, *other, n) }).collect()
                };
                for (kind, edges, is_src) in [
                    (0, each(links.opens.of(n), true), true),
                    (0, each(links.answers.of(n), false), false),
                    (1, each(links.sends.of(n), true), true),
                    (1, each(links.receives.of(n), false), false),
                    (2, each(links.ways_out.of(n), true), true),
                    (2, each(links.ways_in.of(n), false), false),
                ] {
                    for edge in edges {
                        let between = self.candidates.between(state, self.asked, edge.1, edge.2);
                        let anchored = match kind {
                            0 => &between.request,
                            1 => &between.data,
                            _ => &between.way,
                        };
                        let rules = if is_src { &anchored.at_src } else { &anchored.at_dst };
                        for rule in rules {
                            ask(state, self.asked, *rule, &Env::of_flow(edge), anchor, &wanted, &mut found);
                        }
                    }
                }
            }
            Anchor::Flow(f) => {
                let Some((from, to)) = state.ends(f) else { return found };
                let talk = state.flow(f).talk;
                let (caller, responder) = if talk.by_source { (from, to) } else { (to, from) };
                for rule in &self.candidates.between(state, self.asked, caller, responder).request.at_flow {
                    ask(state, self.asked, *rule, &Env::of_flow((f, caller, responder)), anchor, &wanted, &mut found);
                }
                let back = talk.both_ways.then_some((f, to, from));
                for edge in std::iter::once((f, from, to)).chain(back) {
                    for rule in &self.candidates.between(state, self.asked, edge.1, edge.2).data.at_flow {
                        ask(state, self.asked, *rule, &Env::of_flow(edge), anchor, &wanted, &mut found);
                    }
                }
            }
            Anchor::Zone(z) => {
                for rule in self.candidates.zone() {
                    ask(state, self.asked, *rule, &Env::of_zone(z), anchor, &wanted, &mut found);
                }
            }
        }
        for (_, raised) in &mut found {
            raised.missing.sort_unstable();
            raised.missing.dedup();
        }
        found
    }
}

fn ask(
    state: &State<'_>,
    asked: &[Asked<'_>],
    number: u16,
    env: &Env,
    anchor: Anchor,
    wanted: &impl Fn(u16) -> bool,
    found: &mut Found,
) {
    let Some(rule) = asked.get(usize::from(number)).map(|a| a.rule).filter(|_| wanted(number)) else { return };
    let answer = evaluate(state, &rule.when, env);
    if answer == Tri::No || !in_scope(state, anchor, env) {
        return;
    }
    let applies = answer == Tri::Yes;
    let fresh = || Raised { anchor, routes: Vec::new(), applies, missing: Vec::new() };
    let place = found.iter().rposition(|(n, _)| *n == number).unwrap_or_else(|| {
        found.push((number, fresh()));
        found.len() - 1
    });
    let Some((_, raised)) = found.get_mut(place) else { return };
    // A route on which it applies drops those on which it only may.
    if applies && !raised.applies {
        *raised = fresh();
    }
    if applies == raised.applies {
        raised.routes.push(*env);
    }
    if !raised.applies {
        unanswered(state, &rule.when, env, &mut raised.missing);
    }
}

/// An anchor out of scope, or a flow with both ends out of scope, raises nothing.
fn in_scope(state: &State<'_>, anchor: Anchor, env: &Env) -> bool {
    let inside = |n| state.node(n).in_scope;
    let anchor_inside = match anchor {
        Anchor::Node(n) => inside(n),
        Anchor::Flow(f) => state.flow(f).talk.in_scope,
        Anchor::Zone(_) => true,
    };
    let ends_inside = env.flow.is_none() || env.src.is_some_and(inside) || env.dst.is_some_and(inside);
    anchor_inside && ends_inside
}
