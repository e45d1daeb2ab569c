//! Parts that no flow joins, side by side in rows of a good shape.

use super::flat::{Flat, Placed, Spacing};
use super::numbered::Of;

/// Puts drawn parts (the boxes they hold, and these placed) into one drawing.
pub(super) fn pack(flat: &Flat, parts: &[(Vec<usize>, Placed)], spacing: &Spacing, shape: f32) -> Placed {
    let mut order: Vec<&(Vec<usize>, Placed)> = parts.iter().collect();
    if flat.has_places {
        let middle = |part: &(Vec<usize>, Placed)| {
            let all = part.0.iter().map(|n| flat.node(*n).was);
            let sum = all.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            let count = part.0.len().max(1) as f32;
            (sum.0 / count, sum.1 / count)
        };
        order.sort_by(|a, b| {
            let (a, b) = (middle(a), middle(b));
            (a.1 / 160.0).floor().total_cmp(&(b.1 / 160.0).floor()).then(a.0.total_cmp(&b.0))
        });
    } else {
        order.sort_by(|a, b| b.1.size.1.total_cmp(&a.1.size.1));
    }
    let gap = if parts.len() > 1 { spacing.across * 1.25 } else { 0.0 };
    let sizes: Vec<(f32, f32)> = order.iter().map(|(_, placed)| placed.size).collect();
    let widest = sizes.iter().map(|s| s.0).fold(0.0, f32::max);
    let whole: f32 = sizes.iter().map(|s| s.0 + gap).sum();
    // Rows of several lengths; the one whose drawing is least, seen in a window of the wished shape.
    let lengths = (0..=24).map(|n| widest + (whole - widest).max(0.0) * n as f32 / 24.0);
    let cost = |size: (f32, f32)| (size.0 / shape).max(size.1);
    let tried = lengths.map(|length| rows(&sizes, length, gap));
    let best = tried.min_by(|a, b| cost(a.1).total_cmp(&cost(b.1))).unwrap_or_default();
    let mut corners: Of<(f32, f32)> = Of::new(flat.nodes.len());
    for ((members, placed), at) in order.into_iter().zip(best.0) {
        for (k, n) in members.iter().enumerate() {
            let inner = placed.corners.get(k);
            corners.set(*n, (at.0 + inner.0, at.1 + inner.1));
        }
    }
    Placed { corners, size: best.1 }
}

/// Corners of blocks in rows no longer than `length`, and the size of all.
fn rows(sizes: &[(f32, f32)], length: f32, gap: f32) -> (Vec<(f32, f32)>, (f32, f32)) {
    let (mut out, mut at, mut row, mut far) = (Vec::with_capacity(sizes.len()), (0.0f32, 0.0f32), 0.0f32, 0.0f32);
    for (w, h) in sizes {
        if at.0 > 0.0 && at.0 + w > length + 0.5 {
            at = (0.0, at.1 + row + gap);
            row = 0.0;
        }
        out.push(at);
        far = far.max(at.0 + w);
        row = row.max(*h);
        at.0 += w + gap;
    }
    (out, (far, at.1 + row))
}
