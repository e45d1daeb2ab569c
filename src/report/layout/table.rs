//! Tables: rows, rules, heads repeated on every page, and rows that go over several pages.

use super::atoms::filled;
use super::blocks::Setter;
use super::columns::places;
use super::line::Line;
use super::slab::Slab;
use crate::geometry::{pt, rect};
use crate::report::page::{Content, PageItem, Role, TagId};
use crate::report::tree::{Rich, Row, Table, TableLook};
use crate::scene::Shape;
use crate::theme::Ink;
use std::rc::Rc;

/// Line height over em size in ruled and in plain tables.
const LEADING: (f32, f32) = (1.36, 1.24);
/// A row taller than this may be parted by the end of a page.
const WHOLE_ROW: f32 = 150.0;
/// Parts of such a row are about this high.
const PART: f32 = 52.0;
/// A head higher than this is not repeated.
const REPEATED_HEAD: f32 = 120.0;

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

/// What the cells of a row are in the structure of the document.
struct Roles {
    first: Role,
    others: Role,
}

impl Setter {
    pub fn table(&mut self, table: &Table, width: f32) -> Vec<Slab> {
        let places = places(table, width, self.hand);
        let ruled = table.look != TableLook::Plain;
        // What only stands beside each other for the eye is no table for the ear.
        let tag = if table.is_layout() { self.section } else { Some(self.tags.add(Role::Table, self.section)) };
        let first = if table.rows_are_headed() { Role::RowHeader } else { Role::Cell };
        let roles = if table.is_layout() {
            Roles { first: Role::Paragraph, others: Role::Paragraph }
        } else {
            Roles { first, others: Role::Cell }
        };
        let mut out = Vec::new();
        let mut repeated = None;
        if !table.head.is_empty() {
            let row = Some(self.tags.add(Role::Row, tag));
            let roles = Roles { first: Role::HeaderCell, others: Role::HeaderCell };
            let cells = self.cells(&table.head, &places, row, &roles, LEADING.0);
            let mut head = row_slab(cells, (3.4, 3.4), None, width);
            head.items.push(rule(head.height - 0.6, width, 1.2, Ink::Text));
            head.before = 5.0;
            head.glue = true;
            if head.height <= REPEATED_HEAD {
                repeated = Some(Rc::new(head.clone()));
            }
            out.push(head);
        }
        let count = table.rows.len();
        for (n, row) in table.rows.iter().enumerate() {
            let mut slabs = self.row(row, &places, tag, &roles, ruled, table.is_layout(), width);
            if let (0, TableLook::Framed, Some(first)) = (n, table.look, slabs.first_mut()) {
                first.items.push(rule(0.0, width, 1.2, Ink::Text));
            }
            let parted = slabs.len() > 1;
            for slab in &mut slabs {
                slab.head = repeated.clone();
                // Neither the first nor the last row stands alone.
                slab.keep = slab.keep || (!parted && ruled && count > 2 && (n == 0 || n + 2 == count));
            }
            if n == 0 && table.head.is_empty() {
                slabs.iter_mut().take(1).for_each(|s| s.before = 5.0);
            }
            out.extend(slabs);
        }
        if let Some(last) = out.last_mut() {
            (last.keep, last.glue) = (false, false);
        }
        out
    }

    #[allow(clippy::too_many_arguments)]
    fn row(
        &mut self,
        row: &Row,
        places: &[(f32, f32, bool)],
        table: Option<TagId>,
        roles: &Roles,
        ruled: bool,
        layout: bool,
        width: f32,
    ) -> Vec<Slab> {
        let tag = if layout { table } else { Some(self.tags.add(Role::Row, table)) };
        let leading = if ruled { LEADING.0 } else { LEADING.1 };
        let cells = self.cells(&row.cells, places, tag, roles, leading);
        let pad = if ruled { 4.2 } else { 0.7 };
        let line_below = ruled.then_some(Ink::Border);
        let mut out = parted(cells, pad, line_below, width);
        if let (Some(first), Some(name)) = (out.first_mut(), &row.anchor) {
            first.items.push(PageItem { tag: None, content: Content::Anchor { name: name.clone(), at: pt(0.0, 0.0) } });
        }
        out
    }

    fn cells(
        &mut self,
        cells: &[Rich],
        places: &[(f32, f32, bool)],
        row: Option<TagId>,
        roles: &Roles,
        leading: f32,
    ) -> Vec<Cell> {
        let cell = |(n, (rich, &(x, width, right))): (usize, (&Rich, &(f32, f32, bool)))| {
            let tag = self.tags.add(if n == 0 { roles.first } else { roles.others }, row);
            Cell { x, width, right, lines: self.lines(rich, width, leading, Some(tag)) }
        };
        cells.iter().zip(places).enumerate().map(cell).collect()
    }
}

/// A row as one slab, or as several when it is tall.
fn parted(mut cells: Vec<Cell>, pad: f32, line_below: Option<Ink>, width: f32) -> Vec<Slab> {
    if cells.iter().all(|c| c.height() <= WHOLE_ROW) {
        return vec![row_slab(cells, (pad, pad), line_below, width)];
    }
    let mut out = Vec::new();
    let mut above = pad;
    while cells.iter().any(|c| c.height() > 1.5 * PART) {
        let part = cells.iter_mut().map(|cell| {
            let mut used = 0.0;
            let fits = cell.lines.iter().take_while(|l| {
                used += l.height;
                used <= PART
            });
            let fits = fits.count().max(1).min(cell.lines.len());
            let rest = cell.lines.split_off(fits);
            Cell { lines: std::mem::replace(&mut cell.lines, rest), ..*cell }
        });
        out.push(row_slab(part.collect(), (above, 0.0), None, width));
        above = 0.0;
    }
    out.push(row_slab(cells, (above, pad), line_below, width));
    out
}

fn row_slab(cells: Vec<Cell>, (above, below): (f32, f32), line_below: Option<Ink>, width: f32) -> Slab {
    let tallest = cells.iter().map(Cell::height).fold(0.0, f32::max);
    let few = above == below && cells.iter().all(|c| c.lines.len() <= 2);
    let mut out = Slab { height: tallest + above + below, ..Slab::default() };
    for cell in cells {
        // A name stays at the edge of its column; a text read from the right stands at the right.
        let is_running = cell.lines.len() > 1;
        let mut y = if few { above + (tallest - cell.height()) / 2.0 } else { above };
        for line in cell.lines {
            let x =
                if cell.right || (line.from_right && is_running) { cell.x + (cell.width - line.width).max(0.0) } else { cell.x };
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
