//! Where everything on a diagram is: the geometry that drawing and hit-testing share.

use crate::model::{Id, ThreatModel};

/// Geometry of one diagram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagramLayout {
    pub diagram: Option<Id>,
}

/// Works out the geometry of a diagram.
pub fn lay_out(_model: &ThreatModel, diagram: &Id) -> DiagramLayout {
    DiagramLayout { diagram: Some(diagram.clone()) }
}
