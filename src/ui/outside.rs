//! The strip that says what happened to the file of the model outside of this window, and what can be done about it.

use super::widgets::{bold, caption, named, primary_button, tool_tip};
use super::{Command, Outbox, ViewCx, fonts, style};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{Align, Button, Layout, RichText, Ui};

/// What happened to the file of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Outside {
    /// Somebody changed it: so many records since this window last read or wrote it.
    Changed(usize),
    /// It was deleted, renamed or moved away.
    Gone,
    /// What is in it now cannot be read, and why.
    Broken(String),
}

/// What happened at the left, what can be done at the right.
pub fn outside_ui(ui: &mut Ui, cx: &ViewCx<'_>, outside: &Outside, out: &mut Outbox) {
    let file = cx.file_name;
    let (told, detail) = match outside {
        Outside::Changed(records) => {
            let count = if *records == 1 { "1 record was".to_owned() } else { format!("{records} records were") };
            let mine = if cx.is_dirty { ", and you changed it too" } else { "" };
            (format!("{file} was changed outside of this window{mine}"), format!("{count} changed there"))
        }
        Outside::Gone => {
            (format!("{file} is no longer there"), "Deleted, renamed or moved. What is open here is kept.".to_owned())
        }
        Outside::Broken(why) => (format!("{file} was changed and cannot be read now"), why.clone()),
    };
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let ink = style::ink(ui, Ink::Boundary);
        ui.label(RichText::new(icon::WARNING.to_string()).font(fonts::font(Face::Icon, 16.0)).color(ink));
        ui.label(bold(told));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let choices: &[(&str, Command)] = match outside {
                Outside::Changed(_) if cx.is_dirty => &[
                    ("Merge…", Command::MergeFile),
                    ("Reload theirs", Command::Reload),
                    ("Keep mine", Command::KeepMine),
                    ("Save mine as…", Command::SaveAs),
                ],
                Outside::Changed(_) => &[("Reload", Command::Reload), ("Keep mine", Command::KeepMine)],
                Outside::Gone => &[("Save again", Command::Save), ("Save as…", Command::SaveAs)],
                Outside::Broken(_) => {
                    &[("Try again", Command::Reload), ("Keep mine", Command::KeepMine), ("Save mine as…", Command::SaveAs)]
                }
            };
            for (at, (label, command)) in choices.iter().enumerate() {
                let button = ui.add_enabled_ui(command.enabled(cx), |ui| {
                    if at == 0 { primary_button(ui, label) } else { ui.add(Button::new(*label)) }
                });
                let tip = command.why_not(cx).map_or_else(|| tool_tip(command.label(), command.keys(ui.ctx())), str::to_owned);
                if named(button.inner, label).on_hover_text(tip.clone()).on_disabled_hover_text(tip).clicked() {
                    out.run(*command);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = egui::Label::new(caption(ui, &detail)).truncate();
                ui.add(text).on_hover_text(detail);
            });
        });
    });
}
