//! Lines: data flows with their ends, arrows and courses, and boundaries drawn as lines.

use super::Reader;
use super::cell::Cell;
use super::page::Sheet;
use crate::geometry::{Point, pt};
use crate::interchange::LossKind;
use crate::interchange::lenient::shortened;
use crate::interchange::protocol;
use crate::model::{Attach, Boundary, BoundaryLine, Flow, Id, LineStyle, Placement, Protocol, Route};
use std::collections::BTreeMap;

/// One end of a line.
struct End {
    element: Option<Id>,
    attach: Attach,
    /// Why it is loose, where it should not be.
    astray: Option<String>,
}

/// A line that ends at nothing says neither where it begins nor where it ends.
const SPAN: f32 = 60.0;

impl Reader {
    pub(super) fn edges(&mut self, sheet: &mut Sheet<'_, '_>) {
        let cells = sheet.cells;
        let mut labels: BTreeMap<&str, Vec<&Cell<'_>>> = BTreeMap::new();
        for cell in cells.all.iter().filter(|c| c.is_vertex && !c.label.is_empty()) {
            labels.entry(cell.parent).or_default().push(cell);
        }
        for cell in cells.all.iter().filter(|c| c.is_edge) {
            let own: &[&Cell<'_>] = labels.get(cell.id).map(Vec::as_slice).unwrap_or_default();
            if cell.source.is_none() && cell.target.is_none() && cell.style.has("dashed") {
                self.line(sheet, cell, own);
            } else {
                self.flow(sheet, cell, own);
            }
        }
    }

    /// A dashed line that ends at nothing is a boundary.
    fn line(&mut self, sheet: &Sheet<'_, '_>, cell: &Cell<'_>, labels: &[&Cell<'_>]) {
        let (name, _) = label(cell, labels);
        let what = format!("trust boundary “{}”", shortened(&name));
        let id = self.claimed(sheet, cell, &what);
        let by = sheet.cells.offset(cell);
        let (start, end) = (cell.geometry.source.unwrap_or_default(), cell.geometry.target.unwrap_or(pt(SPAN, 0.0)));
        let inner = cell.geometry.bends.iter().copied();
        let points = std::iter::once(start).chain(inner).chain([end]).map(|p| p + by).collect();
        self.draft.model.boundaries.insert(id.clone(), Boundary { name, ..Boundary::default() });
        self.place(sheet, &id, Placement::Line(BoundaryLine { points, style: style(cell) }));
    }

    fn flow(&mut self, sheet: &Sheet<'_, '_>, cell: &Cell<'_>, labels: &[&Cell<'_>]) {
        let (name, at) = label(cell, labels);
        let what = if name.is_empty() { "flow without a name".to_owned() } else { format!("flow “{}”", shortened(&name)) };
        let id = self.claimed(sheet, cell, &what);
        let (mut from, mut to) = (self.end(sheet, cell, true), self.end(sheet, cell, false));
        for (side, end) in [("beginning", &from), ("end", &to)] {
            if let Some(why) = &end.astray {
                self.draft.lose_at(&id, LossKind::Changed, &what, format!("its {side} {why}; it is loose now"));
            }
        }
        let by = sheet.cells.offset(cell);
        let mut bends: Vec<Point> = cell.geometry.bends.iter().map(|p| *p + by).collect();
        let mut at = at;
        let arrow = |key: &str, default: bool| cell.style.get(key).map_or(default, |a| !matches!(a, "" | "none"));
        let (at_start, at_end) = (arrow("startArrow", false), arrow("endArrow", true));
        if at_start && !at_end {
            (from, to) = (to, from);
            bends.reverse();
            at = at.map(|t| 1.0 - t);
        }
        if !at_start && !at_end {
            self.draft.lose_at(&id, LossKind::Changed, &what, "it has no arrow, so its direction is a guess: as it was drawn");
        }
        let reading = protocol::read(&name);
        let flow = Flow {
            name,
            from: from.element,
            to: to.element,
            // Only where the label is a protocol's name and nothing else.
            protocol: if reading.exact { reading.protocol } else { Protocol::Unknown },
            bidirectional: at_start && at_end,
            description: cell.attribute("tooltip").unwrap_or_default().to_owned(),
            ..Flow::default()
        };
        let route = Route {
            style: style(cell),
            start: from.attach,
            end: to.attach,
            bends,
            label: at,
            two_heads: at_start && at_end,
            ..Route::default()
        };
        self.draft.model.flows.insert(id.clone(), flow);
        self.place(sheet, &id, Placement::Route(route));
    }

    fn end(&self, sheet: &Sheet<'_, '_>, cell: &Cell<'_>, is_source: bool) -> End {
        let geometry = &cell.geometry;
        let (name, point, x, y) = match is_source {
            true => (cell.source, geometry.source, "exitX", "exitY"),
            false => (cell.target, geometry.target, "entryX", "entryY"),
        };
        let by = sheet.cells.offset(cell);
        let spot = cell.style.number(x).zip(cell.style.number(y)).map(|(x, y)| pt(x.clamp(0.0, 1.0), y.clamp(0.0, 1.0)));
        let found = name.and_then(|name| sheet.cells.index(name));
        let element = found.and_then(|n| sheet.elements.get(&n).or_else(|| sheet.chips.get(&n))).cloned();
        if let Some(element) = element {
            // A spot on a small label is none on the element it lies on.
            let on_element = found.is_some_and(|n| sheet.elements.contains_key(&n));
            let attach = spot.filter(|_| on_element).map_or(Attach::Auto, Attach::At);
            return End { element: Some(element), attach, astray: None };
        }
        if let Some((n, target)) = found.and_then(|n| Some((n, sheet.cells.all.get(n)?))) {
            let r = sheet.cells.rect(n);
            let spot = spot.unwrap_or(pt(0.5, 0.5));
            let at = if target.is_edge {
                middle(target) + sheet.cells.offset(target)
            } else {
                pt(r.x + r.w * spot.x, r.y + r.h * spot.y)
            };
            let name = target.name();
            let kind = match () {
                () if target.is_edge => "line".to_owned(),
                () if sheet.boundaries.contains_key(&n) => format!("trust boundary “{}”", shortened(&name)),
                () => format!("text “{}”", shortened(&name)),
            };
            return End {
                element: None,
                attach: Attach::Loose(at),
                astray: Some(format!("is at the {kind}, which is no element")),
            };
        }
        let astray = match (name, point) {
            (Some(name), _) => Some(format!("is at “{}”, which is not on the page", shortened(name))),
            (None, _) => Some("is at nothing".to_owned()),
        };
        // Without a word on where it is, it stands beside the next point of the line.
        let beside = if is_source { geometry.bends.first() } else { geometry.bends.last() };
        let step = if is_source { -SPAN } else { SPAN };
        let near = point.or_else(|| beside.map(|p| pt(p.x + step, p.y))).unwrap_or(pt(step, 0.0));
        End { element: None, attach: Attach::Loose(near + by), astray }
    }
}

/// What is written on a line, and where along it.
fn label(cell: &Cell<'_>, labels: &[&Cell<'_>]) -> (String, Option<f32>) {
    let along = |of: &Cell<'_>| ((of.geometry.rect.x + 1.0) / 2.0).clamp(0.0, 1.0);
    let mut names: Vec<String> = vec![cell.name()];
    names.extend(labels.iter().map(|l| l.name()));
    names.retain(|n| !n.is_empty());
    let at = match labels.first() {
        Some(first) if cell.label.is_empty() => Some(along(first)),
        _ if cell.geometry.is_relative && cell.geometry.rect.x != 0.0 && !cell.label.is_empty() => Some(along(cell)),
        _ => None,
    };
    (names.join(" / "), at)
}

fn style(cell: &Cell<'_>) -> LineStyle {
    let edge_style = cell.style.get("edgeStyle").unwrap_or_default();
    if cell.style.has("curved") {
        LineStyle::Curved
    } else if matches!(edge_style, "orthogonalEdgeStyle" | "elbowEdgeStyle" | "entityRelationEdgeStyle" | "segmentEdgeStyle") {
        LineStyle::Orthogonal
    } else {
        LineStyle::Straight
    }
}

/// Somewhere in the middle of a line.
fn middle(edge: &Cell<'_>) -> Point {
    let g = &edge.geometry;
    let (a, b) = (g.source.unwrap_or_default(), g.target.unwrap_or_default());
    g.bends.get(g.bends.len() / 2).copied().unwrap_or(a.lerp(b, 0.5))
}
