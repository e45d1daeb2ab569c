//! The k likeliest ways without circles (Yen 1971; Lawler 1972 for where they part).

use super::ground::START;
use super::net::{Hop, Net};
use super::search::{Closed, search};
use std::ops::ControlFlow;

/// A way, and the first of its hops that no likelier way has.
type Way = (Vec<Hop>, usize);

/// Hands over the ways from the start to a vertex, the likeliest first, until `take` has enough. `ahead` is what is left to
/// that vertex from everywhere.
pub(super) fn ways(net: &Net<'_, '_>, to: usize, ahead: &[f64], mut take: impl FnMut(&[Hop]) -> ControlFlow<()>) {
    let alike = |hop: &Hop| net.ground().alike(hop.to);
    let same =
        |a: &[Hop], b: &[Hop]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.from, alike(a)) == (b.from, alike(b)));
    let Some(best) = search(net, START, to, ahead, &Closed::default()) else { return };
    let mut out: Vec<Way> = vec![(best, 0)];
    let mut candidates: Vec<Way> = Vec::new();
    while let Some((last, parts)) = out.last().cloned() {
        if take(&last).is_break() {
            return;
        }
        // Where it is as a likelier way is, that one has been left already.
        for (n, hop) in last.iter().enumerate().skip(parts) {
            let root = last.get(..n).unwrap_or_default();
            let same_root = out.iter().filter(|(way, _)| way.get(..n).is_some_and(|start| same(start, root)));
            let taken = same_root.filter_map(|(way, _)| way.get(n)).map(|hop| (hop.from, alike(hop)));
            let closed = Closed { hops: taken.collect(), vertices: root.iter().map(|hop| hop.from).collect() };
            let Some(rest) = search(net, hop.from, to, ahead, &closed) else { continue };
            let way: Vec<Hop> = root.iter().copied().chain(rest).collect();
            if !out.iter().chain(&candidates).any(|(known, _)| same(known, &way)) {
                candidates.push((way, n));
            }
        }
        let likeliest = candidates.iter().enumerate().max_by(|(n, a), (m, b)| p(&a.0).total_cmp(&p(&b.0)).then(m.cmp(n)));
        let Some(at) = likeliest.map(|(n, _)| n) else { return };
        out.push(candidates.remove(at));
    }
}

fn p(way: &[Hop]) -> f64 {
    way.iter().map(|hop| hop.p).product()
}
