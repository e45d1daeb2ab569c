//! What a card would cover: elements, names, seams' tabs, flows, and what else lies on the canvas.

use crate::geometry;
use crate::model::Id;
use crate::scene::{BoxKind, Detail, DiagramLayout};
use crate::ui::canvas::{CanvasFrame, minimap, selection_bar};
use crate::ui::painter::View;
use egui::{Pos2, Rect, Vec2};
use std::collections::BTreeSet;

/// How bad it is to cover a square point of an element or a name; what stands next to the item is looked at with it.
const BOX: f32 = 3.0;
const NEXT: f32 = 6.0;
const LABEL: f32 = 4.0;
const NOTE: f32 = 1.0;
const PANEL: f32 = 20.0;
/// A point of the length of a flow, and a whole crossing.
const FLOW: f32 = 8.0;
const CROSSING: f32 = 600.0;
/// The leader line over an element, over a name and over a piece of a flow.
const LEADER: f32 = 9000.0;
const LEADER_OVER_NAME: f32 = 2000.0;
const LEADER_OVER_FLOW: f32 = 400.0;
/// Room for the pill of an element, in points.
const PILL: f32 = 14.0;
/// Room to take hold of an end or a bend.
const HANDLE: f32 = 24.0;

/// All in points of the screen.
#[derive(Debug, Default)]
pub(super) struct Around {
    areas: Vec<(Rect, f32)>,
    flows: Vec<(Pos2, Pos2)>,
    crossings: Vec<Pos2>,
    boxes: Vec<Rect>,
    names: Vec<Rect>,
}

impl Around {
    pub fn of(frame: &CanvasFrame<'_, '_>, view: &View, item: Rect, bar: Option<Rect>) -> Around {
        let (layout, mut out) = (frame.cx.layout, Around::default());
        let panels = minimap::place(frame).into_iter().chain(bar);
        out.areas.extend(panels.map(|r| (r, PANEL)));
        out.areas.extend(selection_bar::handles(frame, view, HANDLE).map(|r| (r, PANEL)));
        let is_own = |r: Rect| item.expand(2.0).contains(r.center());
        let seen = geometry::Rect::from_corners(view.to_world(frame.rect.min), view.to_world(frame.rect.max));
        // Of thousands of things only a pattern is seen, of which every place covers something.
        if Detail::of_view(layout, view.camera.scale, seen) == Detail::Far {
            return out;
        }
        let next = frame.selection.single().map(|own| neighbours(layout, own)).unwrap_or_default();
        for id in layout.near(seen) {
            if let Some(b) = layout.boxes.get(id) {
                let rect = view.rect_to_screen(b.rect);
                match b.kind {
                    BoxKind::Boundary => out.names.extend(b.tab.map(|tab| view.rect_to_screen(tab))),
                    BoxKind::Note => out.areas.push((rect, NOTE)),
                    _ if is_own(rect) => {}
                    _ => {
                        out.areas.push((rect.expand(PILL), if next.contains(id) { NEXT } else { BOX }));
                        out.boxes.push(rect);
                    }
                }
            }
            let Some(flow) = layout.flows.get(id) else { continue };
            let label = flow.label.as_ref().map(|l| view.rect_to_screen(l.bounds()));
            out.names.extend(label.filter(|l| !is_own(*l)));
            out.flows.extend(
                flow.points.iter().zip(flow.points.iter().skip(1)).map(|(a, b)| (view.to_screen(*a), view.to_screen(*b))),
            );
            out.crossings.extend(flow.crossings.iter().map(|c| view.to_screen(c.at)));
        }
        out.areas.extend(out.names.iter().map(|name| (*name, LABEL)));
        out
    }

    /// How bad it is for a card to lie here.
    pub fn covered(&self, at: Rect) -> f32 {
        let areas = self.areas.iter().map(|(r, weight)| (r.intersect(at), weight)).filter(|(r, _)| r.is_positive());
        let flows = self.flows.iter().map(|(a, b)| length_in(at, *a, *b)).sum::<f32>();
        let crossings = self.crossings.iter().filter(|p| at.contains(**p)).count() as f32;
        areas.map(|(r, weight)| r.area() * weight).sum::<f32>() + FLOW * flows + CROSSING * crossings
    }

    /// How bad a leader line is.
    pub fn crossed(&self, from: Pos2, to: Pos2) -> f32 {
        let over = |rects: &[Rect]| rects.iter().filter(|r| length_in(**r, from, to) > 0.0).count() as f32;
        let point = |p: Pos2| geometry::pt(p.x, p.y);
        let meets = |(a, b): &&(Pos2, Pos2)| geometry::goes_across((point(from), point(to)), (point(*a), point(*b)));
        let flows = self.flows.iter().filter(meets).count() as f32;
        over(&self.boxes) * LEADER + over(&self.names) * LEADER_OVER_NAME + flows * LEADER_OVER_FLOW
    }
}

/// The elements that flows lead to from one, or from there to it; of a boundary what stands in it.
fn neighbours<'a>(layout: &'a DiagramLayout, own: &Id) -> BTreeSet<&'a Id> {
    let Some(placed) = layout.boxes.get(own) else { return BTreeSet::new() };
    if placed.kind == BoxKind::Boundary {
        let stands_in = |id: &&Id| layout.boxes.get(*id).is_some_and(|b| placed.rect.contains(b.rect.center()));
        return layout.near(placed.rect).into_iter().filter(|id| id != &own).filter(stands_in).collect();
    }
    let flows = layout.near(placed.rect.expand(2.0)).into_iter().filter_map(|id| layout.flows.get(id));
    let ends = flows.map(|flow| [flow.start.element.as_ref(), flow.end.element.as_ref()]);
    ends.filter(|ends| ends.contains(&Some(own))).flatten().flatten().filter(|id| *id != own).collect()
}

/// How much of a line lies in a rectangle.
fn length_in(r: Rect, a: Pos2, b: Pos2) -> f32 {
    let (mut from, mut to, way): (f32, f32, Vec2) = (0.0, 1.0, b - a);
    for (start, step, low, high) in [(a.x, way.x, r.left(), r.right()), (a.y, way.y, r.top(), r.bottom())] {
        if step.abs() < 1e-6 {
            if start < low || start > high {
                return 0.0;
            }
            continue;
        }
        let (one, other) = ((low - start) / step, (high - start) / step);
        (from, to) = (from.max(one.min(other)), to.min(one.max(other)));
    }
    (to - from).max(0.0) * way.length()
}
