//! Threagile's vocabularies in ours.

use crate::model::{Authn, Band, BoundaryKind, Category, Protocol};
use Protocol::*;

/// How much protection is asked for, 0 to 4.
pub(super) fn level(word: &str) -> Option<u8> {
    Some(match word.trim().to_lowercase().as_str() {
        "public" | "archive" => 0,
        "internal" | "operational" => 1,
        "restricted" | "important" => 2,
        "confidential" | "critical" => 3,
        "strictly-confidential" | "mission-critical" => 4,
        _ => return None,
    })
}

/// A protocol, and whether ours says all that theirs does. `None` for one that is not known.
pub(super) fn protocol(word: &str) -> Option<(Protocol, bool)> {
    let word = word.trim().to_lowercase();
    let (stem, encrypted) = match word.strip_suffix("-encrypted") {
        Some(stem) => (stem, true),
        None => (word.as_str(), false),
    };
    let either = |plain: Protocol, secure: Protocol| if encrypted { secure } else { plain };
    Some(match stem {
        "" | "unknown-protocol" => (Unknown, true),
        "http" => (Http, true),
        "https" => (Https, true),
        "ws" => (Ws, true),
        "wss" => (Wss, true),
        "reverse-proxy-web-protocol" => (either(Http, Https), false),
        "mqtt" => (either(Mqtt, Mqtts), true),
        "sql-access-protocol" => (either(Sql, SqlTls), true),
        "jdbc" | "odbc" | "nosql-access-protocol" => (either(Sql, SqlTls), false),
        "binary" | "text" | "iiop" | "jrmp" | "pop3" | "imap" | "jms" | "nrpe" | "xmpp" => (either(Tcp, Tls), false),
        "ssh" => (Ssh, true),
        "ssh-tunnel" => (Ssh, false),
        "smtp" => (either(Smtp, SmtpTls), true),
        "ftp" => (Ftp, true),
        "ftps" => (Tls, false),
        "sftp" => (Sftp, true),
        "scp" => (Sftp, false),
        "ldap" => (Ldap, true),
        "ldaps" => (Ldaps, true),
        "nfs" => (Nfs, true),
        "smb" => (Smb, !encrypted),
        "local-file-access" => (File, true),
        "in-process-library-call" => (InProcess, true),
        "inter-process-communication" => (Ipc, true),
        _ => return None,
    })
}

/// True for protocols that only databases with a query language of the SQL family speak.
pub(super) fn speaks_sql(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    matches!(word.strip_suffix("-encrypted").unwrap_or(&word), "jdbc" | "odbc" | "sql-access-protocol")
}

/// How a caller proves who it is; `None` where ours has no such way.
pub(super) fn authentication(word: &str) -> Option<Authn> {
    Some(match word.trim().to_lowercase().as_str() {
        "" => Authn::Unknown,
        "none" => Authn::NoAuth,
        "credentials" => Authn::Password,
        "session-id" => Authn::Session,
        "token" => Authn::Bearer,
        "client-certificate" => Authn::MutualTls,
        "two-factor" => Authn::Mfa,
        _ => return None,
    })
}

/// The technology tag of a technology; `None` for what is no technology of ours.
pub(super) fn technology(word: &str) -> Option<&'static str> {
    Some(match word.trim().to_lowercase().as_str() {
        "client-system" | "devops-client" => "client",
        "browser" => "browser",
        "desktop" => "desktop-app",
        "mobile-app" => "mobile-app",
        "web-server" | "application-server" | "erp" | "ejb" => "server",
        "web-application" => "web-app",
        "cms" => "cms",
        "database" => "database",
        "file-server" | "local-file-system" | "block-storage" => "file-store",
        "data-lake" => "data-warehouse",
        "web-service-rest" => "rest-api",
        "web-service-soap" => "soap-service",
        "search-index" | "search-engine" => "search-index",
        "service-registry" => "service-registry",
        "reverse-proxy" | "waf" => "reverse-proxy",
        "load-balancer" => "load-balancer",
        "gateway" => "gateway",
        "build-pipeline" => "build-pipeline",
        "sourcecode-repository" => "source-repo",
        "artifact-registry" => "artifact-registry",
        "monitoring" | "ids" | "ips" => "monitoring",
        "ldap-server" | "identity-store-ldap" => "directory",
        "identity-store-database" => "identity-store",
        "identity-provider" => "identity-provider",
        "container-platform" => "orchestrator",
        "batch-processing" | "scheduler" => "batch-job",
        "event-listener" | "stream-processing" => "message-consumer",
        "message-queue" => "queue",
        "function" => "serverless",
        "iot-device" => "iot-device",
        "report-engine" => "report-generator",
        "ai" => "ml-model",
        "mail-server" => "mail-service",
        "vault" => "secrets-vault",
        "hsm" => "key-service",
        _ => return None,
    })
}

pub(super) fn boundary(word: &str) -> Option<BoundaryKind> {
    Some(match word.trim().to_lowercase().as_str() {
        "network-on-prem" | "network-virtual-lan" | "network-policy-namespace-isolation" | "network-cloud-security-group" => {
            BoundaryKind::Network
        }
        "network-dedicated-hoster" => BoundaryKind::Organisation,
        "network-cloud-provider" => BoundaryKind::Cloud,
        "execution-environment" => BoundaryKind::Container,
        _ => return None,
    })
}

pub(super) fn stride(word: &str) -> Option<Category> {
    Some(match word.trim().to_lowercase().as_str() {
        "spoofing" => Category::S,
        "tampering" => Category::T,
        "repudiation" => Category::R,
        "information-disclosure" => Category::I,
        "denial-of-service" => Category::D,
        "elevation-of-privilege" => Category::E,
        _ => return None,
    })
}

/// The severity Threagile gives a likelihood and an impact; what is not said counts as likely and medium.
pub(super) fn severity(likelihood: &str, impact: &str) -> Option<Band> {
    let likelihood = match likelihood.trim().to_lowercase().as_str() {
        "unlikely" => 1,
        "" | "likely" => 2,
        "very-likely" => 3,
        "frequent" => 4,
        _ => return None,
    };
    let impact = match impact.trim().to_lowercase().as_str() {
        "low" => 1,
        "" | "medium" => 2,
        "high" => 3,
        "very-high" => 4,
        _ => return None,
    };
    Some(match likelihood * impact {
        0..=1 => Band::Low,
        2..=8 => Band::Medium,
        9..=12 => Band::High,
        _ => Band::Critical,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_those_of_the_tool() {
        // Elevated is one of our medium ones.
        for (likelihood, impact, band) in [
            ("unlikely", "low", Band::Low),
            ("unlikely", "medium", Band::Medium),
            ("likely", "very-high", Band::Medium),
            ("very-likely", "high", Band::High),
            ("frequent", "very-high", Band::Critical),
            ("", "", Band::Medium),
        ] {
            assert_eq!(severity(likelihood, impact), Some(band), "{likelihood} {impact}");
        }
        assert_eq!(severity("sometimes", "low"), None);
    }
}
