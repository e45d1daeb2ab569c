//! Scores given blind: everybody enters likelihood and impact in turn, unseen by the others; then all are shown together.

use crate::model::{Ballot, Id, ThreatKey};
use std::collections::BTreeMap;

/// A round under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    pub threat: ThreatKey,
    voters: Vec<Id>,
    cast: BTreeMap<Id, Ballot>,
    /// Those who passed.
    passed: Vec<Id>,
    /// The first of the two levels, while the second is waited for.
    likelihood: Option<u8>,
    /// Which round it is, from 1.
    pub round: usize,
    is_revealed: bool,
}

impl Vote {
    pub fn new(threat: ThreatKey, voters: Vec<Id>, rounds_before: usize) -> Vote {
        let round = rounds_before + 1;
        Vote { threat, voters, cast: BTreeMap::new(), passed: Vec::new(), likelihood: None, round, is_revealed: false }
    }

    /// Whose turn it is; `None` when all have voted or passed.
    pub fn turn(&self) -> Option<&Id> {
        self.voters.iter().find(|id| !self.cast.contains_key(*id) && !self.passed.contains(id)).filter(|_| !self.is_revealed)
    }

    /// True when likelihood was given and impact is waited for.
    pub fn waits_for_impact(&self) -> bool {
        self.likelihood.is_some()
    }

    /// A level of whoever's turn it is: likelihood first, then impact. False when nobody's or out of range.
    pub fn enter(&mut self, level: u8) -> bool {
        let Some(voter) = self.turn().cloned().filter(|_| (1..=5).contains(&level)) else { return false };
        match self.likelihood.take() {
            None => self.likelihood = Some(level),
            Some(likelihood) => drop(self.cast.insert(voter, Ballot { likelihood, impact: level })),
        }
        true
    }

    /// Takes the last level back.
    pub fn back(&mut self) {
        if self.is_revealed || self.likelihood.take().is_some() {
            return;
        }
        let last = self.voters.iter().rev().find(|id| self.cast.contains_key(*id)).cloned();
        if let Some(ballot) = last.and_then(|id| self.cast.remove(&id)) {
            self.likelihood = Some(ballot.likelihood);
        }
    }

    /// Whoever's turn it is gives no score.
    pub fn pass(&mut self) {
        self.likelihood = None;
        if let Some(voter) = self.turn().cloned() {
            self.passed.push(voter);
        }
    }

    /// Shows all of them, once somebody has voted.
    pub fn reveal(&mut self) -> bool {
        self.is_revealed |= !self.cast.is_empty();
        self.is_revealed
    }

    pub fn is_revealed(&self) -> bool {
        self.is_revealed
    }

    /// Everybody again, after talking.
    pub fn again(&mut self) {
        if self.is_revealed {
            *self = Vote::new(self.threat.clone(), std::mem::take(&mut self.voters), self.round);
        }
    }

    pub fn voters(&self) -> &[Id] {
        &self.voters
    }

    pub fn has_voted(&self, id: &Id) -> bool {
        self.cast.contains_key(id)
    }

    /// The ballots, once they are shown to all.
    pub fn revealed(&self) -> Option<&BTreeMap<Id, Ballot>> {
        self.is_revealed.then_some(&self.cast)
    }
}

/// What a round comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub votes: usize,
    /// Medians; of an even number the higher of the two in the middle, since doubt is risk.
    pub likelihood: u8,
    pub impact: u8,
    /// Least and most.
    pub likelihoods: (u8, u8),
    pub impacts: (u8, u8),
}

/// So far apart the lowest and the highest are when it is worth talking.
const FAR_APART: u8 = 2;

impl Agreement {
    /// How far apart people are.
    pub fn spread(&self) -> u8 {
        let apart = |(least, most): (u8, u8)| most.saturating_sub(least);
        apart(self.likelihoods).max(apart(self.impacts))
    }

    /// True when two people are two levels or more apart.
    pub fn needs_talk(&self) -> bool {
        self.spread() >= FAR_APART
    }

    /// "Blind score of 4: likelihood 3 (2 to 4), impact 4 (4)", for the reason of the levels.
    pub fn words(&self) -> String {
        let range = |(least, most): (u8, u8)| if least == most { format!("{least}") } else { format!("{least} to {most}") };
        format!(
            "Blind score of {}: likelihood {} ({}), impact {} ({})",
            self.votes,
            self.likelihood,
            range(self.likelihoods),
            self.impact,
            range(self.impacts)
        )
    }
}

/// What ballots come to; `None` without any.
pub fn agreement(ballots: &BTreeMap<Id, Ballot>) -> Option<Agreement> {
    let sorted = |level: fn(&Ballot) -> u8| {
        let mut all: Vec<u8> = ballots.values().map(level).collect();
        all.sort_unstable();
        all
    };
    let (likelihoods, impacts) = (sorted(|b| b.likelihood), sorted(|b| b.impact));
    let range = |all: &[u8]| Some((*all.first()?, *all.last()?));
    let median = |all: &[u8]| all.get(all.len() / 2).copied();
    Some(Agreement {
        votes: ballots.len(),
        likelihood: median(&likelihoods)?,
        impact: median(&impacts)?,
        likelihoods: range(&likelihoods)?,
        impacts: range(&impacts)?,
    })
}
