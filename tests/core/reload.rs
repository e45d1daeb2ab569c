//! What somebody else made of the file comes into a document as one step, and what was there before comes back.

use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::model::ThreatModel;
use palisade::storage::save;
use proptest::collection::vec;
use proptest::prelude::*;

/// A document that was worked on since it was read.
fn worked_on(start: &ThreatModel, edits: &[Edit]) -> Document {
    let mut document = Document::new(start.clone());
    edits.iter().for_each(|edit| drop(document.commit(edit)));
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reloading_gives_the_file_to_the_byte_and_one_undo_takes_it_back(
        start in sound_model(), edits in vec(any_edit(), 0..6), theirs in sound_model(), tried in vec(any_edit(), 0..3)
    ) {
        let mut document = worked_on(&start, &edits);
        let mine = document.model().clone();
        document.start_trial();
        tried.iter().for_each(|edit| drop(document.commit(edit)));
        let changed = document.reload(theirs.clone(), "reload from file");
        prop_assert!(save(document.model()).unwrap() == save(&theirs).unwrap(), "not as in the file");
        prop_assert!(!document.is_dirty() && document.unlogged().is_empty());
        prop_assert!(document.as_saved().unwrap() == theirs);
        if changed {
            prop_assert_eq!(document.undo_label(), Some("reload from file"));
            document.undo();
            prop_assert!(document.is_dirty() && document.as_saved().unwrap() == theirs);
        }
        let undone = document.model();
        prop_assert!(undone.keys() == mine.keys() && undone.keys().iter().all(|key| undone.get(key) == mine.get(key)));
    }

    #[test]
    fn how_it_was_saved_can_be_told_whatever_was_done_and_undone_since(
        start in sound_model(), before in vec(any_edit(), 0..4), after in vec((any_edit(), 0..3_u8), 0..8)
    ) {
        let mut document = worked_on(&start, &before);
        document.mark_saved();
        let saved = document.model().clone();
        for (edit, then) in after {
            let _ = document.commit(&edit);
            match then {
                0 => drop(document.undo()),
                1 => { document.undo(); document.undo(); }
                _ => {}
            }
        }
        prop_assert!(document.as_saved().unwrap() == saved);
        // Brought back from a journal, it is the same or, where no undo leads there, unknown; never another one.
        let restored = Document::restored((*document.committed()).clone(), document.history());
        prop_assert!(restored.as_saved().is_none_or(|known| known == saved));
    }

    #[test]
    fn what_was_merged_is_one_step_and_what_the_file_lacks_of_it_is_to_be_saved(
        start in sound_model(), edits in vec(any_edit(), 0..4), theirs in sound_model(), more in vec(any_edit(), 0..3)
    ) {
        let mut document = worked_on(&start, &edits);
        let mine = document.model().clone();
        let merged = worked_on(&theirs, &more).model().clone();
        document.merge(&theirs, merged.clone(), "merge");
        prop_assert!(*document.model() == merged && document.is_dirty() == (merged != theirs));
        prop_assert!(document.as_saved().unwrap() == theirs);
        if document.undo_label() == Some("merge") {
            document.undo();
        }
        let undone = document.model();
        prop_assert!(undone.keys() == mine.keys() && undone.keys().iter().all(|key| undone.get(key) == mine.get(key)));
    }
}
