//! The sample models: sound, rated as the reference rates them, worth reading, and drawn so that a designer would not wince.

use palisade::geometry::{Point, Rect, segment_crossing};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{self, Assessment, FindingStatus};
use palisade::scene::{BoxKind, DiagramLayout, RoutedFlow, lay_out};
use palisade::storage;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The samples the reference has rated.
const RATED: [&str; 6] = ["cicd", "hospital", "iot-fleet", "mobile-bank", "rag", "web-shop"];
/// One only begun: hardly anything is said in it.
const SKETCH: &str = "first-sketch";
const SAMPLES: [&str; 9] =
    ["cicd", "drone-pharmacy", SKETCH, "hospital", "iot-fleet", "mobile-bank", "palisade", "rag", "web-shop"];

fn text(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn sample(name: &str) -> ThreatModel {
    let loaded = storage::load(&text(&format!("sample_models/{name}.ron"))).unwrap();
    assert_eq!(loaded.told(), Vec::<String>::new(), "{name} needs no repair");
    loaded.model
}

fn assess(model: &ThreatModel) -> Assessment {
    risk::assess(model, Library::builtin())
}

/// Every sample with the geometry of each of its diagrams.
fn drawn() -> Vec<(&'static str, ThreatModel, DiagramLayout)> {
    let models = SAMPLES.into_iter().map(|name| (name, sample(name)));
    models
        .flat_map(|(name, m)| m.diagram_order().into_iter().map(move |d| (name, m.clone(), lay_out(&m, &d))).collect::<Vec<_>>())
        .collect()
}

fn elements(layout: &DiagramLayout) -> Vec<(&Id, Rect)> {
    layout.boxes.iter().filter(|(_, b)| matches!(b.kind, BoxKind::Element(_))).map(|(id, b)| (id, b.rect)).collect()
}

fn frames(layout: &DiagramLayout) -> Vec<(&Id, Rect)> {
    layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary).map(|(id, b)| (id, b.rect)).collect()
}

fn pieces(flow: &RoutedFlow) -> Vec<(Point, Point)> {
    flow.points.windows(2).map(|w| (w[0], w[1])).collect()
}

fn goes_through(flow: &RoutedFlow, r: Rect) -> bool {
    let [a, b, c, d] = r.corners();
    let edges = [(a, b), (b, c), (c, d), (d, a)];
    pieces(flow).iter().any(|p| r.contains(p.0) || r.contains(p.1) || edges.iter().any(|e| segment_crossing(*p, *e).is_some()))
}

#[test]
fn the_files_are_sound_and_as_we_write_them() {
    for name in SAMPLES {
        let model = sample(name);
        assert_eq!(check(&model), vec![], "{name}");
        assert_eq!(storage::save(&model).unwrap(), text(&format!("sample_models/{name}.ron")), "{name} is written as it is read");
    }
}

#[test]
fn they_are_rated_as_the_reference_rates_them() {
    for name in RATED {
        let ours = assess(&sample(name));
        let plain = assess(&plain_json::read(&text(&format!("tests/data/oracle/{name}.model.json"))).unwrap().model);
        assert_eq!(ours.findings.keys().collect::<Vec<_>>(), plain.findings.keys().collect::<Vec<_>>(), "{name}");
        for (key, wanted) in &plain.findings {
            let found = &ours.findings[key];
            assert_eq!(
                (&found.bindings, &found.status, &found.missing),
                (&wanted.bindings, &wanted.status, &wanted.missing),
                "{name} {key}"
            );
            assert_eq!((found.inherent, found.current), (wanted.inherent, wanted.current), "{name} {key}");
        }
        assert_eq!(ours.totals.risk.peak, plain.totals.risk.peak, "{name}");
    }
}

#[test]
fn they_show_what_a_finished_model_holds() {
    for name in SAMPLES.into_iter().filter(|name| *name != SKETCH) {
        let model = sample(name);
        let assessment = assess(&model);
        assert!(
            !model.info.scope.is_empty() && !model.info.description.is_empty() && model.info.classification.is_some(),
            "{name}"
        );
        assert!(model.elements.values().all(|e| !e.description.is_empty()), "{name}: every element is described");
        assert!(model.boundaries.values().all(|b| !b.description.is_empty() && b.trust.is_some()), "{name}");
        assert!(model.agents.values().all(|a| !a.description.is_empty()), "{name}");
        assert!(model.people.len() >= 5 && model.assumptions.len() >= 3 && !model.notes.is_empty(), "{name}");
        assert!(model.decisions.len() >= 5, "{name}");
        for (key, decision) in &model.decisions {
            assert!(assessment.findings.contains_key(key), "{name}: {key} is decided and found");
            assert!(!decision.basis.is_empty() && assessment.findings[key].stale.is_empty(), "{name} {key} still holds");
            assert!(!decision.justification.is_empty() && decision.number.is_some(), "{name} {key}");
            if decision.disposition == Disposition::Accept {
                assert!(decision.approver.is_some() && decision.expires.is_some(), "{name} {key}: who accepted, until when");
            }
        }
        let known = |i: &ControlInstance| {
            Library::builtin().controls.contains_key(&i.control) || model.controls.contains_key(i.control.as_str())
        };
        assert!(model.instances.values().all(known), "{name}: every control is defined");
        let (now, planned) = (assessment.totals.risk.load, assessment.totals.planned_load);
        // The program's own model says what is there; the one control it plans guards releases that do not exist yet.
        assert!(planned < now * 0.98 || name == "palisade", "{name}: the plan shows, {now} to {planned}");
    }
}

#[test]
fn everything_is_drawn_and_elements_keep_apart() {
    for name in SAMPLES {
        let model = sample(name);
        let shown: BTreeSet<Id> = model
            .diagram_order()
            .iter()
            .flat_map(|diagram| {
                let layout = lay_out(&model, diagram);
                layout.boxes.keys().chain(layout.flows.keys()).cloned().collect::<Vec<_>>()
            })
            .collect();
        let all = model.elements.keys().chain(model.flows.keys()).chain(model.boundaries.keys());
        assert_eq!(all.filter(|id| !shown.contains(*id)).collect::<Vec<_>>(), Vec::<&Id>::new(), "{name} shows everything");
    }
    for (name, _, layout) in drawn() {
        let placed = elements(&layout);
        for (n, (a, r)) in placed.iter().enumerate() {
            for (b, s) in &placed[n + 1..] {
                assert!(!r.expand(8.0).intersects(*s), "{name}: {a} and {b}");
            }
        }
        let aspect = layout.bounds.w / layout.bounds.h;
        assert!((1.2..=1.9).contains(&aspect), "{name}: {aspect}");
    }
}

#[test]
fn boundaries_contain_their_members_and_nothing_else() {
    for (name, model, layout) in drawn() {
        for (frame, r) in frames(&layout) {
            let inside = |path: Vec<Id>| path.contains(frame);
            for (element, e) in elements(&layout) {
                let fits = if inside(model.boundary_chain(element)) {
                    r.expand(-8.0).contains_rect(e)
                } else {
                    !r.expand(8.0).intersects(e)
                };
                assert!(fits, "{name}: {element} and {frame}");
            }
            for (other, s) in frames(&layout).into_iter().filter(|(other, _)| *other != frame) {
                let (nested, around) = (inside(model.boundary_path(other)), model.boundary_path(frame).contains(other));
                let fits = if nested { r.expand(-8.0).contains_rect(s) } else { around || !r.expand(4.0).intersects(s) };
                assert!(fits, "{name}: {other} and {frame}");
            }
        }
    }
}

#[test]
fn flows_run_through_no_foreign_element_and_along_no_seam() {
    for (name, model, layout) in drawn() {
        for (id, course) in &layout.flows {
            let flow = &model.flows[id];
            for (element, r) in elements(&layout) {
                if flow.from.as_ref() != Some(element) && flow.to.as_ref() != Some(element) {
                    assert!(!goes_through(course, r.expand(4.0)), "{name}: {id} through {element}");
                }
            }
            assert!(course.corners.len() <= 6, "{name}: {id} has few bends");
            for (a, b) in pieces(course) {
                let run = Rect::from_corners(a, b);
                for (frame, r) in frames(&layout) {
                    let level = (a.y - b.y).abs() < 0.5 && run.x < r.right() && r.x < run.right();
                    let along_level = level && [r.y, r.bottom()].iter().any(|y| (y - a.y).abs() < 8.0);
                    let upright = (a.x - b.x).abs() < 0.5 && run.y < r.bottom() && r.y < run.bottom();
                    let along_upright = upright && [r.x, r.right()].iter().any(|x| (x - a.x).abs() < 8.0);
                    assert!(!along_level && !along_upright, "{name}: {id} along {frame}");
                }
            }
        }
    }
}

#[test]
fn labels_cover_nothing_and_are_whole() {
    for (name, _, layout) in drawn() {
        let labels: Vec<(&Id, [Rect; 2])> =
            layout.flows.iter().filter_map(|(id, f)| f.label.as_ref().map(|l| (id, [l.text, l.pill]))).collect();
        assert_eq!(labels.len(), layout.flows.len(), "{name}");
        for (n, (id, parts)) in labels.iter().enumerate() {
            for part in parts {
                for (element, r) in elements(&layout) {
                    assert!(!part.intersects(r), "{name}: label of {id} on {element}");
                }
                for (other, others) in &labels[n + 1..] {
                    assert!(!others.iter().any(|o| o.intersects(*part)), "{name}: labels of {id} and {other}");
                }
                let tabs = layout.boxes.values().filter_map(|b| b.tab);
                assert!(!tabs.into_iter().any(|t| t.intersects(*part)), "{name}: label of {id} on a tab");
            }
        }
        let words = layout.flows.values().filter_map(|f| f.label.as_ref()).flat_map(|l| &l.lines);
        let names = layout.boxes.values().flat_map(|b| &b.text.lines);
        assert!(words.chain(names).all(|l| !l.text.ends_with('…')), "{name}: every text is whole");
    }
}

#[test]
fn every_rule_fires_in_one_sample_and_is_absent_from_another() {
    let fires = |name| -> BTreeSet<Id> {
        let assessment = assess(&sample(name));
        let confirmed = assessment.findings.values().filter(|f| f.status == FindingStatus::Applies);
        confirmed.map(|f| f.key.rule.clone()).collect()
    };
    let fired: Vec<BTreeSet<Id>> = SAMPLES.into_iter().map(fires).collect();
    for (_, rule) in Library::builtin().rules() {
        let id = Id::new(&rule.id);
        assert!(fired.iter().any(|sample| sample.contains(&id)), "{id} fires in no sample");
        assert!(fired.iter().any(|sample| !sample.contains(&id)), "{id} fires in every sample");
    }
}

#[test]
fn the_sketch_asks_more_than_it_tells() {
    let model = sample(SKETCH);
    let assessment = assess(&model);
    let risk = &assessment.totals.risk;
    assert!(risk.possible > 2 * risk.counts.total(), "{} possible, {} confirmed", risk.possible, risk.counts.total());
    assert!(assessment.questions.len() >= 20 && model.assets.is_empty() && model.decisions.is_empty());
}

#[test]
fn the_load_is_what_its_places_add_up_to_and_the_peak_is_at_one_of_them() {
    for name in SAMPLES {
        let assessment = risk::assess(&sample(name), Library::builtin());
        let (shares, totals) = (risk::shares(&assessment), &assessment.totals.risk);
        let sum: f64 = shares.iter().map(|share| share.load).sum();
        assert!((sum - totals.load).abs() < 1e-6, "{name}: {sum} is not {}", totals.load);
        assert_eq!(shares.iter().map(|share| share.threats).sum::<usize>(), totals.counts.total(), "{name}");
        let peak = shares.iter().map(|share| share.worst.current.score).fold(0.0, f64::max);
        assert_eq!(peak, totals.peak, "{name}");
        assert!(shares.is_sorted_by(|a, b| a.load >= b.load), "{name}: what adds most comes first");
    }
}
