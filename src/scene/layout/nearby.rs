//! Things found by where they are.

use crate::geometry::{Rect, pt};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Entry<T> = GeomWithData<Rectangle<[f32; 2]>, T>;

/// Things with their extents. What has no finite extent is nowhere and never found.
pub(super) struct Nearby<T: PartialEq>(RTree<Entry<T>>);

impl<T: PartialEq> Default for Nearby<T> {
    fn default() -> Nearby<T> {
        Nearby(RTree::new())
    }
}

impl<T: PartialEq> FromIterator<(Rect, T)> for Nearby<T> {
    fn from_iter<I: IntoIterator<Item = (Rect, T)>>(things: I) -> Nearby<T> {
        Nearby(RTree::bulk_load(things.into_iter().filter_map(|(extent, thing)| entry(extent, thing)).collect()))
    }
}

impl<T: PartialEq> Nearby<T> {
    pub fn add(&mut self, extent: Rect, thing: T) {
        if let Some(entry) = entry(extent, thing) {
            self.0.insert(entry);
        }
    }

    /// Takes one such thing away, if there is one.
    pub fn remove(&mut self, extent: Rect, thing: T) {
        if let Some(entry) = entry(extent, thing) {
            self.0.remove(&entry);
        }
    }

    /// What all of it spans.
    pub fn extent(&self) -> Option<Rect> {
        let all = self.0.iter().map(|entry| entry.geom());
        let corners = all.map(|r| (r.lower(), r.upper()));
        corners.map(|([x, y], [right, bottom])| Rect::from_corners(pt(x, y), pt(right, bottom))).reduce(Rect::union)
    }

    /// Everything whose extent touches an area, in no particular order, but always the same.
    pub fn near(&self, area: Rect) -> impl Iterator<Item = &T> {
        let found = area.is_finite().then(|| self.0.locate_in_envelope_intersecting(&envelope(area)));
        found.into_iter().flatten().map(|entry| &entry.data)
    }
}

fn entry<T>(extent: Rect, thing: T) -> Option<Entry<T>> {
    let corners = envelope(extent);
    extent.is_finite().then(|| Entry::new(Rectangle::from_corners(corners.lower(), corners.upper()), thing))
}

fn envelope(r: Rect) -> AABB<[f32; 2]> {
    AABB::from_corners([r.x, r.y], [r.right(), r.bottom()])
}
