//! Diagrams as files of their own: SVG, PNG and PDF from the one scene, for documents, slides and the web.

#[cfg(feature = "png")]
mod pixels;
mod summary;

use crate::model::{Date, Id, ThreatModel};
use crate::progress::Progress;
use crate::report::{self, ReportError};
use crate::risk::Assessment;
use crate::scene::{self, Look, Scene, SvgOptions, Words};
use crate::storage::{Encoding, embedded};
use crate::theme::Theme;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    #[default]
    Svg,
    Png,
    Pdf,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::Svg, Format::Png, Format::Pdf];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Pdf => "pdf",
        }
    }

    /// What the ending of a file name asks for; `None` for any other.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::ALL.into_iter().find(|f| f.ending() == ending)
    }

    /// The first bytes of its files.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Format::Svg => b"<svg",
            Format::Png => b"\x89PNG",
            Format::Pdf => b"%PDF-",
        }
    }
}

/// How a diagram is written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    pub format: Format,
    /// A PDF is always for print.
    pub theme: Theme,
    /// On nothing instead of on the canvas.
    pub is_transparent: bool,
    /// Pixels by world unit, 1 to 4, for PNG.
    pub scale: f32,
    /// With the whole model inside, so that Palisade opens the picture again; SVG and PNG.
    pub holds_model: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { format: Format::Svg, theme: Theme::Light, is_transparent: false, scale: 2.0, holds_model: false }
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("there is nothing on the diagram “{0}”")]
    Empty(String),
    #[error("it was stopped")]
    Stopped,
    #[error("this build of Palisade cannot write {0}; export SVG, or install one with the feature “{1}”")]
    NotHere(&'static str, &'static str),
    #[error("the picture could not be written: {0}")]
    Write(String),
}

/// What is to be drawn.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub model: &'a ThreatModel,
    pub assessment: &'a Assessment,
    pub diagram: &'a Id,
    /// These only, with the flows between them; everything when empty.
    pub part: &'a BTreeSet<Id>,
    /// Where a click on a record leads (SVG).
    pub links: &'a BTreeMap<Id, String>,
    /// The day a PDF says it was made.
    pub day: Date,
}

/// The bytes of a file with the diagram.
///
/// # Errors
/// See [`PictureError`].
pub fn picture(subject: &Subject<'_>, options: &Options, progress: &dyn Progress) -> Result<Vec<u8>, PictureError> {
    progress.report(0.1, "Drawing the diagram");
    let scene = drawn(subject)?;
    if progress.cancelled() {
        return Err(PictureError::Stopped);
    }
    progress.report(0.5, "Writing the picture");
    let model = || match options.holds_model {
        false => Ok(None),
        true => Encoding::Ron.write(subject.model).map(Some).map_err(|e| PictureError::Write(e.to_string())),
    };
    let (title, about) = (summary::title(subject.model, subject.diagram), summary::about(subject));
    let inside = if options.format == Format::Pdf { None } else { model()? };
    let words = Told { title: &title, about: &about, links: subject.links, inside: inside.as_deref(), day: subject.day };
    write(&scene, &words, options, progress)
}

/// The bytes of a file with any other drawing, for example an attack tree. It holds no model.
///
/// # Errors
/// See [`PictureError`].
pub fn scene_file(
    scene: &Scene,
    title: &str,
    about: &str,
    options: &Options,
    day: Date,
    progress: &dyn Progress,
) -> Result<Vec<u8>, PictureError> {
    if scene.items.is_empty() {
        return Err(PictureError::Empty(title.to_owned()));
    }
    write(scene, &Told { title, about, links: &BTreeMap::new(), inside: None, day }, options, progress)
}

/// What a file says beside its shapes.
struct Told<'a> {
    title: &'a str,
    about: &'a str,
    links: &'a BTreeMap<Id, String>,
    /// The whole model, to be opened again.
    inside: Option<&'a str>,
    day: Date,
}

fn write(scene: &Scene, words: &Told<'_>, options: &Options, progress: &dyn Progress) -> Result<Vec<u8>, PictureError> {
    let Told { title, about, links, inside, day } = *words;
    match options.format {
        Format::Svg => {
            let inside = inside.map(embedded::as_metadata).unwrap_or_default();
            let plain = SvgOptions::new(options.theme, Words::Text);
            let is_transparent = options.is_transparent;
            let svg = SvgOptions { is_transparent, title, about, links, inside: &inside, ..plain };
            Ok(scene::to_svg_with(scene, &svg).into_bytes())
        }
        #[cfg(feature = "png")]
        Format::Png => pixels::write(scene, options, title, inside),
        #[cfg(not(feature = "png"))]
        Format::Png => Err(PictureError::NotHere("PNG", "png")),
        Format::Pdf => report::diagram_page(scene, title, about, day, progress).map_err(|e| match e {
            ReportError::Cancelled => PictureError::Stopped,
            ReportError::NoPdf => PictureError::NotHere("PDF", "pdf"),
            other => PictureError::Write(other.to_string()),
        }),
    }
}

/// The diagram, or the part of it, as shapes.
pub fn drawn(subject: &Subject<'_>) -> Result<Scene, PictureError> {
    let model = subject.model;
    let layout = scene::lay_out(model, subject.diagram);
    let scene = scene::draw(model, subject.assessment, &layout, &Look::default());
    let is_whole = subject.part.is_empty();
    let scene = if is_whole { scene } else { scene.only(&model.with_content_and_flows(subject.part)) };
    if scene.items.is_empty() {
        return Err(PictureError::Empty(summary::title(model, subject.diagram)));
    }
    Ok(scene)
}

/// A name as far as file systems take it, without ending; `otherwise` where nothing is left of it.
pub fn file_name(name: &str, otherwise: &str) -> String {
    let kept: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = kept.split('-').filter(|w| !w.is_empty()).collect();
    let stem: String = words.join("-").to_lowercase().chars().take(80).collect();
    if stem.is_empty() { otherwise.to_owned() } else { stem }
}

/// A file name for each diagram, without ending, in the order of tabs: its own name as far as file systems take it.
pub fn file_names(model: &ThreatModel) -> Vec<(Id, String)> {
    let mut taken = BTreeSet::new();
    let mut named = Vec::new();
    for id in model.diagram_order() {
        let title = summary::title(model, &id);
        let stem = file_name(&title, "diagram");
        let free = (2..).map(|n| format!("{stem}-{n}"));
        let name = std::iter::once(stem.clone()).chain(free).find(|name| !taken.contains(name)).unwrap_or(stem.clone());
        taken.insert(name.clone());
        named.push((id, name));
    }
    named
}

/// For pictures side by side in a folder: elements lead to the pictures that detail them.
pub fn links(model: &ThreatModel, names: &[(Id, String)], format: Format) -> BTreeMap<Id, String> {
    let link = |(id, name): &(Id, String)| {
        let of = model.diagrams.get(id)?.of.clone()?;
        Some((of, format!("{name}.{}", format.ending())))
    };
    names.iter().filter_map(link).collect()
}
