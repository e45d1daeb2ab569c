//! The widget of `egui_graphs` with the same graphs.

use crate::clock::CpuTime;
use crate::window::Window;
use crate::{LARGE_SCREEN, WINDOW, measure};
use criterion::Criterion;
use egui_graphs::{GraphView, Layout, LayoutState, SettingsStyle, to_graph};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::model::*;
use std::collections::BTreeMap;
use std::time::Duration;

/// Leaves everything where it is.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Still;

impl LayoutState for Still {}

impl Layout<Still> for Still {
    fn from_state(state: Still) -> impl Layout<Still> {
        state
    }
    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut egui_graphs::Graph<N, E, Ty, Ix, Dn, De>, _: &egui::Ui)
    where
        N: Clone,
        E: Clone,
        Ty: petgraph::EdgeType,
        Ix: petgraph::stable_graph::IndexType,
        Dn: egui_graphs::DisplayNode<N, E, Ty, Ix>,
        De: egui_graphs::DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }
    fn state(&self) -> Still {
        self.clone()
    }
}

/// The same graph in the widget of `egui_graphs` as it comes, with labels, fitted into the window, nothing moving.
pub fn others(c: &mut Criterion<CpuTime>) {
    for (what, window, elements, flows) in [
        ("500 + 600 fitted", WINDOW, 500, 600),
        ("500 + 600 with names, large screen", LARGE_SCREEN, 500, 600),
        ("10,000 + 15,000 fitted", WINDOW, 10_000, 15_000),
    ] {
        let model = generate(Size { elements, flows }, 1);
        let mut graph = petgraph::stable_graph::StableGraph::<(), ()>::new();
        let nodes: BTreeMap<&Id, _> = model.elements.keys().map(|id| (id, graph.add_node(()))).collect();
        for flow in model.flows.values() {
            if let (Some(from), Some(to)) = (&flow.from, &flow.to) {
                graph.add_edge(nodes[from], nodes[to], ());
            }
        }
        let mut graph: egui_graphs::Graph = to_graph(&graph);
        for (id, node) in nodes {
            let at = model.rect_of(&DIAGRAM.into(), id).expect("all are placed").center();
            let shown = graph.node_mut(node).expect("just added");
            shown.set_location(egui::pos2(at.x, at.y));
            shown.set_label(model.elements[id].name.clone());
        }
        let mut screen = Window::new(window);
        let mut frame = |_| {
            screen.frame(Vec::new(), |ui| {
                let style = SettingsStyle::new().with_labels_always(true);
                ui.add_sized(window, |ui: &mut egui::Ui| {
                    GraphView::<Still, Still>::new().with_styles(&style).show(ui, &mut graph).response
                });
            })
        };
        (0..30).for_each(|n| assert!(frame(n) > Duration::ZERO));
        measure(c, &format!("egui_graphs, {what}, nothing moves"), "for comparison", frame);
    }
}
