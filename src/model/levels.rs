//! What whole-number levels are called, in one place for window, paper and command line.

/// What a trust level of a boundary is called: 0 to 4, `None` while nobody said.
pub fn trust_label(level: Option<u8>) -> &'static str {
    match level {
        Some(0) => "untrusted",
        Some(1) => "semi-trusted",
        Some(2) => "exposed edge",
        Some(3) => "internal",
        Some(_) => "restricted",
        None => "not stated",
    }
}

/// What a trust level means.
pub fn trust_meaning(level: Option<u8>) -> &'static str {
    match level {
        Some(0) => "anybody can be here",
        Some(1) => "known parties we do not control",
        Some(2) => "ours, but reachable from outside",
        Some(3) => "only our people and services",
        Some(_) => "few, checked people and services",
        None => "nobody said yet",
    }
}

/// Likelihood levels 1 to 5.
pub const LIKELIHOOD_LABELS: [&str; 5] = ["Rare", "Unlikely", "Possible", "Likely", "Almost certain"];

/// Impact levels 1 to 5.
pub const IMPACT_LABELS: [&str; 5] = ["Minor", "Low", "Medium", "High", "Total"];

/// Values 0 to 4 of an asset in one dimension.
pub const VALUE_LABELS: [&str; 5] = ["None", "Low", "Medium", "High", "Vital"];
