//! Meetings about a model: who was there, what they went through, decided, scored, wrote down and put off.

use super::{Baseline, Disposition, Id, Moment, Role, ThreatKey, Visibility};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest part of an agenda, in minutes.
pub const MAX_MINUTES: u16 = 600;

record! {
    /// A meeting at which people worked through the model together.
    pub struct Session {
        pub name: String,
        /// When it began.
        pub began: Option<Moment>,
        /// When it was closed; `None` while it goes on.
        pub ended: Option<Moment>,
        /// Who was there, and as what.
        pub attendance: BTreeMap<Id, BTreeSet<Role>>,
        pub agenda: Vec<AgendaItem>,
        /// What was decided, in the order it was.
        pub decided: Vec<Resolution>,
        /// What was put off.
        pub parked: Vec<Parked>,
        pub notes: Vec<Remark>,
        /// Scores given blind: the rounds of a threat, the last one counts.
        pub ballots: BTreeMap<ThreatKey, Vec<BTreeMap<Id, Ballot>>>,
        /// Cards played onto elements.
        pub plays: Vec<CardPlay>,
        /// Seconds spent on elements, flows and boundaries.
        pub seconds: BTreeMap<Id, u32>,
        /// How the model was when it began, kept as in a baseline.
        pub start: Option<Box<Baseline>>,
        /// Who may read it; `None`: only those who make the model.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// A part of a meeting.
    pub struct AgendaItem {
        pub name: String,
        pub minutes: u16 = 10,
    }
}

record! {
    /// One line of the decision log.
    pub struct Resolution {
        pub at: Option<Moment>,
        /// The threat it is about, if any.
        pub threat: Option<ThreatKey>,
        pub disposition: Disposition = Disposition::Open,
        /// What was decided, in words.
        pub text: String,
        /// Who decided.
        pub by: Option<Id>,
        /// Who disagreed.
        pub dissent: BTreeSet<Id>,
    }
}

record! {
    /// Something put off, so that it does not hold up the meeting.
    pub struct Parked {
        pub text: String,
        pub at: Option<Moment>,
        /// The element, flow, boundary or asset it came up at.
        pub about: Option<Id>,
        pub by: Option<Id>,
        pub settled: bool,
    }
}

record! {
    /// Something written down.
    pub struct Remark {
        pub text: String,
        pub at: Option<Moment>,
        pub about: Option<Id>,
        pub threat: Option<ThreatKey>,
        pub by: Option<Id>,
    }
}

record! {
    /// The levels one person gives a threat, each 1 to 5.
    #[derive(Copy)]
    pub struct Ballot {
        pub likelihood: u8 = 3,
        pub impact: u8 = 3,
    }
}

record! {
    /// A card of the deck played onto an element or flow.
    pub struct CardPlay {
        /// The card, by its id in the deck.
        pub card: String,
        /// What it was played onto.
        pub at: Option<Id>,
        pub by: Option<Id>,
        /// The table agreed that it is a threat here.
        pub agreed: bool,
        /// The threat that was written for it.
        pub threat: Option<ThreatKey>,
    }
}

impl Session {
    /// True while it goes on.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// The round of a threat that counts.
    pub fn last_round(&self, threat: &ThreatKey) -> Option<&BTreeMap<Id, Ballot>> {
        self.ballots.get(threat).and_then(|rounds| rounds.last())
    }

    /// The first number that is not allowed.
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        let is_level = |level: u8| (1..=5).contains(&level);
        let mut ballots = self.ballots.values().flatten().flat_map(BTreeMap::values);
        let start = self.start.as_ref().and_then(|start| start.out_of_range());
        let ballot = ballots.any(|b| !is_level(b.likelihood) || !is_level(b.impact)).then_some("ballot");
        start.or(ballot).or(self.agenda.iter().any(|item| item.minutes > MAX_MINUTES).then_some("length of a part of its agenda"))
    }

    /// Moves every number into its range.
    pub(super) fn put_right(&mut self) {
        for ballot in self.ballots.values_mut().flatten().flat_map(BTreeMap::values_mut) {
            (ballot.likelihood, ballot.impact) = (ballot.likelihood.clamp(1, 5), ballot.impact.clamp(1, 5));
        }
        self.agenda.iter_mut().for_each(|item| item.minutes = item.minutes.min(MAX_MINUTES));
        self.start.iter_mut().for_each(|start| start.put_right());
    }
}
