//! Draws scenes in the window: a plain interpreter of [`scene::Shape`](crate::scene::Shape) into egui shapes, and a way of
//! keeping the triangles these become.

mod baked;
mod brush;

pub use baked::{Baked, Surface, atlas_height, bake, watch_atlas};
pub use brush::Brush;

use crate::geometry::{Point, Rect, pt, vec2};
use crate::scene::{Detail, Item, Layer, Shape};
use crate::theme::Theme;
use crate::tool::Camera;
use egui::{Pos2, pos2};

/// Height in points of a pill with its card whose number is as small as letters may be.
const LEAST_PILL: f32 = 12.5;

/// A view of the world on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub camera: Camera,
    /// The part of the screen it fills.
    pub rect: egui::Rect,
}

impl View {
    pub fn to_screen(&self, p: Point) -> Pos2 {
        let v = self.camera.to_view(p);
        let c = self.rect.center();
        pos2(c.x + v.x, c.y + v.y)
    }

    pub fn rect_to_screen(&self, r: Rect) -> egui::Rect {
        egui::Rect::from_min_max(self.to_screen(r.min()), self.to_screen(r.max()))
    }

    pub fn to_world(&self, p: Pos2) -> Point {
        let v = p - self.rect.center();
        self.camera.to_world(vec2(v.x, v.y))
    }

    /// The same view moved by less than a pixel, so that the origin of the world lies on a corner of pixels. Lines and letters
    /// then look the same wherever the view is.
    pub fn on_pixels(self, pixels_per_point: f32) -> View {
        let origin = self.to_screen(pt(0.0, 0.0));
        let snapped = (origin.to_vec2() * pixels_per_point).round() / pixels_per_point;
        let by = (self.rect.center().to_vec2() - snapped) / self.camera.scale;
        View { camera: Camera { center: pt(by.x, by.y), ..self.camera }, ..self }
    }

    /// The part of the world that is seen.
    pub fn visible(&self) -> Rect {
        self.camera.visible(vec2(self.rect.width(), self.rect.height()))
    }
}

/// Interprets shapes for one view and theme.
pub struct Painter<'a> {
    pub painter: &'a egui::Painter,
    pub view: View,
    pub theme: Theme,
    /// Multiplied onto every opacity.
    pub opacity: f32,
}

impl Painter<'_> {
    /// Draws the items that can be seen, in their order.
    pub fn items<'i>(&self, items: impl IntoIterator<Item = &'i Item>) {
        let seen = self.view.visible();
        for item in items {
            if is_shown(item, seen, self.view.camera.scale) {
                item.shapes.iter().for_each(|shape| self.shape(shape));
            }
        }
    }

    pub fn shape(&self, shape: &Shape) {
        let brush = Brush { ctx: self.painter.ctx(), view: self.view, theme: self.theme, opacity: self.opacity, within: None };
        let mut traced = Vec::new();
        brush.trace(shape, &mut traced);
        self.painter.extend(traced);
    }
}

/// Whether an item is in view and tells something. The pills of boundaries seen from far do so while their number can be
/// read; smaller ones would be dust.
pub fn is_shown(item: &Item, seen: Rect, scale: f32) -> bool {
    let is_dust = || item.layer == Layer::Badge && Detail::at_zoom(scale) >= Detail::Heat && item.bounds.h * scale < LEAST_PILL;
    overlaps(item.bounds, seen) && !is_dust()
}

/// True when the two touch; unlike `intersects`, lines without width count.
fn overlaps(a: Rect, b: Rect) -> bool {
    a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom()
}
