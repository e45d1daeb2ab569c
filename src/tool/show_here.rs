//! Placing an element that is in the model on one more diagram.

use super::operation::size;
use crate::edit::{Document, Edit};
use crate::geometry::{Point, Rect, rect};
use crate::model::{Id, Key, Placement, PlacementKey, ThreatModel};
use crate::scene::BoxKind;

/// Distance to what is there already, in world units.
const GAP: f32 = 24.0;

/// Shows an element on a diagram, with its flows to what is shown there: at the foot of its boundary, which grows, or
/// right of everything. `None` when it is there already, or is no element.
pub fn show_here(model: &ThreatModel, diagram: &Id, id: &Id) -> Option<Edit> {
    show(model, diagram, id, None)
}

/// The same around a point, if that is in the boundary it is a member of.
pub fn show_at(model: &ThreatModel, diagram: &Id, id: &Id, at: Point) -> Option<Edit> {
    show(model, diagram, id, Some(at))
}

fn show(model: &ThreatModel, diagram: &Id, id: &Id, at: Option<Point>) -> Option<Edit> {
    let element = model.elements.get(id)?;
    if model.placement(diagram, id).is_some() {
        return None;
    }
    let elsewhere = model.placements.iter().find_map(|(key, placement)| match placement {
        Placement::Box(place) if key.item == *id => Some((place.w, place.h)),
        _ => None,
    });
    let (w, h) = elsewhere.unwrap_or_else(|| size::usual(BoxKind::Element(element.kind)));
    let around = model.boundary_chain(id).into_iter().filter_map(|b| Some((model.rect_of(diagram, &b)?, b)));
    let around: Vec<(Rect, Id)> = around.collect();
    // Only where the picture does not tell of another boundary than its own.
    let drawn_around = |at: Point| {
        let boxes = model.placed(diagram).filter(|(item, _)| model.boundaries.contains_key(*item));
        let boxes = boxes.filter_map(|(item, _)| Some((model.rect_of(diagram, item)?, item)));
        boxes.filter(|(r, _)| r.contains(at)).min_by(|a, b| a.0.area().total_cmp(&b.0.area())).map(|(_, item)| item.clone())
    };
    let at = at.filter(|at| drawn_around(*at).as_ref() == around.first().map(|(_, b)| b));
    let place = match (at, around.first()) {
        (Some(at), _) => Rect::from_center(at, w, h),
        (None, Some((home, _))) => rect(home.x + GAP, home.bottom(), w, h),
        (None, None) => beside(model, diagram, w, h),
    };
    let key = |item: &Id| Key::Placement(PlacementKey::new(diagram.clone(), item.clone()));
    let mut edits = vec![Edit::put(key(id), Placement::Box(place))];
    let mut inside = place;
    for (frame, boundary) in around {
        let grown = frame.union(inside.expand(GAP));
        edits.push(Edit::Resize { diagram: diagram.clone(), item: boundary, rect: grown });
        inside = grown;
    }
    // What ends at its parts is drawn to it as well, as long as they are not here themselves.
    let shown = |end: &Option<Id>| -> Option<Id> {
        let end = end.as_ref()?;
        let here = |whole: &&Id| *whole == id || model.placement(diagram, whole).is_some();
        model.wholes(end).into_iter().find(here).cloned()
    };
    let is_here = |end: &Option<Id>| shown(end).is_some();
    let is_its = |end: &Option<Id>| shown(end).as_ref() == Some(id);
    let flows = model.flows.iter().filter(|(_, f)| {
        (is_its(&f.from) || is_its(&f.to))
            && is_here(&f.from)
            && is_here(&f.to)
            && (shown(&f.from) != shown(&f.to) || f.from == f.to)
    });
    let flows = flows.filter(|(flow, _)| model.placement(diagram, flow).is_none());
    edits.extend(flows.map(|(flow, _)| Edit::put(key(flow), Placement::Route(model.new_route(diagram, flow)))));
    Some(Edit::Batch { label: "show on diagram".into(), edits })
}

/// Shows several elements on a diagram, each as it would be alone. `None` when all are there.
pub fn show_all<'a>(model: &ThreatModel, diagram: &Id, ids: impl IntoIterator<Item = &'a Id>) -> Option<Edit> {
    let mut so_far = model.clone();
    let mut edits = Vec::new();
    for id in ids {
        let Some(edit) = show_here(&so_far, diagram, id) else { continue };
        let mut document = Document::new(so_far);
        // What cannot be shown is left out; the rest does not depend on it.
        if document.commit(&edit).is_ok() {
            edits.push(edit);
        }
        so_far = document.model().clone();
    }
    (!edits.is_empty()).then(|| Edit::Batch { label: "show on diagram".into(), edits })
}

/// Right of everything on the diagram.
fn beside(model: &ThreatModel, diagram: &Id, w: f32, h: f32) -> Rect {
    let boxes = model.placed(diagram).filter_map(|(item, _)| model.rect_of(diagram, item));
    let all = boxes.reduce(Rect::union);
    all.map_or_else(|| rect(0.0, 0.0, w, h), |all| rect(all.right() + 2.0 * GAP, all.y, w, h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Boundary, Diagram, Element, Flow};

    #[test]
    fn it_stands_in_its_boundary_and_its_flows_come_along() {
        let named = |name: &str| Element { name: name.into(), ..Element::default() };
        let (one, two) = (Id::new("one"), Id::new("two"));
        let diagrams = [(one.clone(), Diagram::default()), (two.clone(), Diagram::default())].into();
        let mut model = ThreatModel { diagrams, ..ThreatModel::default() };
        model.boundaries.insert(Id::new("zone"), Boundary::default());
        model.elements.insert(Id::new("web"), named("Web"));
        model.elements.insert(Id::new("db"), Element { boundary: Some(Id::new("zone")), ..named("DB") });
        let flow = Flow { from: Some(Id::new("web")), to: Some(Id::new("db")), ..Flow::default() };
        model.flows.insert(Id::new("query"), flow);
        let mut put = |diagram: &Id, item: &str, place: Rect| {
            model.placements.insert(PlacementKey::new(diagram.clone(), Id::new(item)), Placement::Box(place));
        };
        put(&one, "db", rect(0.0, 0.0, 150.0, 70.0));
        put(&two, "web", rect(0.0, 0.0, 100.0, 50.0));
        put(&two, "zone", rect(200.0, 0.0, 100.0, 100.0));

        let edit = show_here(&model, &two, &Id::new("db")).expect("it is not there yet");
        let mut document = Document::new(model);
        document.commit(&edit).unwrap();
        let model = document.model();
        let (db, zone) = (model.rect_of(&two, &Id::new("db")).unwrap(), model.rect_of(&two, &Id::new("zone")).unwrap());
        assert_eq!((db.w, db.h), (150.0, 70.0), "as large as where it is drawn already");
        assert_eq!(zone.union(db), zone, "{zone:?} holds {db:?}");
        assert!(model.placement(&two, &Id::new("query")).is_some());
        assert_eq!(show_here(model, &two, &Id::new("db")), None);
    }
}
