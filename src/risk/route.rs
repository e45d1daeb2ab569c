//! The way a threat takes: a flow, or several that are one through gateways.

use crate::model::Id;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A flow, or the legs of a virtual flow through gateways.
#[derive(Clone, Debug)]
pub struct FlowRoute(Legs);

/// Nearly all have one leg, and there are as many routes as findings.
#[derive(Clone, Debug)]
enum Legs {
    One(Id),
    Many(Box<[Id]>),
}

impl FlowRoute {
    /// A flow by itself.
    pub fn one(flow: Id) -> FlowRoute {
        FlowRoute(Legs::One(flow))
    }

    pub fn legs(&self) -> &[Id] {
        match &self.0 {
            Legs::One(flow) => std::slice::from_ref(flow),
            Legs::Many(flows) => flows,
        }
    }

    /// The first (for a plain flow: only) leg, which decides protocol, authentication and channel.
    pub fn first(&self) -> Option<&Id> {
        self.legs().first()
    }
}

impl FromIterator<Id> for FlowRoute {
    fn from_iter<T: IntoIterator<Item = Id>>(flows: T) -> FlowRoute {
        FlowRoute(Legs::Many(flows.into_iter().collect()))
    }
}

// However it is kept, it is its legs.
impl PartialEq for FlowRoute {
    fn eq(&self, other: &FlowRoute) -> bool {
        self.legs() == other.legs()
    }
}
impl Eq for FlowRoute {}
impl PartialOrd for FlowRoute {
    fn partial_cmp(&self, other: &FlowRoute) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for FlowRoute {
    fn cmp(&self, other: &FlowRoute) -> Ordering {
        self.legs().cmp(other.legs())
    }
}
impl Hash for FlowRoute {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.legs().hash(state);
    }
}

impl fmt::Display for FlowRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, id) in self.legs().iter().enumerate() {
            if n > 0 {
                f.write_str("+")?;
            }
            f.write_str(id.as_str())?;
        }
        Ok(())
    }
}
