//! A stack of pages on the screen: their names in a row, and the one in front. Names are dragged from dock to dock.

use super::{Half, Place, Side};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{bare_button, command_button, elided, key_cap, tipped};
use crate::ui::{Action, Command, Outbox, Page, ViewCx, fonts, style};
use egui::{Align, Frame, Layout, Margin, Popup, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType};
use egui::{pos2, vec2};

/// Who draws the pages.
pub trait Pages {
    /// How many there are to look at, in words; empty for none.
    fn count(&self, page: Page, cx: &ViewCx<'_>) -> String;
    /// What belongs to a page beside its rows, from the right; how wide that is at most.
    fn tools(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox);
    fn body(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox);
}

const HEIGHT: f32 = 32.0;

/// Width of a page's sign where there is no room for its name.
const SIGN: f32 = 30.0;

/// Width of a dock at the bottom, in points, in which filters have room without moving sideways.
const ROOMY: f32 = 900.0;

/// Pages behind one another, with those that are named.
pub(super) struct Stack<'a> {
    pub place: Place,
    pub pages: &'a [Page],
    pub shown: Page,
    pub named: Vec<Page>,
}

/// How much of a row its names take.
#[derive(Clone, Copy, PartialEq)]
enum Room {
    Names,
    /// The name of the page in front, signs of the others.
    Signs,
}

/// The page whose name is in the hand.
pub(super) fn held_id() -> egui::Id {
    egui::Id::new("the page in the hand")
}

/// One stack of pages, in all the room there is.
pub(super) fn stack_ui(ui: &mut Ui, stack: &Stack<'_>, cx: &ViewCx<'_>, pages: &mut dyn Pages, out: &mut Outbox) {
    let (side, shown) = (stack.place.side, stack.shown);
    // Where the filters would lie over the last names they get a row of their own.
    let is_wide = side == Side::Bottom && ui.available_width() >= shown.wide();
    Frame::new().inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(HEIGHT);
            ui.spacing_mut().item_spacing.x = 0.0;
            let hides = hide_command(side);
            let is_first = stack.place.half == Half::First;
            if is_first && command_button(ui, hide_icon(side), hide_words(side), hides).clicked() {
                out.run(hides);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if is_first && side == Side::Bottom && ui.available_width() > 900.0 {
                    key_cap(ui, &hides.keys(ui.ctx()).unwrap_or_default());
                    ui.add_space(4.0);
                }
                menu_ui(ui, stack, cx, out);
                if is_wide {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    pages.tools(shown, ui, cx, out);
                    ui.spacing_mut().item_spacing.x = 0.0;
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| names_ui(ui, stack, cx, &*pages, out));
            });
        });
        if !is_wide && shown.has_tools() {
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                ui.spacing_mut().item_spacing.x = 6.0;
                let is_roomy = side == Side::Bottom && ui.available_width() >= ROOMY;
                let tools = |ui: &mut Ui| pages.tools(shown, ui, cx, out);
                if is_roomy {
                    return drop(ui.with_layout(Layout::right_to_left(Align::Center), tools));
                }
                egui::ScrollArea::horizontal().id_salt(("tools", stack.place)).auto_shrink([false, true]).show(ui, |ui| {
                    ui.with_layout(Layout::right_to_left(Align::Center), tools);
                });
            });
        }
    });
    body_ui(ui, stack.place, shown, cx, pages, out);
    // It is as large as people made it, however little a page has to say.
    ui.expand_to_include_rect(ui.max_rect());
}

/// A page in the room there is: wide ones move sideways in narrow docks, narrow ones keep to the left of wide docks.
fn body_ui(ui: &mut Ui, place: Place, page: Page, cx: &ViewCx<'_>, pages: &mut dyn Pages, out: &mut Outbox) {
    let least = page.least_width();
    if ui.available_width() < least {
        let area = egui::ScrollArea::horizontal().id_salt(("sideways", place)).auto_shrink([false, false]);
        area.show(ui, |ui| {
            ui.set_width(least);
            pages.body(page, ui, cx, out);
        });
    } else {
        let most = page.most_width().min(ui.available_width());
        let rect = ui.available_rect_before_wrap();
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect.with_max_x(rect.left() + most)));
        pages.body(page, &mut inside, cx, out);
        ui.advance_cursor_after_rect(rect);
    }
}

/// A comparison is named only while there is one.
pub(super) fn is_named(cx: &ViewCx<'_>, page: Page) -> bool {
    page != Page::Compare || cx.compared.is_some() || cx.docks.is_shown(Page::Compare)
}

fn hide_command(side: Side) -> Command {
    match side {
        Side::Left => Command::ToggleLeft,
        Side::Right => Command::ToggleInspector,
        Side::Bottom => Command::ToggleTable,
    }
}

fn hide_icon(side: Side) -> icon::Icon {
    match side {
        Side::Left => icon::CARET_LEFT,
        Side::Right => icon::CARET_RIGHT,
        Side::Bottom => icon::CARET_DOWN,
    }
}

fn hide_words(side: Side) -> &'static str {
    match side {
        Side::Left => "Hide the left panel",
        Side::Right => "Hide the right panel",
        Side::Bottom => "Hide the lower panel",
    }
}

fn names_ui(ui: &mut Ui, stack: &Stack<'_>, cx: &ViewCx<'_>, pages: &dyn Pages, out: &mut Outbox) {
    let named = &stack.named;
    let counts: Vec<String> = named.iter().map(|page| pages.count(*page, cx)).collect();
    let (painter, ink) = (ui.painter().clone(), style::ink(ui, Ink::Text));
    let wide = |page: &Page, count: &String| {
        let face = if *page == stack.shown { Face::Bold } else { Face::Regular };
        // As they are drawn: that is remembered from one frame to the next.
        let width = |words: &str, face, size| painter.layout_no_wrap(words.to_owned(), fonts::font(face, size), ink).size().x;
        let count = if count.is_empty() { 0.0 } else { 6.0 + width(count, Face::Regular, 11.0) };
        width(page.label(), face, 13.0) + count + 16.0
    };
    let all: f32 = named.iter().zip(&counts).map(|(page, count)| wide(page, count)).sum();
    let room = if all <= ui.available_width() { Room::Names } else { Room::Signs };
    let strip = ui.available_rect_before_wrap();
    let mut places = Vec::new();
    let left = named.iter().zip(&counts).find(|(page, _)| **page == stack.shown).map_or(0.0, |(page, count)| wide(page, count));
    for (page, count) in named.iter().zip(&counts) {
        let is_shown = *page == stack.shown;
        // What has no room at all is in the menu at the end; what is in front always has.
        let reserved = if is_shown || places.iter().any(|(p, _)| *p == stack.shown) { 0.0 } else { left };
        if room == Room::Signs && !is_shown && ui.available_width() < SIGN + reserved {
            continue;
        }
        let rect = tab(ui, stack.place, *page, count, is_shown, if is_shown { Room::Names } else { room }, cx, out);
        places.push((*page, rect));
    }
    land(ui, strip, stack, &places, out);
}

/// The name of a page with its count; dragged it goes elsewhere.
#[allow(clippy::too_many_arguments)]
fn tab(
    ui: &mut Ui,
    place: Place,
    page: Page,
    count: &str,
    is_shown: bool,
    room: Room,
    cx: &ViewCx<'_>,
    out: &mut Outbox,
) -> Rect {
    let (face, ink) = if is_shown { (Face::Bold, Ink::Text) } else { (Face::Regular, Ink::Muted) };
    let (color, muted) = (style::ink(ui, ink), style::ink(ui, Ink::Muted));
    let name = match room {
        Room::Names => elided(ui, page.label(), fonts::font(face, 13.0), color, ui.available_width() - 16.0),
        Room::Signs => ui.painter().layout_no_wrap(page.icon().to_string(), fonts::font(Face::Icon, 16.0), color),
    };
    let shown_count = if room == Room::Names { count } else { "" };
    let many = ui.painter().layout_no_wrap(shown_count.to_owned(), fonts::font(Face::Regular, 11.0), muted);
    let gap = if shown_count.is_empty() { 0.0 } else { 6.0 };
    let width = if room == Room::Names { name.size().x + gap + many.size().x + 16.0 } else { SIGN };
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click_and_drag());
    let said = if count.is_empty() { page.label().to_owned() } else { format!("{}, {count}", page.label()) };
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_shown, &said));
    let painter = ui.painter();
    if response.hovered() && !is_shown {
        painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(2.0), 3.0, style::line(ui, Ink::Accent), StrokeKind::Inside);
    }
    let left = if room == Room::Names { rect.left() + 8.0 } else { rect.center().x - name.size().x / 2.0 };
    let width = name.size().x;
    painter.galley(pos2(left, rect.center().y - name.size().y / 2.0), name, color);
    painter.galley(pos2(left + width + gap, rect.center().y - many.size().y / 2.0 + 0.5), many, muted);
    if is_shown {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        painter.rect_filled(line, 0.0, style::ink(ui, Ink::Accent));
    }
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(held_id(), page));
    }
    let command = Command::Page(page);
    let tip = if room == Room::Names { command.label().to_owned() } else { said };
    let response = if response.dragged() { response } else { tipped(response, &tip, command.keys(ui.ctx())) };
    if response.clicked() && !is_shown {
        out.run(command);
    }
    response.context_menu(|ui| moves_ui(ui, place, page, cx, out));
    rect
}

/// Takes a name that is let go of over this row.
fn land(ui: &Ui, strip: Rect, stack: &Stack<'_>, places: &[(Page, Rect)], out: &mut Outbox) {
    let Some(page) = ui.data(|data| data.get_temp::<Page>(held_id())) else { return };
    let Some(at) = ui.ctx().pointer_latest_pos().filter(|at| strip.contains(*at)) else { return };
    let before = places.iter().find(|(_, rect)| rect.center().x > at.x);
    let edge = before.map(|(_, r)| r.left()).or_else(|| places.last().map(|(_, r)| r.right())).unwrap_or(strip.left());
    ui.painter().vline(edge, strip.y_range(), Stroke::new(2.0, style::ink(ui, Ink::Accent)));
    if ui.input(|i| i.pointer.any_released()) {
        let index = before.and_then(|(page, _)| stack.pages.iter().position(|p| p == page)).unwrap_or(stack.pages.len());
        ui.data_mut(|data| data.remove::<Page>(held_id()));
        out.push(Action::PlacePage(page, stack.place, index));
    }
}

/// Where else the page could be.
fn moves_ui(ui: &mut Ui, from: Place, page: Page, cx: &ViewCx<'_>, out: &mut Outbox) {
    let all = Half::BOTH.into_iter().flat_map(|half| Side::ALL.map(|side| Place { side, half }));
    for to in all.filter(|to| *to != from && cx.docks.can_take(page, *to)) {
        if ui.button(format!("Move {} to {}", page.label(), to.label())).clicked() {
            out.push(Action::PlacePage(page, to, usize::MAX));
            ui.close();
        }
    }
}

/// All pages of the stack, and where the one in front could go: what dragging does, by keyboard.
fn menu_ui(ui: &mut Ui, stack: &Stack<'_>, cx: &ViewCx<'_>, out: &mut Outbox) {
    let place = stack.place;
    let words = format!("Panels on {}", place.label());
    let button = tipped(bare_button(ui, icon::DOTS_THREE_VERTICAL, &words), &words, None);
    Popup::menu(&button).show(|ui| {
        for page in &stack.named {
            let on = if *page == stack.shown { format!("{}  {}", page.label(), icon::CHECK) } else { page.label().to_owned() };
            if ui.button(on).clicked() {
                out.run(Command::Page(*page));
                ui.close();
            }
        }
        ui.separator();
        moves_ui(ui, place, stack.shown, cx, out);
        ui.separator();
        for command in [hide_command(place.side), Command::ResetPanels] {
            crate::ui::menus::item(ui, command, cx, out);
        }
    });
}
