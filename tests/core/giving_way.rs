//! What is dropped on something pushes it aside; labels are put where people want them.

use crate::support::dsl::{MAIN, id};
use crate::support::hand::{Hand, shop};
use palisade::geometry::{Rect, pt, vec2};
use palisade::model::*;
use palisade::scene::{FlowLabel, lay_out};

fn label(hand: &Hand, flow: &str) -> FlowLabel {
    lay_out(hand.model(), &MAIN.into()).flows[&Id::from(flow)].label.clone().expect("it has one")
}

/// The boundary of `name`, at its middle.
fn grown_around(hand: &Hand, name: &str) -> Rect {
    let around = hand.boundary_of(name).expect("it is in one").to_owned();
    let Some(Placement::Box(r)) = hand.model().placement(&MAIN.into(), &Id::from(around)) else { panic!("it is a box") };
    *r
}

#[test]
fn what_an_element_is_dropped_on_gives_way_and_their_boundary_grows_in_one_step() {
    let mut hand = shop();
    let before = hand.document.model().clone();
    let db = hand.rect("DB");
    // From outside onto the database, a little to its left.
    hand.drag("Customer", db.center() + vec2(-24.0, 0.0));
    assert!(!hand.rect("Customer").intersects(hand.rect("DB")), "{:?} {:?}", hand.rect("Customer"), hand.rect("DB"));
    assert_eq!(hand.boundary_of("Customer"), hand.boundary_of("DB"));
    for name in ["Customer", "DB"] {
        assert!(grown_around(&hand, name).contains_rect(hand.rect(name)), "{name} is in its boundary");
    }
    hand.undo();
    assert!(*hand.model() == before, "one step");
}

#[test]
fn what_is_only_passed_on_the_way_and_what_is_locked_stays() {
    let mut hand = shop();
    let db = hand.rect("DB");
    let customer = hand.rect("Customer");
    hand.down("Customer").to(db.center()).to(customer.center() + vec2(0.0, 240.0)).up(customer.center() + vec2(0.0, 240.0));
    assert_eq!(hand.rect("DB"), db);
    let main = hand.model().diagrams[&Id::from(MAIN)].clone();
    let locked = Diagram { locked: [id("DB")].into(), ..main };
    hand.document.commit(&palisade::edit::Edit::put(palisade::model::Key::Diagram(MAIN.into()), locked)).unwrap();
    hand.drag("Customer", db.center());
    assert_eq!(hand.rect("DB"), db);
}

#[test]
fn a_label_put_beside_its_line_stays_there_with_a_leader_until_the_flow_is_reset() {
    let mut hand = shop();
    let flow = "customer>web";
    let at_line = label(&hand, flow);
    assert_eq!(at_line.leader, None);
    let wanted = at_line.text.center() + vec2(0.0, 150.0);
    hand.drag(at_line.text.center(), wanted);
    let put = label(&hand, flow);
    let both = put.text.union(put.pill);
    assert!(both.center().distance(wanted) < 1.0, "{:?} for {wanted:?}", both.center());
    let (from, to) = put.leader.expect("it is far from its line");
    assert!(put.text.expand(0.1).contains(from) && (to.y - 136.0).abs() < 0.5, "{from:?} {to:?}");
    // Along with the flow.
    let was = hand.route(flow);
    assert!(was.label_by.is_some_and(|by| by.y > 100.0) && was.label.is_some());
    hand.undo();
    assert_eq!(label(&hand, flow), at_line);
    hand.drag(at_line.text.center(), at_line.text.center() + vec2(20.0, 6.0));
    assert_eq!(hand.route(flow).label_by, None, "near the line it finds its place at the line");
}

#[test]
fn a_label_that_was_somewhere_stays_while_something_comes_near() {
    let mut hand = shop();
    let before = label(&hand, "web>api");
    let at = hand.middle("Customer");
    hand.drag("Customer", pt(at.x, at.y + 48.0));
    assert_eq!(label(&hand, "web>api"), before, "that of another flow is where it was");
}
