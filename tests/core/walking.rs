//! Going along flows by key.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use palisade::edit::Edit;
use palisade::geometry::rect;
use palisade::model::*;
use palisade::tool::{CanvasEvent, Direction, Key as Pressed, Modifiers};

/// A hub with three things to its right and one to its left.
fn hub() -> Hand {
    let at = |m: &mut ThreatModel, name: &str, x: f32, y: f32| {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(rect(x, y, 144.0, 64.0)));
    };
    let m = model("Hub").process("Hub").process("Up").process("Ahead").process("Down").entity("Left");
    let m = m.flow("Hub", "Up").flow("Ahead", "Hub").flow("Hub", "Down").flow("Left", "Hub").flow("Hub", "Ahead");
    let m = m.also(|m| {
        at(m, "Hub", 400.0, 400.0);
        at(m, "Up", 720.0, 240.0);
        at(m, "Ahead", 720.0, 400.0);
        at(m, "Down", 720.0, 600.0);
        at(m, "Left", 80.0, 400.0);
    });
    let mut hand = Hand::at(m.open());
    hand.select(&["Hub"]).holding(Modifiers::ALT);
    hand
}

fn arrow(hand: &mut Hand, direction: Direction) -> String {
    hand.key(Pressed::Arrow(direction));
    hand.selected().join(" ")
}

#[test]
fn the_same_arrow_goes_round_everything_that_lies_that_way() {
    let mut hand = hub();
    let right: Vec<String> = (0..4).map(|_| arrow(&mut hand, Direction::Right)).collect();
    assert_eq!(right, ["ahead", "up", "down", "ahead"], "straight ahead first, then round");
    assert_eq!(hand.gesture.words().as_deref(), Some("1 of 3"));
    assert!(!hand.gesture.is_active(), "nothing would be lost by looking away");
}

#[test]
fn letting_go_of_alt_walks_on_from_there_and_another_arrow_does_so_at_once() {
    let mut hand = hub();
    arrow(&mut hand, Direction::Right);
    assert_eq!(arrow(&mut hand, Direction::Left), "hub");
    arrow(&mut hand, Direction::Right);
    hand.gesture.stand();
    assert_eq!(hand.gesture.words(), None);
    assert_eq!(arrow(&mut hand, Direction::Right), "ahead", "nothing is further right of it");
    hand.gesture.stand();
    assert_eq!(arrow(&mut hand, Direction::Left), "hub");
    assert_eq!(arrow(&mut hand, Direction::Left), "left");
    // What is selected in another way is where the next walk begins.
    let mut hand = hub();
    arrow(&mut hand, Direction::Right);
    hand.select(&["Hub"]);
    assert_eq!(arrow(&mut hand, Direction::Right), "ahead");
    hand.event(CanvasEvent::Cancel);
    assert_eq!(hand.gesture.words(), None);
}

#[test]
fn a_flow_leads_to_its_ends() {
    let mut hand = hub();
    hand.select(&["Hub>Up"]);
    assert_eq!(arrow(&mut hand, Direction::Right), "up");
    hand.select(&["Hub>Up"]);
    assert_eq!(arrow(&mut hand, Direction::Left), "hub");
    // No end lies above or below of a level flow: both are offered, where it leads to first.
    hand.select(&["Left>Hub"]);
    let ends: Vec<String> = (0..3).map(|_| arrow(&mut hand, Direction::Down)).collect();
    assert_eq!(ends, ["hub", "left", "hub"]);
}

#[test]
fn what_stands_for_a_hidden_end_is_walked_to_and_from() {
    let mut hand = shop();
    let collapsed = [id("DMZ")].into();
    let main = hand.model().diagrams[&Id::from(MAIN)].clone();
    hand.document.commit(&Edit::put(Key::Diagram(MAIN.into()), Diagram { collapsed, ..main })).unwrap();
    hand.select(&["Customer"]).holding(Modifiers::ALT);
    assert_eq!(arrow(&mut hand, Direction::Right), "dmz", "Web is in the collapsed DMZ");
    assert_eq!(arrow(&mut hand, Direction::Left), "customer");
    // On a diagram that shows only the whole, the flow of a part leads to the whole.
    let m = model("Parts").entity("Client").process("Whole").process("Part").set_element(|e| e.parent = Some(id("Whole")));
    let m = m.flow("Client", "Part").also(|m| {
        m.diagrams.insert("detail".into(), Diagram { of: Some(id("Whole")), ..Diagram::default() });
        let part = m.placements.remove(&PlacementKey::new(MAIN, id("Part"))).unwrap();
        m.placements.insert(PlacementKey::new("detail", id("Part")), part);
    });
    let mut hand = Hand::at(m.open());
    hand.select(&["Client"]).holding(Modifiers::ALT);
    assert_eq!(arrow(&mut hand, Direction::Right), "whole");
}
