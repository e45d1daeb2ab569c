//! What words and names of stencils say about shapes.

use crate::model::ElementKind::{self, DataStore, ExternalEntity, Process};

const STORES: &[&str] = &[
    "database",
    "databases",
    "db",
    "dbs",
    "ddbb",
    "sql",
    "mysql",
    "postgres",
    "postgresql",
    "oracle",
    "mongodb",
    "mongo",
    "redis",
    "cache",
    "datastore",
    "storage",
    "store",
    "s3",
    "bucket",
    "buckets",
    "blob",
    "rds",
    "aurora",
    "dynamodb",
    "dynamo",
    "redshift",
    "elasticache",
    "queue",
    "sqs",
    "kafka",
    "topic",
    "sns",
    "log",
    "logs",
    "file",
    "files",
    "filesystem",
    "efs",
    "ebs",
    "glacier",
    "warehouse",
    "lake",
    "repository",
    "registry",
    "directory",
    "ldap",
    "vault",
    "backup",
    "table",
    "disk",
    "documentdb",
    "neptune",
    "cosmos",
    "bigquery",
    "spanner",
    "firestore",
    "bigtable",
    "elasticsearch",
    "opensearch",
    "cylinder",
    "archive",
];
const PEOPLE: &[&str] = &[
    "user",
    "users",
    "customer",
    "customers",
    "client",
    "clients",
    "browser",
    "actor",
    "person",
    "people",
    "admin",
    "administrator",
    "operator",
    "employee",
    "staff",
    "human",
    "partner",
    "supplier",
    "vendor",
    "patient",
    "doctor",
    "visitor",
    "guest",
    "internet",
    "external",
    "attacker",
    "developer",
    "citizen",
    "merchant",
    "smartphone",
    "mobile",
    "laptop",
    "pc",
    "workstation",
];

/// The kind a text speaks of, word by word; names of stencils are cut at dots and underscores. The last word that says
/// something counts most: a user database is a database.
pub(super) fn kind(text: &str) -> Option<(ElementKind, String)> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut said = words.filter_map(|word| {
        let kind = if STORES.contains(&word) {
            DataStore
        } else if PEOPLE.contains(&word) {
            ExternalEntity
        } else if matches!(
            word,
            "service" | "server" | "api" | "app" | "application" | "website" | "processor" | "interface" | "lambda"
        ) {
            Process
        } else {
            return None;
        };
        Some((kind, word.to_owned()))
    });
    said.next_back()
}
