//! Rules and packs: what threatens what, when, how likely, with which answers.

use super::condition::{Cond, Ref};
use crate::model::{Access, AssetKind, Category, Hits, Link};
use serde::{Deserialize, Serialize};

/// A versioned set of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Version of the rule language; this program reads 1.
    pub schema: u32,
    pub id: String,
    pub version: String,
    pub title: String,
    #[serde(default)]
    pub about: String,
    pub licence: String,
    pub rules: Vec<Rule>,
}

/// One threat rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    /// With placeholders {This}, {Src}, {Dst}, {Flow}, {Zone}.
    pub title: String,
    pub desc: String,
    /// STRIDE or LINDDUN categories, the leading one first.
    pub cats: Vec<Category>,
    /// 1 essential, 2 thorough, 3 exhaustive.
    pub depth: u8,
    pub scope: Scope,
    /// Where the finding is kept.
    pub anchor: Ref,
    pub reach: Reach,
    pub orient: Orient,
    /// Also asked of the virtual flows through gateways.
    pub through_gateways: bool,
    /// Likelihood level 1 to 5 before any factor.
    pub level: u8,
    pub by: By,
    /// Skill needed, 1 to 5.
    pub skill: u8,
    pub access: Access,
    pub hits: Hits,
    /// Only assets of these kinds are at stake; empty means all.
    pub only_assets: Vec<AssetKind>,
    pub business_assets_only: bool,
    /// What success gives the attacker.
    pub gives: Vec<Gives>,
    pub cwe: Vec<u32>,
    pub capec: Vec<u32>,
    /// MITRE ATT&CK and ATLAS techniques.
    pub attack: Vec<String>,
    pub controls: Vec<(String, Link)>,
    pub when: Cond,
    /// Retired rule ids this rule continues.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What a rule is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    Node,
    Flow,
    Zone,
}

/// From where an attacker carries it out (used by attack paths; `Into` also counts controls in front).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// By content that travels into the element.
    Into,
    /// From the source itself or a zone around it.
    At,
    /// On the wire.
    Path,
    /// From inside the zone or a neighbour.
    In,
    /// From anywhere.
    Rem,
}

/// Which ends of a flow are called Src and Dst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Orient {
    /// Initiator and responder, whatever the arrow says.
    Request,
    /// Sender and receiver of content; both ways when the flow is bidirectional.
    Data,
}

/// What makes a threat more or less likely here than elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    ExposureThis,
    ExposureSrc,
    ExposureDst,
    Channel,
    Fixed,
}

/// What success gives the attacker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gives {
    Read,
    Write,
    Deny,
    Control,
    Identity,
    Zone,
    Spread,
}

impl Rule {
    /// How well a control answers this rule, if at all.
    pub fn link(&self, control: &str) -> Option<Link> {
        self.controls.iter().rev().find(|(id, _)| id == control).map(|(_, link)| *link)
    }
}
