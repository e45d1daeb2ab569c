//! A journal whose sums are right, whatever it says: the document is sound.
#![no_main]

use libfuzzer_sys::fuzz_target;
use palisade::journal::{replay, sum};
use palisade::model::check;

fuzz_target!(|text: &str| {
    let lines = text.lines().map(|line| format!("{} {line}\n", sum(line.as_bytes())));
    let journal = format!("palisade journal 1\n{}", lines.collect::<String>());
    if let Ok(read) = replay(journal.as_bytes()) {
        let mut document = read.into_document();
        assert!(check(document.model()).is_empty());
        while document.undo() {}
        while document.redo() {}
    }
});
