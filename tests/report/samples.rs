//! Models the tests of reports are made with.
use palisade::interchange::plain_json;
use palisade::model::ThreatModel;
use palisade::report::ReportOptions;

pub fn options() -> ReportOptions {
    ReportOptions::new("2026-11-21".parse().unwrap())
}

pub fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/tests/data/oracle/{name}.model.json", env!("CARGO_MANIFEST_DIR"));
    plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
}
