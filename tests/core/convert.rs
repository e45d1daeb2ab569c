//! Many files at once, and what became of every object.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn palisade(args: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap();
    (run.status.code(), String::from_utf8(run.stderr).unwrap())
}

#[test]
fn several_files_go_into_a_folder_and_one_that_fails_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let name = |n: &str| folder.path().join(n).to_str().unwrap().to_owned();
    let data = |n: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2").join(n).to_str().unwrap().to_owned();
    std::fs::write(name("broken.json"), "{\"summary\": {}, \"detail\": {").unwrap();
    let (out, losses) = (name("out"), name("losses.json"));
    std::fs::create_dir(&out).unwrap();
    let (code, told) = palisade(&[
        "convert",
        &data("quirks.json"),
        &name("broken.json"),
        &data("threats.json"),
        &out,
        "--to",
        "otm",
        "--losses",
        &losses,
    ]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("broken.json: the file is not whole: line 1") && told.contains("1 of 3 files"), "{told}");
    assert!(Path::new(&out).join("quirks.otm").exists() && Path::new(&out).join("threats.otm").exists());

    let report: Value = serde_json::from_str(&std::fs::read_to_string(&losses).unwrap()).unwrap();
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    let quirks = &files[0];
    let objects = quirks["objects"].as_array().unwrap();
    let counted = |kind: &str| objects.iter().filter(|o| o["kind"] == kind).count() as u64;
    for kind in ["element", "data flow", "trust boundary"] {
        assert_eq!(quirks["carried"][kind].as_u64(), Some(counted(kind)).filter(|n| *n > 0), "{kind}");
    }
    let noted = objects.iter().filter(|o| o["fate"] != "carried").count();
    assert!(noted > 3 && noted < objects.len(), "{noted} of {}", objects.len());
    assert!(objects.iter().filter(|o| o["fate"] == "carried").all(|o| o["notes"].as_array().unwrap().is_empty()));
    assert!(!quirks["other"].as_array().unwrap().is_empty() && !quirks["left_behind"].as_array().unwrap().is_empty());
}

#[test]
fn several_files_need_a_folder() {
    let (code, told) = palisade(&["convert", "a.json", "b.json", "c.ron"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("c.ron: name a folder"), "{told}");
}
