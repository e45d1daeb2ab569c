//! What a reader does with what has no counterpart: it is kept with its record, and told.

use super::LossKind;
use super::draft::Draft;
use super::lenient::{Object, rest, shortened, text};
use crate::model::{ControlInstance, ControlStatus, Element, Evidence, EvidenceLevel, Extra, Id, Person, Role, Site};
use serde_json::Value;

impl Draft {
    /// An id for something: its own while that is free, else a new one, which is told.
    pub(super) fn claim(&mut self, foreign: &str, what: &str) -> Id {
        let id = self.ids.claim(foreign);
        if id.as_str() != foreign {
            let why = match foreign {
                "" => format!("it had no id and is now “{id}”"),
                old => format!("its id “{}” was already taken; it is now “{id}”", shortened(old)),
            };
            self.lose_at(&id, LossKind::Changed, what, why);
        }
        id
    }

    /// Keeps every field that says something and is not among `known` under `prefix` and its name, and tells each.
    pub(super) fn set_aside(&mut self, at: Option<&Id>, what: &str, from: &Object, known: &[&str], prefix: &str) -> Extra {
        let kept = rest(from, known, "");
        for (field, value) in &kept {
            self.tell(at, LossKind::Kept, what, format!("the field “{field}” has no counterpart: {}", shortened(value)));
        }
        kept.into_iter().map(|(field, value)| (format!("{prefix}{field}"), value)).collect()
    }

    /// Tells something about a record, or about what has none.
    pub(super) fn tell(&mut self, at: Option<&Id>, kind: LossKind, what: &str, why: impl Into<String>) {
        match at {
            Some(id) => self.lose_at(id, kind, what, why),
            None => self.lose(kind, what, why),
        }
    }

    /// The person of this name, met before or new, in a role.
    pub(super) fn person(&mut self, name: &str, role: Role) -> Option<Id> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let known = self.model.people.iter().find(|(_, p)| p.name == name).map(|(id, _)| id.clone());
        let id = known.unwrap_or_else(|| self.ids.fresh());
        let person = self.model.people.entry(id.clone()).or_insert_with(|| Person { name: name.to_owned(), ..Person::default() });
        person.roles.insert(role);
        Some(id)
    }
}

/// The objects of a list; what is no object there is told as dropped.
pub(super) fn objects<'a>(draft: &mut Draft, from: &'a Object, key: &str, each: &str) -> Vec<&'a Object> {
    let items = match from.get(key) {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items.as_slice(),
        Some(_) => {
            draft.lose(LossKind::Dropped, "the model", format!("its “{key}” is no list and was not read"));
            return Vec::new();
        }
    };
    let mut out = Vec::new();
    for (n, item) in items.iter().enumerate() {
        match item.as_object() {
            Some(object) => out.push(object),
            None => draft.lose(LossKind::Dropped, format!("{each} {}", n + 1), "it is not an object"),
        }
    }
    out
}

/// The first of these fields that says something.
pub(super) fn first_text(from: &Object, keys: &[&str]) -> String {
    keys.iter().map(|key| text(from, key)).find(|t| !t.trim().is_empty()).unwrap_or_default()
}

/// The texts of a list; a single text counts as a list of one.
pub(super) fn texts(from: &Object, key: &str) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let all: Vec<String> = match from.get(key) {
        Some(Value::Array(items)) => items.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    };
    all.into_iter().filter(|t| !t.is_empty()).collect()
}

/// Paragraphs that say something, with an empty line between.
pub(super) fn paragraphs<const N: usize>(texts: [String; N]) -> String {
    texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A text under a heading; nothing where there is no text.
pub(super) fn headed(heading: &str, text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("{heading}: {}", text.trim()) }
}

impl Draft {
    /// A control of the library that the file says is in place at a record. Nobody has shown that it works.
    pub(super) fn in_place(&mut self, control: &str, at: &Id) {
        let instances = &mut self.model.instances;
        let met = instances.iter().find(|(_, i)| i.control == control && i.status == ControlStatus::Implemented);
        let id = met.map(|(id, _)| id.clone()).unwrap_or_else(|| self.ids.fresh());
        let new = || ControlInstance {
            control: control.to_owned(),
            status: ControlStatus::Implemented,
            evidence: Evidence { level: EvidenceLevel::Assumed, ..Evidence::default() },
            ..ControlInstance::default()
        };
        instances.entry(id).or_insert_with(new).at.insert(Site::At(at.clone()));
    }
}

impl Draft {
    /// The system as a whole as one process, for threats of files that hold no model of it.
    pub(super) fn whole(&mut self) -> Id {
        let name = self.model.info.name.clone();
        let id = self.ids.claim("system");
        let why = "threats need something they threaten, so the system as a whole is drawn as one process";
        self.lose_at(&id, LossKind::Changed, "the model", why);
        let name = if name.trim().is_empty() { "The system".to_owned() } else { name };
        self.model.elements.insert(id.clone(), Element { name, ..Element::default() });
        id
    }
}

/// A measure told in one long text: a name on its first line, the whole below where it says more.
pub(super) fn measure(text: &str) -> String {
    const NAME: usize = 90;
    let text = text.trim();
    let first = text.lines().next().unwrap_or_default();
    if first.chars().count() <= NAME {
        return text.to_owned();
    }
    let sentence = first.split_inclusive(['.', ';']).next().unwrap_or(first).trim_end_matches(['.', ';']);
    let name: String = match sentence.chars().count() {
        n if n <= NAME => sentence.to_owned(),
        _ => sentence.chars().take(NAME).chain(['…']).collect(),
    };
    format!("{name}\n{text}")
}
