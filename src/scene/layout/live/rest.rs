//! What a change still calls for when the time of a frame is over: flows on their way to their courses, then to their labels.

use super::super::place::{self, Habit};
use super::{LiveLayout, Touched};
use crate::geometry::{Rect, Vec2};
use crate::model::{Id, ThreatModel};
use crate::progress::Progress;
use crate::scene::layout::course::Courses;
use crate::scene::layout::fold::fold;
use crate::scene::layout::{BoundaryCurve, RoutedFlow};
use std::collections::{BTreeMap, BTreeSet};

/// How far from its course the label of a flow may lie.
const LABEL_REACH: f32 = 200.0;

pub(super) struct Rest {
    pub touched: Touched,
    /// How far boxes went that only moved.
    pub moves: BTreeMap<Id, Vec2>,
    /// Flows that hang on what changed or were in its way, and those that met its seams.
    pub dirty: BTreeSet<Id>,
    pub met: BTreeSet<Id>,
    /// Where labels may be covered now.
    pub areas: Vec<Rect>,
    /// Flows that need a course and a label.
    pub open: BTreeSet<Id>,
    pub step: Step,
}

pub(super) enum Step {
    Courses(Box<Courses>),
    /// The next one last.
    Labels(Vec<Id>),
}

impl LiveLayout {
    /// Whether what is shown is still on its way to what it will be.
    pub fn is_behind(&self) -> bool {
        self.rest.is_some()
    }

    /// Goes on with what was left, until it is said to be enough; at least one step. The model is that of the last change.
    pub fn go_on(&mut self, model: &ThreatModel, patience: &dyn Progress) {
        let Some(diagram) = self.layout.diagram.clone().filter(|_| self.is_behind()) else { return };
        match fold(model, &diagram) {
            Some(fold) => self.carry_on(&fold.seen, &diagram, patience),
            None => self.carry_on(model, &diagram, patience),
        }
    }

    pub(super) fn carry_on(&mut self, model: &ThreatModel, diagram: &Id, patience: &dyn Progress) {
        let Some(mut rest) = self.rest.take() else { return };
        let mut waiting = match std::mem::replace(&mut rest.step, Step::Labels(Vec::new())) {
            Step::Labels(waiting) => waiting,
            Step::Courses(mut courses) => {
                if !courses.advance(&self.terrain, patience) {
                    rest.step = Step::Courses(courses);
                    self.lend_courses(model, diagram, &rest);
                    self.rest = Some(rest);
                    return;
                }
                self.take_courses(model, diagram, courses, &mut rest)
            }
        };
        while let Some(id) = waiting.pop() {
            self.place_label(model, diagram, &id);
            if patience.cancelled() && !waiting.is_empty() {
                self.lend_labels(&waiting);
                rest.step = Step::Labels(waiting);
                self.rest = Some(rest);
                return;
            }
        }
        let whole = self.extent_of(rest.touched.items.iter().chain(&rest.dirty));
        let before = self.replaced.bounds.unwrap_or(self.layout.bounds);
        self.layout.bounds = whole.map_or(before, |r| r.union(before));
    }

    /// All flows have their course: what follows from that. Returns the flows that need a label.
    fn take_courses(&mut self, model: &ThreatModel, diagram: &Id, courses: Box<Courses>, rest: &mut Rest) -> Vec<Id> {
        for (id, mut flow) in courses.end(&mut self.terrain) {
            // Told to the terrain once more with the flow.
            self.terrain.forget(&flow);
            flow.crossings = self.met_by(&flow);
            self.set_flow(&id, Some(flow));
        }
        self.take_back();
        self.meet(rest.met.difference(&rest.dirty));
        self.agree(model, diagram, rest.met.union(&rest.dirty));
        self.place_tabs(model, &rest.touched, &rest.moves, &mut rest.areas);
        self.unlabelled(std::mem::take(&mut rest.open), &rest.areas)
    }

    /// The flows that need a label, and those whose label lies where something else came to stand, without it.
    fn unlabelled(&mut self, mut flows: BTreeSet<Id>, areas: &[Rect]) -> Vec<Id> {
        for area in areas {
            let covered = |id: &&Id| {
                let label = self.layout.flows.get(*id).and_then(|f| f.label.as_ref());
                label.is_some_and(|label| label.mask.intersects(*area) || label.pill.intersects(*area))
            };
            flows.extend(self.courses.near(area.expand(LABEL_REACH)).filter(covered).cloned());
        }
        for id in &flows {
            if let Some(flow) = self.layout.flows.get(id).filter(|f| f.label.is_some()) {
                let bare = RoutedFlow { label: None, ..flow.clone() };
                self.set_flow(id, Some(bare));
            }
        }
        let open = flows.iter().filter_map(|id| self.layout.flows.get_key_value(id));
        let mut order = place::shortest_first(open);
        order.reverse();
        order
    }

    fn place_label(&mut self, model: &ThreatModel, diagram: &Id, id: &Id) {
        self.take_back_flow(id);
        let Some(flow) = self.layout.flows.get(id).cloned() else { return };
        // As it was before the gesture, so that the way does not matter.
        let habit = self.replaced.flows.get(id).and_then(Option::as_ref).and_then(Habit::of);
        let label = place::label_of(model, diagram, id, &flow, habit, &self.space);
        self.set_flow(id, Some(RoutedFlow { label, ..flow }));
    }

    /// Around where these are.
    fn extent_of<'a>(&self, items: impl Iterator<Item = &'a Id>) -> Option<Rect> {
        let around = |line: &BoundaryCurve| Rect::around(line.points.iter().copied());
        let shown = |id: &Id| {
            let boxes = self.layout.boxes.get(id).map(|b| b.tab.map_or(b.rect, |tab| tab.union(b.rect)));
            let line = || self.layout.lines.get(id).and_then(around);
            boxes.or_else(line).or_else(|| self.layout.flows.get(id).and_then(|f| Rect::around(f.points.iter().copied())))
        };
        items.filter_map(shown).filter(|r| r.is_finite()).reduce(Rect::union)
    }
}
