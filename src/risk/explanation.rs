//! The factor chain of one finding in words, made on demand.

/// Why a finding is rated as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// "*agent* with *access* can *title*, leading to loss of *dimension* of *asset*."
    pub sentence: String,
    pub steps: Vec<Step>,
    /// Number of routes; the explained one is the worst.
    pub routes: usize,
}

/// One link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// "× 1.6", "p₀ 0.83" …
    pub factor: String,
    pub words: String,
    pub kind: StepKind,
}

/// Whether a step goes in or comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Input,
    Result,
}
