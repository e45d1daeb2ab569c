//! What a reader may not see goes under another name or stays out, before anything is derived from it.
//!
//! [`redact`] makes a model of its own for the reader; threats' sentences, diagrams and tables are derived from that one, so
//! no chapter has to think of it. [`Secrets`] then searches what was written, in case something came another way.

mod alias;
mod rename;
mod secrets;
mod words;

pub use secrets::{Leak, Secrets};
pub use words::said;

use super::tree::Report;
use crate::model::{Id, Info, Key, Record, ThreatKey, ThreatModel, Visibility, texts_mut};
use crate::risk::Assessment;
use std::collections::{BTreeMap, BTreeSet};

/// What stands where a withheld word stood.
const WITHHELD: &str = "[withheld]";

/// A model as a reader may see it, and what must not be in anything made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Redacted {
    pub model: ThreatModel,
    secrets: Secrets,
    /// New ids by old ones.
    ids: BTreeMap<Id, Id>,
}

/// The model for a reader. Notes stay in the house whoever reads; `assessment` is that of the model as it is. Names in an
/// `earlier` state of the model that are hidden are replaced as well.
pub fn redact(model: &ThreatModel, earlier: Option<&ThreatModel>, assessment: &Assessment, reader: Visibility) -> Redacted {
    let hidden: BTreeSet<Key> =
        model.keys().into_iter().filter(|key| key.can_be_hidden() && model.visibility_of(key) < reader).collect();
    let numbers = model.numbered(hidden.iter().cloned());
    let mut secrets = Secrets::default();
    let mut aliases: BTreeMap<&Id, String> = BTreeMap::new();
    for key in &hidden {
        let Some((id, alias)) = key.id().zip(key.id().and_then(|id| alias::alias(model, key, *numbers.get(id)?))) else {
            continue;
        };
        let name = model.name_of(id);
        // A control is attached, not named; what it is called is its definition's matter.
        if !matches!(key, Key::Instance(_)) {
            secrets.name(name, &alias, key.kind_label());
        }
        aliases.insert(id, alias);
    }
    if let Some(earlier) = earlier {
        name_earlier(model, earlier, reader, &numbers, &mut secrets);
    }
    if reader > Visibility::Internal {
        model.info.disclosure.words.iter().for_each(|word| secrets.word(word, WITHHELD));
    }
    let mut out = ThreatModel::default();
    for key in model.keys() {
        let Some(record) = model.get(&key) else { continue };
        let is_hidden = hidden.contains(&key);
        let alias = key.id().and_then(|id| aliases.get(id)).filter(|_| is_hidden);
        let Some(mut record) = open(model, record, reader, is_hidden, &mut secrets) else { continue };
        if let (Record::Decision(decision), Key::Decision(threat)) = (&mut record, &key)
            && assessment.findings.get(threat).is_none_or(|f| f.stale.is_empty())
        {
            // Other names must not make a decision look out of date.
            decision.basis.clear();
        }
        texts_mut(&mut record, &mut |text| *text = secrets.replaced(text));
        if let Some(alias) = alias {
            name(&mut record, alias);
        }
        out.put(&key, Some(record));
    }
    out = without_lost(out);
    let mut ids = BTreeMap::new();
    if reader > Visibility::Internal {
        ids = rename::ids(model, &aliases, &secrets);
        out = rename::renamed(&out, &ids);
    }
    Redacted { model: out, secrets, ids }
}

/// Hidden names of an earlier state go under the names their records have, or would have had.
fn name_earlier(
    model: &ThreatModel,
    earlier: &ThreatModel,
    reader: Visibility,
    numbers: &BTreeMap<Id, u32>,
    secrets: &mut Secrets,
) {
    let mut ghosts = earlier.clone();
    ghosts.info.clone_from(&model.info);
    ghosts.info.disclosure.aliases.clone_from(numbers);
    let is_hidden = |key: &Key| {
        let of = if model.contains(key) { model } else { &ghosts };
        key.can_be_hidden() && of.visibility_of(key) < reader
    };
    let hidden: Vec<Key> = ghosts.keys().into_iter().filter(is_hidden).collect();
    let numbers = ghosts.numbered(hidden.iter().cloned());
    for key in hidden.iter().filter(|key| !matches!(key, Key::Instance(_))) {
        let Some(id) = key.id() else { continue };
        if let Some(alias) = numbers.get(id).and_then(|number| alias::alias(&ghosts, key, *number)) {
            secrets.name(ghosts.name_of(id), &alias, key.kind_label());
        }
    }
}

impl Redacted {
    pub fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// A text from elsewhere with secret words under their other names.
    pub fn replaced(&self, text: &str) -> String {
        self.secrets.replaced(text)
    }

    /// The key a threat has for the reader.
    pub fn threat(&self, key: &ThreatKey) -> ThreatKey {
        let of = |id: &Id| self.ids.get(id).unwrap_or(id).clone();
        ThreatKey { rule: of(&key.rule), anchor: of(&key.anchor) }
    }

    /// The same model with nothing in it that people wrote.
    pub fn wordless(&self) -> ThreatModel {
        let mut out = self.model.clone();
        for key in self.model.keys() {
            if let Some(mut record) = self.model.get(&key) {
                texts_mut(&mut record, &mut String::clear);
                out.put(&key, Some(record));
            }
        }
        out
    }

    /// The secrets that are to be searched for; `wordless` is the report of [`Self::wordless`].
    pub fn secrets(mut self, wordless: &Report) -> Secrets {
        self.secrets.settle(&self.model, wordless);
        self.secrets
    }
}

/// The record with what the reader may not see taken out; `None` for one that stays in the house as a whole.
fn open(model: &ThreatModel, mut record: Record, reader: Visibility, is_hidden: bool, secrets: &mut Secrets) -> Option<Record> {
    let mut take = |text: &mut String, what: &str| secrets.text(&std::mem::take(text), what);
    let outside = reader > Visibility::Internal;
    let hides_evidence = is_hidden || model.info.disclosure.evidence < reader;
    match &mut record {
        Record::Info(info) if outside => {
            let Info { disclosure, extra, .. } = &mut **info;
            disclosure.words.clear();
            disclosure.aliases.clear();
            extra.clear();
        }
        Record::Element(r) => take(&mut r.notes, "the notes of an element"),
        Record::Flow(r) => take(&mut r.notes, "the notes of a data flow"),
        Record::Instance(r) => {
            take(&mut r.notes, "the notes of a control");
            if hides_evidence {
                take(&mut r.evidence.result, "the evidence of a control");
            }
        }
        Record::Vulnerability(r) if hides_evidence => take(&mut r.evidence, "the evidence of a vulnerability"),
        Record::Decision(r) if outside => {
            take(&mut r.ticket, "the ticket of a decision");
            if is_hidden {
                take(&mut r.justification, "the reason of a decision");
                take(&mut r.transferred_to, "the bearer of a transferred risk");
                if let Some(by_hand) = &mut r.level_override {
                    take(&mut by_hand.reason, "the reason of a rating");
                }
            }
        }
        Record::Appraisal(r) if outside && is_hidden => {
            r.given.values_mut().for_each(|given| take(&mut given.reason, "the reason of a rating"));
        }
        // What it keeps is told by a chapter of its own, from elsewhere.
        Record::Baseline(r) => r.frozen.clear(),
        Record::Session(_) | Record::Playlist(_) | Record::Variant(_) if outside => return None,
        Record::Session(r) => r.start.iter_mut().for_each(|start| start.frozen.clear()),
        Record::Note(r) if !r.in_report => {
            take(&mut r.text, "a note on a diagram");
            return None;
        }
        _ => {}
    }
    if is_hidden {
        match &mut record {
            Record::Assumption(r) => {
                take(&mut r.text, "an assumption");
                return None;
            }
            Record::Diagram(r) => {
                take(&mut r.description, "the description of a diagram");
                return None;
            }
            Record::AttackTree(r) => {
                take(&mut r.description, "the description of an attack tree");
                r.root.each_mut(&mut |step| take(&mut step.name, "a step of an attack tree"));
                return None;
            }
            Record::Scenario(r) => {
                take(&mut r.description, "the description of an attack scenario");
                r.steps.iter_mut().for_each(|step| take(&mut step.text, "a step of an attack scenario"));
                return None;
            }
            _ => {}
        }
        if let Record::Asset(r) = &mut record {
            take(&mut r.reason, "the reason of a value");
        }
        if let Some(text) = description(&mut record) {
            take(text, "a description");
        }
    }
    if outside {
        forget_foreign(&mut record);
    }
    Some(record)
}

/// The text that says more about a record.
fn description(record: &mut Record) -> Option<&mut String> {
    match record {
        Record::Boundary(r) => Some(&mut r.description),
        Record::Element(r) => Some(&mut r.description),
        Record::Flow(r) => Some(&mut r.description),
        Record::Asset(r) => Some(&mut r.description),
        Record::Agent(r) => Some(&mut r.description),
        Record::Vulnerability(r) => Some(&mut r.description),
        Record::Threat(r) => Some(&mut r.description),
        Record::Control(r) => Some(&mut r.description),
        _ => None,
    }
}

/// Data of other tools and declined proposals are no part of any report.
fn forget_foreign(record: &mut Record) {
    match record {
        Record::Boundary(r) => (r.extra, r.declined) = Default::default(),
        Record::Element(r) => (r.extra, r.declined) = Default::default(),
        Record::Flow(r) => (r.extra, r.declined) = Default::default(),
        Record::Asset(r) => r.extra.clear(),
        Record::Agent(r) => r.extra.clear(),
        Record::Threat(r) => r.extra.clear(),
        Record::Note(r) => r.extra.clear(),
        Record::Diagram(r) => r.extra.clear(),
        _ => {}
    }
}

/// Gives a record another name.
fn name(record: &mut Record, alias: &str) {
    let slot = match record {
        Record::Person(r) => &mut r.name,
        Record::Boundary(r) => &mut r.name,
        Record::Element(r) => &mut r.name,
        Record::Flow(r) => &mut r.name,
        Record::Asset(r) => &mut r.name,
        Record::Agent(r) => &mut r.name,
        Record::Vulnerability(r) => &mut r.name,
        Record::Threat(r) => &mut r.title,
        Record::Control(r) => &mut r.name,
        _ => return,
    };
    alias.clone_into(slot);
}

/// Placements of what is left out go with it.
fn without_lost(mut model: ThreatModel) -> ThreatModel {
    let lost: Vec<Key> = model.placements.keys().cloned().map(Key::Placement).collect();
    for key in lost {
        let stands = model.get(&key).is_some_and(|record| crate::model::stands(&model, &key, &record));
        if !stands {
            model.put(&key, None);
        }
    }
    model
}
