//! What is proposed, how sure that is and why, and the edits that accept or decline it.

use crate::edit::Edit;
use crate::model::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How sure a proposal is, by its evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Confidence {
    /// A hint among others.
    Low,
    /// Most such names mean it.
    Medium,
    /// The name says so.
    #[default]
    High,
}

impl Confidence {
    pub const ALL: [Confidence; 3] = [Confidence::High, Confidence::Medium, Confidence::Low];

    pub fn label(self) -> &'static str {
        match self {
            Confidence::High => "High",
            Confidence::Medium => "Medium",
            Confidence::Low => "Low",
        }
    }

    /// One step less; `None` below Low.
    pub fn lower(self) -> Option<Confidence> {
        match self {
            Confidence::High => Some(Confidence::Medium),
            Confidence::Medium => Some(Confidence::Low),
            Confidence::Low => None,
        }
    }

    pub fn higher(self) -> Confidence {
        if self == Confidence::Low { Confidence::Medium } else { Confidence::High }
    }
}

/// Data a thing holds or carries: an asset of the model, or a new one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    Known(Id),
    New(AssetKind),
}

/// Something a thing may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suggestion {
    Kind(ElementKind),
    Tag(String),
    Protocol(Protocol),
    Authn(Authn),
    Channel(Channel),
    Data(Data),
    BoundaryKind(BoundaryKind),
    /// Trust level 0 to 4 of a boundary.
    Trust(u8),
}

impl Suggestion {
    /// Machine spelling, as kept where it was declined: `tag:sql`.
    pub fn spelled(&self) -> String {
        match self {
            Suggestion::Kind(kind) => format!("kind:{}", kind.name()),
            Suggestion::Tag(tag) => format!("tag:{tag}"),
            Suggestion::Protocol(p) => format!("protocol:{}", p.name()),
            Suggestion::Authn(a) => format!("authn:{}", a.name()),
            Suggestion::Channel(c) => format!("channel:{}", c.name()),
            Suggestion::Data(Data::Known(id)) => format!("data:{id}"),
            Suggestion::Data(Data::New(kind)) => format!("data:{}", kind.name()),
            Suggestion::BoundaryKind(kind) => format!("boundary:{}", kind.name()),
            Suggestion::Trust(level) => format!("trust:{level}"),
        }
    }

    /// What it is about: "Kind", "Technology" …
    pub fn about(&self) -> &'static str {
        match self {
            Suggestion::Kind(_) => "Kind",
            Suggestion::Tag(_) => "Technology",
            Suggestion::Protocol(_) => "Protocol",
            Suggestion::Authn(_) => "Authentication",
            Suggestion::Channel(_) => "Channel",
            Suggestion::Data(_) => "Data",
            Suggestion::BoundaryKind(_) => "Kind of boundary",
            Suggestion::Trust(_) => "Trust",
        }
    }
}

/// A suggestion about one element, flow or boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub at: Id,
    pub what: Suggestion,
    pub confidence: Confidence,
    /// Sentences for people, the strongest first.
    pub reasons: Vec<String>,
}

impl Proposal {
    /// The value in words: "Data store", "SQL database", "Customer data".
    pub fn value(&self, model: &ThreatModel, library: &crate::library::Library) -> String {
        match &self.what {
            Suggestion::Kind(kind) => kind.label().to_owned(),
            Suggestion::Tag(tag) => library.tags.label(tag).to_owned(),
            Suggestion::Protocol(p) => p.label().to_owned(),
            Suggestion::Authn(a) => a.label().to_owned(),
            Suggestion::Channel(c) => c.label().to_owned(),
            Suggestion::Data(Data::Known(id)) => model.name_of(id).to_owned(),
            Suggestion::Data(Data::New(kind)) => kind.label().to_owned(),
            Suggestion::BoundaryKind(kind) => kind.label().to_owned(),
            Suggestion::Trust(level) => trust_label(Some(*level)).to_owned(),
        }
    }
}

/// Values a new asset of this kind begins with: confidentiality, integrity, availability.
fn usual_values(kind: AssetKind) -> (u8, u8, u8) {
    use AssetKind::*;
    match kind {
        Credentials | Secrets | SpecialCategory => (4, 4, 2),
        PaymentData | Financial => (4, 4, 3),
        PersonalData | SourceCode | Intellectual | Model => (3, 3, 2),
        Command => (2, 4, 4),
        Artifact | Config | AuditLog => (2, 4, 2),
        Telemetry | Prompt => (2, 2, 2),
        Service => (1, 3, 3),
        PublicContent => (0, 3, 2),
        BusinessData => (2, 3, 2),
    }
}

/// Accepts proposals as one step. `fresh` draws ids for new assets; one new asset serves all that propose its kind.
pub fn accept(model: &ThreatModel, proposals: &[Proposal], fresh: &mut dyn FnMut() -> Id) -> Edit {
    let mut assets: BTreeMap<AssetKind, Id> = BTreeMap::new();
    let mut edits = Vec::new();
    for proposal in proposals {
        if let Suggestion::Data(Data::New(kind)) = &proposal.what
            && !assets.contains_key(kind)
        {
            let id = fresh();
            let (c, i, a) = usual_values(*kind);
            let asset = Asset { name: kind.label().to_owned(), kinds: [*kind].into(), c, i, a, ..Asset::default() };
            edits.push(Edit::put(Key::Asset(id.clone()), asset));
            assets.insert(*kind, id);
        }
    }
    edits.extend(changed(model, proposals, |record, proposal| take(record, &proposal.what, &assets)));
    let label = match proposals {
        [one] => format!("accept proposed {}", one.what.about().to_lowercase()),
        _ => format!("accept {} proposals", proposals.len()),
    };
    Edit::Batch { label, edits }
}

/// Declines proposals as one step; they are not made again.
pub fn decline(model: &ThreatModel, proposals: &[Proposal]) -> Edit {
    let edits = changed(model, proposals, |record, proposal| {
        let declined = match record {
            Record::Element(r) => &mut r.declined,
            Record::Flow(r) => &mut r.declined,
            Record::Boundary(r) => &mut r.declined,
            _ => return,
        };
        declined.insert(proposal.what.spelled());
    });
    let label =
        if proposals.len() == 1 { "decline a proposal".to_owned() } else { format!("decline {} proposals", proposals.len()) };
    Edit::Batch { label, edits: edits.collect() }
}

/// The records the proposals are about with all of theirs carried out, one edit each.
fn changed(model: &ThreatModel, proposals: &[Proposal], change: impl Fn(&mut Record, &Proposal)) -> impl Iterator<Item = Edit> {
    let mut records: BTreeMap<Key, Record> = BTreeMap::new();
    for proposal in proposals {
        let Some(key) = model.item_key(&proposal.at) else { continue };
        let Some(record) = records.get(&key).cloned().or_else(|| model.get(&key)) else { continue };
        let mut record = record;
        change(&mut record, proposal);
        records.insert(key, record);
    }
    records.into_iter().map(|(key, record)| Edit::Put { key, record })
}

/// Carries out a suggestion that needs no new asset.
pub fn apply(record: &mut Record, what: &Suggestion) {
    take(record, what, &BTreeMap::new());
}

fn take(record: &mut Record, what: &Suggestion, new: &BTreeMap<AssetKind, Id>) {
    let asset = |data: &Data| match data {
        Data::Known(id) => Some(id.clone()),
        Data::New(kind) => new.get(kind).cloned(),
    };
    match (record, what) {
        (Record::Element(r), Suggestion::Kind(kind)) => r.kind = *kind,
        (Record::Element(r), Suggestion::Tag(tag)) => drop(r.tags.insert(tag.clone())),
        (Record::Element(r), Suggestion::Data(data)) => r.holds.extend(asset(data)),
        (Record::Flow(r), Suggestion::Protocol(p)) => r.protocol = *p,
        (Record::Flow(r), Suggestion::Authn(a)) => r.authn = *a,
        (Record::Flow(r), Suggestion::Channel(c)) => r.channel = *c,
        (Record::Flow(r), Suggestion::Data(data)) => r.assets.extend(asset(data)),
        (Record::Boundary(r), Suggestion::BoundaryKind(kind)) => r.kind = *kind,
        (Record::Boundary(r), Suggestion::Trust(level)) => r.trust = Some(*level),
        _ => {}
    }
}
