//! Nested bookmarks.

use crate::report::page::{Bookmark, Pages};
use lopdf::{Dictionary, Document, Object, ObjectId, text_string};

struct Node<'a> {
    bookmark: &'a Bookmark,
    id: ObjectId,
    children: Vec<Node<'a>>,
}

/// Adds the outline; `None` when there is nothing to list.
pub fn add(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> Option<ObjectId> {
    if pages.bookmarks.is_empty() {
        return None;
    }
    let nodes = nest(&mut pages.bookmarks.iter().peekable(), 0, document);
    let root = document.new_object_id();
    let heights: Vec<f32> = pages.pages.iter().map(|page| page.sheet.size().1).collect();
    let mut dict = Dictionary::new();
    dict.set("Type", "Outlines");
    dict.set("Count", Object::Integer(nodes.len() as i64));
    ends(&mut dict, &nodes);
    write(document, &nodes, root, page_ids, &heights);
    document.set_object(root, dict);
    Some(root)
}

fn nest<'a>(rest: &mut std::iter::Peekable<std::slice::Iter<'a, Bookmark>>, above: u8, document: &mut Document) -> Vec<Node<'a>> {
    let mut out = Vec::new();
    while let Some(bookmark) = rest.next_if(|b| b.level > above) {
        let id = document.new_object_id();
        out.push(Node { bookmark, id, children: nest(rest, bookmark.level, document) });
    }
    out
}

fn ends(dict: &mut Dictionary, children: &[Node<'_>]) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        dict.set("First", Object::Reference(first.id));
        dict.set("Last", Object::Reference(last.id));
    }
}

fn write(document: &mut Document, nodes: &[Node<'_>], parent: ObjectId, page_ids: &[ObjectId], heights: &[f32]) {
    for (n, node) in nodes.iter().enumerate() {
        let mut dict = Dictionary::new();
        dict.set("Title", text_string(&node.bookmark.title));
        dict.set("Parent", Object::Reference(parent));
        dict.set("Dest", destination(node.bookmark.page, node.bookmark.y, page_ids, heights));
        if let Some(before) = n.checked_sub(1).and_then(|n| nodes.get(n)) {
            dict.set("Prev", Object::Reference(before.id));
        }
        if let Some(after) = nodes.get(n + 1) {
            dict.set("Next", Object::Reference(after.id));
        }
        if !node.children.is_empty() {
            // Closed: viewers open with the chapters only.
            dict.set("Count", Object::Integer(-(node.children.len() as i64)));
            ends(&mut dict, &node.children);
        }
        document.set_object(node.id, dict);
        write(document, &node.children, node.id, page_ids, heights);
    }
}

/// A place on a page, a little above it.
pub fn destination(page: usize, y: f32, page_ids: &[ObjectId], heights: &[f32]) -> Object {
    let (Some(id), Some(height)) = (page_ids.get(page), heights.get(page)) else { return Object::Null };
    let top = (height - y + 8.0).min(*height);
    Object::Array(vec![Object::Reference(*id), "XYZ".into(), Object::Integer(0), Object::Real(top.round()), Object::Null])
}
