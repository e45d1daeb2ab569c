//! The theme of a report: a theme, or what is wrong with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::report::read_theme;

fuzz_target!(|text: &str| {
    if let Err(faults) = read_theme(text, &|_: &str| Err("no files here".to_owned())) {
        assert!(!faults.is_empty());
    }
});
