//! `palisade export`: diagrams as pictures.

use super::{CliError, outcome, tidy};
use crate::disk;
use crate::library::Library;
use crate::model::{Id, ThreatModel};
use crate::picture::{self, Format, Options, PictureError, Subject};
use crate::progress::Quiet;
use crate::risk::{Assessment, assess};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What of the model is exported.
pub(super) struct Wish<'a> {
    pub diagram: Option<&'a str>,
    /// A picture of each diagram into a folder.
    pub all: Option<Format>,
    pub output: &'a Path,
    pub options: Options,
}

pub(super) fn run(model: &ThreatModel, wish: &Wish<'_>) -> Result<(), CliError> {
    let assessment = assess(model, Library::builtin());
    if let Some(format) = wish.all {
        return folder(model, &assessment, wish, format);
    }
    let Some(format) = Format::of(wish.output) else {
        let message = format!("{}: name the picture with the ending .svg, .png or .pdf", wish.output.display());
        return Err(CliError::Usage(message));
    };
    let diagram = match wish.diagram {
        Some(name) => tidy::find(model, name)?,
        None => model.diagram_order().into_iter().next().ok_or_else(|| CliError::Unknown("the model has no diagram".into()))?,
    };
    write(model, &assessment, &diagram, &BTreeMap::new(), &Options { format, ..wish.options }, wish.output)
}

fn folder(model: &ThreatModel, assessment: &Assessment, wish: &Wish<'_>, format: Format) -> Result<(), CliError> {
    disk::make_folder(wish.output)?;
    let names = picture::file_names(model);
    let links = picture::links(model, &names, format);
    for (diagram, name) in &names {
        let path: PathBuf = wish.output.join(format!("{name}.{}", format.ending()));
        match write(model, assessment, diagram, &links, &Options { format, ..wish.options }, &path) {
            // An empty diagram is no reason to leave out the others.
            Err(CliError::Picture(PictureError::Empty(name))) => outcome::tell(&format!("“{name}” is empty and was left out")),
            done => done?,
        }
    }
    Ok(())
}

fn write(
    model: &ThreatModel,
    assessment: &Assessment,
    diagram: &Id,
    links: &BTreeMap<Id, String>,
    options: &Options,
    path: &Path,
) -> Result<(), CliError> {
    // A slip in the file name must not cost a model; pictures may be made again over themselves.
    if disk::holds_other_than(path, options.format.mark()) {
        let message = format!("{}: this file is there and is no {}", path.display(), options.format.ending().to_uppercase());
        return Err(CliError::Usage(format!("{message}; name another for the picture")));
    }
    let subject = Subject { model, assessment, diagram, part: &BTreeSet::new(), links, day: super::day(None)? };
    let bytes = picture::picture(&subject, options, &Quiet).map_err(|e| match e {
        PictureError::NotHere(..) => CliError::NotHere(e.to_string()),
        other => CliError::Picture(other),
    })?;
    Ok(disk::write(path, &bytes)?)
}
