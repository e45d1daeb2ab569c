//! Threats and controls on the canvas itself: the card of what is selected, and the silent one under the pointer.
use crate::support::app::{Window, app, click, drag, open, opened, settle, start, undo_what_was_told};
use crate::support::dsl::{id, model};
use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::*;
use palisade::risk::{Finding, RatedBy};
use std::path::Path;

fn shop() -> Window {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron"));
    window
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

fn element(window: &Window, name: &str) -> Id {
    let found = app(window).model().elements.iter().find(|(_, e)| e.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).0.clone()
}

fn counting(window: &Window, id: &Id) -> Vec<Finding> {
    app(window).assessment().at(id).filter(|f| f.counts()).cloned().collect()
}

fn decision(window: &Window, key: &ThreatKey) -> Decision {
    app(window).model().decisions.get(key).cloned().unwrap_or_default()
}

/// Where something called like this is on the screen.
fn place(window: &Window, label: &str) -> Rect {
    let bounds = window.get_by_label_contains(label).rect();
    Rect::from_min_max(Pos2::new(bounds.left(), bounds.top()), Pos2::new(bounds.right(), bounds.bottom()))
}

#[test]
fn every_decision_has_a_key_and_the_next_threat_is_one_key_away() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let here = counting(&window, &element(&window, "Order service"));
    let (first, second, third) = (here[0].key.clone(), here[1].key.clone(), here[2].key.clone());
    let before = decision(&window, &second).disposition;
    key(&mut window, Key::Period);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&second), "the second worst");
    key(&mut window, Key::R);
    assert_eq!(decision(&window, &second).disposition, Disposition::Transfer);
    key(&mut window, Key::Escape);
    key(&mut window, Key::R);
    assert_eq!(decision(&window, &second).disposition, Disposition::Open, "the same key takes it back");
    key(&mut window, Key::A);
    assert_eq!(decision(&window, &second).disposition, Disposition::Accept);
    window.get_by_label("Reason").type_text("Its owner lives with it");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_eq!(decision(&window, &second).justification, "Its owner lives with it", "asked for at once, stored with Enter");
    key(&mut window, Key::Period);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&third));
    for _ in 0..5 {
        key(&mut window, Key::Comma);
    }
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&first), "stops at the worst");
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert_eq!(decision(&window, &second).disposition, before);
}

#[test]
fn a_threat_to_mitigate_is_given_a_control_on_the_card() {
    let model = model("Shop").entity("User").process("Web").flow("User", "Web").build();
    let (mut window, _folder) = opened(&model, 1280.0, 720.0);
    window.get_by_label_contains("Process Web").click();
    settle(&mut window);
    let worst = counting(&window, &id("Web"))[0].key.clone();
    assert!(window.query_all_by_label_contains("Plan ").next().is_none(), "nothing is offered before it is decided about");
    key(&mut window, Key::M);
    assert_eq!(decision(&window, &worst).disposition, Disposition::Mitigate);
    let offered = window.query_all_by_label_contains("Plan ").next().unwrap();
    let name = offered.accesskit_node().label().unwrap().replace("Plan ", "");
    offered.click();
    settle(&mut window);
    let planned: Vec<_> = app(&window).model().instances.values().cloned().collect();
    assert_eq!(planned.len(), 1);
    assert_eq!(planned[0].status, ControlStatus::Planned);
    let defined = palisade::library::Library::builtin().controls[&planned[0].control].name.clone();
    assert_eq!(defined, name);
    assert!(window.query_all_by_label_contains("Plan ").next().is_none(), "it is on its way now");
    let finding = app(&window).assessment().findings[&worst].clone();
    assert!(finding.planned.score < finding.current.score, "and will help: {} {}", finding.planned.score, finding.current.score);
}

#[test]
fn cards_that_are_sent_away_stay_away_until_they_are_called_back() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    click(&mut window, "No more cards");
    assert!(window.query_by_label_contains("Mitigate: ").is_none());
    window.get_by_label_contains("Data store Session cache").click();
    settle(&mut window);
    assert!(window.query_by_label_contains("Mitigate: ").is_none(), "nor beside what is selected next");
    assert!(window.query_by_label_contains("brings them back").is_some(), "it is said how");
    window.key_press_modifiers(Modifiers::SHIFT, Key::T);
    settle(&mut window);
    window.get_by_label_contains("Mitigate: ");
}

#[test]
fn a_threat_is_scored_with_three_keys_and_goes_back_to_the_method_with_one() {
    let mut window = shop();
    window.get_by_label_contains("Data store Session cache").click();
    settle(&mut window);
    let id = element(&window, "Session cache");
    let threat = counting(&window, &id)[0].key.clone();
    let by_method = app(&window).assessment().findings[&threat].current;
    for press in [Key::L, Key::Num2, Key::Num4] {
        key(&mut window, press);
    }
    let levels = decision(&window, &threat).level_override.expect("set by hand");
    assert_eq!((levels.likelihood, levels.impact), (2, 4));
    let now = &app(&window).assessment().findings[&threat];
    assert_eq!((now.rated_by, now.current.likelihood, now.current.impact), (RatedBy::Decision, 2, 4));
    window.get_by_label("Reason for the levels").focus();
    settle(&mut window);
    window.get_by_label("Reason for the levels").type_text("Internal only");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_eq!(decision(&window, &threat).level_override.unwrap().reason, "Internal only");
    click(&mut window, "Back to the method");
    assert_eq!(decision(&window, &threat).level_override, None);
    assert_eq!(app(&window).assessment().findings[&threat].current, by_method);
}

#[test]
fn the_card_never_covers_what_it_is_about_and_stays_where_it_is() {
    let mut window = shop();
    let names: Vec<String> = app(&window).model().elements.values().map(|e| format!("{} {}", e.kind.label(), e.name)).collect();
    for name in names {
        window.get_by_label_contains(&name).click();
        settle(&mut window);
        if window.query_by_label("No more cards").is_none() {
            continue;
        }
        let item = place(&window, &name);
        let corner = |window: &Window| (place(window, "No more cards").right(), place(window, "Add a threat here").bottom());
        let left = |window: &Window| place(window, "Mitigate: ").left() - 8.0;
        let card = |w: &Window| {
            let (right, bottom) = corner(w);
            Rect::from_min_max(Pos2::new(left(w), place(w, "No more cards").top() - 6.0), Pos2::new(right + 6.0, bottom + 8.0))
        };
        let before = card(&window);
        assert!(!before.intersects(item), "{name}: {before:?} over {item:?}");
        assert!(window.ctx.content_rect().contains_rect(before), "{name}: {before:?} leaves the window");
        key(&mut window, Key::L);
        assert!(!card(&window).intersects(item), "{name}, while scoring");
        key(&mut window, Key::Escape);
        assert!(card(&window).min.distance(before.min) < 1.0, "{name}: it came back to another place");
        while !app(&window).selection().items.is_empty() {
            key(&mut window, Key::Escape);
        }
    }
}

#[test]
fn after_the_view_moved_a_card_lies_no_worse_than_one_that_is_called_up_there() {
    let mut window = shop();
    let names: Vec<String> = app(&window).model().elements.values().map(|e| format!("{} {}", e.kind.label(), e.name)).collect();
    let card = |w: &Window| {
        let (close, add) = (place(w, "No more cards"), place(w, "Add a threat here"));
        Rect::from_min_max(
            Pos2::new(place(w, "Mitigate: ").left() - 8.0, close.top() - 6.0),
            Pos2::new(close.right() + 6.0, add.bottom() + 8.0),
        )
    };
    // What is out of sight has no place.
    let covered = |w: &Window| {
        let seen = names.iter().flat_map(|n| w.query_all_by_label_contains(n)).map(|node| node.rect());
        seen.filter(|r| card(w).shrink(4.0).intersects(*r)).count()
    };
    for (width, by) in [(1280.0, egui::vec2(-240.0, 0.0)), (1280.0, egui::vec2(120.0, -160.0)), (1600.0, egui::vec2(200.0, 90.0))]
    {
        window.set_size(egui::vec2(width, 0.6 * width));
        settle(&mut window);
        window.get_by_label_contains("Process Order service").click();
        settle(&mut window);
        window.hover_at(Pos2::new(700.0, 330.0));
        let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
        window.event(egui::Event::MouseWheel { unit, delta: by, phase, modifiers: Modifiers::NONE });
        settle(&mut window);
        let (moved, there) = (covered(&window), card(&window));
        while !app(&window).selection().items.is_empty() {
            key(&mut window, Key::Escape);
        }
        window.get_by_label_contains("Process Order service").click();
        settle(&mut window);
        assert!(moved <= covered(&window), "{by:?}: {there:?} covers {moved}, {:?} {}", card(&window), covered(&window));
        while !app(&window).selection().items.is_empty() {
            key(&mut window, Key::Escape);
        }
    }
}

#[test]
fn boundaries_and_flows_have_a_card_too() {
    let mut window = shop();
    window.get_by_label_contains("Trust boundary Data network").click();
    settle(&mut window);
    window.get_by_label_contains("Mitigate: ");
    let inside = app(&window).selection().single().cloned().unwrap();
    let worst = app(&window).assessment().within(&inside).next().unwrap().key.clone();
    key(&mut window, Key::A);
    assert_eq!(decision(&window, &worst).disposition, Disposition::Accept, "the worst inside");
    assert_eq!(app(&window).selection().single(), Some(&inside), "and the boundary stays selected");
    window.get_by_label_contains("Data flow Order records").click();
    settle(&mut window);
    window.get_by_label_contains("Mitigate: ");
}

#[test]
fn resting_on_a_thing_shows_a_silent_card_that_goes_with_the_first_press() {
    let mut window = shop();
    let at = place(&window, "Data flow Browse and order").center();
    window.hover_at(at);
    settle(&mut window);
    let shown = |window: &Window| window.query_by_label_contains("Internet (T0) → ").is_some();
    assert!(!shown(&window), "not at once");
    window.run_steps(45);
    assert!(shown(&window));
    assert_eq!(window.run(), 1, "it is still while it is shown");
    window.drag_at(at);
    window.run_steps(2);
    assert!(!shown(&window), "never in the way");
}

/// The controls in the left panel, and the best of them: its name and where it is.
fn best_control(window: &mut Window) -> (String, Pos2) {
    click(window, "Safeguards");
    let row = window.get_all_by_label_contains("Add ").find(|n| n.accesskit_node().label().unwrap().contains(" to ")).unwrap();
    let label = row.accesskit_node().label().unwrap();
    let name = label.strip_prefix("Add ").unwrap().split(" to the whole model").next().unwrap().to_owned();
    (name, row.rect().center())
}

fn control(name: &str) -> String {
    let found = palisade::library::Library::builtin().controls.iter().find(|(_, c)| c.name == name);
    found.expect("of the library").0.clone()
}

#[test]
fn a_control_is_dragged_onto_an_element_and_one_undo_takes_it_away() {
    let mut window = shop();
    let before = app(&window).model().clone();
    let (name, from) = best_control(&mut window);
    let at = place(&window, "Process Order service").center();
    drag(&mut window, from, at, true);
    let id = element(&window, "Order service");
    let new: Vec<&ControlInstance> =
        app(&window).model().instances.iter().filter(|(id, _)| !before.instances.contains_key(*id)).map(|(_, i)| i).collect();
    assert_eq!(new.len(), 1, "one control came");
    assert_eq!((new[0].control.clone(), new[0].at.clone()), (control(&name), [Site::At(id)].into()));
    assert_eq!((new[0].status, new[0].evidence.level), (ControlStatus::Implemented, EvidenceLevel::Assumed));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(app(&window).model(), &before);
}

#[test]
fn dropped_on_the_ground_it_is_for_the_whole_model_and_with_shift_it_is_planned() {
    let mut window = shop();
    let (_, from) = best_control(&mut window);
    let known = app(&window).model().instances.len();
    drag(&mut window, from, Pos2::new(300.0, 480.0), false);
    window.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    window.run();
    window.event_modifiers(
        egui::Event::PointerButton {
            pos: Pos2::new(300.0, 480.0),
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::SHIFT,
        },
        Modifiers::SHIFT,
    );
    settle(&mut window);
    let model = app(&window).model();
    assert_eq!(model.instances.len(), known + 1);
    let here = |i: &&ControlInstance| i.at.contains(&Site::Model) && i.evidence.level == EvidenceLevel::Assumed;
    let new = model.instances.values().find(here).expect("for the whole model");
    assert_eq!(new.status, ControlStatus::Planned);
}

#[test]
fn a_control_given_up_with_escape_leaves_no_trace() {
    let mut window = shop();
    let before = app(&window).model().clone();
    let (_, from) = best_control(&mut window);
    let at = place(&window, "Process Order service").center();
    drag(&mut window, from, at, false);
    key(&mut window, Key::Escape);
    window.drop_at(at);
    settle(&mut window);
    assert_eq!(app(&window).model(), &before);
    assert!(window.query_by_label_contains("Risk fell").is_none());
}

#[test]
fn a_control_is_added_by_keys_alone_and_what_it_does_shows_for_two_seconds() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let id = element(&window, "Order service");
    let load = |window: &Window| app(window).assessment().totals.risk.load;
    let before = load(&window);
    key(&mut window, Key::U);
    key(&mut window, Key::Enter);
    let new = app(&window)
        .model()
        .instances
        .values()
        .find(|i| i.at.contains(&Site::At(id.clone())) && i.evidence.level == EvidenceLevel::Assumed && i.owner.is_none());
    assert!(new.is_some(), "the best control is there");
    let by = before - load(&window);
    assert!(by > 0.5, "it answers something: {by}");
    let said = format!("Risk fell by {by:.1}");
    let all: Vec<String> =
        window.query_all_by_label_contains("Risk").map(|n| format!("{:?}", n.accesskit_node().label())).collect();
    assert!(window.query_by_label(&said).is_some(), "{said} {all:?}");
    window.run_steps(60);
    assert!(window.query_by_label(&said).is_some(), "after a second");
    window.run_steps(75);
    assert!(window.query_by_label_contains("Risk fell").is_none(), "after two seconds");
    assert_eq!(window.run(), 1, "and nothing repaints afterwards");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(window.query_by_label(&format!("Risk rose by {by:.1}")).is_some(), "undo shows it too");
}

#[test]
fn moving_a_thing_about_changes_no_figure() {
    let mut window = shop();
    let at = place(&window, "Process Order service").center();
    drag(&mut window, at, at + egui::vec2(20.0, 6.0), true);
    assert!(window.query_by_label_contains("Risk fell").is_none() && window.query_by_label_contains("Risk rose").is_none());
}

#[test]
fn keys_go_on_being_about_the_threat_that_was_just_ruled_out() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let here = counting(&window, &element(&window, "Order service"));
    let (first, second) = (here[0].key.clone(), here[1].key.clone());
    let before = decision(&window, &first);
    key(&mut window, Key::Period);
    key(&mut window, Key::X);
    assert_eq!(decision(&window, &second).disposition, Disposition::NotApplicable);
    let row = format!("Show threat {}", here[1].title);
    assert!(window.query_all_by_label_contains(&row).count() > 0, "it stays on the card while it is selected");
    window.get_by_label("Reason");
    key(&mut window, Key::Escape);
    key(&mut window, Key::A);
    assert_eq!(decision(&window, &second).disposition, Disposition::Accept);
    assert_eq!(decision(&window, &first), before);
}

#[test]
fn one_draws_on_and_on_by_keyboard_beside_a_resting_pointer() {
    let mut window = start(1280.0, 720.0, None);
    click(&mut window, "New model");
    window.hover_at(Pos2::new(290.0, 300.0));
    settle(&mut window);
    key(&mut window, Key::E);
    for n in 0..8 {
        window.event(egui::Event::Text(format!("Thing {n}")));
        settle(&mut window);
        key(&mut window, Key::Enter);
        // The pointer rests long enough for a card.
        (0..45).for_each(|_| window.step());
        window.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
        settle(&mut window);
    }
    assert!(app(&window).model().elements.len() >= 8);
}

#[test]
fn what_is_made_by_key_is_made_at_the_pointer_also_where_the_card_lies() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let card = place(&window, "No more cards");
    let at = card.left_center() - egui::vec2(40.0, 0.0);
    window.event(egui::Event::PointerMoved(at));
    settle(&mut window);
    let (known, world): (Vec<Id>, _) =
        (app(&window).model().elements.keys().cloned().collect(), app(&window).world_at(at).unwrap());
    window.event(egui::Event::Key { key: Key::S, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
    settle(&mut window);
    window.event(egui::Event::Text("Dispatch".to_owned()));
    settle(&mut window);
    key(&mut window, Key::Enter);
    let model = app(&window).model();
    let (id, made) = model.elements.iter().find(|(id, _)| !known.contains(id)).expect("it was made");
    assert_eq!((made.name.as_str(), made.kind), ("Dispatch", ElementKind::DataStore));
    let diagram = model.diagrams.keys().next().unwrap();
    let rect = model.rect_of(diagram, id).unwrap();
    assert!((rect.center().x - world.x).abs() < 40.0 && (rect.center().y - world.y).abs() < 40.0, "{rect:?} {world:?}");
}

#[test]
fn a_change_of_kind_by_a_stray_letter_is_told_with_a_way_back() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let before = app(&window).model().clone();
    key(&mut window, Key::C);
    assert_eq!(app(&window).model().elements[&element(&window, "Order service")].kind, ElementKind::DataStore);
    window.get_by_label("“Order service” is now: data store.");
    undo_what_was_told(&mut window);
    assert!(*app(&window).model() == before);
}

#[test]
fn what_only_waits_for_answers_does_not_look_safe() {
    use crate::support::dsl::model;
    let shop = model("Shop").boundary("Data centre", 3).store("Orders").inside("Data centre").tagged("sql").build();
    let (mut window, _folder) = opened(&shop, 1600.0, 1000.0);
    let risk = *app(&window).assessment().rollup_at(&element(&window, "Orders")).unwrap();
    assert!(risk.counts.total() == 0 && risk.possible > 0, "{risk:?}");
    let said = format!("Data store Orders, in Data centre, no open threats, {} possible", risk.possible);
    let store = window.get_all_by_label_contains(&said).next().expect("who does not see it is told");
    store.click();
    settle(&mut window);
    let waiting = format!("{} wait for answers", risk.possible);
    assert!(window.query_all(egui_kittest::kittest::By::new().value(&waiting)).count() > 0, "the card says so");
}
