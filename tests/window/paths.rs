//! The page of attack paths in the whole window: ways and what interrupts them, attack trees and scenarios worked on by hand.

use crate::support::app::{Window, app, click, key, open, oracle, press, settle, start, write};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::attack::{leaf_finding, outlook, percent};
use palisade::library::Library;
use palisade::model::*;
use palisade::storage::Encoding;

/// The web shop with the page of paths, which has found them.
fn shop() -> Window {
    let mut window = start(1600.0, 1200.0, None);
    open(&mut window, &oracle("web-shop"));
    press(&mut window, "Paths");
    window
}

fn all(window: &Window, part: &str) -> Vec<String> {
    let found = window.query_all(By::new().predicate(|node| node.label().is_some_and(|label| label.contains(part))));
    found.filter_map(|node| node.accesskit_node().label()).collect()
}

fn bytes(window: &Window) -> String {
    Encoding::Ron.write(app(window).model()).unwrap()
}

fn tree(window: &Window) -> &AttackTree {
    app(window).model().attack_trees.values().next().unwrap()
}

fn scenario(window: &Window) -> &AttackScenario {
    app(window).model().scenarios.values().next().unwrap()
}

/// The worst threat that counts, as lists call it.
fn worst(window: &Window) -> (ThreatKey, String, String) {
    let finding = app(window).assessment().ranked().into_iter().find(|f| f.counts()).unwrap();
    (finding.key.clone(), format!("{} {}", finding.label(), finding.title), percent(finding.current.p))
}

#[test]
fn ways_to_a_goal_are_told_step_by_step_with_their_caveat_and_kept_as_a_tree_and_a_scenario() {
    let mut window = shop();
    let before = bytes(&window);
    window.get_by_label_contains("they rank paths, they predict nothing");
    let goal = all(&window, "Customer passwords: confidentiality:").into_iter().next().expect("a goal of the first agent");
    click(&mut window, &goal);
    let steps = all(&window, "Step 1 of ");
    assert_eq!(steps.len(), 1, "{steps:?}");
    assert_eq!(bytes(&window), before, "looking changes nothing");
    press(&mut window, "As a scenario");
    assert!(scenario(&window).name.starts_with("Customer passwords: confidentiality by "), "{}", scenario(&window).name);
    let threats = scenario(&window).steps.iter().filter(|step| step.threat.is_some()).count();
    assert!(threats > 0 && scenario(&window).agent.is_some());
    click(&mut window, "Ways");
    press(&mut window, "As an attack tree");
    assert_eq!(tree(&window).root.name, "Reach Customer passwords: confidentiality");
    window.get_by_label_contains("Reach Customer passwords: confidentiality, ");
    for _ in 0..2 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(bytes(&window), before, "each is one step");
}

#[test]
fn what_interrupts_the_ways_is_tried_out_and_dropped_without_a_trace() {
    let mut window = shop();
    let before = bytes(&window);
    let risk = app(&window).assessment().totals.risk.load;
    window.get_by_label_contains("The cheapest set, ");
    press(&mut window, "Try it out");
    assert!(app(&window).assessment().totals.risk.load < risk, "the trial shows what the controls do");
    press(&mut window, "Drop what was tried");
    assert_eq!(bytes(&window), before);
    press(&mut window, "Plan it");
    let planned = app(&window).model().instances.values().filter(|i| i.status == ControlStatus::Planned).count();
    assert!(planned > 0);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(bytes(&window), before, "a plan is one step");
}

#[test]
fn a_tree_is_built_by_hand_evaluated_live_and_taken_back() {
    let mut window = shop();
    let (threat, told, likely) = worst(&window);
    click(&mut window, "Attack trees");
    press(&mut window, "New attack tree");
    write(&mut window, "Name of the step", "Steal the orders");
    press(&mut window, "Add a step below");
    // A new leaf is worked on at once, and takes the name of the threat it is bound to.
    press(&mut window, "Threat of the step: No threat");
    window.get_by_label("Search threats").type_text(&told);
    settle(&mut window);
    click(&mut window, &told);
    let title = app(&window).assessment().findings[&threat].title.clone();
    assert_eq!((&tree(&window).root.steps[0].threat, &tree(&window).root.steps[0].name), (&Some(threat.clone()), &title));
    window.get_by_label(&format!("{}, {likely} · skill {}", title, skill(&threat)));
    window.get_by_label_contains(&format!("Steal the orders, {likely}"));
    // A second one below the goal: both are needed, in order.
    window.get_by_label_contains("Steal the orders, ").click();
    settle(&mut window);
    press(&mut window, "Add a step below");
    write(&mut window, "Name of the step", "Sell them");
    press(&mut window, "State the probability");
    window.get_by_label_contains("Steal the orders, ").click();
    settle(&mut window);
    press(&mut window, "Steps below: in order");
    let half = leaf_finding(app(&window).assessment(), &threat).unwrap().current.p / 2.0;
    assert_eq!((tree(&window).root.gate, tree(&window).root.steps[1].p), (Gate::Sand, Some(0.5)));
    window.get_by_label_contains(&format!("Steal the orders, {}", percent(half)));
    window.get_by_label_contains("in order 2 steps");
    // What is decided about the threat is what the tree says.
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(tree(&window).root.gate, Gate::Or);
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(tree(&window).root.gate, Gate::Sand);
    // The order is turned, and a step goes with one key.
    window.get_by_label_contains("Sell them, ").click();
    settle(&mut window);
    press(&mut window, "Step: earlier");
    assert_eq!(tree(&window).root.steps[0].name, "Sell them");
    window.get_by_label_contains("Sell them, ").click();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(tree(&window).root.steps.len(), 1);
    assert!(app(&window).model().elements.len() > 5, "the key was for the tree, not for the canvas");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(tree(&window).root.steps.len(), 2);
}

fn skill(threat: &ThreatKey) -> u8 {
    palisade::library::Library::builtin().rule(threat.rule.as_str()).unwrap().1.skill
}

#[test]
fn a_tree_becomes_a_picture_by_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop();
    press(&mut window, "As an attack tree");
    press(&mut window, "Export this tree as a picture");
    window.get_by_label_contains("Export the attack tree");
    click(&mut window, "Format: SVG");
    click(&mut window, "Export…");
    let path = folder.path().join("tree.svg");
    write(&mut window, "Path of the file", path.to_str().unwrap());
    click(&mut window, "Export");
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Reach "), "{svg}");
    window.get_by_label_contains("The picture is in");
}

#[test]
fn a_scenario_ties_steps_over_several_elements_and_says_how_likely_it_is() {
    let mut window = shop();
    let (threat, told, _) = worst(&window);
    let before = bytes(&window);
    click(&mut window, "Scenarios");
    window.get_by_label_contains("No attack scenario yet");
    press(&mut window, "New attack scenario");
    write(&mut window, "Name of the scenario", "Fraud from the inside");
    write(&mut window, "Step 1", "Gets hired");
    press(&mut window, "Step 1 happens at: Anywhere");
    window.get_by_label("Search places").type_text("Shop staff");
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, "Add a step");
    press(&mut window, "Step 2 is the threat: No threat");
    window.get_by_label("Search threats").type_text(&told);
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let made = scenario(&window);
    assert_eq!((made.name.as_str(), made.steps[0].text.as_str()), ("Fraud from the inside", "Gets hired"));
    let staff = app(&window).model().elements.iter().find(|(_, e)| e.name == "Shop staff").unwrap().0;
    assert_eq!(made.steps[0].at.as_ref(), Some(staff));
    // Where it happens follows from the threat.
    assert_eq!((made.steps[1].threat.as_ref(), made.steps[1].at.as_ref()), (Some(&threat), Some(&threat.anchor)));
    // As likely as for the agent that carries it out.
    let said = |window: &Window| {
        let app = app(window);
        let found = outlook(app.model(), Library::builtin(), app.assessment(), scenario(window)).unwrap();
        format!("{} a year, likelihood level", percent(found.p))
    };
    assert!(scenario(&window).agent.is_some());
    window.get_by_label_contains(&said(&window));
    window.get_by_label_contains("One step is taken as certain");
    let agent = app(&window).model().agents[scenario(&window).agent.as_ref().unwrap()].name.clone();
    window.get_by_label_contains(&format!("Each threat is as likely as for {agent}."));
    // What is no threat of the model is estimated by hand.
    let number = || By::new().role(egui::accesskit::Role::SpinButton).label("Step 1: likelihood");
    window.get(number()).click_accesskit();
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("20".into()));
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(scenario(&window).steps[0].p, Some(0.2));
    window.get_by_label_contains(&said(&window));
    press(&mut window, "Step 2: earlier");
    assert_eq!(scenario(&window).steps[0].threat.as_ref(), Some(&threat));
    press(&mut window, "Remove step 2");
    assert_eq!(scenario(&window).steps.len(), 1);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(scenario(&window).steps[1].text, "Gets hired");
    press(&mut window, "As an attack tree");
    assert_eq!((tree(&window).root.gate, tree(&window).root.steps.len()), (Gate::Sand, 2));
    click(&mut window, "Scenarios 1");
    press(&mut window, "Delete this scenario");
    assert!(app(&window).model().scenarios.is_empty());
    while bytes(&window) != before {
        let at = bytes(&window);
        key(&mut window, Modifiers::COMMAND, Key::Z);
        assert_ne!(bytes(&window), at, "everything can be taken back");
    }
}

#[test]
fn the_attack_graph_selects_what_is_clicked_and_idles() {
    let mut window = shop();
    click(&mut window, "Graph");
    let named = |window: &Window, kind: &str| {
        let all = all(window, kind).into_iter();
        all.filter(|label| label.starts_with(kind)).collect::<Vec<_>>()
    };
    let agents = named(&window, "agent: ");
    assert!(agents.len() > 1 && !named(&window, "entry point: ").is_empty() && !named(&window, "asset: ").is_empty());
    let element = named(&window, "element: ").into_iter().next().expect("an element on the way");
    let name = element.trim_start_matches("element: ").rsplit_once(", ").unwrap().0.to_owned();
    click(&mut window, &element);
    let selected = app(&window).selection().single().expect("one thing is selected");
    assert_eq!(app(&window).model().name_of(selected), name);
    // An asset is selected by what keeps it.
    let asset = named(&window, "asset: Customer passwords").into_iter().next().unwrap();
    click(&mut window, &asset);
    assert!(!app(&window).selection().items.is_empty());
    // The pointer rests on the graph and nothing moves: so does the window.
    let place = window.get_by_label(&asset).rect().center();
    window.hover_at(place);
    settle(&mut window);
    for _ in 0..3 {
        assert!(window.try_run().is_ok_and(|frames| frames <= 2), "the graph asks for frames that nobody needs");
    }
    // It is moved about, and is fitted again.
    let before = window.get_by_label(&asset).rect();
    let empty = before.left_bottom() + egui::vec2(-30.0, 12.0);
    crate::support::app::drag(&mut window, empty, empty + egui::vec2(-60.0, -10.0), true);
    assert_ne!(window.get_by_label(&asset).rect(), before, "a drag moves it");
    press(&mut window, "Fit the attack graph");
    assert_eq!(window.get_by_label(&asset).rect(), before);
    // One agent alone.
    press(&mut window, "Agents of the graph");
    let one = agents[0].trim_start_matches("agent: ").to_owned();
    let choices = window.query_all_by_label(&one).count();
    assert!(choices >= 1);
    window.query_all_by_label(&one).last().unwrap().click();
    settle(&mut window);
    assert_eq!(named(&window, "agent: "), [agents[0].clone()]);
}
