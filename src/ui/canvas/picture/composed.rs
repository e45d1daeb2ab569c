//! The triangles of a picture: kept for each item and put together once for each view. A frame in which nothing changed
//! makes none, and one in which only the view moves does little more than copying.

use super::{Picture, Piece, piece};
use crate::geometry::{Rect, pt};
use crate::scene::{Layer, Shape};
use crate::ui::painter::{Baked, Painter, Surface, View, atlas_height, bake, is_shown, watch_atlas};
use egui::Mesh;
use std::sync::Arc;

/// How much is turned into triangles in one frame while older ones can stand in, by [`Piece::weight`].
const SHARPENED: usize = 1500;

/// Triangles of another scale can stand in while it is no further away than by this factor.
const STRETCH: f32 = 2.0;

/// The last frame, and what it depended on.
#[derive(Debug, Default)]
pub struct Composed {
    surface: Option<Surface>,
    shown: Option<Shown>,
    tessellated: usize,
}

#[derive(Debug)]
struct Shown {
    turn: u64,
    view: View,
    atlas: usize,
    meshes: [Arc<Mesh>; 2],
    /// Triangles of another scale stood in.
    is_blurred: bool,
}

/// Sheet and piece.
type Place = (usize, usize);

impl Piece {
    /// About how long it takes to make its triangles: letters take longest.
    fn weight(&self) -> usize {
        self.item.shapes.iter().map(|shape| if matches!(shape, Shape::Text(_)) { 8 } else { 1 }).sum()
    }

    /// Its triangles, unless some are missing in the part of the world that is seen.
    fn whole(&self, seen: Rect) -> Option<&Baked> {
        self.baked.as_ref().filter(|baked| baked.is_whole_in(common(self.item.bounds, seen)))
    }

    fn is_sharp(&self, view: &View, seen: Rect) -> bool {
        self.whole(seen).is_some_and(|baked| baked.scale() == view.camera.scale)
    }

    /// Whether it has triangles that will do until there is time for better ones.
    fn will_do(&self, view: &View, seen: Rect) -> bool {
        self.whole(seen).is_some_and(|baked| (1.0 / STRETCH..=STRETCH).contains(&(view.camera.scale / baked.scale())))
    }
}

impl Composed {
    /// How many items were turned into triangles so far.
    pub fn tessellated(&self) -> usize {
        self.tessellated
    }

    /// The picture in two layers: below and above the outlines of what is selected.
    pub fn meshes(&mut self, painter: &Painter<'_>, picture: &mut Picture) -> [Arc<Mesh>; 2] {
        let (view, ctx) = (painter.view, painter.painter.ctx());
        let surface = Surface::now(ctx, painter.theme);
        if self.surface.as_ref() != Some(&surface) {
            picture.sheets.iter_mut().flat_map(|sheet| &mut sheet.pieces).for_each(|piece| piece.baked = None);
            self.shown = None;
            self.surface = Some(surface);
        }
        let is_same =
            |shown: &Shown| (shown.turn, shown.view, shown.atlas) == (picture.turn, view, atlas_height(ctx)) && !shown.is_blurred;
        let shown = match self.shown.take() {
            Some(shown) if is_same(&shown) => shown,
            before => self.compose(painter, picture, before),
        };
        if shown.is_blurred {
            ctx.request_repaint();
        }
        watch_atlas(ctx, shown.atlas);
        let meshes = shown.meshes.clone();
        self.shown = Some(shown);
        meshes
    }

    fn compose(&mut self, painter: &Painter<'_>, picture: &mut Picture, before: Option<Shown>) -> Shown {
        let (view, scale) = (painter.view, painter.view.camera.scale);
        let seen = view.visible();
        let is_seen = |(at, n): &Place| piece(&picture.sheets, *at, *n).is_some_and(|p| is_shown(&p.item, seen, scale));
        let in_view: Vec<Place> = picture.order.iter().copied().filter(is_seen).collect();
        let is_resting = before.as_ref().is_some_and(|before| before.view.camera.scale == scale);
        let is_blurred = self.tessellate(painter, picture, &in_view, is_resting);
        let atlas = atlas_height(painter.painter.ctx());
        let mut meshes = before.map(|before| before.meshes).unwrap_or_default();
        let origin = view.to_screen(pt(0.0, 0.0)).to_vec2();
        // Names and risk stay readable: tabs and badges lie above the outlines.
        let parts = in_view.split_at(
            in_view.partition_point(|(at, n)| piece(&picture.sheets, *at, *n).is_some_and(|piece| piece.item.layer < Layer::Tab)),
        );
        for (mesh, part) in meshes.iter_mut().zip([parts.0, parts.1]) {
            let baked = || part.iter().filter_map(|(at, n)| piece(&picture.sheets, *at, *n)?.baked.as_ref());
            let mesh = emptied(mesh);
            let (vertices, indices) = baked().map(|b| b.size()).fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1));
            mesh.vertices.reserve(vertices);
            mesh.indices.reserve(indices);
            baked().for_each(|baked| baked.copy_to(mesh, origin, scale, atlas));
        }
        Shown { turn: picture.turn, view, atlas, meshes, is_blurred }
    }

    /// Makes the triangles that lack. While the scale changes, those of another scale stand in where there are many; once it
    /// rests, they are made sharp bit by bit. True while that is not finished.
    fn tessellate(&mut self, painter: &Painter<'_>, picture: &mut Picture, in_view: &[Place], is_resting: bool) -> bool {
        let (view, seen) = (painter.view, painter.view.visible());
        let of = |at: &Place| piece(&picture.sheets, at.0, at.1);
        let lacking = |at: &&Place| of(at).is_some_and(|piece| !piece.is_sharp(&view, seen));
        let lacking: Vec<Place> = in_view.iter().filter(lacking).copied().collect();
        let (can_wait, mut chosen): (Vec<Place>, Vec<Place>) =
            lacking.iter().partition(|at| of(at).is_some_and(|piece| piece.will_do(&view, seen)));
        let weight = |at: &Place| of(at).map_or(0, Piece::weight);
        let is_now = is_resting || can_wait.iter().map(weight).sum::<usize>() <= SHARPENED;
        let mut done = 0;
        chosen.extend(can_wait.into_iter().take_while(|at| {
            done += weight(at);
            is_now && done <= SHARPENED
        }));
        let shapes = chosen.iter().filter_map(of).map(|piece| piece.item.shapes.as_slice());
        let baked = bake(painter, shapes);
        self.tessellated += baked.len();
        for ((at, n), baked) in chosen.iter().zip(baked) {
            if let Some(piece) = picture.sheets.get_mut(*at).and_then(|sheet| sheet.pieces.get_mut(*n)) {
                piece.baked = Some(baked);
            }
        }
        chosen.len() < lacking.len()
    }
}

/// What two rectangles that touch have in common.
fn common(a: Rect, b: Rect) -> Rect {
    let min = pt(a.x.max(b.x), a.y.max(b.y));
    Rect::from_corners(min, pt(a.right().min(b.right()).max(min.x), a.bottom().min(b.bottom()).max(min.y)))
}

/// The mesh without content; its memory is used again if egui is done with it.
fn emptied(mesh: &mut Arc<Mesh>) -> &mut Mesh {
    if Arc::get_mut(mesh).is_none() {
        *mesh = Arc::default();
    }
    let mesh = Arc::make_mut(mesh);
    mesh.vertices.clear();
    mesh.indices.clear();
    mesh
}
