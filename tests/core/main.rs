//! Everything below the window: model, edits, risk, tools, scene, files, command line.

#[path = "../support/mod.rs"]
mod support;

mod architecture;
mod arranging;
mod audit;
mod capture;
mod cli;
mod cli_check;
mod clipboard;
mod collapse;
mod containers;
mod corpus;
mod courses;
mod decisions;
mod dependencies;
mod derived;
mod detect_command;
mod detection;
mod detection_measured;
mod diagrams;
mod edit;
mod flows;
mod generate;
mod gestures;
mod guide;
mod guides;
mod hostile_input;
mod hygiene;
mod identification;
mod library;
mod line_boundaries;
mod living;
mod look_alike;
mod make_room;
mod notation;
mod oracle;
#[cfg(feature = "png")]
mod pictures;
mod plain_json;
mod recall;
mod report_content;
mod risk;
mod risk_properties;
mod rule_pages;
mod samples;
mod scene;
mod storage;
mod threagile;
mod threat_dragon;
mod tidying;
mod treatment;
mod trial;
mod vulnerabilities;
mod walking;
mod what_if;
