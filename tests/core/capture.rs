//! Diagrams written as text.

use crate::support::dsl::{MAIN, model};
use crate::support::hand::Hand;
use palisade::geometry::{Rect, pt};
use palisade::model::*;
use palisade::tool::{Outcome, capture, has_flow};

/// The text added in one step; returns the faults as "line: words".
fn write(hand: &mut Hand, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    hand.with_tools(|_, cx| {
        let captured = capture(text, pt(0.0, 0.0), cx);
        faults = captured.faults.iter().map(|f| format!("{}: {}", f.line, f.words)).collect();
        captured.edit.map(Outcome::Commit).into_iter().collect()
    });
    sound(hand);
    faults
}

fn empty() -> Hand {
    Hand::at(model("Empty").open())
}

fn written(text: &str) -> Hand {
    let mut hand = empty();
    assert_eq!(write(&mut hand, text), [""; 0], "{text}");
    hand
}

/// Every new element is where it belongs: nothing overlaps, members are inside and strangers outside.
fn sound(hand: &Hand) {
    let model = hand.model();
    assert_eq!(check(model), []);
    let rect = |id: &Id| model.rect_of(&MAIN.into(), id);
    let drawn: Vec<(&Id, Rect)> = model.elements.keys().filter_map(|id| Some((id, rect(id)?))).collect();
    for (n, (id, r)) in drawn.iter().enumerate() {
        for (other, o) in drawn.iter().skip(n + 1) {
            assert!(!r.intersects(*o), "{} lies on {}", model.name_of(id), model.name_of(other));
        }
        for (zone, z) in model.boundaries.keys().filter_map(|id| Some((id, rect(id)?))) {
            let inside = model.boundary_chain(id).contains(zone);
            assert_eq!(z.contains_rect(*r), inside, "{} {r:?} in {} {z:?}", model.name_of(id), model.name_of(zone));
            assert_eq!(z.intersects(*r), inside, "{} {r:?} at {} {z:?}", model.name_of(id), model.name_of(zone));
        }
    }
    for (id, boundary) in &model.boundaries {
        if let (Some(outer), Some(inner)) = (boundary.parent.as_ref().and_then(rect), rect(id)) {
            assert!(outer.contains_rect(inner), "{} in its parent", boundary.name);
        }
    }
}

fn named<'a>(hand: &'a Hand, name: &str) -> (&'a Id, &'a Element) {
    hand.model().elements.iter().find(|(_, e)| e.name == name).unwrap_or_else(|| panic!("no element “{name}”"))
}

fn kind(hand: &Hand, name: &str) -> ElementKind {
    named(hand, name).1.kind
}

fn home(hand: &Hand, name: &str) -> Option<String> {
    named(hand, name).1.boundary.as_ref().map(|id| hand.model().name_of(id).to_owned())
}

/// Flows as "from > to: name".
fn flows(hand: &Hand) -> Vec<String> {
    let name = |id: &Option<Id>| id.as_ref().map(|id| hand.model().name_of(id).to_owned()).unwrap_or_default();
    let mut all: Vec<String> =
        hand.model().flows.values().map(|f| format!("{} > {}: {}", name(&f.from), name(&f.to), f.name)).collect();
    all.sort();
    all
}

#[test]
fn a_line_is_a_flow_with_its_ends() {
    let hand = written("user > web: login");
    assert_eq!(flows(&hand), ["user > web: login"]);
    assert_eq!((kind(&hand, "user"), kind(&hand, "web")), (ElementKind::ExternalEntity, ElementKind::Process));
    let (user, web) = (named(&hand, "user").0.clone(), named(&hand, "web").0.clone());
    let x = |id: &Id| hand.model().rect_of(&MAIN.into(), id).unwrap().x;
    assert!(x(&web) > x(&user), "what follows stands to the right");
}

#[test]
fn all_of_a_text_is_one_undo_step() {
    let mut hand = written("user > web: login\nweb > api > db: query\nin DMZ: web, api");
    assert_eq!((hand.model().elements.len(), hand.model().flows.len(), hand.model().boundaries.len()), (4, 3, 1));
    assert_eq!(hand.document.undo_label(), Some("write as text"));
    hand.undo();
    assert_eq!((hand.model().elements.len(), hand.model().boundaries.len()), (0, 0));
    assert!(!hand.document.undo());
}

#[test]
fn arrows_of_every_kind() {
    for (text, wanted) in [
        ("a -> b", vec!["a > b: "]),
        ("a --> b: x", vec!["a > b: x"]),
        ("a=>b: x", vec!["a > b: x"]),
        ("a → b: x", vec!["a > b: x"]),
        ("a < b: x", vec!["b > a: x"]),
        ("a <- b", vec!["b > a: "]),
        ("a ← b", vec!["b > a: "]),
        ("a > b: one > c: two", vec!["a > b: one", "b > c: two"]),
        ("a > b < c", vec!["a > b: ", "c > b: "]),
        ("web-app > e-mail: well-known", vec!["web-app > e-mail: well-known"]),
        ("\"a > b\" > c: \"x: y\"", vec!["a > b > c: x: y"]),
        ("a > b; b > c", vec!["a > b: ", "b > c: "]),
        ("- a > b\n* b > c", vec!["a > b: ", "b > c: "]),
        ("# a comment\n\n// another\na > b", vec!["a > b: "]),
    ] {
        assert_eq!(flows(&written(text)), wanted, "{text}");
    }
}

#[test]
fn both_ways_is_one_flow_with_two_heads_that_is_answered() {
    for text in ["web <> api: sync", "web <-> api: sync", "web ↔ api: sync"] {
        let hand = written(text);
        assert_eq!(flows(&hand), ["web > api: sync"], "{text}");
        let (id, flow) = hand.model().flows.iter().next().unwrap();
        let placement = hand.model().placement(&MAIN.into(), id);
        assert!(flow.bidirectional && matches!(placement, Some(Placement::Route(r)) if r.two_heads), "{text}");
    }
}

#[test]
fn kinds_are_said_before_or_after_a_name_or_follow_from_it() {
    use ElementKind::*;
    for (text, name, wanted) in [
        ("db: Orders > api", "Orders", DataStore),
        ("api > db: Orders: query", "Orders", DataStore),
        ("api > Orders (store)", "Orders", DataStore),
        ("api > =Orders=", "Orders", DataStore),
        ("[Shop] > api", "Shop", ExternalEntity),
        ("ext: Shop", "Shop", ExternalEntity),
        ("(Customer) > api", "Customer", Process),
        ("customer > api", "customer", ExternalEntity),
        ("api > AuditLog", "AuditLog", DataStore),
        ("api > Customer database", "Customer database", DataStore),
        ("api > User service", "User service", Process),
        ("api > orders\ndb: orders", "orders", DataStore),
    ] {
        assert_eq!(kind(&written(text), name), wanted, "{text}");
    }
    // After an arrow a colon begins the label, whatever stands before it.
    assert_eq!(flows(&written("api > db: query")), ["api > db: query"]);
}

#[test]
fn a_protocol_in_brackets_is_taken_off_the_label() {
    let protocol = |text: &str| {
        let hand = written(text);
        let flow = hand.model().flows.values().next().unwrap().clone();
        (flow.name, flow.protocol)
    };
    assert_eq!(protocol("user > web: login [https]"), ("login".to_owned(), Protocol::Https));
    assert_eq!(protocol("user > web [HTTPS]"), (String::new(), Protocol::Https));
    assert_eq!(protocol("api > db: query [sql over tls]"), ("query".to_owned(), Protocol::SqlTls));
    assert_eq!(protocol("user > [Bank] [https]"), (String::new(), Protocol::Https));
    let mut hand = empty();
    let faults = write(&mut hand, "user > web: login [telepathy]");
    assert!(faults[0].contains("“telepathy” is no protocol"), "{faults:?}");
    assert_eq!(flows(&hand), ["user > web: login"], "the flow is drawn all the same");
}

#[test]
fn boundaries_nest_by_lines_and_by_braces() {
    for text in [
        "user > web > api > db\nin Cloud: web\nin Cloud / Inner: api, db",
        "Cloud { web, Inner { api, db } }\nuser > web > api > db",
        "user > web\nCloud {\n  web > api\n  Inner {\n    api > db\n  }\n}\nin Inner: api",
        "in Inner: api, db\nin Cloud: web, Inner\nuser > web > api > db",
    ] {
        let hand = written(text);
        assert_eq!(home(&hand, "user"), None, "{text}");
        assert_eq!(home(&hand, "web").as_deref(), Some("Cloud"), "{text}");
        assert_eq!(home(&hand, "db").as_deref(), Some("Inner"), "{text}");
        let inner = hand.model().boundaries.values().find(|b| b.name == "Inner").unwrap();
        assert_eq!(inner.parent.as_ref().map(|id| hand.model().name_of(id)), Some("Cloud"), "{text}");
        assert_eq!(hand.model().boundaries.len(), 2, "{text}");
    }
}

#[test]
fn names_mean_what_is_there_already() {
    let mut hand = Hand::at(model("Shop").process("Web shop").store("Orders").flow("Web shop", "Orders").open());
    assert_eq!(write(&mut hand, "WEB SHOP > Mail gateway: mails"), [""; 0]);
    assert_eq!(hand.model().elements.len(), 3);
    assert_eq!(write(&mut hand, "ord > Mail gateway: copies"), [""; 0]);
    assert_eq!(hand.model().elements.len(), 3, "a beginning that only one name has is enough");
    assert!(flows(&hand).contains(&"Orders > Mail gateway: copies".to_owned()));
    write(&mut hand, "or > x");
    assert_eq!(hand.model().elements.len(), 5, "two letters are a name of their own");
}

#[test]
fn what_connects_to_something_stands_beside_it() {
    let mut hand = Hand::at(model("Shop").process("Web").open());
    let web = hand.rect("Web");
    write(&mut hand, "web > one\nweb > two\nthree > web");
    let rect = |name: &str| hand.model().rect_of(&MAIN.into(), named(&hand, name).0).unwrap();
    assert!(rect("one").x > web.right() && rect("two").x > web.right() && rect("three").right() < web.x);
    assert!(["one", "two", "three"].iter().all(|n| rect(n).center().distance(web.center()) < 400.0));
}

#[test]
fn a_boundary_that_is_there_grows_for_what_comes_in_and_swallows_nobody() {
    let shop = model("Shop").boundary("DMZ", 1).process("Web").inside("DMZ").process("Next");
    let mut hand = Hand::at(shop.open());
    let before = hand.rect("DMZ");
    write(&mut hand, "in DMZ: proxy, cache, mailer\nweb > proxy > cache > mailer");
    assert_eq!(home(&hand, "mailer").as_deref(), Some("DMZ"));
    assert_eq!(home(&hand, "Next"), None);
    assert!(hand.rect("DMZ").area() > before.area());
    // One that stands outside is brought in.
    write(&mut hand, "in DMZ: next");
    assert_eq!(home(&hand, "Next").as_deref(), Some("DMZ"));
}

#[test]
fn a_new_boundary_goes_around_what_is_there() {
    let mut hand = Hand::at(model("Shop").process("Web").process("API").open());
    let web = hand.rect("Web");
    write(&mut hand, "in DMZ: web, api, proxy");
    assert_eq!(hand.rect("Web"), web, "what is there stays where it is");
    assert_eq!(home(&hand, "API").as_deref(), Some("DMZ"));
    assert_eq!(home(&hand, "proxy").as_deref(), Some("DMZ"));
}

#[test]
fn what_is_not_understood_is_told_in_words_and_the_rest_is_drawn() {
    let mut hand = empty();
    let long = "This sentence is no name of anything that could ever be drawn here";
    let faults = write(&mut hand, &format!("a > b\n> c\nd >\n{long}\n}}\nin : x"));
    assert_eq!(faults.len(), 5, "{faults:?}");
    assert!(faults[0].starts_with("2: ") && faults[0].contains("nothing before the arrow"), "{faults:?}");
    assert!(faults[1].contains("nothing after the arrow"), "{faults:?}");
    assert!(faults[2].contains("too long for a name"), "{faults:?}");
    assert!(faults[3].contains("no “{” before"), "{faults:?}");
    assert!(faults[4].contains("a name is missing"), "{faults:?}");
    assert_eq!(flows(&hand), ["a > b: "]);
    assert!(write(&mut empty(), "Zone {\n a")[0].contains("no “}”"));
}

#[test]
fn foreign_text_counts_as_a_diagram_only_with_a_flow() {
    assert!(has_flow("Our shop\nuser > web: login"));
    for prose in ["", "Remember the milk", "see https://example.org/a", "5 words on one line, or six"] {
        assert!(!has_flow(prose), "{prose}");
    }
}

/// Whatever is typed or pasted, the model stays sound and nothing overlaps.
#[test]
fn nonsense_does_no_harm() {
    let parts =
        ["a", "b", "in ", "Z", "{", "}", ">", "<", ":", ",", "\n", "[", "]", "(", ")", "=", "\"", "/", "db", " ", "→", "é", ";"];
    let mut state = 1u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for _ in 0..300 {
        let text: String = (0..next(14)).map(|_| parts[next(parts.len())]).collect();
        let mut hand = Hand::at(model("Shop").boundary("Z", 1).process("A").inside("Z").store("DB").open());
        let before = hand.model().clone();
        println!("{text:?}");
        write(&mut hand, &text);
        while hand.document.undo() {}
        assert_eq!(hand.model(), &before, "{text:?}");
    }
}
