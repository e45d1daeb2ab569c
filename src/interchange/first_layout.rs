//! A first picture for models that come without one.

mod coarse;

use crate::geometry::rect;
use crate::model::{Diagram, Id, Key, Placement, PlacementKey, Route, ThreatModel};
use crate::progress::Quiet;
use crate::tidy::{Scope, Wish, size_for, tidy};

/// Width over height of a usual window.
const WINDOW: f32 = 1.6;
/// Elements and boundaries that are tidied within a second; of more a coarse picture is drawn.
const TIDIED: usize = 1000;

/// Draws every element, boundary and flow on the first diagram when nothing is drawn anywhere.
pub(super) fn place(model: &mut ThreatModel) {
    if !model.placements.is_empty() || (model.elements.is_empty() && model.boundaries.is_empty()) {
        return;
    }
    let diagram = model.diagram_order().into_iter().next().unwrap_or_else(|| {
        let id = unused(model, "diagram");
        model.diagrams.insert(id.clone(), Diagram { name: "Overview".into(), ..Diagram::default() });
        id
    });
    let put = |model: &mut ThreatModel, item: Id, place: Placement| {
        model.put(&Key::Placement(PlacementKey::new(diagram.clone(), item)), Some(place.into()));
    };
    let boxes: Vec<(Id, (f32, f32))> = model
        .elements
        .iter()
        .map(|(id, e)| (id.clone(), size_for(&e.name)))
        .chain(model.boundaries.keys().map(|id| (id.clone(), (0.0, 0.0))))
        .collect();
    boxes.into_iter().for_each(|(id, (w, h))| put(model, id, Placement::Box(rect(0.0, 0.0, w, h))));
    let flows: Vec<Id> = model.flows.keys().cloned().collect();
    flows.into_iter().for_each(|id| put(model, id, Placement::Route(Route::default())));
    if model.elements.len() + model.boundaries.len() > TIDIED {
        coarse::boxes(model).into_iter().for_each(|(id, r)| put(model, id, Placement::Box(r)));
        return;
    }
    let wish = Wish { diagram: diagram.clone(), scope: Scope::All, shape: WINDOW, keeps: false };
    let places = tidy(model, &wish, &Quiet).map(|tidied| tidied.places().clone()).unwrap_or_default();
    places.into_iter().for_each(|(id, r)| put(model, id, Placement::Box(r)));
}

fn unused(model: &ThreatModel, stem: &str) -> Id {
    let mut id = Id::new(stem);
    for n in 2.. {
        if !model.has_id(&id) {
            break;
        }
        id = Id::from(format!("{stem}-{n}"));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Boundary, Element, Flow};

    #[test]
    fn a_model_without_a_picture_gets_one_that_nests() {
        let mut model = ThreatModel::default();
        for (id, parent) in [("outer", None), ("inner", Some("outer")), ("empty", None)] {
            model.boundaries.insert(id.into(), Boundary { parent: parent.map(Id::new), ..Boundary::default() });
        }
        for (id, boundary) in [("a", None), ("b", Some("outer")), ("c", Some("inner")), ("d", Some("inner"))] {
            model.elements.insert(id.into(), Element { boundary: boundary.map(Id::new), ..Element::default() });
        }
        let flow = |from: &str, to: &str| Flow { from: Some(from.into()), to: Some(to.into()), ..Flow::default() };
        model.flows.insert("f".into(), flow("a", "b"));
        model.flows.insert("g".into(), flow("b", "c"));
        place(&mut model);

        let diagram = model.diagram_order().remove(0);
        let at = |id: &str| model.rect_of(&diagram, &id.into()).unwrap();
        assert!(
            at("outer").contains_rect(at("inner")) && at("inner").contains_rect(at("d")) && at("outer").contains_rect(at("b"))
        );
        assert!(!at("c").intersects(at("d")) && !at("a").intersects(at("outer")) && !at("empty").intersects(at("outer")));
        assert!(at("a").x < at("b").x, "callers stand left");
        assert_eq!(model.placements.len(), 9);
        assert!(crate::model::check(&model).is_empty());

        let drawn = model.clone();
        place(&mut model);
        assert_eq!(model, drawn, "a picture that is there stays");
    }
}
