//! Where controls against a threat belong.

use super::finding::{AnchorKind, Binding, Finding};
use crate::library::{Library, Reach};
use crate::model::{ControlSite, ElementKind, Id, Layer, Site, ThreatModel};
use std::collections::BTreeSet;

/// Controls of what a store holds: they make sense at stores only.
const OF_STORES: &[&str] =
    &["C-DAT-REST", "C-DAT-ACL", "C-DAT-BACKUP", "C-DAT-INTEG", "C-DAT-WORM", "C-DAT-DISPOSE", "C-DAT-RETAIN", "C-IAM-HASH"];

/// Those of them that go to the store a threat is anchored at, wherever the route leads.
const AT_THE_STORE: &[&str] = &["C-DAT-REST", "C-DAT-ACL", "C-DAT-FIELD", "C-DAT-BACKUP", "C-DAT-INTEG", "C-DAT-WORM"];

/// What parties outside can be asked for: to prove who they are.
const OF_OUTSIDERS: &[&str] = &["C-IAM-MFA", "C-IAM-PHISHRES"];

/// Where a control against this threat is naturally attached, on its worst route today; the anchor where it has no natural
/// place there.
pub fn natural_site(model: &ThreatModel, library: &Library, finding: &Finding, control: &str) -> Site {
    sensible_site(model, library, finding, control).unwrap_or_else(|| Site::At(finding.key.anchor.clone()))
}

/// The natural place of a control on the worst route, if there is one and the control makes sense there.
pub fn sensible_site(model: &ThreatModel, library: &Library, finding: &Finding, control: &str) -> Option<Site> {
    site_for(model, library, finding, finding.bindings.get(finding.worst..)?, control)
}

/// The same on another of its routes, by number.
pub fn sensible_site_on(model: &ThreatModel, library: &Library, finding: &Finding, route: usize, control: &str) -> Option<Site> {
    site_for(model, library, finding, finding.bindings.get(route..)?, control)
}

/// The natural places of a control on every route of a threat.
pub fn sensible_sites(model: &ThreatModel, library: &Library, finding: &Finding, control: &str) -> Vec<Site> {
    let sites =
        (0..finding.bindings.len()).filter_map(|n| site_for(model, library, finding, finding.bindings.get(n..)?, control));
    let mut sites: Vec<Site> = sites.collect();
    sites.sort();
    sites.dedup();
    sites
}

/// For the first of these routes.
fn site_for(model: &ThreatModel, library: &Library, finding: &Finding, routes: &[Binding], control: &str) -> Option<Site> {
    let definition = library.control(model, control)?;
    let reaches_into = library.rule(finding.key.rule.as_str()).is_some_and(|(_, rule)| rule.reach == Reach::Into);
    let route = Route::of(routes.first()?, reaches_into);
    let is_store = |id: &Id| model.elements.get(id).is_some_and(|e| e.kind == ElementKind::DataStore);
    let at = match definition.site {
        ControlSite::Model => return Some(Site::Model),
        ControlSite::Flow => route.flow?,
        ControlSite::Zone => match route.zone {
            Some(zone) => zone,
            None => model.elements.get(&route.responder?)?.boundary.clone()?,
        },
        ControlSite::Node if AT_THE_STORE.contains(&control) && finding.anchor == AnchorKind::Element => {
            finding.key.anchor.clone()
        }
        ControlSite::Node => route.answerable?,
    };
    if OF_STORES.contains(&control) && !is_store(&at) {
        return None;
    }
    let is_outsider = model.elements.get(&at).is_some_and(|e| e.kind == ElementKind::ExternalEntity);
    let fits = !is_outsider || definition.layer == Layer::UserInterface || OF_OUTSIDERS.contains(&control);
    fits.then_some(Site::At(at))
}

/// What a route offers to attach to.
#[derive(Default)]
struct Route {
    flow: Option<Id>,
    zone: Option<Id>,
    responder: Option<Id>,
    /// The element that could do something about it: the one content travels from, else the one it happens to.
    answerable: Option<Id>,
}

impl Route {
    fn of(binding: &Binding, reaches_into: bool) -> Route {
        match binding {
            Binding::Boundary(zone) => Route { zone: Some(zone.clone()), ..Route::default() },
            Binding::Element(id) => Route { responder: Some(id.clone()), answerable: Some(id.clone()), ..Route::default() },
            Binding::Flow { route, src, dst } => Route {
                // Through gateways no single flow is the place.
                flow: route.first().filter(|_| route.legs().len() == 1).cloned(),
                zone: None,
                responder: dst.clone(),
                answerable: if reaches_into { src.clone() } else { dst.clone() },
            },
        }
    }
}

/// Everywhere a control counts on the worst route of a threat: what helps elsewhere only is still to be attached.
pub fn sites_of(model: &ThreatModel, finding: &Finding) -> BTreeSet<Site> {
    let mut ids: BTreeSet<Id> = BTreeSet::from([finding.key.anchor.clone()]);
    match finding.bindings.get(finding.worst) {
        Some(Binding::Element(id) | Binding::Boundary(id)) => drop(ids.insert(id.clone())),
        Some(Binding::Flow { route, src, dst }) => {
            ids.extend(route.legs().iter().cloned());
            ids.extend(src.iter().chain(dst).cloned());
        }
        None => {}
    }
    let zones: Vec<Id> = ids.iter().flat_map(|id| model.boundary_chain(id)).collect();
    ids.extend(zones);
    ids.into_iter().map(Site::At).chain([Site::Model]).collect()
}
