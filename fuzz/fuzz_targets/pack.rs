//! A pack of rules: a library, or a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::library::{Library, Source};

const CONTROLS: &str = include_str!("../../assets/library/controls.ron");
const TAGS: &str = include_str!("../../assets/library/tags.ron");
const CALIBRATION: &str = include_str!("../../assets/library/calibration.ron");

fuzz_target!(|text: &str| {
    let source = |name, text| Source { name, text };
    let read = Library::parse(
        &[source("pack.ron", text)],
        source("controls.ron", CONTROLS),
        source("tags.ron", TAGS),
        source("calibration.ron", CALIBRATION),
    );
    if let Err(error) = read {
        assert!(!error.to_string().is_empty());
    }
});
