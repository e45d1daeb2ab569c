//! Blocks become slabs.

use super::atoms::{filled, text_at};
use super::contents::Entry;
use super::hand::Hand;
use super::line::Line;
use super::lines::break_lines;
use super::slab::Slab;
use crate::geometry::{pt, rect};
use crate::report::options::Paper;
use crate::report::page::{Content, PageItem, Role, Sheet, TagId, Tags};
use crate::report::style::{BODY, CHAPTER};
use crate::report::tree::*;
use crate::scene::Shape;
use crate::text::Face;
use crate::theme::Ink;
use std::rc::Rc;

const BODY_LEADING: f32 = 1.5;
/// Share of a page that columns may take.
const TALLEST_COLUMNS: f32 = 0.9;
/// Lines of a heading that stay together.
const HEADING_LINES: usize = 8;

/// Sets blocks and keeps the structure of the document.
pub struct Setter {
    pub tags: Tags,
    /// The structure element new blocks belong to.
    pub section: Option<TagId>,
    pub entries: Vec<Entry>,
    pub paper: Paper,
    pub hand: Hand,
    /// Level of the heading before.
    level: u8,
    /// Inside of a frame or column, where nothing has a page of its own.
    pub framed: bool,
}

impl Setter {
    pub fn new(entries: Vec<Entry>, paper: Paper, hand: Hand) -> Setter {
        Setter { tags: Tags::default(), section: None, entries, paper, hand, level: 1, framed: false }
    }

    /// The sheet of running text.
    pub fn sheet(&self) -> Sheet {
        Sheet::upright(self.paper)
    }

    pub fn lines(&mut self, rich: &Rich, width: f32, leading: f32, tag: Option<TagId>) -> Vec<Line> {
        let rich = self.hand.dressed(rich);
        break_lines(&rich, width, leading, self.hand.language, tag, &mut self.tags)
    }

    /// The slabs of a chapter, its title first.
    pub fn chapter(&mut self, chapter: &Chapter) -> Vec<Slab> {
        let width = self.sheet().body().w;
        self.level = 1;
        let tag = self.tags.add(Role::Heading(1), self.section);
        let mut title = Rich::new();
        if let Some(n) = chapter.number {
            title = title.text(CHAPTER.ink(Ink::Accent), n.to_string()).gap(8.0);
        }
        let title = title.text(CHAPTER, chapter.title.clone());
        let lines = self.lines(&title, width, 1.25, Some(tag));
        let (mut head, more) = first_lines(lines);
        let bookmark = match chapter.number {
            Some(n) => format!("{n}  {}", chapter.title),
            None => chapter.title.clone(),
        };
        head.bookmarks.push((1, bookmark));
        head.glue = true;
        head.before = 34.0;
        head.items.push(anchor(&chapter.anchor));
        let mut above = vec![head];
        above.extend(more);
        above.push(Slab { glue: true, ..Slab::spacer(8.0) });
        self.blocks_below(above, &chapter.blocks, width)
    }

    pub fn blocks(&mut self, blocks: &[Block], width: f32) -> Vec<Slab> {
        self.blocks_below(Vec::new(), blocks, width)
    }

    fn blocks_below(&mut self, mut out: Vec<Slab>, blocks: &[Block], width: f32) -> Vec<Slab> {
        for (n, block) in blocks.iter().enumerate() {
            let after_heading = out.last().is_some_and(|last| last.glue);
            let mut slabs = match block {
                Block::Figure(figure) if figure.place == Place::OwnPage && after_heading && !self.framed => {
                    // Headings go onto the page of the figure they lead to.
                    let first = out.iter().rposition(|slab| !slab.glue).map_or(0, |at| at + 1);
                    let above = Slab::stacked(out.split_off(first));
                    self.figure(figure, width, above)
                }
                Block::Together(inner) if after_heading => {
                    let first = out.iter().rposition(|slab| !slab.glue).map_or(0, |at| at + 1);
                    let above = out.split_off(first);
                    let mut slabs = self.blocks_below(above, inner, width);
                    keep_together(&mut slabs);
                    slabs
                }
                other => self.block(other, width),
            };
            if let Block::Continued(words, _) = block {
                out.iter_mut().last().into_iter().for_each(|above| above.lingers = true);
                let head = self.continued(words, width);
                slabs.iter_mut().take(1).for_each(|first| first.head = Some(head.clone()));
            }
            // Words that lead to a table or picture stay with it.
            let leads = match (block, blocks.get(n + 1)) {
                (Block::Paragraph(_), Some(Block::Figure(figure))) => figure.place == Place::InText || self.framed,
                (Block::Paragraph(_), Some(Block::Table(_) | Block::Columns(_))) => true,
                _ => false,
            };
            if let Some(last) = slabs.last_mut().filter(|_| leads) {
                last.keep = true;
            }
            if let (Block::Space(_), true, Some(space)) = (block, after_heading, slabs.first_mut()) {
                space.glue = true;
            }
            out.append(&mut slabs);
        }
        out
    }

    fn block(&mut self, block: &Block, width: f32) -> Vec<Slab> {
        match block {
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(text) => self.paragraph(text, width, 0.0),
            Block::Table(table) => self.table(table, width),
            Block::Figure(figure) => self.figure(figure, width, Slab::default()),
            Block::Columns(columns) => self.columns(columns, width),
            Block::Together(blocks) | Block::Continued(_, blocks) => {
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

    /// What stands above something that goes on from the page before: one line, for the eye alone.
    fn continued(&mut self, words: &Rich, width: f32) -> Rc<Slab> {
        let line = self.lines(words, width, 1.3, None).into_iter().take(1).map(of_line);
        let mut head = Slab::stacked(line.collect());
        head.items.push(PageItem {
            tag: None,
            content: Content::Shape(filled(rect(0.0, head.height + 3.0, width, 0.6), 0.0, Ink::Border)),
        });
        head.height += 9.0;
        Rc::new(head)
    }

    fn heading(&mut self, heading: &Heading, width: f32) -> Vec<Slab> {
        // No level is left out, as screen readers want it.
        self.level = heading.level.clamp(2, 3).min(self.level + 1);
        let tag = self.tags.add(Role::Heading(self.level), self.section);
        let lines = self.lines(&heading.text, width, 1.3, Some(tag));
        let (mut slab, more) = first_lines(lines);
        slab.before = if heading.level <= 2 { 15.0 } else { 11.0 };
        if more.is_empty() {
            slab.height += if heading.level <= 2 { 3.0 } else { 1.5 };
        }
        slab.glue = true;
        slab.bookmarks.extend(heading.bookmark.clone().map(|title| (heading.level, title)));
        slab.items.extend(heading.anchor.as_deref().map(anchor));
        std::iter::once(slab).chain(more).collect()
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
            let from = if line.from_right { (width - line.width).max(indent) } else { indent };
            slab.add(line.items, from, 0.0);
            slab.glue = n + 1 < count && (n == 0 || n + 2 == count);
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
            let label = self.tags.add(Role::ListLabel, Some(item_tag));
            let tag = self.tags.add(Role::ListBody, Some(item_tag));
            let mut slabs = self.tagged_lines(item, width, 12.0, tag);
            if let Some(first) = slabs.first_mut() {
                let dot = text_at(2.0, BODY.size * BODY_LEADING / 2.0, Face::Bold, BODY.size, Ink::Accent, "•");
                first.items.insert(0, PageItem { tag: Some(label), content: Content::Shape(dot) });
                first.before = 2.5;
            }
            out.extend(slabs);
        }
        out
    }

    fn columns(&mut self, columns: &[(f32, Vec<Block>)], width: f32) -> Vec<Slab> {
        const GAP: f32 = 22.0;
        let total: f32 = columns.iter().map(|(share, _)| share).sum();
        let free = width - GAP * columns.len().saturating_sub(1) as f32;
        let mut out = Slab { before: 9.0, ..Slab::default() };
        let mut x = 0.0;
        let (level, tags) = (self.level, self.tags.0.len());
        let framed = std::mem::replace(&mut self.framed, true);
        for (share, blocks) in columns {
            let w = free * share / total.max(f32::EPSILON);
            let column = Slab::stacked(self.blocks(blocks, w));
            out.height = out.height.max(column.height);
            out.add(column.items, x, 0.0);
            out.bookmarks.extend(column.bookmarks);
            x += w + GAP;
        }
        self.framed = framed;
        if out.height <= self.sheet().body().h * TALLEST_COLUMNS {
            return vec![out];
        }
        // Too much to stand beside each other: one after the other, as if the above had not been tried.
        self.level = level;
        self.tags.0.truncate(tags);
        columns.iter().flat_map(|(_, blocks)| self.blocks(blocks, width)).collect()
    }

    fn callout(&mut self, blocks: &[Block], width: f32) -> Vec<Slab> {
        const PAD: f32 = 7.0;
        let framed = std::mem::replace(&mut self.framed, true);
        let inner = self.blocks(blocks, width - 2.0 * PAD - 2.4);
        self.framed = framed;
        let last = inner.len().saturating_sub(1);
        let boxed = |(n, slab): (usize, Slab)| {
            let above = if n == 0 { PAD } else { slab.before };
            let below = if n == last { PAD } else { 0.0 };
            let height = above + slab.height + below;
            let ground = filled(rect(0.0, 0.0, width, height), 0.0, Ink::Raised.at(0.5));
            let bar = filled(rect(0.0, 0.0, 2.4, height), 0.0, Ink::Accent);
            let mut out = Slab {
                height,
                before: if n == 0 { 9.0 } else { 0.0 },
                keep: slab.keep && n != last,
                glue: slab.glue && n != last,
                ..Slab::default()
            };
            out.items.extend([ground, bar].map(|shape| PageItem { tag: None, content: Content::Shape(shape) }));
            out.add(slab.items, PAD + 2.4, above);
            out
        };
        inner.into_iter().enumerate().map(boxed).collect()
    }

    fn contents(&mut self, width: f32) -> Vec<Slab> {
        super::contents::set(self, width)
    }
}

pub fn of_line(line: Line) -> Slab {
    Slab { height: line.height, items: line.items, ..Slab::default() }
}

pub fn anchor(name: &str) -> PageItem {
    PageItem { tag: None, content: Content::Anchor { name: name.to_owned(), at: pt(0.0, 0.0) } }
}

/// The first lines of a heading as one slab; an endless heading goes on line by line.
fn first_lines(lines: Vec<Line>) -> (Slab, Vec<Slab>) {
    let mut lines = lines.into_iter().map(of_line);
    let first = Slab::stacked(lines.by_ref().take(HEADING_LINES).collect());
    let mut more: Vec<Slab> = lines.collect();
    more.iter_mut().last().into_iter().for_each(|last| last.glue = true);
    (first, more)
}

fn keep_together(slabs: &mut [Slab]) {
    if let Some((_, all_but_last)) = slabs.split_last_mut() {
        all_but_last.iter_mut().for_each(|s| s.keep = true);
    }
}

/// The shapes of a drawing as content of a structure element.
pub fn items_of(shapes: &[Shape], tag: Option<TagId>) -> impl Iterator<Item = PageItem> {
    shapes.iter().map(move |shape| PageItem { tag, content: Content::Shape(shape.clone()) })
}
