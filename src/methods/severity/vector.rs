//! Vectors: read with words for people where they are wrong, written in the standard order, scored.

use super::metrics::{METRICS_31, METRICS_40, Metric, MetricGroup};
use std::collections::BTreeMap;

/// A CVSS vector, complete or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cvss {
    /// 3.1 instead of 4.0.
    pub is_31: bool,
    /// Letters by metric; metrics that are not defined have none.
    letters: BTreeMap<&'static str, &'static str>,
}

/// What is wrong with a vector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CvssError {
    #[error("a CVSS vector begins with CVSS:3.1/ or CVSS:4.0/, this one with “{0}”")]
    Prefix(String),
    #[error("“{0}” should read METRIC:VALUE, for example AV:N")]
    Part(String),
    #[error("CVSS {version} has no metric “{metric}”")]
    Metric { version: &'static str, metric: String },
    #[error("{metric} can be {allowed}, not “{value}”")]
    Value { metric: &'static str, value: String, allowed: String },
    #[error("{0} is there twice")]
    Twice(&'static str),
    #[error("missing: {0}")]
    Missing(String),
}

impl Cvss {
    /// Of letters by metric; what no metric or no value of it is left out.
    pub(in crate::methods) fn of<'a>(is_31: bool, letters: impl IntoIterator<Item = (&'static str, &'a str)>) -> Cvss {
        let mut out = Cvss { is_31, letters: BTreeMap::new() };
        for (metric, letter) in letters {
            let known = out.metrics().iter().find(|m| m.id == metric);
            let value = known.and_then(|m| Some((m.id, m.values.iter().find(|(l, _)| *l == letter)?.0)));
            out.letters.extend(value.filter(|(_, letter)| *letter != "X"));
        }
        out
    }

    pub fn metrics(&self) -> &'static [Metric] {
        if self.is_31 { METRICS_31 } else { METRICS_40 }
    }

    /// The letter of a metric, X where it is not defined.
    pub fn letter(&self, metric: &str) -> &'static str {
        self.letters.get(metric).copied().unwrap_or("X")
    }

    /// Spelled in the standard order.
    pub fn vector(&self) -> String {
        let mut out = if self.is_31 { "CVSS:3.1" } else { "CVSS:4.0" }.to_owned();
        for metric in self.metrics() {
            if let Some(letter) = self.letters.get(metric.id) {
                out.extend(["/", metric.id, ":", letter]);
            }
        }
        out
    }

    /// The score of everything it says; `None` while a base metric is missing.
    pub fn score(&self) -> Option<f64> {
        let is_complete = self.metrics().iter().all(|m| m.group != MetricGroup::Base || self.letters.contains_key(m.id));
        let vector = is_complete.then(|| self.vector())?;
        if self.is_31 { score_31(&vector) } else { score_40(&vector) }
    }

    /// What the score is called by what it rests on.
    pub fn score_name(&self) -> &'static str {
        match (self.is_31, self.has(MetricGroup::Threat), self.has(MetricGroup::Environmental)) {
            (true, _, true) => "environmental score",
            (true, true, false) => "temporal score",
            (true, false, false) => "base score",
            (false, false, false) => "CVSS-B",
            (false, true, false) => "CVSS-BT",
            (false, false, true) => "CVSS-BE",
            (false, true, true) => "CVSS-BTE",
        }
    }

    fn has(&self, group: MetricGroup) -> bool {
        self.metrics().iter().any(|m| m.group == group && self.letters.contains_key(m.id))
    }
}

/// Reads a vector of version 3.1 or 4.0.
///
/// # Errors
/// Says which part is wrong, and what it could be.
pub fn parsed(text: &str) -> Result<Cvss, CvssError> {
    let mut parts = text.trim().trim_end_matches('/').split('/');
    let prefix = parts.next().unwrap_or_default();
    let (is_31, version) = match prefix.to_ascii_uppercase().as_str() {
        "CVSS:3.1" => (true, "3.1"),
        "CVSS:4.0" => (false, "4.0"),
        _ => return Err(CvssError::Prefix(prefix.chars().take(20).collect())),
    };
    let mut out = Cvss { is_31, letters: BTreeMap::new() };
    let mut seen = Vec::new();
    for part in parts {
        let (metric, value) = part.split_once(':').ok_or_else(|| CvssError::Part(part.to_owned()))?;
        let known = out.metrics().iter().find(|m| m.id.eq_ignore_ascii_case(metric));
        let metric = known.ok_or_else(|| CvssError::Metric { version, metric: metric.to_owned() })?;
        if seen.contains(&metric.id) {
            return Err(CvssError::Twice(metric.id));
        }
        seen.push(metric.id);
        let letter = metric.values.iter().find(|(letter, _)| letter.eq_ignore_ascii_case(value)).ok_or_else(|| {
            let allowed = metric.values.iter().map(|(letter, _)| *letter).collect::<Vec<_>>().join(", ");
            CvssError::Value { metric: metric.id, value: value.to_owned(), allowed }
        })?;
        if letter.0 != "X" {
            out.letters.insert(metric.id, letter.0);
        }
    }
    let missing = out.metrics().iter().filter(|m| m.group == MetricGroup::Base && !out.letters.contains_key(m.id));
    let missing: Vec<&str> = missing.map(|m| m.id).collect();
    if missing.is_empty() { Ok(out) } else { Err(CvssError::Missing(missing.join(", "))) }
}

/// Score of a complete 3.1 vector: environmental, temporal or base, by what it holds.
pub fn score_31(vector: &str) -> Option<f64> {
    let vector: cvss::v3::Vector = vector.parse().ok()?;
    let is_modified = vector.mav.is_some() || vector.mac.is_some() || vector.mpr.is_some() || vector.mui.is_some();
    let is_modified = is_modified || vector.ms.is_some() || vector.mc.is_some() || vector.mi.is_some() || vector.ma.is_some();
    let is_environmental = is_modified || vector.cr.is_some() || vector.ir.is_some() || vector.ar.is_some();
    let is_temporal = vector.e.is_some() || vector.rl.is_some() || vector.rc.is_some();
    Some(match (is_environmental, is_temporal) {
        (true, _) => vector.environmental_score().value(),
        (false, true) => vector.temporal_score().value(),
        (false, false) => vector.base_score().value(),
    })
}

/// Score of a complete 4.0 vector.
pub fn score_40(vector: &str) -> Option<f64> {
    let vector: cvss::v4::Vector = vector.parse().ok()?;
    Some(vector.score().value())
}
