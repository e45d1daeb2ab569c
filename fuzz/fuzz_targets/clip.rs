//! What another program left on the clipboard.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::tool::Clip;

fuzz_target!(|text: &str| {
    drop(Clip::from_text(text));
});
