//! Text as a diagram: "user > web: login", boundaries in braces, many lines at once. One edit for all of it.

mod block;
mod board;
mod parse;
mod resolve;
mod words;

pub use parse::Fault;
use parse::{Statement, parse};

use super::operation::size;
use super::{GRID, Modifiers, Outcome, Selection, ToolCx};
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::{Boundary, Element, ElementKind, Id, Note};
use crate::scene::BoxKind;
use block::{PADDING, Plan, TAB};
use board::Board;
use resolve::Draft;
use std::collections::{BTreeMap, BTreeSet};

/// Most characters of a pasted note.
const NOTE: usize = 4000;

/// What a text becomes.
#[derive(Debug, Default)]
pub struct Captured {
    /// Everything as one step; `None` when the text adds nothing.
    pub edit: Option<Edit>,
    /// What is new, selected.
    pub selection: Selection,
    /// What was not understood, in words.
    pub faults: Vec<Fault>,
    /// Counts of what is added.
    pub elements: usize,
    pub flows: usize,
    pub boundaries: usize,
}

/// True when some line of a text that came from elsewhere is a flow: then it is meant as a diagram.
pub fn has_flow(text: &str) -> bool {
    parse(text).statements.iter().any(|s| matches!(s, Statement::Flow { .. }))
}

/// Text from elsewhere on the canvas: a diagram when it has flows, else a note.
pub fn paste_text(text: &str, at: Point, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    if has_flow(text) {
        let captured = capture(text, at, cx);
        let select = Outcome::Select(captured.selection);
        return captured.edit.map(Outcome::Commit).into_iter().chain([select]).collect();
    }
    let text: String = text.trim().chars().take(NOTE).collect();
    if text.is_empty() {
        return Vec::new();
    }
    let id = (cx.fresh)();
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 36).sum();
    let (w, least) = size::usual(BoxKind::Note);
    let h = (16.0 + 16.0 * lines as f32).clamp(least, 480.0);
    let corner = cx.snap(at, Modifiers::NONE);
    let rect = Rect { x: corner.x, y: corner.y, w: if lines > 2 { 1.5 * w } else { w }, h: (h / GRID).ceil() * GRID };
    let note = Note { text, ..Note::default() };
    let edit = Edit::AddNote { id: id.clone(), note, diagram: cx.diagram.clone(), rect };
    vec![Outcome::Commit(edit), Outcome::Select(Selection::one(id))]
}

/// Works out what a text adds to the diagram. New things that connect to nothing find a free place around `at`.
pub fn capture(text: &str, at: Point, cx: &mut ToolCx<'_>) -> Captured {
    let draft = resolve::resolve(parse(text), cx);
    if draft.is_empty() {
        return Captured { faults: draft.faults, ..Captured::default() };
    }
    let mut placing = Placing::new(&draft, cx);
    placing.wrap_known(&draft, cx);
    placing.place_blocks(&draft, at, cx);
    let edits = placing.edits(&draft, cx);
    let new = draft.elements.iter().map(|(id, _)| id).chain(draft.flows.iter().map(|(id, ..)| id));
    let items = new.chain(draft.boundaries.iter().map(|(id, _)| id)).cloned().collect();
    Captured {
        edit: Some(Edit::Batch { label: "write as text".into(), edits }),
        selection: Selection { items, threat: None },
        elements: draft.elements.len(),
        flows: draft.flows.len(),
        boundaries: draft.boundaries.len(),
        faults: draft.faults,
    }
}

struct Placing {
    board: Board,
    plan: Plan,
    /// The new boundary each new thing is directly in.
    new_home: BTreeMap<Id, Id>,
    /// New boundaries whose place follows from things that are there already.
    wrapped: BTreeSet<Id>,
}

impl Placing {
    fn new(draft: &Draft, cx: &ToolCx<'_>) -> Placing {
        let mut plan = Plan::default();
        let mut board = Board::new(cx);
        let mut new_home = BTreeMap::new();
        let usual = |kind: ElementKind| size::usual(BoxKind::Element(kind));
        let drawn = |id: &Id| cx.model.elements.get(id).map(|e| (id.clone(), usual(e.kind)));
        plan.elements = draft.elements.iter().map(|(id, e)| (id.clone(), usual(e.kind))).collect();
        plan.elements.extend(draft.shown.iter().filter_map(drawn));
        let homes = draft.elements.iter().filter_map(|(id, e)| Some((id, e.boundary.as_ref()?)));
        let homes = homes.chain(draft.boundaries.iter().filter_map(|(id, b)| Some((id, b.parent.as_ref()?))));
        for (id, home) in homes.chain(&draft.moved) {
            board.homes.insert(id.clone(), home.clone());
            if draft.boundaries.iter().any(|(new, _)| new == home) {
                plan.members.entry(home.clone()).or_default().push(id.clone());
                new_home.insert(id.clone(), home.clone());
            }
        }
        plan.flows =
            draft.flows.iter().filter_map(|(_, f, _)| Some((f.from.clone()?, f.to.clone()?, f.name.chars().count()))).collect();
        Placing { board, plan, new_home, wrapped: BTreeSet::new() }
    }

    /// New boundaries around things that are drawn already are drawn around them; where that would take in others, the
    /// things are moved instead.
    fn wrap_known(&mut self, draft: &Draft, cx: &ToolCx<'_>) {
        let is_known = |id: &&Id| cx.rect_of(id).is_some();
        let mut known: Vec<(Id, Vec<Id>)> = Vec::new();
        for (id, _) in &draft.boundaries {
            let content: Vec<Id> = self.plan.content(id).into_iter().filter(is_known).cloned().collect();
            if !content.is_empty() {
                known.push((id.clone(), content));
            }
        }
        // The innermost first, so that those around them have something to go around.
        known.sort_by_key(|(id, content)| (content.len(), self.plan.content(id).len()));
        for (id, content) in known {
            let drawn = self.plan.content(&id).into_iter().filter_map(|id| self.board.boxes.get(id)).copied();
            let Some(all) = drawn.reduce(Rect::union) else { continue };
            let around = all.expand(0.75 * PADDING);
            let around = Rect { y: around.y - TAB, h: around.h + TAB, ..around };
            let home = content.first().and_then(|first| cx.model.boundaries_around(first).into_iter().next());
            let together = content.iter().all(|id| cx.model.boundaries_around(id).into_iter().next() == home);
            if together && self.board.is_private(around, &content, home.as_ref(), cx) {
                self.board.put(id.clone(), around, true);
                if let Some(home) = home.filter(|home| !self.board.homes.contains_key(&id) && *home != id) {
                    self.board.grow(&home, around);
                    self.board.homes.insert(id.clone(), home);
                }
                self.wrapped.insert(id);
            } else {
                content.iter().for_each(|known| self.lift(known, cx));
            }
        }
    }

    /// Takes something that is drawn off the board, to find it a new place.
    fn lift(&mut self, id: &Id, cx: &ToolCx<'_>) {
        if let Some(rect) = self.board.boxes.get(id).copied() {
            self.plan.elements.insert(id.clone(), (rect.w, rect.h));
        }
        for inner in cx.model.with_content(&BTreeSet::from([id.clone()])) {
            self.board.boxes.remove(&inner);
        }
    }

    /// What stands on its own: new elements and boundaries that are in no other new boundary, or in one drawn already.
    fn units(&self, draft: &Draft) -> Vec<Id> {
        let new = draft.boundaries.iter().map(|(id, _)| id).chain(draft.elements.iter().map(|(id, _)| id)).chain(&draft.shown);
        let free =
            |id: &&Id| self.new_home.get(*id).is_none_or(|home| self.wrapped.contains(home)) && !self.wrapped.contains(*id);
        let mut units: Vec<Id> = new.filter(free).cloned().collect();
        // In the order in which they are mentioned in flows, so that a chain is built from its beginning.
        let first = |id: &Id| {
            let content = self.plan.content(id);
            self.plan.flows.iter().position(|(a, b, _)| content.contains(&a) || content.contains(&b)).unwrap_or(usize::MAX)
        };
        units.sort_by_key(first);
        units
    }

    fn place_blocks(&mut self, draft: &Draft, at: Point, cx: &ToolCx<'_>) {
        // Known things that get into a boundary drawn already are placed anew in it.
        for (id, home) in &draft.moved {
            if self.new_home.contains_key(id) {
                continue;
            }
            let Some(room) = self.board.boxes.get(home).copied() else { continue };
            self.lift(id, cx);
            let Some(size) = self.plan.elements.get(id).copied() else { continue };
            let place = self.board.place(size, room.center(), Some(home));
            let is_boundary = cx.model.boundaries.contains_key(id);
            self.board.put(id.clone(), place, is_boundary);
            self.board.grow(home, place);
        }
        let units = self.units(draft);
        let mut groups: Vec<(Option<Id>, Vec<Id>)> = Vec::new();
        for unit in units {
            let home = self.board.homes.get(&unit).filter(|home| self.board.boxes.contains_key(*home)).cloned();
            let content: BTreeSet<Id> = self.plan.content(&unit).into_iter().cloned().collect();
            let touches = |group: &Vec<Id>| {
                let others: BTreeSet<&Id> = group.iter().flat_map(|id| self.plan.content(id)).collect();
                let joins = |a: &Id, b: &Id| content.contains(a) && others.contains(b);
                self.plan.flows.iter().any(|(a, b, _)| joins(a, b) || joins(b, a))
            };
            let mut joined: (Option<Id>, Vec<Id>) = (home.clone(), Vec::new());
            groups.retain(|(other, group)| {
                let together = *other == home && touches(group);
                if together {
                    joined.1.extend(group.iter().cloned());
                }
                !together
            });
            joined.1.push(unit);
            groups.push(joined);
        }
        for (home, group) in groups {
            self.place_group(home, &group, draft, at);
        }
    }

    fn place_group(&mut self, home: Option<Id>, group: &[Id], draft: &Draft, at: Point) {
        let (places, size) = self.plan.lay_out(group);
        let content: BTreeSet<&Id> = group.iter().flat_map(|id| self.plan.content(id)).collect();
        let anchor = self.plan.flows.iter().find_map(|(a, b, _)| match (content.contains(a), content.contains(b)) {
            (false, true) => self.board.beside(a, (size.x, size.y), true),
            (true, false) => self.board.beside(b, (size.x, size.y), false),
            _ => None,
        });
        let middle = home.as_ref().and_then(|home| self.board.boxes.get(home)).map(|r| r.center());
        let spot = self.board.place((size.x, size.y), anchor.or(middle).unwrap_or(at), home.as_ref());
        let by = crate::geometry::vec2(spot.x, spot.y);
        for (id, rect) in places {
            let is_boundary = draft.boundaries.iter().any(|(new, _)| *new == id);
            self.board.put(id, rect.translate(by), is_boundary);
        }
        // Beside something inside a boundary it may have come to lie inside as well.
        let came_into = self.board.home_of(spot, group);
        match home {
            Some(home) => self.board.grow(&home, spot),
            None => group.iter().for_each(|id| {
                if let Some(home) = came_into.clone() {
                    self.board.homes.insert(id.clone(), home);
                }
            }),
        }
    }

    fn edits(&self, draft: &Draft, cx: &ToolCx<'_>) -> Vec<Edit> {
        let diagram = || cx.diagram.clone();
        let rect = |id: &Id| self.board.boxes.get(id).copied();
        let home = |id: &Id| self.board.homes.get(id).cloned();
        let mut edits = Vec::new();
        let mut boundaries: Vec<&(Id, Boundary)> = draft.boundaries.iter().collect();
        // Those around others first: an edit must find what it refers to.
        boundaries.sort_by_key(|(id, _)| std::iter::successors(home(id), |id| home(id)).take(64).count());
        for (id, boundary) in boundaries {
            let Some(rect) = rect(id) else { continue };
            let boundary = Boundary { parent: home(id), ..boundary.clone() };
            edits.push(Edit::AddBoundary { id: id.clone(), boundary, diagram: diagram(), rect, members: BTreeSet::new() });
        }
        for (id, element) in &draft.elements {
            let Some(rect) = rect(id) else { continue };
            let element = Element { boundary: home(id), ..element.clone() };
            edits.push(Edit::AddElement { id: id.clone(), element, diagram: diagram(), rect });
        }
        edits.extend(draft.shown.iter().filter_map(|id| {
            let key = crate::model::PlacementKey::new(diagram(), id.clone());
            Some(Edit::put(crate::model::Key::Placement(key), crate::model::Placement::Box(rect(id)?)))
        }));
        for (id, home) in &draft.moved {
            edits.push(Edit::Reparent { items: [id.clone()].into(), into: Some(home.clone()) });
            if let (Some(before), Some(after)) = (cx.rect_of(id), rect(id)) {
                edits.push(Edit::Move { diagram: diagram(), items: [id.clone()].into(), by: after.min() - before.min() });
            }
        }
        let grown = self.board.grown.iter().filter(|id| cx.rect_of(id).is_some());
        edits.extend(grown.filter_map(|id| Some(Edit::Resize { diagram: diagram(), item: id.clone(), rect: rect(id)? })));
        edits.extend(draft.flows.iter().map(|(id, flow, route)| Edit::Connect {
            id: id.clone(),
            flow: flow.clone(),
            diagram: diagram(),
            route: route.clone(),
        }));
        edits
    }
}
