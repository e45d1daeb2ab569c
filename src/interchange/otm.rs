//! Open Threat Model (OTM) 0.1 and 0.2, JSON or YAML.
//!
//! Places are relative to the zone or component around them; a threat of the file is one threat here with a target for
//! each instance, a mitigation one control with an instance for each state. Fields without a counterpart are kept with
//! their object under `otm.` and their name.

mod component;
mod flow;
mod picture;
mod threat;
mod write;
mod zone;

use super::draft::Draft;
use super::kept::objects;
use super::lenient::{Object, number, object, shortened, text};
use super::{Import, ImportError, LossKind, yaml};
use crate::geometry::Rect;
use crate::model::{Asset, Diagram, Id, LineStyle, Role};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use write::write;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "otm.";
/// Attributes under which our own files keep what the format has no field for.
const OWN: &str = "palisade.";
/// The type of the zone that stands for being in none.
const NO_ZONE: &str = "palisade.none";

/// Reads a model.
///
/// # Errors
/// The text is neither sound JSON nor sound YAML, or no object.
pub fn read(content: &str) -> Result<Import, ImportError> {
    let file = if content.trim_start().starts_with('{') { serde_json::from_str(content)? } else { yaml::parse(content)? };
    let Value::Object(file) = file else { return Err(ImportError::Unknown) };
    let mut reader = Reader::new(content);
    reader.model(&file);
    Ok(reader.draft.finish())
}

/// A model in the making, with the ids as the file writes them.
struct Reader {
    draft: Draft,
    diagrams: BTreeMap<String, Id>,
    assets: BTreeMap<String, Id>,
    zones: BTreeMap<String, Id>,
    /// Zones that only stand for being in none: the format wants a parent for everything.
    outside: BTreeSet<String>,
    components: BTreeMap<String, Id>,
    threats: BTreeMap<String, Id>,
    mitigations: BTreeMap<String, threat::Mitigation>,
    /// Places as written: by diagram and record, relative to the parent.
    places: BTreeMap<(Id, Id), Rect>,
    /// What is around what, zones and components alike.
    parents: BTreeMap<Id, Id>,
}

impl Reader {
    fn new(content: &str) -> Reader {
        let draft = Draft::new("Open Threat Model", content);
        let (diagrams, assets, zones, components, threats) = Default::default();
        let (outside, mitigations, places, parents) = Default::default();
        Reader { draft, diagrams, assets, zones, outside, components, threats, mitigations, places, parents }
    }

    fn model(&mut self, file: &Object) {
        const READ: &[&str] =
            &["project", "representations", "assets", "trustZones", "components", "dataflows", "threats", "mitigations"];
        // The names examples of the specification misspell, and people copy.
        const ALIASES: &[(&str, &str)] =
            &[("trustzones", "trustZones"), ("dataFlows", "dataflows"), ("trust_zones", "trustZones")];
        let mut file = file.clone();
        for (wrong, right) in ALIASES {
            if let Some(value) = file.remove(*wrong).filter(|_| !file.contains_key(*right)) {
                file.insert((*right).to_owned(), value);
            }
        }
        self.project(&file, READ);
        self.representations(&file);
        self.asset_records(&file);
        // Ids before anything that refers to them.
        let all = self.claimed(&file, "trustZones", "trust zone");
        let (outside, zones): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, raw)| text(raw, "type") == NO_ZONE);
        self.outside = outside.into_iter().map(|(_, raw)| text(raw, "id")).collect();
        let components = self.claimed(&file, "components", "component");
        for (id, raw) in &zones {
            self.zones.entry(text(raw, "id")).or_insert_with(|| id.clone());
        }
        for (id, raw) in &components {
            self.components.entry(text(raw, "id")).or_insert_with(|| id.clone());
        }
        self.threat_records(&file);
        zones.iter().for_each(|(id, raw)| self.zone(id, raw));
        components.iter().for_each(|(id, raw)| self.component(id, raw));
        self.nest();
        self.place_boxes();
        self.flows(&file);
        self.store_mitigations();
    }

    /// The objects of a list with the ids they have here.
    fn claimed<'a>(&mut self, file: &'a Object, key: &str, kind: &str) -> Vec<(Id, &'a Object)> {
        let raw = objects(&mut self.draft, file, key, kind);
        raw.into_iter().map(|raw| (self.draft.claim(&text(raw, "id"), &title(kind, raw)), raw)).collect()
    }

    fn project(&mut self, file: &Object, read: &[&str]) {
        let project = object(file, "project");
        let known: Vec<&str> = read.iter().copied().chain(["otmVersion"]).collect();
        let mut extra = self.draft.set_aside(None, "the model", file, &known, PREFIX);
        let kept = ["name", "description", "owner", "id"];
        extra.extend(self.draft.set_aside(None, "the project", project, &kept, "otm.project."));
        extra.insert(format!("{PREFIX}otmVersion"), text(file, "otmVersion"));
        extra.insert("otm.project.id".to_owned(), text(project, "id"));
        let owner = text(project, "owner");
        self.draft.person(&owner, Role::Owner);
        let info = &mut self.draft.model.info;
        info.name = text(project, "name");
        info.description = text(project, "description");
        info.owner = owner;
        info.extra = extra;
    }

    fn representations(&mut self, file: &Object) {
        let mut kept = Vec::new();
        for raw in objects(&mut self.draft, file, "representations", "representation") {
            if text(raw, "type") != "diagram" {
                kept.push(Value::Object(raw.clone()));
                continue;
            }
            self.diagram(raw);
        }
        if !kept.is_empty() {
            let names: Vec<String> = kept.iter().filter_map(Value::as_object).map(|r| text(r, "name")).collect();
            let why = format!("they are no diagrams and are kept as they are: {}", shortened(&names.join(", ")));
            self.draft.lose(LossKind::Kept, "representations", why);
            self.draft.model.info.extra.insert(format!("{PREFIX}representations"), Value::Array(kept).to_string());
        }
    }

    /// A diagram of the file; one that is only referred to has nothing but an id.
    fn diagram(&mut self, raw: &Object) -> Id {
        let foreign = text(raw, "id");
        let what = title("diagram", raw);
        let id = self.draft.claim(&foreign, &what);
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &["id", "name", "type", "description", "size"], PREFIX);
        if let Some(size) = raw.get("size").filter(|s| s.is_object()) {
            extra.insert(format!("{PREFIX}size"), size.to_string());
        }
        let order = i32::try_from(self.diagrams.len()).unwrap_or(i32::MAX);
        let name = Some(text(raw, "name")).filter(|n| !n.trim().is_empty()).unwrap_or_else(|| foreign.clone());
        let diagram = Diagram {
            name,
            description: text(raw, "description"),
            order,
            line_style: LineStyle::Orthogonal,
            extra,
            ..Diagram::default()
        };
        self.draft.model.diagrams.insert(id.clone(), diagram);
        self.diagrams.entry(foreign).or_insert_with(|| id.clone());
        id
    }

    fn asset_records(&mut self, file: &Object) {
        for raw in objects(&mut self.draft, file, "assets", "asset") {
            let what = title("asset", raw);
            let id = self.draft.claim(&text(raw, "id"), &what);
            let risk = object(raw, "risk");
            let mut extra = self.draft.set_aside(Some(&id), &what, raw, &["id", "name", "description", "risk"], PREFIX);
            if !risk.is_empty() {
                extra.insert(format!("{PREFIX}risk"), Value::Object(risk.clone()).to_string());
            }
            let value = |key| quarter(number(risk, key).unwrap_or_default());
            let asset = Asset {
                name: text(raw, "name"),
                description: text(raw, "description"),
                c: value("confidentiality"),
                i: value("integrity"),
                a: value("availability"),
                extra,
                ..Asset::default()
            };
            self.assets.entry(text(raw, "id")).or_insert_with(|| id.clone());
            self.draft.model.assets.insert(id, asset);
        }
    }
}

/// 0 to 100 as 0 to 4.
fn quarter(percent: f32) -> u8 {
    (percent.clamp(0.0, 100.0) / 25.0).round() as u8
}

/// For the loss report: kind and name.
fn title(kind: &str, raw: &Object) -> String {
    let name = [text(raw, "name"), text(raw, "id")].into_iter().find(|n| !n.trim().is_empty()).unwrap_or_default();
    format!("{kind} “{}”", shortened(&name))
}
