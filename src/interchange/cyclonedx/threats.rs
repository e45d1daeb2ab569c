//! Threats and risks of the 2.0 drafts.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::{ForeignThreat, State, band};
use crate::interchange::kept::{first_text, headed, objects, paragraphs, texts};
use crate::interchange::lenient::{Object, object, shortened, text};
use crate::interchange::threat_type::ThreatTypes;
use crate::model::{Band, Category, Id};
use serde_json::Value;
use std::collections::BTreeMap;

impl Reader {
    pub(super) fn threats(&mut self, file: &Object) {
        let group = object(file, "threats");
        let threats = objects(&mut self.draft, group, "threats", "threat");
        let risks = objects(&mut self.draft, object(file, "risks"), "risks", "risk");
        for (key, value) in group.iter().filter(|(key, _)| key.as_str() != "threats") {
            if let Some(n) = value.as_array().map(Vec::len).filter(|n| *n > 0) {
                self.draft.lose(LossKind::Kept, format!("{n} “{}”", shortened(key)), "they are kept as text with the model");
                self.draft.model.info.extra.insert(format!("{PREFIX}threats.{key}"), value.to_string());
            }
        }
        if threats.is_empty() {
            return;
        }
        let named = names(file);
        let whole = if self.draft.model.elements.is_empty() { Some(self.draft.whole()) } else { None };
        for raw in threats {
            let about: Vec<&Object> =
                risks.iter().copied().filter(|r| texts(r, "relatedThreats").contains(&text(raw, "bom-ref"))).collect();
            self.threat(raw, &about, &named, whole.as_ref());
        }
        for raw in risks {
            let what = format!("risk “{}”", shortened(&first_text(raw, &["name", "bom-ref"])));
            self.draft.lose(
                LossKind::Changed,
                what,
                "its rating and state are those of its threats; the rest is kept as text with the model",
            );
            self.draft
                .model
                .info
                .extra
                .insert(format!("{PREFIX}risk.{}", text(raw, "bom-ref")), Value::Object(raw.clone()).to_string());
        }
    }

    fn threat(&mut self, raw: &Object, risks: &[&Object], named: &BTreeMap<String, String>, whole: Option<&Id>) {
        const KNOWN: &[&str] = &["bom-ref", "name", "description", "categories", "affectedAssets", "mitigations"];
        let title = first_text(raw, &["name", "bom-ref"]);
        let what = format!("threat “{}”", shortened(&title));
        let id = self.draft.claim(&text(raw, "bom-ref"), &what);
        let mut targets: Vec<Id> = Vec::new();
        for affected in texts(raw, "affectedAssets") {
            match self.found.get(&affected) {
                Some(found) => targets.push(found.clone()),
                None => {
                    let why = format!("“{}” that it affects is not in the file", shortened(&affected));
                    self.draft.lose_at(&id, LossKind::Dropped, &what, why);
                }
            }
        }
        let mut mitigations = Vec::new();
        for reference in texts(raw, "mitigations").into_iter().chain(risks.iter().flat_map(|r| controls_of(r))) {
            match named.get(&reference) {
                Some(name) => mitigations.push(name.clone()),
                None => {
                    let why = format!("the measure “{}” is not described in the file", shortened(&reference));
                    self.draft.lose_at(&id, LossKind::Changed, &what, why);
                    mitigations.push(reference);
                }
            }
        }
        let extra = self.draft.set_aside(Some(&id), &what, raw, KNOWN, PREFIX);
        let (state, rating) = (state(risks), rating(risks));
        let mut rest = targets.split_off(targets.len().min(1));
        let target = targets.pop().or_else(|| whole.cloned());
        let threat = ForeignThreat {
            title,
            description: paragraphs([
                text(raw, "description"),
                headed("Risk", &risks.iter().map(|r| text(r, "statement")).collect::<Vec<_>>().join("\n")),
            ]),
            categories: categories(raw),
            target,
            rating,
            state,
            mitigations,
            extra,
            ..ForeignThreat::default()
        };
        self.draft.threat(id.clone(), threat);
        if let Some(threat) = self.draft.model.threats.get_mut(&id) {
            threat.targets.extend(rest.drain(..));
        }
    }
}

/// What references to measures mean: requirements and controls by their names.
fn names(file: &Object) -> BTreeMap<String, String> {
    let definitions = object(file, "definitions");
    let lists = [definitions.get("requirements"), definitions.get("controls"), file.get("controls")];
    let all = lists.into_iter().flatten().filter_map(Value::as_array).flatten().filter_map(Value::as_object);
    all.map(|o| (text(o, "bom-ref"), first_text(o, &["name", "title", "id"])))
        .filter(|(r, n)| !r.is_empty() && !n.is_empty())
        .collect()
}

fn controls_of(risk: &Object) -> Vec<String> {
    let responses = risk.get("responses").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    responses.flat_map(|r| texts(r, "controls")).collect()
}

/// Categories of STRIDE and LINDDUN; other taxonomies are kept, not guessed at.
fn categories(raw: &Object) -> Vec<Category> {
    let listed = raw.get("categories").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let known = listed.filter(|c| matches!(text(c, "taxonomy").to_uppercase().as_str(), "STRIDE" | "LINDDUN" | "CIA"));
    known.flat_map(|c| ThreatTypes::shipped().categories(&text(c, "category"), &text(c, "taxonomy"))).collect()
}

/// The worst level the risks have now, else the worst there was.
fn rating(risks: &[&Object]) -> Option<(Band, String)> {
    let of = |key: &str| {
        let rated = risks.iter().map(|r| object(r, key)).filter_map(|r| {
            let band = band(&first_text(r, &["level", "rating", "severity"]))?;
            Some((band, text(r, "score")))
        });
        rated.min_by(|a, b| a.0.cmp(&b.0))
    };
    of("residualRisk").or_else(|| of("inherentRisk"))
}

/// The state the risks agree on.
fn state(risks: &[&Object]) -> State {
    let states: Vec<State> = risks
        .iter()
        .map(|r| match text(r, "status").as_str() {
            "mitigated" => State::Mitigated,
            "accepted" => State::Accepted,
            "transferred" => State::Transferred,
            "avoided" => State::Avoided,
            _ => State::Open,
        })
        .collect();
    let first = states.first().copied().unwrap_or_default();
    if states.iter().all(|s| *s == first) { first } else { State::Open }
}
