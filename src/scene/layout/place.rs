//! Finds a free place for the labels of flows: candidates along the line, the cheapest one wins.
//!
//! Greedy, the flows with the fewest choices (the shortest) first; deterministic.

use super::flow_label::{Arrangement, FlowLabel, Form, LOCK, Spot, is_private};
use super::label::{FLOW_LINE, Wording, flow_wordings};
use super::space::{Along, Obstacle, Space, cost};
use super::{BoundaryCurve, BoxKind, Crossing, DiagramLayout, FlowEnd, PlacedBox, RoutedFlow, tabs};
use crate::geometry::{Point, Rect, Vec2, pt, rect};
use crate::model::{Flow, Id, Placement, Route, ThreatModel};
use crate::progress::Progress;

/// Widest line of a flow name.
const WIDEST: f32 = 150.0;
/// Length of line that should be seen on both sides of a label, together.
const SEEN: f32 = 28.0;

/// Area around a flow up to which it counts as short.
const SHORT: f32 = 800_000.0;

/// A label that was somewhere stays unless another place costs less than this share.
const KEEP: f32 = 0.8;

/// What covers so much is looked for a place further away, at these distances.
const TROUBLE: f32 = 26.0;
const AWAY: [f32; 4] = [20.0, 40.0, 70.0, 110.0];

/// What it costs to cover things.
const ELEMENT: f32 = 100.0;
const LABEL: f32 = 60.0;
const MARKER: f32 = 50.0;
const SEAM: f32 = 40.0;
const HEAD: f32 = 30.0;
const FLOW: f32 = 14.0;
const LED_OVER: f32 = 25.0;
/// What it costs that the line of another flow lies between words and their line: they would be read as that one's.
const BETWEEN: f32 = 25.0;

/// Places the name tabs of boundaries, then the labels of flows; returns everything that takes place then.
pub(super) fn place(model: &ThreatModel, diagram: &Id, layout: &mut DiagramLayout, progress: &dyn Progress) -> Space {
    let boxes = layout.boxes.values().flat_map(around_box);
    let lines = layout.lines.values().flat_map(along_line);
    let flows = layout.flows.iter().flat_map(|(id, flow)| along_flow(id, flow));
    let mut space: Space = boxes.chain(lines).chain(flows).collect();
    tabs::place(model, layout, &mut space);
    for id in shortest_first(layout.flows.iter()) {
        if progress.cancelled() {
            break;
        }
        let label = layout.flows.get(&id).and_then(|flow| label_of(model, diagram, &id, flow, None, &space));
        label.iter().flat_map(of_label).for_each(|obstacle| space.add(obstacle));
        if let Some(flow) = layout.flows.get_mut(&id) {
            flow.label = label;
        }
    }
    space
}

/// Places the name tabs where they stand when nothing is in the way.
pub(super) fn tabs_alone(model: &ThreatModel, layout: &mut DiagramLayout) -> Space {
    let mut space = Space::default();
    tabs::place(model, layout, &mut space);
    space
}

/// The order in which flows get their labels.
pub(super) fn shortest_first<'a>(flows: impl Iterator<Item = (&'a Id, &'a RoutedFlow)>) -> Vec<Id> {
    let mut order: Vec<(f32, &Id)> = flows.map(|(id, f)| (f.length(), id)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    order.into_iter().map(|(_, id)| id.clone()).collect()
}

/// The label of a flow where it covers least; where it was, if that is nearly as good.
pub(super) fn label_of(
    model: &ThreatModel,
    diagram: &Id,
    id: &Id,
    course: &RoutedFlow,
    habit: Option<Habit>,
    space: &Space,
) -> Option<FlowLabel> {
    let flow = model.flows.get(id)?;
    match model.placement(diagram, id) {
        Some(Placement::Route(Route { label, label_by: Some(by), .. })) => {
            put_label(flow, course, label.unwrap_or(0.5), *by, space, id)
        }
        Some(Placement::Route(route)) => best_label(flow, course, route.label, habit, space, id),
        _ => None,
    }
}

/// Where a label was and is best left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    share: f32,
    /// From the line to the middle of its words.
    by: Vec2,
}

impl Habit {
    pub fn of(flow: &RoutedFlow) -> Option<Habit> {
        let middle = flow.label.as_ref()?.mask.center();
        let share = flow.share_near(middle);
        Some(Habit { share, by: middle - flow.at(share)? })
    }

    fn keeps(&self, spot: &Spot, tried: &Arrangement, course: &RoutedFlow) -> bool {
        let off = tried.mask.center() - spot.at - self.by;
        off.length() < 6.0 && course.at(self.share).is_some_and(|was| was.distance(spot.at) < 20.0)
    }
}

/// The label where it was put by hand.
fn put_label(flow: &Flow, course: &RoutedFlow, share: f32, by: Vec2, space: &Space, id: &Id) -> Option<FlowLabel> {
    let lock = if is_private(flow).is_some() { LOCK } else { 0.0 };
    let wordings = flow_wordings(&flow.name, WIDEST);
    let on_line = course.spot(share)?;
    let spot = Spot { at: on_line.at + by, along: Vec2 { x: 1.0, y: 0.0 }, ..on_line };
    let tried = wordings.iter().filter_map(|w| Some((Arrangement::new(Form::Stack, &spot, w, lock)?, w)));
    let covers = |tried: &Arrangement| cost(&space.near(tried.bounds()), tried.bounds(), None, f32::INFINITY);
    let (best, wording) = tried.min_by(|a, b| covers(&a.0).total_cmp(&covers(&b.0)))?;
    let is_ambiguous = is_led_across(&space.near(between(on_line.at, &best)), on_line.at, &best, id);
    Some(best.label(wording, lock).led_to(on_line.at, is_ambiguous))
}

/// What a label takes.
pub(super) fn of_label(label: &FlowLabel) -> [Obstacle; 2] {
    [Obstacle::area(label.mask, LABEL), Obstacle::area(label.pill, LABEL)]
}

/// What a box takes, without its tab.
pub(super) fn around_box(placed: &PlacedBox) -> Vec<Obstacle> {
    match placed.kind {
        BoxKind::Boundary => {
            let [a, b, c, d] = placed.rect.corners();
            Obstacle::line(&[a, b, c, d, a], SEAM, None).collect()
        }
        BoxKind::Element(_) | BoxKind::Folded => {
            vec![Obstacle::area(placed.rect.expand(3.0), ELEMENT), Obstacle::area(badge_place(placed.rect), MARKER)]
        }
        BoxKind::Note => vec![Obstacle::area(placed.rect.expand(3.0), LABEL)],
    }
}

/// What a boundary drawn as a line takes, without its tab.
pub(super) fn along_line(line: &BoundaryCurve) -> impl Iterator<Item = Obstacle> {
    Obstacle::line(&line.points, SEAM / 2.0, None)
}

/// What a flow takes, without its label.
pub(super) fn along_flow(id: &Id, flow: &RoutedFlow) -> Vec<Obstacle> {
    let head = |end: &FlowEnd| Obstacle::area(Rect::from_center(end.at + end.direction * -6.0, 12.0, 12.0), HEAD);
    let marker = |c: &Crossing| Obstacle::area(Rect::from_center(c.at, 12.0, 12.0), MARKER);
    let line = Obstacle::line(&flow.points, FLOW, Some(id.clone()));
    line.chain([&flow.start, &flow.end].map(head)).chain(flow.crossings.iter().map(marker)).collect()
}

/// Where the pill of an element will be, straddling its top right corner.
fn badge_place(element: Rect) -> Rect {
    Rect::from_center(pt(element.right() - 12.0, element.y - 3.0), 46.0, 24.0)
}

fn best_label(
    flow: &Flow,
    course: &RoutedFlow,
    pinned: Option<f32>,
    habit: Option<Habit>,
    space: &Space,
    id: &Id,
) -> Option<FlowLabel> {
    let lock = if is_private(flow).is_some() { LOCK } else { 0.0 };
    let wordings = flow_wordings(&flow.name, WIDEST);
    let fewest = wordings.iter().map(|w| w.lines.len()).min().unwrap_or_default() as f32;
    let reach = reach(&wordings, lock);
    // For a short flow everything around it is asked for once.
    let around = Rect::around(course.points.iter().copied()).unwrap_or_default();
    let around = rect(around.x - reach.0, around.y - reach.1, around.w + 2.0 * reach.0, around.h + 2.0 * reach.1);
    let mut along = Along::knowing(space, (around.area() < SHORT).then_some(around));
    let mut best: Option<(f32, Arrangement, &Wording)> = None;
    let mut near = Vec::new();
    let mut look = |spots: Vec<Spot>| {
        for spot in spots {
            // Even with nothing in the way it would be no better.
            if habit.is_none() && best.is_some_and(|(least, ..)| spot.off_centre * 12.0 + fewest * 0.5 >= least) {
                continue;
            }
            let here = Rect::from_center(spot.at, 2.0 * reach.0, 2.0 * reach.1);
            along.touching(here, &mut near);
            for (form, wording) in Form::ALL.iter().flat_map(|form| wordings.iter().map(move |w| (*form, w))) {
                let Some(tried) = Arrangement::new(form, &spot, wording, lock) else { continue };
                let least = best.map_or(f32::INFINITY, |(least, ..)| least);
                let taste = taste(form, &spot, &tried) + spot.off_centre * 12.0 + wording.lines.len() as f32 * 0.5;
                let kept = habit.is_some_and(|habit| habit.keeps(&spot, &tried, course));
                if taste >= least && !kept {
                    continue;
                }
                // A label on the line covers its own flow; that is what the mask is for.
                let own = form.on_line().then_some(id);
                let bends = if form.on_line() { 12.0 * course.bends_within(tried.bounds()) } else { 0.0 };
                let most = if kept { f32::INFINITY } else { least - taste - bends };
                let whole = taste + bends + cost(&near, tried.mask, own, most) + cost(&near, tried.pill, own, most);
                let misread = whole < least && is_misread(&near, form, &spot, &tried, id);
                let whole = if misread { whole + BETWEEN } else { whole };
                let whole = if kept { KEEP * whole - 1.0 } else { whole };
                if whole < least {
                    best = Some((whole, tried, wording));
                }
            }
        }
        best.map_or(f32::INFINITY, |(least, ..)| least)
    };
    if look(course.spots(pinned)) >= FLOW && pinned.is_none() {
        look(course.spots_all_along());
    }
    let at_line = best.map(|(_, arrangement, wording)| arrangement.label(wording, lock));
    let least = best.map_or(f32::INFINITY, |(least, ..)| least);
    let away = if least < TROUBLE || pinned.is_some() { None } else { away(course, &wordings, lock, least, space, id) };
    away.or(at_line)
}

/// A place further from the line that is better than one at it.
fn away(course: &RoutedFlow, wordings: &[Wording], lock: f32, least: f32, space: &Space, id: &Id) -> Option<FlowLabel> {
    let mut best: Option<(f32, FlowLabel)> = None;
    for (spot, (distance, n)) in
        course.spots(None).into_iter().take(9).flat_map(|s| AWAY.map(|d| (0..8).map(move |n| (s, (d, n)))).into_iter().flatten())
    {
        for wording in wordings {
            let angle = n as f32 * std::f32::consts::FRAC_PI_4;
            let way = Vec2 { x: angle.cos(), y: angle.sin() };
            let half =
                Vec2 { x: way.x * (wording.width + lock) / 2.0, y: way.y * FLOW_LINE * (wording.lines.len() as f32 + 1.0) / 2.0 };
            let there = Spot { at: spot.at + half + way * distance, along: Vec2 { x: 1.0, y: 0.0 }, ..spot };
            let Some(tried) = Arrangement::new(Form::Stack, &there, wording, lock) else { continue };
            let taste = 16.0 + distance / 6.0 + spot.off_centre * 12.0 + wording.lines.len() as f32 * 0.5;
            let most = best.as_ref().map_or(least, |(least, _)| *least);
            if taste >= most {
                continue;
            }
            let near = space.near(tried.bounds().expand(4.0));
            let whole = taste + cost(&near, tried.mask, None, most - taste) + cost(&near, tried.pill, None, most - taste);
            if whole < most {
                let label = tried
                    .label(wording, lock)
                    .led_to(spot.at, is_led_across(&space.near(between(spot.at, &tried)), spot.at, &tried, id));
                let whole = whole + label.leader.map_or(0.0, |leader| led_over(leader, space));
                if whole < most {
                    best = Some((whole, label));
                }
            }
        }
    }
    best.map(|(_, label)| label)
}

/// What it costs to lead a line over elements and words: less than to lie on them.
fn led_over((from, to): (Point, Point), space: &Space) -> f32 {
    let near: Vec<&Obstacle> = space.near(Rect::from_corners(from, to)).into_iter().filter(|o| o.weighs(LABEL)).collect();
    let steps = (from.distance(to) / 8.0).ceil().max(1.0) as usize;
    let mut places = (1..steps).map(|n| Rect::from_center(from.lerp(to, n as f32 / steps as f32), 2.0, 2.0));
    if places.any(|at| near.iter().any(|o| o.touches(at))) { LED_OVER } else { 0.0 }
}

/// Whether the words would be taken for those of another flow: its line lies between, or runs beside through them.
fn is_misread(near: &[&Obstacle], form: Form, spot: &Spot, tried: &Arrangement, id: &Id) -> bool {
    if form.on_line() {
        near.iter().any(|o| o.runs_along(spot.along, id) && o.touches(tried.mask))
    } else {
        is_led_across(near, spot.at, tried, id)
    }
}

fn between(spot: Point, tried: &Arrangement) -> Rect {
    Rect::from_corners(spot, tried.mask.nearest(spot))
}

/// Whether the line of another flow lies between the words and their spot.
fn is_led_across(near: &[&Obstacle], spot: Point, tried: &Arrangement, id: &Id) -> bool {
    let words = tried.mask.nearest(spot);
    near.iter().any(|o| o.is_between(spot, words, id))
}

/// How far from its spot a label reaches at most, to the sides and up and down, in any form.
fn reach(wordings: &[Wording], lock: f32) -> (f32, f32) {
    let wide = wordings.iter().map(|w| w.width.max(w.first + lock)).fold(lock + 40.0, f32::max) + 8.0;
    let high = wordings.iter().map(|w| FLOW_LINE * w.lines.len() as f32).fold(0.0, f32::max) + 20.0;
    (wide + 0.45 * high + 16.0 + 40.0, high + 0.45 * wide + 16.0)
}

/// How well a form suits a spot when nothing is in the way; less is better.
fn taste(form: Form, spot: &Spot, tried: &Arrangement) -> f32 {
    let bounds = tried.bounds();
    let taken = if spot.is_level() { bounds.w } else { bounds.h };
    let fits = taken + SEEN <= spot.free;
    match form {
        Form::Stack if tried.is_nameless() => 0.0,
        Form::Row if fits => 0.0,
        Form::Stack if fits && !spot.is_level() => 2.0,
        Form::Stack if fits => 3.0,
        Form::Row | Form::Stack => 34.0,
        Form::Beside(side) => 5.0 - side,
        // On a slanting line the two halves would be far apart.
        Form::Split(side) if spot.is_level() => 4.0 - side + 20.0 * (spot.along.x * spot.along.y).abs(),
        Form::Split(side) => 7.0 - side + 20.0 * (spot.along.x * spot.along.y).abs(),
    }
}
