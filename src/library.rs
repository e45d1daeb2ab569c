//! The threat library: rule packs, controls, technology tags and calibration, as data.
//!
//! The built-in library is embedded RON (`assets/library`); packs of an organisation are read by [`Library::parse`]
//! with the same checks. A pack that names anything unknown does not load.

mod calibration;
mod cards;
mod catalogue;
mod condition;
mod load;
mod other_methods;
mod page;
mod rule;
mod starts;
mod tags;
mod words;

pub use calibration::Calibration;
pub use cards::{Card, Spot};
pub use catalogue::{AgentPreset, StartsFrom, Weakness};
pub use condition::{Cond, Crossing, ProtocolTest, Ref};
pub use load::{LibraryError, Source};
pub use other_methods::{DreadMarks, MethodNumbers, MoneyNumbers, OwaspMarks, PathNumbers};
pub use page::{Mapping, PageControl, RulePage};
pub use rule::{By, Gives, Orient, Pack, Reach, Rule, Scope};
pub use tags::{Tag, Tags};
pub use words::Line;

use crate::model::{Control, Element, Identification, Layer, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Rules, controls, tags and calibration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    pub packs: Vec<Pack>,
    /// The prompts of the classic ways to find threats, each asked only when the model chooses that way.
    pub classic: Vec<(Identification, Pack)>,
    /// Control definitions by id.
    pub controls: BTreeMap<String, Control>,
    pub tags: Tags,
    pub calibration: Calibration,
    /// Known weaknesses by CWE number.
    pub weaknesses: BTreeMap<u32, Weakness>,
    /// Threat agents as they are usually found.
    pub agents: Vec<AgentPreset>,
    /// Prompt cards, four to a category, in the order of categories.
    pub cards: Vec<Card>,
    /// Why the built-in library is empty, to be shown; `None` in a sound program.
    pub fault: Option<LibraryError>,
}

macro_rules! asset {
    ($file:literal) => {
        Source { name: $file, text: include_str!(concat!("../assets/library/", $file)) }
    };
}

/// The first eight equal the reference; further packs come after them.
const PACKS: &[Source<'static>] = &[
    asset!("packs/stride-core.ron"),
    asset!("packs/supply-chain.ron"),
    asset!("packs/cloud-native.ron"),
    asset!("packs/mobile-client.ron"),
    asset!("packs/iot-ot.ron"),
    asset!("packs/ai-llm.ron"),
    asset!("packs/linddun-privacy.ron"),
    asset!("packs/generic-stride.ron"),
    asset!("packs/inner-network.ron"),
    asset!("packs/platform-services.ron"),
    asset!("packs/ai-agents.ron"),
    asset!("packs/digital-identity.ron"),
    asset!("packs/cyber-physical.ron"),
];

const CLASSIC: [(Identification, Source<'static>); 2] = [
    (Identification::StridePerElement, asset!("classic/stride-per-element.ron")),
    (Identification::StridePerInteraction, asset!("classic/stride-per-interaction.ron")),
];

impl Library {
    /// The library that ships with the program. Should it ever fail to load, it is empty and carries the reason.
    pub fn builtin() -> &'static Library {
        static BUILTIN: OnceLock<Library> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Library::parse(PACKS, asset!("controls.ron"), asset!("tags.ron"), asset!("calibration.ron"))
                .and_then(|library| library.with_catalogue(asset!("weaknesses.ron"), asset!("agents.ron")))
                .and_then(|library| library.with_classic(&CLASSIC))
                .and_then(|library| library.with_cards(asset!("cards.ron")))
                .unwrap_or_else(|fault| Library { fault: Some(fault), ..Library::default() })
        })
    }

    /// The ids of the further packs, which a model names to be asked: all of them for a new model.
    pub fn further_packs(&self) -> BTreeSet<String> {
        self.packs.iter().filter(|pack| pack.further).map(|pack| pack.id.clone()).collect()
    }

    /// Every rule with its pack, in pack order.
    pub fn rules(&self) -> impl Iterator<Item = (&Pack, &Rule)> {
        self.packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
    }

    /// The rule with this id, current or retired.
    pub fn rule(&self, id: &str) -> Option<(&Pack, &Rule)> {
        let classic = self.classic.iter().flat_map(|(_, pack)| pack.rules.iter().map(move |rule| (pack, rule)));
        self.rules().chain(classic).find(|(_, rule)| rule.id == id || rule.aliases.iter().any(|a| a == id))
    }

    /// A control definition: the model's own first, then the library's.
    pub fn control<'a>(&'a self, model: &'a ThreatModel, id: &str) -> Option<&'a Control> {
        model.controls.get(id).or_else(|| self.controls.get(id))
    }

    /// Scope layer of an element: its own, else by technology tag, else by kind.
    pub fn layer_of(&self, element: &Element) -> Layer {
        use crate::model::ElementKind::*;
        element.layer.or_else(|| self.tags.layer(&element.tags)).unwrap_or(match element.kind {
            ExternalEntity => Layer::UserInterface,
            Process => Layer::Application,
            DataStore => Layer::DataStorage,
        })
    }
}
