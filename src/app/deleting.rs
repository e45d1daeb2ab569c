//! Deleting more than is in sight, and what else is done by a key that may have been meant for something else: done at once,
//! told, and taken back at a press. Nothing is lost that undo would not bring back.

use super::App;
use crate::edit::Edit;
use crate::model::Key;
use crate::risk;
use crate::tool;
use crate::ui::{Action, Command, TAKEN_ON};
use std::collections::BTreeSet;

impl App {
    /// Deletes the diagram with what is drawn on no other one.
    pub(super) fn delete_diagram(&mut self) {
        let model = self.document.model();
        let Some(diagram) = model.diagrams.get(&self.diagram) else { return };
        let name = diagram.name.clone();
        let here = tool::only_on(model, &BTreeSet::from([self.diagram.clone()]));
        let mut keys: BTreeSet<Key> = here.iter().filter_map(|id| model.item_key(id)).collect();
        let counted = counted(&keys);
        keys.insert(Key::Diagram(self.diagram.clone()));
        if self.is_committed(&Edit::Remove { keys }) {
            let with = if counted.is_empty() { String::new() } else { format!(" with {counted}") };
            self.offer_undo(format!("Deleted “{name}”{with}."));
        }
    }

    /// Carries out an edit. What is inside a deleted element goes with it, as in every tool that draws one thing in another;
    /// whoever wanted to keep it says so afterwards.
    pub(super) fn commit_whole(&mut self, edit: Edit) {
        let inside = tool::inside_of_deleted(self.document.model(), &edit);
        if inside.is_empty() {
            if self.is_committed(&edit) {
                self.tell(&edit);
            }
            return;
        }
        let told = format!("Deleted with what was inside: {}.", counted(&inside));
        let label = format!("{} and what is inside", edit.label());
        let edits = vec![edit.clone(), Edit::Remove { keys: inside }];
        if self.is_committed(&Edit::Batch { label, edits }) {
            let offers = vec![("Undo", Action::Run(Command::Undo)), ("Keep what was inside", Action::KeepInside(edit))];
            self.views.messages.offer(told, offers, self.document.revision());
        }
    }

    /// What was inside of what was just deleted is kept after all: it moves up a level.
    pub(super) fn keep_inside(&mut self, edit: &Edit) {
        self.undo();
        self.commit(edit);
    }

    /// Says what became of what was deleted on one of several diagrams, what became another kind or came into a flow, and
    /// what was taken on.
    fn tell(&mut self, edit: &Edit) {
        let label = edit.label();
        if label == tool::HIDDEN {
            let all = Command::DeleteEverywhere;
            let keys = Command::any_of(&[all], self.jobs.context());
            let what = all.label().to_lowercase();
            self.views.messages.say(format!("Taken off this diagram, still in the model. {keys}: {what}."));
        } else if label == tool::PUT_INTO_FLOW {
            let what = self.selected_name("The element");
            self.offer_undo(format!("{what} was put into the data flow it was dropped on."));
        } else if let Some(kind) = label.strip_prefix(tool::CHANGED_TO) {
            let what = self.selected_name("What is selected");
            self.offer_undo(format!("{what} is now: {kind}."));
        } else if let Some(threat) = label.strip_prefix(TAKEN_ON) {
            self.offer_undo(format!("Taken on, to be mitigated: {threat}."));
        }
    }

    /// What is selected alone by its name.
    fn selected_name(&self, otherwise: &str) -> String {
        let named = |id| format!("“{}”", risk::name_of(self.document.model(), id));
        self.selection.single().map_or_else(|| otherwise.to_owned(), named)
    }

    fn offer_undo(&mut self, told: String) {
        let undo = vec![("Undo", Action::Run(Command::Undo))];
        self.views.messages.offer(told, undo, self.document.revision());
    }
}

/// "2 elements, 1 data flow".
fn counted(keys: &BTreeSet<Key>) -> String {
    let kinds = [
        ("element", "elements"),
        ("trust boundary", "trust boundaries"),
        ("data flow", "data flows"),
        ("note", "notes"),
        ("diagram", "diagrams"),
    ];
    let count = |kind: &str| keys.iter().filter(|key| key.kind_label() == kind).count();
    let counted: Vec<String> = kinds
        .iter()
        .map(|(one, many)| (count(one), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    counted.join(", ")
}
