//! `palisade roadmap`: the controls that bring most for their effort.

use super::outcome::CliError;
use crate::library::Library;
use crate::model::{Site, ThreatModel};
use crate::progress::Quiet;
use crate::what_if::{Aim, Roadmap, roadmap};
use serde_json::{Value, json};

/// The roadmap as text or JSON.
pub(super) fn of(model: &ThreatModel, aim: &Aim, as_json: bool) -> Result<String, CliError> {
    // Nobody cancels here.
    let found = roadmap(model, Library::builtin(), aim, &Quiet).unwrap_or_default();
    Ok(if as_json { json(&found) } else { text(model, &found) })
}

fn place(model: &ThreatModel, (control, site): &(String, Site)) -> String {
    let name = Library::builtin().control(model, control).map_or(control.as_str(), |c| c.name.as_str());
    match site {
        Site::Model => name.to_owned(),
        Site::At(id) => format!("{name} at {}", crate::risk::name_of(model, id)),
    }
}

fn text(model: &ThreatModel, found: &Roadmap) -> String {
    let mut out = format!("Load {:.0}, peak {:.1} today\n\n", found.load, found.peak);
    let (mut days, mut load) = (0.0, found.load);
    for (n, step) in found.steps.iter().enumerate() {
        days += step.days;
        let controls = step.controls.iter().map(|c| place(model, c)).collect::<Vec<_>>().join(" and ");
        let eased = load - step.load;
        load = step.load;
        out += &format!(
            "{:>3}. {controls}\n     {days:.0} days so far, load −{eased:.0} → {load:.0}, peak {:.1}\n",
            n + 1,
            step.peak
        );
    }
    if found.steps.is_empty() {
        out += "No control of the library would ease anything above the appetite.\n";
    }
    out
}

fn json(found: &Roadmap) -> String {
    let site = |site: &Site| match site {
        Site::Model => json!("model"),
        Site::At(id) => json!(id),
    };
    let steps = found.steps.iter().map(|step| {
        json!({
            "controls": step.controls.iter().map(|(control, at)| json!({ "control": control, "at": site(at) })).collect::<Vec<_>>(),
            "days": step.days,
            "phi": step.phi,
            "peak": step.peak,
            "load": step.load,
            "eases": step.eases.iter().map(|(key, by)| json!({ "threat": key.to_string(), "by": by })).collect::<Vec<_>>(),
        })
    });
    let steps: Vec<Value> = steps.collect();
    format!("{:#}\n", json!({ "phi": found.phi, "peak": found.peak, "load": found.load, "steps": steps }))
}
