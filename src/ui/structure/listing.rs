//! The rows of the tree, worked out once for each state of the model.

use crate::model::Id;
use crate::risk;
use crate::ui::ViewCx;
use std::collections::{BTreeMap, BTreeSet};

/// Things whose left edges differ by less, in world units, stand in one column.
const COLUMN: f32 = 48.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Boundary,
    Element,
    Flow,
}

/// A row to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub kind: Kind,
    pub id: Id,
    pub depth: usize,
    /// Whether rows below belong to it: those of a boundary, or the parts of an element.
    pub opens: bool,
}

/// The rows for a filter of words in lower case: elements and inner boundaries below their boundary, parts below their
/// whole, in reading order; flows only when they are looked for.
pub fn lines(cx: &ViewCx<'_>, words: &[String], collapsed: &BTreeSet<Id>) -> Vec<Line> {
    let mut listing = Listing {
        cx,
        words,
        collapsed,
        elements: BTreeMap::new(),
        parts: BTreeMap::new(),
        boundaries: BTreeMap::new(),
        lines: Vec::new(),
    };
    for (id, element) in &cx.model.elements {
        match element.parent.as_ref() {
            Some(whole) => listing.parts.entry(whole).or_default().push(id),
            None => listing.elements.entry(element.boundary.as_ref()).or_default().push(id),
        }
    }
    for (id, boundary) in &cx.model.boundaries {
        listing.boundaries.entry(boundary.parent.as_ref()).or_default().push(id);
    }
    listing.level(None, 0);
    if !words.is_empty() {
        cx.model.flows.keys().for_each(|id| listing.add_if_fits(Kind::Flow, id, 0));
    }
    listing.lines
}

struct Listing<'a> {
    cx: &'a ViewCx<'a>,
    words: &'a [String],
    collapsed: &'a BTreeSet<Id>,
    /// By what they are in.
    elements: BTreeMap<Option<&'a Id>, Vec<&'a Id>>,
    /// By what they are part of.
    parts: BTreeMap<&'a Id, Vec<&'a Id>>,
    boundaries: BTreeMap<Option<&'a Id>, Vec<&'a Id>>,
    lines: Vec<Line>,
}

impl<'a> Listing<'a> {
    /// Inner boundaries and members of a boundary; those of none at the top.
    fn level(&mut self, boundary: Option<&'a Id>, depth: usize) {
        // Boundaries cannot form circles; the limit is for models that are being repaired.
        if depth > 64 {
            return;
        }
        for id in in_reading_order(self.cx, self.elements.remove(&boundary).unwrap_or_default()) {
            self.element(id, depth);
        }
        for id in in_reading_order(self.cx, self.boundaries.remove(&boundary).unwrap_or_default()) {
            self.add_if_fits(Kind::Boundary, id, depth);
            if !self.collapsed.contains(id) || !self.words.is_empty() {
                self.level(Some(id), depth + 1);
            }
        }
    }

    /// An element and what it is made of.
    fn element(&mut self, id: &'a Id, depth: usize) {
        self.add_if_fits(Kind::Element, id, depth);
        let parts = self.parts.remove(id).unwrap_or_default();
        if self.collapsed.contains(id) && self.words.is_empty() {
            return;
        }
        for part in in_reading_order(self.cx, parts) {
            self.element(part, depth + 1);
        }
    }

    fn add_if_fits(&mut self, kind: Kind, id: &Id, depth: usize) {
        if self.words.is_empty() || self.fits(id) {
            let opens = kind == Kind::Boundary || self.parts.contains_key(id);
            self.lines.push(Line { kind, id: id.clone(), depth, opens });
        }
    }

    fn fits(&self, id: &Id) -> bool {
        let name = risk::name_of(self.cx.model, id).to_lowercase();
        self.words.iter().all(|word| name.contains(word.as_str()))
    }
}

/// As they stand on the diagram: columns from the left, each from the top; what is not drawn there last.
fn in_reading_order<'a>(cx: &ViewCx<'a>, ids: Vec<&'a Id>) -> Vec<&'a Id> {
    let mut ids: Vec<_> = ids.into_iter().map(|id| (cx.model.rect_of(cx.diagram, id), id)).collect();
    ids.sort_by_cached_key(|(rect, id)| {
        let place = rect.map(|r| ((r.x / COLUMN).round() as i64, r.y.round() as i64));
        (place.is_none(), place, *id)
    });
    ids.into_iter().map(|(_, id)| id).collect()
}
