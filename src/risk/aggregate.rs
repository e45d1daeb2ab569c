//! Roll-ups: Peak and Load of every scope, from the findings.

use super::assessment::*;
use super::finding::{Finding, FindingStatus};
use super::state::{Anchor, AssetIx, FlowIx, NodeIx, State, ZoneIx};
use crate::model::{Category, Disposition, Tri};
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
    fn add(&mut self, Located { finding, anchor, .. }: &Located) {
        let rollup = &mut self.rollup;
        rollup.findings.push(finding.key.clone());
        if finding.disposition == Disposition::NotApplicable {
            return;
        }
        let score = finding.current.score;
        let raise = |classes: &mut Classes| {
            let worst = classes.entry((*anchor, class(finding))).or_insert(0.0);
            *worst = worst.max(score);
        };
        rollup.peak_if_confirmed = rollup.peak_if_confirmed.max(score);
        raise(&mut self.load_if_confirmed);
        if finding.status == FindingStatus::Applies {
            rollup.peak = rollup.peak.max(score);
            rollup.counts.add(finding.current.band);
            rollup.treated += usize::from(finding.disposition != Disposition::Open || !finding.controls.is_empty());
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

/// A finding and where it stands in the engine's terms.
pub(super) struct Located {
    pub finding: Finding,
    pub anchor: Anchor,
    /// Assets it can harm.
    pub assets: Vec<AssetIx>,
}

/// One sum for each item.
struct Sums<K>(BTreeMap<K, Sum>);

impl<K: Ord + Copy> Sums<K> {
    fn of(items: impl Iterator<Item = K>) -> Sums<K> {
        Sums(items.map(|item| (item, Sum::default())).collect())
    }

    fn add(&mut self, item: K, located: &Located) {
        if let Some(sum) = self.0.get_mut(&item) {
            sum.add(located);
        }
    }

    fn finish(self) -> impl Iterator<Item = (K, Rollup)> {
        self.0.into_iter().map(|(item, sum)| (item, sum.finish()))
    }
}

/// Fills every roll-up of an assessment from its findings, which come worst first.
pub(super) fn roll_up(state: &State<'_>, found: &[Located], assessment: &mut Assessment) {
    let mut elements = Sums::of(state.nodes());
    let mut flows = Sums::of(state.model_flows());
    let mut zones = Sums::of(state.zones());
    let mut zones_own = Sums::of(state.zones());
    let mut assets = Sums::of(state.assets());
    let mut total = Sum::default();
    for located in found {
        total.add(located);
        match located.anchor {
            Anchor::Node(n) => with_parents(state, n).into_iter().for_each(|n| elements.add(n, located)),
            Anchor::Flow(f) => {
                flows.add(f, located);
                wholes_of_flow(state, f).into_iter().for_each(|n| elements.add(n, located));
            }
            Anchor::Zone(z) => zones_own.add(z, located),
        }
        for zone in zones_of(state, located.anchor) {
            zones.add(zone, located);
        }
        for asset in &located.assets {
            assets.add(*asset, located);
        }
    }
    assessment.totals = totals(state, found, assessment, total.finish());
    assessment.elements = elements.finish().map(|(n, risk)| (state.node(n).id.clone(), element_risk(state, n, risk))).collect();
    assessment.flows = flows.finish().map(|(f, risk)| (state.flow_id(f).clone(), risk)).collect();
    let both = zones.finish().zip(zones_own.finish());
    let boundary = |((z, risk), (_, own)): ((ZoneIx, _), _)| (state.zone(z).id.clone(), BoundaryRisk { own, risk });
    assessment.boundaries = both.map(boundary).collect();
    assessment.assets = assets.finish().map(|(a, risk)| (state.asset(a).id.clone(), risk)).collect();
}

/// An element and the processes it is a part of. Ends at a cycle.
fn with_parents(state: &State<'_>, node: NodeIx) -> Vec<NodeIx> {
    let mut out = vec![node];
    let parent = |n: NodeIx| state.node(n).record.parent.as_ref().and_then(|id| state.node_at(id));
    while let Some(next) = out.last().copied().and_then(parent).filter(|n| !out.contains(n)) {
        out.push(next);
    }
    out
}

/// The decomposed elements a flow runs inside of: those that contain both its ends, and one of them as a part.
fn wholes_of_flow(state: &State<'_>, flow: FlowIx) -> Vec<NodeIx> {
    let Some((from, to)) = state.flow(flow).ends.filter(|(from, to)| from != to) else { return Vec::new() };
    let other = with_parents(state, to);
    with_parents(state, from).into_iter().filter(|n| other.contains(n)).collect()
}

/// Boundaries whose risk a threat at this anchor is part of.
fn zones_of(state: &State<'_>, anchor: Anchor) -> Vec<ZoneIx> {
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
    zones
}

fn element_risk(state: &State<'_>, ix: NodeIx, risk: Rollup) -> ElementRisk {
    let node = state.node(ix);
    let tainted = match (node.tainted, node.taint_open) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        (false, false) => Tri::No,
    };
    ElementRisk { exposure: node.exposure, exposure_known: node.exposure == 3 || !node.exposure_open, tainted, risk }
}

fn totals(state: &State<'_>, found: &[Located], assessment: &Assessment, risk: Rollup) -> Totals {
    let mut totals = Totals { risk, ..Totals::default() };
    let (mut inherent, mut planned) = (Classes::new(), Classes::new());
    for Located { finding, anchor, .. } in found {
        totals.not_applicable += usize::from(finding.disposition == Disposition::NotApplicable);
        totals.stale += usize::from(!finding.stale.is_empty());
        totals.inherited += usize::from(finding.inherited);
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
        for (classes, score) in [(&mut inherent, finding.inherent.score), (&mut planned, finding.planned.score)] {
            let worst = classes.entry((*anchor, class(finding))).or_insert(0.0);
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
