//! Models spread over several files of a folder.

use crate::interchange::draft::Draft;
use crate::interchange::kept::texts;
use crate::interchange::lenient::{Object, shortened};
use crate::interchange::{Beside, LossKind, yaml};
use serde_json::Value;
use std::collections::BTreeSet;

/// Files one model may bring in; nobody keeps more.
const MOST: usize = 50;

/// Adds what the included files say, and those they include, to the first, which wins where they differ.
pub(super) fn add_all(draft: &mut Draft, file: &mut Object, beside: Beside<'_>) {
    let mut waiting = names(file);
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let what = format!("included file “{}”", shortened(&name));
        if seen.len() > MOST {
            draft.lose(LossKind::Dropped, what, format!("more than {MOST} files are included"));
            return;
        }
        let Some(bytes) = beside(&name) else {
            draft.lose(LossKind::Dropped, what, "there is no such file in the folder of the model, and no other is looked at");
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        match yaml::parse(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(included)) => {
                waiting.extend(names(&included));
                fill(draft, file, included, &what);
            }
            Ok(_) => draft.lose(LossKind::Dropped, what, "it holds no map of names and values"),
            Err(error) => draft.lose(LossKind::Dropped, what, error.to_string()),
        }
    }
}

/// The files something includes, the first last.
fn names(file: &Object) -> Vec<String> {
    let mut names = texts(file, "includes");
    names.reverse();
    names
}

/// Maps are joined, lists strung together; of anything else the first stays.
fn fill(draft: &mut Draft, file: &mut Object, included: Object, what: &str) {
    for (key, value) in included {
        match (file.get_mut(&key), value) {
            (None | Some(Value::Null), value) => drop(file.insert(key, value)),
            (Some(Value::Object(mine)), Value::Object(theirs)) => {
                for (name, value) in theirs {
                    if let Some(mine) = mine.get(&name) {
                        if *mine == value {
                            continue;
                        }
                        let why = format!("its “{}” in “{key}” is there before and stays as it was", shortened(&name));
                        draft.lose(LossKind::Dropped, what, why);
                    } else {
                        mine.insert(name, value);
                    }
                }
            }
            (Some(Value::Array(mine)), Value::Array(theirs)) if key != "includes" => mine.extend(theirs),
            (Some(mine), value) if *mine != value && key != "includes" && !value.is_null() => {
                draft.lose(LossKind::Dropped, what, format!("its “{key}” is said before and stays as it was"));
            }
            _ => {}
        }
    }
}
