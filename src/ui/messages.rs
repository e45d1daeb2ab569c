//! Short messages at the bottom of the window: news go by themselves, warnings stay until they are read. Some offer what
//! people may want to do about them.

use super::widgets::icon_button;
use super::{Action, Outbox, fonts, region, style};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, LayerId, Margin, Order, Pos2, Rect, RichText, Stroke, Ui, Vec2, vec2};
use std::time::Duration;

/// How long news stay, in seconds, and how long those that offer something.
const STAY: f64 = 4.0;
const STAY_WITH_OFFERS: f64 = 10.0;
/// Room below for the hints and the zoom bar of the canvas, in points.
const ABOVE: f32 = 44.0;
/// How large most are.
const USUAL: Vec2 = vec2(400.0, 40.0);

#[derive(Default)]
pub struct Messages {
    shown: Option<Message>,
}

struct Message {
    text: String,
    is_warning: bool,
    /// Buttons with what they do, as long as the model has this revision.
    offers: Vec<(&'static str, Action)>,
    revision: u64,
    /// Time it was first drawn, or last looked at.
    since: Option<f64>,
}

impl Messages {
    /// Something went well.
    pub fn say(&mut self, text: String) {
        self.show(text, false);
    }

    /// Something did not work; the text says what, where and what to do next.
    pub fn warn(&mut self, text: String) {
        self.show(text, true);
    }

    /// Something was done that people may want otherwise; once anything else is done, the offers are gone.
    pub fn offer(&mut self, text: String, offers: Vec<(&'static str, Action)>, revision: u64) {
        self.show(text, false);
        if let Some(message) = &mut self.shown {
            (message.offers, message.revision) = (offers, revision);
        }
    }

    fn show(&mut self, text: String, is_warning: bool) {
        self.shown = Some(Message { text, is_warning, offers: Vec::new(), revision: 0, since: None });
    }

    /// `revision` is that of the model now. Messages lie over the canvas, above its hints, when there is one.
    pub fn ui(&mut self, ctx: &Context, canvas: Option<Rect>, revision: u64, out: &mut Outbox) {
        self.shown.take_if(|message| !message.offers.is_empty() && message.revision != revision);
        let Some(message) = &mut self.shown else { return };
        let layer = LayerId::new(Order::Tooltip, Id::new("message"));
        let now = ctx.input(|i| i.time);
        let stay = if message.offers.is_empty() { STAY } else { STAY_WITH_OFFERS };
        if !message.offers.is_empty() && is_looked_at(ctx, layer) {
            message.since = Some(now);
        }
        let age = now - *message.since.get_or_insert(now);
        if !message.is_warning {
            if age >= stay {
                self.shown = None;
                return;
            }
            ctx.request_repaint_after(Duration::from_secs_f64(stay - age));
        }
        let (pivot, at) = (Align2::CENTER_BOTTOM, place(ctx, layer, canvas));
        let area = Area::new(layer.id).order(layer.order).pivot(pivot).fixed_pos(at);
        let is_done = area.show(ctx, |ui| message.ui(ui, layer, out)).inner;
        if is_done {
            self.shown = None;
        }
    }
}

impl Message {
    /// True when it was read, or answered.
    fn ui(&self, ui: &mut Ui, layer: LayerId, out: &mut Outbox) -> bool {
        let (glyph, ink) = if self.is_warning { (icon::WARNING_CIRCLE, Ink::Boundary) } else { (icon::CHECK_CIRCLE, Ink::Good) };
        let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(12, 8));
        let shown = frame.stroke(Stroke::new(1.0, style::ink(ui, ink))).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_max_width(560.0);
                ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 18.0)).color(style::ink(ui, ink)));
                let text = ui.add(egui::Label::new(&self.text).wrap());
                // Screen readers say it as soon as it is there.
                let live = if self.is_warning { Live::Assertive } else { Live::Polite };
                ui.ctx().accesskit_node_builder(text.id, |node| node.set_live(live));
                let mut first = None;
                let mut is_done = false;
                for (label, action) in &self.offers {
                    let button = ui.button(*label);
                    first.get_or_insert(button.id);
                    if button.clicked() {
                        out.push(action.clone());
                        is_done = true;
                    }
                }
                (first, icon_button(ui, icon::X, "Dismiss the message").clicked() || is_done)
            })
            .inner
        });
        let (first, is_done) = shown.inner;
        if let Some(first) = first {
            let has_it = region::layer_with_keyboard(ui.ctx()) == Some(layer);
            region::note_dialog(ui.ctx(), layer, shown.response.rect, first, has_it);
        }
        is_done
    }
}

/// The middle of its lower edge: over the canvas, unless there it would lie over a dialog or a card.
fn place(ctx: &Context, layer: LayerId, canvas: Option<Rect>) -> Pos2 {
    let above = |ground: Rect| ground.center_bottom() - vec2(0.0, ABOVE);
    let is_free = |at: &Pos2| {
        ctx.memory(|memory| {
            let size = memory.area_rect(layer.id).map_or(USUAL, |r| r.size());
            let rect = Rect::from_center_size(*at - vec2(0.0, size.y / 2.0), size);
            let others = memory.areas().visible_layer_ids().into_iter().filter(|other| *other != layer);
            let over = others.filter(|other| matches!(other.order, Order::Middle | Order::Foreground));
            !over.filter_map(|other| memory.area_rect(other.id)).any(|r| r.intersects(rect))
        })
    };
    canvas.map(above).filter(is_free).unwrap_or_else(|| above(ctx.content_rect()))
}

/// The pointer is over it, or the keyboard in it.
fn is_looked_at(ctx: &Context, layer: LayerId) -> bool {
    let at = ctx.input(|i| i.pointer.latest_pos());
    at.and_then(|at| ctx.layer_id_at(at)) == Some(layer) || region::layer_with_keyboard(ctx) == Some(layer)
}
