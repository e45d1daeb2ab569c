//! What the audit log tells of a change: decisions, ratings by hand, controls, their tests, scope and all other records,
//! before and after, in words.

use super::chain::is_logged;
use super::fields::differing;
use crate::edit::{Change, Transaction};
use crate::library::Library;
use crate::model::*;
use serde_json::Value;

/// What of `changes`, which led to `model`, belongs in the log. `title` knows the threats that are found.
pub fn differences(
    model: &ThreatModel,
    library: &Library,
    changes: &Transaction,
    title: &dyn Fn(&ThreatKey) -> Option<String>,
) -> Vec<LogChange> {
    let teller = Teller { model, library, changes, title };
    let mut out = Vec::new();
    for (key, change) in changes.changes.iter().filter(|(key, _)| is_logged(key)) {
        match key {
            Key::Decision(threat) => teller.decision(threat, change, &mut out),
            Key::Instance(id) => teller.control(id, change, &mut out),
            Key::Appraisal(threat) => teller.appraisal(threat, change, &mut out),
            _ => teller.record(key, change, &mut out),
        }
    }
    out
}

/// Puts changes into words, with the names of now.
pub struct Teller<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    pub changes: &'a Transaction,
    pub title: &'a dyn Fn(&ThreatKey) -> Option<String>,
}

impl Teller<'_> {
    /// The name of a record, also of one that went with this change; the id where it has none.
    fn name(&self, id: &Id) -> String {
        self.known(id).unwrap_or_else(|| id.to_string())
    }

    fn known(&self, id: &Id) -> Option<String> {
        let known = self.model.name_of(id);
        if !known.is_empty() {
            return Some(known.to_owned());
        }
        let gone = self.changes.changes.iter().find(|(key, _)| key.id() == Some(id)).and_then(|(_, c)| c.before.as_ref());
        let name = match gone {
            Some(Record::Element(r)) => &r.name,
            Some(Record::Flow(r)) => &r.name,
            Some(Record::Boundary(r)) => &r.name,
            Some(Record::Asset(r)) => &r.name,
            Some(Record::Agent(r)) => &r.name,
            Some(Record::Person(r)) => &r.name,
            Some(Record::Control(r)) => &r.name,
            Some(Record::Threat(r)) => &r.title,
            Some(Record::Vulnerability(r)) => &r.name,
            Some(Record::AttackTree(r)) => &r.root.name,
            Some(Record::Scenario(r)) => &r.name,
            Some(Record::Assumption(r)) => &r.text,
            _ => return None,
        };
        Some(name.clone()).filter(|name| !name.is_empty())
    }

    /// A threat by its title, and where.
    pub fn about(&self, threat: &ThreatKey) -> String {
        let of_rule = || self.library.rule(threat.rule.as_str()).map(|(_, rule)| self.library.title_of(rule));
        let title = (self.title)(threat).or_else(|| self.known(&threat.rule)).or_else(of_rule);
        let (title, place) = (title.unwrap_or_else(|| threat.rule.to_string()), self.name(&threat.anchor));
        if title.contains(&place) { title } else { format!("{title}, at {place}") }
    }

    fn decision(&self, threat: &ThreatKey, change: &Change, out: &mut Vec<LogChange>) {
        let of = |record: &Option<Record>| match record {
            Some(Record::Decision(decision)) => (**decision).clone(),
            _ => Decision::default(),
        };
        let (was, is) = (of(&change.before), of(&change.after));
        let mut tell = |kind, before: String, after: String, reason: &str| {
            if before != after {
                let (threat, about) = (Some(threat.clone()), self.about(threat));
                out.push(LogChange { kind, threat, about, before, after, reason: reason.to_owned(), ..LogChange::default() });
            }
        };
        let accepts = |d: &Decision| d.disposition == Disposition::Accept;
        let kind = if accepts(&was) || accepts(&is) { LogKind::Acceptance } else { LogKind::Decision };
        let (before, after) = (self.decided(&was), self.decided(&is));
        match before == after && was.justification != is.justification {
            true => tell(kind, format!("{before}: {}", was.justification), format!("{after}: {}", is.justification), ""),
            false => tell(kind, before, after, &is.justification),
        }
        let levels = |decision: &Decision| match &decision.level_override {
            Some(levels) => format!("likelihood {}, impact {}", levels.likelihood, levels.impact),
            None => "as computed".to_owned(),
        };
        let reason = is.level_override.as_ref().map_or("", |levels| levels.reason.as_str());
        tell(LogKind::Rating, levels(&was), levels(&is), reason);
    }

    /// Factors of rating methods set by hand.
    fn appraisal(&self, threat: &ThreatKey, change: &Change, out: &mut Vec<LogChange>) {
        let given = |record: &Option<Record>| match record {
            Some(Record::Appraisal(appraisal)) => appraisal.given.clone(),
            _ => Default::default(),
        };
        let (was, is) = (given(&change.before), given(&change.after));
        let factors: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for factor in factors.into_iter().filter(|factor| was.get(*factor) != is.get(*factor)) {
            let said = |given: Option<&Given>| match given.map(|given| &given.value) {
                None => format!("{factor} as computed"),
                Some(FactorValue::Mark(mark)) => format!("{factor} {mark}"),
                Some(FactorValue::Letter(letter)) => format!("{factor} {letter}"),
                Some(FactorValue::Loss(loss)) => format!("{factor} {} to {}, mostly {}", loss.min, loss.max, loss.mode),
            };
            let (before, after) = (said(was.get(factor)), said(is.get(factor)));
            let reason = is.get(factor).map_or_else(String::new, |given| given.reason.clone());
            let (threat, about) = (Some(threat.clone()), self.about(threat));
            out.push(LogChange { kind: LogKind::Rating, threat, about, before, after, reason, ..LogChange::default() });
        }
    }

    /// A decision in words.
    fn decided(&self, d: &Decision) -> String {
        let mut words = d.disposition.label().to_owned();
        if d.disposition == Disposition::Transfer && !d.transferred_to.is_empty() {
            words += &format!(" to {}", d.transferred_to);
        }
        if d.disposition == Disposition::Accept {
            words += &d.expires.map_or(" without end".to_owned(), |end| format!(" until {end}"));
        }
        let person = |what: &str, id: &Option<Id>| id.as_ref().map(|id| format!(", {what} {}", self.name(id)));
        words += &person("approved by", &d.approver).unwrap_or_default();
        words += &person("owner", &d.owner).unwrap_or_default();
        words += &d.due.map(|due| format!(", due {due}")).unwrap_or_default();
        if d.ticket.is_empty() { words } else { format!("{words}, ticket {}", d.ticket) }
    }

    fn control(&self, id: &Id, change: &Change, out: &mut Vec<LogChange>) {
        let of = |record: &Option<Record>| match record {
            Some(Record::Instance(instance)) => Some((**instance).clone()),
            _ => None,
        };
        let (was, is) = (of(&change.before), of(&change.after));
        let Some(shown) = is.as_ref().or(was.as_ref()) else { return };
        let control = self.library.control(self.model, &shown.control);
        let control = control.map_or_else(|| self.name(&Id::new(&shown.control)), |c| c.name.clone());
        let sites: Vec<String> = shown.at.iter().map(|site| self.site(site)).collect();
        let about = format!("{control} at {}", sites.join(", "));
        let places = shown.at.iter().filter_map(|site| match site {
            Site::Model => None,
            Site::At(id) => Some(id.clone()),
        });
        let blank = LogChange { record: Some(id.clone()), places: places.collect(), about, ..LogChange::default() };
        let mut tell = |kind, before: String, after: String| {
            if before != after {
                out.push(LogChange { kind, before, after, ..blank.clone() });
            }
        };
        let status = |instance: &Option<ControlInstance>, none: &str| match instance {
            Some(i) => i.status.label().to_owned(),
            None => none.to_owned(),
        };
        tell(LogKind::Control, status(&was, "not there"), status(&is, "removed"));
        let evidence = |instance: &Option<ControlInstance>| {
            let Some(Evidence { level, on, result }) = instance.as_ref().map(|i| &i.evidence) else { return "none".to_owned() };
            let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
            let result = if result.is_empty() { String::new() } else { format!(": {result}") };
            format!("{}{on}{result}", level.label())
        };
        // What comes with a new control at its default says nothing.
        let silent = is.is_none() || (was.is_none() && is.as_ref().is_some_and(|i| i.evidence == Evidence::default()));
        if !silent {
            tell(LogKind::Test, evidence(&was), evidence(&is));
        }
        if let (Some(was), Some(is)) = (&was, &is)
            && let Some((before, after)) = differing(&value(was), &value(is), &["status", "evidence"], &|id| self.named(id))
        {
            tell(LogKind::Control, before, after);
        }
    }

    fn site(&self, site: &Site) -> String {
        match site {
            Site::Model => "the whole model".to_owned(),
            Site::At(id) => self.name(id),
        }
    }

    /// What an id in a field is called; ids of the library keep theirs.
    fn named(&self, text: &str) -> Option<String> {
        self.known(&Id::new(text))
    }

    fn record(&self, key: &Key, change: &Change, out: &mut Vec<LogChange>) {
        let id = key.id();
        let about = match id {
            Some(id) => format!("{} {}", capital(key.kind_label()), self.name(id)),
            None => "The model".to_owned(),
        };
        let blank = LogChange { record: id.cloned(), about, ..LogChange::default() };
        let (before, after) = match (&change.before, &change.after) {
            (None, Some(_)) => ("not there".to_owned(), "added".to_owned()),
            (Some(_), None) => {
                id.into_iter().for_each(|id| self.archived(id, out));
                ("there".to_owned(), "deleted".to_owned())
            }
            (Some(was), Some(is)) => {
                self.scope(was, is, &blank, out);
                let passed: &[&str] = if matches!(key, Key::Info) { &["scope"] } else { &["out_of_scope"] };
                let differing = differing(&content(was), &content(is), passed, &|id| self.named(id));
                let Some(told) = differing else { return };
                told
            }
            (None, None) => return,
        };
        out.push(LogChange { before, after, ..blank });
    }

    /// Where the line is drawn between what is looked at and what is not.
    fn scope(&self, was: &Record, is: &Record, blank: &LogChange, out: &mut Vec<LogChange>) {
        let out_of = |reason: &Option<String>| match reason {
            Some(_) => "out of scope".to_owned(),
            None => "in scope".to_owned(),
        };
        let (before, after, reason) = match (was, is) {
            (Record::Info(was), Record::Info(is)) if was.scope != is.scope => (was.scope.clone(), is.scope.clone(), None),
            (Record::Element(was), Record::Element(is)) if was.out_of_scope != is.out_of_scope => {
                (out_of(&was.out_of_scope), out_of(&is.out_of_scope), is.out_of_scope.clone())
            }
            (Record::Flow(was), Record::Flow(is)) if was.out_of_scope != is.out_of_scope => {
                (out_of(&was.out_of_scope), out_of(&is.out_of_scope), is.out_of_scope.clone())
            }
            _ => return,
        };
        let reason = reason.unwrap_or_default();
        out.push(LogChange { kind: LogKind::Scope, before, after, reason, ..blank.clone() });
    }

    /// Decisions about what was deleted are archived with it.
    fn archived(&self, anchor: &Id, out: &mut Vec<LogChange>) {
        let about = self.model.decisions.iter().filter(|(key, d)| key.anchor == *anchor && !d.is_blank());
        for (threat, decision) in about {
            let (before, after) = (self.decided(decision), "archived with what was deleted".to_owned());
            let (threat, about, reason) = (Some(threat.clone()), self.about(threat), decision.justification.clone());
            out.push(LogChange { kind: LogKind::Decision, threat, about, before, after, reason, ..LogChange::default() });
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn value(record: &impl serde::Serialize) -> Value {
    // Nothing of a model has no form in JSON.
    serde_json::to_value(record).unwrap_or_default()
}

/// The fields of a record, without the name of its kind around them.
fn content(record: &Record) -> Value {
    match value(record) {
        Value::Object(kind) => kind.into_iter().next().map(|(_, fields)| fields).unwrap_or_default(),
        other => other,
    }
}
