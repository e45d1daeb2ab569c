//! Words that queries know of themselves.

use super::Register;

/// A word that stands for a question about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    Open,
    Decided,
    Possible,
    Crossing,
    Overdue,
    Mine,
    Unowned,
    Gap,
    Review,
    Selected,
    InForce,
    Coming,
    Retired,
    OutOfScope,
    Personal,
    Threatened,
    Counting,
}

impl Flag {
    pub const ALL: [Flag; 17] = [
        Flag::Open,
        Flag::Decided,
        Flag::Possible,
        Flag::Crossing,
        Flag::Overdue,
        Flag::Mine,
        Flag::Unowned,
        Flag::Gap,
        Flag::Review,
        Flag::Selected,
        Flag::InForce,
        Flag::Coming,
        Flag::Retired,
        Flag::OutOfScope,
        Flag::Personal,
        Flag::Threatened,
        Flag::Counting,
    ];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Flag::Open => "open",
            Flag::Decided => "decided",
            Flag::Possible => "possible",
            Flag::Crossing => "crossing",
            Flag::Overdue => "overdue",
            Flag::Mine => "mine",
            Flag::Unowned => "unowned",
            Flag::Gap => "gap",
            Flag::Review => "review",
            Flag::Selected => "selected",
            Flag::InForce => "in-force",
            Flag::Coming => "coming",
            Flag::Retired => "retired",
            Flag::OutOfScope => "out-of-scope",
            Flag::Personal => "personal",
            Flag::Threatened => "threatened",
            Flag::Counting => "counting",
        }
    }

    /// What it asks.
    pub fn about(self) -> &'static str {
        match self {
            Flag::Open => "nobody decided yet, or it is not settled",
            Flag::Decided => "somebody decided",
            Flag::Possible => "applies only if an answer says so",
            Flag::Crossing => "at a flow that crosses a trust boundary",
            Flag::Overdue => "due before today and not done",
            Flag::Mine => "the author named in the preferences owns it",
            Flag::Unowned => "nobody owns it",
            Flag::Gap => "nothing recommended stands against it",
            Flag::Review => "what the decision rests on has changed",
            Flag::Selected => "at what is selected on the canvas",
            Flag::InForce => "does something today",
            Flag::Coming => "not wholly there yet",
            Flag::Retired => "no longer there",
            Flag::OutOfScope => "left out, with a reason",
            Flag::Personal => "about people",
            Flag::Threatened => "has threats that count",
            Flag::Counting => "it applies, and nobody ruled it out",
        }
    }

    /// Where it can be asked.
    pub fn is_of(self, register: Register) -> bool {
        use Register::*;
        match self {
            Flag::Open => matches!(register, Threats | Vulnerabilities | Assumptions),
            Flag::Decided | Flag::Possible | Flag::Gap | Flag::Review | Flag::Counting => register == Threats,
            Flag::Crossing => matches!(register, Threats | Flows),
            Flag::Overdue => matches!(register, Threats | Controls | People),
            Flag::Mine | Flag::Unowned => {
                matches!(register, Threats | Controls | Elements | Boundaries | Assets | Assumptions)
            }
            Flag::Selected => true,
            Flag::InForce | Flag::Coming | Flag::Retired => register == Controls,
            Flag::OutOfScope => matches!(register, Elements | Flows),
            Flag::Personal => matches!(register, Assets | Elements | Flows),
            Flag::Threatened => matches!(register, Elements | Flows | Boundaries | Assets),
        }
    }

    pub fn of(word: &str, register: Register) -> Option<Flag> {
        Flag::ALL.into_iter().find(|f| f.is_of(register) && f.word().eq_ignore_ascii_case(word))
    }
}
