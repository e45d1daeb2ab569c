//! What is found at every anchor, summed up, and what boundaries hold: from this every roll-up is made.

use crate::risk::aggregate::Sum;
use crate::risk::assessment::{Rollup, Totals};
use crate::risk::finding::Finding;
use crate::risk::state::{Anchor, AssetIx, State, ZoneIx};

/// By element, flow and boundary, one entry for each number.
#[derive(Default)]
pub(super) struct Found {
    sums: [Vec<AtAnchor>; 3],
    /// Everything in each boundary.
    inside: Vec<Vec<Anchor>>,
}

/// The findings at one anchor, summed up.
#[derive(Clone, Default)]
pub(super) struct AtAnchor {
    sum: Sum,
    /// What of it touches each asset; `None` where every finding touches all that are handled.
    by_asset: Option<Box<[(AssetIx, Rollup)]>>,
}

impl AtAnchor {
    pub fn of(state: &State<'_>, anchor: Anchor, findings: &[Finding]) -> AtAnchor {
        let handled = state.handles(anchor);
        let is_alike = findings.iter().all(|f| f.assets.len() == handled.len());
        let touching = |ix: &AssetIx| {
            let id = state.asset_id(*ix);
            (*ix, Sum::of(findings.iter().filter(|f| f.assets.contains(id))).risk)
        };
        let by_asset = (!is_alike).then(|| handled.iter().map(touching).collect());
        AtAnchor { sum: Sum::of(findings.iter()), by_asset }
    }
}

fn place(anchor: Anchor) -> (usize, usize) {
    match anchor {
        Anchor::Node(n) => (0, n.position()),
        Anchor::Flow(f) => (1, f.position()),
        Anchor::Zone(z) => (2, z.position()),
    }
}

impl Found {
    /// Makes room for everything there is.
    pub fn widen(&mut self, widths: [usize; 3]) {
        let [.., zones] = widths;
        self.sums.iter_mut().zip(widths).for_each(|(sums, width)| sums.resize(width, AtAnchor::default()));
        self.inside.resize(zones, Vec::new());
    }

    fn at(&self, anchor: Anchor) -> Option<&AtAnchor> {
        let (kind, position) = place(anchor);
        self.sums.get(kind).and_then(|sums| sums.get(position))
    }

    pub fn put(&mut self, anchor: Anchor, found: AtAnchor) {
        let (kind, position) = place(anchor);
        if let Some(place) = self.sums.get_mut(kind).and_then(|sums| sums.get_mut(position)) {
            *place = found;
        }
    }

    /// A boundary holds other things now.
    pub fn refill(&mut self, zone: ZoneIx, inside: Vec<Anchor>) {
        self.inside.get_mut(zone.position()).into_iter().for_each(|place| place.clone_from(&inside));
    }

    /// The risk at an anchor alone.
    pub fn risk(&self, anchor: Anchor) -> Rollup {
        self.at(anchor).map(|at| at.sum.risk).unwrap_or_default()
    }

    /// That of everything in a boundary.
    pub fn risk_within(&self, zone: ZoneIx) -> Rollup {
        let mut rollup = Rollup::default();
        self.inside.get(zone.position()).into_iter().flatten().for_each(|anchor| rollup.take_in(&self.risk(*anchor)));
        rollup
    }

    /// What of the risk at an anchor touches an asset that is handled there.
    pub fn risk_of_asset(&self, anchor: Anchor, asset: AssetIx) -> Option<&Rollup> {
        let at = self.at(anchor)?;
        match &at.by_asset {
            None => Some(&at.sum.risk),
            Some(list) => list.iter().find(|(ix, _)| *ix == asset).map(|(_, risk)| risk),
        }
    }

    /// Sums up all anchors, which come in their order.
    pub fn total(&self, anchors: impl Iterator<Item = Anchor>, totals: &mut Totals) {
        totals.sum_up(anchors.filter_map(|anchor| self.at(anchor)).map(|at| &at.sum));
    }
}
