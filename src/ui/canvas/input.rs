//! From egui's raw events to canvas events. Raw, because objects on the canvas are widgets of their own for screen
//! readers, and would otherwise hide it from the pointer.

use super::menu::Menu;
use super::{CanvasFrame, CanvasState, Pasted, Request};
use crate::geometry::{Point, Rect, vec2};
use crate::model::Id;
use crate::scene::{BoxKind, PlacedBox, detail_mark};
use crate::tool::{
    BESIDE, Button, CanvasEvent, Clip, Direction, Grip, Key, KeyPress, Modifiers, Operation, Pointer, Tool, of_key, paste,
    paste_at, paste_originals, paste_text,
};
use crate::tool::{Outcome, Selection};
use crate::ui::{Action, Command};
use egui::{Context, CursorIcon, Event, EventFilter, PointerButton, Pos2};

impl CanvasFrame<'_, '_> {
    /// True when a screen position is on the canvas and nothing lies above it.
    pub fn is_over(&self, ctx: &Context, at: Pos2) -> bool {
        self.rect.contains(at) && ctx.layer_id_at(at).is_none_or(|layer| layer.order == egui::Order::Background)
    }

    pub fn take_input(&mut self, ui: &egui::Ui, state: &mut CanvasState) {
        let ctx = ui.ctx();
        let had_it = state.had_keyboard;
        let keyboard = self.has_keyboard(ctx, state);
        state.had_keyboard = keyboard || state.is_writing();
        // The letter that opened a label also arrives as text.
        let mut opened_by: Option<String> = None;
        let events = ui.input(|i| i.events.clone());
        let view_only = self.touch(ctx, &events, state);
        for event in events {
            let opening = state.requests.iter().any(|r| matches!(r, Request::EditLabel(..)));
            match event {
                Event::Text(text) if keyboard && opening => {
                    let is_the_letter = opened_by.take().is_some_and(|letter| letter.eq_ignore_ascii_case(&text));
                    state.typed_ahead += if is_the_letter { "" } else { text.as_str() };
                }
                Event::Key { key, modifiers, .. } if keyboard && opening => {
                    ctx.input_mut(|i| i.consume_key(modifiers, key));
                }
                Event::PointerMoved(_) | Event::PointerButton { .. } if view_only => {}
                Event::PointerMoved(at) => {
                    state.card.wake();
                    self.pointer_moved(ctx, at, state);
                }
                Event::PointerButton { pos, button, pressed, modifiers } => {
                    self.pointer_button(ctx, pos, button, pressed, modifiers, state);
                }
                Event::PointerGone => state.pointer = None,
                Event::WindowFocused(false) => {
                    state.held = None;
                    self.event(ctx, CanvasEvent::Cancel, state);
                }
                // It ended a field elsewhere in this very frame.
                Event::Key { key: egui::Key::Enter | egui::Key::Escape, .. } if keyboard && !had_it => {}
                Event::Key { key: egui::Key::Space, pressed, repeat, modifiers, .. } if keyboard => {
                    if pressed {
                        state.space_down |= !repeat && modifiers.is_none() && state.held.is_none();
                    } else if std::mem::take(&mut state.space_down) && !state.gesture.is_active() {
                        self.perform(ctx, Operation::Fold, state);
                    }
                }
                Event::Key { key, pressed: true, modifiers, .. } if keyboard => {
                    state.card.hush();
                    self.key(ctx, key, modifiers, state);
                    opened_by = Some(key.name().to_owned());
                }
                // The window takes Ctrl C for copying, whatever is held besides.
                Event::Copy if keyboard && ctx.input(|i| i.modifiers.alt) => self.perform(ctx, Operation::CopyStyle, state),
                Event::Paste(_) if keyboard && ctx.input(|i| i.modifiers.alt) => {
                    state.give_style();
                    ctx.request_repaint();
                }
                Event::Copy if keyboard && ctx.input(|i| i.modifiers.shift) => self.out.run(Command::CopyPng),
                Event::Copy if keyboard => self.perform(ctx, Operation::Copy, state),
                Event::Cut if keyboard => self.perform(ctx, Operation::Cut, state),
                Event::Paste(text) if keyboard => self.paste(ctx, &text, state),
                _ => {}
            }
        }
        if !ctx.input(|i| i.modifiers.alt) {
            state.gesture.stand();
        }
        // What is in the hand follows keys that are pressed on the way without waiting for the hand.
        let now = held(ctx.input(|i| i.modifiers));
        let is_other = std::mem::replace(&mut state.modifiers, now) != now;
        if let Some(at) = ctx.pointer_latest_pos().filter(|_| is_other && state.held.is_some() && state.gesture.is_dragging()) {
            self.pointer_moved(ctx, at, state);
        }
        self.long_press(ctx, state);
        if state.pointer.is_some() || state.gesture.is_active() {
            ctx.set_cursor_icon(self.cursor(ctx, state));
        }
    }

    /// The canvas holds the keyboard whenever no field or control does.
    fn has_keyboard(&self, ctx: &Context, state: &CanvasState) -> bool {
        let is_covered = ctx.memory(|m| m.top_modal_layer().is_some()) || is_menu_open(ctx, state);
        if state.is_writing() || is_covered {
            return false;
        }
        let focused = ctx.memory(|m| m.focused());
        if focused.is_none() {
            ctx.memory_mut(|m| m.request_focus(self.id));
        }
        // Tab, arrows and Escape mean something here, so they do not move the focus away.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ctx.memory_mut(|m| m.set_focus_lock_filter(self.id, filter));
        focused.is_none_or(|id| id == self.id)
    }

    fn world(&self, at: Pos2, state: &mut CanvasState) -> Point {
        let middle = self.rect.center();
        self.camera(state).to_world(vec2(at.x - middle.x, at.y - middle.y))
    }

    fn pointer_moved(&mut self, ctx: &Context, at: Pos2, state: &mut CanvasState) {
        let world = self.world(at, state);
        let over = self.is_over(ctx, at);
        state.pointer = over.then_some(world);
        if state.gesture.is_active() {
            let pointer = Pointer { at: world, button: Button::Primary, modifiers: held(ctx.input(|i| i.modifiers)) };
            self.event(ctx, CanvasEvent::Move(pointer), state);
        }
    }

    fn pointer_button(
        &mut self,
        ctx: &Context,
        at: Pos2,
        button: PointerButton,
        pressed: bool,
        modifiers: egui::Modifiers,
        state: &mut CanvasState,
    ) {
        state.space_down = false;
        // The menu opens on the release, as everywhere; nothing is going on then.
        let alone = state.held.is_none() && !state.gesture.is_active();
        if button == PointerButton::Secondary && alone {
            if !pressed && self.is_over(ctx, at) && ctx.memory(|m| m.top_modal_layer().is_none()) {
                self.menu_button(ctx, at, state);
            }
            return;
        }
        let space = ctx.input(|i| i.key_down(egui::Key::Space)) && !ctx.text_edit_focused();
        let meaning = match (state.held, button) {
            // Only the button that began something ends it, even if Space was let go of meanwhile.
            (Some((down, _)), _) if down != button => return,
            (Some((_, meaning)), _) => meaning,
            (None, _) if !pressed => return,
            (None, PointerButton::Primary) if space => Button::Middle,
            (None, PointerButton::Primary) => Button::Primary,
            (None, PointerButton::Middle) => Button::Middle,
            (None, _) => return,
        };
        let pointer = Pointer { at: self.world(at, state), button: meaning, modifiers: held(modifiers) };
        let over = self.is_over(ctx, at);
        if !pressed {
            state.held = None;
            self.event(ctx, CanvasEvent::Up(pointer), state);
            let double = ctx.input(|i| i.pointer.button_double_clicked(PointerButton::Primary));
            if over && double && meaning == Button::Primary {
                self.event(ctx, CanvasEvent::DoubleClick(pointer), state);
            }
        } else if over && ctx.memory(|m| m.top_modal_layer().is_none()) && !is_menu_open(ctx, state) {
            ctx.memory_mut(|m| m.request_focus(self.id));
            if meaning == Button::Primary
                && modifiers.is_none()
                && let Some(id) = self.detail_mark_at(pointer.at)
            {
                return self.out.push(Action::OpenDetail(id));
            }
            state.held = Some((button, meaning));
            self.event(ctx, CanvasEvent::Down(pointer), state);
        }
    }

    /// The element whose mark of a detail diagram is there.
    fn detail_mark_at(&self, at: Point) -> Option<Id> {
        let layout = self.cx.layout;
        let is_marked = |placed: &PlacedBox| match placed.kind {
            BoxKind::Element(kind) => detail_mark(kind, placed.rect).expand(2.0).contains(at),
            _ => false,
        };
        // It hangs over the lower edge of its element.
        let near = layout.near(Rect::from_center(at, 32.0, 32.0));
        let found = near.into_iter().find(|id| layout.boxes.get(*id).is_some_and(is_marked));
        found.filter(|id| self.cx.tool == Tool::Select && self.cx.model.detail_of(id).is_some()).cloned()
    }

    fn key(&mut self, ctx: &Context, key: egui::Key, modifiers: egui::Modifiers, state: &mut CanvasState) {
        let undoing = modifiers.command && matches!(key, egui::Key::Z | egui::Key::Y);
        if undoing && state.gesture.is_dragging() {
            // Undo in the middle of a drag takes back the drag.
            ctx.input_mut(|i| i.consume_key(modifiers, key));
            self.event(ctx, CanvasEvent::Cancel, state);
            return;
        }
        if !state.gesture.is_active() && modifiers.is_none() && super::card::key(key, self, state) {
            ctx.input_mut(|i| i.consume_key(modifiers, key));
            return ctx.request_repaint();
        }
        let Some(known) = tool_key(key) else { return };
        let middle = (known == Key::Enter).then(|| self.world(self.rect.center(), state));
        // The card makes way for what is made under it.
        let under_card = ctx.pointer_latest_pos().filter(|at| state.card.covers(*at)).map(|at| self.world(at, state));
        let pointer = state.pointer.or(under_card).or(middle);
        let press = KeyPress { key: known, modifiers: held(modifiers), pointer };
        let active = state.gesture.is_active();
        let means = self.with_tools(state, |_, tools| of_key(press, tools).is_some());
        if means || active {
            ctx.input_mut(|i| i.consume_key(modifiers, key));
            self.event(ctx, CanvasEvent::Key(press), state);
        }
    }

    /// The menu at a point of the screen.
    pub(super) fn open_menu(&mut self, at: Pos2, state: &mut CanvasState) {
        state.menu = Some(Menu::at(at, self.world(at, state)));
    }

    /// A press of the other button: selects what is under it, unless it is selected already, and opens the menu.
    pub(super) fn menu_button(&mut self, ctx: &Context, at: Pos2, state: &mut CanvasState) {
        let world = self.world(at, state);
        let hit = self.with_tools(state, |_, tools| Grip::at(tools, world).item().cloned());
        let select = match hit {
            Some(id) if self.selection.items.contains(&id) => None,
            Some(id) => Some(Selection::one(id)),
            None => Some(Selection::default()),
        };
        self.carry_out(ctx, select.map(Outcome::Select).into_iter().collect(), state);
        self.open_menu(at, state);
        ctx.request_repaint();
    }

    /// Pastes copied parts of a model, or text from elsewhere.
    fn paste(&mut self, ctx: &Context, text: &str, state: &mut CanvasState) {
        let shift = ctx.input(|i| i.modifiers.shift);
        let by_keys = if shift { Pasted::InPlace } else { Pasted::AtPointer };
        let pasted = state.pasted.take().unwrap_or(by_keys);
        let Some(clip) = Clip::from_text(text) else {
            // Text from elsewhere: a diagram when it has flows, else a note.
            let at = state.pointer.unwrap_or_else(|| self.world(self.rect.center(), state));
            let outcomes = self.with_tools(state, |_, tools| paste_text(text, at, tools));
            return self.carry_out(ctx, outcomes, state);
        };
        let pointer = state.pointer;
        let outcomes = self.with_tools(state, |_, tools| match pasted {
            Pasted::AtPointer => match pointer {
                Some(at) => paste_at(&clip, at, tools),
                None => paste(&clip, BESIDE, tools),
            },
            Pasted::InPlace => paste(&clip, vec2(0.0, 0.0), tools),
            Pasted::Originals => paste_originals(&clip, tools),
        });
        self.carry_out(ctx, outcomes, state);
    }

    /// What a press would do, shown by the pointer; also tells what is hovered.
    fn cursor(&mut self, ctx: &Context, state: &mut CanvasState) -> CursorIcon {
        if state.gesture.is_panning() {
            return CursorIcon::Grabbing;
        }
        if state.gesture.is_dragging() {
            return CursorIcon::Default;
        }
        let Some(at) = state.pointer else { return CursorIcon::Default };
        let grip = self.with_tools(state, |_, tools| Grip::at(tools, at));
        if let Some(id) = grip.item() {
            self.out.push(Action::Hover(id.clone()));
        }
        if self.detail_mark_at(at).is_some() {
            return CursorIcon::PointingHand;
        }
        if ctx.input(|i| i.key_down(egui::Key::Space)) || self.cx.tool == Tool::Hand {
            return CursorIcon::Grab;
        }
        match (self.cx.tool, grip) {
            (Tool::Select, Grip::Ground) => CursorIcon::Default,
            (Tool::Select, Grip::Item(_) | Grip::Frame(_)) => CursorIcon::Move,
            (Tool::Select, Grip::Resize(_, handle)) => match (handle.x * handle.y, handle.x) {
                (1, _) => CursorIcon::ResizeNwSe,
                (-1, _) => CursorIcon::ResizeNeSw,
                (_, 0) => CursorIcon::ResizeVertical,
                _ => CursorIcon::ResizeHorizontal,
            },
            (Tool::Select, Grip::Connect(_)) => CursorIcon::Crosshair,
            (Tool::Select, _) => CursorIcon::PointingHand,
            _ => CursorIcon::Crosshair,
        }
    }
}

/// Whether a menu, of the canvas or of anything else, waits for a choice.
fn is_menu_open(ctx: &Context, state: &CanvasState) -> bool {
    state.menu.is_some() || egui::Popup::is_any_open(ctx)
}

pub(super) fn held(m: egui::Modifiers) -> Modifiers {
    Modifiers { shift: m.shift, ctrl: m.command, alt: m.alt }
}

fn tool_key(key: egui::Key) -> Option<Key> {
    Some(match key {
        egui::Key::ArrowLeft => Key::Arrow(Direction::Left),
        egui::Key::ArrowRight => Key::Arrow(Direction::Right),
        egui::Key::ArrowUp => Key::Arrow(Direction::Up),
        egui::Key::ArrowDown => Key::Arrow(Direction::Down),
        egui::Key::Tab => Key::Tab,
        egui::Key::Enter => Key::Enter,
        egui::Key::F2 => Key::F2,
        egui::Key::Delete | egui::Key::Backspace => Key::Delete,
        egui::Key::Escape => Key::Escape,
        key => {
            let name = key.name();
            let mut letters = name.chars();
            return letters.next().filter(|c| c.is_ascii_uppercase() && letters.next().is_none()).map(Key::Letter);
        }
    })
}
