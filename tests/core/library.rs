//! The threat library: the built-in one is sound and complete, and a bad one is refused with a useful sentence.

use palisade::interchange::plain_json;
use palisade::library::{Library, LibraryError, Source};
use palisade::model::*;
use palisade::risk::{FindingStatus, assess};
use std::collections::BTreeSet;

fn asset(file: &str) -> String {
    std::fs::read_to_string(format!("{}/assets/library/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_builtin_library_loads_and_has_the_published_size() {
    let library = Library::builtin();
    assert_eq!(library.fault, None);
    let pinned = library.packs.iter().filter(|p| !p.further);
    let sizes: Vec<(&str, usize)> = pinned.map(|p| (p.id.as_str(), p.rules.len())).collect();
    let published = [
        ("stride-core", 107),
        ("supply-chain", 13),
        ("cloud-native", 6),
        ("mobile-client", 4),
        ("iot-ot", 8),
        ("ai-llm", 15),
        ("linddun-privacy", 16),
        ("generic-stride", 6),
    ];
    assert_eq!(sizes, published);
    let up_to = |d| library.rules().filter(|(p, r)| !p.further && r.depth <= d).count();
    assert_eq!([up_to(1), up_to(2), up_to(3)], [67, 139, 175]);
}

#[test]
fn every_rule_is_met_in_some_model_and_absent_from_another() {
    let folder = format!("{}/tests/data/oracle", env!("CARGO_MANIFEST_DIR"));
    let paths = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let models: Vec<ThreatModel> = paths
        .filter(|p| p.to_string_lossy().ends_with(".model.json"))
        .map(|p| plain_json::read(&std::fs::read_to_string(p).unwrap()).unwrap().model)
        .collect();
    let met: Vec<BTreeSet<Id>> = models
        .iter()
        .map(|m| {
            let assessment = assess(m, Library::builtin());
            let confirmed = assessment.findings.values().filter(|f| f.status == FindingStatus::Applies);
            confirmed.map(|f| f.key.rule.clone()).collect()
        })
        .collect();
    for (_, rule) in Library::builtin().rules().filter(|(pack, _)| !pack.further) {
        let id = Id::new(&rule.id);
        assert!(met.iter().any(|m| m.contains(&id)), "{id} is met nowhere");
        assert!(met.iter().any(|m| !m.contains(&id)), "{id} is met everywhere");
    }
}

#[test]
fn every_control_answers_some_rule_and_says_how_to_check_it() {
    let library = Library::builtin();
    let used: BTreeSet<&str> = library.rules().flat_map(|(_, r)| r.controls.iter().map(|(id, _)| id.as_str())).collect();
    for (id, control) in &library.controls {
        let effects = &control.effects;
        assert!(used.contains(id.as_str()) || effects.detect || effects.respond, "{id} answers no rule");
        assert!(!control.name.is_empty() && !control.family.is_empty() && control.verify.len() > 20, "{id}");
        assert!(effects.likelihood || effects.detect || effects.respond || !effects.impact.is_empty(), "{id} has no effect");
    }
    for (_, rule) in library.rules() {
        assert!(!rule.controls.is_empty(), "{} has no answer", rule.id);
        assert!(!rule.desc.is_empty() && rule.title.contains('{'), "{}", rule.id);
    }
}

#[test]
fn tags_have_labels_layers_and_profiles_that_children_inherit() {
    let library = Library::builtin();
    let labels: BTreeSet<&str> = library.tags.iter().map(|t| t.label.as_str()).collect();
    assert_eq!(labels.len(), library.tags.iter().count(), "labels are told apart");
    let tags = |t: &str| BTreeSet::from([t.to_owned()]);
    assert_eq!(library.tags.capability(&tags("admin-console"), Capability::ServesHtml), Tri::Yes);
    assert_eq!(library.tags.capability(&tags("admin-console"), Capability::TrainsOnData), Tri::No);
    assert_eq!(library.tags.capability(&tags("admin-console"), Capability::HandlesPayment), Tri::No);
    assert_eq!(library.tags.capability(&tags("no such tag"), Capability::ServesHtml), Tri::Unknown);
    // Among several tags Yes beats No.
    let both = BTreeSet::from(["rest-api".to_owned(), "web-app".to_owned()]);
    assert_eq!(library.tags.capability(&both, Capability::ServesHtml), Tri::Yes);
    assert!(library.tags.any_is(&tags("data-warehouse"), "database"));
    assert_eq!(library.tags.label("rest-api"), "REST API");

    let of = |kind, tags| library.layer_of(&Element { kind, tags, ..Element::default() });
    assert_eq!(of(ElementKind::Process, tags("rest-api")), Layer::ApiServices);
    assert_eq!(of(ElementKind::Process, tags("load-balancer")), Layer::Network);
    assert_eq!(of(ElementKind::DataStore, BTreeSet::new()), Layer::DataStorage);
    assert_eq!(of(ElementKind::ExternalEntity, tags("saas")), Layer::ThirdParty);
}

/// Loads a pack of one rule, with `change` made to its text.
fn load(change: (&str, &str)) -> Result<Library, LibraryError> {
    let pack = r#"Pack(schema: 1, id: "ours", version: "1.0.0", title: "Ours", licence: "MIT", rules: [
  Rule(id: "O-1", title: "{Dst} is asked too much", desc: "", cats: [D], depth: 1, scope: Flow, anchor: Dst, reach: At, orient: Request,
    through_gateways: false, level: 3, by: ExposureDst, skill: 2, access: Anon, hits: (a: 1.0), only_assets: [], business_assets_only: false,
    gives: [Deny], cwe: [400], capec: [], attack: [], controls: [("C-API-RATE", Primary)],
    when: All([Is(Dst, Process), Not(Tag(Dst, "gateway")), Exposure(Dst, 1)])),
])"#;
    assert!(pack.contains(change.0), "nothing to change: {}", change.0);
    let pack = pack.replace(change.0, change.1);
    let (controls, tags, calibration) = (asset("controls.ron"), asset("tags.ron"), asset("calibration.ron"));
    let source = |name, text| Source { name, text };
    Library::parse(
        &[source("ours.ron", &pack)],
        source("controls.ron", &controls),
        source("tags.ron", &tags),
        source("calibration.ron", &calibration),
    )
}

#[test]
fn a_pack_of_one_s_own_loads() {
    assert_eq!(load(("O-1", "O-2")).unwrap().rules().count(), 1);
}

#[test]
fn a_bad_pack_is_refused_with_the_place_and_the_next_step() {
    let cases = [
        ("\"gateway\"", "\"gatewy\"", "rule O-1 names the technology tag “gatewy”, which does not exist"),
        ("C-API-RATE", "C-API-RAT", "rule O-1 recommends the control “C-API-RAT”, which does not exist"),
        ("Is(Dst, Process)", "Is(This, Process)", "rule O-1 speaks of This, which a Flow rule does not bind"),
        ("Is(Dst, Process)", "ZoneSize(3)", "rule O-1 speaks of Zone"),
        ("Is(Dst, Process)", "Is(Flow, Process)", "rule O-1 speaks of Flow"),
        ("Is(Dst, Process)", "All([])", "a condition that is always the same"),
        ("Is(Dst, Process)", "Val(Dst, C, 0)", "a condition that is always the same"),
        ("Exposure(Dst, 1)", "Not(Any([Is(Dst, Store), Exposure(Dst, 1)]))", "rule O-1 negates exposure"),
        ("Exposure(Dst, 1)", "Not(In(Dst, Tainted(Src)))", "rule O-1 negates taint"),
        ("Exposure(Dst, 1)", "Not(Val(Flow, C, 1))", "rule O-1 negates an asset value"),
        ("by: ExposureDst", "by: ExposureThis", "rule O-1 speaks of This"),
        ("anchor: Dst", "anchor: Zone", "rule O-1 speaks of Zone"),
        ("level: 3", "level: 6", "rule O-1 has level out of range"),
        ("(a: 1.0)", "(a: 1.5)", "rule O-1 has hits out of range"),
        ("cats: [D]", "cats: []", "rule O-1 has categories out of range"),
        ("schema: 1", "schema: 2", "written in rule language 2, this program reads 1"),
        ("Is(Dst, Process)", "Is(Dst, Proces)", "ours.ron, line 5, column"),
        ("skill: 2", "skil: 2", "ours.ron, line"),
        ("gives: [Deny]", "gives: [Denial]", "ours.ron, line 4, column"),
    ];
    for (from, to, message) in cases {
        let error = load((from, to)).err().unwrap_or_else(|| panic!("{to} is accepted")).to_string();
        assert!(error.contains(message), "{to}: {error}");
    }
}

#[test]
fn ids_are_unique_across_packs() {
    let (pack, calibration) = (asset("packs/generic-stride.ron"), asset("calibration.ron"));
    let (controls, tags) = (asset("controls.ron"), asset("tags.ron"));
    let renamed = pack.replace("generic-stride", "generic-too");
    let source = |name, text| Source { name, text };
    let parse = |packs: &[Source<'_>]| {
        Library::parse(packs, source("controls", &controls), source("tags", &tags), source("calibration", &calibration))
    };
    let twice = parse(&[source("a", &pack), source("b", &pack)]).unwrap_err();
    assert_eq!(twice, LibraryError::Duplicate { what: "pack", id: "generic-stride".into() });
    let clash = parse(&[source("a", &pack), source("b", &renamed)]).unwrap_err();
    assert_eq!(clash.to_string(), "the rule id “T-GEN-S” is used twice; give one of them another id");
}

#[test]
fn calibration_has_the_published_bands_and_levels() {
    use palisade::risk::{band, impact_level, likelihood_level};
    let bands: Vec<Band> = [100.0, 45.0, 44.9, 18.0, 17.9, 6.0, 5.9, 1.0, 0.9].into_iter().map(band).collect();
    use Band::*;
    assert_eq!(bands, [Critical, Critical, High, High, Medium, Medium, Low, Low, Minimal]);
    assert_eq!([0.0, 0.049, 0.05, 0.2, 0.45, 0.75, 1.0].map(likelihood_level), [1, 1, 2, 3, 4, 5, 5]);
    assert_eq!([0.0, 0.01, 0.10, 0.25, 0.50, 0.825, 1.0].map(impact_level), [0, 1, 2, 3, 4, 5, 5]);
    let calibration = &Library::builtin().calibration;
    for band in Band::ALL {
        let (p, i) = calibration.severity_rating(*band);
        assert_eq!(calibration.band(100.0 * p * i), *band, "the rating that stands for {} lies in it", band.label());
    }
    // The coloured 5×5 grid of the method is the band at the middle of each cell.
    let grid: Vec<String> = (1..=5)
        .rev()
        .map(|l| {
            (1..=5).map(|i| calibration.band(100.0 * calibration.probability_of(l) * calibration.impact_of(i)).letter()).collect()
        })
        .collect();
    assert_eq!(grid, ["LMHCC", "LMHHC", "LLMHH", "–LLMM", "–––LL"]);
}

#[test]
fn further_packs_are_asked_only_of_models_that_name_them() {
    let library = Library::builtin();
    let further = library.further_packs();
    assert!(!further.is_empty());
    let text = std::fs::read_to_string(format!("{}/tests/data/oracle/web-shop.model.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut model = plain_json::read(&text).unwrap().model;
    let eight = assess(&model, library);
    model.info.packs_on = further.clone();
    let all = assess(&model, library);
    assert!(all.findings.len() > eight.findings.len());
    // Further packs add threats and change none.
    for (key, finding) in &eight.findings {
        assert_eq!(all.findings[key], *finding, "{key}");
    }
    let named = text.replacen('{', &format!("{{\"packs\": [\"{}\"],", further.first().unwrap()), 1);
    assert_eq!(plain_json::read(&named).unwrap().model.info.packs_on.iter().next(), further.first());

    let pack = library.packs.iter().find(|p| p.further).unwrap();
    let first = &library.packs[0];
    let off = pack.switched(&first.switched(&model.info, false), false);
    assert!(!pack.is_on(&off) && !first.is_on(&off));
    let on = pack.switched(&first.switched(&off, true), true);
    assert!(pack.is_on(&on) && on == model.info, "what is so anyway is not written");
}

#[test]
fn further_rules_say_when_they_are_a_false_alarm_and_how_to_check() {
    for (_, rule) in Library::builtin().rules().filter(|(pack, _)| pack.further) {
        assert!(rule.false_alarm.len() > 40 && rule.verify.len() > 40, "{}", rule.id);
        assert!(!rule.cwe.is_empty() && !rule.attack.is_empty(), "{} is mapped", rule.id);
    }
}
