//! What records are called, also those that only one of the models has.

use crate::library::Library;
use crate::model::{Id, Key, Record, Site, ThreatKey, ThreatModel};
use crate::risk::name_of;

/// Names by several models; the first that knows one says it.
pub struct Names<'a> {
    models: Vec<&'a ThreatModel>,
    pub(super) library: &'a Library,
}

impl<'a> Names<'a> {
    pub fn new(models: Vec<&'a ThreatModel>, library: &'a Library) -> Names<'a> {
        Names { models, library }
    }

    /// The name of the record with this id; `None` where it has none.
    pub(super) fn id(&self, id: &str) -> Option<String> {
        let named = self.models.iter().map(|model| model.name_of(&Id::new(id)));
        { named }.find(|name| !name.is_empty()).map(one_line)
    }

    fn or_id(&self, id: &Id) -> String {
        // What has no name is called by its kind.
        let called = || self.models.iter().find(|model| model.item_key(id).is_some()).map(|model| name_of(model, id));
        self.id(id.as_str()).or_else(called).unwrap_or_else(|| id.to_string())
    }

    pub(super) fn control(&self, id: &str) -> String {
        let known = self.models.iter().find_map(|model| self.library.control(model, id)).map(|control| control.name.clone());
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// A threat by its title and where it is.
    pub(super) fn threat(&self, threat: &ThreatKey) -> String {
        let of_rule = || self.library.rule(threat.rule.as_str()).map(|(_, rule)| self.library.title_of(rule));
        let title = self.id(threat.rule.as_str()).or_else(of_rule).unwrap_or_else(|| threat.rule.to_string());
        let place = self.or_id(&threat.anchor);
        if title.contains(&place) { title } else { format!("{title}, at {place}") }
    }

    /// What people call the record, without the word for its kind.
    pub fn record(&self, key: &Key) -> String {
        match key {
            Key::Info => String::new(),
            Key::Decision(threat) | Key::Appraisal(threat) => self.threat(threat),
            Key::Placement(place) => format!("{} on {}", self.or_id(&place.item), self.or_id(&place.diagram)),
            Key::Instance(_) => match self.models.iter().find_map(|model| model.get(key)) {
                Some(Record::Instance(instance)) => {
                    let site = |site: &Site| match site {
                        Site::Model => "the whole model".to_owned(),
                        Site::At(id) => self.or_id(id),
                    };
                    let mut sites: Vec<String> = instance.at.iter().map(site).collect();
                    sites.sort();
                    let sites = if sites.is_empty() { "nothing".to_owned() } else { sites.join(", ") };
                    format!("{} at {sites}", self.control(&instance.control))
                }
                _ => key.id().map(ToString::to_string).unwrap_or_default(),
            },
            _ => key.id().map(|id| self.or_id(id)).unwrap_or_default(),
        }
    }

    /// The record with the word for its kind: “element “Web””.
    pub fn called(&self, key: &Key) -> String {
        match key {
            Key::Info => "the model".to_owned(),
            _ => format!("{} “{}”", key.kind_label(), self.record(key)),
        }
    }
}

/// Longest name told; notes and assumptions are called by their text.
const LONGEST: usize = 80;

fn one_line(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= LONGEST { flat } else { flat.chars().take(LONGEST).chain(['…']).collect() }
}
