//! The same figures in every file of a report, also after the model has changed.

use crate::samples::options;
use crate::support::pdf::Pdf;
use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{Format, Profile, ReportOptions, Theme, make};
use palisade::risk::{Assessment, Finding, assess_on};

/// The letters and digits of what people read in a file, whatever marks stand between them.
fn read(format: Format, bytes: &[u8]) -> String {
    let text = match format {
        Format::Pdf => Pdf::read(bytes).text(),
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    // Tags and entities of HTML end so.
    let mut markup: Option<char> = None;
    let shown = text.chars().filter(|c| {
        let was = markup;
        markup = match (was, c) {
            _ if format != Format::Html => None,
            (None, '<') => Some('>'),
            (None, '&') => Some(';'),
            (Some(end), c) if *c == end => None,
            _ => was,
        };
        was.is_none() && markup.is_none()
    });
    shown.filter(|c| c.is_alphanumeric()).collect()
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn assessed(model: &ThreatModel) -> Assessment {
    assess_on(model, Library::builtin(), options().date)
}

fn file(format: Format, model: &ThreatModel, options: &ReportOptions) -> Vec<u8> {
    make(format, model, Library::builtin(), &assessed(model), options, &Quiet).unwrap()
}

fn rounded(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}

/// What every file for readers says: how many, how grave, how much, and each threat with its level.
fn is_told(model: &ThreatModel) {
    let assessment = assessed(model);
    let counted: Vec<&Finding> = assessment.ranked().into_iter().filter(|f| f.counts()).collect();
    let totals = &assessment.totals;
    for (profile, formats) in [
        (Profile::Full, &[Format::Pdf, Format::Html, Format::Markdown][..]),
        (Profile::Client, &[Format::Pdf]),
        (Profile::Engineering, &[Format::Html]),
        (Profile::Executive, &[Format::Pdf, Format::Markdown]),
    ] {
        let options = ReportOptions::of(profile, Theme::default(), options().date);
        for &format in formats {
            let text = read(format, &file(format, model, &options));
            let says = |words: String| assert!(text.contains(&squeezed(&words)), "{profile:?}, {format:?}: {words}");
            if profile != Profile::Engineering {
                says(format!("is exposed to {} threats", counted.len()));
                says(format!("rated {:.1} of 100", totals.risk.peak));
            } else {
                says(format!("{:.0}, {:.0} today, then {:.0}.", totals.inherent_load, totals.risk.load, totals.planned_load));
            }
            let has_findings = profile != Profile::Executive;
            for finding in counted.iter().filter(|f| has_findings || f.current.band <= Band::High) {
                says(format!("{} {}", finding.label(), finding.current.band.label()));
            }
            for finding in counted.iter().filter(|_| has_findings) {
                says(format!("{} {} {:.1}", finding.label(), finding.current.band.label(), finding.current.score));
            }
        }
    }
}

/// What every file for programs has: a row for each threat with its scores.
fn is_listed(model: &ThreatModel) {
    let assessment = assessed(model);
    let counted: Vec<&Finding> = assessment.ranked().into_iter().filter(|f| f.counts()).collect();
    let wanted: Vec<(String, String, f64, f64, f64)> = counted
        .iter()
        .map(|f| {
            let [score, before, planned] = [f.current, f.inherent, f.planned].map(|rating| rounded(rating.score));
            (f.label(), f.current.band.label().to_owned(), score, before, planned)
        })
        .collect();
    let json: serde_json::Value = serde_json::from_slice(&file(Format::Json, model, &options())).unwrap();
    let row = |row: &serde_json::Value| {
        let [score, before, planned] = ["score", "inherent_score", "planned_score"].map(|key| row[key].as_f64().unwrap());
        (row["id"].as_str().unwrap().to_owned(), row["level"].as_str().unwrap().to_owned(), score, before, planned)
    };
    assert!(json["register"].as_array().unwrap().iter().map(row).collect::<Vec<_>>() == wanted);
    let text = file(Format::Csv, model, &options());
    let mut table = csv::Reader::from_reader(text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text));
    let heads = table.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let columns = ["Id", "Level", "Score", "Inherent score", "Planned score"].map(at);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let row = |row: &csv::StringRecord| {
        let number = |n: usize| row[columns[n]].parse().unwrap();
        (row[columns[0]].to_owned(), row[columns[1]].to_owned(), number(2), number(3), number(4))
    };
    assert!(rows.iter().map(row).collect::<Vec<_>>() == wanted);
    let sheet = sheet(&file(Format::Xlsx, model, &options()));
    assert_eq!(sheet.matches("<row ").count(), wanted.len() + 1);
    for (label, _, score, before, planned) in wanted {
        let all = [score, before, planned].iter().all(|n| sheet.contains(&format!("<v>{n}</v>")));
        assert!(all, "{label}: {score}, {before}, {planned}");
    }
}

/// The first sheet of a workbook.
fn sheet(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_file_has_the_same_figures_and_they_follow_the_model() {
    let mut model = shop();
    let before = assessed(&model).totals;
    is_told(&model);
    is_listed(&model);
    model.flows.get_mut(&Id::new("f1")).unwrap().protocol = Protocol::Https;
    model.instances.get_mut(&Id::new("waf")).unwrap().status = ControlStatus::Planned;
    let worst = assessed(&model).ranked().into_iter().find(|f| f.counts()).unwrap().key.clone();
    let gone = Decision { disposition: Disposition::NotApplicable, justification: "Not here".into(), ..Decision::default() };
    model.decisions.insert(worst, gone);
    let after = assessed(&model).totals;
    assert!(after.risk.load != before.risk.load && after.current != before.current, "the change has to show");
    is_told(&model);
    is_listed(&model);
}
