//! Boxes in layers, and lanes through the layers between for flows that are longer.

use super::flat::{Flat, Link, Port, Spacing};
use super::numbered::{Lists, Of};

/// What stands in a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum What {
    Box(usize),
    /// A flow passes.
    #[default]
    Lane,
    /// A flow comes in or goes out here.
    Port,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vertex {
    pub what: What,
    /// Its size across.
    pub across: f32,
    /// Where it should rather be among its layer.
    pub hint: f32,
    pub layer: usize,
}

/// A piece of a flow, from one layer to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Segment {
    pub from: usize,
    pub to: usize,
    pub weight: f32,
    /// Where it leaves and enters, across, from the middle of each.
    pub from_at: f32,
    pub to_at: f32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    pub vertices: Vec<Vertex>,
    pub segments: Vec<Segment>,
    /// Numbers of vertices by layer, in order.
    pub rows: Vec<Vec<usize>>,
    /// Layers whose order is given.
    pub fixed: Vec<usize>,
    /// Segments into and out of each vertex.
    pub before: Lists<usize>,
    pub after: Lists<usize>,
    /// Segments by the layer they leave.
    pub leaving: Lists<usize>,
}

impl Layers {
    pub fn new(flat: &Flat, links: &[Link], ranks: &Of<usize>, spacing: &Spacing) -> Layers {
        let mut layers = Layers::default();
        let last = ranks.iter().max().unwrap_or_default();
        let begins = usize::from(flat.ports.iter().any(|p| p.is_before));
        let ends = usize::from(flat.ports.iter().any(|p| !p.is_before));
        layers.rows = vec![Vec::new(); last + 1 + begins + ends];
        for (n, node) in flat.nodes.iter().enumerate() {
            let hint = if flat.has_places { node.was.1 } else { n as f32 };
            let layer = ranks.get(n) + begins;
            layers.add(Vertex { what: What::Box(n), across: node.across, hint, layer });
        }
        for link in links {
            layers.chain(link, spacing);
        }
        for is_before in [true, false] {
            let row = if is_before { 0 } else { layers.rows.len() - 1 };
            let ports = gathered(&flat.ports, is_before);
            // Ports whose other ends are known stand as those do.
            if !ports.is_empty() && ports.iter().all(|p| p.toward.is_some()) {
                layers.fixed.push(row);
            }
            for port in ports {
                let hint = port.toward.unwrap_or_else(|| layers.vertex(port.node).hint);
                let at = layers.add(Vertex { what: What::Port, across: 0.0, hint, layer: row });
                let weight = 0.5 * port.weight;
                let (from, to) = if is_before { (at, port.node) } else { (port.node, at) };
                let (from_at, to_at) = if is_before { (0.0, port.at) } else { (port.at, 0.0) };
                layers.chain(&Link { from, to, weight, room: (0.0, 0.0), from_at, to_at }, spacing);
            }
        }
        layers
    }

    pub fn vertex(&self, n: usize) -> Vertex {
        self.vertices.get(n).copied().unwrap_or_default()
    }

    pub fn segment(&self, n: usize) -> Segment {
        self.segments.get(n).copied().unwrap_or_default()
    }

    fn add(&mut self, vertex: Vertex) -> usize {
        let n = self.vertices.len();
        self.vertices.push(vertex);
        self.rows.get_mut(vertex.layer).into_iter().for_each(|row| row.push(n));
        n
    }

    /// The pieces of a link with lanes between; in the middle there is room for its label.
    fn chain(&mut self, link: &Link, spacing: &Spacing) {
        let (from, to) = (self.vertex(link.from), self.vertex(link.to));
        let steps = to.layer.saturating_sub(from.layer);
        let (mut last, mut last_at) = (link.from, link.from_at);
        for step in 1..steps {
            let share = step as f32 / steps as f32;
            let label = if step == steps / 2 { link.room.1 } else { 0.0 };
            let across = label.max(spacing.lane / 2.0);
            let hint = from.hint + (to.hint - from.hint) * share;
            let lane = self.add(Vertex { what: What::Lane, across, hint, layer: from.layer + step });
            self.join(Segment { from: last, to: lane, weight: link.weight, from_at: last_at, to_at: 0.0 });
            (last, last_at) = (lane, 0.0);
        }
        self.join(Segment { from: last, to: link.to, weight: link.weight, from_at: last_at, to_at: link.to_at });
    }

    fn join(&mut self, segment: Segment) {
        let n = self.segments.len();
        self.after.push(segment.from, n);
        self.before.push(segment.to, n);
        self.leaving.push(self.vertex(segment.from).layer, n);
        self.segments.push(segment);
    }
}

/// The ports of one side, one for each box.
fn gathered(ports: &[Port], is_before: bool) -> Vec<Port> {
    let mut out: Vec<Port> = Vec::new();
    for port in ports.iter().filter(|p| p.is_before == is_before) {
        match out.iter_mut().find(|p| p.node == port.node) {
            Some(known) => {
                let whole = known.weight + port.weight;
                let mean = |a: f32, b: f32| (a * known.weight + b * port.weight) / whole;
                known.at = mean(known.at, port.at);
                known.toward = known.toward.zip(port.toward).map(|(a, b)| mean(a, b));
                known.weight = whole;
            }
            None => out.push(*port),
        }
    }
    out
}
