//! The list of checks.

/// How much it matters. Nothing here ever stops anybody from saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The model says something that cannot stand.
    Error,
    /// Somebody should look.
    Warning,
    /// It would be better otherwise.
    Hint,
}

impl Severity {
    pub const ALL: &'static [Severity] = &[Severity::Error, Severity::Warning, Severity::Hint];

    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Hint => "Hint",
        }
    }
}

/// What part of the work a check belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Diagram,
    Data,
    Seams,
    Treatment,
    Controls,
    Upkeep,
    Practice,
}

impl Topic {
    pub const ALL: &'static [Topic] =
        &[Topic::Diagram, Topic::Data, Topic::Seams, Topic::Treatment, Topic::Controls, Topic::Upkeep, Topic::Practice];

    pub fn label(self) -> &'static str {
        match self {
            Topic::Diagram => "Diagram",
            Topic::Data => "Data and technology",
            Topic::Seams => "Boundary crossings",
            Topic::Treatment => "Treatment",
            Topic::Controls => "Controls",
            Topic::Upkeep => "Monitor and update",
            Topic::Practice => "Good practice",
        }
    }
}

macro_rules! checks {
    ($($(#[$meta:meta])* $name:ident: $id:literal, $severity:ident, $topic:ident, $title:literal, $why:literal;)*) => {
        /// A check, named by what it finds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $($(#[$meta])* $name),* }

        impl Check {
            /// Every check, in order of their numbers.
            pub const ALL: &'static [Check] = &[$(Check::$name),*];

            /// The number people quote.
            pub fn id(self) -> &'static str {
                match self { $(Check::$name => $id),* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Check::$name => Severity::$severity),* }
            }

            pub fn topic(self) -> Topic {
                match self { $(Check::$name => Topic::$topic),* }
            }

            pub fn title(self) -> &'static str {
                match self { $(Check::$name => $title),* }
            }

            /// Why it matters, in a sentence.
            pub fn why(self) -> &'static str {
                match self { $(Check::$name => $why),* }
            }
        }
    };
}

checks! {
    LooseFlow: "HYG-01", Error, Diagram, "Flow without two ends", "A loose end is in no zone, so the flow cannot be rated.";
    Unnamed: "HYG-02", Warning, Diagram, "Default or missing name", "Findings are told apart by the names of what they are about.";
    SameName: "HYG-02b", Warning, Diagram, "Two elements of one name in a boundary", "Readers of the report cannot tell them apart.";
    Overlap: "HYG-03", Warning, Diagram, "Boundaries overlap without nesting", "The picture says something else than the model.";
    NoBoundary: "HYG-04", Warning, Diagram, "No trust boundary separates anything", "Without a change of trust most threats cannot be told from noise.";
    NoValue: "HYG-05", Warning, Data, "Nothing worth protecting", "Without an asset of value 3 or more every impact is guessed.";
    NoAgent: "HYG-05b", Warning, Data, "No active threat agent", "Without agents every threat is taken to be within somebody’s reach.";
    AgentWithoutStart: "HYG-05c", Warning, Data, "Threat agent without a start", "Attack paths need to begin somewhere.";
    IdleAsset: "HYG-06", Hint, Data, "Asset neither kept nor carried", "It cannot be threatened anywhere.";
    AgentReachesNothing: "HYG-06b", Hint, Data, "Threat agent that reaches nothing", "No flow leads on from where it starts.";
    Island: "HYG-10", Warning, Diagram, "Element without flows", "Either a flow is missing or the element does not belong here.";
    OneWay: "HYG-11", Warning, Diagram, "Process with only inputs or only outputs", "A black hole or a miracle: a flow is missing.";
    NeverWritten: "HYG-12", Warning, Diagram, "Store that nobody writes", "Something fills it: who?";
    NeverRead: "HYG-13", Hint, Diagram, "Store that nobody reads", "Something uses it, or it should not exist.";
    NoProcess: "HYG-14", Warning, Diagram, "Flow without a process at either end", "Data does not move by itself: the process that moves it is missing.";
    EmptyStore: "HYG-15", Warning, Data, "Store without declared content", "What it holds decides what a leak would cost.";
    Untagged: "HYG-16", Warning, Data, "Element without technology", "Only generic rules apply to it.";
    Unsupported: "HYG-17", Warning, Data, "Unsupported platform", "New weaknesses will not be fixed.";
    NoOwner: "HYG-18", Warning, Data, "Element without owner", "Nobody can be asked to put it right.";
    OutsideBoundaries: "HYG-19", Hint, Diagram, "Element outside every boundary", "Its trust is unknown.";
    EmptyFlow: "HYG-20", Warning, Data, "Flow without data", "What it carries decides what listening in would cost.";
    Unreasoned: "HYG-20b", Hint, Data, "Sensitive data without the reason of its value", "Nobody can tell later whether the value is still right.";
    NoAuthentication: "HYG-21", Error, Seams, "Change of trust without authentication", "Anybody may call.";
    Plaintext: "HYG-22", Error, Seams, "Valuable data in plain text across a boundary", "It can be read and changed on the way.";
    Contradiction: "HYG-23", Warning, Seams, "Protocol and authentication contradict each other", "One of the two is not true.";
    Jump: "HYG-24", Warning, Seams, "Jumps two or more levels of trust", "A step between is missing, such as an edge or a gateway.";
    ExternalToStore: "HYG-25", Warning, Seams, "External entity talks to a store directly", "No process checks what it does.";
    Parallel: "HYG-26", Hint, Diagram, "Parallel flows of the same kind", "Two flows that say the same are read as two risks.";
    OpenWithoutOwner: "HYG-30", Warning, Treatment, "Critical or high threat without owner or date", "Nobody will do it, or nobody knows when.";
    NoControl: "HYG-31", Warning, Treatment, "Critical or high threat without any control", "Nothing stands against it today.";
    OnlyDetective: "HYG-32", Warning, Treatment, "Only detective controls", "It is noticed, but not prevented.";
    NoDetective: "HYG-32b", Hint, Treatment, "Critical or high threat nobody would notice", "No detective control covers it.";
    BareAcceptance: "HYG-33", Warning, Treatment, "Acceptance without approver or end, or expired", "A risk is accepted by somebody, for a while.";
    Stale: "HYG-34", Warning, Treatment, "Decision on grounds that have changed", "It was decided about another situation.";
    Groundless: "HYG-35", Warning, Treatment, "Ruled out without a reason", "Nobody can check it later.";
    NoEvidence: "HYG-40", Warning, Controls, "Control in place without evidence", "It is only assumed to work.";
    TestFailed: "HYG-41", Warning, Controls, "Test failed or too old", "Whether it still works is not known.";
    Idle: "HYG-42", Warning, Controls, "Control that affects nothing", "It is attached where no threat it answers exists.";
    Overdue: "HYG-43", Warning, Controls, "Planned control past its date", "The plan and the risk with it are out of date.";
    OldReview: "HYG-50", Warning, Upkeep, "Review is too old", "What was looked at may have changed since.";
    ChangedSince: "HYG-50b", Warning, Upkeep, "Changed since it was reviewed", "What was looked at is not what is there.";
    ManyQuestions: "HYG-51", Hint, Upkeep, "Many unanswered questions", "They hide threats that may apply.";
    PrivacyPackOff: "HYG-52", Hint, Upkeep, "Personal data, but privacy rules are off", "Threats to people are not looked for.";
    PackOff: "HYG-53", Hint, Upkeep, "Rules for technology in use are off", "The pack that knows it is switched off.";
    NoImpactAssessment: "HYG-54", Warning, Upkeep, "Special category data without impact assessment", "Most privacy laws ask for one (GDPR article 35).";
    Transfer: "HYG-54b", Warning, Upkeep, "Personal data crosses regions without a basis", "A transfer needs a safeguard (GDPR chapter V).";
    OldAssumption: "HYG-55", Hint, Upkeep, "Assumption nobody looked at for a year", "What was taken for granted may not hold any more.";
    Patching: "BP-1", Warning, Practice, "Security updates", "Known weaknesses are the most used way in.";
    LeastPrivilege: "BP-2", Warning, Practice, "Least privilege", "What a component may not do, an attacker in it cannot do.";
    StrongLogins: "BP-3", Warning, Practice, "Strong passwords and a second factor", "Guessed and stolen passwords are the most used key.";
    EncryptedAtRest: "BP-4", Warning, Practice, "Encryption at rest", "A lost disk, backup or dump must not be readable.";
    EncryptedInTransit: "BP-5", Warning, Practice, "Encryption in transit", "What crosses a boundary crosses other people’s wires.";
    Audited: "BP-6", Warning, Practice, "Audit trail", "Without it nobody can tell what happened.";
    PenetrationTested: "BP-7", Warning, Practice, "Penetration test of the entry points", "Somebody should try before somebody else does.";
}
