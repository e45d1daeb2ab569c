//! `palisade paths` and the parts of `assess --format json` about paths and methods.

use palisade::cli::assess::assess_json;
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::assess;
use palisade::storage::Encoding;
use std::path::Path;
use std::process::{Command, Output};

fn shop() -> String {
    format!("{}/tests/data/oracle/web-shop.model.json", env!("CARGO_MANIFEST_DIR"))
}

fn palisade(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palisade")).arg("paths").args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn paths_are_listed_with_their_steps_and_caveat() {
    let output = palisade(&[&shop(), "--agent", "organised criminals", "--goals", "2", "--cuts"]);
    assert!(output.status.success(), "{output:?}");
    let text = said(&output);
    assert!(text.starts_with("Organised criminals\n"), "{text}");
    assert!(text.contains("Customer passwords: confidentiality"), "{text}");
    // Goals reached in the same way are told together, then the way, then what interrupts it.
    let both = "risk  62.4  Customer passwords: confidentiality\nrisk  40.6  Customer passwords: integrity\n  62.4 %\n";
    assert!(text.contains(both), "{text}");
    assert!(text.contains("From afar: Shop staff is phished into giving up access → acts as Shop staff"), "{text}");
    assert!(text.contains("  To interrupt this way: 4 person-days\n        4  Parameterised data access at "), "{text}");
    assert!(text.contains("  To interrupt every way from 5 % on: "), "{text}");
    assert!(text.contains("Where paths come together"), "{text}");
    assert!(text.contains("independent"), "{text}");
}

#[test]
fn an_unknown_agent_is_told_with_those_there_are() {
    let output = palisade(&[&shop(), "--agent", "Nobody"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("there is no agent “Nobody”; there are ") && error.contains("Organised criminals"), "{error}");
}

#[test]
fn json_holds_every_path_and_the_tree_is_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("tree.svg");
    let output = palisade(&[&shop(), "--format", "json", "--paths", "3", "--goals", "2", "--tree", tree.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let json: serde_json::Value = serde_json::from_str(&said(&output)).unwrap();
    let goals = json["agents"][0]["goals"].as_array().unwrap();
    assert_eq!(goals.len(), 2);
    assert_eq!(goals[0]["paths"].as_array().unwrap().len(), 3);
    assert_eq!(goals[0]["paths"][0]["steps"][0]["from"], "start");
    let svg = std::fs::read_to_string(&tree).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("any of"), "{svg}");
    // Another file is never written over.
    let other = folder.path().join("mine.svg");
    std::fs::write(&other, "my notes").unwrap();
    let output = palisade(&[&shop(), "--tree", other.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "my notes");
}

#[test]
fn assess_carries_methods_and_paths() {
    let text = std::fs::read_to_string(Path::new(&shop())).unwrap();
    let model = plain_json::read(&text).unwrap().model;
    let assessment = assess(&model, Library::builtin());
    let json = assess_json(&model, Library::builtin(), &assessment);
    let worst = &json["threats"][0];
    for method in ["FiveByFive", "Owasp", "Dread", "DreadThree", "Cvss31", "Cvss40", "Allegro", "Money"] {
        assert!(worst["methods"][method]["current"].is_number(), "{method}: {}", worst["methods"]);
    }
    let agents = json["paths"]["agents"].as_array().unwrap();
    let criminals = agents.iter().find(|agent| agent["name"] == "Organised criminals").unwrap();
    for part in ["goals", "chokes"] {
        assert!(!criminals[part].as_array().unwrap().is_empty(), "{part}");
    }
    assert!(criminals["chokes"][0]["share"].as_f64().is_some_and(|share| share > 0.0 && share <= 1.0));
    assert!(json["paths"]["caveat"].as_str().is_some_and(|caveat| caveat.contains("independent")));
    // A vector says what the score is of.
    let cvss = &worst["methods"]["Cvss40"];
    assert!(cvss["vector"].as_str().is_some_and(|vector| vector.starts_with("CVSS:4.0/AV:")), "{cvss}");
    assert!(cvss["band"].as_str().is_some(), "{cvss}");
    assert!(worst["methods"]["Owasp"].get("vector").is_none() && worst["methods"]["Money"]["band"].is_null());
}

#[test]
fn a_kept_tree_is_exported_by_the_name_of_its_goal() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = ThreatModel::default();
    let step = |name: &str, p: f64| TreeStep { name: name.into(), p: Some(p), ..TreeStep::default() };
    let root = TreeStep::of("Open the safe", Gate::And, vec![step("Learn the combination", 0.5), step("Get into the room", 0.4)]);
    model.attack_trees.insert("safe".into(), AttackTree { root, ..AttackTree::default() });
    let file = folder.path().join("bank.ron");
    std::fs::write(&file, Encoding::Ron.write(&model).unwrap()).unwrap();
    let export = |tree: &str, out: &Path| {
        let args = ["export", file.to_str().unwrap(), "--tree", tree, "-o", out.to_str().unwrap()];
        Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap()
    };
    let svg = folder.path().join("safe.svg");
    let output = export("open the safe", &svg);
    assert!(output.status.success(), "{output:?}");
    let text = std::fs::read_to_string(&svg).unwrap();
    assert!(text.contains("Learn the combination") && text.contains("20 %") && text.contains("all of"), "{text}");
    let output = export("the moon", &svg);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains("there is no attack tree “the moon”; there are Open the safe"), "{error}");
}
