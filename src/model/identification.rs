//! How threats are found.

use serde::{Deserialize, Serialize};

closed_enum! {
    /// The way a model chooses to find threats. Threats keep their keys, so decisions wait while another way is chosen.
    Identification {
        /// The rules of the packs that are switched on.
        Rules => "Rules",
        /// One prompt for each STRIDE category that a kind of element is open to.
        StridePerElement => "STRIDE per element",
        /// One prompt for each STRIDE category that a flow between two kinds is open to.
        StridePerInteraction => "STRIDE per interaction",
        /// The privacy rules of the packs that are switched on.
        Linddun => "LINDDUN",
    }
}

impl Identification {
    /// What it means, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Identification::Rules => "Rules read technology, trust, protocols and data, and ask where they do not know",
            Identification::StridePerElement => "The same prompts for every element of a kind, whatever it is made of",
            Identification::StridePerInteraction => "Prompts for every flow by what it joins and whether it crosses a boundary",
            Identification::Linddun => "Only threats to privacy: linking, identifying, detecting, disclosure and the like",
        }
    }
}
