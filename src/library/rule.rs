//! Rules and packs: what threatens what, when, how likely, with which answers.

use super::condition::{Cond, Ref};
use crate::model::{Access, AssetKind, Category, Hits, Info, Link};
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
    /// True for a pack that came after the first eight: it is asked of models that name it, so that the ratings of a
    /// model written before it never change by themselves.
    #[serde(default)]
    pub further: bool,
    pub rules: Vec<Rule>,
}

impl Pack {
    /// True when the model asks the rules of this pack, of whatever depth.
    pub fn is_on(&self, info: &Info) -> bool {
        !info.packs_off.contains(&self.id) && (!self.further || info.packs_on.contains(&self.id))
    }

    /// The model's settings with this pack switched on or off.
    pub fn switched(&self, info: &Info, on: bool) -> Info {
        let mut info = info.clone();
        let (put, taken) = if on { (&mut info.packs_on, &mut info.packs_off) } else { (&mut info.packs_off, &mut info.packs_on) };
        taken.remove(&self.id);
        // A pack that would be so anyway needs no word in the file.
        if on == self.further {
            put.insert(self.id.clone());
        }
        info
    }
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
    /// When it is a false alarm although it fires, in words; what the condition itself tells is said without it.
    #[serde(default)]
    pub false_alarm: String,
    /// How to see whether this system has it, beside the tests of its controls.
    #[serde(default)]
    pub verify: String,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
