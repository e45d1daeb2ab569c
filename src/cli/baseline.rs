//! `palisade baseline`: how things stand is kept in the model under a name, or what is kept is listed.

use super::{CliError, day, outcome, read};
use crate::compare::{Scores, freeze, in_order};
use crate::disk;
use crate::edit::{Document, Edit};
use crate::library::Library;
use crate::model::{Date, IdSource, Key, ThreatModel};
use crate::risk::assess_on;
use crate::storage::Encoding;
use clap::Args;
use std::path::PathBuf;

const AFTER: &str = "\
palisade report FILE --since NAME tells what happened since, and the window compares with it (Ctrl+Shift+D).

Exit codes:
  0  kept, or listed
  2  the file could not be read, understood or written, or a baseline of that name is there already";

/// A model, and what is kept in it.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct KeepBaseline {
    /// Model to keep a baseline in
    file: PathBuf,
    /// What the baseline is called, such as "Delivery 2"; without it the baselines there are, newest first
    name: Option<String>,
    /// Who keeps it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true, requires = "name")]
    by: String,
    /// File to write to: the ending .ron or .json decides; FILE itself when left out
    #[arg(short, long, value_name = "OUT", requires = "name")]
    output: Option<PathBuf>,
    /// The day it is assessed for and kept, YYYY-MM-DD; today (UTC) when left out
    #[arg(long)]
    date: Option<Date>,
}

pub(super) fn run(wish: &KeepBaseline) -> Result<(), CliError> {
    let opened = read(&wish.file)?;
    let Some(name) = wish.name.as_deref().map(str::trim) else {
        return outcome::print(&listed(&opened.model));
    };
    let refused = |why: &str| CliError::Usage(format!("{}: {why}", wish.file.display()));
    if name.is_empty() {
        return Err(refused("give the baseline a name"));
    }
    if opened.model.baselines.values().any(|kept| kept.name == name) {
        return Err(refused(&format!("there is a baseline “{name}” already; give this one another name")));
    }
    let file = wish.output.as_ref().unwrap_or(&wish.file);
    let encoding = Encoding::of(file).filter(|_| wish.output.is_some() || !opened.is_foreign());
    let encoding = encoding.ok_or_else(|| refused("name the file to write with -o and the ending .ron or .json"))?;
    let model = with(&opened.model, name, &wish.by, day(wish.date)?)?;
    disk::save(file, encoding.write(&model)?.as_bytes())?;
    outcome::tell(&format!("{}: kept as “{name}”", file.display()));
    Ok(())
}

fn with(model: &ThreatModel, name: &str, by: &str, on: Date) -> Result<ThreatModel, CliError> {
    let library = Library::builtin();
    let baseline = freeze(model, &Scores::of(&assess_on(model, library, on)), library, name, by, on);
    // The same file gives the same id.
    let id = IdSource::seeded(0).free_in(model);
    let mut document = Document::new(model.clone());
    let edit = Edit::put(Key::Baseline(id), baseline);
    document.commit(&edit).map_err(|e| CliError::Usage(format!("the baseline cannot be kept: {e}")))?;
    super::audit::log(&mut document, model, "palisade baseline")?;
    Ok(document.model().clone())
}

fn listed(model: &ThreatModel) -> String {
    let lines = in_order(model).into_iter().map(|(_, kept)| {
        let by = if kept.by.is_empty() { String::new() } else { format!("  by {}", kept.by) };
        format!("{}  {}{by}\n", kept.on.map_or_else(|| "no date   ".to_owned(), |on| on.to_string()), kept.name)
    });
    let all: String = lines.collect();
    if all.is_empty() { "No baseline is kept in this model.\n".to_owned() } else { all }
}
