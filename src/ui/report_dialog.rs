//! The dialog of the report: for whom, as what, which chapters, with its pages beside as they will be.

mod chapters;
mod looks;
mod sheet;

use super::Keys;
use super::widgets::{choice, icon_button, labelled, line_edit, link, muted, named, optional_choice, primary_button};
use crate::model::{Date, Id};
use crate::report::{Format, Pages, Profile, ReportOptions, Theme};
use crate::text::icon;
use crate::theme::Ink;
use egui::{Align, Key, Layout, Modifiers, ScrollArea, Ui, vec2};
use std::path::{Path, PathBuf};

/// Width of the settings.
const SETTINGS: f32 = 300.0;
/// Height of the dialog at most, and what it leaves of the window.
const MOST: f32 = 700.0;
const LEFT: f32 = 160.0;
/// Width of the preview for its height: a page that stands, with room beside it.
const PREVIEW: f32 = 0.78;
/// Targets of earlier reports that are offered.
const OFFERED: usize = 4;

/// What is asked for, and what it looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportDialog {
    pub options: ReportOptions,
    pub format: Format,
    /// Path of the file to write.
    pub target: String,
    /// The pages, once they are laid out.
    pages: Option<Pages>,
    /// Index of the page that is seen.
    seen: usize,
    /// Grows with every change of what is asked for.
    wish: u64,
    /// The wish the pages were last asked for.
    asked: Option<u64>,
    is_laying_out: bool,
    /// Where reports went before, newest first.
    recent: Vec<PathBuf>,
    /// The baselines the chapter on changes can go back to, the newest first.
    pub baselines: Vec<(Id, String)>,
    /// The file of the theme in use, and those used before, newest first.
    pub theme: Option<PathBuf>,
    pub themes: Vec<PathBuf>,
    /// What is wrong with the theme that was read last, a line each.
    theme_says: Vec<String>,
    /// The chapter that is being renamed.
    renaming: Option<chapters::Renaming>,
    /// Revision of the model the wish is about.
    model: u64,
    /// Where the target is typed, once that was shown.
    target_field: Option<egui::Id>,
}

/// How the dialog ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportAnswer {
    /// Write the file.
    Write,
    /// Ask for another path first.
    Choose,
    /// Read this theme, and go on.
    Theme(PathBuf),
    /// Ask for a theme, and go on.
    ChooseTheme,
    Close,
}

impl ReportDialog {
    pub fn new(date: Date, folder: &Path, name: &str, recent: &[PathBuf]) -> ReportDialog {
        let format = Format::default();
        let target = folder.join(name).with_extension(format.extension()).display().to_string();
        ReportDialog {
            options: ReportOptions::new(date),
            format,
            target,
            pages: None,
            seen: 0,
            wish: 0,
            asked: None,
            is_laying_out: false,
            recent: recent.to_vec(),
            baselines: Vec::new(),
            theme: None,
            themes: Vec::new(),
            theme_says: Vec::new(),
            renaming: None,
            model: 0,
            target_field: None,
        }
    }

    /// A theme was read, or was not.
    pub fn take_theme(&mut self, path: PathBuf, read: Result<Theme, Vec<String>>, known: &[PathBuf]) {
        match read {
            Ok(theme) => {
                self.theme_says = theme.warnings.iter().map(ToString::to_string).collect();
                self.themes = known.to_vec();
                self.wear(Some(path), theme);
            }
            Err(faults) => self.theme_says = faults,
        }
    }

    /// Puts the report into a theme; what else was asked for stays.
    fn wear(&mut self, path: Option<PathBuf>, theme: Theme) {
        self.theme = path;
        self.dress(self.options.profile, theme);
        self.options.paper = self.options.theme.paper;
    }

    fn dress(&mut self, profile: Profile, theme: Theme) {
        let ReportOptions { file_name, paper, baseline, date, .. } = self.options.clone();
        self.options = ReportOptions { file_name, paper, baseline, ..ReportOptions::of(profile, theme, date) };
        self.changed();
    }

    /// The options to lay out anew, when they have changed and nothing is under way.
    pub fn wanted(&mut self) -> Option<(u64, ReportOptions)> {
        if self.is_laying_out || self.asked == Some(self.wish) {
            return None;
        }
        self.asked = Some(self.wish);
        self.is_laying_out = true;
        Some((self.wish, self.options.clone()))
    }

    /// The pages for a wish are there; a newer wish asks again.
    pub fn show(&mut self, pages: Option<Pages>) {
        self.is_laying_out = false;
        if let Some(pages) = pages {
            self.seen = self.seen.min(pages.pages.len().saturating_sub(1));
            self.pages = Some(pages);
        }
    }

    /// True while the pages shown are not those asked for.
    pub fn is_stale(&self) -> bool {
        self.is_laying_out || self.asked != Some(self.wish)
    }

    fn changed(&mut self) {
        self.wish += 1;
    }

    /// Follows what was done to the model meanwhile: its pages are asked for anew. `file_name` is that of the model.
    pub fn follow(&mut self, revision: u64, file_name: &str, baselines: impl FnOnce() -> Vec<(Id, String)>) {
        if self.model == revision && self.options.file_name == file_name {
            return;
        }
        self.model = revision;
        file_name.clone_into(&mut self.options.file_name);
        self.baselines = baselines();
        let is_there = |id: &Id| self.baselines.iter().any(|(baseline, _)| baseline == id);
        self.options.baseline = self.options.baseline.take().filter(is_there);
        self.changed();
    }

    /// Room for the content in a window of this size.
    pub fn size(screen: egui::Vec2) -> egui::Vec2 {
        let height = (screen.y - LEFT).clamp(360.0, MOST);
        vec2(SETTINGS + 12.0 + height * PREVIEW, height)
    }

    /// The dialog; its answer once there is one.
    pub fn ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<ReportAnswer> {
        let size = ReportDialog::size(ui.ctx().content_rect().size());
        let mut answer = None;
        let had_keys = ui.memory(|m| m.focused());
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(SETTINGS, size.y), Layout::top_down(Align::Min), |ui| {
                ui.set_width(SETTINGS);
                ui.set_height(size.y);
                answer = self.settings_ui(ui, keys);
            });
            ui.add_space(12.0);
            let room = vec2(ui.available_width(), size.y);
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Center), |ui| self.preview_ui(ui));
        });
        // On a button, a choice or a title, Enter is meant for that.
        let is_free = keys.free || (had_keys.is_some() && had_keys == self.target_field);
        if answer.is_none() && is_free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
            answer = Some(ReportAnswer::Write);
        }
        let (back, forth) = ui.input(|i| (i.key_pressed(Key::PageUp), i.key_pressed(Key::PageDown)));
        self.turn(back && keys.here, forth && keys.here);
        answer
    }

    fn settings_ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<ReportAnswer> {
        ui.spacing_mut().item_spacing.y = 6.0;
        let profile =
            labelled(ui, "For", |ui| choice(ui, "report profile", "Profile", self.options.profile, Profile::ALL, Profile::label));
        if let Some(profile) = profile {
            self.dress(profile, self.options.theme.clone());
        }
        ui.label(muted(ui, self.options.profile.about()));
        if let Some(format) =
            labelled(ui, "As", |ui| choice(ui, "report format", "Format", self.format, Format::ALL, Format::label))
        {
            self.set_format(format);
        }
        ui.label(muted(ui, self.format.about()));
        let mut answer = self.looks_ui(ui);
        if !self.baselines.is_empty() {
            let since = labelled(ui, "Since", |ui| {
                let chosen = self.options.baseline.as_ref();
                optional_choice(ui, "report since", "Since", chosen, &self.baselines, "The newest baseline")
            });
            if let Some(baseline) = since {
                self.options.baseline = baseline;
                self.changed();
            }
        }
        ui.add_space(4.0);
        ui.label(muted(ui, "Chapters, where the model has something to say"));
        let below = 108.0 + 20.0 * self.offered().len() as f32;
        let room = (ui.available_height() - below).max(80.0);
        let area = ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, false]);
        let changed = area.show(ui, |ui| chapters::list_ui(ui, &mut self.options.chapters, &mut self.renaming)).inner;
        if changed {
            self.changed();
        }
        answer = self.target_ui(ui, keys).or(answer);
        answer
    }

    fn target_ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<ReportAnswer> {
        let mut answer = None;
        // Long paths show their beginning; the name at their end matters.
        let name = Path::new(&self.target).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ui.add(egui::Label::new(muted(ui, format!("File {name}"))).truncate());
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Choose…").clicked() {
                    answer = Some(ReportAnswer::Choose);
                }
                let field = named(ui.add(line_edit(&mut self.target)), "File of the report");
                self.target_field = Some(field.id);
                if field.changed()
                    && let Some(format) = Format::of(Path::new(&self.target))
                {
                    self.format = format;
                }
            });
        });
        for path in self.offered() {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if link(ui, &format!("Again to {name}")).on_hover_text(path.display().to_string()).clicked() {
                self.format = Format::of(&path).unwrap_or(self.format);
                self.target = path.display().to_string();
            }
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let write = primary_button(ui, "Write report");
            // Enter is to write, as long as nothing else was pressed.
            if keys.begin {
                write.request_focus();
            }
            if write.clicked() {
                answer = Some(ReportAnswer::Write);
            }
            if ui.button("Cancel").clicked() {
                answer = Some(ReportAnswer::Close);
            }
        });
        answer
    }

    fn offered(&self) -> Vec<PathBuf> {
        let others = self.recent.iter().filter(|path| path.display().to_string() != self.target);
        others.take(OFFERED).cloned().collect()
    }

    fn set_format(&mut self, format: Format) {
        self.format = format;
        let path = PathBuf::from(&self.target);
        // Only endings of reports are exchanged: "shop v1.2" is a name.
        if Format::of(&path).is_some() {
            self.target = path.with_extension(format.extension()).display().to_string();
        }
    }

    fn turn(&mut self, back: bool, forth: bool) {
        let count = self.pages.as_ref().map_or(0, |pages| pages.pages.len());
        if back {
            self.seen = self.seen.saturating_sub(1);
        }
        if forth && self.seen + 1 < count {
            self.seen += 1;
        }
    }

    fn preview_ui(&mut self, ui: &mut Ui) {
        let count = self.pages.as_ref().map_or(0, |pages| pages.pages.len());
        let (mut back, mut forth) = (false, false);
        ui.horizontal(|ui| {
            back = ui.add_enabled_ui(self.seen > 0, |ui| icon_button(ui, icon::CARET_LEFT, "Page before")).inner.clicked();
            forth =
                ui.add_enabled_ui(self.seen + 1 < count, |ui| icon_button(ui, icon::CARET_RIGHT, "Next page")).inner.clicked();
            let page = self.pages.as_ref().and_then(|pages| pages.pages.get(self.seen));
            let chapter =
                page.map(|page| page.chapter.clone()).filter(|c| !c.is_empty()).map(|c| format!("  {c}")).unwrap_or_default();
            ui.label(match count {
                0 => "The pages are being laid out …".to_owned(),
                _ => format!("Page {} of {count}{chapter}", self.seen + 1),
            });
            if self.is_stale() && count > 0 {
                ui.label(muted(ui, "being laid out anew …"));
            }
        });
        self.turn(back, forth);
        let room = ui.available_rect_before_wrap();
        // Paper stands out from what lies around it.
        ui.painter().rect_filled(room, 6.0, super::style::ink(ui, Ink::Raised));
        if let Some(page) = self.pages.as_ref().and_then(|pages| pages.pages.get(self.seen)) {
            sheet::show(ui, room, page, self.seen + 1);
        } else {
            ui.allocate_rect(room, egui::Sense::hover());
        }
    }
}
