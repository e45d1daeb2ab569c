//! System overview: what the system consists of.

use super::{Cx, words};
use crate::model::{Element, Id};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::exposure_label;
use std::collections::BTreeMap;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !cx.model.elements.is_empty() {
        blocks.push(section("Elements", Some("elements".to_owned())));
        blocks.push(paragraph(format!(
            "The model has {} and {} in {}; {} between two levels of trust.",
            words::count(cx.model.elements.len(), "element", "elements"),
            words::count(cx.model.flows.len(), "data flow", "data flows"),
            words::count(cx.model.boundaries.len(), "trust boundary", "trust boundaries"),
            words::count(cx.assessment.crossings.len(), "flow runs", "flows run"),
        )));
        blocks.extend(elements(cx));
    }
    blocks.extend(flows(cx));
    blocks
}

/// One table a boundary.
fn elements(cx: &Cx<'_>) -> Vec<Block> {
    let mut groups: BTreeMap<Option<&Id>, Vec<(&Id, &Element)>> = BTreeMap::new();
    for (id, element) in &cx.model.elements {
        groups.entry(element.boundary.as_ref()).or_default().push((id, element));
    }
    let mut out = Vec::new();
    for (boundary, members) in groups {
        let title = match boundary.and_then(|id| cx.model.boundaries.get(id).map(|b| (id, b))) {
            Some((id, b)) => {
                Rich::new().text(TOPIC, cx.name(id)).gap(6.0).text(SMALL, format!("trust {}", words::trust(b.trust)))
            }
            None => styled(TOPIC, "Outside any boundary"),
        };
        // Fixed, so that the tables below each other stand in line.
        let columns = [
            ("Element", share(1.0)),
            ("Kind", fixed(58.0)),
            ("Technology", fixed(82.0)),
            ("Exposure", fixed(52.0)),
            ("Holds", fixed(86.0)),
            ("Worst threat", fixed(50.0)),
            ("Threats", fixed(31.0).right()),
        ];
        let mut table = Table::with_head(columns);
        for (id, element) in members {
            let risk = cx.assessment.elements.get(id);
            let tags = words::list(element.tags.iter().map(|t| cx.library.tags.label(t).to_owned()));
            let counted = risk.map_or(0, |r| r.risk.counts.total());
            table.row([
                styled(CELL.bold(), cx.name(id)),
                cell(element.kind.label()),
                cell(tags),
                cell(risk.map_or("–", |r| exposure_label(r.exposure))),
                cell(cx.names(&element.holds)),
                if counted > 0 { Rich::new().chip(crate::risk::band(risk.map_or(0.0, |r| r.risk.peak))) } else { quiet("–") },
                cell(counted.to_string()),
            ]);
        }
        out.push(Block::Heading(Heading { level: 3, text: title, anchor: None, bookmark: None }));
        out.push(Block::Table(table));
    }
    out
}

fn flows(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.flows.is_empty() {
        return Vec::new();
    }
    let columns = [
        ("Flow", share(1.3)),
        ("From", share(1.0)),
        ("To", share(1.0)),
        ("Protocol", fixed(56.0)),
        ("Authentication", fixed(64.0)),
        ("Carries", share(1.3)),
    ];
    let mut table = Table::with_head(columns);
    for (id, flow) in &cx.model.flows {
        let end = |end: &Option<Id>| end.as_ref().map_or_else(|| "loose end".to_owned(), |e| cx.name(e));
        table.row([
            styled(CELL.bold(), cx.name(id)),
            cell(end(&flow.from)),
            cell(end(&flow.to)),
            cell(flow.protocol.label()),
            cell(flow.authn.label()),
            cell(cx.names(&flow.assets)),
        ]);
    }
    vec![section("Data flows", Some("flows".to_owned())), Block::Table(table)]
}
