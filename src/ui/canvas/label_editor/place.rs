//! Where a label stands on the diagram, and on what.

use crate::geometry::{Point, Rect, Vec2, vec2};
use crate::model::{ElementKind, Id};
use crate::scene::BoxKind;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::ViewCx;

/// The field for the name of a flow that has none, and room for the head of a flow beside it.
const FIELD: (f32, f32) = (80.0, 16.0);
const HEAD: f32 = 24.0;

/// Where and how a label is typed.
#[derive(Debug)]
pub(super) struct Place {
    pub rect: Rect,
    pub face: Face,
    /// In points at full size.
    pub size: f32,
    pub ground: Ink,
}

impl Place {
    pub fn of(cx: &ViewCx<'_>, id: &Id) -> Option<Place> {
        if let Some(placed) = cx.layout.boxes.get(id) {
            let element = |ground| Place { rect: placed.rect.expand(-12.0), face: Face::Bold, size: 13.0, ground };
            return Some(match placed.kind {
                BoxKind::Element(kind) => element(ground_of(kind)),
                BoxKind::Note => Place { rect: placed.rect.expand(-8.0), face: Face::Regular, size: 12.0, ground: Ink::Panel },
                BoxKind::Folded => {
                    let rect = Rect { x: placed.rect.x + 30.0, y: placed.rect.y + 12.0, w: placed.rect.w - 40.0, h: 22.0 };
                    Place { rect, face: Face::Bold, size: 13.0, ground: Ink::Panel }
                }
                BoxKind::Boundary => {
                    let rect = placed.tab.unwrap_or(Rect { h: 20.0, ..placed.rect });
                    Place { rect, face: Face::Bold, size: 11.0, ground: Ink::Canvas }
                }
            });
        }
        let at = |rect, size| Place { rect, face: Face::Regular, size, ground: Ink::Canvas };
        if let Some(flow) = cx.layout.flows.get(id) {
            let label = flow.label.as_ref().map(|l| l.text).filter(|r| r.w > 0.0);
            let middle = || halfway(&flow.points).map(|(p, piece)| Rect::from_center(p + beside(piece), FIELD.0, FIELD.1));
            return Some(at(label.or_else(middle)?, 12.0));
        }
        let line = cx.layout.lines.get(id)?;
        Some(at(line.tab.or_else(|| halfway(&line.points).map(|(p, _)| Rect::from_center(p, FIELD.0, FIELD.1)))?, 11.0))
    }
}

pub(super) fn ground_of(kind: ElementKind) -> Ink {
    match kind {
        ElementKind::Process => Ink::ProcessFill,
        ElementKind::DataStore => Ink::StoreFill,
        ElementKind::ExternalEntity => Ink::EntityFill,
    }
}

/// Where the name of a flow is typed, from the middle of its course: above a level piece that the field would hide with
/// both of its ends.
fn beside(piece: Vec2) -> Vec2 {
    let is_hidden = piece.x.abs() > piece.y.abs() && piece.x.abs() < FIELD.0 + 2.0 * HEAD;
    if is_hidden { vec2(0.0, -FIELD.1) } else { Vec2::ZERO }
}

/// The point in the middle of a course, and the piece it is on.
fn halfway(points: &[Point]) -> Option<(Point, Vec2)> {
    let pieces = || points.iter().zip(points.iter().skip(1));
    let mut left = pieces().map(|(a, b)| a.distance(*b)).sum::<f32>() / 2.0;
    for (a, b) in pieces() {
        let length = a.distance(*b);
        if length >= left && length > 0.0 {
            return Some((a.lerp(*b, left / length), *b - *a));
        }
        left -= length;
    }
    points.first().map(|p| (*p, Vec2::ZERO))
}
