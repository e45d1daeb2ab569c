//! Patterns: parts of systems met again and again, put on a diagram as a whole.

use super::{Clip, Outcome, ToolCx, operation};
use crate::geometry::{Point, Rect, rect, vec2};
use crate::model::*;
use crate::scene::BoxKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Steps of the grid patterns are drawn on, in world units: room for names of flows between elements.
const STEP: (f32, f32) = (280.0, 160.0);

/// Room between what is in a boundary and its line, and more above for its name.
const PADDING: f32 = 32.0;
const TAB: f32 = 24.0;

/// Distance of a pattern from what is on the diagram already.
const BESIDE: f32 = 96.0;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    pub id: String,
    pub name: String,
    /// What it is, in a line.
    pub about: String,
    boundaries: Vec<Zone>,
    elements: Vec<Part>,
    flows: Vec<Way>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    key: String,
    name: String,
    kind: BoundaryKind,
    trust: u8,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    key: String,
    name: String,
    kind: ElementKind,
    tags: std::collections::BTreeSet<String>,
    #[serde(default)]
    home: String,
    /// Column and row.
    at: (u8, u8),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    from: String,
    to: String,
    name: String,
    protocol: Protocol,
    authn: Authn,
}

impl Pattern {
    /// Every pattern of the program; none should their file ever be unsound, which a test denies.
    pub fn all() -> &'static [Pattern] {
        static ALL: OnceLock<Vec<Pattern>> = OnceLock::new();
        ALL.get_or_init(|| ron::from_str(include_str!("../../assets/library/patterns.ron")).unwrap_or_default())
    }

    pub fn of(id: &str) -> Option<&'static Pattern> {
        Pattern::all().iter().find(|pattern| pattern.id == id)
    }

    /// How much it adds: elements, flows and boundaries.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.elements.len(), self.flows.len(), self.boundaries.len())
    }

    /// The technologies it names.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().flat_map(|part| part.tags.iter().map(String::as_str))
    }

    /// A model of nothing else, with one diagram.
    pub fn model(&self) -> ThreatModel {
        let mut model = ThreatModel::default();
        let (diagram, named) = (Id::new("pattern"), |key: &str| Id::from(format!("pattern {key}").as_str()));
        model.diagrams.insert(diagram.clone(), Diagram::default());
        let mut around: BTreeMap<&str, Rect> = BTreeMap::new();
        for part in &self.elements {
            let size = operation::size::usual(BoxKind::Element(part.kind));
            let place = rect(f32::from(part.at.0) * STEP.0, f32::from(part.at.1) * STEP.1, size.0, size.1);
            let home = Some(part.home.as_str()).filter(|home| !home.is_empty());
            if let Some(home) = home {
                around.entry(home).and_modify(|all| *all = all.union(place)).or_insert(place);
            }
            let (name, kind, tags) = (part.name.clone(), part.kind, part.tags.clone());
            let id = named(&part.key);
            model
                .elements
                .insert(id.clone(), Element { name, kind, tags, boundary: home.map(&named_zone), ..Element::default() });
            model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Box(place));
        }
        for zone in &self.boundaries {
            let (name, kind, trust) = (zone.name.clone(), zone.kind, Some(zone.trust));
            let id = named_zone(&zone.key);
            if let Some(all) = around.get(zone.key.as_str()) {
                let place = all.expand(PADDING);
                let place = Rect { y: place.y - TAB, h: place.h + TAB, ..place };
                model.boundaries.insert(id.clone(), Boundary { name, kind, trust, ..Boundary::default() });
                model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Box(place));
            }
        }
        for (n, way) in self.flows.iter().enumerate() {
            let (name, protocol, authn) = (way.name.clone(), way.protocol, way.authn);
            let (from, to) = (Some(named(&way.from)), Some(named(&way.to)));
            let id = Id::from(format!("pattern flow {n}").as_str());
            model.flows.insert(id.clone(), Flow { name, from, to, protocol, authn, ..Flow::default() });
            let route = Placement::Route(Route::default());
            model.placements.insert(PlacementKey::new(diagram.clone(), id), route);
        }
        model
    }

    /// Puts it on the diagram with its middle at a point, or beside what is there, as one step.
    pub fn stamp(&self, at: Option<Point>, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
        let model = self.model();
        let items = model.elements.keys().chain(model.boundaries.keys()).cloned().collect();
        let clip = Clip::copy(&model, &Id::new("pattern"), &items);
        let boxes = model.placements.values().filter_map(|p| if let Placement::Box(r) = p { Some(*r) } else { None });
        let Some(own) = boxes.reduce(Rect::union) else { return Vec::new() };
        let is_empty = cx.layout.boxes.is_empty();
        let there = cx.layout.bounds;
        let corner = match at {
            Some(at) => at - vec2(own.w / 2.0, own.h / 2.0),
            None if is_empty => cx.seen.center() - vec2(own.w / 2.0, own.h / 2.0),
            None => Point { x: there.x + there.w + BESIDE, y: there.y },
        };
        let by = vec2(((corner.x - own.x) / 8.0).round() * 8.0, ((corner.y - own.y) / 8.0).round() * 8.0);
        let outcomes = operation::paste(&clip, by, cx);
        let label = format!("add {}", self.name.to_lowercase());
        let named = |outcome| match outcome {
            Outcome::Commit(crate::edit::Edit::Batch { edits, .. }) => {
                Outcome::Commit(crate::edit::Edit::Batch { label: label.clone(), edits })
            }
            other => other,
        };
        let mut outcomes: Vec<Outcome> = outcomes.into_iter().map(named).collect();
        let first = outcomes.iter().find_map(|o| match o {
            Outcome::Select(selection) => selection.items.iter().next().cloned(),
            _ => None,
        });
        outcomes.extend(first.map(Outcome::Reveal));
        outcomes
    }
}

fn named_zone(key: &str) -> Id {
    Id::from(format!("pattern zone {key}").as_str())
}
