//! A sound model and edits of every kind, possible and impossible ones: sound after each, and all of it can be taken back
//! to the byte. The bytes are the dice the tests' own random models and edits are thrown with.
#![no_main]

#[path = "../../tests/support"]
mod support {
    #![allow(dead_code)]
    pub mod edits;
    pub mod models;
}

use libfuzzer_sys::fuzz_target;
use palisade::edit::Document;
use palisade::model::check;
use palisade::storage::save;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::edits::any_edit;
use support::models::sound_model;

const EDITS: usize = 12;

fuzz_target!(|bytes: &[u8]| {
    let rng = TestRng::from_seed(RngAlgorithm::PassThrough, bytes);
    let mut dice = TestRunner::new_with_rng(Config::default(), rng);
    let Ok(model) = sound_model().new_tree(&mut dice) else { return };
    let mut document = Document::new(model.current());
    let before = save(document.model()).unwrap();
    for _ in 0..EDITS {
        let Ok(edit) = any_edit().new_tree(&mut dice) else { return };
        let _ = document.commit(&edit.current());
        assert!(check(document.model()).is_empty());
    }
    let after = save(document.model()).unwrap();
    let mut steps = 0;
    while document.undo() {
        steps += 1;
    }
    assert!(save(document.model()).unwrap() == before);
    for _ in 0..steps {
        assert!(document.redo());
    }
    assert!(save(document.model()).unwrap() == after);
});
