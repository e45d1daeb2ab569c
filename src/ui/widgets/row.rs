//! A clickable row of a list, filled from both ends; its text takes what is left.

use crate::text::Face;
use crate::text::icon::Icon;
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontId, Rect, Response, Sense, TextFormat, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Height of a row that has a name and two lines about it, in points.
pub const THREE_LINES: f32 = 58.0;

/// A row being filled.
pub struct Row<'a> {
    pub ui: &'a Ui,
    /// What is left between both ends.
    pub rest: Rect,
    pub whole: Rect,
    /// Answers the pointer; also when nothing is painted.
    pub response: Response,
}

impl<'a> Row<'a> {
    /// A row over the whole width. `name` is what screen readers say.
    pub fn new(ui: &'a mut Ui, height: f32, selected: bool, name: &str) -> Row<'a> {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        Row::over(ui, rect, response, selected, name)
    }

    /// A row that fills a rectangle which was allocated already.
    pub fn over(ui: &'a Ui, rect: Rect, response: Response, selected: bool, name: &str) -> Row<'a> {
        response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, ui.is_enabled(), selected, name));
        let painter = ui.painter();
        if selected {
            painter.rect_filled(rect, 0.0, style::ink(ui, Ink::AccentSoft));
            painter.rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, style::ink(ui, Ink::Accent));
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
        }
        if response.has_focus() {
            painter.rect_stroke(rect, 2.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
        }
        Row { ui, rest: rect.shrink2(vec2(8.0, 0.0)), whole: rect, response }
    }

    /// Leaves room at the left.
    pub fn indent(&mut self, points: f32) -> &mut Self {
        self.rest.min.x += points;
        self
    }

    pub fn icon(&mut self, face: Face, glyph: Icon, size: f32, color: Color32) -> &mut Self {
        let at = pos2(self.rest.left() + size / 2.0, self.rest.center().y);
        self.ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, size), color);
        self.indent(size + 6.0)
    }

    /// Text at the right end.
    pub fn right(&mut self, text: impl ToString, font: FontId, color: Color32) -> &mut Self {
        let at = pos2(self.rest.right(), self.rest.center().y);
        let drawn = self.ui.painter().text(at, Align2::RIGHT_CENTER, text, font, color);
        self.rest.max.x = drawn.left() - 6.0;
        self
    }

    /// An icon at the right end.
    pub fn right_icon(&mut self, face: Face, glyph: Icon, size: f32, color: Color32) -> &mut Self {
        let at = pos2(self.rest.right() - size / 2.0, self.rest.center().y);
        self.ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, size), color);
        self.rest.max.x -= size + 6.0;
        self
    }

    /// A square of a risk level at the right end.
    pub fn right_swatch(&mut self, band: crate::model::Band) -> &mut Self {
        let rect = Rect::from_center_size(pos2(self.rest.right() - 4.0, self.rest.center().y), vec2(8.0, 8.0));
        super::risk::paint_swatch(self.ui, rect, band);
        self.rest.max.x -= 14.0;
        self
    }

    /// The mark of something that only may be there, at the right end.
    pub fn right_hatch(&mut self, color: Color32) -> &mut Self {
        let rect = Rect::from_center_size(pos2(self.rest.right() - 4.0, self.rest.center().y), vec2(8.0, 8.0));
        super::risk::hatch(self.ui.painter(), rect, color);
        self.rest.max.x -= 14.0;
        self
    }

    /// Text in what is left, cut with an ellipsis.
    pub fn text(&mut self, text: &str, font: FontId, color: Color32) -> &mut Self {
        self.galley(elided(self.ui, text, font, color, self.rest.width()), color)
    }

    /// Lines laid out beforehand, in what is left.
    pub fn galley(&mut self, galley: std::sync::Arc<egui::Galley>, color: Color32) -> &mut Self {
        let at = pos2(self.rest.left(), self.rest.center().y - galley.size().y / 2.0);
        self.ui.painter().galley(at, galley, color);
        self
    }

    /// A line, and below it one more or two, as the row is high.
    pub fn two_lines(&mut self, first: &str, second: &str) -> &mut Self {
        let (strong, weak) = (style::ink(self.ui, Ink::Text), style::ink(self.ui, Ink::Muted));
        let upper = elided(self.ui, first, fonts::font(Face::Bold, 13.0), strong, self.rest.width());
        let small = fonts::font(Face::Regular, 11.0);
        let lower = match self.rest.height() >= THREE_LINES {
            true => in_two_lines(self.ui, second, small, weak, self.rest.width()),
            false => elided(self.ui, second, small, weak, self.rest.width()),
        };
        let top = self.rest.center().y - (upper.size().y + lower.size().y + 1.0) / 2.0;
        let below = top + upper.size().y + 1.0;
        self.ui.painter().galley(pos2(self.rest.left(), top), upper, strong);
        self.ui.painter().galley(pos2(self.rest.left(), below), lower, weak);
        self
    }
}

/// One line of at most `width` points.
pub fn elided(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    laid_out(ui, text, font, color, TextWrapping::truncate_at_width(width.max(0.0)))
}

/// Up to two lines of at most `width` points.
pub fn in_two_lines(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    laid_out(ui, text, font, color, TextWrapping { max_width: width.max(0.0), max_rows: 2, ..TextWrapping::default() })
}

fn laid_out(ui: &Ui, text: &str, font: FontId, color: Color32, wrap: TextWrapping) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::single_section(text.replace('\n', " "), TextFormat::simple(font, color));
    job.wrap = wrap;
    ui.painter().layout_job(job)
}
