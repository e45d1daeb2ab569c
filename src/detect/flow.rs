//! Flows: protocol, authentication, channel and data by their names and by what they join.

use super::evidence::Evidence;
use super::lexicon::FlowWord;
use super::reading::{Found, read};
use super::{Confidence, Detector, Proposal, Suggestion};
use crate::model::{Authn, BoundaryKind, Channel, Element, ElementKind, Flow, Id, Protocol};
use std::collections::BTreeSet;

impl Detector<'_> {
    pub(super) fn flow(&self, id: &Id, flow: &Flow) -> Vec<Proposal> {
        let mut evidence = Evidence::default();
        let named = |written: &str, is: &str| format!("“{written}” is {is}");
        self.words(&flow.name, &mut evidence, named, Some);
        self.words(
            &flow.description,
            &mut evidence,
            |written, is| format!("the description says “{written}”, {is}"),
            Confidence::lower,
        );
        let end = |id: &Option<Id>| id.as_ref().and_then(|id| self.model.elements.get(id));
        if let (Some(from), Some(to)) = (end(&flow.from), end(&flow.to)) {
            self.ends(from, to, &mut evidence);
        }
        evidence.keep_best(|what| matches!(what, Suggestion::Protocol(_)));
        evidence.keep_best(|what| matches!(what, Suggestion::Authn(_)));
        evidence.keep_best(|what| matches!(what, Suggestion::Channel(_)));
        evidence.retain(|what| match what {
            Suggestion::Protocol(_) => flow.protocol == Protocol::Unknown,
            Suggestion::Authn(_) => flow.authn == Authn::Unknown,
            Suggestion::Channel(_) => flow.channel == Channel::Unknown,
            _ => true,
        });
        self.cargo(flow, &mut evidence);
        evidence.proposals(id, &flow.declined)
    }

    /// The protocol a name speaks of clearly; unknown when it does not.
    pub(super) fn said_protocol(&self, name: &str) -> Protocol {
        let found = read(name, self.lexicon, &self.lexicon.flows);
        let sure = found.iter().filter(|f| f.entry.sure >= Confidence::Medium);
        sure.filter_map(|f| f.entry.protocol).next_back().unwrap_or(Protocol::Unknown)
    }

    fn words(
        &self,
        text: &str,
        evidence: &mut Evidence,
        say: impl Fn(&str, &str) -> String,
        weaken: impl Fn(Confidence) -> Option<Confidence>,
    ) {
        let found = read(text, self.lexicon, &self.lexicon.flows);
        let encrypted = found.iter().any(|f| f.entry.protocol == Some(Protocol::Tls));
        for f in &found {
            let sure = weaken(f.entry.sure);
            let reason = say(&f.written, &f.entry.is);
            if let Some(protocol) = f.entry.protocol {
                let protocol = if encrypted { protocol.over_tls().unwrap_or(protocol) } else { protocol };
                // Encryption says less than what is encrypted.
                let vague = protocol == Protocol::Tls
                    && found.iter().any(|o: &Found<'_, FlowWord>| !matches!(o.entry.protocol, None | Some(Protocol::Tls)));
                if !vague {
                    evidence.add(Suggestion::Protocol(protocol), sure, reason.clone());
                }
            }
            if let Some(authn) = f.entry.authn {
                evidence.add(Suggestion::Authn(authn), sure, reason.clone());
            }
            if let Some(channel) = f.entry.channel {
                evidence.add(Suggestion::Channel(channel), sure, reason);
            }
        }
    }

    /// What things of these sorts usually say to one another.
    fn ends(&self, from: &Element, to: &Element, evidence: &mut Evidence) {
        let ends = [(from, self.likely_tags(from)), (to, self.likely_tags(to))];
        for talk in &self.lexicon.talks {
            let carries =
                |tags: &BTreeSet<String>, wanted: &[String]| wanted.iter().any(|tag| self.library.tags.any_is(tags, tag));
            for [(a, tags), (b, others)] in [[&ends[0], &ends[1]], [&ends[1], &ends[0]]] {
                let fits = if talk.with.is_empty() {
                    b.kind == ElementKind::Process && !carries(others, &talk.at)
                } else {
                    carries(others, &talk.with)
                };
                if fits && carries(tags, &talk.at) && !carries(tags, &talk.unless) {
                    let sort = tags.iter().find(|tag| talk.at.iter().any(|at| self.library.tags.any_is([*tag], at)));
                    let sort = sort.map_or("such things", |tag| self.library.tags.label(tag));
                    let reason = format!("“{}” ({sort}) is usually spoken to over {}", a.name, talk.protocol.label());
                    evidence.add(Suggestion::Protocol(talk.protocol), Some(talk.sure), reason);
                }
            }
        }
        let outside = |element: &Element| {
            let home = element.boundary.as_ref().and_then(|id| self.model.boundaries.get(id))?;
            (home.kind == BoundaryKind::Internet || home.trust == Some(0)).then_some(home)
        };
        let (inner, outer) = (outside(from), outside(to));
        if let (Some(home), None) | (None, Some(home)) = (inner, outer) {
            let reason = format!("it leads through “{}”", home.name);
            evidence.add(Suggestion::Channel(Channel::Internet), Some(Confidence::Medium), reason);
        }
    }
}
