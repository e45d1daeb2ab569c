//! A diagram on its way from one layout to another, for the eye to follow.

use super::layout::{DiagramLayout, FlowLabel, PlacedBox, PlacedLine, RoutedFlow};
use super::shape::Step;
use crate::geometry::{Point, Rect, Vec2, rect};

/// Points a course is told by while it moves.
const POINTS: usize = 24;

/// How it looks `t` of the way (0 to 1). What is in only one of the two is where it is there.
pub fn between(from: &DiagramLayout, to: &DiagramLayout, t: f32) -> DiagramLayout {
    let mut now = to.clone();
    for (id, placed) in &mut now.boxes {
        if let Some(was) = from.boxes.get(id) {
            moved(placed, was.rect, t);
        }
    }
    for (id, flow) in &mut now.flows {
        if let Some(was) = from.flows.get(id) {
            bent(flow, was, t);
        }
    }
    now.bounds = mixed(from.bounds, to.bounds, t);
    now
}

fn mixed(a: Rect, b: Rect, t: f32) -> Rect {
    let mix = |a: f32, b: f32| a + (b - a) * t;
    rect(mix(a.x, b.x), mix(a.y, b.y), mix(a.w, b.w), mix(a.h, b.h))
}

fn moved(placed: &mut PlacedBox, was: Rect, t: f32) {
    let r = mixed(was, placed.rect, t);
    let by = r.center() - placed.rect.center();
    placed.text.lines.iter_mut().for_each(|line: &mut PlacedLine| line.at = line.at + by);
    placed.text.symbol = placed.text.symbol.map(|p| p + by);
    placed.tab = placed.tab.map(|tab| tab.translate(r.min() - placed.rect.min()));
    placed.rect = r;
}

fn bent(flow: &mut RoutedFlow, was: &RoutedFlow, t: f32) {
    if flow.points == was.points {
        return;
    }
    let (old, new) = (even(&was.points), even(&flow.points));
    let points: Vec<Point> = old.iter().zip(&new).map(|(a, b)| a.lerp(*b, t)).collect();
    let lines = points.iter().enumerate().map(|(n, p)| if n == 0 { Step::Move(*p) } else { Step::Line(*p) });
    flow.steps = lines.collect();
    let turned = |a: Vec2, b: Vec2| (a + (b - a) * t).unit();
    flow.start.direction = turned(was.start.direction, flow.start.direction);
    flow.end.direction = turned(was.end.direction, flow.end.direction);
    flow.start.at = points.first().copied().unwrap_or(flow.start.at);
    flow.end.at = points.last().copied().unwrap_or(flow.end.at);
    // Where a moving line meets a seam is nothing to look at.
    flow.crossings.clear();
    if let (Some(label), Some(old)) = (&mut flow.label, &was.label) {
        let by = (old.bounds().center() - label.bounds().center()) * (1.0 - t);
        shifted(label, by);
    }
    (flow.corners, flow.points) = (points.clone(), points);
}

fn shifted(label: &mut FlowLabel, by: Vec2) {
    label.text = label.text.translate(by);
    label.mask = label.mask.translate(by);
    label.pill = label.pill.translate(by);
    label.lock = label.lock.map(|p| p + by);
    label.lines.iter_mut().for_each(|line| line.at = line.at + by);
}

/// Points at even distances along a course.
fn even(points: &[Point]) -> Vec<Point> {
    let length: f32 = points.windows(2).map(|w| if let [a, b] = w { a.distance(*b) } else { 0.0 }).sum();
    let step = length / (POINTS - 1) as f32;
    let mut out = Vec::with_capacity(POINTS);
    let mut walked = 0.0;
    for w in points.windows(2) {
        let [a, b] = w else { continue };
        let piece = a.distance(*b);
        while out.len() < POINTS - 1 && out.len() as f32 * step <= walked + piece {
            out.push(a.lerp(*b, ((out.len() as f32 * step - walked) / piece.max(1e-3)).clamp(0.0, 1.0)));
        }
        walked += piece;
    }
    let last = points.last().copied().unwrap_or_default();
    out.resize(POINTS, last);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::pt;

    #[test]
    fn courses_keep_their_ends() {
        for points in [vec![pt(0.0, 0.0), pt(10.0, 0.0)], vec![pt(3.0, 1.0), pt(3.0, 9.0), pt(40.0, 9.0)], vec![pt(1.0, 1.0); 2]]
        {
            let even = even(&points);
            assert_eq!((even.len(), even.first(), even.last()), (POINTS, points.first(), points.last()));
        }
    }
}
