//! Unknowns become questions, ranked by how much risk they decide.

use super::assessment::Question;
use super::finding::{Finding, FindingStatus};
use super::unanswered::Unanswered;
use crate::model::{Disposition, ThreatKey};
use std::collections::BTreeMap;

/// The questions behind the possible findings: value = Σ current score / number of unanswered attributes.
pub(super) fn questions(findings: &BTreeMap<ThreatKey, Finding>) -> Vec<Question> {
    let mut found: BTreeMap<Unanswered, Question> = BTreeMap::new();
    let open = |f: &&Finding| f.status == FindingStatus::Possible && f.disposition != Disposition::NotApplicable;
    for finding in findings.values().filter(open) {
        for about in finding.missing.iter().map(Unanswered::at_source) {
            let fresh = || Question { about: about.clone(), value: 0.0, threats: Vec::new() };
            let question = found.entry(about.clone()).or_insert_with(fresh);
            question.value += finding.current.score / finding.missing.len() as f64;
            if question.threats.last() != Some(&finding.key) {
                question.threats.push(finding.key.clone());
            }
        }
    }
    let mut questions: Vec<Question> = found.into_values().collect();
    questions.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.about.cmp(&b.about)));
    questions
}
