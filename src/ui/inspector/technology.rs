//! Technology tags: chips, a search that says what each one implies, and where a value that nobody set comes from.

use crate::detect::Lexicon;
use crate::library::{Library, Tag};
use crate::model::{Element, ElementKind};
use crate::text::icon;
use crate::ui::ViewCx;
use crate::ui::widgets::{Pick, icon_button, pick_about, removable_chip_about};
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet};

/// What an element with this tag is taken to be and do, in lines.
pub(super) fn implied(library: &Library, id: &str) -> String {
    let tags: Vec<&Tag> = library.tags.lineage(id).collect();
    let Some(tag) = tags.first() else { return "This technology is not in the library; it implies nothing.".to_owned() };
    let kinds: Vec<&str> = tag.kinds.iter().map(|k| k.label()).collect();
    let mut lines = vec![tag.label.clone()];
    if tags.len() > 1 {
        lines.push(format!("A kind of: {}", tags.iter().skip(1).map(|t| t.label.to_lowercase()).collect::<Vec<_>>().join(", ")));
    }
    if !kinds.is_empty() {
        lines.push(format!("For: {}", kinds.join(", ").to_lowercase()));
    }
    if let Some(layer) = library.tags.layer([&tag.id]) {
        lines.push(format!("Layer: {}", layer.label()));
    }
    let one: [&String; 1] = [&tag.id];
    let capabilities = crate::model::Capability::ALL.iter().map(|c| (library.tags.capability(one, *c), c.label()));
    let facts = crate::model::Fact::ALL.iter().map(|f| (library.tags.fact(one, *f), f.label()));
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (answer, words) in capabilities.chain(facts) {
        match answer {
            crate::model::Tri::Yes => yes.push(words),
            crate::model::Tri::No => no.push(words),
            crate::model::Tri::Unknown => {}
        }
    }
    lines.extend((!yes.is_empty()).then(|| format!("Implies that it {}", yes.join(", "))));
    lines.extend((!no.is_empty()).then(|| format!("Rules out that it {}", no.join(", "))));
    lines.join("\n")
}

/// What was done to tags.
pub(super) enum Change {
    Add(String),
    Remove(String),
}

/// Chips of all tags of some elements, those that only some have with how many, and the search for more.
pub(super) fn chips(ui: &mut Ui, cx: &ViewCx<'_>, elements: &[&Element], ghosts: impl FnOnce(&mut Ui)) -> Option<Change> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    elements.iter().flat_map(|e| &e.tags).for_each(|tag| *counts.entry(tag).or_default() += 1);
    let mut changed = None;
    for (tag, count) in &counts {
        let label = cx.library.tags.label(tag);
        let shown = if *count < elements.len() { format!("{count}/{} {label}", elements.len()) } else { label.to_owned() };
        if removable_chip_about(ui, &shown, &format!("Remove the tag {label}"), &implied(cx.library, tag)) {
            changed = Some(Change::Remove((*tag).clone()));
        }
    }
    ghosts(ui);
    let button = icon_button(ui, icon::PLUS, "Add a technology");
    let kinds: BTreeSet<ElementKind> = elements.iter().map(|e| e.kind).collect();
    let items = || {
        let fits = |t: &&Tag| t.kinds.is_empty() || kinds.iter().all(|kind| t.kinds.contains(kind));
        let is_new = |t: &&Tag| counts.get(&t.id).is_none_or(|count| *count < elements.len());
        cx.library.tags.iter().filter(fits).filter(is_new).map(|t| (t.id.clone(), t.label.clone(), t.id.clone())).collect()
    };
    let about = |tag: &String| implied(cx.library, tag);
    let also = |tag: &String, letters: &str| Lexicon::builtin().names_of(tag).find(|name| name.contains(letters));
    if let Some(Pick::Item(tag)) = pick_about(&button, "Search technologies", None, items, about, also) {
        changed = Some(Change::Add(tag));
    }
    changed
}

impl Change {
    pub fn apply(&self, tags: &mut BTreeSet<String>) {
        match self {
            Change::Add(tag) => drop(tags.insert(tag.clone())),
            Change::Remove(tag) => drop(tags.remove(tag)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_what_it_implies_itself_and_by_what_it_is_a_kind_of() {
        let library = Library::builtin();
        let said = implied(library, "rest-api");
        assert!(said.contains("A kind of:") && said.contains("serves an API") && said.contains("Layer:"), "{said}");
        assert!(implied(library, "no-such-tag").contains("not in the library"));
        for tag in library.tags.iter() {
            assert!(implied(library, &tag.id).lines().count() > 1, "{} says nothing", tag.id);
        }
    }
}
