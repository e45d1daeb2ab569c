//! What a report says, before anybody thinks of pages: chapters of blocks of text, tables and figures.

use super::options::{Language, Paper};
use super::redaction::Secrets;
use super::theme::{Colours, Slots, Theme};
use crate::model::{Band, Date};
use crate::scene::Shape;
use crate::text::{Face, Icon};
use crate::theme::Ink;

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub facts: DocumentFacts,
    pub cover: Cover,
    pub chapters: Vec<Chapter>,
    pub paper: Paper,
    /// How it looks; its words are already in the tree.
    pub theme: Theme,
    pub register: Register,
    /// What must not be in any file made of it: every writer searches what it wrote.
    pub secrets: Secrets,
    /// Its cover has no page of its own.
    pub is_short: bool,
}

/// What viewers and archives know about the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFacts {
    pub title: String,
    pub author: String,
    pub subject: String,
    pub keywords: Vec<String>,
    /// What the file is best called, without its ending.
    pub file_name: String,
    pub language: Language,
    /// Running heads, filled in but for what differs from page to page.
    pub header: Slots,
    pub footer: Slots,
    /// What the house chose instead of the plain colours.
    pub colours: Colours,
    /// Label and ink of the classification on every page.
    pub classification: Option<(String, Ink)>,
    /// Year, month, day of the report.
    pub date: (i32, u8, u8),
}

/// The first page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    pub kicker: String,
    pub title: String,
    pub subtitle: String,
    pub facts: Vec<(String, String)>,
    pub picture: Option<Drawing>,
    pub colophon: String,
}

/// The anchor of the executive summary.
pub const SUMMARY: &str = "summary";

/// A chapter begins on a new page, or below another that left half of its page free.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chapter {
    /// `None` for front matter.
    pub number: Option<usize>,
    pub title: String,
    /// Name that links point to.
    pub anchor: String,
    pub blocks: Vec<Block>,
}

/// A piece of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Heading(Heading),
    Paragraph(Rich),
    Table(Table),
    Figure(Figure),
    /// Side by side, with these shares of the width.
    Columns(Vec<(f32, Vec<Block>)>),
    /// Never parted by a page break while it fits on a page.
    Together(Vec<Block>),
    /// As together; stays below the block before it where that wastes little of a page, else goes on under these words.
    Continued(Rich, Vec<Block>),
    /// Set off by a bar at its left and a quiet ground.
    Callout(Vec<Block>),
    Bullets(Vec<Rich>),
    /// Room, in points.
    Space(f32),
    /// The list of chapters and sections with their pages.
    Contents,
}

/// A heading below the chapter title.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 2 section, 3 subsection.
    pub level: u8,
    pub text: Rich,
    pub anchor: Option<String>,
    /// Listed among the bookmarks under this text.
    pub bookmark: Option<String>,
}

/// Text with its inline marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rich(pub Vec<Inline>);

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(Span),
    /// A risk level: colour, icon shape and words.
    Chip {
        band: Band,
        text: String,
    },
    Icon {
        icon: Icon,
        filled: bool,
        size: f32,
        ink: Ink,
    },
    /// A score 0 to 100 as a bar; `ghost` outlines what it was before.
    Bar {
        band: Band,
        score: f64,
        ghost: Option<f64>,
        width: f32,
    },
    /// A number in a disc.
    Disc(String),
    /// The page an anchor is on, known when all pages are.
    PageOf(String),
    /// A fixed gap, in points.
    Gap(f32),
}

/// Text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub text: String,
    pub style: Style,
    pub link: Option<Link>,
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub face: Face,
    /// Em size in points.
    pub size: f32,
    pub ink: Ink,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// An anchor of this report.
    Anchor(String),
    Web(String),
}

/// Rows of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Empty: no head. Repeated on every page the table reaches.
    pub head: Vec<Rich>,
    pub rows: Vec<Row>,
    pub look: TableLook,
}

impl Table {
    /// True for rows without a head that only stand below each other: a layout, not a table.
    pub fn is_layout(&self) -> bool {
        self.head.is_empty() && (self.look == TableLook::Plain || self.columns.len() < 2)
    }

    /// True when the first cell of each row says what the others are about.
    pub fn rows_are_headed(&self) -> bool {
        self.head.is_empty() && !self.is_layout()
    }
}

/// How a table is ruled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableLook {
    /// A line between rows.
    #[default]
    Ruled,
    /// As ruled, with a strong line above the first row.
    Framed,
    /// No lines, tight rows.
    Plain,
}

/// Width and side of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    pub width: Width,
    pub right: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// Points.
    Fixed(f32),
    /// Share of what the fixed columns leave.
    Share(f32),
}

/// One row; may be the target of links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub cells: Vec<Rich>,
    pub anchor: Option<String>,
}

/// Shapes in points, with the words for those who do not see them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    pub shapes: Vec<Shape>,
    pub alt: String,
}

/// A picture with its caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub drawing: Drawing,
    pub caption: Rich,
    /// Explains the marks, below the picture; drawn at its own size or smaller.
    pub legend: Option<Drawing>,
    pub place: Place,
    pub anchor: Option<String>,
    pub bookmark: Option<String>,
}

/// How a figure sits on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the text, at its own size or smaller.
    InText,
    /// As large as a page of its own allows, which is landscape for wide pictures.
    OwnPage,
}

/// The risk register: a row a threat, worst first, as spreadsheets and programs want it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    pub columns: Vec<RegisterColumn>,
    /// Each as long as there are columns.
    pub rows: Vec<Vec<Value>>,
}

/// A column of the register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegisterColumn {
    /// The name programs read it by.
    pub key: &'static str,
    pub title: &'static str,
    /// Width in a workbook, in characters.
    pub width: f64,
}

/// A cell of the register.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Nothing,
    Text(String),
    Number(f64),
    Date(Date),
    Level(Band),
}

impl Value {
    /// Text, or nothing when it is empty.
    pub fn text(words: impl Into<String>) -> Value {
        let words = words.into();
        if words.trim().is_empty() { Value::Nothing } else { Value::Text(words) }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Nothing => Ok(()),
            Value::Text(words) => f.write_str(words),
            Value::Number(n) => write!(f, "{n}"),
            Value::Date(date) => write!(f, "{date}"),
            Value::Level(band) => f.write_str(band.label()),
        }
    }
}
