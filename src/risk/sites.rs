//! Where controls against a threat belong.

use super::finding::{AnchorKind, Binding, Finding};
use crate::model::{ControlSite, Id, Site, ThreatModel};
use std::collections::BTreeSet;

/// Where a control against this threat is naturally attached, on its worst route today.
pub fn natural_site(model: &ThreatModel, finding: &Finding, natural: ControlSite) -> Site {
    let anchor = finding.key.anchor.clone();
    let (flow, responder) = match finding.bindings.get(finding.worst) {
        Some(Binding::Flow { route, dst, .. }) => (route.first().cloned(), dst.clone()),
        _ => (None, None),
    };
    let element = if finding.anchor == AnchorKind::Element { Some(anchor.clone()) } else { responder };
    match natural {
        ControlSite::Model => Site::Model,
        ControlSite::Flow => Site::At(flow.unwrap_or(anchor)),
        ControlSite::Node => Site::At(element.unwrap_or(anchor)),
        ControlSite::Zone => {
            let zone = element.as_ref().and_then(|e| model.elements.get(e)).and_then(|e| e.boundary.clone());
            Site::At(if finding.anchor == AnchorKind::Boundary { anchor } else { zone.unwrap_or(anchor) })
        }
    }
}

/// Everywhere a control counts on the worst route of a threat: what helps elsewhere only is still to be attached.
pub fn sites_of(model: &ThreatModel, finding: &Finding) -> BTreeSet<Site> {
    let mut ids: BTreeSet<Id> = BTreeSet::from([finding.key.anchor.clone()]);
    match finding.bindings.get(finding.worst) {
        Some(Binding::Element(id) | Binding::Boundary(id)) => drop(ids.insert(id.clone())),
        Some(Binding::Flow { route, src, dst }) => {
            ids.extend(route.0.iter().cloned());
            ids.extend(src.iter().chain(dst).cloned());
        }
        None => {}
    }
    let zones: Vec<Id> = ids.iter().flat_map(|id| model.boundary_chain(id)).collect();
    ids.extend(zones);
    ids.into_iter().map(Site::At).chain([Site::Model]).collect()
}
