//! `palisade tidy`: diagrams put in order.

use super::{CliError, outcome};
use crate::disk;
use crate::edit::Document;
use crate::model::{Id, ThreatModel};
use crate::progress::Quiet;
use crate::storage::Encoding;
use crate::tidy::{NotTidied, Scope, Wish, tidy};
use std::path::Path;

pub(super) fn run(file: &Path, diagram: Option<&str>, shape: f32, output: Option<&Path>) -> Result<(), CliError> {
    let output = output.unwrap_or(file);
    let Some(encoding) = Encoding::of(output) else {
        let message = format!("{}: name the file to write with the ending .ron or .json", output.display());
        return Err(CliError::Usage(message));
    };
    let model = super::read(file)?.model;
    let diagrams = match diagram {
        Some(name) => vec![find(&model, name)?],
        None => model.diagram_order(),
    };
    let mut document = Document::new(model);
    for diagram in diagrams {
        let name = document.model().name_of(&diagram).to_owned();
        let wish = Wish { diagram, scope: Scope::All, shape, keeps: true };
        let done = tidy(document.model(), &wish, &Quiet).map(|tidied| document.commit(&tidied.edit(document.model())));
        match done {
            Ok(Ok(_)) | Err(NotTidied::Nothing) => {}
            Ok(Err(e)) => outcome::tell(&format!("{name}: left as it is: {e}")),
            Err(e) => outcome::tell(&format!("{name}: left as it is: {e}")),
        }
    }
    Ok(disk::save(output, encoding.write(document.model())?.as_bytes())?)
}

/// A diagram by its id or name.
pub(super) fn find(model: &ThreatModel, name: &str) -> Result<Id, CliError> {
    let is_named = |id: &&Id| id.as_str() == name || model.name_of(id) == name;
    let order = model.diagram_order();
    order.iter().find(is_named).cloned().ok_or_else(|| {
        let names: Vec<String> = order.iter().map(|id| format!("“{}”", model.name_of(id))).collect();
        CliError::Unknown(format!("there is no diagram “{name}”; the model has {}", names.join(", ")))
    })
}
