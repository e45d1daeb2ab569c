//! Fingers: one points like a mouse but reaches further, held still it opens the menu; two move and zoom the view.

use super::{CanvasFrame, CanvasState};
use crate::tool::CanvasEvent;
use egui::{Context, Event, Pos2, TouchPhase};
use std::time::Duration;

/// A finger held still so long, in seconds, opens the menu.
const LONG: f64 = 0.5;

#[derive(Debug, Default)]
pub struct Fingers {
    /// Whether the pointer last seen is a finger.
    pub pointing: bool,
    /// Where one finger went down, and when.
    press: Option<(Pos2, f64)>,
    /// Two have been down: until all are up they only move the view.
    two: bool,
}

impl CanvasFrame<'_, '_> {
    /// What fingers do besides pointing. True when this frame's pointer means nothing else.
    pub(super) fn touch(&mut self, ctx: &Context, events: &[Event], state: &mut CanvasState) -> bool {
        let touches = events.iter().any(|e| matches!(e, Event::Touch { .. }));
        if touches || events.iter().any(|e| matches!(e, Event::PointerMoved(_) | Event::PointerButton { .. })) {
            state.fingers.pointing = touches;
        }
        let (now, several, any) = ctx.input(|i| (i.time, i.multi_touch().is_some(), i.any_touches()));
        for event in events {
            match event {
                Event::Touch { phase: TouchPhase::Start, pos, .. } => state.fingers.press = Some((*pos, now)),
                Event::Touch { phase: TouchPhase::End | TouchPhase::Cancel, .. } => state.fingers.press = None,
                _ => {}
            }
        }
        if several {
            state.fingers.press = None;
            if !std::mem::replace(&mut state.fingers.two, true) {
                self.give_up(ctx, state);
            }
        }
        let two = state.fingers.two;
        state.fingers.two &= any;
        two
    }

    /// Opens the menu under a finger that rests where it went down.
    pub(super) fn long_press(&mut self, ctx: &Context, state: &mut CanvasState) {
        let rests = state.held.is_some() && state.gesture.is_active() && !state.gesture.is_dragging();
        let Some((at, since)) = state.fingers.press.filter(|_| rests) else { return };
        let left = LONG - (ctx.input(|i| i.time) - since);
        if left > 0.0 {
            return ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
        state.fingers.press = None;
        self.give_up(ctx, state);
        self.menu_button(ctx, at, state);
        state.menu.iter_mut().for_each(|menu| menu.under_finger = true);
    }

    fn give_up(&mut self, ctx: &Context, state: &mut CanvasState) {
        state.held = None;
        self.event(ctx, CanvasEvent::Cancel, state);
    }
}
