//! What people decide about threats, and how long that holds.

use super::{Date, Disposition, Id, Visibility};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

record! {
    /// What was decided about one threat, by its stable key.
    pub struct Decision {
        pub disposition: Disposition = Disposition::Open,
        pub justification: String,
        pub by: Option<Id>,
        pub on: Option<Date>,
        pub approver: Option<Id>,
        /// The last day an acceptance holds; open again after it.
        pub expires: Option<Date>,
        pub owner: Option<Id>,
        pub due: Option<Date>,
        /// Who bears a transferred risk: an insurer, a supplier, a customer.
        pub transferred_to: String,
        pub ticket: String,
        /// Likelihood level 1 to 5 and impact level 1 to 5 set by hand, with the reason.
        pub level_override: Option<LevelOverride>,
        /// The inputs the decision relied on, in words, so that a stale one can name what changed.
        pub basis: BTreeMap<String, String>,
        /// Display number (T-12), given at the first decision or delivery.
        pub number: Option<u32>,
        /// Made about what this is a copy of: it holds until somebody decides here, and asks for a look.
        pub inherited: bool,
        /// Who may read it; `None`: as its kind.
        pub visibility: Option<Visibility>,
    }
}

/// A rating set by hand over the computed one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelOverride {
    pub likelihood: u8,
    pub impact: u8,
    pub reason: String,
}

/// Days an acceptance is extended by unless somebody says otherwise.
const HALF_A_YEAR: i64 = 180;

impl Decision {
    /// What holds of it on a day: an acceptance ends, and the threat is open again.
    pub fn standing(&self, today: Date) -> Disposition {
        self.lapsed(today).map_or(self.disposition, |_| Disposition::Open)
    }

    /// The last day of an acceptance that has ended by then.
    pub fn lapsed(&self, today: Date) -> Option<Date> {
        self.expires.filter(|end| self.disposition == Disposition::Accept && *end < today)
    }

    /// The decision that choosing a disposition makes of it: the same again takes it back, an acceptance that has ended
    /// is extended by half a year.
    pub fn choose(&self, disposition: Disposition, today: Date) -> Decision {
        if self.lapsed(today).is_some() && disposition == Disposition::Accept {
            return self.extended(today, HALF_A_YEAR);
        }
        let disposition = if self.standing(today) == disposition { Disposition::Open } else { disposition };
        // An end that has passed is none for a new acceptance.
        let expires = self.expires.filter(|end| disposition != Disposition::Accept || *end >= today);
        Decision { disposition, expires, ..self.clone() }
    }

    /// Accepted for so many days from today.
    pub fn extended(&self, today: Date, days: i64) -> Decision {
        Decision { disposition: Disposition::Accept, expires: today.after_days(days), ..self.clone() }
    }

    /// True when it lets a risk be, hands it on or denies it: somebody will ask why.
    pub fn owes_reason(&self) -> bool {
        !matches!(self.disposition, Disposition::Open | Disposition::Mitigate)
    }

    /// True when whoever reads it later would miss a reason: shorter than ten characters, where one is owed.
    pub fn lacks_reason(&self) -> bool {
        self.owes_reason() && self.justification.trim().chars().count() < 10
    }

    /// True when nothing was decided, noted or rated by hand.
    pub fn is_blank(&self) -> bool {
        *self == Decision { number: self.number, visibility: self.visibility, ..Decision::default() }
    }
}
