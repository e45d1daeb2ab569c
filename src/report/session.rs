//! The summary of one session as a document of its own: no cover, a page or two.

use super::content::{session_blocks, session_title};
use super::options::Language;
use super::style::section;
use super::theme::{Slots, Theme};
use super::tree::*;
use crate::model::Date;
use crate::session::Summary;

/// A session as a document. It is for those who were there: nothing is redacted.
pub fn session_report(summary: &Summary, date: Date) -> Report {
    let theme = Theme::default();
    let model = summary.model.trim();
    let model = if model.is_empty() { "Untitled model" } else { model };
    let name = session_title(summary);
    let title = format!("{name}: {model}");
    let heading = |text: &str| section(text, Some(text.to_owned()));
    let blocks = session_blocks(summary, &theme, heading);
    let chapter = Chapter { number: None, title: title.clone(), anchor: "session".to_owned(), blocks };
    let slots = |left: &str, middle: &str| Slots { left: left.to_owned(), middle: middle.to_owned() };
    let facts = DocumentFacts {
        title: title.clone(),
        subject: "Summary of a threat modelling session".to_owned(),
        keywords: vec!["threat model".to_owned(), "session".to_owned()],
        file_name: title.clone(),
        language: Language::default(),
        header: slots("Session summary", ""),
        footer: slots(&theme.dates.write(date), ""),
        date: (date.year(), date.month(), date.day()),
        ..DocumentFacts::default()
    };
    let cover = Cover { title, ..Cover::default() };
    Report { facts, cover, chapters: vec![chapter], theme, is_short: true, ..Report::default() }
}
