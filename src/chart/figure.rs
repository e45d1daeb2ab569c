//! Charts of a model's risk as data: what every look at it (drawing, table, file) is made from.
//!
//! A [`Figure`] is a small table with a form. Its cells know which threats they stand for as terms of the registers' query
//! language, so a click on a bar narrows the register of threats down to them.

mod by;
mod course;
mod draw;
mod frame;
mod matrix;
mod table;
mod treemap;

pub use draw::{Drawn, Look, Spot, draw, page};
pub use matrix::cell_band;
pub use table::{csv, tsv};

use crate::library::Library;
use crate::model::{Band, Date, ThreatModel};
use crate::register::Term;
use crate::risk::Assessment;
use serde::{Deserialize, Serialize};

/// What a chart is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// Likelihood and impact.
    Matrix(State),
    Boundaries,
    Stride,
    Linddun,
    Layers,
    Elements,
    /// Where the load lies.
    Load,
    /// The load over the baselines.
    Trend,
    /// The load as the next best controls are put in.
    Roadmap,
    /// Before controls, today, planned, and with the roadmap.
    States,
}

/// Which risk is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    Inherent,
    #[default]
    Current,
    Planned,
}

impl State {
    pub const ALL: [State; 3] = [State::Inherent, State::Current, State::Planned];

    pub fn label(self) -> &'static str {
        match self {
            State::Inherent => "Inherent",
            State::Current => "Current",
            State::Planned => "Planned",
        }
    }
}

impl Topic {
    pub const ALL: [Topic; 10] = [
        Topic::Matrix(State::Current),
        Topic::Boundaries,
        Topic::Stride,
        Topic::Linddun,
        Topic::Layers,
        Topic::Elements,
        Topic::Load,
        Topic::Trend,
        Topic::Roadmap,
        Topic::States,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Topic::Matrix(_) => "Likelihood and impact",
            Topic::Boundaries => "By boundary",
            Topic::Stride => "By STRIDE",
            Topic::Linddun => "By LINDDUN",
            Topic::Layers => "By layer",
            Topic::Elements => "By element",
            Topic::Load => "Where the load lies",
            Topic::Trend => "Trend of load",
            Topic::Roadmap => "Roadmap",
            Topic::States => "Before and after",
        }
    }
}

impl Topic {
    /// What it is called where there is little room.
    pub fn short(self) -> &'static str {
        match self {
            Topic::Matrix(_) => "Risk matrix",
            Topic::Load => "Load",
            topic => topic.label(),
        }
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Rows and columns of squares.
    Matrix,
    /// A bar for each row, of pieces by level.
    Stacks,
    /// A bar for each row, of one piece in the colour of its level.
    Bars,
    /// Areas as large as their amounts.
    Treemap,
    /// Points from left to right.
    Curve,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub topic: Topic,
    pub form: Form,
    pub title: &'static str,
    /// What is to be known about it, in a sentence; may be empty.
    pub note: String,
    pub columns: Vec<Series>,
    pub rows: Vec<Entry>,
}

/// A column of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub heading: String,
    /// Its colour, where it is a level.
    pub band: Option<Band>,
    /// What its cells ask of threats, beside what their rows ask.
    pub filter: Option<Term>,
    /// Only told beside what is drawn.
    pub is_beside: bool,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub label: String,
    /// A letter or a level beside the label.
    pub mark: String,
    /// One for each column; nothing where there is no such figure.
    pub values: Vec<Option<Value>>,
    /// What it asks of threats; empty where it stands for none in particular.
    pub filter: Vec<Term>,
    /// Not how things are, but how they are to be.
    pub is_ahead: bool,
}

/// A figure in a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    pub amount: f64,
    /// The level it is at, where it is a risk.
    pub band: Option<Band>,
}

impl Value {
    pub fn of(amount: f64) -> Option<Value> {
        Some(Value { amount, band: None })
    }
}

/// What charts are made from.
pub struct Sources<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    /// The risk of today.
    pub assessment: &'a Assessment,
    pub today: Date,
    /// The next best controls, when somebody looked for them: each with its name, person-days, and the load after it.
    pub roadmap: &'a [Step],
}

/// A step of a roadmap, as far as charts need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    pub days: f64,
    pub load: f64,
    pub peak: f64,
}

impl Figure {
    /// A chart of what is known now.
    pub fn of(topic: Topic, sources: &Sources<'_>) -> Figure {
        match topic {
            Topic::Matrix(state) => matrix::figure(state, sources),
            Topic::Boundaries => by::boundaries(sources),
            Topic::Stride => by::stride(sources),
            Topic::Linddun => by::linddun(sources),
            Topic::Layers => by::layers(sources),
            Topic::Elements => by::elements(sources),
            Topic::Load => by::load(sources),
            Topic::Trend => course::trend(sources),
            Topic::Roadmap => course::roadmap(sources),
            Topic::States => course::states(sources),
        }
    }

    /// The threats a cell stands for, or with no column those of its row; empty where it stands for none in particular.
    pub fn asks(&self, row: usize, column: Option<usize>) -> Vec<Term> {
        let Some(entry) = self.rows.get(row).filter(|entry| !entry.filter.is_empty()) else { return Vec::new() };
        let of_column = column.and_then(|n| self.columns.get(n)).and_then(|series| series.filter.clone());
        entry.filter.iter().cloned().chain(of_column).collect()
    }

    /// What is drawn of a row, together.
    pub fn total(&self, row: usize) -> f64 {
        let Some(entry) = self.rows.get(row) else { return 0.0 };
        let drawn = self.columns.iter().zip(&entry.values).filter(|(series, _)| !series.is_beside);
        drawn.filter_map(|(_, value)| value.map(|value| value.amount)).sum()
    }

    /// The greatest of the totals.
    pub fn most(&self) -> f64 {
        (0..self.rows.len()).map(|row| self.total(row)).fold(0.0, f64::max)
    }

    pub fn is_empty(&self) -> bool {
        self.most() <= 0.0
    }
}
