//! A model inside a picture of it: in the metadata of an SVG, in a text chunk of a PNG (iTXt, PNG 1.2 §4.2.3.3).
//!
//! Such a picture is looked at by everybody and opened again by Palisade.

/// What the piece of a file with the model is called.
pub const NAME: &str = "palisade-model";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The model as metadata of an SVG.
pub fn as_metadata(ron: &str) -> String {
    let mut out = format!("<metadata id=\"{NAME}\">");
    for c in ron.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out.push_str("</metadata>\n");
    out
}

/// The text of a model inside of a picture; `None` for other files and pictures without one.
pub fn within(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(PNG) {
        return within_png(bytes.get(PNG.len()..)?);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    let (_, rest) = text.split_once(&format!("<metadata id=\"{NAME}\">"))?;
    let (model, _) = rest.split_once("</metadata>")?;
    Some(model.replace("&#13;", "\r").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// The first text chunk of our name.
fn within_png(mut rest: &[u8]) -> Option<String> {
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        if kind == b"iTXt"
            && let Some(text) = data.strip_prefix(NAME.as_bytes())
        {
            // Ends of the name, flags of no compression, no language, no translation.
            let text = text.strip_prefix(&[0, 0, 0, 0, 0])?;
            return String::from_utf8(text.to_vec()).ok();
        }
        // And four bytes of checksum.
        rest = after.get(length.checked_add(4)?..)?;
    }
}
