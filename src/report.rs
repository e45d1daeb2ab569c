//! The report a client reads: a tree of chapters from model and assessment, laid out on pages, written as PDF.
//!
//! [`compose`] makes the [`Report`] tree, which knows nothing of paper; [`lay_out`] puts it on [`Pages`] of positioned
//! shapes with their role in the structure of the document; `pdf` (feature `pdf`) writes the file. The same model and
//! options give the same bytes.

mod content;
mod drawing;
mod layout;
mod options;
mod page;
mod style;
mod theme;
mod tree;

#[cfg(feature = "pdf")]
mod pdf;

pub use content::compose;
pub use layout::lay_out;
pub use options::{ChapterChoice, ChapterKind, DateFormat, Language, Paper, Profile, ReportOptions};
pub use page::{Bookmark, Content, Page, PageItem, Pages, Role, Sheet, Tag, TagId, Tags};
pub use theme::{Colours, CoverLayout, Fonts, Image, Logo, Logos, Slots, Texts, Theme, Typeface};
pub use tree::*;

use crate::library::Library;
use crate::model::ThreatModel;
use crate::progress::Progress;
use crate::risk::Assessment;

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    #[error("This build of Palisade cannot write PDF. Install one with the feature “pdf”.")]
    NoPdf,
    #[error("The report was cancelled.")]
    Cancelled,
    #[error("The font {font} could not be reduced for the report: {what}. Please report this as a fault of Palisade.")]
    Font { font: &'static str, what: String },
    #[error("The PDF could not be written: {what}. Please report this as a fault of Palisade.")]
    Write { what: String },
}

/// The report as a PDF file.
pub fn pdf(
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    options: &ReportOptions,
    progress: &dyn Progress,
) -> Result<Vec<u8>, ReportError> {
    #[cfg(feature = "pdf")]
    {
        let report = compose(model, library, assessment, options);
        let pages = lay_out(&report, progress).ok_or(ReportError::Cancelled)?;
        pdf::write(&pages, &report.facts, progress)
    }
    #[cfg(not(feature = "pdf"))]
    {
        let _ = (model, library, assessment, options, progress);
        Err(ReportError::NoPdf)
    }
}
