//! A shop with things its client must not read.

use super::shop::shop;
use palisade::edit::{Document, Edit};
use palisade::model::*;

/// What a client must not find, wherever it was written.
pub const SECRETS: &[&str] = &["Vault-9", "Ada", "Ada Lovelace", "Nightingale", "under the mat", "found on the intranet"];

/// The shop, its data store "Vault-9" and its people internal, their names all over the model.
pub fn secretive() -> ThreatModel {
    let mut model = shop();
    let named = |model: &mut ThreatModel, id: &str, name: &str| {
        if let Some(element) = model.elements.get_mut(&Id::new(id)) {
            element.name = name.into();
        }
    };
    named(&mut model, "db", "Vault-9");
    named(&mut model, "web", "Shop before VAULT-9");
    model.info.scope = "The shop of Ada, up to vault-9.".into();
    model.info.disclosure.words = ["Nightingale".into()].into();
    model.people.insert("bo".into(), Person { name: "Ada Lovelace".into(), ..Person::default() });
    if let Some(web) = model.elements.get_mut(&Id::new("web")) {
        web.description = "Talks to Vault-9 in project Nightingale, as Ada Lovelace said.".into();
        web.notes = "The key is under the mat, says Ada".into();
    }
    if let Some(flow) = model.flows.get_mut(&Id::new("f2")) {
        flow.name = "Records for Vault-9".into();
    }
    if let Some(asset) = model.assets.get_mut(&Id::new("cards")) {
        asset.description = "Nightingale cards".into();
    }
    if let Some(wall) = model.instances.get_mut(&Id::new("waf")) {
        wall.evidence.result = "Rules found on the intranet by Ada".into();
    }
    if let Some(diagram) = model.diagrams.get_mut(&Id::new("d")) {
        diagram.name = "Overview with Vault-9".into();
    }
    let threat = Threat {
        title: "Nightingale taps Vault-9".into(),
        description: "As Ada feared".into(),
        targets: [Id::new("db")].into(),
        ..Threat::default()
    };
    model.threats.insert("ada-fear".into(), threat);
    let accepted = Decision {
        disposition: Disposition::Accept,
        justification: "Ada Lovelace lives with it, Vault-9 goes".into(),
        approver: Some("ada".into()),
        ticket: "NIGHT-1234".into(),
        ..Decision::default()
    };
    model.decisions.insert(ThreatKey::new("ada-fear", "db"), accepted);
    hide(&mut model, "db");
    model
}

/// Makes an element internal.
pub fn hide(model: &mut ThreatModel, element: &str) {
    let mut document = Document::new(model.clone());
    let keys = [Key::Element(element.into())].into();
    document.commit(&Edit::Disclose { keys, to: Some(Visibility::Internal) }).unwrap();
    document.model().clone_into(model);
}
