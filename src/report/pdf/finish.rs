//! What printpdf leaves out or gets wrong, put right with lopdf.

use super::accessible;
use super::metadata;
use super::outline::{self, destination};
use super::paint::Mark;
use super::structure::{self, Annotations};
use crate::report::ReportError;
use crate::report::page::{Content, Pages};
use crate::report::tree::{DocumentFacts, Link};
use blake2::digest::consts::U16;
use blake2::{Blake2b, Digest};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, text_string};
use std::collections::BTreeMap;

/// Completes the document. `unmarked`: something is drawn that has no place in the structure.
pub fn finish(
    mut document: Document,
    pages: &Pages,
    facts: &DocumentFacts,
    marks: &[Vec<Mark>],
    unmarked: bool,
) -> Result<Vec<u8>, ReportError> {
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    let annotations = links(&mut document, pages, &page_ids);
    let tree = structure::add(&mut document, pages, marks, &annotations, &page_ids);
    let outline = outline::add(&mut document, pages, &page_ids);

    let fault = |e: lopdf::Error| ReportError::Write { file: "PDF", what: e.to_string() };
    let catalog = document.catalog_mut().map_err(fault)?;
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", viewer);
    catalog.set("Lang", text_string(facts.language.tag()));
    let mut marked = Dictionary::new();
    marked.set("Marked", true);
    catalog.set("MarkInfo", marked);
    catalog.set("StructTreeRoot", Object::Reference(tree));
    catalog.set("PageLayout", "SinglePage");
    catalog.set("PageMode", if outline.is_some() { "UseOutlines" } else { "UseNone" });
    if let Some(outline) = outline {
        catalog.set("Outlines", Object::Reference(outline));
    }
    information(&mut document, facts);
    let accessible = !unmarked && accessible::faults(&document, facts).is_empty();
    let kind = lopdf::dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Readable without a PDF reader, as archives want it.
    let stream = Stream::new(kind, metadata::xmp(facts, accessible).into_bytes()).with_compression(false);
    let metadata = document.add_object(stream);
    document.catalog_mut().map_err(fault)?.set("Metadata", Object::Reference(metadata));

    document.version = "1.7".to_owned();
    document.compress();
    identify(&mut document, facts);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6).build();
    document.save_with_options(&mut bytes, options).map_err(|e| ReportError::Write { file: "PDF", what: e.to_string() })?;
    Ok(bytes)
}

/// Title, author and dates; without the claim to be PDF/X that printpdf makes.
fn information(document: &mut Document, facts: &DocumentFacts) {
    let (year, month, day) = facts.date;
    let date = Object::string_literal(format!("D:{year:04}{month:02}{day:02}000000Z"));
    let mut info = Dictionary::new();
    info.set("Title", text_string(&facts.title));
    info.set("Author", text_string(&facts.author));
    info.set("Subject", text_string(&facts.subject));
    info.set("Keywords", text_string(&facts.keywords.join(", ")));
    info.set("Creator", text_string("Palisade"));
    info.set("Producer", text_string(concat!("Palisade ", env!("CARGO_PKG_VERSION"))));
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    if let Ok(id) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.set_object(id, info);
    }
}

/// The file identifier follows from the content, so that equal reports are equal files.
fn identify(document: &mut Document, facts: &DocumentFacts) {
    let mut hash = Blake2b::<U16>::new();
    hash.update(format!("{facts:?}"));
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let id = Object::String(hash.finalize().to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
}

/// Makes links sensitive: internal ones lead to their anchor, others to the web.
fn links(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> Annotations {
    let heights: Vec<f32> = pages.pages.iter().map(|page| page.sheet.size().1).collect();
    let mut anchors: BTreeMap<&str, (usize, f32)> = BTreeMap::new();
    for (n, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            if let Content::Anchor { name, at } = &item.content {
                anchors.entry(name.as_str()).or_insert((n, at.y));
            }
        }
    }
    let mut out = Annotations::new();
    for (n, page) in pages.pages.iter().enumerate() {
        let height = page.sheet.size().1;
        let mut references = Vec::new();
        for item in &page.items {
            let (Content::Link { area, to, words }, Some(tag)) = (&item.content, item.tag) else { continue };
            let mut dict = Dictionary::new();
            match to {
                Link::Anchor(name) => {
                    let Some((page, y)) = anchors.get(name.as_str()) else { continue };
                    dict.set("Dest", destination(*page, *y, page_ids, &heights));
                }
                Link::Web(address) => {
                    let mut action = Dictionary::new();
                    action.set("S", "URI");
                    action.set("URI", Object::string_literal(address.as_str()));
                    dict.set("A", action);
                }
            }
            dict.set("Type", "Annot");
            dict.set("Subtype", "Link");
            let rect = [area.x, height - area.bottom(), area.right(), height - area.y];
            dict.set("Rect", Object::Array(rect.iter().map(|v| Object::Real((v * 100.0).round() / 100.0)).collect()));
            dict.set("Border", Object::Array(vec![0.into(), 0.into(), 0.into()]));
            dict.set("F", Object::Integer(4));
            dict.set("Contents", text_string(words));
            let id = document.add_object(dict);
            references.push(Object::Reference(id));
            out.push((tag, n, id));
        }
        if let Some(page) = page_ids.get(n).and_then(|id| document.get_dictionary_mut(*id).ok()) {
            if references.is_empty() {
                page.remove(b"Annots");
            } else {
                page.set("Annots", Object::Array(references));
            }
        }
    }
    out
}
