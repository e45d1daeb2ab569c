//! The parts of the window the keyboard walks with F6, and the dialogs over them: each takes the keyboard as a whole, shown by
//! a ring; Tab then goes into it, and Escape back to the canvas.

use super::style;
use crate::theme::Ink;
use egui::{Context, Id, Key, LayerId, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType};

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    Top,
    Tools,
    Left,
    Canvas,
    Right,
    Lower,
    Status,
}

/// Where a region was drawn, in which pass, and what takes the keyboard for it.
#[derive(Clone, Copy)]
struct Drawn {
    rect: Rect,
    pass: u64,
    focus: Id,
}

impl Region {
    /// As one reads the window.
    const ALL: [Region; 7] =
        [Region::Top, Region::Tools, Region::Left, Region::Canvas, Region::Right, Region::Lower, Region::Status];

    fn id(self) -> Id {
        Id::new(("region", self as u8))
    }

    fn label(self) -> &'static str {
        match self {
            Region::Top => "Top bar",
            Region::Tools => "Tools",
            Region::Left => "Left panel",
            Region::Canvas => "Canvas",
            Region::Right => "Right panel",
            Region::Lower => "Lower panel",
            Region::Status => "Status bar",
        }
    }

    fn drawn(self, ctx: &Context) -> Option<Drawn> {
        let drawn = ctx.data(|data| data.get_temp::<Drawn>(self.id()));
        drawn.filter(|drawn| drawn.pass + 1 >= ctx.cumulative_pass_nr())
    }

    fn note(self, ctx: &Context, rect: Rect, focus: Id) {
        let drawn = Drawn { rect, pass: ctx.cumulative_pass_nr(), focus };
        ctx.data_mut(|data| data.insert_temp(self.id(), drawn));
    }
}

/// Draws a region into the room there is.
pub fn region<R>(ui: &mut Ui, region: Region, content: impl FnOnce(&mut Ui) -> R) -> R {
    let (id, room) = (region.id(), ui.available_rect_before_wrap());
    // Only while it has the keyboard: Tab alone passes from control to control.
    let is_on = ui.memory(|m| m.has_focus(id));
    if is_on {
        let rect = region.drawn(ui.ctx()).map_or(room, |drawn| drawn.rect);
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, region.label()));
    }
    let inner = ui.scope(content);
    // The tools have another region below them; others fill their room.
    let bottom = if region == Region::Tools { inner.response.rect.bottom() } else { room.bottom() };
    let rect = room.with_max_y(bottom);
    region.note(ui.ctx(), rect, id);
    if is_on {
        ring(ui, rect);
    }
    inner.inner
}

/// The canvas takes the keyboard itself; it has a ring only as long as it was just walked to.
pub fn canvas(ui: &Ui, id: Id, rect: Rect) {
    Region::Canvas.note(ui.ctx(), rect, id);
    let mark = Id::new("the canvas was walked to");
    let is_other = |e: &egui::Event| match e {
        egui::Event::Key { key, pressed, .. } => *pressed && *key != Key::F6,
        egui::Event::PointerButton { .. } | egui::Event::MouseWheel { .. } => true,
        _ => false,
    };
    if ui.input(|i| i.events.iter().any(is_other)) {
        ui.data_mut(|data| data.remove::<bool>(mark));
    }
    if ui.data(|data| data.get_temp::<bool>(mark)).unwrap_or_default() {
        ring(ui, rect);
    }
}

/// Whether the canvas had the keyboard in the last frame, or nobody.
pub fn is_nowhere_else(ctx: &Context) -> bool {
    let had = ctx.data(|data| data.get_temp::<Option<Id>>(Id::new("what had the keyboard"))).flatten();
    had.is_none() || had == canvas_focus(ctx)
}

/// What has the keyboard while the canvas does.
pub fn canvas_focus(ctx: &Context) -> Option<Id> {
    Region::Canvas.drawn(ctx).map(|drawn| drawn.focus)
}

fn ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, style::ink(ui, Ink::Accent));
    ui.painter().with_clip_rect(rect.expand(2.0)).rect_stroke(rect.shrink(1.0), 3.0, stroke, StrokeKind::Inside);
}

/// Gives the keyboard to the next region or dialog that is shown, or to the one before.
pub fn walk(ctx: &Context, by: isize) {
    let regions: Vec<(Region, Drawn)> = Region::ALL.into_iter().filter_map(|r| Some((r, r.drawn(ctx)?))).collect();
    let dialogs = dialogs(ctx);
    let focused = ctx.memory(|m| m.focused());
    let place = focused.and_then(|id| ctx.read_response(id)).map(|r| r.rect.center());
    let in_dialog = layer_with_keyboard(ctx).and_then(|layer| dialogs.iter().position(|d| d.layer == layer));
    let in_region = || regions.iter().position(|(_, drawn)| place.is_some_and(|at| drawn.rect.contains(at)));
    let at_region = || regions.iter().position(|(_, drawn)| Some(drawn.focus) == focused).or_else(in_region);
    let canvas = || regions.iter().position(|(region, _)| *region == Region::Canvas);
    let here = in_dialog.map(|n| regions.len() + n).or_else(at_region).or_else(canvas).unwrap_or_default();
    let all: Vec<Id> = regions.iter().map(|(_, drawn)| drawn.focus).chain(dialogs.iter().map(|d| d.drawn.focus)).collect();
    let next = (here as isize + by).rem_euclid(all.len().max(1) as isize);
    let Some((n, focus)) = usize::try_from(next).ok().and_then(|n| Some((n, *all.get(n)?))) else { return };
    ctx.memory_mut(|m| m.request_focus(focus));
    let is_canvas = regions.get(n).is_some_and(|(region, _)| *region == Region::Canvas);
    ctx.data_mut(|data| data.insert_temp(Id::new("the canvas was walked to"), is_canvas));
    if let Some(dialog) = n.checked_sub(regions.len()).and_then(|n| dialogs.get(n)) {
        ctx.move_to_top(dialog.layer);
    }
}

/// A dialog over the regions.
#[derive(Clone, Copy)]
struct Floating {
    layer: LayerId,
    drawn: Drawn,
    had_keyboard: bool,
}

fn floating() -> Id {
    Id::new("dialogs over the regions")
}

/// The dialogs that are open, the oldest first.
fn dialogs(ctx: &Context) -> Vec<Floating> {
    let pass = ctx.cumulative_pass_nr();
    let all = ctx.data(|data| data.get_temp::<Vec<Floating>>(floating())).unwrap_or_default();
    all.into_iter().filter(|dialog| dialog.drawn.pass + 1 >= pass).collect()
}

/// A dialog was drawn; `focus` takes the keyboard for it.
pub fn note_dialog(ctx: &Context, layer: LayerId, rect: Rect, focus: Id, had_keyboard: bool) {
    let now = Floating { layer, drawn: Drawn { rect, pass: ctx.cumulative_pass_nr(), focus }, had_keyboard };
    let mut all = dialogs(ctx);
    match all.iter_mut().find(|dialog| dialog.layer == layer) {
        Some(dialog) => *dialog = now,
        None => all.push(now),
    }
    ctx.data_mut(|data| data.insert_temp(floating(), all));
}

/// Whether the keyboard was in a dialog when that was drawn last; Escape takes it away before anybody can look.
pub fn dialog_had_keyboard(ctx: &Context, layer: LayerId) -> bool {
    dialogs(ctx).iter().any(|dialog| dialog.layer == layer && dialog.had_keyboard)
}

/// Whether the keyboard is in a dialog: what it means for the canvas is not meant then.
pub fn is_in_dialog(ctx: &Context) -> bool {
    layer_with_keyboard(ctx).is_some_and(|layer| dialogs(ctx).iter().any(|dialog| dialog.layer == layer))
}

/// The layer of what has the keyboard. Its response is not asked for, since that alone takes the keyboard away where a press
/// was beside it.
pub fn layer_with_keyboard(ctx: &Context) -> Option<LayerId> {
    let focused = ctx.memory(|m| m.focused())?;
    ctx.viewport(|viewport| {
        let widget = viewport.this_pass.widgets.get(focused).or(viewport.prev_pass.widgets.get(focused));
        widget.map(|widget| widget.layer_id)
    })
}

/// Escape in a panel leads back to the canvas and does nothing more there; nor does one that closed a menu, where there was
/// one before the panels were drawn. Called when all panels have seen it, before the canvas does.
pub fn come_back(ctx: &Context, had_menu: bool) {
    let key = Id::new("what had the keyboard");
    let (before, now) = (ctx.data(|data| data.get_temp::<Option<Id>>(key)).flatten(), ctx.memory(|m| m.focused()));
    ctx.data_mut(|data| data.insert_temp(key, now));
    let canvas = canvas_focus(ctx);
    let left = before.is_some() && before != canvas && now.is_none();
    let has_menu = egui::Popup::is_any_open(ctx);
    let is_free = !has_menu && ctx.memory(|m| m.top_modal_layer().is_none());
    if (left && is_free) || (had_menu && !has_menu) {
        ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    }
}
