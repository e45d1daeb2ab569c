//! Risks somebody found by hand, under the categories they made for them.

use super::{PREFIX, Reader, id_of, slug, words};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::{ForeignThreat, band};
use crate::interchange::kept::{headed, paragraphs};
use crate::interchange::lenient::{Object, object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::{Band, Category, Id};
use serde_json::Value;

const CATEGORY: &[&str] = &[
    "id",
    "title",
    "description",
    "impact",
    "action",
    "mitigation",
    "check",
    "stride",
    "detection_logic",
    "risk_assessment",
    "false_positives",
    "risks_identified",
];
const RISK: &[&str] = &[
    "title",
    "severity",
    "most_relevant_technical_asset",
    "most_relevant_communication_link",
    "most_relevant_trust_boundary",
    "most_relevant_shared_runtime",
    "most_relevant_data_asset",
];
/// What a risk is about, in the order Threagile writes it into the risk's id.
const ABOUT: [&str; 5] = [
    "most_relevant_technical_asset",
    "most_relevant_communication_link",
    "most_relevant_trust_boundary",
    "most_relevant_shared_runtime",
    "most_relevant_data_asset",
];

/// A threat of the file as the tracking refers to it.
pub(super) struct Identified {
    /// Category and what it is about, as in `category@asset@link`.
    pub key: Vec<String>,
    pub id: Id,
    pub threat: ForeignThreat,
}

impl Reader {
    /// The categories as a map of titles, or as the list newer versions write.
    pub(super) fn risk_categories(&mut self, file: &Object) {
        for key in ["individual_risk_categories", "custom_risk_categories"] {
            match file.get(key) {
                Some(Value::Object(map)) => {
                    let all = map.iter().filter_map(|(title, value)| Some((title.as_str(), value.as_object()?)));
                    all.for_each(|(title, category)| self.category(title, category));
                }
                Some(Value::Array(list)) => {
                    let all: Vec<(String, &Object)> =
                        list.iter().filter_map(Value::as_object).map(|c| (text(c, "title"), c)).collect();
                    all.iter().for_each(|(title, category)| self.category(title, category));
                }
                None | Some(Value::Null) => {}
                Some(_) => self.draft.lose(LossKind::Dropped, "the model", format!("its “{key}” is no map and was not read")),
            }
        }
    }

    fn category(&mut self, title: &str, raw: &Object) {
        let name = plain(title);
        let what = format!("risk category “{}”", shortened(&name));
        let foreign = id_of(raw, title);
        let stride = words::stride(&text(raw, "stride"));
        if stride.is_none() && !text(raw, "stride").is_empty() {
            self.draft.lose(
                LossKind::Dropped,
                &what,
                format!("its STRIDE category “{}” is not known", shortened(&text(raw, "stride"))),
            );
        }
        let risks = object(raw, "risks_identified");
        if risks.is_empty() {
            self.draft.lose(LossKind::Dropped, &what, "no risk of this category was identified");
        }
        for (title, risk) in risks {
            match risk.as_object() {
                Some(risk) => self.risk(&foreign, &name, stride, raw, &plain(title), risk),
                None => self.draft.lose(LossKind::Dropped, format!("risk “{}”", shortened(&plain(title))), "it is not a map"),
            }
        }
    }

    fn risk(&mut self, category: &str, category_name: &str, stride: Option<Category>, raw: &Object, title: &str, risk: &Object) {
        let what = format!("risk “{}”", shortened(title));
        let parts = ABOUT.map(|key| text(risk, key));
        let key: Vec<String> =
            std::iter::once(category.to_owned()).chain(parts.iter().filter(|p| !p.is_empty()).cloned()).collect();
        let id = self.draft.ids.claim(&key.join("@"));
        let mut extra = self.draft.set_aside(Some(&id), &what, risk, RISK, PREFIX);
        extra.extend(self.draft.set_aside(Some(&id), &what, raw, CATEGORY, &format!("{PREFIX}category.")));
        extra.insert(format!("{PREFIX}synthetic_id"), key.join("@"));
        let prose = |key: &str| plain(&text(raw, key));
        let threat = ForeignThreat {
            title: title.to_owned(),
            description: paragraphs([
                headed(category_name, &prose("description")),
                headed("Impact", &prose("impact")),
                headed("How it is found", &prose("detection_logic")),
                headed("How it is rated", &prose("risk_assessment")),
                headed("False alarm when", &prose("false_positives")),
                headed("Check", &prose("check")),
            ]),
            categories: stride.into_iter().collect(),
            target: self.target(&id, &what, &parts),
            rating: self.rating(&id, &what, risk),
            mitigations: [mitigation(&prose("action"), &prose("mitigation"))].into_iter().filter(|m| !m.is_empty()).collect(),
            extra,
            ..ForeignThreat::default()
        };
        self.risks.push(Identified { key, id, threat });
    }

    /// What a risk is about: the most exact thing that is here and can be threatened.
    fn target(&mut self, id: &Id, what: &str, parts: &[String; 5]) -> Option<Id> {
        let [asset, link, boundary, runtime, data] = parts;
        let on_runtime = self.runtimes.get(runtime).and_then(|r| r.first());
        let found =
            self.links.get(link).or_else(|| self.assets.get(asset)).or_else(|| self.boundaries.get(boundary)).or(on_runtime);
        let found = found.cloned();
        for (kind, foreign, is_here) in [
            ("communication link", link, self.links.contains_key(link)),
            ("technical asset", asset, self.assets.contains_key(asset)),
            ("trust boundary", boundary, self.boundaries.contains_key(boundary)),
            ("shared runtime", runtime, self.runtimes.contains_key(runtime)),
            ("data asset", data, self.data.contains_key(data)),
        ] {
            if !foreign.is_empty() && !is_here {
                let why = format!("the {kind} “{}” it is about is not in the file", shortened(foreign));
                self.draft.lose_at(id, LossKind::Dropped, what, why);
            }
        }
        if found.is_none() {
            self.draft.lose_at(
                id,
                LossKind::Changed,
                what,
                "it is about nothing that can be threatened; it belongs to the model as a whole",
            );
        }
        found
    }

    fn rating(&mut self, id: &Id, what: &str, risk: &Object) -> Option<(Band, String)> {
        let (severity, likelihood, impact) =
            (text(risk, "severity"), text(risk, "exploitation_likelihood"), text(risk, "exploitation_impact"));
        let score = if likelihood.is_empty() && impact.is_empty() { String::new() } else { format!("{likelihood} × {impact}") };
        if severity.is_empty() {
            return words::severity(&likelihood, &impact).map(|band| (band, score));
        }
        let band = band(&severity);
        if band.is_none() {
            self.draft.lose_at(id, LossKind::Dropped, what, format!("its severity “{}” is not known", shortened(&severity)));
        }
        band.map(|band| (band, score))
    }
}

/// The name of a measure, and what there is to say of it below.
fn mitigation(action: &str, text: &str) -> String {
    if slug(action) == slug(text) { text.to_owned() } else { [action, text].join("\n").trim().to_owned() }
}
