//! The inspector, as a person uses it, by mouse and by keyboard.

use crate::support::app::{Window, app, click, open, oracle, press, settle};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::{Attach, Authn, Date, Disposition, Id, Layer, Placement, Site};
use palisade::risk::Finding;

fn start() -> Window {
    // High enough that hardly anything has to be scrolled into view.
    let mut window = crate::support::app::start(1600.0, 2400.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn focus(window: &mut Window, label: &str) {
    window.get_by_label(label).focus();
    settle(window);
}

fn key(window: &mut Window, key: egui::Key) {
    window.key_press(key);
    settle(window);
}

fn write(window: &mut Window, field: &str, text: &str) {
    focus(window, field);
    window.get_by_label(field).type_text(text);
    settle(window);
}

/// Searches for an element, flow or boundary and selects it.
fn find(window: &mut Window, name: &str) {
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    settle(window);
    window.get_by_label("Search").type_text(name);
    settle(window);
    key(window, egui::Key::Enter);
    assert!(app(window).selection().single().is_some(), "{name}");
}

fn injection(window: &Window) -> &Finding {
    let assessment = app(window).assessment();
    assessment.findings.values().find(|f| f.title.contains("SQL injection")).unwrap()
}

fn show_injection(window: &mut Window) {
    click(window, "Shop database");
    let title = injection(window).title.clone();
    let rows: Vec<_> = window.query_all_by_label(&title).collect();
    rows.into_iter().find(|n| n.rect().left() > 1290.0).unwrap().click_accesskit();
    settle(window);
}

/// Everything keeps to the width of the panel.
fn nothing_sticks_out(window: &Window) {
    for node in window.query_all_by_label_contains("") {
        assert!(node.rect().right() <= 1601.0, "{node:?}");
    }
}

#[test]
fn a_loose_end_stays_where_it_was_drawn() {
    let mut window = start();
    find(&mut window, "Nightly backup");
    let flow = app(&window).selection().single().unwrap().clone();
    let was = app(&window).model().flows[&flow].clone();
    click(&mut window, "To");
    click(&mut window, "Loose end");
    let model = app(&window).model();
    assert_eq!((&model.flows[&flow].from, &model.flows[&flow].to), (&was.from, &None));
    let diagram = model.diagram_order()[0].clone();
    let Some(Placement::Route(route)) = model.placement(&diagram, &flow).cloned() else { panic!("still drawn") };
    assert!(matches!(route.end, Attach::Loose(_)), "{route:?}");
    nothing_sticks_out(&window);

    click(&mut window, "To");
    let rows: Vec<_> = window.query_all_by_label("Log store").collect();
    rows.into_iter().max_by(|a, b| a.rect().left().total_cmp(&b.rect().left())).unwrap().click();
    settle(&mut window);
    let model = app(&window).model();
    let to = model.flows[&flow].to.clone().unwrap();
    assert_eq!(model.elements[&to].name, "Log store");
    let Some(Placement::Route(route)) = model.placement(&diagram, &flow) else { panic!("still drawn") };
    assert_eq!(route.end, Attach::Auto);
}

#[test]
fn a_control_of_the_whole_model_is_not_detached_by_mistake() {
    let mut window = start();
    show_injection(&mut window);
    press(&mut window, "Attach Parameterised data access");
    click(&mut window, "Implemented");
    let (id, instance) = app(&window).model().instances.iter().find(|(_, i)| i.control == "C-APP-PARAM").unwrap();
    let (id, site) = (id.clone(), instance.at.first().cloned().unwrap());
    let Site::At(place) = site else { panic!("{site:?}") };
    // Where it is attached, it can be detached; its test has a date and a result.
    let name = app(&window).model().name_of(&place).to_owned();
    click(&mut window, &name);
    press(&mut window, "Parameterised data access");
    window.get_by_label("Detach");
    press(&mut window, "Evidence");
    click(&mut window, "Tested");
    write(&mut window, "Result of the test", "no injection in 40 requests");
    key(&mut window, egui::Key::Enter);
    let evidence = app(&window).model().instances[&id].evidence.clone();
    assert_eq!((evidence.result.as_str(), evidence.on), ("no injection in 40 requests", Date::new(2026, 10, 2)));
    press(&mut window, "Detach");
    assert!(!app(&window).model().instances.contains_key(&id));
}

#[test]
fn a_threat_is_written_where_it_was_asked_for_even_when_the_panel_was_hidden() {
    let mut window = start();
    click(&mut window, "Shop database");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::I);
    settle(&mut window);
    assert!(window.query_by_label("Trust boundary").is_none());
    click(&mut window, "Log store");
    key(&mut window, egui::Key::T);
    window.get_by_label("Title of the new threat").type_text("Logs are sold");
    settle(&mut window);
    key(&mut window, egui::Key::Enter);
    let model = app(&window).model();
    let threat = model.threats.values().find(|t| t.title == "Logs are sold").unwrap();
    assert_eq!(model.name_of(threat.targets.first().unwrap()), "Log store");
}

#[test]
fn a_threat_begun_in_two_keys_goes_on_as_a_whole_sentence() {
    let mut window = start();
    click(&mut window, "Log store");
    key(&mut window, egui::Key::T);
    window.get_by_label("Title of the new threat").type_text("Sell the logs");
    settle(&mut window);
    key(&mut window, egui::Key::Tab);
    assert!(window.query_by_label("Who attacks").is_some(), "the form is there");
    let said = |window: &Window, words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(said(&window, "could sell the logs at Log store, which harms the integrity"));
    press(&mut window, "Harms confidentiality");
    press(&mut window, "Add threat");
    let model = app(&window).model();
    let threat = model.threats.values().find(|t| t.title == "Sell the logs").unwrap();
    assert!(threat.description.contains("could sell the logs at Log store, which harms the confidentiality and integrity of"));
    assert!(threat.hits.c > 0.0 && threat.hits.i > 0.0 && threat.hits.a == 0.0);
    // The button of the inspector leads there at once.
    click(&mut window, "Write a threat by hand");
    assert!(window.query_by_label("Who attacks").is_some() && said(&window, "could … at Log store"));
}

#[test]
fn the_form_of_a_threat_comes_into_view() {
    let mut window = crate::support::app::start(1280.0, 720.0, None);
    open(&mut window, &oracle("web-shop"));
    find(&mut window, "Shop database");
    key(&mut window, egui::Key::T);
    key(&mut window, egui::Key::Tab);
    let field = window.get_by_label("Title of the new threat").rect();
    let threats = window.get_by_label("Filter threats").rect();
    assert!(field.top() > 40.0 && field.bottom() < threats.top(), "{field:?} {threats:?}");
}

#[test]
fn the_name_of_an_asset_leads_to_what_it_is_worth() {
    let mut window = start();
    find(&mut window, "Shop database");
    press(&mut window, "Open Customer records");
    let node = window.get_by_label("Name of the asset");
    assert_eq!(node.accesskit_node().value().as_deref(), Some("Customer records"));
}

#[test]
fn the_reasons_belong_to_the_model_that_is_open() {
    let mut window = start();
    show_injection(&mut window);
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.model.json");
    let shop = oracle("web-shop");
    let text = std::fs::read_to_string(shop).unwrap();
    std::fs::write(&other, text.replace("Back-office console", "Admin desk")).unwrap();
    assert!(window.query_all_by_label_contains("Back-office console").next().is_some());
    open(&mut window, &other);
    show_injection(&mut window);
    assert!(window.query_all_by_label_contains("Back-office console").next().is_none());
}

#[test]
fn a_decision_on_old_grounds_is_confirmed() {
    let mut window = start();
    show_injection(&mut window);
    press(&mut window, "Accept");
    let threat = app(&window).selection().threat.clone().unwrap();
    assert_eq!(app(&window).model().decisions[&threat].disposition, Disposition::Accept);
    assert!(window.query_by_label("Decision still holds").is_none());

    press(&mut window, "Remove the tag Runs in a cloud");
    press(&mut window, "Decision still holds");
    assert!(app(&window).assessment().findings[&threat].stale.is_empty());
    assert_eq!(app(&window).model().decisions[&threat].disposition, Disposition::Accept);
}

#[test]
fn decisions_and_answers_need_no_mouse() {
    let mut window = start();
    show_injection(&mut window);
    let threat = app(&window).selection().threat.clone().unwrap();
    focus(&mut window, "Mitigate");
    key(&mut window, egui::Key::Space);
    assert_eq!(app(&window).model().decisions[&threat].disposition, Disposition::Mitigate);
    nothing_sticks_out(&window);

    focus(&mut window, "Attach Parameterised data access");
    key(&mut window, egui::Key::Enter);
    focus(&mut window, "Implemented");
    key(&mut window, egui::Key::Enter);
    assert!(app(&window).model().instances.values().any(|i| i.control == "C-APP-PARAM"));

    find(&mut window, "Nightly backup");
    let flow = app(&window).selection().single().unwrap().clone();
    focus(&mut window, "Authentication");
    key(&mut window, egui::Key::Space);
    focus(&mut window, Authn::ALL[1].label());
    key(&mut window, egui::Key::Enter);
    assert_eq!(app(&window).model().flows[&flow].authn, Authn::ALL[1]);
}

#[test]
fn a_model_brings_controls_of_its_own() {
    let mut window = start();
    click(&mut window, "Shop database");
    press(&mut window, "Attach a control");
    window.get_by_label("Search controls").focus();
    settle(&mut window);
    window.get_by_label("Search controls").type_text("Two people at the vault");
    settle(&mut window);
    key(&mut window, egui::Key::Enter);
    let model = app(&window).model();
    let (id, _) = model.controls.iter().find(|(_, c)| c.name == "Two people at the vault").unwrap();
    let id: Id = id.clone();
    assert!(model.instances.values().any(|i| i.control == id.as_str()));
    press(&mut window, "Strength in percent: 95");
    assert_eq!(app(&window).model().controls[&id].strength, 0.95);
    nothing_sticks_out(&window);
}

#[test]
fn an_asset_has_records_and_a_price() {
    let mut window = start();
    press(&mut window, "Customer passwords");
    let asset = |w: &Window| app(w).model().assets.values().find(|a| a.name == "Customer passwords").unwrap().clone();
    nothing_sticks_out(&window);
    write(&mut window, "Number of records", "12000");
    write(&mut window, "Likely loss of one event", "90000");
    key(&mut window, egui::Key::Enter);
    assert_eq!(asset(&window).records, Some(12000));
    assert_eq!(asset(&window).loss.map(|l| l.mode), Some(90000.0));
}

#[test]
fn enter_ends_a_field_and_what_is_no_date_stays_to_be_put_right() {
    let mut window = start();
    show_injection(&mut window);
    click(&mut window, "Accept");
    nothing_sticks_out(&window);
    let names = |window: &Window| app(window).model().elements.values().map(|e| e.name.clone()).collect::<Vec<_>>();
    let before = names(&window);
    write(&mut window, "Expires", "soon");
    key(&mut window, egui::Key::Enter);
    window.event(egui::Event::Text("written nowhere".into()));
    settle(&mut window);
    assert_eq!(names(&window), before, "Enter began no name on the canvas");
    let expires = |window: &Window| window.get_by_label("Expires").accesskit_node().value();
    assert!(expires(&window).is_some_and(|text| text.contains("soon")), "{:?}", expires(&window));
    focus(&mut window, "Expires");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Expires").type_text("2027-03-31");
    settle(&mut window);
    key(&mut window, egui::Key::Enter);
    let threat = injection(&window).key.clone();
    let decision = app(&window).model().decisions.get(&threat).cloned().unwrap();
    assert_eq!(decision.expires, Some("2027-03-31".parse::<Date>().unwrap()));
}

#[test]
fn a_factor_of_a_number_leads_to_what_it_is_about() {
    let mut window = start();
    show_injection(&mut window);
    let explained = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    let asset = app(&window).model().assets.values().map(|a| a.name.clone()).collect::<Vec<_>>();
    let factors: Vec<String> = window
        .query_all_by_role(egui::accesskit::Role::Button)
        .map(|n| explained(&n))
        .filter(|l| l.contains(" of 4, "))
        .collect();
    let factor = factors.first().expect("the asset at stake is one of the factors").clone();
    let name = asset.into_iter().find(|name| factor.contains(name.as_str())).expect("it names the asset");
    press(&mut window, &factor);
    assert!(window.query_by_label("Name of the asset").is_some(), "its fields are open");
    assert_eq!(window.get_by_label("Name of the asset").accesskit_node().value().as_deref(), Some(name.as_str()));
}

#[test]
fn where_a_value_comes_from_stands_before_it() {
    let mut window = start();
    let says = |window: &Window, words: &str| window.query_all_by_label_contains(words).next().is_some();
    find(&mut window, "Shop database");
    for words in [
        "Trust boundary: set here",
        "Reached from: worked out from the flows",
        "Technology: set here",
        "Layer: by the technology",
        "Owner: not stated; nobody answers for it",
        "Scope: assumed, as usual",
    ] {
        assert!(says(&window, words), "{words}");
    }
    // What somebody says is set from then on.
    let id = app(&window).selection().single().cloned().unwrap();
    window.get_by_label("Layer").click_accesskit();
    settle(&mut window);
    click(&mut window, "Third party");
    assert_eq!(app(&window).model().elements[&id].layer, Some(Layer::ThirdParty));
    assert!(says(&window, "Layer: set here"));
}

#[test]
fn agents_and_vulnerabilities_say_where_their_values_come_from() {
    let mut window = start();
    open(&mut window, &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron"));
    let says = |window: &Window, words: &str| window.query_all_by_label_contains(words).next().is_some();
    press(&mut window, "Organised criminals");
    for words in ["Kind: set here", "Capability: assumed, as usual for this kind", "Access: assumed, as usual for this kind"] {
        assert!(says(&window, words), "{words}");
    }
    press(&mut window, "Capability: 2");
    assert!(says(&window, "Capability: set here"));
    press(&mut window, "New threat agent");
    for words in ["Kind: not stated", "Capability: assumed, a middling 3", "Access: not stated", "Starts at: not stated"] {
        assert!(says(&window, words), "{words}");
    }
    find(&mut window, "Shop web application");
    press(&mut window, "New vulnerability");
    for words in ["Kind: not stated", "CWE: not stated", "Status: assumed, as long as nobody confirms it", "Threats: not stated"]
    {
        assert!(says(&window, words), "{words}");
    }
    write(&mut window, "CWE number", "79");
    assert!(app(&window).model().vulnerabilities.values().any(|v| v.cwe == Some(79)));
    assert!(says(&window, "CWE: set here"));
}
