//! The audit log: what was decided, rated, done and put out of scope between two saves, when and by whom.
//!
//! Entries are only ever added, and no edit reaches them. Each is kept under the hash of its content, which names the entries
//! it follows: so none can be altered or taken out of the middle unnoticed, and merging two logs is putting them together.

use super::{Id, Moment, Role, ThreatKey, ThreatModel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// What changed between two saves, with a sign-off where there was one. It speaks in words and names of its time, since
    /// records go.
    pub struct LogEntry {
        pub at: Option<Moment>,
        /// Who saved or signed off; empty when nobody said.
        pub who: String,
        /// The entries it follows: none for the first, two where logs were merged.
        pub after: BTreeSet<Id>,
        pub changes: Vec<LogChange>,
        pub sign_off: Option<SignOff>,
        /// Hash of the records as they stood then, pictures left out.
        pub state: String,
    }
}

record! {
    /// One change, in words.
    pub struct LogChange {
        pub kind: LogKind = LogKind::Model,
        /// The threat decided or rated.
        pub threat: Option<ThreatKey>,
        /// The record changed, where it is not a decision.
        pub record: Option<Id>,
        /// Where it is: elements, flows and boundaries.
        pub places: BTreeSet<Id>,
        /// The threat, control or thing, and where, by the names of then.
        pub about: String,
        pub before: String,
        pub after: String,
        pub reason: String,
    }
}

closed_enum! {
    /// What a logged change is about.
    LogKind {
        Decision => "Decision",
        /// Accepted, or no longer.
        Acceptance => "Acceptance",
        /// Levels set by hand.
        Rating => "Rating",
        Control => "Control",
        /// Evidence that a control works.
        Test => "Test",
        /// What is looked at and what is left out.
        Scope => "Scope",
        /// Any other record.
        Model => "Model",
        /// The file was changed by something that keeps no log.
        Outside => "Outside",
    }
}

/// Somebody stands up for how things are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignOff {
    pub role: Role,
    pub of: SignedOff,
    /// What is said with it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
}

closed_enum! {
    /// What a sign-off is about.
    SignedOff {
        Model => "The whole model",
        /// Decisions, acceptances and ratings set by hand.
        Decisions => "The decisions",
    }
}

impl SignedOff {
    /// True when a change of this kind touches what was signed off.
    pub fn covers(self, kind: LogKind) -> bool {
        match self {
            SignedOff::Model => true,
            SignedOff::Decisions => {
                matches!(kind, LogKind::Decision | LogKind::Acceptance | LogKind::Rating | LogKind::Outside)
            }
        }
    }
}

impl LogChange {
    /// The elements, flows and boundaries it concerns.
    pub fn items(&self) -> impl Iterator<Item = &Id> {
        self.threat.iter().map(|key| &key.anchor).chain(&self.record).chain(&self.places)
    }
}

impl ThreatModel {
    /// The entries nothing follows yet: what the next one comes after.
    pub fn log_heads(&self) -> BTreeSet<Id> {
        let followed: BTreeSet<&Id> = self.log.values().flat_map(|entry| &entry.after).collect();
        self.log.keys().filter(|id| !followed.contains(id)).cloned().collect()
    }

    /// What was logged about a threat, newest first.
    pub fn logged_about(&self, threat: &ThreatKey) -> Vec<(&LogEntry, &LogChange)> {
        let about = |change: &&LogChange| change.threat.as_ref() == Some(threat);
        // Most threats were never decided; they cost one look at each change.
        if !self.log.values().flat_map(|entry| &entry.changes).any(|change| about(&change)) {
            return Vec::new();
        }
        let order = self.log_in_order().into_iter().rev();
        order.flat_map(|(_, entry)| entry.changes.iter().filter(about).map(move |change| (entry, change))).collect()
    }

    /// The log, oldest first: each entry after those it follows, otherwise by time.
    pub fn log_in_order(&self) -> Vec<(&Id, &LogEntry)> {
        let mut waits: BTreeMap<&Id, usize> = BTreeMap::new();
        let mut followers: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
        for (id, entry) in &self.log {
            let known: Vec<&Id> = entry.after.iter().filter(|before| self.log.contains_key(*before)).collect();
            waits.insert(id, known.len());
            known.into_iter().for_each(|before| followers.entry(before).or_default().push(id));
        }
        let timed = |id: &'_ Id| self.log.get(id).and_then(|entry| entry.at);
        let mut ready: BTreeSet<_> = waits.iter().filter(|(_, n)| **n == 0).map(|(id, _)| (timed(id), *id)).collect();
        let mut out = Vec::new();
        while let Some((_, id)) = ready.pop_first() {
            out.extend(self.log.get_key_value(id));
            waits.remove(id);
            for follower in followers.remove(id).unwrap_or_default() {
                if let Some(left) = waits.get_mut(follower) {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        ready.insert((timed(follower), follower));
                    }
                }
            }
        }
        // Only in a log that was tampered with do entries follow each other in a ring.
        out.extend(waits.into_keys().filter_map(|id| self.log.get_key_value(id)));
        out
    }
}
