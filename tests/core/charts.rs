//! Charts as data: every figure is what the register lists when it is clicked, and every drawing lies on its sheet.

use palisade::chart::{Figure, Look, Sources, State, Step, Topic, csv, draw, page};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::register::{Facts, Listing, Query, Register, View};
use palisade::risk::{Assessment, assess_on};
use palisade::scene::{Shape, Words, to_svg};
use palisade::theme::Theme;
use std::collections::BTreeSet;

const MODELS: [&str; 4] = ["web-shop", "rag", "hospital", "random-106"];

fn today() -> Date {
    Date::new(2026, 10, 2).unwrap()
}

fn opened(name: &str) -> (ThreatModel, Assessment) {
    let text = std::fs::read_to_string(format!("tests/data/oracle/{name}.model.json")).unwrap();
    let model = plain_json::read(&text).unwrap().model;
    let assessment = assess_on(&model, Library::builtin(), today());
    (model, assessment)
}

fn topics() -> impl Iterator<Item = Topic> {
    let others = Topic::ALL.into_iter().filter(|topic| !matches!(topic, Topic::Matrix(_)));
    State::ALL.into_iter().map(Topic::Matrix).chain(others)
}

fn figure(topic: Topic, model: &ThreatModel, assessment: &Assessment) -> Figure {
    let steps = [1700.0, 1500.0, 1490.0].map(|load| Step { name: "Step".into(), days: 4.0, load, peak: 50.0 });
    let sources = Sources { model, library: Library::builtin(), assessment, today: today(), roadmap: &steps };
    Figure::of(topic, &sources)
}

#[test]
fn a_click_lists_as_many_threats_as_the_figure_says() {
    let none = BTreeSet::new();
    let mut checked = 0;
    for name in MODELS {
        let (model, assessment) = opened(name);
        let facts = Facts::new(&model, Library::builtin(), &assessment, today(), "", &none);
        for topic in topics() {
            let figure = figure(topic, &model, &assessment);
            let is_counted = !matches!(topic, Topic::Load | Topic::Trend | Topic::Roadmap | Topic::States);
            for (n, row) in figure.rows.iter().enumerate() {
                let columns = figure.columns.iter().enumerate().filter(|(_, series)| !series.is_beside).map(|(k, _)| k);
                for (k, value) in columns.filter_map(|k| Some((k, row.values[k]?))) {
                    let terms = figure.asks(n, Some(k));
                    if !is_counted {
                        continue;
                    }
                    assert!(!terms.is_empty(), "{name} {topic:?} {}", row.label);
                    let mut view = View::of(Register::Threats);
                    view.filters = Query { terms };
                    let listing = Listing::of(&facts, Register::Threats, &view);
                    assert_eq!(listing.notes, Vec::<String>::new(), "{name} {topic:?}");
                    assert_eq!(listing.many as f64, value.amount, "{name} {topic:?} {} {}", row.label, view.filters);
                    checked += usize::from(value.amount > 0.0);
                }
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn totals_are_those_of_the_assessment() {
    for name in MODELS {
        let (model, assessment) = opened(name);
        let all = assessment.totals.risk.counts.total() as f64;
        for topic in [Topic::Matrix(State::Current), Topic::Boundaries, Topic::Layers] {
            let figure = figure(topic, &model, &assessment);
            let sum: f64 = (0..figure.rows.len()).map(|row| figure.total(row)).sum();
            assert_eq!(sum, all, "{name} {topic:?}: every threat that counts is there once");
        }
        let states = figure(Topic::States, &model, &assessment);
        assert_eq!(states.total(0), assessment.totals.inherent_load, "{name}");
        assert_eq!(states.total(1), assessment.totals.risk.load, "{name}");
        let trend = figure(Topic::Trend, &model, &assessment);
        assert_eq!(trend.rows.len(), model.baselines.len() + 2, "{name}");
    }
}

#[test]
fn every_chart_lies_on_its_sheet_at_any_size() {
    for name in MODELS {
        let (model, assessment) = opened(name);
        for topic in topics() {
            let figure = figure(topic, &model, &assessment);
            for (wide, high) in [(380.0, 240.0), (640.0, 260.0), (1200.0, 700.0)] {
                for is_patterned in [false, true] {
                    let tall = figure.rows.len() as f32 * 19.0;
                    let high = if matches!(topic, Topic::Elements | Topic::Boundaries) { tall.max(high) } else { high };
                    let drawn = draw(&figure, Look { wide, high, is_patterned });
                    for spot in &drawn.spots {
                        let (a, b) = (spot.rect.min(), spot.rect.max());
                        let is_in = a.x >= -1.0 && a.y >= -1.0 && b.x <= wide + 1.0 && b.y <= high + 1.0;
                        assert!(is_in, "{name} {topic:?} {wide} × {high}: {spot:?}");
                    }
                    for shape in drawn.scene.items.iter().flat_map(|item| &item.shapes) {
                        if let Shape::Text(run) = shape {
                            assert!(run.at.x.is_finite() && run.at.x >= -1.0 && run.at.x <= wide, "{topic:?}: {run:?}");
                        }
                    }
                }
            }
            let svg = to_svg(&page(&figure, 960.0, 600.0), Theme::Paper, Words::Text);
            assert!(svg.starts_with("<svg") && svg.contains(figure.title), "{topic:?}");
        }
    }
}

#[test]
fn an_empty_model_has_charts_without_anything_in_them() {
    let model = ThreatModel::default();
    let assessment = assess_on(&model, Library::builtin(), today());
    for topic in topics().filter(|topic| *topic != Topic::Roadmap) {
        let figure = figure(topic, &model, &assessment);
        assert!(figure.is_empty() || topic == Topic::States, "{topic:?}");
        draw(&figure, Look { wide: 300.0, high: 200.0, is_patterned: true });
    }
}

#[test]
fn the_load_of_all_areas_is_that_of_the_model_with_what_hangs_on_wholes_and_boundaries() {
    for name in MODELS {
        let (mut model, _) = opened(name);
        // One is a part of another.
        let mut ids = model.elements.keys().cloned();
        let (whole, part) = (ids.next().unwrap(), ids.next().unwrap());
        model.elements.get_mut(&part).unwrap().parent = Some(whole);
        let assessment = assess_on(&model, Library::builtin(), today());
        let load = figure(Topic::Load, &model, &assessment);
        let sum: f64 = (0..load.rows.len()).map(|row| load.total(row)).sum();
        let all = assessment.totals.risk.load;
        assert!((sum - all).abs() < 1e-6 * all, "{name}: {sum} of {all}");
    }
}

#[test]
fn areas_of_the_load_are_in_its_proportion_and_fill_the_sheet() {
    let (model, assessment) = opened("web-shop");
    let figure = figure(Topic::Load, &model, &assessment);
    let drawn = draw(&figure, Look { wide: 600.0, high: 300.0, is_patterned: false });
    let total: f64 = (0..figure.rows.len()).map(|row| figure.total(row)).sum();
    for spot in &drawn.spots {
        // Two points of gap are left at the right and below.
        let area = f64::from(spot.rect.w + 2.0) * f64::from(spot.rect.h + 2.0);
        let wanted = figure.total(spot.row) / total * 600.0 * 300.0;
        assert!((area - wanted).abs() < 0.02 * wanted + 20.0, "{}: {area} for {wanted}", spot.said);
    }
    for (n, a) in drawn.spots.iter().enumerate() {
        assert!(drawn.spots.iter().skip(n + 1).all(|b| !a.rect.intersects(b.rect)), "{a:?}");
    }
}

#[test]
fn a_chart_is_a_table_for_other_programs() {
    let (mut model, assessment) = opened("web-shop");
    for boundary in model.boundaries.values_mut() {
        boundary.name = format!("=SUM(\"{}\", 1)", boundary.name);
    }
    let figure = figure(Topic::Boundaries, &model, &assessment);
    let text = csv(&figure);
    assert_eq!(text.lines().count(), figure.rows.len() + 1);
    assert!(text.starts_with("By boundary,,Critical,High,Medium,Low,Minimal,Worst\n"), "{text}");
    let lines: Vec<&str> = text.lines().skip(1).filter(|line| line.contains("SUM")).collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.starts_with("\"'=SUM(\"\"")), "{text}");
}
