//! The whole tree as JSON, for programs. `docs/report-json.md` describes it; a change there makes a new version.

use super::anchors::Anchors;
use crate::report::style::plain_words;
use crate::report::tree::*;
use serde_json::{Map, Value as Json, json};

/// Raised at the front when old readers would misunderstand, at the back when something is added.
const VERSION: [u32; 2] = [1, 0];

pub fn write(report: &Report) -> String {
    let facts = &report.facts;
    let (year, month, day) = facts.date;
    let anchors = Anchors::of(report);
    let document = object([
        ("title", json!(facts.title)),
        ("subtitle", json!(report.cover.subtitle)),
        ("author", json!(facts.author)),
        ("subject", json!(facts.subject)),
        ("keywords", json!(facts.keywords)),
        ("classification", json!(facts.classification.as_ref().map(|(label, _)| label))),
        ("date", json!(format!("{year:04}-{month:02}-{day:02}"))),
        ("facts", report.cover.facts.iter().map(|(k, v)| json!({ "name": k, "value": v })).collect()),
    ]);
    let chapters: Vec<Json> = report.chapters.iter().map(|c| chapter(c, &anchors)).collect();
    // The head is written by hand: it comes first, so that readers and people see at once what this is.
    let body = [("document", document), ("register", register(&report.register)), ("chapters", Json::Array(chapters))];
    let mut out = format!("{{\n  \"format\": \"palisade-report\",\n  \"version\": [{}, {}]", VERSION[0], VERSION[1]);
    for (name, value) in body {
        let text = serde_json::to_string_pretty(&value).unwrap_or_else(|_| "null".to_owned());
        out.push_str(&format!(",\n  \"{name}\": {}", text.replace('\n', "\n  ")));
    }
    out.push_str("\n}\n");
    out
}

fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
    Json::Object(kept.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A row an object; what is not known is left out.
fn register(register: &Register) -> Json {
    let row = |row: &Vec<Value>| {
        let mut out = Map::new();
        for (column, value) in register.columns.iter().zip(row) {
            let json = match value {
                Value::Nothing => continue,
                Value::Number(n) => json!(n),
                other => json!(other.to_string()),
            };
            out.insert(column.key.to_owned(), json);
        }
        Json::Object(out)
    };
    register.rows.iter().map(row).collect()
}

fn chapter(chapter: &Chapter, anchors: &Anchors) -> Json {
    object([
        ("number", json!(chapter.number)),
        ("title", json!(chapter.title)),
        ("anchor", json!(anchors.get(&chapter.anchor))),
        ("blocks", blocks(&chapter.blocks, anchors)),
    ])
}

fn blocks(of: &[Block], anchors: &Anchors) -> Json {
    let mut out = Vec::new();
    for block in of {
        add(block, anchors, &mut out);
    }
    Json::Array(out)
}

fn add(block: &Block, anchors: &Anchors, out: &mut Vec<Json>) {
    let place = |anchor: &Option<String>| json!(anchor.as_deref().and_then(|a| anchors.get(a)));
    match block {
        Block::Heading(h) => out.push(object([
            ("type", json!("heading")),
            ("level", json!(h.level)),
            ("text", rich(&h.text, anchors)),
            ("anchor", place(&h.anchor)),
        ])),
        Block::Paragraph(text) => out.push(json!({ "type": "paragraph", "text": rich(text, anchors) })),
        Block::Bullets(items) => {
            let items: Vec<Json> = items.iter().map(|i| rich(i, anchors)).collect();
            out.push(json!({ "type": "list", "items": items }));
        }
        Block::Table(table) => {
            let row = |row: &Row| {
                let cells: Vec<Json> = row.cells.iter().map(|c| rich(c, anchors)).collect();
                object([("cells", Json::Array(cells)), ("anchor", place(&row.anchor))])
            };
            let head: Vec<Json> = table.head.iter().map(|c| rich(c, anchors)).collect();
            let rows: Vec<Json> = table.rows.iter().map(row).collect();
            out.push(json!({ "type": "table", "head": head, "rows": rows }));
        }
        Block::Figure(figure) => out.push(object([
            ("type", json!("figure")),
            ("caption", rich(&figure.caption, anchors)),
            ("alternative", json!(figure.drawing.alt)),
            ("anchor", place(&figure.anchor)),
        ])),
        Block::Callout(inner) => out.push(json!({ "type": "callout", "blocks": blocks(inner, anchors) })),
        // How blocks stand beside each other is a matter of paper.
        Block::Columns(columns) => columns.iter().flat_map(|(_, b)| b).for_each(|b| add(b, anchors, out)),
        Block::Together(inner) | Block::Continued(_, inner) => inner.iter().for_each(|b| add(b, anchors, out)),
        Block::Space(_) | Block::Contents => {}
    }
}

/// Plain words, or a list of words and links when there is a link among them.
fn rich(rich: &Rich, anchors: &Anchors) -> Json {
    let linked = |inline: &Inline| matches!(inline, Inline::Text(Span { link: Some(_), .. }));
    if !rich.0.iter().any(linked) {
        return json!(rich.plain());
    }
    let part = |inline: &Inline| match inline {
        Inline::Text(Span { text, link: Some(Link::Web(address)), .. }) => json!({ "text": text, "web": address }),
        Inline::Text(Span { text, link: Some(Link::Anchor(anchor)), .. }) => {
            object([("text", json!(text)), ("anchor", json!(anchors.get(anchor)))])
        }
        other => json!(plain_words(other)),
    };
    rich.0.iter().map(part).filter(|p| p.as_str() != Some("")).collect()
}
