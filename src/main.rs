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

const HEADLESS: &str = "without a window there are `palisade assess`, `palisade report`, `palisade rules`, `palisade convert` and `palisade generate`; see `palisade --help`";

#[cfg(feature = "gui")]
fn window(file: Option<PathBuf>) -> Result<(), CliError> {
    // Asked beforehand: the window library would answer with a place in its source.
    let displays = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"];
    if cfg!(target_os = "linux") && displays.iter().all(|name| std::env::var_os(name).is_none_or(|v| v.is_empty())) {
        return Err(CliError::NotHere(format!("there is no display to open a window on; {HEADLESS}")));
    }
    palisade::app::run(file).map_err(|e| CliError::NotHere(e.to_string()))
}

#[cfg(not(feature = "gui"))]
fn window(_file: Option<PathBuf>) -> Result<(), CliError> {
    Err(CliError::NotHere(format!("this build has no window; {HEADLESS}")))
}
