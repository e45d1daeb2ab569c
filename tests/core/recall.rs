//! What the library suggests against what people found: four engineers who each modelled the same small system.
//!
//! The system is annotated in `tests/data/td2/url-shortener-annotated.ron`, each choice with its reason as an assumption
//! of the model. A pair is an element or flow and a STRIDE category. Suggestions rank by their worst current score, as every
//! list of the program does; what people found weighs by how many of them found it. The engineers' files are in the corpus
//! (`PALISADE_CORPUS`); they take no part in the annotation or the library.

use palisade::library::Library;
use palisade::model::*;
use palisade::open::open;
use palisade::risk::assess;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Pair = (String, Category);

fn read(path: &Path) -> ThreatModel {
    open(&std::fs::read(path).unwrap(), "model").unwrap_or_else(|e| panic!("{}: {e}", path.display())).model
}

fn annotated() -> ThreatModel {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2/url-shortener-annotated.ron"))
}

/// Pairs that are suggested, the most pressing first.
fn suggested(model: &ThreatModel) -> Vec<Pair> {
    let mut best: BTreeMap<Pair, f64> = BTreeMap::new();
    for finding in assess(model, Library::builtin()).findings.values() {
        for category in finding.about.categories.iter().filter(|c| c.is_stride()) {
            let score = best.entry((model.name_of(&finding.key.anchor).to_owned(), *category)).or_default();
            *score = score.max(finding.current.score);
        }
    }
    let mut ranked: Vec<(Pair, f64)> = best.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked.into_iter().map(|(pair, _)| pair).collect()
}

/// Pairs somebody wrote a threat about.
fn written(model: &ThreatModel) -> BTreeSet<Pair> {
    let threats = model.threats.values();
    let pairs = threats.flat_map(|t| t.targets.iter().flat_map(|at| t.categories.iter().map(move |c| (at, *c))));
    pairs.map(|(at, category)| (model.name_of(at).to_owned(), category)).collect()
}

/// How many people found each pair; `None` where the corpus is not set up.
fn found_by_people() -> Option<BTreeMap<Pair, usize>> {
    let folder = crate::support::corpus("td2")?;
    let mut found = BTreeMap::new();
    for n in [1, 2, 3, 5] {
        for pair in written(&read(&folder.join(format!("url-shortener-engineer-{n}.json")))) {
            *found.entry(pair).or_default() += 1;
        }
    }
    Some(found)
}

struct Recall {
    /// Of the pairs anybody found.
    any: usize,
    /// Of the pairs at least two found.
    two: usize,
    suggested: usize,
    /// Average precision, each pair weighing by the number of people who found it.
    precision: f64,
}

fn recall(model: &ThreatModel, people: &BTreeMap<Pair, usize>) -> Recall {
    let ranked = suggested(model);
    let mut weights: Vec<usize> = people.values().copied().collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let (mut got, mut sum) = (0, 0.0);
    for (n, pair) in ranked.iter().enumerate() {
        if let Some(weight) = people.get(pair) {
            got += weight;
            let best: usize = weights.iter().take(n + 1).sum();
            sum += *weight as f64 * got as f64 / best as f64;
        }
    }
    let met = |least: usize| people.iter().filter(|(pair, n)| **n >= least && ranked.contains(pair)).count();
    let precision = sum / weights.iter().sum::<usize>() as f64;
    Recall { any: met(1), two: met(2), suggested: ranked.len(), precision }
}

fn flow<'a>(model: &'a mut ThreatModel, name: &str) -> &'a mut Flow {
    model.flows.values_mut().find(|f| f.name == name).unwrap()
}

fn element<'a>(model: &'a mut ThreatModel, name: &str) -> &'a mut Element {
    model.elements.values_mut().find(|e| e.name == name).unwrap()
}

const BETWEEN_SERVICES: [&str; 2] = ["Shorten Request", "Redirect Request"];
const TO_STORES: [&str; 3] = ["Store URL Mapping", "Retrieve Long URL", "Fetch API credentials"];

/// The same drawing as other engineers might annotate it.
fn other_annotations() -> Vec<(&'static str, ThreatModel)> {
    let tags = |tag: &str| BTreeSet::from([tag.to_owned()]);
    let mut key_value = annotated();
    element(&mut key_value, "URL Mappings Database").tags = tags("key-value");
    element(&mut key_value, "Hashed API keys").tags = tags("sql");
    BETWEEN_SERVICES.iter().for_each(|f| flow(&mut key_value, f).protocol = Protocol::Grpc);
    TO_STORES[..2].iter().for_each(|f| flow(&mut key_value, f).protocol = Protocol::Tcp);
    let service = key_value.boundaries.values_mut().find(|b| b.name == "URL Shortener Service").unwrap();
    service.trust = Some(2);
    let mappings = key_value.assets.get_mut("mappings").unwrap();
    (mappings.c, mappings.i, mappings.a) = (2, 4, 4);

    let mut tiers = annotated();
    let service = tiers.boundaries.iter().find(|(_, b)| b.name == "URL Shortener Service").unwrap().0.clone();
    let data = Boundary { name: "Data".into(), trust: Some(4), parent: Some(service), ..Boundary::default() };
    tiers.boundaries.insert(Id::new("data"), data);
    for (name, tag) in [("URL Mappings Database", "nosql"), ("Hashed API keys", "database")] {
        element(&mut tiers, name).boundary = Some(Id::new("data"));
        element(&mut tiers, name).tags = tags(tag);
    }
    element(&mut tiers, "API Server").tags = tags("api-gateway");
    for name in ["Shorten URL", "Redirect URL"] {
        element(&mut tiers, name).tags = tags("rest-api");
    }
    flow(&mut tiers, "User Request").authn = Authn::Bearer;
    flow(&mut tiers, "Redirect User to URL").protocol = Protocol::Http;
    let keys = tiers.assets.get_mut("keys").unwrap();
    (keys.c, keys.i, keys.a) = (4, 4, 3);

    let mut unsaid = annotated();
    unsaid.agents.clear();
    for name in BETWEEN_SERVICES.iter().chain(&TO_STORES) {
        let flow = flow(&mut unsaid, name);
        (flow.protocol, flow.authn, flow.channel) = (Protocol::Unknown, Authn::Unknown, Channel::Unknown);
    }
    element(&mut unsaid, "Hashed API keys").tags = tags("secrets-vault");
    unsaid.assets.get_mut("mappings").unwrap().a = 2;
    vec![("a key-value store, gRPC, less trust", key_value), ("a gateway and two tiers", tiers), ("nothing said inside", unsaid)]
}

#[test]
fn what_engineers_found_is_suggested_and_ranks_high() {
    let Some(people) = found_by_people() else { return };
    assert_eq!((people.len(), people.values().filter(|n| **n >= 2).count()), (39, 24));
    let with = recall(&annotated(), &people);
    println!("any {} two {} suggested {} precision {:.3}", with.any, with.two, with.suggested, with.precision);
    assert!(with.two >= 23 && with.any >= 34, "{} of 24, {} of 39", with.two, with.any);
    assert!(with.suggested <= 55, "{} pairs are suggested", with.suggested);
    assert!(with.precision >= 0.75, "average precision {:.3}", with.precision);

    let mut eight = annotated();
    eight.info.packs_on.clear();
    let eight = recall(&eight, &people);
    assert!(with.precision > eight.precision + 0.15 && with.two > eight.two, "the further packs are why");
}

#[test]
fn other_annotations_of_the_same_drawing_do_nearly_as_well() {
    let Some(people) = found_by_people() else { return };
    for (name, model) in other_annotations() {
        let found = recall(&model, &people);
        println!("{name}: any {} two {} suggested {} precision {:.3}", found.any, found.two, found.suggested, found.precision);
        assert!(found.two >= 23 && found.any >= 34, "{name}: {} of 24, {} of 39", found.two, found.any);
        assert!(found.precision >= 0.70 && found.suggested <= 62, "{name}: {:.3}, {}", found.precision, found.suggested);
    }
}

#[test]
fn the_annotation_says_why() {
    let model = annotated();
    assert_eq!(check(&model), vec![]);
    let reasoned: BTreeSet<&Id> = model.assumptions.values().flat_map(|a| &a.about).collect();
    for id in model.elements.keys().chain(model.flows.keys()).chain(model.assets.keys()).chain(model.boundaries.keys()) {
        assert!(reasoned.contains(id), "{id} is annotated with a reason");
    }
    assert_eq!(model.info.packs_on, Library::builtin().further_packs(), "as a new model");
    assert!(model.threats.is_empty() && model.decisions.is_empty(), "nothing of what people found is in it");
}

/// Models of others, as they come: no annotation, so that most answers are open.
#[test]
fn threats_that_others_wrote_down_are_suggested() {
    let files = ["td2/v2-threat-model-2.3.json", "td2/demo-iot-device.json", "td2/demo-three-tier-web-app.json"];
    let Some(root) = crate::support::corpus(".") else { return };
    let (mut all, mut met) = (0, 0);
    for file in files {
        let mut model = read(&root.join(file));
        let wanted = written(&model);
        model.threats.clear();
        let ranked = suggested(&model);
        let here = wanted.iter().filter(|p| ranked.contains(p)).count();
        println!("{file}: {here} of {}; {} suggested", wanted.len(), ranked.len());
        (all, met) = (all + wanted.len(), met + here);
    }
    assert!(all >= 17 && met * 5 >= all * 4, "{met} of {all}");
}
