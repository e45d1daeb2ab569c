//! How many threats a way of finding them would find, before it is chosen.

use super::candidates::Candidates;
use super::generate::{Asked, asked};
use super::raise::Raising;
use super::state::State;
use crate::library::Library;
use crate::model::{Info, ThreatModel};

/// How many threats every rule raises in a model, whether it is asked or not.
pub struct Counting<'l> {
    asked: Vec<Asked<'l>>,
    counts: Vec<usize>,
}

impl<'l> Counting<'l> {
    pub fn new(model: &ThreatModel, library: &'l Library) -> Counting<'l> {
        let (state, asked) = (State::new(model, library), asked(library));
        let mut candidates = Candidates::new(&asked, &vec![true; asked.len()]);
        let mut raising = Raising { state: &state, asked: &asked, candidates: &mut candidates };
        let mut counts = vec![0; asked.len()];
        for anchor in state.anchors() {
            for (number, raised) in raising.at(anchor, |_| true) {
                if let Some(count) = counts.get_mut(usize::from(number)) {
                    *count += usize::from(raised.applies);
                }
            }
        }
        Counting { asked, counts }
    }

    /// Threats sure to apply that rules find with these settings.
    pub fn threats(&self, info: &Info) -> usize {
        self.asked.iter().zip(&self.counts).filter(|(asked, _)| asked.is_on(info)).map(|(_, count)| count).sum()
    }
}
