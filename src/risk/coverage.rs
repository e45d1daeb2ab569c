//! How well threats are answered: gap, partial or covered, and what the controls cover by layer and function.

use super::assessment::Assessment;
use super::finding::Finding;
use super::sites::sites_of;
use crate::library::Library;
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

/// Days for which a test shows that a control works; after that it counts as a review.
pub const TEST_HOLDS: i64 = 365;
/// A control counts against a threat from this share of what it could do at best.
const ENOUGH: f64 = 0.6;

/// How a threat is answered by the controls recommended against it in the first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// None of them is there or planned.
    Gap,
    /// One is planned, partly there, or there but not shown to work by a recent test.
    Partial,
    /// One is there, does at least six tenths of what it could, and was tested within a year.
    Covered,
}

impl Coverage {
    pub const ALL: &'static [Coverage] = &[Coverage::Gap, Coverage::Partial, Coverage::Covered];

    pub fn label(self) -> &'static str {
        match self {
            Coverage::Gap => "Gap",
            Coverage::Partial => "Partial",
            Coverage::Covered => "Covered",
        }
    }

    /// What it means, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Coverage::Gap => "No control recommended first is there or planned",
            Coverage::Partial => "A recommended control is planned, partly there, or not tested within a year",
            Coverage::Covered => "A recommended control is there and was tested within a year",
        }
    }
}

/// Number of controls of one layer and function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// In force: partly there, implemented or operating.
    pub in_force: usize,
    /// Proposed or planned.
    pub planned: usize,
    /// Recommended first against a critical or high threat with a gap, and not there at all.
    pub lacking: usize,
}

/// The controls of a model, to be asked about threats.
pub struct Coverages<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    today: Date,
    instances: BTreeMap<&'a str, Vec<&'a ControlInstance>>,
}

impl<'a> Coverages<'a> {
    pub fn new(model: &'a ThreatModel, library: &'a Library, today: Date) -> Coverages<'a> {
        let mut instances: BTreeMap<&str, Vec<&ControlInstance>> = BTreeMap::new();
        for instance in model.instances.values().filter(|i| i.status != ControlStatus::Retired) {
            instances.entry(&instance.control).or_default().push(instance);
        }
        Coverages { model, library, today, instances }
    }

    /// How a threat is answered. One to which nothing is recommended is a gap.
    pub fn of(&self, finding: &Finding) -> Coverage {
        let sites = std::cell::OnceCell::new();
        let answers = recommended(finding).map(|control| {
            let Some(definition) = self.library.control(self.model, control) else { return Coverage::Gap };
            let used = finding.controls.iter().filter(|u| u.control == control);
            let by_use = used.map(|used| {
                let is_enough = used.effect >= ENOUGH * definition.strength - 1e-9;
                let instance = used.instance.as_ref().and_then(|id| self.model.instances.get(id));
                let is_tested = instance.is_some_and(|i| is_freshly_tested(&i.evidence, self.today));
                if is_enough && is_tested { Coverage::Covered } else { Coverage::Partial }
            });
            by_use.max().unwrap_or_else(|| {
                let coming = self.instances.get(control).into_iter().flatten();
                let mut coming = coming.filter(|i| i.status != ControlStatus::Proposed);
                let sites = || sites.get_or_init(|| sites_of(self.model, finding));
                let is_here = coming.any(|i| i.at.iter().any(|site| sites().contains(site)));
                if is_here { Coverage::Partial } else { Coverage::Gap }
            })
        });
        answers.max().unwrap_or(Coverage::Gap)
    }

    /// Every threat that counts, with how it is answered.
    pub fn all(&self, assessment: &Assessment) -> BTreeMap<ThreatKey, Coverage> {
        let counting = assessment.findings.values().filter(|f| f.counts());
        counting.map(|finding| (finding.key.clone(), self.of(finding))).collect()
    }

    /// True when something would tell that a threat is being carried out.
    pub fn is_noticed(&self, finding: &Finding) -> bool {
        let detects = |control: &str| self.library.control(self.model, control).is_some_and(|c| c.effects.detect);
        if finding.controls.iter().any(|used| detects(&used.control)) {
            return true;
        }
        let watching: Vec<&&ControlInstance> = self.instances.iter().filter(|(c, _)| detects(c)).flat_map(|(_, i)| i).collect();
        if watching.is_empty() {
            return false;
        }
        let sites = sites_of(self.model, finding);
        let works = |i: &&&ControlInstance| !i.status.is_planned();
        watching.iter().filter(|i| works(i)).any(|i| i.at.iter().any(|site| sites.contains(site)))
    }

    /// Critical and high threats to be treated that nobody would notice, worst first.
    pub fn unnoticed(&self, assessment: &'a Assessment) -> Vec<&'a Finding> {
        let grave = assessment.ranked().into_iter().filter(|f| f.counts() && f.band() <= Band::High);
        let open = grave.filter(|f| matches!(f.disposition, Disposition::Open | Disposition::Mitigate));
        open.filter(|f| !self.is_noticed(f)).collect()
    }

    /// What is there, coming and lacking by scope layer and function.
    pub fn by_layer(&self, assessment: &Assessment) -> BTreeMap<(Layer, ControlFunction), Cell> {
        let mut cells: BTreeMap<(Layer, ControlFunction), Cell> = BTreeMap::new();
        for (control, instances) in &self.instances {
            let Some(definition) = self.library.control(self.model, control) else { continue };
            let cell = cells.entry((definition.layer, definition.function)).or_default();
            let coming = |i: &&&ControlInstance| i.status.is_planned();
            let planned = instances.iter().filter(coming).count();
            cell.planned += planned;
            cell.in_force += instances.len() - planned;
        }
        let grave = assessment.findings.values().filter(|f| f.counts() && f.band() <= Band::High);
        let gaps = grave.filter(|f| self.of(f) == Coverage::Gap);
        let lacking: BTreeSet<&str> = gaps.flat_map(recommended).filter(|c| !self.instances.contains_key(c)).collect();
        for definition in lacking.into_iter().filter_map(|control| self.library.control(self.model, control)) {
            cells.entry((definition.layer, definition.function)).or_default().lacking += 1;
        }
        cells
    }
}

/// The controls recommended in the first place; where none is, all that help.
fn recommended(finding: &Finding) -> impl Iterator<Item = &str> {
    let any_primary = finding.about.listed.iter().any(|(_, link)| *link == Link::Primary);
    let wanted = finding.about.listed.iter().filter(move |(_, link)| !any_primary || *link == Link::Primary);
    wanted.map(|(control, _)| control.as_str())
}

/// Tested, and not so long ago that things may have changed.
pub fn is_freshly_tested(evidence: &Evidence, today: Date) -> bool {
    let age = evidence.on.map(|on| on.days_until(today));
    evidence.level == EvidenceLevel::Tested && age.is_some_and(|age| age <= TEST_HOLDS)
}
