//! One level of a nested drawing: boxes and what links them, seen along the direction in which flows run.
//!
//! The layered way (Sugiyama, Tagawa and Toda 1981): break cycles, give each box a layer, put layers in order, then set
//! coordinates. Everything here speaks of "along" (the way flows run) and "across", so that left to right and top to
//! bottom are the same code.

use super::across;
use super::acyclic;
use super::along;
use super::layers::Layers;
use super::numbered::Of;
use super::order;
use super::pack;
use super::ranks;
use super::split;
use crate::progress::Progress;

/// A box to be placed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// Its size along and across.
    pub along: f32,
    pub across: f32,
    /// Where its middle is so far, along and across: what the result should be like.
    pub was: (f32, f32),
}

/// Flows from one box to another, taken together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    /// How many they are.
    pub weight: f32,
    /// Room their labels need along and across.
    pub room: (f32, f32),
    /// Where they leave and enter, across, from the middle of the box.
    pub from_at: f32,
    pub to_at: f32,
}

/// Flows between a box and something outside of this level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port {
    pub node: usize,
    /// On the side where flows come from.
    pub is_before: bool,
    /// Where it leaves the box, across, from its middle.
    pub at: f32,
    /// Where its other end is across; `None` while nobody knows.
    pub toward: Option<f32>,
    pub weight: f32,
}

/// Least distances between boxes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    /// Between layers, where no label needs more.
    pub along: f32,
    /// Between boxes of a layer.
    pub across: f32,
    /// Between a box and a flow that passes it, and between two flows.
    pub beside: f32,
    pub lane: f32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub ports: Vec<Port>,
    /// Whether the places so far say anything.
    pub has_places: bool,
}

/// Corners of all boxes, along and across from the corner of the whole, and its size.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    pub corners: Of<(f32, f32)>,
    pub size: (f32, f32),
}

impl Flat {
    pub fn node(&self, n: usize) -> Node {
        self.nodes.get(n).copied().unwrap_or_default()
    }

    /// Places everything; `shape` is how many times as long as wide it should be.
    pub fn place(&self, spacing: &Spacing, shape: f32, progress: &dyn Progress) -> Placed {
        let parts = self.parts();
        let blocks: Vec<(Vec<usize>, Placed)> = parts
            .into_iter()
            .map(|members| {
                let placed = match members.as_slice() {
                    [one] => self.alone(*one),
                    _ => self.part(&members).layered(spacing, shape, progress),
                };
                (members, placed)
            })
            .collect();
        pack::pack(self, &blocks, spacing, shape)
    }

    fn alone(&self, n: usize) -> Placed {
        let node = self.node(n);
        Placed { corners: std::iter::once((0.0, 0.0)).collect(), size: (node.along, node.across) }
    }

    /// What is linked, directly or by way of the outside, belongs together.
    fn parts(&self) -> Vec<Vec<usize>> {
        let outside = self.nodes.len();
        let mut above: Of<usize> = (0..=outside).collect();
        fn top(above: &mut Of<usize>, mut n: usize) -> usize {
            while above.get(n) != n {
                let over = above.get(above.get(n));
                above.set(n, over);
                n = over;
            }
            n
        }
        let pairs = self.links.iter().map(|l| (l.from, l.to)).chain(self.ports.iter().map(|p| (p.node, outside)));
        for (a, b) in pairs {
            let (a, b) = (top(&mut above, a), top(&mut above, b));
            above.set(a.max(b), a.min(b));
        }
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut of: Of<Option<usize>> = Of::new(outside + 1);
        for n in 0..outside {
            let root = top(&mut above, n);
            match of.get(root).and_then(|part| parts.get_mut(part)) {
                Some(part) => part.push(n),
                None => {
                    of.set(root, Some(parts.len()));
                    parts.push(vec![n]);
                }
            }
        }
        parts
    }

    /// Some of the boxes, numbered anew in their order.
    fn part(&self, members: &[usize]) -> Flat {
        let mut numbers: Of<Option<usize>> = Of::new(self.nodes.len());
        members.iter().enumerate().for_each(|(new, old)| numbers.set(*old, Some(new)));
        let link = |l: &Link| Some(Link { from: numbers.get(l.from)?, to: numbers.get(l.to)?, ..*l });
        let port = |p: &Port| Some(Port { node: numbers.get(p.node)?, ..*p });
        Flat {
            nodes: members.iter().map(|n| self.node(*n)).collect(),
            links: self.links.iter().filter_map(link).collect(),
            ports: self.ports.iter().filter_map(port).collect(),
            has_places: self.has_places,
        }
    }

    fn layered(&self, spacing: &Spacing, shape: f32, progress: &dyn Progress) -> Placed {
        let links = acyclic::without_cycles(self);
        let ranks = ranks::ranks(self, &links, progress);
        let ranks = split::split(self, &links, ranks, spacing, shape);
        let mut layers = Layers::new(self, &links, &ranks, spacing);
        order::order(&mut layers, self.has_places, progress);
        let across = across::across(&layers, spacing);
        along::place(self, &links, &layers, &across, spacing)
    }
}
