//! Whatever people do to a model, everything derived from it can be derived, twice the same, in finite numbers; and
//! pictures never decide ratings.

use crate::support::dsl::{MAIN, id, model};
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::geometry::vec2;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{ReportOptions, compose, lay_out as lay_out_report};
use palisade::risk::{Assessment, Rating, assess};
use palisade::scene::{Look, draw, lay_out};
use proptest::collection::vec;
use proptest::prelude::*;

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, Library::builtin())
}

fn is_finite(value: &impl std::fmt::Debug) -> bool {
    let text = format!("{value:?}");
    [": NaN", ": inf", ": -inf", "[NaN", "(NaN"].iter().all(|bad| !text.contains(bad))
}

fn in_range(rating: &Rating) -> bool {
    (0.0..=1.0).contains(&rating.p) && (0.0..=1.0).contains(&rating.i) && (0.0..=100.0).contains(&rating.score)
}

/// The start and every model on the way through the edits.
fn history(start: ThreatModel, edits: &[Edit]) -> Vec<ThreatModel> {
    let mut document = Document::new(start);
    let mut models = vec![document.model().clone()];
    for edit in edits {
        if document.commit(edit) == Ok(true) {
            models.push(document.model().clone());
        }
    }
    models
}

/// No diagram has a boundary drawn as a line: the one picture that has a meaning.
fn without_lines(mut model: ThreatModel) -> ThreatModel {
    model.placements.retain(|_, p| !matches!(p, Placement::Line(_)));
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sound_model_can_be_assessed_and_drawn(start in sound_model(), edits in vec(any_edit(), 0..6)) {
        for model in history(start, &edits) {
            let assessment = assessed(&model);
            prop_assert!(is_finite(&assessment));
            prop_assert_eq!(assessment.elements.len(), model.elements.len());
            for finding in assessment.findings.values() {
                prop_assert!(model.item_key(&finding.key.anchor).is_some(), "{:?} is anchored at nothing", finding.key);
                for rating in [&finding.inherent, &finding.current, &finding.planned] {
                    prop_assert!(in_range(rating), "{:?}: {rating:?}", finding.key);
                }
            }
            for diagram in model.diagrams.keys() {
                let layout = lay_out(&model, diagram);
                prop_assert!(is_finite(&layout));
                let scene = draw(&model, &assessment, &layout, &Look::default());
                prop_assert!(is_finite(&scene));
                prop_assert_eq!(&layout, &lay_out(&model, diagram));
            }
            prop_assert_eq!(assessment, assessed(&model));
        }
    }

    #[test]
    fn every_sound_model_can_be_reported(model in sound_model()) {
        let assessment = assessed(&model);
        let options = ReportOptions::new("2026-11-21".parse().unwrap());
        let pages = || lay_out_report(&compose(&model, Library::builtin(), &assessment, &options), &Quiet).unwrap();
        let (first, second) = (pages(), pages());
        prop_assert!(is_finite(&first));
        prop_assert!(first == second);
    }

    #[test]
    fn moving_and_resizing_never_changes_a_rating(start in sound_model(), edits in vec(any_edit(), 1..30)) {
        let start = without_lines(start);
        let before = assessed(&start);
        let mut document = Document::new(start);
        for edit in edits {
            let is_picture = matches!(edit, Edit::Move { .. } | Edit::Resize { .. });
            if is_picture && document.commit(&edit) == Ok(true) {
                prop_assert_eq!(&before, &assessed(document.model()));
            }
        }
    }
}

#[test]
fn moving_into_another_boundary_changes_what_threatens_it() {
    let mut shop = model("Shop")
        .boundary("Internet", 0)
        .boundary("Data centre", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .inside("Data centre")
        .tagged("web-app")
        .flow("Customer", "Web")
        .asset("Orders", [3, 3, 2])
        .carried_by("Customer>Web")
        .open();
    let before = assessed(shop.model());
    let exposed = |a: &Assessment| a.elements[&id("Web")].exposure;
    let apart = Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by: vec2(900.0, 0.0) };
    shop.commit(&apart).unwrap();
    assert_eq!(before, assessed(shop.model()), "out of its boundary on the picture, still its member");
    assert!(before.crossings.contains_key(&id("Customer>Web")));
    let out = Edit::Reparent { items: [id("Web")].into(), into: Some(id("Internet")) };
    shop.commit(&out).unwrap();
    let after = assessed(shop.model());
    assert_ne!(before, after);
    assert!(!after.crossings.contains_key(&id("Customer>Web")), "both ends are on the Internet now");
    assert!(exposed(&after) >= exposed(&before));
}

#[test]
fn a_boundary_drawn_as_a_line_separates_what_it_crosses() {
    use palisade::geometry::pt;
    let shop = |x: f32| {
        model("Shop").entity("Customer").process("Web").flow("Customer", "Web").also(|m| {
            m.boundaries.insert("edge".into(), Boundary { name: "Edge".into(), trust: Some(3), ..Boundary::default() });
            let line = BoundaryLine { points: vec![pt(x, -500.0), pt(x, 500.0)], style: LineStyle::Straight };
            m.placements.insert(PlacementKey::new(MAIN, "edge"), Placement::Line(line));
        })
    };
    let crosses = |x: f32| assessed(&shop(x).build()).crossings.contains_key(&id("Customer>Web"));
    assert!(crosses(230.0), "between the two");
    assert!(!crosses(2000.0), "beside both");
}
