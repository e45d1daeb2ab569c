//! The report: what it says, how it is laid out, what the PDF holds.
use crate::samples::{options, sample};
use crate::support::pdf::Pdf;
use crate::support::shop::{draw, shop};
use palisade::geometry::{Rect, pt, rect};
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::{Progress, Quiet};
use palisade::report::{Content, Pages, ReportError, ReportOptions, Role, compose, lay_out, pdf};
use palisade::risk::assess;
use palisade::scene::Shape;
use palisade::text::width;

fn file_of(model: &ThreatModel) -> Vec<u8> {
    let library = Library::builtin();
    let bytes = pdf(model, library, &assess(model, library), &options(), &Quiet).unwrap();
    // For looking at: PALISADE_KEEP_REPORTS names a folder.
    if let Some(folder) = std::env::var_os("PALISADE_KEEP_REPORTS") {
        let name: String = model.info.name.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
    }
    bytes
}

fn pages_of(model: &ThreatModel) -> Pages {
    let library = Library::builtin();
    lay_out(&compose(model, library, &assess(model, library), &options()), &Quiet).unwrap()
}

#[test]
fn decisions_without_their_threat_and_the_file_name_are_shown_as_they_are() {
    let mut model = shop();
    let decision = Decision { disposition: Disposition::Accept, justification: "Old reason".into(), ..Decision::default() };
    model.decisions.insert(ThreatKey::new("T-GONE-01", "web"), decision);
    let library = Library::builtin();
    let options = ReportOptions { file_name: "corner-shop.ron".into(), ..options() };
    let text = Pdf::read(&pdf(&model, library, &assess(&model, library), &options, &Quiet).unwrap()).text();
    for words in ["Without their threat", "T-GONE-01", "Old reason", "corner-shop.ron, three elements"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("Corner-shop.ron"));
}

#[test]
fn the_same_model_and_date_give_the_same_bytes_also_in_one_process() {
    for model in [ThreatModel::default(), shop()] {
        assert!(file_of(&model) == file_of(&model));
    }
    let library = Library::builtin();
    let other = ReportOptions::new("2026-11-22".parse().unwrap());
    assert!(pdf(&shop(), library, &assess(&shop(), library), &other, &Quiet).unwrap() != file_of(&shop()));
}

#[test]
fn the_text_of_the_file_holds_headings_threats_and_the_labels_of_diagrams() {
    let model = shop();
    let text = Pdf::read(&file_of(&model)).text();
    for heading in ["Executive summary", "System overview", "Diagrams", "Trust zones", "Findings at a glance", "Findings"] {
        assert!(text.contains(heading), "{heading}");
    }
    for heading in ["Controls", "Vulnerabilities", "Assets", "Threat actors", "Assumptions", "Methodology", "Contents"] {
        assert!(text.contains(heading), "{heading}");
    }
    for words in
        ["Corner shop", "Browse", "Card numbers", "Card thief", "Old parser", "CWE-1395", "locked at night", "21 November 2026"]
    {
        assert!(text.contains(words), "{words}");
    }
    let assessment = assess(&model, Library::builtin());
    assert!(assessment.findings.values().filter(|f| f.counts()).count() > 3);
    // Lines break inside titles; words and their order stay.
    let squeezed: String = text.split_whitespace().collect();
    for finding in assessment.findings.values().filter(|f| f.counts()) {
        assert!(squeezed.contains(&finding.title.split_whitespace().collect::<String>()), "{}", finding.title);
    }
}

#[test]
fn greek_cyrillic_and_accents_come_back_out_and_missing_signs_are_told() {
    let mut model = shop();
    let names = ["Όριο εμπιστοσύνης", "Граница доверия", "Façade naïve Łódź"];
    for (element, name) in model.elements.values_mut().zip(names) {
        element.name = name.to_owned();
    }
    let text: String = Pdf::read(&file_of(&model)).text().split_whitespace().collect();
    for name in names {
        assert!(text.contains(&name.split_whitespace().collect::<String>()), "{name}");
    }
    assert!(!text.contains("cannotbeprinted"));
    model.info.name = "商店 ☂".into();
    let text = Pdf::read(&file_of(&model)).text();
    assert!(text.contains("Characters that cannot be printed") && text.contains("U+5546, U+5E97"), "{text}");
    assert!(!text.contains("U+2602"), "the umbrella is in DejaVu Sans");
}

#[test]
fn fonts_are_embedded_and_reduced() {
    let file = Pdf::read(&file_of(&shop()));
    let fonts = file.fonts();
    assert!(fonts.iter().any(|f| f.name.ends_with("+Inter")) && fonts.iter().any(|f| f.name.ends_with("+InterBold")));
    for font in fonts {
        assert!(font.name.as_bytes().get(6) == Some(&b'+') && font.embedded && font.to_unicode, "{font:?}");
    }
    assert!(file_of(&shop()).len() < 300_000);
}

#[test]
fn bookmarks_are_nested_and_lead_to_pages() {
    let outline = Pdf::read(&file_of(&shop())).outline();
    let titles: Vec<(usize, &str)> = outline.iter().map(|(depth, title, _)| (*depth, title.as_str())).collect();
    assert!(titles.contains(&(1, "1  Executive summary")));
    assert!(titles.contains(&(2, "Overview")));
    assert!(titles.iter().any(|(depth, title)| *depth == 3 && title.starts_with("T-")));
    assert!(outline.windows(2).all(|w| matches!(w, [a, b] if a.2 <= b.2)), "in page order");
}

#[test]
fn pages_are_counted_and_the_contents_tell_the_truth() {
    let model = shop();
    let pages = pages_of(&model);
    let file = Pdf::read(&file_of(&model));
    assert_eq!(file.page_texts().len(), pages.pages.len());
    let count = pages.pages.len();
    for (n, text) in file.page_texts().iter().enumerate().skip(1) {
        assert!(text.contains(&format!("{} of {count}", n + 1)), "page {}: {text}", n + 1);
        assert!(text.matches("TLP:AMBER").count() >= 2);
    }
    let contents = file.page_texts().into_iter().find(|t| t.contains("Contents")).unwrap();
    for (depth, title, page) in file.outline() {
        let listed = title.split("  ").last().unwrap();
        if depth == 1 && title.starts_with(char::is_numeric) {
            let mut lines = contents.lines().skip_while(|l| *l != listed);
            assert_eq!(lines.nth(1), Some((page + 1).to_string().as_str()), "{title} in {contents}");
        }
    }
}

#[test]
fn links_resolve_and_the_document_knows_itself() {
    let file = Pdf::read(&file_of(&shop()));
    let links = file.links();
    assert!(links.internal > 20 && links.broken == 0, "{links:?}");
    assert!(links.web.iter().any(|a| a.starts_with("https://cwe.mitre.org/data/definitions/")));
    for (key, words) in [("Title", "Threat model: Corner shop"), ("Author", "Ada"), ("Keywords", "TLP:AMBER")] {
        assert!(file.info(key).contains(words), "{key}: {}", file.info(key));
    }
    assert!(file.info("CreationDate").starts_with("D:20261121") && file.info("GTS_PDFXVersion").is_empty());
    assert!(file.is_tagged() && file.language() == "en-GB" && file.shows_title());
    let roles = file.roles();
    for role in ["Document", "H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "Figure", "Caption", "Link", "TOC", "TOCI"] {
        assert!(roles.contains(role), "{role} in {roles:?}");
    }
    assert!(file.alternatives().iter().any(|alt| alt.contains("Data flow diagram “Overview” with one process")));
}

/// Left and right end, top and bottom of what a shape covers.
fn extent(shape: &Shape) -> Rect {
    match shape {
        Shape::Rect { rect, .. } => *rect,
        Shape::Circle { center, radius, .. } => Rect::from_center(*center, 2.0 * radius, 2.0 * radius),
        Shape::Text(run) => rect(run.at.x, run.at.y - run.size * 0.8, width(run.face, run.size, &run.text), run.size),
        Shape::Path { .. } => Rect::from_center(pt(100.0, 100.0), 1.0, 1.0),
    }
}

#[test]
fn nothing_leaves_the_paper_however_long_names_are() {
    let mut model = shop();
    let long = "Unbreakable".repeat(20);
    model.info.name = format!("{long} {}", "many words ".repeat(40));
    model.info.scope = "scope ".repeat(900);
    model.info.version = long.clone();
    model.elements.values_mut().for_each(|e| e.name = format!("{long} x"));
    model.flows.values_mut().for_each(|f| f.name = "many words ".repeat(20));
    model.assets.values_mut().for_each(|a| a.description = "so much to say\n".repeat(90));
    for page in &pages_of(&model).pages {
        let (w, h) = page.sheet.size();
        let paper = rect(-0.5, -0.5, w + 1.0, h + 1.0);
        for item in &page.items {
            let area = match &item.content {
                Content::Shape(shape) => extent(shape),
                Content::Link { area, .. } | Content::Clipped { area, .. } | Content::Logo { area, .. } => *area,
                Content::Anchor { .. } | Content::PageOf { .. } => continue,
            };
            assert!(paper.contains_rect(area), "{area:?} {:?}", item.content);
        }
    }
}

#[test]
fn a_heading_is_never_the_last_thing_on_a_page() {
    for model in [shop(), sample("pytm-demo")] {
        let pages = pages_of(&model);
        for page in &pages.pages {
            let last = page.items.iter().rev().find_map(|item| item.tag.and_then(|tag| pages.tags.get(tag)));
            assert!(!matches!(last.map(|tag| tag.role), Some(Role::Heading(_) | Role::HeaderCell)), "{last:?}");
        }
    }
}

#[test]
fn an_empty_model_and_one_of_a_single_element_have_a_report_too() {
    let empty = ThreatModel::default();
    let text = Pdf::read(&file_of(&empty)).text();
    assert!(text.contains("The model is empty") && !text.contains("Findings at a glance"));
    let mut one = ThreatModel::default();
    one.elements.insert("e".into(), Element::default());
    draw(&mut one);
    let text = Pdf::read(&file_of(&one)).text();
    assert!(text.contains("unnamed process") && text.contains("Diagrams"));
}

#[test]
fn a_report_nobody_waits_for_is_not_made() {
    struct Cancelled;
    impl Progress for Cancelled {
        fn report(&self, done: f32, _what: &str) {
            assert!((0.0..=1.0).contains(&done));
        }
        fn cancelled(&self) -> bool {
            true
        }
    }
    let library = Library::builtin();
    let model = shop();
    assert_eq!(pdf(&model, library, &assess(&model, library), &options(), &Cancelled), Err(ReportError::Cancelled));
}

#[test]
fn text_read_from_the_right_stands_where_people_look_and_is_found_as_they_type_it() {
    let mut model = shop();
    let names = ["שרת התשלומים (ראשי) 12", "خادم الدفع السري", "Payment שרת תשלומים server"];
    model.elements.values_mut().zip(names).for_each(|(element, name)| element.name = name.to_owned());
    model.info.description = "המערכת מוכרת כרטיסים דרך האינטרנט. ".repeat(9);
    let squeezed: String = Pdf::read(&file_of(&model)).text().split_whitespace().collect();
    for name in names {
        assert!(squeezed.contains(&name.split_whitespace().collect::<String>()), "{name}");
    }
    let pages = pages_of(&model);
    let running = pages.pages.iter().filter(|page| !page.bare);
    let lines = running.flat_map(|page| page.items.iter().map(move |item| (page.sheet.body(), item)));
    let lines: Vec<(Rect, Rect)> = lines
        .filter_map(|(body, item)| match &item.content {
            Content::Shape(shape @ Shape::Text(run)) if run.text.contains("מוכרת") && item.tag.is_some() => {
                Some((body, extent(shape)))
            }
            _ => None,
        })
        .collect();
    assert!(!lines.is_empty());
    assert!(lines.iter().all(|(body, line)| (body.right() - line.right()).abs() < 3.0), "at the right edge: {lines:?}");
}
