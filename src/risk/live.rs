//! An assessment that stays while the model changes.

mod scopes;

use super::aggregate::Sum;
use super::assessment::Assessment;
use super::crossings;
use super::decisions::current_key;
use super::engine::{Engine, Memo};
use super::finding::Finding;
use super::findings::Findings;
use super::pieces::{both, of_each};
use super::questions::QuestionBook;
use super::state::{Anchor, State};
use crate::library::Library;
use crate::model::{Date, Id, Key, ThreatModel};
use crate::progress::{Alone, Runner};
use scopes::Scopes;
use std::collections::{BTreeMap, BTreeSet};

/// The assessment of a model, brought up to date with as little work as a change allows: what rules read is derived
/// again, and rules are asked again only where something they read is different.
///
/// It is always what [`assess`](super::assess) says of the model.
pub struct LiveAssessment<'l> {
    engine: Engine<'l>,
    /// By element, flow and boundary.
    sums: [Vec<Sum>; 3],
    questions: QuestionBook,
    /// Anchors with a stale decision, whose words name other records.
    stale: BTreeSet<Anchor>,
    /// One for each hand.
    memos: Vec<Memo>,
    runner: &'l dyn Runner,
    assessment: Assessment,
}

fn place(anchor: Anchor) -> (usize, usize) {
    match anchor {
        Anchor::Node(n) => (0, n.position()),
        Anchor::Flow(f) => (1, f.position()),
        Anchor::Zone(z) => (2, z.position()),
    }
}

impl<'l> LiveAssessment<'l> {
    /// Assesses a model from scratch.
    pub fn new(model: &ThreatModel, library: &'l Library) -> LiveAssessment<'l> {
        LiveAssessment::of_day(model, library, None)
    }

    /// The same as of a day: acceptances that have ended by then are open again.
    pub fn of_day(model: &ThreatModel, library: &'l Library, today: Option<Date>) -> LiveAssessment<'l> {
        LiveAssessment::by(model, library, today, &Alone)
    }

    /// The same by several hands, whenever there is much to do. It does not depend on how many they are.
    pub fn by(model: &ThreatModel, library: &'l Library, today: Option<Date>, runner: &'l dyn Runner) -> LiveAssessment<'l> {
        let mut engine = Engine::new(model, library);
        engine.today = today;
        let mut live = LiveAssessment {
            engine,
            sums: Default::default(),
            questions: QuestionBook::default(),
            stale: BTreeSet::new(),
            memos: Vec::new(),
            runner,
            assessment: Assessment::default(),
        };
        live.judge_all(model);
        live
    }

    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    pub fn into_assessment(self) -> Assessment {
        self.assessment
    }

    fn judge_all(&mut self, model: &ThreatModel) {
        let engine = &self.engine;
        self.memos = (0..self.runner.width()).map(|_| engine.memo()).collect();
        let anchors: Vec<Anchor> = engine.state.anchors().collect();
        let judged = of_each(self.runner, &mut self.memos, &anchors, |anchor, memo| {
            let found = engine.judge(model, *anchor, |_| true, true, memo);
            (Sum::of(found.iter()), found)
        });
        self.assessment = Assessment::default();
        self.questions = QuestionBook::default();
        self.stale.clear();
        self.sums = engine.state.widths().map(|width| vec![Sum::default(); width]);
        let mut lists: Vec<(Id, Vec<Finding>)> = Vec::with_capacity(judged.len());
        for (anchor, (sum, found)) in anchors.into_iter().zip(judged) {
            let (kind, position) = place(anchor);
            if let Some(place) = self.sums.get_mut(kind).and_then(|sums| sums.get_mut(position)) {
                *place = sum;
            }
            if found.iter().any(|f| !f.stale.is_empty()) {
                self.stale.insert(anchor);
            }
            lists.push((engine.state.anchor_id(anchor).clone(), found));
        }
        let findings: Findings = lists.into_iter().collect();
        let (questions, assessment, sums) = (&mut self.questions, &mut self.assessment, &self.sums);
        let mut asked = Vec::new();
        both(
            self.runner,
            || asked = questions.of_all(findings.values()),
            || {
                assessment.totals.count(findings.values(), true);
                crossings::cross_all(&engine.state, assessment);
                sum_up(model, &engine.state, sums, &findings, Scopes::all(&engine.state), assessment);
            },
        );
        (self.assessment.questions, self.assessment.findings) = (asked, findings);
    }

    /// Follows the model through a change of the records with these keys. The model is sound before and after. Returns
    /// true when the assessment may be another now.
    pub fn follow<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key> + Clone) -> bool {
        let again = self.engine.follow(model, keys.clone());
        if again.all {
            self.judge_all(model);
            return true;
        }
        let mut anchors = again.anchors;
        let is_renamed = keys.clone().any(|key| !matches!(key, Key::Placement(_) | Key::Decision(_)));
        self.stale.retain(|anchor| self.engine.state.exists(*anchor));
        anchors.extend(self.stale.iter().filter(|_| is_renamed).map(|anchor| (*anchor, 0)));
        let decided = keys.clone().any(|key| matches!(key, Key::Decision(_)));
        if anchors.is_empty() && !again.touched.any && !decided {
            return false;
        }
        let mut scopes = Scopes::of(&again.touched);
        for (sums, width) in self.sums.iter_mut().zip(self.engine.state.widths()) {
            sums.resize(width, Sum::default());
        }
        for (anchor, id) in &again.touched.gone {
            let was = self.assessment.findings.take(id);
            self.forget(&was, &mut scopes);
            scopes.forget(*anchor);
            // The number may be another's by now, but then that is judged as well.
            self.put_sum(*anchor, Sum::default());
            match anchor {
                Anchor::Node(_) => drop(self.assessment.elements.remove(id)),
                Anchor::Flow(_) => {
                    self.assessment.flows.remove(id);
                    self.assessment.crossings.remove(id);
                }
                Anchor::Zone(_) => drop(self.assessment.boundaries.remove(id)),
            }
        }
        self.judge_again(model, anchors, &mut scopes);
        if !again.touched.crossings.is_empty() || !again.touched.gone.is_empty() {
            let went = again.touched.gone.iter().map(|(_, id)| id).collect::<Vec<_>>();
            crossings::cross(&self.engine.state, &again.touched.crossings, &went, &mut self.assessment);
        }
        let findings = std::mem::take(&mut self.assessment.findings);
        sum_up(model, &self.engine.state, &self.sums, &findings, scopes, &mut self.assessment);
        self.assessment.findings = findings;
        self.questions.update(&mut self.assessment.questions);
        true
    }

    /// Judges anchors again, each by the rules that read as far as what changed is away.
    fn judge_again(&mut self, model: &ThreatModel, anchors: BTreeMap<Anchor, u8>, scopes: &mut Scopes) {
        let (engine, findings) = (&self.engine, &self.assessment.findings);
        self.memos.iter_mut().for_each(|memo| memo.fronts.clear());
        let anchors: Vec<(Anchor, u8)> = anchors.into_iter().collect();
        let judged = of_each(self.runner, &mut self.memos, &anchors, |(anchor, distance), memo| {
            let (distance, is_whole) = (*distance, *distance <= 1);
            let reads = |n: usize| engine.asked.get(n).map_or(0, |a| a.reads);
            let wanted = |n: u16| is_whole || reads(usize::from(n)) >= distance;
            let mut found = engine.judge(model, *anchor, wanted, is_whole, memo);
            if !is_whole {
                let before = findings.at(engine.state.anchor_id(*anchor));
                found.extend(before.iter().filter(|f| engine.reads_of(&f.key.rule) < distance).cloned());
                found.sort_by(|a, b| a.key.rule.cmp(&b.key.rule));
            }
            found
        });
        for ((anchor, _), found) in anchors.into_iter().zip(judged) {
            scopes.anchor(&self.engine.state, anchor);
            self.replace(anchor, found, scopes);
        }
    }

    /// Puts what is found at an anchor now in the place of what was.
    fn replace(&mut self, anchor: Anchor, found: Vec<Finding>, scopes: &mut Scopes) {
        let id = self.engine.state.anchor_id(anchor).clone();
        if self.assessment.findings.at(&id) == found.as_slice() {
            return;
        }
        scopes.assets_of(&self.engine.state, &found);
        self.stale.remove(&anchor);
        if found.iter().any(|f| !f.stale.is_empty()) {
            self.stale.insert(anchor);
        }
        let sum = Sum::of(found.iter());
        let was = self.assessment.findings.take(&id);
        self.forget(&was, scopes);
        self.assessment.totals.count(&found, true);
        self.questions.add(&found);
        self.assessment.findings.replace(&id, found);
        self.put_sum(anchor, sum);
    }

    fn forget(&mut self, was: &[Finding], scopes: &mut Scopes) {
        scopes.assets_of(&self.engine.state, was);
        self.assessment.totals.count(was, false);
        self.questions.remove(was);
    }

    fn put_sum(&mut self, anchor: Anchor, sum: Sum) {
        let (kind, position) = place(anchor);
        if let Some(place) = self.sums.get_mut(kind).and_then(|sums| sums.get_mut(position)) {
            *place = sum;
        }
    }
}

/// Roll-ups, and what rests on all of them.
fn sum_up(
    model: &ThreatModel,
    state: &State<'_>,
    sums: &[Vec<Sum>; 3],
    findings: &Findings,
    scopes: Scopes,
    assessment: &mut Assessment,
) {
    scopes.roll_up(state, sums, findings, assessment);
    let sum = |anchor: Anchor| {
        let (kind, position) = place(anchor);
        sums.get(kind).and_then(|sums| sums.get(position))
    };
    assessment.totals.sum_up(state.anchors().filter_map(sum));
    let in_scope = state.nodes().filter(|n| state.node(*n).in_scope).count();
    assessment.totals.density = if in_scope == 0 { 0.0 } else { assessment.totals.risk.load / in_scope as f64 };
    assessment.totals.attack_surface = assessment.entry_points.iter().map(|e| u32::from(e.difference())).sum();
    let known = |key| findings.contains_key(&current_key(state.library, key));
    assessment.dormant = model.decisions.keys().filter(|key| !known(key)).cloned().collect();
}
