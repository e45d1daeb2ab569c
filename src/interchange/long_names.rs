//! Names are for reading: one of megabytes would be measured and drawn for minutes.

use super::{Import, Loss, LossKind};
use crate::model::{Id, ThreatModel};

/// Characters of a name; the longest seen in a real file has 200.
const LONGEST: usize = 2000;

/// Cuts names that nobody can read, and tells each.
pub(super) fn cut(import: &mut Import) {
    for id in long(&import.model) {
        let model = &mut import.model;
        let name = match (model.elements.get_mut(&id), model.flows.get_mut(&id), model.boundaries.get_mut(&id)) {
            (Some(element), ..) => &mut element.name,
            (_, Some(flow), _) => &mut flow.name,
            (.., Some(boundary)) => &mut boundary.name,
            _ => continue,
        };
        *name = name.chars().take(LONGEST).chain(['…']).collect();
        let what = format!("“{}”", super::lenient::shortened(name));
        let why = format!("its name has more than {LONGEST} characters, of which the first stay");
        import.losses.push(Loss::new(LossKind::Changed, what, why).at(&id));
    }
}

fn long(model: &ThreatModel) -> Vec<Id> {
    // A character has at least one byte, so most names are passed at a glance.
    let is_long = |name: &str| name.len() > LONGEST && name.chars().count() > LONGEST;
    let elements = model.elements.iter().map(|(id, e)| (id, &e.name));
    let flows = model.flows.iter().map(|(id, f)| (id, &f.name));
    let boundaries = model.boundaries.iter().map(|(id, b)| (id, &b.name));
    elements.chain(flows).chain(boundaries).filter(|(_, name)| is_long(name)).map(|(id, _)| id.clone()).collect()
}
