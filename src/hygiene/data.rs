//! Checks of what is worth protecting, who attacks, and what elements are made of.

use super::survey::Survey;
use super::{Check, Problem};
use crate::model::{Dimension, ElementKind, Fact, Id, Site, Tri};
use std::collections::BTreeSet;

/// Confidentiality or integrity from which a value wants a reason.
const SENSITIVE: u8 = 3;

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    if survey.model.elements.is_empty() {
        return;
    }
    assets(survey, found);
    agents(survey, found);
    elements(survey, found);
    let empty = survey.flows().filter(|(_, flow, _)| flow.assets.is_empty());
    found.extend(empty.map(|(id, ..)| Problem::new(Check::EmptyFlow, id, format!("{} carries no data", survey.name(id)))));
    let carried: BTreeSet<&Id> = survey.flows().flat_map(|(_, flow, _)| &flow.assets).collect();
    for (id, asset) in carried.into_iter().filter_map(|id| survey.model.assets.get_key_value(id)) {
        if asset.c.max(asset.i) >= SENSITIVE && asset.reason.trim().is_empty() {
            let message = format!("Why is {} worth {}?", survey.name(id), asset.c.max(asset.i));
            found.push(Problem::new(Check::Unreasoned, id, message));
        }
    }
}

fn assets(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let model = survey.model;
    if survey.value(model.assets.keys(), Dimension::ALL).unwrap_or(0) < 3 {
        found.push(Problem::of_model(Check::NoValue, "No asset has a value of 3 or more"));
    }
    let kept = model.elements.values().flat_map(|e| &e.holds).chain(model.flows.values().flat_map(|f| &f.assets));
    let used: BTreeSet<&Id> = kept.collect();
    let idle = model.assets.keys().filter(|id| !used.contains(id));
    found.extend(idle.map(|id| {
        let message = format!("{} is neither kept nor carried anywhere", survey.name(id));
        Problem::new(Check::IdleAsset, id, message)
    }));
}

fn agents(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let active = || survey.model.agents.iter().filter(|(_, agent)| agent.active);
    if active().next().is_none() {
        found.push(Problem::of_model(Check::NoAgent, "There is no active threat agent"));
    }
    for (id, agent) in active() {
        if agent.starts.is_empty() {
            let message = format!("{} does not start anywhere", survey.name(id));
            found.push(Problem::new(Check::AgentWithoutStart, id, message));
            continue;
        }
        let leads_on = |start: &Id| {
            let members = survey.model.elements.keys().filter(|e| survey.model.boundaries_around(e).contains(start));
            let mut places = members.chain(std::iter::once(start));
            places.any(|e| survey.leaving.contains_key(e) || survey.entering.contains_key(e))
        };
        if !agent.starts.iter().any(leads_on) {
            let message = format!("No flow leads on from where {} starts", survey.name(id));
            found.push(Problem::new(Check::AgentReachesNothing, id, message));
        }
    }
}

fn elements(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    for (id, element) in survey.elements() {
        let name = survey.name(id);
        if element.kind == ElementKind::DataStore && element.holds.is_empty() {
            found.push(Problem::new(Check::EmptyStore, id, format!("What does {name} hold?")));
        }
        if element.tags.is_empty() {
            found.push(Problem::new(Check::Untagged, id, format!("What is {name} made of?")));
        }
        let says = element.facts.get(&Fact::Unsupported).copied();
        if says.unwrap_or_else(|| survey.library.tags.fact(&element.tags, Fact::Unsupported)) == Tri::Yes {
            // Kept apart for itself; a segment it shares with others is no answer.
            let own = Site::At(id.clone());
            let mut over = survey.controls_over(id).filter(|(_, i)| i.control == "C-NET-SEG" && i.at.contains(&own));
            let is_handled = over.any(|(_, i)| i.status.is_in_force());
            if !is_handled {
                found.push(Problem::new(Check::Unsupported, id, format!("{name} is out of vendor support")));
            }
        }
        let around = || survey.model.boundary_chain(id);
        let is_owned = || around().iter().any(|b| survey.model.boundaries.get(b).is_some_and(|b| b.owner.is_some()));
        if element.kind != ElementKind::ExternalEntity && element.owner.is_none() && !is_owned() {
            found.push(Problem::new(Check::NoOwner, id, format!("Nobody owns {name}")));
        }
    }
}
