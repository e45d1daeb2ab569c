//! Microsoft Threat Modeling Tool `.tm7` (XML), versions 2016 to 7.3.
//!
//! A file is a dump of the tool's objects: surfaces with shapes and lines, threats at the interactions between them, and
//! the whole template they were made from. Elements are matched by local name, so that any prefix will do. What has no
//! counterpart is kept with its object under `tm7.` and its name; the template, without its pictures, with the model under
//! [`TEMPLATE`].

mod element;
mod flow;
mod stencil;
mod surface;
mod template;
mod threat;

use super::draft::Draft;
use super::{Import, ImportError, LossKind, xml};
use crate::geometry::Rect;
use crate::model::{Assumption, Id, Note, Placement, PlacementKey, Role};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};
use template::Template;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "tm7.";
/// Where the model keeps the template as XML, from `<KnowledgeBase …>` to its end, without pictures.
pub const TEMPLATE: &str = "tm7.KnowledgeBase";

/// Reads a model.
///
/// # Errors
/// The text is no sound XML, or asks for more than any model needs.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let document = xml::parse(text)?;
    let root = document.root_element();
    let mut reader = Reader::new(text, Template::read(root));
    reader.facts(root);
    for surface in xml::child(root, "DrawingSurfaceList").into_iter().flat_map(|l| xml::children(l, "DrawingSurfaceModel")) {
        reader.surface(surface);
    }
    reader.threats(root);
    reader.notes(root);
    reader.keep_template(root, text);
    Ok(reader.finish())
}

/// A model in the making.
struct Reader {
    draft: Draft,
    template: Template,
    /// Records by their guid in the file; of several with one guid, the first.
    by_guid: BTreeMap<String, Id>,
    /// Flows that bear the tool's default name.
    unnamed: usize,
}

impl Reader {
    fn new(text: &str, template: Template) -> Reader {
        let draft = Draft::new("Microsoft Threat Modeling Tool", text);
        Reader { draft, template, by_guid: BTreeMap::new(), unnamed: 0 }
    }

    /// The id of an object: its guid while that is free. The zero guid and a missing one name nothing.
    fn claim(&mut self, guid: &str, what: &str) -> Id {
        let wanted = if is_guid(guid) { guid } else { "" };
        let id = self.draft.ids.claim(wanted);
        if wanted.is_empty() {
            self.draft.lose_at(&id, LossKind::Changed, what, format!("it had no id and is now “{id}”"));
        } else if id.as_str() != wanted {
            let why = format!("its id “{wanted}” was already taken; it is now “{id}”");
            self.draft.lose_at(&id, LossKind::Changed, what, why);
        } else {
            self.by_guid.insert(wanted.to_owned(), id.clone());
        }
        id
    }

    /// What the file says about the model as a whole.
    fn facts(&mut self, root: Node<'_, '_>) {
        let Some(meta) = xml::child(root, "MetaInformation") else { return };
        let said = |name| xml::text_of(meta, name);
        let info = &mut self.draft.model.info;
        info.name = said("ThreatModelName");
        info.description = said("HighLevelSystemDescription");
        info.owner = said("Owner");
        info.reviewer = said("Reviewer");
        let names: BTreeSet<String> =
            said("Contributors").split([',', ';', '\n']).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
        for name in names {
            self.draft.person(&name, Role::Participant);
        }
        for text in said("Assumptions").lines().map(str::trim).filter(|l| !l.is_empty()) {
            if is_nothing(text) {
                self.draft.model.info.extra.insert(format!("{PREFIX}Assumptions"), text.to_owned());
            } else {
                let assumption = Assumption { text: text.to_owned(), ..Assumption::default() };
                self.draft.model.assumptions.insert(self.draft.ids.fresh(), assumption);
            }
        }
        let dependencies = said("ExternalDependencies");
        if !dependencies.is_empty() {
            if !is_nothing(&dependencies) {
                let why = "its external dependencies have no counterpart: draw them as external entities, or note an assumption";
                self.draft.lose(LossKind::Kept, "the model", why);
            }
            self.draft.model.info.extra.insert(format!("{PREFIX}ExternalDependencies"), dependencies);
        }
        for name in ["Version", "ThreatGenerationEnabled"] {
            let value = xml::text_of(root, name);
            if !value.is_empty() {
                self.draft.model.info.extra.insert(format!("{PREFIX}{name}"), value);
            }
        }
    }

    /// Notes of the model become notes in a row below the first diagram: that is where they are seen.
    fn notes(&mut self, root: Node<'_, '_>) {
        const SIZE: (f32, f32) = (220.0, 90.0);
        const GAP: f32 = 24.0;
        let Some(diagram) = self.draft.model.diagram_order().into_iter().next() else { return };
        let drawn = self.draft.model.placed(&diagram).filter_map(|(_, p)| match p {
            Placement::Box(r) => Some([r.min(), r.max()]),
            Placement::Route(_) | Placement::Line(_) => None,
        });
        let around = Rect::around(drawn.flatten()).unwrap_or_default();
        let mut at = Rect { x: around.x, y: around.bottom() + 2.0 * GAP, w: SIZE.0, h: SIZE.1 };
        for note in xml::child(root, "Notes").into_iter().flat_map(|n| xml::children(n, "Note")) {
            let text = xml::text_of(note, "Message");
            if text.is_empty() {
                continue;
            }
            let id = self.draft.ids.fresh();
            let said = ["AddedBy", "Date", "Id"].map(|name| (format!("{PREFIX}{name}"), xml::text_of(note, name)));
            let extra = said.into_iter().filter(|(_, v)| !v.is_empty()).collect();
            let what = format!("note “{}”", shortened(&text));
            self.draft.lose_at(
                &id,
                LossKind::Changed,
                what,
                "it belonged to the model as a whole; it lies below the first diagram",
            );
            self.draft.model.notes.insert(id.clone(), Note { text, extra, ..Note::default() });
            self.draft.model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Box(at));
            at.x += SIZE.0 + GAP;
        }
    }

    /// Keeps the template word for word, but for its pictures, which make up most of it.
    fn keep_template(&mut self, root: Node<'_, '_>, text: &str) {
        let Some(base) = xml::child(root, "KnowledgeBase") else { return };
        let mut kept = String::new();
        let mut from = base.range().start;
        let pictures = base.descendants().filter(|n| matches!(n.tag_name().name(), "ImageSource" | "Image"));
        for picture in pictures.filter(|n| n.is_element() && n.text().is_some_and(|t| t.len() > 100)) {
            kept.push_str(text.get(from..picture.range().start).unwrap_or_default());
            from = picture.range().end;
        }
        kept.push_str(text.get(from..base.range().end).unwrap_or_default());
        let name = self.template.name.clone();
        let named = if name.is_empty() { "the template".to_owned() } else { format!("the template “{name}”") };
        let why = "it is kept with the model without its pictures; its rules are not asked here, the threats they made are";
        self.draft.lose(LossKind::Kept, named, why);
        self.draft.model.info.extra.insert(TEMPLATE.to_owned(), kept);
    }

    fn finish(mut self) -> Import {
        if self.unnamed > 0 {
            let flows = if self.unnamed == 1 { "1 data flow".to_owned() } else { format!("{} data flows", self.unnamed) };
            self.draft.lose(LossKind::Changed, flows, "with the tool's default name, which says nothing, have no name here");
        }
        self.draft.finish()
    }
}

fn is_guid(guid: &str) -> bool {
    !guid.is_empty() && guid != "00000000-0000-0000-0000-000000000000"
}

/// What people write where a field must be filled in.
fn is_nothing(text: &str) -> bool {
    matches!(text.to_lowercase().trim_end_matches('.'), "none" | "n/a" | "na" | "-" | "no")
}

/// A foreign value on one line of bearable length.
fn shortened(value: &str) -> String {
    const LONG: usize = 60;
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONG { line } else { line.chars().take(LONG).chain(['…']).collect() }
}
