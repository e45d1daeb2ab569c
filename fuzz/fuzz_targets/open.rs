//! Whatever bytes are opened as a file, the answer is a sound model or a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::model::check;
use palisade::open::open;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(opened) = open(bytes, "x") {
        assert!(check(&opened.model).is_empty());
    }
});
