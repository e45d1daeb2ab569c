//! Prompt cards: questions that make people look, each with the places of a model it is about.

use super::Library;
use super::load::{LibraryError, Source, read};
use crate::model::{Category, Element, ElementKind, Flow, Id, ThreatModel};
use serde::Deserialize;
use std::collections::BTreeSet;

/// One question about one category.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The category and a number, for example `S1`.
    pub id: String,
    pub category: Category,
    pub title: String,
    /// The question.
    pub asks: String,
    /// One way it happened to somebody.
    pub example: String,
    /// What usually answers it.
    pub helps: String,
    /// Where to look.
    pub at: BTreeSet<Spot>,
}

/// A kind of place a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Spot {
    Process,
    Store,
    /// People and systems outside.
    Outside,
    Flow,
    /// Flows between two trust boundaries.
    Crossings,
}

impl Card {
    /// The elements and flows of a model to ask it about, those out of scope left out. Cards about privacy are asked only
    /// where personal data is.
    pub fn places(&self, model: &ThreatModel) -> BTreeSet<Id> {
        let elements = model.elements.iter().filter(|(id, e)| self.is_about(model, id, e)).map(|(id, _)| id);
        let flows = model.flows.iter().filter(|(_, f)| self.is_about_flow(model, f)).map(|(id, _)| id);
        elements.chain(flows).cloned().collect()
    }

    /// It is asked only where personal data is.
    pub fn is_about_people(&self) -> bool {
        !self.category.is_stride()
    }

    fn is_about(&self, model: &ThreatModel, id: &Id, element: &Element) -> bool {
        let spot = match element.kind {
            ElementKind::Process => Spot::Process,
            ElementKind::DataStore => Spot::Store,
            ElementKind::ExternalEntity => Spot::Outside,
        };
        let fits = self.at.contains(&spot) && element.out_of_scope.is_none();
        // Whoever is outside holds nothing; what they send and get counts.
        let touches = |f: &&Flow| f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id);
        let touched = model.flows.values().filter(touches).flat_map(|f| &f.assets);
        fits && (!self.is_about_people() || is_personal(model, element.holds.iter().chain(touched)))
    }

    fn is_about_flow(&self, model: &ThreatModel, flow: &Flow) -> bool {
        let home = |end: &Option<Id>| end.as_ref().and_then(|id| model.elements.get(id)).map(|e| &e.boundary);
        let Some((from, to)) = home(&flow.from).zip(home(&flow.to)) else { return false };
        let fits = self.at.contains(&Spot::Flow) || (self.at.contains(&Spot::Crossings) && from != to);
        fits && flow.out_of_scope.is_none() && (!self.is_about_people() || is_personal(model, flow.assets.iter()))
    }
}

fn is_personal<'a>(model: &ThreatModel, mut assets: impl Iterator<Item = &'a Id>) -> bool {
    assets.any(|id| model.assets.get(id).is_some_and(crate::model::Asset::is_personal))
}

impl Library {
    /// Adds the prompt cards to a library.
    pub(super) fn with_cards(mut self, cards: Source<'_>) -> Result<Library, LibraryError> {
        let mut seen = BTreeSet::new();
        for card in read::<Vec<Card>>(cards)? {
            if !seen.insert(card.id.clone()) {
                return Err(LibraryError::Duplicate { what: "card", id: card.id });
            }
            self.cards.push(card);
        }
        Ok(self)
    }

    /// The cards of a category, in order.
    pub fn cards_of(&self, category: Category) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(move |card| card.category == category)
    }
}
