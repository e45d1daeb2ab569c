//! Pages to a PDF file. The only place that knows PDF libraries.
//!
//! printpdf writes fonts, pages and paths; what it cannot write (nested outline, structure tree, language, link
//! annotations with their structure) is added to the document with lopdf before it is saved.

mod accessible;
mod corners;
mod finish;
mod fonts;
mod metadata;
mod outline;
mod paint;
mod picture;
mod scan;
mod search;
mod structure;

pub use search::search;

use super::ReportError;
use super::page::Pages;
use super::tree::DocumentFacts;
use crate::progress::Progress;
use fonts::Fonts;
use paint::{Mark, Painter};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

/// Writes the file. Equal pages and facts give equal bytes.
pub fn write(pages: &Pages, facts: &DocumentFacts, progress: &dyn Progress) -> Result<Vec<u8>, ReportError> {
    let fonts = Fonts::subset(pages)?;
    let mut document = PdfDocument::new(&facts.title);
    fonts.embed(&mut document);
    let mut marks: Vec<Vec<Mark>> = Vec::new();
    let mut unmarked = false;
    let mut alphas = std::collections::BTreeSet::new();
    let count = pages.pages.len().max(1) as f32;
    for (n, page) in pages.pages.iter().enumerate() {
        if progress.cancelled() {
            return Err(ReportError::Cancelled);
        }
        progress.report(n as f32 / count, "Writing pages");
        let (w, h) = page.sheet.size();
        let mut painter = Painter::new(&fonts, &pages.tags, facts.colours, h);
        painter.page(page);
        alphas.extend(painter.alphas());
        document.resources.xobjects.map.extend(painter.pictures());
        marks.push(painter.marks());
        let ops = painter.into_ops();
        unmarked |= accessible::draws_unmarked(&ops);
        let mut sheet = PdfPage::new(Mm(0.0), Mm(0.0), ops);
        let area = Rect::from_wh(Pt(w), Pt(h));
        (sheet.media_box, sheet.trim_box, sheet.crop_box) = (area.clone(), area.clone(), area);
        document.pages.push(sheet);
    }
    for alpha in alphas {
        let (id, state) = paint::alpha_state(alpha);
        document.resources.extgstates.map.insert(id, state);
    }
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let written = printpdf::serialize::to_lopdf_doc(&document, &options, &mut warnings);
    drop(document);
    finish::finish(written, pages, facts, &marks, unmarked)
}
