//! Words that say what a thing is: kinds before or after a name, and protocols.

use crate::model::{ElementKind, Protocol};

/// What a word before or after a name says: "db: Orders", "Orders (store)".
pub fn kind_word(word: &str) -> Option<ElementKind> {
    Some(match word.trim().to_lowercase().as_str() {
        "db" | "store" | "data store" | "database" => ElementKind::DataStore,
        "ext" | "user" | "entity" | "external" | "external entity" => ElementKind::ExternalEntity,
        "proc" | "process" | "service" => ElementKind::Process,
        _ => return None,
    })
}

/// The protocol somebody means, whatever the spelling: "https", "SQL over TLS", "grpc-tls".
pub fn protocol(words: &str) -> Option<Protocol> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = bare(words);
    let known = Protocol::ALL.iter().filter(|p| **p != Protocol::Unknown);
    known.copied().find(|p| bare(p.name()) == wanted || bare(p.label()) == wanted)
}
