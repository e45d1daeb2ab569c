//! Random nested graphs for layouts: boundaries up to five deep, hubs, chains, stars, cycles, parallel and self flows,
//! long names. Plain numbers out of a seed, so that a baseline can name them.

use palisade::geometry::rect;
use palisade::model::*;

/// A small generator of numbers (SplitMix64).
pub struct Numbers(u64);

impl Numbers {
    pub fn seeded(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678))
    }
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

pub const DIAGRAM: &str = "d";

/// A model with boxes thrown about, to be arranged. Of `elements` at most; deeper with higher seeds, in turn.
pub fn nested(seed: u64, elements: usize) -> ThreatModel {
    let mut draw = Numbers::seeded(seed);
    let mut model = ThreatModel::default();
    model.diagrams.insert(DIAGRAM.into(), Diagram { name: "All".into(), ..Diagram::default() });
    let deepest = seed as usize % 6;
    let mut boundaries: Vec<(Id, usize)> = Vec::new();
    if deepest > 0 {
        for n in 0..1 + draw.below(2 + elements / 4) {
            let id = Id::from(format!("b{n:02}"));
            let open: Vec<(Id, usize)> = boundaries.iter().filter(|(_, depth)| *depth < deepest).cloned().collect();
            let parent = if open.is_empty() || draw.chance(25) { None } else { open.get(draw.below(open.len())).cloned() };
            let depth = parent.as_ref().map_or(1, |(_, d)| d + 1);
            let names = ["DMZ", "Production account", "Private subnet of the payment team", "Office", "Kubernetes cluster"];
            let name = names[draw.below(names.len())].to_owned();
            model.boundaries.insert(id.clone(), Boundary { name, parent: parent.map(|p| p.0), ..Boundary::default() });
            boundaries.push((id, depth));
        }
    }
    let count = 2 + draw.below(elements.max(3) - 1);
    for n in 0..count {
        let id = Id::from(format!("e{n:03}"));
        let boundary = (!boundaries.is_empty() && draw.chance(80)).then(|| boundaries[draw.below(boundaries.len())].0.clone());
        let names = ["Web", "Order service", "Customer database", "Identity provider for partners", "Queue", "Browser"];
        let name = format!("{} {n}", names[draw.below(names.len())]);
        let kind = ElementKind::ALL[draw.below(ElementKind::ALL.len())];
        model.elements.insert(id, Element { name, kind, boundary, ..Element::default() });
    }
    let shape = draw.below(4);
    let element = |n: usize| Id::from(format!("e{:03}", n % count));
    let flows = if count < 2 { 0 } else { count - 1 + draw.below(count / 2 + 1) };
    for n in 0..flows {
        let (from, to) = match shape {
            // A chain with shortcuts, a hub, a tree, anything.
            0 if n + 1 < count => (n, n + 1),
            1 if n + 1 < count => {
                if draw.chance(50) {
                    (0, n + 1)
                } else {
                    (n + 1, 0)
                }
            }
            2 if n + 1 < count => (n / 2, n + 1),
            _ => (draw.below(count), draw.below(count)),
        };
        let names = ["", "queries", "orders and payments of customers", "log", "very long name of a flow that says all about it"];
        let name = names[draw.below(names.len())].to_owned();
        let flow = Flow { name, from: Some(element(from)), to: Some(element(to)), ..Flow::default() };
        model.flows.insert(format!("f{n:03}").into(), flow);
    }
    throw_about(&mut model, &mut draw);
    model
}

/// Gives everything a place, without any order.
pub fn throw_about(model: &mut ThreatModel, draw: &mut Numbers) {
    let boxes: Vec<Id> = model.elements.keys().chain(model.boundaries.keys()).cloned().collect();
    for id in boxes {
        let at = rect(draw.below(1200) as f32, draw.below(800) as f32, 128.0, 56.0);
        model.placements.insert(PlacementKey::new(DIAGRAM, id), Placement::Box(at));
    }
    for id in model.flows.keys().cloned().collect::<Vec<_>>() {
        model.placements.insert(PlacementKey::new(DIAGRAM, id), Placement::Route(Route::default()));
    }
}

/// An element that `count` others talk with, in two boundaries and outside of any.
pub fn hub(count: usize) -> ThreatModel {
    let mut model = ThreatModel::default();
    model.diagrams.insert(DIAGRAM.into(), Diagram { name: "Hub".into(), ..Diagram::default() });
    for (id, name) in [("in", "Inside"), ("out", "Partners")] {
        model.boundaries.insert(id.into(), Boundary { name: name.into(), ..Boundary::default() });
    }
    model.elements.insert("hub".into(), Element { name: "API gateway".into(), ..Element::default() });
    for n in 0..count {
        let boundary = [Some("in".into()), Some("out".into()), None][n % 3].clone();
        let element = Element { name: format!("Service {n}"), boundary, ..Element::default() };
        model.elements.insert(format!("s{n:02}").into(), element);
        let ends = if n % 4 == 0 { (format!("s{n:02}"), "hub".to_owned()) } else { ("hub".to_owned(), format!("s{n:02}")) };
        let flow = Flow { name: format!("call {n}"), from: Some(ends.0.into()), to: Some(ends.1.into()), ..Flow::default() };
        model.flows.insert(format!("f{n:02}").into(), flow);
    }
    throw_about(&mut model, &mut Numbers::seeded(7));
    model
}
