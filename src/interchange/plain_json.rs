//! Reads the plain model JSON (being built).

use super::{Format, Import, ImportError};

/// Reads a plain JSON model.
pub fn read(_text: &str) -> Result<Import, ImportError> {
    Err(ImportError::NotYet(Format::PlainJson))
}
