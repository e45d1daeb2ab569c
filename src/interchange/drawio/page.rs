//! A page: its shapes become elements, boundaries and notes where they are.

use super::attack_tree::is_attack_tree;
use super::cell::{Cell, Cells};
use super::classify::{Company, Role, role};
use super::{PREFIX, Reader};
use crate::geometry::{Rect, pt, rect, vec2};
use crate::interchange::LossKind;
use crate::interchange::guess::{Guess, Sure, Taken};
use crate::interchange::kept::paragraphs;
use crate::interchange::lenient::shortened;
use crate::interchange::membership::nest;
use crate::model::{Boundary, BoundaryLine, Element, Extra, Id, LineStyle, Note, Placement, PlacementKey};
use roxmltree::Node;
use std::collections::BTreeMap;

/// Shapes up to which every one is held against every other to see what it surrounds.
const COMPARED: usize = 1500;
/// Sides and area of what is still a small label rather than a note.
const CHIP: (f32, f32, f32) = (90.0, 45.0, 3600.0);

/// A page in the making: what became of its shapes.
pub(super) struct Sheet<'c, 'a> {
    pub diagram: Id,
    pub cells: &'c Cells<'a>,
    pub elements: BTreeMap<usize, Id>,
    pub boundaries: BTreeMap<usize, Id>,
    /// Small labels, with the element they lie on.
    pub chips: BTreeMap<usize, Id>,
}

impl Reader {
    pub(super) fn page(&mut self, order: usize, foreign: &str, name: &str, graph: Node<'_, '_>) {
        let diagram = self.new_diagram(order, foreign, name);
        let cells = Cells::read(graph, vec2(0.0, 0.0));
        if is_attack_tree(name, &cells) {
            let (cells, elements, boundaries, chips) = (&cells, BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            return self.attack_tree(Sheet { diagram, cells, elements, boundaries, chips }, name);
        }
        self.cells(diagram, &cells);
    }

    pub(super) fn cells(&mut self, diagram: Id, cells: &Cells<'_>) {
        let (elements, boundaries, chips) = Default::default();
        let mut sheet = Sheet { diagram, cells, elements, boundaries, chips };
        let mut texts = Vec::new();
        let companies = companies(cells);
        for (n, cell) in cells.all.iter().enumerate().filter(|(_, c)| c.is_vertex && !is_part_of_table(cells, c)) {
            if cells.find(cell.parent).is_some_and(|parent| parent.is_edge) {
                continue;
            }
            let Some(company) = companies.get(&n) else { continue };
            match role(cell, company) {
                Role::Item(Taken::Note, ..) => texts.push(n),
                Role::Item(Taken::Boundary, sure, why) => {
                    let id = self.boundary(&mut sheet, n, cell, Placement::Box(cells.rect(n)));
                    self.guess(&id, cell, Taken::Boundary, sure, why);
                }
                Role::Item(Taken::Element(kind), sure, why) => {
                    let id = self.element(&mut sheet, n, cell, Element { kind, ..Element::default() });
                    self.guess(&id, cell, Taken::Element(kind), sure, why);
                }
                Role::Line => {
                    let line = Placement::Line(BoundaryLine { points: through(cells.rect(n)), style: LineStyle::Straight });
                    self.boundary(&mut sheet, n, cell, line);
                }
                Role::Group => {}
            }
        }
        for n in texts {
            self.text(&mut sheet, n);
        }
        self.edges(&mut sheet);
        self.membership(&sheet);
    }

    fn guess(&mut self, id: &Id, cell: &Cell<'_>, taken_for: Taken, sure: Sure, why: String) {
        self.draft.guesses.push(Guess::of_shape(id, &Self::what(cell, "shape"), taken_for, sure, why));
    }

    fn what(cell: &Cell<'_>, kind: &str) -> String {
        let name = cell.name();
        if name.is_empty() { format!("{kind} without a name") } else { format!("{kind} “{}”", shortened(&name)) }
    }

    /// What people added to a shape, and what is said of it.
    fn added(&mut self, id: &Id, what: &str, cell: &Cell<'_>) -> (String, Extra) {
        let mut extra = Extra::new();
        for (name, value) in cell.attributes.iter().filter(|(name, _)| !matches!(*name, "tooltip" | "type")) {
            let why = format!("the attribute “{}” has no counterpart: {}", shortened(name), shortened(value));
            self.draft.lose_at(id, LossKind::Kept, what, why);
            extra.insert(format!("{PREFIX}{name}"), (*value).to_owned());
        }
        (cell.attribute("tooltip").unwrap_or_default().to_owned(), extra)
    }

    pub(super) fn claimed(&mut self, sheet: &Sheet<'_, '_>, cell: &Cell<'_>, what: &str) -> Id {
        let id = self.draft.claim(cell.id, what);
        if cell.hidden {
            self.draft.lose_at(&id, LossKind::Changed, what, "it was hidden on the page and is shown now");
        }
        if let Some(diagram) = self.draft.model.diagrams.get_mut(&sheet.diagram)
            && cell.style.has("locked")
        {
            diagram.locked.insert(id.clone());
        }
        self.redrawn += 1;
        id
    }

    pub(super) fn place(&mut self, sheet: &Sheet<'_, '_>, id: &Id, placement: Placement) {
        self.draft.model.placements.insert(PlacementKey::new(sheet.diagram.clone(), id.clone()), placement);
    }

    fn element(&mut self, sheet: &mut Sheet<'_, '_>, n: usize, cell: &Cell<'_>, element: Element) -> Id {
        let what = Self::what(cell, &element.kind.label().to_lowercase());
        let id = self.claimed(sheet, cell, &what);
        let (description, extra) = self.added(&id, &what, cell);
        self.draft.model.elements.insert(id.clone(), Element { name: cell.name(), description, extra, ..element });
        self.place(sheet, &id, Placement::Box(sized(sheet.cells.rect(n))));
        sheet.elements.insert(n, id.clone());
        id
    }

    fn boundary(&mut self, sheet: &mut Sheet<'_, '_>, n: usize, cell: &Cell<'_>, placement: Placement) -> Id {
        let what = Self::what(cell, "trust boundary");
        let id = self.claimed(sheet, cell, &what);
        let (description, extra) = self.added(&id, &what, cell);
        let is_box = matches!(placement, Placement::Box(_));
        self.draft.model.boundaries.insert(id.clone(), Boundary { name: cell.name(), description, extra, ..Boundary::default() });
        self.place(sheet, &id, placement);
        if is_box {
            sheet.boundaries.insert(n, id.clone());
        }
        id
    }

    /// Text is a note; a small label on an element says something about that.
    pub(super) fn text(&mut self, sheet: &mut Sheet<'_, '_>, n: usize) {
        let cells = sheet.cells;
        let Some(cell) = cells.all.get(n) else { return };
        let text =
            paragraphs([cell.label.clone(), table_text(cells, n), cell.attribute("tooltip").unwrap_or_default().to_owned()]);
        if text.is_empty() {
            return;
        }
        let place = cells.rect(n);
        let is_chip = place.w <= CHIP.0 && place.h <= CHIP.1 && place.area() <= CHIP.2 && cell.label.chars().count() <= 12;
        let on = sheet.elements.iter().filter(|(e, _)| cells.rect(**e).intersects(place));
        let nearest = on.min_by(|a, b| {
            let far = |e: &usize| cells.rect(*e).center().distance(place.center());
            far(a.0).total_cmp(&far(b.0))
        });
        if let Some((_, id)) = nearest.filter(|_| is_chip).map(|(n, id)| (*n, id.clone())) {
            if let Some(element) = self.draft.model.elements.get_mut(&id) {
                let label = format!("Label on the drawing: {}", text.replace("\n\n", ", "));
                element.notes = [element.notes.trim(), &label].join("\n").trim().to_owned();
                let what = format!("element “{}”", shortened(&element.name));
                let why = format!("the small label “{}” on it is a part of its notes now", shortened(&text));
                self.draft.lose_at(&id, LossKind::Changed, what, why);
            }
            sheet.chips.insert(n, id);
            return;
        }
        let what = Self::what(cell, "text");
        let id = self.claimed(sheet, cell, &what);
        self.draft.model.notes.insert(id.clone(), Note { text, ..Note::default() });
        self.place(sheet, &id, Placement::Box(sized(place)));
    }

    /// What lies in a box belongs to it; what was grouped with a boundary does even where it lies outside.
    fn membership(&mut self, sheet: &Sheet<'_, '_>) {
        let boxed = |of: &BTreeMap<usize, Id>| -> Vec<(Id, Rect)> {
            of.iter().map(|(n, id)| (id.clone(), sheet.cells.rect(*n))).collect()
        };
        nest(&mut self.draft.model, &boxed(&sheet.elements), &boxed(&sheet.boundaries));
        let stated = |n: usize| {
            let cell = sheet.cells.all.get(n)?;
            sheet.cells.around(cell).find_map(|p| sheet.boundaries.get(&p).cloned())
        };
        for (n, id) in &sheet.elements {
            let Some(parent) = stated(*n) else { continue };
            let home = self.draft.model.elements.get(id).and_then(|e| e.boundary.clone());
            if !home.is_some_and(|home| self.is_within(&home, &parent))
                && let Some(element) = self.draft.model.elements.get_mut(id)
            {
                element.boundary = Some(parent);
            }
        }
        for (n, id) in &sheet.boundaries {
            let Some(parent) = stated(*n) else { continue };
            let home = self.draft.model.boundaries.get(id).and_then(|b| b.parent.clone());
            let fits = !home.is_some_and(|home| self.is_within(&home, &parent)) && !self.is_within(&parent, id);
            if let Some(boundary) = self.draft.model.boundaries.get_mut(id).filter(|_| fits) {
                boundary.parent = Some(parent);
            }
        }
    }

    /// True when a boundary is another one or lies in it.
    fn is_within(&self, inner: &Id, outer: &Id) -> bool {
        let mut next = Some(inner.clone());
        for _ in 0..=crate::model::MAX_NESTING {
            match next {
                Some(at) if at == *outer => return true,
                Some(at) => next = self.draft.model.boundaries.get(&at).and_then(|b| b.parent.clone()),
                None => return false,
            }
        }
        false
    }
}

/// How every shape stands among the others.
fn companies(cells: &Cells<'_>) -> BTreeMap<usize, Company> {
    let shapes: Vec<usize> = (0..cells.all.len()).filter(|n| cells.all.get(*n).is_some_and(|c| c.is_vertex)).collect();
    let mut out: BTreeMap<usize, Company> =
        shapes.iter().map(|n| (*n, Company { has_edges: false, has_children: false, surrounds: false })).collect();
    for cell in &cells.all {
        for end in [cell.source, cell.target].into_iter().flatten().filter(|_| cell.is_edge) {
            if let Some(company) = cells.index(end).and_then(|n| out.get_mut(&n)) {
                company.has_edges = true;
            }
        }
        if let Some(parent) = cells.index(cell.parent).and_then(|n| out.get_mut(&n)).filter(|_| cell.is_vertex && !is_text(cell))
        {
            parent.has_children = true;
        }
    }
    if shapes.len() <= COMPARED {
        let rects: Vec<(usize, Rect)> =
            shapes.iter().filter(|n| !cells.all.get(**n).is_some_and(is_text)).map(|n| (*n, cells.rect(*n))).collect();
        for (n, outer) in &rects {
            let holds = rects.iter().any(|(m, inner)| n != m && outer.contains_rect(*inner) && outer.area() > inner.area() * 1.5);
            if let Some(company) = out.get_mut(n) {
                company.surrounds = holds;
            }
        }
    }
    out
}

fn is_text(cell: &Cell<'_>) -> bool {
    matches!(cell.style.shape().as_str(), "text" | "edgelabel" | "label" | "tablerow" | "note")
}

/// True for rows and cells, whose text the table has.
fn is_part_of_table(cells: &Cells<'_>, cell: &Cell<'_>) -> bool {
    cells.around(cell).filter_map(|n| cells.all.get(n)).any(|c| c.is_table() || c.style.shape() == "tablerow")
}

/// The rows of a table, a line each.
fn table_text(cells: &Cells<'_>, table: usize) -> String {
    let Some(cell) = cells.all.get(table).filter(|c| c.is_table()) else { return String::new() };
    let of = |parent: &str| cells.all.iter().filter(move |c| !parent.is_empty() && c.parent == parent).collect::<Vec<_>>();
    let rows = of(cell.id).into_iter().map(|row| {
        let texts = of(row.id).into_iter().map(Cell::name).filter(|t| !t.is_empty());
        std::iter::once(row.name()).chain(texts).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" | ")
    });
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A box that can be seen and grasped.
fn sized(r: Rect) -> Rect {
    if r.w > 0.0 && r.h > 0.0 { r } else { rect(r.x, r.y, r.w.max(20.0), r.h.max(20.0)) }
}

/// A line along the longer side of a box, through its middle.
fn through(r: Rect) -> Vec<crate::geometry::Point> {
    let (c, r) = (r.center(), sized(r));
    if r.w >= r.h { vec![pt(r.x, c.y), pt(r.right(), c.y)] } else { vec![pt(c.x, r.y), pt(c.x, r.bottom())] }
}
