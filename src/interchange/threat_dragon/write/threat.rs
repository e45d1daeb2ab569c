//! Threats as the tool keeps them: one at a time, with a text for what is done about them.

use super::{Writer, plain, restored};
use crate::interchange::LossKind;
use crate::interchange::export::Told;
use crate::interchange::threat_dragon::PREFIX;
use crate::interchange::threat_type::{ThreatTypes, word as word_of};
use crate::model::{Band, Disposition, Id};
use serde_json::{Map, Value, json};

impl Writer<'_> {
    pub(super) fn threats_of(&mut self, item: &Id) -> Vec<Value> {
        let told = self.threats.remove(item).unwrap_or_default();
        told.iter().map(|t| self.threat(t)).collect()
    }

    fn threat(&mut self, told: &Told) -> Value {
        let number = told.number.unwrap_or_else(|| {
            self.number = self.number.saturating_add(1);
            self.number
        });
        let kept = |field: &str| told.extra.get(&format!("{PREFIX}{field}")).map(|v| plain(v));
        let mut out =
            restored(&told.extra, PREFIX, &["id", "type", "modelType", "severity", "score", "status", "mitigation"], |_| true);
        let own = format!("{}", told.key.rule);
        let several = self.model.threats.get(&told.key.rule).is_some_and(|t| t.targets.len() > 1);
        let id = if told.is_own && !several && own.chars().count() > 1 { own } else { told.key.to_string() };
        let is_stride = told.categories.first().is_none_or(|c| c.is_stride());
        let methodology = kept("modelType").unwrap_or_else(|| if is_stride { "STRIDE" } else { "LINDDUN" }.to_owned());
        let named = ThreatTypes::shipped();
        // The word of the file, in its language, as long as it still means the categories of today.
        let word = kept("type").filter(|t| named.categories(t, &methodology) == told.categories);
        let word = word.unwrap_or_else(|| told.categories.first().map_or(String::new(), |c| word_of(*c).to_owned()));
        let (status, folded) = status(told.disposition);
        let mut description = told.description.clone();
        let mut beyond = Map::new();
        if folded && told.is_own {
            beyond.insert("state".into(), json!(told.disposition.name()));
        }
        if folded {
            description =
                format!("{}\n\n({} in Palisade)", description.trim_end(), told.disposition.label()).trim_start().to_owned();
        }
        let mitigation = match told.disposition {
            Disposition::Open | Disposition::Mitigate if !told.measures.is_empty() => told.measures.join("\n"),
            Disposition::Open => String::new(),
            _ if told.justification.starts_with("Marked “") && told.justification.ends_with("without a reason.") => {
                String::new()
            }
            _ => told.justification.clone(),
        };
        if told.categories != named.categories(&word, &methodology) {
            beyond.insert("categories".into(), json!(told.categories));
            if told.is_own {
                let why = "it is of other categories than the tool has words for; the first one is written";
                self.lose(&told.key.rule, LossKind::Changed, "threat", why);
            }
        }
        if told.band == Some(Band::Minimal) && told.is_own {
            beyond.insert("severity".into(), json!(Band::Minimal));
            self.lose(&told.key.rule, LossKind::Changed, "threat", "its severity is minimal, which is low there");
        }
        if !beyond.is_empty() {
            out.insert("palisade".into(), Value::Object(beyond));
        }
        for (field, value) in [
            ("id", json!(id)),
            ("title", json!(told.title)),
            ("type", json!(word)),
            ("modelType", json!(methodology)),
            (
                "status",
                json!(kept("status").filter(|_| told.disposition == Disposition::Open).unwrap_or_else(|| status.to_owned())),
            ),
            (
                "severity",
                json!(told.band.map_or_else(|| kept("severity").unwrap_or_else(|| "TBD".to_owned()), |b| severity(b).to_owned())),
            ),
            ("score", json!(if told.score.is_empty() { kept("score").unwrap_or_default() } else { told.score.clone() })),
            ("description", json!(description)),
            ("mitigation", json!(mitigation)),
            ("number", json!(number)),
            ("new", json!(false)),
        ] {
            out.insert(field.to_owned(), value);
        }
        Value::Object(out)
    }
}

/// The states every release knows; the others fold into what is closest.
fn status(disposition: Disposition) -> (&'static str, bool) {
    match disposition {
        Disposition::Open => ("Open", false),
        Disposition::Mitigate => ("Mitigated", false),
        Disposition::NotApplicable => ("NotApplicable", false),
        Disposition::Avoid => ("Mitigated", true),
        Disposition::Accept | Disposition::Transfer => ("NotApplicable", true),
    }
}

fn severity(band: Band) -> &'static str {
    match band {
        Band::Critical => "Critical",
        Band::High => "High",
        Band::Medium => "Medium",
        Band::Low | Band::Minimal => "Low",
    }
}
