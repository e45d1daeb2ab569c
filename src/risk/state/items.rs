//! The items of the engine's view: small numbers, and what rules read of a record, with what is derived from it.

use super::answers::Answers;
use crate::model::{
    Asset, AssetKind, Authn, BoundaryKind, Channel, Dimension, ElementKind, Flow as FlowRecord, Initiator, Layer, Protocol,
};
use std::collections::BTreeSet;

macro_rules! index {
    ($($(#[$meta:meta])* $name:ident),+) => {
        $($(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(in crate::risk) struct $name(pub(super) u32);)+
    };
}

/// Places in lists with one entry for every item of a kind.
macro_rules! position {
    ($($name:ident),+) => {
        $(impl $name {
            pub(in crate::risk) fn position(self) -> usize {
                self.0 as usize
            }
        })+
    };
}
position!(NodeIx, FlowIx, ZoneIx, AssetIx);

index! {
    /// An element.
    NodeIx,
    /// A flow of the model, or a way through gateways.
    FlowIx,
    /// A trust boundary.
    ZoneIx,
    /// An asset.
    AssetIx
}

/// Ways through gateways are numbered from here on.
const WAYS: u32 = 1 << 31;

impl FlowIx {
    pub fn way(position: usize) -> FlowIx {
        FlowIx(WAYS | u32::try_from(position).unwrap_or_default())
    }
    /// The place among the ways, for one of them.
    pub fn as_way(self) -> Option<usize> {
        (self.0 & WAYS != 0).then_some((self.0 & !WAYS) as usize)
    }
}

/// Where a threat is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::risk) enum Anchor {
    Node(NodeIx),
    Flow(FlowIx),
    Zone(ZoneIx),
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::risk) struct Node {
    pub name: String,
    pub kind: ElementKind,
    pub layer: Layer,
    /// Number of its tag profile.
    pub profile: u32,
    pub gateway: bool,
    pub in_scope: bool,
    /// Innermost boundary.
    pub zone: Option<ZoneIx>,
    /// The process it is a part of.
    pub parent: Option<NodeIx>,
    pub does: Answers,
    pub facts: Answers,
    /// Nobody said whether it is shared: two writers make it so.
    pub shared_by_writers: bool,
    pub holds: Vec<AssetIx>,
    /// Held or on a flow that touches it.
    pub handles: Vec<AssetIx>,
    pub reach: Reach,
}

impl Default for Node {
    fn default() -> Node {
        Node {
            name: String::new(),
            kind: ElementKind::Process,
            layer: Layer::Application,
            profile: 0,
            gateway: false,
            in_scope: true,
            zone: None,
            parent: None,
            does: Answers::default(),
            facts: Answers::default(),
            shared_by_writers: false,
            holds: Vec::new(),
            handles: Vec::new(),
            reach: Reach::default(),
        }
    }
}

/// Who can call an element and whose data reaches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::risk) struct Reach {
    pub exposure: u8,
    /// What the exposure would be if all callers without known trust were strangers.
    pub most: u8,
    pub tainted: bool,
    /// Sources without known trust might taint it.
    pub taint_open: bool,
}

/// What of this became another.
#[derive(Clone, Copy, Debug)]
pub(in crate::risk) struct Reached {
    pub exposure: bool,
    pub taint: bool,
}

impl Reach {
    pub fn against(self, other: Reach) -> Reached {
        Reached {
            exposure: (self.exposure, self.most) != (other.exposure, other.most),
            taint: (self.tainted, self.taint_open) != (other.tainted, other.taint_open),
        }
    }
}

/// A flow of the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::risk) struct Flow {
    /// Empty when nobody named it.
    pub name: String,
    pub talk: Talk,
    /// Source and destination by the arrow; `None` for a loose flow, which no rule sees.
    pub ends: Option<(NodeIx, NodeIx)>,
    pub assets: Vec<AssetIx>,
    /// Line boundaries in the way.
    pub lines: Vec<ZoneIx>,
    /// Boundaries between the ends, and line boundaries in the way.
    pub crosses: Vec<ZoneIx>,
}

/// How two ends talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::risk) struct Talk {
    pub protocol: Protocol,
    pub authn: Authn,
    pub channel: Channel,
    /// The source opens it.
    pub by_source: bool,
    /// Content also travels against the arrow.
    pub both_ways: bool,
    pub in_scope: bool,
}

impl Default for Talk {
    fn default() -> Talk {
        Talk::of(&FlowRecord::default())
    }
}

impl Talk {
    pub fn of(record: &FlowRecord) -> Talk {
        Talk {
            protocol: record.protocol,
            authn: record.authn,
            channel: record.channel,
            by_source: record.initiator == Initiator::Source,
            both_ways: record.bidirectional && record.protocol != Protocol::Manual,
            in_scope: record.out_of_scope.is_none(),
        }
    }
}

/// A way through one to three gateways, which counts as a flow: protocol, authentication and channel are those of its
/// first leg; assets are what all legs carry, or else what the last one does.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::risk) struct Way {
    pub legs: Legs,
    pub ends: (NodeIx, NodeIx),
    pub assets: Vec<AssetIx>,
    pub crosses: Vec<ZoneIx>,
}

/// The flows of a way, one to four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::risk) struct Legs {
    flows: [FlowIx; 4],
    count: u8,
}

impl Legs {
    pub fn one(flow: FlowIx) -> Legs {
        Legs { flows: [flow; 4], count: 1 }
    }

    /// The same with one more, as long as there is room.
    pub fn followed_by(self, flow: FlowIx) -> Legs {
        let Legs { mut flows, count } = self;
        match flows.get_mut(usize::from(count)) {
            // What lies behind the last one repeats it, so that equal ways are equal.
            Some(_) => {
                flows.iter_mut().skip(usize::from(count)).for_each(|place| *place = flow);
                Legs { flows, count: count + 1 }
            }
            None => self,
        }
    }
}

impl std::ops::Deref for Legs {
    type Target = [FlowIx];
    fn deref(&self) -> &[FlowIx] {
        self.flows.get(..usize::from(self.count)).unwrap_or_default()
    }
}

/// A trust boundary.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::risk) struct Zone {
    pub name: String,
    pub kind: BoundaryKind,
    pub trust: Option<u8>,
    /// Legal region of whoever is directly inside: its own or the nearest around it.
    pub region: Option<String>,
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

impl Default for Zone {
    fn default() -> Zone {
        Zone {
            name: String::new(),
            kind: BoundaryKind::Network,
            trust: None,
            region: None,
            path: Vec::new(),
            members: Vec::new(),
            size: 0,
            handles: Vec::new(),
            holds: Vec::new(),
        }
    }
}

/// An asset with its values by dimension, 0 to 4.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::risk) struct AssetState {
    pub kinds: BTreeSet<AssetKind>,
    values: [u8; 5],
}

impl AssetState {
    pub fn new(asset: &Asset) -> AssetState {
        let values = [Dimension::C, Dimension::I, Dimension::A, Dimension::P, Dimension::S].map(|d| asset.value(d));
        AssetState { kinds: asset.kinds.clone(), values }
    }

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
