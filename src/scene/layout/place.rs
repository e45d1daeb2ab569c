//! Finds a free place for flow labels and name tabs: candidates along the line, the cheapest one wins.
//!
//! Greedy, the flows with the fewest choices (the shortest) first; deterministic.

use super::label::{Align, FLOW_LINE, FLOW_TEXT, PlacedLine, flow_name, set, widest};
use super::space::Space;
use super::{BoxKind, DiagramLayout, RoutedFlow};
use crate::geometry::{Point, Rect, Vec2, pt, rect};
use crate::model::{Boundary, Flow, Id, Placement, Protocol, ThreatModel};
use crate::text::{Face, ellipsize, width};

/// Room for the lock before the first line.
const LOCK: f32 = 17.0;
/// Room kept for the pill with the number of threats.
const PILL: (f32, f32) = (40.0, 18.0);
const GAP: f32 = 4.0;
/// Distance of a label beside its line.
const BESIDE: f32 = 7.0;
/// Widest line of a flow name.
const WIDEST: f32 = 150.0;

pub(crate) const TAB_HEIGHT: f32 = 20.0;
pub(crate) const TAB_TEXT: f32 = 11.0;
pub(crate) const TAB_PADDING: f32 = 7.0;
pub(crate) const CHIP: (f32, f32) = (19.0, 14.0);

/// The name of a flow at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLabel {
    /// The name with its lock; without a name only the lock.
    pub text: Rect,
    pub lines: Vec<PlacedLine>,
    /// Centre of the lock, where the protocol says whether the flow is encrypted.
    pub lock: Option<Point>,
    /// Place kept for the number of threats.
    pub pill: Rect,
}

impl FlowLabel {
    pub fn bounds(&self) -> Rect {
        if self.text.area() > 0.0 { self.text.union(self.pill) } else { self.pill }
    }
}

/// How the parts of a label stand to each other and to the line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// Name and pill in one row on the line.
    Row,
    /// Lines with the pill below, on the line.
    Stack,
    /// Lines with the pill below, beside the line.
    Beside(f32),
    /// Name on one side of the line, lock and pill on the other.
    Split(f32),
}

const FORMS: [Form; 6] = [Form::Row, Form::Stack, Form::Beside(1.0), Form::Beside(-1.0), Form::Split(1.0), Form::Split(-1.0)];

/// What is known about the encryption of a flow: `Some(true)` encrypted or never leaving the machine, `None` unknown.
pub(crate) fn is_private(flow: &Flow) -> Option<bool> {
    match flow.protocol {
        Protocol::Unknown | Protocol::Manual => None,
        p => Some(p.is_encrypted() || flow.channel == crate::model::Channel::Local),
    }
}

/// Places the name tabs of boundaries, then the labels of flows.
pub(super) fn place(model: &ThreatModel, diagram: &Id, layout: &mut DiagramLayout) {
    let mut space = obstacles(layout);
    tabs(model, layout, &mut space);
    let mut order: Vec<(Id, f32)> = layout.flows.iter().map(|(id, f)| (id.clone(), f.length())).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    for (id, _) in order {
        let (Some(flow), Some(course)) = (model.flows.get(&id), layout.flows.get(&id)) else { continue };
        let pinned = match model.placement(diagram, &id) {
            Some(Placement::Route(route)) => route.label,
            _ => None,
        };
        let label = best_label(flow, course, pinned, &space);
        if let Some(label) = &label {
            space.area(label.text.expand(1.0), 60.0);
            space.area(label.pill, 60.0);
        }
        if let Some(course) = layout.flows.get_mut(&id) {
            course.label = label;
        }
    }
}

fn obstacles(layout: &DiagramLayout) -> Space {
    let mut space = Space::default();
    for placed in layout.boxes.values() {
        match placed.kind {
            BoxKind::Boundary => {
                let [a, b, c, d] = placed.rect.corners();
                space.line(&[a, b, c, d, a], 40.0);
            }
            BoxKind::Element(_) => {
                space.area(placed.rect.expand(3.0), 100.0);
                space.area(badge_place(placed.rect), 50.0);
            }
            BoxKind::Note => space.area(placed.rect.expand(3.0), 60.0),
        }
    }
    for line in layout.lines.values() {
        space.line(&line.points, 25.0);
    }
    for flow in layout.flows.values() {
        space.line(&flow.points, 14.0);
        for end in [&flow.start, &flow.end] {
            space.area(Rect::from_center(end.at + end.direction * -7.0, 14.0, 14.0), 30.0);
        }
        for crossing in &flow.crossings {
            space.area(Rect::from_center(crossing.at, 13.0, 13.0), 50.0);
        }
    }
    space
}

/// Where the pill of an element will be, straddling its top right corner.
pub(crate) fn badge_place(element: Rect) -> Rect {
    Rect::from_center(pt(element.right() - 12.0, element.y - 3.0), 50.0, 26.0)
}

fn best_label(flow: &Flow, course: &RoutedFlow, pinned: Option<f32>, space: &Space) -> Option<FlowLabel> {
    let lock = if is_private(flow).is_some() { LOCK } else { 0.0 };
    let row = flow_name(&flow.name, 1, WIDEST);
    let stack = flow_name(&flow.name, 2, WIDEST * 0.75);
    let stack = if stack.iter().any(|l| l.ends_with('…')) { flow_name(&flow.name, 2, WIDEST) } else { stack };
    let mut best: Option<(f32, FlowLabel)> = None;
    for spot in course.spots(pinned) {
        for form in FORMS {
            let lines = if form == Form::Row { &row } else { &stack };
            let fits = |l: &FlowLabel| if spot.is_level() { l.bounds().w } else { l.bounds().h } + 26.0 <= spot.piece;
            let Some(label) = form_label(form, &spot, lines, lock) else { continue };
            let taste = match form {
                Form::Row if !spot.is_level() || lines.iter().any(|l| l.ends_with('…')) => continue,
                Form::Row | Form::Stack if fits(&label) => {
                    if form == Form::Row {
                        0.0
                    } else {
                        2.0
                    }
                }
                Form::Row | Form::Stack => 34.0,
                Form::Beside(side) => 4.0 - side,
                Form::Split(side) => 6.0 - side,
            };
            // Labels on the line cover their own flow once; that is what the mask is for.
            let own = if matches!(form, Form::Row | Form::Stack) { 14.0 * own_pieces(course, label.bounds()) } else { 0.0 };
            let cost = taste + spot.off_centre * 12.0 - own + space.cost(label.text.expand(2.0)) + space.cost(label.pill);
            if best.as_ref().is_none_or(|(least, _)| cost < least - 1e-3) {
                best = Some((cost, label));
            }
        }
    }
    best.map(|(_, label)| label)
}

fn own_pieces(course: &RoutedFlow, area: Rect) -> f32 {
    let pieces = course.points.windows(2).filter(|w| super::hit::cuts(area, w) || w.iter().any(|p| area.contains(*p)));
    pieces.count().max(1) as f32
}

/// A place on the line where a label may be.
struct Spot {
    at: Point,
    along: Vec2,
    /// Length of the straight piece it is on.
    piece: f32,
    /// Distance from the middle of the flow, as a share of its length.
    off_centre: f32,
}

impl Spot {
    fn is_level(&self) -> bool {
        self.along.x.abs() > self.along.y.abs()
    }
}

impl RoutedFlow {
    /// Length of the course.
    pub fn length(&self) -> f32 {
        self.points.windows(2).map(|w| if let [a, b] = w { a.distance(*b) } else { 0.0 }).sum()
    }

    /// The point a share (0 to 1) of the way along.
    pub fn at(&self, share: f32) -> Option<Point> {
        self.spot(share).map(|s| s.at)
    }

    /// The share of the way (0 to 1) at which the course is nearest to a point.
    pub fn share_near(&self, p: Point) -> f32 {
        let tried = (0..=100).map(|n| n as f32 / 100.0).filter_map(|t| self.at(t).map(|at| (at.distance(p), t)));
        tried.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.5, |(_, t)| t)
    }

    fn spot(&self, share: f32) -> Option<Spot> {
        let mut left = self.length() * share.clamp(0.0, 1.0);
        let mut last = None;
        for w in self.points.windows(2) {
            let [a, b] = w else { continue };
            let piece = a.distance(*b);
            if piece <= 0.0 {
                continue;
            }
            let spot = |t: f32| Spot { at: a.lerp(*b, t), along: (*b - *a).unit(), piece, off_centre: (share - 0.5).abs() };
            if left <= piece {
                return Some(spot(left / piece));
            }
            left -= piece;
            last = Some(spot(1.0));
        }
        last
    }

    fn spots(&self, pinned: Option<f32>) -> Vec<Spot> {
        if let Some(share) = pinned {
            return self.spot(share).into_iter().collect();
        }
        let mut shares = vec![0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
        let (whole, mut walked) = (self.length().max(1.0), 0.0);
        if self.points.len() <= 8 {
            for w in self.points.windows(2) {
                let piece = if let [a, b] = w { a.distance(*b) } else { 0.0 };
                if piece >= 32.0 {
                    shares.push((walked + piece / 2.0) / whole);
                }
                walked += piece;
            }
        }
        shares.into_iter().filter_map(|s| self.spot(s)).collect()
    }
}

/// The label in a form at a spot; `None` for a form that needs a name when there is none.
fn form_label(form: Form, spot: &Spot, lines: &[String], lock: f32) -> Option<FlowLabel> {
    let text_width = widest(Face::Regular, FLOW_TEXT, lines);
    let (pill_w, pill_h) = PILL;
    let height = FLOW_LINE * lines.len() as f32;
    // The lock stands before the first line, so only that line grows by it.
    let first = lines.first().map_or(0.0, |l| width(Face::Regular, FLOW_TEXT, l)) + lock;
    let (w, c) = (text_width.max(first), spot.at);
    let normal = if spot.is_level() { pt(0.0, -1.0) } else { pt(1.0, 0.0) };
    let beside = |side: f32, w: f32, h: f32| {
        // Far enough that a box on a slanting line does not touch it.
        let slant = (spot.along.x * spot.along.y).abs() * 0.9;
        let reach = if spot.is_level() { h / 2.0 + BESIDE + slant * w } else { w / 2.0 + BESIDE + slant * h };
        pt(c.x + normal.x * reach * side, c.y + normal.y * reach * side)
    };
    if lines.is_empty() {
        let at = match form {
            Form::Stack => c,
            Form::Beside(side) => beside(side, lock + pill_w, pill_h),
            Form::Row | Form::Split(_) => return None,
        };
        let whole = Rect::from_center(at, lock + pill_w, pill_h);
        let lock_at = (lock > 0.0).then(|| pt(whole.x + 7.0, whole.center().y));
        let text = rect(whole.x, whole.y, lock, pill_h);
        return Some(FlowLabel { text, lines: Vec::new(), lock: lock_at, pill: rect(whole.x + lock, whole.y, pill_w, pill_h) });
    }
    let (text, pill, align) = match form {
        Form::Row => {
            let whole = Rect::from_center(c, w + GAP + pill_w, pill_h);
            let text = Rect::from_center(pt(whole.x + w / 2.0, c.y), w, height);
            (text, rect(whole.x + w + GAP, whole.y, pill_w, pill_h), Align::Left)
        }
        Form::Stack => {
            let whole = Rect::from_center(c, w.max(pill_w), height + 1.0 + pill_h);
            let text = rect(c.x - w / 2.0, whole.y, w, height);
            (text, rect(c.x - pill_w / 2.0, text.bottom() + 1.0, pill_w, pill_h), Align::Middle)
        }
        Form::Beside(side) => {
            let at = beside(side, w.max(pill_w), height + 1.0 + pill_h);
            let whole = Rect::from_center(at, w.max(pill_w), height + 1.0 + pill_h);
            let (align, left) = match (spot.is_level(), side > 0.0) {
                (true, _) => (Align::Middle, at.x - pill_w / 2.0),
                (false, true) => (Align::Left, whole.x + lock.min(whole.w - pill_w)),
                (false, false) => (Align::Left, whole.right() - pill_w),
            };
            let text = rect(
                if align == Align::Left && side < 0.0 { whole.right() - w } else { whole.center().x - w / 2.0 },
                whole.y,
                w,
                height,
            );
            let text = if align == Align::Left && side > 0.0 { Rect { x: whole.x, ..text } } else { text };
            (text, rect(left, text.bottom() + 1.0, pill_w, pill_h), align)
        }
        Form::Split(side) => {
            let text = Rect::from_center(beside(side, w, height), w, height);
            (text, Rect::from_center(beside(-side, pill_w, pill_h), pill_w, pill_h), Align::Middle)
        }
    };
    Some(set_lines(lines, text, pill, lock, align))
}

fn set_lines(lines: &[String], text: Rect, pill: Rect, lock: f32, align: Align) -> FlowLabel {
    let inner = match align {
        Align::Left => Rect { x: text.x + lock, w: text.w - lock, ..text },
        Align::Middle => text,
    };
    let mut placed = set(Face::Regular, FLOW_TEXT, FLOW_LINE, lines.to_vec(), inner, align);
    if let (Align::Middle, Some(first)) = (align, placed.first_mut()) {
        first.at.x += lock / 2.0;
    }
    let lock_at = placed.first().filter(|_| lock > 0.0).map(|l| pt(l.at.x - LOCK + 6.5, text.y + FLOW_LINE / 2.0));
    FlowLabel { text, lines: placed, lock: lock_at, pill }
}

/// Gives every boundary its tab: top left of its seam, elsewhere when a flow or an element is there.
fn tabs(model: &ThreatModel, layout: &mut DiagramLayout, space: &mut Space) {
    let mut placed: Vec<(Id, Rect)> = Vec::new();
    for (id, b) in layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary) {
        let Some(boundary) = model.boundaries.get(id) else { continue };
        let Some(w) = tab_width(boundary, b.rect.w - 16.0) else { continue };
        let (left, right) = (b.rect.x + 8.0, (b.rect.right() - 8.0 - w).max(b.rect.x + 8.0));
        let (top, bottom) = (b.rect.y - TAB_HEIGHT / 2.0, b.rect.bottom() - TAB_HEIGHT / 2.0);
        let candidates = [(left, top), (left, bottom), (right, top), (right, bottom), ((left + right) / 2.0, top)];
        place_tab(id, candidates.map(|(x, y)| rect(x, y, w, TAB_HEIGHT)), space, &mut placed);
    }
    for (id, line) in &layout.lines {
        let Some(w) = model.boundaries.get(id).and_then(|b| tab_width(b, 220.0)) else { continue };
        let at = |share: f32| {
            let index = ((line.points.len().max(1) - 1) as f32 * share) as usize;
            let between =
                line.points.get(index).copied().zip(line.points.get(index + 1).copied().or(line.points.last().copied()));
            between.map_or(pt(0.0, 0.0), |(a, b)| if line.points.len() == 2 { a.lerp(b, share) } else { a })
        };
        place_tab(id, [0.5, 0.3, 0.7, 0.1, 0.9].map(|t| Rect::from_center(at(t), w, TAB_HEIGHT)), space, &mut placed);
    }
    for (id, tab) in placed {
        if let Some(b) = layout.boxes.get_mut(&id) {
            b.tab = Some(tab);
        } else if let Some(l) = layout.lines.get_mut(&id) {
            l.tab = Some(tab);
        }
    }
}

fn place_tab(id: &Id, candidates: [Rect; 5], space: &mut Space, placed: &mut Vec<(Id, Rect)>) {
    // Every candidate covers its own seam; what differs is the rest.
    let costs = candidates.iter().enumerate().map(|(n, r)| (space.cost(r.expand(2.0)) + n as f32, *r));
    if let Some((_, tab)) = costs.min_by(|a, b| a.0.total_cmp(&b.0)) {
        space.area(tab.expand(2.0), 60.0);
        placed.push((id.clone(), tab));
    }
}

/// Width of a tab; `None` when there is nothing to say.
fn tab_width(boundary: &Boundary, most: f32) -> Option<f32> {
    let chip = if boundary.trust.is_some() { CHIP.0 + 6.0 } else { 0.0 };
    let name = tab_name(boundary, most);
    if name.is_empty() && chip == 0.0 {
        return None;
    }
    Some(2.0 * TAB_PADDING + width(Face::Bold, TAB_TEXT, &name) + chip)
}

/// The name of a boundary as it fits into a tab of at most this width.
pub(crate) fn tab_name(boundary: &Boundary, most: f32) -> String {
    let chip = if boundary.trust.is_some() { CHIP.0 + 6.0 } else { 0.0 };
    let one_line = boundary.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.is_empty() {
        one_line
    } else {
        ellipsize(Face::Bold, TAB_TEXT, &one_line, (most - 2.0 * TAB_PADDING - chip).max(24.0))
    }
}
