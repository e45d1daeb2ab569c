//! `palisade diff`: what two models say differently, and what that did to the risk.

use super::args::TextOrJson;
use super::{CliError, day, outcome, read_silently};
use crate::compare::{Comparison, Difference, Fate, Moved, Movement, RecordChange, Way, kind_heading};
use crate::library::Library;
use crate::model::{Band, Date, Key, ThreatModel};
use crate::progress::Quiet;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
With git, in .gitattributes and once on every machine:
  *.ron diff=palisade
  git config diff.palisade.command 'palisade diff --git'
Then git diff and git log -p --ext-diff tell of models in words; git difftool -x 'palisade diff' does for once.

Exit codes:
  0  the models are the same, or --git
  1  they differ
  2  a file could not be read or understood, or the command line was not; the reason is on standard error";

/// Two models to compare.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct Diff {
    /// The earlier model and the later; with --git the seven arguments git gives
    #[arg(value_names = ["BEFORE", "AFTER"], num_args = 1.., required = true)]
    files: Vec<PathBuf>,
    /// How to write the result; docs/diff-json.md describes the JSON
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    format: TextOrJson,
    /// The day both are assessed for, YYYY-MM-DD; today (UTC) when left out
    #[arg(long)]
    date: Option<Date>,
    /// Called by git: path, old file, its hash and mode, new file, its hash and mode
    #[arg(long)]
    git: bool,
}

pub(super) fn run(diff: &Diff) -> Result<(), CliError> {
    compared(diff).map_err(|e| CliError::NotCompared(Box::new(e))).and_then(|is_same| {
        // Git takes any other code for a crash.
        if is_same || diff.git { Ok(()) } else { Err(CliError::Different) }
    })
}

fn compared(diff: &Diff) -> Result<bool, CliError> {
    let (before, after, title) = match (diff.files.as_slice(), diff.git) {
        ([before, after], false) => (before, after, format!("{} → {}", before.display(), after.display())),
        // Renamed files come with two arguments more.
        ([path, before, _, _, after, ..], true) => (before, after, path.display().to_string()),
        // Unmerged: git has nothing to compare yet.
        ([path], true) => {
            outcome::print(&format!("{}: not merged yet\n", path.display()))?;
            return Ok(true);
        }
        _ => return Err(CliError::Usage("name two models to compare: the earlier and the later".to_owned())),
    };
    let (was, is) = (model_of(before)?, model_of(after)?);
    let comparison = Comparison::between(&was, &is, Library::builtin(), day(diff.date)?, &Quiet);
    outcome::print(&match diff.format {
        TextOrJson::Text => format!("{title}\n{}", text(&comparison, &was, &is)),
        TextOrJson::Json => format!("{:#}\n", comparison_json(&comparison)),
    })?;
    Ok(comparison.difference.is_empty())
}

/// A model; none where git says that there is no file.
fn model_of(path: &Path) -> Result<ThreatModel, CliError> {
    if path == Path::new("/dev/null") { Ok(ThreatModel::default()) } else { Ok(read_silently(path)?.model) }
}

/// The comparison for people.
pub fn text(comparison: &Comparison, before: &ThreatModel, after: &ThreatModel) -> String {
    let Comparison { difference, movement } = comparison;
    if comparison.is_empty() {
        return "\nThe models are the same.\n".to_owned();
    }
    let mut out = String::new();
    let mut heading = "";
    for change in &difference.records {
        let kind = kind_heading(&change.key);
        if kind != heading {
            out += &format!("\n{kind}\n");
            heading = kind;
        }
        out += &record(change);
    }
    out += &redrawn(difference, before, after);
    let (more, less) = difference.logged;
    out += &match (more, less) {
        (0, 0) => String::new(),
        (more, 0) => format!("\nAudit log: {more} more\n"),
        (more, less) => format!("\nAudit log: {more} more, {less} missing\n"),
    };
    let called = |key: &Key| {
        let change = difference.records.iter().find(|change| change.key == *key);
        change.map_or_else(
            || key.kind_label().to_owned(),
            |c| format!("{} “{}” {}", key.kind_label(), c.name, c.way.label().to_lowercase()),
        )
    };
    out + &risk(movement, &called)
}

fn record(change: &RecordChange) -> String {
    let name = if change.name.is_empty() { "The model" } else { change.name.as_str() };
    let mut out = format!("  {} {name}\n", change.way.sign());
    for field in &change.fields {
        out += &format!("      {}: {} → {}\n", field.label, one_line(&field.before), one_line(&field.after));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn redrawn(difference: &Difference, before: &ThreatModel, after: &ThreatModel) -> String {
    let mut out = String::new();
    let diagrams: BTreeSet<_> = difference.redrawn.iter().map(|r| &r.diagram).collect();
    for diagram in diagrams {
        for (way, words) in [(Way::Added, "Drawn on"), (Way::Removed, "No longer drawn on"), (Way::Changed, "Moved on")] {
            let here = difference.redrawn.iter().filter(|r| r.diagram == *diagram && r.way == way);
            let name = |id| Some(after.name_of(id)).filter(|n| !n.is_empty()).unwrap_or_else(|| before.name_of(id)).to_owned();
            let mut names: Vec<String> =
                here.map(|r| (&r.item, name(&r.item))).map(|(id, n)| if n.is_empty() { id.to_string() } else { n }).collect();
            names.sort();
            if !names.is_empty() {
                out += &format!("\n{words} “{}”: {}\n", name(diagram), names.join(", "));
            }
        }
    }
    out
}

fn risk(movement: &Movement, called: &dyn Fn(&Key) -> String) -> String {
    if movement.is_empty() {
        return "\nRisk: as it was\n".to_owned();
    }
    let of = |(was, is): (f64, f64)| format!("{was:.1} → {is:.1} ({:+.1})", is - was);
    let mut out = format!("\nRisk\n  Peak {}   Load {}\n", of(movement.peak), of(movement.load));
    let bands = Band::ALL.iter().zip(movement.counts.0.iter().zip(&movement.counts.1));
    let bands: Vec<String> =
        bands.filter(|(_, (a, b))| a != b).map(|(band, (a, b))| format!("{} {a} → {b}", band.label())).collect();
    if !bands.is_empty() {
        out += &format!("  {}\n", bands.join("   "));
    }
    for fate in Fate::ALL {
        let these: Vec<&Moved> = movement.with_fate(fate).collect();
        if these.is_empty() {
            continue;
        }
        out += &format!("  {} ({})\n", fate.label(), these.len());
        for moved in these {
            let standing =
                |s: &Option<crate::compare::Standing>| s.as_ref().map_or_else(|| "not there".to_owned(), |s| s.words());
            out += &format!("    {}  {}: {} → {}\n", moved.label, moved.title, standing(&moved.before), standing(&moved.after));
            let causes: Vec<String> = moved.causes.iter().map(called).collect();
            if !causes.is_empty() {
                out += &format!("        because of {}\n", causes.join(", "));
            }
        }
    }
    out
}

/// The comparison for tools, as docs/diff-json.md has it.
pub fn comparison_json(comparison: &Comparison) -> Value {
    let Comparison { difference, movement } = comparison;
    let records = difference.records.iter().map(|change| {
        let fields = change.fields.iter().map(|f| json!({ "field": f.field, "label": f.label, "before": f.before, "after": f.after }));
        let fields: Vec<Value> = fields.collect();
        json!({ "kind": change.key.kind_label(), "id": id(&change.key), "name": change.name, "change": way(change.way), "fields": fields })
    });
    let redrawn = difference.redrawn.iter().map(|r| json!({ "diagram": r.diagram, "item": r.item, "change": way(r.way) }));
    let standing = |s: &Option<crate::compare::Standing>| {
        s.as_ref().map(|s| {
            json!({ "score": rounded(s.score), "band": s.band.name(), "applies": s.applies, "disposition": s.disposition.name() })
        })
    };
    let threats = movement.threats.iter().map(|moved| {
        let causes: Vec<Value> = moved.causes.iter().map(|key| json!({ "kind": key.kind_label(), "id": id(key) })).collect();
        json!({
            "threat": moved.threat.to_string(),
            "label": moved.label,
            "title": moved.title,
            "fate": moved.fate.label(),
            "before": standing(&moved.before),
            "after": standing(&moved.after),
            "by": rounded(moved.by()),
            "causes": causes,
        })
    });
    let counts = |counts: &[usize; 5]| -> Value {
        Band::ALL.iter().zip(counts).map(|(band, n)| (band.name().to_owned(), json!(n))).collect::<serde_json::Map<_, _>>().into()
    };
    json!({
        "format": 1,
        "same": difference.is_empty(),
        "records": records.collect::<Vec<_>>(),
        "redrawn": redrawn.collect::<Vec<_>>(),
        "log": { "more": difference.logged.0, "missing": difference.logged.1 },
        "risk": {
            "peak": [rounded(movement.peak.0), rounded(movement.peak.1)],
            "load": [rounded(movement.load.0), rounded(movement.load.1)],
            "counts": [counts(&movement.counts.0), counts(&movement.counts.1)],
            "threats": threats.collect::<Vec<_>>(),
        },
    })
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Added => "added",
        Way::Removed => "removed",
        Way::Changed => "changed",
    }
}

fn id(key: &Key) -> String {
    match key {
        Key::Decision(threat) | Key::Appraisal(threat) => threat.to_string(),
        Key::Placement(place) => place.to_string(),
        _ => key.id().map(ToString::to_string).unwrap_or_default(),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
