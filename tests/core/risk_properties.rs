//! Properties the risk method promises, over the oracle models and random changes to them.

use palisade::interchange::plain_json;
use palisade::library::{Library, Source};
use palisade::model::*;
use palisade::risk::{Assessment, FindingStatus, Unanswered, assess};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::{BTreeMap, BTreeSet};

const MODELS: [&str; 9] =
    ["web-shop", "hospital", "rag", "cicd", "iot-fleet", "mobile-bank", "pytm-demo", "random-379", "random-305"];
const ROUNDING: f64 = 1e-9;

fn oracle(name: &str) -> ThreatModel {
    let path = format!("{}/tests/data/oracle/{name}.model.json", env!("CARGO_MANIFEST_DIR"));
    plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

fn any_model() -> impl Strategy<Value = ThreatModel> {
    select(&MODELS[..]).prop_map(oracle)
}

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, Library::builtin())
}

fn confirmed(assessment: &Assessment) -> BTreeSet<&ThreatKey> {
    assessment.findings.values().filter(|f| f.status == FindingStatus::Applies).map(|f| &f.key).collect()
}

/// Every confirmed threat of `before` is still confirmed, and rated at least as high.
fn never_lower(before: &Assessment, after: &Assessment) {
    for (key, old) in before.findings.iter().filter(|(_, f)| f.status == FindingStatus::Applies) {
        let new = after.findings.get(key).unwrap_or_else(|| panic!("{key} is gone"));
        assert_eq!(new.status, FindingStatus::Applies, "{key}");
        assert!(
            new.inherent.score >= old.inherent.score - ROUNDING,
            "{key} inherent {} < {}",
            new.inherent.score,
            old.inherent.score
        );
        assert!(new.current.score >= old.current.score - ROUNDING, "{key} current {} < {}", new.current.score, old.current.score);
    }
}

/// The same threats and inherent ratings, none rated higher now or as planned.
fn never_higher(before: &Assessment, after: &Assessment) {
    assert_eq!(before.findings.keys().collect::<Vec<_>>(), after.findings.keys().collect::<Vec<_>>());
    for (key, old) in &before.findings {
        let new = &after.findings[key];
        assert_eq!((new.status, new.inherent), (old.status, old.inherent), "{key}");
        assert!(new.current.score <= old.current.score + ROUNDING, "{key}: {} > {}", new.current.score, old.current.score);
        assert!(new.planned.score <= old.planned.score + ROUNDING, "{key}: {} > {}", new.planned.score, old.planned.score);
    }
}

fn sites(model: &ThreatModel) -> Vec<Site> {
    let ids = model.elements.keys().chain(model.flows.keys()).chain(model.boundaries.keys());
    std::iter::once(Site::Model).chain(ids.cloned().map(Site::At)).collect()
}

fn instance(control: &str, site: Site, status: ControlStatus, level: EvidenceLevel) -> ControlInstance {
    ControlInstance {
        visibility: None,
        control: control.to_owned(),
        at: [site].into(),
        status,
        coverage: 1.0,
        evidence: Evidence { level, ..Evidence::default() },
        owner: None,
        due: None,
        cost: None,
        notes: String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_or_completing_a_control_never_raises_a_risk(
        mut model in any_model(),
        control in any::<Index>(),
        site in any::<Index>(),
        status in select(ControlStatus::ALL),
    ) {
        let ids: Vec<String> = Library::builtin().controls.keys().cloned().collect();
        let bare = assessed(&model);
        let site = site.get(&sites(&model)).clone();
        model.instances.insert("new".into(), instance(control.get(&ids).as_str(), site, status, EvidenceLevel::Documented));
        let added = assessed(&model);
        never_higher(&bare, &added);
        let new = model.instances.get_mut("new").unwrap();
        new.status = ControlStatus::Implemented;
        let completed = assessed(&model);
        never_higher(&added, &completed);
        model.instances.get_mut("new").unwrap().evidence.level = EvidenceLevel::Tested;
        never_higher(&completed, &assessed(&model));
    }

    #[test]
    fn raising_an_asset_value_never_lowers_a_risk(mut model in any_model(), asset in any::<Index>(), value in 0u8..=4) {
        prop_assume!(!model.assets.is_empty());
        let before = assessed(&model);
        let id = asset.get(&model.assets.keys().cloned().collect::<Vec<_>>()).clone();
        let asset = model.assets.get_mut(&id).unwrap();
        for dimension in [&mut asset.c, &mut asset.i, &mut asset.a] {
            *dimension = value.max(*dimension);
        }
        asset.s = Some(asset.s.unwrap_or(0).max(value));
        never_lower(&before, &assessed(&model));
    }

    #[test]
    fn a_further_agent_never_lowers_a_risk(
        mut model in any_model(),
        capability in 1u8..=5,
        intent in 1u8..=5,
        access in proptest::collection::btree_set(select(AgentAccess::ALL), 0..4),
    ) {
        prop_assume!(model.agents.values().any(|a| a.active));
        let before = assessed(&model);
        model.agents.insert("new".into(), ThreatAgent { capability, intent, access, ..ThreatAgent::default() });
        never_lower(&before, &assessed(&model));
    }

    #[test]
    fn an_unfixed_vulnerability_never_lowers_a_risk(mut model in any_model(), threat in any::<Index>(), confirmed in any::<bool>()) {
        let before = assessed(&model);
        let key = threat.get(&before.findings.keys().cloned().collect::<Vec<_>>()).clone();
        let status = if confirmed { VulnerabilityStatus::Confirmed } else { VulnerabilityStatus::Suspected };
        let mut weakness = Vulnerability { visibility: None,
            name: "Weak spot".into(),
            kind: VulnerabilityKind::CodingError,
            at: key.anchor.clone(),
            cwe: None,
            description: String::new(),
            evidence: String::new(),
            status,
            threats: [key].into(),
        };
        model.vulnerabilities.insert("v".into(), weakness.clone());
        never_lower(&before, &assessed(&model));
        weakness.status = VulnerabilityStatus::Fixed;
        model.vulnerabilities.insert("v".into(), weakness);
        prop_assert_eq!(&before, &assessed(&model));
    }

    #[test]
    fn renaming_changes_no_threat_and_no_rating(mut model in any_model(), name in "[a-zA-Z {}]{0,12}") {
        let before = assessed(&model);
        model.elements.values_mut().for_each(|e| e.name.clone_from(&name));
        model.flows.values_mut().for_each(|f| f.name.clone_from(&name));
        model.boundaries.values_mut().for_each(|b| b.name.clone_from(&name));
        model.assets.values_mut().for_each(|a| a.name.clone_from(&name));
        let after = assessed(&model);
        never_lower(&before, &after);
        never_higher(&before, &after);
    }

    #[test]
    fn other_ids_in_another_order_give_the_same_ratings(model in any_model()) {
        let turned = with_ids(&model, &|id| Id::from(format!("{}{}", id.as_str().chars().rev().collect::<String>(), id)));
        let ratings = |a: &Assessment| {
            let mut all: Vec<String> = a.findings.values()
                .map(|f| format!("{} {} {:.6} {:.6}", f.key.rule, f.status.name(), f.inherent.score, f.current.score))
                .collect();
            all.sort();
            all
        };
        prop_assert_eq!(ratings(&assessed(&model)), ratings(&assessed(&turned)));
    }

    #[test]
    fn answering_a_question_never_removes_a_confirmed_threat_nor_adds_an_unlisted_one(
        mut model in any_model(), question in any::<Index>(), yes in any::<bool>(), authn in select(Authn::ALL),
    ) {
        let before = assessed(&model);
        prop_assume!(!before.questions.is_empty());
        let about = question.get(&before.questions).about.clone();
        match &about {
            Unanswered::Capability(id, c) => drop(model.elements.get_mut(id).unwrap().capabilities.insert(*c, Tri::from(yes))),
            Unanswered::Fact(id, f) => drop(model.elements.get_mut(id).unwrap().facts.insert(*f, Tri::from(yes))),
            Unanswered::Authn(route) => model.flows.get_mut(route.first().unwrap()).unwrap().authn = authn,
            _ => return Ok(()),
        }
        let after = assessed(&model);
        prop_assert!(confirmed(&before).is_subset(&confirmed(&after)), "{about:?}");
        prop_assert!(after.findings.keys().all(|key| before.findings.contains_key(key)), "{about:?}");
    }

    #[test]
    fn a_duplicate_has_the_same_threats(mut model in any_model(), which in any::<Index>()) {
        let original = which.get(&model.elements.keys().cloned().collect::<Vec<_>>()).clone();
        duplicate(&mut model, &original);
        let found = assessed(&model);
        let at = |anchor: &str| -> BTreeMap<String, (FindingStatus, String)> {
            let here = found.findings.values().filter(|f| f.key.anchor.as_str() == anchor);
            here.map(|f| (f.key.rule.to_string(), (f.status, format!("{:.9}", f.current.score)))).collect()
        };
        prop_assert_eq!(at(original.as_str()), at("copy"));
    }

    #[test]
    fn moving_a_caller_to_the_internet_never_lowers_an_inherent_risk(mut model in any_model(), which in any::<Index>()) {
        let placed = |e: &Element| e.boundary.as_ref().and_then(|b| model.boundaries.get(b)?.trust) == Some(3);
        let callers: Vec<Id> = model.elements.iter().filter(|(_, e)| placed(e)).map(|(id, _)| id.clone()).collect();
        prop_assume!(!callers.is_empty());
        let before = assessed(&model);
        let caller = which.get(&callers);
        // A boundary of its own within the old one: only the trust differs.
        let parent = model.elements[caller].boundary.clone();
        let outside = Boundary { trust: Some(0), parent, ..Boundary::default() };
        model.boundaries.insert("outside".into(), outside);
        model.elements.get_mut(caller).unwrap().boundary = Some("outside".into());
        let after = assessed(&model);
        for (key, old) in &before.findings {
            if let Some(new) = after.findings.get(key) {
                prop_assert!(new.inherent.p >= old.inherent.p - ROUNDING, "{} {} < {}", key, new.inherent.p, old.inherent.p);
            }
        }
    }

    #[test]
    fn splitting_an_asset_in_two_changes_no_score(mut model in any_model(), which in any::<Index>()) {
        prop_assume!(!model.assets.is_empty());
        let before = assessed(&model);
        let id = which.get(&model.assets.keys().cloned().collect::<Vec<_>>()).clone();
        let half = Id::from("half");
        let whole = model.assets[&id].clone();
        model.assets.insert(half.clone(), whole);
        let holders = model.elements.values_mut().map(|e| &mut e.holds).chain(model.flows.values_mut().map(|f| &mut f.assets));
        for assets in holders.filter(|a| a.contains(&id)) {
            assets.insert(half.clone());
        }
        let after = assessed(&model);
        never_lower(&before, &after);
        never_higher(&before, &after);
    }
}

#[test]
fn encrypting_a_web_flow_keeps_the_interception_threats_and_their_inherent_risk() {
    let mut seen = 0;
    for name in MODELS {
        let model = oracle(name);
        for (id, _) in model.flows.iter().filter(|(_, f)| f.protocol == Protocol::Http) {
            let mut encrypted = model.clone();
            encrypted.flows.get_mut(id).unwrap().protocol = Protocol::Https;
            let (before, after) = (assessed(&model), assessed(&encrypted));
            for rule in ["T-NET-01", "T-NET-02"] {
                let key = ThreatKey::new(rule, id.clone());
                let (old, new) = (before.findings.get(&key), after.findings.get(&key));
                assert_eq!(old.map(|f| f.inherent), new.map(|f| f.inherent), "{name} {key}");
                if let (Some(old), Some(new)) = (old, new) {
                    assert!(new.current.score <= old.current.score, "{name} {key}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn the_worked_example_of_the_method_comes_out() {
    let mut model = oracle("web-shop");
    // Leaves the route from the shop's web application as the only one.
    model.flows.retain(|id, _| !["f5", "f11"].contains(&id.as_str()));
    let key = ThreatKey::new("T-INJ-01", "db");
    let found = assessed(&model).findings[&key].clone();
    let near = |a: f64, b: f64, by: f64| assert!((a - b).abs() < by, "{a} should be {b}");
    near(found.p0, 0.829560949, 1e-9);
    near(found.i0, 1.0, 1e-12);
    near(found.inherent.score, 82.9560949, 1e-6);
    near(1.0 - found.current.p / found.p0, 0.4629, 1e-4);
    near(found.current.p, 0.44555718571, 1e-9);
    near(found.current.score, 44.5557, 5e-5);
    assert_eq!((found.inherent.band, found.current.band), (Band::Critical, Band::High));
    assert_eq!((found.inherent.likelihood, found.inherent.impact), (5, 5));
    let effects: Vec<(&str, f64)> = found.controls.iter().map(|c| (c.control.as_str(), c.effect)).collect();
    assert_eq!(effects.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["C-NET-WAF", "C-APP-PARAM"]);
    near(effects[0].1, 0.18, 1e-12);
    near(effects[1].1, 0.345, 1e-12);

    let param = model.instances.values_mut().find(|i| i.control == "C-APP-PARAM").unwrap();
    param.status = ControlStatus::Implemented;
    param.evidence.level = EvidenceLevel::Tested;
    let found = assessed(&model).findings[&key].clone();
    near(found.current.score, 5.44, 5e-3);
    assert_eq!(found.current.band, Band::Low);
}

#[test]
fn kleene_logic_has_its_laws() {
    let all = [Tri::Yes, Tri::No, Tri::Unknown];
    for a in all {
        assert_eq!(a.negated().negated(), a);
        assert_eq!((a.and(a), a.or(a)), (a, a), "idempotence");
        assert_eq!((a.and(Tri::Yes), a.and(Tri::No)), (a, Tri::No));
        assert_eq!((a.or(Tri::No), a.or(Tri::Yes)), (a, Tri::Yes));
        for b in all {
            assert_eq!((a.and(b), a.or(b)), (b.and(a), b.or(a)), "commutativity");
            assert_eq!(a.and(b).negated(), a.negated().or(b.negated()), "De Morgan");
            assert_eq!(a.and(a.or(b)), a, "absorption");
        }
    }
}

/// A library of one node rule with this condition.
fn library_when(condition: &str) -> Library {
    let rule = format!(
        r#"Pack(schema: 1, id: "p", version: "1", title: "P", licence: "MIT", rules: [Rule(id: "R", title: "{{This}}", desc: "",
        cats: [T], depth: 1, scope: Node, anchor: This, reach: Into, orient: Request, through_gateways: false, level: 3, by: Fixed,
        skill: 2, access: Anon, hits: (i: 1.0), only_assets: [], business_assets_only: false, gives: [], cwe: [], capec: [],
        attack: [], controls: [], when: {condition})])"#
    );
    let asset = |file: &str| std::fs::read_to_string(format!("{}/assets/library/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (tags, calibration) = (asset("tags.ron"), asset("calibration.ron"));
    let source = |name, text| Source { name, text };
    Library::parse(&[source("rule", &rule)], source("controls", "[]"), source("tags", &tags), source("calibration", &calibration))
        .unwrap_or_else(|e| panic!("{e}\n{condition}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn equal_conditions_find_equal_threats(model in any_model(), a in condition(), b in condition()) {
        let found = |when: String| {
            let library = library_when(&when);
            assess(&model, &library).findings.values().map(|f| (f.key.anchor.clone(), f.status)).collect::<Vec<_>>()
        };
        prop_assert_eq!(found(format!("All([{a}, {b}])")), found(format!("All([{b}, {a}])")));
        prop_assert_eq!(found(format!("Any([{a}, {b}])")), found(format!("Any([{b}, {a}])")));
        prop_assert_eq!(found(format!("All([{a}, {a}])")), found(a.clone()));
        prop_assert_eq!(found(format!("Not(Not({a}))")), found(a.clone()));
        prop_assert_eq!(found(format!("Not(All([{a}, {b}]))")), found(format!("Any([Not({a}), Not({b})])")));
    }
}

/// A condition on This, without the tests that must not be negated.
fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(&["External", "Process", "Store"][..]).prop_map(|k| format!("Is(This, {k})")),
        select(&["web-app", "database", "server", "gateway"][..]).prop_map(|t| format!("Tag(This, \"{t}\")")),
        select(Capability::ALL).prop_map(|c| format!("Does(This, {})", c.name())),
        select(Fact::ALL).prop_map(|f| format!("Fact(This, {})", f.name())),
        select(AssetKind::ALL).prop_map(|k| format!("Has(This, {})", k.name())),
        select(&["In(This, Proto(Encrypted))", "Out(This, Authn([NoAuth, Session]))", "In(This, TrustUp)", "Untagged(This)"][..])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("All([{a}, {b}])")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("Any([{a}, {b}])")),
            inner.prop_map(|a| format!("Not({a})")),
        ]
    })
}

/// A copy of an element with its flows and the controls on them.
fn duplicate(model: &mut ThreatModel, original: &Id) {
    let copy = Id::from("copy");
    let element = model.elements[original].clone();
    model.elements.insert(copy.clone(), element);
    let mut pairs = BTreeMap::from([(original.clone(), copy.clone())]);
    let touching = |f: &Flow| f.from.as_ref() == Some(original) || f.to.as_ref() == Some(original);
    for (id, flow) in model.flows.clone().into_iter().filter(|(_, f)| touching(f)) {
        let turn = |end: &Option<Id>| end.clone().map(|e| if e == *original { copy.clone() } else { e });
        let (from, to, new) = (turn(&flow.from), turn(&flow.to), Id::from(format!("{id}-copy")));
        model.flows.insert(new.clone(), Flow { from, to, ..flow });
        pairs.insert(id, new);
    }
    for instance in model.instances.values_mut() {
        let copies: Vec<Site> = instance
            .at
            .iter()
            .filter_map(|site| match site {
                Site::At(id) => pairs.get(id).cloned().map(Site::At),
                Site::Model => None,
            })
            .collect();
        instance.at.extend(copies);
    }
}

/// The model with every id of an element, flow, boundary or asset replaced.
fn with_ids(model: &ThreatModel, new: &dyn Fn(&Id) -> Id) -> ThreatModel {
    let opt = |id: &Option<Id>| id.as_ref().map(new);
    let set = |ids: &BTreeSet<Id>| ids.iter().map(new).collect::<BTreeSet<_>>();
    let mut out = ThreatModel { info: model.info.clone(), agents: model.agents.clone(), ..ThreatModel::default() };
    out.assets = model.assets.iter().map(|(id, a)| (new(id), a.clone())).collect();
    out.boundaries = model.boundaries.iter().map(|(id, b)| (new(id), Boundary { parent: opt(&b.parent), ..b.clone() })).collect();
    let element = |e: &Element| Element { boundary: opt(&e.boundary), holds: set(&e.holds), ..e.clone() };
    out.elements = model.elements.iter().map(|(id, e)| (new(id), element(e))).collect();
    let flow = |f: &Flow| Flow { from: opt(&f.from), to: opt(&f.to), assets: set(&f.assets), ..f.clone() };
    out.flows = model.flows.iter().map(|(id, f)| (new(id), flow(f))).collect();
    let site = |s: &Site| match s {
        Site::At(id) => Site::At(new(id)),
        Site::Model => Site::Model,
    };
    let instance = |i: &ControlInstance| ControlInstance { at: i.at.iter().map(site).collect(), ..i.clone() };
    out.instances = model.instances.iter().map(|(id, i)| (id.clone(), instance(i))).collect();
    out
}
