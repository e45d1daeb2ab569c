//! A layout that follows a gesture: only what changed, and what depends on it, is laid out again.
//!
//! Each step begins from the layout before the gesture, so that what is shown depends on where things are and not on the
//! way they took. Everything the change does not touch stays where it was, labels too.

mod lent;
mod moved;
mod replaced;
mod rest;
mod touched;

use super::course::Courses;
use super::crossings::{Seam, agree, closed_seam, crossings, open_seam};
use super::fold::{Fold, fold};
use super::hit::cuts;
use super::nearby::Nearby;
use super::routing::{Scope, Terrain, pieces};
use super::space::Space;
use super::{BoundaryCurve, BoxKind, Care, DiagramLayout, PlacedBox, RoutedFlow, course, lay_out_with, placed_box, tabs};
use crate::geometry::{Rect, Vec2};
use crate::model::{Id, Key, Lines, Notation, Placement, ThreatModel};
use crate::progress::{Progress, Quiet};
use lent::Lent;
use replaced::Replaced;
use rest::{Rest, Step};
use std::collections::{BTreeMap, BTreeSet};
use touched::Touched;

/// How far beside an element's outline the end of a flow may be found.
const NEAR: f32 = 2.0;

/// The layout of a diagram, ready to follow changes of the model.
#[derive(Default)]
pub struct LiveLayout {
    layout: DiagramLayout,
    /// What it was made for beside records and places.
    notation: Option<Notation>,
    /// What was seen of the model then, while something is collapsed.
    fold: Option<Fold>,
    terrain: Terrain,
    space: Space,
    seams: Nearby<Seam>,
    /// Pieces of courses with the flow they belong to.
    courses: Nearby<Id>,
    /// What was replaced since the base, as it was there.
    replaced: Replaced,
    /// What the last change still calls for.
    rest: Option<Rest>,
    /// What is shown in place of what is not there yet.
    lent: Lent,
}

impl LiveLayout {
    /// The whole layout of a diagram.
    pub fn new(model: &ThreatModel, diagram: &Id) -> LiveLayout {
        LiveLayout::with(model, diagram, Care::Whole(&Quiet))
    }

    /// The same for a large diagram and one who waits elsewhere; `None` when they do so no more.
    pub fn awaited(model: &ThreatModel, diagram: &Id, progress: &dyn Progress) -> Option<LiveLayout> {
        let whole = LiveLayout::with(model, diagram, Care::Whole(progress));
        whole.layout.prepare();
        (!progress.cancelled()).then_some(whole)
    }

    /// Something to look at until the whole layout of a large diagram is there: everything where it stands, flows straight
    /// and without labels. It follows changes as any other.
    pub fn sketch(model: &ThreatModel, diagram: &Id) -> LiveLayout {
        LiveLayout::with(model, diagram, Care::Sketch)
    }

    fn with(model: &ThreatModel, diagram: &Id, care: Care<'_>) -> LiveLayout {
        let fold = fold(model, diagram);
        let (layout, terrain, space) = lay_out_with(model, diagram, fold.as_ref(), care);
        let closed = layout.boxes.iter().filter_map(|(id, b)| closed_seam(id, b));
        let open = layout.lines.iter().filter_map(|(id, l)| open_seam(id, l));
        let seams = closed.chain(open).map(|seam| (seam.around(), seam)).collect();
        let courses = layout.flows.iter().flat_map(|(id, f)| extents(f).map(move |r| (r, id.clone()))).collect();
        let notation = Some(model.info.notation);
        LiveLayout { layout, notation, fold, terrain, space, seams, courses, ..LiveLayout::default() }
    }

    pub fn layout(&self) -> &DiagramLayout {
        &self.layout
    }

    /// Takes the place of another one that differs here. Who draws it draws only that again.
    pub fn succeed(&mut self, before: &mut LiveLayout, differing: &[Id]) {
        self.layout.succeed(&mut before.layout, differing);
    }

    /// Whether anything on the diagram may look different when these records changed.
    pub fn is_touched<'a>(&self, model: &ThreatModel, changed: impl Iterator<Item = &'a Key>) -> bool {
        let Some(diagram) = &self.layout.diagram else { return true };
        Touched::new(changed, model, self, diagram).is_none_or(|touched| !touched.items.is_empty())
    }

    /// Follows the model, in which the records `changed` differ from those it was made for. Returns false when that calls
    /// for a whole new layout; it is as it was made then.
    pub fn follow<'a>(&mut self, model: &ThreatModel, changed: impl Iterator<Item = &'a Key>) -> bool {
        self.follow_for(model, changed, &Quiet)
    }

    /// The same until it is said to be enough. Flows and labels that are not reached by then are shown roughly where they
    /// will be, and placed by [`go_on`](LiveLayout::go_on); what comes out does not depend on when that is.
    pub fn follow_for<'a>(
        &mut self,
        model: &ThreatModel,
        changed: impl Iterator<Item = &'a Key>,
        patience: &dyn Progress,
    ) -> bool {
        self.restore();
        let Some(diagram) = self.layout.diagram.clone() else { return false };
        match (&self.fold, fold(model, &diagram)) {
            (None, None) => self.follow_seen(model, &diagram, changed, patience),
            (Some(was), Some(now)) if was.folded == now.folded => {
                let changed = now.changes_since(was, model, &diagram, changed);
                let follows = self.follow_seen(&now.seen, &diagram, changed.iter(), patience);
                if follows {
                    let before = self.set_bundles(now.bundles);
                    self.replaced.bundles = Some(before);
                }
                follows
            }
            _ => false,
        }
    }

    /// The same for a model as it is seen.
    fn follow_seen<'a>(
        &mut self,
        model: &ThreatModel,
        diagram: &Id,
        changed: impl Iterator<Item = &'a Key>,
        patience: &dyn Progress,
    ) -> bool {
        let Some(touched) = Touched::new(changed, model, self, diagram) else { return false };
        self.replaced.bounds = Some(self.layout.bounds);
        let mut dirty: BTreeSet<Id> = touched
            .items
            .iter()
            .filter(|id| model.flows.contains_key(*id) || self.layout.flows.contains_key(*id))
            .cloned()
            .collect();
        let (mut met, mut areas) = (BTreeSet::new(), Vec::new());
        let moves = self.place_boxes(model, diagram, &touched, &mut dirty, &mut met, &mut areas);
        self.place_lines(model, diagram, &touched, &mut met);
        self.nest(model, &touched);
        let (open, courses) = self.begin_courses(model, diagram, &touched, &dirty, &moves);
        self.rest = Some(Rest { touched, moves, dirty, met, areas, open, step: Step::Courses(Box::new(courses)) });
        self.carry_on(model, diagram, patience);
        true
    }

    /// Puts the boxes where they are now. Returns how far those went that only moved; notes the flows that hang on them or
    /// are in their way, those their seams met or meet, and where elements came to stand.
    fn place_boxes(
        &mut self,
        model: &ThreatModel,
        diagram: &Id,
        touched: &Touched,
        dirty: &mut BTreeSet<Id>,
        met: &mut BTreeSet<Id>,
        areas: &mut Vec<Rect>,
    ) -> BTreeMap<Id, Vec2> {
        let mut moves = BTreeMap::new();
        let folded = self.fold.as_ref().map(|fold| fold.folded.clone()).unwrap_or_default();
        for id in &touched.items {
            let was = self.layout.boxes.get(id);
            let rect = match model.placement(diagram, id) {
                Some(Placement::Box(rect)) => Some(*rect),
                _ => None,
            };
            if was.is_none() && rect.is_none() {
                continue;
            }
            let is_same =
                |b: &&PlacedBox| rect.is_some_and(|r| r.w == b.rect.w && r.h == b.rect.h) && !touched.records.contains(id);
            let now = match (was.filter(is_same), rect) {
                (Some(was), Some(rect)) => {
                    let by = rect.min() - was.rect.min();
                    moves.insert(id.clone(), by);
                    Some(PlacedBox { rect, ..was.moved(by) })
                }
                (_, Some(rect)) => {
                    placed_box(model, &folded, id, rect).map(|b| PlacedBox { depth: was.map_or(0, |w| w.depth), ..b })
                }
                (_, None) => None,
            };
            for b in was.into_iter().chain(&now) {
                match b.kind {
                    BoxKind::Boundary => met.extend(edges(b.rect).flat_map(|edge| self.courses.near(edge)).cloned()),
                    BoxKind::Element(_) | BoxKind::Folded | BoxKind::Note => {
                        let hangs = |f: &RoutedFlow| f.start.element.as_ref() == Some(id) || f.end.element.as_ref() == Some(id);
                        let blocked =
                            |f: &RoutedFlow| pieces(&f.points).any(|(a, c)| cuts(b.rect, &[a, c]) || b.rect.contains(a));
                        let in_touch = |f: &&Id| self.layout.flows.get(*f).is_some_and(|f| hangs(f) || blocked(f));
                        dirty.extend(self.courses.near(b.rect.expand(NEAR)).filter(in_touch).cloned());
                    }
                }
            }
            if was.is_none() {
                let hangs = |e: &Option<Id>| e.as_ref() == Some(id);
                dirty.extend(model.flows.iter().filter(|(_, f)| hangs(&f.from) || hangs(&f.to)).map(|(f, _)| f.clone()));
            }
            areas.extend(now.iter().filter(|b| b.kind != BoxKind::Boundary).map(|b| b.rect));
            self.set_box(id, now);
        }
        moves
    }

    fn place_lines(&mut self, model: &ThreatModel, diagram: &Id, touched: &Touched, met: &mut BTreeSet<Id>) {
        for id in &touched.items {
            let now = match model.placement(diagram, id) {
                Some(Placement::Line(line)) => Some(course::boundary_line(line)),
                _ => None,
            };
            let was = self.layout.lines.get(id);
            let around = |l: &BoundaryCurve| Rect::around(l.points.iter().copied()).map(|r| r.expand(1.0));
            met.extend(was.into_iter().chain(&now).filter_map(around).flat_map(|r| self.courses.near(r)).cloned());
            if was.is_some() || now.is_some() {
                self.set_line(id, now);
            }
        }
    }

    /// Sets the depth of what may be inside of something else now.
    fn nest(&mut self, model: &ThreatModel, touched: &Touched) {
        let asked: Vec<Id> = if touched.nesting {
            self.layout.boxes.keys().cloned().collect()
        } else {
            touched.records.iter().filter(|id| self.layout.boxes.contains_key(*id)).cloned().collect()
        };
        for id in asked {
            let depth = model.boundaries_around(&id).iter().filter(|b| self.layout.boxes.contains_key(*b)).count();
            if let Some(b) = self.layout.boxes.get(&id).filter(|b| b.depth != depth).cloned() {
                self.set_box(&id, Some(PlacedBox { depth, ..b }));
            }
        }
    }

    /// Takes along the flows whose both ends went the same way, and makes ready to route the others around what stands.
    /// Returns those; they need a label as well.
    fn begin_courses(
        &mut self,
        model: &ThreatModel,
        diagram: &Id,
        touched: &Touched,
        dirty: &BTreeSet<Id>,
        moves: &BTreeMap<Id, Vec2>,
    ) -> (BTreeSet<Id>, Courses) {
        let mut along = Vec::new();
        for id in dirty {
            let Some(was) = self.layout.flows.get(id).cloned() else { continue };
            let went = |end: &Option<Id>| end.as_ref().and_then(|e| moves.get(e)).copied();
            if let (Some(a), Some(b)) = (went(&was.start.element), went(&was.end.element))
                && a == b
                && !touched.items.contains(id)
            {
                along.push((id, was.moved(a)));
            }
            self.set_flow(id, None);
        }
        let mut open: BTreeSet<Id> = dirty.clone();
        for (id, mut flow) in along {
            if !self.terrain.blocks(&flow) {
                flow.crossings = self.met_by(&flow);
                self.set_flow(id, Some(flow));
                open.remove(id);
            }
        }
        let placed = open.iter().filter_map(|id| Some((id, model.placement(diagram, id)?)));
        let courses = Courses::begin(model, placed, &self.layout, &mut self.terrain, Scope::Some);
        (open, courses)
    }

    /// Marks where flows cross seams that changed.
    fn meet<'a>(&mut self, flows: impl Iterator<Item = &'a Id>) {
        for id in flows {
            let Some(flow) = self.layout.flows.get(id) else { continue };
            let crossings = self.met_by(flow);
            if crossings != flow.crossings {
                let flow = RoutedFlow { crossings, ..flow.clone() };
                self.set_flow(id, Some(flow));
            }
        }
    }

    /// Makes their markers at line boundaries say what is scored.
    fn agree<'a>(&mut self, model: &ThreatModel, diagram: &Id, flows: impl Iterator<Item = &'a Id>) {
        if self.layout.lines.is_empty() {
            return;
        }
        let lines = Lines::on(model, diagram);
        for id in flows {
            let Some(was) = self.layout.flows.get(id) else { continue };
            let Some(scored) = lines.separating(model, diagram, id) else { continue };
            let mut flow = was.clone();
            agree(&mut flow, &scored, &self.layout.lines);
            if flow != *was {
                self.set_flow(id, Some(flow));
            }
        }
    }

    fn met_by(&self, flow: &RoutedFlow) -> Vec<super::Crossing> {
        let extent = Rect::around(flow.points.iter().copied()).unwrap_or_default().expand(1.0);
        let mut seams: Vec<&Seam> = self.seams.near(extent).filter(|s| s.around().intersects(extent)).collect();
        seams.sort_by(|a, b| a.boundary().cmp(b.boundary()));
        crossings(flow, seams.into_iter())
    }

    fn place_tabs(&mut self, model: &ThreatModel, touched: &Touched, moves: &BTreeMap<Id, Vec2>, areas: &mut Vec<Rect>) {
        for id in touched.items.iter().filter(|id| !moves.contains_key(*id)) {
            if let Some(b) = self.layout.boxes.get(id).filter(|b| b.kind == BoxKind::Boundary).cloned() {
                let tab = tabs::frame_tab(model, id, b.rect, &self.space);
                areas.extend(tab);
                self.set_box(id, Some(PlacedBox { tab, ..b }));
            } else if let Some(line) = self.layout.lines.get(id).cloned() {
                let tab = tabs::line_tab(model, id, &line.points, &self.space);
                areas.extend(tab);
                self.set_line(id, Some(BoundaryCurve { tab, ..line }));
            }
        }
    }
}

fn extents(flow: &RoutedFlow) -> impl Iterator<Item = Rect> {
    pieces(&flow.points).map(|(a, b)| Rect::from_corners(a, b))
}

/// Thin rectangles along the sides of a box.
fn edges(r: Rect) -> impl Iterator<Item = Rect> {
    let [a, b, c, d] = r.corners();
    [(a, b), (b, c), (c, d), (d, a)].into_iter().map(|(p, q)| Rect::from_corners(p, q).expand(1.0))
}
