//! A small picture made pixel by pixel: cheap enough to be made anew for ten thousand things.

use crate::geometry::{Point, Rect};
use egui::{Color32, ColorImage};

pub struct Raster {
    image: ColorImage,
    world: Rect,
}

impl Raster {
    /// A clear picture of a part of the world.
    pub fn new(size: [usize; 2], world: Rect) -> Raster {
        Raster { image: ColorImage::filled(size, Color32::TRANSPARENT), world }
    }

    pub fn into_image(self) -> ColorImage {
        self.image
    }

    fn place(&self, p: Point) -> (f32, f32) {
        let [w, h] = self.image.size;
        let share = |v: f32, from: f32, length: f32| (v - from) / length.max(1.0);
        (share(p.x, self.world.x, self.world.w) * w as f32, share(p.y, self.world.y, self.world.h) * h as f32)
    }

    /// A box; one of less than a pixel is still one pixel.
    pub fn fill(&mut self, rect: Rect, color: Color32) {
        let (left, top) = self.place(rect.min());
        let (right, bottom) = self.place(rect.max());
        let columns = self.span(left, right, 0);
        for y in self.span(top, bottom, 1) {
            for x in columns.clone() {
                self.dot(x, y, color);
            }
        }
    }

    fn span(&self, from: f32, to: f32, axis: usize) -> std::ops::Range<usize> {
        let most = self.image.size.get(axis).copied().unwrap_or_default();
        let from = (from.round().max(0.0) as usize).min(most.saturating_sub(1));
        from..(to.round().max(0.0) as usize).clamp(from + 1, most.max(from + 1))
    }

    /// The outline of a box.
    pub fn frame(&mut self, rect: Rect, color: Color32) {
        let (min, max) = (rect.min(), rect.max());
        let corners = [min, Point { x: max.x, y: min.y }, max, Point { x: min.x, y: max.y }, min];
        self.course(&corners, color);
    }

    /// A line through points.
    pub fn course(&mut self, points: &[Point], color: Color32) {
        for (a, b) in points.iter().zip(points.iter().skip(1)) {
            let ((ax, ay), (bx, by)) = (self.place(*a), self.place(*b));
            let steps = (bx - ax).abs().max((by - ay).abs()).ceil().clamp(1.0, 8192.0);
            // The last point is the first of the next piece.
            for n in 0..steps as usize {
                let share = n as f32 / steps;
                let (x, y) = (ax + (bx - ax) * share, ay + (by - ay) * share);
                if x >= 0.0 && y >= 0.0 {
                    let [w, h] = self.image.size;
                    self.dot((x as usize).min(w.saturating_sub(1)), (y as usize).min(h.saturating_sub(1)), color);
                }
            }
        }
    }

    fn dot(&mut self, x: usize, y: usize, color: Color32) {
        let [w, _] = self.image.size;
        if let Some(pixel) = self.image.pixels.get_mut(y * w + x) {
            *pixel = pixel.blend(color);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{pt, rect};

    fn inked(raster: Raster) -> Vec<(usize, usize)> {
        let image = raster.into_image();
        let [w, h] = image.size;
        let all = (0..h).flat_map(|y| (0..w).map(move |x| (x, y)));
        all.filter(|(x, y)| image[(*x, *y)] != Color32::TRANSPARENT).collect()
    }

    #[test]
    fn boxes_cover_their_share_of_the_picture_and_tiny_ones_are_seen() {
        let mut raster = Raster::new([10, 10], rect(100.0, 100.0, 1000.0, 1000.0));
        raster.fill(rect(100.0, 100.0, 200.0, 100.0), Color32::RED);
        raster.fill(rect(900.0, 900.0, 1.0, 1.0), Color32::RED);
        assert_eq!(inked(raster), [(0, 0), (1, 0), (8, 8)]);
    }

    #[test]
    fn lines_and_boxes_at_and_beyond_the_edge_stay_inside() {
        let mut raster = Raster::new([4, 4], rect(0.0, 0.0, 4.0, 4.0));
        raster.course(&[pt(-5.0, 2.0), pt(9.0, 2.0)], Color32::RED);
        raster.fill(rect(3.9, 3.9, 10.0, 10.0), Color32::RED);
        let inked = inked(raster);
        assert!((0..4).all(|x| inked.contains(&(x, 2))), "{inked:?}");
        assert!(inked.contains(&(3, 3)));
    }
}
