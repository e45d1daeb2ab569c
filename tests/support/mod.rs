//! What the tests share. Each of the three test programs holds it as its module `support`.
#![allow(dead_code)] // no test file uses all of it

#[cfg(feature = "gui")]
pub mod app;
pub mod curves;
pub mod dice;
pub mod dsl;
pub mod edits;
pub mod graphs;
pub mod hand;
pub mod models;
pub mod nested;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(feature = "gui")]
pub mod renderer;
pub mod schema;
pub mod scripts;
pub mod secretive;
pub mod shop;
pub mod source;
#[cfg(feature = "gui")]
pub mod stage;
#[cfg(feature = "gui")]
pub mod window;

use std::path::PathBuf;

/// A folder of the corpus of real files, or `None` with a line on the output where the corpus is not set up.
///
/// # Panics
/// When `PALISADE_CORPUS` is set but the folder is not there: a wrong path must not look like a passed test.
pub fn corpus(folder: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("PALISADE_CORPUS") else {
        println!("skipped: PALISADE_CORPUS is not set");
        return None;
    };
    let path = PathBuf::from(root).join(folder);
    assert!(path.is_dir(), "PALISADE_CORPUS is set, but {} is not a folder", path.display());
    Some(path)
}
