//! Meetings about a model: what is gone through, the order of the day, scores given blind, cards, scenarios, and what
//! came of it all. Nothing here knows a window or a clock; times are passed in.

mod agenda;
mod blind;
mod cards;
mod coverage;
mod due;
mod minutes;
mod playlist;
mod scenario;
mod stage;
mod summary;

pub use agenda::{Timer, ninety_minutes};
pub use blind::{Agreement, Vote, agreement};
pub use cards::{Dealer, points, threat_of, worth};
pub use coverage::Progressed;
pub use due::due;
pub use minutes::{attend, begin, ended, newest_open, with};
pub use playlist::{Scope, generate, in_light, rescoped, threats_of};
pub use scenario::{applied, kept, planned};
pub use stage::Stage;
pub use summary::{DecidedRow, NextStep, ParkedRow, ScoredRow, Summary};
