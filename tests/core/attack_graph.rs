//! The attack graph: what the ways of agents pass, put over one another.

use palisade::attack::*;
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use std::path::Path;

fn sample(name: &str) -> ThreatModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/oracle/{name}.model.json"));
    plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

/// All ways of all agents to their first goals.
fn ways(model: &ThreatModel) -> Vec<AttackPath> {
    let attacks = Attacks::new(model, Library::builtin());
    let found: Vec<AgentPaths> = attacks.agents().filter_map(|agent| attacks.paths(agent, 4, 5, &Quiet)).collect();
    found.into_iter().flat_map(|agent| agent.goals).flatten().collect()
}

/// The stops of a path with the probability up to there: its agent first.
fn stops(path: &AttackPath) -> Vec<(Id, f64)> {
    let mut p = 1.0;
    let steps = path.steps.iter().map(|step| {
        p *= step.p;
        (step.to.id().unwrap().clone(), p)
    });
    std::iter::once((path.agent.clone(), 1.0)).chain(steps).collect()
}

#[test]
fn every_way_leads_through_the_graph_and_stations_are_as_likely_as_the_likeliest_of_them() {
    for name in ["web-shop", "iot-fleet", "cicd"] {
        let model = sample(name);
        let ways = ways(&model);
        let graph = graph(&model, &ways);
        let at = |id: &Id| graph.nodes.iter().position(|node| node.id == *id).expect("a stop is a vertex");
        for path in &ways {
            for (pair, step) in stops(path).windows(2).zip(&path.steps) {
                let (from, to) = (at(&pair[0].0), at(&pair[1].0));
                let edge = graph.edges.iter().find(|edge| (edge.from, edge.to) == (from, to)).expect("a step is an edge");
                assert!(edge.p >= step.p && edge.told.contains(&step.told(&model)));
            }
        }
        for node in &graph.nodes {
            let passing = ways.iter().flat_map(stops).filter(|(id, _)| *id == node.id).map(|(_, p)| p);
            assert_eq!(node.p, passing.fold(0.0, f64::max), "{name}: {:?}", node.id);
        }
    }
}

#[test]
fn it_leads_from_agents_over_entry_points_to_assets() {
    let model = sample("web-shop");
    let ways = ways(&model);
    let graph = graph(&model, &ways);
    for (n, node) in graph.nodes.iter().enumerate() {
        let (into, out) = (graph.edges.iter().filter(|e| e.to == n), graph.edges.iter().filter(|e| e.from == n));
        match node.station {
            Station::Agent => assert!(model.agents.contains_key(&node.id) && into.count() == 0),
            Station::Asset => assert!(model.assets.contains_key(&node.id) && out.count() == 0 && !node.dimensions.is_empty()),
            Station::Entry => assert!(into.clone().any(|e| graph.nodes[e.from].station == Station::Agent)),
            Station::Position => assert!(into.clone().all(|e| graph.nodes[e.from].station != Station::Agent)),
        }
    }
    for station in [Station::Agent, Station::Entry, Station::Position, Station::Asset] {
        assert!(graph.nodes.iter().any(|node| node.station == station), "{}", station.label());
    }
    let mut turned = ways.clone();
    turned.reverse();
    assert!(palisade::attack::graph(&model, &turned) == graph, "the order of paths does not matter");
    assert!(palisade::attack::graph(&model, &[]) == AttackGraph::default());
}
