//! What the parts of a generated system are called and made of.

use crate::model::{AssetKind, Authn, BoundaryKind, Channel, ElementKind, Protocol};

/// Business areas, the first half of most names.
pub(super) const AREAS: &[&str] = &[
    "Order",
    "Customer",
    "Catalogue",
    "Invoice",
    "Payment",
    "Shipping",
    "Inventory",
    "Search",
    "Pricing",
    "Loyalty",
    "Claims",
    "Contract",
    "Booking",
    "Consent",
    "Identity",
    "Notification",
    "Document",
    "Fraud",
    "Reporting",
    "Supplier",
    "Returns",
    "Voucher",
    "Ledger",
    "Scheduling",
];

/// A kind of part: what its name ends in, its kind and its tags.
pub(super) struct Part(pub &'static str, pub ElementKind, pub &'static [&'static str]);

/// A network with the parts that stand in it.
pub(super) struct Network {
    pub name: &'static str,
    pub kind: BoundaryKind,
    pub trust: u8,
    pub parts: &'static [Part],
}

use ElementKind::{DataStore, ExternalEntity, Process};

/// Outside of the cloud: where people and other companies are.
pub(super) const OUTSIDE: [Network; 3] = [
    Network {
        name: "Internet",
        kind: BoundaryKind::Internet,
        trust: 0,
        parts: &[
            Part("customer", ExternalEntity, &["customer"]),
            Part("mobile app", ExternalEntity, &["mobile-app"]),
            Part("visitor", ExternalEntity, &["customer"]),
        ],
    },
    Network {
        name: "Partners",
        kind: BoundaryKind::Organisation,
        trust: 1,
        parts: &[
            Part("provider", ExternalEntity, &["partner-system"]),
            Part("bank", ExternalEntity, &["payment-provider"]),
            Part("SaaS", ExternalEntity, &["saas"]),
        ],
    },
    Network {
        name: "Office",
        kind: BoundaryKind::Organisation,
        trust: 3,
        parts: &[
            Part("clerk", ExternalEntity, &["staff"]),
            Part("administrator", ExternalEntity, &["administrator"]),
            Part("developer", ExternalEntity, &["developer"]),
        ],
    },
];

/// Inside of an environment.
pub(super) const INSIDE: [Network; 4] = [
    Network {
        name: "Edge",
        kind: BoundaryKind::Network,
        trust: 2,
        parts: &[
            Part("gateway", Process, &["api-gateway", "cloud"]),
            Part("web front end", Process, &["web-app", "container"]),
            Part("edge proxy", Process, &["reverse-proxy"]),
            Part("load balancer", Process, &["load-balancer"]),
        ],
    },
    Network {
        name: "Services",
        kind: BoundaryKind::Container,
        trust: 3,
        parts: &[
            Part("service", Process, &["rest-api", "container"]),
            Part("API", Process, &["rest-api", "cloud"]),
            Part("engine", Process, &["microservice", "container"]),
            Part("console", Process, &["admin-console"]),
            Part("cache", DataStore, &["cache"]),
        ],
    },
    Network {
        name: "Integration",
        kind: BoundaryKind::Network,
        trust: 3,
        parts: &[
            Part("worker", Process, &["worker", "container"]),
            Part("export", Process, &["batch-job"]),
            Part("events", DataStore, &["queue"]),
            Part("mailer", Process, &["mail-service"]),
            Part("job runner", Process, &["serverless", "cloud"]),
        ],
    },
    Network {
        name: "Data",
        kind: BoundaryKind::Network,
        trust: 4,
        parts: &[
            Part("database", DataStore, &["sql", "cloud"]),
            Part("archive", DataStore, &["object-store", "cloud"]),
            Part("search index", DataStore, &["search-index"]),
            Part("audit log", DataStore, &["log-store"]),
            Part("loader", Process, &["batch-job"]),
        ],
    },
];

/// Something of value: name, kind, and confidentiality, integrity, availability.
pub(super) const ASSETS: &[(&str, AssetKind, [u8; 3])] = &[
    ("orders", AssetKind::BusinessData, [2, 3, 3]),
    ("customer records", AssetKind::PersonalData, [3, 2, 1]),
    ("passwords", AssetKind::Credentials, [4, 4, 2]),
    ("payments", AssetKind::PaymentData, [4, 4, 3]),
    ("product data", AssetKind::PublicContent, [0, 2, 2]),
    ("audit trail", AssetKind::AuditLog, [2, 4, 1]),
];

/// How a flow talks: its name (`{}` is the area of the responder), protocol, authentication.
pub(super) struct Talk(pub &'static str, pub Protocol, pub Authn);

pub(super) const TO_STORE: &[Talk] = &[
    Talk("Read {} records", Protocol::SqlTls, Authn::Password),
    Talk("Store {} records", Protocol::SqlTls, Authn::OsIdentity),
    Talk("Query {}", Protocol::Sql, Authn::Password),
    Talk("Write {} log", Protocol::Tls, Authn::MutualTls),
];
pub(super) const TO_QUEUE: &[Talk] =
    &[Talk("Publish {} events", Protocol::KafkaTls, Authn::MutualTls), Talk("Queue {} jobs", Protocol::Amqps, Authn::Password)];
pub(super) const TO_EDGE: &[Talk] = &[
    Talk("Browse {}", Protocol::Https, Authn::Session),
    Talk("Call {} API", Protocol::Https, Authn::Bearer),
    Talk("Upload {} file", Protocol::Sftp, Authn::SharedSecret),
];
pub(super) const TO_SERVICE: &[Talk] = &[
    Talk("Forward {} request", Protocol::Https, Authn::Bearer),
    Talk("{} call", Protocol::GrpcTls, Authn::MutualTls),
    Talk("Ask for {}", Protocol::Http, Authn::NoAuth),
    Talk("{} update", Protocol::Unknown, Authn::Unknown),
];
pub(super) const TO_OUTSIDE: &[Talk] =
    &[Talk("Notify {}", Protocol::Https, Authn::ApiKey), Talk("Send {} report", Protocol::SmtpTls, Authn::Password)];

/// Controls by where they are attached: elements, flows, boundaries.
pub(super) const AT_ELEMENT: &[&str] = &["C-APP-PARAM", "C-APP-VALID", "C-APP-ENCODE", "C-DAT-ACL", "C-MON-AUDIT"];
pub(super) const AT_FLOW: &[&str] = &["C-NET-TLS"];
pub(super) const AT_BOUNDARY: &[&str] = &["C-NET-SEG", "C-NET-WAF"];

/// What flows into a network travel over.
pub(super) fn channel(from_trust: u8, to_trust: u8) -> Channel {
    if from_trust.min(to_trust) <= 1 { Channel::Internet } else { Channel::Wired }
}
