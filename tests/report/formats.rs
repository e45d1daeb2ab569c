//! The other files of a report: HTML, workbook, CSV, Markdown and JSON say what the PDF says, and nothing in them runs.
use crate::samples::{options, sample};
use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{Format, Profile, ReportOptions, Theme, compose, make};
use palisade::risk::assess;
use std::collections::BTreeSet;
use std::path::Path;

fn file_with(model: &ThreatModel, format: Format, options: &ReportOptions) -> Vec<u8> {
    let library = Library::builtin();
    let bytes = make(format, model, library, &assess(model, library), options, &Quiet).unwrap();
    if let Some(folder) = std::env::var_os("PALISADE_KEEP_REPORTS") {
        let name: String = model.info.name.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
        std::fs::write(Path::new(&folder).join(name).with_extension(format.extension()), &bytes).unwrap();
    }
    bytes
}

fn text(model: &ThreatModel, format: Format) -> String {
    String::from_utf8(file_with(model, format, &options())).unwrap()
}

/// A model in which every name tries something.
fn hostile() -> ThreatModel {
    let mut model = shop();
    model.info.name = "=cmd|' /C calc'!A0 <script>alert(1)</script>".into();
    let names = ["=HYPERLINK(\"http://x\")", "@SUM(1)|pipe", "\"><img src=x onerror=alert(1)> [a](javascript:x) `c`"];
    for (element, name) in model.elements.values_mut().zip(names) {
        element.name = name.to_owned();
    }
    for (n, id) in model.elements.keys().cloned().enumerate() {
        let manual = Threat {
            title: ["+1+1", "-2", "\t=3"][n % 3].to_owned(),
            description: "<b>bold</b> & \u{1}\u{b}\u{202e}evil\u{feff}".into(),
            targets: [id].into(),
            ..Threat::default()
        };
        model.threats.insert(Id::new(format!("m{n}")), manual);
    }
    model
}

#[test]
fn the_ending_of_the_name_says_what_is_written() {
    for format in Format::ALL {
        assert_eq!(Format::of(Path::new(&format!("a.b/Report.{}", format.extension().to_uppercase()))), Some(*format));
    }
    assert_eq!(Format::of(Path::new("report.docx")), None);
    assert_eq!(Format::of(Path::new("report")), None);
}

#[test]
fn every_format_begins_with_its_mark_and_is_the_same_twice() {
    for model in [ThreatModel::default(), shop(), hostile()] {
        for format in Format::ALL {
            let bytes = file_with(&model, *format, &options());
            assert!(bytes.starts_with(format.mark()), "{format:?}");
            assert!(bytes == file_with(&model, *format, &options()), "{format:?} twice");
        }
    }
}

/// The values of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn html_stands_alone_with_links_that_lead_somewhere_and_words_for_pictures() {
    let html = text(&shop(), Format::Html);
    let ids: BTreeSet<&str> = attributes(&html, "id").into_iter().collect();
    assert_eq!(ids.len(), attributes(&html, "id").len(), "ids are unique");
    let links = attributes(&html, "href");
    assert!(links.iter().filter(|l| l.starts_with('#')).count() > 20);
    for link in links {
        let inside = link.strip_prefix('#').is_some_and(|id| ids.contains(id));
        assert!(inside || link.starts_with("https://"), "{link}");
    }
    for fetched in ["<script", "<link", " src=", "url(", "@import", "<iframe"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert!(html.contains("aria-label=\"Data flow diagram “Overview” with one process"));
    assert!(
        html.contains("<html lang=\"en-GB\">") && html.contains("@media print") && html.contains("prefers-color-scheme:dark")
    );
    for words in ["Corner shop", "Browse and order", "TLP:AMBER", "<th scope=\"col\">", "Card thief"] {
        assert!(html.contains(words), "{words}");
    }
    for element in ["table", "section", "div", "ul", "li", "h2", "h3", "figure", "svg", "a", "p", "span", "tr", "nav"] {
        let (open, close) = (html.matches(&format!("<{element}")).count(), html.matches(&format!("</{element}>")).count());
        let longer = ["a", "p", "tr"].contains(&element);
        assert!(close > 0 && if longer { open >= close } else { open == close }, "{element}: {open} and {close}");
    }
    // Headings go down one level at a time.
    let levels: Vec<u32> = html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10)).collect();
    assert!(levels.first() == Some(&1) && levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn what_people_type_never_becomes_markup() {
    let html = text(&hostile(), Format::Html);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>") && !html.contains('\u{202e}'));
    assert!(html.contains("&lt;script&gt;"));
    let markdown = text(&hostile(), Format::Markdown);
    assert!(!markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains("[a](javascript"));
    assert!(markdown.contains("&lt;script&gt;"));
}

#[test]
fn tables_for_spreadsheets_start_no_formula() {
    let text = text(&hostile(), Format::Csv);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns = reader.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 3);
    let mut disarmed = 0;
    for cell in rows.iter().inspect(|r| assert_eq!(r.len(), columns)).flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
        disarmed += usize::from(cell.starts_with('\''));
    }
    assert!(disarmed >= 3, "{disarmed}");
}

#[test]
fn the_register_has_a_row_for_each_threat_in_every_format() {
    let model = sample("pytm-demo");
    let library = Library::builtin();
    let assessment = assess(&model, library);
    let count = assessment.findings.values().filter(|f| f.counts()).count();
    let report = compose(&model, library, &assessment, &options());
    assert_eq!(report.register.rows.len(), count);
    assert!(report.register.rows.iter().all(|row| row.len() == report.register.columns.len()));
    let csv_text = text(&model, Format::Csv);
    let rows = csv::Reader::from_reader(csv_text.as_bytes()).records().count();
    assert_eq!(rows, count);
    let json: serde_json::Value = serde_json::from_str(&text(&model, Format::Json)).unwrap();
    assert_eq!(json["register"].as_array().unwrap().len(), count);
    assert_eq!((json["format"].as_str(), json["version"][0].as_u64()), (Some("palisade-report"), Some(1)));
    let worst = assessment.ranked().into_iter().find(|f| f.counts()).unwrap();
    assert_eq!(json["register"][0]["threat"], worst.title.as_str());
    assert_eq!(json["register"][0]["level"], worst.current.band.label());
}

/// The names and contents of the parts of a workbook.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn the_workbook_has_words_numbers_and_dates_and_no_formulas() {
    let mut model = hostile();
    let library = Library::builtin();
    let key = assess(&model, library).ranked()[0].key.clone();
    let decision = Decision { due: "2027-01-31".parse().ok(), ..Decision::default() };
    model.decisions.insert(key, decision);
    let parts = parts(&file_with(&model, Format::Xlsx, &options()));
    let part = |ending: &str| &parts.iter().find(|(name, _)| name.ends_with(ending)).unwrap().1;
    let sheet = part("sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
    // Excel counts days: 31 January 2027 is this one.
    assert!(sheet.contains("<v>46418</v>"), "the due date is a date");
    assert!(part("sharedStrings.xml").contains("+1+1"));
    assert!(part("core.xml").contains("2026-11-21T00:00:00Z"), "{}", part("core.xml"));
    assert!(sheet.contains("TLP:AMBER"), "the label is on every printed page");
}

#[test]
fn markdown_has_the_chapters_and_tables_that_hold_together() {
    let markdown = text(&sample("pytm-demo"), Format::Markdown);
    assert!(markdown.starts_with("# ") && markdown.matches("\n## ").count() > 5);
    let mut columns = None;
    for line in markdown.lines() {
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
    }
    let places: BTreeSet<&str> = markdown.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let links: Vec<&str> = markdown.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 20);
    for link in links {
        assert!(places.contains(link), "{link}");
    }
}

#[test]
fn profiles_decide_what_every_format_says() {
    let executive = ReportOptions::of(Profile::Executive, Theme::default(), options().date);
    for format in [Format::Html, Format::Markdown, Format::Json] {
        let of = |options: &ReportOptions| String::from_utf8(file_with(&shop(), format, options)).unwrap();
        assert!(of(&options()).contains("Methodology") && !of(&executive).contains("Methodology"), "{format:?}");
        assert!(of(&executive).contains("Executive summary"));
    }
}
