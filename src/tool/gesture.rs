//! The gestures as one state machine: nothing, pressed but not yet dragged, or one of the drags.
//!
//! A drag is a snapshot of what it started on plus the total movement since: every move previews the whole result, the
//! release commits it as one undo step, and cancelling drops it.

mod anchoring;
mod bending;
mod choosing;
mod connecting;
mod creating;
mod drawing;
mod making_room;
mod marquee;
mod moving;
mod panning;
mod pressed;
mod reconnecting;
mod resizing;
mod sizing;
mod standing;
mod walking;

use super::grip::{End, Grip};
use super::snapping::Guide;
use super::{Button, CanvasEvent, Direction, Key, KeyPress, Modifiers, Outcome, Overlay, Pointer, ToolCx, operation};
use crate::model::Id;
use bending::Bending;
use choosing::Choosing;
use connecting::Connecting;
use creating::Creating;
use drawing::Drawing;
use making_room::MakingRoom;
use marquee::Marquee;
use moving::Moving;
use panning::Panning;
use pressed::Pressed;
use reconnecting::Reconnecting;
use resizing::Resizing;
use sizing::Sizing;
use walking::Walking;

/// What the pointer is doing.
#[derive(Debug, Default)]
pub enum Gesture {
    #[default]
    Idle,
    /// Down, but not moved far enough to be a drag.
    Pressed(Pressed),
    Panning(Panning),
    Marquee(Marquee),
    Moving(Box<Moving>),
    Resizing(Resizing),
    /// Sizing a box by keys.
    Sizing(Box<Sizing>),
    Creating(Creating),
    /// Drawing a boundary as a line.
    Drawing(Drawing),
    /// Drawing a flow.
    Connecting(Connecting),
    /// Drawing a flow by keys.
    Choosing(Choosing),
    Reconnecting(Reconnecting),
    Bending(Bending),
    MakingRoom(Box<MakingRoom>),
    /// Alt is held after a walk along a flow. Anything but the same arrow is as if nothing were going on.
    Walking(Walking),
}

/// Where the machine goes after an event, and what it asks for.
type Turn = (Gesture, Vec<Outcome>);

/// Back to nothing.
fn done(outcomes: Vec<Outcome>) -> Turn {
    (Gesture::Idle, outcomes)
}

/// While letting go would put an element into the flow that is lit.
const INTO_FLOW: &[(&str, &str)] = &[("Release", "put it into the flow"), ("Ctrl", "not into the flow"), ("Esc", "put back")];

impl Gesture {
    /// Takes an event and says what follows from it.
    pub fn on(&mut self, event: CanvasEvent, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
        if !self.stands(cx) {
            return std::mem::take(self).cancelled();
        }
        if !matches!(event, CanvasEvent::Key(_) | CanvasEvent::Move(_) | CanvasEvent::Wait(_)) {
            self.stand();
        }
        let (next, outcomes) = match event {
            CanvasEvent::Cancel => done(std::mem::take(self).cancelled()),
            CanvasEvent::DoubleClick(_) if matches!(self, Gesture::Drawing(_)) => std::mem::take(self).ended(cx),
            // Whatever else is under way goes on: what it shows would stay behind.
            CanvasEvent::DoubleClick(_) if self.is_dragging() => (std::mem::take(self), Vec::new()),
            CanvasEvent::DoubleClick(pointer) => done(pressed::double_click(pointer, cx)),
            CanvasEvent::Key(press) => self.key(press, cx),
            CanvasEvent::Wait(seconds) => std::mem::take(self).waited(seconds, cx),
            CanvasEvent::Down(pointer) => std::mem::take(self).down(pointer, cx),
            CanvasEvent::Move(pointer) => std::mem::take(self).moved(pointer, cx),
            CanvasEvent::Up(pointer) => std::mem::take(self).up(pointer, cx),
        };
        *self = next;
        outcomes
    }

    /// Begins a flow at an element; it follows the pointer until the next click.
    pub fn connect_from(&mut self, element: Id, cx: &mut ToolCx<'_>) {
        let at = cx.rect_of(&element).map(|r| r.center()).unwrap_or_default();
        *self = Gesture::Connecting(Connecting::following(element, at, cx));
    }

    /// Goes along a flow, or round what lies the same way.
    pub fn walk(&mut self, direction: Direction, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let before = if let Gesture::Walking(walking) = std::mem::take(self) { Some(walking) } else { None };
        let Some((walking, outcomes)) = Walking::step(before, direction, cx) else { return Vec::new() };
        *self = Gesture::Walking(walking);
        outcomes
    }

    /// Has arrow keys size the selected box.
    pub fn size_by_keys(&mut self, cx: &ToolCx<'_>) {
        if let Some(sizing) = Sizing::begin(cx).filter(|_| !self.is_active()) {
            *self = Gesture::Sizing(Box::new(sizing));
        }
    }

    /// Ends a walk: the next one begins where it led to.
    pub fn stand(&mut self) {
        if matches!(self, Gesture::Walking(_)) {
            *self = Gesture::Idle;
        }
    }

    /// How it stands, in words: "1 of 3", "168 × 64".
    pub fn words(&self) -> Option<String> {
        match self {
            Gesture::Walking(walking) => walking.place(),
            Gesture::Sizing(sizing) => Some(sizing.words()),
            Gesture::Resizing(resizing) => resizing.words(),
            _ => None,
        }
    }

    /// True while something would be lost by looking away.
    pub fn is_active(&self) -> bool {
        !matches!(self, Gesture::Idle | Gesture::Walking(_))
    }

    /// True once a press has become a drag.
    pub fn is_dragging(&self) -> bool {
        !matches!(self, Gesture::Idle | Gesture::Walking(_) | Gesture::Pressed(_))
    }

    pub fn is_panning(&self) -> bool {
        matches!(self, Gesture::Panning(_))
    }

    /// What to draw over the diagram.
    pub fn overlay(&self) -> Overlay {
        match self {
            Gesture::Marquee(g) => g.overlay(),
            Gesture::Moving(g) => g.overlay(),
            Gesture::Resizing(g) => g.overlay(),
            Gesture::Creating(g) => g.overlay(),
            Gesture::Connecting(g) => g.overlay(),
            Gesture::Choosing(g) => g.overlay(),
            Gesture::Reconnecting(g) => g.overlay(),
            Gesture::MakingRoom(g) => g.overlay(),
            _ => Overlay::None,
        }
    }

    /// What the thing in hand stands in line with.
    pub fn guides(&self) -> &[Guide] {
        match self {
            Gesture::Moving(g) => g.guides(),
            Gesture::Resizing(g) => g.guides(),
            Gesture::Creating(g) => g.guides(),
            _ => &[],
        }
    }

    /// The flow that what is in hand would be put into.
    pub fn splits(&self) -> Option<&Id> {
        match self {
            Gesture::Moving(g) => g.splits(),
            Gesture::Creating(g) => g.splits(),
            _ => None,
        }
    }

    /// Keys for the hint line: what to press, and what that does.
    pub fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Gesture::Idle | Gesture::Walking(_) | Gesture::Pressed(_) | Gesture::Panning(_) => &[],
            Gesture::Marquee(_) => {
                &[("→", "take what is inside"), ("←", "take what is touched"), ("Shift", "add to the selection")]
            }
            Gesture::Moving(moving) if moving.splits().is_some() => INTO_FLOW,
            Gesture::Creating(creating) if creating.splits().is_some() => INTO_FLOW,
            Gesture::Moving(moving) if !moving.may_copy() => {
                &[("Ctrl", "no snapping"), ("Shift", "one direction"), ("Esc", "put back")]
            }
            Gesture::Moving(_) => &[("Ctrl", "no snapping"), ("Shift", "one direction"), ("Alt", "copy"), ("Esc", "put back")],
            Gesture::Resizing(_) => {
                &[("Shift", "keep proportions"), ("Alt", "from the middle"), ("Ctrl", "no snapping"), ("Esc", "put back")]
            }
            Gesture::Sizing(_) => {
                &[("→ ←", "wider, narrower"), ("↓ ↑", "higher, lower"), ("Shift", "by 1"), ("Enter", "done"), ("Esc", "put back")]
            }
            Gesture::Creating(_) => &[("Ctrl", "no snapping"), ("Esc", "never mind")],
            Gesture::Drawing(_) => {
                &[("Click", "next point"), ("Enter", "done"), ("Del", "without the last point"), ("Esc", "never mind")]
            }
            Gesture::Connecting(connecting) => connecting.hints(),
            Gesture::Choosing(_) => {
                &[("Arrows", "choose where it leads"), ("Letters", "by its name"), ("Enter", "connect"), ("Esc", "never mind")]
            }
            Gesture::Reconnecting(_) => {
                &[("Drop", "on another element"), ("Alt", "exactly here"), ("Ctrl", "loose"), ("Esc", "put back")]
            }
            Gesture::Bending(_) => &[("Ctrl", "off the grid"), ("Straight", "removes the bend"), ("Esc", "put back")],
            Gesture::MakingRoom(_) => {
                &[("→ ↓", "make room beyond the line"), ("← ↑", "close it where nothing is"), ("Esc", "put back")]
            }
        }
    }

    fn down(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        match self {
            // A flow begun by a click ends at the next one.
            Gesture::Connecting(g) => (Gesture::Connecting(g.down(pointer, cx)), Vec::new()),
            Gesture::Choosing(g) => g.down(pointer, cx),
            Gesture::Sizing(g) => {
                // A press anywhere keeps the size, and does what it always does.
                let (gesture, then) = Pressed::down(pointer, cx);
                (gesture, [g.kept(cx), then].concat())
            }
            Gesture::Drawing(g) => (Gesture::Drawing(g.down(pointer)), Vec::new()),
            Gesture::Idle => Pressed::down(pointer, cx),
            // A second button during a drag is nobody's intention.
            other => (other, Vec::new()),
        }
    }

    fn moved(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        match self {
            Gesture::Idle => done(Vec::new()),
            Gesture::Walking(g) => (Gesture::Walking(g), Vec::new()),
            Gesture::Pressed(g) => g.moved(pointer, cx),
            Gesture::Panning(g) => g.moved(pointer),
            Gesture::Marquee(g) => g.moved(pointer, cx),
            Gesture::Moving(g) => g.with(pointer.modifiers).moved(pointer, cx),
            Gesture::Resizing(g) => g.moved(pointer, cx),
            Gesture::Creating(g) => g.moved(pointer, cx),
            Gesture::Drawing(g) => g.moved(pointer, cx),
            Gesture::Connecting(g) => g.moved(pointer, cx),
            Gesture::Choosing(g) => (Gesture::Choosing(g), Vec::new()),
            Gesture::Sizing(g) => (Gesture::Sizing(g), Vec::new()),
            Gesture::Reconnecting(g) => g.moved(pointer, cx),
            Gesture::Bending(g) => g.moved(pointer, cx),
            Gesture::MakingRoom(g) => g.moved(pointer, cx),
        }
    }

    fn waited(self, seconds: f32, cx: &ToolCx<'_>) -> Turn {
        match self {
            Gesture::Connecting(g) => g.waited(seconds, cx),
            Gesture::Reconnecting(g) => g.waited(seconds, cx),
            other => (other, Vec::new()),
        }
    }

    /// True while the mere passing of time would change something.
    pub fn is_waiting(&self) -> bool {
        match self {
            Gesture::Connecting(g) => g.is_waiting(),
            Gesture::Reconnecting(g) => g.is_waiting(),
            _ => false,
        }
    }

    /// The flow whose end is in hand and at an element, and which end that is.
    pub fn attaching(&self) -> Option<(&Id, End)> {
        match self {
            Gesture::Connecting(g) => g.attaching(),
            Gesture::Reconnecting(g) => g.attaching(),
            _ => None,
        }
    }

    fn up(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        match self {
            Gesture::Panning(g) if g.button == pointer.button => done(Vec::new()),
            Gesture::Panning(g) => (Gesture::Panning(g), Vec::new()),
            // Everything else is done with the primary button.
            other if pointer.button != Button::Primary => (other, Vec::new()),
            Gesture::Idle | Gesture::Walking(_) => done(Vec::new()),
            Gesture::Pressed(g) => g.up(pointer, cx),
            Gesture::Marquee(g) => done(g.up(pointer, cx)),
            Gesture::Moving(g) => done(g.with(pointer.modifiers).up(pointer, cx)),
            Gesture::Resizing(g) => done(g.up(pointer, cx)),
            Gesture::Creating(g) => done(g.up(pointer, cx)),
            Gesture::Drawing(g) => g.up(pointer, cx),
            Gesture::Connecting(g) => g.up(pointer, cx),
            Gesture::Choosing(g) => (Gesture::Choosing(g), Vec::new()),
            Gesture::Sizing(g) => (Gesture::Sizing(g), Vec::new()),
            Gesture::Reconnecting(g) => done(g.up(pointer, cx)),
            Gesture::Bending(g) => done(g.up(pointer, cx)),
            Gesture::MakingRoom(g) => done(g.up(pointer, cx)),
        }
    }

    fn cancelled(self) -> Vec<Outcome> {
        match self {
            Gesture::Idle | Gesture::Walking(_) | Gesture::Pressed(_) | Gesture::Panning(_) => Vec::new(),
            Gesture::Marquee(g) => g.cancelled(),
            Gesture::Moving(_) | Gesture::Resizing(_) | Gesture::Creating(_) | Gesture::MakingRoom(_) => {
                vec![Outcome::CancelPreview]
            }
            Gesture::Choosing(g) => g.cancelled(),
            Gesture::Sizing(g) => g.cancelled(),
            Gesture::Drawing(_) | Gesture::Connecting(_) => vec![Outcome::CancelPreview],
            Gesture::Reconnecting(_) | Gesture::Bending(_) => vec![Outcome::CancelPreview],
        }
    }

    /// A double click while a line is drawn.
    fn ended(self, cx: &ToolCx<'_>) -> Turn {
        match self {
            Gesture::Drawing(g) => g.double_click(cx),
            other => (other, Vec::new()),
        }
    }

    /// Keys wait for the end of a gesture, except Escape, which ends it, and those of a flow drawn by keys.
    fn key(&mut self, press: KeyPress, cx: &mut ToolCx<'_>) -> Turn {
        if self.is_active() {
            let escape = press.key == Key::Escape;
            return match std::mem::take(self) {
                Gesture::Choosing(g) => g.key(press, cx),
                Gesture::Sizing(g) => g.key(press, cx),
                Gesture::Drawing(g) if !escape => g.key(press, cx),
                gesture if escape => done(gesture.cancelled()),
                gesture => (gesture, Vec::new()),
            };
        }
        if let (Key::Arrow(direction), Modifiers::ALT) = (press.key, press.modifiers) {
            let outcomes = self.walk(direction, cx);
            return (std::mem::take(self), outcomes);
        }
        self.stand();
        if press.key == Key::Delete
            && let Some(edit) = press.pointer.and_then(|at| bending::without_corner(&Grip::at(cx, at), cx))
        {
            return done(vec![Outcome::Commit(edit)]);
        }
        if press.key == Key::Letter('F') && !press.modifiers.ctrl && !press.modifiers.shift && operation::pair(cx).is_none() {
            if let Some(connecting) = Connecting::from_hovered(press, cx) {
                return (Gesture::Connecting(connecting), Vec::new());
            }
            if let Some(choosing) = Choosing::begin(cx) {
                return (Gesture::Choosing(choosing), Vec::new());
            }
        }
        done(operation::key(press, cx))
    }
}
