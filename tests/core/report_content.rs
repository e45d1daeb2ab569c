//! What a report says, read off its tree: chapters of each profile, and numbers that agree everywhere.

use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::*;
use palisade::report::{ChapterChoice, ChapterKind, Profile, Report, ReportOptions, Theme, compose};
use palisade::risk::assess_on;

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
