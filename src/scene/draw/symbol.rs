//! The small picture beside an element's name: its technology, else its kind.

use crate::model::{Element, ElementKind};
use crate::text::{Icon, icon};

/// Technology tags and their pictures; the first that an element has wins, so the telling ones stand first.
const SYMBOLS: &[(&str, Icon)] = &[
    ("payment-provider", icon::CREDIT_CARD),
    ("drone", icon::PAPER_PLANE_RIGHT),
    ("robot", icon::ROBOT),
    ("vehicle", icon::PATH),
    ("scada", icon::SLIDERS_HORIZONTAL),
    ("historian", icon::TREND_UP),
    ("engineering-workstation", icon::MONITOR),
    ("remote-access", icon::TERMINAL_WINDOW),
    ("service-registry", icon::MAP_TRIFOLD),
    ("wasm-plugin", icon::PLUG),
    ("enclave", icon::LOCK_SIMPLE),
    ("key-service", icon::KEY),
    ("identity-wallet", icon::FINGERPRINT),
    ("crypto-wallet", icon::CREDIT_CARD),
    ("credential-verifier", icon::SHIELD_CHECK),
    ("credential-issuer", icon::SIGNATURE),
    ("smart-contract", icon::SIGNATURE),
    ("mcp-server", icon::WRENCH),
    ("agent-memory", icon::BOOKMARK_SIMPLE),
    ("model-hub", icon::PACKAGE),
    ("edge-function", icon::LIGHTNING),
    ("mail-service", icon::ENVELOPE_SIMPLE),
    ("third-party-script", icon::CODE),
    ("analytics", icon::CHART_BAR),
    ("open-source-registry", icon::PACKAGE),
    ("cloud-control-plane", icon::CLOUD),
    ("llm", icon::SPARKLE),
    ("llm-agent", icon::ROBOT),
    ("rag-orchestrator", icon::ROBOT),
    ("ml-model", icon::SPARKLE),
    ("agent-tool", icon::WRENCH),
    ("administrator", icon::WRENCH),
    ("developer", icon::CODE),
    ("staff", icon::USERS),
    ("customer", icon::USER),
    ("human-user", icon::USER),
    ("saas", icon::CLOUD),
    ("partner-system", icon::HANDSHAKE),
    ("regulator", icon::HANDSHAKE),
    ("cdn", icon::GLOBE),
    ("reverse-proxy", icon::SHIELD),
    ("load-balancer", icon::SHUFFLE),
    ("api-gateway", icon::SHIELD),
    ("identity-provider", icon::FINGERPRINT),
    ("admin-console", icon::TERMINAL_WINDOW),
    ("mobile-app", icon::DEVICE_MOBILE),
    ("desktop-app", icon::MONITOR),
    ("browser-spa", icon::BROWSERS),
    ("browser", icon::BROWSERS),
    ("cms", icon::BROWSER),
    ("web-app", icon::BROWSER),
    ("ota-service", icon::ROCKET_LAUNCH),
    ("deployer", icon::ROCKET_LAUNCH),
    ("build-pipeline", icon::WRENCH),
    ("orchestrator", icon::STACK),
    ("iot-gateway", icon::WIFI_HIGH),
    ("actuator", icon::CPU),
    ("sensor", icon::THERMOMETER),
    ("iot-device", icon::CPU),
    ("plc", icon::CPU),
    ("device", icon::CPU),
    ("file-converter", icon::FILE_TEXT),
    ("report-generator", icon::FILE_TEXT),
    ("gateway", icon::SHARE_NETWORK),
    ("message-consumer", icon::GEAR_SIX),
    ("serverless", icon::LIGHTNING),
    ("monitoring", icon::EYE),
    ("legacy", icon::HARD_DRIVES),
    ("worker", icon::GEAR_SIX),
    ("microservice", icon::PACKAGE),
    ("rest-api", icon::PACKAGE),
    ("graphql-api", icon::PACKAGE),
    ("grpc-service", icon::PACKAGE),
    ("api", icon::PACKAGE),
    ("cache", icon::LIGHTNING),
    ("key-value", icon::LIGHTNING),
    ("config", icon::KEY),
    ("secrets-vault", icon::KEY),
    ("backup", icon::ARCHIVE),
    ("log-store", icon::LIST_DASHES),
    ("queue", icon::QUEUE),
    ("mobile-storage", icon::DEVICE_MOBILE),
    ("browser-storage", icon::BROWSERS),
    ("directory", icon::USERS_THREE),
    ("identity-store", icon::USERS_THREE),
    ("removable-media", icon::FLOPPY_DISK),
    ("source-repo", icon::GIT_BRANCH),
    ("artifact-registry", icon::PACKAGE),
    ("vector-db", icon::SHARE_NETWORK),
    ("time-series", icon::TREND_UP),
    ("search-index", icon::MAGNIFYING_GLASS),
    ("data-warehouse", icon::TABLE),
    ("nosql", icon::TABLE),
    ("sql", icon::DATABASE),
    ("object-store", icon::FOLDER_OPEN),
    ("shared-drive", icon::FOLDER_OPEN),
    ("file-store", icon::FOLDER_OPEN),
];

/// The picture for an element.
pub fn symbol_of(element: &Element) -> Icon {
    let by_tag = SYMBOLS.iter().find(|(tag, _)| element.tags.contains(*tag)).map(|(_, icon)| *icon);
    by_tag.unwrap_or(match element.kind {
        ElementKind::ExternalEntity => icon::USER,
        ElementKind::Process => icon::GEAR_SIX,
        ElementKind::DataStore => icon::DATABASE,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_symbol_belongs_to_a_tag_of_the_library() {
        let library = crate::library::Library::builtin();
        for (tag, _) in super::SYMBOLS {
            assert!(library.tags.get(tag).is_some(), "{tag}");
        }
    }
}
