//! What kind of element something is, changed in place: name, threats, controls and flows stay.

use crate::edit::Edit;
use crate::model::{Element, ElementKind, Id, Key};
use crate::tool::{Outcome, ToolCx};

/// How the label of such a change begins; the new kind follows.
pub const CHANGED_TO: &str = "change to ";

/// Process, data store, external entity, and round again.
pub fn next_kind(kind: ElementKind) -> ElementKind {
    match kind {
        ElementKind::Process => ElementKind::DataStore,
        ElementKind::DataStore => ElementKind::ExternalEntity,
        ElementKind::ExternalEntity => ElementKind::Process,
    }
}

/// Every selected element becomes the next kind after that of the first.
pub fn change_kind(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let element = |id: &Id| cx.model.elements.get(id).map(|e| (id.clone(), e.clone()));
    let elements: Vec<(Id, Element)> = cx.selection.items.iter().filter_map(element).collect();
    let Some(kind) = elements.first().map(|(_, e)| next_kind(e.kind)) else { return Vec::new() };
    let put = |(id, element): (Id, Element)| Edit::put(Key::Element(id), Element { kind, ..element });
    let edits = elements.into_iter().map(put).collect();
    vec![Outcome::Commit(Edit::Batch { label: format!("{CHANGED_TO}{}", kind.label().to_lowercase()), edits })]
}
