//! `palisade detect`: what names say about things, listed or taken over.

use super::args::{Least, TextOrJson};
use super::{CliError, outcome, read};
use crate::detect::{Confidence, Detector, Proposal, accept};
use crate::disk;
use crate::edit::Document;
use crate::library::Library;
use crate::model::{IdSource, ThreatModel};
use crate::storage::Encoding;
use serde_json::json;
use std::path::Path;

pub(super) fn run(file: &Path, format: TextOrJson, apply: Option<Least>, output: Option<&Path>) -> Result<(), CliError> {
    let opened = read(file)?;
    let least = apply.map(|least| match least {
        Least::High => Confidence::High,
        Least::Medium => Confidence::Medium,
        Least::Low => Confidence::Low,
    });
    let library = Library::builtin();
    let proposals = Detector::new(&opened.model, library).all();
    let (taken, left): (Vec<Proposal>, Vec<Proposal>) =
        proposals.into_iter().partition(|p| least.is_some_and(|least| p.confidence >= least));
    if least.is_some() {
        let file = output.unwrap_or(file);
        let Some(encoding) = Encoding::of(file).filter(|_| output.is_some() || !opened.is_foreign()) else {
            let message = format!("{}: name the file to write with -o and the ending .ron or .json", file.display());
            return Err(CliError::Usage(message));
        };
        if !taken.is_empty() || output.is_some() {
            let model = with(opened.model.clone(), &taken)?;
            disk::save(file, encoding.write(&model)?.as_bytes())?;
        }
        outcome::tell(&format!("{}: {} taken over", file.display(), counted(taken.len())));
    }
    outcome::print(&match format {
        TextOrJson::Text => text(&opened.model, library, &left),
        TextOrJson::Json => json_text(&opened.model, library, &left),
    })
}

/// The model with the proposals carried out.
fn with(model: ThreatModel, proposals: &[Proposal]) -> Result<ThreatModel, CliError> {
    // The same file gives the same ids.
    let mut ids = IdSource::seeded(0);
    let edit = accept(&model, proposals, &mut || ids.free_in(&model));
    let mut document = Document::new(model.clone());
    document.commit(&edit).map_err(|e| CliError::Usage(format!("the proposals cannot be taken over: {e}")))?;
    super::audit::log(&mut document, &model, "palisade detect --apply")?;
    Ok(document.model().clone())
}

fn counted(n: usize) -> String {
    if n == 1 { "1 proposal".to_owned() } else { format!("{n} proposals") }
}

fn text(model: &ThreatModel, library: &Library, proposals: &[Proposal]) -> String {
    let mut out = String::new();
    let mut last = None;
    for proposal in proposals {
        if last.replace(&proposal.at) != Some(&proposal.at) {
            out += &format!("{}{}\n", if out.is_empty() { "" } else { "\n" }, model.name_of(&proposal.at));
        }
        let (about, value) = (proposal.what.about(), proposal.value(model, library));
        let why = proposal.reasons.join("; ");
        out += &format!("  {:<6}  {about}: {value}  ({why})\n", proposal.confidence.label());
    }
    if out.is_empty() {
        out.push_str("Nothing is proposed.\n");
    }
    out
}

fn json_text(model: &ThreatModel, library: &Library, proposals: &[Proposal]) -> String {
    let rows = proposals.iter().map(|proposal| {
        json!({
            "at": proposal.at,
            "name": model.name_of(&proposal.at),
            "about": proposal.what.about(),
            "proposal": proposal.what.spelled(),
            "value": proposal.value(model, library),
            "confidence": proposal.confidence.label(),
            "reasons": proposal.reasons,
        })
    });
    let rows: Vec<_> = rows.collect();
    format!("{:#}\n", json!({ "proposals": rows }))
}
