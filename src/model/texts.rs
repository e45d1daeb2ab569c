//! One visitor over everything people wrote into a record: redaction and searching use it.

use super::Record;
use std::collections::BTreeSet;

/// Calls `each` with every text of the record that people wrote, names included. Ids, tags and foreign data are no texts.
pub fn texts_mut(record: &mut Record, each: &mut dyn FnMut(&mut String)) {
    fn all(texts: &mut [&mut String], each: &mut dyn FnMut(&mut String)) {
        texts.iter_mut().for_each(|text| each(text));
    }
    fn set(texts: &mut BTreeSet<String>, each: &mut dyn FnMut(&mut String)) {
        *texts = std::mem::take(texts)
            .into_iter()
            .map(|mut text| {
                each(&mut text);
                text
            })
            .collect();
    }
    match record {
        Record::Info(r) => {
            all(
                &mut [
                    &mut r.name,
                    &mut r.scope,
                    &mut r.description,
                    &mut r.client,
                    &mut r.owner,
                    &mut r.reviewer,
                    &mut r.version,
                ],
                each,
            );
            r.rating.impact_areas.iter_mut().for_each(each);
        }
        Record::Person(r) => each(&mut r.name),
        Record::Boundary(r) => {
            all(&mut [&mut r.name, &mut r.description], each);
            r.region.iter_mut().for_each(each);
        }
        Record::Element(r) => {
            all(&mut [&mut r.name, &mut r.description, &mut r.notes], each);
            r.out_of_scope.iter_mut().for_each(each);
        }
        Record::Flow(r) => {
            all(&mut [&mut r.name, &mut r.description, &mut r.notes], each);
            r.out_of_scope.iter_mut().for_each(each);
        }
        Record::Asset(r) => {
            all(&mut [&mut r.name, &mut r.description, &mut r.reason], each);
            set(&mut r.regulation, each);
        }
        Record::Agent(r) => all(&mut [&mut r.name, &mut r.description], each),
        Record::Vulnerability(r) => all(&mut [&mut r.name, &mut r.description, &mut r.evidence], each),
        Record::Threat(r) => {
            all(&mut [&mut r.title, &mut r.description, &mut r.source], each);
            if let Some(given) = &mut r.severity_override {
                all(&mut [&mut given.score, &mut given.source], each);
            }
        }
        Record::Control(r) => {
            all(&mut [&mut r.name, &mut r.description, &mut r.family, &mut r.verify], each);
            for list in [&mut r.asvs, &mut r.nist, &mut r.csf, &mut r.iso, &mut r.cis] {
                list.iter_mut().for_each(&mut *each);
            }
        }
        Record::Instance(r) => all(&mut [&mut r.notes, &mut r.evidence.result], each),
        Record::Decision(r) => {
            all(&mut [&mut r.justification, &mut r.transferred_to, &mut r.ticket], each);
            if let Some(by_hand) = &mut r.level_override {
                each(&mut by_hand.reason);
            }
            r.basis.values_mut().for_each(each);
        }
        Record::Appraisal(r) => r.given.values_mut().for_each(|given| each(&mut given.reason)),
        Record::AttackTree(r) => {
            each(&mut r.description);
            r.root.each_mut(&mut |step| each(&mut step.name));
        }
        Record::Scenario(r) => {
            all(&mut [&mut r.name, &mut r.description], each);
            r.steps.iter_mut().for_each(|step| each(&mut step.text));
        }
        Record::Assumption(r) => each(&mut r.text),
        Record::Note(r) => each(&mut r.text),
        Record::Diagram(r) => all(&mut [&mut r.name, &mut r.description], each),
        Record::Baseline(r) => all(&mut [&mut r.name, &mut r.by], each),
        Record::Session(r) => {
            each(&mut r.name);
            r.agenda.iter_mut().for_each(|item| each(&mut item.name));
            r.decided.iter_mut().for_each(|decided| each(&mut decided.text));
            r.parked.iter_mut().for_each(|parked| each(&mut parked.text));
            r.notes.iter_mut().for_each(|note| each(&mut note.text));
            if let Some(start) = &mut r.start {
                all(&mut [&mut start.name, &mut start.by], each);
            }
        }
        Record::Playlist(r) => {
            each(&mut r.name);
            r.steps.iter_mut().for_each(|step| all(&mut [&mut step.title, &mut step.note], each));
        }
        Record::Variant(r) => {
            all(&mut [&mut r.name, &mut r.description], each);
            r.changes.iter_mut().filter_map(|change| change.record.as_mut()).for_each(|record| texts_mut(record, each));
        }
        Record::Placement(_) => {}
    }
}
