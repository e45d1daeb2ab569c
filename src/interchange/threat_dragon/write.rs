//! Writing Threat Dragon 2: files the released tool opens, and this reader reads back.
//!
//! An edge ends at a cell of the same diagram or at a point, never at what is not there. What was kept of a Threat Dragon
//! file goes back where it came from; what the format has no field for goes along under `palisade`, as far as it is about
//! one shape.

mod cell;
mod threat;

use super::PREFIX;
use crate::interchange::export::{Derived, Export, Told, threats_at};
use crate::interchange::{Loss, LossKind};
use crate::model::{Diagram, Extra, Id, Placement, ThreatModel};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is written where nothing was kept: the newest release everybody has.
const VERSION: &str = "2.6.0";

pub(in crate::interchange) fn write(model: &ThreatModel, derived: &Derived<'_>) -> Export {
    let mut writer = Writer::new(model, derived);
    let file = writer.file();
    // Values made of maps and lists always have text.
    let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
    Export { text, losses: writer.losses }
}

struct Writer<'m> {
    model: &'m ThreatModel,
    threats: BTreeMap<Id, Vec<Told>>,
    losses: Vec<Loss>,
    /// Cell ids taken so far: the tool wants them unique, and two characters long.
    taken: BTreeSet<String>,
    /// What was drawn on an earlier diagram, with its threats.
    drawn: BTreeSet<Id>,
    /// The highest number of a threat so far.
    number: u32,
    /// Flows drawn at right angles, which the tool does not do.
    straightened: usize,
}

impl<'m> Writer<'m> {
    fn new(model: &'m ThreatModel, derived: &Derived<'_>) -> Writer<'m> {
        let threats = threats_at(model, derived);
        let number = threats.values().flatten().filter_map(|t| t.number).max().unwrap_or_default();
        let (losses, taken, drawn) = Default::default();
        Writer { model, threats, losses, taken, drawn, number, straightened: 0 }
    }

    fn lose(&mut self, id: &Id, kind: LossKind, what: &str, why: impl Into<String>) {
        let name = self.model.name_of(id);
        let name = if name.trim().is_empty() { id.as_str() } else { name };
        self.losses.push(Loss::new(kind, format!("{what} “{name}”"), why).at(id));
    }

    fn file(&mut self) -> Value {
        let info = &self.model.info;
        let kept = |name: &str| info.extra.get(&format!("{PREFIX}{name}")).cloned();
        let version = kept("version").map(|v| plain(&v)).filter(|v| v.starts_with("2.") && v.len() <= 10);
        let version = version.unwrap_or_else(|| VERSION.to_owned());
        let mut file = restored(&info.extra, PREFIX, &["version"], |field| !field.contains('.'));
        file.insert("version".to_owned(), json!(version));
        let mut summary = restored(&info.extra, "td2.summary.", &[], |_| true);
        summary.insert("title".to_owned(), json!(info.name));
        summary.insert("owner".to_owned(), json!(info.owner));
        summary.insert("description".to_owned(), json!(info.description));
        let is_id = |id: &Value| id.as_u64().is_some() || id.as_str().is_some_and(|s| s.chars().count() >= 2);
        if !summary.get("id").is_some_and(is_id) {
            summary.insert("id".to_owned(), json!(0));
        }
        let diagrams: Vec<Value> =
            self.model.diagram_order().iter().enumerate().map(|(n, id)| self.diagram(n, id, &version)).collect();
        let mut detail = restored(&info.extra, "td2.detail.", &[], |_| true);
        let top = |key: &str, least: u64| detail.get(key).and_then(Value::as_u64).unwrap_or_default().max(least);
        let diagram_top =
            top("diagramTop", diagrams.iter().filter_map(|d| d.get("id").and_then(Value::as_u64)).max().map_or(0, |n| n + 1));
        let threat_top = top("threatTop", u64::from(self.number));
        let people: Vec<Value> = self.model.people.values().map(|p| json!({ "name": p.name })).collect();
        detail.insert("contributors".to_owned(), json!(people));
        detail.insert("reviewer".to_owned(), json!(info.reviewer));
        detail.insert("diagramTop".to_owned(), json!(diagram_top));
        detail.insert("threatTop".to_owned(), json!(threat_top));
        detail.insert("diagrams".to_owned(), json!(diagrams));
        file.insert("summary".to_owned(), Value::Object(summary));
        file.insert("detail".to_owned(), Value::Object(detail));
        self.tell_rest();
        Value::Object(file)
    }

    fn diagram(&mut self, order: usize, id: &Id, version: &str) -> Value {
        let usual = Diagram::default();
        let diagram = self.model.diagrams.get(id).unwrap_or(&usual);
        let mut out = restored(&diagram.extra, PREFIX, &[], |field| !field.starts_with("cell."));
        if !out.get("id").is_some_and(Value::is_u64) {
            out.insert("id".to_owned(), json!(order));
        }
        let text = |out: &mut Map<String, Value>, key: &str, value: &str| drop(out.insert(key.to_owned(), json!(value)));
        text(&mut out, "title", &diagram.name);
        text(&mut out, "description", &diagram.description);
        let kinds = [
            ("diagramType", "STRIDE"),
            ("thumbnail", "./public/content/images/thumbnail.stride.jpg"),
            ("version", version),
            ("placeholder", ""),
        ];
        for (key, usual) in kinds {
            if !out.get(key).is_some_and(Value::is_string) {
                text(&mut out, key, usual);
            }
        }
        let mut cells = self.cells(id);
        // Cells of kinds that were not understood go back as they were.
        let unknown = diagram.extra.iter().filter(|(k, _)| k.starts_with("td2.cell."));
        cells
            .extend(unknown.filter_map(|(_, raw)| serde_json::from_str::<Value>(raw).ok()).filter(|c| c.get("source").is_none()));
        out.insert("cells".to_owned(), json!(cells));
        Value::Object(out)
    }

    /// What is in the model and has no place in the format.
    fn tell_rest(&mut self) {
        if self.straightened > 0 {
            let flows =
                if self.straightened == 1 { "1 data flow".to_owned() } else { format!("{} data flows", self.straightened) };
            let why = "drawn at right angles go straight there, through the way-points that were set";
            self.losses.push(Loss::new(LossKind::Changed, flows, why));
        }
        let model = self.model;
        let drawn = |id: &Id| model.placements.keys().any(|k| k.item == *id);
        let items = model.elements.keys().map(|id| (id, "element")).chain(model.flows.keys().map(|id| (id, "data flow")));
        let items = items
            .chain(model.boundaries.keys().map(|id| (id, "trust boundary")))
            .chain(model.notes.keys().map(|id| (id, "note")));
        for (id, what) in items.filter(|(id, _)| !drawn(id)).collect::<Vec<_>>() {
            self.lose(id, LossKind::Dropped, what, "it is drawn on no diagram, and the format has nothing but diagrams");
        }
        for (id, threat) in &model.threats {
            if threat.targets.is_empty() {
                self.lose(id, LossKind::Dropped, "threat", "it is about nothing that is drawn");
            } else if threat.targets.len() > 1 {
                self.lose(id, LossKind::Changed, "threat", "it is written once for each thing it is about");
            }
        }
        for (what, count) in [
            ("assets", model.assets.len()),
            ("threat agents", model.agents.len()),
            ("vulnerabilities", model.vulnerabilities.len()),
            ("assumptions", model.assumptions.len()),
            ("attached controls beside those that answer a threat, and the status of all", model.instances.len()),
        ] {
            if count > 0 {
                self.losses.push(Loss::new(LossKind::Dropped, format!("{count} {what}"), "the format has no place for them"));
            }
        }
    }

    fn cells(&mut self, diagram: &Id) -> Vec<Value> {
        let model = self.model;
        let placed: Vec<(&Id, &Placement)> = model.placed(diagram).collect();
        let mut ids: BTreeMap<Id, String> = BTreeMap::new();
        for (item, _) in &placed {
            let cell = self.cell_id(item, diagram);
            ids.insert((*item).clone(), cell);
        }
        let sheet = cell::Sheet { diagram: diagram.clone(), ids };
        let mut cells = Vec::new();
        for (item, placement) in placed {
            let first = self.drawn.insert(item.clone());
            if !first {
                self.lose(
                    item,
                    LossKind::Changed,
                    "shape",
                    "it is on several diagrams; each has a copy, the first one the threats",
                );
            }
            cells.extend(match placement {
                Placement::Box(rect) => self.shape(&sheet, item, *rect, first),
                Placement::Line(line) => self.curve(&sheet, item, line),
                Placement::Route(route) => self.edge(&sheet, item, route, first),
            });
        }
        cells
    }

    /// The id a record has as a cell: its own on the first diagram.
    fn cell_id(&mut self, item: &Id, diagram: &Id) -> String {
        let long = |id: String| if id.chars().count() < 2 { format!("id-{id}") } else { id };
        let own = long(item.as_str().to_owned());
        let candidates = std::iter::once(own).chain((1..).map(|n| match n {
            1 => format!("{item}@{diagram}"),
            n => format!("{item}@{diagram}-{n}"),
        }));
        let free = candidates.into_iter().find(|id| !self.taken.contains(id)).unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }
}

/// The fields kept under a prefix, as they were.
fn restored(extra: &Extra, prefix: &str, not: &[&str], wanted: impl Fn(&str) -> bool) -> Map<String, Value> {
    let fields = extra.iter().filter_map(|(key, value)| Some((key.strip_prefix(prefix)?, value)));
    let fields = fields.filter(|(field, _)| wanted(field) && !not.contains(field));
    fields.map(|(field, value)| (field.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| json!(value)))).collect()
}

/// A text that was kept as JSON, or as it is.
fn plain(kept: &str) -> String {
    serde_json::from_str::<String>(kept).unwrap_or_else(|_| kept.to_owned())
}
