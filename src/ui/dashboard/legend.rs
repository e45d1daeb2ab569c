//! What the levels look like.

use crate::model::Band;
use crate::scene::band_icon;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{Align2, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// The levels with their signs, from the right.
pub(super) fn ui(ui: &mut Ui) {
    for band in Band::ALL.iter().rev() {
        let color = style::ink(ui, Ink::Text);
        let words = ui.painter().layout_no_wrap(band.label().to_owned(), fonts::font(Face::Regular, 12.0), color);
        let (rect, response) = ui.allocate_exact_size(vec2(words.size().x + 20.0, 20.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, band.label()));
        let (face, glyph) = band_icon(*band);
        let at = pos2(rect.left() + 7.0, rect.center().y);
        let ink = style::ink(ui, Ink::RiskOutline(*band));
        ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 13.0), ink);
        ui.painter().galley(pos2(rect.left() + 17.0, rect.center().y - words.size().y / 2.0), words, color);
    }
}
