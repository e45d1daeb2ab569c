//! Things found by where they are.
//!
//! They lie in square cells, small things in small ones and large things in large ones, so that adding one and taking it away
//! costs the same however many there are: while something is dragged that happens as often as asking.

use crate::geometry::{Point, Rect, pt};

/// Sides of the cells: an element with some room around it, and a boundary.
const SIDES: [f32; 2] = [128.0, 1024.0];
/// What reaches into more cells than this lies in larger ones; what is too large for those too is looked at every time.
const MOST: i64 = 32;
/// Lists of cells to a side of a grid with few things in it: more than one thing reaches into.
const LEAST: usize = 64;
/// Things for each list from which on there are to be more lists.
const CROWD: usize = 4;

/// Things with their extents. What has no finite extent is nowhere and never found.
pub(super) struct Nearby<T> {
    /// By number; the numbers of what was taken away are given again.
    things: Vec<Option<(Extent, T)>>,
    free: Vec<u32>,
    grids: [Grid; SIDES.len()],
    /// Those too large for any grid.
    wide: Vec<Spot>,
}

/// An area by its edges, which belong to it.
#[derive(Clone, Copy, PartialEq)]
struct Extent {
    min: Point,
    max: Point,
}

/// A thing as a cell knows it.
#[derive(Clone, Copy)]
struct Spot {
    extent: Extent,
    number: u32,
}

/// Cells of one size. Those that lie as many columns or rows apart as there are lists to a side share one.
struct Grid {
    side: f32,
    /// Lists to a side, a power of two.
    count: usize,
    /// Row after row; none while it is empty.
    lists: Vec<Vec<Spot>>,
}

/// Cells from one column and row to another.
#[derive(Clone, Copy)]
struct Cells {
    first: (i64, i64),
    last: (i64, i64),
}

impl<T> Default for Nearby<T> {
    fn default() -> Nearby<T> {
        Nearby::with(LEAST)
    }
}

impl<T> FromIterator<(Rect, T)> for Nearby<T> {
    fn from_iter<I: IntoIterator<Item = (Rect, T)>>(things: I) -> Nearby<T> {
        let mut nearby = Nearby::default();
        things.into_iter().for_each(|(extent, thing)| nearby.add(extent, thing));
        nearby
    }
}

impl<T> Nearby<T> {
    fn with(count: usize) -> Nearby<T> {
        let grids = SIDES.map(|side| Grid { side, count, lists: Vec::new() });
        Nearby { things: Vec::new(), free: Vec::new(), grids, wide: Vec::new() }
    }

    pub fn add(&mut self, extent: Rect, thing: T) {
        let Some(extent) = Extent::of(extent) else { return };
        let count = self.grids[0].count;
        if self.things.len() >= CROWD * count * count {
            self.spread(2 * count);
        }
        let number = self.free.pop().unwrap_or(self.things.len() as u32);
        let entry = Some((extent, thing));
        match self.things.get_mut(number as usize) {
            Some(place) => *place = entry,
            None => self.things.push(entry),
        }
        self.put(Spot { extent, number });
    }

    fn put(&mut self, spot: Spot) {
        match self.grids.iter_mut().find_map(|grid| grid.cells_for(spot.extent).map(|cells| (grid, cells))) {
            Some((grid, cells)) => grid.put(spot, cells),
            None => self.wide.push(spot),
        }
    }

    /// More lists for the same things.
    fn spread(&mut self, count: usize) {
        let Nearby { things, free, .. } = std::mem::replace(self, Nearby::with(count));
        let spots = (0..).zip(&things).filter_map(|(number, entry)| Some(Spot { extent: entry.as_ref()?.0, number }));
        spots.for_each(|spot| self.put(spot));
        (self.things, self.free) = (things, free);
    }

    /// What all of it spans.
    pub fn extent(&self) -> Option<Rect> {
        let all = self.things.iter().flatten().map(|(extent, _)| *extent);
        all.map(|Extent { min, max }| Rect::from_corners(min, max)).reduce(Rect::union)
    }

    /// Everything whose extent touches an area, in no particular order, but always the same.
    pub fn near(&self, area: Rect) -> impl Iterator<Item = &T> {
        let area = Extent::of(area);
        // Of many cells most are empty.
        let is_large = area.is_some_and(|area| Cells::of(area, SIDES[0]).count() > self.things.len() as i64);
        let whole =
            area.filter(|_| is_large).map(|area| self.things.iter().flatten().filter(move |(extent, _)| extent.touches(area)));
        let some = area.filter(|_| !is_large).map(|area| {
            let wide = self.wide.iter().filter(move |spot| spot.extent.touches(area));
            let spots = self.grids.iter().flat_map(move |grid| grid.near(area)).chain(wide);
            spots.filter_map(|spot| self.things.get(spot.number as usize)?.as_ref())
        });
        whole.into_iter().flatten().chain(some.into_iter().flatten()).map(|(_, thing)| thing)
    }
}

impl<T: PartialEq> Nearby<T> {
    /// Takes one such thing away, if there is one.
    pub fn remove(&mut self, extent: Rect, thing: &T) {
        let Some(extent) = Extent::of(extent) else { return };
        let things = &mut self.things;
        let is_it = |spot: &&Spot| {
            let there = things.get(spot.number as usize).and_then(Option::as_ref);
            spot.extent == extent && there.is_some_and(|(_, there)| there == thing)
        };
        let found = match self.grids.iter_mut().find_map(|grid| grid.cells_for(extent).map(|cells| (grid, cells))) {
            Some((grid, cells)) => {
                let found = grid.list(cells.first).iter().find(is_it).map(|spot| spot.number);
                found.into_iter().for_each(|number| grid.take(number, cells));
                found
            }
            None => {
                let place = self.wide.iter().position(|spot| is_it(&spot));
                place.map(|place| self.wide.swap_remove(place).number)
            }
        };
        if let Some(number) = found {
            things.get_mut(number as usize).into_iter().for_each(|place| *place = None);
            self.free.push(number);
        }
    }
}

impl Grid {
    /// The cells something reaches into, unless they are too many.
    fn cells_for(&self, extent: Extent) -> Option<Cells> {
        Some(Cells::of(extent, self.side)).filter(|cells| cells.count() <= MOST)
    }

    fn place(&self, (column, row): (i64, i64)) -> usize {
        let within = |n: i64| n as usize & (self.count - 1);
        within(row) * self.count + within(column)
    }

    fn list(&self, cell: (i64, i64)) -> &[Spot] {
        self.lists.get(self.place(cell)).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, spot: Spot, cells: Cells) {
        if self.lists.is_empty() {
            self.lists = vec![Vec::new(); self.count * self.count];
        }
        for cell in cells.each() {
            let place = self.place(cell);
            self.lists.get_mut(place).into_iter().for_each(|list| list.push(spot));
        }
    }

    fn take(&mut self, number: u32, cells: Cells) {
        for cell in cells.each() {
            let place = self.place(cell);
            let Some(list) = self.lists.get_mut(place) else { continue };
            if let Some(at) = list.iter().position(|spot| spot.number == number) {
                list.swap_remove(at);
            }
        }
    }

    /// What touches an area. Of the cells both reach into the first one tells it.
    fn near(&self, area: Extent) -> impl Iterator<Item = &Spot> {
        let wanted = Cells::of(area, self.side);
        let cells = (!self.lists.is_empty()).then(|| wanted.each());
        cells.into_iter().flatten().flat_map(move |cell| {
            let tells = move |extent: Extent| {
                let first = Cells::cell(extent.min, self.side);
                (first.0.max(wanted.first.0), first.1.max(wanted.first.1)) == cell
            };
            self.list(cell).iter().filter(move |spot| spot.extent.touches(area) && tells(spot.extent))
        })
    }
}

impl Cells {
    fn of(extent: Extent, side: f32) -> Cells {
        Cells { first: Cells::cell(extent.min, side), last: Cells::cell(extent.max, side) }
    }

    /// The one a place lies in; what lies too far out is all in the last one.
    fn cell(at: Point, side: f32) -> (i64, i64) {
        let number = |v: f32| i64::from((v / side).floor() as i32);
        (number(at.x), number(at.y))
    }

    fn count(&self) -> i64 {
        (self.last.0 - self.first.0 + 1).saturating_mul(self.last.1 - self.first.1 + 1)
    }

    fn each(self) -> impl Iterator<Item = (i64, i64)> {
        (self.first.1..=self.last.1).flat_map(move |row| (self.first.0..=self.last.0).map(move |column| (column, row)))
    }
}

impl Extent {
    fn of(area: Rect) -> Option<Extent> {
        area.is_finite().then(|| Extent { min: area.min(), max: pt(area.right(), area.bottom()) })
    }

    fn touches(self, other: Extent) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }
}
