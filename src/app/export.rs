//! Diagrams and attack trees as files: the dialog with its preview, and the writing beside the window.

use super::App;
use super::dialogs::Kind;
use super::jobs::{Done, Line, Purpose};
use crate::chart::{about_tree, draw_tree};
use crate::disk;
use crate::library::Library;
use crate::model::{Date, Id, ThreatModel};
use crate::picture::{self, Format, Options, PictureError, Subject};
use crate::risk::Assessment;
use crate::scene::{Bitmap, Scene, to_pixels_with};
use crate::theme::{Ink, Theme};
use crate::ui::widgets::{labelled, muted, named, primary_button, segmented};
use crate::ui::{Keys, style};
use egui::{TextureHandle, Ui, vec2};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The frame of the preview, in points.
const FRAME: egui::Vec2 = vec2(520.0, 260.0);

/// What is exported, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choices {
    pub(super) options: Options,
    pub(super) what: What,
    /// An attack tree instead of diagrams.
    pub(super) tree: Option<Id>,
    /// The diagram that is shown, and what is selected on it.
    diagram: Id,
    selected: BTreeSet<Id>,
}

impl Choices {
    /// What is exported now: with nothing selected any more, the diagram.
    fn what(&self) -> What {
        if self.what == What::Selection && self.selected.is_empty() { What::Diagram } else { self.what }
    }

    fn part(&self) -> BTreeSet<Id> {
        if self.what() == What::Selection { self.selected.clone() } else { BTreeSet::new() }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    #[default]
    Diagram,
    Selection,
    /// Each into a file of its own.
    All,
}

/// The picture in the dialog.
#[derive(Default)]
pub(super) struct Preview {
    /// `None` within when there is nothing to be seen.
    shown: Option<Option<TextureHandle>>,
    /// What was asked for last, of which revision of the model, and how often something was.
    asked: Option<(Choices, u64)>,
    wish: u64,
}

impl App {
    pub(super) fn ask_export(&mut self) {
        self.ask_picture(None);
    }

    pub(super) fn ask_export_of_tree(&mut self, id: Id) {
        self.ask_picture(Some(id));
    }

    fn ask_picture(&mut self, tree: Option<Id>) {
        self.dialogs.bring(Kind::Export);
        if self.dialogs.export.as_ref().is_some_and(|choices| choices.tree == tree) {
            return;
        }
        self.preview = Preview { wish: self.preview.wish + 1, ..Preview::default() };
        let selected = self.selection.items.clone();
        let what = if selected.is_empty() || tree.is_some() { What::Diagram } else { What::Selection };
        let (options, diagram) = (self.preferences.pictures, self.diagram.clone());
        self.dialogs.export = Some(Choices { options, what, tree, diagram, selected });
    }

    /// Has the preview drawn that the dialog asks for, of what is shown and selected now.
    pub(super) fn follow_export(&mut self) {
        let Some(choices) = self.dialogs.export.as_mut().filter(|_| !self.document.is_previewing()) else { return };
        if choices.diagram != self.diagram || choices.selected != self.selection.items {
            (choices.diagram, choices.selected) = (self.diagram.clone(), self.selection.items.clone());
        }
        let wanted = (seen(choices), self.document.revision());
        if self.preview.asked.as_ref() == Some(&wanted) {
            return;
        }
        self.preview.wish += 1;
        self.preview.asked = Some(wanted.clone());
        let ((wanted, _), wish) = (wanted, self.preview.wish);
        let (model, assessment, diagram) = (self.document.share(), self.assessed.assessment().clone(), wanted.diagram.clone());
        let (part, day) = (wanted.part(), self.services.today);
        self.jobs.start(move |_| {
            let subject =
                Subject { model: &model, assessment: &assessment, diagram: &diagram, part: &part, links: &BTreeMap::new(), day };
            let scene = match &wanted.tree {
                Some(tree) => drawn_tree(&model, &assessment, tree).map(|(scene, _)| scene),
                None => picture::drawn(&subject).ok(),
            };
            let pixels = scene.and_then(|scene| {
                let fits = (FRAME.x / scene.bounds.w.max(1.0)).min(FRAME.y / scene.bounds.h.max(1.0));
                let Options { theme, is_transparent, .. } = wanted.options;
                to_pixels_with(&scene, theme, (2.0 * fits).min(2.0), is_transparent)
            });
            Done::Preview { wish, pixels }
        });
    }

    pub(super) fn note_preview(&mut self, wish: u64, pixels: Option<Bitmap>) {
        if self.preview.wish == wish {
            self.preview.shown = Some(pixels.map(|pixels| {
                let image = egui::ColorImage::from_rgba_unmultiplied([pixels.width, pixels.height], &pixels.rgba);
                self.jobs.context().load_texture("export preview", image, egui::TextureOptions::LINEAR)
            }));
        }
    }

    /// The dialog. Returns whether to go on (true) or to leave it (false).
    pub(super) fn export_ui(&self, ui: &mut Ui, keys: Keys, choices: &mut Choices) -> Option<bool> {
        let is_tree = choices.tree.is_some();
        self.preview_ui(ui);
        let now = choices.what();
        let Choices { options, what, .. } = choices;
        let mut whats = vec![(What::Diagram, "This diagram")];
        if !self.selection.items.is_empty() {
            whats.push((What::Selection, "The selection"));
        }
        if self.document.model().diagrams.len() > 1 {
            whats.push((What::All, "Every diagram"));
        }
        if !is_tree {
            let set = |ui: &mut Ui| segmented(ui, "What", now, &whats);
            *what = labelled(ui, "What", set).unwrap_or(*what);
        }
        let formats = [(Format::Svg, "SVG"), (Format::Png, "PNG"), (Format::Pdf, "PDF")];
        options.format = labelled(ui, "Format", |ui| segmented(ui, "Format", options.format, &formats)).unwrap_or(options.format);
        if options.format == Format::Pdf {
            ui.label(muted(ui, "One page for print: lines stay sharp at any size, words can be searched."));
        } else {
            let themes =
                [(Theme::Light, "Light"), (Theme::Dark, "Dark"), (Theme::Paper, "Paper"), (Theme::Projector, "Projector")];
            options.theme =
                labelled(ui, "Colours", |ui| segmented(ui, "Colours", options.theme, &themes)).unwrap_or(options.theme);
            if options.format == Format::Png {
                let scales = [(1.0, "1×"), (2.0, "2×"), (3.0, "3×"), (4.0, "4×")];
                options.scale =
                    labelled(ui, "Pixels", |ui| segmented(ui, "Pixels", options.scale, &scales)).unwrap_or(options.scale);
            }
            named(ui.checkbox(&mut options.is_transparent, "Transparent ground"), "Transparent ground");
            if !is_tree {
                let words = "With the model inside: Palisade opens the picture again";
                named(ui.checkbox(&mut options.holds_model, words), words);
            }
        }
        let mut answer = None;
        ui.horizontal(|ui| {
            let export = primary_button(ui, "Export…");
            if keys.begin {
                export.request_focus();
            }
            if export.clicked() {
                answer = Some(true);
            }
            if ui.button("Cancel").clicked() {
                answer = Some(false);
            }
        });
        answer
    }

    fn preview_ui(&self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(FRAME, egui::Sense::hover());
        ui.painter().rect_filled(rect, 6.0, style::ink(ui, Ink::Canvas));
        match &self.preview.shown {
            Some(Some(texture)) => {
                let size = texture.size_vec2();
                let fits = ((rect.width() - 8.0) / size.x).min((rect.height() - 8.0) / size.y).min(1.0);
                let place = egui::Rect::from_center_size(rect.center(), size * fits);
                let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
                ui.painter().image(texture.id(), place, whole, egui::Color32::WHITE);
            }
            shown => {
                let words = if shown.is_some() { "There is nothing to draw" } else { "Drawing…" };
                let font = egui::FontId::proportional(13.0);
                let ink = style::ink(ui, Ink::Muted);
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, ink);
            }
        }
    }

    /// Remembers the choices and asks where to; the dialog stays until that is known.
    pub(super) fn export_chosen(&mut self) {
        let Some(choices) = self.dialogs.export.clone() else { return };
        if self.preferences.pictures != choices.options {
            self.preferences.pictures = choices.options;
            super::memory::store_preferences(&self.preferences, self.services.config.as_deref());
        }
        self.choose(Purpose::Picture(choices));
    }

    /// Name of the file, or of the folder for all of them.
    pub(super) fn suggested_picture(&self, choices: &Choices, plain: &str) -> String {
        let ending = choices.options.format.ending();
        if choices.what == What::All {
            return format!("{plain}-diagrams");
        }
        if let Some(tree) = choices.tree.as_ref().and_then(|id| self.document.model().attack_trees.get(id)) {
            return format!("{plain}-{}.{ending}", picture::file_name(&tree.root.name, "attack-tree"));
        }
        let names = picture::file_names(self.document.model());
        let name = names.into_iter().find(|(id, _)| *id == choices.diagram).map_or("diagram".to_owned(), |(_, name)| name);
        format!("{plain}-{name}.{ending}")
    }

    /// Writes the picture, or all of them into a folder, beside the window.
    pub(super) fn export_pictures(&mut self, choices: Choices, path: PathBuf) {
        self.dialogs.export = None;
        let (model, assessment, diagram) = (self.document.share(), self.assessed.assessment().clone(), choices.diagram.clone());
        let (part, day) = (choices.part(), self.services.today);
        self.work("Drawing", move |line| {
            let whole = BTreeSet::new();
            let is_all = choices.what == What::All;
            let names = if is_all { picture::file_names(&model) } else { Vec::new() };
            let links = picture::links(&model, &names, choices.options.format);
            let subject = Subject { model: &model, assessment: &assessment, diagram: &diagram, part: &part, links: &links, day };
            if let Some(tree) = &choices.tree {
                return Done::from(write_tree(&model, &assessment, tree, &choices.options, day, &path, line));
            }
            let write = |subject: &Subject<'_>, path: &Path| -> Result<(), Fault> {
                let bytes = picture::picture(subject, &choices.options, line)?;
                disk::write(path, &bytes).map_err(|e| Fault::Told(format!("The picture was not written. {e}")))
            };
            let written = if is_all {
                let folder = disk::make_folder(&path).map_err(|e| Fault::Told(format!("The pictures were not written. {e}")));
                folder.and_then(|()| {
                    for (diagram, name) in &names {
                        let file = path.join(format!("{name}.{}", choices.options.format.ending()));
                        match write(&Subject { diagram, part: &whole, ..subject }, &file) {
                            // Left out, as on the command line.
                            Ok(()) | Err(Fault::Empty) => {}
                            Err(fault) => return Err(fault),
                        }
                    }
                    Ok(format!("The pictures are in {}", path.display()))
                })
            } else {
                write(&subject, &path).map(|()| format!("The picture is in {}", path.display()))
            };
            Done::from(written)
        });
    }
}

/// An attack tree as shapes, and as words.
fn drawn_tree(model: &ThreatModel, assessment: &Assessment, id: &Id) -> Option<(Scene, String)> {
    let tree = model.attack_trees.get(id)?;
    let drawing = draw_tree(model, Library::builtin(), assessment, tree, None);
    Some((drawing.scene, about_tree(tree)))
}

/// Writes an attack tree; what to tell.
fn write_tree(
    model: &ThreatModel,
    assessment: &Assessment,
    id: &Id,
    options: &Options,
    day: Date,
    path: &Path,
    line: &Line,
) -> Result<String, Fault> {
    let (scene, about) = drawn_tree(model, assessment, id).ok_or(Fault::Empty)?;
    let name = model.attack_trees.get(id).map_or("", |tree| tree.root.name.as_str());
    let bytes = picture::scene_file(&scene, name, &about, options, day, line)?;
    disk::write(path, &bytes).map_err(|e| Fault::Told(format!("The picture was not written. {e}")))?;
    Ok(format!("The picture is in {}", path.display()))
}

impl From<Result<String, Fault>> for Done {
    fn from(written: Result<String, Fault>) -> Done {
        match written {
            Err(Fault::Stopped) => Done::Cancelled,
            Err(Fault::Empty) => Done::Drawn(Err("There is nothing to draw.".to_owned())),
            Err(Fault::Told(why)) => Done::Drawn(Err(why)),
            Ok(told) => Done::Drawn(Ok(told)),
        }
    }
}

/// Why a picture was not written.
enum Fault {
    Stopped,
    Empty,
    Told(String),
}

impl From<PictureError> for Fault {
    fn from(error: PictureError) -> Fault {
        match error {
            PictureError::Stopped => Fault::Stopped,
            PictureError::Empty(_) => Fault::Empty,
            other => Fault::Told(format!("The picture was not written: {other}.")),
        }
    }
}

/// What makes a difference to the preview.
fn seen(choices: &Choices) -> Choices {
    let Options { format, theme, is_transparent, .. } = choices.options;
    let is_paper = format == Format::Pdf;
    let options = Options {
        theme: if is_paper { Theme::Paper } else { theme },
        is_transparent: is_transparent && !is_paper,
        ..Options::default()
    };
    let selected = choices.part();
    Choices { options, what: choices.what(), tree: choices.tree.clone(), diagram: choices.diagram.clone(), selected }
}

/// What is added to a path, and whether it is there already. A folder needs none, and what is in it may stay.
pub(super) fn ending(choices: &Choices, path: &Path) -> (&'static str, bool) {
    let format = choices.options.format;
    if choices.what == What::All {
        return ("", true);
    }
    (format.ending(), Format::of(path) == Some(format))
}
