//! What a change of the model means for a diagram.

use crate::model::{Id, Key, ThreatModel};
use crate::scene::layout::LiveLayout;
use std::collections::BTreeSet;

/// What a change means for a diagram.
#[derive(Default)]
pub(super) struct Touched {
    /// Items whose place changed, or that look different at it.
    pub items: BTreeSet<Id>,
    /// Those of them that differ in more than their place.
    pub records: BTreeSet<Id>,
    /// Whether boundaries may contain other things now.
    pub nesting: bool,
}

impl Touched {
    /// `None` when the whole diagram depends on the change.
    pub fn new<'a>(
        changed: impl Iterator<Item = &'a Key>,
        model: &ThreatModel,
        live: &LiveLayout,
        diagram: &Id,
    ) -> Option<Touched> {
        let (mut touched, layout) = (Touched::default(), &live.layout);
        model.diagrams.get(diagram)?;
        for key in changed {
            match key {
                Key::Placement(k) if &k.diagram == diagram => drop(touched.items.insert(k.item.clone())),
                Key::Info if Some(model.info.notation) != live.notation => return None,
                // What is not drawn may be a part of what is.
                Key::Element(id) if !layout.boxes.contains_key(id) && model.placement(diagram, id).is_none() => return None,
                Key::Element(id) | Key::Boundary(id) | Key::Note(id) | Key::Flow(id) => {
                    touched.nesting |= matches!(key, Key::Boundary(_));
                    touched.items.insert(id.clone());
                    touched.records.insert(id.clone());
                }
                _ => {}
            }
        }
        Some(touched)
    }
}
