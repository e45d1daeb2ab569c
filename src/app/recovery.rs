//! Work that is not saved is not lost: the journal of the open model is kept, and what was left behind is offered again.

use super::jobs::Done;
use super::{App, Services};
use crate::edit::{Document, Event};
use crate::journal::{Fault, Found, Keeper, Shelf};
use std::path::Path;

/// The journal of this window, and what other ones left behind.
#[derive(Default)]
pub(super) struct Recovery {
    shelf: Option<Shelf>,
    keeper: Option<Keeper>,
    /// The model shown has a journal.
    has_begun: bool,
    /// The revision at which what is being typed was last told; `None` when nothing is.
    typed: Option<u64>,
    is_searched: bool,
    /// Journals nobody has decided about.
    pub(super) left: Vec<Found>,
}

impl Recovery {
    pub(super) fn new(services: &Services) -> Recovery {
        let shelf = services.state.as_ref().map(|folder| Shelf::new(folder.join("journals")));
        let keeper = shelf.clone().and_then(|shelf| Keeper::new(shelf, services.seed));
        Recovery { shelf, keeper, ..Recovery::default() }
    }

    pub(super) fn shelf(&self) -> Option<Shelf> {
        self.shelf.clone()
    }
}

impl App {
    /// Looks, once, for what an earlier window left behind.
    pub(super) fn search_left_behind(&mut self) {
        if std::mem::replace(&mut self.recovery.is_searched, true) {
            return;
        }
        if let Some(shelf) = self.recovery.shelf() {
            self.jobs.start(move |_| Done::LeftBehind(shelf.left_behind()));
        }
    }

    /// Journals that cannot be read are set aside and told; about the others people are asked.
    pub(super) fn note_left_behind(&mut self, found: Vec<Found>) {
        for found in found {
            if let Err(why) = found.content {
                // A newer program will know what to do with it.
                if why != Fault::Newer {
                    let aside = found.set_aside();
                    self.views
                        .messages
                        .warn(format!("A recovery journal cannot be read: {why}. It was put aside as {}", aside.display()));
                }
                continue;
            }
            self.recovery.left.push(found);
        }
        self.ask_about_left_behind();
    }

    /// Shows what was left behind, as it was.
    pub(super) fn recover(&mut self, at: usize) {
        if at >= self.recovery.left.len() {
            return;
        }
        let found = self.recovery.left.remove(at);
        self.dialogs.left_behind = false;
        let Ok(content) = found.content.clone() else { return };
        let file = content.file.clone();
        let sum = content.sum.clone();
        if let Some(fault) = content.fault {
            let copy = found.copy_aside();
            self.views.messages.warn(format!(
                "The journal was damaged ({fault}): what came after is lost. A copy of it is in {}",
                copy.display()
            ));
        }
        self.show_document(content.into_document(), file, sum, true);
        if let Some(keeper) = &self.recovery.keeper {
            keeper.adopt(found);
        }
        self.begin_journal();
    }

    pub(super) fn discard_left_behind(&mut self, at: usize) {
        if at < self.recovery.left.len() {
            self.recovery.left.remove(at).discard();
        }
        self.ask_about_left_behind();
    }

    /// Tells the journal what happened since the last frame.
    pub(super) fn keep_journal(&mut self) {
        let mut events = self.document.take_events();
        let typing = self.typing.is_some() && self.document.is_previewing();
        if typing && self.recovery.typed != Some(self.document.revision()) {
            events.push(Event::Typing(self.document.preview_as_step("what was typed")));
            self.recovery.typed = Some(self.document.revision());
        } else if !typing && self.recovery.typed.take().is_some() && events.is_empty() {
            events.push(Event::Typing(None));
        }
        // Nothing is to be kept of a model as it was opened or saved.
        let matters = self.recovery.has_begun || events.iter().any(|event| *event != Event::Saved);
        if !self.is_open || events.is_empty() || !matters {
            return;
        }
        let Some(keeper) = &self.recovery.keeper else { return };
        if !self.recovery.has_begun || keeper.has_grown() {
            let typing = events.pop().filter(|event| matches!(event, Event::Typing(_)));
            self.begin_journal();
            events = typing.into_iter().collect();
        }
        if let Some(keeper) = &self.recovery.keeper {
            keeper.tell(events);
            if let Some(problem) = keeper.problem() {
                self.views.messages.warn(problem);
            }
        }
    }

    /// Begins the journal of what is shown, or begins it afresh.
    pub(super) fn begin_journal(&mut self) {
        let Some(keeper) = &self.recovery.keeper else { return };
        let (model, history) = (self.document.committed(), self.document.history());
        keeper.begin(self.name(), self.file.clone(), self.sum.clone(), model, history);
        self.recovery.has_begun = true;
    }

    /// The model was written to this file.
    pub(super) fn journal_stored(&mut self, file: &Path) {
        if let Some(keeper) = self.recovery.keeper.as_ref().filter(|_| self.recovery.has_begun) {
            keeper.tell(self.document.take_events());
            keeper.stored(file.to_owned(), self.sum.clone());
        }
    }

    /// The model is closed, and everybody who wanted was asked about what is not saved.
    pub(super) fn close_journal(&mut self) {
        let begun = std::mem::take(&mut self.recovery.has_begun);
        self.recovery.typed = None;
        if let Some(keeper) = self.recovery.keeper.as_ref().filter(|_| begun) {
            let is_kept = self.is_open && !self.document.is_dirty();
            let file = self.file.clone().filter(|_| is_kept);
            keeper.end(file.map(|file| (file, self.sum.clone(), self.document.history())));
            // The same file may be opened again at once, and then its history must be there.
            keeper.flush();
        }
    }

    /// A document whose steps are kept.
    pub(super) fn kept(&self, mut document: Document) -> Document {
        if self.recovery.keeper.is_some() {
            document.keep_events();
        }
        document
    }
}
