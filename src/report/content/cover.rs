//! The cover.

use super::{Cx, words};
use crate::report::theme::CoverLayout;
use crate::report::tree::Cover;

pub fn cover(cx: &Cx<'_>) -> Cover {
    let info = &cx.model.info;
    let subtitle = [&info.scope, &info.description].into_iter().find(|t| !t.trim().is_empty());
    let elements = words::count(cx.model.elements.len(), "element", "elements");
    let flows = words::count(cx.model.flows.len(), "flow", "flows");
    let model = match cx.options.file_name.as_str() {
        "" => words::capitalised(&format!("{elements}, {flows}")),
        file => format!("{file}, {elements}, {flows}"),
    };
    let facts = [
        ("Client", info.client.clone()),
        ("Prepared by", info.owner.clone()),
        ("Reviewed by", info.reviewer.clone()),
        ("Version", info.version.clone()),
        ("Date", cx.date(cx.options.date)),
        ("Classification", cx.tlp().map_or_else(String::new, |tlp| tlp.label().to_owned())),
        ("Model", model),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let texts = &cx.options.theme.texts;
    let or = |words: String, usual: String| if words.trim().is_empty() { usual } else { words };
    let picture = super::diagrams::cover_picture(cx).filter(|_| cx.options.theme.cover == CoverLayout::Diagram);
    Cover {
        kicker: or(cx.filled(&texts.kicker), "Threat model and risk report".to_owned()),
        title: cx.title(),
        subtitle: subtitle.map(|t| words::first_sentence(t)).unwrap_or_default(),
        facts: facts.map(|(label, value)| (label.to_owned(), value)).collect(),
        picture,
        colophon: or(cx.filled(&texts.colophon), format!("Made with Palisade. Model hash {}", cx.origin.hash)),
    }
}
