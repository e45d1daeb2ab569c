//! What comes up in model after model: weaknesses by CWE number, and threat agents.

use super::Library;
use super::load::{LibraryError, Source, read};
use crate::model::{AgentAccess, AgentKind, VulnerabilityKind};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A weakness of the Common Weakness Enumeration.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weakness {
    pub cwe: u32,
    /// Our own words for it.
    pub name: String,
    pub kind: VulnerabilityKind,
    /// Technology tags it is typical of.
    #[serde(default)]
    pub tags: BTreeSet<String>,
    /// Further CWE numbers whose threats it makes likelier.
    #[serde(default)]
    pub raises: BTreeSet<u32>,
}

impl Weakness {
    /// Whether a threat with these CWE numbers becomes likelier by it.
    pub fn bears_on(&self, cwe: &[u32]) -> bool {
        cwe.iter().any(|n| *n == self.cwe || self.raises.contains(n))
    }
}

/// A threat agent as it is usually found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentPreset {
    pub kind: AgentKind,
    pub name: String,
    /// 1 (script user) to 5 (nation state).
    pub capability: u8,
    /// 1 (incidental) to 5 (determined).
    pub intent: u8,
    pub access: BTreeSet<AgentAccess>,
    pub starts: StartsFrom,
    /// Why it attacks, in a sentence.
    pub motive: String,
    /// One that nearly every system has.
    #[serde(default)]
    pub usual: bool,
}

/// Where an agent usually starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum StartsFrom {
    /// The least trusted boundary with something to attack from.
    Outside,
    /// The people inside the organisation.
    Staff,
    /// Partners and services of others.
    Suppliers,
    OutsideAndSuppliers,
    /// What can be touched or carried away.
    Devices,
}

impl Library {
    /// Adds the catalogue to a library.
    pub(super) fn with_catalogue(mut self, weaknesses: Source<'_>, agents: Source<'_>) -> Result<Library, LibraryError> {
        for weakness in read::<Vec<Weakness>>(weaknesses)? {
            if let Some(tag) = weakness.tags.iter().find(|tag| self.tags.get(tag).is_none()) {
                return Err(LibraryError::NoTag { rule: format!("CWE-{}", weakness.cwe), tag: tag.clone() });
            }
            let id = weakness.cwe;
            if self.weaknesses.insert(id, weakness).is_some() {
                return Err(LibraryError::Duplicate { what: "weakness", id: id.to_string() });
            }
        }
        self.agents = read(agents)?;
        Ok(self)
    }
}
