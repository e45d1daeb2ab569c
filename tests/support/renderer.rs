//! Draws egui's triangles on the processor, so that pictures need no graphics driver and are the same on every machine.
//!
//! Follows what the graphics card does: premultiplied alpha blended in gamma space, the top-left fill rule on a grid of
//! 1/256 pixel, colours and texture coordinates interpolated over the triangle, textures filtered bilinearly.

use egui::epaint::textures::TextureFilter;
use egui::epaint::{Primitive, Vertex};
use egui::{ColorImage, ImageData, TextureId, TextureOptions, TexturesDelta};
use image::RgbaImage;
use std::collections::HashMap;
use std::ops::Range;

/// Red, green, blue and alpha, 0 to 1, premultiplied.
type Rgba = [f32; 4];

#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, (ColorImage, TextureOptions)>,
}

impl egui_kittest::TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in delta.set.drain() {
            for patch in patches {
                let ImageData::Color(image) = patch.image;
                match patch.pos {
                    None => drop(self.textures.insert(id, (ColorImage::clone(&image), patch.options))),
                    Some([left, top]) => {
                        let (whole, _) = self.textures.get_mut(&id).expect("a patch follows its texture");
                        for y in 0..image.height() {
                            for x in 0..image.width() {
                                whole[(left + x, top + y)] = image[(x, y)];
                            }
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut image = RgbaImage::new(size.x.round() as u32, size.y.round() as u32);
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive.primitive else { continue };
            let Some((texture, options)) = self.textures.get(&mesh.texture_id) else {
                return Err(format!("no texture {:?}", mesh.texture_id));
            };
            let sampler = Sampler { texture, smooth: options.magnification == TextureFilter::Linear };
            let clip = primitive.clip_rect * scale;
            let columns = pixels(clip.min.x, clip.max.x, image.width());
            let rows = pixels(clip.min.y, clip.max.y, image.height());
            for corners in mesh.triangles() {
                let corners = corners.map(|i| Corner::new(&mesh.vertices[i as usize], scale));
                fill(&mut image, corners, &sampler, columns.clone(), rows.clone());
            }
        }
        Ok(image)
    }
}

fn pixels(from: f32, to: f32, limit: u32) -> Range<i64> {
    let clamp = |v: f32| (v.round() as i64).clamp(0, i64::from(limit));
    clamp(from)..clamp(to)
}

#[derive(Clone, Copy)]
struct Corner {
    /// Place in 1/256 pixel.
    x: i64,
    y: i64,
    uv: [f32; 2],
    color: Rgba,
}

impl Corner {
    fn new(vertex: &Vertex, scale: f32) -> Corner {
        let fixed = |v: f32| (v * scale * 256.0).round() as i64;
        let color = vertex.color.to_array().map(|v| f32::from(v) / 255.0);
        Corner { x: fixed(vertex.pos.x), y: fixed(vertex.pos.y), uv: [vertex.uv.x, vertex.uv.y], color }
    }
}

/// Twice the signed area of the triangle from edge `a` → `b` to the point.
fn side(a: &Corner, b: &Corner, x: i64, y: i64) -> i64 {
    (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)
}

/// Points exactly on an edge belong to the triangle only on its top and left edges, so that neighbours share no pixel.
fn is_top_left(a: &Corner, b: &Corner) -> bool {
    (a.y == b.y && b.x > a.x) || b.y < a.y
}

fn fill(image: &mut RgbaImage, mut corners: [Corner; 3], sampler: &Sampler<'_>, columns: Range<i64>, rows: Range<i64>) {
    if side(&corners[0], &corners[1], corners[2].x, corners[2].y) < 0 {
        corners.swap(1, 2);
    }
    let [a, b, c] = &corners;
    let area = side(a, b, c.x, c.y);
    if area == 0 {
        return;
    }
    let edges = [(b, c), (c, a), (a, b)];
    let bias = edges.map(|(p, q)| if is_top_left(p, q) { 0 } else { -1 });
    let even = corners.iter().all(|v| v.uv == a.uv && v.color == a.color);
    let flat = even.then(|| shade(&corners, [1.0, 0.0, 0.0], sampler));
    let span = |v: [i64; 3], limit: Range<i64>| {
        let (least, most) = (v[0].min(v[1]).min(v[2]), v[0].max(v[1]).max(v[2]));
        (least.div_euclid(256)).max(limit.start)..(most.div_euclid(256) + 1).min(limit.end)
    };
    for y in span([a.y, b.y, c.y], rows) {
        for x in span([a.x, b.x, c.x], columns.clone()) {
            let (px, py) = (x * 256 + 128, y * 256 + 128);
            let sides = edges.map(|(p, q)| side(p, q, px, py));
            if (0..3).any(|i| sides[i] + bias[i] < 0) {
                continue;
            }
            let color = flat.unwrap_or_else(|| shade(&corners, sides.map(|w| w as f32 / area as f32), sampler));
            blend(image.get_pixel_mut(x as u32, y as u32), color);
        }
    }
}

/// The colour of the triangle at a point given by its weights.
fn shade(corners: &[Corner; 3], weights: [f32; 3], sampler: &Sampler<'_>) -> Rgba {
    let mix = |get: &dyn Fn(&Corner) -> f32| (0..3).map(|i| weights[i] * get(&corners[i])).sum::<f32>();
    let texel = sampler.at(mix(&|v| v.uv[0]), mix(&|v| v.uv[1]));
    std::array::from_fn(|i| texel[i] * mix(&|v| v.color[i]))
}

fn blend(pixel: &mut image::Rgba<u8>, color: Rgba) {
    for (under, over) in pixel.0.iter_mut().zip(color) {
        let value = over * 255.0 + f32::from(*under) * (1.0 - color[3]);
        *under = value.round().clamp(0.0, 255.0) as u8;
    }
}

struct Sampler<'a> {
    texture: &'a ColorImage,
    smooth: bool,
}

impl Sampler<'_> {
    fn texel(&self, x: f32, y: f32) -> Rgba {
        let inside = |v: f32, size: usize| (v.max(0.0) as usize).min(size - 1);
        let [w, h] = self.texture.size;
        self.texture[(inside(x, w), inside(y, h))].to_array().map(|v| f32::from(v) / 255.0)
    }

    fn at(&self, u: f32, v: f32) -> Rgba {
        let (x, y) = (u * self.texture.size[0] as f32, v * self.texture.size[1] as f32);
        if !self.smooth {
            return self.texel(x.floor(), y.floor());
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let row = |y: f32| lerp(self.texel(left, y), self.texel(left + 1.0, y), right_share);
        lerp(row(top), row(top + 1.0), low_share)
    }
}

fn lerp(a: Rgba, b: Rgba, t: f32) -> Rgba {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t)
}
