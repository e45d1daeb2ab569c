//! The register of vulnerabilities as a table for other tools.

use super::table::FORMULA;
use crate::library::Library;
use crate::model::{Id, ThreatModel, Vulnerability, VulnerabilityStatus};
use crate::risk::{Assessment, name_of};

/// All vulnerabilities: confirmed ones first, then suspected and fixed; within those by the threats they raise.
pub fn in_order<'a>(model: &'a ThreatModel, assessment: &Assessment) -> Vec<(&'a Id, &'a Vulnerability)> {
    let worst = |v: &Vulnerability| {
        let scores = v.threats.iter().filter_map(|key| assessment.findings.get(key)).filter(|f| f.counts());
        scores.map(|f| f.current.score).fold(0.0, f64::max)
    };
    let rank = |v: &Vulnerability| match v.status {
        VulnerabilityStatus::Confirmed => 0,
        VulnerabilityStatus::Suspected => 1,
        VulnerabilityStatus::Fixed => 2,
    };
    let mut all: Vec<_> = model.vulnerabilities.iter().map(|(id, v)| (rank(v), worst(v), id, v)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2)));
    all.into_iter().map(|(_, _, id, v)| (id, v)).collect()
}

/// The register as CSV (RFC 4180), which [`Findings`](super::Findings) reads again. Cells a spreadsheet would calculate begin
/// with an apostrophe.
pub fn csv_text(model: &ThreatModel, library: &Library, assessment: &Assessment) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let heading = ["id", "title", "kind", "cwe", "weakness", "component", "status", "evidence", "description", "threats"]
        .map(str::to_owned);
    let rows = in_order(model, assessment).into_iter().map(|(id, v)| {
        let weakness = v.cwe.and_then(|cwe| library.weaknesses.get(&cwe)).map_or("", |w| w.name.as_str());
        let threats: Vec<String> = v.threats.iter().filter_map(|key| assessment.findings.get(key)).map(|f| f.label()).collect();
        [
            id.to_string(),
            v.name.clone(),
            v.kind.label().to_owned(),
            v.cwe.map(|cwe| format!("CWE-{cwe}")).unwrap_or_default(),
            weakness.to_owned(),
            name_of(model, &v.at),
            v.status.label().to_owned(),
            v.evidence.clone(),
            v.description.clone(),
            threats.join(" "),
        ]
    });
    for row in std::iter::once(heading).chain(rows) {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
