//! The plain records people edit. Every relation is an [`Id`]; nothing derived is kept here.

use super::taxonomy::*;
use super::{Date, Disclosure, Id, Identification, Notation, Pert, RatingChoice, ThreatKey, Visibility};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Foreign data kept verbatim per object, by format key, so that a round trip loses nothing.
pub type Extra = BTreeMap<String, String>;

/// What a new model is called until somebody names it.
pub const NEW_MODEL: &str = "New model";

record! {
    /// Facts about the model as a whole. There is exactly one.
    pub struct Info {
        pub name: String,
        /// What is looked at and what is left out, in a sentence or two.
        pub scope: String,
        pub description: String,
        pub client: String,
        pub owner: String,
        pub reviewer: String,
        pub version: String,
        /// When the model as a whole was last looked through.
        pub reviewed: Option<Date>,
        pub classification: Option<Tlp>,
        /// How threats are found.
        pub identification: Identification = Identification::Rules,
        /// How threats are rated.
        pub rating: RatingChoice,
        /// Rule depth 1 to 3: how many of the library's rules are asked.
        pub depth: u8 = 3,
        /// Rule packs switched off.
        pub packs_off: BTreeSet<String>,
        /// Further rule packs switched on: those a model names to be asked, as new models do.
        pub packs_on: BTreeSet<String>,
        /// Who may read kinds of detail, and the names that are used instead.
        pub disclosure: Disclosure,
        /// How its diagrams are drawn.
        pub notation: Notation = Notation::YourdonDeMarco,
        pub extra: Extra,
    }
}

record! {
    /// Somebody who takes part.
    pub struct Person {
        pub name: String,
        pub roles: BTreeSet<Role>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// A trust boundary. Whether it is a box or a line is a matter of its placement.
    pub struct Boundary {
        pub name: String,
        pub kind: BoundaryKind = BoundaryKind::Network,
        /// 0 untrusted, 1 semi-trusted, 2 exposed edge, 3 internal, 4 restricted; `None` while nobody said.
        pub trust: Option<u8>,
        pub parent: Option<Id>,
        /// Legal region, for data transfers; inner ones win.
        pub region: Option<String>,
        pub owner: Option<Id>,
        pub description: String,
        /// What was proposed from the name and declined, for example `tag:sql`.
        pub declined: BTreeSet<String>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

record! {
    /// An external entity, process or data store.
    pub struct Element {
        pub name: String,
        pub kind: ElementKind = ElementKind::Process,
        /// Technology tags of the library, for example `rest-api`.
        pub tags: BTreeSet<String>,
        /// Innermost trust boundary it is a member of.
        pub boundary: Option<Id>,
        /// The process this one is a part of, when that was decomposed.
        pub parent: Option<Id>,
        /// Scope layer; `None` takes the default of the technology tag.
        pub layer: Option<Layer>,
        /// Assets kept here.
        pub holds: BTreeSet<Id>,
        pub capabilities: BTreeMap<Capability, Tri>,
        pub facts: BTreeMap<Fact, Tri>,
        /// The reason it is out of scope; `None` when in scope.
        pub out_of_scope: Option<String>,
        pub owner: Option<Id>,
        pub reviewed: Option<Date>,
        pub description: String,
        pub notes: String,
        /// What was proposed from the name and declined, for example `tag:sql`.
        pub declined: BTreeSet<String>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

record! {
    /// A data flow. Ends may be loose: real files have such flows; risk skips them and hygiene names them.
    pub struct Flow {
        pub name: String,
        pub from: Option<Id>,
        pub to: Option<Id>,
        pub protocol: Protocol = Protocol::Unknown,
        pub authn: Authn = Authn::Unknown,
        pub channel: Channel = Channel::Unknown,
        /// Assets carried.
        pub assets: BTreeSet<Id>,
        /// Answers travel back over the same connection.
        pub bidirectional: bool = true,
        pub initiator: Initiator = Initiator::Source,
        pub out_of_scope: Option<String>,
        pub reviewed: Option<Date>,
        pub description: String,
        pub notes: String,
        /// What was proposed from the name and declined, for example `tag:sql`.
        pub declined: BTreeSet<String>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

record! {
    /// Something worth protecting, valued 0 (none) to 4 (vital) per dimension.
    pub struct Asset {
        pub name: String,
        pub kinds: BTreeSet<AssetKind>,
        pub c: u8,
        pub i: u8,
        pub a: u8,
        /// Privacy harm; `None` means as confidentiality for personal data, else 0.
        pub p: Option<u8>,
        /// Safety harm; `None` means 0.
        pub s: Option<u8>,
        /// Why it is valued so.
        pub reason: String,
        pub records: Option<u64>,
        /// Loss of one event in money: least, most likely, most.
        pub loss: Option<Pert>,
        pub owner: Option<Id>,
        pub regulation: BTreeSet<String>,
        pub description: String,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

impl Asset {
    /// True for data about people.
    pub fn is_personal(&self) -> bool {
        self.kinds.contains(&AssetKind::PersonalData) || self.kinds.contains(&AssetKind::SpecialCategory)
    }

    /// Its value in a dimension, 0 to 4; privacy defaults to confidentiality for personal data, safety to none.
    pub fn value(&self, dimension: Dimension) -> u8 {
        match dimension {
            Dimension::C => self.c,
            Dimension::I => self.i,
            Dimension::A => self.a,
            Dimension::P => self.p.unwrap_or(if self.is_personal() { self.c } else { 0 }),
            Dimension::S => self.s.unwrap_or(0),
        }
    }
}

record! {
    /// Somebody or something that attacks.
    pub struct ThreatAgent {
        pub name: String,
        pub kind: AgentKind = AgentKind::Other,
        /// 1 (script user) to 5 (nation state).
        pub capability: u8 = 3,
        /// 1 (incidental) to 5 (determined).
        pub intent: u8 = 3,
        pub access: BTreeSet<AgentAccess>,
        /// Elements and boundaries the agent starts from.
        pub starts: BTreeSet<Id>,
        pub active: bool = true,
        pub description: String,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

record! {
    /// A weakness found or suspected at an element or flow.
    pub struct Vulnerability {
        pub name: String,
        pub kind: VulnerabilityKind = VulnerabilityKind::Other,
        /// The element or flow that has it; a vulnerability of nothing does not stand.
        pub at: Id = Id::new(""),
        pub cwe: Option<u32>,
        pub description: String,
        pub evidence: String,
        pub status: VulnerabilityStatus = VulnerabilityStatus::Suspected,
        /// Threats it makes more likely while unfixed.
        pub threats: BTreeSet<ThreatKey>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// Share of an asset's value a threat takes, 0 to 1 per dimension.
    #[derive(Copy)]
    pub struct Hits {
        pub c: f64,
        pub i: f64,
        pub a: f64,
        pub p: f64,
        pub s: f64,
    }
}

impl Hits {
    pub fn get(&self, d: Dimension) -> f64 {
        match d {
            Dimension::C => self.c,
            Dimension::I => self.i,
            Dimension::A => self.a,
            Dimension::P => self.p,
            Dimension::S => self.s,
        }
    }
}

record! {
    /// A threat written by hand or imported, beside the generated ones.
    pub struct Threat {
        pub title: String,
        pub description: String,
        pub categories: Vec<Category>,
        /// Elements, flows or boundaries; one finding each.
        pub targets: BTreeSet<Id>,
        /// Likelihood level 1 to 5.
        pub level: u8 = 3,
        pub hits: Hits = Hits { c: 1.0, i: 1.0, a: 1.0, p: 0.0, s: 0.0 },
        /// Skill the attacker needs, 1 to 5.
        pub skill: u8 = 2,
        pub access: Access = Access::Anon,
        /// A rating given from outside, which replaces the computed one.
        pub severity_override: Option<SeverityOverride>,
        /// Controls that answer it: library or custom control id and how well.
        pub controls: BTreeMap<String, Link>,
        /// Where it came from, for example "Threat Dragon #12".
        pub source: String,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}

/// A severity taken over from another tool or person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeverityOverride {
    pub band: Band,
    /// The foreign score as written, if any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub score: String,
    /// Who or what said so.
    pub source: String,
}

record! {
    /// What a control does when it works fully.
    pub struct Effects {
        pub likelihood: bool,
        pub impact: BTreeSet<Dimension>,
        pub detect: bool,
        pub respond: bool,
    }
}

record! {
    /// Definition of a control: of the library, or custom to a model.
    pub struct Control {
        pub name: String,
        pub description: String,
        pub function: ControlFunction = ControlFunction::Preventive,
        pub layer: Layer = Layer::Application,
        pub site: ControlSite = ControlSite::Node,
        /// Controls of one family do not add up; the best counts.
        pub family: String,
        pub effects: Effects = Effects { likelihood: true, ..Effects::default() },
        /// Effect when fully implemented and tested, 0 to 0.95.
        pub strength: f64 = 0.8,
        /// Effort tier 1 to 5 (about 1, 4, 12, 30, 80 person-days).
        pub cost: u8 = 2,
        pub asvs: Vec<String>,
        pub nist: Vec<String>,
        pub csf: Vec<String>,
        pub iso: Vec<String>,
        pub cis: Vec<String>,
        /// How to check that it works.
        pub verify: String,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

/// Where a control instance is attached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Site {
    /// The whole model.
    Model,
    /// An element, flow or boundary.
    At(Id),
}

record! {
    /// What shows that a control works. "Tested" is evidence with a date and a result, not a status.
    pub struct Evidence {
        pub level: EvidenceLevel = EvidenceLevel::Documented,
        pub on: Option<Date>,
        pub result: String,
    }
}

record! {
    /// A control in place, planned or proposed somewhere.
    pub struct ControlInstance {
        /// Id of a library control, or of a custom [`Control`] of this model.
        pub control: String,
        pub at: BTreeSet<Site>,
        pub status: ControlStatus = ControlStatus::Proposed,
        /// Share of the instances covered, 0 to 1.
        pub coverage: f64 = 1.0,
        pub evidence: Evidence,
        pub owner: Option<Id>,
        pub due: Option<Date>,
        /// Person-days, when known better than the definition's tier.
        pub cost: Option<f64>,
        pub notes: String,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// Something taken for granted.
    pub struct Assumption {
        pub text: String,
        pub status: AssumptionStatus = AssumptionStatus::Open,
        /// Elements, flows, boundaries or assets it is about.
        pub about: BTreeSet<Id>,
        pub owner: Option<Id>,
        pub reviewed: Option<Date>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// Free text on a diagram; left out of reports unless wanted.
    pub struct Note {
        pub text: String,
        pub in_report: bool,
        /// The boundary it is hidden with while that is collapsed; otherwise notes belong to nothing.
        pub hidden_in: Option<Id>,
        pub extra: Extra,
    }
}

record! {
    /// A picture of (part of) the system. What it shows is kept in [`Placement`]s.
    pub struct Diagram {
        pub name: String,
        pub description: String,
        /// The element this diagram details, for drill-down.
        pub of: Option<Id>,
        /// Tab order; ties are broken by id.
        pub order: i32,
        /// Boundaries drawn here as small boxes, their content hidden.
        pub collapsed: BTreeSet<Id>,
        /// The style of flows drawn from now on.
        pub line_style: LineStyle = LineStyle::Orthogonal,
        /// Elements, flows, boundaries and notes that stay where they are on this diagram.
        pub locked: BTreeSet<Id>,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
        pub extra: Extra,
    }
}
