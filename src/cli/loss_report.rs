//! What became of every object of a file that was converted, for people and for tools.

use super::convert::Converted;
use crate::interchange::{Guess, Loss, LossKind};
use crate::model::Key;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// True for a report in words.
pub(super) fn is_words(file: &Path) -> bool {
    file.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"))
}

/// For tools: every object with what became of it, then what belongs to no object. `docs/losses.md` says what each field
/// means.
pub(super) fn json(files: &[Converted]) -> String {
    let files: Vec<Value> = files.iter().map(file).collect();
    format!("{:#}\n", json!({ "palisade_losses": 1, "files": files }))
}

fn file(converted: &Converted) -> Value {
    let Converted { input, output, opened, left_behind } = converted;
    let model = &opened.model;
    let mut notes: BTreeMap<String, Vec<&Loss>> = BTreeMap::new();
    for loss in &opened.losses {
        notes.entry(loss.at.as_ref().map(ToString::to_string).unwrap_or_default()).or_default().push(loss);
    }
    let named = |key: &Key| key.id().filter(|_| !matches!(key, Key::Instance(_))).map(|id| (key.kind_label(), id.clone()));
    let mut guesses: BTreeMap<&str, &Guess> = opened.guesses.iter().map(|guess| (guess.at.as_str(), guess)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut objects = Vec::new();
    for (kind, id) in model.keys().iter().filter_map(named) {
        *counts.entry(kind).or_default() += 1;
        let told = notes.remove(id.as_str()).unwrap_or_default();
        let guess = guesses.remove(id.as_str());
        let worst = told.iter().map(|l| l.kind).max();
        let fate = match guess {
            Some(_) if worst <= Some(LossKind::Kept) => GUESSED,
            _ => worst.map_or("carried", LossKind::name),
        };
        let notes: Vec<Value> = told.iter().map(|l| note(l)).chain(guess.map(guessed)).collect();
        objects.push(json!({ "kind": kind, "id": id, "name": model.name_of(&id), "fate": fate, "notes": notes }));
    }
    let rest: Vec<Value> = notes.into_values().flatten().map(note).collect();
    json!({
        "input": input.display().to_string(),
        "output": output.display().to_string(),
        "format": opened.format.label(),
        "carried": counts,
        "objects": objects,
        "other": rest,
        "repairs": opened.repairs,
        "left_behind": left_behind.iter().map(note).collect::<Vec<_>>(),
    })
}

fn note(loss: &Loss) -> Value {
    json!({ "what": loss.what, "fate": loss.kind.name(), "why": loss.why })
}

/// What becomes of a thing whose file does not say what it is.
const GUESSED: &str = "guessed";

fn guessed(guess: &Guess) -> Value {
    let instead: Vec<&str> = guess.instead.iter().map(|other| other.name()).collect();
    json!({
        "what": guess.what, "fate": GUESSED, "why": guess.why,
        "taken_for": guess.taken_for.name(), "instead": instead, "confidence": guess.sure.name(),
    })
}

/// For people: everything told about the reading, the gravest first.
pub(super) fn words(files: &[Converted]) -> String {
    files.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(converted: &Converted) -> String {
    let opened = &converted.opened;
    let name = converted.input.file_name().unwrap_or_default().to_string_lossy();
    let told = opened.repairs.len() + opened.losses.len() + opened.guesses.len();
    let mut report = format!("{name}, read as {}: {told} notes\n", opened.format.label());
    if told == 0 {
        report.push_str("\nEverything came over as it was.\n");
    }
    for (kind, heading) in [
        (LossKind::Dropped, "Not carried over"),
        (LossKind::Changed, "Carried over in another shape"),
        (LossKind::Kept, "Kept word for word with its object, but without a meaning here"),
    ] {
        let lines = opened.losses.iter().filter(|l| l.kind == kind);
        section(&mut report, heading, lines.map(|l| format!("- {}: {}\n", l.what, l.why)).collect());
    }
    section(&mut report, "Guessed", opened.guesses.iter().map(|g| format!("- {g}\n")).collect());
    section(&mut report, "Repaired", opened.repairs.iter().map(|r| format!("- {r}\n")).collect());
    section(&mut report, "Left behind when writing", converted.left_behind.iter().map(|l| format!("- {l}\n")).collect());
    report
}

fn section(report: &mut String, heading: &str, lines: Vec<String>) {
    if !lines.is_empty() {
        report.push_str(&format!("\n{heading} ({})\n", lines.len()));
        lines.iter().for_each(|line| report.push_str(line));
    }
}
