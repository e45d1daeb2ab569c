//! Risk as icon, pill and square, and treatment as shape. Never colour alone.

use crate::model::{Band, Disposition};
use crate::risk::Finding;
use crate::scene::band_icon;
use crate::text::Face;
use crate::text::icon::{self, Icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{Align2, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

/// Icon, colour and word for what was decided about a threat and how far that is.
pub fn treatment(finding: &Finding) -> (Face, Icon, Ink, &'static str) {
    match finding.disposition {
        Disposition::Open if finding.lapsed.is_some() => {
            (Face::Icon, icon::CLOCK, Ink::RiskOutline(Band::Medium), "Open, expired")
        }
        Disposition::Open => (Face::Icon, icon::CIRCLE, Ink::Muted, "Open"),
        Disposition::Mitigate if finding.planned.score < finding.current.score => {
            (Face::Icon, icon::CIRCLE_HALF, Ink::Accent, "Planned")
        }
        Disposition::Mitigate if finding.current.band > finding.inherent.band => {
            (Face::IconFill, icon::SHIELD_CHECK, Ink::Good, "Mitigated")
        }
        Disposition::Mitigate => (Face::Icon, icon::CIRCLE_HALF, Ink::Accent, "To mitigate"),
        Disposition::Accept => (Face::Icon, icon::SIGNATURE, Ink::Text, "Accepted"),
        Disposition::Transfer => (Face::Icon, icon::HANDSHAKE, Ink::Text, "Transferred"),
        Disposition::Avoid => (Face::Icon, icon::X_CIRCLE, Ink::Text, "Avoided"),
        Disposition::NotApplicable => (Face::Icon, icon::PROHIBIT, Ink::Muted, "Not applicable"),
    }
}

/// A pill filled with a risk level: its icon, then `text`.
pub fn risk_pill(ui: &mut Ui, band: Band, text: &str) -> Response {
    let ink = style::ink(ui, Ink::OnRisk(band));
    let galley = ui.painter().layout_no_wrap(text.to_owned(), fonts::font(Face::Bold, 11.0), ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 30.0, 20.0), Sense::hover());
    paint_ground(ui, rect, 10.0, band);
    let (face, glyph) = band_icon(band);
    let at = pos2(rect.left() + 13.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 13.0), ink);
    ui.painter().galley(pos2(rect.left() + 22.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

/// A square of a risk level.
pub fn paint_swatch(ui: &Ui, rect: Rect, band: Band) {
    paint_ground(ui, rect, 2.0, band);
}

/// A filled shape of a risk level. On dark every fill has an outline: the darkest one alone is invisible there.
pub fn paint_ground(ui: &Ui, rect: Rect, radius: f32, band: Band) {
    ui.painter().rect_filled(rect, radius, style::ink(ui, Ink::RiskFill(band)));
    if ui.visuals().dark_mode || band == Band::Minimal {
        let outline = Stroke::new(1.0, style::ink(ui, Ink::RiskOutline(band)));
        ui.painter().rect_stroke(rect, radius, outline, StrokeKind::Inside);
    }
}

/// A bar of what may come on top: hatched, with an edge, never by colour alone.
pub fn hatch(painter: &egui::Painter, rect: Rect, ink: egui::Color32) {
    let within = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let stroke = Stroke::new(1.0, ink);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        within.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 4.0;
    }
    painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
}
