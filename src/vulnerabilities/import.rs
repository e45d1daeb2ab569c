//! Findings of other tools become vulnerabilities of a model.

use super::columns::plain;
use super::suspect::linked;
use super::table::{Findings, Found};
use crate::edit::Edit;
use crate::library::Library;
use crate::model::{Id, Key, ThreatModel, Vulnerability, VulnerabilityKind};
use crate::risk::{Assessment, name_of};
use blake2::digest::{Update, VariableOutput};
use std::collections::{BTreeMap, BTreeSet};

/// What a table of findings brings to a model. Importing the same table again brings nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The new vulnerabilities.
    pub new: Vec<(Id, Vulnerability)>,
    /// Findings that are in the model already.
    pub known: usize,
    /// What did not come over, line by line, with the reason.
    pub left_out: Vec<String>,
}

impl Import {
    pub fn of(findings: &Findings, model: &ThreatModel, library: &Library, assessment: &Assessment) -> Import {
        let places = Places::of(model);
        let mut import = Import::default();
        let mut seen = BTreeSet::new();
        for found in &findings.found {
            let line = found.line;
            let title = if found.title.is_empty() { "a finding without a title" } else { found.title.as_str() };
            let mut leave = |why: String| import.left_out.push(format!("line {line}, {title}: {why}"));
            if found.title.is_empty() {
                leave("says nothing about what was found".into());
                continue;
            }
            if found.is_false_alarm || found.is_remark {
                leave(if found.is_false_alarm { "is marked as a false alarm" } else { "is a remark without a risk" }.into());
                continue;
            }
            let at = match places.find(&found.place) {
                Ok(at) => at,
                Err(why) => {
                    leave(why);
                    continue;
                }
            };
            // What the program wrote out itself is known by its own id.
            let own = Id::from(found.id.as_str());
            let id = if model.vulnerabilities.contains_key(&own) { own } else { id_of(found, &at) };
            if !seen.insert(id.clone()) {
                leave("is listed twice".into());
            } else if let Some(known) = model.vulnerabilities.get(&id) {
                import.known += 1;
                if known.status != found.status {
                    let (here, there) = (known.status.label().to_lowercase(), found.status.label().to_lowercase());
                    leave(format!("is {here} in the model and stays so, though the table says {there}"));
                }
            } else if model.has_id(&id) {
                leave("its id is in use for something else".into());
            } else {
                import.new.push((id, record(found, at, library, assessment)));
            }
        }
        import
    }

    /// One step that adds them; `None` when there is nothing new.
    pub fn edit(&self) -> Option<Edit> {
        let add = |(id, v): &(Id, Vulnerability)| Edit::put(Key::Vulnerability(id.clone()), v.clone());
        let edits: Vec<Edit> = self.new.iter().map(add).collect();
        (!edits.is_empty()).then(|| Edit::Batch { label: format!("import {}", counted(edits.len())), edits })
    }

    /// "3 findings imported, 2 there already, 1 left out".
    pub fn told(&self) -> String {
        let mut parts = vec![format!("{} imported", counted(self.new.len()))];
        if self.known > 0 {
            parts.push(format!("{} there already", self.known));
        }
        if !self.left_out.is_empty() {
            parts.push(format!("{} to look at", self.left_out.len()));
        }
        parts.join(", ")
    }
}

fn counted(n: usize) -> String {
    if n == 1 { "1 finding".to_owned() } else { format!("{n} findings") }
}

fn record(found: &Found, at: Id, library: &Library, assessment: &Assessment) -> Vulnerability {
    let known = found.cwe.and_then(|cwe| library.weaknesses.get(&cwe)).map(|weakness| weakness.kind);
    let severity = match found.severity.as_str() {
        "" => String::new(),
        severity => format!("Severity where it was found: {severity}"),
    };
    let source = if found.id.is_empty() { String::new() } else { format!("Found as {}", found.id) };
    let parts = [found.description.as_str(), &severity, &source];
    let description = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    Vulnerability {
        name: found.title.clone(),
        kind: known.or(found.kind).unwrap_or(VulnerabilityKind::Other),
        cwe: found.cwe,
        description,
        evidence: found.evidence.clone(),
        status: found.status,
        threats: found.cwe.map(|cwe| linked(library, assessment, &at, cwe)).unwrap_or_default(),
        at,
        visibility: None,
    }
}

/// An id that is the same whenever the same finding is read: by the other tool's id, else by everything it says.
fn id_of(found: &Found, at: &Id) -> Id {
    let cwe = found.cwe.map(|n| n.to_string()).unwrap_or_default();
    let by_content = [found.title.as_str(), &cwe, &found.evidence, &found.description];
    let by_id = [found.id.as_str(), found.title.as_str()];
    let parts: &[&str] = if found.id.is_empty() { &by_content } else { &by_id };
    let mut bytes = [0_u8; 8];
    if let Ok(mut hash) = blake2::Blake2bVar::new(bytes.len()) {
        for part in parts.iter().copied().chain([at.as_str()]) {
            hash.update(part.as_bytes());
            hash.update(&[0x1f]);
        }
        // The length is the one asked for.
        let _ = hash.finalize_variable(&mut bytes);
    }
    let digits: String = bytes.iter().take(7).map(|byte| format!("{byte:02x}")).collect();
    Id::from(format!("found-{digits}"))
}

/// Elements and flows by what people call them.
struct Places<'a> {
    model: &'a ThreatModel,
    exact: BTreeMap<&'a str, Vec<&'a Id>>,
    plain: BTreeMap<String, Vec<&'a Id>>,
}

impl<'a> Places<'a> {
    fn of(model: &'a ThreatModel) -> Places<'a> {
        let elements = model.elements.iter().map(|(id, e)| (id, e.name.as_str()));
        let flows = model.flows.iter().map(|(id, f)| (id, f.name.as_str()));
        let mut places = Places { model, exact: BTreeMap::new(), plain: BTreeMap::new() };
        for (id, name) in elements.chain(flows) {
            places.exact.entry(id.as_str()).or_default().push(id);
            let plain = plain(name);
            if !plain.is_empty() {
                if name != id.as_str() {
                    places.exact.entry(name.trim()).or_default().push(id);
                }
                places.plain.entry(plain).or_default().push(id);
            }
        }
        places
    }

    /// The one thing of this name; elements before flows.
    fn find(&self, name: &str) -> Result<Id, String> {
        if name.trim().is_empty() {
            return Err("does not say where it was found".into());
        }
        let spellings = [Some(name), host_of(name)];
        for spelling in spellings.into_iter().flatten() {
            let exact = self.exact.get(spelling.trim());
            if let Some(found) = exact.or_else(|| self.plain.get(&plain(spelling))) {
                return self.one_of(found, name);
            }
        }
        Err(format!("nothing in the model is called “{name}”"))
    }

    fn one_of(&self, found: &[&Id], name: &str) -> Result<Id, String> {
        let elements: Vec<&&Id> = found.iter().filter(|id| self.model.elements.contains_key(**id)).collect();
        match (elements.as_slice(), found) {
            ([one], _) => Ok((**one).clone()),
            ([], [one]) => Ok((*one).clone()),
            _ => {
                let ids: Vec<String> = found.iter().take(3).map(|id| format!("{} ({id})", name_of(self.model, id))).collect();
                Err(format!(
                    "{} things are called “{name}”: write the id of one of them instead: {}",
                    found.len(),
                    ids.join(", ")
                ))
            }
        }
    }
}

/// "shop.example" of "https://shop.example:8443/login".
fn host_of(text: &str) -> Option<&str> {
    let rest = text.split_once("://").map(|(_, rest)| rest)?;
    rest.split(['/', ':', '?', '#']).next().filter(|host| !host.is_empty())
}
