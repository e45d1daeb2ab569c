//! The finished file holds nothing its readers must not see, and is not handed over when it does.

use crate::support::pdf::Pdf;
use crate::support::secretive::{SECRETS, secretive};
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{Format, Profile, ReportError, ReportOptions, Theme, make, pdf};
use palisade::risk::assess_on;

fn options() -> ReportOptions {
    let date = "2026-11-21".parse().unwrap();
    ReportOptions { file_name: "vault-9.ron".into(), ..ReportOptions::of(Profile::Client, Theme::default(), date) }
}

fn file_of(model: &ThreatModel, options: &ReportOptions) -> Result<Vec<u8>, ReportError> {
    let library = Library::builtin();
    pdf(model, library, &assess_on(model, library, options.date), options, &Quiet)
}

#[test]
fn pages_bookmarks_metadata_and_alternative_texts_hold_no_secret() {
    let bytes = file_of(&secretive(), &options()).unwrap();
    let file = Pdf::read(&bytes);
    let mut all = file.text();
    all.extend(file.outline().into_iter().map(|(_, title, _)| format!("\n{title}")));
    all.extend(["Title", "Author", "Subject", "Keywords"].map(|key| format!("\n{}", file.info(key))));
    all.extend(file.alternatives().into_iter().map(|alt| format!("\n{alt}")));
    let squeezed: String = all.to_lowercase().split_whitespace().collect();
    for secret in SECRETS.iter().filter(|s| **s != "Ada") {
        assert!(!squeezed.contains(&secret.to_lowercase().replace(' ', "")), "{secret}");
    }
    assert!(!all.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "ada"));
    assert!(all.contains("Host A") && all.contains("Person 1"));
}

#[test]
fn a_secret_on_the_cover_or_in_the_metadata_fails_the_report_and_names_its_place() {
    // A chapter title comes from outside the model, so nothing replaces it.
    let mut options = options();
    options.chapters.iter_mut().for_each(|c| c.title = c.shown.then(|| "All about Vault-9".to_owned()));
    match file_of(&secretive(), &options) {
        Err(ReportError::Leak(leak)) => {
            assert_eq!((leak.secret.as_str(), leak.what.as_str()), ("Vault-9", "the name of a hidden element"));
            assert!(leak.place.starts_with("page "), "{leak:?}");
            assert!(ReportError::Leak(leak).to_string().contains("“Vault-9”"));
        }
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    }
}

#[test]
fn every_kind_of_file_is_searched() {
    let library = Library::builtin();
    let model = secretive();
    let assessment = assess_on(&model, library, options().date);
    for format in Format::ALL.iter().filter(|f| **f != Format::Pdf) {
        let made = |options: &ReportOptions| make(*format, &model, library, &assessment, options, &Quiet);
        assert!(made(&options()).is_ok(), "{format:?}");
        let mut telling = options();
        telling.chapters.iter_mut().for_each(|c| c.title = c.shown.then(|| "All about Vault-9".to_owned()));
        let has_chapters = !matches!(format, Format::Xlsx | Format::Csv);
        assert_eq!(matches!(made(&telling), Err(ReportError::Leak(_))), has_chapters, "{format:?}");
        // The register of the workbook and the table: a secret put into the tree by hand.
        let mut report = palisade::report::compose(&model, library, &assessment, &options());
        report.register.rows[0][1] = palisade::report::Value::Text("Nightin-\ngale".into());
        let found = palisade::report::write(*format, &report, &Quiet);
        let in_register = matches!(format, Format::Xlsx | Format::Csv | Format::Json);
        assert_eq!(matches!(found, Err(ReportError::Leak(_))), in_register, "{format:?}");
    }
}

#[test]
fn a_secret_read_from_the_right_is_found_too() {
    let mut model = secretive();
    model.info.disclosure.words.insert("סודי ביותר".into());
    let mut options = options();
    options.chapters.iter_mut().for_each(|c| c.title = c.shown.then(|| "פרויקט סודי ביותר (web)".to_owned()));
    let found = file_of(&model, &options);
    assert!(matches!(&found, Err(ReportError::Leak(leak)) if leak.place.starts_with("page ")), "{:?}", found.map(|b| b.len()));
}
