//! `palisade check` and `palisade roadmap`: for people, and for continuous integration.

use serde_json::Value;
use std::process::{Command, Output};

fn palisade(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap()
}

fn shop() -> String {
    format!("{}/tests/data/oracle/web-shop.model.json", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn check_lists_the_gravest_first_and_fails_on_errors() {
    let run = palisade(&["check", &shop(), "--date", "2026-03-31"]);
    assert_eq!(run.status.code(), Some(4));
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.starts_with("Error"), "{text}");
    assert!(text.contains("HYG-22"), "{text}");
    assert!(String::from_utf8(run.stderr).unwrap().contains("10 to put right"));
    let lenient = palisade(&["check", &shop(), "--date", "2026-03-31", "--fail-on", "never"]);
    assert_eq!(lenient.status.code(), Some(0));
}

#[test]
fn check_as_json_names_the_check_and_what_it_is_about() {
    let run = palisade(&["check", &shop(), "--date", "2026-03-31", "--format", "json"]);
    let found: Value = serde_json::from_slice(&run.stdout).unwrap();
    let first = &found["problems"][0];
    assert_eq!(first["severity"], "error");
    assert!(first["about"][0].is_string() && first["message"].is_string(), "{first}");
}

#[test]
fn the_roadmap_keeps_its_budget() {
    let run = palisade(&["roadmap", &shop(), "--budget", "6", "--format", "json"]);
    assert_eq!(run.status.code(), Some(0));
    let found: Value = serde_json::from_slice(&run.stdout).unwrap();
    let days: f64 = found["steps"].as_array().unwrap().iter().map(|s| s["days"].as_f64().unwrap()).sum();
    assert!(days > 0.0 && days <= 6.0, "{days}");
    let text = palisade(&["roadmap", &shop(), "--steps", "1"]);
    assert!(String::from_utf8(text.stdout).unwrap().contains("1. Private-by-default store access control at"));
    assert_eq!(palisade(&["roadmap", &shop(), "--budget", "much"]).status.code(), Some(2));
}
