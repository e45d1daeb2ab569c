//! How things look, given by key: sizes, and styles copied from one to another.

use crate::support::dsl::id;
use crate::support::hand::{Hand, shop};
use palisade::geometry::rect;
use palisade::model::*;
use palisade::tool::{CopiedStyle, Direction, Key as Pressed, Modifiers, Operation, perform};

fn does(hand: &mut Hand, operation: Operation) {
    hand.with_tools(|_, cx| perform(operation, cx));
}

fn size(hand: &mut Hand, name: &str) {
    hand.select(&[name]);
    hand.with_tools(|gesture, cx| {
        gesture.size_by_keys(cx);
        Vec::new()
    });
}

fn arrows(hand: &mut Hand, direction: Direction, times: usize) {
    for _ in 0..times {
        hand.key(Pressed::Arrow(direction));
    }
}

#[test]
fn arrows_size_a_box_by_the_grid_and_the_run_is_one_step() {
    let mut hand = shop();
    let before = hand.model().clone();
    size(&mut hand, "Customer");
    arrows(&mut hand, Direction::Right, 3);
    arrows(&mut hand, Direction::Down, 1);
    assert_eq!(hand.gesture.words().as_deref(), Some("168 × 72"));
    hand.holding(Modifiers::SHIFT).key(Pressed::Arrow(Direction::Left)).holding(Modifiers::NONE);
    hand.key(Pressed::Enter);
    assert_eq!(hand.rect("Customer"), rect(0.0, 104.0, 167.0, 72.0));
    assert!(!hand.gesture.is_active());
    hand.undo();
    assert!(*hand.model() == before, "one undo takes the run back");
}

#[test]
fn sizing_stops_at_the_least_size_and_turns_round_there_at_once() {
    let mut hand = shop();
    size(&mut hand, "Customer");
    arrows(&mut hand, Direction::Left, 40);
    let least = hand.rect("Customer").w;
    assert!((40.0..=64.0).contains(&least), "{least}");
    arrows(&mut hand, Direction::Right, 1);
    assert_eq!(hand.rect("Customer").w, least + 8.0);
    // A boundary keeps what is in it.
    let mut hand = shop();
    size(&mut hand, "DMZ");
    arrows(&mut hand, Direction::Left, 40);
    hand.key(Pressed::Enter);
    assert!(hand.rect("DMZ").right() >= hand.rect("API").right());
}

#[test]
fn escape_puts_the_size_back_and_a_click_elsewhere_keeps_it() {
    let mut hand = shop();
    let before = hand.model().clone();
    size(&mut hand, "DB");
    arrows(&mut hand, Direction::Down, 4);
    hand.key(Pressed::Escape);
    assert!(*hand.model() == before);
    size(&mut hand, "DB");
    arrows(&mut hand, Direction::Down, 4);
    hand.click("Customer");
    assert_eq!(hand.rect("DB").h, 96.0);
    assert_eq!(hand.selected(), ["customer"]);
    // Nothing pressed, nothing done; what is locked stays.
    let steps = hand.model().clone();
    size(&mut hand, "DB");
    hand.key(Pressed::Enter);
    assert!(*hand.model() == steps);
    hand.select(&["DB"]);
    does(&mut hand, Operation::ToggleLock);
    size(&mut hand, "DB");
    assert!(!hand.gesture.is_active());
}

#[test]
fn lines_take_the_style_of_a_flow_and_boxes_the_size_of_a_box() {
    let mut hand = shop();
    hand.select(&["Customer>Web"]);
    does(&mut hand, Operation::CycleLineStyle);
    does(&mut hand, Operation::ToggleHeads);
    let Route { style, two_heads, .. } = hand.route("customer>web");
    does(&mut hand, Operation::CopyStyle);
    assert_eq!(hand.style, Some(CopiedStyle::Flow(style, two_heads)));
    let copied = hand.style.unwrap();
    hand.select(&["Web>API", "DB"]);
    let database = hand.rect("DB");
    does(&mut hand, Operation::GiveStyle(copied));
    assert_eq!((hand.route("web>api").style, hand.route("web>api").two_heads), (style, true));
    assert_eq!(hand.rect("DB"), database, "a box has no line");

    size(&mut hand, "Customer");
    arrows(&mut hand, Direction::Right, 2);
    hand.key(Pressed::Enter);
    does(&mut hand, Operation::CopyStyle);
    let copied = hand.style.unwrap();
    hand.select(&["DB", "API", "DMZ", "Web>API"]);
    let (frame, before) = (hand.rect("DMZ"), hand.model().clone());
    does(&mut hand, Operation::GiveStyle(copied));
    assert_eq!(hand.rect("DB"), rect(632.0, 320.0, 160.0, 64.0), "from its middle");
    assert_eq!(hand.rect("DMZ"), frame, "a boundary is no element");
    hand.undo();
    assert!(*hand.model() == before);
    // A boundary made as small as an empty one still holds what is in it.
    hand.select(&["DMZ"]);
    does(&mut hand, Operation::GiveStyle(CopiedStyle::Box(palisade::scene::BoxKind::Boundary, 96.0, 64.0)));
    for name in ["Web", "API"] {
        assert!(hand.rect("DMZ").contains_rect(hand.rect(name)), "{name}");
        assert_eq!(hand.boundary_of(name), Some(id("DMZ").as_str()));
    }
}
