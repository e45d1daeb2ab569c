//! The looks of a report: theme, cover and paper.

use super::{ReportAnswer, ReportDialog};
use crate::model::Band;
use crate::report::{CoverLayout, Paper, Theme};
use crate::text::icon;
use crate::theme::Ink;
use crate::ui::style;
use crate::ui::widgets::{choice, icon_button, labelled, muted, optional_choice};
use egui::{Align, Label, Layout, RichText, Ui};
use std::path::{Path, PathBuf};

/// Lines about a theme that are shown; the others when pointed at.
const LINES: usize = 2;

impl ReportDialog {
    pub(super) fn looks_ui(&mut self, ui: &mut Ui) -> Option<ReportAnswer> {
        let mut answer = None;
        labelled(ui, "Theme", |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, icon::FOLDER_OPEN, "Choose a theme…").clicked() {
                    answer = Some(ReportAnswer::ChooseTheme);
                }
                if let Some(path) = &self.theme
                    && icon_button(ui, icon::ARROW_CLOCKWISE, "Read the theme again").clicked()
                {
                    answer = Some(ReportAnswer::Theme(path.clone()));
                }
                let known: Vec<(PathBuf, String)> = self.themes.iter().map(|path| (path.clone(), name_of(path))).collect();
                match optional_choice(ui, "report theme", "Theme", self.theme.as_ref(), &known, "Palisade") {
                    Some(Some(path)) => answer = Some(ReportAnswer::Theme(path)),
                    Some(None) => {
                        self.theme_says.clear();
                        self.wear(None, Theme::default());
                    }
                    None => {}
                }
            });
        });
        let told: Vec<&str> = self.theme_says.iter().take(LINES).map(String::as_str).collect();
        if !told.is_empty() {
            let words = RichText::new(told.join("\n")).size(12.0).color(style::ink(ui, Ink::RiskOutline(Band::High)));
            ui.add(Label::new(words).wrap()).on_hover_text(self.theme_says.join("\n"));
        }
        if self.theme.is_none() && self.themes.is_empty() {
            ui.label(muted(ui, "A theme has the looks and words of your house."));
        }
        let theme = &self.options.theme;
        let cover =
            labelled(ui, "Cover", |ui| choice(ui, "report cover", "Cover", theme.cover, CoverLayout::ALL, CoverLayout::label));
        if let Some(cover) = cover {
            self.options.theme.cover = cover;
            self.changed();
        }
        let paper = labelled(ui, "Paper", |ui| choice(ui, "report paper", "Paper", self.options.paper, Paper::ALL, Paper::label));
        if let Some(paper) = paper {
            self.options.paper = paper;
            self.changed();
        }
        answer
    }
}

/// What people call a theme: its file without ending.
fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
