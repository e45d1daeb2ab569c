//! Reads a finished file back and searches it: what its pages show, and everything else written in it.

use super::scan::operations;
use crate::report::ReportError;
use crate::report::redaction::Secrets;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The signs of a font by their codes.
type Signs = BTreeMap<u16, String>;

/// Searches the text of every page, and every other text of the file: metadata, bookmarks, alternative texts, links.
///
/// # Errors
/// When a secret is found, or the file cannot be read: what cannot be searched is not handed over.
pub fn search(bytes: &[u8], secrets: &Secrets) -> Result<(), ReportError> {
    let unread = |what: lopdf::Error| ReportError::Write {
        file: "PDF",
        what: format!("it could not be read back for the search: {what}"),
    };
    let document = Document::load_mem(bytes).map_err(unread)?;
    let mut signs: BTreeMap<ObjectId, Signs> = BTreeMap::new();
    for (number, page) in document.get_pages() {
        let text = page_text(&document, page, &mut signs).map_err(unread)?;
        look(secrets, &format!("page {number}"), &text)?;
        // Hebrew and Arabic are painted from right to left.
        if text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}')) {
            let turned: Vec<String> = text.lines().map(|line| line.chars().rev().collect()).collect();
            look(secrets, &format!("page {number}"), &turned.join("\n"))?;
        }
    }
    for (id, object) in &document.objects {
        objects(&document, object, &place_of(&document, *id, object), secrets)?;
    }
    document.trailer.iter().try_for_each(|(_, object)| objects(&document, object, "the trailer", secrets))
}

fn look(secrets: &Secrets, place: &str, text: &str) -> Result<(), ReportError> {
    secrets.leak(place, text).map_or(Ok(()), |leak| Err(ReportError::Leak(leak)))
}

/// What people would call the part of the file an object belongs to.
fn place_of(document: &Document, id: ObjectId, object: &Object) -> String {
    let is_info = document.trailer.get(b"Info").and_then(Object::as_reference).is_ok_and(|info| info == id);
    let dictionary = object.as_dict().or_else(|_| object.as_stream().map(|s| &s.dict));
    let Ok(dictionary) = dictionary else { return "a text of the file".to_owned() };
    let has = |key: &[u8]| dictionary.has(key);
    let is = |name: &[u8]| dictionary.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == name);
    match () {
        () if is_info => "title, author, subject or keywords of the file",
        () if is(b"Metadata") => "the metadata",
        () if is(b"StructElem") => "an alternative text",
        () if is(b"Annot") => "a link",
        () if has(b"Title") => "the bookmarks",
        () if is(b"Catalog") => "the catalogue of the file",
        () => "a text of the file",
    }
    .to_owned()
}

/// Every string and name within an object; streams that are text are read as text.
fn objects(document: &Document, object: &Object, place: &str, secrets: &Secrets) -> Result<(), ReportError> {
    match object {
        Object::String(..) => look(secrets, place, &lopdf::decode_text_string(object).unwrap_or_default()),
        Object::Name(name) => look(secrets, place, &String::from_utf8_lossy(name)),
        Object::Array(items) => items.iter().try_for_each(|item| objects(document, item, place, secrets)),
        Object::Dictionary(dictionary) => entries(document, dictionary, place, secrets),
        Object::Stream(stream) => {
            entries(document, &stream.dict, place, secrets)?;
            let is = |name: &[u8]| stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == name);
            if is(b"Metadata") {
                let plain = stream.get_plain_content().unwrap_or_else(|_| stream.content.clone());
                look(secrets, place, &String::from_utf8_lossy(&plain))?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn entries(document: &Document, dictionary: &Dictionary, place: &str, secrets: &Secrets) -> Result<(), ReportError> {
    dictionary.iter().try_for_each(|(key, value)| {
        look(secrets, place, &String::from_utf8_lossy(key))?;
        objects(document, value, place, secrets)
    })
}

/// What a page shows, a run a line, by the ToUnicode maps of its fonts.
fn page_text(document: &Document, page: ObjectId, known: &mut BTreeMap<ObjectId, Signs>) -> Result<String, lopdf::Error> {
    let fonts = document.get_page_fonts(page)?;
    let mut of_page: BTreeMap<Vec<u8>, ObjectId> = BTreeMap::new();
    for (name, font) in &fonts {
        let Ok(map) = font.get(b"ToUnicode").and_then(Object::as_reference) else { continue };
        of_page.insert(name.clone(), map);
        if let Entry::Vacant(place) = known.entry(map) {
            let plain = document.get_object(map)?.as_stream()?.get_plain_content()?;
            place.insert(to_unicode(&String::from_utf8_lossy(&plain)));
        }
    }
    let content = document.get_page_content(page);
    let (mut out, mut signs, mut painted) = (String::new(), None, 0);
    operations(&content, |operation| match operation.operator {
        b"Tf" => signs = operation.names.first().and_then(|n| of_page.get(*n)).and_then(|id| known.get(id)),
        b"TJ" | b"Tj" => {
            for code in operation.strings.iter().flat_map(|codes| codes.chunks_exact(2)) {
                let code = code.iter().fold(0u16, |all, byte| (all << 8) | u16::from(*byte));
                painted += 1;
                out.push_str(signs.and_then(|s: &Signs| s.get(&code)).map_or("", String::as_str));
            }
        }
        b"ET" => out.push('\n'),
        // What a piece says when it is copied or read aloud.
        b"BDC" => out.extend(operation.strings.iter().map(|said| format!("\n{}\n", spoken(said)))),
        _ => {}
    });
    // Signs that cannot be read back cannot be searched.
    if painted > 0 && out.trim().is_empty() { Err(lopdf::Error::CharacterEncoding) } else { Ok(out) }
}

fn spoken(bytes: &[u8]) -> String {
    lopdf::decode_text_string(&Object::String(bytes.to_vec(), StringFormat::Literal)).unwrap_or_default()
}

/// Lines such as `<0041> <0041>` of a ToUnicode map.
fn to_unicode(map: &str) -> Signs {
    let mut out = Signs::new();
    for line in map.lines() {
        let parts: Vec<&str> = line.split(['<', '>']).collect();
        let [_, code, _, text, _] = parts.as_slice() else { continue };
        let Ok(code) = u16::from_str_radix(code, 16) else { continue };
        let units = text.as_bytes().chunks_exact(4).map(|unit| u16::from_str_radix(&String::from_utf8_lossy(unit), 16));
        let units: Result<Vec<u16>, _> = units.collect();
        out.insert(code, String::from_utf16_lossy(&units.unwrap_or_default()));
    }
    out
}
