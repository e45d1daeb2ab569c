//! Aligning, distributing, sizing, locking and picking: what is done to several things at once, one undo step each.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use palisade::edit::Document;
use palisade::geometry::{Rect, pt, rect};
use palisade::model::*;
use palisade::tool::{Arrangement, Key, Modifiers, Operation, perform};

const ORDERS: [Arrangement; 10] = [
    Arrangement::Left,
    Arrangement::Right,
    Arrangement::Top,
    Arrangement::Bottom,
    Arrangement::Centre,
    Arrangement::Middle,
    Arrangement::Row,
    Arrangement::Column,
    Arrangement::SpreadAcross,
    Arrangement::SpreadDown,
];

fn does(hand: &mut Hand, operation: Operation) {
    hand.with_tools(|_, cx| perform(operation, cx));
}

fn put(hand: &mut Hand, name: &str, place: Rect) {
    let edit = palisade::edit::Edit::Resize { diagram: MAIN.into(), item: id(name), rect: place };
    hand.document.commit(&edit).unwrap();
}

/// Three of different sizes, scattered over open ground: Customer, API and DB.
fn scattered() -> Hand {
    let mut hand = shop();
    let keys = ["Cloud", "DMZ"].map(|n| palisade::model::Key::Boundary(id(n))).into();
    hand.document.commit(&palisade::edit::Edit::Remove { keys }).unwrap();
    put(&mut hand, "Customer", rect(0.0, 10.0, 100.0, 40.0));
    put(&mut hand, "API", rect(300.0, 130.0, 140.0, 60.0));
    put(&mut hand, "DB", rect(620.0, 75.0, 80.0, 50.0));
    hand.select(&["Customer", "API", "DB"]);
    hand
}

#[test]
fn edges_and_middles_align_with_the_outermost() {
    let what = |arrangement: Arrangement| {
        let mut hand = scattered();
        does(&mut hand, Operation::Arrange(arrangement));
        let rects = ["Customer", "API", "DB"].map(|n| hand.rect(n));
        hand.undo();
        assert_eq!(hand.rect("DB"), rect(620.0, 75.0, 80.0, 50.0), "{arrangement:?} is one step");
        rects
    };
    assert_eq!(what(Arrangement::Left).map(|r| r.x), [0.0; 3]);
    assert_eq!(what(Arrangement::Right).map(|r| r.right()), [700.0; 3]);
    assert_eq!(what(Arrangement::Top).map(|r| r.y), [10.0; 3]);
    assert_eq!(what(Arrangement::Bottom).map(|r| r.bottom()), [190.0; 3]);
    assert_eq!(what(Arrangement::Centre).map(|r| r.center().x), [350.0; 3]);
    assert_eq!(what(Arrangement::Middle).map(|r| r.center().y), [100.0; 3]);
}

#[test]
fn what_would_come_to_lie_over_each_other_in_line_steps_apart() {
    let mut hand = scattered();
    put(&mut hand, "API", rect(40.0, 130.0, 140.0, 60.0));
    does(&mut hand, Operation::Arrange(Arrangement::Middle));
    let [customer, api, db] = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert_eq!([customer, api, db].map(|r| r.center().y), [100.0; 3]);
    assert_eq!((customer.x, db.x), (0.0, 620.0), "what has its room stays in its column");
    assert_eq!(api.x, customer.right() + 16.0, "what lay below the first stands beside it now");
}

#[test]
fn gaps_become_equal_and_the_outermost_stay() {
    let mut hand = scattered();
    does(&mut hand, Operation::Arrange(Arrangement::SpreadAcross));
    let [a, b, c] = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert_eq!((a.x, c.right()), (0.0, 700.0));
    assert_eq!((b.x - a.right(), c.x - b.right()), (190.0, 190.0));
    // Too near for their sizes: a gap all the same.
    put(&mut hand, "API", rect(20.0, 130.0, 140.0, 60.0));
    put(&mut hand, "DB", rect(40.0, 75.0, 80.0, 50.0));
    does(&mut hand, Operation::Arrange(Arrangement::SpreadAcross));
    let [a, c, b] = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert!(b.x >= a.right() + 16.0 && c.x >= b.right() + 16.0, "{a:?} {b:?} {c:?}");
}

#[test]
fn rows_columns_and_sizes() {
    let mut hand = scattered();
    does(&mut hand, Operation::Arrange(Arrangement::Row));
    let [a, b, c] = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert_eq!((b.x - a.right(), c.x - b.right()), (96.0, 96.0));
    assert_eq!([a, b, c].map(|r| r.center().y), [100.0; 3]);
    does(&mut hand, Operation::Arrange(Arrangement::Column));
    let [a, b, c] = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert!(a.center().x == b.center().x && b.center().x == c.center().x);
    does(&mut hand, Operation::Arrange(Arrangement::SameSize));
    let sized = ["Customer", "API", "DB"].map(|n| hand.rect(n));
    assert_eq!(sized.map(|r| (r.w, r.h)), [(140.0, 60.0); 3], "as large as the largest");
    assert_eq!(sized.map(|r| r.center().x), [a, b, c].map(|r| r.center().x), "from their middles");
}

#[test]
fn a_boundary_among_them_carries_its_content() {
    let mut hand = shop();
    hand.select(&["DMZ", "Web", "DB"]);
    does(&mut hand, Operation::Arrange(Arrangement::Right));
    assert_eq!((hand.rect("DMZ").right(), hand.rect("DB").right()), (824.0, 824.0));
    assert_eq!(hand.rect("Web").x, 400.0, "Web goes with its boundary, not by itself");
    does(&mut hand, Operation::Arrange(Arrangement::Left));
    assert_eq!(hand.rect("DB").x, 360.0);
    hand.select(&["Web"]);
    does(&mut hand, Operation::Arrange(Arrangement::Left));
    assert_eq!(hand.rect("Web").x, 400.0, "one thing has nothing to align with");
}

#[test]
fn boundaries_grow_around_members_that_are_arranged() {
    let mut hand = shop();
    let dmz = hand.rect("DMZ");
    // One comes to stand below the other, beyond the lower seam.
    hand.select(&["Web", "API"]);
    does(&mut hand, Operation::Arrange(Arrangement::Column));
    let (web, api, grown) = (hand.rect("Web"), hand.rect("API"), hand.rect("DMZ"));
    assert!(web.bottom().max(api.bottom()) > dmz.bottom(), "{web:?}, {api:?}");
    assert!(grown.contains_rect(api) && grown.contains_rect(web), "{grown:?}");
    assert_eq!((hand.boundary_of("Web"), hand.boundary_of("API")), (Some("dmz"), Some("dmz")));
    assert!(!grown.intersects(hand.rect("DB")), "and over no stranger");
    hand.undo();
    assert_eq!(hand.rect("DMZ"), dmz, "one step");
}

/// Two zones beside each other, one with a zone in it, and a customer outside.
fn zones() -> Hand {
    let mut m = model("Zones")
        .boundary("Left", 2)
        .boundary("Right", 2)
        .boundary("Inner", 2)
        .inside("Right")
        .entity("Customer")
        .process("Web")
        .inside("Left")
        .process("Api")
        .inside("Inner")
        .store("DB")
        .inside("Right")
        .build();
    let places = [
        ("Customer", rect(0.0, 500.0, 144.0, 64.0)),
        ("Left", rect(200.0, 0.0, 240.0, 320.0)),
        ("Web", rect(240.0, 40.0, 144.0, 64.0)),
        ("Right", rect(520.0, 80.0, 480.0, 320.0)),
        ("Inner", rect(560.0, 160.0, 192.0, 128.0)),
        ("Api", rect(584.0, 192.0, 144.0, 64.0)),
        ("DB", rect(800.0, 304.0, 144.0, 64.0)),
    ];
    for (name, place) in places {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(place));
    }
    Hand::at(Document::new(m))
}

#[test]
fn what_is_arranged_out_of_several_boundaries_is_in_line_and_stays_in_them() {
    let selections: [&[&str]; 5] = [
        &["Web", "Api"],
        &["Web", "DB"],
        &["Web", "Api", "DB"],
        &["Customer", "Web", "Api"],
        &["Customer", "Web", "Inner", "DB"],
    ];
    for (names, arrangement) in selections
        .iter()
        .flat_map(|names| ORDERS.map(|order| (names, order)))
        .filter(|(names, order)| names.len() >= order.least())
    {
        let what = format!("{arrangement:?} of {names:?}");
        let mut hand = zones();
        let before = hand.model().clone();
        hand.select(names);
        does(&mut hand, Operation::Arrange(arrangement));
        let rects = names.iter().map(|n| hand.rect(n)).collect::<Vec<_>>();
        let line: fn(Rect) -> f32 = match arrangement {
            Arrangement::Left => |r| r.x,
            Arrangement::Right => |r| r.right(),
            Arrangement::Top => |r| r.y,
            Arrangement::Bottom => |r| r.bottom(),
            Arrangement::Centre | Arrangement::Column => |r| r.center().x,
            Arrangement::Middle | Arrangement::Row => |r| r.center().y,
            _ => |_| 0.0,
        };
        assert!(rects.windows(2).all(|two| (line(two[0]) - line(two[1])).abs() < 0.01), "{what}: in line, {rects:?}");
        for (inner, outer) in [("Web", "Left"), ("Api", "Inner"), ("Inner", "Right"), ("DB", "Right")] {
            assert_eq!(hand.boundary_of(inner), Some(id(outer).as_str()), "{what}");
            assert!(hand.rect(outer).contains_rect(hand.rect(inner)), "{what}: {inner} in {outer}");
        }
        for (a, b) in [("Left", "Right"), ("Left", "Customer"), ("Right", "Customer"), ("Inner", "DB")] {
            assert!(!hand.rect(a).intersects(hand.rect(b)), "{what}: {a} {:?} clear of {b} {:?}", hand.rect(a), hand.rect(b));
        }
        hand.undo();
        assert_eq!(hand.model(), &before, "{what}: one step");
    }
}

#[test]
fn what_is_locked_stays() {
    let mut hand = shop();
    hand.select(&["Web"]);
    does(&mut hand, Operation::ToggleLock);
    hand.drag("Web", ("Web", 40.0, 40.0));
    assert_eq!(hand.rect("Web").x, 400.0, "a drag on it draws a marquee");
    hand.select(&["Web", "API"]).key(Key::Arrow(palisade::tool::Direction::Right));
    assert_eq!((hand.rect("Web").x, hand.rect("API").x), (400.0, 641.0));
    hand.drag("API", ("API", 40.0, 0.0));
    assert_eq!(hand.rect("Web").x, 400.0, "nor along with others");
    hand.select(&["Web"]);
    hand.drag(pt(548.0, 172.0), pt(600.0, 200.0));
    assert_eq!(hand.rect("Web").w, 144.0);
    hand.select(&["Web", "DB"]).key(Key::Delete);
    assert!(hand.model().elements.contains_key(&id("Web")) && !hand.model().elements.contains_key(&id("DB")));
    hand.select(&["Web"]);
    does(&mut hand, Operation::ToggleLock);
    hand.drag("Web", ("Web", 40.0, 0.0));
    assert_eq!(hand.rect("Web").x, 440.0, "unlocked by the same key");
    hand.select(&["Web", "API"]);
    does(&mut hand, Operation::ToggleLock);
    does(&mut hand, Operation::UnlockAll);
    assert!(hand.model().diagrams[&Id::from(MAIN)].locked.is_empty());
}

#[test]
fn a_lock_goes_with_what_was_locked() {
    let mut hand = shop();
    hand.select(&["Web"]);
    does(&mut hand, Operation::ToggleLock);
    // Locked here, it can still be deleted elsewhere; nothing dangles.
    let keys = [palisade::model::Key::Element(id("Web"))].into();
    hand.document.commit(&palisade::edit::Edit::Remove { keys }).unwrap();
    assert_eq!(check(hand.model()), []);
    assert!(hand.model().diagrams[&Id::from(MAIN)].locked.is_empty());
}

#[test]
fn things_are_picked_by_kind_connection_and_content() {
    let mut hand = shop();
    hand.select(&["Web"]);
    does(&mut hand, Operation::SelectSameKind);
    assert_eq!(hand.selected(), ["api", "web"]);
    hand.select(&["Customer"]);
    does(&mut hand, Operation::SelectConnected);
    assert_eq!(hand.selected(), ["customer", "customer>web", "web"]);
    hand.select(&["Cloud"]);
    does(&mut hand, Operation::SelectContent);
    assert_eq!(hand.selected(), ["api", "db", "dmz", "web", "web>api"]);
}

#[test]
fn deleting_can_join_what_flowed_through() {
    let mut hand = shop();
    hand.select(&["Web"]);
    hand.holding(Modifiers::SHIFT).key(Key::Delete);
    let flow = &hand.model().flows[&id("Customer>Web")];
    assert_eq!((flow.from.clone(), flow.to.clone()), (Some(id("Customer")), Some(id("API"))), "the flow in goes on");
    assert_eq!(hand.model().flows.len(), 1);
    hand.undo();
    assert_eq!(hand.model().flows.len(), 2, "one step");
    hand.select(&["Web"]).holding(Modifiers::NONE).key(Key::Delete);
    assert!(hand.model().flows.is_empty(), "without Shift the flows go too");
}
