//! New things laid out among themselves: columns by what follows what, every boundary as a block of its own around its
//! members. By construction nothing overlaps and no boundary encloses a stranger.

use crate::geometry::{Rect, Vec2, rect, vec2};
use crate::model::Id;
use crate::tool::GRID;
use std::collections::{BTreeMap, BTreeSet};

/// Room between columns at least, and between things in a column.
const COLUMNS: f32 = 96.0;
const ROWS: f32 = 56.0;
/// Room between a seam and what it holds; more above for the name tab.
pub const PADDING: f32 = 32.0;
pub const TAB: f32 = 8.0;
/// About the width of a letter of a label.
const LETTER: f32 = 6.5;

/// What is to be laid out.
#[derive(Debug, Default)]
pub struct Plan {
    /// Sizes of elements.
    pub elements: BTreeMap<Id, (f32, f32)>,
    /// Elements and boundaries directly in each boundary, in the order they were mentioned.
    pub members: BTreeMap<Id, Vec<Id>>,
    /// Flows between elements, with the length of their labels in letters.
    pub flows: Vec<(Id, Id, usize)>,
}

impl Plan {
    /// Places of these items and all their content, from (0, 0) on, and the size of the whole.
    pub fn lay_out(&self, items: &[Id]) -> (Vec<(Id, Rect)>, Vec2) {
        let blocks: Vec<(Vec<(Id, Rect)>, Vec2)> = items.iter().map(|id| self.block(id)).collect();
        let flows = self.lifted(items);
        let ranks = ranks(items.len(), &flows);
        let longest = flows.iter().map(|(.., letters)| *letters).max().unwrap_or_default();
        let gap = up(COLUMNS.max(longest as f32 * LETTER + 40.0).min(2.5 * COLUMNS));
        let columns = columns(&ranks, &flows);
        let height = |column: &[usize]| -> f32 {
            let sum: f32 = column.iter().filter_map(|n| blocks.get(*n)).map(|(_, size)| size.y + ROWS).sum();
            sum - ROWS
        };
        let tallest = columns.iter().map(|c| height(c)).fold(0.0, f32::max);
        let (mut places, mut x) = (Vec::new(), 0.0);
        for column in &columns {
            let mut y = down((tallest - height(column)) / 2.0);
            let width = column.iter().filter_map(|n| blocks.get(*n)).map(|(_, size)| size.x).fold(0.0, f32::max);
            for (block, size) in column.iter().filter_map(|n| blocks.get(*n)) {
                let by = vec2(x + down((width - size.x) / 2.0), y);
                places.extend(block.iter().map(|(id, r)| (id.clone(), r.translate(by))));
                y += size.y + ROWS;
            }
            x += width + gap;
        }
        (places, vec2((x - gap).max(0.0), tallest.max(0.0)))
    }

    /// An element, or a boundary around its content.
    fn block(&self, id: &Id) -> (Vec<(Id, Rect)>, Vec2) {
        if let Some((w, h)) = self.elements.get(id) {
            return (vec![(id.clone(), rect(0.0, 0.0, *w, *h))], vec2(*w, *h));
        }
        let members = self.members.get(id).map(Vec::as_slice).unwrap_or_default();
        let (mut places, inner) = self.lay_out(members);
        let inner = if members.is_empty() { vec2(128.0, 64.0) } else { inner };
        let by = vec2(PADDING, PADDING + TAB);
        places.iter_mut().for_each(|(_, r)| *r = r.translate(by));
        let size = vec2(up(inner.x + 2.0 * PADDING), up(inner.y + 2.0 * PADDING + TAB));
        places.insert(0, (id.clone(), rect(0.0, 0.0, size.x, size.y)));
        (places, size)
    }

    /// The flows between items, those of their content included.
    fn lifted(&self, items: &[Id]) -> Vec<(usize, usize, usize)> {
        let mut home: BTreeMap<&Id, usize> = BTreeMap::new();
        for (n, item) in items.iter().enumerate() {
            home.extend(self.content(item).into_iter().map(|id| (id, n)));
        }
        let lifted = self.flows.iter().filter_map(|(a, b, letters)| Some((*home.get(a)?, *home.get(b)?, *letters)));
        lifted.filter(|(a, b, _)| a != b).collect()
    }

    /// The item and everything inside.
    pub fn content<'a>(&'a self, item: &'a Id) -> Vec<&'a Id> {
        let (mut all, mut seen) = (vec![item], BTreeSet::from([item]));
        let mut n = 0;
        while let Some(id) = all.get(n).copied() {
            let inner = self.members.get(id).into_iter().flatten();
            all.extend(inner.filter(|id| seen.insert(*id)));
            n += 1;
        }
        all
    }
}

fn up(v: f32) -> f32 {
    (v / GRID).ceil() * GRID
}

fn down(v: f32) -> f32 {
    (v / GRID).floor() * GRID
}

/// How many flows lead to each item at most; flows that close a circle do not count.
fn ranks(count: usize, flows: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (from, to, _) in flows {
        if !leads(*to, *from, &kept) {
            kept.push((*from, *to));
        }
    }
    // Without circles the longest path is found after as many rounds as there are items.
    for _ in 0..count {
        for (from, to) in &kept {
            let least = ranks.get(*from).map_or(0, |rank| rank + 1);
            if let Some(rank) = ranks.get_mut(*to) {
                *rank = least.max(*rank);
            }
        }
    }
    ranks
}

/// Whether one gets from one item to another.
fn leads(from: usize, to: usize, flows: &[(usize, usize)]) -> bool {
    let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
    while let Some(here) = todo.pop() {
        if here == to {
            return true;
        }
        if seen.insert(here) {
            todo.extend(flows.iter().filter(|(a, _)| *a == here).map(|(_, b)| *b));
        }
    }
    false
}

/// Items by rank; within a column near what leads to them.
fn columns(ranks: &[usize], flows: &[(usize, usize, usize)]) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); ranks.iter().max().map_or(0, |most| most + 1)];
    for (n, rank) in ranks.iter().enumerate() {
        if let Some(column) = columns.get_mut(*rank) {
            column.push(n);
        }
    }
    let mut row: BTreeMap<usize, f32> = BTreeMap::new();
    for column in &mut columns {
        let middle = (column.len() as f32 - 1.0) / 2.0;
        let wish = |n: &usize| {
            let from: Vec<f32> =
                flows.iter().filter(|(_, to, _)| to == n).filter_map(|(from, ..)| row.get(from).copied()).collect();
            if from.is_empty() { 0.0 } else { from.iter().sum::<f32>() / from.len() as f32 }
        };
        column.sort_by(|a, b| wish(a).total_cmp(&wish(b)).then(a.cmp(b)));
        row.extend(column.iter().enumerate().map(|(at, n)| (*n, at as f32 - middle)));
    }
    columns
}
