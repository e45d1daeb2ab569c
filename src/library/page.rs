//! The page of a rule: what it says, when it fires, when it is a false alarm, what answers it, how to check.

use super::rule::{By, Reach, Rule, Scope};
use super::words::{Line, Names};
use super::{Library, Pack};
use crate::model::{Access, Category, Link};

/// Everything a person wants to know about a rule, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct RulePage {
    pub id: String,
    pub title: String,
    pub pack: String,
    pub categories: Vec<Category>,
    /// 1 essential, 2 thorough, 3 exhaustive.
    pub depth: u8,
    /// What happens.
    pub what: String,
    /// What the rule is asked of.
    pub asked_of: String,
    /// The condition; all lines at the left hold at once.
    pub fires: Vec<Line>,
    /// What makes it a false alarm, and what to do then.
    pub false_alarms: Vec<String>,
    /// What the rating begins with.
    pub rating: String,
    pub controls: Vec<PageControl>,
    /// How to check, beside the tests of the controls.
    pub verify: String,
    /// CWE, CAPEC, ATT&CK and ATLAS numbers with the page they stand for.
    pub mappings: Vec<Mapping>,
}

/// A control that answers the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct PageControl {
    pub id: String,
    pub name: String,
    pub link: Link,
    /// How to check that it works.
    pub verify: String,
}

/// A number in a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub number: String,
    pub address: String,
}

impl Library {
    /// The page of the rule with this id, current or retired.
    pub fn page(&self, id: &str) -> Option<RulePage> {
        self.rule(id).map(|(pack, rule)| self.page_of(pack, rule))
    }

    /// The title of a rule with words in place of its placeholders: "SQL injection through the caller into …".
    pub fn title_of(&self, rule: &Rule) -> String {
        Names::of(rule, &self.tags).fill(&rule.title)
    }

    fn page_of(&self, pack: &Pack, rule: &Rule) -> RulePage {
        let names = Names::of(rule, &self.tags);
        let control = |(id, link): &(String, Link)| {
            let definition = self.controls.get(id)?;
            Some(PageControl { id: id.clone(), name: definition.name.clone(), link: *link, verify: definition.verify.clone() })
        };
        let controls: Vec<PageControl> = rule.controls.iter().filter_map(control).collect();
        RulePage {
            id: rule.id.clone(),
            title: names.fill(&rule.title),
            pack: pack.title.clone(),
            categories: rule.cats.clone(),
            depth: rule.depth,
            what: rule.desc.clone(),
            asked_of: asked_of(rule),
            fires: names.fires(&rule.when),
            false_alarms: false_alarms(rule, &names, &controls),
            rating: rating(rule),
            verify: verify(rule, &controls),
            mappings: mappings(rule),
            controls,
        }
    }
}

fn asked_of(rule: &Rule) -> String {
    let of = match rule.scope {
        Scope::Node => "every element",
        Scope::Flow if rule.through_gateways => "every flow, also through gateways",
        Scope::Flow => "every flow",
        Scope::Zone => "every trust boundary",
    };
    let depth = match rule.depth {
        1 => "essential",
        2 => "thorough",
        _ => "exhaustive",
    };
    format!("Asked of {of}, from the depth “{depth}” on.")
}

/// Its own words first, then what follows from the condition, then what is no false alarm at all.
fn false_alarms(rule: &Rule, names: &Names<'_>, controls: &[PageControl]) -> Vec<String> {
    let mut out: Vec<String> = Some(rule.false_alarm.clone()).filter(|s| !s.is_empty()).into_iter().collect();
    for dismissal in names.dismissals(&rule.when) {
        if !out.contains(&dismissal) {
            out.push(dismissal);
        }
    }
    if out.is_empty() {
        out.push("It holds for everything of this kind that says no more about itself: add the tag of what it is.".to_owned());
    }
    if let Some(best) = controls.iter().find(|c| c.link == Link::Primary).or_else(|| controls.first()) {
        out.push(format!(
            "Where an answer such as “{}” is in place it is no false alarm but covered: record the control, and the threat stays with what is left of it.",
            best.name
        ));
    }
    out
}

fn rating(rule: &Rule) -> String {
    let by = match rule.by {
        By::ExposureThis | By::ExposureDst | By::ExposureSrc => "raised or lowered by how exposed it is",
        By::Channel => "raised or lowered by what the flow travels over",
        By::Fixed => "wherever it stands",
    };
    let from = match rule.reach {
        Reach::Into => "by content sent in",
        Reach::At => "by calling it",
        Reach::Path => "on the way between both ends",
        Reach::In => "from a foothold inside",
        Reach::Rem => "from anywhere",
    };
    let needs = match rule.access {
        Access::Anon => "no access at all".to_owned(),
        other => other.label().to_owned(),
    };
    format!("Begins at likelihood {} of 5, {by}. It takes skill {} of 5 and {needs}, and is done {from}.", rule.level, rule.skill)
}

fn verify(rule: &Rule, controls: &[PageControl]) -> String {
    if !rule.verify.is_empty() {
        return rule.verify.clone();
    }
    let mut primary = controls.iter().filter(|c| c.link == Link::Primary);
    match primary.next().or_else(|| controls.first()) {
        Some(first) => format!("Try it as an attacker would. If “{}” stands in the way: {}", first.name, first.verify),
        None => "Try it as an attacker would, in a test system.".to_owned(),
    }
}

fn mappings(rule: &Rule) -> Vec<Mapping> {
    let cwe = rule
        .cwe
        .iter()
        .map(|n| Mapping { number: format!("CWE-{n}"), address: format!("https://cwe.mitre.org/data/definitions/{n}.html") });
    let capec = rule
        .capec
        .iter()
        .map(|n| Mapping { number: format!("CAPEC-{n}"), address: format!("https://capec.mitre.org/data/definitions/{n}.html") });
    let attack = rule.attack.iter().map(|id| {
        let address = match id.starts_with("AML.") {
            true => format!("https://atlas.mitre.org/techniques/{id}"),
            false => format!("https://attack.mitre.org/techniques/{}/", id.replace('.', "/")),
        };
        Mapping { number: id.clone(), address }
    });
    cwe.chain(capec).chain(attack).collect()
}
