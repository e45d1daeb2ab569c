//! A sound model and edits of every kind, possible and impossible ones: sound after each, and all of it can be taken back
//! to what it was. The first eight bytes say which of the tests' own random models it is, every further eight which edit.
#![no_main]

#[path = "../../tests/support"]
mod support {
    #![allow(dead_code)]
    pub mod edits;
    pub mod models;
}

use libfuzzer_sys::fuzz_target;
use palisade::edit::{Document, Edit};
use palisade::model::{ThreatModel, check};
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::edits::any_edit;
use support::models::sound_model;

const EDITS: usize = 16;

thread_local! {
    static MODELS: BoxedStrategy<ThreatModel> = sound_model().boxed();
    static EDITS_OF_EVERY_KIND: BoxedStrategy<Edit> = any_edit();
}

/// What a strategy makes of some bytes. They are the seed of the dice: dice that run out would show zeros for ever.
fn thrown<S: Strategy>(strategy: &S, bytes: &[u8]) -> Option<S::Value> {
    let mut seed = [0; 32];
    seed.iter_mut().zip(bytes).for_each(|(s, b)| *s = *b);
    let dice = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, dice);
    strategy.new_tree(&mut runner).ok().map(|tree| tree.current())
}

fuzz_target!(|bytes: &[u8]| {
    let mut words = bytes.chunks(8);
    let Some(before) = words.next().and_then(|word| MODELS.with(|models| thrown(models, word))) else { return };
    let mut document = Document::new(before.clone());
    for word in words.take(EDITS) {
        let Some(edit) = EDITS_OF_EVERY_KIND.with(|edits| thrown(edits, word)) else { return };
        let _ = document.commit(&edit);
        assert!(check(document.model()).is_empty());
    }
    let after = document.model().clone();
    let mut steps = 0;
    while document.undo() {
        steps += 1;
    }
    assert!(*document.model() == before);
    for _ in 0..steps {
        assert!(document.redo());
    }
    assert!(*document.model() == after);
});
