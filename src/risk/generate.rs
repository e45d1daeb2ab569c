//! What raises threats: the rules of the library, and the threats written by hand.

use super::evaluate::Env;
use super::finding::{About, FindingSource};
use super::sight::Sight;
use super::state::{Anchor, Dimensions, Revalued, State};
use super::unanswered::Unanswered;
use crate::library::{By, Cond, Library, Pack, Reach, Rule, Scope};
use crate::model::{Access, AssetKind, Band, Hits, Id, Identification, Info, Link, Threat};
use std::sync::Arc;

/// What raises a threat, in the terms scoring needs: a rule, or a threat written by hand.
pub(super) struct Cause<'l> {
    pub id: Id,
    /// `None` for a threat written by hand.
    pub rule: Option<&'l Rule>,
    pub title: Arc<str>,
    pub about: Arc<About>,
    pub level: u8,
    pub by: By,
    pub skill: u8,
    pub access: Access,
    pub hits: Hits,
    /// The dimensions it hits.
    pub hit: Dimensions,
    pub only_assets: Vec<AssetKind>,
    pub business_assets_only: bool,
    /// Carried out by content sent in, so that controls in front count.
    pub into: bool,
    /// Rating given from outside, and by whom.
    pub severity: Option<(Band, String)>,
}

impl<'l> Cause<'l> {
    pub fn of_rule(pack: &Pack, rule: &'l Rule) -> Cause<'l> {
        Cause {
            id: Id::new(&rule.id),
            rule: Some(rule),
            title: rule.title.as_str().into(),
            about: Arc::new(About {
                source: FindingSource::Rule { pack: pack.id.as_str().into() },
                description: rule.desc.clone(),
                categories: rule.cats.clone(),
                listed: rule.controls.clone(),
                cwe: rule.cwe.clone(),
                capec: rule.capec.clone(),
                attack: rule.attack.clone(),
            }),
            level: rule.level,
            by: rule.by,
            skill: rule.skill,
            access: rule.access,
            hits: rule.hits,
            hit: Dimensions::that(|d| rule.hits.get(d) > 0.0),
            only_assets: rule.only_assets.clone(),
            business_assets_only: rule.business_assets_only,
            into: rule.reach == Reach::Into,
            severity: None,
        }
    }

    pub fn of_threat(id: &Id, threat: &Threat) -> Cause<'l> {
        Cause {
            id: id.clone(),
            rule: None,
            title: threat.title.as_str().into(),
            about: Arc::new(About {
                source: FindingSource::Manual { from: threat.source.as_str().into() },
                description: threat.description.clone(),
                categories: threat.categories.clone(),
                listed: threat.controls.iter().map(|(id, link)| (id.clone(), *link)).collect(),
                cwe: Vec::new(),
                capec: Vec::new(),
                attack: Vec::new(),
            }),
            level: threat.level,
            by: By::Fixed,
            skill: threat.skill,
            access: threat.access,
            hits: threat.hits,
            hit: Dimensions::that(|d| threat.hits.get(d) > 0.0),
            only_assets: Vec::new(),
            business_assets_only: false,
            into: false,
            severity: threat.severity_override.as_ref().map(|s| (s.band, s.source.clone())),
        }
    }

    /// True when it harms all assets alike.
    pub fn harms_all(&self) -> bool {
        self.only_assets.is_empty() && !self.business_assets_only
    }

    /// Whether other assets, or others in value, may change what it puts at stake.
    pub fn feels(&self, how: &Revalued) -> bool {
        let is_among_some = || !self.harms_all() && (how.kinds || self.hit.meets(how.changed));
        self.hit.meets(how.decided) || is_among_some()
    }

    /// How well a control answers it; the last mention counts.
    pub fn link(&self, control: &str) -> Option<Link> {
        self.about.listed.iter().rev().find(|(id, _)| id == control).map(|(_, link)| *link)
    }

    /// The title with placeholders replaced by names. Titles written by hand are kept as they are.
    pub fn title_on(&self, state: &State<'_>, env: Option<&Env>) -> String {
        let (Some(_), Some(env)) = (self.rule, env) else { return self.title.to_string() };
        let mut title = String::with_capacity(self.title.len() + 32);
        let mut rest = &*self.title;
        while let Some((before, after)) = rest.split_once('{') {
            title.push_str(before);
            let Some((reference, left)) = after.split_once('}') else {
                title.push('{');
                rest = after;
                continue;
            };
            let named = match reference {
                "This" => env.this.map(Anchor::Node),
                "Src" => env.src.map(Anchor::Node),
                "Dst" => env.dst.map(Anchor::Node),
                "Flow" => env.flow.map(|f| Anchor::Flow(state.first_leg(f))),
                "Zone" => env.zone.map(Anchor::Zone),
                _ => None,
            };
            match named {
                Some(Anchor::Node(n)) => title.push_str(&state.node(n).name),
                Some(anchor) => title.push_str(&state.name(anchor)),
                None => title.extend(["{", reference, "}"]),
            }
            rest = left;
        }
        title.push_str(rest);
        // There are very many.
        title.shrink_to_fit();
        title
    }
}

/// A threat at an anchor before scoring.
pub(super) struct Raised {
    pub anchor: Anchor,
    /// The routes: those on which it applies, else those on which it may.
    pub routes: Vec<Env>,
    pub applies: bool,
    /// What would have to be answered, each once, in order.
    pub missing: Vec<Unanswered>,
}

impl Raised {
    /// A threat written by hand applies at its target, whatever the model says.
    pub fn by_hand(state: &State<'_>, anchor: Anchor) -> Raised {
        let env = match anchor {
            Anchor::Node(n) => Env::of_node(n),
            Anchor::Zone(z) => Env::of_zone(z),
            Anchor::Flow(f) => {
                let ends = state.ends(f);
                let turned = if state.flow(f).talk.by_source { ends } else { ends.map(|(a, b)| (b, a)) };
                Env { flow: Some(f), src: turned.map(|e| e.0), dst: turned.map(|e| e.1), ..Env::default() }
            }
        };
        Raised { anchor, routes: vec![env], applies: true, missing: Vec::new() }
    }
}

/// A rule with what the engine knows about it before any model.
pub(super) struct Asked<'l> {
    pub pack: &'l Pack,
    pub rule: &'l Rule,
    pub cause: Cause<'l>,
    /// The classic way it belongs to; `None` for a rule of the packs.
    pub classic: Option<Identification>,
    /// How many flows away from its anchor it reads.
    pub reads: u8,
    /// What its condition reads of assets.
    pub reads_assets: Revalued,
    /// How far it sees how elements are reached.
    pub reads_reach: Sight,
}

/// Every rule of a library.
pub(super) fn asked(library: &Library) -> Vec<Asked<'_>> {
    let packs = library.packs.iter().map(|pack| (None, pack));
    let classic = library.classic.iter().map(|(way, pack)| (Some(*way), pack));
    let each = |(classic, pack): (_, _)| {
        let pack: &Pack = pack;
        pack.rules.iter().map(move |rule| {
            let (cause, reads_assets) = (Cause::of_rule(pack, rule), reads_assets(&rule.when));
            Asked { pack, rule, cause, classic, reads: reads(rule), reads_assets, reads_reach: Sight::of(rule) }
        })
    };
    packs.chain(classic).flat_map(each).collect()
}

impl Asked<'_> {
    /// True when the model asks this rule.
    pub fn is_on(&self, info: &Info) -> bool {
        let in_packs = || self.rule.depth <= info.depth && self.pack.is_on(info);
        let is_about_privacy = || self.rule.cats.first().is_some_and(|category| !category.is_stride());
        match (self.classic, info.identification) {
            (Some(way), chosen) => way == chosen,
            (None, Identification::Rules) => in_packs(),
            (None, Identification::Linddun) => in_packs() && is_about_privacy(),
            (None, Identification::StridePerElement | Identification::StridePerInteraction) => false,
        }
    }
}

impl Asked<'_> {
    /// True when its condition looks past the neighbours of its anchor.
    pub fn reads_deep(&self) -> bool {
        let hops = hops(&self.rule.when);
        hops > u8::from(self.rule.scope == Scope::Node)
    }
}

fn reads(rule: &Rule) -> u8 {
    let base = match rule.scope {
        Scope::Node => 0,
        Scope::Flow => 1,
        Scope::Zone => return 0,
    };
    // Controls in front of an element count for it, and for whatever is done through it.
    let in_front = base + u8::from(rule.reach == Reach::Into);
    in_front.max(base + hops(&rule.when)).max(1)
}

fn reads_assets(cond: &Cond) -> Revalued {
    let mut all = match cond {
        Cond::Has(..) => Revalued { kinds: true, ..Revalued::NONE },
        Cond::Val(_, dimension, _) | Cond::ZoneVal(dimension, _) => {
            Revalued { changed: Dimensions::that(|d| d == *dimension), ..Revalued::NONE }
        }
        _ => Revalued::NONE,
    };
    cond.parts().iter().for_each(|part| all.take_in(reads_assets(part)));
    all
}

/// Quantifiers within quantifiers.
pub(super) fn hops(cond: &Cond) -> u8 {
    let inner = cond.parts().iter().map(hops).max().unwrap_or_default();
    inner.saturating_add(u8::from(matches!(cond, Cond::In(..) | Cond::Out(..))))
}
