//! Mermaid flowcharts: nodes, links and subgraphs, also out of a Markdown file.
//!
//! A flowchart has no places and no kinds: subgraphs are boundaries, kinds are guessed from shapes and words ([`Guess`]).

mod link;
mod node;

use super::draft::Draft;
use super::guess::{Guess, Sure, Taken};
use super::lenient::shortened;
use super::markup::plain;
use super::{Import, ImportError, LossKind, protocol, shape_words};
use crate::model::*;
use link::Link;
use node::{Node, Shape};
use std::collections::BTreeMap;

/// Nodes and links up to which a chart is read; nobody can look at more.
const MOST: usize = 50_000;
/// Subgraphs one in another.
const DEPTH: usize = 60;

/// Reads the first flowchart of a text.
///
/// # Errors
/// A node or link is not well-formed, or there is no flowchart.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let mut chart = Chart::new(text);
    let (first, title, lines) = body(text);
    chart.draft.model.info.name = title;
    let mut header = true;
    for (n, line) in lines.enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with("%%") {
            continue;
        }
        let rest = if header { after_header(trimmed) } else { line };
        header = false;
        if rest.trim().is_empty() {
            continue;
        }
        let offset = line.len() - line.trim_start().len();
        chart.line(rest, first + n, offset)?;
    }
    if header {
        return Err(ImportError::Unknown);
    }
    Ok(chart.finish())
}

/// The lines of the chart, the number of the first, and the title of the front matter.
fn body(text: &str) -> (usize, String, Box<dyn Iterator<Item = &str> + '_>) {
    if let Some(fence) = text.find("```mermaid") {
        let before = text.get(..fence).unwrap_or_default().matches('\n').count();
        let inside = text.get(fence..).unwrap_or_default().lines().skip(1).take_while(|l| !l.trim_start().starts_with("```"));
        return (before + 2, String::new(), Box::new(inside));
    }
    let start = text.trim_start();
    let skipped = text.get(..text.len() - start.len()).unwrap_or_default().matches('\n').count();
    if let Some((front, rest)) = start.strip_prefix("---").and_then(|t| t.split_once("\n---")) {
        let title = front.lines().find_map(|l| l.trim().strip_prefix("title:")).unwrap_or_default();
        let title = title.trim().trim_matches(['"', '\'']).to_owned();
        let lines = skipped + front.matches('\n').count() + 2;
        return (lines, title, Box::new(rest.lines()));
    }
    (skipped + 1, String::new(), Box::new(start.lines()))
}

/// What follows "flowchart LR" on its line.
fn after_header(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_alphabetic() || c == '-').trim_start();
    let direction = ["TB", "TD", "BT", "LR", "RL"].into_iter().find_map(|d| rest.strip_prefix(d));
    direction.unwrap_or(rest).trim_start_matches([';', ' ', '\t'])
}

struct Chart {
    draft: Draft,
    nodes: BTreeMap<String, Met>,
    /// Subgraphs that are open, the innermost last.
    open: Vec<Id>,
    subgraphs: BTreeMap<String, Id>,
    /// Links, with the names of their ends: a subgraph may be named before it is drawn.
    links: Vec<(String, String, Link)>,
    /// Statements about looks.
    looks: usize,
}

struct Met {
    label: Option<String>,
    shape: Option<Shape>,
    boundary: Option<Id>,
    order: usize,
}

impl Chart {
    fn new(text: &str) -> Chart {
        let (nodes, open, subgraphs, links) = Default::default();
        Chart { draft: Draft::new("Mermaid", text), nodes, open, subgraphs, links, looks: 0 }
    }

    fn line(&mut self, line: &str, number: usize, offset: usize) -> Result<(), ImportError> {
        let word = line.trim_start().split([' ', '\t', ';', ':', '{']).next().unwrap_or_default();
        match word {
            "subgraph" => return self.subgraph(line.trim_start().trim_start_matches("subgraph").trim(), number, offset),
            "end" => drop(self.open.pop()),
            "direction" | "accTitle" | "accDescr" => {}
            "classDef" | "class" | "style" | "linkStyle" | "click" => self.looks += 1,
            _ => return self.chain(line, number, offset),
        }
        Ok(())
    }

    fn subgraph(&mut self, text: &str, number: usize, offset: usize) -> Result<(), ImportError> {
        if self.open.len() >= DEPTH {
            let problem = "subgraphs are nested too deep".to_owned();
            return Err(ImportError::Excessive { line: number, column: offset + 1, problem });
        }
        let (name, title) = match text.split_once('[') {
            Some((name, title)) => (name.trim(), title.trim_end().trim_end_matches([';', ' ']).trim_end_matches(']')),
            None => (text.trim_end_matches(';').trim().trim_matches('"'), text.trim_end_matches(';')),
        };
        let title = plain(&node::unquoted(title));
        let what = format!("subgraph “{}”", shortened(&title));
        let id = self.draft.claim(name, &what);
        let parent = self.open.last().cloned();
        self.draft.model.boundaries.insert(id.clone(), Boundary { name: title, parent, ..Boundary::default() });
        let guess = Guess::of_shape(&id, &what, Taken::Boundary, Sure::Medium, "it is drawn around others");
        self.draft.guesses.push(guess);
        self.subgraphs.entry(name.to_owned()).or_insert_with(|| id.clone());
        self.open.push(id);
        Ok(())
    }

    /// Nodes joined by links: `a & b -->|says| c`.
    fn chain(&mut self, line: &str, number: usize, offset: usize) -> Result<(), ImportError> {
        let fault = |at: usize, problem: &str| {
            let column = line.get(..at).map_or(at, |l| l.chars().count()) + 1;
            let column = if line.len() == line.trim_start().len() { column + offset } else { column };
            ImportError::Syntax { language: "Mermaid", line: number, column, problem: problem.to_owned() }
        };
        let mut at = 0;
        let mut before: Vec<String> = Vec::new();
        let mut link: Option<Link> = None;
        loop {
            let mut group = Vec::new();
            loop {
                at = skip(line, at);
                let (node, next) = node::read(line, at).map_err(|(at, problem)| fault(at, problem))?;
                group.push(node.name.clone());
                self.meet(node);
                at = skip(line, next);
                match line.get(at..).and_then(|rest| rest.strip_prefix('&')) {
                    Some(_) => at += 1,
                    None => break,
                }
            }
            if let Some(link) = link.take() {
                for from in &before {
                    for to in &group {
                        if self.links.len() >= MOST {
                            let problem = "it has far too many links".to_owned();
                            return Err(ImportError::Excessive { line: number, column: 1, problem });
                        }
                        self.links.push((from.clone(), to.clone(), link.clone()));
                    }
                }
            }
            before = group;
            let rest = line.get(at..).unwrap_or_default();
            if rest.is_empty() || rest.starts_with("%%") {
                return Ok(());
            }
            if let Some(next) = rest.strip_prefix(';') {
                if next.trim().is_empty() {
                    return Ok(());
                }
                let next = next.trim_start();
                let skipped = line.len() - next.len();
                return self.line(next, number, offset + skipped);
            }
            let Some((met, length)) = link::read(rest) else { return Err(fault(at, "a link between nodes is expected here")) };
            link = Some(met);
            at += length;
        }
    }

    fn meet(&mut self, node: Node) {
        let order = self.nodes.len();
        let boundary = self.open.last().cloned();
        let met = self.nodes.entry(node.name).or_insert(Met { label: None, shape: None, boundary: None, order });
        // Where it is first drawn inside a subgraph it belongs to that.
        met.boundary = met.boundary.take().or(boundary);
        met.label = node.label.or(met.label.take());
        met.shape = node.shape.or(met.shape);
    }

    fn finish(mut self) -> Import {
        let mut nodes: Vec<(String, Met)> = std::mem::take(&mut self.nodes).into_iter().collect();
        nodes.sort_by_key(|(_, met)| met.order);
        let mut elements = BTreeMap::new();
        for (name, met) in nodes.into_iter().filter(|(name, _)| !self.subgraphs.contains_key(name)).take(MOST) {
            let label = met.label.as_deref().map(plain).unwrap_or_else(|| name.clone());
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            let what = format!("node “{}”", shortened(&label));
            let id = self.draft.claim(&name, &what);
            let (kind, sure, why) = kind(met.shape, &label);
            self.draft.guesses.push(Guess::of_shape(&id, &what, Taken::Element(kind), sure, why));
            let element = Element { name: label, kind, boundary: met.boundary, ..Element::default() };
            self.draft.model.elements.insert(id.clone(), element);
            elements.insert(name, id);
        }
        for (n, (from, to, link)) in std::mem::take(&mut self.links).into_iter().enumerate() {
            if !link.is_invisible {
                self.flow(n, &elements, (&from, &to), link);
            }
        }
        if self.looks > 0 {
            let why = format!("{} statements about colours, classes and clicks are left behind", self.looks);
            self.draft.lose(LossKind::Dropped, "the drawing", why);
        }
        self.draft.finish()
    }

    fn flow(&mut self, n: usize, elements: &BTreeMap<String, Id>, (from, to): (&str, &str), link: Link) {
        let name = plain(&link.label);
        let what = match name.as_str() {
            "" => format!("link from “{}” to “{}”", shortened(from), shortened(to)),
            name => format!("link “{}”", shortened(name)),
        };
        let id = self.draft.ids.claim(&format!("link-{}", n + 1));
        for end in [from, to].into_iter().filter(|end| !elements.contains_key(*end)) {
            let why = format!("it ends at the subgraph “{}”, which is no element; that end is loose", shortened(end));
            self.draft.lose_at(&id, LossKind::Changed, &what, why);
        }
        let (mut ends, mut heads) = ((elements.get(from).cloned(), elements.get(to).cloned()), (link.at_start, link.at_end));
        if heads == (true, false) {
            (ends, heads) = ((ends.1, ends.0), (false, true));
        }
        if heads == (false, false) {
            self.draft.lose_at(&id, LossKind::Changed, &what, "it has no arrow, so its direction is a guess: as it was written");
        }
        let reading = protocol::read(&name);
        let flow = Flow {
            name,
            from: ends.0,
            to: ends.1,
            protocol: if reading.exact { reading.protocol } else { Protocol::Unknown },
            bidirectional: heads == (true, true),
            ..Flow::default()
        };
        self.draft.model.flows.insert(id, flow);
    }
}

fn skip(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

/// What a node most likely is: shapes that mean something first, then words, then shapes that mean little.
fn kind(shape: Option<Shape>, label: &str) -> (ElementKind, Sure, String) {
    let by = |kind, sure, why: &str| (kind, sure, why.to_owned());
    match shape {
        Some(Shape::Cylinder) => return by(ElementKind::DataStore, Sure::High, "it is drawn as a cylinder"),
        Some(Shape::Circle) => return by(ElementKind::Process, Sure::High, "it is drawn as a circle"),
        _ => {}
    }
    if let Some((kind, word)) = shape_words::kind(label) {
        return (kind, Sure::Medium, format!("its name says “{word}”"));
    }
    match shape {
        Some(Shape::Rounded) => by(ElementKind::Process, Sure::Medium, "it is drawn with round corners"),
        Some(Shape::Slanted) => by(ElementKind::ExternalEntity, Sure::Low, "it is drawn as input or output"),
        _ => by(ElementKind::Process, Sure::Low, "neither its shape nor its name says what it is"),
    }
}
