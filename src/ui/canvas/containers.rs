//! What is drawn over boundaries: the one something goes into, the one it leaves, chevrons, and the ghost of a new box.

use super::CanvasState;
use crate::geometry::Rect;
use crate::model::Id;
use crate::scene::BoxKind;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{CHEVRON, Crossed, Overlay, Selection, chevron_at, ghost};
use crate::ui::painter::Painter;
use crate::ui::style::color32;
use crate::ui::{ViewCx, fonts};
use egui::{Align2, Color32, Stroke, StrokeKind, vec2};

/// Below this zoom there is no room for chevrons.
const LEAST_ZOOM: f32 = 0.5;

struct Over<'a> {
    painter: &'a Painter<'a>,
    cx: &'a ViewCx<'a>,
}

/// What lies on the diagram, below name tabs and badges.
pub fn below(painter: &Painter<'_>, cx: &ViewCx<'_>, selection: &Selection, state: &CanvasState) {
    let over = Over { painter, cx };
    // What a collapsed boundary hides is selected elsewhere: its box stands for it.
    for holder in selection.items.iter().filter_map(|id| cx.model.hidden_by(cx.diagram, id)) {
        over.outline(&holder, Ink::Accent, Stroke::new(1.5, over.ink(Ink::Accent)), true);
    }
    match state.gesture.overlay() {
        Overlay::Drop(crossed) => {
            crossed.out_of.iter().for_each(|id| over.left(id));
            crossed.into.iter().for_each(|id| over.entered(id));
        }
        _ if !state.gesture.is_active() => over.ghost(state),
        _ => {}
    }
}

/// What lies above name tabs: chevrons, and the tabs of the boundaries something goes into.
pub fn above(painter: &Painter<'_>, cx: &ViewCx<'_>, selection: &Selection, state: &CanvasState) {
    let over = Over { painter, cx };
    if let Overlay::Drop(crossed) = state.gesture.overlay() {
        crossed.into.iter().for_each(|id| over.tab(id));
    }
    if painter.view.camera.scale < LEAST_ZOOM || state.gesture.is_dragging() {
        return;
    }
    let hovered = cx.hover.filter(|id| !selection.items.contains(*id));
    selection.items.iter().chain(hovered).for_each(|id| over.chevron(id));
}

/// "into DMZ, out of Cloud": where what is in the hand would belong.
pub fn words(cx: &ViewCx<'_>, crossed: &Crossed) -> Option<String> {
    let names = |ids: &std::collections::BTreeSet<Id>| {
        let names: Vec<String> = ids.iter().map(|id| crate::risk::name_of(cx.model, id)).collect();
        names.join(" and ")
    };
    let into = Some(names(&crossed.into)).filter(|n| !n.is_empty()).map(|n| format!("into {n}"));
    let out = Some(names(&crossed.out_of)).filter(|n| !n.is_empty()).map(|n| format!("out of {n}"));
    let words: Vec<String> = into.into_iter().chain(out).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

impl Over<'_> {
    fn ink(&self, ink: Ink) -> Color32 {
        color32(self.painter.theme.color(ink))
    }

    fn rect(&self, id: &Id) -> Option<egui::Rect> {
        self.cx.layout.boxes.get(id).map(|b| self.painter.view.rect_to_screen(b.rect))
    }

    fn outline(&self, id: &Id, fill: Ink, stroke: Stroke, dashed: bool) {
        let Some(rect) = self.rect(id) else { return };
        self.painter.painter.rect_filled(rect, 6.0, self.ink(fill).gamma_multiply(0.08));
        if dashed {
            let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
            self.painter.painter.extend(egui::Shape::dashed_line(&corners, stroke, 4.0, 4.0));
        } else {
            self.painter.painter.rect_stroke(rect, 6.0, stroke, StrokeKind::Middle);
        }
    }

    fn entered(&self, id: &Id) {
        self.outline(id, Ink::Accent, Stroke::new(2.5, self.ink(Ink::Accent)), false);
    }

    /// A boundary that something leaves: its seam fades behind a veil.
    fn left(&self, id: &Id) {
        if let Some(rect) = self.rect(id) {
            let veil = Stroke::new(5.0, self.ink(Ink::Canvas).gamma_multiply(0.75));
            self.painter.painter.rect_stroke(rect, 6.0, veil, StrokeKind::Middle);
        }
        self.outline(id, Ink::Canvas, Stroke::new(1.5, self.ink(Ink::Muted)), true);
    }

    /// The name of the boundary something goes into, in full colour.
    fn tab(&self, id: &Id) {
        let Some(placed) = self.cx.layout.boxes.get(id) else { return };
        let name = crate::risk::name_of(self.cx.model, id);
        let at = placed.tab.unwrap_or(Rect { h: 0.0, ..placed.rect });
        let at = self.painter.view.rect_to_screen(at);
        let ink = self.ink(Ink::OnAccent);
        let galley = self.painter.painter.layout_no_wrap(name, fonts::font(Face::Bold, 12.0), ink);
        let rect = egui::Rect::from_center_size(
            at.left_center() + vec2(galley.size().x / 2.0 + 8.0, 0.0),
            galley.size() + vec2(16.0, 6.0),
        );
        self.painter.painter.rect_filled(rect, 4.0, self.ink(Ink::Accent));
        self.painter.painter.galley(rect.center() - galley.size() / 2.0, galley, ink);
    }

    /// The button that collapses a frame; a small box has its own.
    fn chevron(&self, id: &Id) {
        let Some(placed) = self.cx.layout.boxes.get(id).filter(|b| b.kind == BoxKind::Boundary) else { return };
        let Some(at) = chevron_at(placed).map(|at| self.painter.view.to_screen(at)) else { return };
        let ink = self.ink(Ink::Boundary);
        self.painter.painter.circle(at, CHEVRON - 1.0, self.ink(Ink::Canvas), Stroke::new(1.0, ink));
        self.painter.painter.text(at, Align2::CENTER_CENTER, icon::CARET_DOWN, fonts::font(Face::Icon, 11.0), ink);
    }

    /// The box a click would make with the tool in hand, and the boundary that would own it.
    fn ghost(&self, state: &CanvasState) {
        let Some(rect) = state.pointer.and_then(|at| ghost(self.cx.tool, at)) else { return };
        if let Some(owner) = self.cx.layout.boundary_at(rect.center(), &std::collections::BTreeSet::new()) {
            self.entered(&owner);
        }
        let rect = self.painter.view.rect_to_screen(rect);
        let stroke = Stroke::new(1.5, self.ink(Ink::Accent).gamma_multiply(0.6));
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        self.painter.painter.extend(egui::Shape::dashed_line(&corners, stroke, 4.0, 3.0));
    }
}
