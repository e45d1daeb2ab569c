//! Trying things out: what is tried is one step when it is kept, and as if it had never been when it is dropped.

use crate::support::dsl::model;
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::model::*;
use proptest::prelude::*;

fn named(name: &str) -> Edit {
    Edit::put(Key::Element("web".into()), Element { name: name.into(), ..Element::default() })
}

fn open() -> Document {
    let mut document = model("Shop").process("Web").open();
    document.commit(&named("One")).unwrap();
    document.commit(&named("Two")).unwrap();
    document.undo();
    document
}

fn name(document: &Document) -> &str {
    document.model().name_of(&"web".into())
}

#[test]
fn what_is_dropped_has_never_been() {
    let mut document = open();
    document.start_trial();
    document.commit(&named("Three")).unwrap();
    document.commit(&named("Four")).unwrap();
    document.preview(&named("Five")).unwrap();
    document.drop_trial();
    assert_eq!((name(&document), document.is_trying()), ("One", false));
    assert!(document.redo(), "what could be done again still can");
    assert_eq!(name(&document), "Two");
}

#[test]
fn what_is_kept_is_one_step() {
    let mut document = open();
    document.start_trial();
    document.commit(&named("Three")).unwrap();
    document.commit(&named("Four")).unwrap();
    assert!(document.keep_trial("what if"));
    assert_eq!((name(&document), document.undo_label()), ("Four", Some("what if")));
    document.undo();
    assert_eq!(name(&document), "One");
    document.redo();
    assert_eq!(name(&document), "Four");
}

#[test]
fn undo_stays_within_the_trial() {
    let mut document = open();
    document.start_trial();
    document.commit(&named("Three")).unwrap();
    assert!(document.undo());
    assert!(!document.undo() && document.undo_label().is_none(), "what was before is not up for trial");
    assert!(!document.keep_trial("what if"), "nothing is left of it");
    assert!(document.undo());
    assert_eq!(name(&document), "Web");
}

#[test]
fn without_a_trial_there_is_nothing_to_drop() {
    let mut document = open();
    document.drop_trial();
    assert_eq!((name(&document), document.undo_label().is_some()), ("One", true));
    assert!(!document.keep_trial("what if"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_trial_can_be_dropped_or_kept(model in sound_model(), edits in proptest::collection::vec(any_edit(), 1..8)) {
        let mut document = Document::new(model.clone());
        document.start_trial();
        for (n, edit) in edits.iter().enumerate() {
            // Edits that cannot be done are refused, which is fine here.
            let _ = document.commit(edit);
            if n % 3 == 2 {
                document.undo();
            }
        }
        let mut kept = document.clone();
        let tried = document.model().clone();
        document.drop_trial();
        prop_assert_eq!(document.model(), &model);
        kept.keep_trial("what if");
        prop_assert_eq!(kept.model(), &tried);
        kept.undo();
        prop_assert_eq!(kept.model(), &model);
    }
}
