//! The items of the engine's view: small indices, and records with what is derived from them.

use crate::model::{Asset, AssetKind, Boundary, Dimension, Element, Flow, Id, Initiator, Protocol};

macro_rules! index {
    ($($(#[$meta:meta])* $name:ident),+) => {
        $($(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::risk) struct $name(u32);

        impl $name {
            pub(super) fn at(position: usize) -> $name {
                $name(u32::try_from(position).unwrap_or(u32::MAX))
            }
            pub(in crate::risk) fn position(self) -> usize {
                self.0 as usize
            }
        })+
    };
}

index! {
    /// An element.
    NodeIx,
    /// A flow of the model, or a virtual one through gateways.
    FlowIx,
    /// A trust boundary.
    ZoneIx,
    /// An asset.
    AssetIx
}

/// Where a threat is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::risk) enum Anchor {
    Node(NodeIx),
    Flow(FlowIx),
    Zone(ZoneIx),
}

/// An element with its derived state.
pub(in crate::risk) struct Node<'m> {
    pub id: &'m Id,
    pub record: &'m Element,
    /// Known technology tags and all their ancestors.
    pub tags: Vec<&'m str>,
    pub gateway: bool,
    /// Boundaries around it, innermost first.
    pub chain: Vec<ZoneIx>,
    pub trust: Option<u8>,
    pub region: Option<&'m str>,
    /// Flows that point at it, and away from it, by their arrow.
    pub inbound: Vec<FlowIx>,
    pub outbound: Vec<FlowIx>,
    /// Flows it answers, and flows it opens, with the other end.
    pub answers: Vec<(FlowIx, NodeIx)>,
    pub opens: Vec<(FlowIx, NodeIx)>,
    pub holds: Vec<AssetIx>,
    /// Held or on a flow that touches it.
    pub handles: Vec<AssetIx>,
    pub exposure: u8,
    /// Callers without known trust might raise the exposure.
    pub exposure_open: bool,
    pub tainted: bool,
    /// Sources without known trust might taint it.
    pub taint_open: bool,
}

/// A flow; virtual ones stand for a way through gateways.
#[derive(Clone)]
pub(in crate::risk) struct FlowState<'m> {
    /// The record that decides protocol, authentication and channel: for a virtual flow that of its first leg.
    pub record: &'m Flow,
    /// The legs; one for a plain flow.
    pub legs: Vec<FlowIx>,
    /// Source and destination by the arrow; `None` for a loose flow, which no rule sees.
    pub ends: Option<(NodeIx, NodeIx)>,
    pub assets: Vec<AssetIx>,
    /// Boundaries between the ends, and line boundaries in the way.
    pub crosses: Vec<ZoneIx>,
}

impl FlowState<'_> {
    pub fn initiated_by_source(&self) -> bool {
        self.record.initiator == Initiator::Source
    }
    /// Content also travels against the arrow.
    pub fn both_ways(&self) -> bool {
        self.record.bidirectional && self.record.protocol != Protocol::Manual
    }
}

/// A trust boundary.
pub(in crate::risk) struct Zone<'m> {
    pub id: &'m Id,
    pub record: &'m Boundary,
    /// It and what is around it, innermost first.
    pub path: Vec<ZoneIx>,
    /// Elements anywhere inside.
    pub members: Vec<NodeIx>,
    /// Elements directly inside that are not external.
    pub size: usize,
    pub handles: Vec<AssetIx>,
    /// Kept by some member.
    pub holds: Vec<AssetIx>,
}

/// An asset with its values by dimension, 0 to 4.
pub(in crate::risk) struct AssetState<'m> {
    pub id: &'m Id,
    pub record: &'m Asset,
    values: [u8; 5],
}

impl<'m> AssetState<'m> {
    pub fn new(id: &'m Id, record: &'m Asset) -> AssetState<'m> {
        AssetState { id, record, values: values(record) }
    }
}

impl AssetState<'_> {
    pub fn value(&self, dimension: Dimension) -> u8 {
        let [c, i, a, p, s] = self.values;
        match dimension {
            Dimension::C => c,
            Dimension::I => i,
            Dimension::A => a,
            Dimension::P => p,
            Dimension::S => s,
        }
    }
}

/// Values by dimension; privacy defaults to confidentiality for personal data.
fn values(asset: &Asset) -> [u8; 5] {
    let personal = asset.kinds.contains(&AssetKind::PersonalData) || asset.kinds.contains(&AssetKind::SpecialCategory);
    let privacy = asset.p.unwrap_or(if personal { asset.c } else { 0 });
    [asset.c, asset.i, asset.a, privacy, asset.s.unwrap_or(0)]
}
