//! Windows beside the work: dragged by any empty place, closed with Escape, never in the way of what one does.

use super::{region, widgets};
use crate::text::icon;
use egui::{Context, Id, Key, Modifiers, Order, Popup, Ui, Vec2, Window, vec2};

/// What is open, the latest last, each with the pass it was drawn in.
type Open = Vec<(Id, u64)>;

fn open_id() -> Id {
    Id::new("windows beside the work")
}

/// Draws a window of at most this size: its head with what closes it, then its body. False once it is to be closed.
pub fn beside(ctx: &Context, name: &str, most: Vec2, head: impl FnOnce(&mut Ui), body: impl FnOnce(&mut Ui)) -> bool {
    let id = Id::new(("beside", name));
    note(ctx, id);
    let size = most.min(ctx.content_rect().size() - vec2(80.0, 120.0));
    let mut stays = true;
    // Above what floats over the canvas.
    let window = Window::new(name).id(id).title_bar(false).collapsible(false).resizable(false).order(Order::Foreground);
    window.default_pos(ctx.content_rect().center() - size / 2.0).fixed_size(size).show(ctx, |ui| {
        ui.set_width(size.x);
        ui.horizontal_top(|ui| {
            let room = ui.available_width() - 24.0 - ui.spacing().item_spacing.x;
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.horizontal(head);
            });
            stays = !widgets::icon_button(ui, icon::X, &format!("Close {}", name.to_lowercase())).clicked();
        });
        ui.add_space(8.0);
        body(ui);
    });
    stays
}

/// Takes Escape for the window that was opened last, unless a field or a panel had the keyboard. Asked before anything is
/// drawn.
pub fn takes_escape(ctx: &Context, name: &str) -> bool {
    let pass = ctx.cumulative_pass_nr();
    let open = ctx.data(|data| data.get_temp::<Open>(open_id())).unwrap_or_default();
    let last = open.iter().rev().find(|(_, drawn)| drawn + 1 >= pass);
    let is_free = region::is_nowhere_else(ctx) && !Popup::is_any_open(ctx);
    last.is_some_and(|(id, _)| *id == Id::new(("beside", name)))
        && is_free
        && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
}

fn note(ctx: &Context, id: Id) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| {
        let open = data.get_temp_mut_or_default::<Open>(open_id());
        open.retain(|(_, drawn)| drawn + 1 >= pass);
        match open.iter_mut().find(|(other, _)| *other == id) {
            Some((_, drawn)) => *drawn = pass,
            None => open.push((id, pass)),
        }
    });
}
