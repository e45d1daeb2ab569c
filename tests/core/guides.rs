//! Smart guides and the grid: where things come to stand, and what the eye is told about it.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::Hand;
use palisade::edit::Document;
use palisade::geometry::{Point, Rect, pt, rect};
use palisade::model::*;
use palisade::tool::{Guide, Modifiers, Tool};

/// Elements in these places, and nothing else.
fn boxes(places: &[(&str, Rect)]) -> Hand {
    let mut draft = model("Boxes");
    for (name, _) in places {
        draft = draft.process(name);
    }
    let mut m = draft.build();
    for (name, place) in places {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(*place));
    }
    Hand::at(Document::new(m))
}

fn lines(hand: &Hand) -> Vec<(Point, Point)> {
    hand.gesture.guides().iter().filter_map(|g| if let Guide::Line(a, b) = g { Some((*a, *b)) } else { None }).collect()
}

fn measures(hand: &Hand) -> Vec<(Point, Point)> {
    hand.gesture.guides().iter().filter_map(|g| if let Guide::Measure(a, b) = g { Some((*a, *b)) } else { None }).collect()
}

/// So far from where B stands in most of these.
fn b(x: f32, y: f32) -> Point {
    pt(440.0 + x, 320.0 + y)
}

#[test]
fn edges_and_centres_pull_off_the_grid_and_are_shown() {
    // The other one stands off the grid, so that a guide cannot be mistaken for it.
    let mut hand = boxes(&[("A", rect(3.0, 0.0, 100.0, 60.0)), ("B", rect(400.0, 300.0, 80.0, 40.0))]);
    hand.down("B").to(b(-390.0, 0.0));
    assert_eq!(hand.rect("B").x, 13.0, "centred under A, which is 3 away");
    assert_eq!(lines(&hand), [(pt(53.0, 0.0), pt(53.0, 340.0))], "one line through both middles");
    hand.to(b(-402.0, 0.0));
    assert_eq!(hand.rect("B").x, 3.0, "left edges in line");
    assert_eq!(lines(&hand), [(pt(3.0, 0.0), pt(3.0, 340.0))]);
    hand.to(b(-297.0, 0.0));
    assert_eq!(hand.rect("B").x, 103.0, "beside A: left edge at its right edge");
    hand.to(b(-340.0, 0.0));
    assert_eq!((hand.rect("B").x, lines(&hand)), (64.0, vec![]), "out of reach: the grid");
    hand.up(b(-402.0, 0.0));
    assert_eq!(hand.rect("B").x, 3.0, "the release stands where it was shown");
    assert!(hand.gesture.guides().is_empty());
}

#[test]
fn ctrl_suspends_guides_and_grid() {
    let mut hand = boxes(&[("A", rect(3.0, 0.0, 100.0, 60.0)), ("B", rect(400.0, 300.0, 80.0, 40.0))]);
    hand.down("B").holding(Modifiers::CTRL).to(b(-395.5, 0.5));
    assert_eq!(hand.rect("B"), rect(4.5, 300.5, 80.0, 40.0));
}

#[test]
fn the_pull_is_eight_pixels_at_every_zoom() {
    let mut hand = boxes(&[("A", rect(3.0, 0.0, 100.0, 60.0)), ("B", rect(400.0, 300.0, 80.0, 40.0))]);
    hand.grid = false;
    hand.scale = 4.0;
    hand.down("B").to(b(-400.0, 0.0));
    assert_eq!(hand.rect("B").x, 0.0, "3 units are 12 pixels: too far");
    hand.to(b(-398.0, 0.0));
    assert_eq!(hand.rect("B").x, 3.0, "1 unit is 4 pixels");
}

#[test]
fn equal_gaps_of_a_row_are_kept_and_measured() {
    let row = [("A", rect(0.0, 0.0, 100.0, 60.0)), ("B", rect(137.0, 0.0, 100.0, 60.0)), ("C", rect(400.0, 200.0, 100.0, 60.0))];
    let mut hand = boxes(&row);
    hand.down("C").to(("C", -130.0, -196.0));
    assert_eq!(hand.rect("C"), rect(274.0, 0.0, 100.0, 60.0), "37 from B, as B is from A; in one row");
    assert_eq!(measures(&hand), [(pt(100.0, 30.0), pt(137.0, 30.0)), (pt(237.0, 30.0), pt(274.0, 30.0))]);
    hand.up(pt(320.0, 34.0));
    // B in the middle between its neighbours, wherever they are.
    hand.down("B").to(pt(230.0, 30.0)).to(pt(190.0, 30.0));
    assert_eq!(hand.rect("B").x, 137.0);
    assert_eq!(measures(&hand).len(), 2);
}

#[test]
fn sizes_and_gaps_pull_while_resizing() {
    let row = [
        ("A", rect(0.0, 0.0, 111.0, 60.0)),
        ("B", rect(300.0, 200.0, 160.0, 60.0)),
        ("C", rect(517.0, 200.0, 100.0, 60.0)),
        ("D", rect(660.0, 200.0, 100.0, 60.0)),
    ];
    let mut hand = boxes(&row);
    hand.select(&["B"]);
    // The corners resize an element; the right one sits 4 pixels outside.
    hand.down(pt(464.0, 264.0)).to(pt(418.0, 264.0));
    assert_eq!(hand.rect("B").w, 111.0, "as wide as A");
    assert_eq!(measures(&hand)[..2], [(pt(300.0, 268.0), pt(411.0, 268.0)), (pt(0.0, 68.0), pt(111.0, 68.0))]);
    hand.to(pt(482.0, 264.0));
    assert_eq!(hand.rect("B").right(), 474.0, "43 from C, as D is");
    assert_eq!(measures(&hand)[..2], [(pt(617.0, 230.0), pt(660.0, 230.0)), (pt(474.0, 230.0), pt(517.0, 230.0))]);
    hand.holding(Modifiers::CTRL).to(pt(480.0, 264.0));
    assert_eq!(hand.rect("B").right(), 476.0, "Ctrl suspends");
}

#[test]
fn what_is_drawn_lines_up_with_what_is_there() {
    let mut hand = boxes(&[("A", rect(3.0, 5.0, 100.0, 60.0))]);
    hand.tool = Tool::Store;
    hand.down(pt(200.0, 0.0)).to(pt(280.0, 40.0)).to(pt(300.0, 63.0));
    assert_eq!(lines(&hand).len(), 1);
    hand.up(pt(300.0, 63.0));
    let made = hand.made();
    let made = hand.model().rect_of(&MAIN.into(), &made).unwrap();
    assert_eq!(made.bottom(), 65.0, "its lower edge is level with that of A");
    assert_eq!(made.w, 100.0, "and it is as wide");
}

#[test]
fn a_copy_lines_up_with_its_original() {
    let mut hand = boxes(&[("A", rect(3.0, 5.0, 100.0, 60.0))]);
    hand.holding(Modifiers::ALT).down("A").to(pt(200.0, 55.0)).to(pt(57.0, 185.0));
    assert_eq!(lines(&hand), [(pt(53.0, 5.0), pt(53.0, 212.0))]);
    hand.up(pt(57.0, 185.0));
    let made = hand.made();
    assert_eq!(hand.model().rect_of(&MAIN.into(), &made).unwrap().x, 3.0);
}

#[test]
fn what_is_out_of_view_does_not_pull() {
    let mut hand = boxes(&[("A", rect(3.0, 0.0, 100.0, 60.0)), ("B", rect(400.0, 300.0, 80.0, 40.0))]);
    hand.seen = rect(-100.0, 200.0, 1000.0, 1000.0);
    hand.down("B").to(("B", -396.0, 0.0));
    assert_eq!(hand.rect("B").x, 8.0, "the grid alone");
}

#[test]
fn without_the_grid_things_stay_where_they_are_put() {
    let mut hand = boxes(&[("B", rect(400.0, 300.0, 80.0, 40.0))]);
    hand.grid = false;
    hand.drag("B", ("B", 21.0, 13.0));
    assert_eq!(hand.rect("B"), rect(421.0, 313.0, 80.0, 40.0));
}
