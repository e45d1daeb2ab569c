//! `palisade export`: diagrams and attack trees as pictures.

use super::{CliError, outcome, tidy};
use crate::chart::{about_tree, draw_tree};
use crate::disk;
use crate::library::Library;
use crate::model::{AttackTree, Date, Id, ThreatModel};
use crate::picture::{self, Format, Options, PictureError, Subject};
use crate::progress::Quiet;
use crate::risk::{Assessment, assess};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What of the model is exported.
pub(super) struct Wish<'a> {
    pub diagram: Option<&'a str>,
    /// An attack tree instead of diagrams.
    pub tree: Option<&'a str>,
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
    if let Some(name) = wish.tree {
        return tree(model, &assessment, name, &Options { format, ..wish.options }, wish.output);
    }
    let diagram = match wish.diagram {
        Some(name) => tidy::find(model, name)?,
        None => model.diagram_order().into_iter().next().ok_or_else(|| CliError::Unknown("the model has no diagram".into()))?,
    };
    write(model, &assessment, &diagram, &BTreeMap::new(), &Options { format, ..wish.options }, wish.output)
}

/// An attack tree by the name of its goal or its id.
fn tree(model: &ThreatModel, assessment: &Assessment, name: &str, options: &Options, path: &Path) -> Result<(), CliError> {
    let fits = |(id, tree): &(&Id, &AttackTree)| id.as_str() == name || tree.root.name.eq_ignore_ascii_case(name);
    let Some((_, tree)) = model.attack_trees.iter().find(fits) else {
        let known: Vec<&str> = model.attack_trees.values().map(|tree| tree.root.name.as_str()).collect();
        return Err(CliError::Unknown(match known.is_empty() {
            true => "the model has no attack tree; `palisade paths --tree` draws one of the likeliest ways".to_owned(),
            false => format!("there is no attack tree “{name}”; there are {}", known.join(", ")),
        }));
    };
    write_tree(model, assessment, tree, options, path, super::day(None)?)
}

/// Draws an attack tree into a file, which may be one of an earlier picture.
pub(super) fn write_tree(
    model: &ThreatModel,
    assessment: &Assessment,
    tree: &AttackTree,
    options: &Options,
    path: &Path,
    day: Date,
) -> Result<(), CliError> {
    let scene = draw_tree(model, Library::builtin(), assessment, tree, None).scene;
    let bytes = picture::scene_file(&scene, &tree.root.name, &about_tree(tree), options, day, &Quiet);
    store(path, options.format, bytes)
}

/// Writes a picture. A slip in the file name must not cost a model; pictures may be made again over themselves.
fn store(path: &Path, format: Format, bytes: Result<Vec<u8>, PictureError>) -> Result<(), CliError> {
    if disk::holds_other_than(path, format.mark()) {
        let message = format!("{}: this file is there and is no {}", path.display(), format.ending().to_uppercase());
        return Err(CliError::Usage(format!("{message}; name another for the picture")));
    }
    let bytes = bytes.map_err(|e| match e {
        PictureError::NotHere(..) => CliError::NotHere(e.to_string()),
        other => CliError::Picture(other),
    })?;
    Ok(disk::write(path, &bytes)?)
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
    let subject = Subject { model, assessment, diagram, part: &BTreeSet::new(), links, day: super::day(None)? };
    store(path, options.format, picture::picture(&subject, options, &Quiet))
}
