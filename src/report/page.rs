//! Finished pages: positioned shapes and links, each with its role in the structure of the document.

use super::logo::Pixels;
use super::options::Paper;
use super::tree::{Link, Style};
use crate::geometry::{Point, Rect, Vec2};
use crate::scene::Shape;
use crate::theme::Ink;

/// All pages and how their content hangs together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    pub pages: Vec<Page>,
    pub tags: Tags,
    pub bookmarks: Vec<Bookmark>,
}

/// A sheet of paper; points, y grows downwards from the top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub sheet: Sheet,
    /// Title of the chapter the page belongs to.
    pub chapter: String,
    /// Without running header and footer.
    pub bare: bool,
    pub items: Vec<PageItem>,
}

/// A sheet of paper, upright or across.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub paper: Paper,
    pub across: bool,
}

impl Sheet {
    pub fn upright(paper: Paper) -> Sheet {
        Sheet { paper, across: false }
    }

    pub fn across(paper: Paper) -> Sheet {
        Sheet { paper, across: true }
    }

    /// Across for pictures wider than 1.4 : 1.
    pub fn for_picture(paper: Paper, width: f32, height: f32) -> Sheet {
        Sheet { paper, across: width > 1.4 * height }
    }

    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        let (w, h) = self.paper.size();
        if self.across { (h, w) } else { (w, h) }
    }

    /// The part of the sheet for content, inside margins, header and footer.
    pub fn body(self) -> Rect {
        let (w, h) = self.size();
        let side = self.margin();
        Rect { x: side, y: 64.0, w: w - 2.0 * side, h: h - 64.0 - 52.0 }
    }

    /// Left and right margin: 18 mm, a little less across.
    pub fn margin(self) -> f32 {
        if self.across { 38.4 } else { 51.02 }
    }
}

/// Something on a page and what it is part of.
#[derive(Clone, Debug, PartialEq)]
pub struct PageItem {
    /// The structure element; `None` for decoration and running heads.
    pub tag: Option<TagId>,
    pub content: Content,
}

/// What can be on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Shape(Shape),
    /// Shapes of which only what lies in the area shows.
    Clipped {
        area: Rect,
        shapes: Vec<Shape>,
    },
    /// A logo on a ground it is mixed with where it is not opaque.
    Logo {
        area: Rect,
        pixels: Pixels,
        ground: Ink,
    },
    /// A sensitive area.
    Link {
        area: Rect,
        to: Link,
        words: String,
    },
    /// A place links lead to.
    Anchor {
        name: String,
        at: Point,
    },
    /// Stands for the number of an anchor's page, right-aligned at a point of the baseline, until all pages are known.
    PageOf {
        anchor: String,
        right: Point,
        style: Style,
    },
}

impl Content {
    /// What it draws.
    pub fn shapes(&self) -> &[Shape] {
        match self {
            Content::Shape(shape) => std::slice::from_ref(shape),
            Content::Clipped { shapes, .. } => shapes,
            _ => &[],
        }
    }

    /// Moved by a vector.
    pub fn translated(self, by: Vec2) -> Content {
        match self {
            Content::Shape(shape) => Content::Shape(shape.translated(by)),
            Content::Clipped { area, shapes } => Content::Clipped {
                area: area.translate(by),
                shapes: shapes.into_iter().map(|shape| shape.translated(by)).collect(),
            },
            Content::Logo { area, pixels, ground } => Content::Logo { area: area.translate(by), pixels, ground },
            Content::Link { area, to, words } => Content::Link { area: area.translate(by), to, words },
            Content::Anchor { name, at } => Content::Anchor { name, at: at + by },
            Content::PageOf { anchor, right, style } => Content::PageOf { anchor, right: right + by, style },
        }
    }
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// 1 chapter, 2 section, 3 below.
    pub level: u8,
    pub title: String,
    /// Index of the page.
    pub page: usize,
    /// Distance from the top of the page.
    pub y: f32,
}

/// Index into [`Tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub usize);

/// The structure tree of the document, parents before children, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags(pub Vec<Tag>);

/// An element of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    pub role: Role,
    /// `None` for children of the document itself.
    pub parent: Option<TagId>,
    /// Alternative text of figures.
    pub alt: String,
}

/// What a structure element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Section,
    /// 1 to 3.
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    ListLabel,
    ListBody,
    /// The table of contents, one line of it, and what the line leads to.
    Contents,
    ContentsItem,
    Reference,
    Table,
    Row,
    /// Says what the cells below it are.
    HeaderCell,
    /// Says what the cells right of it are about.
    RowHeader,
    Cell,
    Figure,
    Caption,
    Link,
}

impl Tags {
    pub fn add(&mut self, role: Role, parent: Option<TagId>) -> TagId {
        self.add_with(role, parent, String::new())
    }

    pub fn add_with(&mut self, role: Role, parent: Option<TagId>, alt: String) -> TagId {
        self.0.push(Tag { role, parent, alt });
        TagId(self.0.len() - 1)
    }

    pub fn get(&self, id: TagId) -> Option<&Tag> {
        self.0.get(id.0)
    }
}
