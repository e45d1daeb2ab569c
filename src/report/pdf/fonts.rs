//! The glyphs a report uses, cut out of the bundled fonts.

use crate::report::ReportError;
use crate::report::page::Pages;
use crate::scene::{Shape, TextRun};
use crate::text::{Face, Glyph, shape};
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use printpdf::font::PrintpdfFontMeta;
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use std::collections::{BTreeMap, HashMap};

/// The used faces, each with its used glyphs.
pub struct Fonts {
    faces: BTreeMap<Face, Cut>,
    /// The glyphs of every text there is, by face, at an em of 1.
    shaped: HashMap<Face, HashMap<String, Vec<Glyph>>>,
}

/// One face reduced to the used glyphs.
struct Cut {
    font: ParsedFont,
    glyphs: BTreeMap<u16, CutGlyph>,
}

/// A used glyph.
#[derive(Clone, Debug)]
pub struct CutGlyph {
    /// Its id in the embedded font.
    pub id: u16,
    /// What it says when copied or searched.
    pub says: String,
    /// Advance in thousandths of the em, as viewers are told.
    pub advance: f32,
}

/// Stands for characters no font has: what would be the missing-glyph box may not be used in accessible documents.
const STAND_IN: &str = "□";

/// The glyphs of a run at an em of 1, none of them missing.
fn glyphs_of(run: &TextRun) -> Vec<Glyph> {
    let mut glyphs = shape(run.face, 1.0, &run.text);
    if glyphs.iter().any(|g| g.id == 0)
        && let Some(stand_in) = shape(Face::Symbols, 1.0, STAND_IN).first()
    {
        for glyph in glyphs.iter_mut().filter(|g| g.id == 0) {
            (glyph.face, glyph.id) = (stand_in.face, stand_in.id);
        }
    }
    glyphs
}

/// What a glyph of a run says: the text of its cluster, for the first glyph of it.
pub fn says<'a>(text: &'a str, glyphs: &[Glyph], n: usize) -> &'a str {
    let Some(glyph) = glyphs.get(n) else { return "" };
    if matches!(glyph.face, Face::Icon | Face::IconFill) {
        return " ";
    }
    let first = n == 0 || glyphs.get(n - 1).is_none_or(|before| before.cluster != glyph.cluster);
    if !first {
        return "";
    }
    let end = glyphs.iter().map(|g| g.cluster).filter(|c| *c > glyph.cluster).min().unwrap_or(text.len());
    text.get(glyph.cluster..end).unwrap_or_default()
}

impl Fonts {
    /// Collects the glyphs of all pages and reduces the fonts to them.
    pub fn subset(pages: &Pages) -> Result<Fonts, ReportError> {
        let mut used: BTreeMap<Face, BTreeMap<u16, String>> = BTreeMap::new();
        let mut shaped: HashMap<Face, HashMap<String, Vec<Glyph>>> = HashMap::new();
        let shapes = pages.pages.iter().flat_map(|page| &page.items).flat_map(|item| item.content.shapes());
        for shape in shapes {
            let Shape::Text(run) = shape else { continue };
            let of_face = shaped.entry(run.face).or_default();
            if of_face.contains_key(&run.text) {
                continue;
            }
            let glyphs = glyphs_of(run);
            for (n, glyph) in glyphs.iter().enumerate() {
                let says = says(&run.text, &glyphs, n);
                used.entry(glyph.face).or_default().entry(glyph.id).or_insert_with(|| says.to_owned());
            }
            of_face.insert(run.text.clone(), glyphs);
        }
        let faces = used.into_iter().map(|(face, glyphs)| Ok((face, cut(face, glyphs)?)));
        Ok(Fonts { faces: faces.collect::<Result<_, ReportError>>()?, shaped })
    }

    /// The glyphs of a run at an em of 1.
    pub fn glyphs(&self, run: &TextRun) -> &[Glyph] {
        self.shaped.get(&run.face).and_then(|of_face| of_face.get(&run.text)).map_or(&[], Vec::as_slice)
    }

    /// Puts the fonts into the document.
    pub fn embed(&self, document: &mut PdfDocument) {
        for (face, cut) in &self.faces {
            let meta = PrintpdfFontMeta { requires_subsetting: false, ..PrintpdfFontMeta::default() };
            document.resources.fonts.map.insert(font_id(*face), PdfFont::with_meta(cut.font.clone(), meta));
        }
    }

    pub fn glyph(&self, face: Face, id: u16) -> Option<&CutGlyph> {
        self.faces.get(&face)?.glyphs.get(&id)
    }
}

/// Name of the font among the resources of a page.
pub fn font_id(face: Face) -> FontId {
    FontId(face.name().replace(' ', ""))
}

fn cut(face: Face, used: BTreeMap<u16, String>) -> Result<Cut, ReportError> {
    let fault = |what: String| ReportError::Font { font: face.name(), what };
    let file = ReadScope::new(face.bytes()).read::<FontData<'_>>().map_err(|e| fault(e.to_string()))?;
    let tables = file.table_provider(0).map_err(|e| fault(e.to_string()))?;
    // The missing-glyph box always comes first.
    let mut ids: Vec<u16> = used.keys().copied().filter(|id| *id != 0).collect();
    ids.insert(0, 0);
    let bytes = subset(&tables, &ids, &SubsetProfile::Minimal, CmapTarget::Unrestricted).map_err(|e| fault(e.to_string()))?;
    let mut font =
        ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or_else(|| fault("the reduced font is unreadable".to_owned()))?;
    font.font_name = Some(format!("{}+{}", tag(&ids), font_id(face).0));
    let em = f32::from(font.units_per_em.max(1));
    let glyph = |(new, old): (usize, u16)| {
        let id = u16::try_from(new).unwrap_or(0);
        // printpdf cuts the fraction off the widths it writes; the same must be done here to place glyphs exactly.
        let advance = (f32::from(font.get_glyph_width(id).unwrap_or(0)) * 1000.0 / em).trunc();
        (old, CutGlyph { id, says: used.get(&old).cloned().unwrap_or_default(), advance })
    };
    let glyphs = ids.iter().copied().enumerate().map(glyph).collect();
    Ok(Cut { font, glyphs })
}

/// The six capitals that mark a font as reduced (ISO 32000-1, 9.6.4), made from the glyphs it keeps.
fn tag(ids: &[u16]) -> String {
    let mut hash = ids.iter().fold(5381_u64, |h, id| h.wrapping_mul(33) ^ u64::from(*id));
    let mut letter = || {
        let at = hash % 26;
        hash /= 26;
        char::from(b'A' + u8::try_from(at).unwrap_or(0))
    };
    (0..6).map(|_| letter()).collect()
}
