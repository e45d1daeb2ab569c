//! A room full of people: who was decided what by, with reasons; a dozen of them reached by keys; and what they see at the end.

use crate::support::app::{Window, app, services, settle};
use crate::support::stage::{open_copy, press, says, shift, write};
use egui::Key;
use palisade::model::*;
use std::path::PathBuf;

fn staged(size: (f32, f32)) -> (Window, tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = open_copy(folder.path(), "web-shop", size, services(None));
    press(&mut window, Key::F5);
    (window, folder, path)
}

fn to_threats(window: &mut Window) {
    (0..3).for_each(|_| shift(window, Key::PageDown));
}

fn come(window: &mut Window, names: &[&str]) {
    press(window, Key::W);
    names.iter().for_each(|name| write(window, name));
    press(window, Key::Escape);
    press(window, Key::Escape);
}

fn session(window: &Window) -> Session {
    app(window).model().sessions.values().next().cloned().unwrap_or_default()
}

fn last(window: &Window) -> Resolution {
    session(window).decided.last().cloned().unwrap()
}

const DOZEN: [&str; 12] =
    ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hanna", "Ida", "Jon", "Kim", "Lea Longname-Fitzgerald"];

#[test]
fn whoever_disagrees_among_a_dozen_is_reached_by_keys() {
    let (mut window, ..) = staged((1280.0, 720.0));
    come(&mut window, &DOZEN);
    assert_eq!(session(&window).attendance.len(), 12);
    to_threats(&mut window);
    press(&mut window, Key::M);
    press(&mut window, Key::D);
    (0..20).for_each(|_| press(&mut window, Key::ArrowDown));
    press(&mut window, Key::Space);
    (0..2).for_each(|_| press(&mut window, Key::ArrowUp));
    press(&mut window, Key::Space);
    press(&mut window, Key::Enter);
    let names: Vec<String> = last(&window).dissent.iter().map(|id| app(&window).model().name_of(id).to_owned()).collect();
    assert!(names.len() == 2 && names.contains(&"Lea Longname-Fitzgerald".to_owned()) && names.contains(&"Jon".to_owned()));
    // All of them vote, and the card of one of the last is played.
    press(&mut window, Key::V);
    assert!(says(&window, "0 of 12 have scored"));
    for n in 0..12 {
        assert!(says(&window, &format!("{n} of 12 have scored")));
        press(&mut window, Key::Num3);
        press(&mut window, if n < 6 { Key::Num4 } else { Key::Num5 });
    }
    assert!(says(&window, "Median: likelihood 3, impact 5"), "of an even number the higher of the middle two");
    press(&mut window, Key::Enter);
    press(&mut window, Key::C);
    (0..20).for_each(|_| press(&mut window, Key::ArrowDown));
    press(&mut window, Key::Y);
    let by = session(&window).plays.last().and_then(|play| play.by.clone()).unwrap();
    assert_eq!(app(&window).model().name_of(&by), "Lea Longname-Fitzgerald");
    assert!(says(&window, "points for Lea Longname-Fitzgerald"), "the room is told");
}

#[test]
fn what_was_decided_before_is_confirmed_and_only_the_sessions_own_decisions_are_taken_back() {
    let (mut window, ..) = staged((1920.0, 1080.0));
    let decided = |window: &Window| app(window).model().decisions.clone();
    to_threats(&mut window);
    shift(&mut window, Key::PageDown);
    // The gravest element that nobody reviewed has a threat that is being mitigated.
    let before = decided(&window);
    press(&mut window, Key::M);
    assert!(decided(&window) == before, "it stays as it was decided");
    assert_eq!((last(&window).disposition, last(&window).text.as_str()), (Disposition::Mitigate, "Mitigate, confirmed"));
    assert!(says(&window, "Confirmed: Mitigate"));
    press(&mut window, Key::M);
    assert_eq!(last(&window).text, "Open again", "what this session said is taken back by the same key");
}

#[test]
fn a_reason_is_asked_for_where_one_is_owed_and_is_in_the_decision_and_the_summary() {
    let (mut window, _folder, path) = staged((1280.0, 720.0));
    to_threats(&mut window);
    press(&mut window, Key::A);
    assert!(says(&window, "N says why"));
    press(&mut window, Key::N);
    write(&mut window, "The insurance covers it until spring");
    let line = last(&window);
    assert_eq!(line.text, "Accept: The insurance covers it until spring");
    let decision = app(&window).model().decisions[line.threat.as_ref().unwrap()].clone();
    assert_eq!(decision.justification, "The insurance covers it until spring");
    assert!(session(&window).notes.is_empty());
    // With its reason given, the same key writes a note.
    press(&mut window, Key::N);
    write(&mut window, "Ask the broker");
    assert_eq!(session(&window).notes.len(), 1);
    press(&mut window, Key::F9);
    let text = std::fs::read_to_string(path.with_file_name("model-session-1-2026-10-02.md")).unwrap();
    assert!(text.contains("Accept: The insurance covers it until spring") && text.contains("Ask the broker"));
}

#[test]
fn somebody_does_something_about_a_threat_by_a_day() {
    let (mut window, _folder, path) = staged((1280.0, 720.0));
    come(&mut window, &["Ann", "Bob"]);
    to_threats(&mut window);
    press(&mut window, Key::J);
    assert!(says(&window, "Who does it?"));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    let key = last(&window).threat.unwrap();
    let decision = |window: &Window| app(window).model().decisions[&key].clone();
    let owner = decision(&window).owner.unwrap();
    assert_eq!((app(&window).model().name_of(&owner), decision(&window).disposition), ("Bob", Disposition::Mitigate));
    write(&mut window, "soon");
    assert_eq!(decision(&window).due, None);
    // What is no day is asked for again.
    write(&mut window, "3w");
    assert_eq!(decision(&window).due, Date::new(2026, 10, 23));
    assert!(says(&window, "Owner Bob, 2026-10-23"));
    press(&mut window, Key::F9);
    let text = std::fs::read_to_string(path.with_file_name("model-session-1-2026-10-02.md")).unwrap();
    assert!(text.contains("| Bob | 23 October 2026 |"), "{text}");
}

#[test]
fn the_figures_of_a_threat_stay_those_of_their_time_while_another_time_is_looked_at() {
    let (mut window, ..) = staged((1920.0, 1080.0));
    let moved = app(&window)
        .assessment()
        .ranked()
        .into_iter()
        .find(|f| f.counts() && f.disposition == Disposition::Open && f.planned.score + 5.0 < f.current.score);
    let (title, now, then) = moved.map(|f| (f.title.clone(), f.current.score, f.planned.score)).expect("something is planned");
    to_threats(&mut window);
    while !says(&window, &title) {
        press(&mut window, Key::ArrowRight);
    }
    let shown = |window: &Window| says(window, &format!("Current {now:.1}")) && says(window, &format!("Planned {then:.1}"));
    assert!(shown(&window));
    press(&mut window, Key::Backslash);
    assert!(shown(&window) && says(&window, &format!(" {then:.1}")), "with the plans carried out");
    press(&mut window, Key::Backslash);
    assert!(shown(&window), "before controls");
}

#[test]
fn the_end_shows_what_was_agreed_and_where_it_is_written() {
    let (mut window, folder, _path) = staged((1280.0, 720.0));
    come(&mut window, &["Ann", "Bob"]);
    to_threats(&mut window);
    press(&mut window, Key::M);
    press(&mut window, Key::Semicolon);
    write(&mut window, "Who owns the keys?");
    press(&mut window, Key::F9);
    for expected in
        ["Session 1 is closed", "2 people", "1 parked", "Next steps", "Mitigate T-", "Come back to: Who owns the keys?"]
    {
        assert!(says(&window, expected), "{expected}");
    }
    assert!(says(&window, "model-session-1-2026-10-02, as PDF and as Markdown"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Session 1 is closed") && says(&window, "Open threats 1 of"));
    // Where it cannot be written, that is told, too.
    drop(folder);
    press(&mut window, Key::F9);
    assert!(says(&window, "The summary was not written") && !says(&window, "as PDF and as Markdown"));
}

#[test]
fn every_key_of_the_stage_is_on_one_page_and_pictures_beside_each_other_have_all_the_width() {
    let (mut window, ..) = staged((1280.0, 720.0));
    press(&mut window, Key::F1);
    for expected in ["Next step →", "Vote blind V", "Park a matter ;", "Close, with a summary F9", "Spotlight Shift"] {
        assert!(says(&window, expected), "{expected}");
    }
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Vote blind V"));
    press(&mut window, Key::Z);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::B);
    settle(&mut window);
    use egui_kittest::kittest::Queryable;
    let [today, planned] = ["Today: Load", "Planned: Load"].map(|name| window.get_by_label_contains(name).rect());
    let bar = window.get_by_label_contains("Step 1 of").rect();
    let is_same = |a: f32, b: f32| (a - b).abs() < 1.0;
    assert!(is_same(today.left(), bar.left()) && is_same(planned.right(), bar.right()), "{today} {planned} {bar}");
    assert!(is_same(today.width(), planned.width()));
    press(&mut window, Key::Escape);
    assert!(says(&window, "Scenarios"), "and then the list is beside the picture again");
}
