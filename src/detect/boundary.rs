//! Trust boundaries: kind and trust by their names.

use super::evidence::Evidence;
use super::reading::read;
use super::{Confidence, Detector, Proposal, Suggestion};
use crate::model::{Boundary, BoundaryKind, Id};

impl Detector<'_> {
    pub(super) fn boundary(&self, id: &Id, boundary: &Boundary) -> Vec<Proposal> {
        let mut evidence = Evidence::default();
        self.place(&boundary.name, &mut evidence, |written, is| format!("“{written}” is {is}"), Some);
        if evidence.suggestions().next().is_none() {
            let told = |written: &str, is: &str| format!("the description says “{written}”, {is}");
            self.place(&boundary.description, &mut evidence, told, Confidence::lower);
        }
        evidence.retain(|what| match what {
            // A network is what new boundaries are; another kind was chosen.
            Suggestion::BoundaryKind(kind) => boundary.kind == BoundaryKind::Network && *kind != boundary.kind,
            Suggestion::Trust(_) => boundary.trust.is_none(),
            _ => true,
        });
        evidence.proposals(id, &boundary.declined)
    }

    /// The last word says what it is; "restricted" and its like before or after it say how far it is trusted.
    fn place(
        &self,
        text: &str,
        evidence: &mut Evidence,
        say: impl Fn(&str, &str) -> String,
        weaken: impl Fn(Confidence) -> Option<Confidence>,
    ) {
        let found = read(text, self.lexicon, &self.lexicon.boundaries);
        let first = found.iter().map(|f| f.part).min();
        let place = found.iter().rfind(|f| Some(f.part) == first && f.entry.kind.is_some());
        let place = place.or_else(|| found.iter().rfind(|f| f.entry.kind.is_some()));
        let standing = |f: &&super::reading::Found<'_, super::lexicon::BoundaryWord>| {
            let sure = if f.is_head { Some(f.entry.sure) } else { f.entry.sure.lower() };
            sure.and_then(&weaken)
        };
        if let Some((f, kind)) = place.and_then(|f| Some((f, f.entry.kind?))) {
            evidence.add(Suggestion::BoundaryKind(kind), standing(&f), say(&f.written, &f.entry.is));
        }
        let quality = found.iter().rfind(|f| f.entry.kind.is_none());
        // Sides of a line: "Merchant / Web" is between two places.
        if let Some(f) = quality {
            evidence.add(Suggestion::Trust(f.entry.trust), weaken(f.entry.sure), say(&f.written, &f.entry.is));
        } else if let Some(f) = place {
            evidence.add(Suggestion::Trust(f.entry.trust), standing(&f), say(&f.written, &f.entry.is));
        }
    }
}
