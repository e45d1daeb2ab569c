//! Years played through: what is lost in each, and how likely more than an amount is lost.

use super::chance::{Chance, Shape, mixed};
use crate::model::{Id, Pert};
use crate::progress::Progress;
use std::collections::BTreeMap;

/// Years between two looks at whether anybody still waits.
const LOOK: usize = 512;

/// Something that costs money when it happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Sources of one agent have busy and quiet years together.
    pub agent: Option<Id>,
    /// Events a year.
    pub often: f64,
    /// What one event costs.
    pub loss: Pert,
    /// Share of it that is hit, 0 to 1.
    pub share: f64,
}

impl Source {
    /// Mean loss a year.
    pub fn a_year(&self) -> f64 {
        self.often * self.loss.mean() * self.share
    }
}

/// What years cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Simulation {
    /// The loss of each year, least first.
    pub years: Vec<f64>,
    /// Mean loss a year (annualised loss expectancy).
    pub mean: f64,
    /// Share of years with any loss.
    pub any: f64,
}

/// A point of the loss-exceedance curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exceedance {
    pub loss: f64,
    /// Probability that a year costs more.
    pub p: f64,
}

impl Simulation {
    /// The loss that is not exceeded in a share of years, for example 0.9.
    pub fn quantile(&self, share: f64) -> f64 {
        let last = self.years.len().saturating_sub(1);
        let at = (share.clamp(0.0, 1.0) * last as f64).round() as usize;
        self.years.get(at).copied().unwrap_or_default()
    }

    /// Probability that a year costs more than an amount.
    pub fn exceeds(&self, loss: f64) -> f64 {
        let above = self.years.len() - self.years.partition_point(|year| *year <= loss);
        above as f64 / self.years.len().max(1) as f64
    }

    /// The loss-exceedance curve from nothing to the costliest year, in so many points.
    pub fn curve(&self, points: usize) -> Vec<Exceedance> {
        let most = self.years.last().copied().unwrap_or_default();
        let last = points.max(2) - 1;
        let at = |n: usize| if n == last { most } else { most * n as f64 / last as f64 };
        (0..=last).map(at).map(|loss| Exceedance { loss, p: self.exceeds(loss) }).collect()
    }
}

/// The sources of one agent.
struct Group<'a> {
    /// Events a year of all, and the running sums by source.
    often: f64,
    sums: Vec<f64>,
    sources: Vec<(&'a Source, usize)>,
}

/// Plays years through. `activity` is the spread of how active an agent is from year to year, 0 for none. The same sources
/// give the same years: the seed is made of them. `None` when cancelled.
pub fn simulate(sources: &[Source], years: usize, activity: f64, progress: &dyn Progress) -> Option<Simulation> {
    let sound = || sources.iter().filter(|s| s.often > 0.0 && s.share > 0.0 && s.loss.max > 0.0);
    let mut shapes: Vec<Shape> = Vec::new();
    let mut by_mode: BTreeMap<u64, usize> = BTreeMap::new();
    let mut groups: BTreeMap<&Option<Id>, Group<'_>> = BTreeMap::new();
    for source in sound() {
        let mode = Shape::mode(&source.loss);
        let shape = *by_mode.entry(mode.to_bits()).or_insert_with(|| {
            shapes.push(Shape::of(mode));
            shapes.len() - 1
        });
        let group = groups.entry(&source.agent).or_insert_with(|| Group { often: 0.0, sums: Vec::new(), sources: Vec::new() });
        group.often += source.often;
        group.sums.push(group.often);
        group.sources.push((source, shape));
    }
    let mut chance = Chance::seeded(seed(sources));
    let mut out = Simulation { years: Vec::with_capacity(years), ..Simulation::default() };
    for year in 0..years {
        if year % LOOK == 0 {
            if progress.cancelled() {
                return None;
            }
            progress.report(year as f32 / years.max(1) as f32, "Playing years through");
        }
        let mut lost = 0.0;
        for group in groups.values() {
            let busy = chance.activity(activity);
            for _ in 0..chance.events(group.often * busy) {
                let at = chance.even() * group.often;
                let which = group.sums.partition_point(|sum| *sum < at);
                let Some((source, shape)) = group.sources.get(which) else { continue };
                let part = shapes.get(*shape).map_or(0.0, |shape| shape.draw(&mut chance));
                lost += (source.loss.min + (source.loss.max - source.loss.min) * part) * source.share;
            }
        }
        out.years.push(lost);
    }
    let count = years.max(1) as f64;
    out.mean = out.years.iter().sum::<f64>() / count;
    out.any = out.years.iter().filter(|year| **year > 0.0).count() as f64 / count;
    out.years.sort_by(f64::total_cmp);
    Some(out)
}

/// A number that is the same for the same sources.
fn seed(sources: &[Source]) -> u64 {
    sources.iter().fold(42, |seed, source| {
        let numbers = [source.often, source.loss.min, source.loss.mode, source.loss.max, source.share];
        let seed = numbers.iter().fold(seed, |seed, number| mixed(seed ^ number.to_bits()));
        let agent = source.agent.iter().flat_map(|id| id.as_str().bytes());
        agent.fold(seed, |seed, byte| mixed(seed ^ u64::from(byte)))
    })
}
