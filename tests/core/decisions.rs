//! Decisions: how long they hold, and what becomes of those whose threat is gone.

use palisade::edit::{Document, Edit};
use palisade::hygiene::{Check, Policy, examine};
use palisade::library::Library;
use palisade::model::*;
use palisade::open::open;
use palisade::risk::{Assessment, assess, assess_on, basis_of};

fn shop() -> ThreatModel {
    open(include_bytes!("../data/oracle/web-shop.model.json"), "web-shop.model.json").unwrap().model
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn worst(assessment: &Assessment) -> ThreatKey {
    assessment.ranked().first().unwrap().key.clone()
}

fn accepted(until: &str) -> Decision {
    Decision { disposition: Disposition::Accept, expires: Some(day(until)), ..Decision::default() }
}

fn decided(model: &ThreatModel, threat: &ThreatKey, decision: Decision) -> ThreatModel {
    let mut document = Document::new(model.clone());
    document.commit(&Edit::Decide { threat: threat.clone(), decision }).unwrap();
    document.model().clone()
}

#[test]
fn an_acceptance_holds_through_its_last_day_and_is_open_again_after_it() {
    let (model, library) = (shop(), Library::builtin());
    let threat = worst(&assess(&model, library));
    let model = decided(&model, &threat, accepted("2026-03-01"));
    let on = |date| assess_on(&model, library, day(date));
    let (last, after) = (on("2026-03-01"), on("2026-03-02"));
    let at = |assessment: &Assessment| assessment.findings.get(&threat).map(|f| (f.disposition, f.lapsed)).unwrap();
    assert_eq!(at(&last), (Disposition::Accept, None));
    assert_eq!(at(&after), (Disposition::Open, Some(day("2026-03-01"))));
    assert_eq!((last.totals.accepted, after.totals.accepted), (1, 0));
    assert_eq!(after.findings.get(&threat).unwrap().expiry(), "Accepted until 2026-03-01, expired: open again");
    assert_eq!(last.totals.risk.load, after.totals.risk.load, "it counts in either case");
    // Without a day it is as decided.
    assert_eq!(at(&assess(&model, library)), (Disposition::Accept, None));
}

#[test]
fn only_acceptances_end() {
    let (model, library) = (shop(), Library::builtin());
    let threat = worst(&assess(&model, library));
    for disposition in [Disposition::Mitigate, Disposition::Transfer, Disposition::Avoid, Disposition::NotApplicable] {
        let model = decided(&model, &threat, Decision { disposition, ..accepted("2026-03-01") });
        let found = assess_on(&model, library, day("2030-01-01"));
        assert_eq!(found.findings.get(&threat).map(|f| (f.disposition, f.lapsed)), Some((disposition, None)));
    }
}

#[test]
fn choosing_acceptance_again_extends_an_ended_one_and_takes_back_a_standing_one() {
    let before = accepted("2026-03-01");
    let extended = before.choose(Disposition::Accept, day("2026-03-02"));
    assert_eq!((extended.disposition, extended.expires), (Disposition::Accept, Some(day("2026-08-29"))));
    assert_eq!(before.choose(Disposition::Accept, day("2026-03-01")).disposition, Disposition::Open);
    let taken_back = Decision { disposition: Disposition::Mitigate, ..before.clone() };
    let anew = taken_back.choose(Disposition::Accept, day("2026-03-02"));
    assert_eq!((anew.disposition, anew.expires), (Disposition::Accept, None), "an end that has passed is none");
    assert_eq!(before.choose(Disposition::Avoid, day("2026-03-02")).disposition, Disposition::Avoid);
}

#[test]
fn an_ended_acceptance_is_hygiene_and_extending_puts_it_right() {
    let (model, library) = (shop(), Library::builtin());
    let threat = worst(&assess(&model, library));
    let mut whole = accepted("2026-03-01");
    whole.justification = "Accepted by the board".into();
    let today = day("2026-03-02");
    let told = |model: &ThreatModel| {
        let found = examine(model, library, &assess_on(model, library, today), today, &Policy::default());
        found.iter().filter(|p| p.check == Check::BareAcceptance && p.message.ends_with("has expired")).count()
    };
    let ended = decided(&model, &threat, whole.clone());
    assert_eq!(told(&ended), 1);
    assert_eq!(told(&decided(&ended, &threat, whole.extended(today, 90))), 0);
}

#[test]
fn a_decision_sleeps_while_its_threat_is_gone_and_is_the_same_when_it_returns() {
    let (model, library) = (shop(), Library::builtin());
    let found = assess(&model, library);
    let threat = found.ranked().iter().find(|f| f.counts() && model.elements.contains_key(&f.key.anchor)).unwrap().key.clone();
    let basis = basis_of(&model, library, &threat);
    let decision = Decision { basis, justification: "Looked at it together".into(), ..accepted("2030-01-01") };
    let mut document = Document::new(decided(&model, &threat, decision));
    let kept = document.model().decisions[&threat].clone();
    document.commit(&Edit::Remove { keys: [Key::Element(threat.anchor.clone())].into() }).unwrap();
    let asleep = assess(document.model(), library);
    assert_eq!(asleep.dormant.as_slice(), std::slice::from_ref(&threat));
    assert_eq!(document.model().decisions[&threat], kept);
    document.undo();
    let back = assess(document.model(), library);
    assert!(back.dormant.is_empty());
    let finding = back.findings.get(&threat).unwrap();
    assert_eq!((finding.disposition, finding.stale.len()), (Disposition::Accept, 0));
}
