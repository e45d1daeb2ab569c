//! Who attacks.

use super::{Cx, words};
use crate::model::Id;
use crate::report::style::*;
use crate::report::tree::*;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.agents.is_empty() {
        return Vec::new();
    }
    let mut table = Table::with_head([
        ("Threat agent", share(1.5)),
        ("Kind", share(0.9)),
        ("Capability", fixed(42.0).right()),
        ("Intent", fixed(30.0).right()),
        ("Access", share(1.0)),
        ("Starts from", share(1.0)),
        ("Decides", fixed(46.0).right()),
    ]);
    for (id, agent) in &cx.model.agents {
        let mut name = styled(CELL.bold(), cx.name(id));
        if !agent.description.trim().is_empty() {
            name = name.text(SMALL.size(7.2), format!("\n{}", agent.description.trim()));
        }
        if !agent.active {
            name = name.text(SMALL.size(7.2), "\nNot considered in the ratings");
        }
        table.row([
            name,
            cell(agent.kind.label()),
            cell(format!("{} of 5", agent.capability)),
            cell(format!("{} of 5", agent.intent)),
            cell(words::list(agent.access.iter().map(|a| a.label().to_lowercase()))),
            cell(cx.names(&agent.starts)),
            decides(cx, id),
        ]);
    }
    let about = "The agent who makes a threat most likely decides its rating; the last column counts those threats.";
    vec![paragraph(about), Block::Table(table)]
}

fn decides(cx: &Cx<'_>, agent: &Id) -> Rich {
    let count = cx.threats.iter().filter(|f| f.agent.as_ref() == Some(agent)).count();
    if count == 0 { quiet("–") } else { cell(words::count(count, "threat", "threats")) }
}
