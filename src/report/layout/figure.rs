//! Figures: scaled to their place, never cut, with caption and legend; those too large to be read go on in parts.

use super::blocks::{Setter, anchor, items_of, of_line};
use super::slab::Slab;
use super::tiles;
use crate::report::page::{Content, PageItem, Role, Sheet, TagId};
use crate::report::tree::{Drawing, Figure, Place};

/// Share of a page that caption and legend may take; a longer caption goes on below.
const BELOW: f32 = 0.3;
/// Share of a page a picture in the text may take.
const IN_TEXT: f32 = 0.75;
/// Pictures on pages of their own are enlarged up to this.
const ENLARGED: f32 = 1.4;

impl Setter {
    /// A figure below what is already on its slab.
    pub fn figure(&mut self, figure: &Figure, width: f32, above: Slab) -> Vec<Slab> {
        let drawing = &figure.drawing;
        let own = (figure.place == Place::OwnPage && !self.framed)
            .then(|| Sheet::for_picture(self.paper, drawing.width, drawing.height));
        let width = own.map_or(width, |sheet| sheet.body().w);
        let tag = self.tags.add_with(Role::Figure, self.section, drawing.alt.clone());
        let page = own.unwrap_or(self.sheet()).body().h;
        let (below, rest) = self.below(figure, width, page * BELOW, tag);
        let room = match own {
            Some(_) => (page - above.height - below.height - 12.0).max(page * 0.2),
            None => page * IN_TEXT - below.height.min(page * BELOW),
        };
        let fit = (width / drawing.width.max(1.0)).min(room / drawing.height.max(1.0));
        let scale = fit.min(if own.is_some() { ENLARGED } else { 1.0 });
        let (w, h) = (drawing.width * scale, drawing.height * scale);
        let (x, y) = match own {
            Some(_) => ((width - w) / 2.0, ((room - h) / 2.0).max(0.0)),
            None => (0.0, 0.0),
        };
        let top = above.height;
        let mut out = Slab { before: 6.0, own, ..above };
        (out.keep, out.glue) = (false, false);
        out.items.extend(items_of(&drawing.scaled(scale, x, top + y), Some(tag)));
        let tiles = own.and_then(|_| tiles::of(drawing, scale, self.paper));
        if let Some(tiles) = &tiles {
            tiles.mark_on(&mut out, scale, (x, top + y));
        }
        let foot = top + if own.is_some() { room + 12.0 } else { h + 5.0 };
        out.height = foot + below.height;
        out.add(below.items, 0.0, foot);
        out.items.extend(figure.anchor.as_deref().map(anchor));
        out.bookmarks.extend(figure.bookmark.clone().map(|title| (2, title)));
        let mut slabs = vec![out];
        slabs.extend(rest);
        if let Some(tiles) = tiles {
            slabs.extend(tiles.pages(self, figure));
        }
        slabs
    }

    /// Caption and legend in at most so much room, and what is left of the caption.
    fn below(&mut self, figure: &Figure, width: f32, most: f32, figure_tag: TagId) -> (Slab, Vec<Slab>) {
        let tag = self.tags.add(Role::Caption, Some(figure_tag));
        let mut below = Slab::default();
        let mut rest = Vec::new();
        if !figure.caption.is_empty() {
            let mut used = 0.0;
            let lines = self.lines(&figure.caption, width, 1.35, Some(tag)).into_iter().map(of_line);
            let (first, later): (Vec<Slab>, Vec<Slab>) = lines.partition(|line| {
                used += line.height;
                used <= most
            });
            below = Slab::stacked(first);
            rest = later;
        }
        if let Some(legend) = &figure.legend {
            let scale = (width / legend.width.max(1.0)).min(most / legend.height.max(1.0)).min(1.0);
            let y = below.height + 7.0;
            below.items.extend(legend_items(legend, scale, y, tag));
            below.height = y + legend.height * scale;
        }
        (below, rest)
    }
}

fn legend_items(legend: &Drawing, scale: f32, y: f32, tag: TagId) -> Vec<PageItem> {
    let shapes = legend.scaled(scale, 0.0, y);
    shapes.into_iter().map(|shape| PageItem { tag: Some(tag), content: Content::Shape(shape) }).collect()
}
