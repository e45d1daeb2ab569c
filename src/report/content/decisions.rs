//! What people decided about threats, with reasons, approval and expiry.

use super::{Cx, words};
use crate::model::{Decision, Disposition, ThreatKey};
use crate::report::options::ChapterKind;
use crate::report::style::*;
use crate::report::tree::*;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let elsewhere = cx.options.shown().any(|c| c.kind == ChapterKind::AcceptedRisks);
    let told = |d: &&Disposition| **d != Disposition::Open && !(elsewhere && **d == Disposition::Accept);
    for disposition in Disposition::ALL.iter().filter(told) {
        let stands = |d: &Decision| d.standing(cx.options.date) == *disposition;
        let made = cx.model.decisions.iter().filter(|(key, d)| stands(d) && !is_dormant(cx, key));
        let made: Vec<_> = made.collect();
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
    let lapsed = |d: &Decision| d.lapsed(cx.options.date).is_some();
    let ended: Vec<_> = cx.model.decisions.iter().filter(|(key, d)| lapsed(d) && !is_dormant(cx, key)).collect();
    if !ended.is_empty() && !elsewhere {
        blocks.push(section("Accepted for a time that has passed", Some("decision ended".to_owned())));
        blocks.push(paragraph("These acceptances have expired. The risks are open again until somebody extends or decides."));
        blocks.push(Block::Table(table(cx, ended)));
    }
    let dormant: Vec<_> = cx.model.decisions.iter().filter(|(key, _)| is_dormant(cx, key)).collect();
    if !dormant.is_empty() {
        blocks.push(section("Without their threat", Some("decision dormant".to_owned())));
        let intro = "The threats of these decisions are not found in the model as it is now. The decisions are kept and \
                     count again as soon as their threats return.";
        blocks.push(paragraph(intro));
        blocks.push(Block::Table(dormant_table(cx, dormant)));
    }
    blocks
}

pub(super) fn is_dormant(cx: &Cx<'_>, key: &ThreatKey) -> bool {
    cx.assessment.dormant.contains(key)
}

fn dormant_table(cx: &Cx<'_>, made: Vec<(&ThreatKey, &Decision)>) -> Table {
    let mut table = Table::with_head([
        ("Threat", fixed(62.0)),
        ("At", share(1.0)),
        ("Decision", fixed(70.0)),
        ("Reason", share(1.5)),
        ("Who and when", fixed(104.0)),
    ]);
    for (key, decision) in made {
        table.row([
            styled(CODE.size(7.2), key.rule.to_string()),
            cell(cx.name(&key.anchor)),
            cell(decision.disposition.label()),
            cell(words::or_dash(&decision.justification)),
            who(cx, decision),
        ]);
    }
    table
}

fn table(cx: &Cx<'_>, made: Vec<(&ThreatKey, &Decision)>) -> Table {
    let mut table = Table::with_head([
        ("Id", fixed(34.0)),
        ("Threat", share(1.3)),
        ("Current", fixed(50.0)),
        ("Reason", share(1.5)),
        ("Who and when", fixed(104.0)),
    ]);
    for (key, decision) in made {
        let finding = cx.assessment.findings.get(key);
        let title = finding.map_or_else(|| key.to_string(), |f| f.title.clone());
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
    let bearer = (!decision.transferred_to.is_empty()).then(|| format!("to {}", decision.transferred_to));
    let dates = [("on", decision.on), ("due", decision.due), ("expires", decision.expires)];
    let dates = dates.iter().filter_map(|(what, date)| date.map(|d| format!("{what} {}", cx.date(d))));
    let inherited = decision.inherited.then(|| "inherited with a copy, needs review".to_owned());
    let lines: Vec<String> = bearer.into_iter().chain(people).chain(dates).chain(inherited).collect();
    if lines.is_empty() { quiet("–") } else { cell(lines.join("\n")) }
}
