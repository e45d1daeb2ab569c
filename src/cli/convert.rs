//! `palisade convert`: any readable format into ours.

use super::{CliError, outcome, read_silently};
use crate::disk;
use crate::interchange::LossKind;
use crate::open::Opened;
use crate::storage::Encoding;
use std::path::Path;

pub(super) fn run(input: &Path, output: &Path, losses: Option<&Path>) -> Result<(), CliError> {
    let Some(encoding) = Encoding::of(output) else {
        let message = format!("{}: name the file to write with the ending .ron or .json", output.display());
        return Err(CliError::Usage(message));
    };
    if let Some(file) = losses.filter(|file| disk::is_same(file, input) || disk::is_same(file, output)) {
        let message = format!("{}: name a file of its own for the losses; this one holds the model", file.display());
        return Err(CliError::Usage(message));
    }
    let opened = read_silently(input)?;
    disk::save(output, encoding.write(&opened.model)?.as_bytes())?;
    match losses {
        Some(file) => disk::write(file, loss_report(&opened, input).as_bytes())?,
        None => opened.told().iter().for_each(|line| outcome::tell(&format!("{}: {line}", input.display()))),
    }
    Ok(())
}

/// Everything told about the reading, the gravest first.
fn loss_report(opened: &Opened, input: &Path) -> String {
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    let told = opened.repairs.len() + opened.losses.len();
    let mut report = format!("{name}, read as {}: {told} notes\n", opened.format.label());
    if told == 0 {
        report.push_str("\nEverything came over as it was.\n");
    }
    for (kind, heading) in [
        (LossKind::Dropped, "Not carried over"),
        (LossKind::Changed, "Carried over in another shape"),
        (LossKind::Kept, "Kept word for word with its object, but without a meaning here"),
    ] {
        let lines: Vec<String> =
            opened.losses.iter().filter(|l| l.kind == kind).map(|l| format!("- {}: {}\n", l.what, l.why)).collect();
        section(&mut report, heading, &lines);
    }
    let repairs: Vec<String> = opened.repairs.iter().map(|r| format!("- {r}\n")).collect();
    section(&mut report, "Repaired", &repairs);
    report
}

fn section(report: &mut String, heading: &str, lines: &[String]) {
    if !lines.is_empty() {
        report.push_str(&format!("\n{heading} ({})\n", lines.len()));
        lines.iter().for_each(|line| report.push_str(line));
    }
}
