//! Sizes and builders: the words in which chapters write their blocks.

use super::tree::*;
use crate::model::Band;
use crate::text::Face;
use crate::theme::Ink;

pub const BODY: Style = Style { face: Face::Regular, size: 9.0, ink: Ink::Text };
pub const LEAD: Style = Style { face: Face::Regular, size: 10.2, ink: Ink::Text };
pub const CELL: Style = Style { face: Face::Regular, size: 8.4, ink: Ink::Text };
pub const SMALL: Style = Style { face: Face::Regular, size: 7.8, ink: Ink::Muted };
pub const CHAPTER: Style = Style { face: Face::Bold, size: 19.2, ink: Ink::Text };
pub const SECTION: Style = Style { face: Face::Bold, size: 12.6, ink: Ink::Text };
pub const TOPIC: Style = Style { face: Face::Bold, size: 9.6, ink: Ink::Text };
pub const CODE: Style = Style { face: Face::Mono, size: 8.4, ink: Ink::Text };

impl Style {
    pub fn bold(self) -> Style {
        Style { face: Face::Bold, ..self }
    }
    pub fn muted(self) -> Style {
        Style { ink: Ink::Muted, ..self }
    }
    pub fn ink(self, ink: Ink) -> Style {
        Style { ink, ..self }
    }
    pub fn size(self, size: f32) -> Style {
        Style { size, ..self }
    }
}

impl Rich {
    pub fn new() -> Rich {
        Rich::default()
    }
    /// With more text in a style.
    pub fn text(mut self, style: Style, text: impl Into<String>) -> Rich {
        self.0.push(Inline::Text(Span { text: text.into(), style, link: None }));
        self
    }
    /// With linked text.
    pub fn link(mut self, style: Style, text: impl Into<String>, link: Link) -> Rich {
        self.0.push(Inline::Text(Span { text: text.into(), style, link: Some(link) }));
        self
    }
    pub fn push(mut self, inline: Inline) -> Rich {
        self.0.push(inline);
        self
    }
    /// With a risk level, its name as the words.
    pub fn chip(self, band: Band) -> Rich {
        self.push(Inline::Chip { band, text: band.label().to_owned() })
    }
    pub fn gap(self, points: f32) -> Rich {
        self.push(Inline::Gap(points))
    }
    /// The words alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(plain_words).collect()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a piece of a line says in words.
pub fn plain_words(inline: &Inline) -> String {
    match inline {
        Inline::Text(span) => span.text.clone(),
        Inline::Chip { text, .. } | Inline::Disc(text) => text.clone(),
        Inline::Gap(_) => " ".to_owned(),
        Inline::Icon { .. } | Inline::Bar { .. } | Inline::PageOf(_) => String::new(),
    }
}

/// Text in one style.
pub fn styled(style: Style, text: impl Into<String>) -> Rich {
    Rich::new().text(style, text)
}

/// A table cell.
pub fn cell(text: impl Into<String>) -> Rich {
    styled(CELL, text)
}

/// A quiet table cell.
pub fn quiet(text: impl Into<String>) -> Rich {
    styled(CELL.muted(), text)
}

/// A running paragraph.
pub fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(styled(BODY, text))
}

/// A small quiet paragraph.
pub fn note(text: impl Into<String>) -> Block {
    Block::Paragraph(styled(SMALL, text))
}

/// A section heading, bookmarked under its text.
pub fn section(text: &str, anchor: Option<String>) -> Block {
    let bookmark = Some(text.to_owned());
    Block::Heading(Heading { level: 2, text: styled(SECTION, text), anchor, bookmark })
}

/// A small heading that is not bookmarked.
pub fn topic(text: &str) -> Block {
    Block::Heading(Heading { level: 3, text: styled(TOPIC, text), anchor: None, bookmark: None })
}

impl Table {
    /// A table of these columns and words as its head.
    pub fn with_head(columns: impl IntoIterator<Item = (&'static str, Column)>) -> Table {
        let (head, columns): (Vec<Rich>, Vec<Column>) = columns.into_iter().map(|(word, c)| (styled(SMALL, word), c)).unzip();
        Table { columns, head, rows: Vec::new(), look: TableLook::Ruled }
    }

    /// A table without head.
    pub fn headless(columns: impl IntoIterator<Item = Column>, look: TableLook) -> Table {
        Table { columns: columns.into_iter().collect(), head: Vec::new(), rows: Vec::new(), look }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Rich>) {
        self.rows.push(Row { cells: cells.into_iter().collect(), anchor: None });
    }

    /// A row that links can point to.
    pub fn anchored(&mut self, anchor: String, cells: impl IntoIterator<Item = Rich>) {
        self.rows.push(Row { cells: cells.into_iter().collect(), anchor: Some(anchor) });
    }
}

/// A column of so many points.
pub fn fixed(points: f32) -> Column {
    Column { width: Width::Fixed(points), right: false }
}

/// A column with a share of the free width.
pub fn share(share: f32) -> Column {
    Column { width: Width::Share(share), right: false }
}

impl Column {
    /// Aligned to the right.
    pub fn right(self) -> Column {
        Column { right: true, ..self }
    }
}
