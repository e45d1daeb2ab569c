//! From every element and flow over its threats to the controls that answer them and the requirements those support.

use super::{Cx, controls, words};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Finding;
use crate::theme::Ink;
use std::collections::{BTreeMap, BTreeSet};

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let mut table =
        Table::with_head([("Place", share(0.8)), ("Threats with their risk", share(1.9)), ("Answered by", share(1.3))]);
    let places = cx.model.elements.keys().chain(cx.model.flows.keys()).chain(cx.model.boundaries.keys());
    for place in places {
        let here = cx.threats.iter().copied().filter(|f| f.key.anchor == *place);
        for (n, (answers, threats)) in by_answer(here).into_iter().enumerate() {
            let name = if n == 0 { CELL.bold() } else { CELL.muted() };
            table.row([styled(name, cx.name(place)), told(cx, &threats), answered(cx, &answers, &threats)]);
        }
    }
    let about = "Every threat by place, with the controls in force that bear on it; each control leads to the requirements it \
                 supports. Threats answered alike share a row.";
    let mut blocks = vec![paragraph(about), Block::Table(table)];
    blocks.extend(requirements(cx));
    blocks
}

/// What the controls that bear on a threat support.
fn requirements(cx: &Cx<'_>) -> Vec<Block> {
    let mut threats: BTreeMap<&str, usize> = BTreeMap::new();
    for used in cx.threats.iter().flat_map(|f| &f.controls) {
        *threats.entry(used.control.as_str()).or_default() += 1;
    }
    let mut table =
        Table::with_head([("Control", share(1.0)), ("Threats", fixed(40.0).right()), ("Requirements it supports", share(1.9))]);
    for (control, threats) in threats {
        let supports = cx.library.control(cx.model, control).map(controls::requirements).unwrap_or_default();
        let cells =
            [styled(CELL.bold(), cx.control_name(control)), cell(threats.to_string()), styled(SMALL, words::or_dash(&supports))];
        table.anchored(place_of(control), cells);
    }
    if table.rows.is_empty() {
        Vec::new()
    } else {
        vec![section("Requirements", Some("requirements".to_owned())), Block::Table(table)]
    }
}

fn place_of(control: &str) -> String {
    format!("requirements of {control}")
}

/// Threats by the controls that bear on them; those nothing bears on come last.
fn by_answer<'a>(threats: impl Iterator<Item = &'a Finding>) -> Vec<(BTreeSet<&'a str>, Vec<&'a Finding>)> {
    let mut out: BTreeMap<BTreeSet<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in threats {
        out.entry(finding.controls.iter().map(|used| used.control.as_str()).collect()).or_default().push(finding);
    }
    let (none, mut some): (Vec<_>, Vec<_>) = out.into_iter().partition(|(answers, _)| answers.is_empty());
    some.sort_by(|a, b| worst(&b.1).total_cmp(&worst(&a.1)));
    some.into_iter().chain(none).collect()
}

fn worst(threats: &[&Finding]) -> f64 {
    threats.iter().map(|f| f.current.score).fold(0.0, f64::max)
}

/// Ids with their scores, in the colours of their levels.
fn told(cx: &Cx<'_>, threats: &[&Finding]) -> Rich {
    let mut out = Rich::new();
    for (n, finding) in threats.iter().enumerate() {
        out = out.text(SMALL, if n > 0 { "   " } else { "" });
        out.0.extend(cx.reference(finding).0);
        let level = SMALL.size(7.2).bold().ink(Ink::RiskOutline(finding.current.band));
        out = out.text(level, format!("\u{a0}{}", words::score(finding.current.score)));
    }
    out
}

/// Each control with how much it takes off, least to most.
fn answered(cx: &Cx<'_>, answers: &BTreeSet<&str>, threats: &[&Finding]) -> Rich {
    if answers.is_empty() {
        return quiet("nothing in force");
    }
    let mut out = Rich::new();
    for (n, control) in answers.iter().enumerate() {
        let effects = threats.iter().flat_map(|f| &f.controls).filter(|used| used.control == *control).map(|used| used.effect);
        let (least, most) = effects.fold((1.0_f64, 0.0_f64), |(least, most), effect| (least.min(effect), most.max(effect)));
        let (least, most) = (format!("{:.0}", 100.0 * least), format!("{:.0}", 100.0 * most));
        let effect = if least == most { most } else { format!("{least} to {most}") };
        out = out.text(CELL, if n > 0 { "\n" } else { "" });
        out = out.link(CELL.ink(Ink::Accent), cx.control_name(control), Link::Anchor(place_of(control)));
        out = out.text(SMALL, format!(" ({effect}\u{a0}%)"));
    }
    out
}
