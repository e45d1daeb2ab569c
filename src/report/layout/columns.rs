//! How wide the columns of a table are: as their content asks, within what the table says.

use super::hand::Hand;
use super::lines::widths;
use crate::report::tree::{Column, Rich, Table, Width};

/// Room between columns.
pub const GAP: f32 = 8.0;
/// No column is narrower.
const LEAST: f32 = 4.0;
/// A column is made wider than it was meant to be for the sake of a long word up to this share of the table.
const FOR_A_WORD: f32 = 0.28;
/// Rows that are looked at; those after them follow.
const ROWS: usize = 400;
/// Longer texts want more than any column has; they are not measured.
const LONG: usize = 600;

/// Left edge, width and alignment of every column.
pub fn places(table: &Table, width: f32, hand: Hand) -> Vec<(f32, f32, bool)> {
    let gaps = GAP * table.columns.len().saturating_sub(1) as f32;
    let free = (width - gaps).max(LEAST);
    let wanted: Vec<(f32, f32)> = (0..table.columns.len()).map(|n| wanted(table, n, hand)).collect();
    let mut widths: Vec<f32> = Vec::new();
    let mut shares: Vec<(usize, f32)> = Vec::new();
    for (n, (column, (_, word))) in table.columns.iter().zip(&wanted).enumerate() {
        match column.width {
            Width::Fixed(w) => widths.push(w.max(word.min(FOR_A_WORD * width))),
            Width::Share(share) => {
                widths.push(0.0);
                shares.push((n, share.max(0.01)));
            }
        }
    }
    let fixed: f32 = widths.iter().sum();
    // Fixed columns that leave too little room give way alike.
    let room_for_fixed = if shares.is_empty() { free } else { free * 0.8 };
    if fixed > room_for_fixed {
        let squeeze = room_for_fixed / fixed;
        widths.iter_mut().for_each(|w| *w *= squeeze);
    }
    let mut left = (free - widths.iter().sum::<f32>()).max(0.0);
    share_out(&mut widths, &mut shares, &wanted, &mut left);
    let mut x = 0.0;
    let place = |(column, w): (&Column, f32)| {
        let at = x;
        let w = w.max(LEAST);
        x += w + GAP;
        (at, w, column.right)
    };
    let places: Vec<(f32, f32, bool)> = table.columns.iter().zip(widths).map(place).collect();
    let all = places.last().map_or(0.0, |(x, w, _)| x + w);
    // A great many columns: everything gets smaller rather than leaving the page.
    let k = if all > width { width / all } else { 1.0 };
    places.into_iter().map(|(x, w, right)| (x * k, w * k, right)).collect()
}

/// Gives the free room to the columns that share it: those that need less than their share leave it to the others, those
/// with a long word get it whole where there is room.
fn share_out(widths: &mut [f32], shares: &mut Vec<(usize, f32)>, wanted: &[(f32, f32)], left: &mut f32) {
    let is_scarce = shares.iter().map(|(n, _)| wanted.get(*n).map_or(0.0, |w| w.0)).sum::<f32>() > *left;
    while is_scarce && shares.len() > 1 {
        let sum: f32 = shares.iter().map(|(_, s)| s).sum();
        let part = |s: f32| *left * s / sum;
        let modest = shares.iter().position(|(n, s)| wanted.get(*n).is_some_and(|(line, _)| *line + 1.0 < part(*s)));
        let wordy =
            || shares.iter().position(|(n, s)| wanted.get(*n).is_some_and(|(_, word)| *word > part(*s) && *word < *left * 0.6));
        let Some(at) = modest.or_else(wordy) else { break };
        let (n, _) = shares.remove(at);
        let w = wanted.get(n).map_or(0.0, |(line, word)| if modest.is_some() { line + 1.0 } else { *word + 0.5 });
        if let Some(width) = widths.get_mut(n) {
            *width = w;
        }
        *left = (*left - w).max(0.0);
    }
    let sum: f32 = shares.iter().map(|(_, s)| s).sum();
    for (n, share) in shares.iter() {
        if let Some(width) = widths.get_mut(*n) {
            *width = *left * share / sum;
        }
    }
}

/// The width of a column's longest line, and of its longest word.
fn wanted(table: &Table, column: usize, hand: Hand) -> (f32, f32) {
    let cells = table.rows.iter().take(ROWS).map(|row| &row.cells).chain([&table.head]);
    let of = |cell: &Rich| {
        let letters: usize = cell
            .0
            .iter()
            .map(|inline| match inline {
                crate::report::tree::Inline::Text(span) => span.text.len(),
                _ => 0,
            })
            .sum();
        if letters > LONG { (f32::MAX / 4.0, 0.0) } else { widths(&hand.dressed(cell)) }
    };
    cells.filter_map(|cells| cells.get(column)).map(of).fold((0.0, 0.0), |a, b| (a.0.max(b.0).min(1e6), a.1.max(b.1)))
}
