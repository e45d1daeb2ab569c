//! Palisade's own files changed at random: models, journals, histories, report themes, rule packs, preferences, the
//! clipboard, lock files. Whatever comes out, each is read as something sound or refused in a sentence, never a crash.
//!
//! The changes are the same in every run. `PALISADE_MUTATIONS=1000000` makes so many of each instead of a few hundred.

use crate::support::dice::{Dice, setting};
use crate::support::dsl::{id, model};
use palisade::edit::{Document, Edit, History};
use palisade::journal::{Entry, Start, replay};
use palisade::library::{Library, Source};
use palisade::model::{Element, Key, ThreatModel, check};
use palisade::report::read_theme;
use palisade::storage::{load, load_json, save, save_json};
use palisade::tool::Clip;

const WORDS: [&str; 24] = [
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    ":",
    "Some(",
    "None",
    "0",
    "-1",
    "1e999",
    "NaN",
    "inf",
    "255",
    "\n",
    "\u{202e}",
    "\0",
    "true",
    "99999999999999999999",
    "ü漢",
];

/// One to five changes at random places.
fn changed(seed: &str, other: &str, dice: &mut Dice) -> Vec<u8> {
    let mut out = seed.as_bytes().to_vec();
    for _ in 0..1 + dice.below(5) {
        let at = dice.below(out.len());
        let end = (at + 1 + dice.below(32)).min(out.len());
        match dice.below(7) {
            0 if !out.is_empty() => out[at] ^= 1 << dice.below(8),
            1 => drop(out.drain(at..end)),
            2 => {
                let (piece, to) = (out[at..end].to_vec(), dice.below(out.len()));
                out.splice(to..to, piece.repeat(1 + dice.below(4)));
            }
            3 => drop(out.splice(at..end, WORDS[dice.below(WORDS.len())].bytes())),
            4 => drop(out.splice(at..at, WORDS[dice.below(WORDS.len())].repeat(1 + dice.below(200)).into_bytes())),
            5 => {
                let from = dice.below(other.len());
                let until = (from + 4 * (end - at)).min(other.len());
                out.splice(at..at, other.as_bytes()[from..until].iter().copied());
            }
            _ => out.truncate(end.max(out.len() / 2)),
        }
    }
    out
}

/// Changes the seeds so often and has each read; `read` says whether anything came out.
#[track_caller]
fn mutate(what: &str, seeds: &[String], read: impl Fn(&[u8], &str) -> bool) {
    let mut dice = Dice::new(setting("SEED", 1));
    let (times, mut good) = (setting("PALISADE_MUTATIONS", 400), 0);
    for seed in seeds {
        assert!(read(seed.as_bytes(), seed), "{what}: a seed is not read: {seed:.200}");
    }
    for _ in 0..times {
        let (a, b) = (&seeds[dice.below(seeds.len())], &seeds[dice.below(seeds.len())]);
        let bytes = changed(a, b, &mut dice);
        good += u64::from(read(&bytes, &String::from_utf8_lossy(&bytes)));
    }
    println!("{what}: {times} changed files, {good} still read");
    assert!(good > 0, "{what}: nothing was ever read");
}

fn some() -> Vec<ThreatModel> {
    let shop = model("Shop").boundary("DMZ", 2).process("Web").inside("DMZ").store("Orders").entity("Customer");
    let shop = shop.flow("Customer", "Web").flow("Web", "Orders").asset("Cards", [4, 3, 2]).kept_in("Orders").build();
    vec![ThreatModel::default(), model("One").process("A").build(), shop]
}

/// What is read is sound, and written and read again it is the same.
fn is_sound(read: ThreatModel) -> bool {
    assert_eq!(check(&read), []);
    let text = save(&read).unwrap();
    let again = load(&text).unwrap();
    assert!(again.told().is_empty() && again.model == read, "written and read again it is another one:\n{text}");
    true
}

fn is_sentence(error: &str) -> bool {
    assert!(!error.is_empty() && error.len() < 2_000, "{error}");
    false
}

#[test]
fn models() {
    let seeds: Vec<String> = some().iter().map(|model| save(model).unwrap()).collect();
    mutate("models", &seeds, |_, text| load(text).map_or_else(|e| is_sentence(&e.to_string()), |read| is_sound(read.model)));
}

#[test]
fn models_as_json() {
    let seeds: Vec<String> = some().iter().map(|model| save_json(model).unwrap()).collect();
    mutate("JSON twins", &seeds, |_, text| {
        load_json(text).map_or_else(|e| is_sentence(&e.to_string()), |read| is_sound(read.model))
    });
}

/// The journal of a model that was worked on. With `true` its sums are put right after the change.
fn journal() -> String {
    let mut document = Document::new(some().remove(2));
    document.keep_events();
    let start = Start::new("Shop", Some("/tmp/shop.ron".into()), String::new(), document.model(), History::default()).unwrap();
    let mut lines = vec![Entry::Start(start).line().unwrap()];
    for n in 0..4 {
        let element = Element { name: format!("Service {n}"), ..Element::default() };
        document.commit(&Edit::put(Key::Element(id(&format!("s {n}"))), element)).unwrap();
    }
    document.undo();
    document.mark_saved();
    lines.extend(document.take_events().into_iter().filter_map(|event| Entry::Event(event).line()));
    format!("palisade journal 1\n{}", lines.concat())
}

#[test]
fn journals() {
    let whole = journal();
    mutate("journals", std::slice::from_ref(&whole), |bytes, _| {
        let Ok(read) = replay(bytes) else { return false };
        let mut document = read.into_document();
        assert_eq!(check(document.model()), []);
        while document.undo() {}
        true
    });
    // A line whose sum is right may still say anything.
    mutate("journals with right sums", &[whole], |bytes, text| {
        let resummed: String = text
            .split_inclusive('\n')
            .map(|line| match line.split_once(' ') {
                Some((_, entry)) if entry.starts_with('{') && entry.ends_with('\n') => {
                    let entry = entry.trim_end_matches('\n');
                    format!("{} {entry}\n", palisade::journal::sum(entry.as_bytes()))
                }
                _ => line.to_owned(),
            })
            .collect();
        assert!(!bytes.is_empty() || resummed.is_empty());
        let Ok(read) = replay(resummed.as_bytes()) else { return false };
        let mut document = read.into_document();
        while document.undo() {}
        while document.redo() {}
        true
    });
}

#[test]
fn report_themes() {
    let example = include_str!("../../assets/report/example-theme.ron").to_owned();
    let refuse = |_: &str| Err("no files here".to_owned());
    let plain = "(name: \"Plain\")".to_owned();
    let seeds = if read_theme(&example, &refuse).is_ok() { vec![example, plain] } else { vec![plain] };
    mutate("report themes", &seeds, |_, text| match read_theme(text, &refuse) {
        Ok(_) => true,
        Err(faults) => {
            assert!(!faults.is_empty());
            false
        }
    });
}

#[test]
fn rule_packs() {
    let file = |name: &str| std::fs::read_to_string(format!("{}/assets/library/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (controls, tags, calibration) = (file("controls.ron"), file("tags.ron"), file("calibration.ron"));
    let names = std::fs::read_dir(format!("{}/assets/library/packs", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut packs: Vec<String> = names.map(|n| std::fs::read_to_string(n.unwrap().path()).unwrap()).collect();
    packs.sort_by_key(String::len);
    packs.truncate(2);
    mutate("rule packs", &packs, |_, text| {
        let source = |name, text| Source { name, text };
        let read = Library::parse(
            &[source("pack.ron", text)],
            source("controls.ron", &controls),
            source("tags.ron", &tags),
            source("calibration.ron", &calibration),
        );
        read.map_or_else(|e| is_sentence(&e.to_string()), |_| true)
    });
}

#[test]
fn what_is_on_the_clipboard() {
    let shop = some().remove(2);
    let clip = Clip::copy(&shop, &"main".into(), &shop.elements.keys().cloned().collect());
    mutate("the clipboard", &[clip.to_text()], |_, text| Clip::from_text(text).is_some());
}

#[cfg(feature = "gui")]
#[test]
fn preferences() {
    use palisade::app::{Preferences, Recent};
    use palisade::ui::Docks;
    let plain = ron::to_string(&Preferences::default()).unwrap();
    mutate("preferences", &[plain], |_, text| match Preferences::parse(text.as_bytes()) {
        Ok(read) => read.scale() > 0.0,
        Err(why) => is_sentence(&format!("It could not be used: {why}")),
    });
    let plain = ron::to_string(&Docks::default()).unwrap();
    mutate("the layout", &[plain], |_, text| ron::from_str::<Docks>(text).is_ok());
    let recent = ron::to_string(&Recent { commands: vec!["Save".into()], ..Recent::default() }).unwrap();
    mutate("recent files", &[recent], |_, text| ron::from_str::<Recent>(text).is_ok());
}
