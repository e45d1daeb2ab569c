//! Chapters of a report: which, in which order, and under which titles.

use crate::report::{ChapterChoice, ChapterKind};
use crate::text::icon;
use crate::ui::widgets::{icon_button, line_edit, named};
use egui::{Align, Layout, Ui};

/// A title that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Renaming {
    of: ChapterKind,
    title: String,
    /// The field has had the keys once.
    has_begun: bool,
}

/// The list; true when something was changed.
pub fn list_ui(ui: &mut Ui, chapters: &mut [ChapterChoice], renaming: &mut Option<Renaming>) -> bool {
    let mut changed = false;
    let mut swap = None;
    let last = chapters.len().saturating_sub(1);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (n, chapter) in chapters.iter_mut().enumerate() {
        if renaming.as_ref().is_some_and(|r| r.of == chapter.kind) {
            changed |= title_ui(ui, chapter, renaming);
            continue;
        }
        let name = chapter.title.clone().unwrap_or_else(|| chapter.kind.title().to_owned());
        ui.horizontal(|ui| {
            changed |= ui.checkbox(&mut chapter.shown, &name).changed();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(10.0);
                let down = ui.add_enabled_ui(n < last, |ui| icon_button(ui, icon::CARET_DOWN, &format!("{name} further down")));
                let up = ui.add_enabled_ui(n > 0, |ui| icon_button(ui, icon::CARET_UP, &format!("{name} further up")));
                if icon_button(ui, icon::PENCIL_SIMPLE, &format!("Another title for {name}")).clicked() {
                    *renaming = Some(Renaming { of: chapter.kind, title: name.clone(), has_begun: false });
                }
                if down.inner.clicked() {
                    swap = Some((n, n + 1));
                }
                if up.inner.clicked() {
                    swap = Some((n - 1, n));
                }
            });
        });
    }
    if let Some((a, b)) = swap.filter(|(_, b)| *b < chapters.len()) {
        chapters.swap(a, b);
        changed = true;
    }
    changed
}

/// The field for a title; leaving it takes the title, an empty one is the usual one.
fn title_ui(ui: &mut Ui, chapter: &mut ChapterChoice, renaming: &mut Option<Renaming>) -> bool {
    let Some(now) = renaming.as_mut() else { return false };
    let field = line_edit(&mut now.title).desired_width(ui.available_width() - 12.0).hint_text(chapter.kind.title());
    let field = named(ui.add(field), "Title of the chapter");
    if !std::mem::replace(&mut now.has_begun, true) {
        field.request_focus();
        return false;
    }
    if !field.lost_focus() {
        return false;
    }
    let title = Some(now.title.trim().to_owned()).filter(|title| !title.is_empty() && title != chapter.kind.title());
    *renaming = None;
    let is_other = chapter.title != title;
    chapter.title = title;
    is_other
}
