//! Pictures with their drawing inside: `.drawio.svg` has it in an attribute of the root, `.drawio.png` in a text chunk.

use super::unpack::{LIMIT, percent_decoded};
use flate2::read::ZlibDecoder;
use std::borrow::Cow;
use std::io::Read;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What the drawing's part of the file is called.
const NAME: &str = "mxfile";

/// The drawing inside an SVG; `None` for everything else. Only the first tag is read: what a browser would show, and the
/// document type these files have, are left alone.
pub(in crate::interchange) fn within_svg(text: &str) -> Option<String> {
    let tag = text.get(text.find("<svg")?..)?;
    let end = end_of_tag(tag)?;
    let alone = format!("{}/>", tag.get(..end)?.trim_end_matches('/'));
    let document = roxmltree::Document::parse(&alone).ok()?;
    let content = document.root_element().attribute("content")?.trim();
    let content = if content.starts_with("%3C") { percent_decoded(content).ok()? } else { content.to_owned() };
    (content.starts_with("<mxfile") || content.starts_with("<mxGraphModel")).then_some(content)
}

/// Where a tag is closed; what stands in quotation marks does not close it.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return Some(at),
            _ => {}
        }
        None
    })
}

/// The drawing inside a PNG; `None` for everything else.
pub(in crate::interchange) fn within_png(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.strip_prefix(PNG)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        if let Some(text) = text_of(kind, data) {
            return percent_decoded(&text).ok();
        }
        // And four bytes of checksum.
        rest = after.get(length.checked_add(4)?..)?;
    }
}

/// The text of a chunk that is called as drawings are.
fn text_of(kind: &[u8; 4], data: &[u8]) -> Option<Cow<'static, str>> {
    let data = data.strip_prefix(NAME.as_bytes())?.strip_prefix(&[0])?;
    let inflated = |data: &[u8]| {
        let mut out = String::new();
        ZlibDecoder::new(data).take(LIMIT as u64).read_to_string(&mut out).ok().map(|_| Cow::Owned(out))
    };
    let plain = |data: &[u8]| String::from_utf8(data.to_vec()).ok().map(Cow::Owned);
    match kind {
        b"tEXt" => plain(data),
        // The method of compression stands first.
        b"zTXt" => inflated(data.strip_prefix(&[0])?),
        b"iTXt" => {
            let ([is_packed, _method], rest) = data.split_first_chunk::<2>()?;
            // A language and a translated name, each ended by a zero.
            let rest = rest.splitn(3, |byte| *byte == 0).nth(2)?;
            if *is_packed == 1 { inflated(rest) } else { plain(rest) }
        }
        _ => None,
    }
}
