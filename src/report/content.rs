//! What the report says: one file a chapter.

use super::tree::*;
use super::style::*;
use super::ReportOptions;
use crate::library::Library;
use crate::model::ThreatModel;
use crate::risk::Assessment;

/// Composes the report of a model.
pub fn compose(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions) -> Report {
    let _ = (library, assessment, options);
    let mut t = Table::with_head([("Id", fixed(40.0)), ("Threat", share(1.0)), ("Current", fixed(50.0).right())]);
    for n in 0..80 {
        t.anchored(format!("t{n}"), [cell(format!("T-{n}")), Rich::new().chip(crate::model::Band::High).gap(6.0).text(CELL, "SQL injection through Back-office console into Shop database with some really long text that wraps to a second line"), cell("83.0")]);
    }
    Report {
        facts: DocumentFacts { title: "Test".into(), header: "Threat model: Test".into(), footer: "Version 1".into(), classification: Some(("TLP:AMBER".into(), crate::theme::Ink::TlpAmber)), date: (2026,11,21), ..Default::default() },
        cover: Cover { kicker: "Threat model and risk report".into(), title: model.info.name.clone(), subtitle: "Subtitle".into(), facts: vec![("Client".into(), "Example".into())], picture: None, colophon: "Made with Palisade".into() },
        chapters: vec![
            Chapter { number: None, title: "Contents".into(), anchor: "contents".into(), blocks: vec![Block::Contents] },
            Chapter { number: Some(1), title: "Executive summary".into(), anchor: "summary".into(), blocks: vec![paragraph("The shop is exposed. Ωμέγα Όριο εμπιστοσύνης Граница доверия 漢字 fi ffi office."), section("Five highest", Some("five".into())), Block::Table(t)] },
        ],
    }
}
