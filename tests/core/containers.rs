//! Boundaries hold what lies in them, and what lies in them is theirs: by scripts of gestures.

use crate::support::dsl::{MAIN, id};
use crate::support::hand::{Hand, shop};
use crate::support::scripts::{Act, act, acts, faults, scripts};
use palisade::geometry::{Point, Rect, pt, rect, vec2};
use palisade::model::*;
use palisade::tool::{Key, *};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn main_diagram() -> Id {
    MAIN.into()
}

#[track_caller]
fn assert_true_picture(hand: &Hand) {
    assert_eq!(faults(hand.model()), Vec::<String>::new());
}

#[test]
fn a_boundary_grows_around_what_is_dropped_over_its_seam_as_one_step() {
    let mut hand = shop();
    let (dmz, cloud) = (hand.rect("DMZ"), hand.rect("Cloud"));
    hand.drag("Web", pt(364.0, 136.0));
    assert_eq!(hand.boundary_of("Web"), Some("dmz"), "its middle is still inside");
    let grown = hand.rect("DMZ");
    assert_eq!(grown.x, hand.rect("Web").x - 16.0, "16 px of room");
    assert_eq!((grown.right(), grown.y, grown.bottom()), (dmz.right(), dmz.y, dmz.bottom()), "nowhere else");
    assert_eq!(hand.rect("Cloud").x, grown.x - 16.0, "and what is around it as well");
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!((hand.rect("DMZ"), hand.rect("Cloud")), (dmz, cloud), "one step");
    hand.drag("Web", pt(300.0, 136.0));
    assert_eq!((hand.boundary_of("Web"), hand.rect("DMZ")), (None, dmz), "with its middle outside it leaves, and nothing grows");
}

#[test]
fn a_seam_grows_live_and_the_way_there_does_not_matter() {
    let mut hand = shop();
    hand.down("Web").to(pt(364.0, 136.0));
    assert_eq!(hand.rect("DMZ").x, hand.rect("Web").x - 16.0, "seen while it is dragged");
    // Now the seam is further out; what counts is where it was.
    hand.to(pt(330.0, 136.0));
    assert_eq!(hand.boundary_of("Web"), Some("cloud"));
    assert_eq!(hand.rect("DMZ").x, 360.0);
    hand.key(Key::Escape);
    assert!(!hand.document.is_dirty());
}

#[test]
fn strangers_step_aside_with_all_they_contain() {
    let mut hand = shop();
    let (customer, cloud) = (hand.rect("Customer"), hand.rect("Cloud"));
    hand.drag("DB", pt(330.0, 352.0));
    assert!(hand.rect("Cloud").x < 260.0);
    assert_eq!((hand.boundary_of("DB"), hand.rect("Customer")), (Some("cloud"), customer), "it is not in the way yet");
    hand.undo();
    // The DMZ grows to the right over nothing; moved down, it grows into the DB, which belongs to the cloud.
    let db = hand.rect("DB");
    hand.drag("API", ("API", 0.0, 80.0));
    assert_eq!(hand.boundary_of("API"), Some("dmz"));
    assert!(!hand.rect("DMZ").intersects(hand.rect("DB")) && hand.rect("DB") == db, "there is room");
    hand.undo();
    hand.select(&["dmz"]).holding(Modifiers::CTRL).drag(pt(592.0, 228.0), pt(592.0, 380.0));
    assert_eq!(hand.boundary_of("DB"), Some("cloud"), "not taken in");
    assert!(!hand.rect("DMZ").contains(hand.middle("DB")), "so it steps aside");
    assert!(hand.rect("Cloud").contains_rect(hand.rect("DB")) && hand.rect("Cloud").area() > cloud.area());
    assert_true_picture(&hand);
}

#[test]
fn a_boundary_drawn_or_wrapped_over_others_never_lies() {
    let mut hand = shop();
    hand.select(&["customer", "db"]).letter('B');
    let made = hand.made();
    assert_eq!(hand.model().boundaries[&made].parent, None);
    assert_true_picture(&hand);
    hand.undo();
    hand.tool = Tool::Boundary;
    hand.drag(pt(600.0, -100.0), pt(1000.0, 250.0));
    assert_true_picture(&hand);
}

#[test]
fn a_frame_moved_alone_takes_in_and_leaves_behind_what_it_passes_over() {
    let mut hand = shop();
    hand.holding(Modifiers::ALT).drag(pt(560.0, 48.0), pt(560.0, 240.0));
    assert_eq!(hand.rect("Web").y, 104.0, "content stays");
    assert_eq!((hand.boundary_of("Web"), hand.boundary_of("DB")), (Some("cloud"), Some("dmz")));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.boundary_of("Web"), Some("dmz"));
}

#[test]
fn pulled_out_things_go_the_shortest_way_into_the_boundary_around() {
    let mut hand = shop();
    let before = hand.rect("Web");
    hand.select(&["web"]).holding(Modifiers { ctrl: true, shift: true, alt: false }).key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), Some("cloud"));
    let (web, dmz) = (hand.rect("Web"), hand.rect("DMZ"));
    assert!(!web.intersects(dmz) && web.y > dmz.bottom() && web.x == before.x, "straight down is nearest: {web:?}");
    assert_true_picture(&hand);
    hand.key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), None);
    assert_true_picture(&hand);
    hand.key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), None, "there is nothing further out");
    hand.undo().undo();
    assert_eq!((hand.boundary_of("Web"), hand.rect("Web")), (Some("dmz"), before));
}

#[test]
fn fitting_draws_seams_close_and_inner_ones_first() {
    let mut hand = shop();
    hand.select(&["cloud", "dmz"]);
    hand.with_tools(|_, cx| perform(Operation::FitToContent, cx));
    assert_eq!(hand.rect("DMZ"), rect(384.0, 80.0, 416.0, 104.0));
    assert_eq!(hand.rect("Cloud"), rect(368.0, 56.0, 448.0, 344.0));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.rect("Cloud"), rect(320.0, 0.0, 560.0, 440.0), "one step");
}

#[test]
fn what_lies_wrong_already_is_not_put_right_by_edits_elsewhere() {
    let mut hand = shop();
    let stray = |r: Rect| palisade::edit::Edit::Resize { diagram: MAIN.into(), item: id("Customer"), rect: r };
    // As an imported file may have it: drawn in the DMZ, a member of nothing.
    hand.document.commit(&stray(rect(500.0, 120.0, 80.0, 40.0))).unwrap();
    hand.drag("DB", ("DB", 96.0, 24.0));
    assert_eq!(hand.rect("Customer"), rect(500.0, 120.0, 80.0, 40.0));
    hand.drag("API", ("API", 72.0, 0.0));
    assert!(hand.rect("DMZ").right() > 824.0, "it grew");
    assert_eq!((hand.rect("Customer"), hand.boundary_of("Customer")), (rect(500.0, 120.0, 80.0, 40.0), None));
}

#[test]
fn boundaries_nest_as_deep_as_a_model_may() {
    let mut hand = shop();
    hand.select(&["web"]);
    for _ in 0..60 {
        hand.letter('B');
    }
    assert_true_picture(&hand);
    assert_eq!(hand.model().boundaries_around(&id("Web")).len(), 62);
    // Dragged against the innermost seam, all of them grow.
    let before = hand.rect("Cloud");
    hand.drag("Web", ("Web", 60.0, 0.0));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.rect("Cloud"), before);
}

proptest! {
    #![proptest_config(scripts(200))]

    #[test]
    fn after_any_gestures_the_picture_is_true_and_undo_leads_back(acts in acts()) {
        let mut hand = shop();
        let before = hand.model().clone();
        for one in &acts {
            let (locked, was) = (locked(&hand), hand.model().clone());
            act(&mut hand, one);
            let found = faults(hand.model());
            prop_assert!(found.is_empty(), "after {one:?}: {found:#?}");
            if matches!(one, Act::Arrange(..) | Act::Fold(..) | Act::Fit(..) | Act::Lock(..)) {
                let held = |m: &ThreatModel| (m.elements.clone(), m.boundaries.clone());
                prop_assert_eq!(held(hand.model()), held(&was), "{:?} changes what belongs to what", one);
            }
            if !matches!(one, Act::Undo | Act::Redo) {
                let sized = sized_although_locked(&hand, &locked);
                prop_assert!(sized.is_empty(), "after {one:?}: {sized:?} are locked and were sized");
            }
        }
        let after = hand.model().clone();
        let steps = std::iter::repeat_with(|| hand.document.undo()).take_while(|undone| *undone).count();
        prop_assert_eq!(hand.model(), &before);
        prop_assert!((0..steps).all(|_| hand.document.redo()));
        prop_assert_eq!(hand.model(), &after);
    }

    #[test]
    fn making_room_keeps_every_true_picture_true(
        acts in acts(),
        rooms in proptest::collection::vec((-200.0..1000.0f32, -100.0..600.0f32, -400.0..400.0f32, -400.0..400.0f32), 1..4),
    ) {
        let mut hand = shop();
        acts.iter().for_each(|one| act(&mut hand, one));
        hand.tool = Tool::Select;
        prop_assume!(faults(hand.model()).is_empty());
        for (x, y, w, h) in rooms {
            let before = hand.model().clone();
            hand.holding(Modifiers::ALL).drag(pt(x, y), pt(x + w, y + h));
            let found = faults(hand.model());
            prop_assert!(found.is_empty(), "from {x}, {y} by {w}, {h}: {found:#?}");
            prop_assert_eq!(&hand.model().elements, &before.elements);
            prop_assert_eq!(&hand.model().boundaries, &before.boundaries);
        }
    }
}

/// Locked boxes.
fn locked(hand: &Hand) -> BTreeMap<Id, Rect> {
    let model = hand.model();
    let locked = model.diagrams[&main_diagram()].locked.iter();
    locked.filter_map(|id| Some((id.clone(), model.rect_of(&main_diagram(), id)?))).collect()
}

/// What was sized although it is locked. Boundaries still grow around what they hold.
fn sized_although_locked(hand: &Hand, before: &BTreeMap<Id, Rect>) -> Vec<Id> {
    let is_boundary = |id: &Id| hand.model().boundaries.contains_key(id);
    let is_wrong = |id: &Id, was: &Rect, now: &Rect| match is_boundary(id) {
        true => now.w < was.w - 0.01 || now.h < was.h - 0.01,
        false => (now.w, now.h) != (was.w, was.h),
    };
    let now = locked(hand);
    before.iter().filter(|(id, was)| now.get(*id).is_some_and(|r| is_wrong(id, was, r))).map(|(id, _)| id.clone()).collect()
}

#[test]
fn mixed_selections_go_each_where_their_own_middle_is() {
    let mut hand = shop();
    hand.select(&["customer", "db"]);
    let to: Point = hand.middle("Customer") + vec2(480.0, 0.0);
    hand.drag("Customer", to);
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DB")), (Some("dmz"), None));
    hand.undo();
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DB")), (None, Some("cloud")));
}

#[test]
fn members_a_frame_leaves_behind_never_come_to_be_around_each_other() {
    let mut hand = shop();
    hand.select(&["dmz", "db"]).letter('B');
    let outer = hand.made();
    hand.select(&["customer", "dmz"]).with_tools(|_, cx| perform(Operation::Arrange(Arrangement::Left), cx));
    let frame = hand.model().rect_of(&main_diagram(), &outer).unwrap();
    hand.selection = Selection::one(outer);
    let at = pt(frame.x + frame.w * 0.7, frame.y);
    hand.holding(Modifiers::ALT).drag(at, at + vec2(300.0, 0.0));
    assert_true_picture(&hand);
}

#[test]
fn a_locked_boundary_that_has_to_step_aside_takes_along_the_one_it_touches() {
    let mut hand = shop();
    hand.select(&["cloud"]).with_tools(|_, cx| perform(Operation::ToggleLock, cx));
    let at = pt(684.8, 48.0);
    hand.select(&["dmz"]).drag(at, at + vec2(304.75, -221.45));
    assert_eq!(hand.boundary_of("DMZ"), None);
    assert_eq!(hand.rect("DMZ").bottom(), hand.rect("Cloud").y, "seam on seam");
    hand.tool = Tool::Boundary;
    hand.drag(pt(0.0, 395.0), pt(30.0, 425.0));
    let cloud = hand.rect("Cloud");
    hand.tool = Tool::Select;
    hand.select(&["customer", "db"]).letter('B');
    assert_ne!(hand.rect("Cloud"), cloud, "it has to make way although it is locked");
    assert_true_picture(&hand);
}

#[test]
fn what_is_drawn_inside_and_grows_far_beyond_is_still_held() {
    let mut hand = shop();
    hand.drag("Web", ("Web", 0.0, 388.0));
    let at = pt(712.0, 0.0);
    hand.select(&["cloud"]).drag(at, at + vec2(144.5, 148.7));
    assert_eq!(hand.boundary_of("Web"), None);
    hand.tool = Tool::Boundary;
    hand.drag(pt(373.6, 471.4), pt(562.9, 501.4));
    assert_eq!(hand.boundary_of("Web"), Some(hand.made().as_str()), "it takes in what it was drawn over");
    assert_true_picture(&hand);
}

#[test]
fn what_is_locked_stays_as_long_as_the_picture_can_be_true() {
    let mut hand = shop();
    let lock = |hand: &mut Hand, name: &str| {
        hand.select(&[name]).with_tools(|_, cx| perform(Operation::ToggleLock, cx));
        hand.selection = Selection::default();
    };
    lock(&mut hand, "Customer");
    let customer = hand.rect("Customer");
    hand.drag("Customer", ("Customer", 200.0, 0.0));
    assert_eq!(hand.rect("Customer"), customer, "a drag of it is none");
    // A frame carried onto it makes way; one that grows around a member does so all the same.
    let at = pt(560.0, 48.0);
    hand.drag(at, at - vec2(400.0, 0.0));
    assert_eq!(hand.rect("Customer"), customer);
    assert_true_picture(&hand);
    hand.undo();
    lock(&mut hand, "DMZ");
    hand.drag("Web", ("Web", -108.0, 0.0));
    assert_eq!((hand.boundary_of("Web"), hand.rect("DMZ").right()), (Some("dmz"), 824.0));
    assert_true_picture(&hand);
    hand.select(&["dmz"]).with_tools(|_, cx| perform(Operation::FitToContent, cx));
    assert!(hand.rect("DMZ").right() > 816.0, "fitting is sizing, which a lock forbids");
}

#[test]
fn things_dragged_together_out_of_different_boundaries_never_lie() {
    let mut hand = shop();
    hand.select(&["dmz", "db"]).drag("DB", ("DB", 280.0, 0.0));
    assert_eq!((hand.boundary_of("DMZ"), hand.boundary_of("DB")), (Some("cloud"), None), "each by its own middle");
    assert!(!hand.rect("Cloud").intersects(hand.rect("DB")), "beside the seam that grew around the other");
    assert_true_picture(&hand);
    hand.undo();
    hand.select(&["customer", "dmz"]).with_tools(|_, cx| perform(Operation::Arrange(Arrangement::Left), cx));
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DMZ")), (None, Some("cloud")));
    assert_true_picture(&hand);
    hand.undo();
}

#[test]
fn a_resized_seam_keeps_the_room_a_grown_one_has() {
    let mut hand = shop();
    let corner = hand.rect("DMZ").max();
    hand.select(&["dmz"]).drag(corner, corner - vec2(300.0, 300.0));
    let api = hand.rect("API");
    assert_eq!((hand.rect("DMZ").right(), hand.rect("DMZ").bottom()), (api.right() + 16.0, api.bottom() + 16.0));
    hand.undo();
    let corner = hand.rect("DMZ").min();
    hand.drag(corner, corner + vec2(300.0, 300.0));
    let web = hand.rect("Web");
    assert_eq!((hand.rect("DMZ").x, hand.rect("DMZ").y), (web.x - 16.0, web.y - 24.0), "more above, for the tab");
    // One drawn closer, as in an imported file, does not jump when another side is taken.
    let close = rect(392.0, 96.0, 432.0, 128.0);
    let edit = palisade::edit::Edit::Resize { diagram: MAIN.into(), item: id("DMZ"), rect: close };
    hand.document.commit(&edit).unwrap();
    hand.drag(close.max(), close.max() + vec2(24.0, 0.0));
    assert_eq!((hand.rect("DMZ").x, hand.rect("DMZ").y), (close.x, close.y));
}

#[test]
fn a_boundary_drawn_around_another_is_never_inside_of_what_it_takes_in() {
    let mut hand = shop();
    hand.tool = Tool::Boundary;
    // Its middle lies in the DMZ, which is in the cloud, which it takes in.
    hand.drag(pt(200.0, -200.0), pt(1000.0, 330.0));
    let made = hand.made();
    assert_eq!(hand.boundary_of("Cloud"), Some(made.as_str()));
    assert_eq!(hand.model().boundaries[&made].parent, None);
}

#[test]
fn a_boundary_dropped_into_another_and_stepping_aside_past_its_seam_is_still_held() {
    let mut hand = shop();
    hand.select(&["cloud"]).drag(pt(712.0, 0.0), pt(712.0, 360.0));
    hand.with_tools(|_, cx| perform(Operation::ToggleLock, cx));
    hand.selection = Selection::default();
    hand.tool = Tool::Boundary;
    hand.drag(pt(440.0, 144.0), pt(760.0, 352.0));
    let made = hand.made();
    // Its middle comes into the cloud, and its lower edge onto the DMZ, which is larger and stays.
    let dmz = hand.rect("DMZ");
    hand.drag(pt(664.0, 144.0), pt(664.0, 288.0));
    assert_eq!(hand.boundary_of(made.as_str()), Some("cloud"));
    assert_eq!(hand.rect("DMZ"), dmz);
    let inner = hand.model().rect_of(&main_diagram(), &made).unwrap();
    assert_eq!(hand.rect("Cloud").y, inner.y - 24.0, "the cloud grows to where it stepped aside, although it is locked");
    assert_true_picture(&hand);
}

#[test]
fn a_boundary_is_duplicated_beside_itself_into_what_is_around_it() {
    let mut hand = shop();
    let before = hand.model().clone();
    hand.select(&["DMZ"]);
    hand.with_tools(|_, cx| perform(Operation::Duplicate, cx));
    let copy = hand.model().boundaries.keys().find(|b| !before.boundaries.contains_key(*b)).unwrap().clone();
    let (place, cloud) = (hand.model().rect_of(&MAIN.into(), &copy).unwrap(), hand.rect("Cloud"));
    assert_eq!(hand.model().boundaries[&copy].parent, Some(id("Cloud")), "beside the original, not in it");
    assert!(cloud.contains_rect(place), "{place:?} in {cloud:?}");
    for name in ["Web", "API", "DB", "DMZ", "Customer"] {
        assert_eq!(Some(hand.rect(name)), before.rect_of(&MAIN.into(), &id(name)), "{name} stays");
        assert!(!hand.rect(name).intersects(place), "{name} is free");
    }
    hand.undo();
    assert_eq!(hand.model(), &before, "one step");
}

#[test]
fn a_boundary_around_members_of_several_says_what_left_which() {
    let mut hand = shop();
    hand.select(&["Web", "DB"]);
    hand.with_tools(|_, cx| perform(Operation::Wrap, cx));
    assert_eq!(hand.told.as_deref(), Some("In the new boundary Web is no longer in DMZ."));
    let mut hand = shop();
    hand.select(&["Web", "API"]);
    hand.with_tools(|_, cx| perform(Operation::Wrap, cx));
    assert_eq!(hand.told, None, "in the DMZ they are all the same");
}

#[test]
fn an_element_let_go_of_across_a_seam_goes_on_until_it_is_clear() {
    let mut hand = shop();
    let (cloud, customer) = (hand.rect("Cloud"), hand.rect("Customer"));
    // With its middle just outside it stays outside, and is seen to.
    let at = pt(cloud.x - 20.0, cloud.bottom() - 40.0);
    hand.drag("Customer", at);
    let (dropped, now) = (hand.rect("Customer"), hand.rect("Cloud"));
    assert!(!dropped.intersects(now) && hand.boundary_of("Customer").is_none(), "{dropped:?} beside {now:?}");
    assert!(dropped.center().distance(at) < customer.w / 2.0 + 9.0, "no further than it must: {dropped:?}");
    hand.undo();
    assert_eq!(hand.rect("Customer"), customer, "one gesture, one undo");
    // Ctrl puts it exactly there.
    hand.holding(Modifiers::CTRL).drag("Customer", at).holding(Modifiers::NONE);
    assert_eq!(hand.rect("Customer").center(), at);
    hand.undo();
    // In a corner between two it goes a little both ways.
    hand.select(&[]).drag("DB", pt(600.0, 560.0));
    hand.select(&["DB"]).letter('B');
    let second = hand.made();
    let frame = hand.model().rect_of(&main_diagram(), &second).unwrap();
    let corner = pt(frame.x - 30.0, hand.rect("Cloud").bottom() + 20.0);
    hand.select(&[]).drag("Customer", corner);
    let place = hand.rect("Customer");
    let frames = [hand.model().rect_of(&main_diagram(), &second).unwrap(), hand.rect("Cloud")];
    assert!(frames.iter().all(|frame| !frame.intersects(place)), "{place:?} {frames:?}");
    assert!(place.center().distance(corner) < customer.w, "{place:?} from {corner:?}");
    for _ in 0..3 {
        hand.undo();
    }
    // What is made there stands beside it as well.
    let pressed = |hand: &mut Hand| hand.to(at).letter('P').made();
    let clicked = |hand: &mut Hand| {
        hand.event(CanvasEvent::DoubleClick(hand.pointer(at)));
        hand.made()
    };
    let ways: [&dyn Fn(&mut Hand) -> Id; 2] = [&pressed, &clicked];
    for make in ways {
        let made = make(&mut hand);
        let place = hand.model().rect_of(&main_diagram(), &made).unwrap();
        assert!(!place.intersects(hand.rect("Cloud")) && hand.model().elements[&made].boundary.is_none(), "{place:?}");
        hand.undo();
    }
}

#[test]
fn a_boundary_dropped_with_its_seam_over_a_stranger_pushes_it_clear() {
    let mut hand = shop();
    hand.select(&["Customer"]).letter('B');
    let home = hand.made();
    hand.select(&[]);
    let frame = |hand: &Hand| hand.model().rect_of(&main_diagram(), &home).unwrap();
    let (start, store) = (frame(&hand), hand.rect("DB"));
    // Its right seam comes to lie over the left third of the store, inside of the same cloud.
    let by = vec2(store.x + store.w / 3.0 - start.right(), store.center().y - start.center().y);
    let seam = pt(start.x + 0.3 * start.w, start.bottom());
    hand.down(seam).to(seam + by * 0.5).to(seam + by).up(seam + by);
    let (was, frame, store) = (store, frame(&hand), hand.rect("DB"));
    assert!(!frame.intersects(store), "{frame:?} {store:?}");
    assert!(hand.rect("Cloud").contains_rect(store) && hand.boundary_of("DB") == Some("cloud"));
    hand.undo();
    assert_eq!(hand.rect("DB"), was);
}

#[test]
fn a_seam_is_put_across_what_is_locked_and_leaves_it_there() {
    let mut hand = shop();
    let (store, dmz) = (hand.rect("DB"), hand.rect("DMZ"));
    hand.select(&["DB"]);
    hand.with_tools(|_, cx| perform(Operation::ToggleLock, cx));
    hand.select(&["DMZ"]);
    let below = pt(dmz.center().x, dmz.bottom());
    hand.drag(below, pt(below.x, store.y + 8.0));
    assert_eq!(hand.rect("DB"), store);
    assert!(hand.rect("DMZ").bottom() > store.y);
}

#[test]
fn a_group_goes_clear_together_and_a_copy_stands_beside_its_original() {
    let mut hand = shop();
    let cloud = hand.rect("Cloud");
    hand.drag("DB", pt(cloud.x - 300.0, 400.0));
    let (customer, store) = (hand.rect("Customer"), hand.rect("DB"));
    hand.select(&["Customer", "DB"]);
    let by = vec2(cloud.x - 10.0 - customer.right().max(store.right()) + 40.0, 0.0);
    let at = customer.center();
    hand.drag(at, at + by);
    let moved = [hand.rect("Customer"), hand.rect("DB")];
    assert!(moved.iter().all(|r| !r.intersects(hand.rect("Cloud"))), "{moved:?}");
    assert_eq!(moved[1].min() - moved[0].min(), store.min() - customer.min(), "as they stood");
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DB")), (None, None));
}
