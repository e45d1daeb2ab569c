//! A model file, as RON and as its JSON twin: what is read is sound, and written and read again it is the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::model::check;
use palisade::storage::{load, load_json, save};

fuzz_target!(|text: &str| {
    for read in [load(text), load_json(text)].into_iter().flatten() {
        assert!(check(&read.model).is_empty());
        let Ok(written) = save(&read.model) else { panic!("what was read cannot be written") };
        assert!(load(&written).is_ok_and(|again| again.model == read.model));
    }
});
