//! Where a control stands on its way from an idea to being there.

use super::ControlStatus;

impl ControlStatus {
    /// It does something today.
    pub fn is_in_force(self) -> bool {
        matches!(self, ControlStatus::Partial | ControlStatus::Implemented | ControlStatus::Operating)
    }

    /// It is thought of, and does nothing today.
    pub fn is_planned(self) -> bool {
        matches!(self, ControlStatus::Proposed | ControlStatus::Planned)
    }

    /// It is not wholly there yet.
    pub fn is_coming(self) -> bool {
        self.is_planned() || self == ControlStatus::Partial
    }
}
