//! The ways to find threats a model can choose between.

use crate::support::dsl::{id, model};
use palisade::cli::assess::{assess_json, assess_text};
use palisade::generate::{Size, generate};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, Counting, FindingStatus, assess};
use palisade::storage;
use std::collections::BTreeMap;

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, Library::builtin())
}

fn with(mut model: ThreatModel, way: Identification) -> ThreatModel {
    model.info.identification = way;
    model
}

/// STRIDE letters of the prompts at an anchor, in order of keys.
fn letters(assessment: &Assessment, anchor: &Id) -> String {
    assessment.findings.at(anchor).iter().map(|f| f.about.categories[0].name()).collect()
}

#[test]
fn stride_per_element_asks_what_the_table_says() {
    for seed in 0..6 {
        let mut system = generate(Size { elements: 40, flows: 60 }, seed);
        let is = |kind: ElementKind| system.elements.values().filter(|e| e.kind == kind).count();
        let (externals, processes, stores) =
            (is(ElementKind::ExternalEntity), is(ElementKind::Process), is(ElementKind::DataStore));
        // Some stores keep logs, by what they hold or what they are.
        let ids: Vec<Id> =
            system.elements.iter().filter(|(_, e)| e.kind == ElementKind::DataStore).map(|(id, _)| id.clone()).collect();
        for element in system.elements.values_mut().filter(|e| e.kind == ElementKind::DataStore) {
            element.tags.remove("log-store");
        }
        for asset in system.assets.values_mut() {
            asset.kinds.remove(&AssetKind::AuditLog);
        }
        system.assets.insert("trail".into(), Asset { kinds: [AssetKind::AuditLog].into(), ..Asset::default() });
        let logs = ids.len().min(2);
        for (n, store) in ids.iter().take(logs).enumerate() {
            let element = system.elements.get_mut(store).unwrap();
            if n == 0 {
                element.holds.insert("trail".into())
            } else {
                element.tags.insert("log-store".to_owned())
            };
        }
        let expected = 2 * externals + 6 * processes + 3 * stores + logs + 3 * system.flows.len();
        let found = assessed(&with(system, Identification::StridePerElement));
        assert_eq!(found.findings.values().filter(|f| f.status == FindingStatus::Applies).count(), expected, "seed {seed}");
    }
}

#[test]
fn each_kind_is_open_to_its_own_categories() {
    let shop = model("Shop").entity("Customer").process("Web").store("Database").flow("Customer", "Web").flow("Web", "Database");
    let found = assessed(&with(shop.build(), Identification::StridePerElement));
    let sorted = |anchor: &str| {
        let mut all: Vec<char> = letters(&found, &id(anchor)).chars().collect();
        all.sort_unstable();
        all.into_iter().collect::<String>()
    };
    assert_eq!([sorted("Customer"), sorted("Web"), sorted("Database"), sorted("Customer>Web")], ["RS", "DEIRST", "DIT", "DIT"]);
}

/// Two elements with a flow between them, in one boundary or in two.
fn pair(from: ElementKind, to: ElementKind, crossing: bool) -> ThreatModel {
    let mut out = ThreatModel::default();
    for boundary in ["inner", "outer"] {
        out.boundaries.insert(boundary.into(), Boundary { trust: Some(3), ..Boundary::default() });
    }
    let element = |kind, boundary: &str| Element { kind, boundary: Some(boundary.into()), ..Element::default() };
    out.elements.insert("a".into(), element(from, "inner"));
    out.elements.insert("b".into(), element(to, if crossing { "outer" } else { "inner" }));
    out.flows.insert("f".into(), Flow { from: Some("a".into()), to: Some("b".into()), ..Flow::default() });
    with(out, Identification::StridePerInteraction)
}

#[test]
fn stride_per_interaction_asks_what_the_table_says_cell_by_cell() {
    use ElementKind::{DataStore as Store, ExternalEntity as External, Process};
    // Letters asked always, and those asked as well where the flow crosses a boundary.
    let table = [
        (External, Process, "RS", "DEIST"),
        (Process, Process, "DERT", "IST"),
        (Process, Store, "DEIRT", "S"),
        (Store, Process, "EIT", "DS"),
        (Process, External, "DEI", "RST"),
        (External, Store, "DEIRST", ""),
        (External, External, "", ""),
        (Store, Store, "", ""),
        (Store, External, "", ""),
    ];
    for (from, to, always, crossing) in table {
        let asked = |crosses: bool| {
            let found = assessed(&pair(from, to, crosses));
            assert_eq!(found.findings.len(), found.findings.at(&"f".into()).len(), "prompts are kept at the flow");
            let mut all: Vec<char> = letters(&found, &"f".into()).chars().collect();
            all.sort_unstable();
            all.into_iter().collect::<String>()
        };
        let mut both: Vec<char> = always.chars().chain(crossing.chars()).collect();
        both.sort_unstable();
        assert_eq!(asked(false), always, "{from:?} to {to:?}");
        assert_eq!(asked(true), both.into_iter().collect::<String>(), "{from:?} to {to:?} over a boundary");
    }
}

#[test]
fn linddun_asks_about_privacy_only() {
    let mut system = generate(Size { elements: 60, flows: 90 }, 3);
    for asset in system.assets.values_mut() {
        asset.kinds.insert(AssetKind::PersonalData);
    }
    let all = assessed(&system);
    let is_privacy = |f: &&palisade::risk::Finding| !f.about.categories[0].is_stride();
    let wanted: Vec<_> = all.findings.values().filter(is_privacy).map(|f| f.key.clone()).collect();
    let found = assessed(&with(system, Identification::Linddun));
    assert!(!wanted.is_empty());
    assert_eq!(found.findings.keys().cloned().collect::<Vec<_>>(), wanted, "the same threats under the same keys");
}

#[test]
fn decisions_wait_while_another_way_is_chosen() {
    let shop = || model("Shop").entity("Customer").process("Web").flow("Customer", "Web").build();
    let mut rules = shop();
    let key = assessed(&rules).findings.keys().next().unwrap().clone();
    rules.decisions.insert(key.clone(), Decision { disposition: Disposition::Transfer, ..Decision::default() });
    let classic = with(rules.clone(), Identification::StridePerElement);
    assert_eq!(assessed(&classic).dormant, std::slice::from_ref(&key));
    assert_eq!(assessed(&with(classic, Identification::Rules)).findings[&key].disposition, Disposition::Transfer);
}

#[test]
fn what_a_choice_would_find_is_known_before() {
    let system = generate(Size { elements: 30, flows: 45 }, 5);
    let counting = Counting::new(&system, Library::builtin());
    for way in Identification::ALL {
        for depth in 1..=3 {
            let info = Info { identification: *way, depth, ..system.info.clone() };
            let chosen = ThreatModel { info: info.clone(), ..system.clone() };
            let found = assessed(&chosen);
            let applies = found.findings.values().filter(|f| f.status == FindingStatus::Applies).count();
            assert_eq!(counting.threats(&info), applies, "{way:?} at depth {depth}");
        }
    }
}

#[test]
fn the_usual_way_leaves_no_word_in_the_file_and_another_does() {
    let usual = model("Shop").process("Web").build();
    let text = storage::save(&usual).unwrap();
    assert!(!text.contains("identification"));
    let other = with(usual, Identification::StridePerInteraction);
    let text = storage::save(&other).unwrap();
    assert!(text.contains("identification") && storage::load(&text).unwrap().model == other);
}

#[test]
fn findings_tell_their_layer_and_the_command_line_the_way() {
    let shop =
        model("Shop").entity("Customer").process("Web").tagged("rest-api").store("Database").flow("Web", "Database").build();
    let found = assessed(&with(shop.clone(), Identification::StridePerElement));
    let layers: BTreeMap<String, Layer> = found.findings.values().map(|f| (f.key.anchor.to_string(), f.layer)).collect();
    assert_eq!(layers[id("Web").as_str()], Layer::ApiServices);
    assert_eq!(layers[id("Database").as_str()], Layer::DataStorage);
    assert_eq!(layers[id("Web>Database").as_str()], Layer::Network);
    assert_eq!(layers[id("Customer").as_str()], Layer::UserInterface);
    let json = assess_json(&shop, Library::builtin(), &assessed(&shop));
    assert!(json["threats"].as_array().unwrap().iter().all(|t| t["layer"].is_string()));
    assert_eq!(json["model"]["identification"], "Rules");
    let text = assess_text(&shop, Library::builtin(), &assessed(&shop));
    assert!(text.contains("Found by  Rules, depth 3 of 3"), "{text}");
}
