//! The label of a flow: name on one or two lines, lock and pill, in the forms it may take around a point of the line.

use super::label::{Align, FLOW_LINE, FLOW_TEXT, PlacedLine, Wording, set};
use crate::geometry::{Point, Rect, Vec2, pt, rect};
use crate::model::{Channel, Flow, Protocol};
use crate::text::Face;

/// Room for the lock before the first line.
pub(super) const LOCK: f32 = 17.0;
/// Room kept for the pill with the number of threats.
const PILL: (f32, f32) = (38.0, 17.0);
const GAP: f32 = 4.0;
/// Distance of a label beside its line.
const BESIDE: f32 = 8.0;

/// The name of a flow at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLabel {
    /// The name with its lock; without a name only the lock.
    pub text: Rect,
    pub lines: Vec<PlacedLine>,
    /// Centre of the lock, where the protocol says whether the flow is encrypted.
    pub lock: Option<Point>,
    /// What the words hide so that they can be read.
    pub mask: Rect,
    /// Place kept for the number of threats.
    pub pill: Rect,
    /// From the label to its line, where one might not see which it belongs to.
    pub leader: Option<(Point, Point)>,
}

/// Further than this from its line a label needs a leader.
const FAR: f32 = 24.0;

impl FlowLabel {
    pub fn bounds(&self) -> Rect {
        if self.text.area() > 0.0 { self.text.union(self.pill) } else { self.pill }
    }

    /// With a leader to a point of its line, if that is far away or one might take another for it.
    pub(super) fn led_to(self, at: Point, is_ambiguous: bool) -> FlowLabel {
        let near = if self.lines.is_empty() { self.bounds() } else { self.text }.nearest(at);
        let leader = (is_ambiguous || near.distance(at) > FAR).then_some((near, at));
        FlowLabel { leader, ..self }
    }
}

/// What is known about the encryption of a flow: `Some(true)` encrypted or never leaving the machine, `None` unknown.
pub fn is_private(flow: &Flow) -> Option<bool> {
    match flow.protocol {
        Protocol::Unknown | Protocol::Manual => None,
        p => Some(p.is_encrypted() || flow.channel == Channel::Local),
    }
}

/// How the parts of a label stand to each other and to the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// Name and pill in one row on the line.
    Row,
    /// Lines with the pill below, on the line.
    Stack,
    /// Lines with the pill below, beside the line: 1 above or right of it, -1 below or left.
    Beside(f32),
    /// Name on one side of the line, lock and pill on the other.
    Split(f32),
}

impl Form {
    pub const ALL: [Form; 6] =
        [Form::Row, Form::Stack, Form::Beside(1.0), Form::Beside(-1.0), Form::Split(1.0), Form::Split(-1.0)];

    pub fn on_line(self) -> bool {
        matches!(self, Form::Row | Form::Stack)
    }
}

/// A place on the line where a label may be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spot {
    pub at: Point,
    /// Unit vector along the line.
    pub along: Vec2,
    /// Length of line around it without a bend, a crossing or an end.
    pub free: f32,
    /// How far it is from where a label is expected, 0 to 0.5.
    pub off_centre: f32,
}

impl Spot {
    pub fn is_level(&self) -> bool {
        self.along.x.abs() > self.along.y.abs()
    }

    /// The centre of a box beside the line, far enough that a slanting line does not touch it.
    fn beside(&self, side: f32, w: f32, h: f32) -> Point {
        let slant = (self.along.x * self.along.y).abs() * 0.9;
        if self.is_level() {
            pt(self.at.x, self.at.y - (h / 2.0 + BESIDE - 3.0 + slant * w) * side)
        } else {
            pt(self.at.x + (w / 2.0 + BESIDE + slant * h) * side, self.at.y)
        }
    }
}

/// Where the parts of a label come to lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrangement {
    text: Rect,
    pub mask: Rect,
    pub pill: Rect,
    align: Align,
}

impl Arrangement {
    pub fn bounds(&self) -> Rect {
        if self.text.area() > 0.0 { self.text.union(self.pill) } else { self.pill }
    }

    pub fn is_nameless(&self) -> bool {
        self.text == self.mask
    }

    /// The parts in a form at a spot; `lock` is the room before the first line. `None` where the form makes no sense.
    pub fn new(form: Form, spot: &Spot, wording: &Wording, lock: f32) -> Option<Arrangement> {
        let (pill_w, pill_h) = PILL;
        let lines = wording.lines.len();
        if lines == 0 {
            return Arrangement::nameless(form, spot, lock);
        }
        // The lock stands before the first line, so only that line grows by it.
        let w = wording.width.max(wording.first + lock);
        let h = FLOW_LINE * lines as f32;
        let (both_w, both_h) = (w.max(pill_w), h + 1.0 + pill_h);
        let (text, pill, align) = match form {
            Form::Row if lines > 1 || !spot.is_level() => return None,
            Form::Row => {
                let left = spot.at.x - (w + GAP + pill_w) / 2.0;
                let text = rect(left, spot.at.y - h / 2.0, w, h);
                (text, rect(left + w + GAP, spot.at.y - pill_h / 2.0, pill_w, pill_h), Align::Left)
            }
            Form::Stack => {
                let text = rect(spot.at.x - w / 2.0, spot.at.y - both_h / 2.0, w, h);
                (text, rect(spot.at.x - pill_w / 2.0, text.bottom() + 1.0, pill_w, pill_h), Align::Middle)
            }
            Form::Beside(side) if spot.is_level() => {
                let whole = Rect::from_center(spot.beside(side, both_w, both_h), both_w, both_h);
                let text = rect(spot.at.x - w / 2.0, whole.y, w, h);
                (text, rect(spot.at.x - pill_w / 2.0, text.bottom() + 1.0, pill_w, pill_h), Align::Middle)
            }
            Form::Beside(side) => {
                // Towards the line: flush left on its right side, flush right on its left side.
                let whole = Rect::from_center(spot.beside(side, both_w, both_h), both_w, both_h);
                let (x, pill_x, align) = if side > 0.0 {
                    (whole.x, whole.x + lock.min(both_w - pill_w), Align::Left)
                } else {
                    (whole.right() - w, whole.right() - pill_w, Align::Right)
                };
                (rect(x, whole.y, w, h), rect(pill_x, whole.y + h + 1.0, pill_w, pill_h), align)
            }
            Form::Split(side) => {
                let text = Rect::from_center(spot.beside(side, w, h), w, h);
                (text, Rect::from_center(spot.beside(-side, pill_w, pill_h), pill_w, pill_h), Align::Middle)
            }
        };
        let margin = if form.on_line() { 4.0 } else { 1.0 };
        let mask = rect(text.x - margin, text.y, text.w + 2.0 * margin, text.h);
        Some(Arrangement { text, mask, pill, align })
    }

    /// Lock and pill of a flow without a name.
    fn nameless(form: Form, spot: &Spot, lock: f32) -> Option<Arrangement> {
        let (pill_w, pill_h) = PILL;
        let centre = match form {
            Form::Stack => spot.at,
            Form::Beside(side) => spot.beside(side, lock + pill_w, pill_h),
            Form::Row | Form::Split(_) => return None,
        };
        let text = rect(centre.x - (lock + pill_w) / 2.0, centre.y - pill_h / 2.0, lock, pill_h);
        let pill = rect(text.right(), text.y, pill_w, pill_h);
        Some(Arrangement { text, mask: text, pill, align: Align::Left })
    }

    /// The label with its words.
    pub fn label(&self, wording: &Wording, lock: f32) -> FlowLabel {
        let text = self.text;
        let inner = if self.align == Align::Left { rect(text.x + lock, text.y, text.w - lock, text.h) } else { text };
        let mut lines = set(Face::Regular, FLOW_TEXT, FLOW_LINE, wording.lines.clone(), inner, self.align);
        if let (Align::Middle, Some(first)) = (self.align, lines.first_mut()) {
            first.at.x += lock / 2.0;
        }
        let beside_first = lines.first().map_or(text.x + LOCK, |l| l.at.x);
        let middle = if lines.is_empty() { text.center().y } else { text.y + FLOW_LINE / 2.0 };
        let lock = (lock > 0.0).then(|| pt(beside_first - LOCK + 6.5, middle));
        FlowLabel { text, lines, lock, mask: self.mask, pill: self.pill, leader: None }
    }
}
