//! YAML that can do no harm: bounded depth, size and copies, no tag ever makes anything but text, lists and maps.
//!
//! Anchors, aliases and merge keys (`<<`) are followed; every copy an alias makes counts against the limits, so that a
//! few lines cannot grow into gigabytes. The result is the same value that JSON gives, and readers serve both.

use super::ImportError;
use granit_parser::{ErrorKind, Event, Marker, Options, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::{Map, Value};

/// Levels of lists and maps, those that aliases add included; real files have about ten.
const DEPTH: usize = 100;
/// Values, copies by aliases included; the largest real file seen has 2000.
const NODES: usize = 300_000;
/// Bytes of text that aliases may copy.
const COPIED: usize = 64 * 1024 * 1024;

/// The first document of a text; nothing at all gives null.
///
/// # Errors
/// It is not well-formed, names something twice, or is made to exhaust whoever reads it.
pub(super) fn parse(text: &str) -> Result<Value, ImportError> {
    const LINES: usize = 200;
    let mut text = std::borrow::Cow::Borrowed(text);
    for _ in 0..LINES {
        match parsed(&text) {
            // Other tools read on where a line of a quoted text is indented too little; its indentation says nothing.
            Err(ImportError::Syntax { line, problem, .. }) if problem.contains("indentation in multiline quoted scalar") => {
                let indented: Vec<String> = text
                    .split('\n')
                    .enumerate()
                    .map(|(n, l)| if n + 1 == line { format!("{:64}{l}", "") } else { l.to_owned() })
                    .collect();
                text = std::borrow::Cow::Owned(indented.join("\n"));
            }
            other => return other,
        }
    }
    parsed(&text)
}

fn parsed(text: &str) -> Result<Value, ImportError> {
    let mut builder = Builder::default();
    let mut options = Options::default();
    (options.block_nesting_limit, options.flow_nesting_limit) = (DEPTH, DEPTH);
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|e| refusal(&e))?;
        builder.take(event, span)?;
    }
    Ok(builder.root.map_or(Value::Null, |node| node.value))
}

/// A value with what a copy of it costs.
#[derive(Clone)]
struct Node {
    value: Value,
    nodes: usize,
    bytes: usize,
    /// Levels of lists and maps in it; 0 for text.
    height: usize,
}

impl Node {
    fn leaf(value: Value) -> Node {
        let bytes = value.as_str().map_or(0, str::len);
        Node { value, nodes: 1, bytes, height: 0 }
    }
}

/// A list or map that has begun.
struct Open {
    content: Content,
    anchor: usize,
    nodes: usize,
    bytes: usize,
    height: usize,
}

enum Content {
    List(Vec<Value>),
    Map {
        map: Map<String, Value>,
        /// The name whose value comes next.
        name: Option<String>,
        /// What `<<` brings, in order.
        merged: Vec<Value>,
    },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    /// By the number the parser gives an anchor; `None` while it is not complete.
    anchors: Vec<Option<Node>>,
    /// Values made so far, and bytes copied.
    nodes: usize,
    copied: usize,
    documents: usize,
    root: Option<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), ImportError> {
        let at = span.start;
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(syntax(&at, "a second document begins here; keep one model in a file"));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_merge = style == ScalarStyle::Plain && text == "<<" && tag.is_none();
                if self.expects_name() {
                    return self.name(text.into_owned(), is_merge, &at);
                }
                self.add(Node::leaf(scalar(&text, style, tag.as_deref())), anchor, &at)
            }
            Event::SequenceStart(_, anchor, _) => self.begin(Content::List(Vec::new()), anchor, &at),
            Event::MappingStart(_, anchor, _) => {
                let content = Content::Map { map: Map::new(), name: None, merged: Vec::new() };
                self.begin(content, anchor, &at)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.end(open, &at),
                None => Ok(()),
            },
            Event::Alias(number) => self.alias(number, &at),
            _ => Ok(()),
        }
    }

    fn expects_name(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { name: None, .. }, .. }))
    }

    fn name(&mut self, text: String, is_merge: bool, at: &Marker) -> Result<(), ImportError> {
        if let Some(Open { content: Content::Map { map, name, .. }, .. }) = self.open.last_mut() {
            if !is_merge && map.contains_key(&text) {
                let problem = format!("“{}” is there twice; keep one of them", super::lenient::shortened(&text));
                return Err(syntax(at, &problem));
            }
            *name = Some(if is_merge { "<<".to_owned() } else { escaped_merge(text) });
        }
        Ok(())
    }

    fn begin(&mut self, content: Content, anchor: usize, at: &Marker) -> Result<(), ImportError> {
        if self.expects_name() {
            return Err(syntax(at, "a name must be text, not a list or map"));
        }
        if self.open.len() >= DEPTH {
            return Err(excessive(at, "lists and maps are nested too deep"));
        }
        if anchor > 0 {
            self.anchor(anchor, None);
        }
        self.open.push(Open { content, anchor, nodes: 1, bytes: 0, height: 0 });
        Ok(())
    }

    fn end(&mut self, open: Open, at: &Marker) -> Result<(), ImportError> {
        let value = match open.content {
            Content::List(list) => Value::Array(list),
            Content::Map { mut map, merged, .. } => {
                for source in merged {
                    merge(&mut map, source, at)?;
                }
                Value::Object(map)
            }
        };
        self.add(Node { value, nodes: open.nodes, bytes: open.bytes, height: open.height + 1 }, open.anchor, at)
    }

    fn alias(&mut self, number: usize, at: &Marker) -> Result<(), ImportError> {
        let Some(Some(node)) = self.anchors.get(number) else {
            return Err(syntax(at, "what this refers to is not complete here, as if it contained itself"));
        };
        // Looked at before the copy is made.
        self.copied += node.bytes;
        if self.nodes + node.nodes > NODES || self.copied > COPIED {
            return Err(excessive(at, "references repeat so much that the text grows out of bounds"));
        }
        if self.expects_name() {
            return match node.value.clone() {
                Value::String(text) => self.name(text, false, at),
                _ => Err(syntax(at, "a name must be text, not a list or map")),
            };
        }
        let copy = node.clone();
        self.nodes += copy.nodes - 1;
        self.add(copy, 0, at)
    }

    /// Puts a complete value where it belongs.
    fn add(&mut self, node: Node, anchor: usize, at: &Marker) -> Result<(), ImportError> {
        self.nodes += 1;
        if anchor > 0 {
            self.nodes += node.nodes;
            self.copied += node.bytes;
            self.anchor(anchor, Some(node.clone()));
        }
        if self.nodes > NODES || self.copied > COPIED {
            return Err(excessive(at, "it holds far too many values"));
        }
        let depth = self.open.len();
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        if depth + node.height > DEPTH {
            return Err(excessive(at, "lists and maps are nested too deep"));
        }
        open.nodes += node.nodes;
        open.bytes += node.bytes;
        open.height = open.height.max(node.height);
        match &mut open.content {
            Content::List(list) => list.push(node.value),
            Content::Map { map, name, merged } => match name.take() {
                Some(name) if name == "<<" => merged.push(node.value),
                Some(name) => drop(map.insert(unescaped_merge(name), node.value)),
                None => return Err(syntax(at, "a name must be text, not a list or map")),
            },
        }
        Ok(())
    }

    fn anchor(&mut self, number: usize, node: Option<Node>) {
        if self.anchors.len() <= number {
            self.anchors.resize(number + 1, None);
        }
        if let Some(place) = self.anchors.get_mut(number) {
            *place = node;
        }
    }
}

/// A quoted `"<<"` is a name like any other; it is kept apart from the merge key until its value comes.
fn escaped_merge(name: String) -> String {
    if name == "<<" { "\0<<".to_owned() } else { name }
}

fn unescaped_merge(name: String) -> String {
    if name == "\0<<" { "<<".to_owned() } else { name }
}

/// Adds what is not there yet; of several sources the first wins.
fn merge(map: &mut Map<String, Value>, source: Value, at: &Marker) -> Result<(), ImportError> {
    match source {
        Value::Object(source) => {
            for (name, value) in source {
                map.entry(name).or_insert(value);
            }
            Ok(())
        }
        Value::Array(sources) => {
            for source in sources {
                match source {
                    Value::Object(_) => merge(map, source, at)?,
                    _ => return Err(syntax(at, "only maps can be merged by “<<”")),
                }
            }
            Ok(())
        }
        Value::Null => Ok(()),
        _ => Err(syntax(at, "only maps can be merged by “<<”")),
    }
}

/// Plain words stand for nothing, truth or numbers where they are written as JSON would write them; whatever would not
/// read back the same (dates, versions, octal numbers, `1.10`) stays the text it is.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.is_some_and(|t| t.is_yaml_core_schema_tag("str"));
    if style != ScalarStyle::Plain || is_text {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let number = serde_json::from_str::<serde_json::Number>(text).ok().filter(|n| n.to_string() == text);
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn syntax(at: &Marker, problem: &str) -> ImportError {
    ImportError::Syntax { language: "YAML", line: at.line(), column: at.col() + 1, problem: problem.to_owned() }
}

fn excessive(at: &Marker, problem: &str) -> ImportError {
    ImportError::Excessive { line: at.line(), column: at.col() + 1, problem: problem.to_owned() }
}

fn refusal(error: &ScanError) -> ImportError {
    let at = error.marker();
    let (line, column, problem) = (at.line(), at.col() + 1, error.kind().to_string());
    match error.kind() {
        ErrorKind::UnexpectedEof
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping => ImportError::Cut { line, column, problem },
        ErrorKind::RecursionLimitExceeded => excessive(at, "lists and maps are nested too deep"),
        _ => ImportError::Syntax { language: "YAML", line, column, problem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(text: &str) -> String {
        parse(text).expect_err("must be refused").to_string()
    }

    #[test]
    fn what_real_files_use_is_read() {
        let text = "\
base: &base {a: 1, b: two, c: }
later: &more
  a: 9
  d: [x, 'y', \"z\"]
one:
  <<: *base
  b: own
both:
  b: own
  <<: [*base, *more]
words: [true, False, yes, ~, 2024-01-02, 1.10, 0x1F, 007, 1.5, -3, '5', !!str 5, !Ref thing, 1e3]
long: >
  folded
  text
*base : no
";
        assert!(refused(text).contains("a name must be text"));
        let value = parse(&text.replace("*base : no\n", "\"<<\": kept\n")).unwrap();
        assert_eq!(value["one"], json!({"a": 1, "b": "own", "c": null}));
        assert_eq!(value["both"], json!({"a": 1, "b": "own", "c": null, "d": ["x", "y", "z"]}));
        let words = json!([true, false, "yes", null, "2024-01-02", "1.10", "0x1F", "007", 1.5, -3, "5", "5", "thing", "1e3"]);
        assert_eq!(value["words"], words);
        assert_eq!((&value["long"], &value["<<"]), (&json!("folded text\n"), &json!("kept")));
        assert_eq!(parse("# nothing\n").unwrap(), Value::Null);
    }

    #[test]
    fn what_is_not_sound_is_told_with_its_place() {
        for (text, words) in [
            ("a: 1\nb: [1, 2\n", "line 2, column 4: unclosed bracket"),
            ("a: 1\n b: 2\n", "line 2, column 3"),
            ("a: 1\na: 2\n", "line 2, column 1: “a” is there twice"),
            ("a: *b\n", "line 1, column 4"),
            ("a: &a [*a]\n", "line 1, column 8: what this refers to is not complete here"),
            ("? [1]\n: 2\n", "a name must be text"),
            ("<<: 5\n", "only maps can be merged"),
            ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document"),
            ("a: \"x\n", "line 1, column 4: unclosed quote"),
            ("a: 'x' y\n", "line 1"),
        ] {
            let sentence = refused(text);
            assert!(sentence.contains(words), "{text:?}: {sentence}");
        }
    }

    #[test]
    fn bombs_are_refused_before_they_go_off() {
        let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
        for n in 1..12 {
            let list = vec![format!("*a{}", n - 1); 9].join(", ");
            laughs.push_str(&format!("a{n}: &a{n} [{list}]\n"));
        }
        assert!(refused(&laughs).contains("references repeat so much"));
        // A copy within a copy grows the depth, though no line nests.
        let deep: String = (1..2000).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
        assert!(refused(&format!("a0: &a0 x\n{deep}")).contains("nested too deep"));
        let long = format!("a: &a {}\nb:\n{}", "x".repeat(1_000_000), "- *a\n".repeat(100));
        assert!(refused(&long).contains("references repeat so much"));
        let merged = format!("a: &a {{{}}}\n", (0..1000).map(|n| format!("k{n}: 1")).collect::<Vec<_>>().join(", "));
        let merges: String = (0..1000).map(|n| format!("b{n}:\n  <<: *a\n")).collect();
        assert!(refused(&(merged + &merges)).contains("references repeat so much"));
        assert!(refused(&"- x\n".repeat(301_000)).contains("far too many values"));
        for open in ["[", "{a: ", "- "] {
            let sentence = refused(&open.repeat(50_000));
            assert!(sentence.contains("nested too deep"), "{open}: {sentence}");
        }
    }
}
