//! What reads differently than before a change.

use super::State;
use super::items::{Anchor, AssetIx, FlowIx, NodeIx, Reached, ZoneIx};
use super::worth::Revalued;
use crate::model::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Items that read differently than before a change.
#[derive(Default)]
pub(in crate::risk) struct Touched {
    pub nodes: BTreeSet<NodeIx>,
    /// Elements whose neighbours' neighbours may notice: how they are reached, what stands in front of what.
    pub far: BTreeSet<NodeIx>,
    /// Elements that only have other boundaries around them.
    pub moved: BTreeSet<NodeIx>,
    /// Elements that others reach, or whose data reaches, otherwise than before, and nothing else.
    pub reached: BTreeMap<NodeIx, Reached>,
    /// Elements at the ends of ways through gateways that are other ways now.
    pub way_ends: BTreeSet<NodeIx>,
    pub flows: BTreeSet<FlowIx>,
    pub zones: BTreeSet<ZoneIx>,
    /// What is not there any more.
    pub gone: Vec<(Anchor, Id)>,
    /// Flows whose crossings are to be told anew.
    pub crossings: BTreeSet<FlowIx>,
    /// Items whose roll-up is to be made anew although no threat at them changed: something came to lie in them or left.
    pub wholes: BTreeSet<NodeIx>,
    pub around: BTreeSet<ZoneIx>,
    pub assets: BTreeSet<AssetIx>,
    /// Elements and flows of which only the assets they handle are other.
    pub revalued: BTreeMap<Anchor, Revalued>,
    pub agents: bool,
    /// Flows bring other controls along than before.
    pub implied: bool,
    /// Something is there that was not, or the other way round.
    pub came_or_went: bool,
    /// Some record was read again.
    pub any: bool,
}

impl Touched {
    /// Forgets what went while it was noted.
    pub(super) fn settle(&mut self, state: &State<'_>) {
        self.nodes.extend(self.far.union(&self.moved));
        for nodes in [&mut self.nodes, &mut self.far, &mut self.moved, &mut self.way_ends, &mut self.wholes] {
            nodes.retain(|n| state.exists(Anchor::Node(*n)));
        }
        self.reached.retain(|n, _| state.exists(Anchor::Node(*n)));
        for flows in [&mut self.flows, &mut self.crossings] {
            flows.retain(|f| state.exists(Anchor::Flow(*f)));
        }
        for zones in [&mut self.zones, &mut self.around] {
            zones.retain(|z| state.exists(Anchor::Zone(*z)));
        }
        self.revalued.retain(|anchor, _| state.exists(*anchor));
        self.assets.retain(|a| state.asset_at(state.asset_id(*a)) == Some(*a));
    }

    /// True when nothing reads differently.
    pub fn is_quiet(&self) -> bool {
        self.nodes.is_empty()
            && self.reached.is_empty()
            && self.way_ends.is_empty()
            && self.flows.is_empty()
            && self.zones.is_empty()
            && self.gone.is_empty()
            && self.crossings.is_empty()
            && self.wholes.is_empty()
            && self.around.is_empty()
            && self.assets.is_empty()
            && self.revalued.is_empty()
    }
}
