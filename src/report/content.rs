//! What the report says: one file a chapter. A chapter without anything to say is left out.

mod accepted;
mod agents;
mod assets;
mod assumptions;
mod attacks;
mod boundaries;
mod charts;
mod controls;
mod cover;
mod crop;
mod decisions;
mod diagrams;
mod document;
mod engagement;
mod findings;
mod glossary;
mod losses;
mod methodology;
mod provenance;
mod questions;
mod record;
mod register;
mod results;
mod risk_register;
mod roadmap;
mod sessions;
mod sign_off;
mod since;
mod summary;
mod system;
mod traceability;
mod vulnerabilities;
mod weaknesses;
mod words;
mod worksheets;

pub use sessions::{summary_blocks as session_blocks, title as session_title};

use super::names;
use super::options::{ChapterChoice, ChapterKind, ReportOptions};
use super::redaction::redact;
use super::style::*;
use super::theme::fill;
use super::tree::*;
use super::walk;
use crate::library::Library;
use crate::model::{Date, Id, Site, ThreatKey, ThreatModel, Tlp, Visibility};
use crate::risk::{self, Assessment, Finding, FindingStatus, assess_on};
use crate::scene::{self, DiagramLayout};
use crate::theme::Ink;
use crate::what_if::Roadmap;
use since::Since;
use std::cell::{Cell, OnceCell};

/// What every chapter reads.
struct Cx<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    assessment: &'a Assessment,
    options: &'a ReportOptions,
    origin: &'a Origin,
    /// Threats that apply and count, worst first.
    threats: Vec<&'a Finding>,
    figures: Cell<usize>,
    layouts: OnceCell<Vec<(Id, DiagramLayout)>>,
}

/// What comes from the model as it is, whatever readers see of it.
#[derive(Default)]
struct Origin {
    hash: String,
    /// Searched once: it takes longer than all the rest, and other names change nothing in it.
    roadmap: OnceCell<Option<Roadmap>>,
    signed: Vec<sign_off::Signed>,
    /// The last delivery beside today, as the reader may see it.
    since: Option<Since>,
}

/// Composes the report of a model as its reader may see it; `assessment` is that of the model as it is.
pub fn compose(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions) -> Report {
    let hash = provenance::fingerprint(model);
    match names::cut(model) {
        None => composed(model, library, assessment, options, hash),
        Some(model) => composed(&model, library, &assess_on(&model, library, options.date), options, hash),
    }
}

/// The report of a model whose names fit onto pages.
fn composed(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions, hash: String) -> Report {
    let since = Since::of(model, library, assessment, options);
    let redacted = redact(model, since.as_ref().map(|since| &since.earlier), assessment, options.reader);
    let is_own = options.reader == Visibility::Internal;
    let since = since.map(|since| if is_own { since } else { since.redacted(model, &redacted, options.reader) });
    let origin = Origin { hash, signed: sign_off::signed(model, &redacted, options.reader), since, ..Origin::default() };
    let mut report = if is_own {
        chapters(model, library, assessment, options, &origin)
    } else {
        let file_name = redacted.replaced(&options.file_name);
        let options = ReportOptions { file_name, ..options.clone() };
        chapters(&redacted.model, library, &assess_on(&redacted.model, library, options.date), &options, &origin)
    };
    if redacted.has_secrets() {
        let model = redacted.wordless();
        // The words of Palisade itself: the same chapters, without anything a house or the model says.
        let titles = |choice: &ChapterChoice| ChapterChoice { title: None, ..choice.clone() };
        let plain = ReportOptions { chapters: options.chapters.iter().map(titles).collect(), ..ReportOptions::new(options.date) };
        let since = origin.since.map(Since::wordless);
        let origin = Origin { roadmap: origin.roadmap, since, ..Origin::default() };
        let wordless = chapters(&model, library, &assess_on(&model, library, options.date), &plain, &origin);
        report.secrets = redacted.secrets(&wordless);
    }
    walk::drop_dead_ends(&mut report);
    options.theme.words.apply(&mut report);
    report
}

fn chapters(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions, origin: &Origin) -> Report {
    let threats = assessment.ranked().into_iter().filter(|f| f.counts()).collect();
    let cx = Cx { model, library, assessment, options, origin, threats, figures: Cell::new(0), layouts: OnceCell::new() };
    let theme = options.theme.clone();
    let mut report = Report {
        facts: document::facts(&cx),
        cover: cover::cover(&cx),
        paper: options.paper,
        theme,
        register: risk_register::register(&cx),
        ..Report::default()
    };
    for choice in options.shown() {
        let Some(mut chapter) = of_kind(choice.kind, &cx, &report) else { continue };
        if let Some(title) = &choice.title {
            chapter.title.clone_from(title);
        }
        report.chapters.push(chapter);
    }
    let numbered = report.chapters.iter_mut().filter(|c| !matches!(c.anchor.as_str(), DOCUMENT | CONTENTS));
    numbered.enumerate().for_each(|(n, chapter)| chapter.number = Some(n + 1));
    report
}

/// Anchors of front matter, which has no number.
const DOCUMENT: &str = "document";
const CONTENTS: &str = "contents";

/// A chapter, unless the model has nothing to say in it. `so_far` is what stands before it.
fn of_kind(kind: ChapterKind, cx: &Cx<'_>, so_far: &Report) -> Option<Chapter> {
    let (anchor, blocks) = match kind {
        ChapterKind::DocumentControl => (DOCUMENT, document::blocks(cx)),
        ChapterKind::Contents => (CONTENTS, vec![Block::Contents]),
        ChapterKind::Summary => (SUMMARY, summary::blocks(cx)),
        ChapterKind::Engagement => ("engagement", engagement::blocks(cx)),
        ChapterKind::Assumptions => ("assumptions", assumptions::blocks(cx)),
        ChapterKind::System => ("system", system::blocks(cx)),
        ChapterKind::Assets => ("assets", assets::blocks(cx)),
        ChapterKind::Diagrams => ("diagrams", diagrams::blocks(cx)),
        ChapterKind::TrustZones => ("boundaries", boundaries::blocks(cx)),
        ChapterKind::Actors => ("agents", agents::blocks(cx)),
        ChapterKind::AttackPaths => ("paths", attacks::blocks(cx)),
        ChapterKind::Worksheets => ("worksheets", worksheets::blocks(cx)),
        ChapterKind::Losses => ("losses", losses::blocks(cx)),
        ChapterKind::Register => ("register", register::blocks(cx)),
        ChapterKind::Findings => ("threats", findings::blocks(cx)),
        ChapterKind::Vulnerabilities => ("vulnerabilities", vulnerabilities::blocks(cx)),
        ChapterKind::Controls => ("controls", controls::blocks(cx)),
        ChapterKind::Decisions => ("decisions", decisions::blocks(cx)),
        ChapterKind::Record => ("record", record::blocks(cx)),
        ChapterKind::Sessions => ("sessions", sessions::blocks(cx)),
        ChapterKind::SignOff => ("sign-off", sign_off::blocks(cx)),
        ChapterKind::Questions => ("questions", questions::blocks(cx)),
        ChapterKind::Methodology => ("methodology", methodology::blocks(cx)),
        ChapterKind::Provenance => ("provenance", provenance::blocks(cx, so_far)),
        ChapterKind::Results => ("results", results::blocks(cx)),
        ChapterKind::Since => ("since", since::blocks(cx)),
        ChapterKind::Roadmap => ("roadmap", roadmap::blocks(cx)),
        ChapterKind::AcceptedRisks => ("accepted", accepted::blocks(cx)),
        ChapterKind::Traceability => ("traceability", traceability::blocks(cx)),
        ChapterKind::Glossary => ("glossary", glossary::blocks(cx)),
    };
    let title = kind.title().to_owned();
    (!blocks.is_empty()).then(|| Chapter { number: None, title, anchor: anchor.to_owned(), blocks })
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

    /// Every diagram as it is drawn, in the order of tabs.
    fn layouts(&self) -> &[(Id, DiagramLayout)] {
        let shown = |id: &Id| self.model.placed(id).next().is_some();
        let drawn = |id: Id| (scene::lay_out(self.model, &id), id);
        let all = || self.model.diagram_order().into_iter().filter(shown).map(drawn).map(|(layout, id)| (id, layout)).collect();
        self.layouts.get_or_init(all)
    }

    /// True when the reader may know what work takes.
    fn shows_effort(&self) -> bool {
        self.options.reader <= self.model.info.disclosure.effort
    }

    /// A text of the theme with the facts of this report for its `{{placeholders}}`.
    fn filled(&self, text: &str) -> String {
        let info = &self.model.info;
        let fact = |name: &str| {
            Some(match name {
                "title" => self.title(),
                "client" => info.client.clone(),
                "owner" => info.owner.clone(),
                "reviewer" => info.reviewer.clone(),
                "version" => info.version.clone(),
                "date" => self.date(self.options.date),
                "tlp" => self.tlp().map_or_else(String::new, |tlp| tlp.label().to_owned()),
                "profile" => self.options.profile.label().to_owned(),
                "theme" => self.options.theme.name.clone(),
                "file" => self.options.file_name.clone(),
                _ => return None,
            })
        };
        fill(text, fact)
    }

    /// A date as this report writes dates.
    fn date(&self, date: Date) -> String {
        self.options.theme.dates.write(date)
    }

    /// The label on every page: as asked for, else the model's.
    fn tlp(&self) -> Option<Tlp> {
        self.options.tlp.or(self.model.info.classification)
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
