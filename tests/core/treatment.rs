//! Agents and controls: where agents start, what each record does to the risk, and how well threats are answered.

use crate::support::dsl::{Draft, id, model};
use palisade::library::{Library, StartsFrom};
use palisade::model::*;
use palisade::risk::{Assessment, Contribution, Coverage, Coverages, Scratch, assess};

fn library() -> &'static Library {
    Library::builtin()
}

fn today() -> Date {
    Date::new(2026, 3, 31).unwrap()
}

fn shop() -> Draft {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Backend", 3)
        .entity("Customer")
        .inside("Internet")
        .tagged("customer")
        .entity("Clerk")
        .inside("Backend")
        .tagged("staff")
        .entity("Bank")
        .inside("Internet")
        .tagged("payment-provider")
        .process("Web")
        .inside("Backend")
        .tagged("web-app")
        .store("Orders")
        .inside("Backend")
        .tagged("sql")
        .flow("Customer", "Web")
        .set(|f| (f.protocol, f.authn, f.channel) = (Protocol::Http, Authn::Password, Channel::Internet))
        .flow("Clerk", "Web")
        .flow("Web", "Bank")
        .flow("Web", "Orders")
        .set(|f| (f.protocol, f.authn) = (Protocol::Sql, Authn::Password))
        .asset("Order data", [4, 3, 3])
        .kept_in("Orders")
        .carried_by("Customer>Web")
}

fn with_agents(names: &[AgentKind]) -> ThreatModel {
    let mut model = shop().build();
    for preset in library().agents.iter().filter(|p| names.contains(&p.kind)) {
        let agent = library().agent(&model, preset);
        model.agents.entry(id(&preset.name)).or_insert(agent);
    }
    model
}

#[test]
fn presets_start_where_such_agents_start() {
    let model = shop().build();
    let starts = |from| library().starts(&model, from).into_iter().collect::<Vec<_>>();
    assert_eq!(starts(StartsFrom::Outside), [id("Internet")]);
    assert_eq!(starts(StartsFrom::Staff), [id("Clerk")]);
    assert_eq!(starts(StartsFrom::Suppliers), [id("Bank")]);
    assert!(starts(StartsFrom::Devices).is_empty());
    let kinds: std::collections::BTreeSet<AgentKind> = library().agents.iter().map(|p| p.kind).collect();
    let missing: Vec<_> = AgentKind::ALL.iter().filter(|k| **k != AgentKind::Other && !kinds.contains(k)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for preset in &library().agents {
        assert!((1..=5).contains(&preset.capability) && (1..=5).contains(&preset.intent) && !preset.access.is_empty());
        let mut model = model.clone();
        let agent = library().agent(&model, preset);
        model.agents.insert("agent".into(), agent);
        assert_eq!(check(&model), [], "{}", preset.name);
    }
}

#[test]
fn an_agent_shows_what_would_change_without_it() {
    let model = with_agents(&[AgentKind::OrganisedCrime, AgentKind::CarelessInsider]);
    let now = assess(&model, library());
    let crime = id("Organised crime");
    let by_crime = Contribution::of(&mut Scratch::new(&model, library()), &now, &Key::Agent(crime.clone()));
    assert!(by_crime.load > 0.0 && !by_crime.threats.is_empty());
    for (threat, by) in by_crime.ranked() {
        assert!(by > 0.0, "{threat}");
        assert_eq!(now.findings[threat].agent.as_ref(), Some(&crime), "only threats it decides change");
    }
    let ranked = by_crime.ranked();
    assert!(ranked.windows(2).all(|w| w[0].1 >= w[1].1));
}

#[test]
fn a_control_shows_what_it_takes_off() {
    let model = shop().build();
    let bare = assess(&model, library());
    let (control, _) =
        bare.ranked().iter().find_map(|f| f.about.listed.iter().find(|(_, l)| *l == Link::Primary).cloned()).unwrap();
    let mut model = model;
    let instance = ControlInstance {
        control: control.clone(),
        at: [Site::Model].into(),
        status: ControlStatus::Operating,
        evidence: Evidence { level: EvidenceLevel::Tested, on: Some(today()), ..Evidence::default() },
        ..ControlInstance::default()
    };
    model.instances.insert("i".into(), instance);
    let now = assess(&model, library());
    let by = Contribution::of(&mut Scratch::new(&model, library()), &now, &Key::Instance("i".into()));
    assert!((by.load - (now.totals.risk.load - bare.totals.risk.load)).abs() < 1e-9 && by.load < 0.0);
    for (threat, points) in by.ranked() {
        assert!((now.findings[threat].current.score - bare.findings[threat].current.score - points).abs() < 1e-9);
    }
    assert_eq!(
        Contribution::of(&mut Scratch::new(&model, library()), &now, &Key::Instance("none".into())),
        Contribution::default()
    );
}

fn coverage_of(model: &ThreatModel, threat: &ThreatKey) -> Coverage {
    let assessment = assess(model, library());
    Coverages::new(model, library(), today()).of(&assessment.findings[threat])
}

#[test]
fn a_threat_is_a_gap_then_partial_then_covered() {
    let model = shop().build();
    let bare = assess(&model, library());
    let answered = |f: &&&palisade::risk::Finding| {
        f.counts() && f.about.listed.iter().any(|(_, l)| *l == Link::Primary) && f.controls.is_empty()
    };
    let ranked = bare.ranked();
    let finding = ranked.iter().find(answered).unwrap();
    let control = finding.about.listed.iter().find(|(_, l)| *l == Link::Primary).unwrap().0.clone();
    let secondary = finding.about.listed.iter().find(|(_, l)| *l != Link::Primary).map(|(c, _)| c.clone());
    let day = |y, m, d| Date::new(y, m, d);
    let with = |control: &str, at: Site, status, level, on, coverage| {
        let mut model = model.clone();
        let evidence = Evidence { level, on, ..Evidence::default() };
        let instance = ControlInstance {
            control: control.into(),
            at: [at].into(),
            status,
            evidence,
            coverage,
            ..ControlInstance::default()
        };
        model.instances.insert("i".into(), instance);
        coverage_of(&model, &finding.key)
    };
    use ControlStatus::*;
    use EvidenceLevel::*;
    assert_eq!(coverage_of(&model, &finding.key), Coverage::Gap);
    assert_eq!(with(&control, Site::Model, Proposed, Assumed, None, 1.0), Coverage::Gap, "an idea is no plan");
    assert_eq!(with(&control, Site::Model, Retired, Tested, Some(today()), 1.0), Coverage::Gap);
    assert_eq!(with(&control, Site::Model, Planned, Assumed, None, 1.0), Coverage::Partial);
    assert_eq!(
        with(&control, Site::At(id("Customer")), Planned, Assumed, None, 1.0),
        if finding.key.anchor == id("Customer>Web") { Coverage::Partial } else { Coverage::Gap }
    );
    assert_eq!(with(&control, Site::Model, Implemented, Documented, None, 1.0), Coverage::Partial, "there, but not tested");
    assert_eq!(with(&control, Site::Model, Partial, Tested, Some(today()), 1.0), Coverage::Partial, "half of it");
    assert_eq!(with(&control, Site::Model, Operating, Tested, Some(today()), 1.0), Coverage::Covered);
    assert_eq!(with(&control, Site::Model, Operating, Tested, Some(today()), 0.5), Coverage::Partial, "at half of the places");
    assert_eq!(with(&control, Site::Model, Operating, Tested, day(2024, 1, 1), 1.0), Coverage::Partial, "tested long ago");
    assert_eq!(with(&control, Site::Model, Operating, Failed, Some(today()), 1.0), Coverage::Partial);
    if let Some(secondary) = secondary {
        assert_eq!(
            with(&secondary, Site::Model, Operating, Tested, Some(today()), 1.0),
            Coverage::Gap,
            "what only helps a little does not close it"
        );
    }
}

#[test]
fn layers_and_functions_show_what_is_there_coming_and_lacking() {
    let mut model = shop().build();
    let cell = |model: &ThreatModel, layer, function| {
        let assessment = assess(model, library());
        Coverages::new(model, library(), today()).by_layer(&assessment).get(&(layer, function)).copied().unwrap_or_default()
    };
    let definition = &library().controls["C-MON-SIEM"];
    let place = (definition.layer, definition.function);
    let empty = cell(&model, place.0, place.1);
    assert_eq!((empty.in_force, empty.planned), (0, 0));
    let instance =
        |status| ControlInstance { control: "C-MON-SIEM".into(), at: [Site::Model].into(), status, ..ControlInstance::default() };
    model.instances.insert("i".into(), instance(ControlStatus::Operating));
    model.instances.insert("j".into(), instance(ControlStatus::Planned));
    model.instances.insert("k".into(), instance(ControlStatus::Retired));
    let filled = cell(&model, place.0, place.1);
    assert_eq!((filled.in_force, filled.planned), (1, 1));
    let assessment = assess(&shop().build(), library());
    let bare = shop().build();
    let lacking: usize = Coverages::new(&bare, library(), today()).by_layer(&assessment).values().map(|c| c.lacking).sum();
    assert!(lacking > 0, "grave threats of a bare model want controls");
}

#[test]
fn grave_threats_nobody_would_notice_are_found() {
    let bare = shop().build();
    let of = |model: &ThreatModel, assessment: &Assessment| {
        Coverages::new(model, library(), today()).unnoticed(assessment).iter().map(|f| f.key.clone()).collect::<Vec<_>>()
    };
    let before = assess(&bare, library());
    let unnoticed = of(&bare, &before);
    assert!(!unnoticed.is_empty());
    assert!(unnoticed.iter().all(|key| before.findings[key].band() <= Band::High));
    let watched = |status| {
        let mut model = bare.clone();
        let instance =
            ControlInstance { control: "C-MON-SIEM".into(), at: [Site::Model].into(), status, ..ControlInstance::default() };
        model.instances.insert("i".into(), instance);
        let assessment = assess(&model, library());
        of(&model, &assessment).len()
    };
    assert_eq!(watched(ControlStatus::Operating), 0);
    assert_eq!(watched(ControlStatus::Planned), unnoticed.len(), "what is planned notices nothing yet");
}
