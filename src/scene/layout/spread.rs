//! Which side of its element every routed flow uses, and where on it: parallel flows are spread, facing ones kept straight.

use super::PlacedBox;
use super::outline::Side;
use super::router::{MARGIN, Spot, Terrain, route, without_straight};
use crate::geometry::{Point, pt};
use crate::model::{Id, LineStyle};
use crate::progress::Progress;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Distance between flows that share a side.
const GAP: f32 = 18.0;
/// Straight flows nearer to each other than this bend instead.
const LEAST: f32 = 8.0;
/// Distance kept from the corners of an element.
const CORNER: f32 = 10.0;

/// A flow whose course is left to us.
pub(super) struct Job {
    pub flow: Id,
    pub style: LineStyle,
    pub from: End,
    pub to: End,
}

impl Job {
    pub fn is_loop(&self) -> bool {
        self.from.element.is_some() && self.from.element == self.to.element
    }
}

/// One end of it.
pub(super) struct End {
    /// `None` for a loose end, whose box has no size.
    pub element: Option<Id>,
    pub placed: PlacedBox,
    /// The spot people chose.
    pub pinned: Option<Spot>,
}

impl End {
    /// The spots it may use: the chosen one, or the middle of every side.
    fn spots(&self) -> Vec<Spot> {
        let c = self.placed.rect.center();
        let middle = |side: Side| (self.placed.on_side(side, if side.is_level() { c.y } else { c.x }), side);
        self.pinned.map_or_else(|| Side::ALL.map(middle).to_vec(), |spot| vec![spot])
    }

    /// The range of a side flows may use.
    fn range(&self, side: Side) -> (f32, f32) {
        let r = self.placed.rect;
        let (a, b) = if side.is_level() { (r.y, r.bottom()) } else { (r.x, r.right()) };
        let inset = CORNER.min((b - a) / 4.0);
        (a + inset, b - inset)
    }
}

/// Places along the sides of elements where flows end already.
pub(super) type Used = BTreeMap<(Id, Side), Vec<f32>>;

/// The corners of every job. The terrain learns where they run.
pub(super) fn courses(jobs: &[Job], terrain: &mut Terrain, used: Used, progress: &dyn Progress) -> BTreeMap<Id, Vec<Point>> {
    let mut out = BTreeMap::new();
    let (loops, jobs): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|j| j.is_loop());
    let mut on_same: BTreeMap<&Id, usize> = BTreeMap::new();
    for job in loops {
        let Some(element) = &job.from.element else { continue };
        let before = on_same.entry(element).or_default();
        out.insert(job.flow.clone(), self_loop(&job.from.placed, *before));
        *before += 1;
    }
    // Once with the middles of all sides to learn which side each flow wants, then with a spot of its own.
    let sides: Vec<(Side, Side)> = jobs.iter().take_while(|_| !progress.cancelled()).map(|job| sides(job, terrain)).collect();
    let spots = spots(&jobs, &sides, used);
    for (job, (from, to)) in jobs.iter().zip(spots).take_while(|_| !progress.cancelled()) {
        let corners = route(terrain, &[from], &[to]);
        terrain.add_course(&corners);
        out.insert(job.flow.clone(), corners);
    }
    out
}

fn sides(job: &Job, terrain: &Terrain) -> (Side, Side) {
    if let Some((a, b, _)) = facing(job) {
        return (a, b);
    }
    let corners = route(terrain, &job.from.spots(), &job.to.spots());
    let side = |spots: Vec<Spot>, at: Option<&Point>| {
        let near = |s: &Spot| at.map_or(0.0, |p| p.distance(s.0));
        spots.iter().min_by(|a, b| near(a).total_cmp(&near(b))).map_or(Side::Right, |s| s.1)
    };
    (side(job.from.spots(), corners.first()), side(job.to.spots(), corners.last()))
}

/// The facing sides of two elements that a straight line can join, and the range it may run in.
fn facing(job: &Job) -> Option<(Side, Side, (f32, f32))> {
    if job.from.pinned.is_some() || job.to.pinned.is_some() {
        return None;
    }
    let (a, b) = (job.from.placed.rect, job.to.placed.rect);
    let shared = |side: Side| {
        let (p, q) = (job.from.range(side), job.to.range(side.opposite()));
        let both = (p.0.max(q.0), p.1.min(q.1));
        (both.1 >= both.0).then_some((side, side.opposite(), both))
    };
    if b.x >= a.right() {
        shared(Side::Right)
    } else if a.x >= b.right() {
        shared(Side::Left)
    } else if b.y >= a.bottom() {
        shared(Side::Bottom)
    } else if a.y >= b.bottom() {
        shared(Side::Top)
    } else {
        None
    }
}

/// A spot for both ends of every job.
fn spots(jobs: &[&Job], sides: &[(Side, Side)], mut used: Used) -> Vec<(Spot, Spot)> {
    let mut chosen: Vec<[Option<f32>; 2]> = vec![[None, None]; jobs.len()];
    let key = |end: &End, side: Side| end.element.clone().map(|id| (id, side));
    let along = |spot: Spot| if spot.1.is_level() { spot.0.y } else { spot.0.x };
    for (job, (a, b)) in jobs.iter().zip(sides) {
        for (end, side) in [(&job.from, a), (&job.to, b)] {
            if let (Some(spot), Some(key)) = (end.pinned, key(end, *side)) {
                used.entry(key).or_default().push(along(spot));
            }
        }
    }
    // Straight ones first, those between the same two elements around one middle.
    let mut groups: BTreeMap<[Option<Id>; 2], Vec<usize>> = BTreeMap::new();
    for (n, job) in jobs.iter().enumerate().filter(|(_, job)| facing(job).is_some()) {
        let mut pair = [job.from.element.clone(), job.to.element.clone()];
        pair.sort();
        groups.entry(pair).or_default().push(n);
    }
    let roomy = |group: &&Vec<usize>| {
        let range = group.first().and_then(|n| jobs.get(*n)).and_then(|job| facing(job)).map(|(_, _, range)| range);
        range.is_some_and(|(low, high)| high - low >= LEAST * (group.len() as f32 - 1.0))
    };
    for group in groups.values().filter(roomy) {
        for (n, at) in straight_places(jobs, group, &used) {
            let (Some(job), Some((a, b)), Some(slot)) = (jobs.get(n), sides.get(n), chosen.get_mut(n)) else { continue };
            *slot = [Some(at), Some(at)];
            for (end, side) in [(&job.from, a), (&job.to, b)] {
                used.entry((end.element.clone().unwrap_or_else(|| Id::new("")), *side)).or_default().push(at);
            }
        }
    }
    spread_rest(jobs, sides, &used, &mut chosen);
    let spot = |end: &End, side: Side, at: Option<f32>| {
        let c = end.placed.rect.center();
        let middle = if side.is_level() { c.y } else { c.x };
        end.pinned.unwrap_or_else(|| (end.placed.on_side(side, at.unwrap_or(middle)), side))
    };
    let both = jobs.iter().zip(sides).zip(&chosen);
    both.map(|((job, (a, b)), [from, to])| (spot(&job.from, *a, *from), spot(&job.to, *b, *to))).collect()
}

/// Where the straight flows between two elements run: fanned out around the middle of what they share.
fn straight_places(jobs: &[&Job], group: &[usize], used: &Used) -> Vec<(usize, f32)> {
    let Some(first) = group.first().and_then(|n| jobs.get(*n)) else { return Vec::new() };
    let Some((side, other, (low, high))) = facing(first) else { return Vec::new() };
    let center = |end: &End| if side.is_level() { end.placed.rect.center().y } else { end.placed.rect.center().x };
    let (a, b) = (center(&first.from), center(&first.to));
    // The middle of the smaller element keeps it tidy, where the other one reaches that far.
    let middle = if (low..=high).contains(&a) && (low..=high).contains(&b) { (a + b) / 2.0 } else { (low + high) / 2.0 };
    let middle = [a, b].into_iter().find(|c| (a - b).abs() > 1.0 && (low..=high).contains(c)).unwrap_or(middle);
    let gap = GAP.min((high - low) / group.len() as f32);
    // The whole fan has its place in the range.
    let half = gap * (group.len() as f32 - 1.0) / 2.0;
    let middle = middle.max(low + half).min(high - half);
    let taken: Vec<f32> = [(&first.from, side), (&first.to, other)]
        .into_iter()
        .filter_map(|(end, side)| used.get(&(end.element.clone()?, side)))
        .flatten()
        .copied()
        .collect();
    let mut places = Vec::new();
    for (k, n) in group.iter().enumerate() {
        let wanted = middle + (k as f32 - (group.len() as f32 - 1.0) / 2.0) * gap;
        places.push((*n, free_near(wanted, &taken, low, high)));
    }
    places
}

/// The place nearest to the wanted one that is far enough from the taken ones; the wanted one when there is none.
fn free_near(wanted: f32, taken: &[f32], low: f32, high: f32) -> f32 {
    let tries = (0..8).flat_map(|n| [wanted + n as f32 * GAP / 2.0, wanted - n as f32 * GAP / 2.0]);
    let free = |at: &f32| (low..=high).contains(at) && taken.iter().all(|t| (t - at).abs() >= GAP * 0.75);
    tries.into_iter().find(free).unwrap_or(wanted.clamp(low, high))
}

/// Gives the other ends a place beside the straight ones, in the order of where they lead, so that they do not cross.
fn spread_rest(jobs: &[&Job], sides: &[(Side, Side)], used: &Used, chosen: &mut [[Option<f32>; 2]]) {
    let mut ends: BTreeMap<(Id, Side), Vec<(Bearing, usize, usize)>> = BTreeMap::new();
    for (n, (job, (a, b))) in jobs.iter().zip(sides).enumerate() {
        for (which, end, far, side, other) in [(0, &job.from, &job.to, *a, *b), (1, &job.to, &job.from, *b, *a)] {
            let open = chosen.get(n).and_then(|c| c.get(which)).is_some_and(Option::is_none);
            if let (true, None, Some(id)) = (open, end.pinned, end.element.clone()) {
                ends.entry((id, side)).or_default().push((Bearing::new(end, far, side, other), n, which));
            }
        }
    }
    for (key, mut list) in ends {
        list.sort_by(|a, b| a.0.order(&b.0).then(a.1.cmp(&b.1)));
        let Some(end) = list.first().and_then(|(_, n, which)| jobs.get(*n).map(|j| if *which == 0 { &j.from } else { &j.to }))
        else {
            continue;
        };
        let (low, high) = end.range(key.1);
        let middle = (low + high) / 2.0;
        let mut taken = used.get(&key).cloned().unwrap_or_default();
        let gap = GAP.min((high - low) / (list.len() + taken.len()).max(1) as f32);
        for (k, (bearing, n, which)) in list.iter().enumerate() {
            let wanted = if taken.is_empty() || used.get(&key).is_none() {
                middle + (k as f32 - (list.len() as f32 - 1.0) / 2.0) * gap
            } else if bearing.across < 0.0 {
                middle - gap
            } else {
                middle + gap
            };
            let at = free_near(wanted, &taken, low, high);
            taken.push(at);
            if let Some(slot) = chosen.get_mut(*n).and_then(|c| c.get_mut(*which)) {
                *slot = Some(at);
            }
        }
    }
}

/// Where a flow leads, seen from the side it leaves.
struct Bearing {
    /// Along the side, from the middle of the element to the middle of the other.
    across: f32,
    /// Away from the side.
    away: f32,
    /// It bends once, into a side at a right angle to this one.
    turns: bool,
}

impl Bearing {
    fn new(end: &End, far: &End, side: Side, other: Side) -> Bearing {
        let d = far.placed.rect.center() - end.placed.rect.center();
        let across = if side.is_level() { d.y } else { d.x };
        Bearing { across, away: d.dot(side.normal()), turns: side.is_level() != other.is_level() }
    }

    /// From one end of the side to the other such that the flows do not cross: those that turn into a near element
    /// leave outside of those that go further.
    fn order(&self, other: &Bearing) -> Ordering {
        let before = self.across < 0.0;
        (self.across >= 0.0).cmp(&(other.across >= 0.0)).then_with(|| match (self.turns, other.turns) {
            (true, true) if before => self.away.total_cmp(&other.away),
            (true, true) => other.away.total_cmp(&self.away),
            (false, false) => self.across.total_cmp(&other.across),
            (turns, _) => {
                if turns == before {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        })
    }
}

/// From the right side around the corner into the top; further out when there are some before it.
fn self_loop(placed: &PlacedBox, before: usize) -> Vec<Point> {
    let (r, further) = (placed.rect, before as f32 * GAP);
    let start = placed.on_side(Side::Right, (r.center().y + further).min(r.bottom() - CORNER));
    let end = placed.on_side(Side::Top, (r.center().x + r.w / 4.0 - further).max(r.x + CORNER));
    let (out, up) = (r.right() + 2.0 * MARGIN + further, r.y - 2.0 * MARGIN - further);
    without_straight([start, pt(out, start.y), pt(out, up), pt(end.x, up), end].into_iter())
}
