//! What rows and cells are read from.

use super::cell::Cell;
use super::{Column, Register};
use crate::library::Library;
use crate::methods::{Rated, Rater};
use crate::model::{ControlStatus, Date, Id, Key, Method, Site, ThreatKey, ThreatModel};
use crate::risk::{Assessment, Coverages, Explainer, Finding, Question, Unanswered};
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row of a register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    Threat(ThreatKey),
    Record(Key),
    /// A control that protocols and authentication bring along, and at how many flows it helps.
    Implied(String, usize),
    /// What nobody stated yet and decides threats.
    Question(Unanswered),
}

/// A model and its assessment, with what is looked up often found once.
pub struct Facts<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    pub assessment: &'a Assessment,
    pub today: Date,
    /// The name of whoever works here; empty while nobody said.
    pub author: &'a str,
    /// What is selected on the canvas.
    pub selected: &'a BTreeSet<Id>,
    coverages: OnceCell<Coverages<'a>>,
    explainer: OnceCell<Explainer<'a>>,
    held: OnceCell<BTreeMap<Id, Vec<Id>>>,
    decides: OnceCell<BTreeMap<Id, Vec<ThreatKey>>>,
    undecided: OnceCell<BTreeMap<Id, usize>>,
    at_assets: OnceCell<BTreeMap<Id, Vec<ThreatKey>>>,
    rater: OnceCell<Rater<'a>>,
    /// Ratings are worked out elsewhere: those there are.
    ratings: Option<&'a BTreeMap<ThreatKey, Rated>>,
    waits_for_ratings: bool,
    asked: OnceCell<HashMap<&'a Unanswered, &'a Question>>,
}

impl<'a> Facts<'a> {
    pub fn new(
        model: &'a ThreatModel,
        library: &'a Library,
        assessment: &'a Assessment,
        today: Date,
        author: &'a str,
        selected: &'a BTreeSet<Id>,
    ) -> Facts<'a> {
        Facts {
            model,
            library,
            assessment,
            today,
            author: author.trim(),
            selected,
            coverages: OnceCell::new(),
            explainer: OnceCell::new(),
            held: OnceCell::new(),
            decides: OnceCell::new(),
            undecided: OnceCell::new(),
            at_assets: OnceCell::new(),
            rater: OnceCell::new(),
            ratings: None,
            waits_for_ratings: false,
            asked: OnceCell::new(),
        }
    }

    /// The same with ratings by the method of the model taken from elsewhere; none while there are none.
    pub fn with_ratings(self, ratings: Option<&'a BTreeMap<ThreatKey, Rated>>) -> Facts<'a> {
        Facts { ratings, waits_for_ratings: ratings.is_none(), ..self }
    }

    /// Every row of a register, the most pressing first.
    pub fn rows(&self, register: Register) -> Vec<Row> {
        let m = self.model;
        match register {
            Register::Threats => self.threats().map(|finding| Row::Threat(finding.key.clone())).collect(),
            Register::Controls => self.controls(),
            Register::Vulnerabilities => records(m.vulnerabilities.keys(), Key::Vulnerability, |id| {
                let v = m.vulnerabilities.get(id);
                (v.is_some_and(|v| v.status == crate::model::VulnerabilityStatus::Fixed), self.worst_of(id))
            }),
            Register::Agents => records(m.agents.keys(), Key::Agent, |id| {
                (m.agents.get(id).is_some_and(|a| !a.active), negative(self.decides(id).len() as f64))
            }),
            Register::Elements => records(m.elements.keys(), Key::Element, |id| self.peak(id)),
            Register::Flows => records(m.flows.keys(), Key::Flow, |id| self.peak(id)),
            Register::Boundaries => records(m.boundaries.keys(), Key::Boundary, |id| {
                negative(self.assessment.boundaries.get(id).map_or(0.0, |b| b.risk.peak))
            }),
            Register::Assets => {
                records(m.assets.keys(), Key::Asset, |id| negative(self.assessment.assets.get(id).map_or(0.0, |risk| risk.peak)))
            }
            Register::Assumptions => records(m.assumptions.keys(), Key::Assumption, |id| m.assumptions.get(id).map(|a| a.status)),
            Register::People => records(m.people.keys(), Key::Person, |id| m.people.get(id).map(|p| p.name.to_lowercase())),
            Register::Questions => self.assessment.questions.iter().map(|q| Row::Question(q.about.clone())).collect(),
            Register::Notes => records(m.notes.keys(), Key::Note, |id| m.notes.get(id).map(|n| n.text.to_lowercase())),
        }
    }

    /// What the method the model rates its threats by says of one.
    pub(super) fn rated(&self, threat: &ThreatKey) -> Option<Rated> {
        match self.ratings {
            Some(ratings) => ratings.get(threat).cloned(),
            None if self.waits_for_ratings => None,
            None => self.rater.get_or_init(|| Rater::new(self.model, self.library, self.assessment)).rated(threat),
        }
    }

    /// With their scores beside them and in the order of places: so tens of thousands are sorted in no time. A model that
    /// rates by another method has them in the order of that.
    pub(super) fn threats(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let score = |f: &Finding| match self.rates_by_another() {
            true => self.rated(&f.key).map_or(0.0, |rated| rated.score),
            false => f.current.score,
        };
        let mut all: Vec<(f64, &'a Finding)> = self.assessment.findings.values().map(|f| (score(f), f)).collect();
        all.sort_by(|(a_score, a), (b_score, b)| b_score.total_cmp(a_score).then_with(|| by_kind(a, b)));
        all.into_iter().map(|(_, finding)| finding)
    }

    /// Whether threats are in the order of another method than that of the assessment.
    pub(super) fn rates_by_another(&self) -> bool {
        self.model.info.rating.method != Method::LikelihoodImpact && !self.waits_for_ratings
    }

    /// Instances by status, those to be worked on first; then what is implied.
    fn controls(&self) -> Vec<Row> {
        let mut instances: Vec<_> = self.model.instances.iter().collect();
        instances.sort_by_cached_key(|(id, i)| {
            let name = self.control_name(&i.control).to_owned();
            (i.status == ControlStatus::Retired, i.status, i.due.is_none(), i.due, name, (*id).clone())
        });
        let mut implied: BTreeMap<&str, BTreeSet<&Site>> = BTreeMap::new();
        let uses = self.assessment.findings.values().flat_map(|f| &f.controls).filter(|used| used.instance.is_none());
        for used in uses {
            implied.entry(&used.control).or_default().insert(&used.site);
        }
        let instances = instances.into_iter().map(|(id, _)| Row::Record(Key::Instance(id.clone())));
        instances.chain(implied.into_iter().map(|(c, sites)| Row::Implied(c.to_owned(), sites.len()))).collect()
    }

    fn peak(&self, id: &Id) -> i64 {
        negative(self.assessment.rollup_at(id).map_or(0.0, |risk| risk.peak))
    }

    fn worst_of(&self, vulnerability: &Id) -> i64 {
        let threats = self.model.vulnerabilities.get(vulnerability).map(|v| &v.threats);
        let scores = threats.into_iter().flatten().filter_map(|key| self.finding(key)).map(|f| f.current.score);
        negative(scores.fold(0.0, f64::max))
    }

    /// What a row says in a column.
    pub fn cell(&self, row: &Row, column: Column) -> Cell {
        let m = self.model;
        match row {
            Row::Threat(key) => self.finding(key).map_or(Cell::Nothing, |finding| self.threat_cell(finding, column)),
            Row::Implied(control, flows) => self.implied_cell(control, *flows, column),
            Row::Question(about) => self.question_cell(about, column),
            Row::Record(Key::Note(id)) => m.notes.get(id).map_or(Cell::Nothing, |n| self.note_cell(id, n, column)),
            Row::Record(Key::Instance(id)) => m.instances.get(id).map_or(Cell::Nothing, |i| self.control_cell(i, column)),
            Row::Record(Key::Vulnerability(id)) => {
                m.vulnerabilities.get(id).map_or(Cell::Nothing, |v| self.vulnerability_cell(v, column))
            }
            Row::Record(Key::Agent(id)) => m.agents.get(id).map_or(Cell::Nothing, |a| self.agent_cell(id, a, column)),
            Row::Record(Key::Element(id)) => m.elements.get(id).map_or(Cell::Nothing, |e| self.element_cell(id, e, column)),
            Row::Record(Key::Flow(id)) => m.flows.get(id).map_or(Cell::Nothing, |f| self.flow_cell(id, f, column)),
            Row::Record(Key::Boundary(id)) => m.boundaries.get(id).map_or(Cell::Nothing, |b| self.boundary_cell(id, b, column)),
            Row::Record(Key::Asset(id)) => m.assets.get(id).map_or(Cell::Nothing, |a| self.asset_cell(id, a, column)),
            Row::Record(Key::Assumption(id)) => m.assumptions.get(id).map_or(Cell::Nothing, |a| self.assumption_cell(a, column)),
            Row::Record(Key::Person(id)) => m.people.get(id).map_or(Cell::Nothing, |p| self.person_cell(id, p, column)),
            Row::Record(_) => Cell::Nothing,
        }
    }

    /// What a row says in these columns, a line each, in small letters.
    pub(super) fn searched(&self, row: &Row, columns: &[Column]) -> String {
        // Looked for once, not for every column.
        let finding = if let Row::Threat(key) = row { self.finding(key) } else { None };
        let cell = |column: Column| finding.map_or_else(|| self.cell(row, column), |finding| self.threat_cell(finding, column));
        let mut text = String::new();
        for column in columns {
            text.push_str(&cell(*column).words());
            text.push('\n');
        }
        text.to_lowercase()
    }

    /// Where on the diagrams a row is.
    pub fn places(&self, row: &Row) -> Vec<Id> {
        let m = self.model;
        let drawn = |id: &&Id| m.item_key(id).is_some();
        match row {
            Row::Threat(key) => vec![key.anchor.clone()],
            Row::Implied(..) => Vec::new(),
            Row::Question(about) => about.subject().into_iter().filter(drawn).cloned().collect(),
            Row::Record(Key::Instance(id)) => {
                let sites = m.instances.get(id).into_iter().flat_map(|i| &i.at);
                sites.filter_map(|site| if let Site::At(id) = site { Some(id.clone()) } else { None }).collect()
            }
            Row::Record(Key::Vulnerability(id)) => m.vulnerabilities.get(id).map(|v| v.at.clone()).into_iter().collect(),
            Row::Record(Key::Agent(id)) => m.agents.get(id).into_iter().flat_map(|a| &a.starts).cloned().collect(),
            Row::Record(Key::Asset(id)) => self.held(id).to_vec(),
            Row::Record(Key::Assumption(id)) => {
                m.assumptions.get(id).into_iter().flat_map(|a| &a.about).filter(drawn).cloned().collect()
            }
            Row::Record(Key::Person(id)) => {
                let elements = m.elements.iter().filter(|(_, e)| e.owner.as_ref() == Some(id)).map(|(id, _)| id);
                let boundaries = m.boundaries.iter().filter(|(_, b)| b.owner.as_ref() == Some(id)).map(|(id, _)| id);
                elements.chain(boundaries).cloned().collect()
            }
            Row::Record(key) => key.id().into_iter().filter(drawn).cloned().collect(),
        }
    }

    pub fn finding(&self, key: &ThreatKey) -> Option<&'a Finding> {
        self.assessment.findings.get(key)
    }

    pub fn control_name(&self, control: &'a str) -> &'a str {
        self.library.control(self.model, control).map_or(control, |c| c.name.as_str())
    }

    /// What a question decides; `None` when it is asked no more.
    pub fn asked(&self, about: &Unanswered) -> Option<&'a Question> {
        let all = self.asked.get_or_init(|| self.assessment.questions.iter().map(|q| (&q.about, q)).collect());
        all.get(about).copied()
    }

    pub(super) fn coverages(&self) -> &Coverages<'a> {
        self.coverages.get_or_init(|| Coverages::new(self.model, self.library, self.today))
    }

    /// The inputs a decision about a threat relies on today.
    pub(super) fn basis(&self, threat: &ThreatKey) -> BTreeMap<String, String> {
        self.explainer.get_or_init(|| Explainer::new(self.model, self.library)).basis(threat)
    }

    /// Elements that keep an asset, and flows that carry it.
    pub(super) fn held(&self, asset: &Id) -> &[Id] {
        let all = self.held.get_or_init(|| {
            let mut held: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
            let elements = self.model.elements.iter().flat_map(|(at, e)| e.holds.iter().map(move |asset| (asset, at)));
            let flows = self.model.flows.iter().flat_map(|(at, f)| f.assets.iter().map(move |asset| (asset, at)));
            for (asset, at) in elements.chain(flows) {
                held.entry(asset.clone()).or_default().push(at.clone());
            }
            held
        });
        all.get(asset).map(Vec::as_slice).unwrap_or_default()
    }

    /// The threats an agent decides, worst first.
    pub fn decides(&self, agent: &Id) -> &[ThreatKey] {
        let all = self.decides.get_or_init(|| {
            let mut decides: BTreeMap<Id, Vec<ThreatKey>> = BTreeMap::new();
            for finding in self.assessment.ranked().into_iter().filter(|f| f.counts()) {
                if let Some(agent) = &finding.agent {
                    decides.entry(agent.clone()).or_default().push(finding.key.clone());
                }
            }
            decides
        });
        all.get(agent).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many threats nobody decided about, of those that count here.
    pub(super) fn undecided(&self, anchor: &Id) -> usize {
        let all = self.undecided.get_or_init(|| {
            let mut all: BTreeMap<Id, usize> = BTreeMap::new();
            for f in self.assessment.findings.values().filter(|f| f.counts() && f.disposition == crate::model::Disposition::Open)
            {
                *all.entry(f.key.anchor.clone()).or_default() += 1;
            }
            all
        });
        all.get(anchor).copied().unwrap_or_default()
    }

    /// The threats that can harm an asset.
    pub(super) fn harms(&self, asset: &Id) -> &[ThreatKey] {
        let all = self.at_assets.get_or_init(|| {
            let mut all: BTreeMap<Id, Vec<ThreatKey>> = BTreeMap::new();
            for finding in self.assessment.findings.values().filter(|f| f.counts()) {
                for asset in finding.assets.iter() {
                    all.entry(asset.clone()).or_default().push(finding.key.clone());
                }
            }
            all
        });
        all.get(asset).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The own order of threats, as the method of the assessment rates them.
pub(super) fn most_pressing(a: &Finding, b: &Finding) -> Ordering {
    let order = b.current.score.total_cmp(&a.current.score).then_with(|| by_kind(a, b));
    order.then_with(|| a.key.anchor.cmp(&b.key.anchor))
}

fn by_kind(a: &Finding, b: &Finding) -> Ordering {
    a.status.cmp(&b.status).then_with(|| a.key.rule.cmp(&b.key.rule))
}

/// Records in an order of their own, ties by id.
fn records<'k, O: Ord>(ids: impl Iterator<Item = &'k Id>, key: impl Fn(Id) -> Key, order: impl Fn(&Id) -> O) -> Vec<Row> {
    let mut ids: Vec<&Id> = ids.collect();
    ids.sort_by_cached_key(|id| order(id));
    ids.into_iter().map(|id| Row::Record(key(id.clone()))).collect()
}

/// For sorting the greatest first; thousandths are enough.
fn negative(score: f64) -> i64 {
    -((score * 1000.0) as i64)
}
