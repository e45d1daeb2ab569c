//! Two models side by side: what differs, in words, and what moved the risk.

use crate::support::dsl::{Draft, MAIN, id, model};
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::compare::{Comparison, Difference, Fate, Way};
use palisade::edit::{Document, Edit};
use palisade::geometry::vec2;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use proptest::collection::vec;
use proptest::prelude::*;

fn day() -> Date {
    Date::new(2026, 3, 1).unwrap()
}

fn difference(before: &ThreatModel, after: &ThreatModel) -> Difference {
    Difference::between(before, after, Library::builtin())
}

fn comparison(before: &ThreatModel, after: &ThreatModel) -> Comparison {
    Comparison::between(before, after, Library::builtin(), day(), &Quiet)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fields_make_the_record_again(model in sound_model()) {
        for key in model.keys() {
            let record = model.get(&key).unwrap();
            let fields = record.fields().into_iter().map(|field| (field.name, field.value));
            prop_assert!(record.made_of(fields).as_ref() == Some(&record), "{key:?}");
        }
    }

    #[test]
    fn a_difference_is_empty_for_equal_models_alone_and_turns_around(before in sound_model(), edits in vec(any_edit(), 0..5)) {
        let mut document = Document::new(before.clone());
        for edit in &edits {
            let _ = document.commit(edit);
        }
        let after = document.model();
        let (there, back) = (difference(&before, after), difference(after, &before));
        prop_assert_eq!(there.is_empty(), before == *after);
        prop_assert_eq!(there.counts().2, back.counts().2);
        prop_assert_eq!((there.counts().0, there.counts().1), (back.counts().1, back.counts().0));
        for change in there.records.iter().filter(|change| change.way == Way::Changed) {
            prop_assert!(!change.fields.is_empty(), "{:?} says nothing", change.key);
        }
    }
}

fn shop() -> Draft {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Data centre", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .tagged("web-app")
        .inside("Data centre")
        .store("DB")
        .tagged("sql")
        .inside("Data centre")
        .flow("Customer", "Web")
        .set(|f| (f.protocol, f.authn, f.channel) = (Protocol::Http, Authn::NoAuth, Channel::Internet))
        .flow("Web", "DB")
        .set(|f| (f.protocol, f.authn, f.channel) = (Protocol::Sql, Authn::Password, Channel::Wired))
        .asset("Card data", [4, 3, 2])
        .kept_in("DB")
        .carried_by("Web>DB")
        .carried_by("Customer>Web")
}

fn told(difference: &Difference) -> Vec<String> {
    let line = |change: &palisade::compare::RecordChange| {
        let fields = change.fields.iter().map(|f| format!("; {}: {} → {}", f.label, f.before, f.after));
        format!("{} {}{}", change.way.sign(), change.name, fields.collect::<String>())
    };
    difference.records.iter().map(line).collect()
}

#[test]
fn changes_are_told_field_by_field_in_the_words_of_people() {
    let before = shop().build();
    let after = shop()
        .also(|m| {
            let web = m.elements.get_mut(&id("Web")).unwrap();
            web.tags.insert("rest-api".into());
            web.facts.insert(Fact::Privileged, Tri::Yes);
            let flow = m.flows.get_mut(&id("Customer>Web")).unwrap();
            (flow.protocol, flow.authn) = (Protocol::Https, Authn::Oidc);
            m.boundaries.get_mut(&id("Data centre")).unwrap().trust = Some(4);
            m.assets.get_mut(&id("Card data")).unwrap().c = 3;
            m.assets.get_mut(&id("Card data")).unwrap().reason = "internet".into();
            m.people.insert("ann".into(), Person { name: "Ann".into(), ..Person::default() });
            m.elements.get_mut(&id("DB")).unwrap().owner = Some("ann".into());
            let key = ThreatKey::new("T-INJ-01", id("DB"));
            let decision = Decision { disposition: Disposition::Accept, approver: Some("ann".into()), ..Decision::default() };
            m.decisions.insert(key, decision);
            m.info.packs_off.insert("ai-llm".into());
        })
        .build();
    let labels = |id: &'static str| Library::builtin().tags.label(id);
    let lines = told(&difference(&before, &after));
    let technology = format!("; technology: {0} → {1}, {0}", labels("web-app"), labels("rest-api"));
    let wanted = [
        "~ ; packs off: – → ai-llm".to_owned(),
        "~ DB; owner: – → Ann".to_owned(),
        format!("~ Web{technology}; facts: runs with high privilege: – → Yes"),
        "~ Customer to Web; protocol: HTTP → HTTPS; authentication: None → OpenID Connect".to_owned(),
        "~ Data centre; trust: 3 → 4".to_owned(),
        "~ Card data; confidentiality: 4 → 3; reason: – → internet".to_owned(),
    ];
    assert_eq!(lines[..6], wanted);
    assert!(lines[6].starts_with("+ ") && lines[6].ends_with("DB"), "{}", lines[6]);
    assert_eq!(lines[7..], ["+ Ann"]);
}

/// No name of a file shows through: "ExternalEntity" is no word.
#[test]
fn every_vocabulary_has_its_words() {
    let after = shop()
        .also(|m| {
            let web = m.elements.get_mut(&id("Web")).unwrap();
            (web.kind, web.layer) = (ElementKind::ExternalEntity, Some(Layer::ApiServices));
            web.capabilities.insert(Capability::ServesHtml, Tri::Yes);
            web.visibility = Some(Visibility::Internal);
            let zone = m.boundaries.get_mut(&id("Internet")).unwrap();
            zone.kind = BoundaryKind::ProcessSandbox;
            let flow = m.flows.get_mut(&id("Web>DB")).unwrap();
            (flow.protocol, flow.initiator, flow.channel) = (Protocol::SqlTls, Initiator::Destination, Channel::Wifi);
            m.assets.get_mut(&id("Card data")).unwrap().kinds = [AssetKind::SpecialCategory].into();
            m.info.identification = Identification::StridePerElement;
            m.info.classification = Some(Tlp::AmberStrict);
            m.info.notation = Notation::GaneSarson;
        })
        .build();
    for (before, after) in [(shop().build(), after.clone()), (after, shop().build())] {
        for change in difference(&before, &after).records {
            for field in change.fields {
                for word in [&field.label, &field.before, &field.after].into_iter().flat_map(|t| t.split([' ', ','])) {
                    let camel = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
                    assert!(!camel || word == "DeMarco", "{}: {} → {}", field.label, field.before, field.after);
                }
            }
        }
    }
}

#[test]
fn what_is_only_moved_is_told_apart() {
    let before = shop().build();
    let mut document = Document::new(before.clone());
    let by = vec2(40.0, 8.0);
    document.commit(&Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by }).unwrap();
    let moved = comparison(&before, document.model());
    assert!(moved.difference.is_only_drawn() && !moved.difference.is_empty() && moved.movement.is_empty());
    assert_eq!(moved.difference.redrawn.iter().map(|r| (&r.item, r.way)).collect::<Vec<_>>(), [(&id("Web"), Way::Changed)]);
    document.commit(&Edit::Remove { keys: [Key::Element(id("Web"))].into() }).unwrap();
    let gone = difference(&before, document.model());
    assert!(gone.redrawn.is_empty(), "what is removed is not also told as moved");
}

#[test]
fn risk_is_told_with_the_change_that_moved_it() {
    let before = shop().build();
    let after = shop()
        .also(|m| {
            let flow = m.flows.get_mut(&id("Customer>Web")).unwrap();
            flow.protocol = Protocol::Https;
            m.elements.get_mut(&id("DB")).unwrap().name = "Data base".into();
        })
        .process("Cache")
        .inside("Data centre")
        .build();
    let compared = comparison(&before, &after);
    let movement = &compared.movement;
    assert!(movement.load.1 != movement.load.0);
    let flow = Key::Flow(id("Customer>Web"));
    let eased: Vec<_> = movement.threats.iter().filter(|m| matches!(m.fate, Fate::Better | Fate::Gone)).collect();
    assert!(!eased.is_empty());
    for moved in &eased {
        assert_eq!(moved.causes, [flow.clone()].into(), "{}: {:?}", moved.title, moved.fate);
    }
    let new: Vec<_> = movement.with_fate(Fate::New).filter(|m| m.threat.anchor == id("Cache")).collect();
    assert!(!new.is_empty() && new.iter().all(|m| m.causes.contains(&Key::Element(id("Cache")))));
    let renamed = Key::Element(id("DB"));
    assert_eq!(movement.because_of(&renamed).count(), 0, "a name moves no risk");

    let back = comparison(&after, &before).movement;
    assert_eq!((back.load.0, back.load.1), (movement.load.1, movement.load.0));
    assert_eq!(back.threats.len(), movement.threats.len());
    assert!(back.threats.iter().any(|m| m.fate == Fate::Gone && m.causes.contains(&Key::Element(id("Cache")))));
}

#[test]
fn decisions_are_told_as_what_became_of_threats() {
    let before = shop().build();
    let assessment = palisade::risk::assess(&before, Library::builtin());
    let worst: Vec<ThreatKey> = assessment.ranked().iter().filter(|f| f.counts()).map(|f| f.key.clone()).take(2).collect();
    let decide = |m: &mut ThreatModel, key: &ThreatKey, disposition| {
        m.decisions.insert(key.clone(), Decision { disposition, ..Decision::default() });
    };
    let mut after = before.clone();
    decide(&mut after, &worst[0], Disposition::Mitigate);
    decide(&mut after, &worst[1], Disposition::NotApplicable);
    let movement = comparison(&before, &after).movement;
    let fate = |key: &ThreatKey| movement.threats.iter().find(|m| m.threat == *key).map(|m| (m.fate, m.causes.clone()));
    assert_eq!(fate(&worst[0]), Some((Fate::Decided, [Key::Decision(worst[0].clone())].into())));
    assert_eq!(fate(&worst[1]), Some((Fate::RuledOut, [Key::Decision(worst[1].clone())].into())));
    let again = comparison(&after, &before).movement;
    assert_eq!(again.threats.iter().find(|m| m.threat == worst[1]).unwrap().fate, Fate::Reopened);
}

/// What is told of risk adds up to the totals the assessment has.
#[test]
fn bands_before_and_after_add_up() {
    let before = palisade::open::open(&std::fs::read("sample_models/web-shop.ron").unwrap(), "").unwrap().model;
    let mut after = before.clone();
    after.instances.clear();
    let movement = comparison(&before, &after).movement;
    let mut counts = movement.counts.0.map(|n| n as i64);
    for moved in &movement.threats {
        let place = |band| Band::ALL.iter().position(|b| *b == band).unwrap();
        moved.band_before().into_iter().for_each(|band| counts[place(band)] -= 1);
        moved.band_after().into_iter().for_each(|band| counts[place(band)] += 1);
    }
    assert_eq!(counts, movement.counts.1.map(|n| n as i64));
    assert!(movement.load.1 > movement.load.0 && movement.with_fate(Fate::Worse).count() > 5);
    assert!(movement.with_fate(Fate::Better).count() == 0, "taking controls away eases nothing");
}
