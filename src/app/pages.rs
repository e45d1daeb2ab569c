//! Commands about diagrams: details, order, copies, and what is shown where.

use super::App;
use crate::edit::Edit;
use crate::model::{Diagram, Id, Key};
use crate::tool::{self, Selection};
use crate::ui::Command;
use std::collections::BTreeSet;

impl App {
    /// Opens the diagram that details an element, making it when there is none.
    pub(super) fn open_detail(&mut self, element: &Id) {
        let fresh = self.outbox.fresh_id();
        let found = tool::detail(self.document.model(), element, &self.diagram, || fresh);
        let Some((diagram, edit)) = found else { return };
        if let Some(edit) = edit {
            self.commit(&edit);
        }
        self.show_diagram(diagram);
    }

    /// Selects what is around: the boundary, then the element this diagram details, on the diagram that shows it.
    pub(super) fn go_out(&mut self) {
        let model = self.document.model();
        let drawn = |id: &Id| model.placement(&self.diagram, id).is_some();
        let around = self.selection.single().and_then(|id| model.boundaries_around(id).into_iter().find(drawn));
        if let Some(boundary) = around {
            return self.select_shown(boundary);
        }
        let trail = model.trail(&self.diagram);
        let outer = trail.iter().rev().nth(1).cloned();
        let of = model.diagrams.get(&self.diagram).and_then(|d| d.of.clone());
        if let (Some(outer), Some(of)) = (outer, of) {
            let shown = model.stand_in(&outer, &of).cloned();
            self.show_diagram(outer);
            shown.into_iter().for_each(|id| self.select_shown(id));
        }
    }

    /// Selects the first thing inside a boundary, or opens the detail diagram of an element.
    pub(super) fn go_in(&mut self) {
        let Some(id) = self.selection.single().cloned() else { return };
        let model = self.document.model();
        if model.boundaries.contains_key(&id) {
            let inside = |item: &Id| model.boundaries_around(item).first() == Some(&id);
            let elements = tool::reading_order(self.laid_out.layout()).into_iter().find(inside);
            let inner = || self.laid_out.layout().boxes.keys().find(|b| model.boundaries.contains_key(*b) && inside(b)).cloned();
            elements.or_else(inner).into_iter().for_each(|id| self.select_shown(id));
        } else if let Some(detail) = model.detail_of(&id).cloned() {
            self.show_diagram(detail);
        }
    }

    fn select_shown(&mut self, id: Id) {
        self.selection = Selection::one(id.clone());
        self.views.canvas.reveal(id);
    }

    pub(super) fn hide_selected(&mut self) {
        if let Some(edit) = tool::hide_here(self.document.model(), &self.diagram, &self.selection.items) {
            self.commit(&edit);
            self.selection = Selection::default();
        }
    }

    /// Shows an element where it was let go of, if that is on the canvas.
    pub(super) fn drop_here(&mut self, id: &Id, at: egui::Pos2) {
        let Some(at) = self.views.canvas.world_at(&self.diagram, at) else { return };
        let Some(edit) = tool::show_at(self.document.model(), &self.diagram, id, at) else { return };
        self.commit(&edit);
        self.selection = Selection::one(id.clone());
    }

    /// On a detail diagram the neighbours of what it details; elsewhere those of the selected element.
    pub(super) fn show_connected(&mut self) {
        let model = self.document.model();
        let around = tool::show_connected(model, &self.diagram);
        let stands_around = around.is_some();
        let edit = around.or_else(|| {
            let id = self.selection.single()?;
            let ends = model.flows.values().filter(|f| f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id));
            let others: BTreeSet<&Id> = ends.flat_map(|f| [&f.from, &f.to]).flatten().filter(|other| *other != id).collect();
            tool::show_all(model, &self.diagram, others)
        });
        match edit {
            Some(edit) => {
                self.commit(&edit);
                if stands_around {
                    // At the rims of the parts: most of it out of sight.
                    self.views.canvas.zoom(Command::ZoomFit);
                }
            }
            None => self.views.messages.say("Everything it is connected to is on this diagram.".into()),
        }
    }

    pub(super) fn add_diagram(&mut self) {
        let id = self.outbox.fresh_id();
        let diagrams = &self.document.model().diagrams;
        let order = diagrams.values().map(|d| d.order).max().map_or(0, |n| n.saturating_add(1));
        let name = format!("Diagram {}", diagrams.len() + 1);
        self.commit(&Edit::put(Key::Diagram(id.clone()), Diagram { name, order, ..Diagram::default() }));
        self.show_diagram(id);
    }

    pub(super) fn duplicate_diagram(&mut self) {
        let copy = self.outbox.fresh_id();
        if let Some(edit) = tool::duplicate(self.document.model(), &self.diagram, &copy) {
            self.commit(&edit);
            self.show_diagram(copy);
        }
    }

    pub(super) fn move_diagram(&mut self, by: isize) {
        let order = self.document.model().diagram_order();
        let Some(at) = order.iter().position(|id| *id == self.diagram) else { return };
        let edit = tool::reorder(self.document.model(), &self.diagram, at.saturating_add_signed(by));
        edit.into_iter().for_each(|edit| self.commit(&edit));
    }

    pub(super) fn step_diagram(&mut self, by: isize) {
        let order: Vec<Id> = self.document.model().diagram_order();
        let here = order.iter().position(|id| id == &self.diagram).unwrap_or_default();
        let next = (here as isize + by).rem_euclid(order.len().max(1) as isize) as usize;
        if let Some(id) = order.get(next) {
            self.show_diagram(id.clone());
        }
    }
}
