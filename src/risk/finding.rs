//! A finding: one threat at one anchor, with its routes, ratings and what decided them.

use super::decisions::hex;
use super::route::FlowRoute;
use super::unanswered::Unanswered;
use crate::model::{Band, Category, Date, Dimension, Disposition, Id, Layer, Link, Site, ThreatKey};
use std::fmt;
use std::sync::Arc;

/// One threat at one anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub key: ThreatKey,
    /// The rule's title filled with the names of the worst route.
    pub title: String,
    pub about: Arc<About>,
    pub anchor: AnchorKind,
    /// Scope layer: that of the element; the network for flows and boundaries.
    pub layer: Layer,
    pub status: FindingStatus,
    /// The routes on which it applies, or on which it may when it is only possible.
    pub bindings: Box<[Binding]>,
    /// Index into `bindings` of the route that is worst today.
    pub worst: usize,
    /// What would have to be answered; empty unless only possible.
    pub missing: Box<[Unanswered]>,
    /// Worst rating over the routes before any control.
    pub inherent: Rating,
    /// Rating today, with the controls in force, of the worst route.
    pub current: Rating,
    /// Rating once the planned controls are implemented and documented.
    pub planned: Rating,
    /// Probability a year of the route that is worst today, before controls.
    pub p0: f64,
    /// Impact of that route before controls, 0 to 1.
    pub i0: f64,
    /// Listed controls in force on that route.
    pub controls: Box<[ControlUse]>,
    /// The agent that decides the likelihood; `None` without active agents.
    pub agent: Option<Id>,
    /// What decides the impact before controls; `None` when nothing is at stake.
    pub stake: Option<Stake>,
    /// Every asset it can harm, in natural order.
    pub assets: Arc<[Id]>,
    /// What holds on the day of the assessment.
    pub disposition: Disposition,
    /// The last day of an acceptance that has ended: open again.
    pub lapsed: Option<Date>,
    /// The rating comes from a person or another tool instead of the method.
    pub rated_by: RatedBy,
    /// Inputs that changed since the decision; empty without a decision or while it still holds.
    pub stale: Box<[StaleInput]>,
    /// The decision was made about what this is a copy of.
    pub inherited: bool,
    /// Display number (T-12) once given.
    pub number: Option<u32>,
}

/// What the rule or the threat written by hand says, wherever it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub source: FindingSource,
    pub description: String,
    /// The leading category first.
    pub categories: Vec<Category>,
    /// Every control it lists, with how well that answers.
    pub listed: Vec<(String, Link)>,
    /// CWE, CAPEC and ATT&CK or ATLAS identifiers.
    pub cwe: Vec<u32>,
    pub capec: Vec<u32>,
    pub attack: Vec<String>,
}

impl Finding {
    /// True when it counts in totals: it applies and nobody ruled it out.
    pub fn counts(&self) -> bool {
        self.status == FindingStatus::Applies && self.disposition != Disposition::NotApplicable
    }

    /// "Accepted until 2026-03-01, expired: open again"; empty unless an acceptance has ended.
    pub fn expiry(&self) -> String {
        self.lapsed.map_or_else(String::new, |end| format!("Accepted until {end}, expired: open again"))
    }

    /// True when somebody should look at the decision again: its grounds have changed, or it came with a copy.
    pub fn needs_review(&self) -> bool {
        self.inherited || !self.stale.is_empty()
    }

    /// Short form of the key for print: "T-" and the first 12 hex digits of BLAKE2b-80 (rule id, 0x1F, anchor id).
    pub fn code(&self) -> String {
        format!("T-{}", hex(format!("{}\u{1f}{}", self.key.rule, self.key.anchor).as_bytes(), 6))
    }

    /// The category it leads with among STRIDE; privacy categories form one class.
    pub fn class(&self) -> Option<Category> {
        self.about.categories.first().copied().filter(|c| c.is_stride())
    }

    /// Qualitative level today.
    pub fn band(&self) -> Band {
        self.current.band
    }

    /// Display number if given ("T-12"), else a short form of the code ("T-K7Q2M"): a letter, so that nobody takes it for a
    /// number, and four letters or digits, without those that look alike. It stays as long as the threat is the same.
    pub fn label(&self) -> String {
        const SIGNS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZ0123456789";
        const LETTERS: u64 = 22;
        if let Some(number) = self.number {
            return format!("T-{number}");
        }
        let mut rest =
            self.code().trim_start_matches("T-").chars().fold(0u64, |n, c| n * 16 + u64::from(c.to_digit(16).unwrap_or(0)));
        let sign = |of: u64| {
            let at = (rest % of) as usize;
            rest /= of;
            SIGNS.get(at).map_or('A', |sign| char::from(*sign))
        };
        let signs = [LETTERS, 32, 32, 32, 32].map(sign);
        format!("T-{}", signs.iter().collect::<String>())
    }
}

/// A list with no more room than for so many; collected, one of a few would have room for four. There are very many findings.
pub(super) fn exactly<T>(most: usize, items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::with_capacity(most);
    list.extend(items);
    list
}

/// What a finding is anchored at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnchorKind {
    Element,
    Flow,
    Boundary,
}

/// Who says that the threat exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingSource {
    /// A library rule of this pack.
    Rule { pack: Arc<str> },
    /// Written by hand or imported from `from` (empty when by hand).
    Manual { from: Arc<str> },
}

/// Whether the threat is confirmed by the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingStatus {
    Applies,
    /// Unanswered questions decide whether it applies.
    Possible,
}

impl FindingStatus {
    pub fn name(self) -> &'static str {
        match self {
            FindingStatus::Applies => "Applies",
            FindingStatus::Possible => "Possible",
        }
    }
}

/// Who gave the rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatedBy {
    /// The method, from the model.
    Method,
    /// The severity written into a hand-written or imported threat.
    Severity,
    /// The levels of a decision.
    Decision,
}

/// A likelihood, an impact and their product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    /// Probability a year, 0 to 1.
    pub p: f64,
    /// Share of the worst impact, 0 to 1.
    pub i: f64,
    /// 100 · p · i.
    pub score: f64,
    pub band: Band,
    /// Likelihood level 1 to 5.
    pub likelihood: u8,
    /// Impact level 1 to 5; 0 when nothing is at stake.
    pub impact: u8,
}

/// What decides the impact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stake {
    /// This asset in this dimension.
    Asset { asset: Id, dimension: Dimension },
    /// No asset is assigned to the anchor; a middling value is assumed.
    Assumed,
}

/// A control instance that lowers a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlUse {
    pub control: String,
    /// The instance of the model; `None` when the protocol or authentication of a flow implies it.
    pub instance: Option<Id>,
    pub site: Site,
    /// Its effect here, 0 to 0.95: strength · link · status · evidence · coverage.
    pub effect: f64,
}

/// What the references of a rule stand for on one route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    Element(Id),
    /// Source and destination in the sense of the rule; an end is missing only for a hand-written threat on a loose flow.
    Flow {
        route: FlowRoute,
        src: Option<Id>,
        dst: Option<Id>,
    },
    Boundary(Id),
}

impl Binding {
    /// "Dst=db|Flow=f11|Src=adm", references in alphabetical order.
    pub fn spelled(&self) -> String {
        match self {
            Binding::Element(id) => format!("This={id}"),
            Binding::Boundary(id) => format!("Zone={id}"),
            Binding::Flow { route, src, dst } => {
                let dst = dst.iter().map(|id| format!("Dst={id}"));
                let src = src.iter().map(|id| format!("Src={id}"));
                dst.chain([format!("Flow={route}")]).chain(src).collect::<Vec<_>>().join("|")
            }
        }
    }
}

/// An input of a decision that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleInput {
    /// The input, for example "protocol of Log in".
    pub what: String,
    /// What it was when decided; `None` when it did not play a part then.
    pub was: Option<String>,
    /// What it is; `None` when it plays no part any more.
    pub now: Option<String>,
}

impl fmt::Display for StaleInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "not considered".to_owned());
        write!(f, "{}: {} → {}", self.what, word(&self.was), word(&self.now))
    }
}
