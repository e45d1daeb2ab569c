//! The page of a rule in the window: opened from a threat or by search, read, used to go where the rule fires, closed.
use crate::support::app::{Window, app, click, open, oracle, press, settle};
use egui_kittest::kittest::Queryable;
use palisade::model::Id;

fn start() -> Window {
    let mut window = crate::support::app::start(1600.0, 1400.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn is_shown(window: &Window, text: &str) -> bool {
    window.query_all_by_label(text).next().is_some()
}

/// Opens the page by search.
fn look_up(window: &mut Window, words: &str) {
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    settle(window);
    window.get_by_label("Search").type_text(words);
    settle(window);
    window.key_press(egui::Key::Enter);
    settle(window);
}

#[test]
fn a_threat_leads_to_the_page_of_its_rule() {
    let mut window = start();
    click(&mut window, "Shop database");
    let title = "SQL injection through Back-office console into Shop database";
    let rows: Vec<_> = window.query_all_by_label(title).collect();
    rows.into_iter().find(|n| n.rect().left() > 1290.0).unwrap().click_accesskit();
    settle(&mut window);
    assert!(!is_shown(&window, "When it fires"));
    click(&mut window, "About this rule");
    for text in ["SQL injection through the caller into the called element", "When it fires", "When it is a false alarm"] {
        assert!(is_shown(&window, text), "{text}");
    }
    for text in ["Controls that answer it", "How to verify", "Copy the address of CWE-89", "Show at Shop database"] {
        assert!(is_shown(&window, text), "{text}");
    }
    window.key_press(egui::Key::Escape);
    settle(&mut window);
    assert!(!is_shown(&window, "When it fires"), "Esc closes the page");
    assert_eq!(app(&window).selection().single(), Some(&Id::new("db")), "and nothing else");
}

#[test]
fn a_rule_is_looked_up_and_leads_to_where_it_fires() {
    let mut window = start();
    look_up(&mut window, "T-AUT-04");
    assert!(is_shown(&window, "The called element accepts sensitive requests without authentication"));
    let places = window.query_all_by_label_contains("Show at ").count();
    let found = app(&window).assessment().of_rule(&Id::new("T-AUT-04")).len();
    assert!(found > 1 && places == found, "{places} of {found}");
    press(&mut window, "Show at Session cache");
    assert!(!is_shown(&window, "When it fires"), "the page makes way");
    let key = app(&window).selection().threat.clone().unwrap();
    assert_eq!((key.rule.as_str(), key.anchor.as_str()), ("T-AUT-04", "cache"));
}

#[test]
fn a_rule_that_is_not_asked_says_so() {
    let mut window = start();
    look_up(&mut window, "T-CPS-01");
    assert!(is_shown(&window, "It is not asked here: its pack or its depth is switched off."));
    click(&mut window, "Close the page");
    look_up(&mut window, "T-IOT-07");
    assert!(is_shown(&window, "It fires nowhere."));
}
