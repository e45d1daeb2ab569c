//! What kind of file it is, by its content.

use super::{ImportError, drawio};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The formats that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own file, RON.
    Palisade,
    /// The JSON twin of our own file.
    PalisadeJson,
    /// A picture with a model of ours inside, as `palisade export --with-model` writes it.
    Picture,
    ThreatDragon2,
    /// The plain model JSON of tools and tests: `nodes` and `flows`.
    PlainJson,
    ThreatDragon1,
    MicrosoftTmt,
    MicrosoftTemplate,
    OpenThreatModel,
    CycloneDx,
    ThreatModelLibrary,
    Threagile,
    ThreatComposer,
    Pytm,
    DrawIo,
    Mermaid,
    ThreatTable,
    Sarif,
}

impl Format {
    /// Words for people, with an article where one is needed.
    pub fn label(self) -> &'static str {
        match self {
            Format::Palisade => "a Palisade model",
            Format::PalisadeJson => "a Palisade model as JSON",
            Format::Picture => "a picture with a Palisade model inside",
            Format::ThreatDragon2 => "a Threat Dragon 2 model",
            Format::PlainJson => "a plain JSON model",
            Format::ThreatDragon1 => "a Threat Dragon 1 model",
            Format::MicrosoftTmt => "a Microsoft Threat Modeling Tool model (.tm7)",
            Format::MicrosoftTemplate => "a Microsoft Threat Modeling Tool template (.tb7)",
            Format::OpenThreatModel => "an Open Threat Model (OTM)",
            Format::CycloneDx => "a CycloneDX document",
            Format::ThreatModelLibrary => "a model of the OWASP Threat Model Library",
            Format::Threagile => "a Threagile model",
            Format::ThreatComposer => "an AWS Threat Composer model",
            Format::Pytm => "a pytm model",
            Format::DrawIo => "a draw.io drawing",
            Format::Mermaid => "a Mermaid flowchart",
            Format::ThreatTable => "a table of threats (CSV)",
            Format::Sarif => "a SARIF report",
        }
    }
}

/// Tells the format from the content, and gives the text without its byte order mark.
///
/// A file cut short is still recognised by what is there, so that its reader can name the place where it breaks.
///
/// # Errors
/// Empty, binary or unknown content; text that is JSON but breaks before it can be told apart.
pub fn recognise(bytes: &[u8]) -> Result<(Format, Cow<'_, str>), ImportError> {
    if let Some(drawing) = drawio::within_png(bytes) {
        return Ok((Format::DrawIo, Cow::Owned(drawing)));
    }
    let text = decoded(bytes)?;
    let start = text.trim_start();
    if start.starts_with("UEsDB") {
        return Err(ImportError::Binary("a ZIP archive written as base64"));
    }
    let format = match start.chars().next() {
        None => return Err(ImportError::Empty),
        Some('{') => json(start)?,
        Some('<') => xml(start),
        Some('(' | '/' | '#') if looks_like_ron(start) => Some(Format::Palisade),
        Some(_) => mermaid(start).or_else(|| yaml(start)).or_else(|| table(start)),
    };
    format.map(|f| (f, text)).ok_or(ImportError::Unknown)
}

/// The content as text: UTF-8, or UTF-16 that says so in its first two bytes, as Windows tools write it.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let other = || ImportError::Binary("in another encoding than UTF-8 or UTF-16");
    let word = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => {
            if let Some(kind) = binary_kind(bytes) {
                return Err(ImportError::Binary(kind));
            }
            let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
            return text.map(Cow::Borrowed).map_err(|_| other());
        }
    };
    let (pairs, left) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| word(*pair))).collect();
    text.ok().filter(|_| left.is_empty()).map(Cow::Owned).ok_or_else(other)
}

/// Content that is no text, by its first bytes.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture without a model inside"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"\x1F\x8B", "a compressed archive"),
    ];
    let known = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind);
    known.or_else(|| bytes.iter().take(4096).any(|b| *b == 0).then_some("binary data"))
}

/// Our own file opens with a parenthesis, after comments and attributes.
fn looks_like_ron(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        let end = match text {
            t if t.starts_with('(') => return true,
            t if t.starts_with("//") => t.find('\n'),
            t if t.starts_with("/*") => t.find("*/").map(|i| i + 1),
            t if t.starts_with("#!") => t.find(']'),
            _ => return false,
        };
        match end.and_then(|i| text.get(i + 1..)) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
}

fn json(text: &str) -> Result<Option<Format>, ImportError> {
    let mut seen = Seen::default();
    let read = seen.deserialize_into(text);
    let has = |key: &str| seen.keys.contains(key);
    let format = if has("format") && (has("info") || !has("nodes")) {
        Some(Format::PalisadeJson)
    } else if has("otmVersion") {
        Some(Format::OpenThreatModel)
    } else if has("bomFormat") || has("specFormat") {
        Some(Format::CycloneDx)
    } else if has("trust_zones") && has("data_flows") {
        Some(Format::ThreatModelLibrary)
    } else if has("threagile_version") || has("technical_assets") {
        Some(Format::Threagile)
    } else if has("schema") && (has("threats") || has("applicationInfo")) {
        Some(Format::ThreatComposer)
    } else if has("nodes") && has("flows") {
        Some(Format::PlainJson)
    } else if has("elements") && has("flows") {
        Some(Format::Pytm)
    } else if has("templateMetadata") && has("model") {
        Some(Format::ThreatDragon2)
    } else if has("summary") && has("detail") {
        Some(seen.threat_dragon())
    } else if has("runs") && (has("$schema") || has("version")) {
        Some(Format::Sarif)
    } else {
        None
    };
    match (format, read) {
        (Some(f), _) => Ok(Some(f)),
        (None, Ok(())) => Ok(None),
        (None, Err(e)) => Err(e.into()),
    }
}

/// What a quick pass over a JSON object has met; kept even when the text breaks off.
#[derive(Default)]
struct Seen {
    keys: BTreeSet<String>,
    /// Keys of the objects in `detail.diagrams`.
    diagram_keys: BTreeSet<String>,
    version: String,
}

impl Seen {
    fn deserialize_into(&mut self, text: &str) -> Result<(), serde_json::Error> {
        let mut de = serde_json::Deserializer::from_str(text);
        Walk(self, Level::Top).deserialize(&mut de)?;
        de.end()
    }

    fn threat_dragon(&self) -> Format {
        if self.diagram_keys.contains("cells") {
            Format::ThreatDragon2
        } else if self.diagram_keys.contains("diagramJson") || self.version.is_empty() || self.version.starts_with("1.") {
            Format::ThreatDragon1
        } else {
            Format::ThreatDragon2
        }
    }
}

/// Where the walk is in the object; deeper than a diagram it skips.
#[derive(Clone, Copy)]
enum Level {
    Top,
    Detail,
    Diagrams,
    Diagram,
}

struct Walk<'a>(&'a mut Seen, Level);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Walk(seen, level) = self;
        while let Some(key) = map.next_key::<String>()? {
            // Noted before its value is read: the text may break off inside.
            match level {
                Level::Top => drop(seen.keys.insert(key.clone())),
                Level::Diagram => drop(seen.diagram_keys.insert(key.clone())),
                Level::Detail | Level::Diagrams => {}
            }
            match (level, key.as_str()) {
                (Level::Top, "detail") => map.next_value_seed(Walk(seen, Level::Detail))?,
                (Level::Top, "version") => {
                    seen.version = map.next_value::<serde_json::Value>()?.as_str().unwrap_or("").to_owned()
                }
                (Level::Detail, "diagrams") => map.next_value_seed(Walk(seen, Level::Diagrams))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Walk(seen, level) = self;
        match level {
            Level::Diagrams => while seq.next_element_seed(Walk(seen, Level::Diagram))?.is_some() {},
            Level::Top | Level::Detail | Level::Diagram => while seq.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// By the name of the root element. The document is not parsed: no entity is ever expanded.
fn xml(text: &str) -> Option<Format> {
    let mut rest = text;
    loop {
        rest = rest.get(rest.find('<')? + 1..)?;
        if rest.starts_with("!--") {
            rest = rest.get(rest.find("-->")? + 3..)?;
        } else if !rest.starts_with(['?', '!']) {
            break;
        }
    }
    let tag = rest.split(['>', ' ', '\t', '\r', '\n', '/']).next()?;
    let attributes = rest.split('>').next()?;
    match tag.rsplit(':').next()? {
        "ThreatModel" if attributes.contains("ThreatModeling.Model") => Some(Format::MicrosoftTmt),
        "KnowledgeBase" => Some(Format::MicrosoftTemplate),
        "mxfile" | "mxGraphModel" | "mxlibrary" => Some(Format::DrawIo),
        "svg" if drawio::within_svg(text).is_some() => Some(Format::DrawIo),
        _ => None,
    }
}

/// By top-level keys at the start of a line.
fn yaml(text: &str) -> Option<Format> {
    text.lines().find_map(|line| match line.split(':').next()?.trim_matches(['"', '\'']) {
        "otmVersion" => Some(Format::OpenThreatModel),
        "threagile_version" | "technical_assets" => Some(Format::Threagile),
        "bomFormat" | "specFormat" => Some(Format::CycloneDx),
        _ => None,
    })
}

/// By its first statement, after comments and front matter; in a Markdown file, the first block of that kind.
fn mermaid(text: &str) -> Option<Format> {
    let body = match text.find("```mermaid") {
        Some(fence) => text.get(fence..)?.split_once('\n')?.1,
        None => text.strip_prefix("---").and_then(|t| t.split_once("\n---")).map_or(text, |(_, body)| body),
    };
    let first = body.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("%%"))?;
    let mut words = first.split(|c: char| c.is_whitespace() || c == ';').filter(|w| !w.is_empty());
    let is_chart = matches!(words.next(), Some("flowchart" | "flowchart-elk" | "graph"));
    let directed = words.next().is_none_or(|d| matches!(d, "TB" | "TD" | "BT" | "LR" | "RL"));
    (is_chart && directed).then_some(Format::Mermaid)
}

/// By the columns of its first line: what a threat is called, and something said of it.
fn table(text: &str) -> Option<Format> {
    const NAMES: &[&str] = &["title", "threat", "threats", "threat title", "threat name", "threat id", "name", "short title"];
    const SAID: &[&str] = &[
        "category",
        "stride",
        "type",
        "severity",
        "priority",
        "risk",
        "rating",
        "status",
        "state",
        "mitigation",
        "mitigations",
        "target",
        "targets",
        "element",
        "elements",
        "component",
        "asset",
        "likelihood",
        "impact",
        "interaction",
        "justification",
    ];
    let header = text.lines().next()?.to_lowercase();
    let columns: BTreeSet<&str> = header.split([',', ';', '\t']).map(|c| c.trim().trim_matches('"').trim()).collect();
    let has = |words: &[&str]| words.iter().any(|w| columns.contains(w));
    (columns.len() > 1 && has(NAMES) && has(SAID)).then_some(Format::ThreatTable)
}
