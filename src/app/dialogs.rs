//! What floats over the work until it is answered, one dialog of each kind. The model may change behind them, or become
//! another one: each follows, or closes.

mod baseline;
mod left_behind;
mod path;

pub(super) use path::{Listing, PathDialog};

use super::App;
use super::export::Choices;
use super::importing::Importing;
use super::jobs::Purpose;
use super::merging::Merging;
use crate::ui::{
    Dialog, ImportAnswer, ImportDialog, Keys, MergeAnswer, ReportAnswer, ReportDialog, dialog_had_keyboard, dialog_takes_escape,
};
use egui::{Context, Ui};
use std::path::PathBuf;

/// Width of those that only ask for a word or two, in points.
const NARROW: f32 = 440.0;

/// A kind of dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Report,
    Export,
    Import,
    Merge,
    Baseline,
    LeftBehind,
    Path,
}

/// What is open.
#[derive(Default)]
pub(super) struct Dialogs {
    /// What goes into the report, and where it goes.
    pub(super) report: Option<Box<ReportDialog>>,
    /// Diagrams as files.
    pub(super) export: Option<Choices>,
    /// A file, before it becomes a model or a part of one.
    pub(super) import: Option<Box<Importing>>,
    /// What clashes in a merge.
    pub(super) merge: Option<Box<Merging>>,
    /// What a baseline is to be called.
    pub(super) baseline: Option<String>,
    /// What was not saved when an earlier window ended.
    pub(super) left_behind: bool,
    /// The path of a file, where the system has no dialog for it.
    pub(super) path: Option<PathDialog>,
    /// Comes to the front, and takes the keyboard.
    asked: Option<Kind>,
    /// The one that was asked for last.
    last: Option<Kind>,
    /// One that was asked for in another, and that other one.
    led: Option<(Kind, Kind)>,
}

/// What was answered.
enum Answer {
    Report(ReportAnswer),
    Export(bool),
    Import(ImportAnswer),
    Merge(MergeAnswer),
    Baseline(bool),
    LeftBehind(left_behind::Choice),
    Path(Option<PathBuf>),
}

impl Kind {
    const ALL: [Kind; 7] = [Kind::Report, Kind::Export, Kind::Import, Kind::Merge, Kind::Baseline, Kind::LeftBehind, Kind::Path];

    fn name(self) -> &'static str {
        match self {
            Kind::Report => "report",
            Kind::Export => "export",
            Kind::Import => "import",
            Kind::Merge => "merge",
            Kind::Baseline => "baseline",
            Kind::LeftBehind => "left behind",
            Kind::Path => "path",
        }
    }

    /// Leaving it alone.
    fn close(self) -> Answer {
        match self {
            Kind::Report => Answer::Report(ReportAnswer::Close),
            Kind::Export => Answer::Export(false),
            Kind::Import => Answer::Import(ImportAnswer::Close),
            Kind::Merge => Answer::Merge(MergeAnswer::Cancel),
            Kind::Baseline => Answer::Baseline(false),
            Kind::LeftBehind => Answer::LeftBehind(left_behind::Choice::Later),
            Kind::Path => Answer::Path(None),
        }
    }
}

impl Dialogs {
    /// One was asked for, maybe again.
    pub(super) fn bring(&mut self, kind: Kind) {
        (self.asked, self.last) = (Some(kind), Some(kind));
    }

    /// What a dialog led to was left: back to it.
    pub(super) fn come_back(&mut self) {
        self.asked = self.last.filter(|kind| self.is_open(*kind));
    }

    /// Remembers which one the keyboard was in when another one was asked for.
    fn begins(&mut self, kind: Kind, ctx: &Context) {
        if self.led.is_none_or(|(led, _)| led != kind) {
            let mut others = Kind::ALL.into_iter().filter(|other| *other != kind && self.is_open(*other));
            self.led = others.find(|other| dialog_had_keyboard(ctx, other.name())).map(|from| (kind, from));
        }
    }

    /// The keyboard goes back from a dialog that was left to the one it was asked for in.
    fn go_back(&mut self, ctx: &Context) {
        let Some((kind, from)) = self.led.filter(|(kind, _)| !self.is_open(*kind)) else { return };
        self.led = None;
        if self.is_open(from) && dialog_had_keyboard(ctx, kind.name()) {
            self.bring(from);
        }
    }

    fn is_open(&self, kind: Kind) -> bool {
        match kind {
            Kind::Report => self.report.is_some(),
            Kind::Export => self.export.is_some(),
            Kind::Import => self.import.is_some(),
            Kind::Merge => self.merge.is_some(),
            Kind::Baseline => self.baseline.is_some(),
            Kind::LeftBehind => self.left_behind,
            Kind::Path => self.path.is_some(),
        }
    }

    pub(super) fn is_any_open(&self) -> bool {
        Kind::ALL.into_iter().any(|kind| self.is_open(kind))
    }

    /// Another model is shown: what was asked about the one before is asked no longer.
    pub(super) fn show_model(&mut self) {
        (self.report, self.export, self.merge, self.baseline) = (None, None, None, None);
        self.path = self.path.take().filter(|dialog| dialog.purpose == Purpose::Open);
    }
}

impl App {
    /// Escape closes the dialog the keyboard is in. Called before anything is drawn.
    pub(super) fn take_escape_of_dialogs(&mut self, ctx: &Context) {
        let left = Kind::ALL.into_iter().find(|kind| self.dialogs.is_open(*kind) && dialog_takes_escape(ctx, kind.name()));
        if let Some(kind) = left {
            self.dialog_answered(kind.close(), ctx);
        }
    }

    /// Draws what is open, and acts on answers.
    pub(super) fn show_dialogs(&mut self, ctx: &Context) {
        self.follow_report();
        self.follow_export();
        self.follow_import();
        self.follow_merge();
        let mut dialogs = std::mem::take(&mut self.dialogs);
        // What is modal keeps the keyboard as long as it is there.
        let asked = dialogs.asked.take_if(|_| ctx.memory(|m| m.top_modal_layer().is_none()));
        if let Some(kind) = asked {
            dialogs.begins(kind, ctx);
        }
        let screen = ctx.content_rect().size();
        let mut answers = Vec::new();
        let mut show = |kind: Kind, title: &str, width: f32, body: &mut dyn FnMut(&mut Ui, Keys) -> Option<Answer>| {
            let dialog = Dialog { name: kind.name(), title, width, begins: asked == Some(kind) };
            let (answer, closes) = dialog.show(ctx, body);
            answers.extend(answer.or(closes.then(|| kind.close())));
        };
        if let Some(dialog) = &mut dialogs.report {
            let width = ReportDialog::size(screen).x;
            show(Kind::Report, "Report", width, &mut |ui, keys| dialog.ui(ui, keys).map(Answer::Report));
        }
        if let Some(choices) = &mut dialogs.export {
            let title = if choices.tree.is_some() { "Export the attack tree" } else { "Export as a picture" };
            show(Kind::Export, title, 520.0, &mut |ui, keys| self.export_ui(ui, keys, choices).map(Answer::Export));
        }
        if let Some(importing) = &mut dialogs.import {
            let (title, width) = (importing.dialog.title(), ImportDialog::width(screen));
            show(Kind::Import, &title, width, &mut |ui, keys| importing.dialog.ui(ui, keys).map(Answer::Import));
        }
        if let Some(merging) = &mut dialogs.merge {
            show(Kind::Merge, "Merge the changes of both", 820.0, &mut |ui, _| merging.dialog.ui(ui).map(Answer::Merge));
        }
        if let Some(name) = &mut dialogs.baseline {
            let ui = &mut |ui: &mut Ui, keys| baseline::ui(ui, keys, name).map(Answer::Baseline);
            show(Kind::Baseline, "Keep as baseline", NARROW, ui);
        }
        if dialogs.left_behind {
            let left = &self.recovery.left;
            let ui = &mut |ui: &mut Ui, _| left_behind::ui(ui, left).map(Answer::LeftBehind);
            show(Kind::LeftBehind, "Work that was not saved", NARROW, ui);
        }
        if let Some(dialog) = &mut dialogs.path {
            show(Kind::Path, dialog.title(), NARROW, &mut |ui, keys| dialog.ui(ui, keys).map(Answer::Path));
        }
        self.dialogs = dialogs;
        answers.into_iter().for_each(|answer| self.dialog_answered(answer, ctx));
        self.dialogs.go_back(ctx);
        // Behind what is modal it waits until that is gone, and that draws another frame.
        if self.dialogs.asked.is_some() && ctx.memory(|m| m.top_modal_layer().is_none()) {
            ctx.request_repaint();
        }
        self.list_folder();
        self.draw_import();
    }

    fn dialog_answered(&mut self, answer: Answer, ctx: &Context) {
        match answer {
            Answer::Report(answer) => self.report_answered(answer),
            Answer::Export(true) => self.export_chosen(),
            Answer::Export(false) => self.dialogs.export = None,
            Answer::Import(answer) => self.import_answered(answer, ctx),
            Answer::Merge(MergeAnswer::Merge) => self.merge_decided(),
            Answer::Merge(MergeAnswer::Cancel) => self.dialogs.merge = None,
            Answer::Baseline(keeps) => {
                if let Some(name) = self.dialogs.baseline.take().filter(|_| keeps) {
                    self.keep_baseline(&name);
                }
            }
            Answer::LeftBehind(choice) => self.left_behind_answered(choice, ctx),
            Answer::Path(path) => {
                if let Some((dialog, path)) = self.dialogs.path.take().zip(path) {
                    self.path_chosen(dialog.purpose, path, true);
                }
            }
        }
    }
}
