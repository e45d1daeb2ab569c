//! Pictures of pixels in the file: only logos are such.

use crate::report::logo::Pixels;
use crate::theme::Rgba;
use blake2::digest::consts::U8;
use blake2::{Blake2b, Digest};
use printpdf::xobject::{DictItem, ExternalStream, ExternalXObject};
use printpdf::{XObject, XObjectId};
use std::collections::BTreeMap;

/// A picture on its ground, under a name that follows from what it shows.
pub fn of(pixels: &Pixels, ground: Rgba) -> (XObjectId, XObject) {
    let content = pixels.on(ground);
    let mut hash = Blake2b::<U8>::new();
    hash.update(pixels.width.to_be_bytes());
    hash.update(&content);
    let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let named = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let dict = BTreeMap::from([
        ("Type".to_owned(), named("XObject")),
        ("Subtype".to_owned(), named("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(pixels.width))),
        ("Height".to_owned(), DictItem::Int(i64::from(pixels.height))),
        ("ColorSpace".to_owned(), named("DeviceRGB")),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
    ]);
    let stream = ExternalStream { dict, content, compress: true };
    (XObjectId(format!("L{name}")), XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None }))
}
