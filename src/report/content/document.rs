//! Document control: what this is, who made it, for whom.

use super::{Cx, words};
use crate::model::Tlp;
use crate::report::style::*;
use crate::report::theme::Slots;
use crate::report::tree::*;
use crate::theme::Ink;

/// What viewers and running heads show.
pub fn facts(cx: &Cx<'_>) -> DocumentFacts {
    let info = &cx.model.info;
    let date = cx.options.date;
    let version = Some(info.version.trim()).filter(|v| !v.is_empty()).map(|v| format!("Version {v}, "));
    let tlp = cx.tlp();
    let mut keywords = vec!["threat model".to_owned(), "risk report".to_owned()];
    keywords.extend(tlp.map(|tlp| tlp.label().to_owned()));
    DocumentFacts {
        title: format!("Threat model: {}", cx.title()),
        author: info.owner.clone(),
        subject: if info.scope.trim().is_empty() { "Threat model and risk report".to_owned() } else { info.scope.clone() },
        keywords,
        language: cx.options.language,
        header: Slots { left: format!("Threat model: {}", cx.title()), middle: String::new() },
        footer: Slots { left: format!("{}{}", version.unwrap_or_default(), cx.date(date)), middle: "{{chapter}}".to_owned() },
        classification: tlp.map(|tlp| (tlp.label().to_owned(), tlp_ink(tlp))),
        date: (date.year(), date.month(), date.day()),
    }
}

fn tlp_ink(tlp: Tlp) -> Ink {
    match tlp {
        Tlp::Red => Ink::TlpRed,
        Tlp::Amber | Tlp::AmberStrict => Ink::TlpAmber,
        Tlp::Green => Ink::TlpGreen,
        Tlp::Clear => Ink::TlpClear,
    }
}

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let info = &cx.model.info;
    let people = cx.model.people.values().map(|p| {
        let roles = words::list(p.roles.iter().map(|r| r.label().to_lowercase()));
        if p.roles.is_empty() { p.name.clone() } else { format!("{} ({roles})", p.name) }
    });
    let rows = [
        ("Title", cx.title()),
        ("Client", info.client.clone()),
        ("Owner", info.owner.clone()),
        ("Reviewer", info.reviewer.clone()),
        ("People", if cx.model.people.is_empty() { String::new() } else { people.collect::<Vec<_>>().join("\n") }),
        ("Version", info.version.clone()),
        ("Date of this report", cx.date(cx.options.date)),
        ("Classification", cx.tlp().map_or_else(String::new, |t| t.label().to_owned())),
    ];
    let mut table = Table::headless([fixed(110.0), share(1.0)], TableLook::Framed);
    for (label, value) in rows.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        table.row([quiet(label), cell(value)]);
    }
    vec![
        Block::Table(table),
        section("About this document", None),
        paragraph(
            "Threats, ratings and figures in this document are derived from one model of the system as it was known on the date \
             above; nothing in it was counted by hand. It shows what was modelled: a part of the system that is missing from the \
             diagrams is missing here. It is no test of the running system and no statement of compliance with any standard.",
        ),
    ]
}
