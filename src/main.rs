//! Parses the command line and picks a shell: a command without a window, or the window.

use palisade::cli::{self, Args, CliError};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match cli::parse(std::env::args_os()) {
        Err(code) => return code,
        Ok(Args { command: Some(command), .. }) => cli::run(&command),
        Ok(Args { file, command: None }) => window(file),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            // Nobody listening is no reason to panic.
            let _ = writeln!(std::io::stderr(), "palisade: {e}");
            ExitCode::from(e.exit_code())
        }
    }
}

#[cfg(feature = "gui")]
fn window(file: Option<PathBuf>) -> Result<(), CliError> {
    palisade::app::run(file).map_err(|e| CliError::NotHere(e.to_string()))
}

#[cfg(not(feature = "gui"))]
fn window(_file: Option<PathBuf>) -> Result<(), CliError> {
    const HEADLESS: &str =
        "without a window there are `palisade assess`, `palisade report` and `palisade convert`; see `palisade --help`";
    Err(CliError::NotHere(format!("this build has no window; {HEADLESS}")))
}
