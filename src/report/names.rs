//! Names too long for any page. A name stands in every sentence about its record, so a long one would be a report by itself.

use crate::model::{Record, ThreatModel};

/// Letters of a name that are printed.
const LONGEST: usize = 240;

/// The model with its overlong names cut; `None` when there are none, as nearly always.
pub fn cut(model: &ThreatModel) -> Option<ThreatModel> {
    let mut out: Option<ThreatModel> = None;
    for key in model.keys() {
        let Some(mut record) = model.get(&key) else { continue };
        let mut is_cut = false;
        names(&mut record).into_iter().for_each(|name| is_cut |= shorten(name));
        if is_cut {
            out.get_or_insert_with(|| model.clone()).put(&key, Some(record));
        }
    }
    out
}

fn shorten(name: &mut String) -> bool {
    let end = name.char_indices().nth(LONGEST).map(|(at, _)| at);
    if let Some(end) = end {
        name.truncate(end);
        name.push('…');
    }
    end.is_some()
}

/// What a record is called in sentences of others.
fn names(record: &mut Record) -> Vec<&mut String> {
    match record {
        Record::Info(r) => vec![&mut r.name, &mut r.client, &mut r.owner, &mut r.reviewer, &mut r.version],
        Record::Person(r) => vec![&mut r.name],
        Record::Boundary(r) => vec![&mut r.name],
        Record::Element(r) => vec![&mut r.name],
        Record::Flow(r) => vec![&mut r.name],
        Record::Asset(r) => vec![&mut r.name],
        Record::Agent(r) => vec![&mut r.name],
        Record::Vulnerability(r) => vec![&mut r.name],
        Record::Threat(r) => vec![&mut r.title],
        Record::Control(r) => vec![&mut r.name],
        Record::Diagram(r) => vec![&mut r.name],
        Record::Scenario(r) => vec![&mut r.name],
        Record::Baseline(r) => vec![&mut r.name, &mut r.by],
        Record::Session(r) => vec![&mut r.name],
        _ => Vec::new(),
    }
}
