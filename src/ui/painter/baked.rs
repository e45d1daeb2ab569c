//! Triangles kept from frame to frame, so that a frame costs little more than copying them.

use super::{Brush, Painter, View};
use crate::geometry::{Rect, pt};
use crate::scene::Shape;
use crate::theme::Theme;
use crate::tool::Camera;
use crate::ui::fonts;
use egui::epaint::{TessellationOptions, Tessellator, Vertex};
use egui::{Color32, Galley, Mesh, Vec2, pos2};
use std::sync::Arc;

/// The triangles of some shapes, in points from where the origin of the world is on the screen.
#[derive(Debug)]
pub struct Baked {
    vertices: Vec<Vertex>,
    indices: Vec<u32>,
    /// The scale they were made for.
    scale: f32,
    /// Height of the font atlas they were made for. Letters are found in it by their share of it, and it grows downwards.
    atlas: usize,
    /// The part of the world outside of which something may be missing.
    within: Option<Rect>,
}

impl Baked {
    /// Adds the triangles to a mesh, for a view of about that scale and a font atlas of that height.
    pub fn copy_to(&self, mesh: &mut Mesh, origin: Vec2, scale: f32, atlas: usize) {
        let first = mesh.vertices.len() as u32;
        mesh.indices.extend(self.indices.iter().map(|index| index + first));
        if scale == self.scale && atlas == self.atlas {
            mesh.vertices.extend(self.vertices.iter().map(|v| Vertex { pos: v.pos + origin, ..*v }));
        } else {
            let (stretch, share) = (scale / self.scale, self.atlas as f32 / atlas as f32);
            let fitted = |v: &Vertex| Vertex {
                pos: pos2(v.pos.x * stretch + origin.x, v.pos.y * stretch + origin.y),
                uv: pos2(v.uv.x, v.uv.y * share),
                color: v.color,
            };
            mesh.vertices.extend(self.vertices.iter().map(fitted));
        }
    }

    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Whether nothing is missing in a part of the world.
    pub fn is_whole_in(&self, part: Rect) -> bool {
        self.within.is_none_or(|within| within.contains_rect(part))
    }

    /// Numbers of vertices and of indices.
    pub fn size(&self) -> (usize, usize) {
        (self.vertices.len(), self.indices.len())
    }
}

/// What triangles depend on besides shapes and scale. When it changes they have to be made anew.
#[derive(Debug)]
pub struct Surface {
    theme: Theme,
    pixels_per_point: f32,
    options: TessellationOptions,
    /// Some text as laid out. egui keeps it from frame to frame and forgets it together with the font atlas.
    token: Arc<Galley>,
}

impl PartialEq for Surface {
    fn eq(&self, other: &Surface) -> bool {
        self.theme == other.theme
            && self.pixels_per_point == other.pixels_per_point
            && self.options == other.options
            && Arc::ptr_eq(&self.token, &other.token)
    }
}

impl Surface {
    /// As it is now.
    pub fn now(ctx: &egui::Context, theme: Theme) -> Surface {
        let font = fonts::font(crate::text::Face::Regular, 12.0);
        let token = ctx.fonts_mut(|f| f.layout_no_wrap("Palisade".to_owned(), font, Color32::PLACEHOLDER));
        Surface { theme, pixels_per_point: ctx.pixels_per_point(), options: ctx.tessellation_options(|o| *o), token }
    }
}

/// Makes triangles for lists of shapes at the scale of a painter's view. Of dashed outlines only what is in and around the
/// view.
pub fn bake<'s>(painter: &Painter<'_>, lists: impl IntoIterator<Item = &'s [Shape]>) -> Vec<Baked> {
    let (ctx, scale, seen) = (painter.painter.ctx(), painter.view.camera.scale, painter.view.visible());
    let around = Rect::from_center(seen.center(), seen.w * 2.0, seen.h * 2.0);
    let view = View { camera: Camera { center: pt(0.0, 0.0), scale }, rect: egui::Rect::ZERO };
    let brush = Brush { ctx, view, theme: painter.theme, opacity: 1.0, within: Some(view.rect_to_screen(around)) };
    let trace = |shapes: &[Shape]| {
        let mut out = Vec::with_capacity(shapes.len());
        shapes.iter().for_each(|shape| brush.trace(shape, &mut out));
        (out, shapes.iter().any(Shape::is_dashed).then_some(around))
    };
    // All text is laid out first: it may make the atlas grow.
    let traced: Vec<(Vec<egui::Shape>, Option<Rect>)> = lists.into_iter().map(trace).collect();
    let options = ctx.tessellation_options(|o| *o);
    let atlas = ctx.fonts(|f| f.font_image_size());
    let [_, height] = atlas;
    let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, atlas, Vec::new());
    let baked = traced.into_iter().map(|(shapes, within)| {
        let mut mesh = Mesh::default();
        shapes.into_iter().for_each(|shape| tessellator.tessellate_shape(shape, &mut mesh));
        Baked { vertices: mesh.vertices, indices: mesh.indices, scale, atlas: height, within }
    });
    baked.collect()
}

/// Height of the font atlas, in pixels.
pub fn atlas_height(ctx: &egui::Context) -> usize {
    let [_, height] = ctx.fonts(|f| f.font_image_size());
    height
}

/// Draws a frame again in which the font atlas grew after a mesh with letters was handed over: `used` is the height it was
/// made for.
pub fn watch_atlas(ctx: &egui::Context, used: usize) {
    let id = egui::Id::new("font atlas of the canvas");
    let this_pass = (ctx.cumulative_pass_nr(), used);
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<(u64, usize)>(id);
        data.insert_temp(id, this_pass);
        before
    });
    if before.is_some() {
        return;
    }
    let check = move |ui: &mut egui::Ui| {
        let ctx = ui.ctx();
        let last = ctx.data(|data| data.get_temp::<(u64, usize)>(id));
        if last.is_some_and(|(pass, used)| pass == ctx.cumulative_pass_nr() && used != atlas_height(ctx)) {
            ctx.request_discard("the font atlas grew");
            if !ctx.will_discard() {
                ctx.request_repaint();
            }
        }
    };
    ctx.on_end_pass("font atlas of the canvas", Arc::new(check));
}
