//! Themes as files: RON that people write by hand, so that every mistake is told with its line, column and the right word.

use super::logo;
use super::options::{ChapterChoice, ChapterKind, DateFormat, Language, Paper, Profile};
use super::phrases::Phrases;
use super::theme::{Colours, CoverLayout, Fonts, Image, Logo, Logos, Slots, Texts, Theme, fill};
use crate::text::{self, Face};
use crate::theme::Rgba;
use serde::{Deserialize, Deserializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes a theme file has at most.
pub const LARGEST_THEME: usize = 256 * 1024;
/// Bytes a logo has at most.
pub const LARGEST_LOGO: usize = 2 * 1024 * 1024;
/// What files of a theme are: names in the folder it lies in.
pub const BESIDE: &str = "a file beside the theme, without folders";

/// Facts of a report a text may name; those of pages only in running heads.
const FACTS: &[&str] = &["title", "client", "owner", "reviewer", "version", "date", "tlp", "profile", "theme", "file"];
const PAGE_FACTS: &[&str] = &["page", "pages", "chapter"];

/// What is wrong in a theme file, and where. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Fault {
    pub line: usize,
    pub column: usize,
    pub what: String,
}

/// Reads a theme. `beside` gives the bytes of a file that lies beside it, or says why not; it is asked for plain names only.
///
/// # Errors
/// Everything that is wrong, in the order of lines.
pub fn read_theme(text: &str, beside: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<Theme, Vec<Fault>> {
    if text.len() > LARGEST_THEME {
        return Err(vec![Fault { line: 1, column: 1, what: format!("the file is larger than {} KB", LARGEST_THEME / 1024) }]);
    }
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let file: File = options.from_str(text).map_err(|why| vec![misread(&why)])?;
    let lint = Lint { text, faults: RefCell::default(), warnings: RefCell::default() };
    let mut theme = lint.theme(file, beside);
    theme.warnings = lint.warnings.into_inner();
    theme.warnings.sort_by_key(|f| (f.line, f.column));
    let mut faults = lint.faults.into_inner();
    faults.sort_by_key(|f| (f.line, f.column));
    if faults.is_empty() { Ok(theme) } else { Err(faults) }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Theme")]
struct File {
    name: String,
    colours: ColoursOfFile,
    cover: CoverLayout,
    paper: Paper,
    /// A tag or a name.
    language: Option<Word>,
    fonts: FontsOfFile,
    dates: DateFormat,
    logos: LogosOfFile,
    header: SlotsOfFile,
    footer: SlotsOfFile,
    chapters: BTreeMap<Profile, Vec<ChapterOfFile>>,
    texts: TextsOfFile,
    words: BTreeMap<String, String>,
    file_name: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Colours")]
struct ColoursOfFile {
    accent: Option<Hex>,
    text: Option<Hex>,
    muted: Option<Hex>,
    rule: Option<Hex>,
    cover: Option<Hex>,
}

/// A colour as "#RRGGBB".
#[derive(Clone, Copy)]
struct Hex(Rgba);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Hex, D::Error> {
        let text = String::deserialize(from)?;
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let [_, r, g, b] = number.map(u32::to_be_bytes).ok_or_else(|| {
            serde::de::Error::custom(format!("“{text}” is no colour; write # and six hexadecimal digits, red, green, blue"))
        })?;
        Ok(Hex(Rgba(r, g, b, 255)))
    }
}

/// A word with or without quotes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Of(String),
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Fonts")]
struct FontsOfFile {
    regular: String,
    bold: String,
    mono: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Logos")]
struct LogosOfFile {
    house: Option<LogoOfFile>,
    client: Option<LogoOfFile>,
    running: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Logo")]
struct LogoOfFile {
    file: String,
    #[serde(default)]
    alt: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Slots")]
struct SlotsOfFile {
    left: String,
    middle: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Chapter")]
struct ChapterOfFile {
    chapter: ChapterKind,
    #[serde(default)]
    title: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename = "Texts")]
struct TextsOfFile {
    kicker: String,
    colophon: String,
    notice: String,
    limitations: String,
    disclaimer: String,
    imprint: String,
}

/// True for the name of a file in the folder of the theme.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', ':', '\0']) && !name.starts_with('.')
}

/// A mistake of form, with the nearest word where one is misspelt.
fn misread(why: &ron::error::SpannedError) -> Fault {
    use ron::Error::{NoSuchEnumVariant, NoSuchStructField};
    let what = match &why.code {
        NoSuchStructField { expected, found, .. } => unknown(found, expected.iter().copied(), "field"),
        NoSuchEnumVariant { expected, found, .. } => unknown(found, expected.iter().copied(), "value"),
        other => other.to_string(),
    };
    Fault { line: why.span.start.line, column: why.span.start.col, what }
}

fn unknown<'a>(found: &str, known: impl Iterator<Item = &'a str> + Clone, kind: &str) -> String {
    let all: Vec<&str> = known.clone().collect();
    let nearest = known.map(|word| (distance(&word.to_lowercase(), &found.to_lowercase()), word)).min();
    match nearest.filter(|(distance, word)| *distance <= word.chars().count().max(4) / 2) {
        Some((_, word)) => format!("there is no {kind} “{found}”; did you mean “{word}”?"),
        None => format!("there is no {kind} “{found}”; there are {}", all.join(", ")),
    }
}

/// Letters to add, drop or replace to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, c) in a.chars().take(64).enumerate() {
        let mut next = vec![n + 1];
        for (k, d) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let replaced = get(&row, k) + usize::from(c != *d);
            next.push(replaced.min(get(&row, k + 1) + 1).min(get(&next, k) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Looks over what is well formed.
struct Lint<'a> {
    text: &'a str,
    faults: RefCell<Vec<Fault>>,
    warnings: RefCell<Vec<Fault>>,
}

impl Lint<'_> {
    fn theme(&self, file: File, beside: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Theme {
        let words = |text: String| self.words(text, FACTS, false);
        let head = |slots: SlotsOfFile| Slots {
            left: self.words(slots.left, FACTS, true),
            middle: self.words(slots.middle, FACTS, true),
        };
        let texts = file.texts;
        Theme {
            name: file.name,
            colours: self.colours(&file.colours),
            cover: file.cover,
            paper: file.paper,
            language: self.language(file.language),
            fonts: self.fonts(&file.fonts, beside),
            words: self.phrases(file.words),
            warnings: Vec::new(),
            dates: file.dates,
            logos: Logos {
                house: file.logos.house.and_then(|logo| self.logo(logo, beside)),
                client: file.logos.client.and_then(|logo| self.logo(logo, beside)),
                running: file.logos.running,
            },
            header: head(file.header),
            footer: head(file.footer),
            chapters: file.chapters.into_iter().map(|(profile, list)| (profile, self.chapters(profile, list))).collect(),
            texts: Texts {
                kicker: words(texts.kicker),
                colophon: words(texts.colophon),
                notice: words(texts.notice),
                limitations: words(texts.limitations),
                disclaimer: words(texts.disclaimer),
                imprint: words(texts.imprint),
            },
            file_name: words(file.file_name),
        }
    }

    /// A fault where a piece of the file stands, the n-th time it does.
    fn fault(&self, piece: &str, nth: usize, what: String) {
        self.faults.borrow_mut().push(self.at(piece, nth, what));
    }

    /// The same for what the report can do without.
    fn warn(&self, piece: &str, what: String) {
        self.warnings.borrow_mut().push(self.at(piece, 0, what));
    }

    fn at(&self, piece: &str, nth: usize, what: String) -> Fault {
        let at =
            self.text.match_indices(piece).nth(nth).or_else(|| self.text.match_indices(piece).next()).map_or(0, |(at, _)| at);
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Fault { line, column, what }
    }

    fn language(&self, word: Option<Word>) -> Language {
        let Some(Word::Of(word)) = word else { return Language::default() };
        Language::of(&word).unwrap_or_else(|| {
            let all: Vec<&str> = Language::ALL.iter().map(|l| l.tag()).collect();
            self.fault(&word, 0, format!("there is no language “{word}”; there are {}", all.join(", ")));
            Language::default()
        })
    }

    /// A font that is missing or unfit costs its looks, not the report.
    fn fonts(&self, file: &FontsOfFile, beside: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Fonts {
        let load = |name: &String| -> Option<Face> {
            if name.is_empty() {
                return None;
            }
            let read = if is_plain(name) {
                beside(name).map_err(|why| format!("the font “{name}” cannot be read: {why}"))
            } else {
                Err(format!("“{name}” is not {BESIDE}"))
            };
            let loaded = read.and_then(|bytes| text::load(&bytes).map_err(|what| format!("the font “{name}” {what}")));
            loaded.map_err(|what| self.warn(name, format!("{what}. The usual font stands in its place"))).ok()
        };
        Fonts { regular: load(&file.regular), bold: load(&file.bold), mono: load(&file.mono) }
    }

    fn phrases(&self, table: BTreeMap<String, String>) -> Phrases {
        let (phrases, wrong) = Phrases::new(table);
        for (english, what) in wrong {
            self.fault(&english, 0, format!("the phrase “{english}”: {what}"));
        }
        phrases
    }

    /// Text must stand out from paper, or nobody can read the report.
    fn colours(&self, file: &ColoursOfFile) -> Colours {
        let paper = Rgba(255, 255, 255, 255);
        for (name, colour, least) in [("accent", file.accent, 3.0), ("text", file.text, 4.5), ("muted", file.muted, 4.5)] {
            if let Some(Hex(colour)) = colour.filter(|c| c.0.contrast(paper) < least) {
                let found = colour.contrast(paper);
                self.fault(
                    name,
                    0,
                    format!("the colour “{name}” is too pale on paper: its contrast is {found:.1}, at least {least} are needed"),
                );
            }
        }
        let of = |hex: Option<Hex>| hex.map(|h| h.0);
        Colours {
            accent: of(file.accent),
            text: of(file.text),
            muted: of(file.muted),
            rule: of(file.rule),
            cover: of(file.cover),
        }
    }

    /// The placeholders of a text are facts there are.
    fn words(&self, text: String, facts: &[&str], heads: bool) -> String {
        let known = || facts.iter().chain(if heads { PAGE_FACTS } else { &[] }).copied();
        let seen = RefCell::new(Vec::new());
        fill(&text, |name| {
            seen.borrow_mut().push(name.to_owned());
            None
        });
        for name in seen.into_inner().into_iter().filter(|name| !known().any(|fact| fact == name)) {
            let what = if PAGE_FACTS.contains(&name.as_str()) {
                format!("“{name}” is known only in header and footer")
            } else {
                unknown(&name, known(), "placeholder")
            };
            self.fault(&format!("{{{{{name}"), 0, what);
        }
        text
    }

    fn chapters(&self, profile: Profile, list: Vec<ChapterOfFile>) -> Vec<ChapterChoice> {
        let mut out: Vec<ChapterChoice> = Vec::new();
        for ChapterOfFile { chapter, title } in list {
            if out.iter().any(|c| c.kind == chapter) {
                self.fault(chapter.name(), 1, format!("the chapter {} comes twice for {}", chapter.name(), profile.label()));
                continue;
            }
            let title = title.filter(|t| !t.trim().is_empty());
            out.push(ChapterChoice { kind: chapter, shown: true, title });
        }
        out
    }

    fn logo(&self, logo: LogoOfFile, beside: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Option<Logo> {
        let LogoOfFile { file, alt } = logo;
        let wrong = |what: String| self.fault(&file, 0, what);
        if !is_plain(&file) {
            wrong(format!("“{file}” is not {BESIDE}"));
            return None;
        }
        let bytes = beside(&file).map_err(|why| wrong(format!("the logo “{file}” cannot be read: {why}"))).ok()?;
        if bytes.len() > LARGEST_LOGO {
            wrong(format!("the logo “{file}” is larger than {} MB", LARGEST_LOGO / 1024 / 1024));
            return None;
        }
        let text = || std::str::from_utf8(&bytes).ok().filter(|t| t.contains("<svg"));
        let read = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            logo::of_png(&bytes).map(|pixels| (Image::Png(Arc::from(bytes.as_slice())), pixels))
        } else if let Some(svg) = text() {
            logo::of_svg(svg).map(|pixels| (Image::Svg(Arc::from(svg)), pixels))
        } else {
            Err("is neither PNG nor SVG".to_owned())
        };
        let (image, pixels) = read.map_err(|what| wrong(format!("the logo “{file}” {what}"))).ok()?;
        // Those who do not see it are told at least that it is there.
        let alt = if alt.trim().is_empty() { "Logo".to_owned() } else { alt };
        Some(Logo { image, pixels, alt })
    }
}
