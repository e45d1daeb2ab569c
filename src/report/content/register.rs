//! The threat register: every threat that applies, worst first, in one line each.

use super::{Cx, words};
use crate::model::{Band, Disposition};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Finding;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let totals = &cx.assessment.totals;
    let intro = format!(
        "{} apply. Today {}; before any control {}. Scores run from 0 to 100; every id leads to its detail.",
        words::capitalised(&words::count(cx.threats.len(), "threat", "threats")),
        words::bands(&totals.current, Band::ALL),
        words::bands(&totals.inherent, Band::ALL),
    );
    vec![paragraph(intro), Block::Table(table(cx, &cx.threats, decided))]
}

/// One line a threat, with its three scores; `title` says what stands in the middle.
pub(super) fn table(cx: &Cx<'_>, threats: &[&Finding], title: impl Fn(&Cx<'_>, &Finding) -> Rich) -> Table {
    let columns = [
        ("Id", fixed(34.0)),
        ("Level", fixed(46.0)),
        ("Threat", share(1.0)),
        ("Inherent", fixed(32.0).right()),
        ("Current", fixed(30.0).right()),
        ("Planned", fixed(31.0).right()),
    ];
    let mut table = Table::with_head(columns);
    for finding in threats {
        table.row([
            cx.reference(finding),
            Rich::new().chip(finding.current.band),
            title(cx, finding),
            cell(words::score(finding.inherent.score)),
            styled(CELL.bold(), words::score(finding.current.score)),
            cell(words::score(finding.planned.score)),
        ]);
    }
    table
}

/// The title, with what was decided.
fn decided(cx: &Cx<'_>, finding: &Finding) -> Rich {
    let out = cx.titled(finding);
    if finding.lapsed.is_some() {
        return out.text(SMALL, format!("\n{}", finding.expiry()));
    }
    if finding.disposition == Disposition::Open {
        return out;
    }
    out.text(SMALL, format!("\nDecision: {}", finding.disposition.label().to_lowercase()))
}
