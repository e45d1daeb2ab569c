//! The audit log: what it tells, that nobody can alter it unnoticed, and what sign-offs make of it.

use crate::support::dsl::{self, id, model};
use crate::support::models::sound_model;
use palisade::audit::{Author, Break, began_outside, changed_outside, next_entry, seal, sign_offs, verify};
use palisade::edit::{Document, Edit};
use palisade::library::Library;
use palisade::model::*;
use palisade::report::{ReportOptions, compose, said};
use palisade::risk::assess_on;
use palisade::storage::{load, save};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::process::Command;

const THREAT: &str = "T-INJ-01";

fn shop() -> Document {
    let mut shop = model("Shop").boundary("Internet", 0).entity("Customer").process("Web").store("DB");
    shop = shop.flow("Customer", "Web").flow("Web", "DB").asset("Cards", [4, 3, 2]).kept_in("DB");
    Document::new(shop.build())
}

fn at(minute: u16) -> Moment {
    Moment::new("2026-11-22".parse().unwrap(), 14, minute).unwrap()
}

/// What saving does to the log. True when something was written.
fn saved(document: &mut Document, who: &str, minute: u16) -> bool {
    written(document, who, minute, None)
}

fn written(document: &mut Document, who: &str, minute: u16, sign_off: Option<SignOff>) -> bool {
    let author = Author { who, at: at(minute) };
    let entry = next_entry(document, Library::builtin(), &|_| None, &author, false, sign_off);
    let is_written = entry.is_some();
    entry.into_iter().for_each(|(id, entry)| document.append(id, entry));
    is_written
}

fn signed(document: &mut Document, of: SignedOff) {
    let sign_off = SignOff { role: Role::Approver, of, statement: "Fit for release".into() };
    assert!(written(document, "Ann Lee", 30, Some(sign_off)));
}

fn threat() -> ThreatKey {
    ThreatKey::new(THREAT, id("DB"))
}

fn decide(document: &mut Document, decision: Decision) {
    document.commit(&Edit::Decide { threat: threat(), decision }).unwrap();
}

fn accepted() -> Decision {
    let expires = Some("2027-03-31".parse().unwrap());
    let justification = "Only seen from inside".into();
    Decision { disposition: Disposition::Accept, expires, justification, ..Decision::default() }
}

/// What the newest entry tells: kind, before, after.
fn told(document: &Document) -> Vec<(LogKind, String, String)> {
    let order = document.model().log_in_order();
    let (_, entry) = order.last().unwrap();
    entry.changes.iter().map(|c| (c.kind, c.before.clone(), c.after.clone())).collect()
}

#[test]
fn decisions_and_ratings_are_told_with_who_when_before_after_and_why() {
    let mut document = shop();
    decide(&mut document, accepted());
    assert!(saved(&mut document, "Ann Lee", 5));
    let level_override = Some(LevelOverride { likelihood: 2, impact: 4, reason: "Tested last week".into() });
    decide(&mut document, Decision { level_override, ..accepted() });
    assert!(saved(&mut document, "Bo Ek", 9));
    let order = document.model().log_in_order();
    let [(_, first), (_, second)] = order[..] else { panic!("two entries") };
    assert_eq!((first.who.as_str(), first.at), ("Ann Lee", Some(at(5))));
    let change = &first.changes[0];
    assert_eq!((change.kind, change.threat.as_ref()), (LogKind::Acceptance, Some(&threat())));
    assert_eq!((change.before.as_str(), change.after.as_str()), ("Open", "Accept until 2027-03-31"));
    assert_eq!(change.reason, "Only seen from inside");
    assert!(change.about.contains("DB"), "{}", change.about);
    let rating = &second.changes[0];
    assert_eq!((rating.kind, second.who.as_str()), (LogKind::Rating, "Bo Ek"));
    assert_eq!((rating.before.as_str(), rating.after.as_str()), ("as computed", "likelihood 2, impact 4"));
    assert_eq!(rating.reason, "Tested last week");
}

#[test]
fn controls_their_tests_scope_and_other_records_are_told_apart() {
    let mut document = shop();
    let key = Key::Instance(Id::from("i"));
    let planned = ControlInstance {
        control: "C-APP-PARAM".into(),
        at: [Site::At(id("Web"))].into(),
        status: ControlStatus::Planned,
        ..ControlInstance::default()
    };
    document.commit(&Edit::put(key.clone(), planned.clone())).unwrap();
    saved(&mut document, "", 1);
    assert_eq!(told(&document), [(LogKind::Control, "not there".into(), "Planned".into())]);
    let evidence =
        Evidence { level: EvidenceLevel::Tested, on: Some("2026-11-20".parse().unwrap()), result: "no finding".into() };
    let done = ControlInstance { status: ControlStatus::Implemented, evidence, ..planned };
    document.commit(&Edit::put(key, done)).unwrap();
    let web = document.model().elements[&id("Web")].clone();
    document.commit(&Edit::put(Key::Element(id("Web")), Element { out_of_scope: Some("Bought".into()), ..web })).unwrap();
    let flow = document.model().flows[&id("Web>DB")].clone();
    document.commit(&Edit::put(Key::Flow(id("Web>DB")), Flow { protocol: Protocol::SqlTls, ..flow })).unwrap();
    document.commit(&Edit::Remove { keys: [Key::Asset(id("Cards"))].into() }).unwrap();
    saved(&mut document, "", 2);
    let told = told(&document);
    let has = |kind, before: &str, after: &str| told.contains(&(kind, before.into(), after.into()));
    assert!(has(LogKind::Control, "Planned", "Implemented"), "{told:?}");
    assert!(has(LogKind::Test, "Documented", "Tested on 2026-11-20: no finding"), "{told:?}");
    assert!(has(LogKind::Scope, "in scope", "out of scope"), "{told:?}");
    assert!(has(LogKind::Model, "protocol –", "protocol SqlTls"), "{told:?}");
    assert!(has(LogKind::Model, "there", "deleted"), "{told:?}");
    assert!(has(LogKind::Model, "holds Cards", "holds –"), "{told:?}");
}

#[test]
fn deleting_an_element_archives_what_was_decided_about_it() {
    let mut document = shop();
    decide(&mut document, accepted());
    saved(&mut document, "", 1);
    document.commit(&Edit::Remove { keys: [Key::Element(id("DB"))].into() }).unwrap();
    saved(&mut document, "", 2);
    let archived = (LogKind::Decision, "Accept until 2027-03-31".into(), "archived with what was deleted".into());
    assert!(told(&document).contains(&archived), "{:?}", told(&document));
    assert!(document.model().decisions.contains_key(&threat()));
}

#[test]
fn what_was_undone_before_saving_is_not_told_and_pictures_never_are() {
    let mut document = shop();
    decide(&mut document, accepted());
    document.undo();
    assert!(!saved(&mut document, "", 1));
    document
        .commit(&Edit::Move { diagram: dsl::MAIN.into(), items: [id("Web")].into(), by: palisade::geometry::vec2(9.0, 9.0) })
        .unwrap();
    assert!(!saved(&mut document, "", 2));
    document.undo();
    document.redo();
    document.undo();
    // Done, saved and taken back: both are told.
    decide(&mut document, accepted());
    assert!(saved(&mut document, "", 3));
    document.undo();
    assert!(saved(&mut document, "", 4));
    assert_eq!(told(&document), [(LogKind::Acceptance, "Accept until 2027-03-31".into(), "Open".into())]);
    assert_eq!(document.model().log.len(), 2, "no undo reaches the log");
    // What was only tried out leaves nothing.
    document.start_trial();
    decide(&mut document, accepted());
    document.drop_trial();
    assert!(!saved(&mut document, "", 5));
}

#[test]
fn an_entry_is_something_to_save() {
    let mut document = shop();
    assert!(!document.is_dirty());
    signed(&mut document, SignedOff::Model);
    assert!(document.is_dirty());
    document.mark_saved();
    assert!(!document.is_dirty());
}

#[test]
fn a_sign_off_names_what_changed_since_and_forgets_what_changed_back() {
    let mut document = shop();
    signed(&mut document, SignedOff::Model);
    signed(&mut document, SignedOff::Decisions);
    let changed = |document: &Document| -> Vec<Vec<String>> {
        let unlogged = palisade::audit::differences(document.model(), Library::builtin(), document.unlogged(), &|_| None);
        let all = sign_offs(document.model(), &unlogged);
        all.into_iter().map(|s| s.changed.into_iter().map(|c| c.about).collect()).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(changed(&document), [none.clone(), none.clone()]);
    let web = document.model().elements[&id("Web")].clone();
    document.commit(&Edit::put(Key::Element(id("Web")), Element { tags: ["web-app".into()].into(), ..web.clone() })).unwrap();
    // Newest first: the decisions, then the model.
    assert_eq!(changed(&document), [none.clone(), vec!["Element Web".to_owned()]], "before it is saved already");
    saved(&mut document, "", 40);
    assert_eq!(changed(&document), [none.clone(), vec!["Element Web".to_owned()]]);
    document.commit(&Edit::put(Key::Element(id("Web")), web)).unwrap();
    saved(&mut document, "", 41);
    assert_eq!(changed(&document), [none.clone(), none]);
    decide(&mut document, accepted());
    assert_eq!(changed(&document).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn whatever_is_altered_in_the_log_is_found() {
    let mut document = shop();
    for minute in 1..4 {
        decide(&mut document, Decision { ticket: format!("T-{minute}"), ..accepted() });
        saved(&mut document, "Ann Lee", minute);
    }
    let good = document.model();
    assert_eq!(verify(good, None), []);
    let order: Vec<Id> = good.log_in_order().into_iter().map(|(id, _)| id.clone()).collect();
    // A word of the first entry.
    let mut altered = good.clone();
    altered.log.get_mut(&order[0]).unwrap().who = "Eve".into();
    assert_eq!(verify(&altered, None), [Break::Altered(order[0].clone())]);
    // The altered entry under its new hash: who follows it misses it.
    let entry = altered.log.remove(&order[0]).unwrap();
    altered.log.insert(seal(&entry), entry);
    let missing = Break::Missing { entry: order[1].clone(), before: order[0].clone() };
    assert!(verify(&altered, None).contains(&missing));
    // An entry out of the middle, and the newest one, which only who has seen it can tell.
    let mut short = good.clone();
    short.log.remove(&order[1]);
    assert!(verify(&short, None).iter().any(|b| matches!(b, Break::Missing { .. })));
    let mut cut = good.clone();
    cut.log.remove(&order[2]);
    cut.decisions.values_mut().for_each(|d| d.ticket = "T-2".into());
    assert_eq!(verify(&cut, None), []);
    let printed = Id::new(&order[2].as_str()[..12]);
    assert_eq!(verify(&cut, Some(&printed)), [Break::NoSuchEntry(printed.clone())]);
    assert_eq!(verify(good, Some(&printed)), []);
    // A decision in the file, past the log.
    let mut outside = good.clone();
    outside.decisions.clear();
    assert!(changed_outside(&outside) && !changed_outside(good));
    assert_eq!(verify(&outside, None), [Break::ChangedOutside]);
}

#[test]
fn what_is_not_saved_yet_is_no_change_from_outside() {
    let mut document = shop();
    decide(&mut document, accepted());
    saved(&mut document, "Ann Lee", 1);
    assert!(!began_outside(&document));
    decide(&mut document, Decision { ticket: "T-1".into(), ..accepted() });
    assert!(changed_outside(document.model()) && !began_outside(&document), "as after a crash");
    let mut outside = document.model().clone();
    outside.elements.clear();
    assert!(began_outside(&Document::new(outside)));
}

#[test]
fn merged_logs_have_two_ends_and_the_next_entry_follows_both() {
    let mut base = shop();
    decide(&mut base, accepted());
    saved(&mut base, "Ann Lee", 1);
    let (mut ours, mut theirs) = (Document::new(base.model().clone()), Document::new(base.model().clone()));
    decide(&mut ours, Decision { ticket: "A-1".into(), ..accepted() });
    saved(&mut ours, "Ann Lee", 2);
    decide(&mut theirs, Decision { ticket: "B-1".into(), ..accepted() });
    saved(&mut theirs, "Bo Ek", 3);
    let mut merged = ours.model().clone();
    merged.log.extend(theirs.model().log.clone());
    assert_eq!(merged.log_heads().len(), 2);
    assert_eq!(verify(&merged, None), [], "both sides hold");
    let mut merged = Document::new(merged);
    signed(&mut merged, SignedOff::Decisions);
    let heads = merged.model().log_heads();
    let last = &merged.model().log[heads.first().unwrap()];
    assert_eq!((heads.len(), last.after.len()), (1, 2));
    assert_eq!(verify(merged.model(), None), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_log_of_any_model_is_ordered_whole_and_comes_back_from_its_file(model in sound_model()) {
        let order = model.log_in_order();
        prop_assert_eq!(order.len(), model.log.len());
        let again = load(&save(&model).unwrap()).unwrap().model;
        prop_assert!(again.log == model.log);
        // Random ids are no hashes.
        prop_assert_eq!(verify(&model, None).iter().filter(|b| matches!(b, Break::Altered(_))).count(), model.log.len());
    }
}

#[test]
fn the_command_prints_the_log_and_fails_on_a_broken_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let mut document = shop();
    decide(&mut document, accepted());
    saved(&mut document, "Ann Lee", 5);
    signed(&mut document, SignedOff::Decisions);
    let audit = |model: &ThreatModel, more: &[&str]| {
        std::fs::write(&file, save(model).unwrap()).unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_palisade")).arg("audit").arg(&file).args(more).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap())
    };
    let (code, text) = audit(document.model(), &[]);
    assert_eq!(code, Some(0), "{text}");
    for line in
        ["2026-11-22 14:05 UTC  Ann Lee", "Open → Accept until 2027-03-31 (Only seen from inside)", "Signed off as approver"]
    {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(text.contains("2 entries, as they were written"), "{text}");
    assert_eq!(audit(document.model(), &["--head", "feed"]).0, Some(4));
    let mut altered = document.model().clone();
    altered.decisions.clear();
    let (code, text) = audit(&altered, &["--format", "json"]);
    assert_eq!(code, Some(4));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((value["entries"].as_array().unwrap().len(), value["broken"].as_array().unwrap().len()), (2, 1));
    assert!(audit(&ThreatModel::default(), &[]).1.contains("The log is empty"));
}

#[test]
fn the_report_tells_who_signed_what_changed_since_and_who_decided_what() {
    let mut document = shop();
    saved(&mut document, "Ben Ode", 10);
    signed(&mut document, SignedOff::Model);
    decide(&mut document, accepted());
    saved(&mut document, "Ben Ode", 40);
    let day = "2026-11-22".parse().unwrap();
    let library = Library::builtin();
    let assessment = assess_on(document.model(), library, day);
    let record = |model: &ThreatModel| {
        let report = compose(model, library, &assessment, &ReportOptions::new(day));
        let mut told = String::new();
        said(&report, &mut |place, text| {
            if place == "the chapter “Decision record”" {
                told += text;
                told.push('\n');
            }
        });
        told
    };
    let told = record(document.model());
    let parts = ["Ann Lee", "Approver", "“Fit for release”", "One changed:", "Only seen from inside", "Ben Ode", "14:40 UTC"];
    for part in parts {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(told.contains("are as they were written") && !told.contains("does not hold"), "{told}");
    // What rated it stands beside the head of the chain: the engine, and each pack that was asked with its hash.
    let engine = concat!("Palisade ", env!("CARGO_PKG_VERSION"));
    assert!(told.contains(engine), "{told}");
    for pack in library.packs.iter().filter(|pack| pack.is_on(&document.model().info)) {
        assert!(told.contains(&format!("{} {} (hash ", pack.id, pack.version)), "{} in {told}", pack.id);
    }
    let hashes: BTreeSet<&str> = told.match_indices("(hash ").filter_map(|(at, _)| told.get(at..at + 20)).collect();
    assert_eq!(hashes.len(), told.matches("(hash ").count(), "each pack has its own hash");
    let mut altered = document.model().clone();
    let first = altered.log.keys().next().cloned().unwrap();
    altered.log.get_mut(&first).unwrap().who = "Somebody else".into();
    assert!(record(&altered).contains("does not hold in one place"), "{}", record(&altered));
    assert!(record(&ThreatModel::default()).is_empty());
}
