//! The worst threats, one line each.

use super::{Cx, words};
use crate::model::{Band, Disposition};
use crate::report::options::ChapterKind;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Finding;

/// So many are listed even where fewer are critical or high.
const AT_LEAST: usize = 25;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let totals = &cx.assessment.totals;
    let mut intro = format!(
        "{} apply. Today {}; before any control {}. Scores run from 0 to 100; every id leads to its detail.",
        words::capitalised(&words::count(cx.threats.len(), "threat", "threats")),
        words::bands(&totals.current, Band::ALL),
        words::bands(&totals.inherent, Band::ALL),
    );
    let grave = cx.threats.iter().filter(|f| f.current.band <= Band::High).count();
    let listed = cx.threats.get(..grave.max(AT_LEAST)).unwrap_or(&cx.threats);
    if listed.len() < cx.threats.len() {
        let rest = words::number(cx.threats.len() - listed.len());
        let has_findings = cx.options.shown().any(|c| c.kind == ChapterKind::Findings);
        let place = if has_findings { "the findings" } else { "the full report and the risk register" };
        intro += &format!(" Listed are the {} worst; the other {rest} are in {place}.", words::number(listed.len()));
    }
    vec![paragraph(intro), Block::Table(table(cx, listed, decided))]
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
