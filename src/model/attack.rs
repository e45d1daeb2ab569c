//! How people think an attack goes: trees of steps, and scenarios that tie steps over several elements.

use super::{Id, ThreatKey, Visibility};
use serde::{Deserialize, Serialize};

/// Levels of an attack tree: more than anybody reads.
pub const MAX_TREE_DEPTH: usize = 24;

closed_enum! {
    /// How the steps below one belong together (Schneier 1999; SAND: Jhawar et al. 2015).
    #[derive(Default)]
    Gate {
        /// Any one of them is enough.
        #[default]
        Or => "any of",
        /// All of them, in any order.
        And => "all of",
        /// All of them, one after the other.
        Sand => "in order",
    }
}

record! {
    /// A goal of an attacker and the ways to it.
    pub struct AttackTree {
        pub description: String,
        /// Whose attack it is: threats are as likely as for this agent, or, without one, as for whoever they are likeliest for.
        pub agent: Option<Id>,
        pub root: TreeStep,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// A step of an attack tree; a leaf when it has no steps below it.
    pub struct TreeStep {
        pub name: String,
        pub gate: Gate = Gate::Or,
        pub steps: Vec<TreeStep>,
        /// The threat a leaf stands for: its likelihood today and the skill it needs are the leaf's.
        pub threat: Option<ThreatKey>,
        /// Probability a year of a leaf without a threat, 0 to 1; over that of a threat when given.
        pub p: Option<f64>,
        /// Part of the threat's likelihood that counts, 0 to 1: by this route, for what it harms here. All of it when not given.
        pub share: Option<f64>,
        /// What it costs the attacker, in any unit that is used throughout.
        pub cost: Option<f64>,
        /// Skill the attacker needs, 1 to 5.
        pub skill: Option<u8>,
    }
}

record! {
    /// A named attack: steps at several elements that together reach something.
    pub struct AttackScenario {
        pub name: String,
        pub description: String,
        /// Who carries it out.
        pub agent: Option<Id>,
        /// In the order they are taken.
        pub steps: Vec<ScenarioStep>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// One step of a scenario.
    pub struct ScenarioStep {
        pub text: String,
        /// The element, flow or boundary it happens at.
        pub at: Option<Id>,
        pub threat: Option<ThreatKey>,
        /// Probability a year of a step without a threat, 0 to 1; certain when not given.
        pub p: Option<f64>,
        /// Part of the threat's likelihood that counts, as in trees.
        pub share: Option<f64>,
    }
}

impl TreeStep {
    /// A leaf for a threat.
    pub fn of_threat(name: impl Into<String>, threat: ThreatKey) -> TreeStep {
        TreeStep { name: name.into(), threat: Some(threat), ..TreeStep::default() }
    }

    /// A step with others below it.
    pub fn of(name: impl Into<String>, gate: Gate, steps: Vec<TreeStep>) -> TreeStep {
        TreeStep { name: name.into(), gate, steps, ..TreeStep::default() }
    }

    pub fn is_leaf(&self) -> bool {
        self.steps.is_empty()
    }

    /// Levels of it, itself included.
    pub fn depth(&self) -> usize {
        1 + self.steps.iter().map(TreeStep::depth).max().unwrap_or_default()
    }

    /// Calls `each` with every step, those above before those below.
    pub fn each_mut(&mut self, each: &mut dyn FnMut(&mut TreeStep)) {
        each(self);
        self.steps.iter_mut().for_each(|step| step.each_mut(each));
    }

    /// Every step, those above before those below.
    pub fn all(&self) -> Vec<&TreeStep> {
        let mut out = vec![self];
        out.extend(self.steps.iter().flat_map(TreeStep::all));
        out
    }

    /// The step at a place: which of the steps below, level by level.
    pub fn at(&self, place: &[usize]) -> Option<&TreeStep> {
        match place {
            [] => Some(self),
            [first, rest @ ..] => self.steps.get(*first)?.at(rest),
        }
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, place: &[usize]) -> Option<&mut TreeStep> {
        match place {
            [] => Some(self),
            [first, rest @ ..] => self.steps.get_mut(*first)?.at_mut(rest),
        }
    }

    /// The first number that is not allowed.
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        if self.depth() > MAX_TREE_DEPTH {
            return Some("depth");
        }
        self.all().into_iter().find_map(|step| {
            let p = step.p.is_some_and(|p| !(0.0..=1.0).contains(&p)).then_some("probability");
            let p = p.or(step.share.is_some_and(|share| !(0.0..=1.0).contains(&share)).then_some("share"));
            let cost = step.cost.is_some_and(|cost| !(cost.is_finite() && cost >= 0.0)).then_some("cost");
            p.or(cost).or(step.skill.is_some_and(|skill| !(1..=5).contains(&skill)).then_some("skill"))
        })
    }

    /// Moves every number into its range and leaves out what is too deep.
    pub(super) fn put_right(&mut self, levels: usize) {
        let number = |v: f64, most: f64| if v.is_nan() { 0.0 } else { v.clamp(0.0, most) };
        self.p = self.p.map(|p| number(p, 1.0));
        self.share = self.share.map(|share| number(share, 1.0));
        self.cost = self.cost.map(|cost| number(cost, f64::MAX));
        self.skill = self.skill.map(|skill| skill.clamp(1, 5));
        if levels <= 1 {
            self.steps.clear();
        }
        self.steps.iter_mut().for_each(|step| step.put_right(levels - 1));
    }
}

impl AttackTree {
    /// Moves every number into its range and leaves out what is too deep.
    pub(super) fn put_right(&mut self) {
        self.root.put_right(MAX_TREE_DEPTH);
    }
}

impl AttackScenario {
    /// The first number that is not allowed.
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        let is_off = |value: Option<f64>| value.is_some_and(|value| !(0.0..=1.0).contains(&value));
        self.steps.iter().find_map(|step| is_off(step.p).then_some("probability").or(is_off(step.share).then_some("share")))
    }

    /// Moves every number into its range.
    pub(super) fn put_right(&mut self) {
        let within = |value: f64| if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        for step in &mut self.steps {
            (step.p, step.share) = (step.p.map(within), step.share.map(within));
        }
    }
}
