//! The page of the seven steps: how far each is, and where to go on.

use super::upkeep::Upkeep;
use crate::guide::{self, Goal, Place, Step};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Selection, Tool};
use crate::ui::widgets::{bold, caption};
use crate::ui::{Action, Command, Outbox, Page, ViewCx, fonts, style};
use egui::{
    Align, Align2, CornerRadius, Frame, Layout, Margin, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

/// A step is at least so wide.
const NARROW: f32 = 181.0;

/// What to do next, from the right.
pub fn tools_ui(ui: &mut Ui, upkeep: &Upkeep) {
    let text = match guide::next(&upkeep.steps) {
        Some((n, step)) => format!("Next: {}. {}", n + 1, step.title),
        None => "All seven steps are done; look again when something changes".to_owned(),
    };
    ui.label(caption(ui, text));
}

pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, upkeep: &Upkeep, out: &mut Outbox) {
    let width = (ui.available_width() / upkeep.steps.len().max(1) as f32).max(NARROW);
    let next = guide::next(&upkeep.steps).map(|(n, _)| n);
    ScrollArea::both().id_salt("guide").auto_shrink([false, false]).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (n, step) in upkeep.steps.iter().enumerate() {
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    let ground = if next == Some(n) { style::ink(ui, Ink::AccentSoft) } else { style::ink(ui, Ink::Panel) };
                    Frame::new().fill(ground).inner_margin(Margin::symmetric(8, 8)).show(ui, |ui| {
                        ui.set_width(width - 16.0);
                        step_ui(ui, cx, n + 1, step, out);
                    });
                });
            }
        });
    });
}

fn step_ui(ui: &mut Ui, cx: &ViewCx<'_>, number: usize, step: &Step, out: &mut Outbox) {
    let title = ui.add(egui::Label::new(bold(format!("{number} {}", step.title))).truncate());
    title.on_hover_text(step.about);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    let percent = (step.share() * 100.0).round();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, format!("{}: {percent} %", step.title)));
    response.on_hover_text(format!("{percent} % done"));
    ui.painter().rect_filled(rect, CornerRadius::same(3), style::ink(ui, Ink::Raised));
    let done = rect.with_max_x(rect.left() + rect.width() * step.share() as f32);
    ui.painter().rect_filled(done, CornerRadius::same(3), style::ink(ui, Ink::Good));
    ui.painter().rect_stroke(rect, CornerRadius::same(3), style::line(ui, Ink::Border), egui::StrokeKind::Inside);
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    for goal in &step.goals {
        goal_ui(ui, cx, goal, out);
    }
}

fn goal_ui(ui: &mut Ui, cx: &ViewCx<'_>, goal: &Goal, out: &mut Outbox) {
    let color = style::ink(ui, if goal.is_reached() { Ink::Muted } else { Ink::Text });
    let many = if goal.of > 1 && !goal.is_reached() { format!("{} of {}", goal.done, goal.of) } else { String::new() };
    let many = ui.painter().layout_no_wrap(many, fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Muted));
    let room = ui.available_width() - 22.0 - many.size().x - 6.0;
    let text = ui.painter().layout(goal.title.to_owned(), fonts::font(Face::Regular, 12.0), color, room);
    let height = text.size().y.max(20.0) + 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let state = if goal.is_reached() { "done".to_owned() } else { format!("{} of {}", goal.done, goal.of) };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{}, {state}", goal.title)));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 3.0, style::ink(ui, Ink::Raised));
    }
    if response.has_focus() {
        painter.rect_stroke(rect, 3.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
    }
    let mark = Rect::from_center_size(pos2(rect.left() + 8.0, rect.top() + 12.0), vec2(16.0, 16.0));
    if goal.is_reached() {
        let good = style::ink(ui, Ink::Good);
        painter.text(mark.center(), Align2::CENTER_CENTER, icon::CHECK_CIRCLE, fonts::font(Face::Icon, 15.0), good);
    } else {
        painter.circle_stroke(mark.center(), 5.5, Stroke::new(1.5, style::ink(ui, Ink::BorderStrong)));
    }
    painter.galley(pos2(rect.left() + 22.0, rect.top() + (height - text.size().y).min(8.0) / 2.0), text, color);
    let at = pos2(rect.right() - many.size().x - 2.0, rect.top() + 3.0);
    painter.galley(at, many, style::ink(ui, Ink::Muted));
    let response = response.on_hover_text(goal.title);
    if response.clicked() {
        go_to(cx, &goal.place, out);
    }
}

fn go_to(cx: &ViewCx<'_>, place: &Place, out: &mut Outbox) {
    match place {
        Place::Model => out.run(Command::ModelProperties),
        Place::Threats => out.run(Command::Page(Page::Threats)),
        Place::Questions => out.run(Command::Page(Page::Questions)),
        Place::Hygiene => out.run(Command::Page(Page::Hygiene)),
        Place::Drawing => out.push(Action::SetTool(if cx.model.elements.is_empty() { Tool::Process } else { Tool::Flow })),
        Place::Threat(key) => out.push(Action::ShowThreat(key.clone())),
        Place::Item(id) => {
            out.push(Action::Select(Selection::one(id.clone())));
            out.push(Action::Reveal(id.clone()));
            out.push(Action::Pulse(id.clone()));
        }
    }
}
