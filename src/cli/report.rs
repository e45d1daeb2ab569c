//! `palisade report`: the PDF a client reads.

use super::CliError;
use crate::model::{Date, ThreatModel};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn run(_model: &ThreatModel, _output: &Path, date: Option<Date>) -> Result<(), CliError> {
    let _date = date.or_else(today);
    Err(CliError::NotHere("this build writes no PDF reports".to_owned()))
}

/// Today in UTC; the one clock of the command line.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)
}
