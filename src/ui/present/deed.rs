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
    /// All steps, or the gravest.
    Widen,
    /// The view as it is now belongs to the step.
    KeepView,
    /// Which threats the step brings up.
    Filter,
    /// A step of what is seen and selected.
    AddStep,
    /// Further down the card, and up.
    ReadOn,
    ReadBack,
    /// Another threat of the step.
    ThreatDown,
    ThreatUp,
    Decide(Disposition),
    Score,
    Note,
    /// Who does something about it, and by when.
    Owner,
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
