//! The page of rating methods in the whole window: methods side by side, factors set by hand and taken back, vectors, impact
//! areas and worksheets, losses played through.

use crate::support::app::{Window, app, click, key, open, oracle, press, settle, start, write};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::library::Library;
use palisade::methods::{Rater, Sheet, quantified, simulate};
use palisade::model::*;
use palisade::open::open as read;
use palisade::progress::Quiet;
use palisade::storage::Encoding;

/// A model with the page of methods.
fn page(model: &ThreatModel) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, Encoding::Ron.write(model).unwrap()).unwrap();
    let mut window = start(1600.0, 1400.0, None);
    open(&mut window, &path);
    press(&mut window, "Methods");
    (window, folder)
}

fn shop() -> ThreatModel {
    read(&std::fs::read(oracle("web-shop")).unwrap(), "web-shop.model.json").unwrap().model
}

/// Types into a number: a click makes it a field.
fn enter(window: &mut Window, number: &str, text: &str) {
    window.get_by_role_and_label(Role::SpinButton, number).click_accesskit();
    settle(window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(text.into()));
    key(window, Modifiers::NONE, Key::Enter);
}

fn all(window: &Window, beginning: &str) -> Vec<String> {
    let found = window.query_all(By::new().predicate(|node| node.label().is_some_and(|label| label.starts_with(beginning))));
    found.filter_map(|node| node.accesskit_node().label()).collect()
}

fn bytes(window: &Window) -> String {
    Encoding::Ron.write(app(window).model()).unwrap()
}

/// The threat the page is about: the worst one.
fn worst(window: &Window) -> ThreatKey {
    let counting = app(window).assessment().findings.values().filter(|f| f.counts());
    let by_score = |a: &&palisade::risk::Finding, b: &&palisade::risk::Finding| {
        a.current.score.total_cmp(&b.current.score).then_with(|| b.key.cmp(&a.key))
    };
    counting.max_by(by_score).unwrap().key.clone()
}

fn sheet(window: &Window, method: Method) -> Sheet {
    let app = app(window);
    Rater::new(app.model(), Library::builtin(), app.assessment()).sheet(&worst(window), method).unwrap()
}

/// What the row of a method says.
fn row(sheet: &Sheet) -> String {
    format!("{}: {}, {}", sheet.method.label(), sheet.current.told, sheet.current.label)
}

/// Shows a method.
fn choose(window: &mut Window, method: Method) {
    let row = row(&sheet(window, method));
    press(window, &row);
}

#[test]
fn every_method_says_what_the_core_says() {
    let (window, _folder) = page(&shop());
    for method in Method::ALL {
        window.get_by_label(&row(&sheet(&window, *method)));
    }
}

#[test]
fn a_factor_is_set_by_hand_with_a_reason_and_taken_back() {
    let (mut window, _folder) = page(&shop());
    let before = bytes(&window);
    choose(&mut window, Method::Owasp);
    let said = sheet(&window, Method::Owasp).current.told;
    enter(&mut window, "Motive", "2");
    let threat = worst(&window);
    let given = |window: &Window| app(window).model().appraisals.get(&threat).and_then(|a| a.given.get("owasp.motive").cloned());
    assert_eq!(given(&window).unwrap().value, FactorValue::Mark(2.0));
    assert_ne!(sheet(&window, Method::Owasp).current.told, said, "the rating follows");
    window.get_by_label(&row(&sheet(&window, Method::Owasp)));
    write(&mut window, "Why Motive is set by hand", "Nobody gains from it");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(given(&window).unwrap().reason, "Nobody gains from it");
    press(&mut window, "Motive: as the model says");
    assert_eq!(given(&window), None);
    assert_eq!(bytes(&window), before, "nothing is left of it");
    for _ in 0..3 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(bytes(&window), before, "value, reason and taking back are a step each");
}

#[test]
fn a_vector_sets_what_it_names_and_a_wrong_one_changes_nothing() {
    let (mut window, _folder) = page(&shop());
    let before = bytes(&window);
    choose(&mut window, Method::Cvss40);
    write(&mut window, "CVSS vector", "CVSS:4.0/AV:L/AC:L/AT:N/PR:Q");
    window.get_by_label_contains("PR can be N, L, H, not “Q”");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(bytes(&window), before);
    let required = sheet(&window, Method::Cvss40).factor("cvss40.CR").unwrap().letter().unwrap().to_owned();
    write(&mut window, "CVSS vector", "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let rated = sheet(&window, Method::Cvss40);
    // A vector of the validation page.
    assert_eq!(rated.inherent.told, "9.3");
    assert_eq!(rated.factor("cvss40.CR").unwrap().letter(), Some(required.as_str()), "what assets require stays");
    window.get_by_label(&row(&rated));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(bytes(&window), before, "a vector is one step");
    // The same by hand, metric by metric.
    window.get_by_role_and_label(Role::ComboBox, "Attack vector").click_accesskit();
    settle(&mut window);
    press(&mut window, "P physical");
    assert_eq!(sheet(&window, Method::Cvss40).factor("cvss40.AV").unwrap().letter(), Some("P"));
}

#[test]
fn impact_areas_are_ranked_named_and_added_and_a_worksheet_follows_the_asset() {
    let (mut window, _folder) = page(&shop());
    let areas = |window: &Window| app(window).model().info.rating.impact_areas.clone();
    choose(&mut window, Method::Allegro);
    let before = (areas(&window), bytes(&window));
    enter(&mut window, "Financial", "1");
    press(&mut window, "Financial: more important");
    assert_eq!(areas(&window)[0], "Financial");
    press(&mut window, "New impact area");
    assert_eq!(areas(&window).last().map(String::as_str), Some("New area"));
    write(&mut window, "Impact area 6", "Supply chain");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(areas(&window)[5], "Supply chain");
    assert_eq!(sheet(&window, Method::Allegro).factors.len(), 7, "six areas and the probability");
    // What was set by hand for an area goes along with its name.
    write(&mut window, "Impact area 1", "Money");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let given = &app(&window).model().appraisals[&worst(&window)].given;
    assert_eq!(given.keys().collect::<Vec<_>>(), ["allegro.Money"]);
    press(&mut window, "Remove the impact area Supply chain");
    assert_eq!(areas(&window).len(), 5);
    window.get_by_label(&row(&sheet(&window, Method::Allegro)));
    // The worksheet of what the threat harms.
    let harmed = app(&window).assessment().findings[&worst(&window)].assets.iter().next().unwrap().clone();
    let rater = Rater::new(app(&window).model(), Library::builtin(), app(&window).assessment());
    let worksheet = rater.worksheet(&harmed).unwrap();
    assert!(!worksheet.containers.is_empty() && worksheet.risks.len() == 5);
    let first = &worksheet.containers[0];
    let whose = if first.is_internal { "internal" } else { "external" };
    let name = palisade::risk::name_of(app(&window).model(), &first.at);
    assert!(!all(&window, &format!("{name} ({whose}")).is_empty());
    let risk = format!("{}: ", worksheet.risks[0].1.current.told);
    assert!(!all(&window, &risk).is_empty());
    while areas(&window) != before.0 || bytes(&window) != before.1 {
        let at = bytes(&window);
        key(&mut window, Modifiers::COMMAND, Key::Z);
        assert_ne!(bytes(&window), at, "everything can be taken back");
    }
}

#[test]
fn years_are_played_through_beside_the_window_and_again_when_the_model_changes() {
    let (mut window, _folder) = page(&shop());
    choose(&mut window, Method::Money);
    window.get_by_label_contains("Nothing says what a loss costs");
    let mut model = shop();
    for asset in model.assets.values_mut() {
        asset.loss = Some(Pert { min: 40_000.0, mode: 250_000.0, max: 2_000_000.0 });
    }
    let (mut window, _folder) = page(&model);
    choose(&mut window, Method::Money);
    let told = |window: &Window| all(window, "Loss-exceedance curve. ").into_iter().next().expect("the curve in words");
    let played = |window: &Window| {
        let (library, app) = (Library::builtin(), app(window));
        let found = quantified(app.model(), library, app.assessment(), &Quiet).unwrap();
        let numbers = &library.calibration.methods.money;
        simulate(&found.whole(app.assessment()), numbers.years, numbers.activity, &Quiet).unwrap()
    };
    let years = played(&window);
    let first = told(&window);
    assert!(first.contains(&format!("{:.0} % of years bring a loss", 100.0 * years.any)), "{first}");
    window.get_by_label_contains("a year on average");
    window.get_by_label_contains("Indicative: estimates multiplied by estimates, played through 10\u{202f}000 times");
    enter(&mut window, "Greatest loss", "90000000");
    let second = told(&window);
    assert_ne!(first, second, "what is shown is of the model as it is now");
    assert!(played(&window).mean > years.mean);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(told(&window), first, "the same model gives the same years");
}

#[test]
fn the_method_of_the_model_is_chosen_where_methods_are_compared() {
    let (mut window, _folder) = page(&shop());
    press(&mut window, "Method of the model");
    click(&mut window, "DREAD");
    assert_eq!(app(&window).model().info.rating.method, Method::Dread);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).model().info.rating.method, Method::LikelihoodImpact);
}
