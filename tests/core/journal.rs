//! Work that is not saved outlives the program: what the journal holds, whoever ends it and however.

use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::disk;
use palisade::edit::{Document, Edit, History};
use palisade::journal::{Fault, Keeper, STEPS, Shelf, replay, sum};
use palisade::model::{Element, Key, ThreatModel};
use palisade::storage::save;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// A document whose journal is kept, as the window keeps it.
pub struct Kept {
    pub document: Document,
    pub keeper: Keeper,
    pub file: Option<PathBuf>,
}

impl Kept {
    pub fn new(folder: &Path, document: Document, file: Option<&Path>) -> Kept {
        let keeper = Keeper::new(Shelf::new(folder.join("journals")), 7).unwrap();
        let mut kept = Kept { document, keeper, file: file.map(Path::to_owned) };
        kept.document.keep_events();
        kept.begin();
        kept
    }

    pub fn begin(&mut self) {
        drop(self.document.take_events());
        let (model, history) = (self.document.committed(), self.document.history());
        self.keeper.begin("Shop".into(), self.file.clone(), String::new(), model, history);
    }

    pub fn tell(&mut self) {
        self.keeper.tell(self.document.take_events());
    }

    pub fn save(&mut self) {
        let file = self.file.clone().unwrap();
        let text = save(self.document.model()).unwrap();
        disk::save(&file, text.as_bytes()).unwrap();
        self.document.mark_saved();
        self.tell();
        self.keeper.stored(file, sum(text.as_bytes()));
    }
}

pub fn journals(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder.join("journals")).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|e| e == "journal")).collect()
}

pub fn journal(folder: &Path) -> PathBuf {
    let all = journals(folder);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

pub fn element(n: usize) -> Edit {
    Edit::put(Key::Element(format!("e{n}").as_str().into()), Element { name: format!("Service {n}"), ..Element::default() })
}

fn names(history: &History) -> Vec<&str> {
    history.past.iter().chain(&history.future).map(|step| step.label.as_str()).collect()
}

#[derive(Clone, Debug)]
enum Act {
    Do(Edit),
    Merge(Edit),
    Preview(Edit),
    Undo,
    Redo,
    Try,
    Keep,
    Drop,
    Save,
    Fresh,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        5 => any_edit().prop_map(Act::Do),
        2 => any_edit().prop_map(Act::Merge),
        1 => any_edit().prop_map(Act::Preview),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Try),
        1 => Just(Act::Keep),
        1 => Just(Act::Drop),
        1 => Just(Act::Save),
        1 => Just(Act::Fresh),
    ];
    vec(act, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_back_is_the_model_and_its_history(start in sound_model(), acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let mut kept = Kept::new(folder.path(), Document::new(start), Some(&folder.path().join("shop.ron")));
        for act in acts {
            let document = &mut kept.document;
            match act {
                Act::Do(edit) => drop(document.commit(&edit)),
                Act::Merge(edit) => drop(document.commit_merged(&edit, "tag")),
                Act::Preview(edit) => drop(document.preview(&edit)),
                Act::Undo => drop(document.undo()),
                Act::Redo => drop(document.redo()),
                Act::Try => document.start_trial(),
                Act::Keep => drop(document.keep_trial("what was tried")),
                Act::Drop => document.drop_trial(),
                Act::Save if document.is_trying() || document.is_previewing() => {}
                Act::Save => kept.save(),
                Act::Fresh => kept.begin(),
            }
            kept.tell();
        }
        kept.keeper.flush();
        let read = replay(&fs::read(journal(folder.path())).unwrap()).unwrap();
        prop_assert_eq!(read.fault, None);
        prop_assert!(read.model == *kept.document.committed(), "another model");
        let history = kept.document.history();
        prop_assert_eq!(names(&read.history), names(&history));
        prop_assert_eq!(read.history.future.len(), history.future.len());
        // Undone to the beginning, both are the same.
        let (mut a, mut b) = (read.into_document(), Document::restored((*kept.document.committed()).clone(), history));
        while a.undo() | b.undo() {}
        prop_assert!(a.model() == b.model(), "another beginning");
    }
}

/// A journal of five steps, and the model after each.
fn five_steps(folder: &Path) -> (Vec<u8>, Vec<ThreatModel>) {
    let mut kept = Kept::new(folder, Document::new(ThreatModel::default()), None);
    let mut models = vec![ThreatModel::default()];
    for n in 0..5 {
        kept.document.commit(&element(n)).unwrap();
        kept.tell();
        models.push(kept.document.model().clone());
    }
    kept.keeper.flush();
    (fs::read(journal(folder)).unwrap(), models)
}

#[test]
fn a_journal_cut_off_anywhere_gives_what_was_there_before_the_cut() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, models) = five_steps(folder.path());
    let beginning = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(1).unwrap().0 + 1;
    let mut reached = 0;
    for end in 0..=bytes.len() {
        match replay(&bytes[..end]) {
            Ok(read) => {
                let at = models.iter().position(|model| *model == read.model).expect("a state there was");
                assert!(end >= beginning && at >= reached && read.fault.is_none(), "{end}");
                reached = at;
            }
            Err(_) => assert!(end < beginning, "{end}"),
        }
    }
    assert_eq!(reached, 5);
}

#[test]
fn a_damaged_line_ends_what_is_read_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, models) = five_steps(folder.path());
    let text = String::from_utf8(bytes).unwrap();
    let damaged = text.replacen("Service 3", "Service X", 1);
    let read = replay(damaged.as_bytes()).unwrap();
    assert_eq!(read.fault, Some(Fault::Line(6)));
    assert!(read.model == models[3]);
    assert_eq!(replay(b"palisade journal 99\nwhatever\n").unwrap_err(), Fault::Newer);
    assert_eq!(replay(&[0, 159, 146, 150]).unwrap_err(), Fault::Foreign);
    assert_eq!(replay(b"").unwrap_err(), Fault::Foreign);
}

#[test]
fn a_line_that_is_whole_but_fits_to_nothing_ends_what_is_read_too() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, models) = five_steps(folder.path());
    let text = String::from_utf8(bytes).unwrap();
    let foreign = text.replacen("\"name\":\"Service 3\"", "\"name\":\"Service 3\",\"parent\":\"nowhere\"", 1);
    assert_ne!(text, foreign);
    let summed = foreign.split_inclusive('\n').map(|line| match line.trim_end().split_once(" {") {
        Some((_, entry)) => format!("{} {{{entry}\n", sum(format!("{{{entry}").as_bytes())),
        None => line.to_owned(),
    });
    let read = replay(summed.collect::<String>().as_bytes()).unwrap();
    assert_eq!(read.fault, Some(Fault::Line(6)));
    assert!(read.model == models[3]);
}

#[test]
fn a_journal_being_written_is_nobody_elses_and_one_left_behind_is_found_once() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::new(folder.path().join("journals"));
    let mut kept = Kept::new(folder.path(), Document::new(ThreatModel::default()), None);
    kept.document.commit(&element(1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    assert!(shelf.left_behind().is_empty(), "it is being written");
    // The program ends badly: nothing is closed, but the system takes its lock away.
    drop(kept);
    let mut found = shelf.left_behind();
    assert_eq!(found.len(), 1);
    assert!(shelf.left_behind().is_empty(), "somebody has it already");

    // Taken up, it goes on in the same place: never two journals of the same work.
    let found = found.remove(0);
    let document = found.content.as_ref().unwrap().clone().into_document();
    assert!(document.is_dirty());
    let keeper = Keeper::new(shelf.clone(), 8).unwrap();
    keeper.adopt(found);
    keeper.begin("Shop".into(), None, String::new(), document.committed(), document.history());
    keeper.flush();
    assert_eq!(journals(folder.path()).len(), 1);
    // Closed in good order, nothing is left.
    keeper.end(None);
    drop(keeper);
    assert!(shelf.left_behind().is_empty());
    assert!(journals(folder.path()).is_empty());
}

#[test]
fn what_was_saved_is_not_offered_again_even_when_the_journal_does_not_know_yet() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let mut kept = Kept::new(folder.path(), Document::new(ThreatModel::default()), Some(&file));
    kept.document.commit(&element(1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    // Saved, and killed before the journal was told.
    disk::save(&file, save(kept.document.model()).unwrap().as_bytes()).unwrap();
    drop(kept);
    assert!(Shelf::new(folder.path().join("journals")).left_behind().is_empty());
    assert!(journals(folder.path()).is_empty());
}

#[test]
fn undo_survives_closing_and_opening_again_unless_the_file_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let shelf = Shelf::new(folder.path().join("journals"));
    let mut kept = Kept::new(folder.path(), Document::new(ThreatModel::default()), Some(&file));
    for n in 0..STEPS + 20 {
        kept.document.commit(&element(n)).unwrap();
    }
    kept.save();
    let text = fs::read(&file).unwrap();
    kept.keeper.end(Some((file.clone(), sum(&text), kept.document.history())));
    drop(kept.keeper);

    let history = shelf.history_of(&file, &sum(&text)).expect("it was kept");
    assert_eq!(history.past.len(), STEPS);
    let mut again = Document::restored(kept.document.model().clone(), history);
    assert!(!again.is_dirty());
    while again.undo() {}
    assert_eq!(again.model().elements.len(), 20);
    assert_eq!(shelf.history_of(&file, &sum(b"changed")), None);
}

#[test]
fn where_nothing_can_be_written_it_is_told_once_and_works_again_later() {
    let folder = tempfile::tempdir().unwrap();
    // A file stands where the folder should be.
    fs::write(folder.path().join("journals"), "in the way").unwrap();
    let mut kept = Kept::new(folder.path(), Document::new(ThreatModel::default()), None);
    kept.document.commit(&element(1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    assert!(kept.keeper.problem().is_some_and(|why| why.contains("recovery journal")));
    assert_eq!(kept.keeper.problem(), None);
    assert!(kept.keeper.has_grown(), "a fresh one is asked for");
    fs::remove_file(folder.path().join("journals")).unwrap();
    kept.begin();
    kept.keeper.flush();
    assert!(!kept.keeper.has_grown());
    let read = replay(&fs::read(journal(folder.path())).unwrap()).unwrap();
    assert!(read.model == *kept.document.model());
}
