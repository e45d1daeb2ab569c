//! `palisade generate`: a big made-up model to try things out on.

use super::CliError;
use crate::disk;
use crate::generate::{Size, generate};
use crate::storage::Encoding;
use std::path::Path;

pub(super) fn run(elements: u64, flows: Option<u64>, seed: u64, output: &Path) -> Result<(), CliError> {
    let Some(encoding) = Encoding::of(output) else {
        let message = format!("{}: name the file to write with the ending .ron or .json", output.display());
        return Err(CliError::Usage(message));
    };
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let usual = Size::elements(count(elements));
    let model = generate(Size { flows: flows.map_or(usual.flows, count), ..usual }, seed);
    let text = encoding.write(&model)?;
    match disk::too_large(&text) {
        Some(told) => Err(CliError::Usage(format!("{}: {told}", output.display()))),
        None => Ok(disk::save(output, text.as_bytes())?),
    }
}
