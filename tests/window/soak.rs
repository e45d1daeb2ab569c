//! Random actions in the whole window: every command there is, whatever is on the screen pressed, pointer, wheel
//! and keys anywhere, text into fields, files changed beside it. Nothing panics, the model is sound, the window comes to
//! rest, and memory stays bounded. `SOAK=20000 SOAK_SEED=3` does more, and others.

use crate::support::app::{Window, app, open, settle, start};
use crate::support::dice::{Dice, setting};
use crate::support::dsl::model;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::check;
use palisade::storage::save;
use palisade::ui::Command;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

const SIZE: egui::Vec2 = egui::vec2(1280.0, 720.0);

const KEYS: [Key; 16] = [
    Key::Escape,
    Key::Enter,
    Key::Tab,
    Key::Delete,
    Key::Space,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::F2,
    Key::F3,
    Key::F6,
    Key::F7,
    Key::F8,
    Key::Home,
    Key::End,
];

const WORDS: [&str; 8] = ["Web", "db: Orders", "a → b", "", "Zoë 漢字", "<script>", "  ", "customer -> shop: order\nshop -> db"];

fn place(dice: &mut Dice) -> Pos2 {
    pos2(dice.between(0.0, SIZE.x), dice.between(0.0, SIZE.y))
}

fn modifiers(dice: &mut Dice) -> Modifiers {
    let (shift, ctrl, alt) = (dice.one_in(5), dice.one_in(5), dice.one_in(8));
    Modifiers { shift, alt, ctrl, command: ctrl, mac_cmd: false }
}

/// Commands that would end the test, not the window.
fn is_left_out(command: Command) -> bool {
    // The pages of a report are laid out by a worker for seconds; it has tests of its own.
    matches!(command, Command::Quit | Command::Report)
}

/// The middle of something that can be pressed.
fn thing(dice: &mut Dice, window: &Window) -> Option<(Pos2, String)> {
    let is_pressed = |role: Role| {
        matches!(
            role,
            Role::Button
                | Role::CheckBox
                | Role::RadioButton
                | Role::ComboBox
                | Role::Link
                | Role::TextInput
                | Role::MultilineTextInput
        )
    };
    let things: Vec<(Pos2, String)> = window
        .query_all_by(|node| is_pressed(node.role()) && !node.is_disabled())
        .map(|node| (node.rect().center(), node.accesskit_node().label().unwrap_or_default()))
        .filter(|(at, label)| at.x > 0.0 && at.y > 0.0 && at.x < SIZE.x && at.y < SIZE.y && !label.contains("Report"))
        .collect();
    dice.one_of(&things).cloned()
}

fn click(window: &mut Window, at: Pos2, button: PointerButton, modifiers: Modifiers) {
    window.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        window.step();
    }
}

/// Does something, and says what.
fn act(dice: &mut Dice, window: &mut Window, file: &Path) -> String {
    match dice.below(100) {
        0..30 => {
            let commands: Vec<Command> = Command::all().filter(|command| !is_left_out(*command)).collect();
            let command = commands[dice.below(commands.len())];
            let done = window.state_mut().as_mut().unwrap().ask_for(command);
            window.step();
            format!("{command:?} {done}")
        }
        30..50 => {
            let Some((at, label)) = thing(dice, window) else { return String::new() };
            let modifiers = modifiers(dice);
            click(window, at, PointerButton::Primary, modifiers);
            format!("press {label:?}")
        }
        50..64 => {
            let (from, to, modifiers) = (place(dice), place(dice), modifiers(dice));
            window.event(Event::PointerMoved(from));
            window.event(Event::PointerButton { pos: from, button: PointerButton::Primary, pressed: true, modifiers });
            window.step();
            for share in [0.3, 0.8, 1.0] {
                window.event(Event::PointerMoved(from.lerp(to, share)));
                window.step();
            }
            // Now and then the pointer is lost in the middle.
            if dice.one_in(8) {
                window.event(Event::PointerGone);
            }
            window.event(Event::PointerButton { pos: to, button: PointerButton::Primary, pressed: false, modifiers });
            window.step();
            format!("drag {from:?} {to:?} {modifiers:?}")
        }
        64..70 => {
            let (at, modifiers) = (place(dice), modifiers(dice));
            let button = if dice.one_in(2) { PointerButton::Secondary } else { PointerButton::Primary };
            click(window, at, button, modifiers);
            format!("click {at:?} {button:?}")
        }
        70..74 => {
            let delta = vec2(dice.between(-80.0, 80.0), dice.between(-200.0, 200.0));
            let (phase, modifiers) = (TouchPhase::Move, modifiers(dice));
            window.event(Event::PointerMoved(place(dice)));
            window.event(Event::MouseWheel { unit: MouseWheelUnit::Point, delta, phase, modifiers });
            window.step();
            format!("wheel {delta:?}")
        }
        74..88 => {
            let letter = Key::from_name(&((b'A' + dice.below(26) as u8) as char).to_string()).unwrap();
            let key = if dice.one_in(2) { letter } else { KEYS[dice.below(KEYS.len())] };
            let mut modifiers = modifiers(dice);
            if key == Key::Q {
                modifiers = Modifiers::NONE;
            }
            // The report, as above.
            if key != Key::P || !modifiers.command {
                window.key_press_modifiers(modifiers, key);
            }
            window.step();
            format!("key {modifiers:?} {key:?}")
        }
        88..96 => {
            let text = WORDS[dice.below(WORDS.len())].to_owned();
            window.event(if dice.one_in(4) { Event::Paste(text.clone()) } else { Event::Text(text.clone()) });
            window.step();
            format!("text {text:?}")
        }
        96 => {
            // Somebody else saves, or takes the file away.
            match dice.below(3) {
                0 => drop(std::fs::remove_file(file)),
                1 => std::fs::write(file, "no model").unwrap(),
                _ => std::fs::write(file, shop()).unwrap(),
            }
            "the file".into()
        }
        _ => {
            window.input_mut().focused ^= true;
            window.step();
            "focus".into()
        }
    }
}

/// The hand lets go and leaves the edges, where what is dragged would scroll on; then everything comes to rest.
fn rest(window: &mut Window) {
    window.event(Event::PointerMoved(pos2(600.0, 300.0)));
    window.step();
    for _ in 0..3000 {
        let run = window.try_run();
        if app(window).is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(10));
            continue;
        }
        // Long fades and marks take more than a second.
        if run.is_ok() || window.try_run().is_ok() || window.try_run().is_ok() {
            return;
        }
        panic!("it does not come to rest: {}", window.try_run().unwrap_err());
    }
    panic!("work does not end");
}

fn shop() -> String {
    let shop = model("Shop").boundary("DMZ", 2).process("Web").inside("DMZ").store("Orders").entity("Customer");
    save(shop.flow("Customer", "Web").flow("Web", "Orders").open().model()).unwrap()
}

/// Memory of this process in megabytes; 0 where that is not told.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages.and_then(|text| text.split(' ').nth(1).and_then(|n| n.parse::<usize>().ok()));
    resident.unwrap_or(0) * 4 / 1024
}

/// In a process of its own: what is saved somewhere goes into a folder of its own, and memory is its own.
#[test]
fn random_actions_in_the_window_leave_it_sound_and_at_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::new(std::env::current_exe().unwrap());
    process.args(["--exact", "soak::works_in_the_window", "--ignored", "--nocapture"]);
    let done = process.env("PALISADE_SOAK_IN", folder.path()).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    let end: String = said.lines().rev().take(60).collect::<Vec<_>>().into_iter().rev().map(|l| format!("{l}\n")).collect();
    assert!(done.status.success() && said.contains("1 passed"), "{end}");
    println!("{end}");
}

#[test]
#[ignore = "the other half of the test above"]
fn works_in_the_window() {
    let Some(folder) = std::env::var_os("PALISADE_SOAK_IN").map(PathBuf::from) else { return };
    let file = folder.join("shop.ron");
    std::fs::write(&file, shop()).unwrap();
    let mut dice = Dice::new(setting("SOAK_SEED", 1));
    let mut window = start(SIZE.x, SIZE.y, Some(&folder));
    open(&mut window, &file);
    let mut before = 0;
    let actions = setting("SOAK", 2_000);
    for n in 0..actions {
        println!("{n}: {}", act(&mut dice, &mut window, &file));
        assert_eq!(check(app(&window).model()), [], "action {n}");
        if n % 25 == 24 {
            rest(&mut window);
        }
        // Back from questions and the welcome page, and from models that have grown.
        if n % 100 == 99 {
            for _ in 0..4 {
                window.key_press(Key::Escape);
                window.step();
            }
            let model = app(&window).model();
            if model.diagrams.is_empty() || model.elements.len() > 40 {
                std::fs::write(&file, shop()).unwrap();
                open(&mut window, &file);
                if let Some(not_saved) = window.query_by_label("Don’t save").map(|node| node.rect().center()) {
                    click(&mut window, not_saved, PointerButton::Primary, Modifiers::NONE);
                    settle(&mut window);
                }
            }
        }
        if n == 400.min(actions / 2) {
            before = memory();
        }
    }
    rest(&mut window);
    let grown = memory().saturating_sub(before);
    println!("memory {before} MB, grown by {grown} MB");
    assert!(grown < 300, "grown from {before} by {grown} MB");
}
