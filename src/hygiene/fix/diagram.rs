//! Fixes of the diagram.

use super::Workshop;
use crate::edit::{Edit, PADDING, PADDING_ABOVE, frame_around};
use crate::geometry::{Rect, Vec2, vec2};
use crate::hygiene::{Check, Problem};
use crate::model::*;
use std::collections::BTreeSet;

impl Workshop<'_> {
    pub(super) fn diagram(&mut self, problem: &Problem) {
        let Some(id) = problem.about.first().cloned() else { return self.wrap_all() };
        match problem.check {
            Check::LooseFlow => self.offer("Delete the flow", Edit::Remove { keys: [Key::Flow(id)].into() }),
            Check::Unnamed => self.name(&id),
            Check::SameName => self.rename_second(&id),
            Check::Overlap => self.make_room(&problem.about),
            Check::Island => {
                self.offer("Delete the element", Edit::Remove { keys: [Key::Element(id.clone())].into() });
                if let Some(element) = self.model.elements.get(&id).cloned() {
                    let reason = Some("Not connected to the system".to_owned());
                    self.put("Leave it out of scope", Key::Element(id), Element { out_of_scope: reason, ..element });
                }
            }
            Check::OneWay | Check::NeverRead => self.answer(&id),
            Check::NeverWritten => self.write_to(&id),
            Check::NoProcess | Check::ExternalToStore => self.put_process_between(&id),
            Check::OutsideBoundaries => self.put_inside(&id),
            Check::Parallel => self.offer("Delete the second", Edit::Remove { keys: [Key::Flow(id)].into() }),
            _ => {}
        }
    }

    /// A name after what is known about it.
    fn name(&mut self, id: &Id) {
        let model = self.model;
        if let Some(element) = model.elements.get(id).cloned() {
            let technology = element.tags.iter().next().map(|tag| self.library.tags.label(tag).to_owned());
            let base = technology.unwrap_or_else(|| match element.boundary.as_ref().map(|b| model.name_of(b)) {
                Some(home) if !home.is_empty() => format!("{} in {home}", element.kind.label()),
                _ => format!("New {}", element.kind.label().to_lowercase()),
            });
            let name = self.free_name(&base);
            self.put(format!("Call it “{name}”"), Key::Element(id.clone()), Element { name, ..element });
        } else if let Some(boundary) = model.boundaries.get(id).cloned() {
            let name = self.free_name(boundary.kind.label());
            self.put(format!("Call it “{name}”"), Key::Boundary(id.clone()), Boundary { name, ..boundary });
        } else if let Some(flow) = model.flows.get(id).cloned() {
            let carried: Vec<&str> = flow.assets.iter().map(|a| model.name_of(a)).filter(|n| !n.is_empty()).take(2).collect();
            let to = flow.to.as_ref().map_or("", |to| model.name_of(to));
            let name = if carried.is_empty() { format!("Request to {to}") } else { carried.join(", ") };
            self.put(format!("Call it “{name}”"), Key::Flow(id.clone()), Flow { name, ..flow });
        }
    }

    fn rename_second(&mut self, id: &Id) {
        let Some(element) = self.model.elements.get(id).cloned() else { return };
        let name = self.free_name(&element.name);
        self.put(format!("Call it “{name}”"), Key::Element(id.clone()), Element { name, ..element });
    }

    /// "Server", or "Server 2" where that is taken.
    fn free_name(&self, base: &str) -> String {
        let names = self.model.elements.values().map(|e| &e.name).chain(self.model.boundaries.values().map(|b| &b.name));
        let taken: BTreeSet<String> = names.map(|name| name.trim().to_lowercase()).collect();
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        std::iter::once(base.to_owned()).chain((2..).map(|n| format!("{base} {n}"))).find(free).unwrap_or_default()
    }

    /// The first goes out of the second, or that grows around it where it belongs.
    fn make_room(&mut self, about: &[Id]) {
        let [first, second] = about else { return };
        let belongs = self.model.boundaries_around(first).contains(second);
        let mut edits = Vec::new();
        for diagram in self.model.diagrams.keys() {
            let places = self.model.rect_of(diagram, first).zip(self.model.rect_of(diagram, second));
            let Some((a, b)) = places.filter(|(a, b)| a.intersects(*b)) else { continue };
            let items: BTreeSet<Id> = [first.clone()].into();
            if !belongs {
                edits.push(Edit::Move { diagram: diagram.clone(), items: items.clone(), by: way_out(a, b) });
            }
            edits.push(Edit::Settle { diagram: diagram.clone(), items });
        }
        self.all("Make room", edits);
    }

    /// A boundary around everything that is not external.
    fn wrap_all(&mut self) {
        let model = self.model;
        let Some(diagram) = model.diagram_order().into_iter().next() else { return };
        let ours = model.elements.iter().filter(|(_, e)| e.kind != ElementKind::ExternalEntity && e.boundary.is_none());
        let placed: Vec<(&Id, Rect)> = ours.filter_map(|(id, _)| Some((id, model.rect_of(&diagram, id)?))).collect();
        let Some(content) = placed.iter().map(|(_, r)| *r).reduce(Rect::union) else { return };
        let id = self.ids.fresh();
        let boundary = Boundary { name: "Our system".into(), trust: Some(3), ..Boundary::default() };
        let members: BTreeSet<Id> = placed.iter().map(|(id, _)| (*id).clone()).collect();
        let rect = frame_around(content);
        let edits = vec![
            Edit::AddBoundary { id: id.clone(), boundary, diagram: diagram.clone(), rect, members },
            Edit::Settle { diagram, items: [id].into() },
        ];
        self.all("Boundary around our system", edits);
    }

    /// Answers come back on the flows that only go one way.
    fn answer(&mut self, id: &Id) {
        let at = |f: &&Flow| f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id);
        let flows = self.model.flows.iter().filter(|(_, f)| at(f) && !f.bidirectional);
        let put = |(id, flow): (&Id, &Flow)| Edit::put(Key::Flow(id.clone()), Flow { bidirectional: true, ..flow.clone() });
        let edits: Vec<Edit> = flows.map(put).collect();
        self.all("Answers come back on its flows", edits);
    }

    /// Who reads it writes it too.
    fn write_to(&mut self, store: &Id) {
        let model = self.model;
        let reads = model.flows.values().filter(|f| f.from.as_ref() == Some(store));
        let Some(read) = reads.into_iter().find(|f| f.to.is_some()) else { return };
        let flow = Flow {
            name: format!("Write to {}", model.name_of(store)),
            from: read.to.clone(),
            to: read.from.clone(),
            initiator: Initiator::Source,
            ..read.clone()
        };
        let ends = [flow.from.clone(), flow.to.clone()];
        let shows = |d: &&Id| ends.iter().flatten().all(|id| model.rect_of(d, id).is_some());
        let Some(diagram) = model.diagrams.keys().find(shows).cloned() else { return };
        let id = self.ids.fresh();
        let writer = flow.from.as_ref().map(|w| model.name_of(w)).unwrap_or_default().to_owned();
        self.offer(format!("{writer} writes it"), Edit::Connect { id, flow, diagram, route: Route::default() });
    }

    fn put_process_between(&mut self, id: &Id) {
        let model = self.model;
        let Some(flow) = model.flows.get(id).cloned() else { return };
        let (Some(from), Some(to)) = (flow.from.clone(), flow.to.clone()) else { return };
        let drawn = |d: &Id| Some((d.clone(), model.rect_of(d, &from)?, model.rect_of(d, &to)?));
        if let Some((diagram, a, b)) = model.diagrams.keys().find_map(drawn) {
            let (process, second) = (self.ids.fresh(), self.ids.fresh());
            let rect = Rect::from_center(a.center().lerp(b.center(), 0.5), 128.0, 48.0);
            let name = self.free_name("Access service");
            let home = model.elements.get(&to).and_then(|e| e.boundary.clone());
            let element = Element { name, boundary: home, ..Element::default() };
            let on = Flow { from: Some(process.clone()), ..flow.clone() };
            let edits = vec![
                Edit::AddElement { id: process.clone(), element, diagram: diagram.clone(), rect },
                Edit::put(Key::Flow(id.clone()), Flow { to: Some(process.clone()), ..flow.clone() }),
                Edit::Connect { id: second, flow: on, diagram: diagram.clone(), route: Route::default() },
                Edit::Settle { diagram, items: [process].into() },
            ];
            self.all("Put a process between", edits);
        }
        let reason = Some("Replication without a process of ours".to_owned());
        self.put("Leave it out of scope", Key::Flow(id.clone()), Flow { out_of_scope: reason, ..flow });
    }

    /// Into the boundary it is drawn in, or the nearest ones.
    fn put_inside(&mut self, id: &Id) {
        let model = self.model;
        if let Some((label, edit)) = super::among_strangers(model, id, self.ids) {
            self.offer(label, edit);
        }
        let drawn = |d: &Id| Some((d.clone(), model.rect_of(d, id)?));
        let Some((diagram, rect)) = model.diagrams.keys().find_map(drawn) else { return };
        let frames = model.boundaries.keys().filter_map(|b| Some((b, model.rect_of(&diagram, b)?)));
        let mut frames: Vec<(&Id, f32, f32)> = frames.map(|(b, frame)| (b, gap(rect, frame), frame.area())).collect();
        frames.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)).then(a.0.cmp(b.0)));
        for (boundary, ..) in frames.into_iter().take(2) {
            let items: BTreeSet<Id> = [id.clone()].into();
            let edits = vec![
                Edit::Reparent { items: items.clone(), into: Some(boundary.clone()) },
                Edit::Settle { diagram: diagram.clone(), items },
            ];
            self.all(format!("Into {}", model.name_of(boundary)), edits);
        }
    }
}

/// The shortest way for a box to lie beside another.
fn way_out(a: Rect, b: Rect) -> Vec2 {
    let ways = [
        vec2(b.x - a.right() - PADDING, 0.0),
        vec2(b.right() - a.x + PADDING, 0.0),
        vec2(0.0, b.y - a.bottom() - PADDING_ABOVE),
        vec2(0.0, b.bottom() - a.y + PADDING_ABOVE),
    ];
    ways.into_iter().min_by(|v, w| v.length().total_cmp(&w.length())).unwrap_or(vec2(0.0, 0.0))
}

/// Distance of two boxes; nothing when they touch.
fn gap(a: Rect, b: Rect) -> f32 {
    let x = (b.x - a.right()).max(a.x - b.right()).max(0.0);
    let y = (b.y - a.bottom()).max(a.y - b.bottom()).max(0.0);
    x.hypot(y)
}
