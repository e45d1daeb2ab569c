//! Data flows. They have no course of their own: they are drawn wherever both ends are.

use super::{OWN, PREFIX, Reader, title};
use crate::geometry::Point;
use crate::interchange::LossKind;
use crate::interchange::kept::{first_text, texts};
use crate::interchange::lenient::{Object, flag, is_blank, object, text};
use crate::model::{Attach, Authn, Channel, Flow, Id, Placement, PlacementKey, Protocol, Route};

impl Reader {
    pub(super) fn flows(&mut self, file: &Object) {
        for (id, raw) in self.claimed(file, "dataflows", "data flow") {
            self.flow(&id, raw);
        }
    }

    fn flow(&mut self, id: &Id, raw: &Object) {
        let what = title("data flow", raw);
        let known = [
            "id",
            "name",
            "description",
            "source",
            "destination",
            "target",
            "bidirectional",
            "assets",
            "threats",
            "tags",
            "attributes",
        ];
        let mut extra = self.draft.set_aside(Some(id), &what, raw, &known, PREFIX);
        for key in ["tags", "attributes"] {
            if let Some(value) = raw.get(key).filter(|v| !is_blank(v)) {
                extra.insert(format!("{PREFIX}{key}"), value.to_string());
            }
        }
        let attributes = object(raw, "attributes");
        let own = |name: &str| text(attributes, &format!("{OWN}{name}"));
        let (from, start) = self.end(id, &what, "source", &text(raw, "source"));
        let (to, end) = self.end(id, &what, "destination", &first_text(raw, &["destination", "target"]));
        let assets = self.known_assets(id, &what, &texts(raw, "assets"));
        let named = |name: &str| Protocol::ALL.iter().copied().find(|p| p.name() == name);
        let flow = Flow {
            name: text(raw, "name"),
            from,
            to,
            protocol: named(&own("protocol")).unwrap_or(Protocol::Unknown),
            authn: Authn::ALL.iter().copied().find(|a| a.name() == own("authn")).unwrap_or(Authn::Unknown),
            channel: Channel::ALL.iter().copied().find(|c| c.name() == own("channel")).unwrap_or(Channel::Unknown),
            assets: assets.into_iter().collect(),
            bidirectional: flag(raw, "bidirectional"),
            out_of_scope: Some(own("outOfScope")).filter(|s| !s.is_empty()),
            description: text(raw, "description"),
            extra,
            ..Flow::default()
        };
        self.route(id, &flow, start, end);
        self.draft.model.flows.insert(id.clone(), flow);
        self.instances(id, raw, &what);
    }

    /// The element at an end, or the middle of the zone that is there, by diagram.
    fn end(&mut self, id: &Id, what: &str, side: &str, name: &str) -> (Option<Id>, Option<Id>) {
        if let Some(element) = self.components.get(name) {
            return (Some(element.clone()), None);
        }
        let zone = self.zones.get(name).cloned();
        let why = match (&zone, name) {
            (Some(_), _) => format!("its {side} is the trust zone “{name}”, which is no element; that end is loose now"),
            (None, "") => format!("its {side} says nothing; that end is loose now"),
            (None, name) => format!("its {side} “{name}” is not in the file; that end is loose now"),
        };
        self.draft.lose_at(id, LossKind::Changed, what, why);
        (None, zone)
    }

    fn route(&mut self, id: &Id, flow: &Flow, start: Option<Id>, end: Option<Id>) {
        let model = &self.draft.model;
        let mut routes = Vec::new();
        for diagram in model.diagrams.keys() {
            let middle = |zone: &Option<Id>| -> Option<Point> { Some(model.rect_of(diagram, zone.as_ref()?)?.center()) };
            let attach = |element: &Option<Id>, zone: &Option<Id>| match element {
                Some(element) => model.rect_of(diagram, element).map(|_| Attach::Auto),
                None => middle(zone).map(Attach::Loose),
            };
            if let (Some(start), Some(end)) = (attach(&flow.from, &start), attach(&flow.to, &end)) {
                let route = Route { start, end, two_heads: flow.bidirectional, ..Route::default() };
                routes.push((PlacementKey::new(diagram.clone(), id.clone()), Placement::Route(route)));
            }
        }
        self.draft.model.placements.extend(routes);
    }
}
