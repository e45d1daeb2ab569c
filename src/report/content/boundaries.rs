//! Trust boundaries, the flows that cross them, and the points where the system is entered and left.

use super::{Cx, words};
use crate::model::{Authn, Id};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{self, AccessPoint, TrustChange};
use std::collections::BTreeMap;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.boundaries.is_empty() {
        return Vec::new();
    }
    let mut blocks = boundaries(cx);
    blocks.extend(connections(cx));
    blocks.extend(crossings(cx));
    let points = [
        (
            "Entry points",
            "entry points",
            "Where flows arrive from lower trust. They are what an attacker can reach first.",
            &cx.assessment.entry_points,
        ),
        (
            "Exit points",
            "exit points",
            "Where data leaves for lower trust. What is lost here is out of the system's hands.",
            &cx.assessment.exit_points,
        ),
    ];
    for (title, anchor, about, list) in points {
        blocks.extend(access_points(cx, title, anchor, about, list));
    }
    blocks
}

fn boundaries(cx: &Cx<'_>) -> Vec<Block> {
    let columns = [
        ("Boundary", share(1.4)),
        ("Kind", share(1.0)),
        ("Trust", fixed(78.0)),
        ("Inside", share(1.2)),
        ("Elements", fixed(40.0).right()),
        ("Worst threat", fixed(54.0)),
        ("Load", fixed(36.0).right()),
    ];
    let mut table = Table::with_head(columns);
    for (id, boundary) in &cx.model.boundaries {
        let members = cx.model.elements.values().filter(|e| e.boundary.as_ref() == Some(id)).count();
        let risk = cx.assessment.boundaries.get(id).map(|b| &b.risk);
        let threatened = risk.is_some_and(|r| r.counts.total() > 0);
        table.row([
            styled(CELL.bold(), cx.name(id)),
            cell(boundary.kind.label()),
            cell(words::trust(boundary.trust)),
            cell(boundary.parent.as_ref().map_or_else(|| "–".to_owned(), |p| cx.name(p))),
            cell(members.to_string()),
            risk.filter(|_| threatened).map_or_else(|| quiet("–"), |r| Rich::new().chip(risk::band(r.peak))),
            cell(risk.map_or_else(|| "–".to_owned(), |r| format!("{:.0}", r.load))),
        ]);
    }
    let about = "Load is the sum of the greatest risk of every element, flow and kind of threat at or in the boundary and at \
                 flows with an end inside.";
    vec![Block::Table(table), note(about)]
}

/// Which zones talk to which, and how well guarded.
fn connections(cx: &Cx<'_>) -> Vec<Block> {
    let zone = |end: &Option<Id>| end.as_ref().and_then(|e| cx.model.elements.get(e)).and_then(|e| e.boundary.clone());
    let mut pairs: BTreeMap<(Option<Id>, Option<Id>), Vec<&Id>> = BTreeMap::new();
    for id in cx.assessment.crossings.keys() {
        let Some(flow) = cx.model.flows.get(id) else { continue };
        pairs.entry((zone(&flow.from), zone(&flow.to))).or_default().push(id);
    }
    let mut table = Table::with_head([
        ("From zone", share(1.0)),
        ("To zone", share(1.0)),
        ("Flows", fixed(34.0).right()),
        ("Encrypted", fixed(48.0).right()),
        ("Authenticated", fixed(60.0).right()),
        ("Worst", fixed(54.0)),
    ]);
    for ((from, to), flows) in &pairs {
        let name = |zone: &Option<Id>| zone.as_ref().map_or_else(|| "outside any boundary".to_owned(), |z| cx.name(z));
        let all = || flows.iter().filter_map(|id| cx.model.flows.get(*id));
        let encrypted = all().filter(|f| f.protocol.is_encrypted()).count();
        let known = all().filter(|f| !matches!(f.authn, Authn::NoAuth | Authn::Unknown)).count();
        let peak = flows.iter().filter_map(|id| cx.assessment.flows.get(*id)).filter(|r| r.counts.total() > 0);
        let peak = peak.map(|r| r.peak).reduce(f64::max);
        let of = |n: usize| cell(format!("{n} of {}", flows.len()));
        table.row([
            styled(CELL.bold(), name(from)),
            styled(CELL.bold(), name(to)),
            cell(flows.len().to_string()),
            of(encrypted),
            of(known),
            peak.map_or_else(|| quiet("–"), |p| Rich::new().chip(risk::band(p))),
        ]);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![section("Zone connections", Some("connections".to_owned())), Block::Table(table)]
}

fn crossings(cx: &Cx<'_>) -> Vec<Block> {
    if cx.assessment.crossings.is_empty() {
        return vec![section("Crossing flows", Some("crossings".to_owned())), paragraph("No flow crosses a trust boundary.")];
    }
    let columns = [
        ("Flow", share(1.2)),
        ("From", share(1.0)),
        ("To", share(1.0)),
        ("Trust", fixed(58.0)),
        ("Protocol", fixed(62.0)),
        ("Authentication", fixed(64.0)),
        ("Worst", fixed(52.0)),
    ];
    let mut table = Table::with_head(columns);
    for (id, crossing) in &cx.assessment.crossings {
        let Some(flow) = cx.model.flows.get(id) else { continue };
        let end = |end: &Option<Id>| end.as_ref().map_or_else(|| "loose end".to_owned(), |e| cx.name(e));
        let level = |trust: Option<u8>| trust.map_or_else(|| "?".to_owned(), |t| t.to_string());
        let change = match crossing.change() {
            TrustChange::Up => "up",
            TrustChange::Down => "down",
            TrustChange::Level => "level",
            TrustChange::Unknown => "unknown",
        };
        let risk = cx.assessment.flows.get(id).filter(|r| r.counts.total() > 0);
        let encrypted = if flow.protocol.is_encrypted() { "encrypted" } else { "not encrypted" };
        table.row([
            styled(CELL.bold(), cx.name(id)),
            cell(end(&flow.from)),
            cell(end(&flow.to)),
            cell(format!("{} → {}, {change}", level(crossing.from), level(crossing.to))),
            Rich::new().text(CELL, format!("{}\n", flow.protocol.label())).text(SMALL.size(7.2), encrypted),
            cell(flow.authn.label()),
            risk.map_or_else(|| quiet("–"), |r| Rich::new().chip(risk::band(r.peak))),
        ]);
    }
    vec![section("Crossing flows", Some("crossings".to_owned())), Block::Table(table)]
}

fn access_points(cx: &Cx<'_>, title: &str, anchor: &str, about: &str, points: &[AccessPoint]) -> Vec<Block> {
    if points.is_empty() {
        return Vec::new();
    }
    let surface: u32 = points.iter().map(|p| u32::from(p.difference())).sum();
    let mut table = Table::with_head([
        ("Element", share(1.0)),
        ("By the flow", share(1.4)),
        ("From trust", fixed(84.0)),
        ("To trust", fixed(84.0)),
        ("Levels between", fixed(62.0).right()),
    ]);
    for point in points {
        table.row([
            styled(CELL.bold(), cx.name(&point.element)),
            cell(cx.name(&point.flow)),
            cell(words::trust(Some(point.from))),
            cell(words::trust(Some(point.to))),
            cell(point.difference().to_string()),
        ]);
    }
    let about = format!("{about} Together they span {surface} levels of trust.");
    vec![section(title, Some(anchor.to_owned())), paragraph(about), Block::Table(table)]
}
