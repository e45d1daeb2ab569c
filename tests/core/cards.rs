//! Prompt cards: a whole deck, and each one leads to the places of a model it is about.

use crate::support::dsl::{id, model};
use palisade::library::{Library, Spot};
use palisade::model::*;
use std::collections::BTreeSet;

#[test]
fn four_cards_for_every_category_each_with_its_own_words() {
    let cards = &Library::builtin().cards;
    for category in Category::ALL {
        let ids: Vec<&str> = Library::builtin().cards_of(*category).map(|c| c.id.as_str()).collect();
        let expected: Vec<String> = (1..=4).map(|n| format!("{category:?}{n}")).collect();
        assert_eq!(ids, expected);
    }
    let titles: BTreeSet<&str> = cards.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(titles.len(), cards.len(), "a title is used twice");
    for card in cards {
        assert!(card.asks.ends_with('?'), "{} asks nothing: {}", card.id, card.asks);
        assert!(!card.at.is_empty() && !card.helps.is_empty() && !card.example.is_empty(), "{}", card.id);
        assert!(card.asks.chars().count() <= 120 && card.title.chars().count() <= 24, "{} does not fit a card", card.id);
    }
}

#[test]
fn a_card_leads_to_what_it_is_about() {
    let mut m = model("Shop")
        .entity("Customer")
        .boundary("Cloud", 2)
        .process("Web")
        .inside("Cloud")
        .store("DB")
        .inside("Cloud")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .build();
    let flow = |m: &ThreatModel, to: &str| m.flows.iter().find(|(_, f)| f.to == Some(id(to))).map(|(id, _)| id.clone()).unwrap();
    let (over, within) = (flow(&m, "Web"), flow(&m, "DB"));
    let places = |m: &ThreatModel, card: &str| Library::builtin().cards.iter().find(|c| c.id == card).unwrap().places(m);
    assert_eq!(places(&m, "S1"), [id("Web")].into());
    assert_eq!(places(&m, "S2"), [over.clone()].into(), "only what crosses a boundary");
    assert_eq!(places(&m, "T2"), [over.clone(), within.clone()].into());
    assert_eq!(places(&m, "T3"), [id("DB")].into());
    assert_eq!(places(&m, "Lk3"), BTreeSet::new(), "no personal data yet");
    let kinds = [AssetKind::PersonalData].into();
    m.assets.insert(id("people"), Asset { name: "People".into(), kinds, ..Asset::default() });
    m.elements.get_mut(&id("DB")).unwrap().holds.insert(id("people"));
    assert_eq!(places(&m, "Lk3"), [id("DB")].into());
    m.flows.get_mut(&over).unwrap().assets.insert(id("people"));
    assert_eq!(places(&m, "Un1"), [id("Customer")].into(), "who sends personal data");
    m.elements.get_mut(&id("DB")).unwrap().out_of_scope = Some("another team".into());
    assert_eq!(places(&m, "T3"), BTreeSet::new());
}

#[test]
fn every_kind_of_place_has_cards() {
    for spot in [Spot::Process, Spot::Store, Spot::Outside, Spot::Flow, Spot::Crossings] {
        assert!(Library::builtin().cards.iter().any(|c| c.at.contains(&spot)), "{spot:?}");
    }
}
