//! What an opening gives whoever it works for (methodology §8, *gives*).

use super::path::{Goal, Spot};
use super::surroundings::Surroundings;
use crate::library::Gives;
use crate::model::{Dimension, Id};
use crate::risk::{Binding, Opening};
use std::collections::BTreeMap;

/// Positions and goals with the share of the opening's probability each has.
pub(super) fn gains(around: &Surroundings<'_>, opening: &Opening<'_>) -> BTreeMap<Spot, f64> {
    let mut out: BTreeMap<Spot, f64> = BTreeMap::new();
    let mut put = |spot: Spot, share: f64| {
        let best = out.entry(spot).or_default();
        *best = f64::max(*best, share);
    };
    let anchor = &opening.threat.anchor;
    let flow = around.model.flows.get(anchor);
    // The element the threat is at; of a flow the one it leads to.
    let at = around.element(anchor).or_else(|| flow.and_then(|f| f.to.as_ref()).and_then(|to| around.element(to)));
    let element = |id: &Id| Spot::Element(id.clone());
    for gives in &opening.gives {
        match gives {
            Gives::Control => at.into_iter().for_each(|id| put(element(id), 1.0)),
            Gives::Identity => identity(around, opening).into_iter().for_each(|id| put(element(id), 1.0)),
            Gives::Zone => {
                let zone = at.and_then(|id| around.innermost(id));
                zone.into_iter().for_each(|zone| put(Spot::Zone(zone.clone()), 1.0));
            }
            Gives::Spread => {
                let zone = match &opening.binding {
                    Binding::Boundary(zone) => Some(zone),
                    _ => at.and_then(|id| around.innermost(id)),
                };
                zone.into_iter().flat_map(|zone| around.together(Some(zone))).for_each(|id| put(element(id), 1.0));
            }
            Gives::Read | Gives::Write | Gives::Deny => {}
        }
    }
    let harmed = |dimension: Dimension| {
        use Gives::{Control, Deny, Read, Write};
        let by: &[Gives] = match dimension {
            Dimension::C => &[Read, Control],
            Dimension::P => &[Read],
            Dimension::I | Dimension::S => &[Write, Control],
            Dimension::A => &[Deny, Control],
        };
        by.iter().any(|gives| opening.gives.contains(gives))
    };
    for asset in &opening.assets {
        let kept = if keeps(around, anchor, asset) { 1.0 } else { around.library.calibration.custody };
        for dimension in Dimension::ALL.iter().filter(|d| harmed(**d) && opening.hits.get(**d) > 0.0) {
            let goal = Goal { asset: asset.clone(), dimension: *dimension };
            put(Spot::Goal(goal), opening.hits.get(*dimension) * kept);
        }
    }
    out
}

/// Whom the attacker can act as.
fn identity<'m>(around: &Surroundings<'m>, opening: &Opening<'_>) -> Vec<&'m Id> {
    match &opening.binding {
        Binding::Flow { src, .. } => src.iter().filter_map(|id| around.element(id)).collect(),
        Binding::Element(this) => around.callers(this).iter().copied().filter(|id| around.is_person(id)).collect(),
        Binding::Boundary(_) => Vec::new(),
    }
}

fn keeps(around: &Surroundings<'_>, anchor: &Id, asset: &Id) -> bool {
    let holds = |id: &Id| around.model.elements.get(id).is_some_and(|e| e.holds.contains(asset));
    match around.model.boundaries.contains_key(anchor) {
        true => around.model.elements.keys().any(|id| around.chain(id).contains(anchor) && holds(id)),
        false => holds(anchor),
    }
}
