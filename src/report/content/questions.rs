//! Open questions, and the threats that depend on their answers.

use super::{Cx, words};
use crate::model::Disposition;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::FindingStatus;

/// Possible threats that are listed: what they become is not known yet.
const LISTED: usize = 40;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let asked = &cx.assessment.questions;
    if asked.is_empty() {
        return Vec::new();
    }
    let mut table =
        Table::with_head([("", fixed(18.0).right()), ("Question", share(1.0)), ("Decides about", fixed(84.0).right())]);
    for (n, question) in asked.iter().enumerate() {
        table.row([
            quiet((n + 1).to_string()),
            cell(question.about.question(cx.model)),
            cell(words::count(question.threats, "threat", "threats")),
        ]);
    }
    let mut blocks = vec![
        paragraph(
            "Facts nobody stated yet, the most deciding first. Until they are answered the threats below may or may not apply; they count in no figure of this report.",
        ),
        Block::Table(table),
    ];
    let mut possible = Table::with_head([
        ("Id", fixed(34.0)),
        ("Possible threat", share(1.0)),
        ("Would be", fixed(52.0)),
        ("Score", fixed(32.0).right()),
    ]);
    let open = |f: &&crate::risk::Finding| f.status == FindingStatus::Possible && f.disposition != Disposition::NotApplicable;
    let all: Vec<&crate::risk::Finding> = cx.assessment.ranked().into_iter().filter(open).collect();
    for finding in all.iter().take(LISTED) {
        possible.row([
            styled(CODE.size(7.2), finding.label()),
            cx.titled(finding),
            Rich::new().chip(finding.current.band),
            cell(words::score(finding.current.score)),
        ]);
    }
    if !possible.rows.is_empty() {
        blocks.push(section("Possible threats", Some("possible threats".to_owned())));
        blocks.push(Block::Table(possible));
    }
    if all.len() > LISTED {
        blocks.push(note(format!("The {LISTED} that would be worst; {} more wait for answers.", all.len() - LISTED)));
    }
    blocks
}
