//! Terms, sources, disclaimer and imprint.

use super::Cx;
use crate::report::style::*;
use crate::report::tree::*;
use crate::theme::Ink;

const TERMS: &[(&str, &str)] = &[
    ("Asset", "Something worth protecting: data, a function, money, a reputation."),
    ("Control", "A measure that lowers likelihood or impact, detects an attack or helps to recover from it."),
    ("Current risk", "Risk with the controls that are in force today; also called residual risk."),
    ("Element", "A part of the system on the diagram: an external entity, a process or a data store."),
    ("Entry point", "Where a flow arrives from lower trust; an exit point is where data leaves for lower trust."),
    ("Exposure", "How near to the reach of attackers an element is, by the flows that lead to it."),
    ("Finding", "A threat that applies to one place of the system."),
    ("Inherent risk", "Risk as it would be without any control."),
    ("Load", "The sum of the greatest risk of every element, flow and kind of threat; for comparing states of one system."),
    ("Planned risk", "Risk once the planned controls are carried out."),
    ("Threat", "Something that may go wrong: who does what to which part of the system, with which effect."),
    ("Threat actor", "Somebody or something that attacks, with ability, intent and access."),
    ("Trust boundary", "A line where trust changes: what comes across it must not be believed unchecked."),
    ("Vulnerability", "A weakness that makes threats more likely, suspected or confirmed."),
];

const SOURCES: &[(&str, &str)] = &[
    ("Traffic Light Protocol 2.0, FIRST", "https://www.first.org/tlp/"),
    ("Common Weakness Enumeration, MITRE", "https://cwe.mitre.org/"),
    ("Common Attack Pattern Enumeration and Classification, MITRE", "https://capec.mitre.org/"),
    ("ATT&CK, MITRE", "https://attack.mitre.org/"),
    (
        "Application Security Verification Standard, OWASP",
        "https://owasp.org/www-project-application-security-verification-standard/",
    ),
    ("LINDDUN privacy threat modelling", "https://linddun.org/"),
];

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut table = Table::headless([fixed(110.0), share(1.0)], TableLook::Ruled);
    for (term, meaning) in TERMS {
        table.row([styled(CELL.bold(), *term), cell(*meaning)]);
    }
    let source =
        |(name, address): &(&str, &str)| Rich::new().link(BODY.ink(Ink::Accent), *name, Link::Web((*address).to_owned()));
    let mut blocks = vec![
        section("Terms", Some("terms".to_owned())),
        Block::Table(table),
        section("References", Some("references".to_owned())),
        Block::Bullets(SOURCES.iter().map(source).collect()),
    ];
    for (title, words) in [("Disclaimer", &cx.options.theme.texts.disclaimer), ("Imprint", &cx.options.theme.texts.imprint)] {
        let words = cx.filled(words);
        if !words.trim().is_empty() {
            blocks.push(section(title, None));
            blocks.push(paragraph(words));
        }
    }
    blocks
}
