//! A table of findings as other tools and people write it (RFC 4180 and its relatives).

use super::columns::{Column, plain, recognise};
use crate::model::{VulnerabilityKind, VulnerabilityStatus};

/// Longer tables are no list of findings about a model.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// Why a table cannot be read, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindingsError {
    #[error("the table is larger than {} MB; export only the findings about this system", LIMIT / 1024 / 1024)]
    TooLarge,
    #[error("the table is not UTF-8 text (byte {0} is wrong); save it as “CSV UTF-8”")]
    NotText(usize),
    #[error("the table is empty")]
    Empty,
    #[error("the table has no column {missing}; its first line must name the columns, for example title, cwe, component, status")]
    NoColumn { missing: &'static str },
    #[error("line {line} of the table cannot be read: {why}")]
    Broken { line: u64, why: String },
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Line in the file, the first being 1.
    pub line: u64,
    /// What the other tool calls it by.
    pub id: String,
    pub title: String,
    pub place: String,
    pub cwe: Option<u32>,
    pub severity: String,
    pub evidence: String,
    pub description: String,
    pub kind: Option<VulnerabilityKind>,
    pub status: VulnerabilityStatus,
    /// The other tool says that it is not there after all.
    pub is_false_alarm: bool,
    /// It is a remark without a risk.
    pub is_remark: bool,
}

/// The findings of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub found: Vec<Found>,
}

impl Findings {
    /// Reads a table with a line of headings, whose columns are separated by commas, semicolons or tabs.
    ///
    /// # Errors
    /// It is too large, no UTF-8, empty, or has no columns for title and place.
    pub fn read(bytes: &[u8]) -> Result<Findings, FindingsError> {
        if bytes.len() > LIMIT {
            return Err(FindingsError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|e| FindingsError::NotText(e.valid_up_to() + 1))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let heading = text.lines().find(|line| !line.trim().is_empty()).ok_or(FindingsError::Empty)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(heading))
            .from_reader(text.as_bytes());
        let mut rows = reader.records().map(|row| {
            row.map_err(|e| {
                let line = e.position().map_or(0, csv::Position::line);
                FindingsError::Broken { line, why: e.to_string() }
            })
        });
        let header = loop {
            let row = rows.next().ok_or(FindingsError::Empty)??;
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                break row;
            }
        };
        let columns = recognise(&header.iter().map(str::to_owned).collect::<Vec<_>>());
        for (column, missing) in [
            (Column::Title, "for what was found (such as title, name or finding)"),
            (Column::Place, "for where it was found (such as component, element, asset or host)"),
        ] {
            if !columns.iter().any(|(c, _)| *c == column) {
                return Err(FindingsError::NoColumn { missing });
            }
        }
        let mut found = Vec::new();
        let is_odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        for row in rows {
            let row = row?;
            // An open quotation swallows everything after it.
            if is_odd && row.iter().any(|cell| cell.ends_with('\n')) {
                let line = row.position().map_or(0, csv::Position::line);
                return Err(FindingsError::Broken { line, why: "a quotation mark is not closed".to_owned() });
            }
            let cell = |column| {
                let at = columns.iter().find(|(c, _)| *c == column).map(|(_, at)| *at);
                at.and_then(|at| row.get(at)).map(clean).unwrap_or_default()
            };
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                found.push(Found { line: row.position().map_or(0, csv::Position::line), ..one(cell) });
            }
        }
        Ok(Findings { found })
    }
}

fn one(cell: impl Fn(Column) -> String) -> Found {
    let (title, severity) = (cell(Column::Title), cell(Column::Severity));
    let cwe = cwe_in(&cell(Column::Cwe)).or_else(|| title.to_uppercase().contains("CWE-").then(|| cwe_in(&title)).flatten());
    let yes = |column| matches!(plain(&cell(column)).as_str(), "true" | "yes" | "1" | "y" | "ja" | "oui" | "si");
    let no = |column| matches!(plain(&cell(column)).as_str(), "false" | "no" | "0" | "n" | "nein" | "non");
    let said = plain(&cell(Column::Status));
    let is_false_alarm =
        yes(Column::FalsePositive) || ["falsepositive", "falsealarm", "notaffected", "invalid"].iter().any(|w| said.contains(w));
    let status = if yes(Column::Mitigated) || no(Column::Active) {
        VulnerabilityStatus::Fixed
    } else {
        status(&said, yes(Column::Verified))
    };
    let kind = VulnerabilityKind::ALL.iter().copied().find(|k| plain(k.label()) == plain(&cell(Column::Kind)));
    Found {
        line: 0,
        id: cell(Column::Id),
        place: cell(Column::Place),
        cwe,
        evidence: cell(Column::Evidence),
        description: cell(Column::Description),
        kind: kind.or_else(|| kind_of(&plain(&title))),
        status,
        is_false_alarm,
        is_remark: matches!(plain(&severity).as_str(), "none" | "info" | "informational" | "information" | "note"),
        title,
        severity,
    }
}

/// The character that separates the columns of a heading: the one that is there most often outside quotes.
fn separator(heading: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in heading.bytes() {
        quoted ^= byte == b'"';
        counts.iter_mut().filter(|(sign, _)| *sign == byte && !quoted).for_each(|(_, n)| *n += 1);
    }
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(sign, _)| *sign)
}

/// A cell without the apostrophe that keeps spreadsheets from calculating it.
fn clean(cell: &str) -> String {
    let cell = cell.trim();
    let bare = cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA));
    let without_controls = |c: &char| *c == '\n' || *c == '\t' || !c.is_control();
    bare.unwrap_or(cell).replace("\r\n", "\n").chars().filter(without_controls).collect()
}

/// What a cell begins with that spreadsheets would calculate.
pub(super) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The first number in "CWE-89: SQL injection", "89" or "CWE-79, CWE-80".
fn cwe_in(text: &str) -> Option<u32> {
    let upper = text.to_uppercase();
    let from = upper.find("CWE").map_or(upper.as_str(), |at| upper.get(at..).unwrap_or_default());
    let digits: String = from.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|n| (1..100_000).contains(n))
}

fn status(said: &str, is_verified: bool) -> VulnerabilityStatus {
    const OVER: &[&str] =
        &["fixed", "closed", "resolved", "remediated", "mitigated", "done", "behoben", "geschlossen", "corrige", "cerrado"];
    const SURE: &[&str] = &[
        "open",
        "confirmed",
        "verified",
        "active",
        "triaged",
        "accepted",
        "reopened",
        "inprogress",
        "wontfix",
        "offen",
        "bestatigt",
        "ouvert",
        "abierto",
    ];
    const UNSURE: &[&str] =
        &["unconfirmed", "unverified", "suspected", "potential", "possible", "needsreview", "inactive", "notconfirmed"];
    let says = |words: &[&str]| words.iter().any(|w| said.contains(w));
    match () {
        () if says(UNSURE) => VulnerabilityStatus::Suspected,
        () if says(OVER) && !says(&["notfixed", "unresolved", "notresolved"]) => VulnerabilityStatus::Fixed,
        () if is_verified || says(SURE) || says(&["notfixed", "unresolved", "notresolved"]) => VulnerabilityStatus::Confirmed,
        () => VulnerabilityStatus::Suspected,
    }
}

/// The kind by the words of a title, where no CWE tells it.
fn kind_of(title: &str) -> Option<VulnerabilityKind> {
    const WORDS: &[(VulnerabilityKind, &[&str])] = &[
        (
            VulnerabilityKind::MissingPatch,
            &[
                "outdated",
                "unsupported",
                "endoflife",
                "cve20",
                "cve19",
                "missingpatch",
                "missingupdate",
                "vulnerableversion",
                "veraltet",
            ],
        ),
        (
            VulnerabilityKind::WeakCredentials,
            &["defaultpassword", "defaultcredential", "weakpassword", "guessable", "standardpasswort"],
        ),
        (VulnerabilityKind::ExposedSecret, &["hardcoded", "apikeyin", "secretin", "secretfound", "privatekey", "leakedkey"]),
        (
            VulnerabilityKind::Misconfiguration,
            &["misconfig", "missingheader", "securityheader", "directorylisting", "publicbucket", "fehlkonfiguration"],
        ),
        (
            VulnerabilityKind::CodingError,
            &["injection", "crosssitescripting", "xss", "overflow", "traversal", "csrf", "ssrf", "deserialis", "deserializ"],
        ),
    ];
    WORDS.iter().find(|(_, words)| words.iter().any(|w| title.contains(w))).map(|(kind, _)| *kind)
}
