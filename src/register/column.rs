//! The columns registers have, with the names queries know them by.

use serde::{Deserialize, Serialize};

/// Rows of `Name: key, other keys, heading, width in points`.
macro_rules! columns {
    ($($name:ident: $key:literal $others:tt, $heading:literal, $width:literal;)*) => {
        /// A column of a register.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Column { $($name),* }

        impl Column {
            pub const ALL: &'static [Column] = &[$(Column::$name),*];

            /// What queries call it.
            pub fn key(self) -> &'static str {
                match self { $(Column::$name => $key),* }
            }

            /// What queries may call it besides.
            pub fn other_keys(self) -> &'static [&'static str] {
                match self { $(Column::$name => &$others),* }
            }

            /// Its heading, where a register has no better one.
            pub(super) fn heading(self) -> &'static str {
                match self { $(Column::$name => $heading),* }
            }

            /// How wide it is until somebody makes it another width, in points.
            pub fn width(self) -> f32 {
                match self { $(Column::$name => $width),* }
            }
        }
    };
}

columns! {
    Id: "id" ["number"], "Id", 76.0;
    Name: "name" ["title", "text"], "Name", 280.0;
    Kind: "kind" ["type"], "Kind", 128.0;
    Place: "element" ["at", "place", "about"], "Element", 170.0;
    Boundary: "boundary" ["zone"], "Boundary", 150.0;
    From: "from" ["source"], "From", 150.0;
    To: "to" ["target"], "To", 150.0;
    Layer: "layer" [], "Layer", 112.0;
    Function: "function" [], "Function", 92.0;
    Category: "category" ["stride", "linddun", "class"], "STRIDE", 64.0;
    Inherent: "inherent" ["before"], "Inherent", 80.0;
    Current: "risk" ["current", "score", "worst", "residual"], "Current", 80.0;
    Planned: "planned" [], "Planned", 80.0;
    Level: "level" ["band", "severity"], "Level", 84.0;
    Likelihood: "likelihood" [], "Likelihood", 104.0;
    Impact: "impact" [], "Impact", 80.0;
    LevelBefore: "level-before" [], "Level before", 96.0;
    LikelihoodBefore: "likelihood-before" [], "Likelihood before", 128.0;
    ImpactBefore: "impact-before" [], "Impact before", 104.0;
    LevelPlanned: "level-planned" [], "Level planned", 100.0;
    LikelihoodPlanned: "likelihood-planned" [], "Likelihood planned", 128.0;
    ImpactPlanned: "impact-planned" [], "Impact planned", 108.0;
    Rating: "rating" ["method"], "Rating", 116.0;
    Status: "status" ["treatment", "decision"], "Status", 118.0;
    Coverage: "coverage" ["covered"], "Coverage", 88.0;
    Owner: "owner" ["who", "assigned"], "Owner", 124.0;
    Due: "due" [], "Due", 92.0;
    Expires: "expires" ["until"], "Until", 92.0;
    Approver: "approver" [], "Approver", 120.0;
    Reviewed: "reviewed" [], "Reviewed", 92.0;
    Why: "why" ["justification", "reason"], "Why", 200.0;
    Ticket: "ticket" ["issue"], "Ticket", 96.0;
    Notes: "notes" ["note"], "Notes", 200.0;
    Description: "description" [], "Description", 220.0;
    Evidence: "evidence" [], "Evidence", 110.0;
    Effect: "effect" [], "Effect", 60.0;
    Share: "share" [], "Share", 64.0;
    Cost: "cost" ["days", "effort"], "Days", 60.0;
    Load: "load" [], "Load", 66.0;
    Cwe: "cwe" [], "CWE", 84.0;
    Threats: "threats" [], "Threats", 70.0;
    Undecided: "undecided" [], "Undecided", 82.0;
    Controls: "controls" ["control"], "Controls", 160.0;
    Assets: "asset" ["assets", "holds", "data", "carries"], "Assets", 170.0;
    Agent: "agent" [], "Agent", 140.0;
    Source: "source-of" ["pack"], "Source", 110.0;
    Technology: "technology" ["tech", "tag", "tags"], "Technology", 160.0;
    Trust: "trust" [], "Trust", 60.0;
    Exposure: "exposure" [], "Exposure", 104.0;
    Scope: "scope" [], "Scope", 110.0;
    Protocol: "protocol" [], "Protocol", 120.0;
    Authn: "authentication" ["authn", "auth"], "Authentication", 130.0;
    Channel: "channel" [], "Channel", 110.0;
    Crosses: "crosses" [], "Crosses", 170.0;
    Region: "region" [], "Region", 80.0;
    Members: "members" [], "Members", 76.0;
    Confidentiality: "c" ["confidentiality"], "C", 38.0;
    Integrity: "i" ["integrity"], "I", 38.0;
    Availability: "a" ["availability"], "A", 38.0;
    Privacy: "p" ["privacy"], "P", 38.0;
    Safety: "s" ["safety"], "S", 38.0;
    Records: "records" [], "Records", 84.0;
    Regulation: "regulation" [], "Regulation", 120.0;
    HeldAt: "at-rest" ["held"], "Held and carried by", 200.0;
    Capability: "capability" [], "Capability", 84.0;
    Intent: "intent" [], "Intent", 60.0;
    Access: "access" [], "Access", 180.0;
    Starts: "starts" ["start"], "Starts at", 150.0;
    Decides: "decides" [], "Decides", 70.0;
    Active: "active" [], "Counted", 76.0;
    Roles: "role" ["roles"], "Roles", 180.0;
    Tasks: "tasks" [], "Open tasks", 84.0;
    Late: "late" [], "Overdue", 76.0;
}

impl Column {
    /// Numbers stand at the right.
    pub fn is_number(self) -> bool {
        use Column::*;
        matches!(
            self,
            Inherent
                | Current
                | Planned
                | Effect
                | Share
                | Cost
                | Load
                | Threats
                | Undecided
                | Trust
                | Members
                | Confidentiality
                | Integrity
                | Availability
                | Privacy
                | Safety
                | Records
                | Capability
                | Intent
                | Decides
                | Tasks
                | Late
        )
    }

    /// Rows with the same in it make a group worth a heading.
    pub fn groups(self) -> bool {
        use Column::*;
        matches!(
            self,
            Kind | Place
                | Boundary
                | From
                | To
                | Layer
                | Function
                | Category
                | Level
                | Likelihood
                | Impact
                | Status
                | Coverage
                | Owner
                | Due
                | Agent
                | Source
                | Scope
                | Protocol
                | Authn
                | Channel
                | Trust
                | Exposure
                | Evidence
                | Active
                | Region
        )
    }

    /// The column of this name.
    pub fn of(key: &str) -> Option<Column> {
        let is = |c: &&Column| c.key().eq_ignore_ascii_case(key) || c.other_keys().iter().any(|k| k.eq_ignore_ascii_case(key));
        Column::ALL.iter().find(is).copied()
    }
}
