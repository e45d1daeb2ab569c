//! What was selected when a step was made: undoing the step selects it again, so that the next key means
//! the same things. What is undone is seen.

use super::App;
use crate::edit::Transaction;
use crate::model::Id;
use crate::tool::Selection;
use std::collections::{BTreeMap, BTreeSet};

/// Further back nobody expects it, and selections of everything are large.
const MOST: usize = 100;

/// Selections by the step they were followed by.
#[derive(Default)]
pub(super) struct Chosen(BTreeMap<u64, Selection>);

impl Chosen {
    pub fn keep(&mut self, step: u64, selection: &Selection) {
        self.0.insert(step, selection.clone());
        if self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    /// A step became one with another.
    pub fn renumber(&mut self, step: u64, into: u64) {
        if let Some(selection) = self.0.remove(&step) {
            self.0.insert(into, selection);
        }
    }
}

impl App {
    /// Takes the last step back, with what was selected before it as far as that is to be seen here.
    pub(super) fn undo(&mut self) {
        let step = self.document.newest();
        let touched = self.document.steps()[0].map(Transaction::touched);
        if !self.document.undo() {
            return;
        }
        self.follow(touched, "Undone");
        let Some(mut chosen) = self.chosen.0.get(&step).cloned() else { return };
        let had_any = !chosen.items.is_empty();
        chosen.retain(|item| self.document.model().placement(&self.diagram, item).is_some());
        if !had_any || !chosen.items.is_empty() {
            self.selection = chosen;
        }
    }

    /// Does the last undone step again.
    pub(super) fn redo(&mut self) {
        let touched = self.document.steps()[1].map(Transaction::touched);
        if self.document.redo() {
            self.follow(touched, "Done again");
        }
    }

    /// Nothing happens out of sight: where a step changed nothing on this diagram, one is shown on which it did.
    fn follow(&mut self, touched: Option<(BTreeSet<Id>, BTreeSet<Id>)>, what: &str) {
        let Some((diagrams, items)) = touched else { return };
        let model = self.document.model();
        let is_here = |item: &Id| model.placement(&self.diagram, item).is_some();
        if diagrams.contains(&self.diagram) || (diagrams.is_empty() && items.iter().any(is_here)) {
            return;
        }
        let elsewhere = || items.iter().find_map(|item| model.shown_on(item).into_iter().next());
        let there = diagrams.into_iter().find(|id| model.diagrams.contains_key(id)).or_else(elsewhere);
        let Some(there) = there else { return };
        let name = model.diagrams.get(&there).map(|diagram| diagram.name.clone()).unwrap_or_default();
        self.show_diagram(there);
        self.views.messages.say(format!("{what} on “{name}”."));
    }
}
