//! One shape or line of a diagram.

use super::{Writer, plain, restored};
use crate::geometry::{Point, Rect, vec2};
use crate::interchange::LossKind;
use crate::interchange::protocol;
use crate::interchange::threat_dragon::PREFIX;
use crate::model::{Attach, Authn, Boundary, BoundaryLine, Capability, Channel, ElementKind, Extra, Id, LineStyle, Route, Tri};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the reader of this tool writes where no reason was given.
const NO_REASON: &str = "Marked as out of scope in Threat Dragon";
/// Boxes lie behind everything else.
const BEHIND: i32 = -50;

/// A diagram with the ids its cells have.
pub(super) struct Sheet {
    pub diagram: Id,
    pub ids: BTreeMap<Id, String>,
}

impl Writer<'_> {
    /// An element, box or note.
    pub(super) fn shape(&mut self, sheet: &Sheet, item: &Id, rect: Rect, first: bool) -> Option<Value> {
        let model = self.model;
        let (shape, kind, key) = if let Some(element) = model.elements.get(item) {
            match element.kind {
                ElementKind::ExternalEntity => ("actor", "tm.Actor", "text"),
                ElementKind::Process => ("process", "tm.Process", "text"),
                ElementKind::DataStore => ("store", "tm.Store", "text"),
            }
        } else if model.boundaries.contains_key(item) {
            ("trust-boundary-box", "tm.BoundaryBox", "label")
        } else if model.notes.contains_key(item) {
            ("td-text-block", "tm.Text", "text")
        } else {
            return None;
        };
        let name = model.name_of(item).to_owned();
        let mut data = self.data(item, kind, &name, first);
        if let Some(element) = model.elements.get(item) {
            scope(&mut data, element.out_of_scope.as_deref());
            if element.kind == ElementKind::Process {
                let is = |c: Capability| json!(element.capabilities.get(&c) == Some(&Tri::Yes));
                data.insert("isWebApplication".into(), is(Capability::ServesHtml));
                data.insert("handlesCardPayment".into(), is(Capability::HandlesPayment));
            }
            if !element.tags.is_empty() {
                data.insert("palisade".into(), json!({ "tags": element.tags }));
            }
            if !element.holds.is_empty() {
                self.lose(item, LossKind::Dropped, "element", "the assets it holds have no place in the format");
            }
        }
        if let Some(boundary) = model.boundaries.get(item) {
            beyond(&mut data, boundary);
        }
        let depth = model.boundary_path(item).len();
        let z = if kind == "tm.BoundaryBox" { BEHIND + i32::try_from(depth).unwrap_or_default() } else { 1 };
        let dash = if data.get("outOfScope") == Some(&json!(true)) || kind == "tm.BoundaryBox" { "4 3" } else { "" };
        let cell = sheet.ids.get(item)?;
        let ports = if model.elements.contains_key(item) { ports(cell) } else { Value::Null };
        let mut out = json!({
            "id": cell,
            "shape": shape,
            "zIndex": z,
            "visible": true,
            "position": { "x": rect.x, "y": rect.y },
            "size": { "width": rect.w.max(10.0), "height": rect.h.max(10.0) },
            "attrs": { key: { "text": name }, "body": { "stroke": stroke(&data), "strokeWidth": 1.5, "strokeDasharray": dash } },
            "data": data,
            "ports": ports,
        });
        if let Some(fields) = out.as_object_mut().filter(|f| f.get("ports").is_some_and(Value::is_null)) {
            fields.remove("ports");
        }
        Some(out)
    }

    pub(super) fn curve(&mut self, sheet: &Sheet, item: &Id, line: &BoundaryLine) -> Option<Value> {
        let boundary = self.model.boundaries.get(item)?;
        let mut data = self.data(item, "tm.Boundary", &boundary.name, true);
        beyond(&mut data, boundary);
        let (source, target) = (line.points.first()?, line.points.last()?);
        let between = line.points.get(1..line.points.len() - 1).unwrap_or_default();
        let mut cell = json!({
            "id": sheet.ids.get(item)?,
            "shape": "trust-boundary-curve",
            "zIndex": 10,
            "visible": true,
            "source": whole(*source),
            "target": whole(*target),
            "vertices": between.iter().map(|p| json!({ "x": p.x, "y": p.y })).collect::<Vec<_>>(),
            "labels": labels(&boundary.name, None),
            "attrs": { "line": { "stroke": "black", "strokeWidth": 2, "strokeDasharray": "10 5", "sourceMarker": { "name": "" }, "targetMarker": { "name": "" } } },
            "data": data,
        });
        smooth(&mut cell, line.style);
        Some(cell)
    }

    pub(super) fn edge(&mut self, sheet: &Sheet, item: &Id, route: &Route, first: bool) -> Option<Value> {
        let flow = self.model.flows.get(item)?;
        let mut data = self.data(item, "tm.Flow", &flow.name, first);
        scope(&mut data, flow.out_of_scope.as_deref());
        // The words of the file, as long as they still mean the protocol of today.
        let kept = flow.extra.get(&format!("{PREFIX}protocol")).map(|p| plain(p));
        let secure = |p| protocol::encrypted_form(p).unwrap_or(p);
        let kept = kept.filter(|p| [protocol::read(p).protocol, secure(protocol::read(p).protocol)].contains(&flow.protocol));
        let label = if flow.protocol == crate::model::Protocol::Unknown { "" } else { flow.protocol.label() };
        data.insert("protocol".into(), json!(kept.unwrap_or_else(|| label.to_owned())));
        let marked = data.get("isEncrypted") == Some(&json!(true));
        data.insert("isEncrypted".into(), json!(flow.protocol.is_encrypted() || marked));
        data.insert("isPublicNetwork".into(), json!(flow.channel == Channel::Internet));
        data.insert("isBidirectional".into(), json!(flow.bidirectional));
        let mut own = Map::new();
        if flow.authn != Authn::Unknown {
            own.insert("authn".into(), json!(flow.authn));
        }
        if !matches!(flow.channel, Channel::Unknown | Channel::Internet) {
            own.insert("channel".into(), json!(flow.channel));
        }
        if protocol::read(label).protocol != flow.protocol {
            own.insert("protocol".into(), json!(flow.protocol));
        }
        if !own.is_empty() {
            data.insert("palisade".into(), Value::Object(own));
        }
        if !flow.assets.is_empty() {
            self.lose(item, LossKind::Dropped, "data flow", "the assets it carries have no place in the format");
        }
        let aim = |of: &Option<Id>| of.as_ref().and_then(|e| self.model.rect_of(&sheet.diagram, e)).map(|r| r.center());
        let (from, to) = (aim(&flow.from), aim(&flow.to));
        let beside = |p: Point, by: f32| p + vec2(by, 0.0);
        let usual = crate::geometry::pt(0.0, 0.0);
        let start = route.bends.first().copied().or(to).map_or(usual, |p| beside(p, -120.0));
        let stop = route.bends.last().copied().or(from).map_or(usual, |p| beside(p, 120.0));
        let source = self.end(sheet, item, flow.from.as_ref(), route.start, start, "source");
        let target = self.end(sheet, item, flow.to.as_ref(), route.end, stop, "target");
        if route.style == LineStyle::Orthogonal {
            self.straightened += 1;
        }
        let marker = if flow.bidirectional { "block" } else { "" };
        let mut cell = json!({
            "id": sheet.ids.get(item)?,
            "shape": "flow",
            "zIndex": 10,
            "visible": true,
            "source": source,
            "target": target,
            "vertices": route.bends.iter().map(|p| json!({ "x": p.x, "y": p.y })).collect::<Vec<_>>(),
            "labels": labels(&flow.name, route.label),
            "attrs": { "line": { "stroke": stroke(&data), "strokeWidth": 1.5, "strokeDasharray": "", "sourceMarker": { "name": marker }, "targetMarker": { "name": "block" } } },
            "data": data,
        });
        smooth(&mut cell, route.style);
        Some(cell)
    }

    /// An end at a cell of this diagram, or a point.
    fn end(&mut self, sheet: &Sheet, item: &Id, element: Option<&Id>, attach: Attach, beside: Point, side: &str) -> Value {
        match (element.and_then(|e| sheet.ids.get(e)), attach) {
            (Some(cell), Attach::At(spot)) if side_of(spot).is_some() => {
                json!({ "cell": cell, "port": format!("{cell}-{}", side_of(spot).unwrap_or_default()) })
            }
            (Some(cell), Attach::At(_)) => {
                let why = format!("its {side} is attached at a spot; there it aims at the middle");
                self.lose(item, LossKind::Changed, "data flow", why);
                json!({ "cell": cell })
            }
            (Some(cell), Attach::Auto | Attach::Loose(_)) => json!({ "cell": cell }),
            (None, Attach::Loose(at)) => whole(at),
            (None, Attach::Auto | Attach::At(_)) => {
                if element.is_some() {
                    let why = format!("its {side} is not on this diagram; that end is loose there");
                    self.lose(item, LossKind::Changed, "data flow", why);
                }
                whole(beside)
            }
        }
    }

    /// What every cell says, with what was kept of it and its threats.
    fn data(&mut self, item: &Id, kind: &str, name: &str, first: bool) -> Map<String, Value> {
        let none = Extra::new();
        let model = self.model;
        let extra = model.elements.get(item).map(|r| &r.extra).or_else(|| model.flows.get(item).map(|r| &r.extra));
        let extra =
            extra.or_else(|| model.boundaries.get(item).map(|r| &r.extra)).or_else(|| model.notes.get(item).map(|r| &r.extra));
        let mut data = restored(extra.unwrap_or(&none), PREFIX, &["id", "visible", "protocol"], |_| true);
        let description =
            model.elements.get(item).map(|r| &r.description).or_else(|| model.flows.get(item).map(|r| &r.description));
        let description = description.or_else(|| model.boundaries.get(item).map(|r| &r.description)).cloned().unwrap_or_default();
        data.insert("type".into(), json!(kind));
        data.insert("name".into(), json!(name));
        data.insert("description".into(), json!(description));
        data.insert("isTrustBoundary".into(), json!(kind.starts_with("tm.Boundary")));
        let threats = if first { self.threats_of(item) } else { Vec::new() };
        let open = threats.iter().any(|t| t.get("status") == Some(&json!("Open")));
        data.insert("hasOpenThreats".into(), json!(open));
        if kind != "tm.Text" {
            data.insert("threats".into(), json!(threats));
        }
        data
    }
}

/// What the format has no field for.
fn beyond(data: &mut Map<String, Value>, boundary: &Boundary) {
    if boundary.kind != Boundary::default().kind || boundary.trust.is_some() {
        data.insert("palisade".into(), json!({ "kind": boundary.kind, "trust": boundary.trust }));
    }
}

fn scope(data: &mut Map<String, Value>, reason: Option<&str>) {
    data.insert("outOfScope".into(), json!(reason.is_some()));
    // One that was kept although the element is in scope stays.
    if let Some(reason) = reason {
        data.insert("reasonOutOfScope".into(), json!(if reason == NO_REASON { "" } else { reason }));
    } else {
        data.entry("reasonOutOfScope").or_insert(json!(""));
    }
}

/// The tool paints what has open threats red.
fn stroke(data: &Map<String, Value>) -> &'static str {
    if data.get("hasOpenThreats") == Some(&json!(true)) { "red" } else { "black" }
}

/// The schema of the tool wants whole numbers at the ends of edges.
fn whole(at: Point) -> Value {
    json!({ "x": at.x.round() as i64, "y": at.y.round() as i64 })
}

fn labels(name: &str, at: Option<f32>) -> Value {
    json!([{ "attrs": { "labelText": { "text": name } }, "position": { "distance": at.unwrap_or(0.5) } }])
}

/// The side of a box whose middle a spot is.
fn side_of(spot: Point) -> Option<&'static str> {
    let near = |a: f32, b: f32| (a - b).abs() < 0.001;
    [("top", 0.5, 0.0), ("right", 1.0, 0.5), ("bottom", 0.5, 1.0), ("left", 0.0, 0.5)]
        .into_iter()
        .find(|(_, x, y)| near(spot.x, *x) && near(spot.y, *y))
        .map(|(side, ..)| side)
}

/// The middles of the sides, where edges are attached by name.
fn ports(cell: &str) -> Value {
    let dot = json!({ "circle": { "r": 4, "magnet": true, "stroke": "black", "strokeWidth": 1, "fill": "white", "style": { "visibility": "hidden" } } });
    let sides = ["top", "right", "bottom", "left"];
    let groups: Map<String, Value> = sides.iter().map(|s| ((*s).to_owned(), json!({ "position": s, "attrs": dot }))).collect();
    let items: Vec<Value> = sides.iter().map(|s| json!({ "group": s, "id": format!("{cell}-{s}") })).collect();
    json!({ "groups": groups, "items": items })
}

fn smooth(cell: &mut Value, style: LineStyle) {
    if let Some(fields) = cell.as_object_mut().filter(|_| style == LineStyle::Curved) {
        fields.insert("connector".to_owned(), json!("smooth"));
    }
}
