//! The report: its dialog, its pages as they change, and the file, written beside the window.

use super::App;
use super::dialogs::Kind;
use super::jobs::{Done, Purpose};
use crate::compare::in_order;
use crate::disk;
use crate::library::Library;
use crate::progress::Quiet;
use crate::report::{self, Format, Pages, ReportError, ReportOptions, Theme, compose, lay_out};
use crate::ui::{ReportAnswer, ReportDialog};
use std::path::{Path, PathBuf};

impl App {
    /// Opens the dialog, with what was asked for last.
    pub(super) fn ask_report(&mut self) {
        self.dialogs.bring(Kind::Report);
        if self.dialogs.report.is_some() {
            return;
        }
        let name = self.suggested(&Purpose::Report);
        let recent: Vec<PathBuf> = self.recent.reports.clone();
        let mut dialog = ReportDialog::new(self.services.today, &self.folder(), &name, &recent);
        if let Some((serial, options, format)) = self.reported.take() {
            // Chapters and paper hold for the next model too; its file does not.
            dialog.options = ReportOptions { date: self.services.today, ..options };
            dialog.format = format;
            dialog.theme = self.report_theme.clone();
            let same = recent.first().filter(|path| serial == self.serial && Format::of(path) == Some(format));
            let usual = PathBuf::from(&dialog.target).with_extension(format.extension());
            dialog.target = same.unwrap_or(&usual).display().to_string();
        }
        dialog.themes.clone_from(&self.recent.themes);
        self.dialogs.report = Some(Box::new(dialog));
        self.follow_report();
    }

    /// Lays the pages out anew when something was changed in the dialog, or behind it.
    pub(super) fn follow_report(&mut self) {
        let Some(dialog) = &mut self.dialogs.report else { return };
        if !self.document.is_previewing() {
            let model = self.document.model();
            let file_name = self.file.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy()).unwrap_or_default();
            let baselines = || in_order(model).into_iter().map(|(id, baseline)| (id.clone(), baseline.name.clone())).collect();
            dialog.follow(self.document.revision(), &file_name, baselines);
        }
        let Some((_, options)) = dialog.wanted() else { return };
        let model = self.document.share();
        let assessment = self.assessed.assessment().clone();
        let serial = self.serial;
        self.jobs.start(move |_| {
            let report = compose(&model, Library::builtin(), &assessment, &options);
            Done::ReportPages { serial, pages: lay_out(&report, &Quiet).map(Box::new) }
        });
    }

    pub(super) fn note_report_pages(&mut self, serial: u64, pages: Option<Box<Pages>>) {
        if let Some(dialog) = &mut self.dialogs.report
            && serial == self.serial
        {
            dialog.show(pages.map(|pages| *pages));
        }
    }

    /// Remembers what was asked for: for the next time, and for the file that is written.
    fn keep_report_choices(&mut self) {
        if let Some(dialog) = &self.dialogs.report {
            self.reported = Some((self.serial, dialog.options.clone(), dialog.format));
            self.report_theme.clone_from(&dialog.theme);
        }
    }

    /// Acts on the answer of the dialog, which stays until something is written.
    pub(super) fn report_answered(&mut self, answer: ReportAnswer) {
        let target = self.dialogs.report.as_ref().map(|dialog| dialog.target.trim().to_owned()).unwrap_or_default();
        match answer {
            ReportAnswer::Close => {
                self.keep_report_choices();
                self.dialogs.report = None;
            }
            ReportAnswer::Theme(path) => self.take_theme(path),
            ReportAnswer::ChooseTheme => self.choose(Purpose::Theme),
            ReportAnswer::Write if !target.is_empty() => {
                let path = PathBuf::from(target);
                // What was written before is meant to be written again.
                let ask = !self.recent.reports.contains(&path);
                self.path_chosen(Purpose::Report, path, ask);
            }
            ReportAnswer::Write | ReportAnswer::Choose => self.choose(Purpose::Report),
        }
    }

    /// Reads a theme for the dialog, which is open, or opens again with it.
    pub(super) fn take_theme(&mut self, path: PathBuf) {
        self.ask_report();
        self.work("Reading the theme", move |_| {
            let read = theme(&path).map(Box::new);
            Done::Theme { path, read }
        });
    }

    pub(super) fn note_theme(&mut self, path: PathBuf, read: Result<Box<Theme>, Vec<String>>) {
        if read.is_ok() {
            self.recent.remember_theme(&path, self.services.state.as_deref());
        }
        if let Some(dialog) = &mut self.dialogs.report {
            dialog.take_theme(path, read.map(|theme| *theme), &self.recent.themes);
        }
    }

    /// The format asked for last.
    pub(super) fn report_format(&self) -> Format {
        let asked = self.dialogs.report.as_ref().map(|dialog| dialog.format);
        asked.or(self.reported.as_ref().map(|(.., format)| *format)).unwrap_or_default()
    }

    /// Writes the report on a worker.
    pub(super) fn export(&mut self, path: PathBuf) {
        self.keep_report_choices();
        self.dialogs.report = None;
        let model = self.document.share();
        let assessment = self.assessed.assessment().clone();
        let options = self.reported.as_ref().map(|(_, options, _)| options.clone());
        let options = options.unwrap_or_else(|| ReportOptions::new(self.services.today));
        let format = Format::of(&path).unwrap_or_default();
        self.work("Writing the report", move |line| {
            let report = compose(&model, Library::builtin(), &assessment, &options);
            let written = match report::write(format, &report, line) {
                Err(ReportError::Cancelled) => return Done::Cancelled,
                Err(why) => Err(format!("The report was not written: {why}")),
                Ok(bytes) => disk::save(&path, &bytes).map_err(|why| format!("The report was not written. {why}")),
            };
            Done::Exported(written.map(|()| (path, report.secrets.common)))
        });
    }

    pub(super) fn note_exported(&mut self, path: &Path, unsearched: &[String]) {
        self.recent.remember_report(path, self.services.state.as_deref());
        self.views.messages.say(format!("The report is in {}", path.display()));
        if !unsearched.is_empty() {
            let names: Vec<String> = unsearched.iter().map(|name| format!("“{name}”")).collect();
            let told = "not searched for in the report, because the report says the same in words of its own; look that they tell nothing";
            self.views.messages.warn(format!("Hidden names {} were {told}.", names.join(", ")));
        }
    }
}

/// A theme with what lies beside it; what is wrong with it, a line each.
fn theme(path: &Path) -> Result<Theme, Vec<String>> {
    let bytes = disk::read(path).map_err(|why| vec![why.to_string()])?;
    let text = std::str::from_utf8(&bytes).map_err(|_| vec!["A theme is text in UTF-8.".to_owned()])?;
    let beside = |name: &str| disk::read(&path.with_file_name(name)).map_err(|why| why.to_string());
    report::read_theme(text, &beside).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}
