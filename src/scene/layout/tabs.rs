//! The name tabs of boundaries: on the upper seam, left unless a flow or an element is there.

use super::space::{Obstacle, Space, cost};
use super::{BoxKind, DiagramLayout};
use crate::geometry::{Point, Rect, rect};
use crate::model::{Boundary, Id, ThreatModel};
use crate::text::{Face, ellipsize, width};

const HEIGHT: f32 = 20.0;
pub(crate) const TAB_TEXT: f32 = 11.0;
pub(crate) const TAB_PADDING: f32 = 7.0;
/// The trust level in the tab.
pub(crate) const CHIP: (f32, f32) = (19.0, 14.0);
const CHIP_GAP: f32 = 6.0;
/// Distance from the corner of the seam.
const CORNER: f32 = 8.0;
/// How far from there a tab makes way for what crosses the seam.
const SLIDES: [f32; 4] = [0.0, 48.0, 96.0, 160.0];
const MASKED: f32 = 70.0;
/// What stands in the tab while there is nothing else to say: a tab is also what a boundary is taken by.
const UNNAMED: &str = "Boundary";

/// Gives every boundary its tab and takes the space.
pub(super) fn place(model: &ThreatModel, layout: &mut DiagramLayout, space: &mut Space) {
    for (id, b) in layout.boxes.iter_mut().filter(|(_, b)| b.kind == BoxKind::Boundary) {
        b.tab = frame_tab(model, id, b.rect, space);
        b.tab.map(of_tab).into_iter().for_each(|tab| space.add(tab));
    }
    for (id, line) in &mut layout.lines {
        line.tab = line_tab(model, id, &line.points, space);
        line.tab.map(of_tab).into_iter().for_each(|tab| space.add(tab));
    }
}

/// The tab of a boundary drawn as a box.
pub(super) fn frame_tab(model: &ThreatModel, id: &Id, frame: Rect, space: &Space) -> Option<Rect> {
    let most = (frame.w - 2.0 * CORNER).max(40.0);
    let w = tab_width(model.boundaries.get(id)?, most);
    Some(best(&on_frame(frame, w), space))
}

/// The tab of a boundary drawn as a line.
pub(super) fn line_tab(model: &ThreatModel, id: &Id, points: &[Point], space: &Space) -> Option<Rect> {
    let w = tab_width(model.boundaries.get(id)?, 220.0);
    Some(best(&on_line(points, w), space))
}

/// What a tab takes.
pub(super) fn of_tab(tab: Rect) -> Obstacle {
    Obstacle::area(tab.expand(2.0), MASKED)
}

fn on_frame(r: Rect, w: f32) -> Vec<Rect> {
    let (left, right) = (r.x + CORNER, (r.right() - CORNER - w).max(r.x + CORNER));
    let (top, bottom) = (r.y - HEIGHT / 2.0, r.bottom() - HEIGHT / 2.0);
    // Along the upper edge, where people look for a name, as near to its beginning as can be.
    let along = SLIDES.iter().map(|by| left + by).filter(|x| *x < right).chain([(left + right) / 2.0, right]);
    along.map(|x| (x, top)).chain([(left, bottom), (right, bottom)]).map(|(x, y)| rect(x, y, w, HEIGHT)).collect()
}

fn on_line(points: &[Point], w: f32) -> Vec<Rect> {
    let pieces = || points.iter().zip(points.iter().skip(1));
    let length: f32 = pieces().map(|(a, b)| a.distance(*b)).sum();
    let at = |share: f32| {
        let mut left = share * length;
        for (a, b) in pieces() {
            let size = a.distance(*b);
            if left <= size && size > 0.0 {
                return a.lerp(*b, left / size);
            }
            left -= size;
        }
        points.last().copied().unwrap_or_default()
    };
    [0.5, 0.35, 0.65, 0.2, 0.8, 0.06, 0.94].into_iter().map(|t| Rect::from_center(at(t), w, HEIGHT)).collect()
}

/// The cheapest candidate, the earlier ones preferred. All cover their own seam, so that does not count.
fn best(candidates: &[Rect], space: &Space) -> Rect {
    let mut best: Option<(f32, Rect)> = None;
    for (n, tab) in candidates.iter().enumerate() {
        let whole = cost(&space.near(tab.expand(4.0)), tab.expand(2.0), None, f32::INFINITY) + n as f32;
        if best.is_none_or(|(least, _)| whole < least) {
            best = Some((whole, *tab));
        }
    }
    best.map_or(Rect::default(), |(_, tab)| tab)
}

/// The width of a tab with the name of a boundary, as it fits.
pub(crate) fn tab_width(boundary: &Boundary, most: f32) -> f32 {
    2.0 * TAB_PADDING + width(Face::Bold, TAB_TEXT, &tab_name(boundary, most)) + chip_width(boundary)
}

fn chip_width(boundary: &Boundary) -> f32 {
    if boundary.trust.is_some() { CHIP.0 + CHIP_GAP } else { 0.0 }
}

/// The name of a boundary as it fits into a tab of at most this width.
pub(crate) fn tab_name(boundary: &Boundary, most: f32) -> String {
    let name = boundary.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = if name.is_empty() && boundary.trust.is_none() { UNNAMED.to_owned() } else { name };
    let room = (most - 2.0 * TAB_PADDING - chip_width(boundary)).max(24.0);
    if name.is_empty() { name } else { ellipsize(Face::Bold, TAB_TEXT, &name, room) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::pt;

    #[test]
    fn a_tab_keeps_inside_its_frame_and_cuts_long_names() {
        let boundary = Boundary { name: "A very long name of a network segment".into(), trust: Some(3), ..Boundary::default() };
        let w = tab_width(&boundary, 120.0);
        assert!(w <= 120.5);
        assert!(tab_name(&boundary, 120.0).ends_with('…'));
        assert_eq!(tab_name(&Boundary::default(), 120.0), "Boundary");
        assert_eq!(on_line(&[pt(0.0, 0.0), pt(100.0, 0.0)], 20.0).first().map(|r| r.center()), Some(pt(50.0, 0.0)));
    }
}
