//! From where an opening can be tried (methodology §8, *reach*).

use super::path::Spot;
use super::surroundings::{Feed, Surroundings};
use crate::library::Reach;
use crate::model::{Access, Id};
use crate::risk::{Binding, Opening};
use std::collections::BTreeMap;

/// What an attempt takes of the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    /// It holds the element: access is no question.
    Inside,
    /// Its access decides.
    Outside,
    /// The same, and only for agents with privileged access.
    Privileged,
    /// Only for suppliers, and for those able to be one (capability 5).
    Supplier,
    /// Only for those with physical access.
    Physical,
}

/// Trust in a boundary that counts as boundless.
const ANY: u8 = 9;

type Found = BTreeMap<(Spot, From), f64>;

/// Positions with the share of the opening's probability each has.
pub(super) fn positions(around: &Surroundings<'_>, opening: &Opening<'_>) -> Found {
    let mut out = Found::new();
    let mut put = |spot: Spot, by: From, share: f64| {
        let best = out.entry((spot, by)).or_default();
        *best = f64::max(*best, share);
    };
    let element = |id: &Id| Spot::Element(id.clone());
    let zone = |id: &Id| Spot::Zone(id.clone());
    let (this, src, dst) = match &opening.binding {
        Binding::Element(id) => (Some(id), None, None),
        Binding::Flow { src, dst, .. } => (None, src.as_ref(), dst.as_ref()),
        Binding::Boundary(_) => (None, None, None),
    };
    match (opening.access, opening.reach, &opening.binding) {
        (Access::Supp, ..) => put(Spot::Start, From::Supplier, 1.0),
        (Access::Phys, ..) => put(Spot::Start, From::Physical, 1.0),
        (_, Reach::Rem, _) => put(Spot::Start, From::Outside, 1.0),
        (_, _, Binding::Boundary(id)) => around.within(id).iter().for_each(|n| put(element(n), From::Inside, 1.0)),
        (access, Reach::At, _) => {
            let Some(target) = this.or(src) else { return out };
            put(element(target), From::Inside, 1.0);
            let by = match access {
                Access::Anon => Some(From::Outside),
                Access::Priv => Some(From::Privileged),
                _ => None,
            };
            if let Some(by) = by {
                around.chain(target).iter().for_each(|z| put(zone(z), by, 1.0));
            }
        }
        (access, Reach::Into, _) => {
            let Some(target) = taker(around, opening) else { return out };
            // Nobody sends from where more trust is needed than the target has.
            let most = around.trust(target).filter(|trust| *trust > 0).unwrap_or(ANY);
            for (sender, Feed { share, .. }) in around.feeders(target) {
                put(element(sender), From::Inside, share);
                if access == Access::Anon {
                    let open = around.chain(sender).iter().filter(|z| around.trust_in(z).is_none_or(|trust| trust <= most));
                    open.for_each(|z| put(zone(z), From::Outside, share));
                }
            }
        }
        (_, Reach::Path, _) => {
            opening.crosses.iter().for_each(|z| put(zone(z), From::Outside, 1.0));
            let ends: Vec<&Id> = src.into_iter().chain(dst).collect();
            for zone in ends.iter().filter_map(|end| around.innermost(end)) {
                let neighbours = around.together(Some(zone)).iter().filter(|n| !ends.contains(n));
                neighbours.for_each(|n| put(element(n), From::Inside, 1.0));
            }
        }
        (access, Reach::In, _) => match this {
            Some(this) => {
                let neighbours = around.together(around.innermost(this)).iter().filter(|n| **n != this);
                neighbours.for_each(|n| put(element(n), From::Inside, 1.0));
                around.partners(this).iter().for_each(|n| put(element(n), From::Inside, 1.0));
                if matches!(access, Access::Priv | Access::Local) {
                    around.chain(this).iter().for_each(|z| put(zone(z), From::Privileged, 1.0));
                }
            }
            None => src.into_iter().chain(dst).for_each(|end| put(element(end), From::Inside, 1.0)),
        },
    }
    out
}

/// Which element takes in what is sent.
fn taker<'m>(around: &Surroundings<'m>, opening: &Opening<'_>) -> Option<&'m Id> {
    match &opening.binding {
        Binding::Element(id) => around.element(id),
        Binding::Flow { src, .. } => around.element(src.as_ref()?),
        Binding::Boundary(_) => None,
    }
}

/// What an attempt passes between a position and where it is taken in: flows, and the elements between them.
pub(super) fn via(around: &Surroundings<'_>, opening: &Opening<'_>, from: &Spot) -> Vec<Id> {
    let Some(target) = taker(around, opening).filter(|_| opening.reach == Reach::Into) else { return Vec::new() };
    let feeders = around.feeders(target);
    let sender = match from {
        Spot::Element(id) => Some(id),
        Spot::Zone(zone) => {
            let inside = feeders.iter().filter(|(id, _)| around.chain(id).contains(zone));
            inside.max_by(|a, b| a.1.share.total_cmp(&b.1.share).then_with(|| b.0.cmp(a.0))).map(|(id, _)| *id)
        }
        Spot::Start | Spot::Goal(_) => None,
    };
    sender.map_or_else(Vec::new, |sender| Surroundings::passed(&feeders, sender))
}
