//! Presenting: a step at a time by keyboard, everything editable and written down, and back to exactly what was shown before.

use crate::support::app::{Window, app, services, settle};
use crate::support::stage::{open_copy, press, says, shift, write};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::*;
use palisade::theme::Theme;
use palisade::ui::{Command, style};
use std::path::PathBuf;

/// The sample in a folder of its own.
fn shop(width: f32, height: f32) -> (Window, tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (window, path) = open_copy(folder.path(), "web-shop", (width, height), services(None));
    (window, folder, path)
}

/// To the first step about a threat.
fn to_threats(window: &mut Window) {
    for _ in 0..3 {
        shift(window, Key::PageDown);
    }
    assert!(says(window, "Open threats 1 of"));
}

fn session(window: &Window) -> Session {
    app(window).model().sessions.values().next().cloned().unwrap_or_default()
}

fn decisions(window: &Window) -> usize {
    app(window).model().decisions.values().filter(|d| !d.is_blank()).count()
}

#[test]
fn the_stage_is_for_a_projector_and_escape_comes_back_to_the_same_view() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
    settle(&mut window);
    let look = |window: &Window| {
        let corner = app(window).world_at(egui::pos2(600.0, 300.0));
        (corner, window.ctx.zoom_factor(), style::theme_of(&window.ctx.global_style().visuals), says(window, "Inspector"))
    };
    let (before, model) = (look(&window), app(&window).model().clone());
    press(&mut window, Key::F5);
    assert_eq!(style::theme_of(&window.ctx.global_style().visuals), Theme::Projector);
    assert!(says(&window, "Step 1 of") && says(&window, "Coverage "));
    // The smallest letters of the interface, in pixels.
    assert!(11.0 * window.ctx.zoom_factor() >= 24.0);
    press(&mut window, Key::ArrowRight);
    assert!(says(&window, "Step 2 of"));
    press(&mut window, Key::Escape);
    assert_eq!(look(&window), before);
    assert!(app(&window).model() == &model && !app(&window).is_dirty(), "looking changes nothing");
    // The same from a small window.
    let (mut small, ..) = shop(1280.0, 720.0);
    press(&mut small, Key::F5);
    assert!(11.0 * small.ctx.zoom_factor() >= 24.0);
}

#[test]
fn threats_are_decided_by_one_key_each_and_logged_in_one_step() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    let before = app(&window).model().clone();
    press(&mut window, Key::F5);
    to_threats(&mut window);
    let decided = decisions(&window);
    press(&mut window, Key::M);
    assert_eq!(decisions(&window), decided + 1);
    let line = session(&window).decided.last().cloned().unwrap();
    assert_eq!(line.disposition, Disposition::Mitigate);
    assert_eq!(app(&window).model().decisions[line.threat.as_ref().unwrap()].disposition, Disposition::Mitigate);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::X);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::A);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::T);
    let log: Vec<Disposition> = session(&window).decided.iter().map(|line| line.disposition).collect();
    assert_eq!(log, [Disposition::Mitigate, Disposition::NotApplicable, Disposition::Accept, Disposition::Transfer]);
    assert!(session(&window).start.is_some(), "how it was when it began is kept");
    for _ in 0..12 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert!(app(&window).model() == &before, "undo takes it all back");
}

#[test]
fn levels_are_scored_by_digits() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    press(&mut window, Key::F5);
    to_threats(&mut window);
    for key in [Key::S, Key::Num2, Key::Num4] {
        press(&mut window, key);
    }
    let line = session(&window).decided.last().cloned().unwrap();
    let levels = app(&window).model().decisions[line.threat.as_ref().unwrap()].level_override.clone().unwrap();
    assert_eq!((levels.likelihood, levels.impact), (2, 4));
    assert_eq!(session(&window).decided.len(), 1, "two levels are one line of the log");
}

#[test]
fn people_vote_blind_and_the_median_counts() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    press(&mut window, Key::F5);
    press(&mut window, Key::W);
    for name in ["Ann", "Bob", "Cy"] {
        write(&mut window, name);
    }
    press(&mut window, Key::Escape);
    assert_eq!(session(&window).attendance.len(), 3);
    press(&mut window, Key::Escape);
    to_threats(&mut window);
    press(&mut window, Key::V);
    assert!(says(&window, "Blind score"));
    press(&mut window, Key::Num5);
    press(&mut window, Key::Num4);
    assert!(!says(&window, "Median"), "nobody sees anything before all have voted");
    for key in [Key::Num2, Key::Num4, Key::Num3, Key::Num3] {
        press(&mut window, key);
    }
    assert!(says(&window, "Median: likelihood 3, impact 4") && says(&window, "3 levels apart"));
    // Again, after talking.
    press(&mut window, Key::R);
    for key in [Key::Num3, Key::Num4, Key::Num3, Key::Num4, Key::Num4, Key::Num4] {
        press(&mut window, key);
    }
    assert!(says(&window, "Median: likelihood 3, impact 4") && !says(&window, "levels apart"));
    press(&mut window, Key::Enter);
    let session = session(&window);
    let (threat, rounds) = session.ballots.iter().next().unwrap();
    assert_eq!(rounds.len(), 2);
    let levels = app(&window).model().decisions[threat].level_override.clone().unwrap();
    assert_eq!((levels.likelihood, levels.impact), (3, 4));
    assert!(levels.reason.contains("Blind score of 3"));
    // Somebody disagrees with what is decided.
    press(&mut window, Key::M);
    press(&mut window, Key::D);
    press(&mut window, Key::Num2);
    let dissent = self::session(&window).decided.last().unwrap().dissent.clone();
    let names: Vec<&str> = dissent.iter().map(|id| app(&window).model().name_of(id)).collect();
    assert_eq!(names, ["Bob"]);
}

#[test]
fn matters_are_parked_noted_and_closed_with_a_summary_beside_the_model() {
    let (mut window, _folder, path) = shop(1280.0, 720.0);
    press(&mut window, Key::F5);
    to_threats(&mut window);
    press(&mut window, Key::Semicolon);
    write(&mut window, "Who owns the keys?");
    press(&mut window, Key::N);
    write(&mut window, "Ask the bank");
    let (parked, notes) = (session(&window).parked, session(&window).notes);
    assert_eq!((parked.len(), notes.len()), (1, 1));
    assert!(parked[0].about.is_some() && parked[0].text == "Who owns the keys?");
    assert!(notes[0].threat.is_some());
    press(&mut window, Key::M);
    press(&mut window, Key::F9);
    assert!(session(&window).ended.is_some());
    let text = std::fs::read_to_string(path.with_file_name("model-session-1-2026-10-02.md")).unwrap();
    for expected in ["Who owns the keys?", "Ask the bank", "Mitigate", "Next steps", "Open questions"] {
        assert!(text.contains(expected), "{expected}");
    }
    let pdf = std::fs::read(path.with_file_name("model-session-1-2026-10-02.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn cards_become_threats_and_points() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    press(&mut window, Key::F5);
    shift(&mut window, Key::PageDown);
    shift(&mut window, Key::PageDown);
    let threats = app(&window).model().threats.len();
    press(&mut window, Key::C);
    assert!(says(&window, "A card for"));
    press(&mut window, Key::Y);
    assert_eq!(app(&window).model().threats.len(), threats + 1);
    let play = session(&window).plays.last().cloned().unwrap();
    assert!(play.agreed && app(&window).assessment().findings.get(play.threat.as_ref().unwrap()).is_some());
    press(&mut window, Key::C);
    press(&mut window, Key::X);
    assert_eq!((app(&window).model().threats.len(), session(&window).plays.len()), (threats + 1, 2));
}

#[test]
fn risk_flips_through_its_times_and_comes_back() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    let today = app(&window).assessment().totals.clone();
    press(&mut window, Key::F5);
    press(&mut window, Key::Backslash);
    assert!(says(&window, "Planned"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Risk as of"), "flips end with the stage");
    assert_eq!(app(&window).assessment().totals, today);
}

#[test]
fn steps_are_left_out_moved_and_kept_with_the_model() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    press(&mut window, Key::F5);
    press(&mut window, Key::G);
    press(&mut window, Key::X);
    let list = |window: &Window| app(window).model().playlists.values().next().cloned();
    assert!(list(&window).unwrap().steps[0].skipped);
    let first = list(&window).unwrap().steps[0].title.clone();
    shift(&mut window, Key::ArrowDown);
    assert_eq!(list(&window).unwrap().steps[1].title, first);
    press(&mut window, Key::N);
    write(&mut window, "Begin slowly");
    assert!(list(&window).unwrap().steps[1].note.ends_with("Begin slowly"));
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::F5);
    let shown = list(&window).unwrap().steps[0].title.clone();
    assert!(says(&window, "Step 1 of") && says(&window, &shown));
    // Their window says what to say.
    press(&mut window, Key::F4);
    assert!(says(&window, "minutes since it began"));
    press(&mut window, Key::F4);
    assert!(!says(&window, "minutes since it began"));
}

#[test]
fn everything_can_be_edited_on_the_stage() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    press(&mut window, Key::F5);
    to_threats(&mut window);
    let elements = app(&window).model().elements.len();
    press(&mut window, Key::Tab);
    assert_eq!(app(&window).selection().items.len(), 1, "elements are walked as ever");
    window.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    settle(&mut window);
    window.event(egui::Event::Text("Fraud check".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(app(&window).model().elements.len(), elements + 1);
    assert!(app(&window).model().elements.values().any(|e| e.name == "Fraud check"));
}

#[test]
fn scenarios_are_kept_from_what_was_tried_and_looked_at_beside_today() {
    let (mut window, ..) = shop(1920.0, 1080.0);
    let before = app(&window).model().clone();
    let ask = |window: &mut Window, command| {
        assert!(window.state_mut().as_mut().unwrap().ask_for(command), "{command:?}");
        settle(window);
    };
    ask(&mut window, Command::StartTrial);
    let flow = before.flows.keys().next().unwrap().clone();
    ask(&mut window, Command::SelectAll);
    ask(&mut window, Command::Delete);
    assert!(!app(&window).model().flows.contains_key(&flow));
    ask(&mut window, Command::KeepScenario);
    let model = app(&window).model();
    assert_eq!(model.variants.len(), 1);
    assert!(ThreatModel { variants: before.variants.clone(), ..model.clone() } == before, "the model is as it was");
    press(&mut window, Key::F5);
    press(&mut window, Key::Z);
    press(&mut window, Key::Num3);
    press(&mut window, Key::B);
    assert!(says(&window, "Load "));
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Step 1 of"));
}

#[test]
fn every_step_says_what_it_is_about() {
    let (mut window, ..) = shop(1280.0, 720.0);
    press(&mut window, Key::F5);
    for n in 1..=6 {
        assert!(says(&window, &format!("Step {n} of")));
        let names: Vec<String> =
            window.query_all_by_label_contains("").filter_map(|node| node.accesskit_node().label()).collect();
        assert!(names.iter().any(|name| name.starts_with("Diagram ")));
        press(&mut window, Key::ArrowRight);
    }
}
