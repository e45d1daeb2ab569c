//! The condition language of rules: closed enums, three-valued when evaluated (strong Kleene logic).

use crate::model::{AssetKind, Authn, BoundaryKind, Capability, Channel, Dimension, ElementKind, Fact, ProtocolClass};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a condition talks about; bound by the rule's scope and rebound by quantifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ref {
    /// The element of a node rule.
    This,
    /// The flow of a flow rule.
    Flow,
    /// Initiator or sender of the flow, by the rule's orientation.
    Src,
    /// Responder or receiver of the flow.
    Dst,
    /// The boundary of a zone rule.
    Zone,
}

impl Ref {
    pub fn name(self) -> &'static str {
        match self {
            Ref::This => "This",
            Ref::Flow => "Flow",
            Ref::Src => "Src",
            Ref::Dst => "Dst",
            Ref::Zone => "Zone",
        }
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A test of the bound flow's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProtocolTest {
    Encrypted,
    /// Neither encrypted, nor local, nor by hand.
    Plain,
    ServerAuth,
    Class(ProtocolClass),
}

/// A test of the boundaries the bound flow crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Crossing {
    Any,
    /// The ends lie in two known, different legal regions.
    Region,
    Kind(BoundaryKind),
}

/// When a rule applies. Tests on unstated facts are unknown and become questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cond {
    All(Vec<Cond>),
    Any(Vec<Cond>),
    Not(Box<Cond>),
    /// Some flow in which the element is the responder satisfies the condition, with Flow, Src and Dst rebound.
    In(Ref, Box<Cond>),
    /// The same for flows in which it is the initiator.
    Out(Ref, Box<Cond>),
    Is(Ref, ElementKind),
    /// The element carries this technology tag or a descendant of it.
    Tag(Ref, String),
    Untagged(Ref),
    Does(Ref, Capability),
    Fact(Ref, Fact),
    /// An asset of this kind is handled.
    Has(Ref, AssetKind),
    /// The greatest value of the handled assets is at least this.
    Val(Ref, Dimension, u8),
    Exposure(Ref, u8),
    Tainted(Ref),
    Proto(ProtocolTest),
    Authn(Vec<Authn>),
    Channel(Vec<Channel>),
    Crosses(Crossing),
    TrustUp,
    TrustDown,
    ZoneKind(Vec<BoundaryKind>),
    /// At least this many elements, external ones not counted, directly in the zone.
    ZoneSize(usize),
    /// Trust of the zone is at least this.
    ZoneTrust(u8),
    ZoneVal(Dimension, u8),
}

impl Cond {
    /// The reference a leaf or quantifier names.
    pub fn reference(&self) -> Option<Ref> {
        use Cond::*;
        match self {
            In(r, _) | Out(r, _) | Is(r, _) | Tag(r, _) | Untagged(r) | Does(r, _) | Fact(r, _) => Some(*r),
            Has(r, _) | Val(r, _, _) | Exposure(r, _) | Tainted(r) => Some(*r),
            All(_) | Any(_) | Not(_) | Proto(_) | Authn(_) | Channel(_) | Crosses(_) | TrustUp | TrustDown => None,
            ZoneKind(_) | ZoneSize(_) | ZoneTrust(_) | ZoneVal(_, _) => None,
        }
    }

    /// True for tests of the bound flow that name no reference.
    pub fn tests_flow(&self) -> bool {
        use Cond::*;
        matches!(self, Proto(_) | Authn(_) | Channel(_) | Crosses(_) | TrustUp | TrustDown)
    }

    /// True for tests of the bound zone that name no reference.
    pub fn tests_zone(&self) -> bool {
        matches!(self, Cond::ZoneKind(_) | Cond::ZoneSize(_) | Cond::ZoneTrust(_) | Cond::ZoneVal(_, _))
    }

    /// Direct parts.
    pub fn parts(&self) -> &[Cond] {
        match self {
            Cond::All(parts) | Cond::Any(parts) => parts,
            Cond::Not(part) | Cond::In(_, part) | Cond::Out(_, part) => std::slice::from_ref(part),
            _ => &[],
        }
    }
}
