//! What a live layout replaces: a thing goes together with everything it stands for, and can be put back.

use super::super::crossings::{closed_seam, open_seam};
use super::super::space::Obstacle;
use super::super::{BoundaryCurve, PlacedBox, RoutedFlow, place, tabs};
use super::rest::{Rest, Step};
use super::{LiveLayout, extents};
use crate::geometry::Rect;
use crate::model::Id;
use std::collections::BTreeMap;

/// What was replaced since the base, as it was there.
#[derive(Default)]
pub(super) struct Replaced {
    pub boxes: BTreeMap<Id, Option<PlacedBox>>,
    pub lines: BTreeMap<Id, Option<BoundaryCurve>>,
    pub flows: BTreeMap<Id, Option<RoutedFlow>>,
    pub bundles: Option<BTreeMap<Id, Vec<Id>>>,
    pub bounds: Option<Rect>,
}

impl LiveLayout {
    /// Back to what it was made for.
    pub(super) fn restore(&mut self) {
        self.take_back();
        if let Some(Rest { step: Step::Courses(courses), .. }) = self.rest.take() {
            courses.drop_from(&mut self.terrain);
        }
        let Replaced { boxes, lines, flows, bundles, bounds } = std::mem::take(&mut self.replaced);
        for (id, was) in flows {
            self.put_flow(&id, was);
        }
        for (id, was) in boxes {
            self.put_box(&id, was);
        }
        for (id, was) in lines {
            self.put_line(&id, was);
        }
        self.layout.bounds = bounds.unwrap_or(self.layout.bounds);
        bundles.into_iter().for_each(|bundles| drop(self.set_bundles(bundles)));
        self.replaced = Replaced::default();
    }

    /// Flows that run as one stand for others now.
    pub(super) fn set_bundles(&mut self, now: BTreeMap<Id, Vec<Id>>) -> BTreeMap<Id, Vec<Id>> {
        let before = std::mem::replace(&mut self.layout.bundles, now);
        let others = |a: &BTreeMap<Id, Vec<Id>>, b: &BTreeMap<Id, Vec<Id>>| {
            a.iter().filter(|(id, ids)| b.get(*id) != Some(*ids)).map(|(id, _)| id.clone()).collect::<Vec<Id>>()
        };
        let changed = [others(&before, &self.layout.bundles), others(&self.layout.bundles, &before)];
        changed.iter().flatten().for_each(|id| self.layout.note_replaced(id));
        before
    }

    pub(super) fn set_box(&mut self, id: &Id, now: Option<PlacedBox>) {
        let was = self.put_box(id, now);
        self.replaced.boxes.entry(id.clone()).or_insert(was);
    }

    pub(super) fn set_line(&mut self, id: &Id, now: Option<BoundaryCurve>) {
        let was = self.put_line(id, now);
        self.replaced.lines.entry(id.clone()).or_insert(was);
    }

    pub(super) fn set_flow(&mut self, id: &Id, now: Option<RoutedFlow>) {
        let was = self.put_flow(id, now);
        self.replaced.flows.entry(id.clone()).or_insert(was);
    }

    /// Replaces a box with everything it stands for; returns what was there.
    fn put_box(&mut self, id: &Id, now: Option<PlacedBox>) -> Option<PlacedBox> {
        let was = self.layout.boxes.remove(id);
        self.layout.reindex(id, was.as_ref().and_then(PlacedBox::extent), now.as_ref().and_then(PlacedBox::extent));
        let takes = |b: &PlacedBox| place::around_box(b).into_iter().chain(b.tab.map(tabs::of_tab)).collect::<Vec<Obstacle>>();
        if let Some(b) = &was {
            self.terrain.remove_box(b);
            closed_seam(id, b).into_iter().for_each(|seam| self.seams.remove(seam.around(), &seam));
            takes(b).into_iter().for_each(|o| self.space.remove(&o));
        }
        if let Some(b) = now {
            self.terrain.add_box(&b);
            closed_seam(id, &b).into_iter().for_each(|seam| self.seams.add(seam.around(), seam));
            takes(&b).into_iter().for_each(|o| self.space.add(o));
            self.layout.boxes.insert(id.clone(), b);
        }
        was
    }

    fn put_line(&mut self, id: &Id, now: Option<BoundaryCurve>) -> Option<BoundaryCurve> {
        let was = self.layout.lines.remove(id);
        self.layout.reindex(id, was.as_ref().and_then(BoundaryCurve::extent), now.as_ref().and_then(BoundaryCurve::extent));
        let takes = |l: &BoundaryCurve| place::along_line(l).chain(l.tab.map(tabs::of_tab)).collect::<Vec<Obstacle>>();
        if let Some(line) = &was {
            open_seam(id, line).into_iter().for_each(|seam| self.seams.remove(seam.around(), &seam));
            takes(line).into_iter().for_each(|o| self.space.remove(&o));
        }
        if let Some(line) = now {
            open_seam(id, &line).into_iter().for_each(|seam| self.seams.add(seam.around(), seam));
            takes(&line).into_iter().for_each(|o| self.space.add(o));
            self.layout.lines.insert(id.clone(), line);
        }
        was
    }

    fn put_flow(&mut self, id: &Id, now: Option<RoutedFlow>) -> Option<RoutedFlow> {
        self.take_back_flow(id);
        let was = self.layout.flows.remove(id);
        self.layout.reindex(id, was.as_ref().and_then(RoutedFlow::extent), now.as_ref().and_then(RoutedFlow::extent));
        let takes = |f: &RoutedFlow| {
            place::along_flow(id, f).into_iter().chain(f.label.iter().flat_map(place::of_label)).collect::<Vec<Obstacle>>()
        };
        if let Some(flow) = &was {
            self.terrain.forget(flow);
            extents(flow).for_each(|r| self.courses.remove(r, id));
            takes(flow).into_iter().for_each(|o| self.space.remove(&o));
        }
        if let Some(flow) = now {
            self.terrain.learn(&flow);
            extents(&flow).for_each(|r| self.courses.add(r, id.clone()));
            takes(&flow).into_iter().for_each(|o| self.space.add(o));
            self.layout.flows.insert(id.clone(), flow);
        }
        was
    }
}
