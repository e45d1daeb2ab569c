//! The report a client reads: a tree of chapters from model and assessment, laid out on pages, written as PDF.
//!
//! [`compose`] makes the [`Report`] tree, which knows nothing of paper; [`lay_out`] puts it on [`Pages`] of positioned
//! shapes with their role in the structure of the document, which `pdf` (feature `pdf`) writes; `writers` write all
//! other files straight from the tree. The same model and
//! options give the same bytes.

mod content;
mod drawing;
mod layout;
mod logo;
mod names;
mod options;
mod page;
mod phrases;
mod picture;
mod redaction;
mod session;
mod style;
mod theme;
mod theme_file;
mod tree;
mod walk;
mod writers;

#[cfg(feature = "pdf")]
mod pdf;

pub use content::compose;
pub use layout::lay_out;
pub use logo::Pixels;
pub use options::{ChapterChoice, ChapterKind, DateFormat, Language, Paper, Profile, ReportOptions};
pub use page::{Bookmark, Content, Page, PageItem, Pages, Role, Sheet, Tag, TagId, Tags};
pub use phrases::Phrases;
pub use picture::diagram_page;
pub use redaction::{Leak, Secrets, said};
pub use session::session_report;
pub use theme::{Colours, CoverLayout, Fonts, Image, Logo, Logos, Slots, Texts, Theme};
pub use theme_file::{BESIDE, Fault, LARGEST_LOGO, LARGEST_THEME, read_theme};
pub use tree::*;
pub use walk::anchors;
pub use writers::{Format, write};

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
    #[error(
        "The report was not written, because it says “{}” ({}), which its readers must not see: {}. Take it out there, or let \
         them read it.", .0.secret, .0.what, .0.place
    )]
    Leak(Leak),
    #[error("This build of Palisade cannot write Excel workbooks. Choose CSV, or install one with the feature “xlsx”.")]
    NoXlsx,
    #[error("The {file} could not be written: {what}. Please report this as a fault of Palisade.")]
    Write { file: &'static str, what: String },
}

/// The report as a PDF file.
///
/// # Errors
/// As [`make`].
pub fn pdf(
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    options: &ReportOptions,
    progress: &dyn Progress,
) -> Result<Vec<u8>, ReportError> {
    make(Format::Pdf, model, library, assessment, options, progress)
}

/// The report as a file of some kind.
///
/// # Errors
/// It was cancelled, or this build cannot write such files.
pub fn make(
    format: Format,
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    options: &ReportOptions,
    progress: &dyn Progress,
) -> Result<Vec<u8>, ReportError> {
    write(format, &compose(model, library, assessment, options), progress)
}
