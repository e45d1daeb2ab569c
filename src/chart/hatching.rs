//! Hatching that tells levels of risk apart where colours cannot: on grey prints and for those who do not see them.

use crate::geometry::{Rect, pt};
use crate::model::Band;
use crate::scene::{Shape, Step, Stroke};
use crate::theme::Ink;

/// Lines of a hatching.
enum Lines {
    /// So far apart, rising to the right.
    Rising(f32),
    /// So far apart, falling to the right.
    Falling(f32),
    /// So far apart, lying.
    Lying(f32),
}

/// The hatching of a level over an area, `grain` times as coarse as in print; none for the highest, which is solid, and for
/// the lowest, which is bare.
pub fn hatching(band: Band, area: Rect, grain: f32) -> Option<Shape> {
    let lines = match band {
        Band::Critical | Band::Minimal => return None,
        Band::High => Lines::Rising(3.4 * grain),
        Band::Medium => Lines::Falling(5.2 * grain),
        Band::Low => Lines::Lying(3.8 * grain),
    };
    let inner = area.expand(-0.9 * grain);
    let mut steps = Vec::new();
    let mut line = |a: (f32, f32), b: (f32, f32)| {
        if (a.0 - b.0).abs() + (a.1 - b.1).abs() > 0.6 {
            steps.extend([Step::Move(pt(a.0, a.1)), Step::Line(pt(b.0, b.1))]);
        }
    };
    let (left, right, top, bottom) = (inner.x, inner.right(), inner.y, inner.bottom());
    match lines {
        Lines::Lying(apart) => places(inner.h, apart).for_each(|y| line((left, top + y), (right, top + y))),
        // Along a rising line x + y stays the same, along a falling one x - y.
        Lines::Rising(apart) => places(inner.w + inner.h, apart).for_each(|at| {
            let sum = left + top + at;
            let (from, to) = (left.max(sum - bottom), right.min(sum - top));
            line((from, sum - from), (to, sum - to));
        }),
        Lines::Falling(apart) => places(inner.w + inner.h, apart).for_each(|at| {
            let difference = left - bottom + at;
            let (from, to) = (left.max(difference + top), right.min(difference + bottom));
            line((from, from - difference), (to, to - difference));
        }),
    }
    let stroke = Some(Stroke::new(0.5 * grain, Ink::OnRisk(band).at(0.34)));
    (!steps.is_empty()).then_some(Shape::Path { steps, fill: None, stroke })
}

/// Even places along a length, the first half a step in.
fn places(length: f32, apart: f32) -> impl Iterator<Item = f32> {
    let count = (length / apart).clamp(0.0, 400.0) as usize;
    (0..=count).map(move |n| (n as f32 + 0.5) * apart).filter(move |at| *at < length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::rect;

    #[test]
    fn every_level_between_has_its_own_hatching_within_the_area() {
        let area = rect(10.0, 20.0, 40.0, 8.0);
        let steps = |band| match hatching(band, area, 1.0) {
            Some(Shape::Path { steps, .. }) => steps,
            _ => Vec::new(),
        };
        let all: Vec<Vec<Step>> = [Band::High, Band::Medium, Band::Low].map(steps).into();
        assert!(all.iter().all(|steps| steps.len() >= 4), "{all:?}");
        assert!(all[0] != all[1] && all[1] != all[2]);
        for step in all.iter().flatten() {
            let (Step::Move(p) | Step::Line(p)) = step else { panic!("{step:?}") };
            assert!(area.contains(*p), "{p:?}");
        }
        assert!(hatching(Band::Critical, area, 1.0).is_none() && hatching(Band::Minimal, area, 1.0).is_none());
        assert!(hatching(Band::High, rect(0.0, 0.0, 1.2, 7.6), 1.0).is_none(), "a sliver is left as it is");
    }
}
