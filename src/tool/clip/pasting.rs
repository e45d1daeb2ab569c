//! From copied records to new ones: in the same model, or in any other.
//!
//! What exists once for every copy (elements, boundaries, flows, notes, vulnerabilities) gets a new id. What can be shared
//! (threats, controls, assets, people) is shared where the model has it already, known again by id and name; otherwise it
//! comes along. A reference to anything else is kept only where it means the same thing, so none ever dangles.

use super::Clip;
use crate::edit::Edit;
use crate::geometry::Vec2;
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

impl Clip {
    /// Adds everything with the new ids, shifted.
    pub fn edits(&self, model: &ThreatModel, diagram: &Id, ids: &BTreeMap<Id, Id>, by: Vec2) -> Vec<Edit> {
        Pasting::new(self, model, diagram, ids).edits(by)
    }
}

struct Pasting<'a> {
    clip: &'a Clip,
    model: &'a ThreatModel,
    diagram: &'a Id,
    /// The element the diagram details.
    of: Option<&'a Id>,
    /// What stands for each record of the clip afterwards.
    links: BTreeMap<&'a Id, Id>,
    /// Records that come along: the model has nothing that is the same.
    new: BTreeSet<&'a Id>,
}

impl<'a> Pasting<'a> {
    fn new(clip: &'a Clip, model: &'a ThreatModel, diagram: &'a Id, ids: &BTreeMap<Id, Id>) -> Pasting<'a> {
        let of = model.diagrams.get(diagram).and_then(|d| d.of.as_ref());
        let mut pasting = Pasting { clip, model, diagram, of, links: BTreeMap::new(), new: BTreeSet::new() };
        let copies = clip.items.keys().chain(clip.vulnerabilities.keys()).chain(clip.details.keys());
        pasting.links.extend(copies.filter_map(|id| Some((id, ids.get(id)?.clone()))));
        let person = |id: &Id, p: &Person| known(&model.people, id, &p.name, |p| &p.name, true);
        clip.people.iter().for_each(|(id, p)| pasting.share(id, person(id, p), ids));
        let asset = |id: &Id, a: &Asset| known(&model.assets, id, &a.name, |a| &a.name, true);
        clip.assets.iter().for_each(|(id, a)| pasting.share(id, asset(id, a), ids));
        let control = |id: &Id, c: &Control| known(&model.controls, id, &c.name, |c| &c.name, false);
        clip.controls.iter().for_each(|(id, c)| pasting.share(id, control(id, c), ids));
        let threat = |id: &Id, t: &Threat| known(&model.threats, id, &t.title, |t| &t.title, false);
        clip.threats.iter().for_each(|(id, t)| pasting.share(id, threat(id, t), ids));
        let instance = |id: &Id, i: &ControlInstance| known(&model.instances, id, &i.control, |i| &i.control, false);
        clip.instances.iter().for_each(|(id, i)| pasting.share(id, instance(id, i), ids));
        pasting
    }

    /// Uses what the model has; else the record comes along, under its own id where that is free.
    fn share(&mut self, id: &'a Id, known: Option<Id>, ids: &BTreeMap<Id, Id>) {
        if known.is_none() {
            self.new.insert(id);
        }
        let own = || if self.model.has_id(id) { ids.get(id).cloned() } else { Some(id.clone()) };
        if let Some(link) = known.or_else(own) {
            self.links.insert(id, link);
        }
    }

    fn link(&self, id: &Id) -> Option<Id> {
        self.links.get(id).cloned()
    }

    /// What a reference of a copied record means here: what was copied with it, or the same thing where it was left.
    fn meaning(&self, role: Reference, id: &Id) -> Option<Id> {
        self.link(id).or_else(|| Some(id.clone()).filter(|id| self.is_same(id) && role.resolves(self.model, id)))
    }

    /// True for what was not copied and is still here: same id, same name.
    fn is_same(&self, id: &Id) -> bool {
        self.clip.outside.get(id).is_some_and(|outside| self.model.name_of(id) == outside.name)
    }

    fn linked<R: Into<Record>>(&self, record: R) -> Record {
        let mut record = record.into();
        relink(&mut record, &mut |role, id| self.meaning(role, id));
        record
    }

    fn edits(&self, by: Vec2) -> Vec<Edit> {
        let mut edits = Vec::new();
        for id in &self.new {
            let people = self.clip.people.get(*id).map(|p| (Key::Person as fn(Id) -> Key, Record::from(p.clone())));
            let assets = self.clip.assets.get(*id).map(|a| (Key::Asset as fn(Id) -> Key, self.linked(a.clone())));
            let controls = self.clip.controls.get(*id).map(|c| (Key::Control as fn(Id) -> Key, Record::from(c.clone())));
            if let (Some((key, record)), Some(link)) = (people.or(assets).or(controls), self.link(id)) {
                edits.push(Edit::Put { key: key(link), record });
            }
        }
        // People before what they own.
        edits.sort_by_key(|edit| !matches!(edit, Edit::Put { key: Key::Person(_), .. }));
        edits.extend(self.items(by));
        edits.extend(self.details());
        edits.extend(self.annotations());
        edits
    }

    /// Boundaries before their members, elements before their flows: every edit must find what it refers to.
    fn items(&self, by: Vec2) -> Vec<Edit> {
        let items = &self.clip.items;
        let of_kind = |fits: fn(&Record) -> bool| items.iter().filter(move |(_, r)| fits(r));
        let mut boundaries: Vec<(&Id, &Record)> = of_kind(|r| matches!(r, Record::Boundary(_))).collect();
        boundaries.sort_by_key(|(id, _)| self.depth(id));
        let others = of_kind(|r| matches!(r, Record::Element(_) | Record::Note(_)));
        let flows = of_kind(|r| matches!(r, Record::Flow(_)));
        let mut edits = Vec::new();
        for (id, record) in boundaries.into_iter().chain(others).chain(flows) {
            let Some(new) = self.link(id) else { continue };
            let Some(key) = key_of(record, new.clone()) else { continue };
            let copy = self.item(record);
            let place = self.clip.places.get(id).map(|place| self.placed(record, &copy, place, by));
            edits.push(Edit::Put { key, record: copy });
            let key = Key::Placement(PlacementKey::new(self.diagram.clone(), new));
            edits.extend(place.map(|place| Edit::put(key, place)));
        }
        edits
    }

    /// The diagrams that detail the copies.
    fn details(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (id, detail) in &self.clip.details {
            let Some(new) = self.link(id) else { continue };
            edits.push(Edit::Put { key: Key::Diagram(new.clone()), record: self.linked(detail.diagram.clone()) });
            let placed = detail.places.iter().filter_map(|(item, place)| Some((self.link(item)?, place)));
            edits.extend(
                placed.map(|(item, place)| Edit::put(Key::Placement(PlacementKey::new(new.clone(), item)), place.clone())),
            );
        }
        edits
    }

    fn depth(&self, id: &Id) -> usize {
        let parent = |id: &Id| match self.clip.items.get(id) {
            Some(Record::Boundary(b)) => b.parent.clone(),
            _ => None,
        };
        std::iter::successors(parent(id), |p| parent(p)).take(self.clip.items.len()).count()
    }

    /// The record of a copy. An element becomes a part of what the diagram details, unless it was no part where it was.
    fn item(&self, record: &Record) -> Record {
        let mut linked = self.linked(record.clone());
        if let (Record::Element(was), Record::Element(element)) = (record, &mut linked) {
            let inside = was.parent.as_ref().is_some_and(|p| self.clip.items.contains_key(p));
            let moves = was.parent == self.clip.of || self.of != self.clip.of.as_ref();
            if !inside && moves {
                element.parent = self.of.filter(|_| element.kind != ElementKind::ExternalEntity).cloned();
                let in_copied = was.boundary.as_ref().is_some_and(|b| self.clip.items.contains_key(b));
                if element.parent.is_some() && !in_copied {
                    element.boundary = self.model.surroundings(self.diagram).cloned();
                }
            }
        }
        linked
    }

    /// The place of a copy, shifted. An end of a flow whose element is not on this diagram lies loose where it was.
    fn placed(&self, was: &Record, now: &Record, place: &Placement, by: Vec2) -> Placement {
        let (Placement::Route(route), Record::Flow(was), Record::Flow(now)) = (place, was, now) else {
            return place.shifted(by);
        };
        let mut route = route.clone();
        for (attach, was, now) in [(&mut route.start, &was.from, &now.from), (&mut route.end, &was.to, &now.to)] {
            let Some(was) = was.as_ref().filter(|id| !self.clip.items.contains_key(*id)) else { continue };
            let is_here = now.as_ref().is_some_and(|id| self.model.stand_in(self.diagram, id).is_some());
            let at = self.clip.outside.get(was).and_then(|outside| outside.at);
            if let Some(at) = at.filter(|_| !is_here) {
                *attach = Attach::Loose(at);
            }
        }
        Placement::Route(route).shifted(by)
    }

    /// Threats, vulnerabilities, controls and decisions about the copies. A threat or control the model has extends to the
    /// copies; one that went with what was cut, or comes from another model, comes along.
    fn annotations(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let copy_of = |id: &Id| self.link(id).filter(|_| self.clip.items.contains_key(id));
        for (id, copied) in &self.clip.threats {
            let Some(link) = self.link(id) else { continue };
            let targets = copied.targets.iter().filter_map(copy_of);
            let threat = match self.model.threats.get(&link).filter(|_| !self.new.contains(id)) {
                Some(known) => Threat { targets: known.targets.iter().cloned().chain(targets).collect(), ..known.clone() },
                None => {
                    let controls = copied.controls.iter().map(|(id, how)| (self.control(id), *how));
                    Threat { targets: targets.collect(), controls: controls.collect(), ..copied.clone() }
                }
            };
            edits.push(Edit::put(Key::Threat(link), threat));
        }
        for (id, copied) in &self.clip.instances {
            let Some(link) = self.link(id) else { continue };
            let at = copied.at.iter().filter_map(|site| match site {
                Site::At(id) => copy_of(id).map(Site::At),
                Site::Model => None,
            });
            let instance = match self.model.instances.get(&link).filter(|_| !self.new.contains(id)) {
                Some(known) => ControlInstance { at: known.at.iter().cloned().chain(at).collect(), ..known.clone() },
                None => {
                    let owner = copied.owner.as_ref().and_then(|id| self.meaning(Reference::Person, id));
                    ControlInstance { control: self.control(&copied.control), at: at.collect(), owner, ..copied.clone() }
                }
            };
            edits.push(Edit::put(Key::Instance(link), instance));
        }
        for (id, copied) in &self.clip.vulnerabilities {
            let (Some(link), Some(at)) = (self.link(id), copy_of(&copied.at)) else { continue };
            let threats = copied.threats.iter().filter_map(|key| self.threat_key(key)).collect();
            edits.push(Edit::put(Key::Vulnerability(link), Vulnerability { at, threats, ..copied.clone() }));
        }
        for (key, decision) in &self.clip.decisions {
            let Some(threat) = self.threat_key(key).filter(|_| self.clip.items.contains_key(&key.anchor)) else { continue };
            edits.push(Edit::Decide { threat, decision: self.inherited(decision) });
        }
        edits
    }

    /// A decision about a copy: what it rested on was another thing, so it asks for a look.
    fn inherited(&self, decision: &Decision) -> Decision {
        let mut record = Record::from(Decision { number: None, basis: BTreeMap::new(), ..decision.clone() });
        relink(&mut record, &mut |role, id| self.meaning(role, id));
        let Record::Decision(copied) = record else { return decision.clone() };
        let says_something = copied.disposition != Disposition::Open || copied.level_override.is_some();
        Decision { inherited: says_something, ..*copied }
    }

    /// The id of a control: those of the library keep theirs.
    fn control(&self, id: &str) -> String {
        self.clip
            .controls
            .get_key_value(&Id::from(id))
            .and_then(|(id, _)| self.link(id))
            .map_or(id.to_owned(), |id| id.to_string())
    }

    /// The same threat at the copy; at what was not copied only where that is still here.
    fn threat_key(&self, key: &ThreatKey) -> Option<ThreatKey> {
        let written = self.clip.threats.contains_key(&key.rule);
        let rule = if written { self.link(&key.rule)? } else { key.rule.clone() };
        let copied = self.clip.items.contains_key(&key.anchor);
        let anchor = if copied { self.link(&key.anchor)? } else { key.anchor.clone() };
        (copied || self.is_same(&key.anchor)).then(|| ThreatKey::new(rule, anchor))
    }
}

/// Only what is drawn is copied as an item.
fn key_of(record: &Record, id: Id) -> Option<Key> {
    Some(match record {
        Record::Element(_) => Key::Element(id),
        Record::Boundary(_) => Key::Boundary(id),
        Record::Flow(_) => Key::Flow(id),
        Record::Note(_) => Key::Note(id),
        _ => return None,
    })
}

/// The id of the record that is the same one: same id and name, or for what is known by its name alone, same name.
fn known<R>(table: &BTreeMap<Id, R>, id: &Id, name: &str, name_of: fn(&R) -> &String, by_name: bool) -> Option<Id> {
    let same = |record: &R| name_of(record).trim().eq_ignore_ascii_case(name.trim());
    if table.get(id).is_some_and(same) {
        return Some(id.clone());
    }
    let named = table.iter().find(|(_, record)| by_name && !name.trim().is_empty() && same(record));
    named.map(|(id, _)| id.clone())
}
