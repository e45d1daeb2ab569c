//! Small shops: one with every kind of record for reports, one with a single way to its database for ratings.

use super::dsl::{Draft, model};
use palisade::geometry::{Rect, rect};
use palisade::model::*;
use std::collections::BTreeSet;

/// A small shop with a diagram and every kind of record.
pub fn shop() -> ThreatModel {
    let mut model = ThreatModel::default();
    model.info.name = "Corner shop".into();
    model.info.owner = "Ada".into();
    model.info.version = "1.0".into();
    model.info.classification = Some(Tlp::Amber);
    let name = |name: &str| name.to_owned();
    model
        .people
        .insert("ada".into(), Person { name: name("Ada"), roles: [palisade::model::Role::Owner].into(), ..Person::default() });
    model.boundaries.insert("net".into(), Boundary { name: name("Internet"), trust: Some(0), ..Boundary::default() });
    model.boundaries.insert("lan".into(), Boundary { name: name("Back office"), trust: Some(3), ..Boundary::default() });
    let inside = |b: &str| Some(Id::new(b));
    let mut put = |id: &str, kind, label: &str, b: &str| {
        model.elements.insert(id.into(), Element { name: name(label), kind, boundary: inside(b), ..Element::default() });
    };
    put("user", ElementKind::ExternalEntity, "Customer", "net");
    put("web", ElementKind::Process, "Web shop", "lan");
    put("db", ElementKind::DataStore, "Orders", "lan");
    let flow = |label: &str, from: &str, to: &str, assets: &[&str]| Flow {
        name: name(label),
        from: Some(from.into()),
        to: Some(to.into()),
        protocol: Protocol::Http,
        authn: Authn::NoAuth,
        assets: assets.iter().map(|a| Id::new(*a)).collect(),
        ..Flow::default()
    };
    model.flows.insert("f1".into(), flow("Browse and order", "user", "web", &["cards"]));
    model.flows.insert("f2".into(), flow("Order records", "web", "db", &["cards"]));
    let cards =
        Asset { name: name("Card numbers"), c: 4, i: 3, a: 2, kinds: [AssetKind::PaymentData].into(), ..Asset::default() };
    model.assets.insert("cards".into(), cards);
    let thief = ThreatAgent {
        name: name("Card thief"),
        starts: [Id::new("net")].into(),
        access: [AgentAccess::Remote].into(),
        ..ThreatAgent::default()
    };
    model.agents.insert("thief".into(), thief);
    let hole = Vulnerability {
        name: name("Old parser"),
        kind: VulnerabilityKind::MissingPatch,
        at: "web".into(),
        cwe: Some(1395),
        description: name("Two years behind"),
        evidence: String::new(),
        status: VulnerabilityStatus::Confirmed,
        threats: BTreeSet::new(),
        visibility: None,
    };
    model.vulnerabilities.insert("hole".into(), hole);
    model.assumptions.insert("a1".into(), Assumption { text: name("The building is locked at night"), ..Assumption::default() });
    let wall = ControlInstance {
        control: name("C-NET-WAF"),
        at: [Site::At("lan".into())].into(),
        status: ControlStatus::Implemented,
        coverage: 1.0,
        evidence: Evidence::default(),
        owner: Some("ada".into()),
        due: None,
        cost: None,
        notes: String::new(),
        visibility: None,
    };
    model.instances.insert("waf".into(), wall);
    draw(&mut model);
    model
}

/// Puts every boundary, element and flow on one diagram, in rows.
pub fn draw(model: &mut ThreatModel) {
    model.diagrams.insert("d".into(), Diagram { name: "Overview".into(), ..Diagram::default() });
    let mut place = |item: &Id, at: Rect| {
        model.placements.insert(PlacementKey::new("d", item.clone()), Placement::Box(at));
    };
    for (n, (id, element)) in model.elements.iter().enumerate() {
        let row = model.boundaries.keys().position(|b| Some(b) == element.boundary.as_ref()).unwrap_or(0);
        place(id, rect(60.0 + 240.0 * n as f32, 80.0 + 200.0 * row as f32, 130.0, 56.0));
    }
    for (n, id) in model.boundaries.keys().enumerate() {
        place(id, rect(20.0, 30.0 + 200.0 * n as f32, 260.0 * model.elements.len() as f32, 150.0));
    }
    for id in model.flows.keys() {
        model.placements.insert(PlacementKey::new("d", id.clone()), Placement::Route(Route::default()));
    }
}

/// A customer on the Internet and a web application in the cloud that keeps orders of this value in an SQL database.
pub fn small_shop(orders: [u8; 3]) -> Draft {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Cloud", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .inside("Cloud")
        .tagged("web-app")
        .store("DB")
        .inside("Cloud")
        .tagged("sql")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .asset("Orders", orders)
        .kept_in("DB")
}

/// Criminals on the Internet.
pub fn criminals(model: &mut ThreatModel) {
    let access = [AgentAccess::Remote].into();
    let agent = ThreatAgent { name: "Crime".into(), capability: 4, intent: 4, access, ..ThreatAgent::default() };
    model.agents.insert("crime".into(), agent);
}
