//! Words that say what a thing is: kinds before or after a name, kinds guessed from a name, and protocols.

use crate::model::{ElementKind, Protocol};

/// Head nouns of names of data stores and of external entities; everything else does something, and is a process.
const STORES: &[&str] = &[
    "archive",
    "backup",
    "bucket",
    "cache",
    "database",
    "datastore",
    "db",
    "disk",
    "file",
    "files",
    "index",
    "ledger",
    "log",
    "logs",
    "mongodb",
    "mysql",
    "postgres",
    "queue",
    "redis",
    "s3",
    "sql",
    "storage",
    "store",
    "table",
    "vault",
    "warehouse",
];
const ENTITIES: &[&str] = &[
    "admin",
    "administrator",
    "attacker",
    "bank",
    "browser",
    "client",
    "customer",
    "customers",
    "employee",
    "operator",
    "partner",
    "patient",
    "person",
    "provider",
    "staff",
    "supplier",
    "user",
    "users",
    "visitor",
];

/// What a word before or after a name says: "db: Orders", "Orders (store)".
pub fn kind_word(word: &str) -> Option<ElementKind> {
    Some(match word.trim().to_lowercase().as_str() {
        "db" | "store" | "data store" | "database" => ElementKind::DataStore,
        "ext" | "user" | "entity" | "external" | "external entity" => ElementKind::ExternalEntity,
        "proc" | "process" | "service" => ElementKind::Process,
        _ => return None,
    })
}

/// The kind a thing of this name most likely is, by its last word: "Customer database" is a store, "User service" none.
pub fn likely_kind(name: &str) -> ElementKind {
    let last = last_word(name);
    if STORES.contains(&last.as_str()) {
        ElementKind::DataStore
    } else if ENTITIES.contains(&last.as_str()) {
        ElementKind::ExternalEntity
    } else {
        ElementKind::Process
    }
}

/// In lower case; "AuditLog" and "OrderSQL" have two words.
fn last_word(name: &str) -> String {
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            if !word.is_empty() {
                word.push(' ');
            }
        } else {
            if c.is_uppercase() && was_lower {
                word.push(' ');
            }
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    word.split_whitespace().last().unwrap_or_default().to_owned()
}

/// The protocol somebody means, whatever the spelling: "https", "SQL over TLS", "grpc-tls".
pub fn protocol(words: &str) -> Option<Protocol> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = bare(words);
    let known = Protocol::ALL.iter().filter(|p| **p != Protocol::Unknown);
    known.copied().find(|p| bare(p.name()) == wanted || bare(p.label()) == wanted)
}
