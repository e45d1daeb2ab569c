//! Making room: everything beyond a line is pushed away, or pulled back over empty ground; by scripts of gestures.

use crate::support::dsl::{MAIN, id};
use crate::support::hand::{Hand, shop};
use palisade::geometry::{Rect, pt};
use palisade::model::*;
use palisade::tool::{Key, Modifiers, Operation, Overlay, perform};

/// The shop, with all three keys held.
fn pushing() -> Hand {
    let mut hand = shop();
    hand.holding(Modifiers::ALL);
    hand
}

fn wider(r: Rect, by: f32) -> Rect {
    Rect { w: r.w + by, ..r }
}

fn lower(r: Rect, by: f32) -> Rect {
    Rect { y: r.y + by, ..r }
}

fn put(hand: &mut Hand, item: &str, place: Placement) {
    let key = palisade::model::Key::Placement(PlacementKey::new(MAIN, Id::from(item)));
    hand.document.commit(&palisade::edit::Edit::put(key, place)).unwrap();
}

fn lock(hand: &mut Hand, names: &[&str]) {
    hand.select(names).with_tools(|_, cx| perform(Operation::ToggleLock, cx));
}

#[test]
fn what_is_right_of_the_press_goes_right_and_boundaries_across_stretch() {
    let mut hand = pushing();
    let names = ["Customer", "Web", "API", "DB", "DMZ", "Cloud"];
    let before = names.map(|n| hand.rect(n));
    // Down on the ground between Web and API; it goes right first, so up and down does not count.
    hand.drag(pt(592.0, 270.0), pt(695.0, 330.0));
    let [customer, web, api, db, dmz, cloud] = names.map(|n| hand.rect(n));
    assert_eq!((customer, web), (before[0], before[1]), "left of the line");
    assert_eq!((api.x, db.x), (before[2].x + 104.0, before[3].x + 104.0), "by whole steps of the grid");
    assert_eq!((dmz, cloud), (wider(before[4], 104.0), wider(before[5], 104.0)));
    assert_eq!((hand.boundary_of("API"), hand.boundary_of("DB")), (Some("dmz"), Some("cloud")));
    assert!(hand.selected().is_empty(), "nothing is selected by it");
    hand.undo();
    assert_eq!(names.map(|n| hand.rect(n)), before, "one step");
}

#[test]
fn what_is_below_goes_down_and_a_boundary_beyond_takes_its_content_along() {
    let mut hand = pushing();
    let (customer, dmz, web, cloud) = (hand.rect("Customer"), hand.rect("DMZ"), hand.rect("Web"), hand.rect("Cloud"));
    hand.drag(pt(450.0, 30.0), pt(450.0, 94.0));
    assert_eq!((hand.rect("DMZ"), hand.rect("Web")), (lower(dmz, 64.0), lower(web, 64.0)));
    assert_eq!(hand.rect("Customer"), lower(customer, 64.0), "all over the diagram");
    assert_eq!(hand.rect("Cloud"), Rect { h: cloud.h + 64.0, ..cloud });
}

#[test]
fn it_begins_on_anything_and_a_mere_click_does_nothing() {
    let mut hand = pushing();
    hand.drag("API", ("API", 48.0, 0.0));
    assert_eq!(hand.rect("API").x, 688.0, "its middle is at the line");
    assert_eq!(hand.rect("Web").x, 400.0);
    hand.undo();
    hand.click("API");
    assert!(hand.selected().is_empty());
}

#[test]
fn it_is_seen_while_dragged_and_escape_leaves_no_trace() {
    let mut hand = pushing();
    let before = hand.model().clone();
    hand.down(pt(592.0, 270.0)).to(pt(640.0, 270.0));
    assert_eq!(hand.rect("API").x, 688.0);
    let line = Overlay::Room { from: pt(592.0, 270.0), to: pt(640.0, 270.0), upright: true };
    assert_eq!(hand.gesture.overlay(), line);
    assert!(!hand.gesture.hints().is_empty());
    hand.to(pt(592.0, 300.0));
    assert_eq!(hand.model(), &before, "back at the line nothing is left of it");
    hand.to(pt(640.0, 270.0)).key(Key::Escape);
    assert_eq!(hand.model(), &before);
    assert!(!hand.document.is_dirty() && !hand.document.undo());
}

#[test]
fn pulled_back_it_closes_only_what_is_empty() {
    let mut hand = pushing();
    // Between Web, which ends at 544, and API, which begins at 640.
    hand.drag(pt(592.0, 270.0), pt(200.0, 270.0));
    assert_eq!((hand.rect("API").x, hand.rect("Web").right()), (568.0, 544.0), "24 are kept");
    assert_eq!((hand.rect("DMZ").right(), hand.rect("Cloud").right()), (752.0, 808.0));
    hand.undo();
    // Through the middle of Web: it goes along, and from it back to the seam of the DMZ there is room for one step.
    hand.drag(pt(440.0, 270.0), pt(300.0, 270.0));
    assert_eq!(hand.rect("Web").x - hand.rect("DMZ").x, 24.0);
}

#[test]
fn bends_loose_ends_and_lines_beyond_the_line_go_too() {
    let mut hand = pushing();
    let bends = vec![pt(580.0, 136.0), pt(580.0, 180.0), pt(620.0, 180.0), pt(620.0, 136.0)];
    put(&mut hand, "web>api", Placement::Route(Route { bends, ..Route::default() }));
    let loose = Attach::Loose(pt(200.0, 300.0));
    put(&mut hand, "customer>web", Placement::Route(Route { bends: vec![pt(700.0, 300.0)], start: loose, ..Route::default() }));
    let mut wall = hand.model().boundaries[&id("DMZ")].clone();
    wall.parent = None;
    let key = palisade::model::Key::Boundary("wall".into());
    hand.document.commit(&palisade::edit::Edit::put(key, wall)).unwrap();
    let points = vec![pt(250.0, 500.0), pt(900.0, 500.0)];
    put(&mut hand, "wall", Placement::Line(BoundaryLine { points, style: LineStyle::Straight }));
    hand.drag(pt(600.0, 270.0), pt(632.0, 270.0));
    assert_eq!(hand.route("web>api").bends, [pt(580.0, 136.0), pt(580.0, 180.0), pt(652.0, 180.0), pt(652.0, 136.0)]);
    assert_eq!((hand.route("customer>web").start, hand.route("customer>web").bends), (loose, vec![pt(732.0, 300.0)]));
    let Some(Placement::Line(line)) = hand.model().placement(&MAIN.into(), &"wall".into()) else { panic!("it is a line") };
    assert_eq!(line.points, [pt(250.0, 500.0), pt(932.0, 500.0)]);
}

#[test]
fn locked_things_stay_and_nothing_is_pushed_over_them() {
    let mut hand = pushing();
    lock(&mut hand, &["API"]);
    let (api, dmz) = (hand.rect("API"), hand.rect("DMZ"));
    hand.drag(pt(592.0, 270.0), pt(656.0, 270.0));
    assert_eq!((hand.rect("API"), hand.rect("DMZ")), (api, wider(dmz, 64.0)));
    assert_eq!(hand.rect("DB").x, 704.0, "the others go");
    hand.undo();
    // Web is 96 before it.
    hand.drag(pt(330.0, 270.0), pt(700.0, 270.0));
    assert_eq!((hand.rect("Web").right(), hand.rect("API").x), (640.0, 640.0));
    assert_eq!(hand.rect("DMZ").x, dmz.x, "a seam stays around what stays");
    hand.undo();
    lock(&mut hand, &["DMZ"]);
    hand.drag(pt(330.0, 270.0), pt(346.0, 270.0));
    assert_eq!((hand.rect("Web").x, hand.rect("DMZ")), (400.0, dmz), "with all it contains");
}

#[test]
fn a_collapsed_boundary_takes_along_what_it_hides() {
    let mut hand = shop();
    hand.select(&["DMZ"]).with_tools(|_, cx| perform(Operation::Fold, cx));
    let (web, api) = (hand.rect("Web"), hand.rect("API"));
    hand.holding(Modifiers::ALL).drag(pt(330.0, 270.0), pt(362.0, 270.0));
    assert_eq!((hand.rect("Web").x, hand.rect("API").x), (web.x + 32.0, api.x + 32.0));
    hand.undo();
    // Its box ends before where API is hidden.
    hand.drag(pt(632.0, 270.0), pt(664.0, 270.0));
    assert_eq!((hand.rect("API"), hand.rect("DB").x), (api, 672.0));
}
