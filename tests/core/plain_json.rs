//! The plain model JSON: lenient about what is missing, exact about what is wrong.

use palisade::interchange::{ImportError, LossKind, plain_json};
use palisade::model::*;

fn read(text: &str) -> ThreatModel {
    let import = plain_json::read(text).unwrap();
    assert_eq!(import.losses, [], "something was lost");
    assert_eq!(check(&import.model), []);
    import.model
}

#[test]
fn a_model_with_the_least_of_fields_is_read() {
    let model = read(
        r#"{"nodes": [{"id": "a", "kind": "External"}, {"id": "b", "kind": "Store"}], "flows": [{"id": "f", "src": "a", "dst": "b"}]}"#,
    );
    assert_eq!(model.elements["a"].kind, ElementKind::ExternalEntity);
    let flow = &model.flows["f"];
    assert_eq!((flow.from.as_ref(), flow.to.as_ref()), (Some(&"a".into()), Some(&"b".into())));
    assert_eq!((flow.protocol, flow.authn, flow.channel), (Protocol::Unknown, Authn::Unknown, Channel::Unknown));
    assert_eq!((flow.bidirectional, flow.initiator), (true, Initiator::Source));
    assert_eq!(read("{}").elements.len(), 0);
}

#[test]
fn every_field_arrives() {
    let model = read(
        r#"{"id": "m", "name": "Shop", "scope": "All of it",
        "boundaries": [{"id": "in", "name": "Inside", "kind": "Cloud", "trust": 3, "parent": null, "region": "EU"}],
        "assets": [{"id": "pii", "name": "People", "kinds": ["PersonalData"], "C": 4, "I": 3, "A": 2, "P": 1, "S": null, "records": 7}],
        "nodes": [{"id": "web", "kind": "Process", "name": "Web", "tags": ["web-app"], "boundary": "in", "holds": ["pii"],
          "caps": {"ParsesXml": false, "ServesHtml": true, "SendsMail": null}, "facts": {"MultiTenant": true}, "in_scope": false, "colour": "red"}],
        "flows": [{"id": "f", "src": "web", "dst": "web", "name": "Self", "protocol": "Https", "authn": "Mfa", "channel": "Wired",
          "assets": ["pii"], "bidi": false, "initiator": "Dst"}],
        "agents": [{"id": "crime", "name": "Crime", "capability": 4, "intent": 5, "access": ["Remote"], "starts": ["in"], "active": false}],
        "controls": [{"control": "C-NET-TLS", "at": "f", "impl": "Partial", "evidence": "Tested", "coverage": 0.5},
          {"control": "C-NET-WAF", "at": "in", "impl": "Absent"}, {"control": "C-MON-SIEM", "at": "model"}]}"#,
    );
    assert_eq!((model.info.name.as_str(), model.info.scope.as_str()), ("Shop", "All of it"));
    let boundary = &model.boundaries["in"];
    assert_eq!((boundary.kind, boundary.trust, boundary.region.as_deref()), (BoundaryKind::Cloud, Some(3), Some("EU")));
    let asset = &model.assets["pii"];
    assert_eq!((asset.c, asset.i, asset.a, asset.p, asset.s, asset.records), (4, 3, 2, Some(1), None, Some(7)));
    let web = &model.elements["web"];
    assert_eq!(web.capabilities[&Capability::ServesHtml], Tri::Yes);
    assert_eq!(web.capabilities[&Capability::ParsesXml], Tri::No);
    assert_eq!(web.capabilities[&Capability::SendsMail], Tri::Unknown);
    assert_eq!((web.facts[&Fact::MultiTenant], web.boundary.as_ref()), (Tri::Yes, Some(&"in".into())));
    assert!(web.out_of_scope.is_some() && web.holds.contains("pii") && web.tags.contains("web-app"));
    assert_eq!(web.extra["plain_json/colour"], "\"red\"");
    let flow = &model.flows["f"];
    assert_eq!((flow.bidirectional, flow.initiator, flow.authn), (false, Initiator::Destination, Authn::Mfa));
    let agent = &model.agents["crime"];
    assert_eq!((agent.capability, agent.intent, agent.active, agent.starts.len()), (4, 5, false, 1));
    let of = |id: &str| &model.instances[id];
    assert_eq!((of("ctl-1").status, of("ctl-1").coverage), (ControlStatus::Partial, 0.5));
    assert_eq!((of("ctl-1").evidence.level, of("ctl-2").status), (EvidenceLevel::Tested, ControlStatus::Proposed));
    assert_eq!((of("ctl-3").status, of("ctl-3").at.first()), (ControlStatus::Implemented, Some(&Site::Model)));
}

#[test]
fn what_is_wrong_in_structure_is_refused_with_its_place() {
    let cases = [
        (r#"{"nodes": 3}"#, "nodes should be a list"),
        (r#"{"nodes": [{"id": "a", "kind": "Store"}, 7]}"#, "nodes[1] should be an object"),
        (r#"{"nodes": [{"kind": "Store"}]}"#, "nodes[0].id should be a text"),
        (r#"{"nodes": [{"id": "a"}]}"#, "nodes[0].kind should be External, Process or Store"),
        (r#"{"nodes": [{"id": "a", "kind": "Cloud"}]}"#, "nodes[0].kind should be External, Process or Store"),
        (r#"{"nodes": [{"id": "a", "kind": "Store"}, {"id": "a", "kind": "Store"}]}"#, "nodes[1].id should be unique"),
        (r#"{"controls": [{"at": "model"}]}"#, "controls[0].control should be the id of a control"),
        (r#"[1, 2]"#, "the file should be an object"),
    ];
    for (text, message) in cases {
        let told = plain_json::read(text).unwrap_err().to_string();
        assert!(told.starts_with(message), "{text}: {told}");
    }
    assert!(matches!(plain_json::read("{\"nodes\": [\n  {\"id\""), Err(ImportError::Cut { line: 2, .. })));
}

#[test]
fn what_is_wrong_in_a_value_is_left_open_and_told() {
    let import = plain_json::read(
        r#"{"nodes": [{"id": "a", "name": "Web", "kind": "Process", "boundary": "gone", "holds": ["gone"],
             "caps": {"Flies": true, "ParsesXml": 3}}],
           "flows": [{"id": "f", "src": "a", "dst": "gone", "protocol": "Pigeon"}],
           "agents": [{"id": "x", "capability": 9, "access": ["Magic"]}],
           "controls": [{"control": "C-NET-TLS", "at": "gone"}]}"#,
    )
    .unwrap();
    assert_eq!(check(&import.model), []);
    let told: Vec<String> = import.losses.iter().map(ToString::to_string).collect();
    let expected = [
        "nodes[0] “Web”: boundary “gone” is not in the file (not carried over)",
        "nodes[0] “Web”: asset “gone” is not in the file (not carried over)",
        "nodes[0] “Web”: Flies: true in caps is not known (not carried over)",
        "nodes[0] “Web”: ParsesXml: 3 in caps is not known (not carried over)",
        "flows[0]: dst “gone” is not in the file (not carried over)",
        "flows[0]: protocol \"Pigeon\" is not known; left open (changed)",
        "agents[0]: capability 9 is not a whole number from 0 to 5 (not carried over)",
        "agents[0]: \"Magic\" in access is not known (not carried over)",
        "controls[0]: C-NET-TLS at “gone”: there is no such place in the file (not carried over)",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_id_used_for_two_kinds_stays_with_the_node_and_references_follow() {
    let import = plain_json::read(
        r#"{"nodes": [{"id": "x", "kind": "Process", "holds": ["x"], "boundary": "x"}], "assets": [{"id": "x", "name": "Data"}],
           "boundaries": [{"id": "x", "name": "Zone"}], "controls": [{"control": "C-NET-TLS", "at": "x"}]}"#,
    )
    .unwrap();
    let model = import.model;
    assert_eq!(check(&model), []);
    let node = &model.elements["x"];
    assert_eq!(model.name_of(node.boundary.as_ref().unwrap()), "Zone");
    assert_eq!(model.name_of(node.holds.first().unwrap()), "Data");
    assert_eq!(model.instances["ctl-1"].at.first(), Some(&Site::At("x".into())));
    assert!(import.losses.iter().all(|l| l.kind == LossKind::Changed) && import.losses.len() == 2);
}
