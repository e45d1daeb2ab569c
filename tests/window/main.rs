//! The window, driven by gestures and read by accessible names.
#![cfg(feature = "gui")]

#[path = "../support/mod.rs"]
mod support;

mod accessible;
mod annotation;
mod background;
mod bench10;
mod by_keys;
mod canvas;
mod chrome;
mod comparing;
mod context_menu;
mod dashboard;
mod deciding;
mod dialogs;
mod docking;
mod exporting;
mod finding;
mod frame;
mod history;
mod hovering;
mod identifying;
mod importing;
mod inspector;
mod live;
mod looks;
mod methods;
mod outside;
mod palette_drag;
mod paths;
mod preferences;
mod presenting;
mod projected;
mod proposals;
mod questions;
mod rating;
mod recovery;
mod registers;
mod renderer;
mod report_dialog;
mod rule_page;
mod several;
mod soak;
mod stage_keys;
mod stage_room;
mod stage_undo;
mod structure;
mod tables;
mod teaching;
mod tidying;
mod touch;
mod trying;
mod upkeep;
mod waiting;
mod whole;
