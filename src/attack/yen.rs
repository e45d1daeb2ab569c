//! The k likeliest ways without circles (Yen 1971).

use super::ground::START;
use super::net::{Hop, Net};
use super::search::search;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Hands over the ways from the start to a vertex, the likeliest first, until `take` has enough.
pub(super) fn ways(net: &Net<'_, '_>, to: usize, mut take: impl FnMut(&[Hop]) -> ControlFlow<()>) {
    let found = |from, hops: &HashSet<_>, closed: &HashSet<_>| search(net, from, Some(to), hops, closed).way_to(to);
    let alike = |hop: &Hop| net.ground().alike(hop.to);
    let same =
        |a: &[Hop], b: &[Hop]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.from, alike(a)) == (b.from, alike(b)));
    let Some(best) = found(START, &HashSet::new(), &HashSet::new()) else { return };
    let mut out = vec![best];
    let mut candidates: Vec<Vec<Hop>> = Vec::new();
    while let Some(last) = out.last().cloned() {
        if take(&last).is_break() {
            return;
        }
        for (n, at) in last.iter().map(|hop| hop.from).enumerate() {
            let root = last.get(..n).unwrap_or_default();
            let same_root = out.iter().filter(|way| way.get(..n).is_some_and(|start| same(start, root)));
            let taken: HashSet<(usize, usize)> =
                same_root.filter_map(|way| way.get(n)).map(|hop| (hop.from, alike(hop))).collect();
            let behind: HashSet<usize> = root.iter().map(|hop| hop.from).collect();
            let Some(rest) = found(at, &taken, &behind) else { continue };
            let way: Vec<Hop> = root.iter().copied().chain(rest).collect();
            if !out.iter().chain(&candidates).any(|known| same(known, &way)) {
                candidates.push(way);
            }
        }
        let likeliest = candidates.iter().enumerate().max_by(|(n, a), (m, b)| p(a).total_cmp(&p(b)).then(m.cmp(n)));
        let Some(at) = likeliest.map(|(n, _)| n) else { return };
        out.push(candidates.remove(at));
    }
}

fn p(way: &[Hop]) -> f64 {
    way.iter().map(|hop| hop.p).product()
}
