//! What could be done next.

use super::ranking::Aim;
use crate::library::Library;
use crate::model::{Id, Link, Site, ThreatModel};
use crate::risk::{Assessment, Finding, sensible_site, sensible_sites};
use std::collections::BTreeSet;

/// Threats below this score are nobody's first worry (the lower edge of Medium, methodology §9).
const WORTH: f64 = 6.0;
/// From this share of its strength a control counts as being there.
const THERE: f64 = 0.6;

/// Controls put in place together.
pub(super) type Candidate = Vec<(String, Site)>;

/// Single controls, in order, then bundles.
pub(super) fn candidates(model: &ThreatModel, library: &Library, assessment: &Assessment, aim: &Aim) -> Vec<Candidate> {
    let there: BTreeSet<(&str, &Site)> = model
        .instances
        .values()
        .filter(|instance| library.calibration.quality(instance) >= THERE)
        .flat_map(|instance| instance.at.iter().map(move |site| (instance.control.as_str(), site)))
        .collect();
    let is_free = |control: &str, site: &Site| !there.contains(&(control, site));
    let worth = aim.above.max(WORTH);
    let open = || assessment.findings.values().filter(move |f| f.counts() && f.current.score >= worth);
    let answers = |f: &Finding| {
        let listed = f.about.listed.iter().filter(|(_, link)| *link != Link::Weak);
        listed.map(|(control, _)| control.clone()).collect::<Vec<_>>()
    };
    let mut single: BTreeSet<(String, Site)> = BTreeSet::new();
    for finding in open() {
        for control in answers(finding) {
            if let Some(site) = sensible_site(model, library, finding, &control).filter(|site| is_free(&control, site)) {
                single.insert((control, site));
            }
        }
    }
    let mut all: Vec<Candidate> = single.into_iter().map(|one| vec![one]).collect();
    if aim.bundles {
        all.extend(bundles(model, library, &|| open().collect(), &is_free));
    }
    all
}

/// The same control on every route of a threat, which eases it only as a whole; and detection with somebody to respond.
fn bundles<'a>(
    model: &ThreatModel,
    library: &Library,
    open: &dyn Fn() -> Vec<&'a Finding>,
    is_free: &dyn Fn(&str, &Site) -> bool,
) -> BTreeSet<Candidate> {
    let mut found = BTreeSet::new();
    for finding in open().into_iter().filter(|f| f.bindings.len() > 1) {
        for (control, _) in finding.about.listed.iter().filter(|(_, link)| *link == Link::Primary) {
            let sites = sensible_sites(model, library, finding, control).into_iter().filter(|site| is_free(control, site));
            let bundle: Candidate = sites.map(|site| (control.clone(), site)).collect();
            if bundle.len() > 1 {
                found.insert(bundle);
            }
        }
    }
    let watch = ("C-MON-SIEM".to_owned(), Site::Model);
    let respond = ("C-MON-IR".to_owned(), Site::Model);
    let missing: Candidate = [watch, respond].into_iter().filter(|(control, site)| is_free(control, site)).collect();
    if missing.len() > 1 {
        found.insert(missing);
    }
    found
}

/// "what if 3": an id no record of a model has.
pub(super) fn scratch_id(model: &ThreatModel, n: usize) -> Id {
    let mut id = Id::from(format!("what if {n}"));
    while model.has_id(&id) {
        id = Id::from(format!("{id}'"));
    }
    id
}
