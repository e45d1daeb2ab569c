//! A diagram too large to be read on one page: its overview, then its parts at a size that can be read.

use super::atoms::text_at;
use super::blocks::{Setter, anchor, of_line};
use super::slab::Slab;
use crate::geometry::{Rect, pt, rect};
use crate::report::options::Paper;
use crate::report::page::{Content, PageItem, Role, Sheet};
use crate::report::style::SMALL;
use crate::report::tree::{Drawing, Figure, Link, Rich};
use crate::scene::{Shape, Stroke};
use crate::text::{Face, width};
use crate::theme::Ink;

/// Letters of the overview smaller than this are no longer read, in points.
const LEAST_READ: f32 = 4.0;
/// Size of the letters on the parts.
const READ: f32 = 6.8;
/// What neighbouring parts both show.
const OVERLAP: f32 = 20.0;
/// Parts at most, along each side.
const MOST: usize = 8;
/// Room for the caption of a part.
const CAPTION: f32 = 30.0;

/// The parts of a picture.
pub struct Tiles {
    sheet: Sheet,
    /// Scale of the parts.
    scale: f32,
    columns: usize,
    rows: usize,
    /// What one part newly shows, in points of the drawing.
    step: (f32, f32),
    /// Of the drawing.
    size: (f32, f32),
    /// Begins the names of the places links lead to.
    name: String,
}

/// The usual size of letters: a quarter of them are smaller.
fn letters(drawing: &Drawing) -> Option<f32> {
    let mut sizes: Vec<f32> = drawing
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Text(run) if run.size.is_finite() && !matches!(run.face, Face::Icon | Face::IconFill) => Some(run.size),
            _ => None,
        })
        .collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 4).copied()
}

/// The parts of a picture, when its letters cannot be read at the scale of the overview.
pub fn of(drawing: &Drawing, overview: f32, paper: Paper) -> Option<Tiles> {
    let size = letters(drawing).filter(|size| size * overview < LEAST_READ)?;
    let sheet = Sheet::for_picture(paper, drawing.width, drawing.height);
    let body = sheet.body();
    let (w, h) = (body.w, body.h - CAPTION);
    let wanted = READ / size;
    let parts = |long: f32, page: f32, scale: f32| ((long * scale - OVERLAP).max(1.0) / (page - OVERLAP)).ceil().max(1.0);
    // So large that it would fill a book: the parts are smaller then.
    let most = MOST as f32;
    let limit = ((most * (w - OVERLAP) + OVERLAP) / drawing.width).min((most * (h - OVERLAP) + OVERLAP) / drawing.height);
    let scale = wanted.min(limit * 0.999);
    let (columns, rows) = (parts(drawing.width, w, scale) as usize, parts(drawing.height, h, scale) as usize);
    let step = ((w - OVERLAP) / scale, (h - OVERLAP) / scale);
    let name = format!("part of {} {} {} {}", drawing.width, drawing.height, drawing.shapes.len(), drawing.alt.len());
    (columns * rows > 1).then_some(Tiles { sheet, scale, columns, rows, step, size: (drawing.width, drawing.height), name })
}

impl Tiles {
    /// The name of a part: B3.
    fn label(column: usize, row: usize) -> String {
        let letter = char::from(b'A' + u8::try_from(row.min(25)).unwrap_or(0));
        format!("{letter}{}", column + 1)
    }

    fn all(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let columns = self.columns;
        (0..self.rows).flat_map(move |row| (0..columns).map(move |column| (column, row)))
    }

    fn anchor(&self, column: usize, row: usize) -> String {
        format!("{}, {}", self.name, Tiles::label(column, row))
    }

    /// Lines, names and links on the overview.
    pub fn mark_on(&self, slab: &mut Slab, scale: f32, (x, y): (f32, f32)) {
        let grid = Stroke::new(0.5, Ink::Accent.at(0.6)).dashed(3.0, 2.0);
        for (column, row) in self.all() {
            let (w, h) = (self.step.0 * scale, self.step.1 * scale);
            let (left, top) = (column as f32 * w, row as f32 * h);
            // The last ones show less than a page.
            let (wide, high) = (w.min(self.size.0 * scale - left), h.min(self.size.1 * scale - top));
            let at = rect(x + left, y + top, wide.max(1.0), high.max(1.0));
            let frame = Shape::Rect { rect: at, radius: 0.0, fill: None, stroke: Some(grid) };
            let label = Tiles::label(column, row);
            let wide = width(Face::Bold, 8.0, &label);
            let ground = Shape::Rect {
                rect: rect(at.x, at.y, wide + 6.0, 11.0),
                radius: 0.0,
                fill: Some(Ink::AccentSoft.into()),
                stroke: None,
            };
            let words = text_at(at.x + 3.0, at.y + 5.5, Face::Bold, 8.0, Ink::Accent, label);
            slab.items.push(PageItem { tag: None, content: Content::Clipped { area: at, shapes: vec![frame, ground, words] } });
        }
    }

    /// A page for every part.
    pub fn pages(&self, setter: &mut Setter, figure: &Figure) -> Vec<Slab> {
        let body = self.sheet.body();
        let area = rect(0.0, 0.0, body.w, body.h - CAPTION);
        let title = figure.bookmark.clone().unwrap_or_default();
        let mut out = Vec::new();
        for (column, row) in self.all() {
            let label = Tiles::label(column, row);
            let alt = format!("Part {label} of {}", if title.is_empty() { "the picture" } else { &title });
            let tag = setter.tags.add_with(Role::Figure, setter.section, alt.clone());
            let (x, y) = (-(column as f32) * self.step.0 * self.scale, -(row as f32) * self.step.1 * self.scale);
            let shapes = figure.drawing.scaled(self.scale, x, y).into_iter().filter(|shape| touches(shape, area)).collect();
            let mut slab = Slab { own: Some(self.sheet), height: body.h, ..Slab::default() };
            slab.items.push(anchor(&self.anchor(column, row)));
            slab.items.push(PageItem { tag: Some(tag), content: Content::Clipped { area, shapes } });
            let caption = setter.tags.add(Role::Caption, Some(tag));
            let mut words = Rich::new().text(SMALL.bold().ink(Ink::Text), format!("{alt}."));
            if let Some(whole) = &figure.anchor {
                words = words.text(SMALL, "  ").link(SMALL.ink(Ink::Accent), "Back to the overview", Link::Anchor(whole.clone()));
            }
            words = words.text(SMALL, self.around(column, row));
            let lines = setter.lines(&words, body.w, 1.35, Some(caption)).into_iter().take(2).map(of_line).collect();
            let lines = Slab::stacked(lines);
            slab.add(lines.items, 0.0, body.h - CAPTION + 6.0);
            out.push(slab);
        }
        out
    }

    /// Which parts lie beside this one.
    fn around(&self, column: usize, row: usize) -> String {
        let mut out = Vec::new();
        if let Some(left) = column.checked_sub(1) {
            out.push(format!("{} left", Tiles::label(left, row)));
        }
        if column + 1 < self.columns {
            out.push(format!("{} right", Tiles::label(column + 1, row)));
        }
        if let Some(above) = row.checked_sub(1) {
            out.push(format!("{} above", Tiles::label(column, above)));
        }
        if row + 1 < self.rows {
            out.push(format!("{} below", Tiles::label(column, row + 1)));
        }
        format!("  Beside it: {}.", out.join(", "))
    }
}

/// True when something of a shape may show in the area.
fn touches(shape: &Shape, area: Rect) -> bool {
    extent(shape).is_none_or(|r| r.x < area.right() && r.right() > area.x && r.y < area.bottom() && r.bottom() > area.y)
}

/// What a shape covers; `None` when that is not known.
pub fn extent(shape: &Shape) -> Option<Rect> {
    use crate::scene::Step;
    match shape {
        Shape::Rect { rect, .. } => Some(rect.expand(2.0)),
        Shape::Circle { center, radius, .. } => Some(Rect::from_center(*center, 2.0 * radius + 2.0, 2.0 * radius + 2.0)),
        Shape::Text(run) => {
            let wide = width(run.face, run.size, &run.text);
            Some(rect(run.at.x, run.at.y - run.size, wide, run.size * 1.3))
        }
        Shape::Path { steps, .. } => {
            let mut points = Vec::new();
            for step in steps {
                match *step {
                    Step::Move(a) | Step::Line(a) => points.push(a),
                    Step::Quad(a, b) => points.extend([a, b]),
                    Step::Cubic(a, b, c) => points.extend([a, b, c]),
                    Step::Close => {}
                }
            }
            let first = points.first().copied()?;
            let (mut low, mut high) = (first, first);
            for p in points {
                low = pt(low.x.min(p.x), low.y.min(p.y));
                high = pt(high.x.max(p.x), high.y.max(p.y));
            }
            Some(rect(low.x, low.y, high.x - low.x, high.y - low.y).expand(2.0))
        }
    }
}
