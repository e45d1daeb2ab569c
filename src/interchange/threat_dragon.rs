//! OWASP Threat Dragon 2 (JSON), every dialect from 2.0 to 2.6 and its templates.
//!
//! A file is a dump of the drawing library's graph: cells with shapes, positions and noise, and threats hanging on
//! them. Nothing is demanded of it: whatever can be placed is placed, the rest is told. Fields without a counterpart
//! are kept with their object under `td2.` and their name.

mod cell;
mod element;
mod flow;
mod threat;
mod write;

use super::controls::Controls;
use super::lenient::{Ids, Object, flag, list, object, rest, shortened, text};
use super::membership::nest;
use super::{Import, ImportError, Loss, LossKind};
use crate::geometry::Rect;
use crate::model::{Diagram, Extra, Id, Person, PlacementKey, Role};
use cell::{Cell, CellKind};
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) use write::write;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "td2.";

/// Reads a model or a template.
///
/// # Errors
/// The text is not JSON or not an object.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let file: Value = serde_json::from_str(text)?;
    Ok(read_object(file.as_object().ok_or(ImportError::Unknown)?, text))
}

/// Reads a file that is parsed already; `content` seeds the ids made up here.
pub(super) fn read_object(file: &Object, content: &str) -> Import {
    let mut reader = Reader::new(content);
    let template = object(file, "templateMetadata");
    if template.is_empty() {
        reader.model(file, file);
    } else {
        reader.model(object(file, "model"), template);
        reader.import.model.info.extra.extend(rest(template, &["name", "description"], "td2.template."));
    }
    reader.finish()
}

/// A model in the making.
struct Reader {
    import: Import,
    ids: Ids,
    controls: Controls,
    /// Shapes whose colours, ports and the like are left behind.
    redrawn: usize,
}

impl Reader {
    fn new(text: &str) -> Reader {
        Reader { import: Import::default(), ids: Ids::for_content(text), controls: Controls::default(), redrawn: 0 }
    }

    /// Notes something that did not come over as it was.
    fn lose(&mut self, kind: LossKind, what: impl Into<String>, why: impl Into<String>) {
        self.import.losses.push(Loss::new(kind, what, why));
    }

    /// Notes something about a cell that did not come over as it was.
    fn lose_of(&mut self, cell: &Cell<'_>, kind: LossKind, why: impl Into<String>) {
        self.import.losses.push(Loss::new(kind, cell.title(), why).at(&cell.id));
    }

    fn model(&mut self, file: &Object, naming: &Object) {
        let (summary, detail) = (object(file, "summary"), object(file, "detail"));
        if file.get("detail").is_none_or(Value::is_null) {
            self.lose(LossKind::Dropped, "the model", "it has no “detail”, where the diagrams should be");
        }
        self.tell_misshapen("the model", file, &[], &["summary", "detail"]);
        self.tell_misshapen("the model", detail, &["contributors", "diagrams"], &[]);
        let first = |a: String, b: String| if a.trim().is_empty() { b } else { a };
        let info = &mut self.import.model.info;
        info.name = first(text(summary, "title"), text(naming, "name"));
        info.description = first(text(summary, "description"), text(naming, "description"));
        info.owner = text(summary, "owner");
        info.reviewer = text(detail, "reviewer");
        info.extra = rest(file, &["summary", "detail", "templateMetadata", "model"], PREFIX);
        info.extra.extend(rest(summary, &["title", "description", "owner"], "td2.summary."));
        info.extra.extend(rest(detail, &["contributors", "reviewer", "diagrams"], "td2.detail."));
        let kept = info.extra.clone();
        self.tell_kept("the model", &kept);
        let name = |c: &Value| c.as_object().map(|c| text(c, "name")).or_else(|| c.as_str().map(str::to_owned));
        let names = list(detail, "contributors").iter().filter_map(name).filter(|name| !name.trim().is_empty());
        let people: Vec<Person> =
            names.map(|name| Person { name, roles: [Role::Participant].into(), ..Person::default() }).collect();
        // In the order of the file, which is that of the ids.
        let mut ids: Vec<Id> = people.iter().map(|_| self.ids.fresh()).collect();
        ids.sort();
        self.import.model.people.extend(ids.into_iter().zip(people));
        for (order, diagram) in list(detail, "diagrams").iter().enumerate() {
            match diagram.as_object() {
                Some(diagram) => self.diagram(order, diagram),
                None => self.lose(LossKind::Dropped, format!("diagram {}", order + 1), "it is not an object"),
            }
        }
    }

    fn diagram(&mut self, order: usize, raw: &Object) {
        let number = text(raw, "id");
        let id = self.ids.claim(&format!("diagram-{}", if number.is_empty() { order.to_string() } else { number }));
        let named = [text(raw, "title"), text(raw, "name")].into_iter().find(|n| !n.trim().is_empty());
        let diagram = Diagram {
            name: named.unwrap_or_else(|| format!("Diagram {}", order + 1)),
            description: text(raw, "description"),
            order: i32::try_from(order).unwrap_or(i32::MAX),
            extra: rest(raw, &["title", "name", "description", "cells"], PREFIX),
            ..Diagram::default()
        };
        self.tell_kept(&format!("diagram “{}”", shortened(&diagram.name)), &diagram.extra);
        self.import.model.diagrams.insert(id.clone(), diagram);
        self.tell_misshapen(&format!("diagram “{}”", self.import.model.name_of(&id)), raw, &["cells"], &[]);
        let mut cells = Vec::new();
        for (i, value) in list(raw, "cells").iter().enumerate() {
            match value.as_object().and_then(|raw| Cell::read(raw, &mut self.ids)) {
                Some(cell) => cells.push(cell),
                None => self.unknown_cell(&id, i, value),
            }
        }
        self.redrawn += cells.iter().filter(|c| c.has_own_looks()).count();
        self.tell_shared_ids(&cells);
        let sheet = Sheet::new(id, &cells);
        self.elements(&sheet);
        self.flows(&sheet);
        let boxed = |wanted: fn(&Cell<'_>) -> bool| -> Vec<(Id, Rect)> {
            cells.iter().filter(|c| wanted(c)).filter_map(|c| Some((c.id.clone(), c.rect()?))).collect()
        };
        nest(&mut self.import.model, &boxed(|c| c.is_element()), &boxed(|c| c.kind == CellKind::Box));
        for cell in &cells {
            self.tell_misshapen(&cell.title(), cell.raw, &["vertices", "threats"], &["data", "position", "size"]);
            self.tell_misshapen(&cell.title(), cell.data, &["threats"], &[]);
            self.threats(cell);
        }
    }

    /// Tells what should be a list or an object and is something else, so that nothing of it is read.
    fn tell_misshapen(&mut self, what: &str, from: &Object, lists: &[&str], objects: &[&str]) {
        let lists = lists.iter().map(|key| (key, "list", from.get(*key).is_none_or(Value::is_array)));
        let objects = objects.iter().map(|key| (key, "object", from.get(*key).is_none_or(Value::is_object)));
        for (key, shape, right) in lists.chain(objects) {
            if !right && !from.get(*key).is_none_or(Value::is_null) {
                self.lose(LossKind::Dropped, what, format!("its “{key}” is no {shape} and was not read"));
            }
        }
    }

    /// Tells what is kept with the model or a diagram, except for what only Threat Dragon itself needs.
    fn tell_kept(&mut self, what: &str, extra: &Extra) {
        const BOOKKEEPING: &[&str] = &[
            "version",
            "id",
            "placeholder",
            "thumbnail",
            "diagramType",
            "diagramTop",
            "threatTop",
            "release_version",
            "released_at",
        ];
        for (name, value) in extra {
            let field = name.rsplit('.').next().unwrap_or(name);
            if !BOOKKEEPING.contains(&field) {
                self.lose(LossKind::Kept, what, format!("the field “{field}” has no counterpart: {}", shortened(value)));
            }
        }
    }

    fn unknown_cell(&mut self, diagram: &Id, position: usize, value: &Value) {
        let shape = value.as_object().map(|c| text(c, "shape")).unwrap_or_default();
        let name = self.import.model.name_of(diagram).to_owned();
        self.lose(LossKind::Kept, format!("shape “{shape}” on diagram “{name}”"), "it is of no kind that is known");
        if let Some(diagram) = self.import.model.diagrams.get_mut(diagram) {
            diagram.extra.insert(format!("td2.cell.{position}"), value.to_string());
        }
    }

    fn tell_shared_ids(&mut self, cells: &[Cell<'_>]) {
        for cell in cells.iter().filter(|c| c.id.as_str() != c.foreign_id) {
            let why = match cell.foreign_id.as_str() {
                "" => format!("it had no id and is now “{}”", cell.id),
                old => format!("its id “{old}” was already taken; it is now “{}”", cell.id),
            };
            self.import.losses.push(Loss::new(LossKind::Changed, cell.title(), why).at(&cell.id));
        }
    }

    fn finish(mut self) -> Import {
        self.controls.store(&mut self.import.model, &mut self.ids);
        if self.redrawn > 0 {
            let why = format!(
                "colours, ports, paint order and the like of {} shapes are left behind; they are drawn the Palisade way",
                self.redrawn
            );
            self.lose(LossKind::Dropped, "the drawing", why);
        }
        self.import
    }

    /// Keeps the fields of a cell that have no counterpart, and tells each.
    fn set_aside(&mut self, cell: &Cell<'_>, known: &[&str]) -> Extra {
        let mut fields = rest(cell.raw, cell::KNOWN, "");
        fields.extend(rest(cell.data, known, ""));
        for (field, value) in &fields {
            let why = match hint(field, cell.kind) {
                Some(hint) => format!("{hint} (“{field}”)"),
                None => format!("the field “{field}” has no counterpart: {}", shortened(value)),
            };
            self.lose_of(cell, LossKind::Kept, why);
        }
        if cell.id.as_str() != cell.foreign_id && !cell.foreign_id.is_empty() {
            fields.insert("id".to_owned(), cell.foreign_id.clone());
        }
        if cell.raw.get("visible") == Some(&Value::Bool(false)) {
            fields.insert("visible".to_owned(), "false".to_owned());
            self.lose_of(cell, LossKind::Changed, "it was hidden on the diagram and is shown now");
        }
        fields.into_iter().map(|(field, value)| (format!("{PREFIX}{field}"), value)).collect()
    }
}

/// One diagram with its cells, as its parts refer to each other.
struct Sheet<'a> {
    diagram: Id,
    cells: &'a [Cell<'a>],
    /// By foreign id; of cells that share one, the first element, else the first.
    by_id: BTreeMap<&'a str, &'a Cell<'a>>,
}

impl<'a> Sheet<'a> {
    fn new(diagram: Id, cells: &'a [Cell<'a>]) -> Sheet<'a> {
        let mut by_id = BTreeMap::new();
        // Elements first: flows can end nowhere else.
        let (elements, others): (Vec<&Cell<'_>>, Vec<&Cell<'_>>) = cells.iter().partition(|c| c.is_element());
        for cell in elements.into_iter().chain(others) {
            by_id.entry(cell.foreign_id.as_str()).or_insert(cell);
        }
        Sheet { diagram, cells, by_id }
    }

    fn place(&self, cell: &Cell<'_>) -> PlacementKey {
        PlacementKey { diagram: self.diagram.clone(), item: cell.id.clone() }
    }
}

/// The reason something is out of scope; `None` when it is in scope.
fn out_of_scope(data: &Object) -> Option<String> {
    let reason = text(data, "reasonOutOfScope");
    let reason = if reason.trim().is_empty() { "Marked as out of scope in Threat Dragon".to_owned() } else { reason };
    flag(data, "outOfScope").then_some(reason)
}

/// What to do about a marker that is not modelled the same way here.
fn hint(field: &str, kind: CellKind) -> Option<&'static str> {
    Some(match field {
        "providesAuthentication" => "marked as providing authentication: say so on the flow it signs in by",
        "handlesGoodsOrServices" => "marked as handling goods or services: answer its questions on business workflows",
        "privilegeLevel" => "has a privilege level: put it into a trust boundary of that level",
        "isALog" => "marked as a log: choose the technology tag of a log store",
        "isEncrypted" if kind == CellKind::Store => "marked as encrypted: attach the control for encryption at rest",
        "isSigned" => "marked as signed: attach the control for signed data",
        "storesCredentials" => "marked as storing credentials: add the asset and say that it is held here",
        "storesInventory" => "marked as storing inventory: add the asset and say that it is held here",
        _ => return None,
    })
}
