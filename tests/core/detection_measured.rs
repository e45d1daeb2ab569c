//! Precision and recall of what is read from names, on names of real models that were labelled by hand.
//!
//! The half called "held" was never looked at while the lexicon was tuned: its figures are what strangers may expect.

use palisade::detect::{Confidence, Data, Detector, Proposal, Suggestion};
use palisade::library::Library;
use palisade::model::*;
use std::collections::BTreeMap;

const LABELS: &str = include_str!("../data/detection_labels.tsv");

struct Sample {
    half: String,
    name: String,
    /// What is right, by aspect; the second list is right but not missed.
    right: BTreeMap<String, (Vec<String>, Vec<String>)>,
    proposals: Vec<Proposal>,
}

fn samples() -> Vec<Sample> {
    let lines = LABELS.lines().filter(|l| !l.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let f: Vec<&str> = line.split('\t').collect();
            let (name, description) = (f[3].to_owned(), f[4].to_owned());
            let mut model = ThreatModel::default();
            let element = |name: &str| Element { name: name.into(), ..Element::default() };
            match f[2] {
                "element" => drop(model.elements.insert(Id::new("x"), Element { description, ..element(&name) })),
                "flow" => {
                    let end = |text: &str, id: &str| (!text.is_empty()).then(|| Id::new(id));
                    for (text, id) in [(f[5], "from"), (f[6], "to")] {
                        model.elements.extend(end(text, id).map(|id| (id, element(text))));
                    }
                    let (from, to) = (end(f[5], "from"), end(f[6], "to"));
                    model.flows.insert(Id::new("x"), Flow { name: name.clone(), description, from, to, ..Flow::default() });
                }
                _ => drop(
                    model.boundaries.insert(Id::new("x"), Boundary { name: name.clone(), description, ..Boundary::default() }),
                ),
            }
            let right = f[7].split(' ').filter_map(|part| part.split_once('='));
            let right = right.map(|(aspect, values)| {
                let role = if aspect == "kind" && f[2] == "boundary" { "boundary" } else { aspect };
                let values: Vec<&str> = if role == "kind" {
                    values.split("").filter(|v| !v.is_empty()).collect()
                } else {
                    values.split(',').collect()
                };
                let (also, must): (Vec<&str>, Vec<&str>) = values.into_iter().partition(|v| v.starts_with('~'));
                let owned = |list: Vec<&str>| list.into_iter().map(|v| v.trim_start_matches('~').to_owned()).collect();
                (role.to_owned(), (owned(must), owned(also)))
            });
            let right = right.collect();
            let proposals = Detector::new(&model, Library::builtin()).about(&Id::new("x"));
            Sample { half: f[0].into(), name, right, proposals }
        })
        .collect()
}

fn answer(what: &Suggestion) -> (&'static str, String) {
    match what {
        Suggestion::Kind(ElementKind::ExternalEntity) => ("kind", "E".into()),
        Suggestion::Kind(ElementKind::Process) => ("kind", "P".into()),
        Suggestion::Kind(ElementKind::DataStore) => ("kind", "S".into()),
        Suggestion::Tag(tag) => ("tags", tag.clone()),
        Suggestion::Protocol(p) => ("protocol", p.name().into()),
        Suggestion::Authn(a) => ("authn", a.name().into()),
        Suggestion::Channel(c) => ("channel", c.name().into()),
        Suggestion::Data(Data::New(kind)) => ("data", kind.name().into()),
        Suggestion::Data(Data::Known(id)) => ("data", id.to_string()),
        Suggestion::BoundaryKind(kind) => ("boundary", kind.name().into()),
        Suggestion::Trust(level) => ("trust", level.to_string()),
    }
}

#[derive(Default)]
struct Figures {
    proposed: usize,
    right: usize,
    wanted: usize,
    found: usize,
    misses: Vec<String>,
    wrong: Vec<String>,
}

/// Proposals of at least this confidence against the labels of one half, by aspect.
fn measure(half: &str, least: Confidence) -> BTreeMap<&'static str, Figures> {
    let mut all: BTreeMap<&'static str, Figures> = BTreeMap::new();
    for sample in samples().iter().filter(|s| s.half == half) {
        let made: Vec<(&str, String)> =
            sample.proposals.iter().filter(|p| p.confidence >= least).map(|p| answer(&p.what)).collect();
        let none = (Vec::new(), Vec::new());
        for aspect in ["kind", "tags", "protocol", "authn", "channel", "data", "boundary", "trust"] {
            let (must, also) = sample.right.get(aspect).unwrap_or(&none);
            let figures = all.entry(aspect).or_default();
            let here: Vec<&String> = made.iter().filter(|(a, _)| *a == aspect).map(|(_, v)| v).collect();
            for value in &here {
                // Nobody can tell what it is, so nobody can say it is wrong either: counted as wrong all the same.
                let right = must.contains(value) || also.contains(value);
                figures.proposed += 1;
                figures.right += usize::from(right);
                if !right {
                    figures.wrong.push(format!("{}: {value}", sample.name));
                }
            }
            // New elements are processes, new boundaries networks: staying that is an answer as well.
            let by_itself = match aspect {
                "kind" => must.iter().chain(also).any(|v| v == "P" || v == "?"),
                "boundary" => must.iter().chain(also).any(|v| v == "Network"),
                _ => false,
            };
            if !must.is_empty() && !by_itself {
                figures.wanted += 1;
                let found = here.iter().any(|v| must.contains(v));
                figures.found += usize::from(found);
                if !found {
                    figures.misses.push(format!("{} ({})", sample.name, must.join(" ")));
                }
            }
        }
    }
    all
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[test]
fn proposals_are_right_and_found_on_names_of_real_models() {
    // Precision and recall that must be reached by proposals of medium confidence and surer.
    let tuned = [
        ("kind", 0.97, 0.97),
        ("tags", 0.95, 0.88),
        ("protocol", 0.97, 0.97),
        ("data", 0.9, 0.55),
        ("boundary", 0.97, 0.97),
        ("trust", 0.97, 0.9),
    ];
    let held = [
        ("kind", 0.94, 0.94),
        ("tags", 0.93, 0.83),
        ("protocol", 0.95, 0.78),
        ("data", 0.88, 0.5),
        ("boundary", 0.95, 0.85),
        ("trust", 0.95, 0.9),
    ];
    // Flows labelled later for these two only; looked at once, before buses and codes of shared keys were added.
    let links = [("authn", 0.95, 0.55), ("channel", 0.95, 0.6)];
    for (half, floors) in [("tuned", &tuned[..]), ("held", &held), ("links", &links)] {
        for least in [Confidence::High, Confidence::Medium, Confidence::Low] {
            let figures = measure(half, least);
            println!("{half}, {} and surer", least.label());
            for (aspect, f) in figures.iter().filter(|(aspect, _)| floors.iter().any(|(named, ..)| named == *aspect)) {
                let (precision, recall) = (share(f.right, f.proposed), share(f.found, f.wanted));
                println!(
                    "  {aspect:9} precision {precision:.2} ({}/{})  recall {recall:.2} ({}/{})",
                    f.right, f.proposed, f.found, f.wanted
                );
                if half != "held" && std::env::var_os("PALISADE_DETECTION").is_some() {
                    println!("    wrong: {}\n    missed: {}", f.wrong.join("; "), f.misses.join("; "));
                }
            }
            for (aspect, precision, recall) in floors.iter().filter(|_| least == Confidence::Medium) {
                let f = &figures[aspect];
                assert!(share(f.right, f.proposed) >= *precision, "{half} {aspect}: precision");
                assert!(share(f.found, f.wanted) >= *recall, "{half} {aspect}: recall");
            }
        }
    }
}
