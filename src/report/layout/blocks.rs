//! Blocks become slabs.

use super::atoms::filled;
use super::contents::Entry;
use super::line::Line;
use super::lines::break_lines;
use super::slab::Slab;
use crate::geometry::{pt, rect};
use crate::report::page::{Content, PageItem, Role, Sheet, TagId, Tags};
use crate::report::style::{BODY, CHAPTER};
use crate::report::tree::*;
use crate::scene::Shape;
use crate::theme::Ink;

const BODY_LEADING: f32 = 1.5;

/// Sets blocks and keeps the structure of the document.
pub struct Setter {
    pub tags: Tags,
    /// The structure element new blocks belong to.
    pub section: Option<TagId>,
    pub entries: Vec<Entry>,
}

impl Setter {
    pub fn new(entries: Vec<Entry>) -> Setter {
        Setter { tags: Tags::default(), section: None, entries }
    }

    pub fn lines(&mut self, rich: &Rich, width: f32, leading: f32, tag: Option<TagId>) -> Vec<Line> {
        break_lines(rich, width, leading, tag, &mut self.tags)
    }

    /// The slabs of a chapter, its title first.
    pub fn chapter(&mut self, chapter: &Chapter) -> Vec<Slab> {
        let width = Sheet::Portrait.body().w;
        let tag = self.tags.add(Role::Heading(1), self.section);
        let mut title = Rich::new();
        if let Some(n) = chapter.number {
            title = title.text(CHAPTER.ink(Ink::Accent), n.to_string()).gap(8.0);
        }
        let title = title.text(CHAPTER, chapter.title.clone());
        let lines = self.lines(&title, width, 1.25, Some(tag));
        let mut head = Slab::stacked(lines.into_iter().map(of_line).collect());
        let bookmark = match chapter.number {
            Some(n) => format!("{n}  {}", chapter.title),
            None => chapter.title.clone(),
        };
        head.bookmarks.push((1, bookmark));
        head.keep = true;
        head.items.push(anchor(&chapter.anchor));
        if let Some((Block::Figure(figure), rest)) = chapter.blocks.split_first()
            && figure.place == Place::OwnPage
        {
            // The title of the chapter goes onto the page of the figure.
            let mut out = vec![self.figure(figure, width, head)];
            out.extend(self.blocks(rest, width));
            return out;
        }
        let mut out = vec![head, Slab::spacer(8.0)];
        out.extend(self.blocks(&chapter.blocks, width));
        out
    }

    pub fn blocks(&mut self, blocks: &[Block], width: f32) -> Vec<Slab> {
        let mut out: Vec<Slab> = Vec::new();
        for (n, block) in blocks.iter().enumerate() {
            let mut slabs = self.block(block, width);
            // Words that lead to a table stay with it.
            let leads = matches!((block, blocks.get(n + 1)), (Block::Paragraph(_), Some(Block::Table(_) | Block::Columns(_))));
            if let Some(last) = slabs.last_mut().filter(|_| leads) {
                last.keep = true;
            }
            out.append(&mut slabs);
        }
        out
    }

    fn block(&mut self, block: &Block, width: f32) -> Vec<Slab> {
        match block {
            Block::Heading(heading) => vec![self.heading(heading, width)],
            Block::Paragraph(text) => self.paragraph(text, width, 0.0),
            Block::Table(table) => self.table(table, width),
            Block::Figure(figure) => vec![self.figure(figure, width, Slab::default())],
            Block::Columns(columns) => vec![self.columns(columns, width)],
            Block::Together(blocks) => {
                let mut slabs = self.blocks(blocks, width);
                keep_together(&mut slabs);
                slabs
            }
            Block::Callout(blocks) => self.callout(blocks, width),
            Block::Bullets(items) => self.bullets(items, width),
            Block::Space(points) => vec![Slab { keep: false, ..Slab::spacer(*points) }],
            Block::Contents => self.contents(width),
        }
    }

    fn heading(&mut self, heading: &Heading, width: f32) -> Slab {
        let tag = self.tags.add(Role::Heading(heading.level.clamp(1, 3)), self.section);
        let lines = self.lines(&heading.text, width, 1.3, Some(tag));
        let mut slab = Slab::stacked(lines.into_iter().map(of_line).collect());
        slab.before = if heading.level <= 2 { 15.0 } else { 11.0 };
        slab.height += if heading.level <= 2 { 3.0 } else { 1.5 };
        slab.keep = true;
        slab.bookmarks.extend(heading.bookmark.clone().map(|title| (heading.level, title)));
        slab.items.extend(heading.anchor.as_deref().map(anchor));
        slab
    }

    /// Lines with no single one left behind or ahead.
    fn paragraph(&mut self, text: &Rich, width: f32, indent: f32) -> Vec<Slab> {
        let tag = self.tags.add(Role::Paragraph, self.section);
        self.tagged_lines(text, width, indent, tag)
    }

    fn tagged_lines(&mut self, text: &Rich, width: f32, indent: f32, tag: TagId) -> Vec<Slab> {
        let lines = self.lines(text, width - indent, BODY_LEADING, Some(tag));
        let count = lines.len();
        let slab = |(n, line): (usize, Line)| {
            let mut slab = Slab { height: line.height, ..Slab::default() };
            slab.add(line.items, indent, 0.0);
            slab.keep = n + 1 < count && (n == 0 || n + 2 == count);
            slab.before = if n == 0 { 4.5 } else { 0.0 };
            slab
        };
        lines.into_iter().enumerate().map(slab).collect()
    }

    fn bullets(&mut self, items: &[Rich], width: f32) -> Vec<Slab> {
        let list = self.tags.add(Role::List, self.section);
        let mut out = Vec::new();
        for item in items {
            let item_tag = self.tags.add(Role::ListItem, Some(list));
            let tag = self.tags.add(Role::ListBody, Some(item_tag));
            let mut slabs = self.tagged_lines(item, width, 12.0, tag);
            if let Some(first) = slabs.first_mut() {
                let center = pt(4.0, BODY.size * BODY_LEADING / 2.0);
                let dot = Shape::Circle { center, radius: 1.5, fill: Some(Ink::Accent.into()), stroke: None };
                first.items.push(PageItem { tag: None, content: Content::Shape(dot) });
                first.before = 2.5;
            }
            out.extend(slabs);
        }
        out
    }

    fn columns(&mut self, columns: &[(f32, Vec<Block>)], width: f32) -> Slab {
        const GAP: f32 = 22.0;
        let total: f32 = columns.iter().map(|(share, _)| share).sum();
        let free = width - GAP * columns.len().saturating_sub(1) as f32;
        let mut out = Slab { before: 9.0, ..Slab::default() };
        let mut x = 0.0;
        for (share, blocks) in columns {
            let w = free * share / total.max(f32::EPSILON);
            let column = Slab::stacked(self.blocks(blocks, w));
            out.height = out.height.max(column.height);
            out.add(column.items, x, 0.0);
            x += w + GAP;
        }
        out
    }

    fn callout(&mut self, blocks: &[Block], width: f32) -> Vec<Slab> {
        const PAD: f32 = 7.0;
        let inner = self.blocks(blocks, width - 2.0 * PAD - 2.4);
        let last = inner.len().saturating_sub(1);
        let boxed = |(n, slab): (usize, Slab)| {
            let above = if n == 0 { PAD } else { slab.before };
            let below = if n == last { PAD } else { 0.0 };
            let height = above + slab.height + below;
            let ground = filled(rect(0.0, 0.0, width, height), 0.0, Ink::Raised.at(0.5));
            let bar = filled(rect(0.0, 0.0, 2.4, height), 0.0, Ink::Accent);
            let mut out =
                Slab { height, before: if n == 0 { 9.0 } else { 0.0 }, keep: slab.keep && n != last, ..Slab::default() };
            out.items.extend([ground, bar].map(|shape| PageItem { tag: None, content: Content::Shape(shape) }));
            out.add(slab.items, PAD + 2.4, above);
            out
        };
        inner.into_iter().enumerate().map(boxed).collect()
    }

    /// A figure below what is already on its slab.
    fn figure(&mut self, figure: &Figure, width: f32, above: Slab) -> Slab {
        let own = (figure.place == Place::OwnPage).then(|| sheet_for(&figure.drawing));
        let width = own.map_or(width, |sheet| sheet.body().w);
        let tag = self.tags.add_with(Role::Figure, self.section, figure.drawing.alt.clone());
        let caption_tag = self.tags.add(Role::Caption, self.section);
        let mut below = Slab::default();
        if !figure.caption.is_empty() {
            below = Slab::stacked(self.lines(&figure.caption, width, 1.35, Some(caption_tag)).into_iter().map(of_line).collect());
        }
        if let Some(legend) = &figure.legend {
            let scale = (width / legend.width.max(1.0)).min(1.0);
            let y = below.height + 7.0;
            below.items.extend(items_of(&legend.scaled(scale, 0.0, y), Some(caption_tag)));
            below.height = y + legend.height * scale;
        }
        let room = match own {
            Some(sheet) => sheet.body().h - above.height - below.height - 12.0,
            None => Sheet::Portrait.body().h * 0.75,
        };
        let fit = (width / figure.drawing.width.max(1.0)).min(room / figure.drawing.height.max(1.0));
        let scale = fit.min(if own.is_some() { 1.4 } else { 1.0 });
        let (w, h) = (figure.drawing.width * scale, figure.drawing.height * scale);
        let (x, y) = match own {
            Some(_) => ((width - w) / 2.0, ((room - h) / 2.0).max(0.0)),
            None => (0.0, 0.0),
        };
        let top = above.height;
        let mut out = Slab { before: 6.0, own, ..above };
        out.items.extend(items_of(&figure.drawing.scaled(scale, x, top + y), Some(tag)));
        let foot = top + if own.is_some() { room + 12.0 } else { h + 5.0 };
        out.height = foot + below.height;
        out.add(below.items, 0.0, foot);
        out.items.extend(figure.anchor.as_deref().map(anchor));
        out.bookmarks.extend(figure.bookmark.clone().map(|title| (2, title)));
        out
    }

    fn contents(&mut self, width: f32) -> Vec<Slab> {
        let table = super::contents::table(&self.entries);
        self.table(&table, width)
    }
}

pub fn of_line(line: Line) -> Slab {
    Slab { height: line.height, items: line.items, ..Slab::default() }
}

fn anchor(name: &str) -> PageItem {
    PageItem { tag: None, content: Content::Anchor { name: name.to_owned(), at: pt(0.0, 0.0) } }
}

fn keep_together(slabs: &mut [Slab]) {
    if let Some((_, all_but_last)) = slabs.split_last_mut() {
        all_but_last.iter_mut().for_each(|s| s.keep = true);
    }
}

/// Across for pictures wider than 1.4 : 1.
fn sheet_for(drawing: &Drawing) -> Sheet {
    if drawing.width > 1.4 * drawing.height { Sheet::Landscape } else { Sheet::Portrait }
}

/// The shapes of a drawing as content of a structure element.
pub fn items_of(shapes: &[Shape], tag: Option<TagId>) -> impl Iterator<Item = PageItem> {
    shapes.iter().map(move |shape| PageItem { tag, content: Content::Shape(shape.clone()) })
}
