//! Elements: kind and technology by their names, descriptions and who talks to them.

use super::evidence::Evidence;
use super::lexicon::{Noun, Place};
use super::reading::{Found, read};
use super::{Confidence, Detector, Proposal, Suggestion};
use crate::model::{Element, ElementKind, Id, Protocol, ProtocolClass};
use std::collections::BTreeSet;

impl Detector<'_> {
    pub(super) fn element(&self, id: &Id, element: &Element) -> Vec<Proposal> {
        let mut evidence = self.nature(element);
        self.neighbours(id, element, &mut evidence);
        evidence.keep_best(|what| matches!(what, Suggestion::Kind(_)));
        let proposed = evidence.suggestions().find_map(|(what, sure)| match what {
            Suggestion::Kind(kind) => Some((*kind, sure)),
            _ => None,
        });
        let likely = proposed.filter(|(_, sure)| *sure >= Confidence::Medium).map(|(kind, _)| kind);
        let kind = likely.unwrap_or(element.kind);
        let other = proposed.map_or(kind, |(other, _)| if likely.is_some() { kind } else { other });
        self.sort_out_tags(element, [kind, other], &mut evidence);
        // A process may be one only because it is what new things are; another kind was chosen.
        if element.kind != ElementKind::Process {
            evidence.cap(|what| matches!(what, Suggestion::Kind(_)), Confidence::Medium);
        }
        evidence.retain(|what| *what != Suggestion::Kind(element.kind));
        if kind == ElementKind::DataStore {
            self.usual_content(element, &mut evidence);
            self.content(&element.name, &element.description, &element.holds, &mut evidence);
        }
        evidence.proposals(id, &element.declined)
    }

    /// What name and description say, kinds included that are stated already.
    fn nature(&self, element: &Element) -> Evidence {
        let mut evidence = Evidence::default();
        let by_name = read(&element.name, self.lexicon, &self.lexicon.nouns);
        let named = self.weigh(&by_name, &mut evidence, |written, is| format!("“{written}” is {is}"), Some);
        let by_description = read(&element.description, self.lexicon, &self.lexicon.nouns);
        let told = |written: &str, is: &str| format!("the description says “{written}”, {is}");
        // What a name says is what it is; a description speaks of others as well.
        let products: Vec<Found<'_, Noun>> =
            by_description.into_iter().filter(|f| !named || f.entry.place != Place::Head).collect();
        self.weigh(&products, &mut evidence, told, Confidence::lower);
        evidence
    }

    /// Takes note of what the words found mean. True when they say what kind of thing it is.
    fn weigh(
        &self,
        found: &[Found<'_, Noun>],
        evidence: &mut Evidence,
        say: impl Fn(&str, &str) -> String,
        weaken: impl Fn(Confidence) -> Option<Confidence>,
    ) -> bool {
        let has_first_part =
            found.iter().any(|f| f.part == 0 && f.entry.place != Place::Aside && (f.is_head || f.entry.place == Place::Product));
        let mut said = false;
        for f in found {
            // A description speaks of what is around as well.
            let again = |sure| if f.entry.place == Place::Aside { weaken(sure) } else { Some(sure) };
            let standing = self.strength(f, found, has_first_part);
            let Some(sure) = standing.and_then(&weaken).and_then(again) else { continue };
            let reason = say(&f.written, &f.entry.is);
            if let Some(kind) = f.entry.kind.filter(|_| f.entry.place != Place::Aside) {
                evidence.add(Suggestion::Kind(kind), Some(sure), reason.clone());
                said = true;
            }
            said |= f.entry.place != Place::Aside && !f.entry.tags.is_empty();
            for tag in &f.entry.tags {
                evidence.add(Suggestion::Tag(tag.clone()), Some(sure), reason.clone());
            }
        }
        said
    }

    /// What flows say about the ends they lead to.
    fn neighbours(&self, id: &Id, element: &Element, evidence: &mut Evidence) {
        let works = |(what, sure): (&Suggestion, Confidence)| {
            *what == Suggestion::Kind(ElementKind::Process) && sure >= Confidence::Medium
        };
        if evidence.suggestions().any(works) || !element.tags.is_empty() {
            return;
        }
        for (class, kind, tag, word) in [
            (ProtocolClass::Db, ElementKind::DataStore, "sql", "SQL"),
            (ProtocolClass::Queue, ElementKind::DataStore, "queue", "a queue protocol"),
            (ProtocolClass::Directory, ElementKind::DataStore, "directory", "LDAP"),
        ] {
            let speakers: BTreeSet<&Id> = self.speakers(id, class).collect();
            let reason = match speakers.len() {
                0 => continue,
                1 => format!("{} speaks {word} to it", self.quoted(speakers.first().copied())),
                n => format!("{n} neighbours speak {word} to it"),
            };
            // One speaker may be wrong about it, and brokers of queues are drawn as processes as well.
            let sure = if speakers.len() > 1 { Confidence::Medium } else { Confidence::Low };
            evidence.add(Suggestion::Kind(kind), Some(sure), reason.clone());
            evidence.add(Suggestion::Tag(tag.to_owned()), Some(sure), reason);
        }
    }

    fn quoted(&self, id: Option<&Id>) -> String {
        let name = id.map_or("", |id| self.model.name_of(id));
        if name.is_empty() { "a neighbour".to_owned() } else { format!("“{name}”") }
    }

    /// Who opens a connection of this class to the element.
    fn speakers<'b>(&'b self, id: &'b Id, class: ProtocolClass) -> impl Iterator<Item = &'b Id> {
        let flows = self.flows_at(id).into_iter();
        flows.filter_map(move |flow| {
            let (caller, called) = match flow.initiator {
                crate::model::Initiator::Source => (&flow.from, &flow.to),
                crate::model::Initiator::Destination => (&flow.to, &flow.from),
            };
            let protocol = if flow.protocol == Protocol::Unknown { self.said_protocol(&flow.name) } else { flow.protocol };
            let fits = called.as_ref() == Some(id) && caller.as_ref() != Some(id) && protocol.class() == Some(class);
            caller.as_ref().filter(|_| fits)
        })
    }

    /// Only tags that fit the kind, are more special than what is stated, and not said already by a more special one.
    fn sort_out_tags(&self, element: &Element, kinds: [ElementKind; 2], evidence: &mut Evidence) {
        let tags = &self.library.tags;
        let proposed: Vec<String> = evidence.suggestions().filter_map(|(what, _)| tag_of(what).cloned()).collect();
        let fits = |tag: &str| tags.get(tag).is_some_and(|t| kinds.iter().any(|kind| t.kinds.contains(kind)));
        let stated = |tag: &str| tags.any_is(&element.tags, tag);
        let special: Vec<&String> = proposed.iter().filter(|tag| fits(tag)).collect();
        let outdone = |tag: &str| special.iter().any(|other| *other != tag && tags.lineage(other).any(|t| t.id == tag));
        evidence.retain(|what| tag_of(what).is_none_or(|tag| fits(tag) && !stated(tag) && !outdone(tag)));
        // What stands beside other tags may be meant to.
        let refines = |tag: &str| tags.lineage(tag).any(|t| element.tags.contains(&t.id));
        if !element.tags.is_empty() {
            evidence.cap(|what| tag_of(what).is_some_and(|tag| !refines(tag)), Confidence::Medium);
        }
    }

    /// Tags an element has or most likely has, for what is said about its flows.
    pub(super) fn likely_tags(&self, element: &Element) -> BTreeSet<String> {
        let mut tags = element.tags.clone();
        if tags.is_empty() {
            let nature = self.nature(element);
            let likely = nature.suggestions().filter(|(_, sure)| *sure >= Confidence::Medium);
            tags.extend(likely.filter_map(|(what, _)| tag_of(what).cloned()));
        }
        tags
    }
}

fn tag_of(what: &Suggestion) -> Option<&String> {
    if let Suggestion::Tag(tag) = what { Some(tag) } else { None }
}

impl Detector<'_> {
    /// How sure a word is where it stands; `None` where it only tells things apart ("database service").
    fn strength(&self, f: &Found<'_, Noun>, all: &[Found<'_, Noun>], has_first_part: bool) -> Option<Confidence> {
        let is_host = |o: &Found<'_, Noun>| self.lexicon.is_host(&o.written);
        let sure = f.entry.sure;
        // What it is for says nothing about what it is, unless nothing else does.
        let sure = if f.part == 0 { sure } else { sure.lower()? };
        let later = all.iter().filter(|o| o.part == f.part && o.from >= f.to && o.entry.place != Place::Aside);
        match f.entry.place {
            Place::Aside => Some(f.entry.sure),
            Place::Head if f.is_head => {
                let runs = |o: &&Found<'_, Noun>| o.entry.place == Place::Product && o.part == f.part && o.to <= f.from;
                // "Postgres server": the machine only.
                let is_machine = is_host(f) && all.iter().any(|o| runs(&o));
                if is_machine || (f.part > 0 && has_first_part) { None } else { Some(sure) }
            }
            Place::Head => None,
            Place::Product if f.part > 0 && has_first_part => sure.lower(),
            Place::Product => {
                let mut after = later.filter(|o| o.is_head).peekable();
                let is_host_after = after.peek().is_some_and(|o| is_host(o));
                let outdone = all.iter().any(|o| self.outdoes(o, f));
                let differs = after.any(|o| o.entry.kind.is_some() && o.entry.kind != f.entry.kind);
                match (differs, is_host_after) {
                    (true, false) => None,
                    (true, true) => sure.lower(),
                    // A "vault audit log" is a log.
                    (false, false) if outdone => sure.lower(),
                    // "Postgres exporter" may be anything.
                    (false, _) if !f.is_head && !all.iter().any(|o| o.part == f.part && o.is_head) => sure.lower(),
                    _ => Some(sure),
                }
            }
        }
    }

    /// True when the name is about `other`, which says more than where something runs.
    fn outdoes(&self, other: &Found<'_, Noun>, f: &Found<'_, Noun>) -> bool {
        let follows = other.part == f.part && other.from >= f.to && other.is_head;
        follows
            && other.entry.place == Place::Head
            && !other.entry.tags.is_empty()
            && other.entry.tags.iter().all(|tag| !self.library.tags.any_is(&f.entry.tags, tag))
    }
}
