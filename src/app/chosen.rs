//! What was selected when a step was made: undoing the step selects it again, so that the next key means the same things.

use super::App;
use crate::tool::Selection;
use std::collections::BTreeMap;

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
        if !self.document.undo() {
            return;
        }
        let Some(mut chosen) = self.chosen.0.get(&step).cloned() else { return };
        let had_any = !chosen.items.is_empty();
        chosen.retain(|item| self.document.model().placement(&self.diagram, item).is_some());
        if !had_any || !chosen.items.is_empty() {
            self.selection = chosen;
        }
    }
}
