//! The structure tree of a tagged PDF (ISO 32000-1, 14.7): which marked content is a heading, a table cell, a figure.

use super::paint::{Mark, role_name};
use crate::report::page::{Pages, Role, TagId};
use lopdf::{Dictionary, Document, Object, ObjectId, text_string};
use std::collections::BTreeMap;

/// What an element of the tree consists of.
#[derive(Clone, Copy)]
enum Kid {
    Element(TagId),
    /// Marked content of a page.
    Content {
        page: usize,
        number: usize,
    },
    Annotation {
        page: usize,
        id: ObjectId,
    },
}

/// Link annotations: structure element, page, object.
pub type Annotations = Vec<(TagId, usize, ObjectId)>;

/// Adds the tree and connects pages and annotations to it; the id of its root.
pub fn add(
    document: &mut Document,
    pages: &Pages,
    marks: &[Vec<Mark>],
    annotations: &Annotations,
    page_ids: &[ObjectId],
) -> ObjectId {
    let mut kids: BTreeMap<TagId, Vec<Kid>> = BTreeMap::new();
    for (page, marks) in marks.iter().enumerate() {
        for (number, mark) in marks.iter().enumerate() {
            kids.entry(mark.tag).or_default().push(Kid::Content { page, number });
        }
    }
    for (tag, page, id) in annotations {
        kids.entry(*tag).or_default().push(Kid::Annotation { page: *page, id: *id });
    }
    let top = adopt(pages, &mut kids);

    let root = document.new_object_id();
    let whole = document.new_object_id();
    let ids: BTreeMap<TagId, ObjectId> = kids.keys().map(|tag| (*tag, document.new_object_id())).collect();
    for (tag, kids) in &kids {
        let Some(element) = element(pages, *tag, kids, &ids, whole, page_ids) else { continue };
        if let Some(id) = ids.get(tag) {
            document.set_object(*id, element);
        }
    }
    let reference = |tag: &TagId| ids.get(tag).map(|id| Object::Reference(*id));
    let mut element = Dictionary::new();
    element.set("Type", "StructElem");
    element.set("S", "Document");
    element.set("P", Object::Reference(root));
    element.set("K", Object::Array(top.iter().filter_map(reference).collect()));
    document.set_object(whole, element);

    let parents = parent_tree(document, marks, annotations, &ids, page_ids);
    let mut tree = Dictionary::new();
    tree.set("Type", "StructTreeRoot");
    tree.set("K", Object::Array(vec![Object::Reference(whole)]));
    tree.set("ParentTree", Object::Reference(parents));
    tree.set("ParentTreeNextKey", Object::Integer((page_ids.len() + annotations.len()) as i64));
    document.set_object(root, tree);
    root
}

/// Makes every element that says something (and every table cell) a child of its parent, in reading order; the
/// elements without a parent are returned.
fn adopt(pages: &Pages, kids: &mut BTreeMap<TagId, Vec<Kid>>) -> Vec<TagId> {
    let mut top = Vec::new();
    // Children come after their parents in the list, so going backwards every element is complete when it is reached.
    for (n, tag) in pages.tags.0.iter().enumerate().rev() {
        let id = TagId(n);
        let cell = matches!(tag.role, Role::Cell | Role::HeaderCell | Role::RowHeader);
        if cell {
            kids.entry(id).or_default();
        }
        if !kids.contains_key(&id) {
            continue;
        }
        match tag.parent {
            Some(parent) => kids.entry(parent).or_default().push(Kid::Element(id)),
            None => top.push(id),
        }
    }
    top.reverse();
    let first_place = |kid: &Kid, kids: &BTreeMap<TagId, Vec<Kid>>| match kid {
        Kid::Content { page, number } => Some((*page, *number)),
        Kid::Annotation { .. } => None,
        Kid::Element(child) => kids.get(child).into_iter().flatten().find_map(|k| match k {
            Kid::Content { page, number } => Some((*page, *number)),
            _ => None,
        }),
    };
    let snapshot = kids.clone();
    for list in kids.values_mut() {
        let (mut elements, content): (Vec<Kid>, Vec<Kid>) = list.iter().copied().partition(|k| matches!(k, Kid::Element(_)));
        elements.reverse();
        *list = if content.is_empty() {
            elements
        } else {
            // Text with links in it: by place on the page.
            let mut all: Vec<Kid> = content.into_iter().chain(elements).collect();
            all.sort_by_key(|kid| first_place(kid, &snapshot).unwrap_or((usize::MAX, 0)));
            all
        };
    }
    top
}

fn element(
    pages: &Pages,
    id: TagId,
    kids: &[Kid],
    ids: &BTreeMap<TagId, ObjectId>,
    whole: ObjectId,
    page_ids: &[ObjectId],
) -> Option<Dictionary> {
    let tag = pages.tags.get(id)?;
    let parent = tag.parent.and_then(|p| ids.get(&p).copied()).unwrap_or(whole);
    let home = kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } => Some(*page),
        _ => None,
    });
    let page = |n: usize| page_ids.get(n).map_or(Object::Null, |id| Object::Reference(*id));
    let mut out = Dictionary::new();
    out.set("Type", "StructElem");
    out.set("S", role_name(tag.role));
    out.set("P", Object::Reference(parent));
    if let Some(home) = home {
        out.set("Pg", page(home));
    }
    let kid = |kid: &Kid| match kid {
        Kid::Element(child) => ids.get(child).map_or(Object::Null, |id| Object::Reference(*id)),
        Kid::Content { page: n, number } if Some(*n) == home => Object::Integer(*number as i64),
        Kid::Content { page: n, number } => {
            let mut dict = Dictionary::new();
            dict.set("Type", "MCR");
            dict.set("Pg", page(*n));
            dict.set("MCID", Object::Integer(*number as i64));
            Object::Dictionary(dict)
        }
        Kid::Annotation { page: n, id } => {
            let mut dict = Dictionary::new();
            dict.set("Type", "OBJR");
            dict.set("Pg", page(*n));
            dict.set("Obj", Object::Reference(*id));
            Object::Dictionary(dict)
        }
    };
    out.set("K", Object::Array(kids.iter().map(kid).collect()));
    if !tag.alt.is_empty() {
        out.set("Alt", text_string(&tag.alt));
    }
    if let Role::HeaderCell | Role::RowHeader = tag.role {
        let mut scope = Dictionary::new();
        scope.set("O", "Table");
        scope.set("Scope", if tag.role == Role::HeaderCell { "Column" } else { "Row" });
        out.set("A", scope);
    }
    Some(out)
}

/// From the marked content of every page, and from every annotation, back to its element.
fn parent_tree(
    document: &mut Document,
    marks: &[Vec<Mark>],
    annotations: &Annotations,
    ids: &BTreeMap<TagId, ObjectId>,
    page_ids: &[ObjectId],
) -> ObjectId {
    let reference = |tag: &TagId| ids.get(tag).map_or(Object::Null, |id| Object::Reference(*id));
    let mut numbers = Vec::new();
    for (n, marks) in marks.iter().enumerate() {
        let list = document.add_object(Object::Array(marks.iter().map(|mark| reference(&mark.tag)).collect()));
        numbers.extend([Object::Integer(n as i64), Object::Reference(list)]);
        if let Some(page) = page_ids.get(n).and_then(|id| document.get_dictionary_mut(*id).ok()) {
            page.set("StructParents", Object::Integer(n as i64));
            page.set("Tabs", "S");
        }
    }
    for (n, (tag, _, id)) in annotations.iter().enumerate() {
        let key = Object::Integer((marks.len() + n) as i64);
        numbers.extend([key.clone(), reference(tag)]);
        if let Ok(annotation) = document.get_dictionary_mut(*id) {
            annotation.set("StructParent", key);
        }
    }
    let mut tree = Dictionary::new();
    tree.set("Nums", Object::Array(numbers));
    document.add_object(tree)
}
