//! The prompt cards as a game: dealt onto the places they are about, worth points to whoever finds a threat with one.

use crate::library::{Card, Library};
use crate::model::{CardPlay, Category, Hits, Id, Session, Threat, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// Deals cards onto places: every card at most once onto one, in an order that a seed decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dealer {
    seed: u64,
}

impl Dealer {
    pub fn new(seed: u64) -> Dealer {
        Dealer { seed }
    }

    /// The next card about a place that was not played there in this session; `passed` are left out as well. Cards that were
    /// played nowhere yet come first.
    pub fn next<'l>(
        &self,
        library: &'l Library,
        model: &ThreatModel,
        session: &Session,
        item: &Id,
        passed: &BTreeSet<(String, Id)>,
    ) -> Option<&'l Card> {
        let here = |card: &&Card| session.plays.iter().any(|play| play.card == card.id && play.at.as_ref() == Some(item));
        let left = library.cards.iter().filter(|card| !here(card) && !passed.contains(&(card.id.clone(), item.clone())));
        let left = left.filter(|card| card.places(model).contains(item));
        let anywhere = |card: &Card| session.plays.iter().any(|play| play.card == card.id);
        left.min_by_key(|card| (anywhere(card), self.mixed(&card.id)))
    }

    /// The place of a card in the shuffled deck (FNV-1a, mixed with the seed).
    fn mixed(&self, id: &str) -> u64 {
        let start = 0xcbf2_9ce4_8422_2325 ^ self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let hash = id.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        hash ^ (hash >> 29)
    }
}

/// What a card is worth when the table agrees: the harder its category is to find without one, the more.
pub fn worth(card: &Card) -> u32 {
    match card.category {
        Category::E => 4,
        Category::S | Category::D => 2,
        _ => 3,
    }
}

/// The threat a card becomes where it is played.
pub fn threat_of(card: &Card, model: &ThreatModel, item: &Id) -> Threat {
    let hits = match card.category {
        Category::I => Hits { c: 1.0, ..Hits::default() },
        Category::T | Category::R => Hits { i: 1.0, ..Hits::default() },
        Category::D => Hits { a: 1.0, ..Hits::default() },
        category if !category.is_stride() => Hits { p: 1.0, ..Hits::default() },
        _ => Hits { c: 1.0, i: 1.0, a: 1.0, ..Hits::default() },
    };
    Threat {
        title: format!("{} at {}", card.title, crate::risk::name_of(model, item)),
        description: format!("{} {}", card.asks, card.example),
        categories: vec![card.category],
        targets: [item.clone()].into(),
        hits,
        source: format!("Card {} “{}”", card.id, card.title),
        ..Threat::default()
    }
}

/// Points of everybody who found threats with cards, most first.
pub fn points(session: &Session, library: &Library) -> Vec<(Id, u32)> {
    let mut by_person: BTreeMap<&Id, u32> = BTreeMap::new();
    let agreed = |play: &&CardPlay| play.agreed;
    for play in session.plays.iter().filter(agreed) {
        let card = library.cards.iter().find(|card| card.id == play.card);
        if let (Some(by), Some(card)) = (&play.by, card) {
            *by_person.entry(by).or_default() += worth(card);
        }
    }
    let mut all: Vec<(Id, u32)> = by_person.into_iter().map(|(id, points)| (id.clone(), points)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
