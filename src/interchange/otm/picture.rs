//! Nesting and places: from relative to the parent to the plane of the diagram.

use super::Reader;
use crate::geometry::{Point, Rect, pt, rect, vec2};
use crate::interchange::LossKind;
use crate::model::{Id, MAX_NESTING, Placement, PlacementKey};
use std::collections::{BTreeMap, BTreeSet};

/// Room between things that are set in a row.
const GAP: f32 = 40.0;

impl Reader {
    /// Members of zones are members of boundaries; what is in a component is a part of it.
    pub(super) fn nest(&mut self) {
        let model = &mut self.draft.model;
        let parents = &self.parents;
        // The innermost zone around something, through components.
        let zone = |id: &Id, zones: &BTreeSet<Id>| {
            let mut at = parents.get(id);
            for _ in 0..MAX_NESTING {
                match at {
                    Some(p) if zones.contains(p) => return Some(p.clone()),
                    Some(p) => at = parents.get(p),
                    None => return None,
                }
            }
            None
        };
        let zones: BTreeSet<Id> = model.boundaries.keys().cloned().collect();
        let mut told = Vec::new();
        for (id, boundary) in &mut model.boundaries {
            boundary.parent = zone(id, &zones);
            if parents.get(id).is_some_and(|p| !zones.contains(p)) {
                told.push((id.clone(), boundary.name.clone()));
            }
        }
        for (id, element) in &mut model.elements {
            element.boundary = zone(id, &zones);
            element.parent = parents.get(id).filter(|p| !zones.contains(*p)).cloned();
        }
        for (id, name) in told {
            let why = "it lies in a component, which holds no boundaries here; it lies in what is around that";
            self.draft.lose_at(&id, LossKind::Changed, format!("trust zone “{name}”"), why);
        }
    }

    /// Draws every zone and component where the file has it. What has no place on a diagram that shows its content lies
    /// around that; what is drawn nowhere, while others are, is set in a row below.
    pub(super) fn place_boxes(&mut self) {
        if self.places.is_empty() {
            return;
        }
        for diagram in self.draft.model.diagrams.keys().cloned().collect::<Vec<_>>() {
            let own: BTreeMap<Id, Rect> =
                self.places.iter().filter(|((d, _), _)| *d == diagram).map(|((_, id), r)| (id.clone(), *r)).collect();
            let frames = self.frames(&own);
            let origins: BTreeMap<&Id, Point> = frames.iter().map(|(id, r)| (id, r.min())).collect();
            let boxes = own.iter().map(|(id, r)| {
                let corner = self.corner(id, &own, &origins);
                (id.clone(), r.translate(vec2(corner.x, corner.y)))
            });
            let boxes: Vec<(Id, Rect)> = boxes.chain(frames.iter().map(|(id, r)| (id.clone(), *r))).collect();
            for (id, place) in boxes {
                self.draft.model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Box(place));
            }
            for (id, _) in frames {
                let what = format!("trust zone “{}”", self.draft.model.name_of(&id));
                self.draft.lose_at(&id, LossKind::Changed, what, "it has no place of its own; it is drawn around what is in it");
            }
        }
        self.place_left_over();
    }

    /// Where the parent's corner is: the sum of all corners around something.
    fn corner(&self, id: &Id, own: &BTreeMap<Id, Rect>, origins: &BTreeMap<&Id, Point>) -> Point {
        let mut corner = pt(0.0, 0.0);
        let mut at = self.parents.get(id);
        for _ in 0..MAX_NESTING {
            let Some(parent) = at else { break };
            if let Some(origin) = origins.get(parent) {
                return corner + vec2(origin.x, origin.y);
            }
            if let Some(r) = own.get(parent) {
                corner = corner + vec2(r.x, r.y);
            }
            at = self.parents.get(parent);
        }
        corner
    }

    /// Zones without a place whose content has one: side by side, each as large as that, with such zones in them beside it.
    fn frames(&self, own: &BTreeMap<Id, Rect>) -> Vec<(Id, Rect)> {
        let mut within = Bare::new();
        let is_bare = |id: &&Id| self.draft.model.boundaries.contains_key(*id) && !own.contains_key(*id);
        for (id, r) in own {
            let mut held = Some(*r);
            let mut at = self.parents.get(id);
            // Up to the first that is there already, or has a place.
            while let Some(zone) = at.filter(is_bare) {
                let parent = self.parents.get(zone);
                let bare = parent.filter(is_bare);
                let beside = within.entry(bare).or_default();
                let is_known = beside.contains_key(zone);
                let around = beside.entry(zone).or_default();
                *around = [*around, held.take()].into_iter().flatten().reduce(Rect::union);
                at = parent.filter(|_| !is_known);
            }
        }
        // Right of what has a place without being in such a zone.
        let placed = own.iter().filter(|(id, _)| !self.parents.contains_key(*id)).map(|(_, r)| r.right());
        let x = placed.fold(0.0, |most: f32, right| most.max(right + GAP));
        let mut frames = Vec::new();
        side_by_side(&within, None, 0, pt(x, 0.0), &mut frames);
        frames
    }

    fn place_left_over(&mut self) {
        let Some(diagram) = self.draft.model.diagram_order().into_iter().next() else { return };
        let model = &self.draft.model;
        let drawn: BTreeSet<&Id> = model.placements.keys().map(|k| &k.item).collect();
        let left: Vec<Id> =
            model.elements.keys().chain(model.boundaries.keys()).filter(|id| !drawn.contains(id)).cloned().collect();
        let boxes = model.placed(&diagram).filter_map(|(_, p)| match p {
            Placement::Box(r) => Some([r.min(), r.max()]),
            Placement::Route(_) | Placement::Line(_) => None,
        });
        let around = Rect::around(boxes.flatten()).unwrap_or_default();
        let mut at = rect(around.x, around.bottom() + 2.0 * GAP, 140.0, 80.0);
        for id in left {
            let what = format!(
                "{} “{}”",
                if self.draft.model.elements.contains_key(&id) { "component" } else { "trust zone" },
                self.draft.model.name_of(&id)
            );
            self.draft.lose_at(&id, LossKind::Changed, what, "it is on no diagram of the file; it lies below the first one");
            self.draft.model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Box(at));
            at.x += at.w + GAP;
        }
    }
}

/// Bare zones by the bare zone around them, with the extent of what each holds itself.
type Bare<'a> = BTreeMap<Option<&'a Id>, BTreeMap<&'a Id, Option<Rect>>>;

/// Zones of the same parent in a row from a corner; gives the far corner of the row.
fn side_by_side<'a>(bare: &Bare<'a>, parent: Option<&'a Id>, depth: usize, from: Point, frames: &mut Vec<(Id, Rect)>) -> Point {
    let mut far = from;
    for (zone, held) in bare.get(&parent).into_iter().flatten().filter(|_| depth < MAX_NESTING) {
        let corner = pt(far.x, from.y);
        let own = held.map_or(pt(GAP, GAP), |r| pt(r.right().max(0.0) + GAP, r.bottom().max(0.0) + GAP));
        let inner = side_by_side(bare, Some(zone), depth + 1, corner + vec2(own.x, GAP), frames);
        let h = own.y.max(inner.y + GAP - corner.y);
        frames.push(((*zone).clone(), rect(corner.x, corner.y, inner.x - corner.x, h)));
        far = pt(inner.x + GAP, far.y.max(corner.y + h));
    }
    far
}
