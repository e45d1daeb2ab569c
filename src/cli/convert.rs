//! `palisade convert`: any readable format into ours, or into another tool's.

use super::args::To;
use super::{CliError, day, loss_report, outcome, read_silently};
use crate::disk;
use crate::interchange::{Derived, FoundThreat, Loss, Target, export};
use crate::library::Library;
use crate::model::ThreatModel;
use crate::open::Opened;
use crate::risk::{FindingSource, FindingStatus, assess_on};
use crate::storage::Encoding;
use std::path::{Path, PathBuf};

/// One file that was converted.
pub(super) struct Converted {
    pub input: PathBuf,
    pub output: PathBuf,
    pub opened: Opened,
    /// What did not go along into the other tool's format.
    pub left_behind: Vec<Loss>,
}

/// Converts one file, or several into a folder. Of several each is tried; what fails is told, and the rest is done.
pub(super) fn run(files: &[PathBuf], to: Option<To>, losses: Option<&Path>) -> Result<(), CliError> {
    let Some((output, inputs)) = files.split_last() else { return Ok(()) };
    if let Some(file) = losses.filter(|file| files.iter().any(|f| disk::is_same(file, f))) {
        let message = format!("{}: name a file of its own for the losses; this one holds the model", file.display());
        return Err(CliError::Usage(message));
    }
    let mut done = Vec::new();
    let mut failed = 0;
    if output.is_dir() {
        for input in inputs {
            match into_folder(input, output, to) {
                Ok(converted) => done.push(converted),
                Err(error) => {
                    outcome::tell(&format!("palisade: {error}"));
                    failed += 1;
                }
            }
        }
    } else if let [input] = inputs {
        done.push(convert(input, output, to.or_else(|| by_ending(output)))?);
    } else {
        let message = format!("{}: name a folder that is there to convert several files into", output.display());
        return Err(CliError::Usage(message));
    }
    match losses {
        Some(file) if loss_report::is_words(file) => disk::write(file, loss_report::words(&done).as_bytes())?,
        Some(file) => disk::write(file, loss_report::json(&done).as_bytes())?,
        None => done.iter().for_each(tell),
    }
    if failed == 0 { Ok(()) } else { Err(CliError::NotAll { failed, all: inputs.len() }) }
}

fn tell(converted: &Converted) {
    let told = converted.opened.told().into_iter().chain(converted.left_behind.iter().map(Loss::to_string));
    told.for_each(|line| outcome::tell(&format!("{}: {line}", converted.input.display())));
}

fn into_folder(input: &Path, folder: &Path, to: Option<To>) -> Result<Converted, CliError> {
    let to = to.unwrap_or(To::Ron);
    let mut name = input.file_stem().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(ending(to));
    let output = folder.join(name);
    if output.exists() && !disk::is_same(input, &output) && read_silently(&output).is_ok() {
        let message = format!("{}: it is there already; remove it or choose another folder", output.display());
        return Err(CliError::Usage(message));
    }
    convert(input, &output, Some(to))
}

fn convert(input: &Path, output: &Path, to: Option<To>) -> Result<Converted, CliError> {
    let Some(to) = to else {
        let message =
            format!("{}: name the file to write with the ending .ron or .json, or say what with --to", output.display());
        return Err(CliError::Usage(message));
    };
    let opened = read_silently(input)?;
    let foreign = match to {
        To::Ron => return own(input, output, opened, Encoding::Ron),
        To::Json => return own(input, output, opened, Encoding::Json),
        To::ThreatDragon => Target::ThreatDragon,
        To::Otm => Target::OpenThreatModel,
    };
    let library = Library::builtin();
    let threats = found(&opened.model)?;
    let name = |id: &str| library.control(&opened.model, id).map_or_else(|| id.to_owned(), |c| c.name.clone());
    let export = export(foreign, &opened.model, &Derived { threats: &threats, control_name: &name });
    disk::save(output, export.text.as_bytes())?;
    Ok(Converted { input: input.to_owned(), output: output.to_owned(), opened, left_behind: export.losses })
}

fn own(input: &Path, output: &Path, opened: Opened, encoding: Encoding) -> Result<Converted, CliError> {
    disk::save(output, encoding.write(&opened.model)?.as_bytes())?;
    Ok(Converted { input: input.to_owned(), output: output.to_owned(), opened, left_behind: Vec::new() })
}

/// The threats the library finds, which other tools cannot work out.
fn found(model: &ThreatModel) -> Result<Vec<FoundThreat>, CliError> {
    let assessment = assess_on(model, Library::builtin(), day(None)?);
    let applies = assessment.ranked().into_iter().filter(|f| f.status == FindingStatus::Applies);
    let found = applies.filter(|f| !matches!(f.about.source, FindingSource::Manual { .. }));
    let threat = found.map(|f| FoundThreat {
        key: f.key.clone(),
        title: f.title.clone(),
        description: f.about.description.to_string(),
        categories: f.about.categories.to_vec(),
        band: f.current.band,
        score: f.current.score,
    });
    Ok(threat.collect())
}

fn ending(to: To) -> &'static str {
    match to {
        To::Ron => "ron",
        To::Json => "json",
        To::ThreatDragon => Target::ThreatDragon.ending(),
        To::Otm => Target::OpenThreatModel.ending(),
    }
}

fn by_ending(output: &Path) -> Option<To> {
    if output.extension().is_some_and(|e| e.eq_ignore_ascii_case("otm")) {
        return Some(To::Otm);
    }
    Encoding::of(output).map(|encoding| match encoding {
        Encoding::Ron => To::Ron,
        Encoding::Json => To::Json,
    })
}
