//! CVSS scores equal those of the reference calculators, vectors are read with words for people, metrics come from the model.
//!
//! `tests/data/cvss` holds every base vector of 3.1, 1,000 vectors of 3.1 with temporal and environmental metrics (worked out in
//! exact fractions by the equations of the specification) and 2,000 vectors of 4.0. Set `PALISADE_CVSS4` to a folder with the whole
//! files (`*.txt.gz`, a vector and its score a line) to compare those as well.

use crate::support::shop::small_shop;
use flate2::read::GzDecoder;
use palisade::library::Library;
use palisade::methods::{CvssError, METRICS_40, MetricGroup, Rater, parsed, score_31, score_40};
use palisade::model::*;
use palisade::risk::assess;
use std::io::Read;
use std::path::Path;

fn lines(path: &Path) -> Vec<(String, f64)> {
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let line = |line: &str| {
        let (vector, score) = line.split_once(' ').unwrap();
        (vector.to_owned(), score.trim().parse().unwrap())
    };
    text.lines().map(line).collect()
}

#[track_caller]
fn agrees(path: &Path) -> usize {
    let all = lines(path);
    for (vector, score) in &all {
        let ours = if vector.starts_with("CVSS:3.1") { score_31(vector) } else { score_40(vector) };
        assert_eq!(ours, Some(*score), "{vector}");
        let read = parsed(vector).unwrap_or_else(|e| panic!("{vector}: {e}"));
        assert_eq!(read.vector(), *vector);
        assert_eq!(read.score(), Some(*score), "{vector}");
    }
    all.len()
}

fn data(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cvss").join(name)
}

#[test]
fn every_base_vector_of_3_1_scores_as_the_reference() {
    assert_eq!(agrees(&data("v31-base.txt.gz")), 2592);
}

#[test]
fn temporal_and_environmental_vectors_of_3_1_score_as_the_equations_say() {
    assert_eq!(agrees(&data("v31-environment.txt.gz")), 1000);
}

#[test]
fn vectors_of_4_0_score_as_the_reference() {
    assert_eq!(agrees(&data("v40-base-sample.txt.gz")) + agrees(&data("v40-full-sample.txt.gz")), 2000);
}

#[test]
fn the_whole_files_of_4_0_score_as_the_reference() {
    let Some(folder) = std::env::var_os("PALISADE_CVSS4") else {
        println!("skipped: PALISADE_CVSS4 is not set");
        return;
    };
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", Path::new(&folder).display()));
    let files = entries.map(|e| e.unwrap().path()).filter(|p| p.to_string_lossy().ends_with(".txt.gz"));
    let files: Vec<_> = files.filter(|p| p.to_string_lossy().contains("cvss")).collect();
    assert!(!files.is_empty(), "no file with cvss in its name in {}", Path::new(&folder).display());
    let count: usize = files.iter().map(|file| agrees(file)).sum();
    println!("{count} vectors");
}

#[test]
fn spot_vectors_hold_at_the_rounding_traps() {
    for (vector, score) in [
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0),
        ("AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.3),
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", 8.7),
        ("AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H", 8.6),
        ("AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3),
        ("AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7),
        ("AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3),
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 6.9),
        ("AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9),
        ("AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1),
        ("AV:L/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.8),
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0),
    ] {
        assert_eq!(score_40(&format!("CVSS:4.0/{vector}")), Some(score), "{vector}");
    }
}

#[test]
fn a_wrong_vector_says_which_part_and_what_it_could_be() {
    let whole = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    assert_eq!(parsed(&format!(" {} ", whole.to_lowercase())).unwrap().vector(), whole);
    let error = |text: &str| parsed(text).unwrap_err().to_string();
    assert_eq!(error("AV:N/AC:L"), "a CVSS vector begins with CVSS:3.1/ or CVSS:4.0/, this one with “AV:N”");
    assert_eq!(error(&whole.replace("AV:N", "AV:X")), "AV can be N, A, L, P, not “X”");
    assert_eq!(error(&whole.replace("AV:N", "AT:N")), "CVSS 3.1 has no metric “AT”");
    assert_eq!(error(&whole.replace("AV:N", "AV")), "“AV” should read METRIC:VALUE, for example AV:N");
    assert_eq!(error(&format!("{whole}/AV:N")), "AV is there twice");
    assert_eq!(parsed("CVSS:4.0/AV:N"), Err(CvssError::Missing("AC, AT, PR, UI, VC, VI, VA, SC, SI, SA".into())));
    // What is written out as undefined is no different from what is left out.
    assert_eq!(parsed(&format!("{whole}/MAV:X")).unwrap().vector(), whole);
}

#[test]
fn the_environment_weighs_what_the_assets_need() {
    let base = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L";
    let score = |extra: &str| score_31(&format!("{base}{extra}")).unwrap();
    assert_eq!(score(""), 7.3);
    // Computed by hand: MISS = 1 − (1 − 1.5·0.22)³ = 0.6992, 6.42·MISS + 3.887 = 8.376.
    assert_eq!(score("/CR:H/IR:H/AR:H"), 8.4);
    // 1 − (1 − 0.5·0.22)³ = 0.2950, 6.42·MISS + 3.887 = 5.781.
    assert_eq!(score("/CR:L/IR:L/AR:L"), 5.8);
    // Temporal alone: 7.3 · 0.91 = 6.643.
    assert_eq!(score("/E:U"), 6.7);
}

#[test]
fn metrics_are_filled_in_from_the_model() {
    let shop = small_shop([3, 2, 1]).build();
    let assessment = assess(&shop, Library::builtin());
    let key = assessment.findings.keys().find(|key| key.rule.as_str() == "T-INJ-01").unwrap().clone();
    let rater = Rater::new(&shop, Library::builtin(), &assessment);
    let sheet = rater.sheet(&key, Method::Cvss40).unwrap();
    let letter = |id: &str| sheet.factor(&format!("cvss40.{id}")).unwrap().letter().unwrap().to_owned();
    let base: Vec<String> =
        METRICS_40.iter().filter(|m| m.group == MetricGroup::Base).map(|m| format!("{}:{}", m.id, letter(m.id))).collect();
    // Over the Internet, skill 2, no account: C and I wholly hit, A by half.
    assert_eq!(base.join("/"), "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:L/SC:N/SI:N/SA:N");
    assert_eq!([letter("CR"), letter("IR"), letter("AR")], ["H", "M", "L"]);
    assert_eq!(sheet.inherent.told, format!("{:.1}", score_40(&format!("CVSS:4.0/{}", base.join("/"))).unwrap()));
    let full = score_40(&format!("CVSS:4.0/{}/CR:H/IR:M/AR:L", base.join("/"))).unwrap();
    assert_eq!(sheet.current.score, full);
    assert!(sheet.steps.iter().any(|step| step.words.starts_with("CVSS-BE of CVSS:4.0/")), "{:?}", sheet.steps);
    for factor in &sheet.factors {
        assert!(!factor.why.is_empty(), "{} tells no reason", factor.id);
    }
}
