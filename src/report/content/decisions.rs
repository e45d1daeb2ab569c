//! What people decided about threats, with reasons, approval and expiry.

use super::{Cx, words};
use crate::model::{Decision, Disposition, ThreatKey};
use crate::report::style::*;
use crate::report::tree::*;

pub fn chapter(cx: &Cx<'_>) -> Option<Chapter> {
    let mut blocks = Vec::new();
    for disposition in Disposition::ALL.iter().filter(|d| **d != Disposition::Open) {
        let made: Vec<_> = cx.model.decisions.iter().filter(|(_, d)| d.disposition == *disposition).collect();
        if made.is_empty() {
            continue;
        }
        let title = match disposition {
            Disposition::Open | Disposition::Mitigate => "To be mitigated",
            Disposition::Accept => "Accepted",
            Disposition::Transfer => "Transferred",
            Disposition::Avoid => "Avoided",
            Disposition::NotApplicable => "Not applicable",
        };
        blocks.push(section(title, Some(format!("decision {}", disposition.name()))));
        blocks.push(Block::Table(table(cx, made)));
    }
    if blocks.is_empty() { None } else { super::chapter("Decisions", "decisions", blocks) }
}

fn table(cx: &Cx<'_>, made: Vec<(&ThreatKey, &Decision)>) -> Table {
    let mut table = Table::with_head([
        ("Id", fixed(62.0)),
        ("Threat", share(1.3)),
        ("Current", fixed(50.0)),
        ("Reason", share(1.5)),
        ("Who and when", fixed(104.0)),
    ]);
    for (key, decision) in made {
        let finding = cx.assessment.findings.get(key);
        let title = finding.map_or_else(|| format!("{} (no longer found)", key), |f| f.title.clone());
        table.row([
            cx.reference_to(key),
            cell(title),
            finding.filter(|f| f.counts()).map_or_else(|| quiet("–"), |f| Rich::new().chip(f.current.band)),
            cell(words::or_dash(&decision.justification)),
            who(cx, decision),
        ]);
    }
    table
}

fn who(cx: &Cx<'_>, decision: &Decision) -> Rich {
    let people = [("by", &decision.by), ("approved by", &decision.approver), ("owner", &decision.owner)];
    let people = people.iter().filter_map(|(what, id)| id.as_ref().map(|id| format!("{what} {}", cx.name(id))));
    let dates = [("on", decision.on), ("due", decision.due), ("expires", decision.expires)];
    let dates = dates.iter().filter_map(|(what, date)| date.map(|d| format!("{what} {}", d.long())));
    let lines: Vec<String> = people.chain(dates).collect();
    if lines.is_empty() { quiet("–") } else { cell(lines.join("\n")) }
}
