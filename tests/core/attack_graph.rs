//! The attack graph: what the ways of agents pass, put over one another.

use palisade::attack::*;
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use std::collections::BTreeSet;
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

/// A graph of stations and the legs between them.
fn stations(stations: &[Station], legs: &[(usize, usize)]) -> AttackGraph {
    let node = |(n, station): (usize, &Station)| GraphNode {
        id: format!("n{n}").into(),
        station: *station,
        p: 0.5,
        dimensions: BTreeSet::new(),
    };
    let edge = |(from, to): &(usize, usize)| GraphEdge { from: *from, to: *to, p: 0.5, told: vec!["x".into()] };
    AttackGraph { nodes: stations.iter().enumerate().map(node).collect(), edges: legs.iter().map(edge).collect() }
}

#[test]
fn agents_stand_first_and_assets_last_whatever_leads_back() {
    use Station::{Agent, Asset, Entry, Position};
    // Two agents, one of them with a longer way; from position 4 back to 3; an asset reached at once and one at the end.
    let all = [Agent, Agent, Entry, Position, Position, Asset, Asset];
    let legs = [(0, 2), (1, 2), (2, 3), (3, 4), (4, 3), (2, 5), (4, 6)];
    assert_eq!(stations(&all, &legs).columns(), [0, 0, 1, 2, 3, 4, 4]);
    assert_eq!(stations(&[Agent, Entry, Asset], &[(0, 1), (1, 2)]).columns(), [0, 1, 2]);
    assert!(AttackGraph::default().columns().is_empty());
}

#[test]
fn it_is_drawn_in_columns_with_no_leg_over_a_station() {
    use palisade::chart::draw_graph;
    use palisade::scene::{Shape, Step};
    for name in ["web-shop", "mobile-bank", "hospital", "iot-fleet", "cicd", "rag"] {
        let model = sample(name);
        let graph = graph(&model, &ways(&model));
        let drawing = draw_graph(&model, &graph);
        let columns = graph.columns();
        for (n, a) in drawing.stations.iter().enumerate() {
            assert!(drawing.scene.bounds.contains_rect(a.rect));
            for (m, b) in drawing.stations.iter().enumerate().skip(n + 1) {
                assert!(!a.rect.expand(-1.0).intersects(b.rect), "{name}: {} over {}", a.said, b.said);
                assert_eq!(columns[n] < columns[m], a.rect.max().x < b.rect.x, "{name}: {} and {}", a.said, b.said);
            }
        }
        // What leads forward keeps clear of every station it does not lead to.
        for ((from, to), item) in drawing.legs.iter().zip(&drawing.scene.items) {
            let Shape::Path { steps, .. } = &item.shapes[0] else { panic!("a leg is a line") };
            let mut here = palisade::geometry::pt(0.0, 0.0);
            let mut passed = Vec::new();
            for step in steps {
                match step {
                    Step::Cubic(a, b, end) => {
                        let at = |t: f32| {
                            let s = 1.0 - t;
                            let mix = |p: f32, q: f32, r: f32, e: f32| {
                                s * s * s * p + 3.0 * s * s * t * q + 3.0 * s * t * t * r + t * t * t * e
                            };
                            palisade::geometry::pt(mix(here.x, a.x, b.x, end.x), mix(here.y, a.y, b.y, end.y))
                        };
                        passed.extend((0..=20).map(|n| at(n as f32 / 20.0)));
                        here = *end;
                    }
                    Step::Move(end) | Step::Line(end) => here = *end,
                    _ => {}
                }
            }
            let others = drawing.stations.iter().enumerate().filter(|(n, _)| n != from && n != to);
            for (_, other) in others.filter(|_| columns[*from] < columns[*to]) {
                assert!(!passed.iter().any(|p| other.rect.contains(*p)), "{name}: a leg lies over {}", other.said);
            }
        }
    }
}
