//! Where controls against a threat belong.

use super::finding::{AnchorKind, Binding, Finding};
use crate::model::{ControlSite, Site, ThreatModel};

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
