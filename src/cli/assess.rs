//! What `palisade assess` prints, as JSON for programs and text for people.

use crate::library::Library;
use crate::methods::{Rater, Sheet};
use crate::model::Method;
use crate::model::{Band, Date, ElementKind, Id, Identification, ThreatModel, Tri};
use crate::risk::{AnchorKind, Assessment, BandCounts, Explainer, Finding, FindingStatus, Rollup, Unanswered, assess_by};
use crate::threads::Threads;
use serde_json::{Value, json};

/// The assessment for people.
pub(super) fn text(model: &ThreatModel, library: &Library, day: Date) -> String {
    assess_text(model, library, &assess_by(model, library, Some(day), &Threads::of_this_machine()))
}

/// The assessment for tools.
pub(super) fn json(model: &ThreatModel, library: &Library, day: Date) -> String {
    format!("{:#}\n", assess_json(model, library, &assess_by(model, library, Some(day), &Threads::of_this_machine())))
}

/// The assessment as JSON: threats worst first, elements, and the model in figures.
pub fn assess_json(model: &ThreatModel, library: &Library, assessment: &Assessment) -> Value {
    let (explainer, rater) = (Explainer::new(model, library), Rater::new(model, library, assessment));
    let threats: Vec<Value> = assessment.ranked().into_iter().map(|f| threat(model, &explainer, &rater, f)).collect();
    let elements = model.elements.iter().map(|(id, element)| {
        let found = assessment.elements.get(id);
        json!({
            "id": id,
            "name": element.name,
            "kind": kind(element.kind),
            "exposure": found.map_or(0, |e| e.exposure),
            "tainted": found.is_some_and(|e| e.tainted == Tri::Yes),
            "peak": rounded(found.map_or(0.0, |e| e.risk.peak), 4),
            "load": rounded(found.map_or(0.0, |e| e.risk.load), 4),
        })
    });
    let elements: Vec<Value> = elements.collect();
    let totals = &assessment.totals;
    let counted =
        |risk: &Rollup| json!({ "peak": rounded(risk.peak, 4), "load": rounded(risk.load, 4), "counts": counts(&risk.counts) });
    let mut figures = counted(&totals.risk);
    if let Value::Object(fields) = &mut figures {
        fields.insert("name".to_owned(), json!(model.info.name));
        fields.insert("threats".to_owned(), json!(assessment.findings.len()));
        fields.insert("identification".to_owned(), json!(model.info.identification.name()));
        fields.insert("possible".to_owned(), json!(totals.risk.possible));
        fields.insert("inherent".to_owned(), counts(&totals.inherent));
        fields.insert("planned".to_owned(), counts(&totals.planned));
    }
    let paths = super::paths::summary(model, library, assessment);
    json!({ "model": figures, "elements": elements, "threats": threats, "paths": paths })
}

fn threat(model: &ThreatModel, explainer: &Explainer<'_>, rater: &Rater<'_>, finding: &Finding) -> Value {
    let applies = finding.status == FindingStatus::Applies;
    let mut bindings: Vec<String> = finding.bindings.iter().filter(|_| applies).map(|b| b.spelled()).collect();
    bindings.sort();
    let mut missing: Vec<String> = finding.missing.iter().map(Unanswered::spelled).collect();
    missing.sort();
    let controls = finding.controls.iter().map(|c| json!([c.control, rounded(c.effect, 3)]));
    let why = explainer.explain(&finding.key).map(|e| e.steps).unwrap_or_default();
    json!({
        "key": finding.code(),
        "rule": finding.key.rule,
        "title": finding.title,
        "anchor": { "id": finding.key.anchor, "name": model.name_of(&finding.key.anchor), "kind": anchor_kind(model, finding) },
        "categories": finding.about.categories.iter().map(|c| c.name()).collect::<Vec<_>>(),
        "layer": finding.layer.name(),
        "status": finding.status.name(),
        "inherent": rounded(finding.inherent.score, 4),
        "current": rounded(finding.current.score, 4),
        "planned": rounded(finding.planned.score, 4),
        "band": finding.current.band.name(),
        "p0": rounded(finding.p0, 6),
        "i0": rounded(finding.i0, 6),
        "p": rounded(finding.current.p, 6),
        "i": rounded(finding.current.i, 6),
        "disposition": finding.disposition.name(),
        "methods": methods(rater, finding),
        "bindings": bindings,
        "missing": missing,
        "controls": controls.collect::<Vec<_>>(),
        "why": why.iter().map(|s| format!("{} {}", s.factor, s.words).trim().to_owned()).collect::<Vec<_>>(),
    })
}

/// What every other method says of a threat that counts, and the factors set by hand.
fn methods(rater: &Rater<'_>, finding: &Finding) -> Value {
    let rated = |sheet: Sheet| {
        let by_hand: serde_json::Map<String, Value> = sheet
            .factors
            .iter()
            .filter_map(|factor| {
                Some((factor.id.clone(), json!({ "value": factor.told(), "reason": factor.given.as_ref()?.reason })))
            })
            .collect();
        let mut said = json!({
            "inherent": rounded(sheet.inherent.score, 4),
            "current": rounded(sheet.current.score, 4),
            "told": sheet.current.told,
            "label": sheet.current.label,
            "band": sheet.current.band.map(Band::name),
            "by_hand": by_hand,
        });
        if let (Some(cvss), Value::Object(fields)) = (sheet.cvss(), &mut said) {
            fields.insert("vector".to_owned(), json!(cvss.vector()));
        }
        (sheet.method.name().to_owned(), said)
    };
    let sheets = if finding.counts() { rater.sheets(&finding.key) } else { Vec::new() };
    let others = sheets.into_iter().filter(|sheet| sheet.method != Method::LikelihoodImpact);
    Value::Object(others.map(rated).collect())
}

/// Kinds as the plain JSON spells them.
fn kind(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::ExternalEntity => "External",
        ElementKind::Process => "Process",
        ElementKind::DataStore => "Store",
    }
}

fn anchor_kind(model: &ThreatModel, finding: &Finding) -> &'static str {
    match finding.anchor {
        AnchorKind::Element => model.elements.get(&finding.key.anchor).map_or("Process", |e| kind(e.kind)),
        AnchorKind::Flow => "Flow",
        AnchorKind::Boundary => "Boundary",
    }
}

fn counts(counts: &BandCounts) -> Value {
    let named = Band::ALL.iter().map(|b| (b.name().to_owned(), json!(counts.get(*b))));
    Value::Object(named.collect())
}

/// The nearest decimal with so many places; ties go by the exact binary value.
fn rounded(value: f64, places: usize) -> f64 {
    format!("{value:.places$}").parse().unwrap_or(value)
}

/// How the threats were found.
fn found_by(model: &ThreatModel, library: &Library) -> String {
    let info = &model.info;
    let way = info.identification.label();
    match info.identification {
        Identification::Rules | Identification::Linddun => {
            let on = library.packs.iter().filter(|pack| pack.is_on(info)).count();
            format!("{way}, depth {} of 3, {on} of {} packs", info.depth, library.packs.len())
        }
        Identification::StridePerElement | Identification::StridePerInteraction => way.to_owned(),
    }
}

/// The assessment for a terminal: figures, the threats worst first, then the questions that decide most.
pub fn assess_text(model: &ThreatModel, library: &Library, assessment: &Assessment) -> String {
    let name = |id: &Id| crate::risk::name_of(model, id);
    let risk = &assessment.totals.risk;
    let bands = |c: &BandCounts| Band::ALL.iter().map(|b| format!("{} {}", c.get(*b), b.label())).collect::<Vec<_>>().join(", ");
    let mut out = format!("{}\n\n", if model.info.name.is_empty() { "Unnamed model" } else { &model.info.name });
    out += &format!("Found by  {}\n", found_by(model, library));
    out += &format!("Peak {:.1} ({})   Load {:.0}\n", risk.peak, library.calibration.band(risk.peak).label(), risk.load);
    out += &format!("Inherent  {}\n", bands(&assessment.totals.inherent));
    out += &format!("Current   {}\n", bands(&assessment.totals.current));
    out += &format!("Planned   {}\n", bands(&assessment.totals.planned));
    if risk.possible > 0 {
        out += &format!("{} more threats are possible; {} questions decide them.\n", risk.possible, assessment.questions.len());
    }
    match assessment.dormant.len() {
        0 => {}
        1 => out += "1 decision is about a threat that is not found any more; it is kept.\n",
        n => out += &format!("{n} decisions are about threats that are not found any more; they are kept.\n"),
    }
    let unasked: Vec<&str> =
        library.packs.iter().filter(|pack| !pack.is_on(&model.info)).map(|pack| pack.title.as_str()).collect();
    if !unasked.is_empty() {
        out += &format!("Not asked: {}; --all-packs asks every rule.\n", unasked.join(", "));
    }
    out += "\nInherent Current Planned  Band      Threat\n";
    let (confirmed, possible): (Vec<_>, Vec<_>) =
        assessment.ranked().into_iter().partition(|f| f.status == FindingStatus::Applies);
    let first_possible = possible.first().copied();
    for finding in confirmed.into_iter().chain(possible) {
        if first_possible.is_some_and(|first| std::ptr::eq(first, finding)) {
            out += "\nPossible, until questions are answered\n";
        }
        out += &format!(
            "{:8.1} {:7.1} {:7.1}  {:<8}  {}  {} @ {}\n",
            finding.inherent.score,
            finding.current.score,
            finding.planned.score,
            finding.current.band.label(),
            finding.label(),
            finding.title,
            name(&finding.key.anchor),
        );
    }
    if !assessment.questions.is_empty() {
        out += "\nQuestions that decide most\n";
        for question in assessment.questions.iter().take(10) {
            out += &format!("{:8.1}  {}\n", question.value, question.about.question(model));
        }
    }
    out
}
