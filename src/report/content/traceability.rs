//! From every element and flow over its threats to the controls that answer them and the requirements those support.

use super::{Cx, controls, words};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Finding;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let columns = [
        ("Threat", fixed(34.0)),
        ("Level", fixed(50.0)),
        ("What", share(1.3)),
        ("Answered by", share(1.3)),
        ("Supports", share(1.0)),
    ];
    let mut blocks =
        vec![paragraph("Every threat by place, with the controls in force that bear on it and the requirements they support.")];
    let places = cx.model.elements.keys().chain(cx.model.flows.keys()).chain(cx.model.boundaries.keys());
    for place in places {
        let here: Vec<&Finding> = cx.threats.iter().copied().filter(|f| f.key.anchor == *place).collect();
        if here.is_empty() {
            continue;
        }
        let mut table = Table::with_head(columns);
        for finding in here {
            table.row([
                cx.reference(finding),
                Rich::new().chip(finding.current.band),
                cell(finding.title.clone()),
                answered(cx, finding),
                supported(cx, finding),
            ]);
        }
        blocks.push(Block::Heading(Heading { level: 3, text: styled(TOPIC, cx.name(place)), anchor: None, bookmark: None }));
        blocks.push(Block::Table(table));
    }
    blocks
}

fn answered(cx: &Cx<'_>, finding: &Finding) -> Rich {
    let names = finding.controls.iter().map(|used| format!("{} ({:.0} %)", cx.control_name(&used.control), 100.0 * used.effect));
    let names: Vec<String> = names.collect();
    if names.is_empty() { quiet("nothing in force") } else { cell(names.join("\n")) }
}

fn supported(cx: &Cx<'_>, finding: &Finding) -> Rich {
    let definitions = finding.controls.iter().filter_map(|used| cx.library.control(cx.model, &used.control));
    let all: std::collections::BTreeSet<String> = definitions.map(controls::requirements).filter(|r| !r.is_empty()).collect();
    if all.is_empty() { quiet("–") } else { styled(SMALL, words::list(all)) }
}
