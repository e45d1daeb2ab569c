//! What is read from afar: the risk of everything in a boundary on a pill large enough for it.

use super::badge::{roll_up, roll_up_extent, roll_up_pill};
use super::{Cx, Detail};
use crate::geometry::{Point, Rect, pt};
use crate::model::{Id, Key};
use crate::scene::layout::BoxKind;
use crate::scene::shape::{Item, Layer};

/// Height of a usual pill, in world units.
const PILL: f32 = 20.0;

/// A pill for every boundary that has room for one, the outer ones first, none over another.
pub(super) fn pills(cx: &Cx, out: &mut Vec<Item>) {
    let mut boundaries: Vec<(&Id, usize, Rect)> =
        cx.layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary).map(|(id, b)| (id, b.depth, b.rect)).collect();
    boundaries.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
    let mut taken: Vec<Rect> = Vec::new();
    for (id, _, frame) in boundaries {
        let risk = roll_up(cx.assessment, id);
        if risk.count == 0 {
            continue;
        }
        let most = if cx.look.detail == Detail::Far { 16.0 } else { 4.5 };
        let scale = (frame.w.min(frame.h) * 0.24).clamp(PILL * 1.2, PILL * most) / PILL;
        let is_free = |center: &Point| {
            let room = roll_up_extent(*center, &risk, scale);
            taken.iter().all(|t| !t.intersects(room))
        };
        let Some(center) = corners(frame, scale).into_iter().find(is_free) else { continue };
        let mut shapes = Vec::new();
        let bounds = roll_up_pill(center, &risk, scale, &mut shapes);
        taken.push(bounds);
        out.push(Item { key: Some(Key::Boundary(id.clone())), layer: Layer::Badge, bounds, shapes, alt: String::new() });
    }
}

/// Places on the seam to try: the corners, as far in as the pill is long, then the middle.
fn corners(frame: Rect, scale: f32) -> [Point; 5] {
    let inset = (1.6 * PILL * scale).min(frame.w / 2.0);
    let (left, right) = (frame.x + inset, frame.right() - inset);
    [pt(left, frame.y), pt(right, frame.y), pt(left, frame.bottom()), pt(right, frame.bottom()), frame.center()]
}
