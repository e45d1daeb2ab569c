//! `palisade baseline` as a script before a delivery uses it.

use std::path::Path;
use std::process::Command;

fn palisade(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn how_things_stand_is_kept_listed_and_told_of_in_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop.ron");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron"), &shop).unwrap();
    let shop = shop.to_str().unwrap();
    assert_eq!(palisade(&["baseline", shop]).1, "No baseline is kept in this model.\n");

    let keep = |name, day| palisade(&["baseline", shop, name, "--by", "Ann", "--date", day]);
    let (code, out, told) = keep("Delivery 1", "2026-10-01");
    assert!(code == Some(0) && out.is_empty() && told.contains("kept as “Delivery 1”"), "{told}");
    assert_eq!(keep("Delivery 2", "2026-11-01").0, Some(0));
    assert_eq!(palisade(&["baseline", shop]).1, "2026-11-01  Delivery 2  by Ann\n2026-10-01  Delivery 1  by Ann\n");
    assert_eq!(palisade(&["audit", shop]).0, Some(0), "each is written into the log");

    let before = std::fs::read(shop).unwrap();
    let (code, _, told) = keep("Delivery 1", "2026-12-01");
    assert!(code == Some(2) && told.contains("already"), "{told}");
    assert_eq!(keep("  ", "2026-12-01").0, Some(2));
    assert!(std::fs::read(shop).unwrap() == before, "nothing was written");

    let report = folder.path().join("report.md");
    let written = palisade(&["report", shop, "-o", report.to_str().unwrap(), "--since", "Delivery 1", "--date", "2026-12-01"]);
    assert_eq!(written.0, Some(0), "{}", written.2);
    assert!(std::fs::read_to_string(report).unwrap().contains("Delivery 1"));
}

#[test]
fn files_of_other_tools_are_not_written_over() {
    let foreign = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2/bare-shop.json");
    let before = std::fs::read(&foreign).unwrap();
    let (code, _, told) = palisade(&["baseline", foreign.to_str().unwrap(), "v1"]);
    assert!(code == Some(2) && told.contains("-o"), "{told}");
    assert!(std::fs::read(&foreign).unwrap() == before);
}
