//! What can be said on the command line.

use super::check::FailOn;
use crate::model::Date;
use crate::picture::Format;
use crate::report::Profile;
use crate::theme::Theme;
use clap::{Parser, Subcommand, ValueEnum, value_parser};
use std::path::PathBuf;

const AFTER: &str = "\
Models are read as Palisade (.ron or its .json twin), Microsoft Threat Modeling Tool (.tm7), Threat Dragon 1 and 2 (.json),
Open Threat Model (OTM, JSON or YAML), Threagile (YAML) and plain model JSON; the content decides, not the name.

Exit codes:
  0  done
  1  a file could not be read, understood or written; the reason is on standard error
  2  the command line was not understood
  3  this cannot be done here: no display for a window, or a build without this feature
  4  check found something it was told to fail on, or audit found a log that was tampered with
diff and merge have codes of their own; see their --help";

/// Threat modelling: draw a data flow diagram, see threats and risk, hand over a report.
#[derive(Debug, Parser)]
#[command(name = "palisade", version, about, after_help = AFTER, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// Model to open in the window
    pub file: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What is done without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the threats of a model with their risk
    #[command(after_help = AFTER)]
    Assess {
        /// Model to assess
        file: PathBuf,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
        /// Ask the rules of every pack, also of those the model does not name or has switched off
        #[arg(long)]
        all_packs: bool,
        /// The day it is looked at, YYYY-MM-DD, on which acceptances may have ended; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// List the threat rules, or show the page of one: when it fires, when it is a false alarm, what answers it
    #[command(after_help = AFTER)]
    Rules {
        /// Rule to show, for example T-INJ-01; all are listed when left out
        #[arg(value_name = "ID")]
        rule: Option<String>,
        /// Also tell where the rule fires in this model
        #[arg(long, value_name = "FILE", requires = "rule")]
        model: Option<PathBuf>,
        /// The day it is looked at, YYYY-MM-DD; today (UTC) when left out
        #[arg(long, requires = "model")]
        date: Option<Date>,
    },
    /// List what names, descriptions and neighbours say about the things of a model, or take it over
    #[command(after_help = AFTER)]
    Detect {
        /// Model to read
        file: PathBuf,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
        /// Take over all proposals of this confidence and surer; everything else is listed
        #[arg(long, value_enum, value_name = "CONFIDENCE")]
        apply: Option<Least>,
        /// File to write the model with them to: the ending .ron or .json decides; FILE itself when left out
        #[arg(short, long, value_name = "OUT", requires = "apply")]
        output: Option<PathBuf>,
    },
    /// List the vulnerabilities of a model, or import the findings of a scanner or a test from a CSV file
    #[command(after_help = AFTER)]
    Vulnerabilities {
        /// Model to read
        file: PathBuf,
        /// How to write the register
        #[arg(long, value_enum, default_value_t = Table::Text)]
        format: Table,
        /// Table of findings: its first line names columns such as title, cwe, component, status
        #[arg(long, value_name = "FINDINGS.csv")]
        import: Option<PathBuf>,
        /// File to write the model with them to: the ending .ron or .json decides; FILE itself when left out
        #[arg(short, long, value_name = "OUT", requires = "import")]
        output: Option<PathBuf>,
        /// The day it is looked at, YYYY-MM-DD, on which acceptances may have ended; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// Print the audit log of a model, and fail when it is not as it was written
    #[command(after_help = AFTER)]
    Audit {
        /// Model whose log to verify
        file: PathBuf,
        /// Beginning of the hash of an entry that must be in the log, such as one printed in a report
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// List what is to be put right in a model, and fail when it is grave
    #[command(after_help = AFTER)]
    Check {
        /// Model to check
        file: PathBuf,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
        /// Day to check for, YYYY-MM-DD; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
        /// The least severity to fail on, with exit code 4
        #[arg(long, value_enum, default_value_t = FailOn::Error)]
        fail_on: FailOn,
    },
    /// List the controls that bring most for their effort, in order
    #[command(after_help = AFTER)]
    Roadmap {
        /// Model to plan for
        file: PathBuf,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
        /// Steps at most
        #[arg(long, default_value_t = 12)]
        steps: usize,
        /// Person-days at most
        #[arg(long)]
        budget: Option<f64>,
        /// Risk appetite: leave threats up to this score (0 to 100) alone
        #[arg(long, default_value_t = 0.0)]
        above: f64,
        /// The day it is looked at, YYYY-MM-DD, on which acceptances may have ended; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// List how threat agents get to what matters: likeliest paths, where they come together, what interrupts them
    #[command(after_help = AFTER)]
    Paths {
        /// Model to attack
        file: PathBuf,
        /// Name or id of one threat agent; all that start somewhere when left out
        #[arg(long)]
        agent: Option<String>,
        /// Goals of each agent, the greatest risk first
        #[arg(long, default_value_t = 5)]
        goals: usize,
        /// Paths to each goal
        #[arg(long, default_value_t = 1)]
        paths: usize,
        /// Also the cheapest set of controls that interrupts every likely path to each goal
        #[arg(long)]
        cuts: bool,
        /// How to write the result
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
        /// File to draw the ways to the riskiest goal into as an attack tree: .svg, .png or .pdf
        #[arg(long, value_name = "OUT")]
        tree: Option<PathBuf>,
        /// The day it is looked at, YYYY-MM-DD; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// Write the report of a model: PDF, HTML, Excel, CSV, Markdown or JSON
    #[command(after_help = AFTER)]
    Report {
        /// Model to report on
        file: PathBuf,
        /// File to write; its ending says which kind: .pdf, .html, .xlsx, .csv, .md or .json. A folder gets a PDF named by the theme
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Who reads it
        #[arg(long, value_enum, default_value_t = ReportFor::Full)]
        profile: ReportFor,
        /// Name of the baseline the chapter on changes goes back to; the newest when left out
        #[arg(long, value_name = "BASELINE")]
        since: Option<String>,
        /// Theme of your house (.ron): colours, cover, running heads, chapters, words
        #[arg(long, value_name = "THEME.ron")]
        theme: Option<PathBuf>,
        /// Date on the report, YYYY-MM-DD; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// Write the summary of a session: who was there, decisions, changes, open questions, next steps
    #[command(after_help = AFTER)]
    Session {
        /// Model whose session to tell
        file: PathBuf,
        /// File to write; its ending says which kind: .pdf, .md or .html
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Name of the session; the newest when left out
        #[arg(long, value_name = "NAME")]
        session: Option<String>,
        /// The day it is looked at, YYYY-MM-DD; today (UTC) when left out
        #[arg(long)]
        date: Option<Date>,
    },
    /// Write models of any readable format as Palisade .ron, its .json twin, Threat Dragon 2 or OTM
    #[command(after_help = AFTER)]
    Convert {
        /// Models to read, then the file to write, or the folder to write one file for each into
        #[arg(value_names = ["IN", "OUT"], num_args = 2.., required = true)]
        files: Vec<PathBuf>,
        /// What to write; without it the ending decides: .ron, .json (the twin) or .otm, and in a folder .ron
        #[arg(long, value_enum)]
        to: Option<To>,
        /// Write what became of every object into this file instead of standard error: as JSON, or in words for .txt
        #[arg(long, value_name = "FILE")]
        losses: Option<PathBuf>,
    },
    /// Write diagrams as pictures: SVG, PNG or PDF
    #[command(after_help = AFTER)]
    Export {
        /// Model to draw
        file: PathBuf,
        /// Name or id of the diagram; the first when left out
        #[arg(long, value_name = "NAME")]
        diagram: Option<String>,
        /// Draw an attack tree of the model instead: name of its goal, or id
        #[arg(long, value_name = "NAME", conflicts_with_all = ["diagram", "all", "with_model"])]
        tree: Option<String>,
        /// Write every diagram in this format; OUT is a folder then
        #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "diagram")]
        all: Option<Picture>,
        /// File to write: the ending .svg, .png or .pdf decides
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Pixels by unit, 1 to 4, for PNG
        #[arg(long, default_value_t = 2.0)]
        scale: f32,
        /// Colours; a PDF is always for paper
        #[arg(long, value_enum, default_value_t = Colours::Light)]
        theme: Colours,
        /// On nothing instead of on the canvas
        #[arg(long)]
        transparent: bool,
        /// With the model inside, so that Palisade opens the picture again (SVG and PNG)
        #[arg(long)]
        with_model: bool,
    },
    /// Arrange diagrams: elements in layers along the flows, boundaries around what is in them, few crossings
    #[command(after_help = AFTER)]
    Tidy {
        /// Model to arrange
        file: PathBuf,
        /// Name or id of the diagram; all when left out
        #[arg(long, value_name = "NAME")]
        diagram: Option<String>,
        /// Width over height of where it will be looked at
        #[arg(long, default_value_t = 1.6)]
        shape: f32,
        /// File to write: the ending .ron or .json decides; FILE itself when left out
        #[arg(short, long, value_name = "OUT")]
        output: Option<PathBuf>,
    },
    /// Keep how things stand in the model under a name, for reports and comparisons later; or list what is kept
    Baseline(super::baseline::KeepBaseline),
    /// Tell what two models say differently, and what that did to the risk
    Diff(super::diff::Diff),
    /// Bring two models together that come from one, as merge driver of git or by hand
    Merge(super::merge::Merge),
    /// Write a big made-up model to try Palisade out on
    #[command(after_help = AFTER)]
    Generate {
        /// How many elements
        #[arg(long, value_parser = value_parser!(u64).range(1..=100_000))]
        elements: u64,
        /// How many data flows; a fifth more than elements when left out
        #[arg(long, value_parser = value_parser!(u64).range(0..=200_000))]
        flows: Option<u64>,
        /// Another seed, another model; the same seed, the same model
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// File to write: the ending .ron or .json decides
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// The least confidence of proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Least {
    High,
    Medium,
    Low,
}

/// What a model is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// Palisade's own format
    Ron,
    /// Its twin for tools
    Json,
    /// Threat Dragon 2
    ThreatDragon,
    /// Open Threat Model 0.2
    Otm,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people
    Text,
    /// For tools
    Json,
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    Svg,
    Png,
    Pdf,
}

impl Picture {
    pub fn format(self) -> Format {
        match self {
            Picture::Svg => Format::Svg,
            Picture::Png => Format::Png,
            Picture::Pdf => Format::Pdf,
        }
    }
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    Light,
    Dark,
    Paper,
    /// More contrast, bolder lines
    Projector,
}

impl Colours {
    pub fn theme(self) -> Theme {
        match self {
            Colours::Light => Theme::Light,
            Colours::Dark => Theme::Dark,
            Colours::Paper => Theme::Paper,
            Colours::Projector => Theme::Projector,
        }
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// For people
    Text,
    /// For tools
    Json,
    /// For spreadsheets
    Csv,
}

/// Who a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFor {
    /// Every chapter
    Full,
    /// A few pages for those who decide
    Executive,
    /// For the client, redacted
    Client,
    /// For those who build
    Engineering,
}

impl From<ReportFor> for Profile {
    fn from(given: ReportFor) -> Profile {
        match given {
            ReportFor::Full => Profile::Full,
            ReportFor::Executive => Profile::Executive,
            ReportFor::Client => Profile::Client,
            ReportFor::Engineering => Profile::Engineering,
        }
    }
}
