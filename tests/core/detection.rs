//! What names, notes and neighbours say about things, and what is proposed of it.

use palisade::detect::{Confidence, Detector, Lexicon, Suggestion, accept, decline};
use palisade::edit::Document;
use palisade::library::Library;
use palisade::model::*;
use palisade::storage::Encoding;
use std::collections::BTreeSet;

fn spelled(model: &ThreatModel, id: &str) -> Vec<String> {
    let proposals = Detector::new(model, Library::builtin()).about(&Id::new(id));
    proposals.iter().map(|p| format!("{} {}", p.what.spelled(), p.confidence.label())).collect()
}

fn with_element(element: Element) -> ThreatModel {
    ThreatModel { elements: [(Id::new("e"), element)].into(), ..ThreatModel::default() }
}

/// What is proposed for a fresh process of this name.
fn named(name: &str) -> String {
    spelled(&with_element(Element { name: name.into(), ..Element::default() }), "e").join(", ")
}

fn flow(name: &str, from: &str, to: &str) -> Flow {
    Flow { name: name.into(), from: Some(Id::new(from)), to: Some(Id::new(to)), ..Flow::default() }
}

#[test]
fn names_say_what_things_are_in_four_languages() {
    for (name, expected) in [
        ("Postgres", "kind:DataStore High, tag:sql High"),
        ("S3 bucket", "kind:DataStore High, tag:object-store High, tag:cloud Medium"),
        ("Anmeldeseite", "tag:web-app High"),
        ("Kunden-DB", "kind:DataStore High, tag:database High, data:PersonalData Medium"),
        ("Kundendatenbank", "kind:DataStore High, tag:database High, data:PersonalData Medium"),
        ("Base de données clients", "kind:DataStore High, tag:database High"),
        ("Base de datos de clientes", "kind:DataStore High, tag:database High, data:PersonalData Medium"),
        ("LLM agent", "tag:llm-agent High"),
        ("nginx", "tag:reverse-proxy High"),
        ("Kafka topic", "kind:DataStore High, tag:queue High"),
        ("Stripe", "kind:ExternalEntity High, tag:payment-provider High"),
        ("Buchungsdatenbank", "kind:DataStore High, tag:database High, data:BusinessData Medium"),
        ("Serveur web", "tag:web-app High"),
        ("Servicio de autenticación", "tag:identity-provider High"),
    ] {
        assert_eq!(named(name), expected, "{name}");
    }
}

#[test]
fn a_word_counts_where_it_is_what_the_name_is_about() {
    for (name, never) in [
        ("Database service", "kind:"),
        ("User service", "kind:"),
        ("Postgres proxy", "sql"),
        ("Kafka consumer", "queue"),
        ("Service for customers", "kind:"),
        ("Customer portal", "kind:"),
        ("File upload handler", "kind:"),
        ("Log parser", "kind:"),
        ("observer", "server"),
        ("Backup job", "kind:"),
        ("Cache warmer service", "kind:"),
    ] {
        assert!(!named(name).contains(never), "{name}: {}", named(name));
    }
    // The machine it runs on does not make it another thing; a stranger after it makes it less sure.
    assert_eq!(named("Redis server"), "kind:DataStore Medium, tag:cache Medium");
    assert_eq!(named("Postgres exporter"), "");
}

#[test]
fn what_is_denied_is_not_there() {
    assert_eq!(named("NoSQL database"), "kind:DataStore High, tag:nosql High");
    let told = |description: &str| {
        let element = Element { name: "Thing".into(), description: description.into(), ..Element::default() };
        spelled(&with_element(element), "e").join(", ")
    };
    assert_eq!(told("has no database"), "");
    assert_eq!(told("works without Postgres or Redis"), "");
    assert_eq!(told("kommt ohne Datenbank aus"), "");
    assert_eq!(told("keeps everything in Postgres"), "kind:DataStore Low, tag:sql Low");
    assert_eq!(told("no cache, PostgreSQL 14"), "kind:DataStore Low, tag:sql Low");
}

#[test]
fn ambiguous_words_are_hints_only() {
    for name in ["Agent", "Oracle", "Index"] {
        let proposals = named(name);
        assert!(!proposals.contains("High") && !proposals.contains("Medium"), "{name}: {proposals}");
    }
}

#[test]
fn neighbours_say_what_a_plain_name_does_not() {
    let mut model = with_element(Element { name: "Orders".into(), ..Element::default() });
    for n in ["web", "job"] {
        model.elements.insert(Id::new(n), Element { name: n.into(), ..Element::default() });
    }
    let sql = |from: &str| Flow { protocol: Protocol::Sql, ..flow("", from, "e") };
    model.flows.insert(Id::new("f1"), sql("web"));
    assert_eq!(spelled(&model, "e"), ["kind:DataStore Low", "tag:sql Low"]);
    model.flows.insert(Id::new("f2"), sql("job"));
    let proposals = Detector::new(&model, Library::builtin()).about(&Id::new("e"));
    assert_eq!(proposals[0].reasons, ["2 neighbours speak SQL to it"]);
    assert_eq!(proposals[0].confidence, Confidence::Medium);
    // A name that says it works outweighs them.
    model.elements.get_mut("e").unwrap().name = "Order service".into();
    assert_eq!(spelled(&model, "e"), Vec::<String>::new());
}

#[test]
fn flows_are_read_by_their_name_and_their_ends() {
    let element = |name: &str| Element { name: name.into(), ..Element::default() };
    let mut model = with_element(element("Orders service"));
    model.elements.insert(Id::new("db"), element("Postgres"));
    model.elements.insert(Id::new("page"), element("Web portal"));
    model.elements.insert(Id::new("who"), element("Customer"));
    for (id, flow) in [
        ("plain", flow("", "e", "db")),
        ("sure", flow("Store order over TLS (SQL)", "e", "db")),
        ("https", flow("HTTPS", "who", "page")),
        ("login", flow("login with username and password", "who", "page")),
        ("key", flow("gRPC, mTLS", "page", "e")),
        ("ble", flow("Bluetooth LE", "who", "page")),
    ] {
        model.flows.insert(Id::new(id), flow);
    }
    assert_eq!(spelled(&model, "plain"), ["protocol:Sql Medium"]);
    assert!(spelled(&model, "sure").contains(&"protocol:SqlTls Medium".to_owned()), "{:?}", spelled(&model, "sure"));
    assert_eq!(spelled(&model, "https"), ["protocol:Https High"]);
    let login = spelled(&model, "login");
    assert!(
        login.contains(&"authn:Password Medium".to_owned()) && login.iter().any(|p| p.starts_with("data:Credentials")),
        "{login:?}"
    );
    assert!(spelled(&model, "key").contains(&"authn:MutualTls High".to_owned()));
    assert!(spelled(&model, "ble").contains(&"channel:Bluetooth Medium".to_owned()));
}

#[test]
fn boundaries_are_read_by_their_name() {
    let boundary = |name: &str| {
        let boundary = Boundary { name: name.into(), ..Boundary::default() };
        let model = ThreatModel { boundaries: [(Id::new("b"), boundary)].into(), ..ThreatModel::default() };
        spelled(&model, "b").join(", ")
    };
    assert_eq!(boundary("Internet"), "boundary:Internet High, trust:0 High");
    assert_eq!(boundary("DMZ"), "trust:2 High");
    assert_eq!(boundary("Internal AWS VPC"), "boundary:Cloud High, trust:3 High");
    assert_eq!(boundary("Office"), "boundary:Organisation High, trust:3 High");
    assert_eq!(boundary("Data Center (Restricted)"), "boundary:Physical High, trust:4 Medium");
    assert_eq!(boundary("Firmennetz"), "boundary:Organisation High, trust:3 High");
}

#[test]
fn nothing_stated_is_proposed() {
    let element = Element {
        name: "Customer Postgres".into(),
        kind: ElementKind::DataStore,
        tags: ["sql".to_owned()].into(),
        holds: [Id::new("a")].into(),
        ..Element::default()
    };
    let mut model = with_element(element);
    let asset = Asset { name: "Customers".into(), kinds: [AssetKind::PersonalData].into(), ..Asset::default() };
    model.assets.insert(Id::new("a"), asset);
    assert_eq!(spelled(&model, "e"), Vec::<String>::new());
    // A more special tag than what is stated is something new; data that is there already is proposed by its name.
    let element = model.elements.get_mut("e").unwrap();
    (element.tags, element.holds) = (["database".to_owned()].into(), BTreeSet::new());
    assert_eq!(spelled(&model, "e"), ["tag:sql High", "data:a High"]);
}

#[test]
fn accepting_is_one_step_and_declining_is_remembered() {
    let model = with_element(Element { name: "Customer Postgres".into(), ..Element::default() });
    let before = Encoding::Ron.write(&model).unwrap();
    let mut document = Document::new(model);
    let mut ids = IdSource::seeded(7);
    let proposals = Detector::new(document.model(), Library::builtin()).all();
    let edit = accept(document.model(), &proposals, &mut || ids.fresh());
    assert!(document.commit(&edit).unwrap());
    let element = &document.model().elements["e"];
    assert_eq!(element.kind, ElementKind::DataStore);
    assert!(element.tags.contains("sql"));
    let held = &document.model().assets[element.holds.first().unwrap()];
    assert!(held.kinds.contains(&AssetKind::PersonalData));
    assert_eq!(spelled(document.model(), "e"), Vec::<String>::new());
    assert!(document.undo());
    assert_eq!(Encoding::Ron.write(document.model()).unwrap(), before, "one undo, to the byte");

    let kind = proposals.iter().filter(|p| matches!(p.what, Suggestion::Tag(_))).cloned().collect::<Vec<_>>();
    assert!(document.commit(&decline(document.model(), &kind)).unwrap());
    assert!(!spelled(document.model(), "e").iter().any(|p| p.starts_with("tag:")));
    let text = Encoding::Ron.write(document.model()).unwrap();
    let read = palisade::open::open(text.as_bytes(), "x").unwrap().model;
    assert_eq!(spelled(&read, "e"), spelled(document.model(), "e"), "it is kept in the file");
    assert!(document.undo());
    assert_eq!(Encoding::Ron.write(document.model()).unwrap(), before);
}

#[test]
fn the_built_in_lexicon_loads() {
    let fault = Lexicon::parse(include_str!("../../assets/library/lexicon.ron")).err();
    assert_eq!(fault.map(|e| e.to_string()), None);
}

#[test]
fn what_is_no_sql_database_is_not_spoken_to_over_sql() {
    let about = |store: &str| {
        let store = Element { name: store.into(), kind: ElementKind::DataStore, ..Element::default() };
        let service = Element { name: "Service".into(), ..Element::default() };
        let elements = [(Id::new("s"), store), (Id::new("p"), service)].into();
        let flows = [(Id::new("f"), flow("", "p", "s"))].into();
        spelled(&ThreatModel { elements, flows, ..ThreatModel::default() }, "f").join(", ")
    };
    assert!(about("Orders database").contains("protocol:Sql"), "{}", about("Orders database"));
    for store in ["Redis cache", "MongoDB", "Elasticsearch"] {
        assert!(!about(store).contains("protocol:Sql"), "{store}: {}", about(store));
    }
}
