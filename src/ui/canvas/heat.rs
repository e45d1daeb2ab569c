//! Risk as colour over the diagram, and what a chart asked for left bright while the rest is dimmed.

use super::{CanvasFrame, CanvasState};
use crate::model::{Band, Id};
use crate::risk::Rollup;
use crate::scene::BoxKind;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::painter::View;
use crate::ui::{fonts, style::color32};
use egui::{Align2, Color32, Mesh, Painter, Pos2, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

/// How much of the ground lies over what was not asked for.
const VEIL: f32 = 0.78;
/// Below this zoom letters would be dust.
const READABLE: f32 = 0.45;

pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let sheet = Sheet { painter: ui.painter().with_clip_rect(frame.rect), view: frame.view(state), frame };
    if frame.cx.panels.heat {
        sheet.heat();
    }
    if frame.cx.matching.is_some() {
        sheet.dim();
    }
}

struct Sheet<'a, 'f, 'v> {
    painter: Painter,
    view: View,
    frame: &'a CanvasFrame<'f, 'v>,
}

impl Sheet<'_, '_, '_> {
    fn ink(&self, ink: Ink) -> Color32 {
        color32(self.frame.cx.theme.color(ink))
    }

    /// The worst of what is there, where anything counts.
    fn band(&self, risk: &Rollup) -> Option<Band> {
        (risk.counts.total() > 0).then(|| self.frame.cx.library.calibration.band(risk.peak))
    }

    fn heat(&self) {
        let cx = self.frame.cx;
        for (id, flow) in &cx.layout.flows {
            let Some(band) = cx.assessment.flows.get(id).and_then(|risk| self.band(risk)) else { continue };
            let points: Vec<Pos2> = flow.points.iter().map(|p| self.view.to_screen(*p)).collect();
            let width = (7.0 * self.view.camera.scale).clamp(3.0, 9.0);
            let stroke = Stroke::new(width, self.ink(Ink::RiskFill(band)).gamma_multiply(0.6));
            self.painter.add(Shape::line(points, stroke));
        }
        for (id, placed) in &cx.layout.boxes {
            let risk = match placed.kind {
                BoxKind::Element(_) => cx.assessment.elements.get(id).map(|e| &e.risk),
                BoxKind::Folded => cx.assessment.boundaries.get(id).map(|b| &b.risk),
                BoxKind::Boundary | BoxKind::Note => None,
            };
            let Some((risk, band)) = risk.and_then(|risk| Some((risk, self.band(risk)?))) else { continue };
            let area = self.view.rect_to_screen(placed.rect);
            let fill = self.ink(Ink::RiskFill(band)).gamma_multiply(0.34);
            self.painter.rect_filled(area, 6.0, fill);
            let edge = Stroke::new(3.0, self.ink(Ink::RiskOutline(band)));
            self.painter.rect_stroke(area.expand(1.0), 7.0, edge, StrokeKind::Outside);
            if self.view.camera.scale >= READABLE {
                self.tag(pos2(area.left(), area.bottom()), band, risk.peak);
            }
        }
    }

    /// Letter and score of the worst, so that colour is not all there is.
    fn tag(&self, corner: Pos2, band: Band, peak: f64) {
        let words = format!("{} {peak:.0}", band.letter());
        let ink = self.ink(Ink::OnRisk(band));
        let galley = self.painter.layout_no_wrap(words, fonts::font(Face::Bold, 11.0), ink);
        let rect = egui::Rect::from_center_size(corner + vec2(galley.size().x / 2.0 + 2.0, 0.0), galley.size() + vec2(8.0, 2.0));
        self.painter.rect_filled(rect, 4.0, self.ink(Ink::RiskFill(band)));
        self.painter.text(rect.center(), Align2::CENTER_CENTER, galley.text(), fonts::font(Face::Bold, 11.0), ink);
    }

    /// One veil over everything with holes where something is meant, so that it is even.
    fn dim(&self) {
        let whole = self.frame.rect;
        let holes: Vec<egui::Rect> = self.holes().into_iter().filter(|hole| hole.intersects(whole)).collect();
        let mut edges: Vec<f32> = holes.iter().flat_map(|hole| [hole.top(), hole.bottom()]).collect();
        edges.extend([whole.top(), whole.bottom()]);
        edges.iter_mut().for_each(|y| *y = y.clamp(whole.top(), whole.bottom()).round());
        edges.sort_by(f32::total_cmp);
        edges.dedup();
        let veil = self.ink(Ink::Canvas).gamma_multiply(VEIL);
        // A mesh has no soft edges, which would show where pieces meet.
        let mut mesh = Mesh::default();
        for (top, bottom) in edges.iter().zip(edges.iter().skip(1)) {
            let middle = (top + bottom) / 2.0;
            let mut across: Vec<&egui::Rect> = holes.iter().filter(|hole| hole.y_range().contains(middle)).collect();
            across.sort_by(|a, b| a.left().total_cmp(&b.left()));
            let mut left = whole.left();
            for hole in across {
                mesh.add_colored_rect(egui::Rect::from_min_max(pos2(left, *top), pos2(hole.left().max(left), *bottom)), veil);
                left = left.max(hole.right());
            }
            mesh.add_colored_rect(egui::Rect::from_min_max(pos2(left, *top), pos2(whole.right().max(left), *bottom)), veil);
        }
        self.painter.add(mesh);
    }

    /// Where something is meant: boxes with what stands out of them, courses, and words on them.
    fn holes(&self) -> Vec<egui::Rect> {
        let cx = self.frame.cx;
        let scale = self.view.camera.scale;
        let mut holes = Vec::new();
        for (id, placed) in cx.layout.boxes.iter().filter(|(id, _)| self.is_meant(id)) {
            let area = self.view.rect_to_screen(placed.rect);
            match placed.kind {
                // Its badge stands out at the upper right.
                BoxKind::Element(_) | BoxKind::Folded => {
                    let out = vec2(10.0, 14.0) * scale;
                    holes
                        .push(egui::Rect::from_min_max(area.min - vec2(6.0 * scale, out.y), area.max + vec2(out.x, 8.0 * scale)));
                }
                BoxKind::Boundary if cx.matching.is_some_and(|meant| meant.contains(id)) => {
                    let tab = placed.tab.map(|tab| self.view.rect_to_screen(tab).expand(4.0));
                    holes.extend(tab);
                }
                BoxKind::Boundary | BoxKind::Note => {}
            }
        }
        for (_, flow) in cx.layout.flows.iter().filter(|(id, _)| self.is_meant(id)) {
            let points: Vec<Pos2> = flow.points.iter().map(|p| self.view.to_screen(*p)).collect();
            let pieces = points.iter().zip(points.iter().skip(1));
            holes.extend(pieces.map(|(a, b)| egui::Rect::from_two_pos(*a, *b).expand(7.0 * scale.max(0.5))));
            let words = flow.label.iter().flat_map(|label| [label.mask, label.pill]);
            holes.extend(words.map(|rect| self.view.rect_to_screen(rect).expand(3.0)));
        }
        holes
    }

    /// What was asked for is there, or inside of it.
    fn is_meant(&self, id: &Id) -> bool {
        let cx = self.frame.cx;
        let Some(meant) = cx.matching else { return true };
        let within = cx.assessment.elements.get(id).map(|e| e.inside.as_slice()).unwrap_or_default();
        let folded = cx.layout.boxes.get(id).is_some_and(|placed| placed.kind == BoxKind::Folded);
        let folded = cx.assessment.boundaries.get(id).filter(|_| folded).map(|b| b.inside.as_slice()).unwrap_or_default();
        meant.contains(id) || within.iter().chain(folded).any(|inside| meant.contains(inside))
    }
}
