//! Wholes and their parts, and the diagrams that detail them.

use super::{Id, MAX_NESTING, ThreatModel};
use std::collections::BTreeSet;

impl ThreatModel {
    /// The diagram that details an element; the first in tab order.
    pub fn detail_of(&self, element: &Id) -> Option<&Id> {
        let details = self.diagrams.iter().filter(|(_, d)| d.of.as_ref() == Some(element));
        details.min_by_key(|(id, d)| (d.order, *id)).map(|(id, _)| id)
    }

    /// What an element is directly made of.
    pub fn parts_of<'a>(&'a self, whole: &'a Id) -> impl Iterator<Item = &'a Id> + 'a {
        self.elements.iter().filter(move |(_, e)| e.parent.as_ref() == Some(whole)).map(|(id, _)| id)
    }

    /// An element and the wholes it is a part of, innermost first. Ends at a cycle.
    pub fn wholes<'a>(&'a self, element: &'a Id) -> Vec<&'a Id> {
        let mut out: Vec<&Id> = Vec::new();
        let mut next = Some(element);
        while let Some(id) = next.filter(|id| !out.contains(id) && out.len() <= MAX_NESTING) {
            out.push(id);
            next = self.elements.get(id).and_then(|e| e.parent.as_ref());
        }
        out
    }

    /// True for everything an element is made of, at any depth, and for the element itself.
    pub fn is_within(&self, element: &Id, whole: &Id) -> bool {
        self.wholes(element).contains(&whole)
    }

    /// What shows an element on a diagram: itself, or the innermost whole of it that is drawn there.
    pub fn stand_in<'a>(&'a self, diagram: &Id, element: &'a Id) -> Option<&'a Id> {
        self.wholes(element).into_iter().find(|id| self.placement(diagram, id).is_some())
    }

    /// The boundary that everything on a diagram is in as far as none is drawn there: that of the element it details.
    pub fn surroundings(&self, diagram: &Id) -> Option<&Id> {
        self.elements.get(self.diagrams.get(diagram)?.of.as_ref()?)?.boundary.as_ref()
    }

    /// The diagrams that lead down to this one, outermost first and itself last.
    pub fn trail(&self, diagram: &Id) -> Vec<Id> {
        let mut out = vec![diagram.clone()];
        while let Some(outer) = out.last().and_then(|id| self.around(id)).filter(|id| !out.contains(id)) {
            out.push(outer);
        }
        out.reverse();
        out
    }

    /// The diagram a detail diagram was entered from: one that shows what it details, or a whole of it.
    fn around(&self, diagram: &Id) -> Option<Id> {
        let of = self.diagrams.get(diagram)?.of.as_ref()?;
        let order = self.diagram_order();
        let shows = |id: &Id| order.iter().find(|d| *d != diagram && self.placement(d, id).is_some());
        self.wholes(of).into_iter().find_map(shows).cloned()
    }

    /// The diagrams that show an item, in tab order.
    pub fn shown_on(&self, item: &Id) -> Vec<Id> {
        self.diagram_order().into_iter().filter(|diagram| self.placement(diagram, item).is_some()).collect()
    }

    /// Everything elements are made of, at any depth, without the elements themselves.
    pub fn parts_within(&self, wholes: &BTreeSet<Id>) -> BTreeSet<Id> {
        let inside = |id: &Id| !wholes.contains(id) && self.wholes(id).iter().any(|whole| wholes.contains(*whole));
        self.elements.keys().filter(|id| inside(id)).cloned().collect()
    }
}
