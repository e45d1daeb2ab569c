//! Copied parts of a model: what is on the clipboard, and how it becomes new records.

use super::Selection;
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Elements, boundaries, flows and notes with their places, and the threats, vulnerabilities, controls and decisions
/// about them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    items: BTreeMap<Id, Record>,
    places: BTreeMap<Id, Placement>,
    threats: BTreeMap<Id, Threat>,
    vulnerabilities: BTreeMap<Id, Vulnerability>,
    instances: BTreeMap<Id, ControlInstance>,
    decisions: BTreeMap<ThreatKey, Decision>,
}

impl Clip {
    /// Copies items of a diagram; boundaries with their content, and the flows between copied elements.
    pub fn copy(model: &ThreatModel, diagram: &Id, items: &BTreeSet<Id>) -> Clip {
        let mut all = model.with_content(items);
        let between =
            |f: &Flow| f.from.as_ref().is_some_and(|e| all.contains(e)) && f.to.as_ref().is_some_and(|e| all.contains(e));
        let flows: Vec<Id> = model.flows.iter().filter(|(_, f)| between(f)).map(|(id, _)| id.clone()).collect();
        all.extend(flows);
        let places: BTreeMap<Id, Placement> =
            model.placed(diagram).filter(|(id, _)| all.contains(*id)).map(|(id, p)| (id.clone(), p.clone())).collect();
        let record = |id: &Id| model.item_key(id).and_then(|key| model.get(&key));
        let items: BTreeMap<Id, Record> = places.keys().filter_map(|id| Some((id.clone(), record(id)?))).collect();
        let about = |id: &Id| items.contains_key(id);
        let at = |i: &ControlInstance| i.at.iter().any(|site| matches!(site, Site::At(id) if about(id)));
        Clip {
            threats: model.threats.iter().filter(|(_, t)| t.targets.iter().any(about)).map(owned).collect(),
            vulnerabilities: model.vulnerabilities.iter().filter(|(_, v)| about(&v.at)).map(owned).collect(),
            instances: model.instances.iter().filter(|(_, i)| at(i)).map(owned).collect(),
            decisions: model.decisions.iter().filter(|(key, _)| about(&key.anchor)).map(owned).collect(),
            items,
            places,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// As text for the system clipboard.
    pub fn to_text(&self) -> String {
        ron::to_string(self).unwrap_or_default()
    }

    /// From text another copy wrote; `None` for any other text.
    pub fn from_text(text: &str) -> Option<Clip> {
        ron::from_str::<Clip>(text).ok().filter(|clip| !clip.is_empty())
    }

    /// Where the copied things are.
    pub fn middle(&self) -> Option<Point> {
        let rects = self.places.values().filter_map(|p| if let Placement::Box(r) = p { Some(*r) } else { None });
        rects.reduce(Rect::union).map(|r| r.center())
    }

    /// A new id for everything that exists once for every copy.
    pub fn fresh_ids(&self, fresh: &mut dyn FnMut() -> Id) -> BTreeMap<Id, Id> {
        self.items.keys().chain(self.vulnerabilities.keys()).map(|id| (id.clone(), fresh())).collect()
    }

    /// Copied elements and boundaries that are in no copied boundary, with their boxes.
    pub fn outermost(&self) -> impl Iterator<Item = (&Id, Rect)> {
        self.items.iter().filter_map(|(id, record)| {
            let home = match record {
                Record::Element(e) => &e.boundary,
                Record::Boundary(b) => &b.parent,
                _ => return None,
            };
            match self.places.get(id) {
                Some(Placement::Box(rect)) if !home.as_ref().is_some_and(|b| self.items.contains_key(b)) => Some((id, *rect)),
                _ => None,
            }
        })
    }

    /// The copies, selected.
    pub fn selection(&self, ids: &BTreeMap<Id, Id>) -> Selection {
        Selection { items: self.items.keys().filter_map(|id| ids.get(id).cloned()).collect(), threat: None }
    }

    /// Adds everything with the new ids, shifted.
    pub fn edits(&self, model: &ThreatModel, diagram: &Id, ids: &BTreeMap<Id, Id>, by: Vec2) -> Vec<Edit> {
        let renamed = |id: &Id| ids.get(id).cloned();
        let mut edits = Vec::new();
        // Boundaries before their members, elements before their flows: every edit must find what it refers to.
        let mut boundaries: Vec<&Id> =
            self.items.keys().filter(|id| matches!(self.items.get(*id), Some(Record::Boundary(_)))).collect();
        boundaries.sort_by_key(|id| self.depth(id));
        let others = self.items.keys().filter(|id| matches!(self.items.get(*id), Some(Record::Element(_) | Record::Note(_))));
        let flows = self.items.keys().filter(|id| matches!(self.items.get(*id), Some(Record::Flow(_))));
        for id in boundaries.into_iter().chain(others).chain(flows) {
            let (Some(record), Some(new)) = (self.items.get(id), renamed(id)) else { continue };
            if let Some((key, record)) = copied(record, new.clone(), ids, model) {
                edits.push(Edit::Put { key, record });
                let place = self.places.get(id).map(|p| shifted(p, by));
                let key = Key::Placement(PlacementKey::new(diagram.clone(), new));
                edits.extend(place.map(|p| Edit::put(key, p)));
            }
        }
        edits.extend(self.annotations(model, &renamed));
        edits
    }

    fn depth(&self, id: &Id) -> usize {
        let parent = |id: &Id| match self.items.get(id) {
            Some(Record::Boundary(b)) => b.parent.clone(),
            _ => None,
        };
        std::iter::successors(parent(id), |p| parent(p)).take(self.items.len()).count()
    }

    /// Threats, vulnerabilities, controls and decisions about the copies. A threat or control the model still has
    /// extends to the copies; one that went with what was cut, or comes from another model, comes along.
    fn annotations(&self, model: &ThreatModel, renamed: &dyn Fn(&Id) -> Option<Id>) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (id, copied) in &self.threats {
            let targets = copied.targets.iter().filter_map(renamed);
            let threat = match model.threats.get(id) {
                Some(known) => Threat { targets: known.targets.iter().cloned().chain(targets).collect(), ..known.clone() },
                None if model.has_id(id) => continue,
                None => Threat { targets: targets.collect(), ..copied.clone() },
            };
            edits.push(Edit::put(Key::Threat(id.clone()), threat));
        }
        for (id, copied) in &self.instances {
            let at = copied.at.iter().filter_map(|site| match site {
                Site::At(id) => renamed(id).map(Site::At),
                Site::Model => None,
            });
            let owner = copied.owner.clone().filter(|id| model.people.contains_key(id));
            let instance = match model.instances.get(id) {
                Some(known) => ControlInstance { at: known.at.iter().cloned().chain(at).collect(), ..known.clone() },
                None if model.has_id(id) => continue,
                None => ControlInstance { at: at.collect(), owner, ..copied.clone() },
            };
            edits.push(Edit::put(Key::Instance(id.clone()), instance));
        }
        for (id, copied) in &self.vulnerabilities {
            let (Some(id), Some(at)) = (renamed(id), renamed(&copied.at)) else { continue };
            let threats = copied.threats.iter().map(|key| match renamed(&key.anchor) {
                Some(anchor) => ThreatKey::new(key.rule.clone(), anchor),
                None => key.clone(),
            });
            edits.push(Edit::put(Key::Vulnerability(id), Vulnerability { at, threats: threats.collect(), ..copied.clone() }));
        }
        for (key, decision) in &self.decisions {
            let Some(anchor) = renamed(&key.anchor) else { continue };
            let people = |id: &Option<Id>| id.clone().filter(|id| model.people.contains_key(id));
            let decision = Decision {
                number: None,
                by: people(&decision.by),
                approver: people(&decision.approver),
                owner: people(&decision.owner),
                ..decision.clone()
            };
            edits.push(Edit::Decide { threat: ThreatKey::new(key.rule.clone(), anchor), decision });
        }
        edits
    }
}

fn owned<K: Clone, V: Clone>((k, v): (&K, &V)) -> (K, V) {
    (k.clone(), v.clone())
}

/// The record under its new id, referring to copies where there are any and else to what the model has.
fn copied(record: &Record, id: Id, ids: &BTreeMap<Id, Id>, model: &ThreatModel) -> Option<(Key, Record)> {
    let renamed = |id: &Id| ids.get(id).cloned();
    let mut record = record.clone();
    let key = match &mut record {
        Record::Element(e) => {
            e.boundary = e.boundary.take().map(|b| renamed(&b).unwrap_or(b));
            e.parent = e.parent.take().map(|p| renamed(&p).unwrap_or(p));
            Key::Element(id)
        }
        Record::Boundary(b) => {
            b.parent = b.parent.take().map(|p| renamed(&p).unwrap_or(p));
            Key::Boundary(id)
        }
        Record::Flow(f) => {
            f.from = f.from.take().map(|e| renamed(&e).unwrap_or(e));
            f.to = f.to.take().map(|e| renamed(&e).unwrap_or(e));
            Key::Flow(id)
        }
        Record::Note(_) => Key::Note(id),
        _ => return None,
    };
    // In another model what it refers to may not exist; copies are on their way in.
    let new: BTreeSet<&Id> = ids.values().collect();
    prune(&mut record, &mut |role, to| role.resolves(model, to) || new.contains(to));
    Some((key, record))
}

fn shifted(place: &Placement, by: Vec2) -> Placement {
    match place {
        Placement::Box(r) => Placement::Box(r.translate(by)),
        Placement::Line(l) => Placement::Line(BoundaryLine { points: l.points.iter().map(|p| *p + by).collect(), ..l.clone() }),
        Placement::Route(r) => {
            let attach = |a: Attach| if let Attach::Loose(p) = a { Attach::Loose(p + by) } else { a };
            Placement::Route(Route {
                bends: r.bends.iter().map(|p| *p + by).collect(),
                start: attach(r.start),
                end: attach(r.end),
                ..r.clone()
            })
        }
    }
}
