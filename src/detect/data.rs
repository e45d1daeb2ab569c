//! Data that names speak of: an asset of the model where there is one of the kind, else a new one.

use super::evidence::Evidence;
use super::lexicon::DataWord;
use super::reading::{Found, read};
use super::words::tokens;
use super::{Confidence, Data, Detector, Suggestion};
use crate::model::{Asset, AssetKind, Element, Flow, Id};
use std::collections::BTreeSet;

impl Detector<'_> {
    /// What a data store of this name holds, besides what is stated.
    pub(super) fn content(&self, name: &str, description: &str, stated: &BTreeSet<Id>, evidence: &mut Evidence) {
        for f in read(name, self.lexicon, &self.lexicon.data) {
            self.data(&f, name, Some(f.entry.sure), "", stated, evidence);
        }
        for f in read(description, self.lexicon, &self.lexicon.data) {
            self.data(&f, description, f.entry.sure.lower(), "the description speaks of ", stated, evidence);
        }
    }

    /// What stores of this sort hold.
    pub(super) fn usual_content(&self, element: &Element, evidence: &mut Evidence) {
        let likely: Vec<(String, Confidence)> = evidence
            .suggestions()
            .filter_map(|(what, sure)| if let Suggestion::Tag(tag) = what { Some((tag.clone(), sure)) } else { None })
            .chain(element.tags.iter().map(|tag| (tag.clone(), Confidence::High)))
            .collect();
        for holding in &self.lexicon.holds {
            let Some((tag, sure)) = likely.iter().find(|(tag, _)| self.library.tags.any_is([tag], &holding.tag)) else {
                continue;
            };
            let reason =
                format!("things of the sort {} hold {}", self.library.tags.label(tag).to_lowercase(), kind_words(holding.kind));
            let sure = (*sure).min(Confidence::Medium);
            self.kind_of_data(holding.kind, &element.name, Some(sure), reason, &element.holds, evidence);
        }
    }

    /// What a flow carries by its name. Words in front of others often say who asks ("user request"); so do the names of
    /// its ends.
    pub(super) fn cargo(&self, flow: &Flow, evidence: &mut Evidence) {
        let ends = [&flow.from, &flow.to].into_iter().flatten().filter_map(|id| self.model.elements.get(id));
        let ends: BTreeSet<String> =
            ends.flat_map(|end| tokens(&end.name, self.lexicon)).map(|t| t.written.to_lowercase()).collect();
        let stated = &flow.assets;
        for f in read(&flow.description, self.lexicon, &self.lexicon.data).into_iter().filter(|f| f.words > 1) {
            self.data(&f, &flow.description, f.entry.sure.lower(), "the description speaks of ", stated, evidence);
        }
        for f in read(&flow.name, self.lexicon, &self.lexicon.data) {
            if ends.contains(&f.written.to_lowercase()) {
                continue;
            }
            let plain = f.is_head || f.words > 1;
            let sure = if plain { Some(f.entry.sure) } else { f.entry.sure.lower() };
            self.data(&f, &flow.name, sure, "", stated, evidence);
        }
    }

    fn data(
        &self,
        f: &Found<'_, DataWord>,
        text: &str,
        sure: Option<Confidence>,
        intro: &str,
        stated: &BTreeSet<Id>,
        evidence: &mut Evidence,
    ) {
        let reason = format!("{intro}“{}” is {}", f.written, kind_words(f.entry.kind));
        self.kind_of_data(f.entry.kind, text, sure, reason, stated, evidence);
    }

    /// Data of this kind: the asset there is of it, or a new one. `text` is what may share a word with the asset's name.
    fn kind_of_data(
        &self,
        kind: AssetKind,
        text: &str,
        sure: Option<Confidence>,
        reason: String,
        stated: &BTreeSet<Id>,
        evidence: &mut Evidence,
    ) {
        let said = stated.iter().filter_map(|id| self.model.assets.get(id)).any(|asset| asset.kinds.contains(&kind));
        if said {
            return;
        }
        let words = self.singulars(text);
        match self.asset_for(kind, &words) {
            Some((id, asset, shared)) => {
                let sure = if shared { sure.map(Confidence::higher) } else { sure };
                evidence.add(Suggestion::Data(Data::Known(id.clone())), sure, format!("{reason}, as “{}” is", asset.name));
            }
            None => evidence.add(Suggestion::Data(Data::New(kind)), sure, reason),
        }
    }

    /// The telling words of a text, each in the singular.
    fn singulars(&self, text: &str) -> BTreeSet<String> {
        let words = tokens(text, self.lexicon).into_iter().map(|t| t.word);
        let telling = words.filter(|word| !self.lexicon.is_neutral(word) && !self.lexicon.is_break(word));
        telling.map(|word| self.lexicon.stem(&word).unwrap_or(word)).collect()
    }

    /// The asset of this kind that shares a word with the name, else the only one of the kind.
    fn asset_for(&self, kind: AssetKind, words: &BTreeSet<String>) -> Option<(&Id, &Asset, bool)> {
        let of_kind: Vec<(&Id, &Asset)> = self.model.assets.iter().filter(|(_, a)| a.kinds.contains(&kind)).collect();
        let shares = |asset: &Asset| !self.singulars(&asset.name).is_disjoint(words);
        let shared = of_kind.iter().find(|(_, asset)| shares(asset)).map(|(id, asset)| (*id, *asset, true));
        shared.or(if let [(id, asset)] = of_kind.as_slice() { Some((*id, *asset, false)) } else { None })
    }
}

/// "personal data", "keys and secrets".
fn kind_words(kind: AssetKind) -> String {
    kind.label().to_lowercase()
}
