//! Writing OTM 0.2 as JSON. Everything lies in some trust zone there, places are relative to it, and ids are shared by all
//! zones, components and flows. What the format has no field for goes along in attributes that begin with `palisade.`.

mod fields;

use super::component::guess;
use super::{NO_ZONE, OWN, PREFIX};
use crate::geometry::{Rect, pt};
use crate::interchange::export::{Derived, Export, Told, threats_at};
use crate::interchange::foreign_threat::State;
use crate::interchange::{Loss, LossKind};
use crate::model::{
    Authn, Boundary, Channel, Disposition, ElementKind, Extra, Id, LineStyle, Placement, Protocol, Site, ThreatModel,
};
use fields::{figures, kept, slug, state, stored, stored_in};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The zone of what lies in none: the format has no place outside of zones.
const OUTSIDE: &str = "default-zone";

pub(in crate::interchange) fn write(model: &ThreatModel, derived: &Derived<'_>) -> Export {
    let mut writer = Writer { model, derived, threats: threats_at(model, derived), losses: Vec::new() };
    let text = serde_json::to_string_pretty(&writer.file()).unwrap_or_default() + "\n";
    Export { text, losses: writer.losses }
}

struct Writer<'m> {
    model: &'m ThreatModel,
    derived: &'m Derived<'m>,
    threats: BTreeMap<Id, Vec<Told>>,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn lose(&mut self, id: &Id, kind: LossKind, what: &str, why: impl Into<String>) {
        let name = self.model.name_of(id);
        let name = if name.trim().is_empty() { id.as_str() } else { name };
        self.losses.push(Loss::new(kind, format!("{what} “{name}”"), why).at(id));
    }

    fn file(&mut self) -> Value {
        let model = self.model;
        let info = &model.info;
        let text = |name: &str| info.extra.get(name).cloned();
        let mut project = kept(&info.extra, "otm.project.", &["id"]);
        project.insert("name".into(), json!(info.name));
        project
            .insert("id".into(), json!(text("otm.project.id").filter(|id| !id.is_empty()).unwrap_or_else(|| slug(&info.name))));
        project.insert("description".into(), json!(info.description));
        project.insert("owner".into(), json!(info.owner));
        let mut file = kept(&info.extra, PREFIX, &["otmVersion", "representations"]);
        file.retain(|key, _| !key.starts_with("project."));
        let mut representations: Vec<Value> =
            text("otm.representations").and_then(|r| serde_json::from_str(&r).ok()).unwrap_or_default();
        representations.extend(model.diagram_order().iter().map(|id| self.diagram(id)));
        let assets: Vec<Value> = model.assets.keys().map(|id| self.asset(id)).collect();
        let mut zones: Vec<Value> = model.boundaries.keys().map(|id| self.zone(id)).collect();
        let outside = self.free(OUTSIDE);
        let components: Vec<Value> = model.elements.keys().map(|id| self.component(id, &outside)).collect();
        if components.iter().any(|c| c.pointer("/parent/trustZone") == Some(&json!(outside))) {
            zones.push(
                json!({ "id": outside, "name": "Outside of every boundary", "type": NO_ZONE, "risk": { "trustRating": 10 } }),
            );
        }
        let flows: Vec<Value> = model.flows.keys().filter_map(|id| self.flow(id)).collect();
        let threats = self.threat_list();
        let mitigations = self.mitigation_list();
        for (key, value) in [
            ("otmVersion", json!("0.2.0")),
            ("project", Value::Object(project)),
            ("representations", json!(representations)),
            ("assets", json!(assets)),
            ("trustZones", json!(zones)),
            ("components", json!(components)),
            ("dataflows", json!(flows)),
            ("threats", json!(threats)),
            ("mitigations", json!(mitigations)),
        ] {
            file.insert(key.to_owned(), value);
        }
        self.tell_rest();
        Value::Object(file)
    }

    /// An id nothing in the model has.
    fn free(&self, stem: &str) -> String {
        let all = std::iter::once(stem.to_owned()).chain((2..).map(|n| format!("{stem}-{n}")));
        all.into_iter().find(|id| !self.model.has_id(&Id::new(id))).unwrap_or_default()
    }

    fn diagram(&self, id: &Id) -> Value {
        let diagram = self.model.diagrams.get(id);
        let boxes = self.model.placed(id).filter_map(|(_, p)| match p {
            Placement::Box(r) => Some([pt(0.0, 0.0), r.max()]),
            Placement::Route(_) | Placement::Line(_) => None,
        });
        let size = Rect::around(boxes.flatten()).unwrap_or_default();
        let mut out = diagram.map(|d| kept(&d.extra, PREFIX, &["size"])).unwrap_or_default();
        out.insert("id".into(), json!(id));
        out.insert("name".into(), json!(diagram.map_or("", |d| d.name.as_str())));
        out.insert("description".into(), json!(diagram.map_or("", |d| d.description.as_str())));
        out.insert("type".into(), json!("diagram"));
        let was =
            |side: &str| stored_in(diagram.map(|d| &d.extra), "size").get(side).and_then(Value::as_f64).unwrap_or(100.0) as f32;
        let (width, height) = (size.right().max(was("width")).ceil(), size.bottom().max(was("height")).ceil());
        out.insert("size".into(), json!({ "width": width, "height": height }));
        Value::Object(out)
    }

    fn asset(&mut self, id: &Id) -> Value {
        let Some(asset) = self.model.assets.get(id) else { return Value::Null };
        let mut out = kept(&asset.extra, PREFIX, &["risk"]);
        let old: Value = stored(&asset.extra, "risk");
        // The exact figure of the file, as long as it still means the value of today.
        let exact = |key: &str, value: u8| {
            let was = old.get(key).and_then(Value::as_f64).filter(|v| super::quarter(*v as f32) == value);
            was.map_or_else(|| json!(u32::from(value) * 25), |v| json!(v))
        };
        let mut risk = old.as_object().cloned().unwrap_or_default();
        risk.insert("confidentiality".into(), exact("confidentiality", asset.c));
        risk.insert("integrity".into(), exact("integrity", asset.i));
        risk.insert("availability".into(), exact("availability", asset.a));
        out.insert("id".into(), json!(id));
        out.insert("name".into(), json!(asset.name));
        out.insert("description".into(), json!(asset.description));
        out.insert("risk".into(), Value::Object(risk));
        if !asset.kinds.is_empty() || asset.p.is_some() || asset.s.is_some() {
            self.lose(
                id,
                LossKind::Dropped,
                "asset",
                "its kinds, and its value for privacy and safety, have no place in the format",
            );
        }
        Value::Object(out)
    }

    fn zone(&mut self, id: &Id) -> Value {
        let Some(boundary) = self.model.boundaries.get(id) else { return Value::Null };
        let mut out = kept(&boundary.extra, PREFIX, &["type", "trustRating", "representations"]);
        let rating = boundary.extra.get("otm.trustRating").and_then(|r| r.parse::<f32>().ok());
        let rating = rating.filter(|r| Some(super::quarter(*r)) == boundary.trust);
        let rating = rating.unwrap_or_else(|| f32::from(boundary.trust.unwrap_or(0)) * 25.0);
        if boundary.trust.is_none() && !boundary.extra.contains_key("otm.trustRating") {
            self.lose(
                id,
                LossKind::Changed,
                "trust boundary",
                "nobody said how far it is trusted; the format wants a rating, so it is 0",
            );
        }
        let usual = boundary.kind == Boundary::default().kind;
        let kind = boundary.extra.get("otm.type").cloned().or_else(|| (!usual).then(|| format!("{OWN}{}", boundary.kind.name())));
        out.insert("id".into(), json!(id));
        out.insert("name".into(), json!(boundary.name));
        if let Some(kind) = kind {
            out.insert("type".into(), json!(kind));
        }
        out.insert("description".into(), json!(boundary.description));
        out.insert("risk".into(), json!({ "trustRating": rating }));
        if let Some(parent) = &boundary.parent {
            out.insert("parent".into(), json!({ "trustZone": parent }));
        }
        let representations = self.places(id, boundary.parent.as_ref(), &boundary.extra);
        out.insert("representations".into(), representations);
        let lines = self.model.placements.iter().filter(|(k, p)| k.item == *id && matches!(p, Placement::Line(_)));
        let lines: Vec<Value> =
            lines.filter_map(|(k, p)| Some(json!({ "diagram": k.diagram, "line": serde_json::to_value(p).ok()? }))).collect();
        if !lines.is_empty() {
            let mut attributes = out.get("attributes").and_then(Value::as_object).cloned().unwrap_or_default();
            attributes.insert(format!("{OWN}lines"), json!(json!(lines).to_string()));
            out.insert("attributes".into(), Value::Object(attributes));
            self.lose(id, LossKind::Changed, "trust boundary", "the format knows no lines: it is a zone without a place there");
        }
        Value::Object(out)
    }

    fn component(&mut self, id: &Id, outside: &str) -> Value {
        let Some(element) = self.model.elements.get(id) else { return Value::Null };
        let mut out = kept(&element.extra, PREFIX, &["type", "representations", "processed", "attributes"]);
        let kind = element.extra.get("otm.type").cloned();
        let usual = element.tags.first().cloned().unwrap_or_else(|| element.kind.name().to_lowercase());
        out.insert("id".into(), json!(id));
        out.insert("name".into(), json!(element.name));
        out.insert("type".into(), json!(kind.unwrap_or(usual)));
        out.insert("description".into(), json!(element.description));
        let parent = match (&element.parent, &element.boundary) {
            (Some(whole), _) => json!({ "component": whole }),
            (None, Some(zone)) => json!({ "trustZone": zone }),
            (None, None) => json!({ "trustZone": outside }),
        };
        out.insert("parent".into(), parent);
        let around = element.parent.as_ref().or(element.boundary.as_ref());
        let representations = self.places(id, around, &element.extra);
        out.insert("representations".into(), representations);
        let processed = stored(&element.extra, "processed");
        if processed.is_array() || !element.holds.is_empty() {
            out.insert("assets".into(), json!({ "processed": processed, "stored": element.holds }));
        }
        let mut attributes = stored(&element.extra, "attributes").as_object().cloned().unwrap_or_default();
        // Said only where a reader would guess otherwise.
        let words = [element.extra.get("otm.type").map_or("", String::as_str), id.as_str(), &element.name];
        let guessed = words.into_iter().find_map(guess).unwrap_or(ElementKind::Process);
        attributes.remove(&format!("{OWN}kind"));
        if guessed != element.kind || !element.extra.contains_key("otm.type") {
            attributes.insert(format!("{OWN}kind"), json!(element.kind.name()));
        }
        let tags: Vec<&str> = element.tags.iter().map(String::as_str).collect();
        for (name, value) in [("tags", tags.join(", ")), ("outOfScope", element.out_of_scope.clone().unwrap_or_default())] {
            if !value.is_empty() {
                attributes.insert(format!("{OWN}{name}"), json!(value));
            }
        }
        if !attributes.is_empty() {
            out.insert("attributes".into(), Value::Object(attributes));
        }
        out.insert("threats".into(), self.instances(id));
        Value::Object(out)
    }

    fn flow(&mut self, id: &Id) -> Option<Value> {
        let flow = self.model.flows.get(id)?;
        let (Some(from), Some(to)) = (&flow.from, &flow.to) else {
            self.lose(id, LossKind::Dropped, "data flow", "an end of it is loose, which the format does not allow");
            return None;
        };
        let mut out = kept(&flow.extra, PREFIX, &["attributes"]);
        let mut attributes = stored(&flow.extra, "attributes").as_object().cloned().unwrap_or_default();
        let named = |unknown: bool, name: &str| if unknown { String::new() } else { name.to_owned() };
        for (name, value) in [
            ("protocol", named(flow.protocol == Protocol::Unknown, flow.protocol.name())),
            ("authn", named(flow.authn == Authn::Unknown, flow.authn.name())),
            ("channel", named(flow.channel == Channel::Unknown, flow.channel.name())),
            ("outOfScope", flow.out_of_scope.clone().unwrap_or_default()),
        ] {
            attributes.remove(&format!("{OWN}{name}"));
            if !value.is_empty() {
                attributes.insert(format!("{OWN}{name}"), json!(value));
            }
        }
        out.insert("id".into(), json!(id));
        out.insert("name".into(), json!(flow.name));
        out.insert("description".into(), json!(flow.description));
        out.insert("source".into(), json!(from));
        out.insert("destination".into(), json!(to));
        out.insert("bidirectional".into(), json!(flow.bidirectional));
        out.insert("assets".into(), json!(flow.assets));
        if !attributes.is_empty() {
            out.insert("attributes".into(), Value::Object(attributes));
        }
        out.insert("threats".into(), self.instances(id));
        let bent = self.model.placements.iter().any(|(k, p)| {
            k.item == *id && matches!(p, Placement::Route(r) if !r.bends.is_empty() || r.style != LineStyle::Orthogonal)
        });
        if bent {
            self.lose(id, LossKind::Dropped, "data flow", "its course has no place in the format");
        }
        Some(Value::Object(out))
    }

    /// Where something is drawn, seen from the corner of what is around it there.
    fn places(&self, id: &Id, around: Option<&Id>, extra: &Extra) -> Value {
        let mut out: Vec<Value> = stored(extra, "representations").as_array().cloned().unwrap_or_default();
        for diagram in self.model.diagrams.keys() {
            let Some(r) = self.model.rect_of(diagram, id) else { continue };
            let corner = self.drawn_around(diagram, around).map_or(pt(0.0, 0.0), |r| r.min());
            let mut place = stored(extra, &format!("place.{diagram}")).as_object().cloned().unwrap_or_default();
            let name = || json!(format!("{} on {}", self.model.name_of(id), self.model.name_of(diagram)));
            place.entry("id").or_insert_with(|| json!(format!("{id}-{diagram}")));
            place.entry("name").or_insert_with(name);
            place.insert("representation".into(), json!(diagram));
            place.insert("position".into(), json!({ "x": r.x - corner.x, "y": r.y - corner.y }));
            place.insert("size".into(), json!({ "width": r.w, "height": r.h }));
            out.push(Value::Object(place));
        }
        json!(out)
    }

    /// The innermost thing around that is drawn as a box on this diagram.
    fn drawn_around(&self, diagram: &Id, around: Option<&Id>) -> Option<Rect> {
        let mut seen = BTreeSet::new();
        let mut at = around.cloned();
        while let Some(id) = at.filter(|id| seen.insert(id.clone())) {
            if let Some(r) = self.model.rect_of(diagram, &id) {
                return Some(r);
            }
            let part = self.model.elements.get(&id).and_then(|e| e.parent.clone().or_else(|| e.boundary.clone()));
            at = part.or_else(|| self.model.boundaries.get(&id).and_then(|b| b.parent.clone()));
        }
        None
    }

    fn instances(&self, at: &Id) -> Value {
        let instance = |told: &Told| {
            let state = match told.disposition {
                Disposition::Open => "exposed",
                Disposition::Mitigate => "mitigated",
                Disposition::Accept => "accepted",
                Disposition::Transfer => "transferred",
                Disposition::Avoid => "avoided",
                Disposition::NotApplicable => "not applicable",
            };
            // The word of the file, as long as it still means the state of today.
            let word = told.extra.get(&format!("{PREFIX}state.{at}"));
            let word = word.filter(|w| State::named(w).unwrap_or_default().disposition() == told.disposition);
            let state = word.map_or(state, String::as_str);
            json!({ "threat": told.key.rule, "state": state, "mitigations": self.mitigated(&told.key.rule, at) })
        };
        json!(self.threats.get(at).into_iter().flatten().map(instance).collect::<Vec<_>>())
    }

    /// The measures against a threat at one place, with their state.
    fn mitigated(&self, threat: &Id, at: &Id) -> Vec<Value> {
        let controls = self.model.threats.get(threat).map(|t| &t.controls);
        let here = |i: &&crate::model::ControlInstance| i.at.contains(&Site::Model) || i.at.contains(&Site::At(at.clone()));
        let all = self.model.instances.values().filter(here).filter(|i| controls.is_some_and(|c| c.contains_key(&i.control)));
        all.map(|i| json!({ "mitigation": self.mitigation_id(&i.control), "state": state(i.status) })).collect()
    }

    /// Ids of mitigations are their own affair in the format: the one the file had, kept as the family of its control.
    fn mitigation_id(&self, control: &str) -> String {
        let family = self.model.controls.get(&Id::new(control)).map(|c| c.family.as_str()).filter(|f| !f.is_empty());
        let alone =
            |f: &&str| self.model.controls.iter().all(|(id, c)| id.as_str() == control || (c.family != *f && id.as_str() != *f));
        family.filter(alone).unwrap_or(control).to_owned()
    }

    fn threat_list(&mut self) -> Vec<Value> {
        let mut out = Vec::new();
        for (id, threat) in &self.model.threats {
            let mut raw = kept(&threat.extra, PREFIX, &["risk", "categories"]);
            let rating = threat.severity_override.as_ref();
            let risk = stored(&threat.extra, "risk");
            let risk = if risk.is_object() { risk } else { figures(rating.map(|r| r.band)) };
            let words: Vec<String> = serde_json::from_value(stored(&threat.extra, "categories")).unwrap_or_default();
            let words = if words.is_empty() { threat.categories.iter().map(|c| c.label().to_owned()).collect() } else { words };
            raw.insert("id".into(), json!(id));
            raw.insert("name".into(), json!(threat.title));
            raw.insert("description".into(), json!(threat.description));
            raw.insert("categories".into(), json!(words));
            raw.insert("risk".into(), risk);
            out.push(Value::Object(raw));
        }
        // One of the library for all places it was found at, rated as the worst.
        let mut found: BTreeMap<&Id, &crate::interchange::FoundThreat> = BTreeMap::new();
        for threat in self.derived.threats {
            let worst = found.entry(&threat.key.rule).or_insert(threat);
            if threat.score > worst.score {
                *worst = threat;
            }
        }
        out.extend(found.into_iter().map(|(rule, threat)| {
            let words: Vec<&str> = threat.categories.iter().map(|c| c.label()).collect();
            json!({ "id": rule, "name": threat.title, "description": threat.description, "categories": words, "risk": figures(Some(threat.band)) })
        }));
        out
    }

    fn mitigation_list(&mut self) -> Vec<Value> {
        let model = self.model;
        let used: BTreeSet<&str> = model.threats.values().flat_map(|t| t.controls.keys().map(String::as_str)).collect();
        let own = model.controls.iter().map(|(id, c)| {
            json!({ "id": self.mitigation_id(id.as_str()), "name": c.name, "description": c.description, "riskReduction": (c.strength * 1000.0).round() / 10.0 })
        });
        let library = used.into_iter().filter(|c| !model.controls.contains_key(&Id::new(c)));
        let library = library.map(|c| {
            json!({ "id": c, "name": (self.derived.control_name)(c), "riskReduction": 80, "attributes": { format!("{OWN}control"): c } })
        });
        own.chain(library).collect()
    }

    fn tell_rest(&mut self) {
        let model = self.model;
        for (what, count) in [
            ("notes", model.notes.len()),
            ("threat agents", model.agents.len()),
            ("vulnerabilities", model.vulnerabilities.len()),
            ("assumptions", model.assumptions.len()),
            ("reasons of decisions", model.decisions.values().filter(|d| !d.justification.is_empty()).count()),
        ] {
            if count > 0 {
                self.losses.push(Loss::new(LossKind::Dropped, format!("{count} {what}"), "the format has no place for them"));
            }
        }
        let on_boundaries: Vec<Id> = self.threats.keys().filter(|id| model.boundaries.contains_key(*id)).cloned().collect();
        for id in on_boundaries {
            self.lose(&id, LossKind::Dropped, "trust boundary", "that threats are about it has no place in the format");
        }
    }
}
