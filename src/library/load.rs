//! Reading packs, controls, tags and calibration, with the checks that make a bad pack fail early.

use super::condition::{Cond, Ref};
use super::rule::{By, Pack, Rule, Scope};
use super::tags::{Tag, Tags};
use super::{Calibration, Library};
use crate::model::{Control, Identification};
use std::collections::{BTreeMap, BTreeSet};

/// A library text and the name to blame in messages.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

/// Why a library does not load.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LibraryError {
    #[error("{file}, line {line}, column {column}: {message}")]
    Syntax { file: String, line: usize, column: usize, message: String },
    #[error("pack {pack} is written in rule language {schema}, this program reads {SCHEMA}; install a newer version of it")]
    Schema { pack: String, schema: u32 },
    #[error("the {what} id “{id}” is used twice; give one of them another id")]
    Duplicate { what: &'static str, id: String },
    #[error("rule {rule} speaks of {reference}, which a {scope:?} rule does not bind; use one of its own references")]
    Unbound { rule: String, reference: Ref, scope: Scope },
    #[error("rule {rule} names the technology tag “{tag}”, which does not exist; define it or correct the name")]
    NoTag { rule: String, tag: String },
    #[error("tag {tag} has the parent “{parent}”, which does not exist or leads back to it")]
    NoParent { tag: String, parent: String },
    #[error("rule {rule} recommends the control “{control}”, which does not exist; define it or correct the name")]
    NoControl { rule: String, control: String },
    #[error("rule {rule} has a condition that is always the same; state when it applies")]
    Constant { rule: String },
    #[error("rule {rule} negates {test}; that would make a lower value or exposure raise a risk")]
    Negated { rule: String, test: &'static str },
    #[error("rule {rule} has {field} out of range")]
    Range { rule: String, field: &'static str },
    #[error("control {control} has {field} out of range")]
    ControlRange { control: String, field: &'static str },
}

/// Version of the rule language.
const SCHEMA: u32 = 1;

/// Reads one RON text.
pub(super) fn read<'a, T: serde::Deserialize<'a>>(source: Source<'a>) -> Result<T, LibraryError> {
    ron::from_str(source.text).map_err(|e| LibraryError::Syntax {
        file: source.name.to_owned(),
        line: e.span.start.line,
        column: e.span.start.col,
        message: e.code.to_string(),
    })
}

impl Library {
    /// Reads and checks a library: rule packs, control definitions, technology tags and calibration.
    pub fn parse(
        packs: &[Source<'_>],
        controls: Source<'_>,
        tags: Source<'_>,
        calibration: Source<'_>,
    ) -> Result<Library, LibraryError> {
        let calibration: Calibration = read(calibration)?;
        let tags = unique("tag", read::<Vec<Tag>>(tags)?.into_iter().map(|t| (t.id.clone(), t)))?;
        let controls = unique("control", read::<Vec<(String, Control)>>(controls)?)?;
        let packs = packs.iter().map(|p| read::<Pack>(*p)).collect::<Result<Vec<_>, _>>()?;
        let library = Library { packs, controls, tags: Tags(tags), calibration, ..Library::default() };
        library.check()?;
        Ok(library)
    }

    /// The library with the prompts of the classic ways to find threats.
    pub(super) fn with_classic(mut self, classic: &[(Identification, Source<'_>)]) -> Result<Library, LibraryError> {
        for (way, source) in classic {
            self.classic.push((*way, read::<Pack>(*source)?));
        }
        self.check()?;
        Ok(self)
    }

    fn check(&self) -> Result<(), LibraryError> {
        for tag in self.tags.iter() {
            if let Some(parent) = &tag.parent {
                let looped = self.tags.lineage(parent).any(|t| t.id == tag.id);
                if self.tags.get(parent).is_none() || looped {
                    return Err(LibraryError::NoParent { tag: tag.id.clone(), parent: parent.clone() });
                }
            }
        }
        for (id, control) in &self.controls {
            let wrong = |field| Err(LibraryError::ControlRange { control: id.clone(), field });
            if !(0.0..=self.calibration.effect_cap).contains(&control.strength) {
                return wrong("strength");
            }
            if !(1..=5).contains(&control.cost) {
                return wrong("cost");
            }
        }
        let mut packs = BTreeSet::new();
        let mut rules = BTreeSet::new();
        for pack in self.packs.iter().chain(self.classic.iter().map(|(_, pack)| pack)) {
            if pack.schema != SCHEMA {
                return Err(LibraryError::Schema { pack: pack.id.clone(), schema: pack.schema });
            }
            if !packs.insert(&pack.id) {
                return Err(LibraryError::Duplicate { what: "pack", id: pack.id.clone() });
            }
            for rule in &pack.rules {
                for id in std::iter::once(&rule.id).chain(&rule.aliases) {
                    if !rules.insert(id) {
                        return Err(LibraryError::Duplicate { what: "rule", id: id.clone() });
                    }
                }
                self.check_rule(rule)?;
            }
        }
        Ok(())
    }

    fn check_rule(&self, rule: &Rule) -> Result<(), LibraryError> {
        let unbound = |reference| LibraryError::Unbound { rule: rule.id.clone(), reference, scope: rule.scope };
        let range = |field| LibraryError::Range { rule: rule.id.clone(), field };
        let bound: &[Ref] = match rule.scope {
            Scope::Node => &[Ref::This],
            Scope::Flow => &[Ref::Flow, Ref::Src, Ref::Dst],
            Scope::Zone => &[Ref::Zone],
        };
        let by = match rule.by {
            By::ExposureThis => Some(Ref::This),
            By::ExposureSrc => Some(Ref::Src),
            By::ExposureDst => Some(Ref::Dst),
            By::Channel => Some(Ref::Flow),
            By::Fixed => None,
        };
        if let Some(r) = std::iter::once(rule.anchor).chain(by).find(|r| !bound.contains(r)) {
            return Err(unbound(r));
        }
        if !(1..=5).contains(&rule.level) {
            return Err(range("level"));
        }
        if !(1..=5).contains(&rule.skill) {
            return Err(range("skill"));
        }
        if !(1..=3).contains(&rule.depth) {
            return Err(range("depth"));
        }
        if crate::model::Dimension::ALL.iter().any(|d| !(0.0..=1.0).contains(&rule.hits.get(*d))) {
            return Err(range("hits"));
        }
        if rule.cats.is_empty() {
            return Err(range("categories"));
        }
        // A gateway's virtual flow is no record, so nothing can be anchored there.
        if rule.through_gateways && rule.anchor == Ref::Flow {
            return Err(unbound(Ref::Flow));
        }
        if let Some((control, _)) = rule.controls.iter().find(|(id, _)| !self.controls.contains_key(id)) {
            return Err(LibraryError::NoControl { rule: rule.id.clone(), control: control.clone() });
        }
        self.check_condition(rule, &rule.when, bound, false)
    }

    /// `negated` is true inside a `Not`.
    fn check_condition(&self, rule: &Rule, cond: &Cond, bound: &[Ref], negated: bool) -> Result<(), LibraryError> {
        let unbound = |reference| LibraryError::Unbound { rule: rule.id.clone(), reference, scope: rule.scope };
        if let Some(r) = cond.reference().filter(|r| !bound.contains(r)) {
            return Err(unbound(r));
        }
        if cond.tests_flow() && !bound.contains(&Ref::Flow) {
            return Err(unbound(Ref::Flow));
        }
        if cond.tests_zone() && !bound.contains(&Ref::Zone) {
            return Err(unbound(Ref::Zone));
        }
        let element_only = !matches!(cond, Cond::Has(..) | Cond::Val(..));
        if let Some(r) = cond.reference().filter(|r| *r == Ref::Zone || (*r == Ref::Flow && element_only)) {
            return Err(unbound(r));
        }
        let constant = match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.is_empty(),
            Cond::Authn(list) => list.is_empty(),
            Cond::Channel(list) => list.is_empty(),
            Cond::ZoneKind(list) => list.is_empty(),
            Cond::Val(_, _, n) | Cond::Exposure(_, n) | Cond::ZoneVal(_, n) | Cond::ZoneTrust(n) => *n == 0,
            Cond::ZoneSize(n) => *n == 0,
            _ => false,
        };
        if constant {
            return Err(LibraryError::Constant { rule: rule.id.clone() });
        }
        let monotone = match cond {
            Cond::Val(..) | Cond::ZoneVal(..) => Some("an asset value"),
            Cond::Exposure(..) => Some("exposure"),
            Cond::Tainted(..) => Some("taint"),
            _ => None,
        };
        if let Some(test) = monotone.filter(|_| negated) {
            return Err(LibraryError::Negated { rule: rule.id.clone(), test });
        }
        if let Cond::Tag(_, tag) = cond
            && self.tags.get(tag).is_none()
        {
            return Err(LibraryError::NoTag { rule: rule.id.clone(), tag: tag.clone() });
        }
        let rebound: Vec<Ref> = match cond {
            Cond::In(..) | Cond::Out(..) => bound.iter().copied().chain([Ref::Flow, Ref::Src, Ref::Dst]).collect(),
            _ => bound.to_vec(),
        };
        let negated = negated || matches!(cond, Cond::Not(_));
        cond.parts().iter().try_for_each(|part| self.check_condition(rule, part, &rebound, negated))
    }
}

fn unique<T>(what: &'static str, items: impl IntoIterator<Item = (String, T)>) -> Result<BTreeMap<String, T>, LibraryError> {
    let mut out = BTreeMap::new();
    for (id, item) in items {
        if out.insert(id.clone(), item).is_some() {
            return Err(LibraryError::Duplicate { what, id });
        }
    }
    Ok(out)
}
