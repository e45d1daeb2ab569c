//! Deciding in the window: what each decision asks for, in whose name, and acceptances that have ended. It is
//! 2 October 2026 there.

use crate::support::app::{Window, app, click, open, oracle, press, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::edit::{Document, Edit};
use palisade::library::Library;
use palisade::model::{Decision, Disposition, Key as RecordKey, Person, Role, ThreatKey};
use palisade::open::open as read;
use palisade::risk::assess;
use palisade::storage::Encoding;

/// The web shop, its worst threat accepted until a day.
fn accepted(until: Option<&str>) -> (Window, ThreatKey) {
    let model = read(&std::fs::read(oracle("web-shop")).unwrap(), "web-shop.model.json").unwrap().model;
    let finding = assess(&model, Library::builtin());
    let threat = finding.ranked().first().unwrap().key.clone();
    let mut document = Document::new(model);
    for (id, name, roles) in [("p1", "Ada", [Role::Developer]), ("p2", "Zoe", [Role::Approver])] {
        let person = Person { name: name.into(), roles: roles.into(), ..Person::default() };
        document.commit(&Edit::put(RecordKey::Person(id.into()), person)).unwrap();
    }
    if let Some(until) = until {
        let decision = Decision {
            disposition: Disposition::Accept,
            expires: until.parse().ok(),
            approver: Some("p2".into()),
            ..Decision::default()
        };
        document.commit(&Edit::Decide { threat: threat.clone(), decision }).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, Encoding::Ron.write(document.model()).unwrap()).unwrap();
    let mut window = start(1600.0, 1400.0, None);
    open(&mut window, &path);
    show(&mut window, &threat);
    (window, threat)
}

fn show(window: &mut Window, threat: &ThreatKey) {
    let title = app(window).assessment().findings.get(threat).unwrap().title.clone();
    window.get_all_by_label(&title).next().unwrap().click();
    settle(window);
}

fn decision(window: &Window, threat: &ThreatKey) -> Decision {
    app(window).model().decisions.get(threat).cloned().unwrap_or_default()
}

#[test]
fn an_ended_acceptance_is_told_and_extended_by_one_press() {
    let (mut window, threat) = accepted(Some("2026-03-01"));
    assert_eq!(app(&window).assessment().totals.accepted, 0);
    assert!(window.query_all_by_label("Accepted until 2026-03-01, expired: open again").count() >= 1);
    press(&mut window, "Extend by 90 days");
    let extended = decision(&window, &threat);
    assert_eq!((extended.disposition, extended.expires), (Disposition::Accept, "2026-12-31".parse().ok()));
    assert_eq!((extended.on, extended.approver), ("2026-10-02".parse().ok(), Some("p2".into())));
    assert_eq!(app(&window).assessment().totals.accepted, 1);
    assert!(window.query_by_label("Extend by 90 days").is_none());
}

#[test]
fn accepting_asks_for_an_approver_of_that_role_first_and_an_end() {
    let (mut window, threat) = accepted(None);
    press(&mut window, "Accept");
    let asked = window.get_by_label("Justification").accesskit_node().placeholder().map(str::to_owned);
    assert!(asked.is_some_and(|words| words.to_lowercase().contains("a few words help")));
    press(&mut window, "Accept for 1 year");
    assert_eq!(decision(&window, &threat).expires, "2027-10-02".parse().ok());
    press(&mut window, "Approver");
    let (zoe, ada) = (window.get_by_label("Zoe").rect().top(), window.get_by_label("Ada").rect().top());
    assert!(zoe < ada, "who may approve comes first");
    press(&mut window, "Zoe");
    assert_eq!(decision(&window, &threat).approver, Some("p2".into()));
    assert!(window.query_by_label("Transferred to").is_none());
    press(&mut window, "Transfer");
    window.get_by_label("Transferred to");
    assert!(window.query_by_label("Accept for 1 year").is_none());
}

#[test]
fn somebody_new_is_made_where_an_approver_is_picked() {
    let (mut window, threat) = accepted(Some("2027-01-01"));
    press(&mut window, "Approver");
    window.get_by_label("Search people").type_text("Mo Lang");
    window.run();
    click(&mut window, "New person “Mo Lang”");
    let approver = decision(&window, &threat).approver.unwrap();
    let person = &app(&window).model().people[&approver];
    assert_eq!((person.name.as_str(), &person.roles), ("Mo Lang", &[Role::Approver].into()));
}

#[test]
fn decisions_are_made_in_the_name_of_whoever_works_here() {
    let (mut window, threat) = accepted(None);
    press(&mut window, "Mitigate");
    assert_eq!(decision(&window, &threat).by, None, "nobody said who");
    window.key_press_modifiers(Modifiers::ALT, Key::Enter);
    window.run();
    window.get_by_label("Your name").focus();
    window.run();
    window.get_by_label("Your name").type_text("Kim");
    settle(&mut window);
    show(&mut window, &threat);
    press(&mut window, "Accept");
    let by = decision(&window, &threat).by.unwrap();
    assert_eq!(app(&window).model().name_of(&by), "Kim");
    let people = app(&window).model().people.len();
    press(&mut window, "Avoid");
    assert_eq!(app(&window).model().people.len(), people, "introduced once");
    window.get_by_label("Decided by");
}
