//! What lies under an element that is dropped gives way, just far enough, and takes along what it meets.

use super::GRID;
use crate::geometry::{Rect, Vec2, WAYS};
use crate::model::Id;
use std::collections::{BTreeMap, VecDeque};

/// Room left between two elements.
const GAP: f32 = 3.0 * GRID;
/// What comes this near to another on its way takes it along.
const NEAR: f32 = GRID;

/// How far each of the others goes; `drops` are places before and after. What lay on another before goes on doing so.
pub fn make_way(drops: &[(Rect, Rect)], others: &BTreeMap<Id, Rect>) -> BTreeMap<Id, Vec2> {
    let mut now = others.clone();
    let mut out: BTreeMap<Id, Vec2> = BTreeMap::new();
    for (was, drop) in drops {
        // Each step clears one for good: the limit is for numbers too large to add to.
        for _ in 0..others.len() {
            let covered = now.iter().find(|(id, r)| r.intersects(*drop) && others.get(*id).is_some_and(|r| !r.intersects(*was)));
            let Some(first) = covered.map(|(id, _)| id.clone()) else { break };
            let ways = WAYS.iter().map(|way| clear(&first, *drop, *way, drops, &now));
            let effort = |way: &BTreeMap<Id, Vec2>| way.values().map(|by| by.length()).sum::<f32>();
            let Some(way) = ways.min_by(|a, b| effort(a).total_cmp(&effort(b))) else { break };
            for (id, by) in way {
                if let Some(r) = now.get_mut(&id) {
                    *r = r.translate(by);
                }
                let moved = out.entry(id).or_insert(Vec2::ZERO);
                *moved = *moved + by;
            }
        }
    }
    out
}

/// Moves one out of the way of what is dropped, in one direction, and whatever is met on the way.
fn clear(first: &Id, drop: Rect, way: Vec2, drops: &[(Rect, Rect)], now: &BTreeMap<Id, Rect>) -> BTreeMap<Id, Vec2> {
    let mut out: BTreeMap<Id, Vec2> = BTreeMap::new();
    let mut work = VecDeque::from([(first.clone(), drop)]);
    for _ in 0..now.len() * 4 + 8 {
        let Some((id, presser)) = work.pop_front() else { break };
        let Some(start) = now.get(&id) else { continue };
        let so_far = out.get(&id).copied().unwrap_or(Vec2::ZERO);
        let mut place = start.translate(so_far);
        place = place.translate(way * distance(presser, place, way));
        // Over what was dropped with it.
        for _ in 0..drops.len() {
            let Some((_, on)) = drops.iter().find(|(_, d)| d.intersects(place)) else { break };
            place = place.translate(way * distance(*on, place, way));
        }
        let by = place.min() - start.min();
        if by.length() <= so_far.length() {
            continue;
        }
        out.insert(id.clone(), by);
        for (other, r) in now.iter().filter(|(other, _)| **other != id) {
            let there = r.translate(out.get(other).copied().unwrap_or(Vec2::ZERO));
            // Those that lay on each other before may go on doing so.
            if place.expand(NEAR).intersects(there) && !start.intersects(*r) {
                work.push_back((other.clone(), place));
            }
        }
    }
    out
}

/// How far `r` must go to be clear of `of`, in whole steps of the grid.
fn distance(of: Rect, r: Rect, way: Vec2) -> f32 {
    r.steps_out_of(of, way, GAP, GRID).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{rect, vec2};

    fn others(places: &[(&str, Rect)]) -> BTreeMap<Id, Rect> {
        places.iter().map(|(id, r)| (Id::new(*id), *r)).collect()
    }

    #[test]
    fn what_is_covered_goes_the_shortest_way_and_takes_its_neighbour_along() {
        // Tall ones: down or up would be further than both together to the right.
        let drop = rect(0.0, 0.0, 100.0, 140.0);
        let there = others(&[("a", rect(80.0, 8.0, 100.0, 140.0)), ("b", rect(190.0, 8.0, 100.0, 140.0))]);
        let way = make_way(&[(rect(-400.0, 0.0, 100.0, 140.0), drop)], &there);
        assert_eq!(way.keys().map(Id::as_str).collect::<Vec<_>>(), ["a", "b"]);
        let placed: Vec<Rect> = there.iter().map(|(id, r)| r.translate(way[id])).collect();
        assert!(!placed[0].intersects(drop) && !placed[0].intersects(placed[1]), "{placed:?}");
        assert!(way.values().all(|by| by.y == 0.0 && by.x > 0.0));
    }

    #[test]
    fn what_lay_on_another_before_and_what_is_not_covered_stays() {
        let there = others(&[("under", rect(50.0, 0.0, 100.0, 60.0)), ("far", rect(500.0, 0.0, 100.0, 60.0))]);
        let before = rect(40.0, 0.0, 100.0, 60.0);
        assert!(make_way(&[(before, before.translate(vec2(8.0, 0.0)))], &there).is_empty());
    }
}
