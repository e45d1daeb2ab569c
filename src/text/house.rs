//! Fonts of houses: read while the program runs and kept until it ends, as few as there are themes in use.

use super::Face;
use super::shaping::Font;
use blake2::digest::consts::U4;
use blake2::{Blake2b, Digest};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::sync::{PoisonError, RwLock};

/// Bytes a font file has at most.
pub const LARGEST_FONT: usize = 4 * 1024 * 1024;
/// Fonts that are kept at most.
const MOST: usize = 64;
/// What text cannot do without.
const NEEDED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;-()%";
/// Level of embedding a maker of fonts forbids (OpenType, OS/2, fsType).
const RESTRICTED: u16 = 0x0002;

/// A font that was read.
pub(super) struct House {
    pub bytes: &'static [u8],
    /// Its own name and a mark of its bytes: no two fonts share it.
    pub name: &'static str,
    pub cap_height: f32,
    pub shaped: Option<Font>,
}

static READ: RwLock<Vec<&'static House>> = RwLock::new(Vec::new());

pub(super) fn of(n: u8) -> Option<&'static House> {
    READ.read().unwrap_or_else(PoisonError::into_inner).get(usize::from(n)).copied()
}

/// Keeps a font to write with; the same bytes are kept once.
///
/// # Errors
/// Why no report can be written with it, as the rest of a sentence.
pub fn load(bytes: &[u8]) -> Result<Face, String> {
    if bytes.len() > LARGEST_FONT {
        return Err(format!("is larger than {} MB", LARGEST_FONT / 1024 / 1024));
    }
    let mut read = READ.write().unwrap_or_else(PoisonError::into_inner);
    let face = |n: usize| u8::try_from(n).map(Face::House).map_err(|_| "is one too many".to_owned());
    if let Some(n) = read.iter().position(|font| font.bytes == bytes) {
        return face(n);
    }
    if read.len() >= MOST {
        return Err(format!("is one too many: {MOST} fonts were read; start the program again"));
    }
    let name = examined(bytes)?;
    let bytes: &'static [u8] = Box::leak(Box::from(bytes));
    let cap_height = FontRef::new(bytes).ok().and_then(|font| {
        let em = f32::from(font.head().ok()?.units_per_em());
        font.os2().ok()?.s_cap_height().map(|h| f32::from(h) / em)
    });
    let cap_height = cap_height.filter(|h| (0.4..1.0).contains(h)).unwrap_or(0.7);
    let font = House { bytes, name: Box::leak(name.into_boxed_str()), cap_height, shaped: Font::new(bytes) };
    read.push(Box::leak(Box::new(font)));
    face(read.len() - 1)
}

/// The name of a font that will do.
fn examined(bytes: &[u8]) -> Result<String, String> {
    let font = FontRef::new(bytes).map_err(|_| "is no TrueType or OpenType font".to_owned())?;
    if font.table_data(skrifa::Tag::new(b"glyf")).is_none() && font.table_data(skrifa::Tag::new(b"CFF ")).is_none() {
        return Err("has no outlines that can be printed".to_owned());
    }
    if font.os2().is_ok_and(|os2| os2.fs_type() & 0x000f == RESTRICTED) {
        return Err("may not be embedded, says its maker".to_owned());
    }
    let signs = font.charmap();
    let lacking: String = NEEDED.chars().filter(|c| signs.map(*c).is_none()).take(8).collect();
    if !lacking.is_empty() {
        return Err(format!("lacks signs no report can do without: {lacking}"));
    }
    let full = font.localized_strings(StringId::FULL_NAME).english_or_first().map(|name| name.to_string());
    let plain: String = full.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let mut hash = Blake2b::<U4>::new();
    hash.update(bytes);
    let mark: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok(format!("{plain}-{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{shape, width};

    #[test]
    fn a_font_is_kept_once_and_measured_by_itself() {
        let face = load(Face::Mono.bytes()).unwrap();
        assert_eq!(load(Face::Mono.bytes()), Ok(face));
        assert!(face.name().starts_with("JetBrainsMono"), "{}", face.name());
        assert_eq!(width(face, 10.0, "wide"), width(Face::Mono, 10.0, "wide"));
        // What it lacks comes from the bundled fonts.
        assert!(shape(face, 10.0, "שלום").iter().all(|g| g.id != 0 && g.face == Face::Symbols));
    }

    #[test]
    fn what_cannot_be_printed_with_is_told() {
        assert!(load(b"no font").unwrap_err().contains("TrueType"));
        assert!(load(Face::Icon.bytes()).unwrap_err().contains("lacks signs"));
        let mut restricted = Face::Mono.bytes().to_vec();
        let font = FontRef::new(Face::Mono.bytes()).unwrap();
        let os2 = font.table_directory().table_records().iter().find(|r| r.tag() == *b"OS/2").unwrap().offset() as usize;
        restricted[os2 + 8..os2 + 10].copy_from_slice(&[0, 2]);
        assert!(load(&restricted).unwrap_err().contains("embedded"));
    }
}
