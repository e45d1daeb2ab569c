//! Palisade: a desktop studio for threat modelling.
//!
//! A [`model::ThreatModel`] is a set of plain records. People change it only through [`edit`]; from it pure functions
//! derive everything else: the assessment ([`risk`]), the picture ([`scene`]), the report ([`report`]). The window
//! ([`app`] over [`ui`]) and the command line ([`cli`]) are two thin shells over the same library.
//!
//! `ARCHITECTURE.md` holds the code map and the invariants.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::dbg_macro
    )
)]

/// Assessing a model and laying it out makes and drops many small things.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

pub mod attack;
pub mod audit;
pub mod chart;
pub mod cli;
pub mod compare;
pub mod detect;
pub mod disk;
pub mod edit;
pub mod generate;
pub mod geometry;
pub mod guide;
pub mod hygiene;
pub mod intake;
pub mod interchange;
pub mod journal;
pub mod library;
pub mod lock;
pub mod methods;
pub mod model;
pub mod open;
pub mod picture;
pub mod preferences;
pub mod progress;
pub mod register;
pub mod report;
pub mod risk;
pub mod scene;
pub mod session;
pub mod storage;
pub mod text;
pub mod theme;
pub mod threads;
pub mod tidy;
pub mod tool;
pub mod vulnerabilities;
pub mod what_if;

#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod ui;
