//! Putting a guess of a reader right.

use crate::geometry::{Point, Rect};
use crate::interchange::Taken;
use crate::model::*;

/// What stays of a thing whatever it is.
struct Thing {
    name: String,
    description: String,
    home: Option<Id>,
    visibility: Option<Visibility>,
    extra: Extra,
}

/// Makes an element, boundary or note into what people say it is. Its name, place and foreign fields stay; what cannot
/// refer to it any more is let go of: flows that ended at what is no element now end loose where they touched it.
pub fn correct(model: &mut ThreatModel, at: &Id, to: Taken) {
    if let (Some(element), Taken::Element(kind)) = (model.elements.get_mut(at), to) {
        element.kind = kind;
        return;
    }
    if (model.boundaries.contains_key(at) && to == Taken::Boundary) || (model.notes.contains_key(at) && to == Taken::Note) {
        return;
    }
    if !matches!(to, Taken::Element(_)) {
        loosen(model, at);
    }
    let Some(thing) = take(model, at) else { return };
    let Thing { name, description, home, visibility, extra } = thing;
    match to {
        Taken::Element(kind) => {
            let element = Element { name, kind, description, boundary: home, visibility, extra, ..Element::default() };
            model.elements.insert(at.clone(), element);
        }
        Taken::Boundary => {
            let boundary = Boundary { name, description, parent: home.clone(), visibility, extra, ..Boundary::default() };
            model.boundaries.insert(at.clone(), boundary);
            gather(model, at, home.as_ref());
        }
        Taken::Note => {
            let text = [name, description].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
            model.notes.insert(at.clone(), Note { text, extra, ..Note::default() });
        }
    }
    // What referred to it as something else has nothing to refer to now.
    repair(model);
}

/// Takes the record out. What is in a boundary moves up to what that is in.
fn take(model: &mut ThreatModel, at: &Id) -> Option<Thing> {
    if let Some(e) = model.elements.remove(at) {
        let Element { name, description, boundary: home, visibility, extra, .. } = e;
        return Some(Thing { name, description, home, visibility, extra });
    }
    if let Some(b) = model.boundaries.remove(at) {
        let Boundary { name, description, parent: home, visibility, extra, .. } = b;
        let content = model.elements.values_mut().map(|e| &mut e.boundary);
        let content = content.chain(model.boundaries.values_mut().map(|inner| &mut inner.parent));
        content.filter(|slot| slot.as_ref() == Some(at)).for_each(|slot| slot.clone_from(&home));
        return Some(Thing { name, description, home, visibility, extra });
    }
    let note = model.notes.remove(at)?;
    let home = around(model, at);
    Some(Thing { name: note.text, description: String::new(), home, visibility: None, extra: note.extra })
}

/// The boundary something is drawn in: the smallest around its middle.
fn around(model: &ThreatModel, at: &Id) -> Option<Id> {
    let (key, rect) = boxes(model).find(|(key, _)| key.item == *at)?;
    let frames = boxes(model).filter(|(k, r)| {
        k.diagram == key.diagram && k.item != *at && model.boundaries.contains_key(&k.item) && r.contains(rect.center())
    });
    frames.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(key, _)| key.item.clone())
}

fn boxes(model: &ThreatModel) -> impl Iterator<Item = (&PlacementKey, Rect)> {
    model.placements.iter().filter_map(|(key, place)| match place {
        Placement::Box(rect) => Some((key, *rect)),
        Placement::Route(_) | Placement::Line(_) => None,
    })
}

/// What lies in the box of a new boundary, and is as deep as that, belongs to it.
fn gather(model: &mut ThreatModel, at: &Id, home: Option<&Id>) {
    let frames: Vec<(Id, Rect)> =
        boxes(model).filter(|(key, _)| key.item == *at).map(|(key, rect)| (key.diagram.clone(), rect)).collect();
    let inside = |key: &PlacementKey, rect: Rect| {
        let holds = |frame: Rect| frame.contains(rect.center()) && frame.area() > rect.area();
        key.item != *at && frames.iter().any(|(diagram, frame)| *diagram == key.diagram && holds(*frame))
    };
    let inside: Vec<Id> = boxes(model).filter(|(key, rect)| inside(key, *rect)).map(|(key, _)| key.item.clone()).collect();
    for id in inside {
        let element = model.elements.get_mut(&id).map(|e| &mut e.boundary);
        let slot = element.or_else(|| model.boundaries.get_mut(&id).map(|b| &mut b.parent));
        if let Some(slot) = slot.filter(|slot| slot.as_ref() == home) {
            *slot = Some(at.clone());
        }
    }
}

/// Lets the flows go that end at something; their ends stay where they touched it.
fn loosen(model: &mut ThreatModel, at: &Id) {
    let flows: Vec<Id> =
        model.flows.iter().filter(|(_, f)| [&f.from, &f.to].contains(&&Some(at.clone()))).map(|(id, _)| id.clone()).collect();
    for id in flows {
        let Some((from, to)) = model.flows.get(&id).map(|flow| (flow.from.clone(), flow.to.clone())) else { continue };
        let diagrams: Vec<Id> = model.placements.keys().filter(|k| k.item == id).map(|k| k.diagram.clone()).collect();
        for diagram in diagrams {
            let Some(rect) = model.rect_of(&diagram, at) else { continue };
            let other = if from.as_ref() == Some(at) { &to } else { &from };
            let towards = other.as_ref().and_then(|other| model.rect_of(&diagram, other)).map(Rect::center);
            let place = model.placements.get_mut(&PlacementKey::new(diagram, id.clone()));
            let Some(Placement::Route(route)) = place else { continue };
            let (first, last) = (route.bends.first().copied(), route.bends.last().copied());
            if from.as_ref() == Some(at) {
                route.start = Attach::Loose(edge(rect, first.or(towards)));
            }
            if to.as_ref() == Some(at) {
                route.end = Attach::Loose(edge(rect, last.or(towards)));
            }
        }
        if let Some(flow) = model.flows.get_mut(&id) {
            [&mut flow.from, &mut flow.to].into_iter().filter(|end| end.as_ref() == Some(at)).for_each(|end| *end = None);
        }
    }
}

/// Where the way from the middle of a box to a point leaves it.
fn edge(rect: Rect, towards: Option<Point>) -> Point {
    let middle = rect.center();
    let Some(towards) = towards else { return middle };
    let (dx, dy) = ((towards.x - middle.x).abs(), (towards.y - middle.y).abs());
    let across = if dx > 0.0 { rect.w / 2.0 / dx } else { f32::INFINITY };
    let down = if dy > 0.0 { rect.h / 2.0 / dy } else { f32::INFINITY };
    let share = across.min(down);
    if share < 1.0 { middle.lerp(towards, share) } else { middle }
}
