//! Threagile models (YAML): assets, trust boundaries, communication links, risks found by hand and how risks are tracked.
//!
//! Such a model has no picture. The risks Threagile works out itself are not in the file, so they do not come over; what
//! people decided about them does. Fields without a counterpart are kept with their object under `threagile.`.

mod asset;
mod boundary;
mod data;
mod include;
mod link;
mod risk;
mod tracking;
mod words;

use super::draft::Draft;
use super::kept::{first_text, headed, paragraphs, texts};
use super::lenient::{Object, object, text};
use super::markup::plain;
use super::{Import, ImportError, LossKind, Source, yaml};
use crate::model::{Id, Role};
use serde_json::Value;
use std::collections::BTreeMap;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "threagile.";

/// Reads a model with the files it includes from its folder. JSON is read too, which is YAML.
///
/// # Errors
/// The text is no sound YAML, made to exhaust its reader, or no map of names and values.
pub fn read(source: &Source<'_>) -> Result<Import, ImportError> {
    let Value::Object(mut file) = yaml::parse(source.text)? else { return Err(ImportError::Unknown) };
    let mut reader = Reader::new(source.text);
    include::add_all(&mut reader.draft, &mut file, source.beside);
    reader.model(&file);
    Ok(reader.draft.finish())
}

/// A model in the making, with the ids as the file writes them.
struct Reader {
    draft: Draft,
    data: BTreeMap<String, Id>,
    assets: BTreeMap<String, Id>,
    links: BTreeMap<String, Id>,
    boundaries: BTreeMap<String, Id>,
    /// What runs on each shared runtime.
    runtimes: BTreeMap<String, Vec<Id>>,
    /// Threats of the file by their category and what they are about, for the tracking.
    risks: Vec<risk::Identified>,
}

impl Reader {
    fn new(content: &str) -> Reader {
        let draft = Draft::new("Threagile", content);
        let (data, assets, links, boundaries, runtimes, risks) = Default::default();
        Reader { draft, data, assets, links, boundaries, runtimes, risks }
    }

    fn model(&mut self, file: &Object) {
        self.info(file);
        // Ids before anything that refers to them.
        self.data_assets(object(file, "data_assets"));
        self.technical_assets(object(file, "technical_assets"));
        self.links(object(file, "technical_assets"));
        self.trust_boundaries(object(file, "trust_boundaries"));
        self.shared_runtimes(object(file, "shared_runtimes"));
        self.risk_categories(file);
        self.tracking(object(file, "risk_tracking"));
    }

    fn info(&mut self, file: &Object) {
        const KNOWN: &[&str] = &[
            "title",
            "author",
            "contributors",
            "threagile_version",
            "tags_available",
            "includes",
            "data_assets",
            "technical_assets",
            "trust_boundaries",
            "shared_runtimes",
            "individual_risk_categories",
            "custom_risk_categories",
            "risk_tracking",
            "application_description",
            "business_overview",
            "technical_overview",
            "management_summary_comment",
            "questions",
            "abuse_cases",
            "security_requirements",
        ];
        for (key, map) in KNOWN.iter().filter_map(|key| Some((key, file.get(*key)?))) {
            let is_map =
                matches!(*key, "data_assets" | "technical_assets" | "trust_boundaries" | "shared_runtimes" | "risk_tracking");
            if is_map && !map.is_object() && !map.is_null() {
                self.draft.lose(LossKind::Dropped, "the model", format!("its “{key}” is no map of titles and was not read"));
            }
        }
        let known: Vec<&str> = KNOWN.iter().copied().chain(file.keys().map(String::as_str).filter(|k| is_tweak(k))).collect();
        let extra = self.draft.set_aside(None, "the model", file, &known, PREFIX);
        let author = text(object(file, "author"), "name");
        self.draft.person(&author, Role::Architect);
        for person in file.get("contributors").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            self.draft.person(&text(person, "name"), Role::Participant);
        }
        let overview = |key: &str| match file.get(key) {
            Some(Value::Object(of)) => plain(&text(of, "description")),
            Some(Value::String(words)) => plain(words),
            _ => String::new(),
        };
        let description = paragraphs([
            overview("application_description"),
            headed("Business overview", &overview("business_overview")),
            headed("Technical overview", &overview("technical_overview")),
            headed("Summary", &overview("management_summary_comment")),
            self.listed(file, "questions", "Questions"),
            self.listed(file, "abuse_cases", "Abuse cases"),
            self.listed(file, "security_requirements", "Security requirements"),
        ]);
        let info = &mut self.draft.model.info;
        info.name = plain(&text(file, "title"));
        info.owner = author;
        info.description = description;
        info.extra = extra;
    }

    /// Titles with their texts, as a part of the description.
    fn listed(&mut self, file: &Object, key: &str, heading: &str) -> String {
        let map = object(file, key);
        if map.is_empty() {
            return String::new();
        }
        let why = format!("its {} “{key}” are now a part of the description", map.len());
        self.draft.lose(LossKind::Changed, "the model", why);
        let said =
            |value: &Value| value.as_str().map(plain).filter(|t| !t.is_empty()).unwrap_or_else(|| "not answered".to_owned());
        let lines: Vec<String> = map.iter().map(|(title, value)| format!("- {}: {}", plain(title), said(value))).collect();
        format!("{heading}:\n{}", lines.join("\n"))
    }

    /// The person a thing belongs to.
    fn owner(&mut self, raw: &Object) -> Option<Id> {
        self.draft.person(&text(raw, "owner"), Role::Owner)
    }

    /// The records a list of ids refers to; what is not in the file is told.
    fn refer(&mut self, at: &Id, what: &str, raw: &Object, key: &str, known: fn(&Reader) -> &BTreeMap<String, Id>) -> Vec<Id> {
        let mut out = Vec::new();
        for wanted in texts(raw, key) {
            match known(self).get(&wanted) {
                Some(id) => out.push(id.clone()),
                None => self.draft.lose_at(at, LossKind::Dropped, what, format!("“{wanted}” in its {key} is not in the file")),
            }
        }
        out
    }
}

/// Hints for the drawing of Threagile's own pictures.
fn is_tweak(key: &str) -> bool {
    key.starts_with("diagram_tweak")
}

/// The id of an object, or the one Threagile's tools would make of its title.
fn id_of(raw: &Object, title: &str) -> String {
    let id = first_text(raw, &["id"]);
    if id.is_empty() { slug(title) } else { id }
}

/// Lower case, every run of other characters one hyphen.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// A truth value as YAML 1.1 has it too; `None` where the file says nothing.
fn stated(raw: &Object, key: &str) -> Option<bool> {
    match raw.get(key)? {
        Value::Bool(b) => Some(*b),
        Value::String(s) => match s.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some(true),
            "false" | "no" | "off" | "n" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
