//! The plain model JSON of tools and tests: `boundaries`, `assets`, `nodes`, `flows`, `agents`, `controls` as lists.
//!
//! The format has no pictures, so the model comes with one empty diagram. Ids of nodes, flows and boundaries are kept;
//! an id used for two kinds stays with the first of node, flow, boundary, asset, agent.

use super::lenient::{Ids, Object, list, object, rest, text};
use super::{Import, ImportError, Loss, LossKind};
use crate::model::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Prefix of fields kept word for word with their object.
const EXTRA: &str = "plain_json/";

/// Reads a plain JSON model.
///
/// # Errors
/// The text is not JSON, or a list, an object, an id or a node's kind is not what it must be; the message names the place.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let value: Value = serde_json::from_str(text)?;
    let Value::Object(top) = value else { return Err(wrong("the file", "an object with the lists “nodes” and “flows”")) };
    let mut reader = Reader { ids: Ids::for_content(text), ..Reader::default() };
    reader.model(&top)?;
    Ok(Import { model: reader.model, losses: reader.losses, ..Import::default() })
}

fn wrong(place: &str, expected: &str) -> ImportError {
    ImportError::Content(format!("{place} should be {expected}; correct it and open the file again"))
}

/// One object of a list, with the place to blame.
struct Row<'a> {
    place: String,
    fields: &'a Object,
}

impl Row<'_> {
    fn what(&self) -> String {
        match text(self.fields, "name") {
            name if name.is_empty() => self.place.clone(),
            name => format!("{} “{name}”", self.place),
        }
    }
}

fn rows<'a>(top: &'a Object, key: &str) -> Result<Vec<Row<'a>>, ImportError> {
    let items = match top.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(items)) => items.as_slice(),
        Some(_) => return Err(wrong(key, "a list")),
    };
    let row = |(n, item): (usize, &'a Value)| {
        let place = format!("{key}[{n}]");
        match item {
            Value::Object(fields) => Ok(Row { place, fields }),
            _ => Err(wrong(&place, "an object")),
        }
    };
    items.iter().enumerate().map(row).collect()
}

#[derive(Default)]
struct Reader {
    model: ThreatModel,
    losses: Vec<Loss>,
    ids: Ids,
    /// Ids as written, by kind.
    nodes: BTreeMap<String, Id>,
    flows: BTreeMap<String, Id>,
    boundaries: BTreeMap<String, Id>,
    assets: BTreeMap<String, Id>,
}

impl Reader {
    fn model(&mut self, top: &Object) -> Result<(), ImportError> {
        let (nodes, flows, boundaries) = (rows(top, "nodes")?, rows(top, "flows")?, rows(top, "boundaries")?);
        let (assets, agents, controls) = (rows(top, "assets")?, rows(top, "agents")?, rows(top, "controls")?);
        // Every id is claimed before any reference is read.
        self.nodes = self.claim(&nodes)?;
        self.flows = self.claim(&flows)?;
        self.boundaries = self.claim(&boundaries)?;
        self.assets = self.claim(&assets)?;
        let agent_ids = self.claim(&agents)?;

        let lists = ["nodes", "flows", "boundaries", "assets", "agents", "controls", "name", "scope", "packs"];
        self.model.info.name = text(top, "name");
        self.model.info.scope = text(top, "scope");
        // Further rule packs, asked only when the file names them.
        self.model.info.packs_on = list(top, "packs").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        self.model.info.extra = rest(top, &lists, EXTRA);
        boundaries.iter().try_for_each(|row| self.boundary(row))?;
        assets.iter().try_for_each(|row| self.asset(row))?;
        nodes.iter().try_for_each(|row| self.node(row))?;
        flows.iter().try_for_each(|row| self.flow(row))?;
        for row in &agents {
            if let Some(id) = agent_ids.get(&text(row.fields, "id")) {
                let agent = self.agent(row);
                self.model.agents.insert(id.clone(), agent);
            }
        }
        controls.iter().enumerate().try_for_each(|(n, row)| self.control(n, row))?;
        let diagram = self.ids.claim("diagram");
        self.model.diagrams.insert(diagram, Diagram { name: "Data flow diagram".to_owned(), ..Diagram::default() });
        Ok(())
    }

    fn claim(&mut self, rows: &[Row<'_>]) -> Result<BTreeMap<String, Id>, ImportError> {
        let mut out = BTreeMap::new();
        for row in rows {
            let wanted = text(row.fields, "id");
            if wanted.is_empty() {
                return Err(wrong(&format!("{}.id", row.place), "a text that names it"));
            }
            let id = self.ids.claim(&wanted);
            if id.as_str() != wanted {
                self.lose(row, LossKind::Changed, format!("the id “{wanted}” is taken; it is now “{id}”"));
            }
            if out.insert(wanted.clone(), id).is_some() {
                return Err(wrong(&format!("{}.id", row.place), &format!("unique; “{wanted}” is used before")));
            }
        }
        Ok(out)
    }

    fn lose(&mut self, row: &Row<'_>, kind: LossKind, why: String) {
        self.losses.push(Loss::new(kind, row.what(), why));
    }

    /// The named value of a closed vocabulary; a missing one reads as `default`, an unknown one is told.
    fn word<T: DeserializeOwned>(&mut self, row: &Row<'_>, key: &str, default: T) -> T {
        match row.fields.get(key) {
            None | Some(Value::Null) => default,
            Some(value) => serde_json::from_value(value.clone()).unwrap_or_else(|_| {
                self.lose(row, LossKind::Changed, format!("{key} {value} is not known; left open"));
                default
            }),
        }
    }

    /// A list of values of a closed vocabulary.
    fn words<T: DeserializeOwned + Ord>(&mut self, row: &Row<'_>, key: &str) -> BTreeSet<T> {
        let mut out = BTreeSet::new();
        for value in list(row.fields, key) {
            match serde_json::from_value(value.clone()) {
                Ok(word) => drop(out.insert(word)),
                Err(_) => self.lose(row, LossKind::Dropped, format!("{value} in {key} is not known")),
            }
        }
        out
    }

    /// Answers to yes-or-no questions: true, false, or null for an open one.
    fn answers<T: DeserializeOwned + Ord>(&mut self, row: &Row<'_>, key: &str) -> BTreeMap<T, Tri> {
        let mut out = BTreeMap::new();
        for (name, value) in object(row.fields, key) {
            let answer = match value {
                Value::Bool(answer) => Some(Tri::from(*answer)),
                Value::Null => Some(Tri::Unknown),
                other => serde_json::from_value(other.clone()).ok(),
            };
            match (serde_json::from_value(Value::String(name.clone())), answer) {
                (Ok(question), Some(answer)) => drop(out.insert(question, answer)),
                _ => self.lose(row, LossKind::Dropped, format!("{name}: {value} in {key} is not known")),
            }
        }
        out
    }

    /// A number within `most`; a missing one reads as `default`.
    fn level(&mut self, row: &Row<'_>, key: &str, most: u8, default: u8) -> u8 {
        self.maybe_level(row, key, most).unwrap_or(default)
    }

    fn maybe_level(&mut self, row: &Row<'_>, key: &str, most: u8) -> Option<u8> {
        let value = row.fields.get(key).filter(|v| !v.is_null())?;
        let level = value.as_f64().and_then(|v| (0..=most).find(|level| f64::from(*level) == v));
        if level.is_none() {
            self.lose(row, LossKind::Dropped, format!("{key} {value} is not a whole number from 0 to {most}"));
        }
        level
    }

    /// The record a field refers to; a dangling reference is told.
    fn refer(&mut self, row: &Row<'_>, key: &str, known: impl Fn(&Reader) -> &BTreeMap<String, Id>) -> Option<Id> {
        let wanted = text(row.fields, key);
        if wanted.is_empty() {
            return None;
        }
        let id = known(self).get(&wanted).cloned();
        if id.is_none() {
            self.lose(row, LossKind::Dropped, format!("{key} “{wanted}” is not in the file"));
        }
        id
    }

    fn refer_all(&mut self, row: &Row<'_>, key: &str) -> BTreeSet<Id> {
        let mut out = BTreeSet::new();
        for wanted in list(row.fields, key).iter().filter_map(Value::as_str) {
            match self.assets.get(wanted) {
                Some(id) => drop(out.insert(id.clone())),
                None => self.lose(row, LossKind::Dropped, format!("asset “{wanted}” is not in the file")),
            }
        }
        out
    }

    fn boundary(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        let known = ["id", "name", "kind", "trust", "parent", "region"];
        let boundary = Boundary {
            name: text(row.fields, "name"),
            kind: self.word(row, "kind", BoundaryKind::Network),
            trust: self.maybe_level(row, "trust", 4),
            parent: self.refer(row, "parent", |r| &r.boundaries),
            region: Some(text(row.fields, "region")).filter(|r| !r.is_empty()),
            extra: rest(row.fields, &known, EXTRA),
            ..Boundary::default()
        };
        if let Some(id) = self.boundaries.get(&text(row.fields, "id")) {
            self.model.boundaries.insert(id.clone(), boundary);
        }
        Ok(())
    }

    fn asset(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        let known = ["id", "name", "kinds", "C", "I", "A", "P", "S", "records"];
        let asset = Asset {
            name: text(row.fields, "name"),
            kinds: self.words(row, "kinds"),
            c: self.level(row, "C", 4, 0),
            i: self.level(row, "I", 4, 0),
            a: self.level(row, "A", 4, 0),
            p: self.maybe_level(row, "P", 4),
            s: self.maybe_level(row, "S", 4),
            records: row.fields.get("records").and_then(Value::as_u64),
            extra: rest(row.fields, &known, EXTRA),
            ..Asset::default()
        };
        if let Some(id) = self.assets.get(&text(row.fields, "id")) {
            self.model.assets.insert(id.clone(), asset);
        }
        Ok(())
    }

    fn node(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        let known = ["id", "name", "kind", "tags", "boundary", "holds", "caps", "facts", "in_scope", "notes", "description"];
        let kind = row.fields.get("kind").map(|v| serde_json::from_value(v.clone()));
        let Some(Ok(kind)) = kind else {
            return Err(wrong(&format!("{}.kind", row.place), "External, Process or Store"));
        };
        let out = row.fields.get("in_scope") == Some(&Value::Bool(false));
        let element = Element {
            name: text(row.fields, "name"),
            kind,
            tags: list(row.fields, "tags").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            boundary: self.refer(row, "boundary", |r| &r.boundaries),
            holds: self.refer_all(row, "holds"),
            capabilities: self.answers(row, "caps"),
            facts: self.answers(row, "facts"),
            out_of_scope: out.then(|| "out of scope in the source file".to_owned()),
            notes: text(row.fields, "notes"),
            description: text(row.fields, "description"),
            extra: rest(row.fields, &known, EXTRA),
            ..Element::default()
        };
        if let Some(id) = self.nodes.get(&text(row.fields, "id")) {
            self.model.elements.insert(id.clone(), element);
        }
        Ok(())
    }

    fn flow(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        let known = ["id", "name", "src", "dst", "protocol", "authn", "channel", "assets", "bidi", "initiator", "notes"];
        let flow = Flow {
            name: text(row.fields, "name"),
            from: self.refer(row, "src", |r| &r.nodes),
            to: self.refer(row, "dst", |r| &r.nodes),
            protocol: self.word(row, "protocol", Protocol::Unknown),
            authn: self.word(row, "authn", Authn::Unknown),
            channel: self.word(row, "channel", Channel::Unknown),
            assets: self.refer_all(row, "assets"),
            bidirectional: self.word(row, "bidi", true),
            initiator: self.word(row, "initiator", Initiator::Source),
            notes: text(row.fields, "notes"),
            extra: rest(row.fields, &known, EXTRA),
            ..Flow::default()
        };
        if let Some(id) = self.flows.get(&text(row.fields, "id")) {
            self.model.flows.insert(id.clone(), flow);
        }
        Ok(())
    }

    fn agent(&mut self, row: &Row<'_>) -> ThreatAgent {
        let known = ["id", "name", "kind", "capability", "intent", "access", "starts", "active"];
        let mut starts = BTreeSet::new();
        for wanted in list(row.fields, "starts").iter().filter_map(Value::as_str) {
            match self.nodes.get(wanted).or_else(|| self.boundaries.get(wanted)) {
                Some(id) => drop(starts.insert(id.clone())),
                None => self.lose(row, LossKind::Dropped, format!("start “{wanted}” is not in the file")),
            }
        }
        ThreatAgent {
            name: text(row.fields, "name"),
            kind: self.word(row, "kind", AgentKind::Other),
            capability: self.level(row, "capability", 5, 3),
            intent: self.level(row, "intent", 5, 3),
            access: self.words(row, "access"),
            starts,
            active: self.word(row, "active", true),
            extra: rest(row.fields, &known, EXTRA),
            ..ThreatAgent::default()
        }
    }

    fn control(&mut self, n: usize, row: &Row<'_>) -> Result<(), ImportError> {
        let control = text(row.fields, "control");
        if control.is_empty() {
            return Err(wrong(&format!("{}.control", row.place), "the id of a control"));
        }
        let at = text(row.fields, "at");
        let found = self.nodes.get(&at).or_else(|| self.flows.get(&at)).or_else(|| self.boundaries.get(&at));
        let site = match found {
            Some(id) => Some(Site::At(id.clone())),
            None if at == "model" => Some(Site::Model),
            None => None,
        };
        if site.is_none() {
            self.lose(row, LossKind::Dropped, format!("{control} at “{at}”: there is no such place in the file"));
        }
        let status = match text(row.fields, "impl").as_str() {
            "Absent" => ControlStatus::Proposed,
            "Done" | "" => ControlStatus::Implemented,
            _ => self.word(row, "impl", ControlStatus::Proposed),
        };
        let level = self.word(row, "evidence", EvidenceLevel::Documented);
        let coverage = row.fields.get("coverage").and_then(Value::as_f64).unwrap_or(1.0);
        let instance = ControlInstance {
            control,
            at: site.into_iter().collect(),
            status,
            coverage,
            evidence: Evidence { level, ..Evidence::default() },
            owner: None,
            due: None,
            cost: None,
            notes: text(row.fields, "notes"),
            visibility: None,
        };
        let id = self.ids.claim(&format!("ctl-{}", n + 1));
        self.model.instances.insert(id, instance);
        Ok(())
    }
}
