//! Diagrams that are hard to draw, out of a seed: nested five deep, hubs, parallel flows, flows to oneself, long names.

use palisade::geometry::{Rect, rect};
use palisade::model::*;

pub const PAGE: &str = "page";

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}

pub fn empty() -> ThreatModel {
    let mut m = ThreatModel::default();
    m.diagrams.insert(PAGE.into(), Diagram::default());
    m
}

pub fn place(m: &mut ThreatModel, id: &Id, placement: Placement) {
    m.placements.insert(PlacementKey::new(PAGE, id.clone()), placement);
}

pub fn element(m: &mut ThreatModel, r: Rect, boundary: Option<&Id>) -> Id {
    let id = Id::from(format!("e{:03}", m.elements.len()));
    let kind = ElementKind::ALL[m.elements.len() % 3];
    let name = format!("Service {}", m.elements.len());
    m.elements.insert(id.clone(), Element { name, kind, boundary: boundary.cloned(), ..Element::default() });
    place(m, &id, Placement::Box(r));
    id
}

pub fn flow(m: &mut ThreatModel, from: &Id, to: &Id, name: &str) -> Id {
    let id = Id::from(format!("f{:03}", m.flows.len()));
    let protocol = if m.flows.len().is_multiple_of(2) { Protocol::Https } else { Protocol::Unknown };
    let flow = Flow { name: name.into(), from: Some(from.clone()), to: Some(to.clone()), protocol, ..Flow::default() };
    m.flows.insert(id.clone(), flow);
    place(m, &id, Placement::Route(Route::default()));
    id
}

/// Boundaries in boundaries, `depth` deep, with two or three elements on each level, and flows between them all.
pub fn nested(seed: u64, depth: usize) -> ThreatModel {
    let (mut m, mut chance) = (empty(), Chance(seed));
    level(&mut m, &mut chance, None, depth, 40.0, 40.0);
    let ids: Vec<Id> = m.elements.keys().cloned().collect();
    for n in 0..ids.len() {
        // Mostly to one near by.
        let step = if chance.below(4) == 0 { chance.below(ids.len()) } else { 1 + chance.below(3) };
        let (a, b) = (n, (n + step) % ids.len());
        if a != b {
            flow(&mut m, &ids[a], &ids[b], ["Orders", "Health and metrics", "Account lookups by name", ""][n % 4]);
        }
    }
    m
}

/// What is on one level; returns the room it took.
fn level(m: &mut ThreatModel, chance: &mut Chance, around: Option<&Id>, depth: usize, x: f32, y: f32) -> (f32, f32) {
    let (mut at, mut row, mut wide) = (x, y, 0.0f32);
    let mut lowest = y;
    for n in 0..2 + chance.below(2) {
        let jitter = chance.below(5) as f32 * 8.0;
        element(m, rect(at, row + jitter, 132.0, 60.0), around);
        at += 132.0 + 96.0;
        (wide, lowest) = (wide.max(at - 96.0 - x), lowest.max(row + jitter + 60.0));
        if n % 2 == 1 {
            (at, row) = (x + chance.below(4) as f32 * 16.0, lowest + 80.0);
        }
    }
    if depth > 0 {
        let (mut left, top) = (x, lowest + 80.0);
        for _ in 0..if depth > 3 { 2 } else { 1 + chance.below(2) } {
            let id = Id::from(format!("b{:02}", m.boundaries.len()));
            m.boundaries
                .insert(id.clone(), Boundary { name: format!("Zone {id}"), parent: around.cloned(), ..Boundary::default() });
            let (w, h) = level(m, chance, Some(&id), depth - 1, left + 48.0, top + 48.0);
            place(m, &id, Placement::Box(rect(left, top, w + 96.0, h + 96.0)));
            (wide, lowest) = (wide.max(left + w + 96.0 - x), lowest.max(top + h + 96.0));
            left += w + 96.0 + 80.0;
        }
    }
    (wide, lowest - y)
}

/// One element in the middle that `spokes` others talk to.
pub fn hub(spokes: usize) -> ThreatModel {
    let mut m = empty();
    let columns = 9;
    let middle = element(&mut m, rect(4.0 * 230.0 - 10.0, 2.0 * 150.0 - 10.0, 160.0, 90.0), None);
    let places = (0..).map(|n| (n % columns, n / columns)).filter(|p| *p != (4, 2));
    for (n, (column, row)) in places.take(spokes).enumerate() {
        let other = element(&mut m, rect(column as f32 * 230.0, row as f32 * 150.0, 132.0, 60.0), None);
        let (a, b) = if n % 3 == 0 { (&middle, &other) } else { (&other, &middle) };
        flow(&mut m, a, b, "Events");
    }
    m
}

/// Several flows each way between the same elements, and some from an element to itself.
pub fn parallel() -> ThreatModel {
    let mut m = empty();
    let at = [(0.0, 0.0), (420.0, 0.0), (420.0, 320.0), (0.0, 340.0), (820.0, 160.0)];
    let ids: Vec<Id> = at.iter().map(|(x, y)| element(&mut m, rect(*x, *y, 140.0, 80.0), None)).collect();
    for (a, b, n) in [(0, 1, 4), (1, 2, 3), (3, 0, 2), (0, 2, 5), (1, 4, 2), (4, 1, 2), (2, 4, 3)] {
        (0..n).for_each(|k| drop(flow(&mut m, &ids[a], &ids[b], &format!("Call {k}"))));
    }
    for n in [0, 0, 2, 4, 4, 4] {
        flow(&mut m, &ids[n], &ids[n], "Retries");
    }
    m
}

/// A grid with names that need several lines.
pub fn long_names(seed: u64) -> ThreatModel {
    let (mut m, mut chance) = (empty(), Chance(seed));
    for n in 0..20 {
        element(&mut m, rect((n % 5) as f32 * 330.0, (n / 5) as f32 * 230.0, 140.0, 64.0), None);
    }
    let ids: Vec<Id> = m.elements.keys().cloned().collect();
    for n in 0..26 {
        let (a, b) = (n % 20, (n + [1, 5, 6, 2][chance.below(4)]) % 20);
        flow(&mut m, &ids[a], &ids[b], "Requests for statements of account with signatures of both customers");
    }
    m
}

/// Many elements that stand unevenly, with flows right across.
pub fn crowd(seed: u64, count: usize) -> ThreatModel {
    let (mut m, mut chance) = (empty(), Chance(seed));
    let columns = (count as f32).sqrt().ceil() as usize;
    for n in 0..count {
        let (dx, dy) = (chance.below(9) as f32 * 8.0, chance.below(6) as f32 * 8.0);
        element(&mut m, rect((n % columns) as f32 * 240.0 + dx, (n / columns) as f32 * 160.0 + dy, 132.0, 60.0), None);
    }
    let ids: Vec<Id> = m.elements.keys().cloned().collect();
    for n in 0..count {
        let step = if chance.below(4) == 0 { chance.below(count) } else { [1, columns, columns + 1][chance.below(3)] };
        let to = (n + step.max(1)) % count;
        if to != n {
            flow(&mut m, &ids[n], &ids[to], "Query");
        }
    }
    m
}

/// A crowd with notes in the gaps, and one that lies on an element.
pub fn noted(seed: u64) -> ThreatModel {
    let mut m = crowd(seed, 25);
    for n in 0..9 {
        let id = Id::from(format!("n{n}"));
        m.notes.insert(id.clone(), Note { text: "Ask the team that runs it".into(), ..Note::default() });
        place(&mut m, &id, Placement::Box(rect((n % 3) as f32 * 480.0 + 182.0, (n / 3) as f32 * 320.0 + 70.0, 84.0, 50.0)));
    }
    m.notes.insert("on".into(), Note { text: "Old".into(), ..Note::default() });
    place(&mut m, &"on".into(), Placement::Box(rect(20.0, 20.0, 60.0, 40.0)));
    m
}
