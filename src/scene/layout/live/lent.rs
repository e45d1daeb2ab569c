//! What is shown for a moment in place of courses, labels and tabs that are not there yet. Nothing is placed by it: those who
//! ask what stands where are told the truth.

use super::LiveLayout;
use super::rest::Rest;
use crate::geometry::{Point, pt};
use crate::model::{Id, ThreatModel};
use crate::scene::layout::{FlowEnd, FlowLabel, PlacedBox, RoutedFlow, course};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(super) struct Lent {
    /// Flows, each with what is really there.
    pub flows: BTreeMap<Id, Option<RoutedFlow>>,
    tabs: BTreeSet<Id>,
}

impl LiveLayout {
    /// Shows flows that have no course yet along their old one, stretched to where its ends are now.
    pub(super) fn lend_courses(&mut self, model: &ThreatModel, diagram: &Id, rest: &Rest) {
        let open = rest.open.iter().filter(|id| !self.layout.flows.contains_key(*id) && !self.lent.flows.contains_key(*id));
        for id in open.cloned().collect::<Vec<Id>>() {
            let was = self.replaced.flows.get(&id).and_then(Option::as_ref);
            let now = match was {
                Some(was) => {
                    let ends = self.now_at(&was.start).zip(self.now_at(&was.end));
                    ends.and_then(|(start, stop)| course::stretched(was, start, stop)).map(|now| now.labelled_as(was))
                }
                None => {
                    let placed = model.placement(diagram, &id).map(|place| (&id, place)).into_iter();
                    course::straight_flows(model, placed, &self.layout).remove(&id)
                }
            };
            if let Some(mut now) = now {
                now.crossings = self.met_by(&now);
                self.lend(&id, now);
            }
        }
        let is_bare = |id: &&Id| self.layout.boxes.get(*id).is_some_and(|b| b.tab.is_none());
        for id in rest.touched.items.iter().filter(is_bare).cloned().collect::<Vec<Id>>() {
            let was = self.replaced.boxes.get(&id).and_then(Option::as_ref).and_then(|b| Some((b.rect, b.tab?)));
            if let (Some((place, tab)), Some(now)) = (was, self.layout.boxes.get(&id)) {
                let tab = tab.translate(now.rect.min() - place.min());
                self.show_tab(&id, Some(tab));
                self.lent.tabs.insert(id);
            }
        }
    }

    /// Shows flows that have no label yet with the one they had.
    pub(super) fn lend_labels(&mut self, flows: &[Id]) {
        for id in flows.iter().filter(|id| !self.lent.flows.contains_key(*id)).cloned().collect::<Vec<Id>>() {
            let was = self.replaced.flows.get(&id).and_then(Option::as_ref);
            if let (Some(was), Some(now)) = (was, self.layout.flows.get(&id)) {
                let now = now.clone().labelled_as(was);
                self.lend(&id, now);
            }
        }
    }

    fn lend(&mut self, id: &Id, now: RoutedFlow) {
        let truth = self.show_flow(id, Some(now));
        self.lent.flows.entry(id.clone()).or_insert(truth);
    }

    /// Nothing is lent any more.
    pub(super) fn take_back(&mut self) {
        for (id, truth) in std::mem::take(&mut self.lent.flows) {
            self.show_flow(&id, truth);
        }
        for id in std::mem::take(&mut self.lent.tabs) {
            self.show_tab(&id, None);
        }
    }

    pub(super) fn take_back_flow(&mut self, id: &Id) {
        if let Some(truth) = self.lent.flows.remove(id) {
            self.show_flow(id, truth);
        }
    }

    /// Only what is seen; returns what was seen before.
    fn show_flow(&mut self, id: &Id, now: Option<RoutedFlow>) -> Option<RoutedFlow> {
        let was = self.layout.flows.remove(id);
        self.layout.reindex(id, was.as_ref().and_then(RoutedFlow::extent), now.as_ref().and_then(RoutedFlow::extent));
        self.layout.flows.extend(now.map(|now| (id.clone(), now)));
        was
    }

    fn show_tab(&mut self, id: &Id, tab: Option<crate::geometry::Rect>) {
        let Some(was) = self.layout.boxes.get(id).cloned() else { return };
        let now = PlacedBox { tab, ..was.clone() };
        self.layout.reindex(id, was.extent(), now.extent());
        self.layout.boxes.insert(id.clone(), now);
    }

    /// Where an end is now: on the same spot of its element, as shares of its sides.
    fn now_at(&self, end: &FlowEnd) -> Option<Point> {
        let Some(element) = &end.element else { return Some(end.at) };
        let now = self.layout.boxes.get(element)?.rect;
        let was = self.replaced.boxes.get(element).and_then(Option::as_ref).map_or(now, |b| b.rect);
        let share = |at: f32, from: f32, length: f32| if length > 0.0 { (at - from) / length } else { 0.5 };
        let (x, y) = (share(end.at.x, was.x, was.w), share(end.at.y, was.y, was.h));
        Some(pt(now.x + x * now.w, now.y + y * now.h))
    }
}

impl RoutedFlow {
    /// With the label of a course much like it, at its own middle.
    fn labelled_as(self, was: &RoutedFlow) -> RoutedFlow {
        let by = self.at(0.5).zip(was.at(0.5)).map(|(now, was)| now - was).unwrap_or_default();
        RoutedFlow { label: was.label.as_ref().map(|label: &FlowLabel| label.moved(by)), ..self }
    }
}
