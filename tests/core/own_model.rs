//! Palisade's own threat model: its page in words says the same, and what it claims to be held by is there.

use palisade::library::Library;
use palisade::model::{Disposition, ThreatModel, check};
use palisade::risk::assess;
use palisade::storage::{load, save};
use std::collections::BTreeSet;
use std::path::Path;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn own() -> ThreatModel {
    load(&text("sample_models/palisade.ron")).unwrap().model
}

/// The points of a part of SECURITY.md: what stands in bold, and all of it.
fn points(part: &str) -> Vec<(String, String)> {
    let page = text("SECURITY.md");
    let body = page.split(&format!("\n## {part}\n")).nth(1).unwrap_or_else(|| panic!("SECURITY.md has no part {part}"));
    let body = body.split("\n## ").next().unwrap();
    let points = body.split("\n- ").skip(1).map(|point| {
        let bold = point.split("**").nth(1).unwrap_or_else(|| panic!("nothing in bold: {point}"));
        (bold.to_owned(), point.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    points.collect()
}

#[test]
fn every_threat_on_the_page_is_in_the_model_and_the_other_way_round() {
    let model = own();
    let on_page = points("Threats");
    let titles: BTreeSet<&str> = on_page.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, model.threats.values().map(|threat| threat.title.as_str()).collect());
    for (id, threat) in &model.threats {
        let (_, point) = on_page.iter().find(|(title, _)| *title == threat.title).unwrap();
        assert!(point.contains(&threat.description), "{id}: the page tells it otherwise");
        let decided = model.decisions.iter().filter(|(key, _)| key.rule == *id);
        let standing = decided.map(|(_, decision)| decision).next();
        let word = match standing.map(|decision| decision.disposition) {
            None | Some(Disposition::Open) => "*Open:*",
            Some(Disposition::Accept) => "*Accepted:*",
            Some(_) => "*Held:*",
        };
        assert!(point.contains(word), "{id}: not {word} on the page");
        assert!(standing.is_none_or(|decision| point.contains(&decision.justification)), "{id}: another reason on the page");
    }
}

#[test]
fn every_control_on_the_page_is_in_the_model_with_the_tests_that_show_it() {
    let model = own();
    let on_page = points("Controls");
    let names: BTreeSet<&str> = on_page.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, model.controls.values().map(|control| control.name.as_str()).collect());
    for (id, control) in &model.controls {
        let (_, point) = on_page.iter().find(|(name, _)| *name == control.name).unwrap();
        assert!(point.contains(&control.description), "{id}: the page tells it otherwise");
        let shown = model.instances.values().find(|i| i.control == *id.as_str()).unwrap_or_else(|| panic!("{id} is nowhere"));
        for file in control.verify.split(", ") {
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{id}: {file} is not there");
            assert!(point.contains(&format!("`{file}`")) && shown.evidence.result.contains(file), "{id}: {file} is not named");
        }
    }
}

#[test]
fn it_is_found_and_decided_like_any_other_model() {
    let model = own();
    assert_eq!(check(&model), []);
    assert!(save(&model).unwrap() == text("sample_models/palisade.ron"), "it is written as it is read");
    let assessment = assess(&model, Library::builtin());
    assert!(model.diagrams.len() >= 3 && model.boundaries.values().filter(|b| b.parent.is_some()).count() >= 3);
    for (key, decision) in &model.decisions {
        let finding = assessment.findings.get(key).unwrap_or_else(|| panic!("{key} is decided and not found"));
        assert!(finding.stale.is_empty(), "{key} rests on something else");
        assert!(
            decision.disposition != Disposition::Accept || (decision.approver.is_some() && decision.expires.is_some()),
            "{key}"
        );
    }
    // What holds a threat takes something off it.
    let totals = &assessment.totals.risk;
    assert!(totals.load > 0.0 && assessment.findings.values().any(|f| f.current.score < f.inherent.score));
    let open = model.threats.keys().filter(|id| !model.decisions.keys().any(|key| key.rule == **id)).count();
    assert_eq!(open, 1, "the one open risk is told as such");
}
