//! Whatever text is read as this format, the answer is a sound model or a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::interchange::{Format, Source, import};
use palisade::model::check;

fuzz_target!(|text: &str| {
    if let Ok(read) = import(Format::ThreatDragon1, &Source::alone(text, "x")) {
        assert!(check(&read.model).is_empty());
    }
});
