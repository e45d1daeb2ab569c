//! The records of a threat model and the invariants between them.
//!
//! The system (elements, flows, boundaries, assets …) is apart from its pictures: coordinates live only in
//! [`Placement`]s, and a record may be drawn on several diagrams. Nothing derived is stored.

#[macro_use]
mod record;
#[macro_use]
mod taxonomy;

mod appraisal;
mod attack;
mod audit_log;
mod balance;
mod baseline;
mod check;
mod control;
mod date;
mod decision;
mod drill_down;
mod fields;
mod folding;
mod foreign;
mod id;
mod identification;
mod keys;
mod levels;
mod line_boundary;

mod moment;
mod nesting;
mod notation;
mod placement;
mod playlist;
mod protocol;
mod records;
mod references;
mod repair;
mod session;
mod shared;
mod table;
mod texts;
mod trail;
mod visibility;

pub use appraisal::{Appraisal, FactorValue, Given, IMPACT_AREAS, Method, Pert, RatingChoice};
pub use attack::{AttackScenario, AttackTree, Gate, MAX_TREE_DEPTH, ScenarioStep, TreeStep};
pub use audit_log::{LogChange, LogEntry, LogKind, SignOff, SignedOff};
pub use balance::{Balance, Exchange, Way, balance};
pub use baseline::Baseline;
use check::FAR;
pub use check::{Fault, FaultKind, MAX_NESTING, check, check_records};
pub use date::{Date, DateError};
pub use decision::{Decision, LevelOverride};
pub use fields::{Field, FieldShape};
pub use folding::FOLDED;
pub use id::{Id, IdSource};
pub use identification::Identification;
pub use keys::{PlacementKey, ThreatKey};
pub use levels::{IMPACT_LABELS, LIKELIHOOD_LABELS, VALUE_LABELS, trust_label, trust_meaning};
pub use line_boundary::{Lines, flow_polyline, line_crossings};
pub use moment::{Moment, MomentError};
pub use notation::Notation;
pub use placement::*;
pub use playlist::{PlayStep, Playlist, StepFilter, StepPart, Variant, VariantChange};
pub use records::*;
pub use references::{Reference, prune, relink, stands};
pub use repair::{Repair, repair};
pub use session::{AgendaItem, Ballot, CardPlay, MAX_MINUTES, Parked, Remark, Resolution, Session};
pub use shared::Table;
pub use table::{Key, Record, ThreatModel};
pub use taxonomy::*;
pub use texts::texts_mut;
pub use trail::{Mark, Trail};
pub use visibility::{Disclosure, Visibility};

use crate::geometry::{Point, Rect};
