//! Straight and curved flows between the same two elements run side by side.

use super::PlacedBox;
use crate::geometry::Point;
use crate::model::{Attach, Id, LineStyle, Placement, Route, ThreatModel};
use std::collections::BTreeMap;

/// Distance between neighbours where the elements are large enough.
const GAP: f32 = 18.0;

/// How far each flow runs beside the line between the middles, as a share of all that run there: −½ to ½.
#[derive(Debug, Default)]
pub(super) struct Fans {
    places: BTreeMap<Id, Place>,
}

#[derive(Debug)]
struct Place {
    /// In steps from the middle.
    step: f32,
    /// How many steps there are.
    steps: f32,
    /// Drawn against the order of its elements, so that all of a fan are shifted the same way.
    against: bool,
}

impl Fans {
    pub fn of(model: &ThreatModel, diagram: &Id) -> Fans {
        let mut pairs: BTreeMap<[&Id; 2], Vec<(&Id, bool)>> = BTreeMap::new();
        for (id, placement) in model.placed(diagram) {
            let (Placement::Route(route), Some(flow)) = (placement, model.flows.get(id)) else { continue };
            let (Some(from), Some(to)) = (&flow.from, &flow.to) else { continue };
            if route.bends.is_empty() && from != to {
                let against = from > to;
                pairs.entry(if against { [to, from] } else { [from, to] }).or_default().push((id, against));
            }
        }
        let mut places = BTreeMap::new();
        for fan in pairs.values().filter(|fan| fan.len() > 1) {
            let steps = fan.len() as f32 - 1.0;
            for (n, (id, against)) in fan.iter().enumerate() {
                places.insert((*id).clone(), Place { step: n as f32 - steps / 2.0, steps, against: *against });
            }
        }
        Fans { places }
    }

    /// Start and end of a flow that has its place in a fan; `None` for all that are routed or set by hand.
    pub fn ends(&self, flow: &Id, route: &Route, from: Option<&PlacedBox>, to: Option<&PlacedBox>) -> Option<Vec<Point>> {
        let place = self.places.get(flow).filter(|_| route.style != LineStyle::Orthogonal)?;
        let (from, to) = (from?, to?);
        if (route.start, route.end) != (Attach::Auto, Attach::Auto) {
            return None;
        }
        let (a, b) = (from.rect.center(), to.rect.center());
        let side = (b - a).unit().perp() * if place.against { -1.0 } else { 1.0 };
        // The fan is never wider than most of the smaller element.
        let least = [from, to].map(|e| e.rect.w.min(e.rect.h)).into_iter().fold(f32::INFINITY, f32::min);
        let by = side * (place.step * GAP.min(0.8 * least / place.steps));
        Some(vec![outline(from, a + by, b + by), outline(to, b + by, a + by)])
    }
}

/// Where the line from inside a box to another point leaves its outline.
fn outline(placed: &PlacedBox, inside: Point, outside: Point) -> Point {
    let (mut near, mut far) = (0.0f32, 1.0f32);
    for _ in 0..24 {
        let middle = (near + far) / 2.0;
        if placed.covers(inside.lerp(outside, middle)) { near = middle } else { far = middle }
    }
    inside.lerp(outside, far)
}
