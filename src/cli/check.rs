//! `palisade check`: what is to be put right, for people and for continuous integration.

use super::{CliError, outcome};
use crate::hygiene::{Policy, Problem, Severity, examine};
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::risk::assess_on;
use serde_json::{Value, json};

/// From which severity on the command fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Hint,
    /// Whatever is found
    Never,
}

impl FailOn {
    fn fails(self, problem: &Problem) -> bool {
        let limit = match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Hint => Severity::Hint,
            FailOn::Never => return false,
        };
        problem.check.severity() <= limit
    }
}

/// Prints what is to be put right; fails when something of this severity or a graver one is among it.
pub(super) fn run(model: &ThreatModel, today: Date, fail_on: FailOn, as_json: bool) -> Result<(), CliError> {
    let library = Library::builtin();
    let problems = examine(model, library, &assess_on(model, library, today), today, &Policy::default());
    let text = if as_json { json(&problems) } else { text(&problems) };
    outcome::print(&text)?;
    let failing = problems.iter().filter(|p| fail_on.fails(p)).count();
    if failing == 0 { Ok(()) } else { Err(CliError::NotClean(failing)) }
}

fn text(problems: &[Problem]) -> String {
    let line = |p: &Problem| format!("{:<7}  {:<8}  {}\n", p.check.severity().label(), p.check.id(), p.message);
    let lines: String = problems.iter().map(line).collect();
    if lines.is_empty() { "Nothing to put right.\n".to_owned() } else { lines }
}

fn json(problems: &[Problem]) -> String {
    let problem = |p: &Problem| {
        json!({
            "check": p.check.id(),
            "severity": p.check.severity().label().to_lowercase(),
            "topic": p.check.topic().label(),
            "title": p.check.title(),
            "message": p.message,
            "about": p.about,
            "threat": p.threat.as_ref().map(ToString::to_string),
        })
    };
    let list: Vec<Value> = problems.iter().map(problem).collect();
    format!("{:#}\n", json!({ "problems": list }))
}
