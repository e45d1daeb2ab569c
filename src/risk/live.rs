//! An assessment that stays while the model changes.

mod scopes;

use super::aggregate::Sum;
use super::assessment::Assessment;
use super::crossings;
use super::decisions::current_key;
use super::engine::{Engine, Memo};
use super::finding::Finding;
use super::questions::QuestionBook;
use super::state::Anchor;
use crate::library::Library;
use crate::model::{Date, Id, Key, ThreatModel};
use scopes::Scopes;
use std::collections::BTreeSet;

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
    memo: Memo,
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
        let mut engine = Engine::new(model, library);
        engine.today = today;
        let mut live = LiveAssessment {
            engine,
            sums: Default::default(),
            questions: QuestionBook::default(),
            stale: BTreeSet::new(),
            memo: Memo::default(),
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
        self.memo = engine.memo();
        let mut lists: Vec<(Id, Vec<Finding>)> = Vec::new();
        self.assessment = Assessment::default();
        self.questions = QuestionBook::default();
        self.stale.clear();
        self.sums = engine.state.widths().map(|width| vec![Sum::default(); width]);
        for anchor in engine.state.anchors() {
            let found = engine.judge(model, anchor, |_| true, true, &mut self.memo);
            let (kind, position) = place(anchor);
            if let Some(sum) = self.sums.get_mut(kind).and_then(|sums| sums.get_mut(position)) {
                *sum = Sum::of(found.iter());
            }
            if found.iter().any(|f| !f.stale.is_empty()) {
                self.stale.insert(anchor);
            }
            self.assessment.totals.count(&found, true);
            self.questions.add(&found);
            lists.push((engine.state.anchor_id(anchor).clone(), found));
        }
        self.assessment.findings = lists.into_iter().collect();
        crossings::cross(&engine.state, engine.state.flows(), &mut self.assessment);
        let scopes = Scopes::all(&engine.state);
        self.bring_up_to_date(model, scopes);
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
        self.memo.fronts.clear();
        for (anchor, distance) in anchors {
            self.judge_again(model, anchor, distance, &mut scopes);
        }
        if !again.touched.crossings.is_empty() || !again.touched.gone.is_empty() {
            crossings::cross(&self.engine.state, again.touched.crossings.iter().copied(), &mut self.assessment);
        }
        self.bring_up_to_date(model, scopes);
        true
    }

    fn judge_again(&mut self, model: &ThreatModel, anchor: Anchor, distance: u8, scopes: &mut Scopes) {
        let engine = &self.engine;
        let id = engine.state.anchor_id(anchor);
        let is_whole = distance <= 1;
        let reads = |n: usize| engine.asked.get(n).map_or(0, |a| a.reads);
        let wanted = |n: u16| is_whole || reads(usize::from(n)) >= distance;
        let mut found = engine.judge(model, anchor, wanted, is_whole, &mut self.memo);
        if !is_whole {
            let kept = self.assessment.findings.at(id).iter().filter(|f| engine.reads_of(&f.key.rule) < distance);
            found.extend(kept.cloned());
            found.sort_by(|a, b| a.key.rule.cmp(&b.key.rule));
        }
        scopes.anchor(&engine.state, anchor);
        if self.assessment.findings.at(id) == found.as_slice() {
            return;
        }
        scopes.assets_of(&engine.state, &found);
        self.stale.remove(&anchor);
        if found.iter().any(|f| !f.stale.is_empty()) {
            self.stale.insert(anchor);
        }
        let sum = Sum::of(found.iter());
        let id = id.clone();
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

    /// Roll-ups, questions and what rests on all of it.
    fn bring_up_to_date(&mut self, model: &ThreatModel, scopes: Scopes) {
        let state = &self.engine.state;
        scopes.roll_up(state, &self.sums, &mut self.assessment);
        let sum = |anchor: Anchor| {
            let (kind, position) = place(anchor);
            self.sums.get(kind).and_then(|sums| sums.get(position))
        };
        let assessment = &mut self.assessment;
        assessment.totals.sum_up(state.anchors().filter_map(sum));
        let in_scope = state.nodes().filter(|n| state.node(*n).in_scope).count();
        assessment.totals.density = if in_scope == 0 { 0.0 } else { assessment.totals.risk.load / in_scope as f64 };
        assessment.totals.attack_surface = assessment.entry_points.iter().map(|e| u32::from(e.difference())).sum();
        self.questions.update(&mut assessment.questions);
        let known = |key| assessment.findings.contains_key(&current_key(state.library, key));
        assessment.dormant = model.decisions.keys().filter(|key| !known(key)).cloned().collect();
    }
}
