//! A library of shapes: a list of small drawings, laid out in rows.

use super::Reader;
use super::cell::Cells;
use super::place;
use super::unpack;
use crate::geometry::vec2;
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::{ImportError, LossKind, xml};
use crate::model::Id;
use roxmltree::Node;
use serde_json::Value;

/// Shapes in a row, and room for each.
const ROW: usize = 6;
const CELL: (f32, f32) = (240.0, 160.0);
/// Shapes one library may have.
const MOST: usize = 5000;

impl Reader {
    pub(super) fn library(&mut self, file: &str, root: Node<'_, '_>) -> Result<(), ImportError> {
        let (line, column) = place(file, root);
        let problem = |problem: String| ImportError::Syntax { language: "draw.io data", line, column, problem };
        let entries: Value = serde_json::from_str(&xml::text(root)).map_err(|e| problem(format!("the list of shapes: {e}")))?;
        let entries = entries.as_array().ok_or_else(|| problem("the list of shapes is none".to_owned()))?;
        self.draft.lose(LossKind::Changed, "the file", "it is a library of shapes, laid out here side by side");
        let diagram = self.new_diagram(0, "", "Library of shapes");
        for (n, entry) in entries.iter().enumerate().take(MOST) {
            let Some(entry) = entry.as_object() else { continue };
            let title = text(entry, "title");
            let what =
                format!("shape “{}” of the library", if title.is_empty() { (n + 1).to_string() } else { shortened(&title) });
            if let Err(why) = self.entry(&diagram, n, entry, &title) {
                self.draft.lose(LossKind::Dropped, what, why);
            }
        }
        if entries.len() > MOST {
            self.draft.lose(LossKind::Dropped, "the library", format!("it has more than {MOST} shapes"));
        }
        Ok(())
    }

    fn entry(&mut self, diagram: &Id, n: usize, entry: &Object, title: &str) -> Result<(), String> {
        let packed = text(entry, "xml");
        if packed.is_empty() {
            return Err("it is a picture, not a shape".to_owned());
        }
        let graph = unpack::unpack(&packed, &mut self.budget)?;
        let document = xml::parse(&graph).map_err(|e| e.to_string())?;
        let origin = vec2((n % ROW) as f32 * CELL.0, (n / ROW) as f32 * CELL.1);
        let mut cells = Cells::read(document.root_element(), origin);
        // Ids repeat from shape to shape; the title says what it is where nothing is written on it.
        for cell in cells.all.iter_mut().filter(|c| (c.is_vertex || c.is_edge) && c.label.is_empty()) {
            cell.label = title.to_owned();
        }
        let told = self.draft.losses.len();
        self.cells(diagram.clone(), &cells);
        // That ids repeat says nothing in a library.
        let fresh = self.draft.losses.split_off(told);
        self.draft
            .losses
            .extend(fresh.into_iter().filter(|l| !l.why.contains("was already taken") && !l.why.contains("it had no id")));
        Ok(())
    }
}
