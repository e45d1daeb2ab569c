//! XML that can do no harm: no document type, no entities of its own, bounded depth and size.

use super::ImportError;
use super::error::line_and_column;
use roxmltree::{Document, Node, ParsingOptions};

/// Elements nested deeper than this are no threat model; real ones reach 20.
const DEPTH: usize = 200;
/// Attributes of one element; the parser compares each with each.
const ATTRIBUTES: usize = 100;
/// Namespaces in sight, over all elements that declare one; the parser copies them.
const NAMESPACES: usize = 8_000_000;
const NODES: u32 = 3_000_000;

/// Parses a document.
///
/// # Errors
/// It is not well-formed, has a document type, or is made to exhaust whoever reads it.
pub(super) fn parse(text: &str) -> Result<Document<'_>, ImportError> {
    guard(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|e| {
        let (place, problem) = (e.pos(), e.to_string());
        let problem = problem.rsplit_once(" at ").map_or(problem.clone(), |(words, _)| words.to_owned());
        // The parser quotes what stands there, be it the end of a line.
        let problem = problem.replace("'\n'", "the end of the line").replace(char::is_control, " ");
        let (line, column) = (place.row as usize, place.col as usize);
        match e {
            roxmltree::Error::UnexpectedEndOfStream | roxmltree::Error::UnclosedRootNode => cut(text),
            roxmltree::Error::NodesLimitReached => excessive(text, text.len(), "too many elements"),
            _ => ImportError::Syntax { language: "XML", line, column, problem },
        }
    })
}

/// The child element of this local name, whatever its namespace.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.is_element() && n.tag_name().name() == name)
}

/// All child elements of this local name.
pub(super) fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |n| n.is_element() && n.tag_name().name() == name)
}

/// The text of an element without the white space around it, which people add when they indent a file; lines end in `\n`.
pub(super) fn text(node: Node<'_, '_>) -> String {
    let pieces: String = node.children().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
    pieces.trim().replace("\r\n", "\n")
}

/// The text of a child element; empty when there is none.
pub(super) fn text_of(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(text).unwrap_or_default()
}

/// The attribute of this local name, whatever its namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

fn cut(text: &str) -> ImportError {
    let (line, column) = line_and_column(text, text.len());
    ImportError::Cut { line, column, problem: "the text ends inside an element".to_owned() }
}

fn excessive(text: &str, at: usize, problem: &str) -> ImportError {
    let (line, column) = line_and_column(text, at);
    ImportError::Excessive { line, column, problem: problem.to_owned() }
}

/// Looks over the tags before anything is built. What is not well-formed is left to the parser to name.
fn guard(text: &str) -> Result<(), ImportError> {
    let mut scopes: Vec<usize> = Vec::new();
    let mut declared = 0;
    let mut at = 0;
    while let Some(open) = find(text, at, "<") {
        let rest = text.get(open..).unwrap_or_default();
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].into_iter().find(|(from, _)| rest.starts_with(from));
        if let Some((_, until)) = skipped {
            let Some(end) = find(text, open, until) else { return Ok(()) };
            at = end + until.len();
            continue;
        }
        if rest.starts_with("<!") {
            let (line, column) = line_and_column(text, open);
            let problem = "it declares a document type or entities, which are never read".to_owned();
            return Err(ImportError::Syntax { language: "XML", line, column, problem });
        }
        let tag = Tag::at(rest);
        at = open + tag.length;
        if tag.closes {
            scopes.pop();
            continue;
        }
        if tag.attributes > ATTRIBUTES {
            return Err(excessive(text, open, "an element has too many attributes"));
        }
        let scope = scopes.last().copied().unwrap_or_default() + tag.namespaces;
        if tag.namespaces > 0 {
            declared += scope;
        }
        if declared > NAMESPACES {
            return Err(excessive(text, open, "too many namespaces"));
        }
        if !tag.is_empty {
            scopes.push(scope);
        }
        if scopes.len() > DEPTH {
            return Err(excessive(text, open, "elements are nested too deeply"));
        }
    }
    Ok(())
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|i| from + i)
}

/// What a tag looks like from outside.
#[derive(Default)]
struct Tag {
    length: usize,
    closes: bool,
    is_empty: bool,
    attributes: usize,
    namespaces: usize,
}

impl Tag {
    /// The tag a text begins with; up to the end of the text where it does not end.
    fn at(text: &str) -> Tag {
        let bytes = text.as_bytes();
        let mut tag = Tag { closes: text.starts_with("</"), length: bytes.len(), ..Tag::default() };
        let mut quote = None;
        for (i, byte) in bytes.iter().copied().enumerate().skip(1) {
            match (quote, byte) {
                (Some(q), b) if b == q => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => tag.attributes += 1,
                (None, b'x') if bytes.get(i..i + 5) == Some(b"xmlns") => tag.namespaces += 1,
                (None, b'>') => {
                    tag.is_empty = bytes.get(i - 1) == Some(&b'/');
                    tag.length = i + 1;
                    break;
                }
                _ => {}
            }
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        parse(text).expect_err("must be refused").to_string()
    }

    #[test]
    fn ordinary_documents_are_read_and_faults_are_named_with_their_place() {
        let text = "<?xml version=\"1.0\"?><!-- <a> --><a:r xmlns:a=\"u\"><b x='>'> one\r\n</b><b/><![CDATA[<c>]]></a:r>";
        let document = parse(text).unwrap();
        let root = document.root_element();
        assert_eq!(children(root, "b").map(self::text).collect::<Vec<_>>(), ["one", ""]);
        assert_eq!(child(root, "b").and_then(|b| attribute(b, "x")), Some(">"));
        assert!(refusal("<a>\n <b></c></a>").contains("line 2, column"), "{}", refusal("<a>\n <b></c></a>"));
        assert!(refusal("<a>\n<b>").contains("not whole: line 2"), "{}", refusal("<a>\n<b>"));
    }

    #[test]
    fn nothing_is_fetched_expanded_or_piled_up() {
        let entity = "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>";
        assert!(refusal(entity).contains("line 2, column 1: it declares a document type"), "{}", refusal(entity));
        assert!(refusal("<r>&x;</r>").contains("line 1"), "{}", refusal("<r>&x;</r>"));
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        assert!(refusal(&deep).contains("nested too deeply"));
        let attributes: String = (0..100_000).map(|i| format!(" a{i}=\"\"")).collect();
        assert!(refusal(&format!("<a{attributes}/>")).contains("too many attributes"));
        let spaces: String = (0..90).map(|i| format!(" xmlns:a{i}=\"\"")).collect();
        let piled = format!("<a{spaces}>").repeat(150) + &"<b xmlns=\"u\"/>".repeat(1000) + &"</a>".repeat(150);
        assert!(refusal(&piled).contains("too many namespaces"));
        assert!(refusal(&("<a>".to_owned() + &"<b/>".repeat(3_000_001) + "</a>")).contains("too many elements"));
    }
}
