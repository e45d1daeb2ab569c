//! How a command ends: its words and its exit code.

use crate::disk::DiskError;
use crate::open::OpenError;
use crate::picture::PictureError;
use crate::storage::SaveError;
use crate::vulnerabilities::FindingsError;
use std::io::{self, Write};
use std::path::PathBuf;

/// Exit code: a file could not be read, understood or written.
pub const FAILED: u8 = 1;
/// Exit code: `diff` found a difference, `merge` a conflict.
pub const FOUND: u8 = 1;
/// Exit code: the command line was not understood.
pub const WRONG_USAGE: u8 = 2;
/// Exit code: no display, or a build without the feature.
pub const NOT_HERE: u8 = 3;

/// Exit code: `check` found something of the severity it was told to fail on, or `audit` a broken log.
pub const NOT_CLEAN: u8 = 4;

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Disk(#[from] DiskError),
    #[error("{}: {source}", path.display())]
    Open { path: PathBuf, source: OpenError },
    #[error("{}: {source}", path.display())]
    Findings { path: PathBuf, source: FindingsError },
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error("the result could not be written: {0}")]
    Output(io::Error),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error("the report could not be made: {0}")]
    Report(String),
    #[error("{0}")]
    Unknown(String),
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    NotHere(String),
    #[error("{failed} of {all} files could not be converted")]
    NotAll { failed: usize, all: usize },
    #[error("{0} to put right")]
    NotClean(usize),
    #[error("the models differ")]
    Different,
    #[error("{0} {c} left, in which ours was kept", c = if *.0 == 1 { "conflict is" } else { "conflicts are" })]
    Conflicts(usize),
    /// `diff` and `merge` keep 1 for what they found.
    #[error(transparent)]
    NotCompared(Box<CliError>),
    #[error("the log does not hold in {0} {p}", p = if *.0 == 1 { "place" } else { "places" })]
    Broken(usize),
}

impl CliError {
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Usage(_) | CliError::NotCompared(_) => WRONG_USAGE,
            CliError::Different | CliError::Conflicts(_) => FOUND,
            CliError::NotHere(_) => NOT_HERE,
            CliError::NotClean(_) | CliError::Broken(_) => NOT_CLEAN,
            CliError::Disk(_) | CliError::Open { .. } | CliError::Save(_) | CliError::Output(_) | CliError::Report(_) => FAILED,
            CliError::Unknown(_) | CliError::NotAll { .. } | CliError::Findings { .. } | CliError::Picture(_) => FAILED,
        }
    }
}

/// Writes a result to standard output. A reader that has seen enough (`| head`) is no error.
pub(super) fn print(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(e)),
        _ => Ok(()),
    }
}

/// Says something beside the result, on standard error.
pub(super) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
