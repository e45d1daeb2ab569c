//! Rating methods beside the register's own: the published examples come out, values by hand hold, controls lower them.

use crate::support::dsl::{id, model};
use crate::support::shop::{criminals, small_shop};
use palisade::edit::{Document, Edit};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::methods::*;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use palisade::storage;

fn library() -> &'static Library {
    Library::builtin()
}

/// A shop whose SQL database is reached from the Internet through a web application.
fn shop() -> ThreatModel {
    small_shop([4, 3, 2]).also(criminals).build()
}

fn injection(assessment: &Assessment) -> ThreatKey {
    assessment.findings.keys().find(|key| key.rule.as_str() == "T-INJ-01").expect("SQL injection is found").clone()
}

/// The sheet of SQL injection with these factors set by hand.
fn rated(model: &ThreatModel, method: Method, marks: &[(&str, f64)]) -> Sheet {
    let given = |(id, mark): &(&str, f64)| ((*id).to_owned(), Given { value: FactorValue::Mark(*mark), reason: "x".into() });
    let by_hand = Appraisal { given: marks.iter().map(given).collect(), visibility: None };
    let assessment = assess(model, library());
    let key = injection(&assessment);
    Rater::new(model, library(), &assessment).sheet_with(&key, method, &by_hand).unwrap()
}

const OWASP_EXAMPLE: [(&str, f64); 12] = [
    ("owasp.skill", 5.0),
    ("owasp.motive", 2.0),
    ("owasp.opportunity", 7.0),
    ("owasp.size", 1.0),
    ("owasp.discovery", 3.0),
    ("owasp.exploit", 6.0),
    ("owasp.awareness", 9.0),
    ("owasp.detection", 2.0),
    ("owasp.confidentiality", 9.0),
    ("owasp.integrity", 7.0),
    ("owasp.availability", 5.0),
    ("owasp.accountability", 8.0),
];
const OWASP_BUSINESS: [(&str, f64); 4] =
    [("owasp.financial", 1.0), ("owasp.reputation", 2.0), ("owasp.compliance", 1.0), ("owasp.privacy", 5.0)];

#[test]
fn the_published_owasp_example_comes_out() {
    let technical = rated(&shop(), Method::Owasp, &OWASP_EXAMPLE);
    assert_eq!((technical.inherent.told.as_str(), technical.inherent.label.as_str()), ("4.375 · 7.25", "High"));
    assert_eq!(technical.inherent.band, Some(Band::High));
    let both = [&OWASP_EXAMPLE[..], &OWASP_BUSINESS].concat();
    let business = rated(&shop(), Method::Owasp, &both);
    assert_eq!((business.inherent.told.as_str(), business.inherent.label.as_str()), ("4.375 · 2.25", "Low"));
    let mut greater = shop();
    greater.info.rating.greater_impact = true;
    assert_eq!(rated(&greater, Method::Owasp, &both).inherent.label, "High");
}

#[test]
fn owasp_levels_begin_at_three_and_six() {
    use OwaspLevel::*;
    assert_eq!([2.999, 3.0, 5.999, 6.0].map(owasp_level), [Low, Medium, Medium, High]);
    let grid = [Low, Medium, High].map(|l| [Low, Medium, High].map(|i| owasp_severity(l, i).label()));
    assert_eq!(grid, [["Note", "Low", "Medium"], ["Low", "Medium", "High"], ["Medium", "High", "Critical"]]);
}

#[test]
fn the_published_dread_examples_come_out() {
    let ids = ["damage", "reproducibility", "exploitability", "affected", "discoverability"];
    let told = |method: Method, prefix: &str, marks: [f64; 5]| {
        let marks: Vec<(String, f64)> = ids.iter().zip(marks).map(|(id, mark)| (format!("{prefix}.{id}"), mark)).collect();
        let marks: Vec<(&str, f64)> = marks.iter().map(|(id, mark)| (id.as_str(), *mark)).collect();
        let sheet = rated(&shop(), method, &marks);
        format!("{} {}", sheet.inherent.told, sheet.inherent.label)
    };
    // Microsoft patterns & practices, table 3.7.
    assert_eq!(told(Method::DreadThree, "dread3", [3.0, 3.0, 2.0, 2.0, 2.0]), "12 High");
    assert_eq!(told(Method::DreadThree, "dread3", [3.0, 3.0, 3.0, 3.0, 2.0]), "14 High");
    assert_eq!(told(Method::Dread, "dread", [10.0, 10.0, 5.0, 5.0, 5.0]), "7 High");
    assert_eq!(told(Method::Dread, "dread", [10.0, 10.0, 10.0, 10.0, 5.0]), "9 High");
    assert_eq!([5.0, 7.0, 8.0, 11.0, 12.0].map(dread_three_band), [Band::Low, Band::Low, Band::Medium, Band::Medium, Band::High]);
    assert_eq!(
        [3.99, 4.0, 6.99, 7.0].map(|m| dread_band(&library().calibration, m).label()),
        ["Low", "Medium", "Medium", "High"]
    );
}

#[test]
fn the_allegro_example_falls_into_its_pool() {
    // High, Medium, Medium, Low, Low with ranks 5 to 1: 15 + 8 + 6 + 2 + 1.
    assert_eq!(relative_score(&[3.0, 2.0, 2.0, 1.0, 1.0]), 32.0);
    assert_eq!([[1.0; 5], [2.0; 5], [3.0; 5]].map(|values| relative_score(&values)), [15.0, 30.0, 45.0]);
    let row = |score: f64| [3, 2, 1].map(|probability| pool(5, score, probability));
    assert_eq!([row(45.0), row(30.0)], [[1, 2, 3]; 2]);
    assert_eq!([row(29.0), row(16.0)], [[2, 2, 3]; 2]);
    assert_eq!(row(15.0), [2, 3, 4]);
    let marks: Vec<(String, f64)> =
        IMPACT_AREAS.iter().zip([3.0, 2.0, 2.0, 1.0, 1.0]).map(|(area, mark)| (format!("allegro.{area}"), mark)).collect();
    let mut marks: Vec<(&str, f64)> = marks.iter().map(|(id, mark)| (id.as_str(), *mark)).collect();
    marks.push(("allegro.probability", 2.0));
    let sheet = rated(&shop(), Method::Allegro, &marks);
    assert_eq!((sheet.inherent.told.as_str(), sheet.inherent.label.as_str()), ("32, pool 2", "Pool 2: mitigate or defer"));
    // Another order of the areas is another score.
    let mut turned = shop();
    turned.info.rating.impact_areas.reverse();
    assert_eq!(rated(&turned, Method::Allegro, &marks).inherent.told, "22, pool 2");
}

#[test]
fn assets_are_followed_to_their_containers() {
    let told = |model: &ThreatModel| {
        let found = containers(model, library(), &id("Orders"));
        found.iter().map(|c| format!("{} {} {} {}", c.kind.label(), c.at, c.is_internal, c.is_kept)).collect::<Vec<_>>()
    };
    let model = model("Office")
        .entity("Clerk")
        .tagged("customer")
        .process("Desk")
        .store("DB")
        .flow("Clerk", "Desk")
        .set(|f| f.protocol = Protocol::Manual)
        .flow("Desk", "DB")
        .asset("Orders", [3, 3, 3])
        .kept_in("DB")
        .carried_by("Clerk>Desk")
        .build();
    assert_eq!(
        told(&model),
        ["Technical db true true", "Technical desk true false", "Physical clerk>desk false false", "People clerk false false"]
    );
}

#[test]
fn the_matrix_has_four_bands() {
    let bands = [1.0, 4.0, 5.0, 9.0, 10.0, 14.0, 15.0, 25.0].map(|s| five_band(&library().calibration, s).letter());
    assert_eq!(bands, ["L", "L", "M", "M", "H", "H", "C", "C"]);
    let sheet = rated(&shop(), Method::FiveByFive, &[("five.likelihood", 4.0), ("five.impact", 3.0)]);
    assert_eq!((sheet.inherent.told.as_str(), sheet.inherent.label.as_str()), ("12", "High"));
}

#[test]
fn every_factor_says_what_it_rests_on() {
    let shop = shop();
    let assessment = assess(&shop, library());
    let rater = Rater::new(&shop, library(), &assessment);
    let sheets = rater.sheets(&injection(&assessment));
    assert_eq!(sheets.iter().map(|sheet| sheet.method).collect::<Vec<_>>(), Method::ALL);
    for sheet in &sheets {
        assert!(!sheet.steps.is_empty() && !sheet.caveat.is_empty(), "{:?}", sheet.method);
        for factor in &sheet.factors {
            assert!(!factor.why.is_empty(), "{} tells no reason", factor.id);
        }
    }
    // By the rules of the methodology: skill 6 and motive 7 from the agent, 9 from the Internet, 7 from level 4.
    let owasp = &sheets[2];
    let marks: Vec<f64> = owasp.factors.iter().take(8).filter_map(Factor::mark).collect();
    assert_eq!(marks, [6.0, 7.0, 9.0, 9.0, 7.0, 7.0, 9.0, 9.0]);
    let technical: Vec<f64> = owasp.factors[8..12].iter().filter_map(Factor::mark).collect();
    // Total, total (0.65 of 1 is level 4), half of 0.35 is level 2.
    assert_eq!(technical, [9.0, 7.0, 4.0, 9.0]);
    let dread: Vec<f64> = sheets[3].factors.iter().filter_map(Factor::mark).collect();
    assert_eq!(dread, [10.0, 6.0, 8.0, 10.0, 9.0]);
}

#[test]
fn marks_off_the_scale_are_held_and_foreign_ones_ignored() {
    let sheet = rated(&shop(), Method::Owasp, &[("owasp.skill", 99.0), ("owasp.motive", 2.4)]);
    let mark = |id: &str| sheet.factor(id).and_then(Factor::mark);
    assert_eq!((mark("owasp.skill"), mark("owasp.motive")), (Some(9.0), Some(2.0)));
    let letters = rated(&shop(), Method::Cvss31, &[("cvss31.AV", 1.0)]);
    assert_eq!(letters.factor("cvss31.AV").and_then(Factor::letter), Some("N"));
    assert!(!letters.is_by_hand());
}

#[test]
fn controls_lower_every_method_but_cvss() {
    let mut guarded = shop();
    let control = ControlInstance {
        control: "C-APP-PARAM".into(),
        at: [Site::At(id("Web"))].into(),
        status: ControlStatus::Implemented,
        ..ControlInstance::default()
    };
    guarded.instances.insert("i1".into(), control);
    for method in Method::ALL {
        let (before, after) = (rated(&shop(), *method, &[]), rated(&guarded, *method, &[]));
        assert_eq!(before.inherent, after.inherent, "{method:?}");
        match method {
            Method::Cvss31 | Method::Cvss40 => assert_eq!(before.current, after.current),
            // No loss is estimated in this shop.
            Method::Money => assert_eq!(after.current.label, "no loss is estimated"),
            _ => assert!(after.current.score < before.current.score, "{method:?}: {:?} {:?}", before.current, after.current),
        }
    }
}

#[test]
fn a_factor_by_hand_is_one_step_and_leaves_no_trace_when_undone() {
    let shop = shop();
    let plain = storage::save(&shop).unwrap();
    assert!(!plain.contains("rating") && !plain.contains("apprais"), "defaults are not written");
    let mut document = Document::new(shop);
    let key = injection(&assess(document.model(), library()));
    let given = Given { value: FactorValue::Mark(8.0), reason: "Fans of a rival team".into() };
    let appraisal = Appraisal { given: [("owasp.motive".to_owned(), given)].into(), visibility: None };
    document.commit(&Edit::put(Key::Appraisal(key.clone()), appraisal)).unwrap();
    let assessment = assess(document.model(), library());
    let sheet = Rater::new(document.model(), library(), &assessment).sheet(&key, Method::Owasp).unwrap();
    assert_eq!(sheet.factor("owasp.motive").and_then(Factor::mark), Some(8.0));
    assert!(storage::save(document.model()).unwrap().contains("Fans of a rival team"));
    document.undo();
    assert_eq!(storage::save(document.model()).unwrap(), plain);
}

#[test]
fn the_six_samples_are_rated_by_every_method() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/oracle");
    for name in ["web-shop", "mobile-bank", "hospital", "iot-fleet", "cicd", "rag"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.model.json"))).unwrap();
        let model = plain_json::read(&text).unwrap().model;
        let assessment = assess(&model, library());
        let rater = Rater::new(&model, library(), &assessment);
        for finding in assessment.findings.values().filter(|f| f.counts()).step_by(7) {
            for sheet in rater.sheets(&finding.key) {
                let (before, now) = (sheet.inherent.score, sheet.current.score);
                assert!(before.is_finite() && now.is_finite(), "{} {:?}", finding.key, sheet.method);
                let is_cvss = matches!(sheet.method, Method::Cvss31 | Method::Cvss40);
                // The worst route before controls may be another than the worst today.
                assert!(is_cvss || now <= before + 1e-9, "{} {:?}: {before} to {now}", finding.key, sheet.method);
            }
        }
    }
}

#[test]
fn the_register_has_what_the_chosen_method_says_as_a_column_and_is_in_its_order() {
    use palisade::register::{Bound, Cell, Column, Facts, Query, Register, Row};
    let today = Date::new(2026, 10, 2).unwrap();
    let path = format!("{}/tests/data/oracle/web-shop.model.json", env!("CARGO_MANIFEST_DIR"));
    let mut model = plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model;
    let assessment = assess(&model, library());
    let none = Default::default();
    for method in Method::ALL {
        model.info.rating.method = *method;
        let (facts, rater) =
            (Facts::new(&model, library(), &assessment, today, "", &none), Rater::new(&model, library(), &assessment));
        let rows = facts.rows(Register::Threats);
        let sheet = |row: &Row| match row {
            Row::Threat(key) => rater.sheet(key, *method).unwrap(),
            other => panic!("{other:?} is no threat"),
        };
        for pair in rows.windows(2) {
            assert!(sheet(&pair[0]).current.score >= sheet(&pair[1]).current.score, "{method:?}");
        }
        for row in &rows {
            let now = sheet(row).current;
            assert_eq!(facts.cell(row, Column::Rating), Cell::Rated(now.told.clone(), now.score, now.band));
        }
        // Sorted the other way round, the mildest come first.
        let (a, b) = (facts.cell(&rows[0], Column::Rating), facts.cell(rows.last().unwrap(), Column::Rating));
        assert_eq!(a.order(&b, true), a.order(&b, false).reverse());
        // And queries ask for it, by level and by number.
        let found = |query: &str| {
            let bound = Bound::new(&Query::read(query), Register::Threats, &facts, &rows);
            rows.iter().filter(|row| bound.lets(&facts, row)).count()
        };
        if *method == Method::Cvss31 {
            let high = rows.iter().filter(|row| sheet(row).current.band == Some(Band::High)).count();
            assert!(high > 0 && found("rating:high") == high, "{} of {high}", found("rating:high"));
            let from_seven = rows.iter().filter(|row| sheet(row).current.score >= 7.0).count();
            assert_eq!(found("rating>=7"), from_seven);
        }
    }
}

#[test]
fn ratings_worked_out_beforehand_list_threats_as_those_worked_out_in_the_list() {
    use palisade::progress::Quiet;
    use palisade::register::{Cell, Column, Facts, Register, Row};
    let today = Date::new(2026, 10, 2).unwrap();
    let path = format!("{}/tests/data/oracle/web-shop.model.json", env!("CARGO_MANIFEST_DIR"));
    let mut model = plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model;
    model.info.rating.method = Method::Owasp;
    let (assessment, none) = (assess(&model, library()), Default::default());
    let facts = || Facts::new(&model, library(), &assessment, today, "", &none);
    let found = ratings(&model, library(), &assessment, &Quiet).unwrap();
    assert_eq!(found.len(), assessment.findings.len());
    let (here, elsewhere, waiting) = (facts(), facts().with_ratings(Some(&found)), facts().with_ratings(None));
    let rows = here.rows(Register::Threats);
    assert!(elsewhere.rows(Register::Threats) == rows);
    assert!(rows.iter().all(|row| here.cell(row, Column::Rating) == elsewhere.cell(row, Column::Rating)));
    // While nobody knows them, the assessment's own order holds and the column is empty.
    let mut own = model.clone();
    own.info.rating.method = Method::LikelihoodImpact;
    let by_risk = Facts::new(&own, library(), &assessment, today, "", &none).rows(Register::Threats);
    assert!(waiting.rows(Register::Threats) == by_risk && by_risk != rows);
    assert!(rows.iter().all(|row: &Row| waiting.cell(row, Column::Rating) == Cell::Nothing));
    // Nobody waiting ends it.
    struct Gone;
    impl palisade::progress::Progress for Gone {
        fn report(&self, _: f32, _: &str) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    assert!(ratings(&model, library(), &assessment, &Gone).is_none());
}
