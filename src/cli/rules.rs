//! `palisade rules`: the threat library, as a list or the page of one rule.

use super::CliError;
use crate::library::{Library, RulePage};
use crate::model::{Id, ThreatModel};
use crate::risk::{Assessment, name_of};

/// Columns of a terminal.
const WIDTH: usize = 100;

/// Every rule by pack, a line each.
pub(super) fn list(library: &Library) -> String {
    let mut out = String::new();
    for pack in &library.packs {
        let further = if pack.further { ", asked of models that name it" } else { "" };
        out += &format!("{} ({}, {} rules{further})\n{}\n", pack.title, pack.id, pack.rules.len(), wrapped(&pack.about, 0, ""));
        for rule in &pack.rules {
            let title = library.page(&rule.id).map_or_else(|| rule.title.clone(), |page| page.title);
            out += &format!("  {:<10} {}  {title}\n", rule.id, rule.depth);
        }
        out.push('\n');
    }
    out += "The figure is the depth: 1 essential, 2 thorough, 3 exhaustive. `palisade rules ID` shows the page of a rule.\n";
    out
}

/// The page of one rule; with a model also where it fires there.
pub(super) fn page(library: &Library, id: &str, fires_in: Option<(&ThreatModel, &Assessment)>) -> Result<String, CliError> {
    let unknown = || CliError::Unknown(format!("there is no rule “{id}”; `palisade rules` lists them all"));
    let page = library.page(&id.to_uppercase()).ok_or_else(unknown)?;
    let mut out = text(&page);
    if let Some((model, assessment)) = fires_in {
        out += &format!("\nIn {}\n", model.info.name);
        let found = assessment.of_rule(&Id::new(&page.id));
        if found.is_empty() {
            out += "  It fires nowhere.\n";
        }
        for finding in found {
            let (anchor, status) = (name_of(model, &finding.key.anchor), finding.status.name().to_lowercase());
            out += &format!("  {:6.1}  {:<8}  {anchor} ({status})\n", finding.current.score, finding.current.band.label());
        }
    }
    Ok(out)
}

fn text(page: &RulePage) -> String {
    let categories: Vec<&str> = page.categories.iter().map(|c| c.label()).collect();
    let mut out = format!("{}  {}\n{} · {}\n\n", page.id, page.title, page.pack, categories.join(", "));
    out += &wrapped(&page.what, 0, "");
    out += &format!("\nWhen it fires\n{}", wrapped(&page.asked_of, 2, ""));
    for line in &page.fires {
        out += &wrapped(&line.text, 2 + 2 * line.indent, "• ");
    }
    out += "\nWhen it is a false alarm\n";
    page.false_alarms.iter().for_each(|line| out += &wrapped(line, 2, "• "));
    out += &format!("\nHow it is rated\n{}", wrapped(&page.rating, 2, ""));
    out += "\nControls that answer it\n";
    for control in &page.controls {
        out += &wrapped(&format!("{} ({}, {} answer)", control.name, control.id, control.link.label()), 2, "• ");
        out += &wrapped(&format!("Test: {}", control.verify), 4, "");
    }
    out += &format!("\nHow to verify\n{}", wrapped(&page.verify, 2, ""));
    if !page.mappings.is_empty() {
        out += "\nMappings\n";
        page.mappings.iter().for_each(|m| out += &format!("  {:<16} {}\n", m.number, m.address));
    }
    out
}

/// Words on lines of a terminal, all but the first indented under its mark.
fn wrapped(text: &str, indent: usize, mark: &str) -> String {
    let (mut out, mut line) = (String::new(), format!("{}{mark}", " ".repeat(indent)));
    let rest = " ".repeat(indent + mark.chars().count());
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out += &format!("{line}\n");
            line.clone_from(&rest);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    out + &line + "\n"
}
