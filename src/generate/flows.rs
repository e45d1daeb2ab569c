//! Who talks to whom: mostly to neighbours and to the next network, now and then far away.

use super::landscape::asset_id;
use super::words::{ASSETS, TO_EDGE, TO_OUTSIDE, TO_QUEUE, TO_SERVICE, TO_STORE, Talk, channel};
use super::{Made, Spot};
use crate::model::*;
use std::collections::BTreeMap;

/// Networks by landscape, environment and place, each with the positions of its elements.
type Networks = BTreeMap<(usize, Option<usize>, usize), Vec<usize>>;

/// Draws `count` flows: one from every element in turn.
pub(super) fn connect(count: usize, made: &mut Made) {
    if made.spots.len() < 2 {
        return;
    }
    let mut networks = Networks::new();
    for (n, spot) in made.spots.iter().enumerate() {
        networks.entry((spot.landscape, spot.environment, spot.network)).or_default().push(n);
    }
    for n in 0..count {
        // Round by round, so that every element has its share whatever the number is.
        let from = n % made.spots.len();
        let to = partner(from, &networks, made).unwrap_or((from + 1) % made.spots.len());
        flow(n, from, to, made);
    }
}

/// Somebody the element has reason to talk to; never itself.
fn partner(from: usize, networks: &Networks, made: &mut Made) -> Option<usize> {
    let Made { draw, spots, .. } = made;
    let spot = spots.get(from)?;
    let chance = draw.below(100);
    if spot.environment.is_none() {
        // People and partners call the edge of their landscape.
        return pick(networks.get(&(spot.landscape, Some(0), 0))?, from, draw);
    }
    if chance < 50 {
        // The one to the right or below in the same network.
        let list = networks.get(&(spot.landscape, spot.environment, spot.network))?;
        let position = list.iter().position(|n| *n == from)?;
        let step = if draw.chance(60) { 1 } else { 4 };
        return list.get(position + step).or_else(|| list.first()).copied().filter(|n| *n != from);
    }
    if chance < 88 {
        // Edge to services, services to data and integration, integration to services and data.
        let next: &[usize] = match spot.network {
            0 => &[1],
            1 => &[2, 3],
            2 => &[1, 3],
            _ => &[3, 2],
        };
        let network = *draw.pick(next)?;
        return pick(networks.get(&(spot.landscape, spot.environment, network))?, from, draw);
    }
    if chance < 97 {
        let environment = Some(draw.below(4));
        return pick(networks.get(&(spot.landscape, environment, 1))?, from, draw);
    }
    if chance < 99 {
        return pick(networks.get(&(spot.landscape, None, 1))?, from, draw);
    }
    let landscape = draw.below(spots.last()?.landscape + 1);
    pick(networks.get(&(landscape, Some(0), 0))?, from, draw)
}

fn pick(of: &[usize], but: usize, draw: &mut super::Draw) -> Option<usize> {
    draw.pick(of).copied().filter(|n| *n != but)
}

fn flow(n: usize, from: usize, to: usize, made: &mut Made) {
    let Made { draw, spots, model } = made;
    let (Some(a), Some(b)) = (spots.get(from), spots.get(to)) else { return };
    let Some(Talk(name, protocol, authn)) = draw.pick(ways(b)) else { return };
    let asset = asset_id(a.landscape, draw.below(ASSETS.len()));
    let flow = Flow {
        name: name.replace("{}", &b.area.to_lowercase()),
        from: Some(a.id.clone()),
        to: Some(b.id.clone()),
        protocol: *protocol,
        authn: *authn,
        channel: channel(a.trust, b.trust),
        assets: if draw.chance(60) { [asset].into() } else { [].into() },
        bidirectional: draw.chance(80),
        ..Flow::default()
    };
    let id = Id::from(format!("f{:05}", n + 1));
    model.flows.insert(id.clone(), flow);
    made.place(&id, Placement::Route(Route::default()));
}

/// How one talks to an element.
fn ways(to: &Spot) -> &'static [Talk] {
    match to.kind {
        ElementKind::DataStore if to.is_queue => TO_QUEUE,
        ElementKind::DataStore => TO_STORE,
        ElementKind::ExternalEntity => TO_OUTSIDE,
        ElementKind::Process if to.network == 0 => TO_EDGE,
        ElementKind::Process => TO_SERVICE,
    }
}
