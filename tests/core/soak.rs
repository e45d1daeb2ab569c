//! A hundred thousand random actions at the document and the tools: pointer, keys, every operation of the canvas, edits of
//! every kind, undo. Nothing panics, the model is sound after each, and every now and then all of it is undone to the byte
//! and done again. `SOAK=1000000 SOAK_SEED=3` does more, and others.

use crate::support::dice::{Dice, setting};
use crate::support::dsl::MAIN;
use crate::support::edits::any_edit;
use crate::support::hand::{Hand, shop};
use palisade::edit::Edit;
use palisade::geometry::{Point, pt, vec2};
use palisade::model::{Id, check};
use palisade::storage::save;
use palisade::tool::{Key, *};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{BTreeSet, VecDeque};

/// So many actions begin and end at a model that is known.
const ROUND: u64 = 500;

/// Where people press: on what is drawn, beside it, anywhere, and where no window reaches.
fn place(dice: &mut Dice, hand: &Hand) -> Point {
    let boxes: Vec<Point> = hand
        .model()
        .placements
        .keys()
        .filter_map(|key| hand.model().rect_of(&key.diagram, &key.item))
        .map(|r| r.center() + vec2(r.w, r.h) * dice.between(-0.55, 0.55))
        .collect();
    match dice.below(10) {
        0..6 if !boxes.is_empty() => boxes[dice.below(boxes.len())],
        9 if dice.one_in(20) => pt(dice.between(-1e5, 1e5), dice.between(-1e5, 1e5)),
        _ => pt(dice.between(-600.0, 1400.0), dice.between(-500.0, 900.0)),
    }
}

fn modifiers(dice: &mut Dice) -> Modifiers {
    let mut held = || dice.one_in(6);
    Modifiers { shift: held(), ctrl: held(), alt: held() }
}

const WAYS: [Direction; 4] = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];

fn key(dice: &mut Dice) -> Key {
    match dice.below(12) {
        0..4 => Key::Letter((b'A' + dice.below(26) as u8) as char),
        4..8 => Key::Arrow(WAYS[dice.below(4)]),
        8 => Key::Tab,
        9 => Key::Enter,
        10 => [Key::F2, Key::Delete][dice.below(2)],
        _ => Key::Escape,
    }
}

/// Everything a command of the canvas does, and what keys do beside.
fn operation(dice: &mut Dice, hand: &Hand) -> Operation {
    let at = place(dice, hand);
    let by = vec2(dice.between(-40.0, 40.0), dice.between(-40.0, 40.0));
    let way = WAYS[dice.below(4)];
    let tool = TOOLS[dice.below(TOOLS.len())];
    let more = [
        Operation::Create(tool, at),
        Operation::Place(tool, at),
        Operation::Connect,
        Operation::Deselect,
        Operation::Nudge(by),
        Operation::Next,
        Operation::Previous,
        Operation::QuickAdd(way),
        Operation::Walk(way),
        Operation::Extend(way),
        Operation::SetTool(tool),
    ];
    match hand.style {
        Some(style) if dice.one_in(20) => Operation::GiveStyle(style),
        _ if dice.one_in(3) => more[dice.below(more.len())],
        _ => COMMANDS[dice.below(COMMANDS.len())],
    }
}

/// What commands do on the canvas.
const COMMANDS: [Operation; 36] = [
    Operation::Cut,
    Operation::Copy,
    Operation::Duplicate,
    Operation::Delete,
    Operation::DeleteEverywhere,
    Operation::SelectAll,
    Operation::EditLabel,
    Operation::ChangeKind,
    Operation::Wrap,
    Operation::PullOut,
    Operation::FitToContent,
    Operation::Fold,
    Operation::DeleteAndJoin,
    Operation::SelectSameKind,
    Operation::SelectConnected,
    Operation::SelectContent,
    Operation::CycleLineStyle,
    Operation::ToggleHeads,
    Operation::ResetRoute,
    Operation::ReverseFlow,
    Operation::CopyStyle,
    Operation::ToggleLock,
    Operation::UnlockAll,
    Operation::Arrange(Arrangement::Left),
    Operation::Arrange(Arrangement::Right),
    Operation::Arrange(Arrangement::Top),
    Operation::Arrange(Arrangement::Bottom),
    Operation::Arrange(Arrangement::Centre),
    Operation::Arrange(Arrangement::Middle),
    Operation::Arrange(Arrangement::SpreadAcross),
    Operation::Arrange(Arrangement::SpreadDown),
    Operation::Arrange(Arrangement::SameWidth),
    Operation::Arrange(Arrangement::SameHeight),
    Operation::Arrange(Arrangement::SameSize),
    Operation::Arrange(Arrangement::Row),
    Operation::Arrange(Arrangement::Column),
];

#[cfg(feature = "gui")]
#[test]
fn every_command_of_the_canvas_is_among_them() {
    let of_commands = palisade::ui::Command::all().filter_map(palisade::ui::Command::operation);
    let missing: Vec<Operation> = of_commands.filter(|operation| !COMMANDS.contains(operation)).collect();
    assert_eq!(missing, []);
}

const TOOLS: [Tool; 10] = [
    Tool::Select,
    Tool::Hand,
    Tool::Flow,
    Tool::Process,
    Tool::Store,
    Tool::Entity,
    Tool::Boundary,
    Tool::Line,
    Tool::Note,
    Tool::Laser,
];

/// Some of what is drawn.
fn some(dice: &mut Dice, hand: &Hand) -> BTreeSet<Id> {
    let items: Vec<Id> = hand.model().placements.keys().map(|key| key.item.clone()).collect();
    let many = dice.below(4);
    (0..many).filter_map(|_| dice.one_of(&items).cloned()).collect()
}

/// One action, decided before it is done, so that it can be told.
#[derive(Clone, Debug)]
enum Act {
    Event(CanvasEvent),
    Operate(Operation),
    Select(BTreeSet<Id>),
    Edit(Box<Edit>),
    Undo,
    Redo,
    Paste,
    View { grid: bool, touch: bool, scale: f32 },
    Tool(Tool),
}

fn choose(dice: &mut Dice, hand: &Hand, edits: &mut dyn FnMut() -> Edit) -> Act {
    let at = place(dice, hand);
    let modifiers = if dice.one_in(3) { modifiers(dice) } else { hand.modifiers };
    let button = if dice.one_in(20) { Button::Middle } else { Button::Primary };
    let pointer = Pointer { at, button, modifiers };
    match dice.below(100) {
        0..14 => Act::Event(CanvasEvent::Down(pointer)),
        14..40 => Act::Event(CanvasEvent::Move(pointer)),
        40..52 => Act::Event(CanvasEvent::Up(pointer)),
        52..54 => Act::Event(CanvasEvent::DoubleClick(pointer)),
        54..56 => Act::Event(CanvasEvent::Wait(dice.between(0.0, 2.0))),
        56..68 => {
            let (key, pointer) = (key(dice), dice.one_in(2).then_some(at));
            Act::Event(CanvasEvent::Key(KeyPress { key, modifiers, pointer }))
        }
        68..80 => Act::Operate(operation(dice, hand)),
        80..87 => Act::Select(some(dice, hand)),
        87..92 => Act::Edit(Box::new(edits())),
        92..95 => Act::Undo,
        95 => Act::Redo,
        96 => Act::Paste,
        97 => Act::View { grid: dice.one_in(2), touch: dice.one_in(4), scale: dice.between(0.05, 4.0) },
        _ => Act::Tool(TOOLS[dice.below(TOOLS.len())]),
    }
}

fn act(hand: &mut Hand, act: Act) {
    if !matches!(act, Act::Event(_) | Act::Select(_) | Act::View { .. } | Act::Tool(_)) {
        // As in the window, a command ends what the hand is about.
        hand.event(CanvasEvent::Cancel);
    }
    match act {
        Act::Event(event) => {
            if let CanvasEvent::Down(p) | CanvasEvent::Move(p) = event {
                (hand.pointer, hand.modifiers) = (Some(p.at), p.modifiers);
            }
            hand.event(event);
        }
        Act::Operate(operation) => hand.with_tools(|_, cx| perform(operation, cx)),
        Act::Select(items) => hand.selection.items = items,
        Act::Edit(edit) => drop(hand.document.commit(&edit)),
        Act::Undo => drop(hand.document.undo()),
        Act::Redo => drop(hand.document.redo()),
        Act::Paste => {
            if let Some(clip) = hand.copied.as_deref().and_then(Clip::from_text) {
                hand.paste(&clip, vec2(16.0, 16.0));
            }
        }
        Act::View { grid, touch, scale } => (hand.grid, hand.touch, hand.scale) = (grid, touch, scale),
        Act::Tool(tool) => hand.tool = tool,
    }
    hand.selection.prune(hand.document.model());
    assert!(hand.model().diagrams.contains_key(&Id::from(MAIN)));
}

/// Told when something fails: what was done last.
#[derive(Default)]
struct Trail(VecDeque<Act>);

impl Drop for Trail {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.iter().for_each(|act| println!("{act:?}"));
        }
    }
}

/// Nobody draws so much with random hands that a step takes long: some of it goes.
fn thin_out(dice: &mut Dice, hand: &mut Hand) {
    let model = hand.model();
    if model.elements.len() + model.boundaries.len() + model.flows.len() > 24 {
        hand.event(CanvasEvent::Cancel);
        let all: Vec<Id> = hand.model().placements.keys().map(|key| key.item.clone()).collect();
        hand.selection.items = all.into_iter().filter(|_| dice.one_in(2)).collect();
        hand.with_tools(|_, cx| perform(Operation::DeleteEverywhere, cx));
    }
}

#[test]
fn a_hundred_thousand_random_actions_leave_every_model_sound_and_can_all_be_undone() {
    let seed = setting("SOAK_SEED", 1);
    let mut dice = Dice::new(seed);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let any = any_edit();
    let (mut steps, rounds) = (0, setting("SOAK", 100_000) / ROUND);
    for round in 0..rounds {
        let mut hand = shop();
        let start = save(hand.model()).unwrap();
        let mut trail = Trail::default();
        for _ in 0..ROUND {
            let next = choose(&mut dice, &hand, &mut || any.new_tree(&mut runner).unwrap().current());
            trail.0.push_back(next.clone());
            if trail.0.len() == 30 {
                trail.0.pop_front();
            }
            act(&mut hand, next);
            thin_out(&mut dice, &mut hand);
            assert_eq!(check(hand.model()), []);
        }
        hand.event(CanvasEvent::Cancel);
        while hand.document.redo() {}
        let last = save(hand.model()).unwrap();
        let mut taken = 0;
        while hand.document.undo() {
            taken += 1;
        }
        assert!(save(hand.model()).unwrap() == start, "round {round}: undoing everything leads somewhere else");
        while hand.document.redo() {}
        assert!(save(hand.model()).unwrap() == last, "round {round}: doing everything again leads somewhere else");
        steps += taken;
    }
    println!("{steps} steps left to undo at the end of {rounds} rounds");
    assert!(steps > 20 * rounds, "the rounds do something");
}
