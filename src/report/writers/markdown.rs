//! The report as Markdown (the dialect of GitHub), for wikis and repositories.

use super::anchors::Anchors;
use crate::report::layout::entries;
use crate::report::style::plain_words;
use crate::report::tree::*;
use crate::text::Face;
use std::fmt::Write;

pub fn write(report: &Report) -> String {
    let mut out = Markdown { anchors: Anchors::of(report), text: String::new() };
    let cover = &report.cover;
    out.block(&format!("# {}", escape(&cover.title)));
    let subtitle = [&cover.kicker, &cover.subtitle].into_iter().filter(|w| !w.is_empty());
    subtitle.for_each(|words| out.block(&escape(words)));
    if let Some((label, _)) = &report.facts.classification {
        out.block(&format!("**{}**", escape(label)));
    }
    let facts: Vec<String> = cover.facts.iter().map(|(k, v)| format!("* **{}**: {}", escape(k), escape(v))).collect();
    out.block(&facts.join("\n"));
    for chapter in &report.chapters {
        let number = chapter.number.map(|n| format!("{n} ")).unwrap_or_default();
        out.heading(2, &format!("{number}{}", escape(&chapter.title)), Some(&chapter.anchor));
        if chapter.blocks.contains(&Block::Contents) {
            out.contents(report);
        }
        out.blocks(&chapter.blocks);
    }
    if !cover.colophon.is_empty() {
        out.block("---");
        out.block(&escape(&cover.colophon));
    }
    out.text
}

struct Markdown {
    anchors: Anchors,
    text: String,
}

impl Markdown {
    fn block(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(words);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, words: &str, anchor: Option<&str>) {
        self.place(anchor);
        let words = words.replace('\n', " ");
        self.block(&format!("{} {words}", "#".repeat(level)));
    }

    fn place(&mut self, anchor: Option<&str>) {
        if let Some(name) = anchor.and_then(|a| self.anchors.get(a)) {
            let line = format!("<a id=\"{name}\"></a>");
            self.block(&line);
        }
    }

    fn contents(&mut self, report: &Report) {
        let mut lines = String::new();
        for entry in entries(report) {
            let indent = if entry.section { "  " } else { "" };
            let title = escape(&entry.title);
            let number = entry.number.map(|n| format!("{n} ")).unwrap_or_default();
            let words = match self.anchors.get(&entry.anchor) {
                Some(name) => format!("[{number}{title}](#{name})"),
                None => format!("{number}{title}"),
            };
            let _ = writeln!(lines, "{indent}* {words}");
        }
        self.block(lines.trim_end());
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    let words = self.rich(&heading.text);
                    let level = usize::from(heading.level.clamp(2, 4)) + 1;
                    self.heading(level, words.trim(), heading.anchor.as_deref());
                }
                Block::Paragraph(text) => {
                    let words = self.rich(text).replace('\n', "  \n");
                    self.block(&words);
                }
                Block::Bullets(items) => {
                    let items: Vec<String> =
                        items.iter().map(|i| format!("* {}", self.rich(i).replace('\n', "  \n  "))).collect();
                    self.block(&items.join("\n"));
                }
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::Columns(columns) => columns.iter().for_each(|(_, blocks)| self.blocks(blocks)),
                Block::Together(blocks) | Block::Continued(_, blocks) => self.blocks(blocks),
                Block::Callout(blocks) => self.callout(blocks),
                Block::Space(_) | Block::Contents => {}
            }
        }
    }

    fn callout(&mut self, blocks: &[Block]) {
        let outside = std::mem::take(&mut self.text);
        self.blocks(blocks);
        let inside = std::mem::replace(&mut self.text, outside);
        let quoted: Vec<String> = inside.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        self.block(&quoted.join("\n"));
    }

    /// A picture is told: Markdown files carry none.
    fn figure(&mut self, figure: &Figure) {
        self.place(figure.anchor.as_deref());
        let caption = self.rich(&figure.caption);
        let words = [caption.trim(), &escape(&figure.drawing.alt)]
            .iter()
            .filter(|w| !w.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("  \n");
        let quoted: Vec<String> = words.lines().map(|line| format!("> {line}")).collect();
        self.block(&quoted.join("\n"));
    }

    fn table(&mut self, table: &Table) {
        if table.head.is_empty() {
            // Facts and small layouts: a line a row.
            let row = |row: &Row| {
                let cells = row.cells.iter().map(|c| self.rich(c).replace('\n', " ")).filter(|c| !c.trim().is_empty());
                let place = row.anchor.as_deref().and_then(|a| self.anchors.get(a)).map(|n| format!("<a id=\"{n}\"></a>"));
                format!("* {}{}", place.unwrap_or_default(), cells.collect::<Vec<_>>().join(" · "))
            };
            let rows: Vec<String> = table.rows.iter().map(row).filter(|r| r.len() > 2).collect();
            return self.block(&rows.join("\n"));
        }
        let line = |cells: &[Rich], place: Option<&str>| {
            let mut out = String::from("|");
            for n in 0..table.columns.len() {
                let words = cells.get(n).map(|c| self.rich(c).trim().replace('\n', "<br>")).unwrap_or_default();
                let place = place.filter(|_| n == 0).map(|p| format!("<a id=\"{p}\"></a>")).unwrap_or_default();
                let _ = write!(out, " {place}{words} |");
            }
            out
        };
        let sides: String = table.columns.iter().map(|c| if c.right { " ---: |" } else { " --- |" }).collect();
        let mut lines = vec![line(&table.head, None), format!("|{sides}")];
        lines.extend(table.rows.iter().map(|row| line(&row.cells, row.anchor.as_deref().and_then(|a| self.anchors.get(a)))));
        self.block(&lines.join("\n"));
    }

    fn rich(&self, rich: &Rich) -> String {
        let mut out = String::new();
        for inline in &rich.0 {
            match inline {
                Inline::Text(span) => out.push_str(&self.span(span)),
                Inline::Gap(_) => out.push(' '),
                Inline::PageOf(_) => {}
                other => out.push_str(&escape(&plain_words(other))),
            }
        }
        out
    }

    fn span(&self, span: &Span) -> String {
        let (before, words, after) = apart(&span.text);
        let words = escape(words);
        if words.is_empty() {
            return span.text.clone();
        }
        let words = match span.style.face {
            Face::Bold if !words.contains('\n') => format!("**{words}**"),
            _ => words,
        };
        let words = match &span.link {
            Some(Link::Anchor(anchor)) => match self.anchors.get(anchor) {
                Some(name) => format!("[{words}](#{name})"),
                None => words,
            },
            Some(Link::Web(address)) => format!("[{words}](<{}>)", address.replace(['<', '>', '\n', '\\'], "")),
            None => words,
        };
        format!("{before}{words}{after}")
    }
}

/// Blanks before, the words, blanks after: emphasis must sit tight on its words.
fn apart(text: &str) -> (&str, &str, &str) {
    let words = text.trim();
    match text.split_once(words) {
        Some((before, after)) if !words.is_empty() => (before, words, after),
        _ => (text, "", ""),
    }
}

/// Text that means itself: nothing in it is taken for a mark of Markdown or HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '#' | '+' | '-' | '=' if start => out.extend(['\\', c]),
            '.' | ')'
                if out
                    .rsplit('\n')
                    .next()
                    .is_some_and(|l| !l.is_empty() && l.len() < 10 && l.bytes().all(|b| b.is_ascii_digit())) =>
            {
                out.extend(['\\', c]);
            }
            '\n' => out.push('\n'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        start = c == '\n' || (start && c == ' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_name_is_taken_for_a_mark() {
        assert_eq!(escape("<script>*a*|b_c"), "&lt;script&gt;\\*a\\*\\|b\\_c");
        assert_eq!(escape("# one\n- two\n3. three"), "\\# one\n\\- two\n3\\. three");
        assert_eq!(escape("a - b # c. 1.5\u{7}"), "a - b # c. 1.5 ");
    }
}
