//! What a report says, read off its tree: chapters of each profile, and numbers that agree everywhere.

use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::*;
use palisade::report::{Block, ChapterChoice, ChapterKind, Profile, Report, ReportOptions, Theme, compose, said};
use palisade::risk::{Assessment, assess_on};

fn day() -> Date {
    "2026-11-21".parse().unwrap()
}

fn report_of(model: &ThreatModel, options: &ReportOptions) -> Report {
    let library = Library::builtin();
    compose(model, library, &assess_on(model, library, options.date), options)
}

fn titles(report: &Report) -> Vec<&str> {
    report.chapters.iter().map(|c| c.title.as_str()).collect()
}

#[test]
fn every_profile_has_its_chapters_in_one_order() {
    let all = titles(&report_of(&shop(), &ReportOptions::new(day()))).iter().map(|t| t.to_string()).collect::<Vec<_>>();
    for profile in Profile::ALL {
        let report = report_of(&shop(), &ReportOptions::of(*profile, Theme::default(), day()));
        let titles = titles(&report);
        let mut place = all.iter();
        assert!(titles.iter().all(|t| place.any(|a| a == t)), "{profile:?}: {titles:?} in the order of {all:?}");
        let has = |title: &str| titles.contains(&title);
        assert_eq!(has("Executive summary"), *profile != Profile::Engineering);
        assert_eq!(has("Findings"), *profile != Profile::Executive);
        assert_eq!(has("Open questions"), matches!(profile, Profile::Full | Profile::Engineering));
        assert_eq!(has("Document control"), matches!(profile, Profile::Full | Profile::Client));
        assert!(has("Provenance"));
        let numbers: Vec<usize> = report.chapters.iter().filter_map(|c| c.number).collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    }
}

#[test]
fn chapters_are_switched_off_put_in_another_order_and_renamed() {
    let mut options = ReportOptions::new(day());
    options.show(ChapterKind::Methodology, false);
    let named = ChapterChoice { kind: ChapterKind::Findings, shown: true, title: Some("What we found".into()) };
    options.chapters.retain(|c| c.kind != ChapterKind::Findings);
    options.chapters.insert(0, named);
    let report = report_of(&shop(), &options);
    let titles = titles(&report);
    assert_eq!(titles[0], "What we found");
    assert_eq!(report.chapters[0].number, Some(1));
    assert!(!titles.contains(&"Methodology") && !titles.contains(&"Findings"));
}

/// Everything a chapter says.
fn words(report: &Report, title: &str) -> String {
    let mut out = String::new();
    said(report, &mut |place, text| {
        if place == format!("the chapter “{title}”") {
            out += text;
            out.push('\n');
        }
    });
    assert!(!out.is_empty(), "{title}");
    out
}

/// The rows of the first table of a chapter, as words.
fn rows(report: &Report, title: &str) -> Vec<Vec<String>> {
    let chapter = report.chapters.iter().find(|c| c.title == title).unwrap_or_else(|| panic!("{title}"));
    let tables = chapter.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.take(1).flat_map(|t| &t.rows).map(|row| row.cells.iter().map(|c| c.plain()).collect()).collect()
}

fn figures_agree(model: &ThreatModel, assessment: &Assessment, report: &Report) {
    let totals = &assessment.totals;
    let threats = totals.current.total();
    // The critical and high ones and at least 25 are listed, the results have the count of all, the matrices add up to it.
    let grave = totals.current.critical + totals.current.high;
    assert_eq!(rows(report, "Findings at a glance").len(), grave.max(25).min(threats));
    let states = rows(report, "Risk results");
    for (state, counts) in states.iter().zip([&totals.inherent, &totals.current, &totals.planned]) {
        let shown: Vec<String> = Band::ALL
            .iter()
            .map(|b| if counts.get(*b) == 0 { "–".into() } else { counts.get(*b).to_string() })
            .chain([counts.total().to_string()])
            .collect();
        assert_eq!(state[1..=shown.len()], shown);
    }
    let drawn = |matrix: &palisade::risk::Matrix| -> u32 {
        (1..=5).flat_map(|l| (1..=5).map(move |i| (l, i))).map(|(l, i)| u32::try_from(matrix.get(l, i)).unwrap()).sum()
    };
    assert_eq!(usize::try_from(drawn(&totals.current_matrix)).unwrap(), threats);
    // Each finding has its score in the list and in its detail, which is one place.
    let details = words(report, "Findings");
    let counted = || assessment.ranked().into_iter().filter(|f| f.counts());
    for (row, finding) in rows(report, "Findings at a glance").iter().zip(counted()) {
        let score = format!("{:.1}", finding.current.score);
        assert_eq!((row[0].as_str(), row[4].as_str()), (finding.label().as_str(), score.as_str()));
    }
    let places = palisade::report::anchors(report);
    for finding in counted() {
        assert!(
            details.contains(&format!("{} {:.1}", finding.current.band.label(), finding.current.score)),
            "{}",
            finding.label()
        );
        let place = format!("threat {}", finding.key);
        assert_eq!(places.iter().filter(|name| **name == place).count(), 1, "{place}");
    }
    assert!(words(report, "Executive summary").contains(&format!("{:.1} of 100", totals.risk.peak)));
    let _ = model;
}

#[test]
fn every_figure_agrees_with_the_assessment_also_after_a_change() {
    let mut model = shop();
    let library = Library::builtin();
    let options = ReportOptions::new(day());
    let first = assess_on(&model, library, day());
    figures_agree(&model, &first, &compose(&model, library, &first, &options));
    model.flows.get_mut(&Id::new("f1")).unwrap().protocol = Protocol::Https;
    model.instances.get_mut(&Id::new("waf")).unwrap().status = ControlStatus::Planned;
    let second = assess_on(&model, library, day());
    assert!(second.totals.risk.load != first.totals.risk.load, "the change has to show");
    figures_agree(&model, &second, &compose(&model, library, &second, &options));
}

#[test]
fn accepted_risks_tell_who_approved_and_until_when() {
    let mut model = shop();
    let library = Library::builtin();
    let key = assess_on(&model, library, day()).ranked().into_iter().find(|f| f.counts()).unwrap().key.clone();
    let accepted = Decision {
        disposition: Disposition::Accept,
        justification: "Cheaper to bear".into(),
        approver: Some("ada".into()),
        expires: Some("2027-03-31".parse().unwrap()),
        ..Decision::default()
    };
    model.decisions.insert(key.clone(), accepted);
    let report = report_of(&model, &ReportOptions::new(day()));
    let row = &rows(&report, "Accepted risks")[0];
    assert!(row[3] == "Cheaper to bear" && row[4] == "Ada" && row[5] == "31 March 2027", "{row:?}");
    // Once it has ended the same chapter says so.
    let later = ReportOptions::new("2027-04-01".parse().unwrap());
    assert!(words(&report_of(&model, &later), "Accepted risks").contains("have expired"));
}

#[test]
fn hostile_text_is_composed_and_nothing_of_it_is_lost() {
    let mut model = shop();
    let long = "many words ".repeat(95_000);
    model.info.description = long.clone();
    model.elements.get_mut(&Id::new("web")).unwrap().name = "\u{202e}שלום 🙂\u{0}\u{1b}[31m".into();
    let report = report_of(&model, &ReportOptions::of(Profile::Client, Theme::default(), day()));
    assert!(words(&report, "Scope of this work").contains(long.trim()));
    let mut named = false;
    said(&report, &mut |_, text| named |= text.contains("שלום 🙂"));
    assert!(named);
}

#[test]
fn threats_of_one_kind_stand_together_and_what_they_share_is_said_once() {
    let library = Library::builtin();
    let path = format!("{}/sample_models/web-shop.ron", env!("CARGO_MANIFEST_DIR"));
    let model = palisade::storage::load(&std::fs::read_to_string(path).unwrap()).unwrap().model;
    let assessment = assess_on(&model, library, day());
    let report = compose(&model, library, &assessment, &ReportOptions::new(day()));
    let details = words(&report, "Findings");
    let minor: Vec<_> = assessment.ranked().into_iter().filter(|f| f.counts() && f.current.band > Band::High).collect();
    let of_kind = |rule: &Id| minor.iter().filter(|f| f.key.rule == *rule).count();
    let kind = minor.iter().find(|f| of_kind(&f.key.rule) > 3 && !f.about.description.is_empty()).unwrap();
    let told = |text: &str| details.matches(text).count();
    let places = of_kind(&kind.key.rule);
    assert!(
        told(&kind.about.description) < places,
        "{} is said {} times of {places}",
        kind.about.description,
        told(&kind.about.description)
    );
    // Their rows follow each other, and what was decided of one is said with it.
    let decided =
        model.decisions.values().find(|d| !d.justification.is_empty() && d.disposition == Disposition::Transfer).unwrap();
    assert!(details.contains(decided.justification.trim()));
}

#[test]
fn a_name_longer_than_any_page_is_cut_wherever_it_is_said() {
    let mut model = shop();
    model.elements.get_mut(&Id::new("web")).unwrap().name = "Nonsense ".repeat(20_000);
    let report = report_of(&model, &ReportOptions::new(day()));
    let (mut said_at_all, mut letters) = (false, 0);
    said(&report, &mut |_, text| {
        said_at_all |= text.contains("Nonsense Nonsense");
        letters += text.len();
    });
    assert!(said_at_all && letters < 1_000_000, "{letters} letters");
}
