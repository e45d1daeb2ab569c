//! What the report says: one file a chapter. A chapter without anything to say is left out.

mod agents;
mod assets;
mod assumptions;
mod boundaries;
mod controls;
mod cover;
mod decisions;
mod diagrams;
mod document;
mod findings;
mod matrix;
mod methodology;
mod questions;
mod register;
mod summary;
mod system;
mod vulnerabilities;
mod words;

use super::ReportOptions;
use super::style::*;
use super::tree::*;
use crate::library::Library;
use crate::model::{Id, Site, ThreatKey, ThreatModel};
use crate::risk::{self, Assessment, Finding, FindingStatus};
use crate::theme::Ink;
use std::cell::Cell;

/// What every chapter reads.
struct Cx<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    assessment: &'a Assessment,
    options: &'a ReportOptions,
    /// Threats that apply and count, worst first.
    threats: Vec<&'a Finding>,
    figures: Cell<usize>,
}

/// Composes the report of a model.
pub fn compose(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions) -> Report {
    let threats = assessment.ranked().into_iter().filter(|f| f.counts()).collect();
    let cx = Cx { model, library, assessment, options, threats, figures: Cell::new(0) };
    let chapters = [
        summary::chapter,
        system::chapter,
        diagrams::chapter,
        boundaries::chapter,
        register::chapter,
        findings::chapter,
        controls::chapter,
        decisions::chapter,
        vulnerabilities::chapter,
        assets::chapter,
        agents::chapter,
        assumptions::chapter,
        questions::chapter,
        methodology::chapter,
    ];
    let mut report = Report { facts: document::facts(&cx), cover: cover::cover(&cx), chapters: Vec::new() };
    let numbered = chapters.iter().filter_map(|chapter| chapter(&cx));
    report.chapters = numbered.enumerate().map(|(n, chapter)| Chapter { number: Some(n + 1), ..chapter }).collect();
    let contents =
        Chapter { title: "Contents".to_owned(), anchor: "contents".to_owned(), blocks: vec![Block::Contents], number: None };
    report.chapters.insert(0, contents);
    report.chapters.insert(0, document::chapter(&cx, &report));
    report
}

impl Cx<'_> {
    /// The next figure number in reading order.
    fn figure(&self) -> usize {
        self.figures.set(self.figures.get() + 1);
        self.figures.get()
    }

    fn name(&self, id: &Id) -> String {
        risk::name_of(self.model, id)
    }

    /// Names joined by commas.
    fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> String {
        words::list(ids.into_iter().map(|id| self.name(id)))
    }

    /// The name of a person, or a dash.
    fn person(&self, id: Option<&Id>) -> String {
        id.map_or_else(|| "–".to_owned(), |id| self.name(id))
    }

    fn control_name(&self, id: &str) -> String {
        self.library.control(self.model, id).map(|c| c.name.clone()).filter(|n| !n.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    fn site(&self, site: &Site) -> String {
        match site {
            Site::Model => "whole model".to_owned(),
            Site::At(id) => self.name(id),
        }
    }

    /// The model's name, or words in its place.
    fn title(&self) -> String {
        let name = self.model.info.name.trim();
        if name.is_empty() { "Untitled model".to_owned() } else { name.to_owned() }
    }

    /// The title of a finding, with its place where the title does not say it.
    fn titled(&self, finding: &Finding) -> Rich {
        let place = self.name(&finding.key.anchor);
        let out = cell(finding.title.clone());
        if finding.title.contains(&place) { out } else { out.text(CELL.muted(), format!(", at {place}")) }
    }

    /// The number of a finding, leading to its detail.
    fn reference(&self, finding: &Finding) -> Rich {
        Rich::new().link(CODE.size(7.2).ink(Ink::Accent), finding.label(), Link::Anchor(threat_anchor(&finding.key)))
    }

    /// The same by key; the bare key when there is no such finding any more.
    fn reference_to(&self, key: &ThreatKey) -> Rich {
        match self.assessment.findings.get(key).filter(|f| f.status == FindingStatus::Applies && f.counts()) {
            Some(finding) => self.reference(finding),
            None => styled(CODE.size(7.2), self.assessment.findings.get(key).map_or_else(|| key.to_string(), Finding::label)),
        }
    }
}

/// Where the detail of a threat is.
fn threat_anchor(key: &ThreatKey) -> String {
    format!("threat {key}")
}

fn chapter(title: &str, anchor: &str, blocks: Vec<Block>) -> Option<Chapter> {
    Some(Chapter { number: None, title: title.to_owned(), anchor: anchor.to_owned(), blocks })
}
