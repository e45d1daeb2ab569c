//! One agent about to attack: what it can reach and how.

use super::cut::{self, Cut, Cuts};
use super::ground::START;
use super::net::{Hop, Net};
use super::path::{self, AttackPath, Goal};
use super::search::{self, Reached};
use super::share::chokes;
use super::{AgentPaths, Attacks, yen};
use crate::model::{Id, ThreatKey};
use crate::progress::Progress;
use crate::risk::Assessment;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// For every path that is told so many are looked at, since many differ by what nobody needs.
const LOOKED_AT: usize = 3;

/// One agent with the ground as it sees it; made once when several things are asked.
pub struct Attacker<'a, 'm> {
    attacks: &'a Attacks<'m>,
    id: &'m Id,
    net: Net<'a, 'm>,
    everywhere: Reached,
}

impl<'a, 'm> Attacker<'a, 'm> {
    pub(super) fn new(attacks: &'a Attacks<'m>, agent: &Id) -> Option<Attacker<'a, 'm>> {
        let (id, agent) = attacks.model.agents.get_key_value(agent)?;
        let net = Net::new(&attacks.ground, attacks.library, agent);
        let everywhere = search::everywhere(&net, START);
        Some(Attacker { attacks, id, net, everywhere })
    }

    /// The likeliest path to every goal it can reach, the greatest risk first.
    pub fn best(&self) -> Vec<AttackPath> {
        let goals = self.attacks.ground.goals();
        let mut out: Vec<AttackPath> = goals.filter_map(|goal| self.told(&self.everywhere.way_to(goal)?)).collect();
        out.sort_by(|a, b| b.risk.total_cmp(&a.risk).then_with(|| a.goal.cmp(&b.goal)));
        out
    }

    /// The `k` likeliest paths to a goal, each without going in circles, the likeliest first.
    pub fn k_best(&self, goal: &Goal, k: usize) -> Vec<AttackPath> {
        self.taken(goal, (k, k), |_, _| true)
    }

    /// The `k` likeliest of them worth telling: what needs everything that a likelier one needs, and more, is no way of its
    /// own. Who floods a service from outside has no use for a stolen account first.
    pub fn ways(&self, goal: &Goal, k: usize) -> Vec<AttackPath> {
        self.taken(goal, (k, k * LOOKED_AT), |known, path| {
            let needs = path.needs();
            !known.iter().any(|other| other.needs().is_subset(&needs))
        })
    }

    /// The first `k` paths to a goal that are wanted beside those before, of at most `most`.
    fn taken(
        &self,
        goal: &Goal,
        (k, most): (usize, usize),
        is_wanted: impl Fn(&[AttackPath], &AttackPath) -> bool,
    ) -> Vec<AttackPath> {
        let mut out = Vec::new();
        let Some(goal) = self.attacks.ground.goal(goal).filter(|_| k > 0) else { return out };
        let ahead = search::ahead(&self.net, goal);
        let mut looked = 0;
        yen::ways(&self.net, goal, &ahead, |way| {
            looked += 1;
            let path = self.told(way).filter(|path| is_wanted(&out, path));
            out.extend(path);
            if out.len() >= k || looked >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        out
    }

    /// The likeliest path to a goal that needs none of these threats.
    pub fn avoiding(&self, goal: &Goal, threats: &BTreeSet<&ThreatKey>) -> Option<AttackPath> {
        let goal = self.attacks.ground.goal(goal)?;
        let vertices = self.attacks.ground.tries_of(|opening| threats.contains(&opening.threat));
        let closed = search::Closed { vertices, ..search::Closed::default() };
        self.told(&search::search(&self.net, START, goal, &search::ahead(&self.net, goal), &closed)?)
    }

    /// Its paths, `k` for each of its `goals` riskiest goals, and where they come together. `None` when cancelled.
    pub fn paths(&self, goals: usize, k: usize, progress: &dyn Progress) -> Option<AgentPaths> {
        let mut found = Vec::new();
        for (n, best) in self.best().into_iter().enumerate() {
            if progress.cancelled() {
                return None;
            }
            progress.report(n as f32 / goals.max(1) as f32, "Looking for attack paths");
            let ways = if n < goals && k > 1 { self.ways(&best.goal, k) } else { Vec::new() };
            found.push(if ways.is_empty() { vec![best] } else { ways });
        }
        Some(AgentPaths { agent: self.id.clone(), chokes: chokes(found.iter().flatten()), goals: found })
    }

    /// The cheapest set of controls that interrupts every path to a goal from probability `least` on.
    pub fn cut(&self, goal: &Goal, assessment: &Assessment, least: f64) -> Option<Cut> {
        cut::cut(&self.between(goal, assessment)?, least)
    }

    /// What interrupts these ways to one goal, and what interrupts every likely one.
    pub fn cuts(&self, ways: &[AttackPath], assessment: &Assessment) -> Option<Cuts> {
        let relevant = self.attacks.library.calibration.paths.relevant;
        let least = ways.iter().map(|way| way.p).fold(1.0, f64::min).max(relevant);
        let (between, hair) = (self.between(&ways.first()?.goal, assessment)?, 1.0 - 1e-9);
        Some(Cuts { told: cut::cut(&between, least * hair)?, least, likely: cut::cut(&between, relevant)? })
    }

    fn between<'b>(&'b self, goal: &Goal, assessment: &'b Assessment) -> Option<cut::Between<'b, 'a, 'm>> {
        let goal = self.attacks.ground.goal(goal)?;
        let (model, library) = (self.attacks.model, self.attacks.library);
        let backward = search::ahead(&self.net, goal).into_iter().map(|cost| (-cost).exp()).collect();
        Some(cut::Between { model, library, assessment, net: &self.net, goal, forward: &self.everywhere, backward })
    }

    fn told(&self, way: &[Hop]) -> Option<AttackPath> {
        path::told(&self.attacks.around, &self.net, self.id, way)
    }
}
