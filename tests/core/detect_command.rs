//! `palisade detect` as a script meets it.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn palisade(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn shop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2/bare-shop.json")
}

#[test]
fn proposals_are_listed_and_taken_over_by_confidence() {
    let folder = tempfile::tempdir().unwrap();
    let (out, shop) = (folder.path().join("shop.ron"), shop());
    let (shop, out) = (shop.to_str().unwrap(), out.to_str().unwrap());
    let listed = |file: &str| -> Vec<String> {
        let (code, text, _) = palisade(&["detect", file, "--format", "json"]);
        assert_eq!(code, Some(0));
        let json: Value = serde_json::from_str(&text).unwrap();
        json["proposals"].as_array().unwrap().iter().map(|p| p["confidence"].as_str().unwrap().to_owned()).collect()
    };
    let before = listed(shop);
    assert!(before.iter().any(|c| c == "High"), "{before:?}");
    // A foreign format is not written back.
    assert_eq!(palisade(&["detect", shop, "--apply", "high"]).0, Some(2));
    let (code, text, told) = palisade(&["detect", shop, "--apply", "high", "-o", out]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("taken over"), "{told}");
    assert!(!text.contains("  High "), "{text}");
    assert!(!listed(out).iter().any(|c| c == "High"), "what is stated is not proposed again");
    // Our own files are written in place, and the same way every time.
    let bytes = std::fs::read(out).unwrap();
    assert_eq!(palisade(&["detect", out, "--apply", "high"]).0, Some(0));
    assert_eq!(std::fs::read(out).unwrap(), bytes);
    let text = palisade(&["detect", shop]).1;
    assert!(text.contains("High    "), "{text}");
}
