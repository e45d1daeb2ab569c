//! A tidy arrangement as an edit: new places, flows free to find their way, and everything around made to fit.

use super::levels::{Plan, drawn};
use super::numbered::Of;
use super::{NotTidied, Scope, Wish, drawing, room};
use crate::edit::{Document, Edit};
use crate::geometry::{Point, Rect, flatten, smooth};
use crate::model::{Attach, Id, Key, LineStyle, Placement, PlacementKey, Route, ThreatModel, line_crossings};
use std::collections::BTreeMap;

/// Where things go.
#[derive(Clone, Debug, PartialEq)]
pub struct Tidied {
    diagram: Id,
    /// Everything arranged, and what makes room for it, in their new places.
    places: BTreeMap<Id, Rect>,
    /// Where all these were.
    before: BTreeMap<Id, Rect>,
    /// Elements and notes, arranged or not, for flows to keep clear of.
    solid: BTreeMap<Id, Rect>,
}

impl Tidied {
    pub(super) fn of(plan: &Plan, places: &Of<Rect>, wish: &Wish) -> Tidied {
        let mut places = places.clone();
        if wish.scope != Scope::All {
            room::make(plan, &plan.roots, &mut places);
        }
        let numbered = || plan.items.iter().enumerate();
        let touched = |n: usize| plan.level_of.get(n).is_some() || plan.item(n).is_some_and(|i| i.was != places.get(n));
        Tidied {
            diagram: wish.diagram.clone(),
            places: numbered().filter(|(n, _)| touched(*n)).map(|(n, i)| (i.id.clone(), places.get(n))).collect(),
            before: numbered().map(|(_, i)| (i.id.clone(), i.was)).collect(),
            solid: numbered().filter(|(_, i)| !i.is_frame).map(|(n, i)| (i.id.clone(), places.get(n))).collect(),
        }
    }

    /// The new places.
    pub fn places(&self) -> &BTreeMap<Id, Rect> {
        &self.places
    }

    pub(super) fn bounds(&self) -> Rect {
        self.places.values().copied().reduce(Rect::union).unwrap_or_default()
    }

    /// Refuses what would change what open lines separate: that is read off the drawing, and ratings depend on it.
    pub(super) fn checked(self, model: &ThreatModel) -> Result<Tidied, NotTidied> {
        let lines: Vec<&Id> =
            model.placed(&self.diagram).filter(|(_, p)| matches!(p, Placement::Line(_))).map(|(id, _)| id).collect();
        if !lines.is_empty() {
            let mut after = Document::new(model.clone());
            let is_done = after.commit(&self.edit(model)).is_ok();
            if !is_done || line_crossings(after.model()) != line_crossings(model) {
                let names: Vec<String> = lines.into_iter().map(|id| format!("“{}”", model.name_of(id))).collect();
                return Err(NotTidied::Lines(names.join(", ")));
            }
        }
        Ok(self)
    }

    /// One step that carries it out.
    pub fn edit(&self, model: &ThreatModel) -> Edit {
        let key = |id: &Id| Key::Placement(PlacementKey::new(self.diagram.clone(), id.clone()));
        let mut edits = Vec::new();
        for (id, r) in &self.places {
            let was = self.before.get(id).copied().unwrap_or(*r);
            if was == *r {
                continue;
            }
            let is_locked = model.diagrams.get(&self.diagram).is_some_and(|d| d.locked.contains(id));
            let is_solid = model.boundaries.contains_key(id) && (is_locked || model.is_collapsed(&self.diagram, id));
            edits.push(if is_solid {
                // With everything it hides.
                Edit::Move { diagram: self.diagram.clone(), items: [id.clone()].into(), by: r.min() - was.min() }
            } else {
                Edit::put(key(id), Placement::Box(*r))
            });
        }
        let routes = model.placed(&self.diagram).filter_map(|(id, placement)| match placement {
            Placement::Route(route) => Some((id, route, self.freed(model, id, route)?)),
            Placement::Box(_) | Placement::Line(_) => None,
        });
        edits.extend(routes.filter(|(_, was, now)| *was != now).map(|(id, _, now)| Edit::put(key(id), Placement::Route(now))));
        Edit::Batch { label: "tidy".into(), edits }
    }

    /// The route of a flow with an end that was arranged, without what was set for its old course. `None` for others.
    fn freed(&self, model: &ThreatModel, id: &Id, route: &Route) -> Option<Route> {
        let flow = model.flows.get(id)?;
        let is_locked = model.diagrams.get(&self.diagram).is_some_and(|d| d.locked.contains(id));
        let ends = [&flow.from, &flow.to].map(|end| end.as_ref().and_then(|e| self.shown(model, e)));
        let moved = |end: &Option<Id>| end.as_ref().is_some_and(|e| self.places.contains_key(e));
        if is_locked || !ends.iter().any(moved) {
            return None;
        }
        let [from, to] = &ends;
        let style = match (from, to) {
            (Some(from), Some(to)) if from != to && self.is_blocked(route.style, from, to) => LineStyle::Orthogonal,
            _ => route.style,
        };
        Some(Route {
            style,
            start: self.reattached(route.start, to),
            end: self.reattached(route.end, from),
            two_heads: route.two_heads,
            ..Route::default()
        })
    }

    /// What stands for an element.
    fn shown(&self, model: &ThreatModel, element: &Id) -> Option<Id> {
        let drawn = drawn(model, &self.diagram, element);
        let around = || model.boundaries_around(drawn);
        if self.before.contains_key(drawn) {
            return Some(drawn.clone());
        }
        around().into_iter().rev().find(|b| self.before.contains_key(b))
    }

    /// A loose end goes along with the other end.
    fn reattached(&self, attach: Attach, other: &Option<Id>) -> Attach {
        let Attach::Loose(p) = attach else { return Attach::Auto };
        let moved = other.as_ref().and_then(|id| Some(self.places.get(id)?.min() - self.before.get(id)?.min()));
        Attach::Loose(moved.map_or(p, |by| p + by))
    }

    /// Whether a straight or curved flow would run through something.
    fn is_blocked(&self, style: LineStyle, from: &Id, to: &Id) -> bool {
        let (Some(a), Some(b)) = (self.solid.get(from), self.solid.get(to)) else { return false };
        let ends = [a.center(), b.center()];
        let course: Vec<Point> = match style {
            LineStyle::Orthogonal => return false,
            LineStyle::Straight => ends.to_vec(),
            LineStyle::Curved => flatten(&smooth(&ends)),
        };
        let others = self.solid.iter().filter(|(id, _)| *id != from && *id != to);
        let hits = |r: Rect| course.windows(2).any(|w| matches!(w, [p, q] if drawing::cuts(r, *p, *q)));
        others.into_iter().any(|(_, r)| hits(r.expand(4.0)))
    }
}
