//! Dots that give the ground a scale.

use crate::geometry::pt;
use crate::theme::Ink;
use crate::tool::GRID;
use crate::ui::painter::Painter;
use crate::ui::style::color32;

/// Dots are at least this many pixels apart: coarser grids take over when zooming out.
const APART: f32 = 22.0;

pub fn draw(painter: &Painter<'_>) {
    let scale = painter.view.camera.scale;
    let mut step = GRID * 3.0;
    while step * scale < APART {
        step *= 2.0;
    }
    let seen = painter.view.visible();
    let dot = color32(painter.theme.color(Ink::Grid));
    let (columns, rows) = ((seen.w / step) as i32 + 2, (seen.h / step) as i32 + 2);
    let (x, y) = ((seen.x / step).floor() * step, (seen.y / step).floor() * step);
    // One mesh: thousands of shapes would take longer than the diagram.
    let mut dots = egui::Mesh::default();
    for row in 0..rows {
        for column in 0..columns {
            let at = painter.view.to_screen(pt(x + column as f32 * step, y + row as f32 * step));
            dots.add_colored_rect(egui::Rect::from_center_size(at, egui::vec2(1.5, 1.5)), dot);
        }
    }
    painter.painter.add(dots);
}
