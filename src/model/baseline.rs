//! Baselines: how things stood at a delivery, kept inside of the model.

use super::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

record! {
    /// A named state of the model with its scores as they were: the one derived thing that is stored, because delivered numbers
    /// must not move when rules do.
    pub struct Baseline {
        pub name: String,
        /// The day it was kept.
        pub on: Option<Date>,
        /// Who kept it; empty when nobody said.
        pub by: String,
        /// Greatest current score then, 0 to 100.
        pub peak: f64,
        /// Load then.
        pub load: f64,
        /// The program that worked the scores out.
        pub engine: String,
        /// Rule packs that were asked, each with the first digits of a hash of what it said.
        pub packs: BTreeMap<String, String>,
        /// All records and scores, packed by `compare`; nothing else reads it.
        pub frozen: String,
    }
}

impl Baseline {
    /// The first number that is not allowed.
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        let peak = (!(0.0..=100.0).contains(&self.peak)).then_some("greatest score");
        peak.or((!(self.load.is_finite() && self.load >= 0.0)).then_some("load"))
    }

    /// Moves every number into its range.
    pub(super) fn put_right(&mut self) {
        let within = |v: f64, most: f64| if v.is_nan() { 0.0 } else { v.clamp(0.0, most) };
        (self.peak, self.load) = (within(self.peak, 100.0), within(self.load, f64::MAX));
    }
}
