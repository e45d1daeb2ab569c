//! Document control: what this is, who made it, for whom.

use super::{Cx, words};
use crate::compare::in_order;
use crate::model::{Role, Tlp, Visibility};
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
    let theme = &cx.options.theme;
    let or = |words: &str, usual: String| if words.is_empty() { usual } else { cx.filled(words) };
    let slots = |of: &Slots, left, middle| Slots { left: or(&of.left, left), middle: or(&of.middle, middle) };
    let mut keywords = vec!["threat model".to_owned(), "risk report".to_owned()];
    keywords.extend(tlp.map(|tlp| tlp.label().to_owned()));
    DocumentFacts {
        title: format!("Threat model: {}", cx.title()),
        author: info.owner.clone(),
        subject: if info.scope.trim().is_empty() { "Threat model and risk report".to_owned() } else { info.scope.clone() },
        keywords,
        language: cx.options.language,
        header: slots(&theme.header, format!("Threat model: {}", cx.title()), String::new()),
        footer: slots(&theme.footer, format!("{}{}", version.unwrap_or_default(), cx.date(date)), "{{chapter}}".to_owned()),
        colours: theme.colours,
        file_name: plain_name(&or(&theme.file_name, format!("{} {} {date}", cx.title(), cx.options.profile.name()))),
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
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(versions(cx));
    blocks.extend(distribution(cx));
    let notice = cx.filled(&cx.options.theme.texts.notice);
    if !notice.trim().is_empty() {
        blocks.extend([section("Notice", None), paragraph(notice)]);
    }
    blocks.extend([
        section("About this document", None),
        paragraph(
            "Threats, ratings and figures in this document are derived from one model of the system as it was known on the date \
             above; nothing in it was counted by hand. It shows what was modelled: a part of the system that is missing from the \
             diagrams is missing here. It is no test of the running system and no statement of compliance with any standard.",
        ),
    ]);
    blocks
}

/// What was delivered when, as far as baselines were kept, and this report.
fn versions(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.baselines.is_empty() {
        return Vec::new();
    }
    let names_people = cx.options.reader == Visibility::Internal || cx.model.info.disclosure.people >= cx.options.reader;
    let mut table = Table::with_head([
        ("Version", share(1.0)),
        ("Date", fixed(110.0)),
        ("Kept by", share(0.8)),
        ("Greatest risk", fixed(56.0).right()),
        ("Load", fixed(44.0).right()),
    ]);
    for (_, baseline) in in_order(cx.model).into_iter().rev() {
        let by = if names_people { words::or_dash(&baseline.by) } else { "–".to_owned() };
        table.row([
            styled(CELL.bold(), words::or_dash(&baseline.name)),
            baseline.on.map_or_else(|| quiet("–"), |on| cell(cx.date(on))),
            cell(by),
            cell(words::score(baseline.peak)),
            cell(format!("{:.0}", baseline.load)),
        ]);
    }
    let (version, risk) = (cx.model.info.version.trim(), &cx.assessment.totals.risk);
    table.row([
        styled(CELL.bold(), if version.is_empty() { "This report".to_owned() } else { format!("{version}, this report") }),
        cell(cx.date(cx.options.date)),
        quiet("–"),
        cell(words::score(risk.peak)),
        cell(format!("{:.0}", risk.load)),
    ]);
    vec![section("Versions", None), Block::Table(table)]
}

/// Who gets a copy: the client, and those of the model who own, review or approve.
fn distribution(cx: &Cx<'_>) -> Vec<Block> {
    let reads = |role: &Role| matches!(role, Role::Owner | Role::ProductOwner | Role::Reviewer | Role::Approver);
    let people = cx.model.people.values().filter(|p| p.roles.iter().any(reads));
    let client = Some(cx.model.info.client.trim()).filter(|c| !c.is_empty()).map(|c| (c.to_owned(), "Client".to_owned()));
    let people = people.map(|p| {
        let roles = p.roles.iter().filter(|r| reads(r)).map(|r| r.label().to_lowercase());
        (p.name.clone(), words::capitalised(&words::list(roles)))
    });
    let mut table = Table::with_head([("Copy", fixed(40.0)), ("For", share(1.0)), ("As", share(1.0)), ("Date", fixed(110.0))]);
    for (n, (name, role)) in client.into_iter().chain(people).enumerate() {
        table.row([quiet((n + 1).to_string()), styled(CELL.bold(), name), cell(role), cell(cx.date(cx.options.date))]);
    }
    if table.rows.is_empty() { Vec::new() } else { vec![section("Distribution", None), Block::Table(table)] }
}

/// A name every file system takes.
fn plain_name(words: &str) -> String {
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
    let words: String = words.chars().map(plain).collect();
    let name: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "report".to_owned() } else { name.to_owned() }
}
