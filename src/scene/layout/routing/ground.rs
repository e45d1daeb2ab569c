//! What stands around the flows that are routed together, and what its seams cost each of them.

use super::ends::Job;
use super::strips::Strips;
use super::terrain::Terrain;
use crate::geometry::Rect;

/// Distance flows keep from elements where there is room.
pub(super) const BUFFER: f32 = 8.0;

/// What it costs to cross a boundary that holds one of the ends, so that it is done once; and any other.
const NEEDED: f32 = 60.0;
pub(super) const NEEDLESS: f32 = 1500.0;

/// Elements and boundaries in an area.
pub(super) struct Ground {
    pub area: Rect,
    /// Elements with the room flows keep from each: less where two stand close, so that a way between them remains.
    pub solid: Vec<Rect>,
    /// Found by where they reach on the x axis and on the y axis.
    pub by_x: Strips,
    pub by_y: Strips,
    pub zones: Vec<Rect>,
}

/// What crossing each boundary costs one flow, and what leaving by each side costs at its ends.
pub(super) struct Seams {
    pub cost: Vec<f32>,
    pub crowd: [[f32; 4]; 2],
}

impl Ground {
    pub fn new(terrain: &Terrain, area: Rect) -> Ground {
        let raw = terrain.solid(area);
        let span_x = |r: &Rect| (r.x, r.right());
        let span_y = |r: &Rect| (r.y, r.bottom());
        let near = Strips::new(raw.iter().map(span_x));
        let solid: Vec<Rect> = raw.iter().map(|r| r.expand(buffer(*r, &raw, &near))).collect();
        let (by_x, by_y) = (Strips::new(solid.iter().map(span_x)), Strips::new(solid.iter().map(span_y)));
        Ground { area, by_x, by_y, solid, zones: terrain.zones(area) }
    }

    /// A flow crosses each boundary once that holds exactly one of its ends, and no other.
    pub fn seams_for(&self, job: &Job) -> Seams {
        let (a, b) = (job.from.middle(), job.to.middle());
        let cost = |z: &Rect| if z.contains(a) == z.contains(b) { NEEDLESS } else { NEEDED };
        Seams { cost: self.zones.iter().map(cost).collect(), crowd: [[0.0; 4]; 2] }
    }
}

/// Half of what there is to the nearest other element at most.
fn buffer(r: Rect, all: &[Rect], near: &Strips) -> f32 {
    let around = r.expand(2.0 * BUFFER);
    let others = near.over(around.x, around.right()).filter_map(|n| all.get(n as usize));
    let gap = others.filter(|o| **o != r && o.intersects(around)).map(|o| {
        let (across, down) = ((o.x - r.right()).max(r.x - o.right()), (o.y - r.bottom()).max(r.y - o.bottom()));
        across.max(down)
    });
    (gap.fold(2.0 * BUFFER + 1.0, f32::min) / 2.0 - 0.5).clamp(1.0, BUFFER)
}
