//! The same risk at another time: before any control, today, or with the plans carried out.

use super::aggregate::Sum;
use super::assessment::{Assessment, Rollup};
use super::finding::Finding;
use crate::model::Id;
use std::collections::{BTreeMap, BTreeSet};

/// When risk is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lens {
    /// Before any control.
    Inherent,
    #[default]
    Today,
    /// With the planned controls implemented and documented.
    Planned,
}

impl Assessment {
    /// The assessment with the rating of another time as the current one, and every roll-up made of that.
    pub fn seen(&self, lens: Lens) -> Assessment {
        if lens == Lens::Today {
            return self.clone();
        }
        let mut seen = self.clone();
        let shown = |finding: &Finding| {
            let current = match lens {
                Lens::Inherent => finding.inherent,
                Lens::Today => finding.current,
                Lens::Planned => finding.planned,
            };
            Finding { current, ..finding.clone() }
        };
        let anchors: BTreeSet<&Id> = self.findings.keys().map(|key| &key.anchor).collect();
        let lists = anchors.iter().map(|id| ((*id).clone(), self.findings.at(id).iter().map(shown).collect()));
        seen.findings = lists.collect();
        let sums: BTreeMap<&Id, Rollup> = anchors.iter().map(|id| (*id, Sum::of(seen.findings.at(id).iter()).risk)).collect();
        let risk = |id: &Id| sums.get(id).copied().unwrap_or_default();
        let all = |ids: &[Id]| {
            let mut rollup = Rollup::default();
            ids.iter().for_each(|id| rollup.take_in(&risk(id)));
            rollup
        };
        for (id, element) in &mut seen.elements {
            element.risk = risk(id);
            element.risk.take_in(&all(&element.inside));
        }
        seen.flows.iter_mut().for_each(|(id, rollup)| *rollup = risk(id));
        for (id, boundary) in &mut seen.boundaries {
            (boundary.own, boundary.risk) = (risk(id), all(&boundary.inside));
        }
        for (id, rollup) in &mut seen.assets {
            *rollup = Rollup::default();
            for anchor in &anchors {
                let touching = seen.findings.at(anchor).iter().filter(|f| f.assets.contains(id));
                rollup.take_in(&Sum::of(touching).risk);
            }
        }
        let before = self.totals.risk.load;
        let totals = &mut seen.totals;
        totals.risk = Rollup::default();
        sums.values().for_each(|rollup| totals.risk.take_in(rollup));
        totals.current = totals.risk.counts;
        totals.current_matrix = match lens {
            Lens::Inherent => totals.inherent_matrix,
            Lens::Today => totals.current_matrix,
            Lens::Planned => totals.planned_matrix,
        };
        totals.density = if before > 0.0 { totals.density * totals.risk.load / before } else { totals.density };
        seen
    }
}
