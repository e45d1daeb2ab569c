//! Baselines: how things stood is kept in the model, told beside today, and reviewed in the report.

use crate::support::models::sound_model;
use crate::support::secretive::{SECRETS, secretive};
use palisade::compare::{Outcome, Scores, bare, freeze, newest, review, thaw};
use palisade::edit::{Document, Edit};
use palisade::library::Library;
use palisade::model::*;
use palisade::report::{Block, ChapterKind, Profile, Report, ReportOptions, Theme, compose, said};
use palisade::risk::assess_on;
use palisade::storage;
use proptest::prelude::*;

fn day() -> Date {
    "2026-11-21".parse().unwrap()
}

fn scores(model: &ThreatModel) -> Scores {
    Scores::of(&assess_on(model, Library::builtin(), day()))
}

fn kept(model: &ThreatModel, name: &str) -> Baseline {
    freeze(model, &scores(model), Library::builtin(), name, "Ann", day())
}

fn with_baseline(model: &ThreatModel, name: &str) -> ThreatModel {
    let mut out = model.clone();
    out.baselines.insert("kept".into(), kept(model, name));
    out
}

fn sample(name: &str) -> ThreatModel {
    storage::load(&std::fs::read_to_string(format!("sample_models/{name}.ron")).unwrap()).unwrap().model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_taken_out_again(model in sound_model()) {
        let frozen = thaw(&kept(&model, "v1")).unwrap();
        prop_assert!(frozen.model == bare(&model));
        prop_assert!(frozen.scores == scores(&model));
    }
}

#[test]
fn a_baseline_is_an_edit_like_all_others_and_a_small_one() {
    for name in ["web-shop", "drone-pharmacy", "hospital"] {
        let model = sample(name);
        let before = storage::save(&model).unwrap();
        assert!(!before.contains("baselines"));
        let mut document = Document::new(model.clone());
        document.commit(&Edit::put(Key::Baseline("b1".into()), kept(&model, "Delivery"))).unwrap();
        let after = storage::save(document.model()).unwrap();
        let share = (after.len() - before.len()) as f64 / before.len() as f64;
        assert!(share < 0.8, "{name}: {} bytes more than {} ({share})", after.len() - before.len(), before.len());
        assert!(storage::load(&after).unwrap().model == *document.model());
        document.undo();
        assert_eq!(storage::save(document.model()).unwrap(), before);
    }
}

#[test]
fn kept_scores_do_not_move_with_the_model_and_kept_baselines_are_not_kept_again() {
    let model = sample("web-shop");
    let mut later = with_baseline(&model, "First");
    let first = later.baselines.values().next().unwrap().clone();
    assert!(first.load > 100.0 && first.peak > 10.0 && !first.packs.is_empty() && first.engine == env!("CARGO_PKG_VERSION"));
    later.instances.clear();
    let second = kept(&later, "Second");
    assert!(second.load > first.load);
    assert!(second.frozen.len() < first.frozen.len() * 3 / 2, "the first is not in the second");
    let thawed = thaw(&first).unwrap();
    assert!(thawed.scores == scores(&model) && thawed.scores.load == first.load);
    let dated = Baseline { on: "2026-12-01".parse().ok(), ..second };
    later.baselines.insert("a".into(), dated);
    assert_eq!(newest(&later).unwrap().1.name, "Second");
}

#[test]
fn a_damaged_baseline_is_told_and_costs_nothing_else() {
    let good = kept(&sample("web-shop"), "Delivery");
    let middle = good.frozen.len() / 2;
    let cut = good.frozen[..middle].to_owned();
    for frozen in ["", "????", "AAAA", &cut] {
        let told = thaw(&Baseline { frozen: frozen.into(), ..good.clone() }).unwrap_err().to_string();
        assert!(told.contains("Delivery") && told.contains("damaged"), "{told}");
    }
}

/// The sample with something fixed, eased, accepted, ruled out and added since its baseline.
fn reworked() -> ThreatModel {
    let mut model = with_baseline(&sample("web-shop"), "Delivery 1");
    let assessment = assess_on(&model, Library::builtin(), day());
    let open = |f: &&&palisade::risk::Finding| f.counts() && f.disposition == Disposition::Open;
    let ranked = assessment.ranked();
    let worst: Vec<ThreatKey> = ranked.iter().filter(open).map(|f| f.key.clone()).take(2).collect();
    for (key, disposition) in worst.into_iter().zip([Disposition::Accept, Disposition::NotApplicable]) {
        model.decisions.insert(key, Decision { disposition, number: Some(900), ..Decision::default() });
    }
    let flow = model.flows.values_mut().find(|f| f.protocol == Protocol::Https).unwrap();
    flow.protocol = Protocol::Http;
    let gone = model.elements.iter().find(|(_, e)| e.kind == ElementKind::DataStore).unwrap().0.clone();
    let mut document = Document::new(model);
    document.commit(&Edit::Remove { keys: [Key::Element(gone)].into() }).unwrap();
    document.model().clone()
}

#[test]
fn every_finding_of_then_and_now_is_reviewed_once() {
    let model = reworked();
    let (before, after) = (thaw(newest(&model).unwrap().1).unwrap().scores, scores(&model));
    let all = review(&before, &after);
    let of = |outcome| all.iter().filter(|r| r.outcome == outcome).count();
    for outcome in [Outcome::New, Outcome::StillOpen, Outcome::Accepted, Outcome::RuledOut, Outcome::Fixed] {
        assert!(of(outcome) > 0, "{}", outcome.label());
    }
    assert_eq!(all.len() - of(Outcome::New), before.total());
    assert_eq!(all.len() - of(Outcome::Fixed) - of(Outcome::RuledOut), after.total());
    let mut keys: Vec<_> = all.iter().map(|r| &r.threat).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all.len());
}

fn report(model: &ThreatModel, profile: Profile) -> Report {
    let options = ReportOptions::of(profile, Theme::default(), day());
    compose(model, Library::builtin(), &assess_on(model, Library::builtin(), day()), &options)
}

fn chapter(report: &Report) -> Option<Vec<Vec<Vec<String>>>> {
    let chapter = report.chapters.iter().find(|c| c.title == ChapterKind::Since.title())?;
    let tables = chapter.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.rows.iter().map(|r| r.cells.iter().map(|c| c.plain()).collect()).collect()),
        _ => None,
    });
    Some(tables.collect())
}

/// What is said below the tables of the chapter.
fn notes(report: &Report) -> Vec<String> {
    let chapter = report.chapters.iter().find(|c| c.title == ChapterKind::Since.title()).unwrap();
    let notes = chapter.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(text.plain()),
        _ => None,
    });
    notes.collect()
}

#[test]
fn the_chapter_agrees_with_the_rest_of_the_report() {
    let model = reworked();
    assert!(chapter(&report(&sample("web-shop"), Profile::Full)).is_none(), "nothing to go back to");
    assert!(chapter(&report(&model, Profile::Engineering)).is_none());
    let full = report(&model, Profile::Full);
    let [states, outcomes, findings, changes] = &chapter(&full).unwrap()[..] else { panic!("four tables") };
    let results = full.chapters.iter().find(|c| c.title == "Risk results").unwrap();
    let current: Vec<String> = results
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Table(table) => Some(table.rows[1].cells.iter().map(|c| c.plain()).collect()),
            _ => None,
        })
        .unwrap();
    assert_eq!(states[1][1..], current[1..], "the results of today");
    let first = report(&with_baseline(&sample("web-shop"), "Delivery 1"), Profile::Full);
    let delivered = &chapter(&first).unwrap()[0];
    assert_eq!(delivered[0][1..], delivered[1][1..]);
    assert_eq!(states[0], delivered[0], "then is as it was delivered");
    let many: usize = outcomes.iter().map(|row| row[2].parse::<usize>().unwrap()).sum();
    // What stayed as it was and is not grave is only counted.
    let counted = notes(&full).iter().find_map(|note| note.split_once(" findings below High")?.0.parse::<usize>().ok()).unwrap();
    assert_eq!(many, findings.len() + counted);
    for row in outcomes {
        let told = findings.iter().filter(|f| f[4] == row[0]).count();
        let rest = if row[0] == Outcome::StillOpen.label() { counted } else { 0 };
        assert_eq!(told + rest, row[2].parse::<usize>().unwrap(), "{}", row[0]);
    }
    assert!(changes.iter().any(|row| row[0] == "Elements" && row[2] != "–"));
    assert!(changes.iter().any(|row| row[0] == "Data flows" && row[3] != "–"));
}

#[test]
fn names_hidden_now_or_then_are_replaced_in_the_chapter_too() {
    let mut model = with_baseline(&secretive(), "Before Nightingale");
    // Renamed since, and somebody is gone: the old names are as secret as the new.
    model.elements.get_mut(&Id::new("db")).unwrap().name = "Strongroom".into();
    model.people.clear();
    repair(&mut model);
    let client = report(&model, Profile::Client);
    assert!(chapter(&client).is_some());
    let mut words = String::new();
    said(&client, &mut |place, text| words += &format!("{place}: {text}\n"));
    let small = words.to_lowercase();
    for secret in SECRETS.iter().filter(|s| **s != "Ada").chain(&["Strongroom"]) {
        let line = small.lines().find(|line| line.contains(&secret.to_lowercase()));
        assert!(line.is_none(), "{secret}: {line:?}");
    }
    assert!(words.contains("the chapter “Since last delivery”") && words.contains("[withheld]"));
    let mut own = String::new();
    said(&report(&model, Profile::Full), &mut |_, text| own += text);
    assert!(own.contains("Strongroom") && own.contains("Before Nightingale"));
}
