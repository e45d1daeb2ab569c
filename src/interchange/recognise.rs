//! What kind of file it is, by its content.

use super::ImportError;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// The formats that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own file, RON.
    Palisade,
    /// The JSON twin of our own file.
    PalisadeJson,
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
    Sarif,
}

impl Format {
    /// Words for people, with an article where one is needed.
    pub fn label(self) -> &'static str {
        match self {
            Format::Palisade => "a Palisade model",
            Format::PalisadeJson => "a Palisade model as JSON",
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
pub fn recognise(bytes: &[u8]) -> Result<(Format, &str), ImportError> {
    if let Some(kind) = binary_kind(bytes) {
        return Err(ImportError::Binary(kind));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| ImportError::Binary("in another encoding than UTF-8"))?;
    let start = text.trim_start();
    let format = match start.chars().next() {
        None => return Err(ImportError::Empty),
        Some('{') => json(start)?,
        Some('<') => xml(start),
        Some('(' | '/' | '#') if looks_like_ron(start) => Some(Format::Palisade),
        Some(_) => yaml(start),
    };
    format.map(|f| (f, text)).ok_or(ImportError::Unknown)
}

/// Content that is no text, by its first bytes.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"\x1F\x8B", "a compressed archive"),
        (b"\xFF\xFE", "in another encoding than UTF-8"),
        (b"\xFE\xFF", "in another encoding than UTF-8"),
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
