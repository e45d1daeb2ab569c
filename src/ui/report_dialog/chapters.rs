//! Chapters of a report: which, and in which order.

use crate::report::ChapterChoice;
use crate::text::icon;
use crate::ui::widgets::icon_button;
use egui::{Align, Layout, Ui};

/// The list; true when something was changed.
pub fn list_ui(ui: &mut Ui, chapters: &mut [ChapterChoice]) -> bool {
    let mut changed = false;
    let mut swap = None;
    let last = chapters.len().saturating_sub(1);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (n, chapter) in chapters.iter_mut().enumerate() {
        let name = chapter.title.clone().unwrap_or_else(|| chapter.kind.title().to_owned());
        ui.horizontal(|ui| {
            changed |= ui.checkbox(&mut chapter.shown, &name).changed();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(10.0);
                let down = ui.add_enabled_ui(n < last, |ui| icon_button(ui, icon::CARET_DOWN, &format!("{name} further down")));
                let up = ui.add_enabled_ui(n > 0, |ui| icon_button(ui, icon::CARET_UP, &format!("{name} further up")));
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
