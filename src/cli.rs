//! The command line: a thin shell over the library.
//!
//! Results go to standard output or the named file, everything told on the way to standard error.

mod args;
pub mod assess;
mod audit;
mod baseline;
mod check;
mod convert;
mod detect;
pub mod diff;
mod export;
mod generate;
mod loss_report;
mod merge;
mod outcome;
mod paths;
mod report;
mod roadmap;
mod rules;
mod session;
mod tidy;
mod vulnerabilities;

pub use args::{Args, Command};
pub use outcome::{CliError, FAILED, NOT_CLEAN, NOT_HERE, WRONG_USAGE};

use crate::open::{self, Opened};
use crate::picture::Options;
use crate::report::{ReportOptions, Theme};
use crate::what_if::Aim;
use crate::{disk, library::Library, model::Date};
use args::TextOrJson;
use clap::Parser;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Understands the command line; asks for help and wrong usage are answered here.
///
/// # Errors
/// The exit code to leave with: 0 after help or version, 2 after wrong usage.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Args, ExitCode> {
    Args::try_parse_from(args).map_err(|answer| {
        // Nobody listening is no reason to fail.
        let _ = answer.print();
        if answer.use_stderr() { ExitCode::from(WRONG_USAGE) } else { ExitCode::SUCCESS }
    })
}

/// Runs a command without a window.
///
/// # Errors
/// What could not be done, with the file it happened to and the exit code it leads to.
pub fn run(command: &Command) -> Result<(), CliError> {
    match command {
        Command::Assess { file, format, all_packs, date } => {
            let mut model = read(file)?.model;
            if *all_packs {
                model.info.packs_on = Library::builtin().further_packs();
                model.info.packs_off.clear();
            }
            let day = day(*date)?;
            let text = match format {
                TextOrJson::Text => assess::text(&model, Library::builtin(), day),
                TextOrJson::Json => assess::json(&model, Library::builtin(), day),
            };
            outcome::print(&text)
        }
        Command::Rules { rule: None, .. } => outcome::print(&rules::list(Library::builtin())),
        Command::Rules { rule: Some(rule), model, date } => {
            let day = day(*date)?;
            let model = model.as_ref().map(|path| read(path)).transpose()?.map(|opened| opened.model);
            let assessment = model.as_ref().map(|model| crate::risk::assess_on(model, Library::builtin(), day));
            outcome::print(&rules::page(Library::builtin(), rule, model.as_ref().zip(assessment.as_ref()))?)
        }
        Command::Detect { file, format, apply, output } => detect::run(file, *format, *apply, output.as_deref()),
        Command::Vulnerabilities { file, format, import, output, date } => {
            vulnerabilities::run(file, *format, import.as_deref(), output.as_deref(), day(*date)?)
        }
        Command::Check { file, format, date, fail_on } => {
            let today = day(*date)?;
            check::run(&read(file)?.model, today, *fail_on, *format == TextOrJson::Json)
        }
        Command::Audit { file, head, format } => audit::run(&read(file)?.model, head.as_deref(), *format == TextOrJson::Json),
        Command::Roadmap { file, format, steps, budget, above, date } => {
            let aim = Aim { steps: *steps, budget: *budget, above: *above, bundles: true, on: Some(day(*date)?) };
            outcome::print(&roadmap::of(&read(file)?.model, &aim, *format == TextOrJson::Json)?)
        }
        Command::Paths { file, agent, goals, paths, cuts, format, tree, date } => {
            let as_json = *format == TextOrJson::Json;
            let (agent, tree, day) = (agent.as_deref(), tree.as_deref(), day(*date)?);
            let wish = paths::Wish { agent, goals: *goals, paths: *paths, with_cuts: *cuts, as_json, tree, day };
            outcome::print(&paths::of(&read(file)?.model, &wish)?)
        }
        Command::Report { file, output, profile, since, theme, date } => {
            let theme = theme.as_deref().map_or_else(|| Ok(Theme::default()), report::theme)?;
            let model = read(file)?.model;
            let baseline = since.as_ref().map(|name| report::baseline(&model, name)).transpose()?;
            let options = ReportOptions { baseline, ..ReportOptions::of((*profile).into(), theme, day(*date)?) };
            report::run(&model, file, output, options)
        }
        Command::Session { file, output, session, date } => {
            session::run(&read(file)?.model, session.as_deref(), output, day(*date)?)
        }
        Command::Generate { elements, flows, seed, output } => generate::run(*elements, *flows, *seed, output),
        Command::Export { file, diagram, tree, all, output, scale, theme, transparent, with_model } => {
            let theme = theme.theme();
            let options =
                Options { theme, is_transparent: *transparent, scale: *scale, holds_model: *with_model, ..Options::default() };
            let all = all.map(args::Picture::format);
            export::run(
                &read(file)?.model,
                &export::Wish { diagram: diagram.as_deref(), tree: tree.as_deref(), all, output, options },
            )
        }
        Command::Tidy { file, diagram, shape, output } => tidy::run(file, diagram.as_deref(), *shape, output.as_deref()),
        Command::Baseline(wish) => baseline::run(wish),
        Command::Diff(wish) => diff::run(wish),
        Command::Merge(wish) => merge::run(wish),
        Command::Convert { files, to, losses } => convert::run(files, *to, losses.as_deref()),
    }
}

/// The day given, or today in UTC: the one clock of the command line.
fn day(given: Option<Date>) -> Result<Date, CliError> {
    let today = || {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)
    };
    let unread = "the clock of this computer cannot be read; give the date with --date YYYY-MM-DD";
    given.or_else(today).ok_or_else(|| CliError::Usage(unread.to_owned()))
}

/// Opens a model of any format; tells repairs one by one and what an import lost as a count.
fn read(path: &Path) -> Result<Opened, CliError> {
    let opened = read_silently(path)?;
    for repair in &opened.repairs {
        outcome::tell(&format!("{}: {repair}", path.display()));
    }
    let told = opened.told().len() - opened.repairs.len();
    if told > 0 {
        let notes = if told == 1 { "1 note".to_owned() } else { format!("{told} notes") };
        let (file, format) = (path.display(), opened.format.label());
        outcome::tell(&format!(
            "{file}: read as {format}; {notes} on what did not come over as it was: palisade convert lists them"
        ));
    }
    Ok(opened)
}

fn read_silently(path: &Path) -> Result<Opened, CliError> {
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    open::open_beside(&disk::read(path)?, &name, &disk::beside(path))
        .map_err(|source| CliError::Open { path: path.to_owned(), source })
}
