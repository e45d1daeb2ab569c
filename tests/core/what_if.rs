//! What-if: differences of two states, and the next best controls against the reference's choice.

use crate::support::dsl::{id, model};
use palisade::edit::{Document, Edit};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::{Progress, Quiet};
use palisade::risk::{Lens, LiveAssessment, assess};
use palisade::what_if::{Aim, Delta, Roadmap, Target, roadmap};
use proptest::prelude::*;
use serde_json::Value;

fn oracle(name: &str) -> ThreatModel {
    let text = std::fs::read_to_string(format!("tests/data/oracle/{name}.model.json")).unwrap();
    plain_json::read(&text).unwrap().model
}

fn plan(model: &ThreatModel, aim: Aim) -> Roadmap {
    roadmap(model, Library::builtin(), &aim, &Quiet).unwrap()
}

#[test]
fn the_next_best_controls_are_those_of_the_reference() {
    let expected: Value = serde_json::from_str(&std::fs::read_to_string("tests/data/oracle/next_best.json").unwrap()).unwrap();
    for (name, wanted) in expected.as_object().unwrap() {
        let found = plan(&oracle(name), Aim { steps: 8, bundles: false, ..Aim::default() });
        let chosen: Vec<(String, String)> = found
            .steps
            .iter()
            .flat_map(|s| &s.controls)
            .map(|(control, site)| {
                let site = match site {
                    Site::Model => "model".to_owned(),
                    Site::At(id) => id.to_string(),
                };
                (control.clone(), site)
            })
            .collect();
        let theirs: Vec<(String, String)> = serde_json::from_value(wanted["chosen"].clone()).unwrap();
        assert_eq!(chosen, theirs, "{name}");
        assert!((found.phi - wanted["base"].as_f64().unwrap()).abs() < 0.01, "{name}: Φ {} before", found.phi);
        let after = found.steps.last().unwrap().phi;
        assert!((after - wanted["after"].as_f64().unwrap()).abs() < 0.01, "{name}: Φ {after} after");
        assert_eq!(found.steps.iter().map(|s| s.days).sum::<f64>(), wanted["days"].as_f64().unwrap(), "{name}");
    }
}

#[test]
fn every_step_says_what_it_eases_and_does_it() {
    let shop = oracle("web-shop");
    let found = plan(&shop, Aim { steps: 5, ..Aim::default() });
    let mut built = shop.clone();
    let mut before = assess(&built, Library::builtin());
    for (n, step) in found.steps.iter().enumerate() {
        for (k, plan) in step.plans().enumerate() {
            assert_eq!(plan.status, ControlStatus::Planned, "a plan does nothing today");
            let evidence = Evidence { level: EvidenceLevel::Reviewed, ..Evidence::default() };
            let done = ControlInstance { status: ControlStatus::Implemented, evidence, ..plan };
            built.instances.insert(Id::from(format!("step {n} {k}")), done);
        }
        let after = assess(&built, Library::builtin());
        let risk = &after.totals.risk;
        assert!((risk.peak - step.peak).abs() < 1e-9 && (risk.load - step.load).abs() < 1e-6, "{step:?}");
        let delta = Delta::between(&before, &after);
        let eased: Vec<_> = delta.moved.iter().map(|m| (m.threat.clone(), -m.by())).collect();
        assert_eq!(eased.len(), step.eases.len());
        for ((threat, by), (wanted, points)) in eased.iter().zip(&step.eases) {
            assert_eq!(threat, wanted);
            assert!((by - points).abs() < 1e-9);
        }
        before = after;
    }
}

#[test]
fn a_budget_and_an_appetite_are_kept() {
    let shop = oracle("web-shop");
    let found = plan(&shop, Aim { steps: 50, budget: Some(10.0), ..Aim::default() });
    let days: f64 = found.steps.iter().map(|s| s.days).sum();
    assert!(days <= 10.0 && days > 6.0, "{days}");
    // Who is content with anything up to 60 has two threats left to see to.
    let brave = plan(&shop, Aim { steps: 50, above: 60.0, ..Aim::default() });
    let left: Vec<f64> =
        assess(&shop, Library::builtin()).findings.values().map(|f| f.current.score).filter(|s| *s > 60.0).collect();
    assert!(!left.is_empty() && brave.steps.len() <= 4 * left.len(), "{} steps for {left:?}", brave.steps.len());
    assert!(brave.steps.last().unwrap().peak <= plan(&shop, Aim { steps: 1, ..Aim::default() }).peak);
}

#[test]
fn a_threat_with_two_ways_in_is_eased_by_a_bundle() {
    let mut shop = oracle("web-shop");
    // Only one database with two untreated routes counts.
    shop.instances.clear();
    let with = plan(&shop, Aim { steps: 30, above: 50.0, ..Aim::default() });
    let without = plan(&shop, Aim { steps: 30, above: 50.0, bundles: false, ..Aim::default() });
    assert!(with.steps.iter().any(|s| s.controls.len() > 1), "{with:#?}");
    assert!(with.steps.last().unwrap().phi <= without.steps.last().unwrap().phi + 1e-9);
}

#[test]
fn a_search_nobody_waits_for_ends() {
    struct Impatient;
    impl Progress for Impatient {
        fn report(&self, _: f32, _: &str) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    assert_eq!(roadmap(&oracle("web-shop"), Library::builtin(), &Aim::default(), &Impatient), None);
}

#[test]
fn the_difference_tells_what_came_went_and_moved() {
    let shop = || {
        model("Shop")
            .boundary("Internet", 0)
            .boundary("Backend", 3)
            .entity("Customer")
            .inside("Internet")
            .tagged("customer")
            .process("Web")
            .inside("Backend")
            .tagged("web-app")
            .flow("Customer", "Web")
            .set(|f| (f.protocol, f.authn) = (Protocol::Http, Authn::Password))
            .asset("Orders", [3, 3, 3])
            .carried_by("Customer>Web")
    };
    let before = assess(&shop().build(), Library::builtin());
    let safer = shop().also(|m| m.flows.get_mut(&id("Customer>Web")).unwrap().protocol = Protocol::Https).build();
    let delta = Delta::between(&before, &assess(&safer, Library::builtin()));
    assert!(delta.load.1 < delta.load.0);
    let of = |rule: &str| {
        delta.moved.iter().find(|m| m.threat.rule.as_str() == rule).unwrap_or_else(|| panic!("{rule}: {:#?}", delta.moved))
    };
    assert!(of("T-NET-01").by() < 0.0, "reading on the way is harder");
    assert!(of("T-NET-10").after.is_none() && of("T-NET-10").changes_band(), "a password in clear text is gone");
    assert!(of("T-NET-04").before.is_none(), "a weak configuration has come");
    assert!(Delta::between(&before, &before).is_empty());
}

#[test]
fn the_same_risk_is_seen_before_controls_and_with_the_plans_carried_out() {
    let library = Library::builtin();
    for name in ["web-shop", "hospital", "rag"] {
        let mut model = oracle(name);
        model.instances.values_mut().take(4).for_each(|i| i.status = ControlStatus::Planned);
        let today = assess(&model, library);
        assert!(today.seen(Lens::Today) == today, "{name}");
        let bare = today.seen(Lens::Inherent);
        assert!((bare.totals.risk.load - today.totals.inherent_load).abs() < 1e-6, "{name}");
        assert_eq!(bare.totals.risk.peak, today.totals.inherent_peak);
        // Carrying the plans out by hand gives what the lens shows.
        let mut done = model.clone();
        for instance in done.instances.values_mut().filter(|i| i.status == ControlStatus::Planned) {
            (instance.status, instance.evidence.level) = (ControlStatus::Implemented, EvidenceLevel::Documented);
        }
        let (seen, built) = (today.seen(Lens::Planned), assess(&done, library));
        assert!(
            (seen.totals.risk.load - built.totals.risk.load).abs() < 1e-6,
            "{name}: {} {}",
            seen.totals.risk.load,
            built.totals.risk.load
        );
        for (id, element) in &built.elements {
            assert!((seen.elements[id].risk.peak - element.risk.peak).abs() < 1e-9, "{name}: {id}");
        }
        for (id, boundary) in &built.boundaries {
            assert!((seen.boundaries[id].risk.load - boundary.risk.load).abs() < 1e-6, "{name}: {id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Trying something out and taking it back leaves the assessment as it was, and no step makes anything worse.
    #[test]
    fn no_step_makes_anything_worse(model in crate::support::models::sound_model()) {
        let found = plan(&model, Aim { steps: 4, ..Aim::default() });
        let mut phi = found.phi;
        for step in &found.steps {
            prop_assert!(step.phi < phi, "{:?}", step);
            phi = step.phi;
        }
        let fresh = LiveAssessment::new(&model, Library::builtin());
        prop_assert_eq!(found.load, fresh.assessment().totals.risk.load);
    }
}

#[test]
fn the_target_follows_the_model() {
    let shop = oracle("web-shop");
    let today = "2026-01-01".parse().unwrap();
    let found = plan(&shop, Aim { steps: 4, ..Aim::default() });
    let mut target = Target::new(&shop, Library::builtin(), today, &found);
    assert!(target.assessment().totals.risk.load < assess(&shop, Library::builtin()).totals.risk.load);
    let mut document = Document::new(shop);
    let first = document.model().elements.keys().next().unwrap().clone();
    let mut element = document.model().elements[&first].clone();
    (element.boundary, element.name) = (None, "Elsewhere".into());
    let gone = Edit::Remove { keys: [Key::Flow(document.model().flows.keys().nth(2).unwrap().clone())].into() };
    for edit in [Edit::put(Key::Element(first), element), gone] {
        document.commit(&edit).unwrap();
        let changes = document.take_changes();
        assert!(target.follow(document.model(), changes.changes.keys()));
        let anew = Target::new(document.model(), Library::builtin(), today, &found);
        assert!(target.assessment() == anew.assessment(), "{edit:?}");
    }
    // An id of the roadmap that somebody else uses now.
    let control = ControlInstance { control: "C-NET-TLS".into(), ..ControlInstance::default() };
    document.commit(&Edit::put(Key::Instance("what if 0".into()), control)).unwrap();
    let changes = document.take_changes();
    assert!(!target.follow(document.model(), changes.changes.keys()));
}
