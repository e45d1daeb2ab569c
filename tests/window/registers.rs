//! The registers under the canvas: vulnerabilities, agents and controls, in the whole window.

use crate::support::app::{Window, app, click, open, oracle, press, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::model::*;

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn shows(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    settle(window);
}

/// The names of everything whose name begins so, in the order they are drawn.
fn all(window: &Window, beginning: &str) -> Vec<String> {
    let found = window.query_all(By::new().predicate(|node| node.label().is_some_and(|l| l.starts_with(beginning))));
    found.filter_map(|node| node.accesskit_node().label()).collect()
}

fn first(window: &Window, beginning: &str) -> String {
    all(window, beginning).into_iter().next().unwrap_or_else(|| panic!("nothing is called “{beginning}…”"))
}

fn model(window: &Window) -> &ThreatModel {
    app(window).model()
}

/// Selects a process on the canvas.
fn select(window: &mut Window, name: &str) {
    window.get_by_label_contains(&format!("Process {name}")).click();
    settle(window);
}

#[test]
fn what_is_likely_is_recorded_confirmed_and_fixed_with_a_click_each() {
    let mut window = shop();
    shows(&mut window, Key::Num4);
    select(&mut window, "Shop web application");
    let before = app(&window).assessment().totals.risk.load;
    let likely = all(&window, "Suspect ");
    assert!(likely.len() > 3, "{likely:?}");
    let with_threats = likely.iter().find(|l| l.contains("raises")).unwrap().clone();
    press(&mut window, &with_threats);
    let (id, record) = model(&window).vulnerabilities.iter().next().map(|(id, v)| (id.clone(), v.clone())).unwrap();
    assert_eq!((record.status, model(&window).vulnerabilities.len()), (VulnerabilityStatus::Suspected, 1));
    assert!(!record.threats.is_empty());
    assert!(window.query_by_label(&with_threats).is_none(), "what is recorded is not suggested again");
    assert!(app(&window).assessment().totals.risk.load > before);
    let status = |window: &Window| model(window).vulnerabilities[&id].status;
    let step = first(&window, &format!("{} is suspected: it is confirmed", record.name));
    click(&mut window, &step);
    assert_eq!(status(&window), VulnerabilityStatus::Confirmed);
    let step = first(&window, &format!("{} is confirmed: it is fixed", record.name));
    click(&mut window, &step);
    assert_eq!(status(&window), VulnerabilityStatus::Fixed);
    let load = app(&window).assessment().totals.risk.load;
    assert!((load - before).abs() < 1e-9, "a fixed one raises nothing");
    for _ in 0..3 {
        shows(&mut window, Key::Z);
    }
    assert!(model(&window).vulnerabilities.is_empty(), "each click is a step of its own");
}

#[test]
fn a_vulnerability_shows_how_much_each_threat_is_raised() {
    let mut window = shop();
    shows(&mut window, Key::Num4);
    select(&mut window, "Shop web application");
    let likely = all(&window, "Suspect ").into_iter().find(|l| l.contains("raises")).unwrap();
    press(&mut window, &likely);
    let record = model(&window).vulnerabilities.values().next().unwrap().clone();
    let row = first(&window, &format!("{}, suspected, at", record.name));
    click(&mut window, &row);
    let raised = record.threats.iter().filter_map(|key| app(&window).assessment().findings.get(key));
    let titles: Vec<String> = raised.map(|f| f.title.clone()).collect();
    let shown = titles.iter().filter(|t| all(&window, t).iter().any(|l| l.contains(", +"))).count();
    assert!(shown > 0, "{titles:?}");
    press(&mut window, "Delete this vulnerability");
    assert!(model(&window).vulnerabilities.is_empty());
}

#[test]
fn findings_come_in_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("scan.csv");
    std::fs::write(&table, "title,cwe,component,status\nSQL injection,89,shop WEB application,open\nX,79,Elsewhere,open\n")
        .unwrap();
    let mut window = shop();
    click(&mut window, "File");
    click(&mut window, "Import findings…");
    let path = table.to_str().unwrap().to_owned();
    window.get_by_label("Path of the file").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(path));
    window.run();
    click(&mut window, "Import");
    let names: Vec<&str> = model(&window).vulnerabilities.values().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["SQL injection"]);
    let told = window.query_by_label_contains("line 3, X: nothing in the model is called “Elsewhere”");
    assert!(told.is_some(), "what did not come over is told");
    // Beside the work: one goes on meanwhile, takes the lines along, and puts it away.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(model(&window).vulnerabilities.is_empty(), "nothing is in the way");
    let is_told = |window: &Window| window.query_by_label_contains("line 3, X: nothing").is_some();
    assert!(is_told(&window), "it stays until it is put away");
    window.get_by_label("Copy these lines").click();
    window.step();
    let commands = window.output().platform_output.commands.clone();
    assert!(commands.iter().any(|c| matches!(c, egui::OutputCommand::CopyText(text) if text.contains("line 3, X"))));
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(!is_told(&window));
}

#[test]
fn a_usual_agent_is_added_with_its_start_and_shows_what_it_decides() {
    let mut window = shop();
    shows(&mut window, Key::Num5);
    let agents = model(&window).agents.len();
    let preset = first(&window, "Add: Nation state, at ");
    press(&mut window, &preset);
    assert_eq!(model(&window).agents.len(), agents + 1);
    let nation = model(&window)
        .agents
        .iter()
        .find(|(_, a)| a.kind == AgentKind::NationState)
        .map(|(id, a)| (id.clone(), a.clone()))
        .unwrap();
    assert!(!nation.1.starts.is_empty());
    let decided =
        app(&window).assessment().findings.values().filter(|f| f.counts() && f.agent.as_ref() == Some(&nation.0)).count();
    let row = first(&window, &format!("Nation state, decides {decided} threats"));
    click(&mut window, &row);
    assert!(window.query_by_label_contains(&format!("It decides {decided} threats. Without it ")).is_some());
    click(&mut window, "Back to the usual agents");
    assert!(!all(&window, "There already: Nation state").is_empty());
}

#[test]
fn a_control_takes_the_next_step_of_its_life_and_explains_its_effect() {
    let mut window = shop();
    shows(&mut window, Key::Num6);
    let before = model(&window).instances.clone();
    let step = all(&window, "").into_iter().find(|l| l.contains(" at ") && l.ends_with(" is implemented now")).unwrap();
    let row = first(&window, step.strip_suffix(" is implemented now").unwrap());
    click(&mut window, &row);
    for factor in ["Design ", "Implementation 50 %: partial", "Evidence ", "Coverage ", "Effect "] {
        assert!(window.query_by_label_contains(factor).is_some(), "{factor}");
    }
    click(&mut window, &step);
    let now = &model(&window).instances;
    let changed: Vec<_> = before.iter().filter(|(id, i)| now[*id] != **i).map(|(id, i)| (i.status, now[id].status)).collect();
    assert_eq!(changed, [(ControlStatus::Partial, ControlStatus::Implemented)]);
}

#[test]
fn the_coverage_table_leads_to_controls_and_plans_what_is_lacking() {
    let mut window = shop();
    shows(&mut window, Key::Num6);
    click(&mut window, "Show: Coverage");
    assert!(all(&window, "").iter().any(|l| l.ends_with("lacking") && l.contains("preventive: ")));
    let count = model(&window).instances.len();
    let plan = all(&window, "Plan ").into_iter().find(|l| l.contains(" gap")).unwrap();
    press(&mut window, &plan);
    assert_eq!(model(&window).instances.len(), count + 1);
    let unnoticed = all(&window, "").into_iter().find(|l| l.ends_with(" would not be noticed")).unwrap();
    press(&mut window, &unnoticed);
    assert!(app(&window).selection().threat.is_some());
    let cell = all(&window, "").into_iter().find(|l| l.contains("Network, preventive: ")).unwrap();
    press(&mut window, &cell);
    assert_eq!(all(&window, "Take this filter away").len(), 2, "layer and function");
}

#[test]
fn a_good_practice_leads_to_its_places_and_is_planned_there() {
    let mut window = shop();
    shows(&mut window, Key::Num6);
    click(&mut window, "Show: Good practice");
    let row = first(&window, "Security updates: kept at ");
    click(&mut window, &row);
    let lacking = app(&window).selection().items.len();
    assert!(lacking > 0);
    let plan = first(&window, "Security updates: Plan");
    click(&mut window, &plan);
    let row = first(&window, "Security updates: kept at ");
    assert!(row.contains(&format!("planned at {lacking}")) && row.contains("lacking at 0"), "{row}");
}

#[test]
fn the_table_of_threats_shows_only_gaps() {
    let mut window = shop();
    shows(&mut window, Key::Num1);
    click(&mut window, "Gaps");
    let whole = app(&window).assessment().findings.len();
    let today = Date::new(2026, 10, 2).unwrap();
    let coverages = palisade::risk::Coverages::new(model(&window), palisade::library::Library::builtin(), today);
    let all = coverages.all(app(&window).assessment());
    let expected = all.values().filter(|c| **c == palisade::risk::Coverage::Gap).count();
    assert!(expected > 0 && expected < whole);
    assert!(window.query_by_label(&format!("{expected} of {whole}")).is_some());
}

#[test]
fn the_panel_stays_as_high_as_it_is_from_page_to_page() {
    let mut window = shop();
    shows(&mut window, Key::Num1);
    let top = |window: &Window| window.get_by_label_contains("Threats, ").rect().top();
    let was = top(&window);
    for key in [Key::Num4, Key::Num5, Key::Num6] {
        shows(&mut window, key);
        assert_eq!(top(&window), was);
    }
    for look in ["Show: Coverage", "Show: Good practice"] {
        click(&mut window, look);
        assert_eq!(top(&window), was, "{look}");
    }
}

#[test]
fn registers_are_sorted_by_their_headings_up_down_and_back() {
    let mut window = shop();
    shows(&mut window, Key::Num5);
    let agents = |window: &Window| -> Vec<String> {
        let names: Vec<String> = model(window).agents.values().map(|a| format!("{}, ", a.name)).collect();
        let is_agent = |label: &String| names.iter().any(|name| label.starts_with(name.as_str()));
        all(window, "").into_iter().filter(is_agent).collect()
    };
    let own = agents(&window);
    assert!(own.len() > 2, "{own:?}");
    let mut up = own.clone();
    up.sort_by_key(|name| name.to_lowercase());
    press(&mut window, "Sort by agent");
    assert_eq!(agents(&window), up);
    press(&mut window, "Sort by agent, sorted up");
    up.reverse();
    assert_eq!(agents(&window), up);
    // Kept while another page is looked at.
    shows(&mut window, Key::Num6);
    shows(&mut window, Key::Num5);
    assert_eq!(agents(&window), up);
    press(&mut window, "Sort by agent, sorted down");
    assert_eq!(agents(&window), own, "most pressing first");
    for (page, heading) in [(Key::Num4, "Sort by status"), (Key::Num6, "Sort by effect")] {
        shows(&mut window, page);
        if window.query_by_label(heading).is_some() {
            press(&mut window, heading);
            assert!(window.query_by_label(&format!("{heading}, sorted up")).is_some());
        }
    }
}
