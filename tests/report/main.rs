//! The printed report, read back by outside eyes.
#![cfg(feature = "pdf")]

#[path = "../support/mod.rs"]
mod support;

mod accessible;
mod agreeing;
mod branded;
mod formats;
mod laid_out;
mod printed;
mod redacted;
mod samples;
