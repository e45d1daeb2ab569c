//! Roll-ups: Peak and Load of every scope, from the findings.

use super::assessment::*;
use super::finding::{Finding, FindingStatus};
use super::state::{Anchor, State};
use crate::model::{Category, Disposition, Element, Id, ThreatKey, ThreatModel, Tri};
use std::collections::BTreeMap;

/// Findings of one class at one anchor do not add up: the worst counts.
type Classes = BTreeMap<(Anchor, Option<Category>), f64>;

/// A roll-up being filled.
#[derive(Default)]
struct Sum {
    rollup: Rollup,
    load: Classes,
    load_if_confirmed: Classes,
}

/// The STRIDE category a finding leads with; privacy categories form one class.
fn class(finding: &Finding) -> Option<Category> {
    finding.categories.first().copied().filter(|c| c.is_stride())
}

impl Sum {
    fn add(&mut self, anchor: Anchor, finding: &Finding) {
        let rollup = &mut self.rollup;
        rollup.findings.push(finding.key.clone());
        if finding.disposition == Disposition::NotApplicable {
            return;
        }
        let score = finding.current.score;
        let raise = |classes: &mut Classes| {
            let worst = classes.entry((anchor, class(finding))).or_insert(0.0);
            *worst = worst.max(score);
        };
        rollup.peak_if_confirmed = rollup.peak_if_confirmed.max(score);
        raise(&mut self.load_if_confirmed);
        if finding.status == FindingStatus::Applies {
            rollup.peak = rollup.peak.max(score);
            rollup.counts.add(finding.current.band);
            raise(&mut self.load);
        } else {
            rollup.possible += 1;
        }
    }

    fn finish(mut self) -> Rollup {
        self.rollup.load = self.load.values().sum();
        self.rollup.load_if_confirmed = self.load_if_confirmed.values().sum();
        self.rollup
    }
}

/// Fills every roll-up of an assessment from its findings. `assets_of` names the assets at stake in a finding.
pub(super) fn roll_up(state: &State<'_>, assessment: &mut Assessment, assets_of: &BTreeMap<ThreatKey, Vec<Id>>) {
    let model = state.model;
    let mut elements: BTreeMap<&Id, Sum> = model.elements.keys().map(|id| (id, Sum::default())).collect();
    let mut flows: BTreeMap<&Id, Sum> = model.flows.keys().map(|id| (id, Sum::default())).collect();
    let mut boundaries: BTreeMap<&Id, (Sum, Sum)> = model.boundaries.keys().map(|id| (id, Default::default())).collect();
    let mut assets: BTreeMap<&Id, Sum> = model.assets.keys().map(|id| (id, Sum::default())).collect();
    let mut total = Sum::default();
    for finding in assessment.ranked() {
        let Some(anchor) = state.anchor(&finding.key.anchor) else { continue };
        total.add(anchor, finding);
        if let Anchor::Node(_) = anchor {
            for id in with_parents(model, &finding.key.anchor) {
                if let Some(sum) = elements.get_mut(&id) {
                    sum.add(anchor, finding);
                }
            }
        }
        if let (Anchor::Flow(_), Some(sum)) = (anchor, flows.get_mut(&finding.key.anchor)) {
            sum.add(anchor, finding);
        }
        if let (Anchor::Zone(_), Some((own, _))) = (anchor, boundaries.get_mut(&finding.key.anchor)) {
            own.add(anchor, finding);
        }
        for zone in zones_of(state, anchor) {
            if let Some((_, sum)) = boundaries.get_mut(&zone) {
                sum.add(anchor, finding);
            }
        }
        for asset in assets_of.get(&finding.key).into_iter().flatten() {
            if let Some(sum) = assets.get_mut(asset) {
                sum.add(anchor, finding);
            }
        }
    }
    let finish = |sums: BTreeMap<&Id, Sum>| sums.into_iter().map(|(id, sum)| (id.clone(), sum.finish())).collect();
    let totals = totals(state, assessment, total.finish());
    assessment.elements = elements.into_iter().map(|(id, sum)| (id.clone(), element_risk(state, id, sum.finish()))).collect();
    assessment.flows = finish(flows);
    assessment.boundaries = boundaries
        .into_iter()
        .map(|(id, (own, risk))| (id.clone(), BoundaryRisk { own: own.finish(), risk: risk.finish() }))
        .collect();
    assessment.assets = finish(assets);
    assessment.totals = totals;
}

/// An element and the processes it is a part of. Ends at a cycle.
fn with_parents(model: &ThreatModel, id: &Id) -> Vec<Id> {
    let parent = |e: &Element| e.parent.clone();
    let mut out = vec![id.clone()];
    let mut next = model.elements.get(id).and_then(parent);
    while let Some(id) = next.filter(|id| !out.contains(id)) {
        next = model.elements.get(&id).and_then(parent);
        out.push(id);
    }
    out
}

/// Boundaries whose risk a threat at this anchor is part of.
fn zones_of(state: &State<'_>, anchor: Anchor) -> Vec<Id> {
    let mut zones: Vec<_> = match anchor {
        Anchor::Node(n) => state.node(n).chain.clone(),
        Anchor::Zone(z) => state.zone(z).path.clone(),
        Anchor::Flow(f) => {
            let ends = state.flow(f).ends.map_or_else(Vec::new, |(a, b)| vec![a, b]);
            ends.into_iter().flat_map(|n| state.node(n).chain.clone()).collect()
        }
    };
    zones.sort_unstable();
    zones.dedup();
    zones.into_iter().map(|z| state.zone(z).id.clone()).collect()
}

fn element_risk(state: &State<'_>, id: &Id, risk: Rollup) -> ElementRisk {
    let Some(Anchor::Node(ix)) = state.anchor(id) else { return ElementRisk { risk, ..ElementRisk::default() } };
    let node = state.node(ix);
    let tainted = match (node.tainted, node.taint_open) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        (false, false) => Tri::No,
    };
    ElementRisk { exposure: node.exposure, exposure_known: node.exposure == 3 || !node.exposure_open, tainted, risk }
}

fn totals(state: &State<'_>, assessment: &Assessment, risk: Rollup) -> Totals {
    let mut totals = Totals { risk, ..Totals::default() };
    let (mut inherent, mut planned) = (Classes::new(), Classes::new());
    for finding in assessment.findings.values() {
        totals.not_applicable += usize::from(finding.disposition == Disposition::NotApplicable);
        totals.stale += usize::from(!finding.stale.is_empty());
        if !finding.counts() {
            continue;
        }
        totals.accepted += usize::from(finding.disposition == Disposition::Accept);
        totals.inherent.add(finding.inherent.band);
        totals.current.add(finding.current.band);
        totals.planned.add(finding.planned.band);
        totals.inherent_matrix.add(&finding.inherent);
        totals.current_matrix.add(&finding.current);
        totals.planned_matrix.add(&finding.planned);
        totals.inherent_peak = totals.inherent_peak.max(finding.inherent.score);
        totals.planned_peak = totals.planned_peak.max(finding.planned.score);
        let Some(anchor) = state.anchor(&finding.key.anchor) else { continue };
        for (classes, score) in [(&mut inherent, finding.inherent.score), (&mut planned, finding.planned.score)] {
            let worst = classes.entry((anchor, class(finding))).or_insert(0.0);
            *worst = worst.max(score);
        }
    }
    totals.inherent_load = inherent.values().sum();
    totals.planned_load = planned.values().sum();
    let in_scope = state.model.elements.values().filter(|e| e.out_of_scope.is_none()).count();
    totals.density = if in_scope == 0 { 0.0 } else { totals.risk.load / in_scope as f64 };
    totals.attack_surface = assessment.entry_points.iter().map(|e| u32::from(e.difference())).sum();
    totals
}
