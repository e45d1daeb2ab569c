//! A model in the making: what every reader needs at hand.

use super::controls::Controls;
use super::lenient::Ids;
use super::{Guess, Import, Loss, LossKind};
use crate::model::{Id, ThreatModel};

/// A model in the making, with what was lost so far.
pub(super) struct Draft {
    pub model: ThreatModel,
    pub losses: Vec<Loss>,
    /// What the file left to be guessed.
    pub guesses: Vec<Guess>,
    pub ids: Ids,
    pub controls: Controls,
    /// The tool the file comes from, as people call it: who rated, decided and numbered.
    pub tool: &'static str,
}

impl Draft {
    /// `content` seeds the ids made up here, so that reading a file twice gives the same model twice.
    pub(super) fn new(tool: &'static str, content: &str) -> Draft {
        let (model, losses, guesses, controls) = Default::default();
        Draft { model, losses, guesses, ids: Ids::for_content(content), controls, tool }
    }

    /// Notes something that did not come over as it was and has no record of its own.
    pub(super) fn lose(&mut self, kind: LossKind, what: impl Into<String>, why: impl Into<String>) {
        self.losses.push(Loss::new(kind, what, why));
    }

    /// Notes something about a record that did not come over as it was.
    pub(super) fn lose_at(&mut self, id: &Id, kind: LossKind, what: impl Into<String>, why: impl Into<String>) {
        self.losses.push(Loss::new(kind, what, why).at(id));
    }

    pub(super) fn finish(mut self) -> Import {
        self.controls.store(&mut self.model, &mut self.ids);
        Import { model: self.model, losses: self.losses, guesses: self.guesses, is_drawn: false }
    }
}
