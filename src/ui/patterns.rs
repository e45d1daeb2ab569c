//! Patterns: pressed they stand beside what is on the diagram, dragged they stand where they are let go of.

use super::widgets::{Row, THREE_LINES, caption, line_edit, named};
use super::{Action, Outbox, ViewCx, fonts, style};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Pattern;
use egui::{Frame, Margin, ScrollArea, Sense, Ui, vec2};

#[derive(Default)]
pub struct Patterns {
    text: String,
}

impl Patterns {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            ui.add_space(4.0);
            named(ui.add(line_edit(&mut self.text).id_salt("patterns").hint_text("Search patterns")), "Search patterns");
            ui.add_space(2.0);
            ui.add(egui::Label::new(caption(ui, "Click, or drag onto the diagram. Then call things by their own names.")).wrap());
            ui.add_space(4.0);
        });
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let fits = |p: &&Pattern| {
            let text = format!("{} {}", p.name, p.about).to_lowercase();
            words.iter().all(|w| text.contains(w.as_str()))
        };
        let found: Vec<&Pattern> = Pattern::all().iter().filter(fits).collect();
        ScrollArea::vertical().id_salt("patterns").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if found.is_empty() {
                Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
                    super::widgets::empty_note(ui, "No pattern of this name.", "Copy any part of a model to use it again.");
                });
            }
            found.into_iter().for_each(|pattern| row(ui, cx, pattern, out));
        });
    }
}

fn row(ui: &mut Ui, cx: &ViewCx<'_>, pattern: &Pattern, out: &mut Outbox) {
    let (elements, flows, boundaries) = pattern.size();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), THREE_LINES), Sense::click_and_drag());
    let mut row = Row::over(ui, rect, response, false, &format!("Add {}", pattern.name));
    row.indent(4.0);
    let muted = style::ink(row.ui, Ink::Muted);
    row.icon(Face::Icon, icon::SQUARES_FOUR, 16.0, muted);
    row.two_lines(&pattern.name, &pattern.about);
    let response = row.response;
    let about = format!("{}\n{elements} elements, {flows} flows, {boundaries} boundaries", pattern.about);
    response.ctx.accesskit_node_builder(response.id, |node| node.set_description(about.as_str()));
    if response.drag_stopped() {
        let at = response.ctx.pointer_latest_pos();
        at.into_iter().for_each(|at| out.push(Action::Stamp(pattern.id.clone(), Some(at))));
    }
    if response.dragged() {
        held(&response.ctx, cx, &pattern.name);
        return;
    }
    if response.clicked() {
        out.push(Action::Stamp(pattern.id.clone(), None));
    }
    response.on_hover_text(about);
}

/// What is in the hand, beside the pointer.
fn held(ctx: &egui::Context, cx: &ViewCx<'_>, name: &str) {
    let Some(at) = ctx.pointer_latest_pos() else { return };
    let ink = |ink| style::color32(cx.theme.color(ink));
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::new("pattern in the hand")));
    let words = painter.layout_no_wrap(name.to_owned(), fonts::font(Face::Bold, 13.0), ink(Ink::Text));
    let plate = egui::Rect::from_min_size(at + vec2(12.0, 8.0), words.size() + vec2(16.0, 8.0));
    painter.rect(plate, 4.0, ink(Ink::AccentSoft), egui::Stroke::new(1.0, ink(Ink::Accent)), egui::StrokeKind::Inside);
    painter.galley(plate.min + vec2(8.0, 4.0), words, ink(Ink::Text));
    ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
}
