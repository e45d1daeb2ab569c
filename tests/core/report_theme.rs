//! Themes of a house: what they change, and how mistakes in them are told.

use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::Date;
use palisade::report::{CoverLayout, Fault, Language, Profile, ReportOptions, Theme, compose, read_theme, said};
use palisade::risk::assess_on;

const EXAMPLE: &str = include_str!("../../assets/report/example-theme.ron");

fn nothing(_: &str) -> Result<Vec<u8>, String> {
    Err("there is no such file".into())
}

fn read(text: &str) -> Result<Theme, Vec<Fault>> {
    read_theme(text, &nothing)
}

fn fault(text: &str) -> (usize, usize, String) {
    let faults = read(text).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    (faults[0].line, faults[0].column, faults[0].what.clone())
}

#[test]
fn the_example_reads_and_dresses_a_report() {
    let theme = read(EXAMPLE).unwrap();
    assert_eq!(theme.cover, CoverLayout::Band);
    let date: Date = "2026-11-21".parse().unwrap();
    let options = ReportOptions::of(Profile::Executive, theme, date);
    let mut model = shop();
    model.info.client = "Corner Ltd".into();
    let library = Library::builtin();
    let report = compose(&model, library, &assess_on(&model, library, date), &options);
    assert_eq!(report.cover.kicker, "Security architecture review for Corner Ltd");
    assert_eq!((report.facts.header.left.as_str(), report.facts.header.middle.as_str()), ("Corner shop", "Corner Ltd"));
    assert_eq!(report.facts.footer.left, "Example house · 21 November 2026");
    assert_eq!(report.facts.file_name, "Corner shop Executive 21 November 2026");
    let titles: Vec<&str> = report.chapters.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(titles, ["At a glance", "Remediation roadmap", "Risk results", "Provenance"]);
    said(&report, &mut |place, text| assert!(!text.contains("{{") || place == "a running head", "{place}: {text}"));
}

#[test]
fn a_misspelt_word_is_told_with_its_place_and_the_right_one() {
    let (line, column, what) = fault("(\n    colours: (acent: \"#0B5FCC\"),\n)");
    assert_eq!((line, what.as_str()), (2, "there is no field “acent”; did you mean “accent”?"));
    assert!((15..=21).contains(&column), "{column}");
    let (line, _, what) = fault("(\n\n    cover: Bnad)");
    assert_eq!((line, what.as_str()), (3, "there is no value “Bnad”; did you mean “Band”?"));
    let (line, column, what) = fault("(\n    texts: (notice: \"For {{cleint}} only\"),\n)");
    assert_eq!((line, column, what.as_str()), (2, 26, "there is no placeholder “cleint”; did you mean “client”?"));
    let (.., what) = fault("(texts: (notice: \"Page {{page}}\"))");
    assert!(what.contains("only in header and footer"), "{what}");
    let (.., what) = fault("(chapters: {Full: [(chapter: Summary), (chapter: Summary)]})");
    assert!(what.contains("comes twice"), "{what}");
}

#[test]
fn colours_are_colours_and_can_be_read_on_paper() {
    let (line, _, what) = fault("(\n colours: (accent: \"blue\"))");
    assert!(line == 2 && what.contains("“blue” is no colour"), "{what}");
    let (line, _, what) = fault("(\n colours: (\n  text: \"#EEEEEE\"))");
    assert!(line == 3 && what.contains("too pale on paper"), "{what}");
}

#[test]
fn logos_lie_beside_the_theme_and_nowhere_else() {
    let asked = std::cell::RefCell::new(Vec::new());
    let beside = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        Ok(if name == "big.png" { vec![0; 3 << 20] } else { b"GIF89a".to_vec() })
    };
    for name in ["../logo.png", "/etc/passwd", "C:\\\\logo.png", "sub/logo.png", ".hidden", ""] {
        let text = format!("(logos: (house: (file: \"{name}\")))");
        let faults = read_theme(&text, &beside).unwrap_err();
        assert!(faults[0].what.contains("beside the theme"), "{name}: {faults:?}");
    }
    assert!(asked.borrow().is_empty(), "{asked:?} were opened");
    for (name, why) in [("big.png", "larger than 2 MB"), ("logo.gif", "neither PNG nor SVG")] {
        let faults = read_theme(&format!("(logos: (house: (file: \"{name}\")))"), &beside).unwrap_err();
        assert!(faults[0].what.contains(why), "{faults:?}");
    }
    let faults = read("(logos: (client: (file: \"gone.svg\")))").unwrap_err();
    assert!(faults[0].what.contains("there is no such file"));
}

#[test]
fn hostile_themes_are_answered_in_a_sentence() {
    let long = format!("(name: \"{}\")", "x".repeat(400_000));
    for text in ["", "(", "((((((((", "[]", "(name: 7)", &"(".repeat(100_000), &long] {
        let faults = read(text).unwrap_err();
        assert!(!faults.is_empty() && faults[0].line > 0 && !faults[0].what.is_empty());
    }
}

#[test]
fn the_language_of_a_theme_is_a_tag_or_a_name() {
    for (text, language) in [
        ("(language: \"de\")", Language::German),
        ("(language: American)", Language::American),
        ("(language: \"fr-CH\")", Language::French),
        ("()", Language::British),
    ] {
        assert_eq!(read(text).unwrap().language, language, "{text}");
    }
    let (line, _, what) = fault("(\n language: \"klingon\")");
    assert!(line == 2 && what.contains("no language “klingon”") && what.contains("de, fr"), "{what}");
}

#[test]
fn a_font_that_cannot_be_had_is_told_and_costs_only_its_looks() {
    let mono = palisade::text::Face::Mono.bytes();
    let beside = |name: &str| match name {
        "good.ttf" => Ok(mono.to_vec()),
        "bad.ttf" => Ok(b"not a font".to_vec()),
        _ => Err("there is no such file".to_owned()),
    };
    let theme = read_theme("(\n fonts: (regular: \"good.ttf\",\n  bold: \"gone.ttf\", mono: \"bad.ttf\"))", &beside).unwrap();
    assert!(theme.fonts.regular.is_some() && theme.fonts.bold.is_none() && theme.fonts.mono.is_none());
    let told: Vec<(usize, usize)> = theme.warnings.iter().map(|w| (w.line, w.column)).collect();
    assert_eq!(told, [(3, 10), (3, 28)]);
    assert!(theme.warnings[0].what.contains("there is no such file") && theme.warnings[1].what.contains("no TrueType"));
    let outside = read_theme("(fonts: (regular: \"../good.ttf\"))", &beside).unwrap();
    assert!(outside.warnings[0].what.contains("beside the theme"));
}

#[test]
fn words_of_a_theme_stand_in_chapters_heads_tables_and_figures() {
    let text = "(words: {\"Executive summary\": \"Zusammenfassung\", \"Level\": \"Stufe\", \"Likely\": \"Wahrscheinlich\", \
                \"Figure {n}. {}\": \"Bild {n}. {}\", \"Client\": \"Kunde\"})";
    let date: Date = "2026-11-21".parse().unwrap();
    let mut model = shop();
    model.info.client = "Level Ltd".into();
    let library = Library::builtin();
    let options = ReportOptions::of(Profile::Executive, read(text).unwrap(), date);
    let report = compose(&model, library, &assess_on(&model, library, date), &options);
    assert_eq!(report.chapters[0].title, "Zusammenfassung");
    assert!(report.cover.facts.contains(&("Kunde".to_owned(), "Level Ltd".to_owned())));
    let mut all = Vec::new();
    said(&report, &mut |_, text| all.push(text.to_owned()));
    let has = |words: &str| all.iter().any(|text| text.contains(words));
    assert!(has("Stufe") && has("Wahrscheinlich") && has("Bild 1. ") && !has("Figure 1"));
    let (.., what) = fault("(words: {\"{} of {}\": \"{} von {}\"})");
    assert!(what.contains("write {n}"), "{what}");
}
