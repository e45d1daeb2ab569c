//! Trust boundaries, and the runtimes several assets share.

use super::{PREFIX, Reader, id_of, is_tweak, words};
use crate::interchange::LossKind;
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::{Boundary, BoundaryKind, Id};
use serde_json::Value;

const KNOWN: &[&str] = &["id", "description", "type", "technical_assets_inside", "trust_boundaries_nested"];
const RUNTIME: &[&str] = &["id", "description", "technical_assets_running"];

impl Reader {
    pub(super) fn trust_boundaries(&mut self, all: &Object) {
        let mut met: Vec<(Id, String, &Object)> = Vec::new();
        for (title, value) in all {
            let name = plain(title);
            let what = format!("trust boundary “{}”", shortened(&name));
            let Value::Object(raw) = value else {
                self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                continue;
            };
            let foreign = id_of(raw, title);
            let id = self.draft.claim(&foreign, &what);
            let word = text(raw, "type");
            let kind = words::boundary(&word).unwrap_or_else(|| {
                let why = format!("its type “{}” is not known; it is a network here", shortened(&word));
                self.draft.lose_at(&id, LossKind::Changed, &what, why);
                BoundaryKind::Network
            });
            let known: Vec<&str> = KNOWN.iter().copied().chain(raw.keys().map(String::as_str).filter(|k| is_tweak(k))).collect();
            let mut extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
            extra.insert(format!("{PREFIX}type"), word);
            let boundary = Boundary { name, kind, description: plain(&text(raw, "description")), extra, ..Boundary::default() };
            self.boundaries.insert(foreign, id.clone());
            self.draft.model.boundaries.insert(id.clone(), boundary);
            met.push((id, what, raw));
        }
        for (id, what, raw) in met {
            for inner in self.refer(&id, &what, raw, "trust_boundaries_nested", |r| &r.boundaries) {
                let place = self.draft.model.boundaries.get_mut(&inner).map(|b| &mut b.parent);
                let taken = place.and_then(|parent| if parent.is_none() { parent.replace(id.clone()) } else { parent.clone() });
                self.tell_taken(taken, &inner, "trust boundary", &what);
            }
            for inside in self.refer(&id, &what, raw, "technical_assets_inside", |r| &r.assets) {
                let place = self.draft.model.elements.get_mut(&inside).map(|e| &mut e.boundary);
                let taken = place.and_then(|home| if home.is_none() { home.replace(id.clone()) } else { home.clone() });
                self.tell_taken(taken, &inside, "technical asset", &what);
            }
        }
    }

    /// Tells that something is in two boundaries, where only the first can hold.
    fn tell_taken(&mut self, first: Option<Id>, at: &Id, kind: &str, second: &str) {
        if let Some(first) = first {
            let name = |id: &Id| shortened(self.draft.model.name_of(id));
            let (what, why) = (format!("{kind} “{}”", name(at)), format!("it is in “{}” already, not in {second}", name(&first)));
            self.draft.lose_at(at, LossKind::Dropped, what, why);
        }
    }

    /// A runtime becomes a sentence with everything that runs on it.
    pub(super) fn shared_runtimes(&mut self, all: &Object) {
        for (title, value) in all {
            let name = plain(title);
            let what = format!("shared runtime “{}”", shortened(&name));
            let Value::Object(raw) = value else {
                self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                continue;
            };
            let foreign = id_of(raw, title);
            let running: Vec<Id> = {
                let mut out = Vec::new();
                for wanted in crate::interchange::kept::texts(raw, "technical_assets_running") {
                    match self.assets.get(&wanted) {
                        Some(id) => out.push(id.clone()),
                        None => {
                            let why = format!("“{}” that runs on it is not in the file", shortened(&wanted));
                            self.draft.lose(LossKind::Dropped, &what, why);
                        }
                    }
                }
                out
            };
            let description = plain(&text(raw, "description"));
            for id in &running {
                if let Some(element) = self.draft.model.elements.get_mut(id) {
                    let said = format!("Runs on the shared runtime “{name}”. {description}");
                    element.notes = [element.notes.trim(), said.trim()].join("\n").trim().to_owned();
                }
            }
            let extra = self.draft.set_aside(None, &what, raw, RUNTIME, &format!("{PREFIX}runtime.{foreign}."));
            self.draft.model.info.extra.extend(extra);
            let why = format!("it is a note at each of the {} assets that run on it", running.len());
            self.draft.lose(LossKind::Changed, what, why);
            self.runtimes.insert(foreign, running);
        }
    }
}
