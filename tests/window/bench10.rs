//! BENCH-10: a system of 2 entities, 4 processes, 2 stores, 2 nested boundaries and 10 flows, every one of the 20 with a
//! label of 8 characters, drawn in the real window. What is counted is everything but typing: a chord of keys, a click and
//! a drag are one action each.

use crate::support::app::{Window, app, settle, start};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use palisade::model::{ElementKind, Id, ThreatModel};

/// Most actions the design allows.
const BY_KEYBOARD: usize = 65;
const BY_MOUSE: usize = 45;
const BY_TEXT: usize = 12;

const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const EXTEND: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

const ELEMENTS: [(&str, ElementKind, Option<&str>); 8] = [
    ("Customer", ElementKind::ExternalEntity, None),
    ("Operator", ElementKind::ExternalEntity, None),
    ("Frontend", ElementKind::Process, Some("Platform")),
    ("Gateways", ElementKind::Process, Some("Platform")),
    ("Ordering", ElementKind::Process, Some("Internal")),
    ("Payments", ElementKind::Process, Some("Internal")),
    ("OrderSQL", ElementKind::DataStore, Some("Internal")),
    ("AuditLog", ElementKind::DataStore, Some("Internal")),
];

const FLOWS: [(&str, &str, &str); 10] = [
    ("Customer", "Frontend", "requests"),
    ("Frontend", "Gateways", "API call"),
    ("Gateways", "Ordering", "ordering"),
    ("Ordering", "OrderSQL", "SQLquery"),
    ("Gateways", "Payments", "charging"),
    ("Payments", "AuditLog", "auditing"),
    ("Operator", "Gateways", "settings"),
    ("Ordering", "Payments", "collects"),
    ("Ordering", "AuditLog", "protocol"),
    ("Payments", "OrderSQL", "receipts"),
];

#[derive(Clone, Copy)]
enum Side {
    Right,
    Bottom,
    Top,
}

/// Somebody at the window, whose actions are counted.
struct Person {
    window: Window,
    actions: usize,
}

impl Person {
    /// Sits down before an empty model.
    fn new(width: f32, height: f32) -> Person {
        let mut window = start(width, height, None);
        window.key_press_modifiers(CTRL, Key::N);
        settle(&mut window);
        Person { window, actions: 0 }
    }

    fn model(&self) -> &ThreatModel {
        app(&self.window).model()
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) -> &mut Person {
        self.actions += 1;
        self.window.key_press_modifiers(modifiers, key);
        self.window.run();
        self
    }

    fn key(&mut self, key: Key) -> &mut Person {
        self.keys(Modifiers::NONE, key)
    }

    fn types(&mut self, text: &str) -> &mut Person {
        for letter in text.chars() {
            self.window.event(Event::Text(letter.to_string()));
        }
        self.window.run();
        self
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        self.window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    }

    /// The pointer goes there, which is no action.
    fn hovers(&mut self, at: Pos2) -> &mut Person {
        self.window.event(Event::PointerMoved(at));
        self.window.run();
        self
    }

    fn drags(&mut self, from: Pos2, to: Pos2) -> &mut Person {
        self.actions += 1;
        self.hovers(from);
        self.button(from, true);
        for part in [0.1, 0.5, 1.0] {
            self.window.event(Event::PointerMoved(from.lerp(to, part)));
            self.window.step();
        }
        self.button(to, false);
        self.window.run();
        self
    }

    /// Where an element is on the screen.
    fn sees(&self, name: &str) -> egui::Rect {
        let kinds = ["Process", "Data store", "External entity"].map(|kind| format!("{kind} {name}"));
        let node = kinds.iter().find_map(|label| self.window.query_all_by_label_contains(label).next());
        node.unwrap_or_else(|| panic!("“{name}” is on the screen")).rect()
    }

    /// Draws a flow from a side of an element to a place.
    fn draws_on(&mut self, from: &str, side: Side, to: Pos2) -> &mut Person {
        let from = self.sees(from).expand(3.0);
        let from = match side {
            Side::Right => from.right_center(),
            Side::Bottom => from.center_bottom(),
            Side::Top => from.center_top(),
        };
        self.drags(from, to)
    }

    /// Leaves what was drawn as a picture where `BENCH10_PICTURES` says, for people to look at.
    fn picture(&mut self, name: &str) {
        if let Some(folder) = std::env::var_os("BENCH10_PICTURES") {
            let image = self.window.render().expect("a picture");
            image.save(std::path::Path::new(&folder).join(name)).expect("it is stored");
        }
    }
}

fn named(model: &ThreatModel, id: Option<&Id>) -> Option<String> {
    id.map(|id| model.name_of(id).to_owned())
}

/// All of it is there, nothing else, and everything is what and where it should be.
fn check(model: &ThreatModel) {
    assert_eq!(palisade::model::check(model), []);
    let mut elements: Vec<_> =
        model.elements.values().map(|e| (e.name.clone(), e.kind, named(model, e.boundary.as_ref()))).collect();
    let mut wanted: Vec<_> = ELEMENTS.iter().map(|(n, k, b)| (n.to_string(), *k, b.map(str::to_owned))).collect();
    elements.sort();
    wanted.sort();
    assert_eq!(elements, wanted);
    let mut flows: Vec<_> = model
        .flows
        .values()
        .map(|f| (named(model, f.from.as_ref()).unwrap(), named(model, f.to.as_ref()).unwrap(), f.name.clone()))
        .collect();
    let mut wanted: Vec<_> = FLOWS.iter().map(|(a, b, n)| (a.to_string(), b.to_string(), n.to_string())).collect();
    flows.sort();
    wanted.sort();
    assert_eq!(flows, wanted);
    let mut boundaries: Vec<_> = model.boundaries.values().map(|b| (b.name.clone(), named(model, b.parent.as_ref()))).collect();
    boundaries.sort();
    assert_eq!(boundaries, [("Internal".to_owned(), Some("Platform".to_owned())), ("Platform".to_owned(), None)]);
    // What is a member is drawn inside, what is not is drawn outside, and no two elements overlap.
    let diagram = model.diagrams.keys().next().unwrap();
    let rect = |id: &Id| model.rect_of(diagram, id).unwrap();
    for (id, element) in &model.elements {
        for (zone, boundary) in &model.boundaries {
            let inside = model.boundary_chain(id).contains(zone);
            assert_eq!(rect(zone).contains_rect(rect(id)), inside, "{} in {}", element.name, boundary.name);
            assert_eq!(rect(zone).intersects(rect(id)), inside, "{} at {}", element.name, boundary.name);
        }
        for other in model.elements.keys().filter(|other| *other > id) {
            assert!(!rect(id).intersects(rect(other)), "{} lies on {}", element.name, model.name_of(other));
        }
    }
    let by_name = |name: &str| model.boundaries.iter().find(|(_, b)| b.name == name).map(|(id, _)| rect(id)).unwrap();
    assert!(by_name("Platform").contains_rect(by_name("Internal")));
}

#[test]
fn by_keyboard_alone() {
    let mut person = Person::new(1280.0, 720.0);
    let me = &mut person;
    let (left, right, up, down) = (Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown);
    me.key(Key::E).key(Key::Enter).types("Customer").key(Key::Enter);
    me.key(Key::E).key(Key::Enter).types("Operator").key(Key::Enter);
    me.keys(Modifiers::SHIFT, Key::Tab);
    me.keys(CTRL, right).types("Frontend").key(Key::Tab).types("requests");
    me.keys(CTRL, right).types("Gateways").key(Key::Tab).types("API call");
    me.keys(CTRL, right).types("Ordering").key(Key::Tab).types("ordering");
    me.keys(CTRL, right).types("db:OrderSQL").key(Key::Tab).types("SQLquery");
    // Back to where the other branch begins; what is ahead already makes room for a sibling.
    me.keys(ALT, left).keys(ALT, left);
    me.keys(CTRL, right).types("Payments").key(Key::Tab).types("charging");
    me.keys(CTRL, right).types("db:AuditLog").key(Key::Tab).types("auditing");
    // Flows between what is there: F, arrows to where it leads, Enter.
    me.keys(ALT, left).key(Key::F).key(right).key(up).key(Key::Enter).types("receipts");
    me.keys(ALT, right).keys(ALT, left).key(Key::F).key(down).key(Key::Enter).types("collects");
    me.keys(ALT, up).key(Key::F).key(right).key(down).key(Key::Enter).types("protocol");
    // The inner boundary around its four, the outer one around that and the two before it.
    me.keys(ALT, left).keys(EXTEND, right).keys(EXTEND, down).keys(EXTEND, down);
    me.key(Key::B).types("Internal").key(Key::Enter);
    me.keys(EXTEND, left).keys(EXTEND, left).key(Key::B).types("Platform").key(Key::Enter);
    // The second entity was left over.
    me.keys(Modifiers::SHIFT, Key::Tab).keys(Modifiers::SHIFT, Key::Tab).keys(Modifiers::SHIFT, Key::Tab);
    me.key(Key::F).key(right).key(right).key(Key::Enter).types("settings").key(Key::Enter);
    me.picture("by-keyboard.png");
    check(me.model());
    println!("by keyboard alone: {} actions", me.actions);
    assert!(me.actions <= BY_KEYBOARD, "{} actions", me.actions);
}

#[test]
fn mouse_first() {
    let mut person = Person::new(1600.0, 1000.0);
    let me = &mut person;
    let column = |n: f32| 320.0 + 206.0 * n;
    let (top, bottom) = (300.0, 480.0);
    let at = |x: f32, y: f32| pos2(x, y);
    me.hovers(at(column(0.0), top)).key(Key::E).types("Customer");
    me.draws_on("Customer", Side::Right, at(column(1.0), top)).types("Frontend").key(Key::Tab).types("requests");
    me.draws_on("Frontend", Side::Right, at(column(2.0), top)).types("Gateways").key(Key::Tab).types("API call");
    me.draws_on("Gateways", Side::Right, at(column(3.0), top)).types("Ordering").key(Key::Tab).types("ordering");
    me.draws_on("Ordering", Side::Right, at(column(4.0), top)).types("db:OrderSQL").key(Key::Tab).types("SQLquery");
    me.draws_on("Gateways", Side::Bottom, at(column(3.0), bottom)).types("Payments").key(Key::Tab).types("charging");
    me.draws_on("Payments", Side::Right, at(column(4.0), bottom)).types("db:AuditLog").key(Key::Tab).types("auditing");
    for (from, side, to, name) in [
        ("Ordering", Side::Bottom, "Payments", "collects"),
        ("Ordering", Side::Top, "AuditLog", "protocol"),
        ("Payments", Side::Top, "OrderSQL", "receipts"),
    ] {
        let to = me.sees(to).center();
        me.draws_on(from, side, to).types(name);
    }
    me.key(Key::Enter).hovers(at(column(0.0), bottom + 60.0)).key(Key::E).types("Operator");
    let to = me.sees("Gateways").center();
    me.draws_on("Operator", Side::Right, to).types("settings").key(Key::Enter);
    let corner = me.sees("AuditLog").right_bottom();
    me.key(Key::B).drags(at(column(3.0) - 90.0, top - 80.0), corner + vec2(30.0, 30.0)).types("Internal").key(Key::Enter);
    me.picture("mouse.png");
    me.key(Key::Escape).key(Key::B);
    me.drags(at(column(1.0) - 80.0, top - 130.0), corner + vec2(60.0, 60.0)).types("Platform").key(Key::Enter);
    me.picture("by-mouse.png");
    check(me.model());
    println!("mouse first: {} actions", me.actions);
    assert!(me.actions <= BY_MOUSE, "{} actions", me.actions);
}

#[test]
fn written_as_text() {
    let mut person = Person::new(1280.0, 720.0);
    let me = &mut person;
    me.keys(CTRL, Key::L);
    for line in [
        "Customer > Frontend: requests > Gateways: API call > Ordering: ordering > OrderSQL: SQLquery",
        "Gateways > Payments: charging > AuditLog: auditing",
        "Operator > Gateways: settings",
        "Ordering > Payments: collects",
        "Ordering > AuditLog: protocol",
        "Payments > OrderSQL: receipts",
        "in Platform: Frontend, Gateways",
    ] {
        me.types(line).keys(Modifiers::SHIFT, Key::Enter);
    }
    me.types("in Platform / Internal: Ordering, Payments, OrderSQL, AuditLog");
    assert_eq!(me.model().elements.len(), 8, "what is written is shown before it is added");
    me.picture("writing.png");
    me.key(Key::Enter).key(Key::Escape).keys(Modifiers::SHIFT, Key::Num1);
    me.picture("by-text.png");
    check(me.model());
    println!("written as text: {} actions", me.actions);
    assert!(me.actions <= BY_TEXT, "{} actions", me.actions);
    me.keys(CTRL, Key::Z);
    assert!(me.model().elements.is_empty(), "it was one step");
}
