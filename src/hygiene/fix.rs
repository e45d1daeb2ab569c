//! What puts a problem right: ordinary edits, one undo step each, chosen by a person.

mod diagram;
mod plan;
mod strangers;
mod treatment;

pub use strangers::among_strangers;

use super::{Check, Problem};
use crate::edit::Edit;
use crate::library::{Library, StartsFrom};
use crate::model::*;
use crate::risk::Assessment;
use std::collections::BTreeSet;

/// A way to put a problem right.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in a few words: "Delete the flow".
    pub label: String,
    pub edit: Edit,
}

/// The ways to put a problem right, the likeliest first. Empty where only a person can do it, such as answering questions.
pub fn fixes(
    problem: &Problem,
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    today: Date,
    ids: &mut IdSource,
) -> Vec<Fix> {
    let mut workshop = Workshop { model, library, assessment, today, ids, found: Vec::new() };
    workshop.work(problem);
    workshop.found
}

/// What fixes are made of.
struct Workshop<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    assessment: &'a Assessment,
    today: Date,
    ids: &'a mut IdSource,
    found: Vec<Fix>,
}

impl Workshop<'_> {
    fn work(&mut self, problem: &Problem) {
        use Check::*;
        match problem.check {
            LooseFlow | Unnamed | SameName | Overlap | NoBoundary | Island | OneWay | NeverWritten | NeverRead | NoProcess
            | OutsideBoundaries | ExternalToStore | Parallel => self.diagram(problem),
            OpenWithoutOwner | NoControl | OnlyDetective | NoDetective | BareAcceptance | Stale | Groundless => {
                self.treatment(problem);
            }
            NoEvidence | TestFailed | Idle | Overdue | OldReview | ChangedSince | ManyQuestions | PrivacyPackOff | PackOff
            | NoImpactAssessment | Transfer | OldAssumption | Patching | LeastPrivilege | StrongLogins | EncryptedAtRest
            | EncryptedInTransit | Audited | PenetrationTested | NoAuthentication | Plaintext | Contradiction | Jump
            | Unsupported => self.plan(problem),
            NoValue | NoAgent | AgentWithoutStart | IdleAsset | AgentReachesNothing | EmptyStore | Untagged | NoOwner
            | EmptyFlow | Unreasoned => self.data(problem),
        }
    }

    fn offer(&mut self, label: impl Into<String>, edit: Edit) {
        self.found.push(Fix { label: label.into(), edit });
    }

    fn put(&mut self, label: impl Into<String>, key: Key, record: impl Into<Record>) {
        self.offer(label, Edit::put(key, record));
    }

    /// Several edits as one step, called what the button says.
    fn all(&mut self, label: impl Into<String>, edits: Vec<Edit>) {
        let label = label.into();
        if !edits.is_empty() {
            self.offer(label.clone(), Edit::Batch { label: label.to_lowercase(), edits });
        }
    }

    /// Values, technology, data, owners and agents.
    fn data(&mut self, problem: &Problem) {
        let model = self.model;
        let Some(id) = problem.about.first().cloned() else { return self.data_of_model(problem.check) };
        match problem.check {
            Check::IdleAsset => {
                let stores = model.elements.iter().filter(|(_, e)| e.kind == ElementKind::DataStore && e.out_of_scope.is_none());
                let empty_first = stores.map(|(id, e)| (!e.holds.is_empty(), id, e)).min_by_key(|(full, id, _)| (*full, *id));
                if let Some((_, store, element)) = empty_first {
                    let mut element = element.clone();
                    element.holds.insert(id.clone());
                    self.put(format!("Keep it at {}", element.name), Key::Element(store.clone()), element);
                }
                self.offer("Delete the asset", Edit::Remove { keys: [Key::Asset(id)].into() });
            }
            Check::AgentWithoutStart | Check::AgentReachesNothing => self.agent(&id),
            Check::Unreasoned => self.reason(&id),
            Check::EmptyStore | Check::EmptyFlow => self.content(&id),
            Check::Untagged => self.technology(&id),
            Check::NoOwner => self.owner(&id),
            _ => {}
        }
    }

    /// The reasons its kinds give, each as a way.
    fn reason(&mut self, id: &Id) {
        let Some(asset) = self.model.assets.get(id).cloned() else { return };
        let mut reasons: Vec<&str> = asset.kinds.iter().map(|kind| reason_of(*kind)).collect();
        reasons.dedup();
        if reasons.is_empty() {
            reasons.push(reason_of(AssetKind::BusinessData));
        }
        for reason in reasons {
            self.put(reason, Key::Asset(id.clone()), Asset { reason: reason.to_owned(), ..asset.clone() });
        }
    }

    fn data_of_model(&mut self, check: Check) {
        let model = self.model;
        match check {
            Check::NoValue => {
                let kept = model.elements.values().flat_map(|e| &e.holds).chain(model.flows.values().flat_map(|f| &f.assets));
                let most = most_frequent(kept.cloned()).or_else(|| model.assets.keys().next().cloned());
                if let Some((id, asset)) = most.and_then(|id| Some((id.clone(), model.assets.get(&id)?.clone()))) {
                    let label = format!("{} is worth 3", asset.name);
                    self.put(label, Key::Asset(id), Asset { c: asset.c.max(3), ..asset });
                } else {
                    let asset = Asset { name: "Business data".into(), c: 3, i: 3, a: 2, ..Asset::default() };
                    let id = self.ids.fresh();
                    self.put("Add business data, worth 3", Key::Asset(id), asset);
                }
            }
            Check::NoAgent => {
                for preset in self.library.agents.iter().filter(|preset| preset.usual) {
                    let agent = self.library.agent(model, preset);
                    if !agent.starts.is_empty() {
                        let id = self.ids.fresh();
                        self.put(format!("Add: {}", preset.name), Key::Agent(id), agent);
                    }
                }
            }
            _ => {}
        }
    }

    fn agent(&mut self, id: &Id) {
        let Some(agent) = self.model.agents.get(id).cloned() else { return };
        let preset = self.library.agents.iter().find(|preset| preset.kind == agent.kind);
        let mut starts = preset.map(|preset| self.library.starts(self.model, preset.starts)).unwrap_or_default();
        if starts.is_empty() || starts == agent.starts {
            starts = self.library.starts(self.model, StartsFrom::Outside);
        }
        if let Some(start) = starts.first() {
            let label = format!("Start at {}", crate::risk::name_of(self.model, start));
            self.put(label, Key::Agent(id.clone()), ThreatAgent { starts: starts.clone(), ..agent.clone() });
        }
        self.put("Leave it out of the ratings", Key::Agent(id.clone()), ThreatAgent { active: false, ..agent });
    }

    /// What a store holds or a flow carries, after what is around it.
    fn content(&mut self, id: &Id) {
        let model = self.model;
        if let Some(element) = model.elements.get(id) {
            let at = model.flows.values().filter(|f| f.to.as_ref() == Some(id) || f.from.as_ref() == Some(id));
            let carried: BTreeSet<Id> = at.flat_map(|f| f.assets.iter().cloned()).collect();
            if carried.is_empty() {
                let asset = Asset { name: format!("Content of {}", element.name), c: 2, i: 2, a: 2, ..Asset::default() };
                let fresh = self.ids.fresh();
                let holds = Element { holds: [fresh.clone()].into(), ..element.clone() };
                let edits = vec![Edit::put(Key::Asset(fresh), asset), Edit::put(Key::Element(id.clone()), holds)];
                self.all("Add its content as an asset", edits);
            } else {
                let label = format!("It holds {}", self.names(&carried));
                self.put(label, Key::Element(id.clone()), Element { holds: carried, ..element.clone() });
            }
        } else if let Some(flow) = model.flows.get(id) {
            let ends = [&flow.from, &flow.to].into_iter().flatten();
            let beside = |end: &Id| {
                let held = model.elements.get(end).into_iter().flat_map(|e| e.holds.iter());
                let touches = |f: &&Flow| f.from.as_ref() == Some(end) || f.to.as_ref() == Some(end);
                let carried = model.flows.values().filter(touches).flat_map(|f| f.assets.iter());
                held.chain(carried).cloned().collect::<Vec<_>>()
            };
            let near: Vec<Id> = ends.flat_map(beside).collect();
            let likely = if near.is_empty() { model.assets.keys().cloned().collect() } else { near };
            let mut offered = BTreeSet::new();
            for asset in likely.into_iter().filter(|asset| offered.insert(asset.clone())).take(3) {
                let label = format!("It carries {}", model.name_of(&asset));
                self.put(label, Key::Flow(id.clone()), Flow { assets: [asset].into(), ..flow.clone() });
            }
            if model.assets.is_empty() {
                let fresh = self.ids.fresh();
                let asset = Asset { name: format!("Data of {}", flow.name), c: 2, i: 2, a: 2, ..Asset::default() };
                let carries = Flow { assets: [fresh.clone()].into(), ..flow.clone() };
                let edits = vec![Edit::put(Key::Asset(fresh), asset), Edit::put(Key::Flow(id.clone()), carries)];
                self.all("Add its data as an asset", edits);
            }
        }
    }

    fn technology(&mut self, id: &Id) {
        let Some(element) = self.model.elements.get(id).cloned() else { return };
        let usual: &[&str] = match element.kind {
            ElementKind::ExternalEntity => &["human-user", "partner-system"],
            ElementKind::Process => &["server", "rest-api", "web-app"],
            ElementKind::DataStore => &["database", "file-store", "object-store"],
        };
        for tag in usual {
            let label = self.library.tags.label(tag).to_owned();
            self.put(label, Key::Element(id.clone()), Element { tags: [(*tag).to_owned()].into(), ..element.clone() });
        }
    }

    fn owner(&mut self, id: &Id) {
        let model = self.model;
        let Some(element) = model.elements.get(id).cloned() else { return };
        // Who owns most of what is beside it comes first.
        let beside = model.elements.values().filter(|e| e.boundary == element.boundary).filter_map(|e| e.owner.clone());
        let first = most_frequent(beside).into_iter();
        let mut offered = BTreeSet::new();
        let people: Vec<Id> = first.chain(model.people.keys().cloned()).filter(|p| offered.insert(p.clone())).take(3).collect();
        for person in &people {
            let label = format!("{} owns it", model.name_of(person));
            self.put(label, Key::Element(id.clone()), Element { owner: Some(person.clone()), ..element.clone() });
        }
        if people.is_empty() {
            let fresh = self.ids.fresh();
            let person = Person { name: "System owner".into(), roles: [Role::Owner].into(), ..Person::default() };
            let owned = Element { owner: Some(fresh.clone()), ..element };
            let edits = vec![Edit::put(Key::Person(fresh), person), Edit::put(Key::Element(id.clone()), owned)];
            self.all("Add a system owner", edits);
        }
    }

    fn names(&self, ids: &BTreeSet<Id>) -> String {
        let mut names = ids.iter().map(|id| self.model.name_of(id));
        let first: Vec<&str> = names.by_ref().take(2).collect();
        match names.count() {
            0 => first.join(" and "),
            more => format!("{} and {more} more", first.join(", ")),
        }
    }
}

/// The one that comes most often; the first of several in their order.
fn most_frequent<T: Ord>(all: impl IntoIterator<Item = T>) -> Option<T> {
    let mut counts = std::collections::BTreeMap::new();
    all.into_iter().for_each(|one| *counts.entry(one).or_insert(0_usize) += 1);
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(one, _)| one)
}

/// Why data of a kind is usually worth much.
fn reason_of(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Credentials | AssetKind::Secrets => "Whoever has it can act as somebody else",
        AssetKind::PersonalData => "Personal data: people are harmed, and the law asks for its protection",
        AssetKind::SpecialCategory => "Special category data: people are gravely harmed, and the law asks for more",
        AssetKind::PaymentData | AssetKind::Financial => "Money can be stolen with it, and rules of payment apply",
        AssetKind::Intellectual | AssetKind::SourceCode | AssetKind::Model => {
            "It took much work to make, and others would use it"
        }
        AssetKind::Command | AssetKind::Config => "Whoever changes it decides what the system does",
        AssetKind::Artifact => "Whoever changes it runs code wherever it is installed",
        AssetKind::AuditLog => "Without it nobody can prove what happened",
        AssetKind::Telemetry | AssetKind::Prompt => "Decisions are made from it",
        AssetKind::Service => "The business stands still without it",
        AssetKind::PublicContent => "What is published speaks for us",
        AssetKind::BusinessData => "Its loss would interrupt the business or harm its name",
    }
}
