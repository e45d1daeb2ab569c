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
