//! Nodes: a name, and the first time with a shape and what is written in it.

/// A node as it is mentioned.
pub(super) struct Node {
    pub name: String,
    pub label: Option<String>,
    pub shape: Option<Shape>,
}

/// Shapes as far as they say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Box,
    Rounded,
    Circle,
    Cylinder,
    Slanted,
    Other,
}

/// What opens a shape, what may close it, and the shape; the longest first.
const SHAPES: &[(&str, &[&str], Shape)] = &[
    ("(((", &[")))"], Shape::Circle),
    ("((", &["))"], Shape::Circle),
    ("([", &["])"], Shape::Rounded),
    ("[[", &["]]"], Shape::Box),
    ("[(", &[")]"], Shape::Cylinder),
    ("[/", &["/]", "\\]"], Shape::Slanted),
    ("[\\", &["\\]", "/]"], Shape::Slanted),
    ("{{", &["}}"], Shape::Other),
    ("(", &[")"], Shape::Rounded),
    ("[", &["]"], Shape::Box),
    ("{", &["}"], Shape::Other),
    (">", &["]"], Shape::Other),
];

/// The node that begins at a place of a line, and where it ends.
///
/// # Errors
/// There is none, or its shape is not closed: the place and what is wrong.
pub(super) fn read(line: &str, at: usize) -> Result<(Node, usize), (usize, &'static str)> {
    let rest = line.get(at..).unwrap_or_default();
    let length = name_length(rest);
    let name = rest.get(..length).unwrap_or_default();
    if name.is_empty() {
        return Err((at, "the name of a node is expected here"));
    }
    let mut node = Node { name: name.to_owned(), label: None, shape: None };
    let mut end = at + length;
    let rest = line.get(end..).unwrap_or_default();
    if let Some((open, closes, shape)) = SHAPES.iter().find(|(open, ..)| rest.starts_with(open)) {
        let inside = rest.get(open.len()..).unwrap_or_default();
        let (label, used) = label(inside, closes).ok_or((end, "the shape that begins here is not closed"))?;
        (node.label, node.shape) = (Some(label), Some(*shape));
        end += open.len() + used;
    } else if let Some(inside) = rest.strip_prefix("@{") {
        let close = inside.find('}').ok_or((end, "the shape that begins here is not closed"))?;
        let fields = inside.get(..close).unwrap_or_default();
        node.label = field(fields, "label");
        node.shape = field(fields, "shape").map(|s| named(&s));
        end += 2 + close + 1;
    }
    let rest = line.get(end..).unwrap_or_default();
    if let Some(class) = rest.strip_prefix(":::") {
        end += 3 + class.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').map(char::len_utf8).sum::<usize>();
    }
    Ok((node, end))
}

/// Letters, digits, and what does not begin a link.
fn name_length(text: &str) -> usize {
    let mut length = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let next = rest.get(c.len_utf8()..).unwrap_or_default();
        let is_part = c.is_alphanumeric()
            || matches!(c, '_' | '.' | '#' | '*' | '$')
            || (c == '-' && next.starts_with(|n: char| n.is_alphanumeric()) && length > 0)
            || (c == '/' && length > 0 && next.starts_with(char::is_alphanumeric));
        if !is_part {
            break;
        }
        length += c.len_utf8();
        rest = next;
    }
    length
}

/// What is written in a shape, and the length up to its end.
fn label(inside: &str, closes: &[&str]) -> Option<(String, usize)> {
    let quoted = inside.trim_start();
    let from = match quoted.strip_prefix('"') {
        Some(text) => inside.len() - text.len() + text.find('"')? + 1,
        None => 0,
    };
    let tail = inside.get(from..)?;
    let (at, close) = closes.iter().filter_map(|close| Some((tail.find(close)?, *close))).min_by_key(|(at, _)| *at)?;
    Some((unquoted(inside.get(..from + at)?.trim()), from + at + close.len()))
}

/// Without quotes, backticks of Markdown, and Mermaid's own way to write special characters.
pub(super) fn unquoted(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('`').and_then(|t| t.strip_suffix('`')).unwrap_or(text);
    text.replace("#quot;", "\"")
        .replace("#amp;", "&")
        .replace("#lt;", "<")
        .replace("#gt;", ">")
        .replace("\\n", "\n")
        .trim()
        .to_owned()
}

/// A field of `{ shape: cyl, label: "Orders" }`.
fn field(fields: &str, name: &str) -> Option<String> {
    let at = fields.find(name)?;
    let value = fields.get(at + name.len()..)?.trim_start().strip_prefix(':')?.trim_start();
    let value = match value.strip_prefix('"') {
        Some(text) => text.split('"').next(),
        None => value.split(',').next(),
    };
    value.map(|v| v.trim().to_owned())
}

fn named(shape: &str) -> Shape {
    match shape {
        "cyl" | "cylinder" | "db" | "database" | "lin-cyl" | "disk" | "das" | "h-cyl" | "bow-rect" | "stored-data" => {
            Shape::Cylinder
        }
        "circle" | "circ" | "dbl-circ" | "double-circle" => Shape::Circle,
        "rounded" | "event" | "stadium" | "pill" | "terminal" => Shape::Rounded,
        "lean-r" | "lean-l" | "in-out" | "out-in" | "lean-right" | "lean-left" => Shape::Slanted,
        "rect" | "proc" | "process" | "rectangle" | "subproc" | "fr-rect" => Shape::Box,
        _ => Shape::Other,
    }
}
