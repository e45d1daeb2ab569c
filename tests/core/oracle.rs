//! The engine agrees with the reference implementation on every threat, status, route and score.
//!
//! `tests/data/oracle` holds models with the reference's answers: the six samples and small random ones. Set
//! `PALISADE_ORACLE` to a folder of further `NAME.model.json` and `NAME.expected.json` to compare those as well.

use palisade::cli::assess::assess_json;
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::risk;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const TOLERANCE: f64 = 0.00005 + 1e-9;

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    found.retain(|p| p.to_string_lossy().ends_with(".model.json"));
    found.sort();
    found
}

/// Differences between our answer and the reference's, in words.
fn differences(path: &Path) -> Vec<String> {
    let import = plain_json::read(&text(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let assessment = risk::assess(&import.model, Library::builtin());
    let ours = assess_json(&import.model, Library::builtin(), &assessment);
    let expected = path.with_file_name(path.file_name().unwrap().to_string_lossy().replace(".model.", ".expected."));
    let theirs: Value = serde_json::from_str(&text(&expected)).unwrap();
    let mut out = Vec::new();

    for element in ours["elements"].as_array().unwrap() {
        let id = element["id"].as_str().unwrap();
        for (key, list) in [("exposure", "exposure"), ("tainted", "tainted")] {
            let wanted = &theirs["derived"][list][id];
            if element[key] != *wanted {
                out.push(format!("{id}: {key} {} should be {wanted}", element[key]));
            }
        }
    }
    let by_key = |v: &Value| -> BTreeMap<String, Value> {
        v["threats"].as_array().unwrap().iter().map(|t| (t["key"].as_str().unwrap().to_owned(), t.clone())).collect()
    };
    let (ours, theirs) = (by_key(&ours), by_key(&theirs));
    for (key, wanted) in &theirs {
        let place = format!("{} @ {}", wanted["rule"], wanted["anchor"]);
        let Some(found) = ours.get(key) else {
            out.push(format!("{place} is missing"));
            continue;
        };
        let mut same = |what: &str, a: &Value, b: &Value| {
            if a != b {
                out.push(format!("{place}: {what} {a} should be {b}"));
            }
        };
        same("anchor", &found["anchor"]["id"], &wanted["anchor"]);
        for what in ["rule", "status", "bindings", "missing", "band"] {
            same(what, &found[what], &wanted[what]);
        }
        let names = |v: &Value| v.as_array().unwrap().iter().map(|c| c[0].clone()).collect::<Vec<_>>();
        same("controls", &Value::Array(names(&found["controls"])), &Value::Array(names(&wanted["controls"])));
        let mut near = |what: &str, a: &Value, b: &Value, tolerance: f64| {
            if (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() > tolerance {
                out.push(format!("{place}: {what} {a} should be {b}"));
            }
        };
        for what in ["p0", "i0", "p", "i", "inherent"] {
            near(what, &found[what], &wanted[what], TOLERANCE);
        }
        near("current", &found["current"], &wanted["residual"], TOLERANCE);
        for (a, b) in found["controls"].as_array().unwrap().iter().zip(wanted["controls"].as_array().unwrap()) {
            near(&format!("effect of {}", b[0]), &a[1], &b[1], 0.0011);
        }
    }
    out.extend(
        ours.iter()
            .filter(|(key, _)| !theirs.contains_key(*key))
            .map(|(_, t)| format!("{} @ {} is too much", t["rule"], t["anchor"]["id"])),
    );
    out
}

fn agree(folder: &Path) -> usize {
    let cases = cases(folder);
    let told: Vec<String> = cases
        .iter()
        .flat_map(|p| differences(p).into_iter().map(|d| format!("{}: {d}", p.file_name().unwrap().display())))
        .collect();
    assert!(told.is_empty(), "{} differences:\n{}", told.len(), told.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
    cases.len()
}

#[test]
fn every_oracle_model_agrees_with_the_reference() {
    let count = agree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/oracle"));
    assert!(count >= 7, "only {count} oracle models found");
}

#[test]
fn further_models_agree_with_the_reference() {
    match std::env::var_os("PALISADE_ORACLE") {
        Some(folder) => println!("{} further models agree", agree(Path::new(&folder))),
        None => println!("skipped: PALISADE_ORACLE is not set"),
    }
}
