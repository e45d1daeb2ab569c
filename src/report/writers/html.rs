//! The report as one HTML file that needs nothing beside it: for browsers, light and dark, and for printing from there.

mod drawing;
mod look;

use super::anchors::Anchors;
use crate::report::layout::{entries, shapes_of, size_of};
use crate::report::style::plain_words;
use crate::report::theme::Image;
use crate::report::tree::*;
use crate::text::Face;
use crate::theme::Ink;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawing::Drawer;
use std::fmt::Write;

pub fn write(report: &Report) -> String {
    let mut body = Html { anchors: Anchors::of(report), drawer: Drawer::default(), text: String::new(), level: 2 };
    body.cover(report);
    body.contents(report);
    body.text.push_str("<main>\n");
    report.chapters.iter().for_each(|chapter| body.chapter(chapter));
    body.text.push_str("</main>\n");
    body.foot(report);
    let facts = &report.facts;
    let mut out = format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", report.facts.language.tag());
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing is fetched from anywhere, whatever a name in the model may look like.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:\">\n",
    );
    put(&mut out, format_args!("<title>{}</title>\n", escape(&facts.title)));
    for (name, words) in
        [("author", facts.author.clone()), ("description", facts.subject.clone()), ("keywords", facts.keywords.join(", "))]
    {
        if !words.is_empty() {
            put(&mut out, format_args!("<meta name=\"{name}\" content=\"{}\">\n", escape(&words)));
        }
    }
    put(&mut out, format_args!("<meta name=\"generator\" content=\"Palisade {}\">\n", env!("CARGO_PKG_VERSION")));
    put(
        &mut out,
        format_args!("<style>\n{}{}{}</style>\n</head>\n<body>\n", body.drawer.colours(report), look::STYLE, house_fonts(report)),
    );
    out.push_str("<a class=\"skip\" href=\"#contents-of-report\">Skip to the contents</a>\n");
    out.push_str(&body.text);
    out.push_str("</body>\n</html>\n");
    out
}

/// The fonts of the house, within the file like all else.
fn house_fonts(report: &Report) -> String {
    let fonts = &report.theme.fonts;
    let mut out = String::new();
    for (face, family, weight) in [(fonts.regular, "House", 400), (fonts.bold, "House", 700), (fonts.mono, "House Mono", 400)] {
        let Some(face) = face else { continue };
        let data = STANDARD.encode(face.bytes());
        put(
            &mut out,
            format_args!("@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/ttf;base64,{data})}}\n"),
        );
    }
    if fonts.regular.is_some() {
        out.push_str("body{font-family:House,Inter,\"Segoe UI\",Arial,\"DejaVu Sans\",sans-serif}\n");
    }
    if fonts.mono.is_some() {
        out.push_str("code{font-family:\"House Mono\",\"JetBrains Mono\",Consolas,monospace}\n");
    }
    out
}

fn put(out: &mut String, args: std::fmt::Arguments<'_>) {
    // Writing into a string does not fail.
    let _ = out.write_fmt(args);
}

/// Text as it may stand in an element or attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

struct Html {
    anchors: Anchors,
    drawer: Drawer,
    text: String,
    /// Of the last heading.
    level: u8,
}

impl Html {
    fn put(&mut self, args: std::fmt::Arguments<'_>) {
        put(&mut self.text, args);
    }

    fn cover(&mut self, report: &Report) {
        let cover = &report.cover;
        self.text.push_str("<header class=\"cover\">\n");
        self.logos(report);
        self.label(report);
        for (class, words) in [("kicker", &cover.kicker), ("title", &cover.title), ("subtitle", &cover.subtitle)] {
            let element = if class == "title" { "h1" } else { "p" };
            if !words.is_empty() {
                self.put(format_args!("<{element} class=\"{class}\">{}</{element}>\n", escape(words)));
            }
        }
        self.text.push_str("<table class=\"facts\"><tbody>\n");
        for (name, value) in &cover.facts {
            self.put(format_args!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escape(name), escape(value)));
        }
        self.text.push_str("</tbody></table>\n</header>\n");
    }

    /// Within the file, as everything: no address is asked for them, and pictures run no scripts.
    fn logos(&mut self, report: &Report) {
        let logos = &report.theme.logos;
        if logos.house.is_none() && logos.client.is_none() {
            return;
        }
        self.text.push_str("<p class=\"logos\">");
        for logo in [&logos.house, &logos.client] {
            let Some(logo) = logo else {
                self.text.push_str("<span></span>");
                continue;
            };
            let (kind, bytes) = match &logo.image {
                Image::Png(bytes) => ("png", bytes.as_ref()),
                Image::Svg(text) => ("svg+xml", text.as_bytes()),
            };
            let data = STANDARD.encode(bytes);
            self.put(format_args!("<img src=\"data:image/{kind};base64,{data}\" alt=\"{}\">", escape(&logo.alt)));
        }
        self.text.push_str("</p>\n");
    }

    fn label(&mut self, report: &Report) {
        if let Some((label, ink)) = &report.facts.classification {
            let class = self.drawer.name(*ink);
            self.put(format_args!("<p class=\"label\" style=\"color:var(--{class})\">{}</p>\n", escape(label)));
        }
    }

    fn foot(&mut self, report: &Report) {
        self.text.push_str("<footer>\n");
        if !report.cover.colophon.is_empty() {
            self.put(format_args!("<p>{}</p>\n", escape(&report.cover.colophon)));
        }
        self.label(report);
        self.text.push_str("</footer>\n");
    }

    fn contents(&mut self, report: &Report) {
        self.text.push_str("<nav id=\"contents-of-report\" aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n");
        let mut depth = 0;
        for entry in entries(report) {
            let Some(place) = self.anchors.get(&entry.anchor).map(str::to_owned) else { continue };
            let wanted = if entry.section { 2 } else { 1 };
            let between = match (depth, wanted) {
                (0, 1) | (1, 0) => "",
                (0, _) => "<li><ul>",
                (1, 2) => "<ul>",
                (2, 1) => "</li></ul></li>",
                _ => "</li>",
            };
            depth = wanted;
            let number = entry.number.map(|n| format!("<span class=\"n\">{n}</span> ")).unwrap_or_default();
            self.put(format_args!("{between}\n<li><a href=\"#{place}\">{number}{}</a>", escape(&entry.title)));
        }
        self.text.push_str(match depth {
            2 => "</li></ul></li>\n",
            1 => "</li>\n",
            _ => "",
        });
        self.text.push_str("</ul>\n</nav>\n");
    }

    fn id(&self, anchor: Option<&str>) -> String {
        anchor.and_then(|a| self.anchors.get(a)).map(|id| format!(" id=\"{id}\"")).unwrap_or_default()
    }

    fn chapter(&mut self, chapter: &Chapter) {
        if chapter.blocks == [Block::Contents] {
            return;
        }
        let id = self.id(Some(&chapter.anchor));
        let number = chapter.number.map(|n| format!("<span class=\"n\">{n}</span> ")).unwrap_or_default();
        self.level = 2;
        self.put(format_args!("<section{id}>\n<h2>{number}{}</h2>\n", escape(&chapter.title)));
        self.blocks(&chapter.blocks);
        self.text.push_str("</section>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    // No level is left out, as screen readers want it.
                    let level = (heading.level.clamp(2, 3) + 1).min(self.level + 1);
                    self.level = level;
                    let (id, words) = (self.id(heading.anchor.as_deref()), self.rich(&heading.text));
                    self.put(format_args!("<h{level}{id}>{words}</h{level}>\n"));
                }
                Block::Paragraph(text) => {
                    let words = self.rich(text);
                    self.put(format_args!("<p>{words}</p>\n"));
                }
                Block::Bullets(items) => {
                    self.text.push_str("<ul>\n");
                    for item in items {
                        let words = self.rich(item);
                        self.put(format_args!("<li>{words}</li>\n"));
                    }
                    self.text.push_str("</ul>\n");
                }
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::Columns(columns) => {
                    self.text.push_str("<div class=\"columns\">\n");
                    for (share, blocks) in columns {
                        self.put(format_args!("<div style=\"flex:{share}\">\n"));
                        self.blocks(blocks);
                        self.text.push_str("</div>\n");
                    }
                    self.text.push_str("</div>\n");
                }
                Block::Together(blocks) | Block::Continued(_, blocks) => self.wrapped("together", blocks),
                Block::Callout(blocks) => self.wrapped("callout", blocks),
                Block::Space(_) | Block::Contents => {}
            }
        }
    }

    fn wrapped(&mut self, class: &str, blocks: &[Block]) {
        self.put(format_args!("<div class=\"{class}\">\n"));
        self.blocks(blocks);
        self.text.push_str("</div>\n");
    }

    fn table(&mut self, table: &Table) {
        let class = if table.look == TableLook::Plain { "plain" } else { "ruled" };
        let role = if table.is_layout() { " role=\"presentation\"" } else { "" };
        self.put(format_args!("<div class=\"scroll\"><table class=\"{class}\"{role}>\n"));
        if !table.head.is_empty() {
            self.text.push_str("<thead><tr>");
            for (n, cell) in table.head.iter().enumerate() {
                let (side, words) = (side(table, n), self.rich(cell));
                self.put(format_args!("<th scope=\"col\"{side}>{words}</th>"));
            }
            self.text.push_str("</tr></thead>\n");
        }
        self.text.push_str("<tbody>\n");
        for row in &table.rows {
            let id = self.id(row.anchor.as_deref());
            self.put(format_args!("<tr{id}>"));
            for (n, cell) in row.cells.iter().enumerate() {
                let (side, words) = (side(table, n), self.rich(cell));
                match n == 0 && table.rows_are_headed() {
                    true => self.put(format_args!("<th scope=\"row\"{side}>{words}</th>")),
                    false => self.put(format_args!("<td{side}>{words}</td>")),
                }
            }
            self.text.push_str("</tr>\n");
        }
        self.text.push_str("</tbody></table></div>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        let id = self.id(figure.anchor.as_deref());
        let class = if figure.place == Place::OwnPage { " class=\"wide\"" } else { "" };
        self.put(format_args!("<figure{id}{class}>\n"));
        self.drawer.picture(&figure.drawing, &mut self.text);
        if !figure.caption.is_empty() {
            let words = self.rich(&figure.caption);
            self.put(format_args!("<figcaption>{words}</figcaption>\n"));
        }
        if let Some(legend) = &figure.legend {
            self.drawer.picture(legend, &mut self.text);
        }
        self.text.push_str("</figure>\n");
    }

    fn rich(&mut self, rich: &Rich) -> String {
        let mut out = String::new();
        for inline in &rich.0 {
            match inline {
                Inline::Text(span) => self.span(span, &mut out),
                Inline::Gap(_) => out.push_str("&ensp;"),
                Inline::PageOf(_) => {}
                mark => {
                    let (width, height) = size_of(mark);
                    let shapes: Vec<_> = shapes_of(mark, 0.0, height / 2.0).into_iter().map(|(shape, _)| shape).collect();
                    let words = match mark {
                        Inline::Bar { score, .. } => format!("{score:.1} of 100"),
                        other => plain_words(other),
                    };
                    self.drawer.mark(&shapes, (width, height), &words, &mut out);
                }
            }
        }
        out
    }

    fn span(&mut self, span: &Span, out: &mut String) {
        let mut words = escape(&span.text).replace('\n', "<br>");
        if words.is_empty() {
            return;
        }
        match span.style.face {
            Face::Bold => words = format!("<strong>{words}</strong>"),
            Face::Mono => words = format!("<code>{words}</code>"),
            _ => {}
        }
        let size = if span.style.size < 8.2 { "small" } else { "" };
        let ink = match span.style.ink {
            Ink::Text => String::new(),
            Ink::Accent if span.link.is_some() => String::new(),
            ink => format!(" style=\"color:var(--{})\"", self.drawer.name(ink)),
        };
        if !size.is_empty() || !ink.is_empty() {
            let class = if size.is_empty() { String::new() } else { format!(" class=\"{size}\"") };
            words = format!("<span{class}{ink}>{words}</span>");
        }
        match &span.link {
            Some(Link::Anchor(anchor)) => match self.anchors.get(anchor) {
                Some(place) => put(out, format_args!("<a href=\"#{place}\">{words}</a>")),
                None => out.push_str(&words),
            },
            Some(Link::Web(address)) if address.starts_with("https://") || address.starts_with("http://") => {
                put(out, format_args!("<a href=\"{}\" rel=\"noopener noreferrer\">{words}</a>", escape(address)));
            }
            Some(Link::Web(_)) | None => out.push_str(&words),
        }
    }
}

fn side(table: &Table, column: usize) -> &'static str {
    if table.columns.get(column).is_some_and(|c| c.right) { " class=\"right\"" } else { "" }
}
