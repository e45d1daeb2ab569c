//! `palisade merge`: two models that come from one brought together, as git asks for it or by hand.

use super::{CliError, outcome, read_silently};
use crate::compare::{Choices, Conflict, Merged, Side, merge, resolve};
use crate::disk;
use crate::interchange::Format;
use crate::model::ThreatModel;
use crate::open::Opened;
use crate::storage::Encoding;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Where both changed the same differently, ours stays and the conflict is told; no marks are written into the model, which
opens as always. Give --theirs with the numbers of those that the other shall win, or --prefer theirs.

As merge driver of git, in .gitattributes and once on every machine:
  *.ron merge=palisade
  git config merge.palisade.name 'Palisade threat models'
  git config merge.palisade.driver 'palisade merge %O %A %B --path %P'
With conflicts git leaves the file unmerged: look at it, decide, git add.

Exit codes:
  0  merged without a conflict, or with all of them decided
  1  merged, with conflicts in which ours was kept
  2  a file could not be read, understood or written, or the command line was not understood; nothing was changed";

/// Three models to bring together.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct Merge {
    /// What both come from; an empty file where they have nothing in common
    base: PathBuf,
    /// Ours; the result is written here
    ours: PathBuf,
    /// Theirs
    theirs: PathBuf,
    /// File to write the result to instead: the ending .ron or .json decides
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What the model is called in messages
    #[arg(long, value_name = "NAME")]
    path: Option<PathBuf>,
    /// Numbers of the conflicts that theirs wins, as they are told without this
    #[arg(long = "theirs", value_name = "NUMBERS", value_delimiter = ',')]
    theirs_wins: Vec<usize>,
    /// Who wins all others; with this no conflict is left undecided
    #[arg(long, value_enum)]
    prefer: Option<Prefer>,
    /// Also write the conflicts into this file, as JSON
    #[arg(long, value_name = "FILE")]
    conflicts: Option<PathBuf>,
}

/// Who wins a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Prefer {
    Ours,
    Theirs,
}

pub(super) fn run(wish: &Merge) -> Result<(), CliError> {
    let merged = written(wish).map_err(|e| CliError::NotCompared(Box::new(e)))?;
    let left = if wish.prefer.is_some() || !wish.theirs_wins.is_empty() { 0 } else { merged.conflicts.len() };
    if left == 0 { Ok(()) } else { Err(CliError::Conflicts(left)) }
}

fn written(wish: &Merge) -> Result<Merged, CliError> {
    let base = match disk::read(&wish.base)? {
        bytes if bytes.iter().all(u8::is_ascii_whitespace) => ThreatModel::default(),
        _ => read_silently(&wish.base)?.model,
    };
    let (ours, theirs) = (read_silently(&wish.ours)?, read_silently(&wish.theirs)?);
    let (file, encoding) = target(wish, &ours)?;
    let merged = decided(wish, &base, &ours.model, &theirs.model)?;
    let text = encoding.write(&merged.model)?;
    let name = wish.path.as_deref().unwrap_or(file).display();
    for note in &merged.notes {
        outcome::tell(&format!("{name}: {note}"));
    }
    for (n, conflict) in merged.conflicts.iter().enumerate() {
        outcome::tell(&format!("{name}: {}", line(n + 1, conflict)));
    }
    if let Some(report) = &wish.conflicts {
        let conflicts: Vec<Value> = merged.conflicts.iter().enumerate().map(|(n, c)| conflict_json(n + 1, c)).collect();
        disk::write(report, format!("{:#}\n", json!({ "format": 1, "conflicts": conflicts })).as_bytes())?;
    }
    // Git keeps what was there; a file beside would only be in the way.
    disk::write(file, text.as_bytes())?;
    Ok(merged)
}

/// The file to write, and how. What git hands over has names of its own, so content decides there.
fn target<'a>(wish: &'a Merge, ours: &Opened) -> Result<(&'a Path, Encoding), CliError> {
    let wrong =
        |path: &Path| CliError::Usage(format!("{}: name the file to write with -o and the ending .ron or .json", path.display()));
    match (&wish.output, ours.format) {
        (Some(output), _) => Ok((output, Encoding::of(output).ok_or_else(|| wrong(output))?)),
        (None, Format::Palisade) => Ok((&wish.ours, Encoding::Ron)),
        (None, Format::PalisadeJson) => Ok((&wish.ours, Encoding::Json)),
        (None, _) => Err(wrong(&wish.ours)),
    }
}

fn decided(wish: &Merge, base: &ThreatModel, ours: &ThreatModel, theirs: &ThreatModel) -> Result<Merged, CliError> {
    let mut merged = merge(base, ours, theirs);
    let mut choices = Choices::new();
    for number in &wish.theirs_wins {
        let conflict = number.checked_sub(1).and_then(|n| merged.conflicts.get(n));
        let unknown = || CliError::Usage(format!("there is no conflict {number}: there are {}", merged.conflicts.len()));
        choices.insert(conflict.ok_or_else(unknown)?.at.clone(), Side::Theirs);
    }
    if !choices.is_empty() {
        merged = resolve(base, ours, theirs, &choices);
    }
    // Deciding one may bring up another.
    while wish.prefer == Some(Prefer::Theirs) {
        let known = choices.len();
        choices.extend(merged.conflicts.iter().map(|conflict| (conflict.at.clone(), Side::Theirs)));
        if choices.len() == known {
            break;
        }
        merged = resolve(base, ours, theirs, &choices);
    }
    Ok(merged)
}

fn line(number: usize, conflict: &Conflict) -> String {
    let field = if conflict.field.is_empty() { String::new() } else { format!(", {}", conflict.field) };
    let taken = match conflict.taken {
        Side::Ours => "ours kept",
        Side::Theirs => "theirs taken",
    };
    let Conflict { record, base, ours, theirs, .. } = conflict;
    format!("conflict {number}: {record}{field}: was {base}; ours {ours}; theirs {theirs} – {taken}")
}

fn conflict_json(number: usize, conflict: &Conflict) -> Value {
    json!({
        "number": number,
        "record": conflict.record,
        "kind": conflict.at.key.kind_label(),
        "field": conflict.at.field,
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
        "taken": if conflict.taken == Side::Ours { "ours" } else { "theirs" },
    })
}
