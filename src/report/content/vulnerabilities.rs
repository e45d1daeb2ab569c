//! Known and suspected weaknesses.

use super::{Cx, words};
use crate::report::style::*;
use crate::report::tree::*;
use crate::theme::Ink;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.vulnerabilities.is_empty() {
        return Vec::new();
    }
    let mut table = Table::with_head([
        ("Vulnerability", share(1.7)),
        ("Kind", fixed(66.0)),
        ("At", share(1.0)),
        ("CWE", fixed(50.0)),
        ("Status", fixed(46.0)),
        ("Makes more likely", fixed(70.0)),
    ]);
    for vulnerability in cx.model.vulnerabilities.values() {
        let mut name = styled(CELL.bold(), words::or_dash(&vulnerability.name));
        for (what, text) in [("", &vulnerability.description), ("Evidence: ", &vulnerability.evidence)] {
            if !text.trim().is_empty() {
                name = name.text(SMALL.size(7.2), format!("\n{what}{}", text.trim()));
            }
        }
        let cwe = vulnerability.cwe.map(words::cwe);
        let mut threats = Rich::new();
        for (n, key) in vulnerability.threats.iter().enumerate() {
            if n > 0 {
                threats = threats.text(CELL, "\n");
            }
            threats.0.extend(cx.reference_to(key).0);
        }
        table.row([
            name,
            cell(vulnerability.kind.label()),
            cell(cx.name(&vulnerability.at)),
            cwe.map_or_else(|| quiet("–"), |(text, link)| Rich::new().link(CELL.ink(Ink::Accent), text, link)),
            cell(vulnerability.status.label()),
            if threats.is_empty() { quiet("–") } else { threats },
        ]);
    }
    let about = paragraph("An unfixed vulnerability raises the likelihood of the threats it is linked to.");
    vec![about, Block::Table(table)]
}
