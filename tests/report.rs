//! The report: what it says, how it is laid out, what the PDF holds.
#![cfg(feature = "pdf")]

use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::ThreatModel;
use palisade::progress::Quiet;
use palisade::report::{ReportOptions, pdf};
use palisade::risk::assess;

fn report_of(model: &ThreatModel) -> Vec<u8> {
    let library = Library::builtin();
    let start = std::time::Instant::now();
    let assessment = assess(model, library);
    let options = ReportOptions::new("2026-11-21".parse().unwrap());
    eprintln!("assessed {:?}", start.elapsed());
    let bytes = pdf(model, library, &assessment, &options, &Quiet).unwrap();
    eprintln!("{} bytes {:?}", bytes.len(), start.elapsed());
    if let Ok(folder) = std::env::var("PALISADE_KEEP_REPORTS") {
        let name = if model.info.name.is_empty() { "empty" } else { &model.info.name };
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
    }
    bytes
}

fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/tests/data/oracle/{name}.model.json", env!("CARGO_MANIFEST_DIR"));
    plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

#[test]
fn look() {
    for file in std::env::var("LOOK").unwrap_or_default().split_whitespace() {
        let opened = palisade::open::open(&std::fs::read(file).unwrap(), "model").unwrap();
        report_of(&opened.model);
    }
}

#[test]
fn the_same_model_and_date_give_the_same_bytes() {
    for model in [ThreatModel::default(), sample("web-shop")] {
        assert!(report_of(&model) == report_of(&model));
    }
}
