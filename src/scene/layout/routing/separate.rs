//! Puts things on a line at least so far apart, as near to their wishes as that allows: blocks of what touches are moved as
//! one (the idea of Dwyer, Marriott and Stuckey, "Fast Node Overlap Removal", 2005).
#![expect(clippy::indexing_slicing, reason = "blocks and members are numbered by the lists they are in")]

/// Something that has a place on a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thing {
    pub wish: f32,
    pub weight: f32,
    pub min: f32,
    pub max: f32,
}

/// `before` comes before `after`, both by number; of every pair the first has the smaller number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub before: usize,
    pub after: usize,
    /// The most they are kept apart.
    pub gap: f32,
}

/// Places for all things, which are given in their order. Where there is no room for a gap it is smaller, and where there is
/// none for the order that is given up: limits always hold.
pub(super) fn separate(things: &[Thing], pairs: &[Pair]) -> Vec<f32> {
    let mut into: Vec<Vec<(usize, f32)>> = vec![Vec::new(); things.len()];
    for p in pairs {
        into[p.after].push((p.before, p.gap));
    }
    let least = fit(things, &mut into);
    let mut most: Vec<f32> = things.iter().map(|t| t.max).collect();
    for (n, before) in into.iter().enumerate().rev() {
        for (b, gap) in before {
            most[*b] = most[*b].min(most[n] - gap);
        }
    }
    most.iter_mut().zip(&least).for_each(|(most, least)| *most = most.max(*least));
    let mut places: Vec<f32> = blocks(things, &into, &least, &most);
    // What rounding and limits left over.
    for n in 0..things.len() {
        let pushed = into[n].iter().map(|(b, gap)| places[*b] + gap).fold(places[n], f32::max);
        places[n] = pushed.clamp(least[n], most[n]);
    }
    places
}

/// Makes gaps smaller until all have room; returns the least place of each.
fn fit(things: &[Thing], into: &mut [Vec<(usize, f32)>]) -> Vec<f32> {
    let mut least: Vec<f32> = vec![0.0; things.len()];
    let mut pushed_by: Vec<Option<usize>> = vec![None; things.len()];
    // Shrinking comes to an end; the limit is for numbers too large to tell a small step from none.
    let (mut n, mut patience) = (0, 100 * things.len() + 1000);
    while n < things.len() {
        (least[n], pushed_by[n]) = (things[n].min, None);
        for (k, (b, gap)) in into[n].iter().enumerate() {
            if least[*b] + gap > least[n] {
                (least[n], pushed_by[n]) = (least[*b] + gap, Some(k));
            }
        }
        if least[n] <= things[n].max + 0.01 {
            n += 1;
            continue;
        }
        // The gaps from where the push comes from to here become smaller.
        let (mut chain, mut at) = (vec![], n);
        while let Some(k) = pushed_by[at] {
            chain.push((at, k));
            at = into[at][k].0;
        }
        let first = chain.last().map_or(n, |(at, _)| *at);
        // Evenly, so that none of those on the way gets more than the others.
        let share = (things[n].max - least[at]) / chain.len().max(1) as f32;
        if chain.is_empty() {
            n += 1;
        } else if share < 0.01 || patience == 0 {
            // The last one is let go; the others may still hold.
            let (at, k) = chain[0];
            into[at].remove(k);
        } else {
            for (at, k) in chain {
                into[at][k].1 = into[at][k].1.min(share);
            }
            (n, patience) = (first, patience - 1);
        }
    }
    least
}

/// Everything that moves together.
struct Block {
    members: Vec<usize>,
    at: f64,
    weight: f64,
}

fn blocks(things: &[Thing], into: &[Vec<(usize, f32)>], least: &[f32], most: &[f32]) -> Vec<f32> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut of: Vec<usize> = Vec::with_capacity(things.len());
    // Where each is from the place of its block.
    let mut offset: Vec<f64> = vec![0.0; things.len()];
    for (n, thing) in things.iter().enumerate() {
        let wish = thing.wish.clamp(least[n], most[n]);
        of.push(blocks.len());
        blocks.push(Block { members: vec![n], at: f64::from(wish), weight: f64::from(thing.weight) });
        let mine = of[n];
        for _ in 0..things.len() {
            // The worst of what it presses on.
            let mut worst: Option<(f64, usize, f64)> = None;
            for m in &blocks[mine].members {
                for (b, gap) in into[*m].iter().filter(|(b, _)| of[*b] != mine) {
                    let gap = f64::from(*gap);
                    let lack = blocks[of[*b]].at + offset[*b] + gap - (blocks[mine].at + offset[*m]);
                    if lack > 1e-3 && worst.is_none_or(|(most, ..)| lack > most) {
                        worst = Some((lack, *b, offset[*b] + gap - offset[*m]));
                    }
                }
            }
            let Some((_, b, by)) = worst else { break };
            // The other block joins this one; `by` is where this one is from the place of the other.
            let other = of[b];
            let joined = std::mem::take(&mut blocks[other].members);
            let (w, v) = (blocks[mine].weight, blocks[other].weight);
            blocks[mine].at = (blocks[mine].at * w + (blocks[other].at + by) * v) / (w + v);
            blocks[mine].weight = w + v;
            for m in joined {
                of[m] = mine;
                offset[m] -= by;
                blocks[mine].members.push(m);
            }
        }
    }
    (0..things.len()).map(|n| ((blocks[of[n]].at + offset[n]) as f32).clamp(least[n], most[n])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(wish: f32, min: f32, max: f32) -> Thing {
        Thing { wish, weight: 1.0, min, max }
    }

    #[test]
    fn what_wants_the_same_place_stands_evenly_around_it() {
        let things = [thing(50.0, 0.0, 100.0); 3];
        let pair = |before, after| Pair { before, after, gap: 10.0 };
        assert_eq!(separate(&things, &[pair(0, 1), pair(1, 2), pair(0, 2)]), [40.0, 50.0, 60.0]);
    }

    #[test]
    fn limits_hold_and_gaps_shrink_where_there_is_no_room() {
        let things = [thing(50.0, 0.0, 100.0), thing(0.0, 0.0, 12.0), thing(3.0, 0.0, 12.0)];
        let places = separate(&things, &[Pair { before: 1, after: 2, gap: 16.0 }]);
        assert_eq!(places[0], 50.0);
        assert!(places[1] >= 0.0 && places[2] <= 12.0 && places[2] - places[1] > 7.0, "{places:?}");
    }
}
