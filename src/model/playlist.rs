//! What is gone through when a model is presented, step by step; and scenarios: the model as it could be.

use super::{FAR, Id, Key, Record, ThreatKey, Visibility};
use crate::geometry::Rect;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

closed_enum! {
    /// Which threats a step brings up.
    #[derive(Default)]
    StepFilter {
        #[default]
        All => "all threats",
        Open => "open threats",
        Grave => "critical and high threats",
        Undecided => "threats only possible",
    }
}

closed_enum! {
    /// What part of a presentation a step belongs to.
    #[derive(Default)]
    StepPart {
        Overview => "Overview",
        Boundaries => "Boundaries",
        Crossings => "Crossing flows",
        Threats => "Open threats",
        Unreviewed => "Not reviewed",
        #[default]
        Other => "Other",
    }
}

record! {
    /// Steps to present a model by.
    pub struct Playlist {
        pub name: String,
        pub steps: Vec<PlayStep>,
        /// Who may read it; `None`: as diagrams are read.
        pub visibility: Option<Visibility>,
    }
}

record! {
    /// One step: where to look, what is highlighted, which threats come up, what to say.
    pub struct PlayStep {
        pub title: String,
        pub part: StepPart = StepPart::Other,
        /// The diagram it is seen on; `None`: the first that shows what is highlighted.
        pub diagram: Option<Id>,
        /// The part of the diagram that is looked at; `None`: what is highlighted and its surroundings.
        pub viewport: Option<Rect>,
        /// Elements, flows, boundaries and notes the light is on.
        pub highlighted: BTreeSet<Id>,
        /// The threat it is about, if any.
        pub threat: Option<ThreatKey>,
        pub filter: StepFilter = StepFilter::All,
        /// For the presenter alone.
        pub note: String,
        /// Passed over when stepping.
        pub skipped: bool,
    }
}

impl Playlist {
    pub(super) fn out_of_range(&self) -> Option<&'static str> {
        self.steps.iter().any(|step| step.viewport.is_some_and(|r| !is_in_reach(r))).then_some("viewport")
    }

    pub(super) fn put_right(&mut self) {
        let steps = self.steps.iter_mut().filter(|step| step.viewport.is_some_and(|r| !is_in_reach(r)));
        steps.for_each(|step| step.viewport = None);
    }
}

fn is_in_reach(r: Rect) -> bool {
    let near = |v: f32| v.abs() <= FAR;
    r.is_finite() && near(r.x) && near(r.y) && near(r.right()) && near(r.bottom()) && r.w >= 0.0 && r.h >= 0.0
}

record! {
    /// A scenario: the model as it could be, as what differs from how it is ("today", "planned", "target").
    pub struct Variant {
        pub name: String,
        pub description: String,
        pub changes: Vec<VariantChange>,
        /// Who may read it; `None`: only those who make the model.
        pub visibility: Option<Visibility>,
    }
}

/// A record that is another in a scenario, or not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariantChange {
    pub key: Key,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
}
