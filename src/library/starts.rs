//! Threat agents made from their presets, starting where such agents start in this model.

use super::{AgentPreset, Library, StartsFrom};
use crate::model::{BoundaryKind, Element, ElementKind, Fact, Id, ThreatAgent, ThreatModel, Tri};
use std::collections::BTreeSet;

impl Library {
    /// An agent of this kind for a model, with the starts that are found in it; without any when nothing fits.
    pub fn agent(&self, model: &ThreatModel, preset: &AgentPreset) -> ThreatAgent {
        ThreatAgent {
            name: preset.name.clone(),
            kind: preset.kind,
            capability: preset.capability,
            intent: preset.intent,
            access: preset.access.clone(),
            starts: self.starts(model, preset.starts),
            description: preset.motive.clone(),
            ..ThreatAgent::default()
        }
    }

    /// Elements and boundaries that agents of this sort start from.
    pub fn starts(&self, model: &ThreatModel, from: StartsFrom) -> BTreeSet<Id> {
        match from {
            StartsFrom::Outside => outside(model),
            StartsFrom::Staff => self.staff(model),
            StartsFrom::Suppliers => self.suppliers(model),
            StartsFrom::OutsideAndSuppliers => outside(model).into_iter().chain(self.suppliers(model)).collect(),
            StartsFrom::Devices => self.devices(model),
        }
    }

    /// People who work for the owner of the system; else everybody who sits where the trust is.
    fn staff(&self, model: &ThreatModel) -> BTreeSet<Id> {
        let is_staff = |e: &Element| ["staff", "administrator", "developer"].iter().any(|t| self.tags.any_is(&e.tags, t));
        let named = entities(model, is_staff);
        if !named.is_empty() {
            return named;
        }
        let inside = |e: &Element| e.boundary.as_ref().and_then(|b| model.boundaries.get(b)?.trust).is_some_and(|t| t >= 2);
        entities(model, |e| inside(e) && !self.tags.any_is(&e.tags, "partner-system") && !self.tags.any_is(&e.tags, "saas"))
    }

    fn suppliers(&self, model: &ThreatModel) -> BTreeSet<Id> {
        const THEIRS: &[&str] = &["partner-system", "payment-provider", "saas", "open-source-registry", "model-hub"];
        let is_theirs = |e: &Element| {
            e.facts.get(&Fact::ThirdParty) == Some(&Tri::Yes) || THEIRS.iter().any(|t| self.tags.any_is(&e.tags, t))
        };
        let found = model.elements.iter().filter(|(_, e)| e.out_of_scope.is_none() && is_theirs(e));
        found.map(|(id, _)| id.clone()).collect()
    }

    fn devices(&self, model: &ThreatModel) -> BTreeSet<Id> {
        let is_place = |kind: BoundaryKind| matches!(kind, BoundaryKind::Device | BoundaryKind::Physical);
        let places = model.boundaries.iter().filter(|(_, b)| is_place(b.kind)).map(|(id, _)| id.clone());
        let is_device = |e: &Element| {
            ["device", "mobile-app", "removable-media"].iter().any(|t| self.tags.any_is(&e.tags, t))
                || e.facts.get(&Fact::Physical) == Some(&Tri::Yes)
        };
        let places: BTreeSet<Id> = places.collect();
        if !places.is_empty() {
            return places;
        }
        model.elements.iter().filter(|(_, e)| is_device(e)).map(|(id, _)| id.clone()).collect()
    }
}

/// Where strangers come from: the least trusted boundary with flows out of it, else an external entity, else anything
/// that is connected.
fn outside(model: &ThreatModel) -> BTreeSet<Id> {
    let connected: BTreeSet<&Id> = model.flows.values().flat_map(|f| f.from.iter().chain(&f.to)).collect();
    let homes = model.elements.iter().filter(|(id, _)| connected.contains(id)).filter_map(|(_, e)| e.boundary.as_ref());
    let by_trust = homes.filter_map(|b| Some((model.boundaries.get(b)?.trust?, b)));
    let outsiders = model.elements.iter().filter(|(_, e)| e.kind == ElementKind::ExternalEntity);
    let outsider = || outsiders.map(|(id, _)| id).find(|id| connected.contains(id));
    let start = by_trust.min().map(|(_, b)| b).or_else(outsider).or_else(|| connected.first().copied());
    start.cloned().into_iter().collect()
}

fn entities(model: &ThreatModel, wanted: impl Fn(&Element) -> bool) -> BTreeSet<Id> {
    let all = model.elements.iter().filter(|(_, e)| e.kind == ElementKind::ExternalEntity && wanted(e));
    all.map(|(id, _)| id.clone()).collect()
}
