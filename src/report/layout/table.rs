//! Tables: column widths, rows, rules, and heads that are repeated on every page.

use super::atoms::filled;
use super::blocks::Setter;
use super::line::Line;
use super::slab::Slab;
use crate::geometry::{pt, rect};
use crate::report::page::{Content, PageItem, Role, TagId};
use crate::report::tree::{Column, Rich, Row, Table, TableLook, Width};
use crate::scene::Shape;
use crate::theme::Ink;
use std::rc::Rc;

const GAP: f32 = 8.0;
/// Line height over em size in ruled and in plain tables.
const LEADING: (f32, f32) = (1.36, 1.24);
/// A row taller than this is parted between its lines.
const TALLEST_ROW: f32 = 260.0;

struct Cell {
    x: f32,
    width: f32,
    right: bool,
    lines: Vec<Line>,
}

impl Cell {
    fn height(&self) -> f32 {
        self.lines.iter().map(|l| l.height).sum()
    }
}

impl Setter {
    pub fn table(&mut self, table: &Table, width: f32) -> Vec<Slab> {
        let places = places(&table.columns, width);
        let tag = self.tags.add(Role::Table, self.section);
        let ruled = table.look != TableLook::Plain;
        let mut out = Vec::new();
        let mut repeated = None;
        if !table.head.is_empty() {
            let row = self.tags.add(Role::Row, Some(tag));
            let cells = self.cells(&table.head, &places, row, Role::HeaderCell, LEADING.0);
            let mut head = row_slab(cells, 3.4, None, width);
            head.items.push(rule(head.height - 0.6, width, 1.2, Ink::Text));
            head.before = 5.0;
            head.keep = true;
            repeated = Some(Rc::new(head.clone()));
            out.push(head);
        }
        let count = table.rows.len();
        for (n, row) in table.rows.iter().enumerate() {
            let mut slabs = self.row(row, &places, tag, ruled, width);
            if let (0, TableLook::Framed, Some(first)) = (n, table.look, slabs.first_mut()) {
                first.items.push(rule(0.0, width, 1.2, Ink::Text));
            }
            for slab in &mut slabs {
                slab.head = repeated.clone();
                // Neither the first nor the last row stands alone.
                slab.keep = slab.keep || (ruled && count > 2 && (n == 0 || n + 2 == count));
            }
            if n == 0 && table.head.is_empty() {
                slabs.iter_mut().take(1).for_each(|s| s.before = 5.0);
            }
            out.extend(slabs);
        }
        out
    }

    fn row(&mut self, row: &Row, places: &[(f32, f32, bool)], table: TagId, ruled: bool, width: f32) -> Vec<Slab> {
        let tag = self.tags.add(Role::Row, Some(table));
        let leading = if ruled { LEADING.0 } else { LEADING.1 };
        let mut cells = self.cells(&row.cells, places, tag, Role::Cell, leading);
        let pad = if ruled { 4.2 } else { 0.7 };
        let mut out = Vec::new();
        while cells.iter().any(|c| c.height() > TALLEST_ROW) {
            let part = cells.iter_mut().map(|cell| {
                let mut used = 0.0;
                let fits = cell.lines.iter().take_while(|l| {
                    used += l.height;
                    used <= TALLEST_ROW
                });
                let fits = fits.count().max(1).min(cell.lines.len());
                let rest = cell.lines.split_off(fits);
                Cell { lines: std::mem::replace(&mut cell.lines, rest), ..*cell }
            });
            out.push(row_slab(part.collect(), pad, None, width));
        }
        out.push(row_slab(cells, pad, ruled.then_some(Ink::Border), width));
        if let (Some(first), Some(name)) = (out.first_mut(), &row.anchor) {
            first.items.push(PageItem { tag: None, content: Content::Anchor { name: name.clone(), at: pt(0.0, 0.0) } });
        }
        out
    }

    fn cells(&mut self, cells: &[Rich], places: &[(f32, f32, bool)], row: TagId, role: Role, leading: f32) -> Vec<Cell> {
        let cell = |(rich, &(x, width, right)): (&Rich, &(f32, f32, bool))| {
            let tag = self.tags.add(role, Some(row));
            Cell { x, width, right, lines: self.lines(rich, width, leading, Some(tag)) }
        };
        cells.iter().zip(places).map(cell).collect()
    }
}

/// Left edge, width and alignment of every column.
fn places(columns: &[Column], width: f32) -> Vec<(f32, f32, bool)> {
    let gaps = GAP * columns.len().saturating_sub(1) as f32;
    let (mut fixed, mut shares) = (0.0, 0.0);
    for column in columns {
        match column.width {
            Width::Fixed(w) => fixed += w,
            Width::Share(s) => shares += s,
        }
    }
    let free = (width - gaps - fixed).max(0.0);
    // Fixed columns that do not fit together give way alike.
    let squeeze = ((width - gaps) / fixed.max(1.0)).min(1.0);
    let mut x = 0.0;
    let place = |column: &Column| {
        let w = match column.width {
            Width::Fixed(w) => w * squeeze,
            Width::Share(s) => free * s / shares.max(f32::EPSILON),
        };
        let left = x;
        x += w + GAP;
        (left, w.max(4.0), column.right)
    };
    columns.iter().map(place).collect()
}

fn row_slab(cells: Vec<Cell>, pad: f32, line_below: Option<Ink>, width: f32) -> Slab {
    let tallest = cells.iter().map(Cell::height).fold(0.0, f32::max);
    let few = cells.iter().all(|c| c.lines.len() <= 2);
    let mut out = Slab { height: tallest + 2.0 * pad, ..Slab::default() };
    for cell in cells {
        let mut y = if few { pad + (tallest - cell.height()) / 2.0 } else { pad };
        for line in cell.lines {
            let x = if cell.right { cell.x + (cell.width - line.width).max(0.0) } else { cell.x };
            let height = line.height;
            out.items.extend(line.placed(x, y));
            y += height;
        }
    }
    out.items.extend(line_below.map(|ink| rule(out.height - 0.3, width, 0.6, ink)));
    out
}

fn rule(y: f32, width: f32, thick: f32, ink: Ink) -> PageItem {
    let shape: Shape = filled(rect(0.0, y - thick / 2.0, width, thick), 0.0, ink);
    PageItem { tag: None, content: Content::Shape(shape) }
}
