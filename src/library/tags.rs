//! Technology tags and the profile answers they bring.

use crate::model::{Capability, ElementKind, Fact, Layer, Tri};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind of product or party, with what it usually does and is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    pub id: String,
    /// Words for people.
    pub label: String,
    /// Default scope layer of an element that carries it.
    pub layer: Option<Layer>,
    pub parent: Option<String>,
    /// Kinds of element it makes sense on.
    pub kinds: Vec<ElementKind>,
    pub yes: Vec<Capability>,
    pub no: Vec<Capability>,
    pub facts_yes: Vec<Fact>,
    pub facts_no: Vec<Fact>,
}

/// All tags by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags(pub(super) BTreeMap<String, Tag>);

impl Tags {
    pub fn get(&self, id: &str) -> Option<&Tag> {
        self.0.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.0.values()
    }

    /// The tag and its ancestors, nearest first; empty for an unknown tag. Ends at a cycle.
    pub fn lineage<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Tag> + use<'a> {
        let limit = self.0.len();
        std::iter::successors(self.get(id), |tag| tag.parent.as_deref().and_then(|p| self.get(p))).take(limit)
    }

    /// True when one of `tags` is `wanted` or a descendant of it.
    pub fn any_is<'a>(&self, tags: impl IntoIterator<Item = &'a String>, wanted: &str) -> bool {
        tags.into_iter().any(|t| self.lineage(t).any(|tag| tag.id == wanted))
    }

    /// The profile answer about a capability.
    pub fn capability<'a>(&self, tags: impl IntoIterator<Item = &'a String>, capability: Capability) -> Tri {
        self.profile(tags, |tag| answer(&tag.yes, &tag.no, &capability))
    }

    /// The profile answer about a fact.
    pub fn fact<'a>(&self, tags: impl IntoIterator<Item = &'a String>, fact: Fact) -> Tri {
        self.profile(tags, |tag| answer(&tag.facts_yes, &tag.facts_no, &fact))
    }

    /// Nearest answer along each lineage; among several tags Yes beats No.
    fn profile<'a>(&self, tags: impl IntoIterator<Item = &'a String>, says: impl Fn(&Tag) -> Option<bool>) -> Tri {
        let mut found = Tri::Unknown;
        for tag in tags {
            match self.lineage(tag).find_map(&says) {
                Some(true) => return Tri::Yes,
                Some(false) => found = Tri::No,
                None => {}
            }
        }
        found
    }

    /// Default scope layer of an element with these tags.
    pub fn layer<'a>(&self, tags: impl IntoIterator<Item = &'a String>) -> Option<Layer> {
        tags.into_iter().find_map(|t| self.lineage(t).find_map(|tag| tag.layer))
    }

    /// Words for people; an unknown tag is shown as written.
    pub fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |tag| tag.label.as_str())
    }
}

fn answer<T: PartialEq>(yes: &[T], no: &[T], wanted: &T) -> Option<bool> {
    if yes.contains(wanted) {
        Some(true)
    } else if no.contains(wanted) {
        Some(false)
    } else {
        None
    }
}
