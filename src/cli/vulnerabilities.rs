//! `palisade vulnerabilities`: the register, and findings of other tools imported into it.

use super::args::Table;
use super::{CliError, outcome, read};
use crate::disk;
use crate::edit::Document;
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::risk::{Assessment, assess_on, name_of};
use crate::storage::Encoding;
use crate::vulnerabilities::{Findings, Import, csv_text, in_order};
use serde_json::json;
use std::path::Path;

pub(super) fn run(file: &Path, format: Table, import: Option<&Path>, output: Option<&Path>, today: Date) -> Result<(), CliError> {
    let opened = read(file)?;
    let library = Library::builtin();
    let mut model = opened.model.clone();
    let mut assessment = assess_on(&model, library, today);
    if let Some(table) = import {
        let target = output.unwrap_or(file);
        let Some(encoding) = Encoding::of(target).filter(|_| output.is_some() || !opened.is_foreign()) else {
            let message = format!("{}: name the file to write with -o and the ending .ron or .json", target.display());
            return Err(CliError::Usage(message));
        };
        let findings = Findings::read(&disk::read(table)?);
        let findings = findings.map_err(|e| CliError::Findings { path: table.to_owned(), source: e })?;
        let import = Import::of(&findings, &model, library, &assessment);
        if let Some(edit) = import.edit() {
            let mut document = Document::new(model);
            document.commit(&edit).map_err(|e| CliError::Usage(format!("the findings cannot be imported: {e}")))?;
            super::audit::log(&mut document, &opened.model, "palisade vulnerabilities --import")?;
            model = document.model().clone();
            assessment = assess_on(&model, library, today);
        }
        if import.edit().is_some() || output.is_some() {
            disk::save(target, encoding.write(&model)?.as_bytes())?;
        }
        for line in &import.left_out {
            outcome::tell(&format!("{}: {line}", table.display()));
        }
        outcome::tell(&format!("{}: {}", target.display(), import.told()));
    }
    outcome::print(&match format {
        Table::Text => text(&model, &assessment),
        Table::Json => json_text(&model, &assessment),
        Table::Csv => csv_text(&model, library, &assessment),
    })
}

fn text(model: &ThreatModel, assessment: &Assessment) -> String {
    let mut out = String::new();
    for (_, v) in in_order(model, assessment) {
        let cwe = v.cwe.map(|cwe| format!(", CWE-{cwe}")).unwrap_or_default();
        let (status, kind, place) = (v.status.label(), v.kind.label().to_lowercase(), name_of(model, &v.at));
        out += &format!("{status:<9}  {}  ({kind}{cwe})  at {place}\n", v.name);
        for finding in v.threats.iter().filter_map(|key| assessment.findings.get(key)) {
            let (band, score) = (finding.band().label(), finding.current.score);
            out += &format!("           {score:>5.1} {band:<8}  {}\n", finding.title);
        }
    }
    if out.is_empty() {
        out.push_str("No vulnerabilities are recorded.\n");
    }
    out
}

fn json_text(model: &ThreatModel, assessment: &Assessment) -> String {
    let rows = in_order(model, assessment).into_iter().map(|(id, v)| {
        json!({
            "id": id,
            "name": v.name,
            "kind": v.kind.label(),
            "cwe": v.cwe,
            "at": v.at,
            "status": v.status.label(),
            "evidence": v.evidence,
            "description": v.description,
            "threats": v.threats.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let rows: Vec<_> = rows.collect();
    format!("{:#}\n", json!({ "vulnerabilities": rows }))
}
