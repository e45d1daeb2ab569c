//! The template a model was made from: what its stencils are, and what its fields are called.

use crate::interchange::xml;
use crate::model::{BoundaryKind, Protocol};
use roxmltree::Node;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../assets/interchange/tm7_stencils.ron");

/// What stencils of Microsoft's templates mean here, by their type.
#[derive(Default, Deserialize)]
pub(super) struct Meanings {
    pub tags: BTreeMap<String, String>,
    pub protocols: BTreeMap<String, Protocol>,
    pub boundaries: BTreeMap<String, BoundaryKind>,
}

impl Meanings {
    /// The shipped table. A test reads it, so that it is never empty here.
    pub(super) fn shipped() -> &'static Meanings {
        static SHIPPED: LazyLock<Meanings> = LazyLock::new(|| ron::from_str(TABLE).unwrap_or_default());
        &SHIPPED
    }
}

/// One type of stencil.
struct Stencil {
    name: String,
    parent: String,
    representation: String,
}

/// The embedded template; empty for a file without one.
#[derive(Default)]
pub(super) struct Template {
    pub name: String,
    stencils: BTreeMap<String, Stencil>,
    /// What the fields of threats are called, by their key.
    labels: BTreeMap<String, String>,
}

impl Template {
    pub(super) fn read(root: Node<'_, '_>) -> Template {
        let Some(base) = xml::child(root, "KnowledgeBase") else { return Template::default() };
        let mut out = Template::default();
        if let Some(manifest) = xml::child(base, "Manifest") {
            out.name = xml::text_of(manifest, "Name");
        }
        for group in ["GenericElements", "StandardElements"] {
            for kind in xml::child(base, group).into_iter().flat_map(|g| xml::children(g, "ElementType")) {
                let said = |name| xml::text_of(kind, name);
                let stencil = Stencil { name: said("Name"), parent: said("ParentId"), representation: said("Representation") };
                out.stencils.entry(said("Id")).or_insert(stencil);
            }
        }
        let metadata = xml::child(base, "ThreatMetaData").and_then(|m| xml::child(m, "PropertiesMetaData"));
        for datum in metadata.into_iter().flat_map(|m| xml::children(m, "ThreatMetaDatum")) {
            out.labels.insert(xml::text_of(datum, "Name"), xml::text_of(datum, "Label"));
        }
        out
    }

    /// A type and those it inherits from, from the most special to the most general. `generic` is what the stencil itself
    /// says, for files without a template.
    pub(super) fn chain<'a>(&'a self, kind: &'a str, generic: &'a str) -> Vec<&'a str> {
        let mut chain: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        for start in [kind, generic] {
            let mut next = Some(start).filter(|k| !k.is_empty());
            while let Some(kind) = next.filter(|k| *k != "ROOT" && seen.insert(*k)) {
                chain.push(kind);
                next = self.stencils.get(kind).map(|s| s.parent.as_str()).filter(|p| !p.is_empty());
            }
        }
        chain
    }

    /// The name of a type; empty when the template does not say.
    pub(super) fn name_of(&self, kind: &str) -> &str {
        self.stencils.get(kind).map_or("", |s| s.name.as_str())
    }

    /// How stencils of these types are drawn: the first that says so.
    pub(super) fn representation(&self, chain: &[&str]) -> &str {
        let mut said = chain.iter().filter_map(|kind| self.stencils.get(*kind)).map(|s| s.representation.as_str());
        said.find(|r| !matches!(*r, "" | "Inherited")).unwrap_or_default()
    }

    /// What a field of threats is called: its label, or its key where the template has none.
    pub(super) fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.get(key).map(String::as_str).filter(|l| !l.is_empty()).unwrap_or(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn every_tag_stencils_stand_for_is_one_of_the_library() {
        let meanings = Meanings::shipped();
        assert!(meanings.tags.len() > 40 && meanings.protocols.len() > 5 && meanings.boundaries.len() > 10);
        for tag in meanings.tags.values() {
            assert!(Library::builtin().tags.get(tag).is_some(), "{tag}");
        }
    }
}
