//! The threat register: every threat that applies, worst first, in one line each.

use super::{Cx, words};
use crate::model::Band;
use crate::report::style::*;
use crate::report::tree::*;

pub fn chapter(cx: &Cx<'_>) -> Option<Chapter> {
    if cx.threats.is_empty() {
        return None;
    }
    let totals = &cx.assessment.totals;
    let columns = [
        ("Id", fixed(62.0)),
        ("Level", fixed(50.0)),
        ("Threat", share(2.0)),
        ("At", share(1.0)),
        ("Inherent", fixed(36.0).right()),
        ("Current", fixed(34.0).right()),
        ("Planned", fixed(34.0).right()),
        ("Decision", fixed(42.0)),
    ];
    let mut table = Table::with_head(columns);
    for finding in &cx.threats {
        table.row([
            cx.reference(finding),
            Rich::new().chip(finding.current.band),
            cell(finding.title.clone()),
            cell(cx.name(&finding.key.anchor)),
            cell(words::score(finding.inherent.score)),
            styled(CELL.bold(), words::score(finding.current.score)),
            cell(words::score(finding.planned.score)),
            if finding.disposition == crate::model::Disposition::Open {
                quiet("Open")
            } else {
                cell(finding.disposition.label())
            },
        ]);
    }
    let intro = format!(
        "{} apply: {} today, {} before any control. Scores run from 0 to 100; every id leads to its detail.",
        words::sentence(&words::count(cx.threats.len(), "threat", "threats")),
        words::bands(&totals.current, Band::ALL),
        words::bands(&totals.inherent, Band::ALL),
    );
    super::chapter("Threat register", "register", vec![paragraph(intro), Block::Table(table)])
}
