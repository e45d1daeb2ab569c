//! Scripts of pointer and keys over the tool state machines, and the model that results: no window involved.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use palisade::geometry::{Point, pt, rect, vec2};
use palisade::model::*;
use palisade::scene::lay_out;
use palisade::tool::{Key, *};

#[test]
fn clicks_select_toggle_and_clear() {
    let mut hand = shop();
    hand.click("Web");
    assert_eq!(hand.selected(), ["web"]);
    hand.holding(Modifiers::SHIFT).click("DB");
    assert_eq!(hand.selected(), ["db", "web"]);
    hand.holding(Modifiers::CTRL).click("Web");
    assert_eq!(hand.selected(), ["db"]);
    hand.holding(Modifiers::NONE).click(pt(460.0, 48.0));
    assert_eq!(hand.selected(), ["dmz"], "the seam of a boundary selects it");
    hand.click(pt(460.0, 300.0));
    assert!(hand.selected().is_empty(), "the ground inside a boundary is ground");
    hand.holding(Modifiers::ALT).click("Web");
    assert_eq!(hand.selected(), ["dmz"], "Alt takes what lies below");
    hand.click("Web");
    assert_eq!(hand.selected(), ["cloud"], "and below that");
    assert!(!hand.document.is_dirty());
}

#[test]
fn the_marquee_contains_to_the_right_and_touches_to_the_left() {
    let mut hand = shop();
    hand.drag(pt(380.0, 80.0), pt(700.0, 200.0));
    assert_eq!(hand.selected(), ["web", "web>api"], "API is cut, not contained");
    hand.drag(pt(700.0, 200.0), pt(380.0, 80.0));
    assert_eq!(hand.selected(), ["api", "customer>web", "web", "web>api"]);
    hand.select(&["db"]).holding(Modifiers::SHIFT).drag(pt(380.0, 80.0), pt(600.0, 200.0));
    assert_eq!(hand.selected(), ["db", "web"], "Shift adds to what was selected");
    hand.holding(Modifiers::NONE).down(pt(380.0, 80.0)).to(pt(820.0, 210.0));
    assert!(hand.selected().contains(&"api"), "the selection follows the marquee");
    hand.event(CanvasEvent::Cancel);
    assert_eq!(hand.selected(), ["db", "web"], "Escape restores what was selected");
}

#[test]
fn a_press_that_hardly_moves_is_a_click() {
    let mut hand = shop();
    let at = hand.middle("Web");
    hand.down(at).to(at + vec2(3.0, 0.0)).up(at + vec2(3.0, 0.0));
    assert_eq!((hand.selected(), hand.document.is_dirty()), (vec!["web"], false));
    hand.scale = 4.0;
    hand.down(at).to(at + vec2(3.0, 0.0)).to(at + vec2(9.0, 0.0)).up(at + vec2(9.0, 0.0));
    assert!(hand.document.is_dirty(), "zoomed in, three units are twelve pixels: a drag");
}

#[test]
fn seen_from_afar_an_element_is_still_taken_by_its_middle() {
    let mut hand = shop();
    hand.scale = 0.1;
    for selected in ["not selected", "selected"] {
        let before = hand.rect("Web");
        hand.drag("Web", ("Web", 0.0, 400.0));
        let after = hand.rect("Web");
        assert!(after.y > before.y + 200.0 && after.h == before.h, "it is moved, {selected}, whatever handles are near");
        assert_eq!(hand.model().flows.len(), shop().model().flows.len());
    }
}

#[test]
fn dragging_moves_on_the_grid_as_one_undo_step() {
    let mut hand = shop();
    hand.drag("Web", ("Web", 21.0, 10.0));
    assert_eq!(hand.rect("Web"), rect(424.0, 112.0, 144.0, 64.0));
    assert_eq!(hand.boundary_of("Web"), Some("dmz"), "moved within its boundary");
    hand.undo();
    assert_eq!(hand.rect("Web"), rect(400.0, 104.0, 144.0, 64.0));
    assert!(!hand.document.undo(), "it was one step");
    hand.holding(Modifiers::CTRL).drag("DB", ("DB", 21.0, 6.0));
    assert_eq!(hand.rect("DB"), rect(661.0, 326.0, 144.0, 64.0), "Ctrl leaves the grid");
}

#[test]
fn escape_puts_a_drag_back_and_the_release_does_nothing() {
    let mut hand = shop();
    let before = hand.model().clone();
    let at = hand.middle("Web");
    hand.down(at).to(at + vec2(40.0, 300.0));
    assert_ne!(hand.model(), &before, "it is seen while it is dragged");
    hand.key(Key::Escape);
    assert_eq!(hand.model(), &before);
    hand.to(at + vec2(80.0, 300.0)).up(at + vec2(80.0, 300.0));
    assert_eq!((hand.model(), hand.document.is_dirty()), (&before, false));
}

#[test]
fn dropping_into_a_boundary_makes_a_member_and_dragging_out_ends_it() {
    let mut hand = shop();
    let customer = hand.middle("Customer");
    hand.down(customer).to(pt(460.0, 340.0));
    assert_eq!(hand.gesture.overlay(), Overlay::Drop(Crossed { into: [id("Cloud")].into(), ..Crossed::default() }));
    assert_eq!(hand.boundary_of("Customer"), Some("cloud"), "risk sees the move while it is dragged");
    hand.to(pt(460.0, 200.0));
    assert_eq!(
        hand.gesture.overlay(),
        Overlay::Drop(Crossed { into: [id("DMZ")].into(), ..Crossed::default() }),
        "the innermost is the target"
    );
    hand.up(pt(460.0, 200.0));
    assert_eq!(hand.boundary_of("Customer"), Some("dmz"));
    hand.drag("Customer", pt(100.0, 500.0));
    assert_eq!(hand.boundary_of("Customer"), None);
    hand.undo();
    assert_eq!(hand.boundary_of("Customer"), Some("dmz"));
    hand.undo();
    assert_eq!((hand.boundary_of("Customer"), hand.middle("Customer")), (None, customer));
}

#[test]
fn a_boundary_carries_its_content_and_joins_where_it_is_dropped() {
    let mut hand = shop();
    hand.drag(pt(460.0, 48.0), pt(460.0, 848.0));
    assert_eq!(hand.rect("DMZ"), rect(360.0, 848.0, 464.0, 176.0));
    assert_eq!((hand.rect("Web").y, hand.rect("API").y, hand.rect("DB").y), (904.0, 904.0, 320.0));
    assert_eq!((hand.boundary_of("DMZ"), hand.boundary_of("Web")), (None, Some("dmz")), "it left the cloud with its members");
    hand.drag(pt(460.0, 848.0), pt(460.0, 48.0));
    assert_eq!(hand.boundary_of("DMZ"), Some("cloud"));
    hand.holding(Modifiers::ALT).drag(pt(460.0, 48.0), pt(460.0, 40.0));
    assert_eq!((hand.rect("DMZ").y, hand.rect("Web").y), (40.0, 104.0), "with Alt the frame moves alone");
}

#[test]
fn a_mixed_selection_keeps_inner_members_and_moves_the_rest() {
    let mut hand = shop();
    hand.select(&["dmz", "web", "db"]);
    hand.drag("DB", ("DB", 1000.0, 0.0));
    assert_eq!((hand.rect("DMZ").x, hand.rect("Web").x, hand.rect("API").x, hand.rect("DB").x), (1360.0, 1400.0, 1640.0, 1640.0));
    assert_eq!((hand.boundary_of("Web"), hand.boundary_of("DMZ"), hand.boundary_of("DB")), (Some("dmz"), None, None));
    hand.undo();
    assert_eq!((hand.boundary_of("DMZ"), hand.boundary_of("DB")), (Some("cloud"), Some("cloud")));
}

#[test]
fn resizing_keeps_a_least_size_proportions_and_content() {
    let mut hand = shop();
    hand.select(&["db"]);
    let corner = pt(788.0, 388.0);
    hand.drag(corner, corner + vec2(40.0, 24.0));
    assert_eq!(hand.rect("DB"), rect(640.0, 320.0, 184.0, 88.0));
    hand.drag(pt(828.0, 412.0), pt(0.0, 0.0));
    assert_eq!(hand.rect("DB"), rect(640.0, 320.0, 56.0, 40.0), "never below what a name needs");
    hand.undo().undo();
    hand.holding(Modifiers::SHIFT).drag(corner, corner + vec2(72.0, 0.0));
    assert_eq!(hand.rect("DB"), rect(640.0, 320.0, 216.0, 96.0), "Shift keeps the proportions");
    hand.undo();
    hand.holding(Modifiers::ALT).drag(corner, corner + vec2(16.0, 8.0));
    assert_eq!(hand.rect("DB"), rect(624.0, 312.0, 176.0, 80.0), "Alt keeps the middle");
    hand.undo();
    hand.holding(Modifiers::NONE).drag(pt(636.0, 336.0), pt(620.0, 336.0));
    assert_eq!(hand.rect("DB"), rect(624.0, 320.0, 160.0, 64.0), "an edge is taken anywhere but in its middle");
    hand.undo();
    hand.select(&["dmz"]).drag(pt(828.0, 228.0), pt(500.0, 150.0));
    assert!(hand.rect("DMZ").contains_rect(hand.rect("API")), "a boundary keeps its content inside");
}

#[test]
fn a_boundary_that_grows_takes_in_what_it_grows_around_unless_ctrl_is_held() {
    let mut hand = shop();
    let corner = pt(316.0, -4.0);
    hand.select(&["cloud"]).drag(corner, pt(-44.0, -4.0));
    assert_eq!(hand.boundary_of("Customer"), Some("cloud"));
    assert_eq!(hand.boundary_of("Web"), Some("dmz"), "members of inner boundaries stay theirs");
    hand.undo();
    hand.holding(Modifiers::CTRL).drag(corner, pt(-44.0, -4.0));
    assert_eq!(hand.boundary_of("Customer"), None);
}

#[test]
fn tools_and_keys_create_members_of_the_boundary_they_are_in() {
    let mut hand = shop();
    hand.tool = Tool::Store;
    hand.click(pt(460.0, 340.0));
    let made = hand.made();
    assert_eq!(hand.model().elements[&made].kind, ElementKind::DataStore);
    assert_eq!(hand.model().elements[&made].boundary, Some(id("Cloud")));
    assert_eq!((hand.label.as_ref(), hand.tool), (Some(&made), Tool::Select), "its label is open, the tool put away");
    let r = hand.model().rect_of(&MAIN.into(), &made).unwrap();
    assert!(r.center().distance(pt(460.0, 340.0)) <= 6.0 && r.x % 8.0 == 0.0 && r.y % 8.0 == 0.0, "{r:?}");
    hand.undo();
    assert_eq!(hand.model().elements.len(), 4);

    hand.to(pt(40.0, 300.0)).letter('P');
    assert_eq!(hand.model().elements[&hand.made()].kind, ElementKind::Process);
    hand.to(pt(40.0, 420.0)).letter('E');
    assert_eq!(hand.model().elements[&hand.made()].kind, ElementKind::ExternalEntity);
    hand.to(pt(40.0, 540.0)).letter('S').to(pt(40.0, 660.0)).letter('N');
    assert_eq!((hand.model().elements.len(), hand.model().notes.len()), (7, 1));
    hand.pointer = None;
    hand.letter('P');
    assert_eq!(hand.tool, Tool::Process, "with the pointer elsewhere the key takes the tool");
    hand.drag(pt(1000.0, 0.0), pt(1200.0, 100.0));
    assert_eq!(hand.model().rect_of(&MAIN.into(), &hand.made()), Some(rect(1000.0, 0.0, 200.0, 104.0)), "a drag sets the size");
    let kind_of = |hand: &Hand| hand.model().elements[&hand.made()].kind;
    hand.event(CanvasEvent::DoubleClick(Pointer { at: pt(1000.0, 400.0), button: Button::Primary, modifiers: Modifiers::NONE }));
    assert_eq!(kind_of(&hand), ElementKind::Process, "a double click on nothing is a process");
}

#[test]
fn a_drawn_boundary_takes_in_what_it_encloses() {
    let mut hand = shop();
    hand.tool = Tool::Boundary;
    hand.drag(pt(-40.0, 40.0), pt(200.0, 240.0));
    let outer = hand.made();
    assert_eq!(hand.model().elements[&id("Customer")].boundary.as_ref(), Some(&outer));
    hand.undo();
    hand.tool = Tool::Boundary;
    hand.drag(pt(608.0, 280.0), pt(816.0, 416.0));
    let inner = hand.made();
    assert_eq!(hand.model().elements[&id("DB")].boundary.as_ref(), Some(&inner));
    assert_eq!(hand.model().boundaries[&inner].parent, Some(id("Cloud")));
    hand.tool = Tool::Boundary;
    hand.drag(pt(-80.0, -80.0), pt(960.0, 560.0));
    let world = hand.made();
    assert_eq!(hand.model().boundaries[&id("Cloud")].parent.as_ref(), Some(&world));
    assert_eq!(hand.model().elements[&id("Customer")].boundary.as_ref(), Some(&world));
    assert_eq!((hand.boundary_of("DMZ"), hand.boundary_of("Web")), (Some("cloud"), Some("dmz")), "inner nesting stays");
}

#[test]
fn b_wraps_the_selection_in_a_boundary_inside_the_common_one() {
    let mut hand = shop();
    hand.select(&["web", "api"]).letter('B');
    let made = hand.made();
    assert_eq!(hand.model().boundaries[&made].parent, Some(id("DMZ")));
    assert_eq!(hand.model().elements[&id("Web")].boundary.as_ref(), Some(&made));
    let r = hand.model().rect_of(&MAIN.into(), &made).unwrap();
    assert!(r.contains_rect(hand.rect("Web")) && r.contains_rect(hand.rect("API")));
    hand.undo();
    hand.select(&["web", "db"]).letter('B');
    assert_eq!(hand.model().boundaries[&hand.made()].parent, Some(id("Cloud")));
    hand.undo();
    hand.select(&[]).letter('B');
    assert_eq!(hand.tool, Tool::Boundary, "with nothing selected it is the tool");
}

#[test]
fn flows_are_drawn_from_outlines_to_elements() {
    let mut hand = shop();
    hand.select(&["api"]).down(pt(712.0, 172.0)).to(pt(712.0, 200.0));
    assert!(matches!(hand.gesture.overlay(), Overlay::Rubber { target: None, .. }));
    hand.to("DB");
    assert!(matches!(hand.gesture.overlay(), Overlay::Rubber { target: Some(t), .. } if t == id("DB")));
    assert!(hand.flow_between(&id("API"), &id("DB")).is_some(), "seen before it is dropped");
    hand.up("DB");
    let flow = hand.flow_between(&id("API"), &id("DB")).unwrap().clone();
    assert_eq!((hand.made(), hand.label.clone()), (flow.clone(), Some(flow)));
    hand.undo();
    assert_eq!(hand.model().flows.len(), 2);

    // From the band outside the outline of an element that is not selected.
    hand.select(&[]).drag(pt(716.0, 390.0), "API");
    assert!(hand.flow_between(&id("DB"), &id("API")).is_some());
    // With the tool, from anywhere in an element; two clicks do as well as a drag.
    hand.tool = Tool::Flow;
    hand.click("Customer").to(pt(300.0, 400.0)).to("DB");
    hand.click("DB");
    assert!(hand.flow_between(&id("Customer"), &id("DB")).is_some());
    // By key, for two selected.
    hand.select(&["db", "web"]).letter('F');
    assert!(hand.flow_between(&id("Web"), &id("DB")).is_some(), "in reading order");
}

#[test]
fn a_flow_dropped_on_nothing_makes_a_process_and_escape_makes_nothing() {
    let mut hand = shop();
    let handle = pt(712.0, 388.0);
    hand.select(&["db"]).drag(handle, pt(700.0, 560.0));
    let made = hand.made();
    assert_eq!(hand.model().elements[&made].kind, ElementKind::Process);
    assert!(hand.flow_between(&id("DB"), &made).is_some());
    hand.undo();
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (4, 2), "one step");
    hand.select(&["db"]).down(handle).to(pt(700.0, 560.0)).key(Key::Escape).up(pt(700.0, 560.0));
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (4, 2));
    hand.select(&["db"]).holding(Modifiers::CTRL).drag(handle, pt(700.0, 560.0));
    let flow = hand.made();
    assert_eq!(hand.model().flows[&flow].to, None, "Ctrl leaves the end loose");
    assert_eq!(hand.route(flow.as_str()).end, Attach::Loose(pt(700.0, 560.0)));
}

#[test]
fn ends_reconnect_and_come_off() {
    let mut hand = shop();
    let end = lay_out(hand.model(), &MAIN.into()).flows[&Id::from("web>api")].end.at;
    hand.select(&["web>api"]).drag(end, "DB");
    assert_eq!(hand.model().flows[&Id::from("web>api")].to, Some(id("DB")));
    hand.undo();
    assert_eq!(hand.model().flows[&Id::from("web>api")].to, Some(id("API")));
    hand.select(&["web>api"]).drag(end, pt(600.0, 600.0));
    assert_eq!(hand.model().flows[&Id::from("web>api")].to, None);
    assert_eq!(hand.route("web>api").end, Attach::Loose(pt(600.0, 600.0)));
    hand.drag(pt(600.0, 600.0), "DB");
    assert_eq!((hand.model().flows[&Id::from("web>api")].to.clone(), hand.route("web>api").end), (Some(id("DB")), Attach::Auto));
}

#[test]
fn bends_are_added_dragged_and_straightened_away() {
    let mut hand = shop();
    let flow = "customer>web";
    let key = palisade::model::Key::Placement(PlacementKey::new(MAIN, flow));
    let mut route = hand.route(flow);
    route.style = LineStyle::Straight;
    hand.document.commit(&palisade::edit::Edit::put(key, Placement::Route(route))).unwrap();
    let label = lay_out(hand.model(), &MAIN.into()).flows[&Id::from(flow)].label.as_ref().expect("it has one").bounds();
    let beside = pt(if label.x > 170.0 { 160.0 } else { label.right() + 8.0 }, 136.0);
    hand.select(&[]).drag(beside, pt(200.0, 240.0));
    assert_eq!(hand.route(flow).bends, [pt(200.0, 240.0)]);
    assert_eq!(hand.selected(), [flow]);
    hand.drag(pt(200.0, 240.0), pt(240.0, 320.0));
    assert_eq!(hand.route(flow).bends, [pt(240.0, 320.0)], "the same bend, moved");
    hand.drag(pt(240.0, 320.0), pt(240.0, 137.0));
    assert_eq!(hand.route(flow).bends, [], "put back into line it is gone");
    hand.undo();
    assert_eq!(hand.route(flow).bends, [pt(240.0, 320.0)]);
}

#[test]
fn labels_slide_along_and_pieces_of_square_flows_move_across() {
    let mut hand = shop();
    let layout = lay_out(hand.model(), &MAIN.into());
    let label = layout.flows[&Id::from("customer>web")].label.as_ref().expect("it has one").text.center();
    hand.drag(label, pt(160.0, 136.0));
    let at = hand.route("customer>web").label.expect("placed by hand");
    assert!((0.0..0.3).contains(&at), "{at}");
    hand.undo();

    let key = palisade::model::Key::Placement(PlacementKey::new(MAIN, "customer>web"));
    let bends = vec![pt(240.0, 136.0), pt(240.0, 300.0), pt(340.0, 300.0), pt(340.0, 136.0)];
    let square = Route { bends, ..Route::default() };
    hand.document.commit(&palisade::edit::Edit::put(key, Placement::Route(square))).unwrap();
    hand.select(&[]).drag(pt(270.0, 300.0), pt(270.0, 400.0));
    let bends = hand.route("customer>web").bends;
    assert_eq!(bends, [pt(240.0, 136.0), pt(240.0, 400.0), pt(340.0, 400.0), pt(340.0, 136.0)]);
}

#[test]
fn quick_add_goes_on_in_a_direction_and_avoids_what_is_there() {
    let mut hand = shop();
    hand.select(&["db"]).holding(Modifiers::CTRL).key(Key::Arrow(Direction::Left));
    let first = hand.made();
    assert!(hand.flow_between(&id("DB"), &first).is_some());
    let r = hand.model().rect_of(&MAIN.into(), &first).unwrap();
    assert!(r.right() < hand.rect("DB").x && (r.center().y - hand.middle("DB").y).abs() < 8.0);
    assert_eq!((hand.model().elements[&first].boundary.clone(), hand.label.clone()), (Some(id("Cloud")), Some(first.clone())));
    hand.select(&["db"]).key(Key::Arrow(Direction::Left));
    let second = hand.made();
    let s = hand.model().rect_of(&MAIN.into(), &second).unwrap();
    assert!(!s.intersects(r) && s.x == r.x, "a sibling beside the first: {s:?}");
    hand.undo();
    assert!(!hand.model().elements.contains_key(&second) && hand.model().flows.len() == 3, "one step for both");
}

#[test]
fn nudges_merge_into_one_step_and_never_change_membership() {
    let mut hand = shop();
    hand.select(&["web"]);
    for _ in 0..30 {
        hand.key(Key::Arrow(Direction::Down));
    }
    hand.holding(Modifiers::SHIFT);
    for _ in 0..20 {
        hand.key(Key::Arrow(Direction::Down));
    }
    assert_eq!(hand.rect("Web").y, 104.0 + 30.0 + 160.0);
    assert_eq!(hand.boundary_of("Web"), Some("dmz"), "only a drop changes a boundary");
    hand.undo();
    assert_eq!(hand.rect("Web").y, 104.0);
}

#[test]
fn duplicates_get_new_ids_and_keep_facts_threats_and_controls() {
    let m = model("Shop")
        .process("Web")
        .tagged("web-app")
        .control("C-WAF", ControlStatus::Implemented)
        .store("DB")
        .flow("Web", "DB")
        .set(|f| f.protocol = Protocol::SqlTls)
        .also(|m| {
            m.threats.insert("t1".into(), Threat { title: "Defaced".into(), targets: [id("Web")].into(), ..Threat::default() });
            let accepted = Decision { disposition: Disposition::Accept, number: Some(1), ..Decision::default() };
            m.decisions.insert(ThreatKey::new("t1", "web"), accepted);
        })
        .open();
    let mut hand = Hand::at(m);
    hand.select(&["web", "db"]).holding(Modifiers::CTRL).letter('D');
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (4, 2), "the flow between them comes along");
    let (copy, element) = hand.model().elements.iter().find(|(i, e)| e.name == "Web" && **i != id("Web")).unwrap();
    assert_eq!(element, &hand.model().elements[&id("Web")]);
    assert!(hand.selection.items.contains(copy));
    let copied_flow = hand.model().flows.iter().find(|(i, _)| i.as_str() != "web>db").unwrap().1;
    assert_eq!((copied_flow.from.as_ref(), copied_flow.protocol), (Some(copy), Protocol::SqlTls));
    assert!(hand.model().threats[&Id::from("t1")].targets.contains(copy));
    assert!(hand.model().instances.values().any(|i| i.at.contains(&Site::At(copy.clone()))));
    let decision = &hand.model().decisions[&ThreatKey::new("t1", copy.clone())];
    assert_eq!((decision.disposition, decision.number), (Disposition::Accept, Some(2)));
    hand.undo();
    assert_eq!((hand.model().elements.len(), hand.model().decisions.len()), (2, 1));
}

#[test]
fn copies_travel_as_text_and_to_other_models() {
    let hand = shop();
    let clip = Clip::copy(hand.model(), &MAIN.into(), &[id("DMZ")].into());
    let clip = Clip::from_text(&clip.to_text()).expect("reads what it wrote");
    assert_eq!(Clip::from_text("Dear Sir or Madam"), None);
    let mut other = Hand::at(model("Other").open());
    let mut ids = IdSource::seeded(99);
    let names = clip.fresh_ids(&mut || ids.fresh());
    let edits = clip.edits(other.model(), &MAIN.into(), &names, vec2(0.0, 0.0));
    other.document.commit(&palisade::edit::Edit::Batch { label: "paste".into(), edits }).unwrap();
    let m = other.model();
    assert_eq!((m.boundaries.len(), m.elements.len(), m.flows.len()), (1, 2, 1), "with its content and inner flows");
    let boundary = m.boundaries.keys().next();
    assert!(m.elements.values().all(|e| e.boundary.as_ref() == boundary));
    assert!(m.boundaries.values().all(|b| b.parent.is_none()), "what it was inside of is not here");
    assert_eq!(check(m), []);
}

#[test]
fn what_is_pasted_where_something_stands_finds_room_beside_it() {
    let mut hand = shop();
    let clip = palisade::tool::Clip::copy(hand.model(), &MAIN.into(), &[id("DMZ")].into());
    let before: Vec<_> = ["Customer", "Web", "API", "DMZ", "DB"].map(|n| hand.rect(n)).into();
    let cloud = hand.rect("Cloud");
    // The pointer rests where it was copied.
    hand.with_tools(|_, cx| palisade::tool::paste_at(&clip, pt(592.0, 50.0), cx));
    let copy = hand.selection.items.iter().find(|id| hand.model().boundaries.contains_key(*id)).expect("the copy is selected");
    let copy = hand.model().rect_of(&MAIN.into(), copy).unwrap();
    assert!(before.iter().all(|r| !r.intersects(copy)), "{copy:?}");
    assert!(!cloud.intersects(copy) || cloud.contains_rect(copy), "across no seam");
    assert_eq!(["Customer", "Web", "API", "DMZ", "DB"].map(|n| hand.rect(n)).to_vec(), before, "nothing makes way");
}

#[test]
fn a_boundary_made_too_small_says_why_it_stops() {
    let mut hand = shop();
    hand.select(&["DMZ"]).down(pt(824.0, 224.0)).to(pt(820.0, 220.0));
    assert_eq!(hand.gesture.words(), None);
    hand.to(pt(500.0, 100.0));
    assert_eq!(hand.gesture.words().as_deref(), Some("no smaller than what it holds"));
    hand.up(pt(500.0, 100.0));
    assert!(hand.rect("DMZ").contains_rect(hand.rect("API")));
}

#[test]
fn alt_on_the_way_makes_a_copy_and_let_go_of_none() {
    let mut hand = shop();
    let (stood, elements) = (hand.rect("Web"), hand.model().elements.len());
    hand.down("Web").to(pt(900.0, 500.0)).holding(Modifiers::ALT).to(pt(904.0, 500.0));
    assert_eq!(hand.rect("Web"), stood, "the original is back");
    assert_eq!(hand.model().elements.len(), elements + 1);
    hand.holding(Modifiers::NONE).to(pt(908.0, 500.0));
    assert_eq!(hand.model().elements.len(), elements);
    assert_ne!(hand.rect("Web"), stood);
    hand.holding(Modifiers::ALT).up(pt(908.0, 500.0));
    assert_eq!((hand.rect("Web"), hand.model().elements.len()), (stood, elements + 1));
    hand.holding(Modifiers::NONE).undo();
    assert_eq!(hand.model().elements.len(), elements, "one step");
}

#[test]
fn alt_drag_drops_a_copy() {
    let mut hand = shop();
    hand.holding(Modifiers::ALT).drag("DB", ("DB", -160.0, 0.0));
    assert_eq!((hand.model().elements.len(), hand.rect("DB").x), (5, 640.0));
    let copy = hand.made();
    assert_eq!(hand.model().rect_of(&MAIN.into(), &copy).map(|r| r.x), Some(480.0));
    hand.undo();
    assert_eq!(hand.model().elements.len(), 4);
}

#[test]
fn keys_delete_select_and_walk() {
    let mut hand = shop();
    hand.holding(Modifiers::CTRL).letter('A');
    assert_eq!(hand.selected().len(), 8);
    hand.holding(Modifiers::NONE).select(&[]).key(Key::Tab);
    assert_eq!(hand.selected(), ["customer"]);
    hand.key(Key::Tab).key(Key::Tab).key(Key::Tab);
    assert_eq!(hand.selected(), ["db"], "row by row");
    hand.key(Key::Tab).holding(Modifiers::SHIFT).key(Key::Tab);
    assert_eq!(hand.selected(), ["db"], "around the end and back");
    hand.holding(Modifiers::ALT).select(&["customer"]).key(Key::Arrow(Direction::Right));
    assert_eq!(hand.selected(), ["web"], "along the flow");
    hand.holding(Modifiers::NONE).key(Key::Escape);
    assert!(hand.selected().is_empty(), "Escape lets go, wherever it is nested");
    hand.select(&["web"]).key(Key::Delete);
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (3, 0), "its flows go with it");
    hand.undo();
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (4, 2));
}

#[test]
fn undo_in_the_middle_of_a_drag_leaves_a_sound_model() {
    let mut hand = shop();
    hand.drag("DB", pt(100.0, 500.0));
    let at = hand.middle("Web");
    hand.down(at).to(at + vec2(50.0, 0.0));
    hand.undo();
    hand.to(at + vec2(90.0, 400.0)).up(at + vec2(90.0, 400.0));
    assert_eq!(hand.rect("DB"), rect(640.0, 320.0, 144.0, 64.0), "the undone step stays undone");
    hand.undo();
    assert_eq!(hand.middle("Web"), at);
}

#[test]
fn what_is_cut_comes_back_with_all_that_was_written_about_it() {
    let m = model("Shop")
        .process("Web")
        .control("C-WAF", ControlStatus::Implemented)
        .also(|m| {
            m.threats.insert("t1".into(), Threat { title: "Defaced".into(), targets: [id("Web")].into(), ..Threat::default() });
            let accepted = Decision { disposition: Disposition::Accept, number: Some(1), ..Decision::default() };
            m.decisions.insert(ThreatKey::new("t1", "web"), accepted);
            let old = Vulnerability { name: "Old library".into(), at: id("Web"), ..Vulnerability::default() };
            let old = Vulnerability { threats: [ThreatKey::new("t1", "web")].into(), ..old };
            m.vulnerabilities.insert("v1".into(), old);
        })
        .open();
    let mut hand = Hand::at(m);
    let clip = Clip::copy(hand.model(), &MAIN.into(), &[id("Web")].into());
    hand.select(&["web"]).key(Key::Delete);
    let counts = |m: &ThreatModel| (m.elements.len(), m.threats.len(), m.instances.len(), m.vulnerabilities.len());
    assert_eq!(counts(hand.model()), (0, 0, 0, 0));
    for copies in 1..=2 {
        hand.paste(&clip, vec2(0.0, 0.0));
        assert_eq!(counts(hand.model()), (copies, 1, 1, copies), "threats and controls are about all copies");
        let web = hand.made();
        assert!(hand.model().threats[&Id::from("t1")].targets.contains(&web));
        assert!(hand.model().instances.values().all(|i| i.at.contains(&Site::At(web.clone())) && i.control == "C-WAF"));
        let vulnerability = hand.model().vulnerabilities.values().find(|v| v.at == web).expect("its own");
        assert_eq!(vulnerability.threats, [ThreatKey::new("t1", web.clone())].into());
        assert_eq!(hand.model().decisions[&ThreatKey::new("t1", web)].disposition, Disposition::Accept);
    }
}

#[test]
fn small_elements_lie_above_large_ones() {
    let mut hand = shop();
    // By their ids the large one would come last, and on top.
    let large = rect(600.0, 80.0, 220.0, 180.0);
    let resize = palisade::edit::Edit::Resize { diagram: MAIN.into(), item: id("Web"), rect: large };
    hand.document.commit(&resize).unwrap();
    hand.click("API");
    assert_eq!(hand.selected(), ["api"]);
    let layout = lay_out(hand.model(), &MAIN.into());
    let scene = palisade::scene::draw(hand.model(), &Default::default(), &layout, &Default::default());
    let order = scene.items.iter().filter(|i| i.layer == palisade::scene::Layer::Element).filter_map(|i| i.key.as_ref()?.id());
    let order: Vec<&str> = order.map(Id::as_str).collect();
    assert_eq!(order.first(), Some(&"web"), "{order:?}");
}

#[test]
fn pasted_copies_are_members_of_what_they_are_pasted_into() {
    let mut hand = shop();
    let clip = Clip::copy(hand.model(), &MAIN.into(), &[id("Web")].into());
    hand.paste(&clip, vec2(0.0, 200.0));
    let inside = hand.made();
    assert_eq!(hand.model().elements[&inside].boundary, Some(id("Cloud")), "out of the DMZ, still in the cloud");
    hand.paste(&clip, vec2(-800.0, 0.0));
    assert_eq!(hand.model().elements[&hand.made()].boundary, None);
    let clip = Clip::copy(hand.model(), &MAIN.into(), &[id("DMZ")].into());
    hand.paste(&clip, vec2(0.0, 1000.0));
    let copy = hand.selection.items.iter().find(|i| hand.model().boundaries.contains_key(*i)).expect("the boundary").clone();
    assert_eq!(hand.model().boundaries[&copy].parent, None);
    let members = hand.model().elements.values().filter(|e| e.boundary.as_ref() == Some(&copy));
    assert_eq!(members.count(), 2, "what it contains stays in it");
}

#[test]
fn alt_drag_copies_a_boundary_however_slowly() {
    let mut hand = shop();
    let tab = lay_out(hand.model(), &MAIN.into()).boxes[&id("DMZ")].tab.expect("it has a name").center();
    hand.holding(Modifiers::ALT).down(tab);
    for step in 1..=9 {
        hand.to(tab + vec2(0.0, 60.0 * step as f32));
    }
    hand.up(tab + vec2(0.0, 540.0));
    let copy = hand.selection.items.iter().find(|i| hand.model().boundaries.contains_key(*i)).expect("the boundary").clone();
    assert_eq!((hand.model().boundaries.len(), hand.model().boundaries[&copy].parent.clone()), (3, None));
}

#[test]
fn a_drawn_boundary_depends_on_where_it_ends_not_on_the_way() {
    // The same rectangle at once, and by way of one whose middle is still in the cloud.
    let made = |way: &[Point]| {
        let mut hand = shop();
        hand.tool = Tool::Boundary;
        hand.down(pt(620.0, 300.0));
        for p in way {
            hand.to(*p);
        }
        hand.up(pt(1300.0, 420.0));
        (hand.boundary_of("DB") == Some("cloud"), hand.model().boundaries[&hand.made()].parent.clone())
    };
    let at_once = made(&[pt(1300.0, 420.0)]);
    assert_eq!(made(&[pt(800.0, 420.0), pt(1300.0, 420.0)]), at_once);
    assert_eq!(at_once, (true, None), "a member of what reaches beyond it stays there");
}

#[test]
fn only_the_button_that_began_a_drag_ends_it() {
    let mut hand = shop();
    let at = hand.middle("Web");
    let middle = |at| Pointer { at, button: Button::Middle, modifiers: Modifiers::NONE };
    hand.down(at).to(at + vec2(40.0, 0.0));
    hand.event(CanvasEvent::Up(middle(at + vec2(40.0, 0.0))));
    assert!(hand.gesture.is_dragging());
    hand.to(at + vec2(80.0, 0.0)).up(at + vec2(80.0, 0.0));
    assert_eq!(hand.middle("Web"), at + vec2(80.0, 0.0));
    hand.event(CanvasEvent::Down(middle(at)));
    hand.up(at);
    assert!(hand.gesture.is_panning());
    hand.event(CanvasEvent::Up(middle(at)));
    assert!(!hand.gesture.is_active());
}

#[test]
fn a_flow_drawn_back_to_where_it_began_is_a_loop() {
    let mut hand = shop();
    hand.select(&["db"]).down(pt(788.0, 352.0)).to(pt(900.0, 352.0)).to("DB").up("DB");
    let flow = hand.flow_between(&id("DB"), &id("DB")).expect("from itself to itself").clone();
    for style in [LineStyle::Orthogonal, LineStyle::Straight, LineStyle::Curved] {
        let key = palisade::model::Key::Placement(PlacementKey::new(MAIN, flow.clone()));
        hand.document.commit(&palisade::edit::Edit::put(key, Placement::Route(Route { style, ..Route::default() }))).unwrap();
        let layout = lay_out(hand.model(), &MAIN.into());
        let drawn = layout.flows.get(&flow).unwrap_or_else(|| panic!("{style:?} is drawn"));
        assert!(drawn.points.iter().any(|p| !hand.rect("DB").expand(8.0).contains(*p)), "{style:?} leaves the element");
    }
    hand.tool = Tool::Flow;
    hand.drag(("DB", -20.0, 0.0), ("DB", 20.0, 0.0));
    assert_eq!(hand.model().flows.len(), 3, "not by a drag that never left it");
}

#[test]
fn short_flows_between_neighbours_are_taken_by_a_click_anywhere_on_them() {
    let mut hand = shop();
    // So near that the handles of both ends cover all there is between them.
    hand.drag("API", ("Web", 144.0 + 32.0, 0.0));
    let (web, api) = (hand.rect("Web"), hand.rect("API"));
    assert!((20.0..40.0).contains(&(api.x - web.right())), "{web:?} {api:?}");
    hand.scale = 0.68;
    for share in [0.15, 0.5, 0.85] {
        let at = pt(web.right() + share * (api.x - web.right()), web.center().y);
        hand.select(&[]).click(at);
        assert_eq!(hand.selected(), ["web>api"], "{share} of the way");
        // Also where the handles of a selected element are.
        hand.select(&["web"]).click(at);
        assert_eq!(hand.selected(), ["web>api"], "{share} of the way, beside what is selected");
    }
    let handle = pt(web.right() + 3.0, web.center().y);
    let flows = hand.model().flows.len();
    hand.select(&["web"]).drag(handle, "DB");
    assert_eq!(hand.model().flows.len(), flows + 1, "and a drag still draws from the handle");
}

#[test]
fn what_is_made_by_key_over_another_stands_beside_it() {
    let mut hand = shop();
    hand.to("Web").letter('P');
    let made = hand.made();
    let rect = hand.model().rect_of(&MAIN.into(), &made).unwrap();
    let others = ["Customer", "Web", "API", "DB"].map(|name| hand.rect(name));
    assert!(others.iter().all(|other| !other.intersects(rect)), "{rect:?}");
    assert!(rect.center().distance(hand.middle("Web")) < 200.0, "as near as can be: {rect:?}");
}
