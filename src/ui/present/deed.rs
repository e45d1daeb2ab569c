//! What single keys do while presenting.

use crate::model::Disposition;

/// A key of present mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    Next,
    Back,
    NextPart,
    PartBefore,
    First,
    Last,
    /// Another threat of the step.
    ThreatDown,
    ThreatUp,
    Decide(Disposition),
    Score,
    Note,
    Disagree,
    Reviewed,
    Vote,
    Card,
    /// Risk before controls, today, with the plans carried out.
    Flip,
    Park,
    People,
    Agenda,
    NextOnAgenda,
    BackOnAgenda,
    Pause,
    Log,
    Steps,
    Scenarios,
    Beside,
    Pen,
    Presenter,
    Help,
    Close,
    Leave,
}
