//! Risks somebody bears: why, who approved, until when.

use super::{Cx, decisions, words};
use crate::model::{Decision, Disposition, ThreatKey};
use crate::report::style::*;
use crate::report::tree::*;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let kept = |(key, _): &(&ThreatKey, &Decision)| !decisions::is_dormant(cx, key);
    let standing = |(_, d): &(&ThreatKey, &Decision)| d.standing(cx.options.date) == Disposition::Accept;
    let held: Vec<_> = cx.model.decisions.iter().filter(kept).filter(standing).collect();
    let lapsed = |(_, d): &(&ThreatKey, &Decision)| d.lapsed(cx.options.date).is_some();
    let ended: Vec<_> = cx.model.decisions.iter().filter(kept).filter(lapsed).collect();
    let mut blocks = Vec::new();
    if !held.is_empty() {
        let open = held.iter().filter(|(_, d)| d.approver.is_none() || d.expires.is_none()).count();
        let mut intro = format!("{} accepted.", words::capitalised(&format!("{} is", words::count(held.len(), "risk", "risks"))));
        if held.len() > 1 {
            intro = format!("{} are accepted.", words::capitalised(&words::count(held.len(), "risk", "risks")));
        }
        if open > 0 {
            intro +=
                &format!(" {} without approver or end: that acceptance does not hold.", words::capitalised(&words::is_are(open)));
        }
        blocks.push(paragraph(intro));
        blocks.push(Block::Table(table(cx, held)));
    }
    if !ended.is_empty() {
        blocks.push(section("Accepted for a time that has passed", Some("accepted ended".to_owned())));
        blocks.push(paragraph("These acceptances have expired. The risks are open again until somebody extends or decides."));
        blocks.push(Block::Table(table(cx, ended)));
    }
    blocks
}

fn table(cx: &Cx<'_>, made: Vec<(&ThreatKey, &Decision)>) -> Table {
    let mut table = Table::with_head([
        ("Id", fixed(34.0)),
        ("Risk", share(1.3)),
        ("Current", fixed(50.0)),
        ("Reason", share(1.4)),
        ("Approved by", fixed(74.0)),
        ("Until", fixed(70.0)),
    ]);
    for (key, decision) in made {
        let finding = cx.assessment.findings.get(key);
        table.row([
            cx.reference_to(key),
            cell(finding.map_or_else(|| key.to_string(), |f| f.title.clone())),
            finding.filter(|f| f.counts()).map_or_else(|| quiet("–"), |f| Rich::new().chip(f.current.band)),
            cell(words::or_dash(&decision.justification)),
            cell(cx.person(decision.approver.as_ref())),
            decision.expires.map_or_else(|| quiet("no end given"), |d| cell(cx.date(d))),
        ]);
    }
    table
}
