//! The dress of a report: colours, fonts, logos, running heads, cover, words.

use super::logo::Pixels;
use super::options::{ChapterChoice, DateFormat, Language, Paper, Profile};
use super::phrases::Phrases;
use super::theme_file::Fault;
use crate::text::Face;
use crate::theme::{Ink, Rgba};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a house shows itself. The default is Palisade's own plain dress.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    pub name: String,
    pub colours: Colours,
    pub cover: CoverLayout,
    pub paper: Paper,
    pub language: Language,
    pub dates: DateFormat,
    pub logos: Logos,
    pub header: Slots,
    pub footer: Slots,
    /// Chapters of a profile, in order; profiles not named have their usual ones.
    pub chapters: BTreeMap<Profile, Vec<ChapterChoice>>,
    pub texts: Texts,
    /// The faces of running text instead of the usual ones.
    pub fonts: Fonts,
    /// The report's own words in another language or another way.
    pub words: Phrases,
    /// What is wrong with the theme, but only costs a part of its looks.
    pub warnings: Vec<Fault>,
    /// Pattern for the name of the file, without its ending; empty: the usual one.
    pub file_name: String,
}

impl Theme {
    /// All chapters for a profile: those the theme names in its order, then the others, off.
    pub fn chapters_of(&self, profile: Profile) -> Vec<ChapterChoice> {
        let usual = profile.chapters();
        let Some(named) = self.chapters.get(&profile) else { return usual };
        let others = usual.into_iter().filter(|c| !named.iter().any(|n| n.kind == c.kind));
        named.iter().cloned().chain(others.map(|c| ChapterChoice { shown: false, ..c })).collect()
    }
}

/// Fonts a house may choose; `None` keeps the usual one. Diagrams keep theirs, for which they were laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fonts {
    pub regular: Option<Face>,
    pub bold: Option<Face>,
    pub mono: Option<Face>,
}

impl Fonts {
    /// The face that stands for a usual one.
    pub fn of(&self, face: Face) -> Face {
        let chosen = match face {
            Face::Regular => self.regular,
            Face::Bold => self.bold,
            Face::Mono => self.mono,
            _ => None,
        };
        chosen.unwrap_or(face)
    }

    pub fn is_usual(&self) -> bool {
        *self == Fonts::default()
    }
}

/// Colours a house may choose; `None` keeps the plain one. Levels of risk and TLP labels keep theirs: they mean something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    /// Chapter numbers, links, bars.
    pub accent: Option<Rgba>,
    /// Headings and running text.
    pub text: Option<Rgba>,
    /// Captions, labels, running heads.
    pub muted: Option<Rgba>,
    /// Lines.
    pub rule: Option<Rgba>,
    /// The coloured part of covers; the accent when left out.
    pub cover: Option<Rgba>,
}

/// Covers built in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub enum CoverLayout {
    /// Title and facts above the first diagram without words.
    #[default]
    Diagram,
    /// The title on a band of colour, facts below.
    Band,
    /// Words alone, set in the middle.
    Plain,
}

impl CoverLayout {
    pub const ALL: &'static [CoverLayout] = &[CoverLayout::Diagram, CoverLayout::Band, CoverLayout::Plain];

    pub fn label(self) -> &'static str {
        match self {
            CoverLayout::Diagram => "First diagram",
            CoverLayout::Band => "Band of colour",
            CoverLayout::Plain => "Words alone",
        }
    }
}

/// Pictures on the cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logos {
    /// Of those who write, upper left.
    pub house: Option<Logo>,
    /// Of those who read, upper right.
    pub client: Option<Logo>,
    /// The logo of the house also stands small in the head of every page.
    pub running: bool,
}

/// A picture with the words for those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    pub image: Image,
    /// The same as it is printed.
    pub pixels: Pixels,
    pub alt: String,
}

/// A picture of pixels or of outlines, as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    Png(Arc<[u8]>),
    Svg(Arc<str>),
}

/// Left and middle of a running head; the right belongs to page number and TLP label. May hold `{{placeholders}}`, of
/// which `{{page}}`, `{{pages}}` and `{{chapter}}` are filled in for each page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    pub left: String,
    pub middle: String,
}

/// Words a house writes its own way, with `{{placeholders}}`; empty ones have the usual words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Above the title.
    pub kicker: String,
    /// At the foot of the cover.
    pub colophon: String,
    /// Terms under which the document is handed over.
    pub notice: String,
    /// What the work did and did not look at.
    pub limitations: String,
    pub disclaimer: String,
    /// Who publishes, with address.
    pub imprint: String,
}

impl Colours {
    /// The colour of a token on this paper.
    pub fn of(&self, ink: Ink) -> Rgba {
        let chosen = match ink {
            Ink::Accent => self.accent,
            Ink::ReportCover => self.cover.or(self.accent),
            Ink::Text => self.text,
            Ink::Muted => self.muted,
            Ink::Border | Ink::BorderStrong => self.rule,
            _ => None,
        };
        chosen.unwrap_or_else(|| crate::theme::Theme::Paper.color(ink))
    }
}

/// A text with every `{{placeholder}}` a fact is known for filled in; others stay as they are.
pub fn fill(text: &str, fact: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, behind)) = after.split_once("}}") else {
            return out + "{{" + after;
        };
        out.push_str(&fact(name.trim()).unwrap_or_else(|| format!("{{{{{name}}}}}")));
        rest = behind;
    }
    out + rest
}
