//! The worksheet of an information asset (OCTAVE Allegro, worksheets 8 to 10): where it lives and what threatens it most.

use super::Rater;
use super::allegro::{Container, containers};
use super::sheet::Sheet;
use crate::model::{Id, Method, ThreatKey};

/// Risks that are told.
const MOST: usize = 5;

/// Where an asset lives and what threatens it most.
#[derive(Clone, Debug, PartialEq)]
pub struct Worksheet {
    pub asset: Id,
    /// Technical, physical and people; those that keep it first.
    pub containers: Vec<Container>,
    /// The gravest threats to it by OCTAVE Allegro.
    pub risks: Vec<(ThreatKey, Sheet)>,
}

impl Rater<'_> {
    /// The worksheet of an asset; `None` when there is no such asset.
    pub fn worksheet(&self, asset: &Id) -> Option<Worksheet> {
        self.model.assets.get(asset)?;
        let at_stake = self.assessment.findings.values().filter(|f| f.counts() && f.assets.contains(asset));
        let rated = at_stake.filter_map(|f| Some((f.key.clone(), self.sheet(&f.key, Method::Allegro)?)));
        let mut risks: Vec<(ThreatKey, Sheet)> = rated.collect();
        risks.sort_by(|a, b| b.1.current.score.total_cmp(&a.1.current.score).then_with(|| a.0.cmp(&b.0)));
        risks.truncate(MOST);
        Some(Worksheet { asset: asset.clone(), containers: containers(self.model, self.library, asset), risks })
    }
}
