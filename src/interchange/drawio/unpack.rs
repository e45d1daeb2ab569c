//! Pages packed the old way: percent-encoded XML, deflated without a header, written as base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use std::io::Read;

/// Bytes all pages of a file may unpack to; a real page has less than one million.
pub(super) const LIMIT: usize = 48 * 1024 * 1024;

/// The XML of a page. What it unpacks to is taken off the budget.
///
/// # Errors
/// It is damaged, or larger than what is left; the clause says which.
pub(super) fn unpack(packed: &str, budget: &mut usize) -> Result<String, String> {
    // Not packed at all, only written as text.
    if packed.starts_with('<') {
        return spend(packed.len(), budget).map(|()| packed.to_owned());
    }
    if packed.starts_with("%3C") {
        spend(packed.len(), budget)?;
        return percent_decoded(packed);
    }
    let packed: String = packed.split_whitespace().collect();
    let bytes = STANDARD.decode(&packed).map_err(|_| "it is packed, and the packing is damaged (no sound base64)".to_owned())?;
    let mut out = Vec::new();
    let mut inflated = DeflateDecoder::new(bytes.as_slice()).take(*budget as u64 + 1);
    if inflated.read_to_end(&mut out).is_err() {
        return Err(format!("it is packed, and the packing is cut or damaged after {} bytes", out.len()));
    }
    spend(out.len(), budget)?;
    let text = String::from_utf8(out).map_err(|_| "it is packed, and what was packed is no text".to_owned())?;
    percent_decoded(&text)
}

fn spend(bytes: usize, budget: &mut usize) -> Result<(), String> {
    let left = budget.checked_sub(bytes);
    *budget = left.unwrap_or_default();
    left.map(|_| ()).ok_or_else(|| format!("it unpacks to more than {} MB, which no drawing has", LIMIT / 1024 / 1024))
}

pub(super) fn percent_decoded(text: &str) -> Result<String, String> {
    if !text.contains('%') {
        return Ok(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |b: Option<u8>| char::from(b?).to_digit(16);
        match (digit(bytes.next()), digit(bytes.next())) {
            // Two digits make at most 255.
            (Some(high), Some(low)) => out.push(u8::try_from(high * 16 + low).unwrap_or_default()),
            _ => return Err("it is packed, and a “%” in it does not stand for anything".to_owned()),
        }
    }
    String::from_utf8(out).map_err(|_| "it is packed, and what was packed is no text".to_owned())
}
