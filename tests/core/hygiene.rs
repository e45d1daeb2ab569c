//! Hygiene: every check finds its flaw and nothing else does, and every fix puts it right in one step that undo takes back.

use crate::support::dsl::{Draft, MAIN, id, model};
use palisade::edit::{Document, Edit};
use palisade::geometry::{rect, vec2};
use palisade::hygiene::{Check, Fix, Policy, Problem, Severity, Topic, examine, fixes, practices};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use proptest::prelude::*;

fn today() -> Date {
    Date::new(2026, 3, 31).unwrap()
}

fn found(model: &ThreatModel) -> (Assessment, Vec<Problem>) {
    let assessment = assess(model, Library::builtin());
    let problems = examine(model, Library::builtin(), &assessment, today(), &Policy::default());
    (assessment, problems)
}

fn fixes_of(model: &ThreatModel, assessment: &Assessment, problem: &Problem) -> Vec<Fix> {
    fixes(problem, model, Library::builtin(), assessment, today(), &mut IdSource::seeded(7))
}

/// A customer, a web shop and its orders, with everything said about them.
fn shop() -> Draft {
    model("Shop")
        .boundary("Internet", 1)
        .boundary("Backend", 2)
        .entity("Customer")
        .inside("Internet")
        .tagged("customer")
        .process("Web")
        .inside("Backend")
        .tagged("web-app")
        .store("Orders")
        .inside("Backend")
        .tagged("sql")
        .flow("Customer", "Web")
        .set(|f| (f.protocol, f.authn, f.channel) = (Protocol::Https, Authn::Mfa, Channel::Internet))
        .flow("Web", "Orders")
        .set(|f| (f.protocol, f.authn, f.channel) = (Protocol::SqlTls, Authn::Password, Channel::Local))
        .asset("Order data", [3, 3, 3])
        .kept_in("Orders")
        .also(|m| m.assets.get_mut(&id("Order data")).unwrap().reason = "Customers pay for it".into())
        .carried_by("Customer>Web")
        .carried_by("Web>Orders")
        .also(|m| {
            m.info.packs_on = Library::builtin().further_packs();
            m.people.insert("ann".into(), Person { visibility: None, name: "Ann".into(), roles: [Role::Approver].into() });
            m.boundaries.values_mut().for_each(|b| b.owner = Some("ann".into()));
            let agent = ThreatAgent { name: "Thief".into(), starts: ["internet".into()].into(), ..ThreatAgent::default() };
            m.agents.insert("thief".into(), agent);
            let all: Vec<&str> =
                "C-APP-PATCH C-APP-LEASTPRIV C-IAM-MFA C-DAT-REST C-MON-AUDIT C-APP-PENTEST C-MON-SIEM".split(' ').collect();
            for control in all {
                let evidence = Evidence { level: EvidenceLevel::Reviewed, on: Some(today()), ..Evidence::default() };
                let instance = ControlInstance {
                    control: control.into(),
                    at: [Site::Model].into(),
                    status: ControlStatus::Operating,
                    evidence,
                    ..ControlInstance::default()
                };
                m.instances.insert(id(control), instance);
            }
        })
}

/// The shop with one flaw.
fn flawed(check: Check) -> ThreatModel {
    let worst = |m: &ThreatModel| {
        let assessment = assess(m, Library::builtin());
        let finding = assessment.ranked().into_iter().find(|f| f.counts()).unwrap();
        finding.key.clone()
    };
    let element = |name: &str, change: fn(&mut Element)| {
        let name = id(name);
        shop().also(move |m| change(m.elements.get_mut(&name).unwrap()))
    };
    let flow = |name: &str, change: fn(&mut Flow)| {
        let name = id(name);
        shop().also(move |m| change(m.flows.get_mut(&name).unwrap()))
    };
    let instance =
        |change: fn(&mut ControlInstance)| shop().also(move |m| change(m.instances.get_mut(&id("C-APP-PATCH")).unwrap()));
    let without = |control: &'static str| shop().also(move |m| drop(m.instances.remove(&id(control))));
    let decided = |decision: Decision| {
        let mut model = shop().build();
        let key = worst(&model);
        model.decisions.insert(key, decision);
        model
    };
    // A shop worth more, with a stronger thief and an open door.
    let grave = || {
        shop().also(|m| {
            let asset = m.assets.get_mut(&id("Order data")).unwrap();
            (asset.c, asset.i, asset.a) = (4, 4, 4);
            let thief = m.agents.get_mut(&id("Thief")).unwrap();
            (thief.capability, thief.intent, thief.access) = (5, 5, AgentAccess::ALL.iter().copied().collect());
            (m.flows.get_mut(&id("Customer>Web")).unwrap().authn) = Authn::NoAuth;
        })
    };
    let old = Date::new(2024, 1, 1);
    let draft = match check {
        Check::LooseFlow => flow("Web>Orders", |f| f.to = None),
        Check::Unnamed => element("Web", |e| e.name = String::new()),
        Check::SameName => element("Orders", |e| e.name = "Web".into()),
        Check::NoBoundary => shop().also(|m| {
            m.elements.values_mut().for_each(|e| e.boundary = None);
            m.boundaries.clear();
            m.agents.get_mut(&id("Thief")).unwrap().starts = [id("Customer")].into();
        }),
        Check::NoValue => shop().also(|m| {
            (
                m.assets.get_mut(&id("Order data")).unwrap().c,
                m.assets.get_mut(&id("Order data")).unwrap().i,
                m.assets.get_mut(&id("Order data")).unwrap().a,
            ) = (2, 2, 2)
        }),
        Check::NoAgent => shop().also(|m| m.agents.clear()),
        Check::AgentWithoutStart => shop().also(|m| m.agents.get_mut(&id("Thief")).unwrap().starts.clear()),
        Check::IdleAsset => shop().asset("Archive", [1, 1, 1]),
        Check::AgentReachesNothing => {
            shop().boundary("Moon", 0).also(|m| m.agents.get_mut(&id("Thief")).unwrap().starts = [id("Moon")].into())
        }
        Check::Island => shop().process("Cron").inside("Backend").tagged("worker"),
        Check::OneWay => flow("Customer>Web", |f| f.bidirectional = false)
            .also(|m| m.flows.get_mut(&id("Web>Orders")).unwrap().bidirectional = false)
            .also(|m| {
                // Nothing comes back to the customer from the shop.
                let flow = m.flows.get_mut(&id("Web>Orders")).unwrap();
                std::mem::swap(&mut flow.from, &mut flow.to);
            }),
        Check::NeverWritten => flow("Web>Orders", |f| std::mem::swap(&mut f.from, &mut f.to)),
        Check::NeverRead => flow("Web>Orders", |f| f.bidirectional = false),
        Check::NoProcess => shop().store("Copy").inside("Backend").tagged("backup").flow("Orders", "Copy").set(|f| {
            (f.protocol, f.authn) = (Protocol::Tls, Authn::Password);
        }),
        Check::EmptyStore => element("Orders", |e| e.holds.clear()),
        Check::Untagged => element("Web", |e| e.tags.clear()),
        Check::Unsupported => element("Web", |e| e.facts.extend([(Fact::Unsupported, Tri::Yes)])),
        Check::NoOwner => shop().also(|m| m.boundaries.values_mut().for_each(|b| b.owner = None)),
        Check::OutsideBoundaries => element("Web", |e| e.boundary = None),
        Check::EmptyFlow => flow("Web>Orders", |f| f.assets.clear()),
        Check::Unreasoned => shop().also(|m| m.assets.get_mut(&id("Order data")).unwrap().reason.clear()),
        Check::NoAuthentication => flow("Customer>Web", |f| f.authn = Authn::NoAuth),
        Check::Plaintext => flow("Customer>Web", |f| f.protocol = Protocol::Http),
        Check::Contradiction => flow("Customer>Web", |f| (f.protocol, f.authn) = (Protocol::Http, Authn::MutualTls)),
        Check::Jump => shop().also(|m| m.boundaries.get_mut(&id("Backend")).unwrap().trust = Some(4)),
        Check::ExternalToStore => shop().flow("Customer", "Orders").set(|f| {
            (f.protocol, f.authn) = (Protocol::SqlTls, Authn::Password);
        }),
        Check::Parallel => shop().also(|m| {
            let twin = m.flows[&id("Web>Orders")].clone();
            m.flows.insert("twin".into(), twin);
            m.placements.insert(PlacementKey::new(MAIN, "twin"), Placement::Route(Route::default()));
        }),
        Check::OpenWithoutOwner | Check::NoControl => grave().also(|m| m.instances.clear()),
        Check::OnlyDetective => grave().also(|m| m.instances.retain(|i, _| *i == id("C-MON-AUDIT"))),
        Check::NoDetective => grave().also(|m| m.instances.retain(|i, _| *i == id("C-APP-PATCH") || *i == id("C-APP-LEASTPRIV"))),
        Check::NoEvidence => instance(|i| i.evidence = Evidence { level: EvidenceLevel::Assumed, ..Evidence::default() }),
        Check::TestFailed => instance(|i| i.evidence.level = EvidenceLevel::Failed),
        Check::Idle => shop().also(|m| {
            let instance =
                ControlInstance { control: "C-DEV-BOOT".into(), at: [Site::At(id("Customer"))].into(), ..Default::default() };
            m.instances.insert("boot".into(), instance);
        }),
        Check::Overdue => instance(|i| (i.status, i.due) = (ControlStatus::Planned, Date::new(2026, 1, 1))),
        Check::OldReview => shop().also(move |m| m.info.reviewed = old),
        Check::ChangedSince => shop().also(|m| {
            let yesterday = Date::new(2026, 3, 30);
            m.info.reviewed = Date::new(2026, 3, 29);
            let change = LogChange { about: "Element Web".into(), after: "protocol Https".into(), ..LogChange::default() };
            let at = Moment::new(yesterday.unwrap(), 9, 0);
            m.log.insert("l".into(), LogEntry { at, changes: vec![change], ..LogEntry::default() });
        }),
        Check::PrivacyPackOff => shop().also(|m| {
            m.info.packs_off.insert("linddun-privacy".into());
            m.assets.get_mut(&id("Order data")).unwrap().kinds.insert(AssetKind::PersonalData);
        }),
        Check::PackOff => shop().also(|m| m.info.packs_off.extend(["stride-core".to_owned()])),
        Check::NoImpactAssessment => {
            shop().also(|m| m.assets.get_mut(&id("Order data")).unwrap().kinds.extend([AssetKind::SpecialCategory]))
        }
        Check::Transfer => shop().also(|m| {
            m.assets.get_mut(&id("Order data")).unwrap().kinds.insert(AssetKind::PersonalData);
            m.boundaries.get_mut(&id("Internet")).unwrap().region = Some("EU".into());
            m.boundaries.get_mut(&id("Backend")).unwrap().region = Some("US".into());
        }),
        Check::OldAssumption => shop().also(move |m| {
            m.assumptions.insert("a".into(), Assumption { text: "Staff is trusted".into(), reviewed: old, ..Default::default() });
        }),
        Check::Patching => without("C-APP-PATCH"),
        Check::LeastPrivilege => without("C-APP-LEASTPRIV"),
        Check::StrongLogins => {
            without("C-IAM-MFA").also(|m| m.flows.get_mut(&id("Customer>Web")).unwrap().authn = Authn::Password)
        }
        Check::EncryptedAtRest => without("C-DAT-REST"),
        Check::Audited => without("C-MON-AUDIT"),
        Check::PenetrationTested => without("C-APP-PENTEST"),
        Check::EncryptedInTransit => flow("Customer>Web", |f| (f.protocol, f.authn) = (Protocol::Http, Authn::Session)),
        Check::ManyQuestions => shop().also(|m| {
            for n in 0..12 {
                let element = Element { name: format!("Service {n}"), boundary: Some(id("Backend")), ..Element::default() };
                m.elements.insert(Id::from(format!("s{n}")), Element { tags: ["web-app".to_owned()].into(), ..element });
                let flow = Flow {
                    name: format!("Call {n}"),
                    from: Some(id("Web")),
                    to: Some(Id::from(format!("s{n}"))),
                    ..Flow::default()
                };
                m.flows.insert(Id::from(format!("c{n}")), flow);
            }
        }),
        Check::Overlap => {
            let mut model = shop().build();
            let key = PlacementKey::new(MAIN, "internet");
            model.placements.insert(key, Placement::Box(rect(10.0, 20.0, 320.0, 140.0)));
            return model;
        }
        Check::BareAcceptance => return decided(Decision { disposition: Disposition::Accept, ..Decision::default() }),
        Check::Groundless => return decided(Decision { disposition: Disposition::NotApplicable, ..Decision::default() }),
        Check::Stale => {
            let basis = [("protocol of the moon".to_owned(), "HTTP".to_owned())].into();
            return decided(Decision { disposition: Disposition::Mitigate, basis, ..Decision::default() });
        }
    };
    draft.build()
}

#[test]
fn every_check_finds_its_flaw_and_every_fix_puts_it_right() {
    for check in Check::ALL.iter().copied() {
        let model = flawed(check);
        let (assessment, problems) = found(&model);
        let of_check: Vec<&Problem> = problems.iter().filter(|p| p.check == check).collect();
        let Some(problem) = of_check.first() else { panic!("{check:?} is not found: {problems:#?}") };
        assert!(!problem.message.is_empty() && !check.why().is_empty() && !check.title().is_empty());
        let ways = fixes_of(&model, &assessment, problem);
        if check == Check::ManyQuestions {
            assert_eq!(ways, [], "only a person can answer");
            continue;
        }
        assert!(!ways.is_empty(), "{check:?}: nothing to do about it");
        for fix in ways {
            let mut document = Document::new(model.clone());
            document.commit(&fix.edit).unwrap_or_else(|e| panic!("{check:?}: {}: {e}", fix.label));
            let (_, after) = found(document.model());
            let stays = after.iter().any(|p| p.check == check && (&p.about, &p.threat) == (&problem.about, &problem.threat));
            assert!(!stays, "{check:?}: “{}” does not put it right", fix.label);
            document.undo();
            assert_eq!(document.model(), &model, "{check:?}: one step");
        }
    }
}

#[test]
fn a_model_with_everything_said_has_little_to_put_right() {
    let (_, problems) = found(&shop().build());
    // What is decided about threats, and the questions of the rules, are other matters.
    let other = |p: &&Problem| p.check.topic() != Topic::Treatment && p.check != Check::ManyQuestions;
    assert_eq!(problems.iter().filter(other).collect::<Vec<_>>(), Vec::<&Problem>::new());
}

#[test]
fn errors_come_before_warnings_and_hints() {
    let (_, problems) = found(&flawed(Check::Plaintext));
    assert!(problems.is_sorted_by_key(|p| p.check.severity()));
    assert_eq!(problems.first().map(|p| (p.check, p.check.severity())), Some((Check::Plaintext, Severity::Error)));
}

#[test]
fn good_practice_counts_where_it_is_kept() {
    let model = shop().build();
    let assessment = assess(&model, Library::builtin());
    let list = practices(&model, Library::builtin(), &assessment, today());
    assert_eq!(list.len(), 7);
    for practice in &list {
        assert!(practice.lacking().next().is_none(), "{practice:?}");
    }
    let patching = &list.iter().find(|p| p.check == Check::Patching).unwrap();
    assert_eq!(patching.places.len(), 2, "what is not ours is not ours to patch");
}

#[test]
fn moving_things_about_is_no_matter_of_hygiene_but_of_overlaps() {
    let mut document = shop().open();
    let before = found(document.model()).1;
    let edit = Edit::Move { diagram: MAIN.into(), items: [id("Internet")].into(), by: vec2(0.0, -400.0) };
    document.commit(&edit).unwrap();
    assert_eq!(found(document.model()).1, before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No model makes a check or a fix fail, and every fix can be done.
    #[test]
    fn every_fix_of_any_model_can_be_done_and_undone(model in crate::support::models::sound_model()) {
        let (assessment, problems) = found(&model);
        prop_assert_eq!(&found(&model).1, &problems, "the same twice");
        for problem in problems.iter().take(40) {
            for fix in fixes_of(&model, &assessment, problem) {
                let mut document = Document::new(model.clone());
                let done = document.commit(&fix.edit);
                prop_assert!(done.is_ok(), "{:?}: {}: {:?}", problem.check, fix.label, done);
                prop_assert_eq!(palisade::model::check(document.model()), vec![]);
                document.undo();
                prop_assert_eq!(document.model(), &model);
            }
        }
    }
}

/// What the page on the sample models expects of the checks that say something about a system rather than about a model.
#[test]
fn the_samples_have_the_problems_their_authors_put_in() {
    let expected: [(&str, &[(&str, &[&str])]); 6] = [
        (
            "web-shop",
            &[
                ("HYG-12", &["Runtime configuration"]),
                ("HYG-15", &["Session cache"]),
                ("HYG-21", &["Application log", "Forwarded requests", "Payment result callback", "Sessions"]),
                (
                    "HYG-22",
                    &[
                        "Administration queries",
                        "Application log",
                        "Customer and catalogue queries",
                        "Forwarded requests",
                        "Order records",
                        "Sessions",
                    ],
                ),
            ],
        ),
        ("mobile-bank", &[("HYG-17", &["Core banking system"])]),
        (
            "hospital",
            &[
                ("HYG-17", &["Bedside monitor", "Electronic record system", "Infusion pump"]),
                ("HYG-21", &["Infusion orders", "Vital signs"]),
                ("HYG-22", &["Chart work", "Infusion orders", "Vital signs"]),
            ],
        ),
        ("iot-fleet", &[("HYG-21", &["Firmware download"]), ("HYG-22", &["Firmware download", "Readings"])]),
        ("cicd", &[("HYG-21", &["Packages"])]),
        ("rag", &[("HYG-21", &["Crawled pages"])]),
    ];
    for (name, wanted) in expected {
        let text = std::fs::read_to_string(format!("tests/data/oracle/{name}.model.json")).unwrap();
        let model = palisade::interchange::plain_json::read(&text).unwrap().model;
        let (_, problems) = found(&model);
        for check in ["HYG-12", "HYG-15", "HYG-17", "HYG-21", "HYG-22"] {
            let of_check = problems.iter().filter(|p| p.check.id() == check);
            let mut names: Vec<&str> = of_check.map(|p| model.name_of(&p.about[0])).collect();
            names.sort_unstable();
            let wanted = wanted.iter().find(|(id, _)| *id == check).map_or(&[][..], |(_, names)| names);
            assert_eq!(names, wanted, "{name}: {check}");
        }
    }
}

#[test]
fn an_element_changed_after_its_review_is_found_until_it_is_reviewed_again() {
    let logged = |day: u8| LogEntry {
        at: Moment::new(Date::new(2026, 3, day).unwrap(), 9, 0),
        changes: vec![LogChange { record: Some(id("Web")), after: "tags web-app".into(), ..LogChange::default() }],
        ..LogEntry::default()
    };
    let changed = |reviewed: u8, logged_on: u8| {
        let model = shop().also(|m| {
            m.elements.get_mut(&id("Web")).unwrap().reviewed = Date::new(2026, 3, reviewed);
            m.log.insert("l".into(), logged(logged_on));
        });
        let (_, problems) = found(&model.build());
        problems.into_iter().filter(|p| p.check == Check::ChangedSince).map(|p| p.message).collect::<Vec<_>>()
    };
    assert_eq!(changed(20, 21), ["Web was changed on 2026-03-21, after its review on 2026-03-20"]);
    assert_eq!(changed(21, 21), Vec::<String>::new());
    assert_eq!(changed(22, 21), Vec::<String>::new());
}
