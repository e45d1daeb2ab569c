//! Undo on the stage: whatever the room agreed to is taken back by one step each, and comes back by another.

use crate::support::app::{Window, app, services, settle};
use crate::support::stage::{open_copy, press, says, shift, write};
use egui::{Key, Modifiers};
use palisade::model::*;
use palisade::ui::Command;

/// On the stage, at the first step about a threat.
fn at_threats() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open_copy(folder.path(), "web-shop", (1920.0, 1080.0), services(None));
    press(&mut window, Key::F5);
    (0..3).for_each(|_| shift(&mut window, Key::PageDown));
    assert!(says(&window, "Open threats 1 of"));
    (window, folder)
}

fn model(window: &Window) -> ThreatModel {
    app(window).model().clone()
}

fn session(window: &Window) -> Session {
    app(window).model().sessions.values().next().cloned().unwrap_or_default()
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

fn redo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    settle(window);
}

/// What was done is one step: gone with one undo, back with one redo.
fn is_one_step(window: &mut Window, before: &ThreatModel) {
    let after = model(window);
    assert!(after != *before, "something was done");
    undo(window);
    assert!(model(window) == *before, "one undo takes all of it back");
    redo(window);
    assert!(model(window) == after, "one redo brings all of it again");
}

#[test]
fn a_played_card_is_one_step_with_its_threat_its_points_and_the_session_it_began() {
    let (mut window, _folder) = at_threats();
    let before = model(&window);
    press(&mut window, Key::C);
    press(&mut window, Key::Y);
    assert_eq!((model(&window).threats.len(), session(&window).plays.len()), (before.threats.len() + 1, 1));
    is_one_step(&mut window, &before);
    let before = model(&window);
    press(&mut window, Key::C);
    press(&mut window, Key::X);
    assert_eq!(session(&window).plays.len(), 2);
    is_one_step(&mut window, &before);
}

#[test]
fn each_round_of_a_blind_vote_is_one_step_and_the_last_one_with_its_levels() {
    let (mut window, _folder) = at_threats();
    press(&mut window, Key::W);
    for name in ["Ann", "Bob", "Cy"] {
        let before = model(&window);
        write(&mut window, name);
        // The line is still open: its own undo would be that of the text.
        assert!(model(&window) != before);
    }
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::V);
    let before = model(&window);
    for key in [Key::Num5, Key::Num4, Key::Num2, Key::Num4, Key::Num3, Key::Num3] {
        press(&mut window, key);
    }
    assert!(model(&window) == before, "nothing is written before the room has talked");
    press(&mut window, Key::R);
    let first = model(&window);
    for key in [Key::Num3, Key::Num4, Key::Num3, Key::Num4, Key::Num4, Key::Num4, Key::Enter] {
        press(&mut window, key);
    }
    let held = session(&window);
    let (threat, rounds) = held.ballots.iter().next().unwrap();
    assert_eq!((rounds.len(), held.decided.len()), (2, 1));
    assert!(model(&window).decisions[threat].level_override.is_some());
    is_one_step(&mut window, &first);
    undo(&mut window);
    assert_eq!(session(&window).ballots[threat].len(), 1);
    undo(&mut window);
    assert!(model(&window) == before, "the first round is a step of its own");
}

#[test]
fn a_scenario_is_named_forgotten_and_comes_back_in_one_step_each() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open_copy(folder.path(), "web-shop", (1920.0, 1080.0), services(None));
    for command in [Command::StartTrial, Command::SelectAll, Command::Delete, Command::KeepScenario] {
        assert!(window.state_mut().as_mut().unwrap().ask_for(command), "{command:?}");
        settle(&mut window);
    }
    press(&mut window, Key::F5);
    press(&mut window, Key::Z);
    press(&mut window, Key::Num3);
    let name = |window: &Window| model(window).variants.values().next().map(|variant| variant.name.clone());
    let before = model(&window);
    press(&mut window, Key::N);
    // The line begins with the name it has.
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut window);
    write(&mut window, "After the move");
    assert_eq!(name(&window).as_deref(), Some("After the move"));
    is_one_step(&mut window, &before);
    let before = model(&window);
    press(&mut window, Key::Delete);
    assert_eq!(name(&window), None);
    is_one_step(&mut window, &before);
}

#[test]
fn reasons_dissent_and_matters_put_off_are_one_step_each() {
    let (mut window, _folder) = at_threats();
    press(&mut window, Key::W);
    write(&mut window, "Ann");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    let before = model(&window);
    press(&mut window, Key::A);
    is_one_step(&mut window, &before);
    let before = model(&window);
    press(&mut window, Key::N);
    write(&mut window, "The insurance covers it until spring");
    is_one_step(&mut window, &before);
    let before = model(&window);
    press(&mut window, Key::D);
    press(&mut window, Key::Num1);
    press(&mut window, Key::Enter);
    is_one_step(&mut window, &before);
    let before = model(&window);
    press(&mut window, Key::Semicolon);
    write(&mut window, "Who renews it?");
    is_one_step(&mut window, &before);
}
