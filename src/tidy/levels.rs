//! What there is to arrange on a diagram: boxes, the boundaries they are in, and the flows between them.

use super::Scope;
use super::measure;
use super::numbered::Of;
use crate::geometry::Rect;
use crate::model::{Flow, Id, Placement, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// Size of a boundary with nothing in it.
const EMPTY: (f32, f32) = (220.0, 112.0);

/// A box to be placed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub id: Id,
    /// Its size, of a frame the least.
    pub size: (f32, f32),
    /// The frame it is in.
    pub home: Option<usize>,
    pub was: Rect,
    pub is_frame: bool,
    /// Pinned where it is.
    pub is_fixed: bool,
}

/// One end of a flow: a box and where in it, from its corner.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct End {
    pub item: usize,
    pub at: Option<(f32, f32)>,
}

/// A flow between two boxes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    pub from: End,
    pub to: End,
    /// Width and height of its label.
    pub label: (f32, f32),
}

/// Boxes arranged together: all of a frame or of the open diagram, or some of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub home: Option<usize>,
    pub members: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub items: Vec<Item>,
    pub lines: Vec<Line>,
    /// Inner levels before outer ones.
    pub levels: Vec<Level>,
    /// Those that nothing arranged carries.
    pub roots: Vec<Level>,
    /// The level each box is arranged in.
    pub level_of: Of<Option<usize>>,
}

impl Plan {
    pub fn of(model: &ThreatModel, diagram: &Id, scope: &Scope) -> Plan {
        let mut plan = Plan::default();
        let numbers = plan.collect(model, diagram);
        plan.connect(model, diagram, &numbers);
        plan.level(&numbers, scope);
        plan
    }

    pub fn item(&self, n: usize) -> Option<&Item> {
        self.items.get(n)
    }

    /// A box and the frames around it, from the inside out.
    pub fn around(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(item), |n| self.item(*n).and_then(|i| i.home))
    }

    /// How many boxes a level holds at any depth.
    pub fn held(&self, level: usize) -> usize {
        let Some(level) = self.levels.get(level) else { return 0 };
        let of = |n: &usize| self.levels.iter().position(|l| l.home == Some(*n)).map_or(0, |inner| self.held(inner));
        level.members.iter().map(|n| 1 + of(n)).sum()
    }

    fn collect(&mut self, model: &ThreatModel, diagram: &Id) -> BTreeMap<Id, usize> {
        let locked = model.diagrams.get(diagram).map(|d| d.locked.clone()).unwrap_or_default();
        // What stands as one box for all it holds.
        let solid = |b: &Id| locked.contains(b) || model.is_collapsed(diagram, b);
        let mut homes: Vec<Option<Id>> = Vec::new();
        for (id, placement) in model.placed(diagram) {
            let Placement::Box(was) = placement else { continue };
            let around = model.boundaries_around(id);
            if around.iter().any(|b| solid(b) && model.rect_of(diagram, b).is_some()) {
                continue;
            }
            let is_boundary = model.boundaries.contains_key(id);
            let is_frame = is_boundary && !solid(id);
            let was = if is_boundary { model.outer_rect(diagram, id).unwrap_or(*was) } else { *was };
            let size = if is_frame { (measure::title(model.name_of(id)), 0.0) } else { (was.w, was.h) };
            homes.push(if model.notes.contains_key(id) { note_home(model, diagram, was) } else { model.home_on(diagram, id) });
            self.items.push(Item { id: id.clone(), size, home: None, was, is_frame, is_fixed: locked.contains(id) });
        }
        let numbers: BTreeMap<Id, usize> = self.items.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
        let mut filled = BTreeSet::new();
        for (item, home) in self.items.iter_mut().zip(homes) {
            item.home = home.and_then(|id| numbers.get(&id).copied());
            filled.extend(item.home);
        }
        for (n, item) in self.items.iter_mut().enumerate() {
            if item.is_frame && !filled.contains(&n) {
                let fits = |most: f32, was: f32| if was > 0.0 && was < most * 1.5 { was } else { most };
                item.size = (fits(EMPTY.0, item.was.w).max(item.size.0), fits(EMPTY.1, item.was.h));
            }
        }
        numbers
    }

    fn connect(&mut self, model: &ThreatModel, diagram: &Id, numbers: &BTreeMap<Id, usize>) {
        let end = |element: &Option<Id>| {
            let element = element.as_ref()?;
            let shown = drawn(model, diagram, element);
            if let Some(item) = numbers.get(shown) {
                return Some(End { item: *item, at: None });
            }
            // Hidden in a collapsed boundary, or within a locked one.
            let item = model.boundaries_around(shown).iter().rev().find_map(|b| numbers.get(b).copied())?;
            let frame = self.items.get(item)?;
            let inner = model.rect_of(diagram, shown).filter(|r| frame.was.contains_rect(*r)).map(Rect::center);
            Some(End { item, at: inner.map(|c| (c.x - frame.was.x, c.y - frame.was.y)) })
        };
        let (mut lines, mut beside) = (Vec::new(), BTreeMap::<[usize; 2], usize>::new());
        for (id, placement) in model.placed(diagram) {
            let (Placement::Route(_), Some(flow)) = (placement, model.flows.get(id)) else { continue };
            if let Some((from, to)) = end(&flow.from).zip(end(&flow.to))
                && from.item != to.item
            {
                *beside.entry([from.item.min(to.item), from.item.max(to.item)]).or_insert(0) += 1;
                lines.push((flow, from, to));
            }
        }
        let room = |(flow, from, to): (&Flow, End, End)| {
            let others = beside.get(&[from.item.min(to.item), from.item.max(to.item)]).copied().unwrap_or_default();
            let label = if others > 2 { measure::label_in_row(flow) } else { measure::label(flow) };
            Line { from, to, label }
        };
        self.lines = lines.into_iter().map(room).collect();
    }

    fn level(&mut self, numbers: &BTreeMap<Id, usize>, scope: &Scope) {
        let mut members: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (n, item) in self.items.iter().enumerate() {
            members.entry(item.home).or_default().push(n);
        }
        let all = |home: Option<usize>| Level { home, members: members.get(&home).cloned().unwrap_or_default() };
        let mut open: Vec<Level> = match scope {
            Scope::All => vec![all(None)],
            Scope::Inside(id) => numbers.get(id).map(|n| all(Some(*n))).into_iter().collect(),
            Scope::Items(ids) => {
                let chosen: BTreeSet<usize> = ids.iter().filter_map(|id| numbers.get(id).copied()).collect();
                let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
                for n in chosen.iter().filter(|n| !self.around(**n).skip(1).any(|o| chosen.contains(&o))) {
                    groups.entry(self.item(*n).and_then(|i| i.home)).or_default().push(*n);
                }
                groups.into_iter().map(|(home, members)| Level { home, members }).collect()
            }
        };
        self.roots.clone_from(&open);
        let mut levels = Vec::new();
        while let Some(level) = open.pop() {
            let frames = level.members.iter().filter(|n| self.item(**n).is_some_and(|i| i.is_frame));
            open.extend(frames.map(|n| all(Some(*n))));
            levels.push(level);
        }
        levels.reverse();
        self.level_of = Of::new(self.items.len());
        for (n, level) in levels.iter().enumerate() {
            level.members.iter().for_each(|m| self.level_of.set(*m, Some(n)));
        }
        self.levels = levels;
    }
}

/// An element, or the whole that stands for it where it is not drawn itself.
pub(super) fn drawn<'a>(model: &'a ThreatModel, diagram: &Id, element: &'a Id) -> &'a Id {
    let is_there = model.placement(diagram, element).is_some();
    if is_there { element } else { model.stand_in(diagram, element).unwrap_or(element) }
}

/// The innermost frame a note lies in.
fn note_home(model: &ThreatModel, diagram: &Id, note: Rect) -> Option<Id> {
    let frames = model.boundaries.keys().filter_map(|b| model.rect_of(diagram, b).map(|r| (b, r)));
    let around = frames.filter(|(b, r)| r.contains(note.center()) && !model.is_collapsed(diagram, b));
    around.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(b, _)| b.clone())
}
