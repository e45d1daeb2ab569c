//! The registers, with their columns.

use super::Column;
use serde::{Deserialize, Serialize};

/// What a register lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Register {
    #[default]
    Threats,
    Controls,
    Vulnerabilities,
    Agents,
    Elements,
    Flows,
    Boundaries,
    Assets,
    Assumptions,
    People,
    Questions,
    Notes,
}

impl Register {
    pub const ALL: [Register; 12] = [
        Register::Threats,
        Register::Controls,
        Register::Vulnerabilities,
        Register::Agents,
        Register::Elements,
        Register::Flows,
        Register::Boundaries,
        Register::Assets,
        Register::Assumptions,
        Register::People,
        Register::Questions,
        Register::Notes,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Register::Threats => "Threats",
            Register::Controls => "Controls",
            Register::Vulnerabilities => "Vulnerabilities",
            Register::Agents => "Agents",
            Register::Elements => "Elements",
            Register::Flows => "Flows",
            Register::Boundaries => "Boundaries",
            Register::Assets => "Assets",
            Register::Assumptions => "Assumptions",
            Register::People => "People",
            Register::Questions => "Questions",
            Register::Notes => "Notes",
        }
    }

    /// One of what it lists.
    pub fn one(self) -> &'static str {
        match self {
            Register::Threats => "threat",
            Register::Controls => "control",
            Register::Vulnerabilities => "vulnerability",
            Register::Agents => "agent",
            Register::Elements => "element",
            Register::Flows => "flow",
            Register::Boundaries => "boundary",
            Register::Assets => "asset",
            Register::Assumptions => "assumption",
            Register::People => "person",
            Register::Questions => "question",
            Register::Notes => "note",
        }
    }

    /// "1 threat", "12 threats".
    pub fn counted(self, n: usize) -> String {
        if n == 1 { format!("1 {}", self.one()) } else { format!("{n} {}", self.label().to_lowercase()) }
    }

    /// The heading of a column here.
    pub fn heading(self, column: Column) -> &'static str {
        match (self, column) {
            (Register::Threats, Column::Name) => "Threat",
            (Register::Controls, Column::Name) => "Control",
            (Register::Vulnerabilities, Column::Name) => "Vulnerability",
            (Register::Agents, Column::Name) => "Agent",
            (Register::Assumptions, Column::Name) => "Assumption",
            (Register::Questions, Column::Name) => "Question",
            (Register::Questions, Column::Kind) => "About",
            (Register::Questions, Column::Load) => "Up to",
            (Register::Notes, Column::Name) => "Note",
            (Register::Notes, Column::Place) => "Diagram",
            (Register::Threats, Column::Status) => "Treatment",
            (Register::Controls | Register::Vulnerabilities, Column::Place) => "At",
            (Register::Assumptions, Column::Place) => "About",
            (Register::Agents, Column::Current) => "Worst",
            (Register::Vulnerabilities, Column::Current) => "Worst",
            (Register::Elements | Register::Flows | Register::Boundaries | Register::Assets, Column::Current) => "Worst",
            (Register::Boundaries, Column::Boundary) => "Inside",
            (_, column) => column.heading(),
        }
    }

    /// Every column, in order, and whether it is shown until somebody chooses.
    pub fn columns(self) -> &'static [(Column, bool)] {
        use Column::*;
        match self {
            Register::Threats => &[
                (Id, true),
                (Name, true),
                (Place, true),
                (Category, true),
                (Inherent, true),
                (Current, true),
                (Planned, true),
                (Rating, false),
                (Status, true),
                (Owner, true),
                (Due, true),
                (Boundary, false),
                (Layer, false),
                (Level, false),
                (Likelihood, false),
                (Impact, false),
                (Coverage, false),
                (Controls, false),
                (Assets, false),
                (Agent, false),
                (Why, false),
                (Ticket, false),
                (Expires, false),
                (Approver, false),
                (Cwe, false),
                (Source, false),
                (LevelBefore, false),
                (LikelihoodBefore, false),
                (ImpactBefore, false),
                (LevelPlanned, false),
                (LikelihoodPlanned, false),
                (ImpactPlanned, false),
            ],
            Register::Controls => &[
                (Name, true),
                (Status, true),
                (Place, true),
                (Due, true),
                (Owner, true),
                (Effect, true),
                (Load, true),
                (Layer, false),
                (Function, false),
                (Evidence, false),
                (Reviewed, false),
                (Share, false),
                (Cost, false),
                (Notes, false),
            ],
            Register::Vulnerabilities => &[
                (Name, true),
                (Status, true),
                (Kind, true),
                (Cwe, true),
                (Place, true),
                (Threats, true),
                (Load, true),
                (Current, false),
                (Boundary, false),
                (Evidence, false),
                (Description, false),
            ],
            Register::Agents => &[
                (Name, true),
                (Kind, true),
                (Access, true),
                (Capability, true),
                (Intent, true),
                (Decides, true),
                (Current, true),
                (Load, true),
                (Starts, false),
                (Active, false),
                (Description, false),
            ],
            Register::Elements => &[
                (Name, true),
                (Kind, true),
                (Boundary, true),
                (Technology, true),
                (Assets, true),
                (Exposure, true),
                (Threats, true),
                (Undecided, true),
                (Current, true),
                (Load, true),
                (Owner, true),
                (Notes, true),
                (Layer, false),
                (Trust, false),
                (Reviewed, false),
                (Scope, false),
                (Description, false),
            ],
            Register::Flows => &[
                (Name, true),
                (From, true),
                (To, true),
                (Protocol, true),
                (Authn, true),
                (Assets, true),
                (Crosses, true),
                (Threats, true),
                (Current, true),
                (Load, true),
                (Notes, true),
                (Channel, false),
                (Undecided, false),
                (Reviewed, false),
                (Scope, false),
                (Description, false),
            ],
            Register::Boundaries => &[
                (Name, true),
                (Kind, true),
                (Trust, true),
                (Boundary, true),
                (Region, true),
                (Members, true),
                (Threats, true),
                (Current, true),
                (Load, true),
                (Owner, true),
                (Description, true),
            ],
            Register::Assets => &[
                (Name, true),
                (Kind, true),
                (Confidentiality, true),
                (Integrity, true),
                (Availability, true),
                (Privacy, true),
                (Safety, true),
                (HeldAt, true),
                (Threats, true),
                (Current, true),
                (Owner, true),
                (Why, true),
                (Records, false),
                (Regulation, false),
                (Description, false),
            ],
            Register::Assumptions => &[(Name, true), (Status, true), (Place, true), (Owner, true), (Reviewed, true)],
            Register::People => &[(Name, true), (Roles, true), (Tasks, true), (Late, true)],
            Register::Questions => &[(Name, true), (Place, true), (Kind, true), (Boundary, true), (Decides, true), (Load, true)],
            Register::Notes => &[(Name, true), (Place, true)],
        }
    }

    pub fn has(self, column: Column) -> bool {
        self.columns().iter().any(|(c, _)| *c == column)
    }
}
