//! A diagram in words: its title, and what is on it.

use super::Subject;
use crate::model::{Band, ElementKind, Id, ThreatModel};

pub(super) fn title(model: &ThreatModel, diagram: &Id) -> String {
    let name = model.name_of(diagram).trim();
    if name.is_empty() { "Diagram".to_owned() } else { name.to_owned() }
}

/// "Data flow diagram of the Web shop with 4 processes, 2 data stores, 9 data flows in 3 trust boundaries. …"
pub(super) fn about(subject: &Subject<'_>) -> String {
    let Subject { model, diagram, .. } = *subject;
    let of_kind = |kind: ElementKind| {
        model.placed(diagram).filter(|(id, _)| model.elements.get(*id).is_some_and(|e| e.kind == kind)).count()
    };
    let flows = model.placed(diagram).filter(|(id, _)| model.flows.contains_key(*id)).count();
    let boundaries = model.placed(diagram).filter(|(id, _)| model.boundaries.contains_key(*id)).count();
    let counted = [
        (of_kind(ElementKind::ExternalEntity), "external entity", "external entities"),
        (of_kind(ElementKind::Process), "process", "processes"),
        (of_kind(ElementKind::DataStore), "data store", "data stores"),
        (flows, "data flow", "data flows"),
        (boundaries, "trust boundary", "trust boundaries"),
    ];
    let counted: Vec<String> = counted
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    let mut out = format!(
        "Data flow diagram of {} with {}.",
        if model.info.name.is_empty() { "a system" } else { &model.info.name },
        counted.join(", ")
    );
    let open = || model.placed(diagram).flat_map(|(id, _)| subject.assessment.at(id)).filter(|f| f.counts());
    let worst: Option<Band> = open().map(|f| f.current.score).reduce(f64::max).map(crate::risk::band);
    if let Some(worst) = worst {
        out.push_str(&format!(" {} open threats, the highest risk is {}.", open().count(), worst.label()));
    }
    let description = model.diagrams.get(diagram).map(|d| d.description.trim()).unwrap_or_default();
    if !description.is_empty() {
        out.push(' ');
        out.push_str(description);
    }
    out
}
