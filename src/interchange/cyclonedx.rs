//! CycloneDX documents with threat models: the blueprints, threats and risks of the 2.0 drafts, and the earlier prototype
//! that wrote components with `cdx:model:` properties. The drafts still change, so whatever is not known is kept.

mod blueprint;
mod prototype;
mod threats;

use super::draft::Draft;
use super::kept::objects;
use super::lenient::{Object, object, text};
use super::{Format, Import, ImportError};
use crate::model::Id;
use serde_json::Value;
use std::collections::BTreeMap;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "cyclonedx.";

/// Reads a document.
///
/// # Errors
/// The text is not JSON, or a bill of materials without any threat model.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let Value::Object(file) = serde_json::from_str(text)? else { return Err(ImportError::Unknown) };
    let mut reader = Reader { draft: Draft::new("CycloneDX", text), found: BTreeMap::new(), data: BTreeMap::new() };
    let prototype = prototype::models(&file);
    let has_model = ["blueprints", "threats", "risks"].iter().any(|key| file.contains_key(*key));
    if prototype.is_empty() && !has_model {
        let why = "it lists components, but holds no blueprint, threats or risks";
        return Err(ImportError::NoModel(Format::CycloneDx, why));
    }
    reader.info(&file);
    if prototype.is_empty() {
        for raw in objects(&mut reader.draft, &file, "blueprints", "blueprint") {
            reader.blueprint(raw);
        }
        reader.threats(&file);
    } else {
        reader.prototype(&prototype);
    }
    Ok(reader.draft.finish())
}

/// A model in the making, with the records by their `bom-ref`.
struct Reader {
    draft: Draft,
    /// Elements, flows and boundaries.
    found: BTreeMap<String, Id>,
    data: BTreeMap<String, Id>,
}

impl Reader {
    fn info(&mut self, file: &Object) {
        let component = object(object(file, "metadata"), "component");
        let info = &mut self.draft.model.info;
        (info.name, info.description) = (text(component, "name"), text(component, "description"));
        for key in ["serialNumber", "specVersion", "$comment"].into_iter().filter(|key| !text(file, key).is_empty()) {
            info.extra.insert(format!("{PREFIX}{key}"), text(file, key));
        }
    }

    fn claim(&mut self, raw: &Object, what: &str) -> Id {
        let foreign = text(raw, "bom-ref");
        let id = self.draft.claim(&foreign, what);
        self.found.entry(foreign).or_insert_with(|| id.clone());
        id
    }
}
