//! Where the parts of a system stand: boundaries within boundaries, elements on a grid within their network.

use super::words::{AREAS, ASSETS, INSIDE, Network, OUTSIDE};
use super::{Made, Spot, at, grid};
use crate::geometry::{Point, pt};
use crate::model::*;

/// Size of an element and the room between two for flows and their labels.
const BOX: (f32, f32) = (140.0, 64.0);
const GAP: (f32, f32) = (100.0, 76.0);
/// Room between the seam of a boundary and what is inside.
const PADDING: f32 = 48.0;
/// Elements in a row of a network.
const COLUMNS: usize = 4;
/// Elements of a network, environment and landscape when they are full.
const NETWORK: usize = 12;
const ENVIRONMENT: usize = NETWORK * INSIDE.len();
const LANDSCAPE: usize = 200;
/// Of so many elements one is outside of the cloud.
const INSIDERS: usize = 16;

/// Stands up `count` elements in as many landscapes as they need.
pub(super) fn build(count: usize, made: &mut Made) {
    let landscapes = count.div_ceil(LANDSCAPE);
    let columns = (landscapes as f32).sqrt().ceil().max(1.0) as usize;
    let (mut corner, mut lowest) = (pt(0.0, 0.0), 0.0f32);
    for n in 0..landscapes {
        if n > 0 && n % columns == 0 {
            corner = pt(0.0, lowest + 3.0 * PADDING);
        }
        let (w, h) = landscape(n, share(count, n, landscapes), corner, made);
        corner.x += w + 3.0 * PADDING;
        lowest = lowest.max(corner.y + h);
    }
}

/// The `n`th of `parts` nearly even shares.
fn share(count: usize, n: usize, parts: usize) -> usize {
    (count * (n + 1)) / parts.max(1) - (count * n) / parts.max(1)
}

/// One landscape and the room it takes.
fn landscape(n: usize, count: usize, corner: Point, made: &mut Made) -> (f32, f32) {
    for (a, (name, kind, [c, i, v])) in ASSETS.iter().enumerate() {
        let kinds = [*kind].into();
        let name = format!("{} {name}", AREAS.get(n % AREAS.len()).unwrap_or(&"Shop"));
        let asset = Asset { name, kinds, c: *c, i: *i, a: *v, ..Asset::default() };
        made.model.assets.insert(asset_id(n, a), asset);
    }
    let outside = count.div_ceil(INSIDERS).min(3 * NETWORK);
    let (mut x, mut y, mut bottom) = (corner.x, corner.y, corner.y);
    for (place, network) in OUTSIDE.iter().enumerate() {
        let home = Home { landscape: n, environment: None, parent: None, network: place };
        let (w, h) = stand(network, &home, share(outside, place, OUTSIDE.len()), 1, pt(corner.x, y), made);
        y += h + PADDING;
        (x, bottom) = (x.max(corner.x + w), bottom.max(y - PADDING));
    }
    let inside = count - outside;
    if inside == 0 {
        return (x - corner.x, bottom - corner.y);
    }
    let cloud = Id::from(format!("b{n:03}"));
    let name = format!("{} cloud account", AREAS.get(n % AREAS.len()).unwrap_or(&"Shop"));
    let record = Boundary { name, kind: BoundaryKind::Cloud, trust: Some(2), owner: Some("p1".into()), ..Boundary::default() };
    made.model.boundaries.insert(cloud.clone(), record);
    let origin = pt(x + 2.0 * PADDING, corner.y);
    let environments = inside.div_ceil(ENVIRONMENT);
    let mut pairs = Pairs::inside(origin);
    for e in 0..environments {
        let size = environment(n, e, &cloud, share(inside, e, environments), pairs.next, made);
        pairs.put(size);
    }
    let size = pairs.frame();
    made.place(&cloud, Placement::Box(at(origin, size)));
    (origin.x + size.0 - corner.x, (origin.y + size.1).max(bottom) - corner.y)
}

fn environment(n: usize, e: usize, cloud: &Id, count: usize, corner: Point, made: &mut Made) -> (f32, f32) {
    let id = Id::from(format!("b{n:03}-{e}"));
    let name = ["Production", "Shared services", "Analytics", "Recovery"].get(e % 4).unwrap_or(&"Production").to_string();
    let record = Boundary { name, trust: Some(3), parent: Some(cloud.clone()), ..Boundary::default() };
    made.model.boundaries.insert(id.clone(), record);
    let mut pairs = Pairs::inside(corner);
    for (place, network) in INSIDE.iter().enumerate() {
        let home = Home { landscape: n, environment: Some(e), parent: Some(id.clone()), network: place };
        let size = stand(network, &home, share(count, place, INSIDE.len()), COLUMNS, pairs.next, made);
        pairs.put(size);
    }
    let size = pairs.frame();
    made.place(&id, Placement::Box(at(corner, size)));
    size
}

/// Blocks two by two, row under row, inside a frame.
struct Pairs {
    corner: Point,
    /// Where the next block goes.
    next: Point,
    /// Height of the present row.
    row: f32,
    far: Point,
    is_second: bool,
}

impl Pairs {
    fn inside(corner: Point) -> Pairs {
        Pairs { corner, next: pt(corner.x + PADDING, corner.y + PADDING), row: 0.0, far: corner, is_second: false }
    }

    /// A block of this size stands at `next`.
    fn put(&mut self, (w, h): (f32, f32)) {
        self.row = self.row.max(h);
        self.far = pt(self.far.x.max(self.next.x + w), self.far.y.max(self.next.y + h));
        self.next.x += w + PADDING;
        if self.is_second {
            self.next = pt(self.corner.x + PADDING, self.next.y + self.row + PADDING);
            self.row = 0.0;
        }
        self.is_second = !self.is_second;
    }

    /// Width and height of the frame around all blocks.
    fn frame(&self) -> (f32, f32) {
        (self.far.x + PADDING - self.corner.x, self.far.y + PADDING - self.corner.y)
    }
}

/// Where a network belongs.
struct Home {
    landscape: usize,
    environment: Option<usize>,
    parent: Option<Id>,
    network: usize,
}

/// A network with `count` elements in rows of `columns`, and the room it takes.
fn stand(network: &'static Network, home: &Home, count: usize, columns: usize, corner: Point, made: &mut Made) -> (f32, f32) {
    if count == 0 {
        return (0.0, 0.0);
    }
    let (n, place) = (home.landscape, home.network);
    let id = Id::from(home.environment.map_or(format!("b{n:03}-o{place}"), |e| format!("b{n:03}-{e}-{place}")));
    let record = Boundary {
        name: network.name.into(),
        kind: network.kind,
        trust: Some(network.trust),
        parent: home.parent.clone(),
        ..Boundary::default()
    };
    made.model.boundaries.insert(id.clone(), record);
    let columns = columns.min(count);
    let rows = count.div_ceil(columns);
    let room = |each: f32, gap: f32, count: usize| each * count as f32 + gap * (count - 1) as f32 + 2.0 * PADDING;
    let size = (room(BOX.0, GAP.0, columns), room(BOX.1, GAP.1, rows));
    made.place(&id, Placement::Box(at(corner, size)));
    for rect in grid(pt(corner.x + PADDING, corner.y + PADDING), columns, BOX, GAP, count) {
        element(network, home, &id, made).into_iter().for_each(|item| made.place(&item, Placement::Box(rect)));
    }
    size
}

fn element(network: &'static Network, home: &Home, boundary: &Id, made: &mut Made) -> Option<Id> {
    let (area, part) = (made.draw.pick(AREAS)?, made.draw.pick(network.parts)?);
    let number = made.spots.len() + 1;
    let id = Id::from(format!("e{number:05}"));
    let mut element = Element {
        name: format!("{area} {} {number}", part.0),
        kind: part.1,
        tags: part.2.iter().map(|t| (*t).to_owned()).collect(),
        boundary: Some(boundary.clone()),
        ..Element::default()
    };
    if part.1 == ElementKind::DataStore {
        element.holds = [asset_id(home.landscape, made.draw.below(ASSETS.len()))].into();
    }
    // Half of what there is to know is known.
    for capability in Capability::ALL.iter().filter(|_| part.1 == ElementKind::Process) {
        if made.draw.chance(50) {
            element.capabilities.insert(*capability, Tri::from(made.draw.chance(15)));
        }
    }
    let is_queue = part.2.contains(&"queue");
    let environment = home.environment;
    made.model.elements.insert(id.clone(), element);
    made.spots.push(Spot {
        id: id.clone(),
        area,
        kind: part.1,
        is_queue,
        landscape: home.landscape,
        environment,
        network: home.network,
        trust: network.trust,
    });
    Some(id)
}

pub(super) fn asset_id(landscape: usize, number: usize) -> Id {
    Id::from(format!("a{landscape:03}-{number}"))
}
