//! The hand text is set in: its fonts and its language.

use crate::report::options::Language;
use crate::report::theme::Fonts;
use crate::report::tree::{Inline, Report, Rich};
use std::borrow::Cow;

/// Fonts and language of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hand {
    pub fonts: Fonts,
    pub language: Language,
}

impl Hand {
    pub fn of(report: &Report) -> Hand {
        Hand { fonts: report.theme.fonts, language: report.facts.language }
    }

    /// Text in the fonts of the house.
    pub fn dressed<'r>(&self, rich: &'r Rich) -> Cow<'r, Rich> {
        if self.fonts.is_usual() {
            return Cow::Borrowed(rich);
        }
        let mut out = rich.clone();
        for inline in &mut out.0 {
            if let Inline::Text(span) = inline {
                span.style.face = self.fonts.of(span.style.face);
            }
        }
        Cow::Owned(out)
    }
}
