//! Copied parts of a model: what is on the clipboard. How it becomes new records is in `clip/pasting.rs`.

mod pasting;

use super::Selection;
use crate::geometry::{Point, Rect};
use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Elements, boundaries, flows and notes with their places; the threats, vulnerabilities, controls and decisions about them;
/// and what all these refer to, so that it can be pasted into another model too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clip {
    items: BTreeMap<Id, Record>,
    places: BTreeMap<Id, Placement>,
    threats: BTreeMap<Id, Threat>,
    vulnerabilities: BTreeMap<Id, Vulnerability>,
    instances: BTreeMap<Id, ControlInstance>,
    decisions: BTreeMap<ThreatKey, Decision>,
    /// Controls defined by the model that instances and threats use.
    controls: BTreeMap<Id, Control>,
    assets: BTreeMap<Id, Asset>,
    people: BTreeMap<Id, Person>,
    /// Elements, boundaries, flows and notes that are referred to and were not copied.
    outside: BTreeMap<Id, Outside>,
    /// The element whose details were copied from.
    of: Option<Id>,
    /// The diagrams that detail copied elements, at any depth, with what is copied of them.
    details: BTreeMap<Id, Detail>,
}

/// A detail diagram that is copied with its element: parts, flows among them and notes. Neighbours stay what they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Detail {
    diagram: Diagram,
    places: BTreeMap<Id, Placement>,
}

/// Something that was not copied, by what it is known again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Outside {
    name: String,
    /// Where it is on the diagram that was copied from.
    at: Option<Point>,
}

impl Clip {
    /// Copies items of a diagram; boundaries with their content, and the flows between copied elements.
    pub fn copy(model: &ThreatModel, diagram: &Id, items: &BTreeSet<Id>) -> Clip {
        let all = model.with_content_and_flows(items);
        let places: BTreeMap<Id, Placement> =
            model.placed(diagram).filter(|(id, _)| all.contains(*id)).map(|(id, p)| (id.clone(), p.clone())).collect();
        let record = |id: &Id| model.item_key(id).and_then(|key| model.get(&key));
        let details = details(model, diagram, &places.keys().cloned().collect());
        let drawn = places.keys().chain(details.values().flat_map(|d| d.places.keys()));
        let items: BTreeMap<Id, Record> = drawn.filter_map(|id| Some((id.clone(), record(id)?))).collect();
        let about = |id: &Id| items.contains_key(id);
        let at = |i: &ControlInstance| i.at.iter().any(|site| matches!(site, Site::At(id) if about(id)));
        let mut clip = Clip {
            threats: model.threats.iter().filter(|(_, t)| t.targets.iter().any(about)).map(owned).collect(),
            vulnerabilities: model.vulnerabilities.iter().filter(|(_, v)| about(&v.at)).map(owned).collect(),
            instances: model.instances.iter().filter(|(_, i)| at(i)).map(owned).collect(),
            decisions: model.decisions.iter().filter(|(key, _)| about(&key.anchor)).map(owned).collect(),
            items,
            places,
            details,
            of: model.diagrams.get(diagram).and_then(|d| d.of.clone()),
            ..Clip::default()
        };
        clip.take_along(model, diagram);
        clip
    }

    /// Adds what the copied records refer to.
    fn take_along(&mut self, model: &ThreatModel, diagram: &Id) {
        let used = self.instances.values().map(|i| &i.control);
        let used = used.chain(self.threats.values().flat_map(|t| t.controls.keys()));
        let custom = used.filter_map(|id| model.controls.get_key_value(&Id::from(id.as_str())));
        self.controls = custom.map(owned).collect();
        let mut referred = BTreeSet::new();
        let mut refer = |record: &Record| {
            relink(&mut record.clone(), &mut |_, id| {
                referred.insert(id.clone());
                None
            });
        };
        self.items.values().for_each(&mut refer);
        self.instances.values().for_each(|r| refer(&r.clone().into()));
        self.decisions.values().for_each(|r| refer(&r.clone().into()));
        let assets: Vec<(Id, Asset)> = model.assets.iter().filter(|(id, _)| referred.contains(*id)).map(owned).collect();
        referred.extend(assets.iter().filter_map(|(_, a)| a.owner.clone()));
        self.assets = assets.into_iter().collect();
        self.people = model.people.iter().filter(|(id, _)| referred.contains(*id)).map(owned).collect();
        referred.extend(self.vulnerabilities.values().flat_map(|v| v.threats.iter().map(|key| key.anchor.clone())));
        referred.extend(self.of.clone());
        let outside = referred.into_iter().filter(|id| !self.items.contains_key(id) && model.item_key(id).is_some());
        let known = |id: &Id| Outside {
            name: model.name_of(id).to_owned(),
            at: model.stand_in(diagram, id).and_then(|id| model.rect_of(diagram, id)).map(|r| r.center()),
        };
        self.outside = outside.map(|id| (id.clone(), known(&id))).collect();
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

    /// Around the boxes of the copied things.
    pub fn bounds(&self) -> Option<Rect> {
        let rects = self.places.values().filter_map(|p| if let Placement::Box(r) = p { Some(*r) } else { None });
        rects.reduce(Rect::union)
    }

    /// A new id for everything that is copied.
    pub fn fresh_ids(&self, fresh: &mut dyn FnMut() -> Id) -> BTreeMap<Id, Id> {
        let copies = self.items.keys().chain(self.vulnerabilities.keys()).chain(self.details.keys());
        let kept = self.threats.keys().chain(self.instances.keys()).chain(self.controls.keys());
        let all = copies.chain(kept).chain(self.assets.keys()).chain(self.people.keys());
        all.map(|id| (id.clone(), fresh())).collect()
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
        Selection { items: self.places.keys().filter_map(|id| ids.get(id).cloned()).collect(), threat: None }
    }

    /// The copied things that are still in the model under the same name and not yet on the diagram, with their places.
    pub fn originals<'a>(
        &'a self,
        model: &'a ThreatModel,
        diagram: &'a Id,
    ) -> impl Iterator<Item = (&'a Id, &'a Placement)> + 'a {
        self.places.iter().filter(|(id, _)| {
            let copied = self.items.get(*id);
            let same_kind = model.item_key(id).and_then(|key| Some(key.fits(copied?))).unwrap_or(false);
            same_kind && model.placement(diagram, id).is_none()
        })
    }
}

/// What details the copied elements, apart from the diagram that is copied from.
fn details(model: &ThreatModel, from: &Id, copied: &BTreeSet<Id>) -> BTreeMap<Id, Detail> {
    let wholes: BTreeSet<Id> = copied.iter().filter(|id| model.elements.contains_key(*id)).cloned().collect();
    let inside = model.parts_within(&wholes);
    let is_detail = |d: &Diagram| d.of.as_ref().is_some_and(|of| wholes.contains(of) || inside.contains(of));
    let diagrams: Vec<(&Id, &Diagram)> = model.diagrams.iter().filter(|(id, d)| *id != from && is_detail(d)).collect();
    let only_there = |id: &Id| model.shown_on(id).iter().all(|on| diagrams.iter().any(|(d, _)| *d == on));
    let comes = |id: &Id| {
        let ends_inside = |f: &Flow| [&f.from, &f.to].iter().all(|end| end.as_ref().is_none_or(|e| inside.contains(e)));
        inside.contains(id)
            || model.flows.get(id).is_some_and(ends_inside)
            || ((model.boundaries.contains_key(id) || model.notes.contains_key(id)) && only_there(id))
    };
    let places = |id: &Id| model.placed(id).filter(|(item, _)| comes(item)).map(owned).collect();
    let all = diagrams.iter().map(|(id, d)| ((*id).clone(), Detail { diagram: (*d).clone(), places: places(id) }));
    all.collect()
}

fn owned<K: Clone, V: Clone>((k, v): (&K, &V)) -> (K, V) {
    (k.clone(), v.clone())
}
