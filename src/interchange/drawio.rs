//! draw.io (diagrams.net) drawings, plain, compressed or inside a picture: a page is a diagram, shapes and lines are what they look like.
//!
//! A drawing says nothing about kinds, so they are guessed from shapes, styles and words, each with how sure that is
//! ([`Guess`](super::Guess)). Geometry comes over exactly. Attributes people gave to shapes are kept under `drawio.`.

mod attack_tree;
mod cell;
mod classify;
mod edge;
mod library;
mod page;
mod picture;
mod style;
mod unpack;

pub(super) use picture::{within_png, within_svg};

use super::draft::Draft;
use super::lenient::shortened;
use super::{Import, ImportError, LossKind, xml};
use crate::model::{Diagram, Id};
use roxmltree::Node;

/// Prefix of the names under which foreign attributes are kept.
const PREFIX: &str = "drawio.";
/// Pages one file may have.
const PAGES: usize = 1000;

/// Reads a drawing or a library of shapes.
///
/// # Errors
/// The text is no sound XML, or every page of it is damaged.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let drawing = picture::within_svg(text);
    let text = drawing.as_deref().unwrap_or(text);
    let document = xml::parse(text)?;
    let root = document.root_element();
    let mut reader = Reader { draft: Draft::new("draw.io", text), redrawn: 0, budget: unpack::LIMIT };
    match root.tag_name().name() {
        "mxGraphModel" => reader.page(0, "", "Page 1", root),
        "mxlibrary" => reader.library(text, root)?,
        _ => reader.pages(text, root)?,
    }
    Ok(reader.finish())
}

/// A model in the making.
struct Reader {
    draft: Draft,
    /// Shapes whose colours, fonts and the like are left behind.
    redrawn: usize,
    /// Bytes that may still be unpacked.
    budget: usize,
}

impl Reader {
    fn pages(&mut self, text: &str, root: Node<'_, '_>) -> Result<(), ImportError> {
        let mut refused = None;
        let mut read = 0;
        for (order, page) in xml::children(root, "diagram").enumerate() {
            let name = page.attribute("name").unwrap_or_default();
            let name = if name.trim().is_empty() { format!("Page {}", order + 1) } else { name.to_owned() };
            let what = format!("page “{}”", shortened(&name));
            if order >= PAGES {
                self.draft.lose(LossKind::Dropped, what, format!("the file has more than {PAGES} pages"));
                break;
            }
            let id = page.attribute("id").unwrap_or_default();
            if let Some(graph) = xml::child(page, "mxGraphModel") {
                self.page(order, id, &name, graph);
                read += 1;
                continue;
            }
            let packed = xml::text(page);
            if packed.is_empty() {
                self.draft.lose(LossKind::Dropped, what, "it is empty");
                read += 1;
                continue;
            }
            let opened = unpack::unpack(&packed, &mut self.budget).and_then(|graph| self.packed_page(order, id, &name, &graph));
            match opened {
                Ok(()) => read += 1,
                Err(problem) => {
                    self.draft.lose(LossKind::Dropped, &what, &problem);
                    let (line, column) = place(text, page);
                    refused.get_or_insert(ImportError::Syntax {
                        language: "draw.io data",
                        line,
                        column,
                        problem: format!("{what}: {problem}"),
                    });
                }
            }
        }
        match refused {
            Some(error) if read == 0 => Err(error),
            _ => Ok(()),
        }
    }

    fn packed_page(&mut self, order: usize, id: &str, name: &str, graph: &str) -> Result<(), String> {
        let document = xml::parse(graph).map_err(|e| format!("what was packed in it cannot be read: {e}"))?;
        self.page(order, id, name, document.root_element());
        Ok(())
    }

    /// A diagram for a page.
    fn new_diagram(&mut self, order: usize, foreign: &str, name: &str) -> Id {
        let foreign = if foreign.is_empty() { format!("page-{}", order + 1) } else { foreign.to_owned() };
        let id = self.draft.claim(&foreign, &format!("page “{}”", shortened(name)));
        let order = i32::try_from(order).unwrap_or(i32::MAX);
        self.draft.model.diagrams.insert(id.clone(), Diagram { name: name.to_owned(), order, ..Diagram::default() });
        id
    }

    fn finish(mut self) -> Import {
        if self.redrawn > 0 {
            let why = format!(
                "colours, fonts, outlines and the like of {} shapes and lines are left behind; they are drawn the Palisade way",
                self.redrawn
            );
            self.draft.lose(LossKind::Dropped, "the drawing", why);
        }
        self.draft.finish()
    }
}

/// Line and column of an element in its file.
fn place(text: &str, node: Node<'_, '_>) -> (usize, usize) {
    super::error::line_and_column(text, node.range().start)
}
