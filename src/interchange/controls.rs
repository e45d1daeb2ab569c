//! Mitigation texts become controls of the model: one per text, attached where its threats are.

use super::lenient::Ids;
use crate::model::{Control, ControlInstance, ControlSite, ControlStatus, Evidence, EvidenceLevel, Id, Site, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// The controls met so far. A text that was called done and the same text still to do are two.
#[derive(Default)]
pub(super) struct Controls(BTreeMap<(String, bool), Met>);

struct Met {
    id: Id,
    site: ControlSite,
    at: BTreeSet<Site>,
}

impl Controls {
    /// The control of a mitigation text at a record. `done` when the threat it answers was called mitigated.
    pub(super) fn attach(&mut self, text: &str, done: bool, site: ControlSite, at: &Id, ids: &mut Ids) -> Id {
        let new = || Met { id: ids.fresh(), site, at: BTreeSet::new() };
        let met = self.0.entry((text.trim().to_owned(), done)).or_insert_with(new);
        met.at.insert(Site::At(at.clone()));
        met.id.clone()
    }

    /// Puts definitions and instances into the model.
    pub(super) fn store(&mut self, model: &mut ThreatModel, ids: &mut Ids) {
        for ((text, done), met) in std::mem::take(&mut self.0) {
            let (name, description) = heading(&text);
            let control = Control { name, description, site: met.site, family: met.id.to_string(), ..Control::default() };
            let (status, level) = match done {
                true => (ControlStatus::Implemented, EvidenceLevel::Assumed),
                false => (ControlStatus::Proposed, Evidence::default().level),
            };
            let instance = ControlInstance {
                control: met.id.to_string(),
                at: met.at,
                status,
                evidence: Evidence { level, ..Evidence::default() },
                ..ControlInstance::default()
            };
            model.controls.insert(met.id, control);
            model.instances.insert(ids.fresh(), instance);
        }
    }
}

/// What a measure is called, and the text of it: its first line, or the beginning of that where it is a whole paragraph;
/// then the text is kept whole, so that nothing of it is lost.
fn heading(text: &str) -> (String, String) {
    const LONG: usize = 90;
    let (line, more) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim();
    if line.chars().count() <= LONG {
        return (line.to_owned(), more.trim().to_owned());
    }
    let sentence = line.split_inclusive(". ").next().unwrap_or(line).trim().trim_end_matches('.');
    let name = if sentence.chars().count() <= LONG {
        sentence.to_owned()
    } else {
        let cut: String = sentence.chars().take(LONG).collect();
        let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
        format!("{whole_words} …")
    };
    (name, text.to_owned())
}

/// The text a control was made of: the other way round than [`heading`].
pub(super) fn text_of(control: &Control) -> String {
    let Control { name, description, .. } = control;
    let begin = name.trim_end_matches(" …");
    match description.as_str() {
        "" => name.clone(),
        whole
            if whole.starts_with(begin)
                && begin.chars().count() < whole.lines().next().unwrap_or_default().trim().chars().count() =>
        {
            whole.to_owned()
        }
        more => format!("{name}\n{more}"),
    }
}
