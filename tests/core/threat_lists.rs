//! Tools that keep threats more than pictures: pytm, Threat Composer, Threat Model Library, CycloneDX, tables.

use palisade::interchange::{Format, recognise};
use palisade::model::*;
use palisade::open::{Opened, open};
use serde_json::{Value, json};

fn read(text: &str, format: Format) -> Opened {
    assert_eq!(recognise(text.as_bytes()).unwrap().0, format, "{text}");
    let opened = open(text.as_bytes(), "untitled").unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(check(&opened.model), vec![]);
    opened
}

fn told(opened: &Opened, words: &str) {
    let told = opened.told().join("\n");
    assert!(told.contains(words), "{words}\n{told}");
}

fn pytm() -> Value {
    json!({
        "name": "Shop", "isOrdered": true, "assumptions": [{"name": "n", "description": "Nobody cheats"}],
        "boundaries": [{"name": "Net"}, {"name": "DMZ", "inBoundary": "Net"}],
        "data": [{"name": "Cards", "classification": "Classification.SECRET", "isPII": true, "carriedBy": ["Buy"]}],
        "elements": [
            {"__class__": "Actor", "name": "User", "inBoundary": "Net", "port": -1, "levels": [0], "minTLSVersion": "TLSVersion.NONE"},
            {"__class__": "Server", "name": "Web", "inBoundary": "Nowhere", "controls": {"validatesInput": true, "handlesCrashes": true}},
            {"__class__": "Datastore", "name": "DB", "type": "DatastoreType.SQL", "data": ["Cards"], "inScope": false, "controls": {"isEncrypted": true}},
            {"__class__": "Lambda", "name": "Web"}],
        "actors": [{"name": "User"}],
        "flows": [
            {"name": "Buy", "source": "User", "sink": "Web", "data": ["Cards"], "protocol": "HTTP", "tlsVersion": "TLSVersion.TLSv12", "order": 1},
            {"name": "Lost", "source": "Web", "sink": "Ghost"}],
        "findings": [
            {"id": "7", "target": "Web", "threat_id": "INP01", "description": "Overflow", "details": "Long", "severity": "Very High",
             "mitigations": "Use a language that manages memory. And more.", "response": "", "cvss": ""},
            {"id": "8", "target": "Buy", "threat_id": "DE01", "description": "Sniffing", "severity": "Low", "mitigations": "", "response": "accepted: fine"}],
        "excluded_findings": [{"id": "9", "target": "Gone", "description": "Old", "severity": "Odd", "assumption": {"name": "n"}}]
    })
}

#[test]
fn pytm_models_come_over_with_their_findings() {
    let opened = read(&pytm().to_string(), Format::Pytm);
    let m = &opened.model;
    assert_eq!((m.elements.len(), m.flows.len(), m.boundaries.len(), m.threats.len(), m.assumptions.len()), (4, 2, 2, 3, 1));
    assert_eq!(m.boundaries["DMZ"].parent, Some("Net".into()));
    let cards = &m.assets["Cards"];
    assert_eq!((cards.c, cards.kinds.contains(&AssetKind::PersonalData)), (3, true));
    let db = &m.elements["DB"];
    assert_eq!(
        (db.kind, db.tags.contains("sql"), db.holds.len(), db.out_of_scope.is_some()),
        (ElementKind::DataStore, true, 1, true)
    );
    assert!(m.elements["User"].extra.is_empty(), "defaults say nothing: {:?}", m.elements["User"].extra);
    let buy = &m.flows["Buy"];
    assert_eq!((buy.protocol, buy.bidirectional, buy.extra["pytm.tlsVersion"].as_str()), (Protocol::Https, false, "TLSv12"));
    let in_place: Vec<&str> =
        m.instances.values().filter(|i| i.status == ControlStatus::Implemented).map(|i| i.control.as_str()).collect();
    assert!(in_place.contains(&"C-APP-VALID") && in_place.contains(&"C-DAT-REST"), "{in_place:?}");
    let overflow = &m.threats["finding-7"];
    assert_eq!(overflow.severity_override.as_ref().unwrap().band, Band::Critical);
    assert_eq!((overflow.targets.clone(), overflow.controls.len()), ([Id::new("Web")].into(), 1));
    assert_eq!(m.decisions[&ThreatKey::new("finding-8", "Buy")].disposition, Disposition::Accept);
    for words in [
        "element “Web”: the boundary “Nowhere” it is in is not in the file",
        "element “Web”: its name is there before",
        "its control “handlesCrashes” is none of the library",
        "its sink “Ghost” is not in the file; that end is loose",
        "its target “Gone” is not in the file",
        "its severity “Odd” is not known",
    ] {
        told(&opened, words);
    }
}

#[test]
fn threat_composer_workspaces_keep_status_priority_and_links() {
    let file = json!({
        "schema": 1, "applicationInfo": {"name": "Car", "description": "**Drives**"}, "dataflow": {"image": "data:image/png;base64,AAAA"},
        "assumptions": [{"id": "a1", "content": "Keys are safe"}],
        "mitigations": [{"id": "m1", "content": "Sign updates", "status": "mitigationResolved"}, {"id": "m2", "content": "Pray", "status": "mitigationResolvedWillNotAction"}],
        "threats": [
            {"id": "t1", "numericId": 4, "threatSource": "thief", "prerequisites": "near the car", "threatAction": "replay the key", "threatImpact": "an open door",
             "impactedAssets": ["key"], "impactedGoal": ["integrity"], "status": "threatResolved", "tags": ["CWE-294"],
             "metadata": [{"key": "STRIDE", "value": ["S", "E"]}, {"key": "Priority", "value": "High"}, {"key": "custom:x", "value": "y"}]},
            {"id": "t2", "statement": "Something bad", "status": "threatResolvedNotUseful"}],
        "mitigationLinks": [{"mitigationId": "m1", "linkedId": "t1"}, {"mitigationId": "gone", "linkedId": "t2"}, {"mitigationId": "m1", "linkedId": "nothing"}],
        "assumptionLinks": [{"type": "Threat", "assumptionId": "a1", "linkedId": "t1"}]
    });
    let opened = read(&file.to_string(), Format::ThreatComposer);
    let m = &opened.model;
    assert_eq!(
        (m.info.name.as_str(), m.elements["system"].name.as_str(), m.threats.len(), m.controls.len()),
        ("Car", "Car", 2, 2)
    );
    let threat = &m.threats["t1"];
    assert_eq!(threat.categories, [Category::S, Category::E]);
    assert_eq!(threat.severity_override.as_ref().unwrap().band, Band::High);
    assert!(threat.description.starts_with(
        "thief near the car can replay the key, which leads to an open door, resulting in reduced integrity of key"
    ));
    assert!(threat.description.contains("Assumes: Keys are safe") && threat.controls.contains_key("m1"));
    let decision = |id: &str| &m.decisions[&ThreatKey::new(id, "system")];
    assert_eq!((decision("t1").disposition, decision("t1").number), (Disposition::Mitigate, Some(4)));
    assert_eq!(decision("t2").disposition, Disposition::NotApplicable);
    let status = |control: &str| m.instances.values().find(|i| i.control == control).unwrap().status;
    assert_eq!((status("m1"), status("m2")), (ControlStatus::Implemented, ControlStatus::Retired));
    for words in [
        "pictures are not carried over",
        "the mitigation “gone” linked to it is not in the file",
        "“nothing” that it answers is not in the file",
        "its “custom:x” has no counterpart",
        "its tags CWE-294 have no counterpart",
    ] {
        told(&opened, words);
    }
}

#[test]
fn the_threat_model_library_keeps_zones_personas_controls_and_risks() {
    let named = |name: &str| json!({"symbolic_name": name, "title": name.to_uppercase(), "description": "d"});
    let with = |name: &str, more: Value| {
        let mut object = named(name);
        object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        object
    };
    let file = json!({
        "version": "1.0", "description": "About", "scope": {"title": "Scope", "description": "About", "tier": "important"},
        "trust_zones": [named("in"), named("out")],
        "trust_boundaries": [{"trust_zone_a": "in", "trust_zone_b": "out", "authentication_methods": ["sso"]}],
        "actors": [with("ann", json!({"type": "administrator", "trust_zone": "out"})), with("bot", json!({"type": "system", "trust_zone": "public"}))],
        "components": [with("app", json!({"trust_zone": "in"})), with("part", json!({"trust_zone": "in", "parent_component": "app"}))],
        "data_stores": [with("db", json!({"type": "sql", "vendor": "V", "product": "P", "trust_zone": "in"}))],
        "data_sets": [with("people", json!({"placements": [{"data_store": "db", "encrypted": true}], "data_sensitivity": ["pii", "gov"], "record_count": 5}))],
        "data_flows": [with("f", json!({"source": {"type": "actor", "object": "ann"}, "destination": {"type": "component", "object": "app"}, "encrypted": true})),
                       with("g", json!({"source": {"object": "user"}, "destination": {"object": "db"}}))],
        "assumptions": [{"description": "True", "validity": "confirmed", "topics": ["app", "mars"]}],
        "threat_personas": [with("spy", json!({"is_person": true, "skill_level": "state_sponsored", "access_level": "anonymous", "malicious_intent": true}))],
        "threats": [with("t", json!({"event": "e", "components_affected": ["app", "ghost"], "weaknesses": [{"cwe_id": 79}]})), with("float", json!({}))],
        "controls": [with("c", json!({"threats": ["t"], "status": "active", "priority": "high"})), with("w", json!({"threats": ["float"], "status": "wont_do"}))],
        "risks": [with("r", json!({"threats": ["t"], "likelihood": "likely", "impact": "major", "score": 16, "level": "very_high"}))]
    });
    let opened = read(&file.to_string(), Format::ThreatModelLibrary);
    let m = &opened.model;
    assert_eq!((m.info.name.as_str(), m.info.description.as_str()), ("Scope", "About"));
    assert_eq!((m.elements["ann"].boundary.clone(), m.elements["part"].parent.clone()), (Some("out".into()), Some("app".into())));
    assert_eq!((m.elements["db"].tags.contains("sql"), m.elements["db"].holds.len()), (true, 1));
    assert_eq!((m.assets["people"].records, m.assets["people"].kinds.clone()), (Some(5), [AssetKind::PersonalData].into()));
    assert_eq!((m.flows["f"].protocol, m.flows["g"].from.clone()), (Protocol::Tls, None));
    assert_eq!((m.agents["spy"].capability, m.agents["spy"].kind), (5, AgentKind::NationState));
    let threat = &m.threats["t"];
    assert_eq!(threat.targets, [Id::new("app")].into());
    let rating = threat.severity_override.as_ref().unwrap();
    assert_eq!((rating.band, rating.score.as_str()), (Band::Critical, "16"));
    assert_eq!(m.decisions[&ThreatKey::new("t", "app")].disposition, Disposition::Mitigate);
    assert!(threat.controls.contains_key("c") && threat.extra["tmlibrary.weaknesses"].contains("79"));
    assert!(m.threats["float"].targets.is_empty());
    for words in [
        "its trust zone “public” is not in the file",
        "its source “user” is not in the file",
        "“ghost” that it affects is not in the file",
        "its sensitivity “gov” is no kind of asset here",
        "“mars” that it is about is no element",
        "the file does not say what it affects",
        "how it is crossed is kept as text with the zone",
    ] {
        told(&opened, words);
    }
}

#[test]
fn cyclonedx_drafts_come_over_and_plain_bills_of_materials_do_not() {
    let file = json!({
        "specFormat": "CycloneDX", "specVersion": "2.0",
        "blueprints": [{"bom-ref": "b", "name": "Bank", "zones": [{"bom-ref": "z", "name": "Zone", "type": "trust"}, {"bom-ref": "y", "name": "In", "type": "trust", "parent": "z"}],
            "boundaries": [{"bom-ref": "zy", "zones": ["z", "y"], "crossingRequirements": {"logging": true}}],
            "actors": [{"bom-ref": "act", "party": {"persona": {"archetype": "customer"}}, "zone": "z"}],
            "assets": [{"bom-ref": "svc", "type": "service", "name": "Service", "zone": "y"}, {"bom-ref": "st", "type": "data-store", "name": "Store", "zone": "nowhere"}],
            "flows": [{"bom-ref": "f", "name": "Login", "source": "act", "destination": "svc", "protocols": ["https"], "dataObjects": [{"name": "credentials"}]},
                      {"bom-ref": "g", "name": "Save", "source": "svc", "destination": "gone", "protocols": ["grpc", "amqp"], "encrypted": true}]}],
        "threats": {"threats": [{"bom-ref": "t", "name": "Theft", "categories": [{"taxonomy": "STRIDE", "category": "spoofing"}], "affectedAssets": ["svc", "x"], "mitigations": ["mfa"]}],
                    "attackTrees": [{"bom-ref": "at"}]},
        "risks": {"risks": [{"bom-ref": "r", "name": "Risk", "statement": "It happens", "relatedThreats": ["t"], "residualRisk": {"level": "high", "score": 7}, "status": "accepted"}]},
        "definitions": {"requirements": [{"bom-ref": "mfa", "name": "Require two factors"}]}
    });
    let opened = read(&file.to_string(), Format::CycloneDx);
    let m = &opened.model;
    assert_eq!((m.elements["act"].name.as_str(), m.elements["act"].boundary.clone()), ("customer", Some("z".into())));
    assert_eq!((m.boundaries["y"].parent.clone(), m.elements["st"].kind), (Some("z".into()), ElementKind::DataStore));
    assert_eq!(
        (m.flows["f"].protocol, m.flows["f"].assets.len(), m.flows["g"].protocol),
        (Protocol::Https, 1, Protocol::GrpcTls)
    );
    let threat = &m.threats["t"];
    assert_eq!(
        (threat.categories.as_slice(), threat.severity_override.as_ref().unwrap().band),
        ([Category::S].as_slice(), Band::High)
    );
    assert_eq!(m.decisions[&ThreatKey::new("t", "svc")].disposition, Disposition::Accept);
    assert!(m.controls.values().any(|c| c.name == "Require two factors"));
    for words in [
        "its zone “nowhere” is not in the file",
        "its destination “gone”",
        "“x” that it affects",
        "1 “attackTrees”: they are kept",
    ] {
        told(&opened, words);
    }
    let plain =
        open(br#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library"}]}"#, "x").unwrap_err().to_string();
    assert!(plain.contains("it lists components, but holds no blueprint, threats or risks"), "{plain}");
}

#[test]
fn tables_of_threats_find_their_columns_whatever_they_are_called() {
    let microsoft = "Id,Diagram,Changed By,State,Title,Category,Description,Justification,Interaction,Priority\n\
        7,Main,Ann,Mitigated,Sniffing,Information Disclosure,\"Somebody, listens\",TLS is on,Browser to Web,High\n\
        8,Main,Ann,Perhaps,,x,y,z,w,v\n";
    let opened = read(microsoft, Format::ThreatTable);
    let m = &opened.model;
    let (id, threat) = m.threats.iter().next().unwrap();
    assert_eq!(
        (threat.title.as_str(), threat.description.as_str(), threat.categories.as_slice()),
        ("Sniffing", "Somebody, listens", [Category::I].as_slice())
    );
    assert_eq!(m.flows["Browser to Web"].name, "Browser to Web", "an interaction is a flow");
    let decision = &m.decisions[&ThreatKey::new(id.clone(), "Browser to Web")];
    assert_eq!(
        (decision.disposition, decision.justification.as_str(), decision.number),
        (Disposition::Mitigate, "TLS is on", Some(7))
    );
    assert_eq!(threat.extra["table.Changed By"], "Ann");
    told(&opened, "line 3: it does not say what its threat is called");

    let own = "Threat;Component;STRIDE;Risk;CVSS;Mitigation;Status\nInjection;Order database;T, I;;9.1;Bind;wontfix\nFlood;Web | Order database;D;Low;;;\nOdd;;Q;Huge;;;Parked\n";
    let opened = read(own, Format::ThreatTable);
    let m = &opened.model;
    assert_eq!(m.elements["Order database"].kind, ElementKind::DataStore);
    let of = |title: &str| m.threats.values().find(|t| t.title == title).unwrap();
    assert_eq!(of("Injection").severity_override.as_ref().map(|s| (s.band, s.score.as_str())), Some((Band::Critical, "9.1")));
    assert_eq!(of("Injection").categories, [Category::T, Category::I]);
    assert_eq!(of("Flood").targets.len(), 2);
    assert_eq!(of("Odd").targets, [Id::new("system")].into());
    for words in [
        "its category “Q” is none",
        "its severity “Huge” is no level",
        "its status “Parked” is not known",
        "the table only names it",
    ] {
        told(&opened, words);
    }
}

#[test]
fn no_cut_and_no_value_of_the_wrong_kind_is_too_much() {
    fn paths(value: &Value, at: String, out: &mut Vec<String>) {
        out.push(at.clone());
        match value {
            Value::Object(o) => o.iter().for_each(|(k, v)| paths(v, format!("{at}/{}", k.replace('/', "~1")), out)),
            Value::Array(a) => a.iter().enumerate().for_each(|(i, v)| paths(v, format!("{at}/{i}"), out)),
            _ => {}
        }
    }
    let file = pytm();
    let mut all = Vec::new();
    paths(&file, String::new(), &mut all);
    for path in all.iter().filter(|p| !p.is_empty()) {
        for other in [Value::Null, true.into(), (-1e30).into(), "x".into(), json!([]), json!([[1], {"name": 5}]), json!({"x": 1})]
        {
            let mut copy = file.clone();
            *copy.pointer_mut(path).unwrap() = other;
            if let Ok(opened) = open(copy.to_string().as_bytes(), "x") {
                assert_eq!(check(&opened.model), vec![], "{path}");
            }
        }
    }
    let text = file.to_string();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(7) {
        assert!(open(&text.as_bytes()[..end], "x").is_err());
    }
}
