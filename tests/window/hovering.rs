//! What the canvas offers where the pointer rests or something is selected: the first threat, crossings, flows; and the view
//! that moves along at an edge.
use crate::support::app::*;
use crate::support::dsl::{MAIN, id, model};
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable;
use palisade::geometry::rect;
use palisade::model::*;

/// Web in the cloud; outside Customer and Lone, and a flow between them that nothing threatens.
fn shop() -> ThreatModel {
    let shop = model("Shop").boundary("Cloud", 2).entity("Customer").process("Web").inside("Cloud").entity("Lone");
    // All is said about it, so that nothing waits for answers.
    let shop = shop.set_element(|e| e.facts.extend([(Fact::Human, Tri::Yes), (Fact::ThirdParty, Tri::No)]));
    let talk = |f: &mut Flow| (f.protocol, f.authn, f.channel) = (Protocol::Https, Authn::Mfa, Channel::Local);
    let mut m = shop.flow("Customer", "Web").flow("Lone", "Customer").set(talk).build();
    let mut place = |item: &str, r| drop(m.placements.insert(PlacementKey::new(MAIN, id(item)), Placement::Box(r)));
    place("Customer", rect(0.0, 0.0, 144.0, 64.0));
    place("Cloud", rect(400.0, -60.0, 300.0, 200.0));
    place("Web", rect(480.0, 0.0, 144.0, 64.0));
    place("Lone", rect(0.0, 300.0, 144.0, 64.0));
    m
}

fn middle(window: &Window, sentence: &str) -> Pos2 {
    window.get_by_label_contains(sentence).rect().center()
}

/// Rests the pointer somewhere for a second.
fn rest(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    for _ in 0..60 {
        window.step();
    }
}

#[test]
fn what_has_no_threats_offers_the_first_one_where_the_pill_will_be() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    let counting = |item: &str| app(&window).assessment().at(&item.into()).filter(|f| f.counts()).count();
    assert!(counting("lone>customer") == 0 && counting("web") > 0);
    assert_eq!(app(&window).assessment().rollup_at(&"lone>customer".into()).unwrap().possible, 0);
    let (at, web) = (middle(&window, "Data flow Lone to Customer"), middle(&window, "Process Web"));
    rest(&mut window, at);
    let plus = window.get_by_label("Add a first threat to Lone to Customer").rect().center();
    rest(&mut window, plus);
    assert!(window.query_by_label("Add a first threat to Lone to Customer").is_some(), "it stays while it is pointed at");
    click(&mut window, "Add a first threat to Lone to Customer");
    assert_eq!(app(&window).selection().single(), Some(&Id::from("lone>customer")));
    window.key_press(Key::Escape);
    settle(&mut window);
    rest(&mut window, web);
    assert!(window.query_by_label_contains("Add a first threat").is_none());
}

#[test]
fn a_single_crossing_says_which_boundary_and_how_trust_changes() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    // The marker lies where the level flow meets the left seam.
    let (customer, web) = (middle(&window, "entity Customer"), middle(&window, "Process Web"));
    let scale = (web.x - customer.x) / 480.0;
    let marker = Pos2::new(customer.x + (400.0 - 72.0) * scale, customer.y);
    rest(&mut window, marker);
    assert!(window.query_by_label("Into Cloud").is_some());
    assert!(window.query_by_label_contains("→ Cloud (T2)").is_some());
    rest(&mut window, marker - egui::vec2(60.0 * scale, 0.0));
    assert!(window.query_by_label("Into Cloud").is_none(), "only at the marker");
}

#[test]
fn a_selected_flow_has_its_deeds_in_a_bar() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    let at = middle(&window, "Data flow Customer to Web");
    window.hover_at(at);
    window.get_by_label_contains("Data flow Customer to Web").click();
    settle(&mut window);
    assert_eq!(app(&window).selection().single(), Some(&Id::from("customer>web")));
    window.hover_at(Pos2::new(640.0, 600.0));
    settle(&mut window);
    click(&mut window, "Reverse direction");
    assert_eq!(app(&window).model().flows[&Id::from("customer>web")].from, Some(id("Web")));
    click(&mut window, "Arrow heads at both ends");
    let route = |w: &Window| match app(w).model().placement(&MAIN.into(), &"customer>web".into()) {
        Some(Placement::Route(route)) => route.clone(),
        other => panic!("{other:?}"),
    };
    assert!(route(&window).two_heads);
    let before = route(&window).style;
    click(&mut window, "Straight, square or curved");
    assert_ne!(route(&window).style, before);
}

#[test]
fn at_the_edge_the_view_moves_along_and_what_is_dragged_with_it() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    let (from, still) = (middle(&window, "Process Web"), middle(&window, "entity Lone"));
    // The tab has the same name.
    let named = window.get_all_by_label("Diagram Main").map(|node| node.rect());
    let edge = named.max_by(|a, b| a.area().total_cmp(&b.area())).expect("the canvas");
    let place = |w: &Window| app(w).model().rect_of(&MAIN.into(), &id("Web")).unwrap();
    let before = place(&window);
    drag(&mut window, from, Pos2::new(from.x, edge.bottom() - 60.0), false);
    let near = place(&window);
    window.hover_at(Pos2::new(from.x, edge.bottom() - 1.0));
    for _ in 0..60 {
        window.step();
    }
    let moved = middle(&window, "entity Lone");
    assert!(moved.y < still.y - 50.0, "the view went down: {still:?} {moved:?}");
    assert!(place(&window).y > near.y + 50.0 && near.y > before.y, "and what is in hand with it");
    window.event(Event::PointerButton {
        pos: Pos2::new(from.x, edge.bottom() - 1.0),
        button: PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(place(&window), before, "one step, however far it went");
}

#[test]
fn a_copied_decision_says_on_the_card_that_it_needs_a_look() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    window.get_by_label_contains("External entity Customer").click();
    settle(&mut window);
    window.key_press(Key::A);
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Inherited with a copy, needs review").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut window);
    let copy = app(&window).selection().single().expect("the copy").clone();
    let found: Vec<_> = app(&window).assessment().at(&copy).filter(|f| f.counts()).cloned().collect();
    let nth = found.iter().position(|f| f.inherited).expect("its decision was inherited");
    for _ in 0..nth {
        window.key_press(Key::Period);
        settle(&mut window);
    }
    assert!(window.query_by_label("Inherited with a copy, needs review").is_some());
}

#[test]
fn a_clipboard_that_refuses_is_told_in_words() {
    let mut window = start(1280.0, 720.0, None);
    // One log serves the whole process: the window of another test may be the one that hears of it.
    let told = (0..50).any(|_| {
        log::error!(target: "egui_winit::clipboard", "arboard copy/cut error: The clipboard is occupied.");
        settle(&mut window);
        window.query_by_label_contains("did not take it: The clipboard is occupied.").is_some()
    });
    assert!(told);
}

#[test]
fn the_bar_of_an_entry_point_says_what_comes_in_there() {
    let shop = model("Shop").boundary("Internet", 0).entity("Customer").inside("Internet");
    let mut m = shop.boundary("Cloud", 2).process("Web").inside("Cloud").flow("Customer", "Web").build();
    let mut place = |item: &str, r| drop(m.placements.insert(PlacementKey::new(MAIN, id(item)), Placement::Box(r)));
    place("Internet", rect(-60.0, -60.0, 264.0, 200.0));
    place("Customer", rect(0.0, 0.0, 144.0, 64.0));
    place("Cloud", rect(400.0, -60.0, 300.0, 200.0));
    place("Web", rect(480.0, 0.0, 144.0, 64.0));
    let (mut window, _folder) = opened(&m, 1280.0, 720.0);
    let (customer, web) = (middle(&window, "entity Customer"), middle(&window, "Process Web"));
    let scale = (web.x - customer.x) / 480.0;
    rest(&mut window, Pos2::new(web.x - (72.0 - 3.0) * scale, web.y));
    window.get_by_label("Entry point of Web");
    window.get_by_label_contains("Internet (T0) → Cloud (T2)");
    rest(&mut window, web);
    assert!(window.query_by_label("Entry point of Web").is_none(), "only at the bar");
}

#[test]
fn a_flow_begun_by_key_says_where_it_comes_from_and_where_it_leads() {
    let (mut window, _folder) = opened(&shop(), 1280.0, 720.0);
    let (lone, web) = (middle(&window, "entity Lone"), middle(&window, "Process Web"));
    rest(&mut window, lone);
    window.key_press(Key::F);
    settle(&mut window);
    window.get_by_label_contains("Hints: from Lone; Click: the element it leads to");
    rest(&mut window, web);
    window.get_by_label_contains("Hints: from Lone to Web; Click");
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos: web, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
        window.step();
    }
    window.key_press(Key::Enter);
    settle(&mut window);
    let ends = (Some(Id::from("lone")), Some(Id::from("web")));
    assert!(app(&window).model().flows.values().any(|f| (&f.from, &f.to) == (&ends.0, &ends.1)));
}
