//! Pages of any report: nothing leaves the paper or lies over another, no heading stands alone, every row is there once.
use crate::support::pdf::Pdf;
use palisade::geometry::{Rect, pt, rect};
use palisade::model::Band;
use palisade::progress::Quiet;
use palisade::report::*;
use palisade::scene::{Shape, Stroke, TextRun};
use palisade::text::{Face, width};
use palisade::theme::Ink;
use std::collections::BTreeMap;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    fn words(&mut self, most: usize) -> String {
        const WORDS: &[&str] = &[
            "threat",
            "authentication",
            "of",
            "the",
            "Überwachung",
            "boundary-crossing",
            "https://example.org/a/very/long/path_to_it",
            "a",
            "misconfiguration",
            "שלום",
            "مرحبا",
            "🔥",
            "信任边界",
            "x\u{7}y",
            "line\nbreak",
            "Donaudampfschifffahrtsgesellschaft",
            "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
            "e\u{301}\u{302}",
            "\u{202e}evil",
        ];
        let n = 1 + self.next(most);
        (0..n).map(|_| WORDS[self.next(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

const STYLE: Style = Style { face: Face::Regular, size: 9.0, ink: Ink::Text };

fn rich(text: impl Into<String>) -> Rich {
    Rich(vec![Inline::Text(Span { text: text.into(), style: STYLE, link: None })])
}

fn some_rich(dice: &mut Dice, most: usize) -> Rich {
    let mut out = rich(dice.words(most));
    match dice.next(4) {
        0 => out.0.push(Inline::Chip { band: Band::High, text: "High 42".into() }),
        1 => {
            let link = Some(Link::Anchor("c0".into()));
            out.0.push(Inline::Text(Span { text: dice.words(3), style: Style { face: Face::Bold, ..STYLE }, link }));
        }
        _ => {}
    }
    out
}

fn drawing(wide: f32, high: f32, words: &str) -> Drawing {
    let frame =
        Shape::Rect { rect: rect(0.0, 0.0, wide, high), radius: 0.0, fill: None, stroke: Some(Stroke::new(0.5, Ink::Text)) };
    let run = |n: u16| {
        let at = pt(f32::from(n) * wide / 10.0, high / 2.0 + f32::from(n));
        Shape::Text(TextRun { at, text: words.to_owned(), face: Face::Regular, size: 8.0, paint: Ink::Text.into() })
    };
    Drawing { width: wide, height: high, shapes: std::iter::once(frame).chain((0..8).map(run)).collect(), alt: "A box".into() }
}

fn block(dice: &mut Dice, depth: usize, rows: &mut usize) -> Block {
    match dice.next(if depth > 1 { 6 } else { 10 }) {
        0 | 1 => Block::Paragraph(some_rich(dice, 120)),
        2 => {
            let level = 2 + dice.next(2) as u8;
            let text = Rich(vec![Inline::Text(Span { text: dice.words(12), style: Style { size: 12.0, ..STYLE }, link: None })]);
            Block::Heading(Heading { level, text, anchor: None, bookmark: Some("Heading".into()) })
        }
        3 => Block::Bullets((0..1 + dice.next(5)).map(|_| some_rich(dice, 30)).collect()),
        4 => Block::Space(dice.next(30) as f32),
        5 | 6 => {
            let columns: Vec<Column> = (0..2 + dice.next(5))
                .map(|n| Column {
                    width: if n == 0 || dice.next(2) == 0 {
                        Width::Fixed(20.0 + dice.next(90) as f32)
                    } else {
                        Width::Share(1.0)
                    },
                    right: dice.next(4) == 0,
                })
                .collect();
            let head = if dice.next(3) == 0 { Vec::new() } else { columns.iter().map(|_| rich("Head")).collect() };
            let look = [TableLook::Ruled, TableLook::Framed, TableLook::Plain][dice.next(3)];
            let most = if dice.next(8) == 0 { 300 } else { 6 };
            let rows = (0..dice.next(12).max(1)).map(|_| {
                *rows += 1;
                let id = rich(format!("r{rows}"));
                Row {
                    cells: std::iter::once(id).chain((1..columns.len()).map(|_| rich(dice.words(most)))).collect(),
                    anchor: None,
                }
            });
            let rows = rows.collect();
            Block::Table(Table { columns, head, rows, look })
        }
        7 => {
            let (w, h) = (50.0 + dice.next(1500) as f32, 50.0 + dice.next(1500) as f32);
            let place = if dice.next(2) == 0 { Place::OwnPage } else { Place::InText };
            let legend = (dice.next(2) == 0).then(|| drawing(400.0, 30.0, "l"));
            let caption = some_rich(dice, 60);
            Block::Figure(Figure { drawing: drawing(w, h, "pic"), caption, legend, place, anchor: None, bookmark: None })
        }
        8 => Block::Columns(
            (0..2)
                .map(|n| {
                    let mut inner: Vec<Block> = (0..1 + dice.next(3)).map(|_| block(dice, depth + 2, rows)).collect();
                    // A heading leads to something here too.
                    inner.push(Block::Paragraph(rich("So it is.")));
                    (1.0 + n as f32, inner)
                })
                .collect(),
        ),
        _ => {
            let mut inner: Vec<Block> = (0..1 + dice.next(4)).map(|_| block(dice, depth + 1, rows)).collect();
            inner.push(Block::Paragraph(some_rich(dice, 5)));
            match dice.next(3) {
                0 => Block::Together(inner),
                1 => Block::Continued(rich("Goes on"), inner),
                _ => Block::Callout(inner),
            }
        }
    }
}

fn chapter(n: usize, title: String, blocks: Vec<Block>) -> Chapter {
    Chapter { number: Some(n + 1), title, anchor: format!("c{n}"), blocks }
}

fn report(paper: Paper, chapters: Vec<Chapter>) -> Report {
    let contents = Chapter { number: None, title: "Contents".into(), anchor: "contents".into(), blocks: vec![Block::Contents] };
    let mut report = Report { paper, chapters: std::iter::once(contents).chain(chapters).collect(), ..Report::default() };
    report.facts.title = "Anything".into();
    report.facts.date = (2026, 11, 21);
    report.cover.title = "Anything".into();
    report
}

fn random(seed: u64) -> (Report, usize) {
    let mut dice = Dice(seed);
    let mut rows = 0;
    let chapters = (0..1 + dice.next(3)).map(|n| {
        let mut blocks: Vec<Block> = (0..dice.next(9)).map(|_| block(&mut dice, 0, &mut rows)).collect();
        // A heading leads to something.
        blocks.push(Block::Paragraph(rich("The end.")));
        chapter(n, dice.words(8), blocks)
    });
    let chapters = chapters.collect();
    (report(if seed.is_multiple_of(3) { Paper::Letter } else { Paper::A4 }, chapters), rows)
}

/// What a shape covers; curves by their control points.
fn extent(shape: &Shape) -> Rect {
    match shape {
        Shape::Rect { rect, .. } => *rect,
        Shape::Circle { center, radius, .. } => Rect::from_center(*center, 2.0 * radius, 2.0 * radius),
        Shape::Text(run) => rect(run.at.x, run.at.y - run.size * 0.75, width(run.face, run.size, &run.text), run.size * 0.9),
        Shape::Path { .. } => Rect::from_center(pt(100.0, 100.0), 1.0, 1.0),
    }
}

/// Checks all pages, and gives how often each text stands on them.
fn check(pages: &Pages, what: &str) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for (n, page) in pages.pages.iter().enumerate() {
        let (w, h) = page.sheet.size();
        let paper = rect(-0.5, -0.5, w + 1.0, h + 1.0);
        let body = page.sheet.body();
        let mut words: Vec<(Rect, &str)> = Vec::new();
        for item in &page.items {
            let role = item.tag.and_then(|tag| pages.tags.get(tag)).map(|tag| tag.role);
            match &item.content {
                Content::Clipped { area, .. } => {
                    let inside = rect(body.x - 0.5, body.y - 0.5, body.w + 1.0, body.h + 1.0);
                    assert!(inside.contains_rect(*area), "{what}, page {}: {area:?}", n + 1);
                }
                Content::Shape(shape) => {
                    let area = extent(shape);
                    assert!(paper.contains_rect(area), "{what}, page {}: {area:?} of {shape:?}", n + 1);
                    let Shape::Text(run) = shape else { continue };
                    if role.is_none_or(|r| r == Role::Figure) || run.text.trim().is_empty() {
                        continue;
                    }
                    *seen.entry(run.text.trim().to_owned()).or_default() += 1;
                    if page.bare {
                        continue;
                    }
                    assert!(area.y > body.y - 4.0 && area.bottom() < body.bottom() + 4.0, "{what}, page {}: {run:?}", n + 1);
                    let tight = rect(area.x + 0.6, area.y + 1.2, (area.w - 1.2).max(0.1), (area.h - 2.4).max(0.1));
                    words.push((tight, &run.text));
                }
                _ => {}
            }
        }
        words.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
        for (at, (area, text)) in words.iter().enumerate() {
            for (other, under) in words[at + 1..].iter().take_while(|(other, _)| other.y < area.bottom()) {
                assert!(!area.intersects(*other), "{what}, page {}: {text:?} over {under:?}", n + 1);
            }
        }
        if page.bare {
            continue;
        }
        // Only a heading longer than its page goes on where another thing begins.
        let tagged = |item: &PageItem| item.tag.filter(|tag| pages.tags.get(*tag).is_some_and(|t| t.role != Role::Link));
        let last = page.items.iter().rev().find_map(tagged);
        let next = pages.pages.get(n + 1).and_then(|page| page.items.iter().find_map(tagged));
        let role = last.and_then(|tag| pages.tags.get(tag)).map(|tag| tag.role);
        let alone = matches!(role, Some(Role::Heading(_) | Role::HeaderCell)) && last != next;
        assert!(!alone, "{what}: page {} ends with {role:?}", n + 1);
    }
    seen
}

#[test]
fn any_report_is_laid_out_well() {
    for seed in 0..40 {
        let (report, rows) = random(seed);
        let pages = lay_out(&report, &Quiet).unwrap();
        let seen = check(&pages, &format!("seed {seed}"));
        for row in 1..=rows {
            assert_eq!(seen.get(&format!("r{row}")), Some(&1), "row {row} of seed {seed}");
        }
    }
}

#[test]
fn any_report_becomes_a_file_that_claims_to_be_accessible_only_when_it_is() {
    for seed in 0..6 {
        let (report, _) = random(seed);
        let bytes = write(Format::Pdf, &report, &Quiet).unwrap();
        let file = Pdf::read(&bytes);
        let lists = report.chapters.iter().flat_map(|c| &c.blocks).any(|b| matches!(b, Block::Bullets(_)));
        assert!(!lists || ["L", "LI", "Lbl", "LBody"].iter().all(|role| file.roles().contains(*role)), "seed {seed}");
        assert!(file.page_texts().len() > 1 && file.metadata().contains("<pdfuaid:part>1</pdfuaid:part>"), "seed {seed}");
    }
    let (mut nameless, _) = random(1);
    nameless.facts.title = String::new();
    let mut blind = drawing(90.0, 50.0, "pic");
    blind.alt = String::new();
    let figure = Figure { drawing: blind, caption: rich("c"), legend: None, place: Place::InText, anchor: None, bookmark: None };
    let blind = report(Paper::A4, vec![chapter(0, "One".into(), vec![Block::Figure(figure)])]);
    for faulty in [nameless, blind] {
        let metadata = Pdf::read(&write(Format::Pdf, &faulty, &Quiet).unwrap()).metadata();
        assert!(metadata.contains("<dc:title>") && !metadata.contains("pdfuaid:part"), "{metadata}");
    }
}

#[test]
fn a_tall_row_goes_on_over_pages_and_repeats_the_head() {
    let columns = vec![Column { width: Width::Fixed(40.0), right: false }, Column { width: Width::Share(1.0), right: false }];
    let row = |n: usize| Row { cells: vec![rich(format!("r{n}")), rich("many words ".repeat(1500))], anchor: None };
    let head = vec![rich("Number"), rich("Words")];
    let table = Table { columns, head, rows: (0..3).map(row).collect(), look: TableLook::Ruled };
    let pages = lay_out(&report(Paper::A4, vec![chapter(0, "One".into(), vec![Block::Table(table)])]), &Quiet).unwrap();
    let seen = check(&pages, "tall rows");
    assert_eq!((seen.get("r0"), seen.get("r1"), seen.get("r2")), (Some(&1), Some(&1), Some(&1)));
    let heads = |page: &Page| {
        page.items.iter().filter(|i| matches!(&i.content, Content::Shape(Shape::Text(run)) if run.text == "Words")).count()
    };
    let body: Vec<usize> = pages.pages.iter().skip(2).map(heads).collect();
    assert!(body.len() > 3 && body.iter().all(|n| *n == 1), "{body:?}");
}

#[test]
fn what_goes_on_from_another_page_says_what_it_is_and_stays_whole_where_that_wastes_little() {
    let column = || vec![Column { width: Width::Share(1.0), right: false }];
    let part = |name: &str, rows: usize| {
        let row = |n| Row { cells: vec![rich(format!("{name}{n}"))], anchor: None };
        Block::Table(Table { columns: column(), head: Vec::new(), rows: (0..rows).map(row).collect(), look: TableLook::Plain })
    };
    // About 13 points a row, 717 a page: the first part leaves little, then more than a third.
    let pages_with = |before: usize| {
        let blocks = vec![
            part("before", before),
            Block::Together(vec![part("what", 8)]),
            Block::Continued(rich("What, continued"), vec![Block::Together(vec![part("why", 14)])]),
        ];
        lay_out(&report(Paper::A4, vec![chapter(0, "One".into(), blocks)]), &Quiet).unwrap()
    };
    let on = |pages: &Pages, words: &str| {
        let shows =
            |page: &&Page| page.items.iter().any(|i| matches!(&i.content, Content::Shape(Shape::Text(run)) if run.text == words));
        pages.pages.iter().position(|page| shows(&page))
    };
    let whole = pages_with(42);
    check(&whole, "whole");
    assert!(on(&whole, "before41") < on(&whole, "what0") && on(&whole, "what0") == on(&whole, "why13"), "moved as a whole");
    assert_eq!(on(&whole, "What, continued"), None);
    let parted = pages_with(33);
    check(&parted, "parted");
    assert!(on(&parted, "before32") == on(&parted, "what7") && on(&parted, "what7") < on(&parted, "why0"));
    assert_eq!(on(&parted, "What, continued"), on(&parted, "why0"));
}

#[test]
fn a_diagram_too_large_to_read_goes_on_in_parts_that_can_be_read() {
    let huge = drawing(6000.0, 3000.0, "label");
    let figure = Figure {
        drawing: huge,
        caption: rich("Figure 1."),
        legend: None,
        place: Place::OwnPage,
        anchor: Some("figure".into()),
        bookmark: Some("Landscape of everything".into()),
    };
    let report = report(Paper::A4, vec![chapter(0, "Diagrams".into(), vec![Block::Figure(figure)])]);
    let pages = lay_out(&report, &Quiet).unwrap();
    check(&pages, "parts");
    let parts: Vec<&Page> = pages.pages[3..].iter().collect();
    assert!(parts.len() > 3 && parts.iter().all(|p| p.sheet.across), "{}", parts.len());
    let sizes = parts.iter().flat_map(|p| &p.items).flat_map(|i| match &i.content {
        Content::Clipped { shapes, .. } => shapes.as_slice(),
        _ => &[],
    });
    let sizes: Vec<f32> = sizes.filter_map(|s| if let Shape::Text(run) = s { Some(run.size) } else { None }).collect();
    assert!(!sizes.is_empty() && sizes.iter().all(|s| *s > 4.5), "{sizes:?}");
    let text = Pdf::read(&write(Format::Pdf, &report, &Quiet).unwrap()).text();
    assert!(text.contains("Part A1 of Landscape of everything") && text.contains("label"));
}

#[test]
fn hostile_text_breaks_neither_layout_nor_writer() {
    let texts = [
        "word ".repeat(210_000),
        "x".repeat(120_000),
        "שלום עולם, this is mixed مرحبا بالعالم 123. ".repeat(400),
        "🔥👩‍👩‍👧‍👦🇩🇪 ".repeat(2_000),
        (0..2_000u32).filter_map(char::from_u32).collect::<String>().repeat(3),
        "a\u{300}".repeat(8_000),
        "\n".repeat(3_000),
    ];
    let mut rows = Vec::new();
    for n in 0..300 {
        rows.push(Row {
            cells: vec![rich(format!("r{}", n + 1)), rich(texts[2 + n % 5].chars().take(90).collect::<String>())],
            anchor: Some(format!("a{n}")),
        });
    }
    let columns = vec![Column { width: Width::Fixed(40.0), right: false }, Column { width: Width::Share(1.0), right: false }];
    let table = Table { columns, head: vec![rich("Id"), rich("What")], rows, look: TableLook::Ruled };
    let paragraphs = texts.iter().map(|t| Block::Paragraph(rich(t.clone())));
    let long = &texts[1][..3_000];
    let heading = Heading { level: 2, text: rich(long), anchor: Some("h".into()), bookmark: Some(long.into()) };
    let blocks = [vec![Block::Heading(heading), Block::Table(table)], paragraphs.collect()].concat();
    let mut report = report(Paper::A4, vec![chapter(0, long.into(), blocks)]);
    report.cover.title = texts[1].clone();
    report.facts.title = texts[4].clone();
    report.facts.header.left = texts[2].clone();
    let pages = lay_out(&report, &Quiet).unwrap();
    let seen = check(&pages, "hostile");
    for row in 1..=300 {
        assert_eq!(seen.get(&format!("r{row}")), Some(&1), "row {row}");
    }
    for format in Format::ALL {
        let bytes = write(*format, &report, &Quiet).unwrap();
        assert!(bytes.starts_with(format.mark()), "{format:?}");
        if *format == Format::Pdf {
            let file = Pdf::read(&bytes);
            assert_eq!(file.page_texts().len(), pages.pages.len());
        }
    }
}

/// The work of laying out a report in which one text is so long, in bytes that were measured.
fn work(long: &dyn Fn(&mut Report, String), letters: usize, kind: &str) -> u64 {
    let mut report = report(Paper::A4, vec![chapter(0, "One".into(), Vec::new())]);
    let text = match kind {
        "words" => "many words that go on and on ".repeat(letters / 29),
        _ => "x".repeat(letters),
    };
    long(&mut report, text);
    let before = palisade::text::measured();
    assert!(lay_out(&report, &Quiet).unwrap().pages.len() > 2);
    palisade::text::measured() - before
}

#[test]
fn the_work_of_laying_out_grows_no_faster_than_the_text() {
    let put = |report: &mut Report, block: Block| report.chapters[1].blocks.push(block);
    let paragraph = |report: &mut Report, text: String| put(report, Block::Paragraph(rich(text)));
    let cell = |report: &mut Report, text: String| {
        let columns = vec![Column { width: Width::Fixed(40.0), right: false }, Column { width: Width::Share(1.0), right: false }];
        let row = Row { cells: vec![rich("r1"), rich(text)], anchor: None };
        put(report, Block::Table(Table { columns, head: Vec::new(), rows: vec![row], look: TableLook::Ruled }));
    };
    let linked = |report: &mut Report, text: String| {
        let link = Some(Link::Anchor("c0".into()));
        put(report, Block::Paragraph(Rich(vec![Inline::Text(Span { text, style: STYLE, link })])));
    };
    // As many pages as the head of each is long.
    let head = |report: &mut Report, text: String| {
        report.facts.header.left = text.clone();
        report.facts.header.middle = text.clone();
        report.facts.footer.left = text.clone();
        report.chapters[1].title = text.chars().take(4_000).collect();
        put(report, Block::Paragraph(rich(text)));
    };
    let cases: [(&str, &dyn Fn(&mut Report, String)); 4] =
        [("a paragraph", &paragraph), ("a cell", &cell), ("a link", &linked), ("running heads", &head)];
    for (name, long) in cases {
        for kind in ["words", "one word"] {
            let (once, twice) = (work(long, 40_000, kind), work(long, 80_000, kind));
            assert!(twice < 3 * once, "{name} of {kind}: {once} bytes measured, then {twice}");
        }
    }
}
