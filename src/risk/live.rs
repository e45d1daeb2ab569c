//! An assessment that stays while the model changes.

mod found;
mod scopes;

use super::assessment::Assessment;
use super::crossings;
use super::decisions::current_key;
use super::engine::{Ask, Engine, Memo};
use super::explain::{Explanation, explain};
use super::finding::Finding;
use super::findings::Findings;
use super::pieces::{both, of_each};
use super::questions::QuestionBook;
use super::state::{Anchor, State};
use crate::library::Library;
use crate::model::{Date, Id, Key, ThreatKey, ThreatModel, Trail};
use crate::progress::{Alone, Runner};
use found::{AtAnchor, Found};
use scopes::Scopes;
use std::collections::{BTreeMap, BTreeSet};

/// The assessment of a model, brought up to date with as little work as a change allows: what rules read is derived
/// again, and rules are asked again only where something they read is different.
///
/// It is always what [`assess`](super::assess) says of the model.
pub struct LiveAssessment<'l> {
    engine: Engine<'l>,
    found: Found,
    questions: QuestionBook,
    /// Anchors with a stale decision, whose words name other records.
    stale: BTreeSet<Anchor>,
    /// One for each hand.
    memos: Vec<Memo>,
    runner: &'l dyn Runner,
    assessment: Assessment,
    /// Elements, flows and boundaries whose risk or crossing was told anew, and those with other findings than before.
    trail: Trail,
    refound: Trail,
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
            found: Found::default(),
            questions: QuestionBook::default(),
            stale: BTreeSet::new(),
            memos: Vec::new(),
            runner,
            assessment: Assessment::default(),
            trail: Trail::default(),
            refound: Trail::default(),
        };
        live.judge_all(model);
        live
    }

    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Where something may be other than before, as it went: elements, flows and boundaries.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// Elements, flows and boundaries with other findings, as they came about.
    pub fn refound(&self) -> &Trail {
        &self.refound
    }

    pub fn into_assessment(self) -> Assessment {
        self.assessment
    }

    /// Why a finding is rated as it is; `None` when there is no such finding. `model` is the one last followed.
    pub fn explain(&self, model: &ThreatModel, key: &ThreatKey) -> Option<Explanation> {
        explain(&self.engine, model, key)
    }

    fn judge_all(&mut self, model: &ThreatModel) {
        let engine = &self.engine;
        self.memos = (0..self.runner.width()).map(|_| engine.memo()).collect();
        let anchors: Vec<Anchor> = engine.state.anchors().collect();
        let judged = of_each(self.runner, &mut self.memos, &anchors, |anchor, memo| {
            let found = engine.judge(model, *anchor, Ask::ALL, memo);
            (AtAnchor::of(&engine.state, *anchor, &found), found)
        });
        self.trail.begin_anew();
        self.refound.begin_anew();
        self.assessment = Assessment::default();
        self.questions = QuestionBook::default();
        self.stale.clear();
        self.found = Found::default();
        self.found.widen(engine.state.widths());
        let mut lists: Vec<(Id, Vec<Finding>)> = Vec::with_capacity(judged.len());
        for (anchor, (sum, found)) in anchors.into_iter().zip(judged) {
            self.found.put(anchor, sum);
            if found.iter().any(|f| !f.stale.is_empty()) {
                self.stale.insert(anchor);
            }
            lists.push((engine.state.anchor_id(anchor).clone(), found));
        }
        let findings: Findings = lists.into_iter().collect();
        let (questions, assessment, sums) = (&mut self.questions, &mut self.assessment, &mut self.found);
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
        anchors.extend(self.stale.iter().filter(|_| is_renamed).map(|anchor| (*anchor, Ask::ALL)));
        let decided = keys.clone().any(|key| matches!(key, Key::Decision(_)));
        if anchors.is_empty() && !again.touched.any && !decided {
            return false;
        }
        let mut scopes = Scopes::of(&again.touched);
        self.found.widen(self.engine.state.widths());
        for (anchor, id) in &again.touched.gone {
            let was = self.assessment.findings.take(id);
            self.forget(&was, &mut scopes);
            self.refound.note(id);
            scopes.forget(*anchor);
            // The number may be another's by now, but then that is judged as well.
            self.found.put(*anchor, AtAnchor::default());
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
        let (state, crossings) = (&self.engine.state, again.touched.crossings.iter().map(|f| Anchor::Flow(*f)));
        scopes.anchors().chain(crossings).for_each(|anchor| self.trail.note(state.anchor_id(anchor)));
        again.touched.gone.iter().for_each(|(_, id)| self.trail.note(id));
        let findings = std::mem::take(&mut self.assessment.findings);
        sum_up(model, &self.engine.state, &mut self.found, &findings, scopes, &mut self.assessment);
        self.assessment.findings = findings;
        self.questions.update(&mut self.assessment.questions);
        true
    }

    /// Judges anchors again, each by the rules that read what changed.
    fn judge_again(&mut self, model: &ThreatModel, anchors: BTreeMap<Anchor, Ask>, scopes: &mut Scopes) {
        let engine = &self.engine;
        self.memos.iter_mut().for_each(|memo| memo.fronts.clear());
        let anchors: Vec<(Anchor, Ask)> = anchors.into_iter().collect();
        let judged =
            of_each(self.runner, &mut self.memos, &anchors, |(anchor, ask), memo| engine.judge(model, *anchor, *ask, memo));
        for ((anchor, ask), found) in anchors.into_iter().zip(judged) {
            scopes.anchor(&self.engine.state, anchor);
            self.replace(anchor, ask, found, scopes);
        }
    }

    /// Puts what was asked for again at an anchor in the place of what was found there before; the rest stays.
    fn replace(&mut self, anchor: Anchor, ask: Ask, found: Vec<Finding>, scopes: &mut Scopes) {
        let engine = &self.engine;
        let id = engine.state.anchor_id(anchor).clone();
        let before = self.assessment.findings.at(&id);
        if before.iter().filter(|f| engine.is_asked_again(ask, f)).eq(&found) {
            // Maybe other assets are handled there than before.
            if ask.is_whole() {
                self.found.put(anchor, AtAnchor::of(&engine.state, anchor, before));
            }
            return;
        }
        self.refound.note(&id);
        let (mut was, mut all): (Vec<_>, Vec<_>) =
            self.assessment.findings.take(&id).into_iter().partition(|f| engine.is_asked_again(ask, f));
        let mut new = Vec::new();
        for finding in found {
            match was.iter().position(|f| *f == finding) {
                Some(same) => all.push(was.swap_remove(same)),
                None => new.push(finding),
            }
        }
        scopes.assets_of(&engine.state, &new);
        self.forget(&was, scopes);
        self.assessment.totals.count(&new, true);
        self.questions.add(&new);
        all.extend(new);
        all.sort_by(|a, b| a.key.rule.cmp(&b.key.rule));
        self.stale.remove(&anchor);
        if all.iter().any(|f| !f.stale.is_empty()) {
            self.stale.insert(anchor);
        }
        let at = AtAnchor::of(&self.engine.state, anchor, &all);
        self.found.put(anchor, at);
        self.assessment.findings.replace(&id, all);
    }

    fn forget(&mut self, was: &[Finding], scopes: &mut Scopes) {
        scopes.assets_of(&self.engine.state, was);
        self.assessment.totals.count(was, false);
        self.questions.remove(was);
    }
}

/// Roll-ups, and what rests on all of them.
fn sum_up(
    model: &ThreatModel,
    state: &State<'_>,
    found: &mut Found,
    findings: &Findings,
    scopes: Scopes,
    assessment: &mut Assessment,
) {
    scopes.roll_up(state, found, assessment);
    found.total(state.anchors(), &mut assessment.totals);
    let in_scope = state.nodes().filter(|n| state.node(*n).in_scope).count();
    assessment.totals.density = if in_scope == 0 { 0.0 } else { assessment.totals.risk.load / in_scope as f64 };
    assessment.totals.attack_surface = assessment.entry_points.iter().map(|e| u32::from(e.difference())).sum();
    let known = |key| findings.contains_key(&current_key(state.library, key));
    assessment.dormant = model.decisions.keys().filter(|key| !known(key)).cloned().collect();
}
