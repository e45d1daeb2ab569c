//! The next best controls, and a roadmap of them within a budget.

use super::candidates::{Candidate, candidates, scratch_id};
use super::person_days;
use crate::library::Library;
use crate::model::{ControlInstance, ControlStatus, Date, Evidence, EvidenceLevel, Id, Key, Site, ThreatKey, ThreatModel};
use crate::progress::Progress;
use crate::risk::{Assessment, LiveAssessment};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What a roadmap is to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// Steps at most.
    pub steps: usize,
    /// Person-days at most; `None` for as many as it takes.
    pub budget: Option<f64>,
    /// Appetite: threats up to this score (0 to 100) are left alone.
    pub above: f64,
    /// Whether several controls may be one step where they help only together.
    pub bundles: bool,
    /// The day acceptances are judged on; without one they hold as decided.
    pub on: Option<Date>,
}

impl Default for Aim {
    fn default() -> Aim {
        Aim { steps: 12, budget: None, above: 0.0, bundles: true, on: None }
    }
}

/// Controls in the order in which they pay off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roadmap {
    pub steps: Vec<Step>,
    /// Φ at the start.
    pub phi: f64,
    /// Peak and load at the start.
    pub peak: f64,
    pub load: f64,
    /// The single step that gains most, whatever it costs, to compare with.
    pub best: Option<Step>,
}

/// One step with what it does on top of those before.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Controls with their places; more than one is a bundle.
    pub controls: Vec<(String, Site)>,
    /// Person-days.
    pub days: f64,
    /// Φ, peak and load afterwards.
    pub phi: f64,
    pub peak: f64,
    pub load: f64,
    /// Threats it eases, with the points it takes off, most first.
    pub eases: Vec<(ThreatKey, f64)>,
}

/// Searches the next best controls. `None` when cancelled.
pub fn roadmap(model: &ThreatModel, library: &Library, aim: &Aim, progress: &dyn Progress) -> Option<Roadmap> {
    let mut search = Search::new(model, library, aim);
    let start = search.live.assessment();
    let list = candidates(model, library, start, aim);
    let mut found = Roadmap { phi: search.phi, peak: start.totals.risk.peak, load: start.totals.risk.load, ..Roadmap::default() };
    let mut queue: BinaryHeap<Entry> = BinaryHeap::new();
    let mut most: Option<(f64, usize)> = None;
    for (n, candidate) in list.iter().enumerate() {
        if progress.cancelled() {
            return None;
        }
        progress.report(n as f32 / list.len().max(1) as f32, "Trying controls");
        let gain = search.phi - search.try_out(candidate);
        if most.is_none_or(|(best, _)| gain > best) {
            most = Some((gain, n));
        }
        queue.push(Entry { worth: rate(gain, search.days(candidate)), n: Reverse(n), round: 0 });
    }
    let mut spent = 0.0;
    while let Some(entry) = queue.pop() {
        let Some(candidate) = list.get(entry.n.0) else { continue };
        if progress.cancelled() {
            return None;
        }
        if found.steps.len() == aim.steps || entry.worth <= 0 {
            break;
        }
        let days = search.days(candidate);
        if aim.budget.is_some_and(|budget| spent + days > budget) {
            continue;
        }
        // What was gained earlier may be less by now; only the latest figure counts.
        if entry.round < found.steps.len() {
            let gain = search.phi - search.try_out(candidate);
            queue.push(Entry { worth: rate(gain, days), n: entry.n, round: found.steps.len() });
            continue;
        }
        spent += days;
        let step = search.take(candidate);
        found.steps.push(step);
    }
    found.best = most
        .filter(|(gain, _)| *gain > 0.0)
        .and_then(|(_, n)| list.get(n))
        .map(|candidate| Search::new(model, library, aim).take(candidate));
    Some(found)
}

/// Gain per person-day in billionths, so that candidates that are worth the same stay in their order.
fn rate(gain: f64, days: f64) -> i64 {
    (gain / days * 1e9).round() as i64
}

/// A candidate with its gain per person-day when it was last tried. The worthiest comes first, among equals the first of the
/// list.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    worth: i64,
    n: Reverse<usize>,
    round: usize,
}

/// The model with what was taken so far, and its assessment.
struct Search<'l> {
    model: ThreatModel,
    live: LiveAssessment<'l>,
    library: &'l Library,
    above: f64,
    /// Without what is only tried.
    phi: f64,
    taken: usize,
    /// Controls in place that are only tried.
    tried: usize,
    /// The ids they get, those taken first.
    ids: Vec<Id>,
}

impl<'l> Search<'l> {
    fn new(model: &ThreatModel, library: &'l Library, aim: &Aim) -> Search<'l> {
        let live = LiveAssessment::of_day(model, library, aim.on);
        let phi = phi(live.assessment(), aim.above);
        Search { model: model.clone(), live, library, above: aim.above, phi, taken: 0, tried: 0, ids: Vec::new() }
    }

    fn days(&self, candidate: &Candidate) -> f64 {
        let definitions = candidate.iter().filter_map(|(control, _)| self.library.control(&self.model, control));
        definitions.map(|definition| person_days(self.library, definition, None)).sum::<f64>().max(0.1)
    }

    /// Φ with the candidate in place, and nothing else that was tried.
    fn try_out(&mut self, candidate: &Candidate) -> f64 {
        self.put(candidate);
        phi(self.live.assessment(), self.above)
    }

    /// Puts the candidate in place for good.
    fn take(&mut self, candidate: &Candidate) -> Step {
        let scores = |a: &Assessment| -> BTreeMap<ThreatKey, f64> {
            a.findings.values().filter(|f| f.counts()).map(|f| (f.key.clone(), f.current.score)).collect()
        };
        self.put(&[]);
        let before = scores(self.live.assessment());
        self.put(candidate);
        self.taken += std::mem::take(&mut self.tried);
        let after = self.live.assessment();
        self.phi = phi(after, self.above);
        let eased = scores(after).into_iter().filter_map(|(key, score)| {
            let by = before.get(&key)? - score;
            (by >= 0.05).then_some((key, by))
        });
        let mut eases: Vec<(ThreatKey, f64)> = eased.collect();
        eases.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let risk = &after.totals.risk;
        let (peak, load) = (risk.peak, risk.load);
        Step { controls: candidate.clone(), days: self.days(candidate), phi: self.phi, peak, load, eases }
    }

    /// Tries a candidate in the place of the one before; the assessment follows both in one go.
    fn put(&mut self, candidate: &[(String, Site)]) {
        let keys: Vec<Key> = (0..candidate.len().max(self.tried)).map(|n| Key::Instance(self.id(self.taken + n))).collect();
        for (n, key) in keys.iter().enumerate() {
            self.model.put(key, candidate.get(n).map(|(control, site)| done(control, site).into()));
        }
        self.tried = candidate.len();
        self.live.follow(&self.model, keys.iter());
    }

    /// The id of the n-th control.
    fn id(&mut self, n: usize) -> Id {
        while self.ids.len() <= n {
            self.ids.push(scratch_id(&self.model, self.ids.len()));
        }
        self.ids.get(n).cloned().unwrap_or_else(|| scratch_id(&self.model, n))
    }
}

/// A planned control.
fn planned(control: &str, site: &Site) -> ControlInstance {
    let at = [site.clone()].into();
    ControlInstance { control: control.to_owned(), at, status: ControlStatus::Planned, ..ControlInstance::default() }
}

/// A control carried out and reviewed: what people may expect of it.
fn done(control: &str, site: &Site) -> ControlInstance {
    let evidence = Evidence { level: EvidenceLevel::Reviewed, ..Evidence::default() };
    ControlInstance { status: ControlStatus::Implemented, evidence, ..planned(control, site) }
}

/// Σ r²/100 over the threats that count and lie above the appetite.
fn phi(assessment: &Assessment, above: f64) -> f64 {
    let counting = assessment.findings.values().filter(|f| f.counts());
    counting.map(|f| f.current.score).filter(|r| *r > above).map(|r| r * r / 100.0).sum()
}

impl Step {
    /// The planned controls of the step, to be put under fresh ids.
    pub fn plans(&self) -> impl Iterator<Item = ControlInstance> + '_ {
        self.controls.iter().map(|(control, site)| planned(control, site))
    }

    /// The controls of the step carried out and reviewed, to be put under fresh ids.
    pub fn carried_out(&self) -> impl Iterator<Item = ControlInstance> + '_ {
        self.controls.iter().map(|(control, site)| done(control, site))
    }

    /// Elements, flows and boundaries it is carried out at.
    pub fn places(&self) -> impl Iterator<Item = &Id> {
        self.controls.iter().filter_map(|(_, site)| match site {
            Site::Model => None,
            Site::At(id) => Some(id),
        })
    }
}
