//! Everything a report tree says, place by place.

use crate::report::tree::*;
use crate::scene::Shape;

/// Calls `each` with every text of the report and where it is.
pub fn said(report: &Report, each: &mut dyn FnMut(&str, &str)) {
    let facts = &report.facts;
    for (place, text) in [("the title", &facts.title), ("the author", &facts.author), ("the subject", &facts.subject)] {
        each(place, text);
    }
    facts.keywords.iter().for_each(|text| each("the keywords", text));
    for slots in [&facts.header, &facts.footer] {
        each("a running head", &slots.left);
        each("a running head", &slots.middle);
    }
    let cover = &report.cover;
    for text in [&cover.kicker, &cover.title, &cover.subtitle, &cover.colophon] {
        each("the cover", text);
    }
    for (label, value) in &cover.facts {
        each("the cover", label);
        each("the cover", value);
    }
    cover.picture.iter().for_each(|picture| drawing(picture, "the cover", each));
    for value in report.register.rows.iter().flatten() {
        each("the risk register", &value.to_string());
    }
    for chapter in &report.chapters {
        let place = format!("the chapter “{}”", chapter.title);
        each(&place, &chapter.title);
        blocks(&chapter.blocks, &place, each);
    }
}

fn blocks(all: &[Block], place: &str, each: &mut dyn FnMut(&str, &str)) {
    for block in all {
        match block {
            Block::Heading(heading) => {
                each(place, &heading.text.plain());
                heading.bookmark.iter().for_each(|text| each(place, text));
            }
            Block::Paragraph(text) => each(place, &text.plain()),
            Block::Bullets(items) => items.iter().for_each(|text| each(place, &text.plain())),
            Block::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
                cells.for_each(|cell| each(place, &cell.plain()));
            }
            Block::Figure(figure) => {
                drawing(&figure.drawing, place, each);
                figure.legend.iter().for_each(|legend| drawing(legend, place, each));
                each(place, &figure.caption.plain());
            }
            Block::Columns(columns) => columns.iter().for_each(|(_, inner)| blocks(inner, place, each)),
            Block::Together(inner) | Block::Continued(_, inner) | Block::Callout(inner) => blocks(inner, place, each),
            Block::Space(_) | Block::Contents => {}
        }
    }
}

fn drawing(drawing: &Drawing, place: &str, each: &mut dyn FnMut(&str, &str)) {
    for shape in &drawing.shapes {
        if let Shape::Text(run) = shape {
            each(place, &run.text);
        }
    }
    each(place, &drawing.alt);
}
