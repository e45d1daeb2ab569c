//! The closed vocabularies of the domain. A file or pack that names something else does not load.

use serde::{Deserialize, Serialize};

/// Declares a closed enum with its list, its words for people and its name in files.
macro_rules! closed_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in display order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Words for people.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }

            /// The name used in files.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => stringify!($variant)),+ }
            }
        }
    };
}

/// A fact somebody may not have stated yet (strong Kleene logic).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tri {
    Yes,
    No,
    #[default]
    Unknown,
}

impl Tri {
    /// True only when both are; false when one is.
    pub fn and(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::No, _) | (_, Tri::No) => Tri::No,
            (Tri::Yes, Tri::Yes) => Tri::Yes,
            _ => Tri::Unknown,
        }
    }

    /// True when one is; false only when both are.
    pub fn or(self, other: Tri) -> Tri {
        self.negated().and(other.negated()).negated()
    }

    /// The opposite; the unknown stays unknown.
    pub fn negated(self) -> Tri {
        match self {
            Tri::Yes => Tri::No,
            Tri::No => Tri::Yes,
            Tri::Unknown => Tri::Unknown,
        }
    }
}

impl From<bool> for Tri {
    fn from(b: bool) -> Tri {
        if b { Tri::Yes } else { Tri::No }
    }
}

closed_enum! {
    /// Kind of a data flow diagram element (Yourdon and DeMarco).
    ElementKind {
        #[serde(alias = "External")]
        ExternalEntity => "External entity",
        Process => "Process",
        #[serde(alias = "Store")]
        DataStore => "Data store",
    }
}

closed_enum! {
    /// The scope layers controls and elements are grouped by.
    Layer {
        Application => "Application",
        Network => "Network",
        DataStorage => "Data storage",
        ApiServices => "APIs & services",
        UserInterface => "User interface",
        ThirdParty => "Third party",
    }
}

closed_enum! {
    /// What a trust boundary is made of.
    BoundaryKind {
        Internet => "Internet", Network => "Network", Organisation => "Organisation", Cloud => "Cloud account",
        Host => "Host", Container => "Container", ProcessSandbox => "Process sandbox", Tenant => "Tenant",
        Device => "Device", Physical => "Physical site", Privilege => "Privilege level", Region => "Region",
        Session => "Session",
    }
}

closed_enum! {
    /// What a process does. Unanswered capabilities become questions, not threats.
    Capability {
        ServesHtml => "serves web pages", ServesApi => "serves an API", ManagesSessions => "manages sessions",
        PasswordLogin => "checks passwords", IssuesTokens => "issues tokens", ConsumesTokens => "accepts tokens",
        AcceptsUploads => "accepts uploads", ParsesXml => "parses XML", Deserialises => "deserialises objects",
        RunsCommands => "runs shell commands", FetchesUrls => "fetches URLs it is given",
        BuildsFilePaths => "builds file paths from input", UsesTemplates => "renders templates",
        NativeCode => "contains memory-unsafe native code", BulkQueries => "answers bulk queries",
        BusinessWorkflow => "enforces a business workflow", HandlesPayment => "handles payments",
        SendsMail => "sends mail", CachesResponses => "caches responses", AdminSurface => "offers administration",
        RunsUntrustedCode => "runs untrusted code", SelfUpdates => "updates itself", CallsTools => "lets a model call tools",
        RetrievesContent => "retrieves content into prompts", ExecutesGenerated => "executes generated code",
        TrainsOnData => "trains on collected data", AutomatedDecision => "decides about people automatically",
        ProfilesUsers => "profiles users", BindsObjects => "binds request fields to objects", Webhooks => "receives webhooks",
        OAuthClient => "is an OAuth client", KeepsSecretsLocally => "keeps secrets locally", Redirects => "redirects to given addresses",
        DebugInterface => "has a debug interface", LogsActivity => "logs activity", SelfRegistration => "lets people register themselves",
        AccountRecovery => "offers account recovery", RendersClientSide => "renders in the client",
        RemembersContext => "remembers conversations",
    }
}

impl Capability {
    /// Rare capabilities default to No instead of raising a question on every process.
    pub fn is_rare(self) -> bool {
        use Capability::*;
        matches!(
            self,
            CallsTools
                | ExecutesGenerated
                | TrainsOnData
                | RemembersContext
                | RetrievesContent
                | AutomatedDecision
                | ProfilesUsers
                | RunsUntrustedCode
                | DebugInterface
        )
    }
}

closed_enum! {
    /// A circumstance of an element.
    Fact {
        MultiTenant => "shared by several tenants", ThirdParty => "run by a third party", Physical => "within physical reach of attackers",
        SharedWrite => "written by several parties", PublicRead => "publicly readable", Removable => "removable",
        Unsupported => "out of vendor support", LongRetention => "keeps data for long", Safety => "can harm people",
        Human => "is a person", Privileged => "runs with high privilege", UserContent => "holds user-made content",
        SinglePoint => "is a single point of failure", UsesOpenSource => "uses open-source components", FlatNetwork => "sits in a flat network",
    }
}

impl Fact {
    /// As a sentence goes on after "it": "is run by a third party".
    pub fn said(self) -> String {
        use Fact::*;
        match self {
            MultiTenant | ThirdParty | Physical | SharedWrite | PublicRead | Removable | Unsupported => {
                format!("is {}", self.label())
            }
            _ => self.label().to_owned(),
        }
    }
}

closed_enum! {
    /// Class of a protocol, tested by rules.
    ProtocolClass {
        Web => "Web", Rpc => "Remote call", Raw => "Transport", Datagram => "Datagram", Shell => "Remote shell", File => "File transfer",
        Mail => "Mail", Directory => "Directory", Db => "Database", Queue => "Queue", Radio => "Short-range radio",
        FieldBus => "Field bus", Local => "Local", Manual => "By hand",
    }
}

closed_enum! {
    /// How a flow talks.
    Protocol {
        Unknown => "Unknown", Http => "HTTP", Https => "HTTPS", Ws => "WebSocket", Wss => "WebSocket over TLS", Grpc => "gRPC", GrpcTls => "gRPC over TLS",
        Tcp => "TCP", Tls => "TLS", Udp => "UDP", Dtls => "DTLS", Ssh => "SSH", Sftp => "SFTP", Ftp => "FTP", Smtp => "SMTP", SmtpTls => "SMTP over TLS",
        Ldap => "LDAP", Ldaps => "LDAPS", Sql => "SQL", SqlTls => "SQL over TLS", Amqp => "AMQP", Amqps => "AMQPS", Mqtt => "MQTT", Mqtts => "MQTT over TLS",
        Kafka => "Kafka", KafkaTls => "Kafka over TLS", Smb => "SMB", Nfs => "NFS", Dns => "DNS", Ntp => "NTP", Rdp => "RDP", Ipsec => "IPsec",
        Ble => "Bluetooth LE", Zigbee => "Zigbee", Lora => "LoRa", Nfc => "NFC", Can => "CAN bus", Modbus => "Modbus", OpcUa => "OPC UA",
        Ipc => "Inter-process call", File => "Local file", InProcess => "In process", Manual => "By hand",
    }
}

closed_enum! {
    /// How the initiator of a flow proves who it is to the responder.
    Authn {
        Unknown => "Unknown", NoAuth => "None", SharedSecret => "Shared secret", ApiKey => "API key", Password => "Password", Session => "Session cookie",
        Bearer => "Bearer token", Oidc => "OpenID Connect", Mfa => "Multi-factor", MutualTls => "Mutual TLS", SignedRequest => "Signed request",
        OsIdentity => "Operating system identity",
    }
}

closed_enum! {
    /// What a flow travels over.
    Channel {
        Unknown => "Unknown", Internet => "Internet", Wired => "Wired network", Wifi => "Wi-Fi", Cellular => "Cellular",
        Bluetooth => "Bluetooth", Radio => "Radio", Local => "Local",
    }
}

closed_enum! {
    /// Which end opens the connection.
    Initiator {
        #[serde(alias = "Src")]
        Source => "Source",
        #[serde(alias = "Dst")]
        Destination => "Destination",
    }
}

closed_enum! {
    /// What an asset is.
    AssetKind {
        Credentials => "Credentials", PersonalData => "Personal data", SpecialCategory => "Special category data", PaymentData => "Payment data",
        Secrets => "Keys and secrets", Financial => "Financial data", Intellectual => "Intellectual property", Telemetry => "Telemetry",
        Command => "Commands", SourceCode => "Source code", Artifact => "Build artefacts", Model => "Machine-learning model", Prompt => "Prompts",
        AuditLog => "Audit log", Config => "Configuration", Service => "Service", PublicContent => "Public content", BusinessData => "Business data",
    }
}

closed_enum! {
    /// Who attacks.
    AgentKind {
        Opportunist => "Opportunist hacker", OrganisedCrime => "Organised crime", MaliciousInsider => "Malicious insider",
        CarelessInsider => "Careless insider", Competitor => "Competitor", Hacktivist => "Hacktivist", NationState => "Nation state",
        Supplier => "Supplier", Automated => "Bot or malware", Researcher => "Researcher", Other => "Other",
    }
}

closed_enum! {
    /// The access a threat agent has.
    AgentAccess {
        Remote => "Remote", Account => "Has an account", Adjacent => "On the network", Local => "On the machine",
        Privileged => "Privileged", Physical => "Physical", Supplier => "Supplier",
    }
}

closed_enum! {
    /// The access a threat needs.
    Access {
        Anon => "anonymous access", Auth => "an account", Adj => "a place on the network", Local => "local access",
        Priv => "privileged access", Phys => "physical access", Supp => "a place in the supply chain",
    }
}

closed_enum! {
    /// STRIDE (Kohnfelder and Garg 1999) and LINDDUN (Deng et al. 2011) threat categories.
    Category {
        S => "Spoofing", T => "Tampering", R => "Repudiation", I => "Information disclosure", D => "Denial of service", E => "Elevation of privilege",
        Lk => "Linking", Id => "Identifying", Nr => "Non-repudiation", De => "Detecting", Dd => "Data disclosure", Un => "Unawareness", Nc => "Non-compliance",
    }
}

impl Category {
    /// True for the six STRIDE categories.
    pub fn is_stride(self) -> bool {
        self <= Category::E
    }
}

closed_enum! {
    /// What of an asset can be harmed.
    Dimension {
        C => "confidentiality", I => "integrity", A => "availability", P => "privacy", S => "safety",
    }
}

closed_enum! {
    /// Qualitative risk levels, worst first.
    Band {
        Critical => "Critical", High => "High", Medium => "Medium", Low => "Low", Minimal => "Minimal",
    }
}

impl Band {
    /// One letter, for places without room: C H M L and a dash.
    pub fn letter(self) -> &'static str {
        match self {
            Band::Critical => "C",
            Band::High => "H",
            Band::Medium => "M",
            Band::Low => "L",
            Band::Minimal => "–",
        }
    }
}

closed_enum! {
    /// What a person does for the model.
    Role {
        Owner => "Owner", Architect => "Architect", Developer => "Developer", Operations => "Operations", SecurityAnalyst => "Security analyst",
        ProductOwner => "Product owner", Reviewer => "Reviewer", Approver => "Approver", Facilitator => "Facilitator", Participant => "Participant",
    }
}

closed_enum! {
    /// What is wrong.
    VulnerabilityKind {
        CodingError => "Coding error", Misconfiguration => "Misconfiguration", WeakCredentials => "Weak credentials", MissingPatch => "Missing patch",
        DesignFlaw => "Design flaw", ExposedSecret => "Exposed secret", Other => "Other",
    }
}

closed_enum! {
    /// How sure we are that a vulnerability is there.
    VulnerabilityStatus { Suspected => "Suspected", Confirmed => "Confirmed", Fixed => "Fixed" }
}

closed_enum! {
    /// Life cycle of a control instance.
    ControlStatus {
        Proposed => "Proposed", Planned => "Planned", Partial => "Partial", Implemented => "Implemented", Operating => "Operating", Retired => "Retired",
    }
}

closed_enum! {
    /// What shows that a control works, weakest first except for a failed test.
    EvidenceLevel { Assumed => "Assumed", Documented => "Documented", Reviewed => "Reviewed", Tested => "Tested", Failed => "Test failed" }
}

closed_enum! {
    /// When a control acts.
    ControlFunction { Preventive => "Preventive", Detective => "Detective", Corrective => "Corrective" }
}

closed_enum! {
    /// Where a control is naturally attached.
    ControlSite { Node => "Element", Flow => "Flow", Zone => "Boundary", Model => "Whole model" }
}

closed_enum! {
    /// How well a control answers a threat.
    Link { Primary => "primary", Secondary => "secondary", Weak => "weak" }
}

closed_enum! {
    /// What people decided to do about a threat.
    Disposition {
        Open => "Open", Mitigate => "Mitigate", Accept => "Accept", Transfer => "Transfer", Avoid => "Avoid", NotApplicable => "Not applicable",
    }
}

closed_enum! {
    /// Where an assumption stands.
    AssumptionStatus { Open => "Open", Confirmed => "Confirmed", Refuted => "Refuted" }
}

closed_enum! {
    /// Traffic Light Protocol 2.0 (FIRST). Labels are never translated.
    Tlp { Red => "TLP:RED", AmberStrict => "TLP:AMBER+STRICT", Amber => "TLP:AMBER", Green => "TLP:GREEN", Clear => "TLP:CLEAR" }
}

closed_enum! {
    /// How a flow is drawn between its ends.
    LineStyle { Orthogonal => "Orthogonal", Straight => "Straight", Curved => "Curved" }
}
