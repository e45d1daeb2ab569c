//! What a report is made with beside the model: for whom, which chapters, in which dress, on which paper.

use super::theme::Theme;
use crate::model::{Date, Id, Tlp, Visibility};
use serde::Deserialize;

/// What to put into a report beside the model.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    /// Date of the report; nothing in here asks the clock.
    pub date: Date,
    /// File name of the model, for the facts on the cover; may be empty.
    pub file_name: String,
    pub profile: Profile,
    /// Who reads it: what is for others is left out or goes under another name.
    pub reader: Visibility,
    /// Every chapter in reading order, those left out marked so.
    pub chapters: Vec<ChapterChoice>,
    /// Looks and words; its chapter list is already in `chapters`.
    pub theme: Theme,
    pub paper: Paper,
    pub language: Language,
    /// The label on every page; `None` takes the model's.
    pub tlp: Option<Tlp>,
    /// The baseline the chapter on changes goes back to; the newest when `None` or gone.
    pub baseline: Option<Id>,
}

impl ReportOptions {
    /// The full report in the plain dress.
    pub fn new(date: Date) -> ReportOptions {
        ReportOptions::of(Profile::Full, Theme::default(), date)
    }

    /// A profile in a theme; paper, language and chapters are the theme's where it names them.
    pub fn of(profile: Profile, theme: Theme, date: Date) -> ReportOptions {
        ReportOptions {
            date,
            file_name: String::new(),
            profile,
            reader: if profile == Profile::Client { Visibility::Client } else { Visibility::Internal },
            chapters: theme.chapters_of(profile),
            paper: theme.paper,
            language: theme.language,
            theme,
            tlp: None,
            baseline: None,
        }
    }

    /// The chapters that are on, in reading order.
    pub fn shown(&self) -> impl Iterator<Item = &ChapterChoice> {
        self.chapters.iter().filter(|c| c.shown)
    }

    /// Switches one chapter on or off.
    pub fn show(&mut self, kind: ChapterKind, shown: bool) {
        self.chapters.iter_mut().filter(|c| c.kind == kind).for_each(|c| c.shown = shown);
    }
}

/// Who reads the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Profile {
    /// Everything the model has to say.
    #[default]
    Full,
    /// A few pages for those who decide.
    Executive,
    /// For the client: internal things are left out or under another name.
    Client,
    /// For those who build: findings, controls, traceability.
    Engineering,
}

impl Profile {
    pub const ALL: &'static [Profile] = &[Profile::Full, Profile::Executive, Profile::Client, Profile::Engineering];

    /// The word on the command line and in themes.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Full => "full",
            Profile::Executive => "executive",
            Profile::Client => "client",
            Profile::Engineering => "engineering",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Profile::Full => "Full",
            Profile::Executive => "Executive",
            Profile::Client => "Client, redacted",
            Profile::Engineering => "Engineering",
        }
    }

    /// What is special about it, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Profile::Full => "Every chapter, nothing hidden.",
            Profile::Executive => "Summary, results and roadmap: what to decide.",
            Profile::Client => "Without internal notes; what is internal goes under another name.",
            Profile::Engineering => "Diagrams, findings, controls and traceability: what to build.",
        }
    }

    /// All chapters in reading order; those it does without are off.
    pub fn chapters(self) -> Vec<ChapterChoice> {
        let choice = |kind: &ChapterKind| ChapterChoice { kind: *kind, shown: kind.is_in(self), title: None };
        ChapterKind::ALL.iter().map(choice).collect()
    }
}

/// One chapter: whether it is in, and under which title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterChoice {
    pub kind: ChapterKind,
    pub shown: bool,
    /// Instead of the usual title.
    pub title: Option<String>,
}

macro_rules! chapters {
    ($($(#[$meta:meta])* $kind:ident $title:literal $profiles:literal),+ $(,)?) => {
        /// The chapters there are, in their usual order. A chapter the model has nothing to say about is left out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        pub enum ChapterKind { $($(#[$meta])* $kind),+ }

        impl ChapterKind {
            pub const ALL: &'static [ChapterKind] = &[$(ChapterKind::$kind),+];

            /// The usual title.
            pub fn title(self) -> &'static str {
                match self { $(ChapterKind::$kind => $title),+ }
            }

            /// The name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(ChapterKind::$kind => stringify!($kind)),+ }
            }

            /// True for chapters a profile has unless told otherwise.
            pub fn is_in(self, profile: Profile) -> bool {
                let profiles: &str = match self { $(ChapterKind::$kind => $profiles),+ };
                profiles.contains(match profile {
                    Profile::Full => 'F',
                    Profile::Executive => 'X',
                    Profile::Client => 'C',
                    Profile::Engineering => 'E',
                })
            }
        }
    };
}

chapters! {
    /// Versions, people, distribution, notices. Front matter, without number.
    DocumentControl "Document control" "FC",
    /// Chapters, sections and figures with their pages. Front matter.
    Contents "Contents" "FCE",
    Summary "Executive summary" "FXC",
    /// Scope, what is out of it and why, limits.
    Engagement "Scope of this work" "FC",
    /// What was taken for granted.
    Assumptions "Assumptions" "FC",
    /// Before the tables of what is in them; their pages lie across, so the tables are not parted by them.
    Diagrams "Diagrams" "FCE",
    /// Elements and flows.
    System "System overview" "FCE",
    Assets "Assets" "FCE",
    /// Boundaries, connections between them, crossing flows, entry and exit points.
    TrustZones "Trust zones" "FCE",
    /// Threat agents and the ways they take.
    Actors "Threat actors" "FC",
    /// The likeliest ways of each agent, attack trees and scenarios.
    AttackPaths "Attack paths" "FCE",
    /// Before and after, by boundary and category.
    Results "Risk results" "FXCE",
    /// What changed since a baseline, with what became of each of its findings.
    Since "Since last delivery" "FC",
    /// One line a threat.
    Register "Findings at a glance" "FXCE",
    /// One block a threat.
    Findings "Findings" "FCE",
    /// Ratings by the method the model chose, and its worksheets.
    Worksheets "Ratings and worksheets" "FCE",
    /// What years cost, indicative.
    Losses "Loss in money" "FX",
    Vulnerabilities "Vulnerabilities" "FCE",
    Controls "Controls" "FCE",
    /// What to do next, by risk removed per effort.
    Roadmap "Remediation roadmap" "FXC",
    AcceptedRisks "Accepted risks" "FC",
    /// What else was decided: mitigated, transferred, avoided, not applicable.
    Decisions "Decisions" "FCE",
    /// Who signed what, and whether it has changed since: what readers outside may know of the record.
    SignOff "Sign-off" "C",
    /// Sign-offs, and who decided, rated and tested what when. It names what redaction hides, so only the full report has it.
    Record "Decision record" "F",
    /// What was gone through, decided and put off when people met: it stays in the house.
    Sessions "Sessions" "F",
    /// Element × threat × control × requirement.
    Traceability "Traceability" "FE",
    Questions "Open questions" "FE",
    Methodology "Methodology" "FC",
    /// Terms, references, disclaimer, imprint.
    Glossary "Glossary and references" "FC",
    /// What the report was made from: hashes, versions, packs, constants.
    Provenance "Provenance" "FXCE",
}

/// Sheets of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Paper {
    #[default]
    A4,
    Letter,
}

impl Paper {
    pub const ALL: &'static [Paper] = &[Paper::A4, Paper::Letter];

    /// Width and height in points, upright.
    pub fn size(self) -> (f32, f32) {
        match self {
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::Letter => "US Letter",
        }
    }
}

macro_rules! languages {
    ($($language:ident $tag:literal $label:literal),+ $(,)?) => {
        /// The language the report is marked with, for screen readers and hyphenation. Its own words are English, unless a
        /// theme says them in another language.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Language {
            #[default]
            $($language),+
        }

        impl Language {
            pub const ALL: &'static [Language] = &[$(Language::$language),+];

            /// The tag files carry (BCP 47).
            pub fn tag(self) -> &'static str {
                match self { $(Language::$language => $tag),+ }
            }

            /// Its name in English.
            pub fn label(self) -> &'static str {
                match self { $(Language::$language => $label),+ }
            }

            /// The name in theme files, beside the tag.
            pub fn name(self) -> &'static str {
                match self { $(Language::$language => stringify!($language)),+ }
            }
        }
    };
}

languages! {
    British "en-GB" "English (British)",
    American "en-US" "English (American)",
    German "de" "German",
    French "fr" "French",
    Italian "it" "Italian",
    Spanish "es" "Spanish",
    Portuguese "pt" "Portuguese",
    Dutch "nl" "Dutch",
    Danish "da" "Danish",
    Swedish "sv" "Swedish",
    Norwegian "nb" "Norwegian",
    Finnish "fi" "Finnish",
    Polish "pl" "Polish",
    Czech "cs" "Czech",
    Greek "el" "Greek",
    Turkish "tr" "Turkish",
    Russian "ru" "Russian",
    Ukrainian "uk" "Ukrainian",
    Hebrew "he" "Hebrew",
    Arabic "ar" "Arabic",
}

impl Language {
    /// The language of a tag or name as themes have it: "de", "en-US", British.
    pub fn of(word: &str) -> Option<Language> {
        let all = || Language::ALL.iter().copied();
        let exact = all().find(|l| l.tag().eq_ignore_ascii_case(word) || l.name() == word);
        // "de-AT" is parted and read aloud as German is.
        exact.or_else(|| {
            let (main, _) = word.split_once('-').unwrap_or((word, ""));
            all().find(|l| l.tag().split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case(main)))
        })
    }
}

/// How dates are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum DateFormat {
    /// 2 October 2026
    #[default]
    Long,
    /// 2026-10-02
    Iso,
    /// October 2, 2026
    American,
    /// 02/10/2026
    Short,
}

impl DateFormat {
    pub fn write(self, date: Date) -> String {
        let long = date.long();
        match self {
            DateFormat::Long => long,
            DateFormat::Iso => date.to_string(),
            DateFormat::American => {
                let month = long.split(' ').nth(1).unwrap_or_default();
                format!("{month} {}, {}", date.day(), date.year())
            }
            DateFormat::Short => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
        }
    }
}
