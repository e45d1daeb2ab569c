//! Short messages at the bottom of the window: news go by themselves, warnings stay until they are read.

use super::widgets::icon_button;
use super::{fonts, style};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::accesskit::Live;
use egui::{Align2, Area, Frame, Id, Margin, Order, RichText, Stroke, vec2};
use std::time::Duration;

/// How long news stay, in seconds.
const STAY: f64 = 4.0;

#[derive(Default)]
pub struct Messages {
    shown: Option<Message>,
}

struct Message {
    text: String,
    is_warning: bool,
    /// Time it was first drawn.
    since: Option<f64>,
}

impl Messages {
    /// Something went well.
    pub fn say(&mut self, text: String) {
        self.shown = Some(Message { text, is_warning: false, since: None });
    }

    /// Something did not work; the text says what, where and what to do next.
    pub fn warn(&mut self, text: String) {
        self.shown = Some(Message { text, is_warning: true, since: None });
    }

    pub fn ui(&mut self, ctx: &egui::Context) {
        let Some(message) = &mut self.shown else { return };
        let now = ctx.input(|i| i.time);
        let age = now - *message.since.get_or_insert(now);
        if !message.is_warning {
            if age >= STAY {
                self.shown = None;
                return;
            }
            ctx.request_repaint_after(Duration::from_secs_f64(STAY - age));
        }
        let mut read = false;
        Area::new(Id::new("message")).order(Order::Tooltip).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -40.0)).show(ctx, |ui| {
            let (glyph, ink) =
                if message.is_warning { (icon::WARNING_CIRCLE, Ink::Boundary) } else { (icon::CHECK_CIRCLE, Ink::Good) };
            let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(12, 8));
            frame.stroke(Stroke::new(1.0, style::ink(ui, ink))).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.set_max_width(560.0);
                    ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 18.0)).color(style::ink(ui, ink)));
                    let text = ui.add(egui::Label::new(&message.text).wrap());
                    // Screen readers say it as soon as it is there.
                    let live = if message.is_warning { Live::Assertive } else { Live::Polite };
                    ctx.accesskit_node_builder(text.id, |node| node.set_live(live));
                    read = icon_button(ui, icon::X, "Dismiss the message").clicked();
                });
            });
        });
        if read {
            self.shown = None;
        }
    }
}
