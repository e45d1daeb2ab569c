//! What stands in the middle of an empty diagram: how to begin, and two other ways to do so.

use super::super::{CanvasFrame, CanvasState};
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Tool;
use crate::ui::{Command, Page, fonts, style::color32};
use egui::text::LayoutJob;
use egui::{Align, Align2, Area, Order, Rect, Sense, TextFormat, Ui, WidgetInfo, WidgetType, pos2, vec2};

pub fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &CanvasState) {
    let cx = frame.cx;
    let is_empty = cx.layout.boxes.is_empty() && cx.layout.flows.is_empty() && cx.layout.lines.is_empty();
    let is_busy = cx.tool != Tool::Select || state.editor.is_some() || state.text_field.is_some();
    if !is_empty || is_busy || cx.panels.presenting || !state.gesture.hints().is_empty() || frame.rect.width() < 420.0 {
        return;
    }
    let key = |tool| Command::any_of(&[Command::Tool(tool)], ui.ctx());
    let first = "What is outside, what it talks to, what is kept";
    let then = format!(
        "Rest the pointer anywhere and press {} for somebody outside, {} for a process, {} for a data store. Type a name; Ctrl with \
         an arrow draws the next one with its flow.",
        key(Tool::Entity),
        key(Tool::Process),
        key(Tool::Store)
    );
    let ink = |ink| color32(cx.theme.color(ink));
    let mut job = LayoutJob { halign: Align::Center, ..LayoutJob::default() };
    job.wrap.max_width = 380.0;
    job.append(first, 0.0, TextFormat::simple(fonts::font(Face::Bold, 15.0), ink(Ink::Text)));
    job.append(&format!("\n{then}"), 0.0, TextFormat::simple(fonts::font(Face::Regular, 13.0), ink(Ink::Muted)));
    // Painted, so that the middle stays free to be drawn on.
    let words = ui.painter().layout_job(job);
    let at = pos2(frame.rect.center().x, frame.rect.center().y - words.size().y / 2.0 - 20.0);
    let place = words.rect.translate(at.to_vec2());
    ui.painter().with_clip_rect(frame.rect).galley(at, words, ink(Ink::Text));
    let response = ui.interact(place, frame.id.with("begin"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{first}. {then}")));
    ways_ui(ui, frame);
}

/// Other ways to begin, above the hints.
fn ways_ui(ui: &Ui, frame: &mut CanvasFrame<'_, '_>) {
    let at = pos2(frame.rect.center().x, frame.rect.bottom() - 56.0);
    let area = Area::new(frame.id.with("ways to begin")).order(Order::Middle).pivot(Align2::CENTER_BOTTOM).fixed_pos(at);
    let within = Rect::from_min_max(frame.rect.min, frame.rect.max);
    area.constrain_to(within).show(ui.ctx(), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            for (command, words) in
                [(Command::WriteText, "Write it as text…"), (Command::Page(Page::Patterns), "Begin with a pattern")]
            {
                let button = ui.add(egui::Button::new(words).min_size(vec2(0.0, 28.0)));
                if crate::ui::widgets::tipped(button, command.label(), command.keys(ui.ctx())).clicked() {
                    frame.out.run(command);
                }
            }
        });
    });
}
