//! The page of attack paths: the likeliest ways of each agent and what interrupts them, all of them as a graph, and what
//! people draw up themselves: attack trees and scenarios.

mod fields;
mod graph;
mod scenarios;
mod trees;
mod ways;

use crate::attack::{AgentPaths, Cuts};
use crate::edit::Edit;
use crate::model::{Id, Key};
use crate::ui::widgets::filter_chip;
use crate::ui::{Action, Outbox, Page, ViewCx};
use egui::Ui;
use ways::Kept;

/// Attack paths found beside the window, and the state of the model they are of.
#[derive(Clone, Debug)]
pub struct PathsFound {
    pub revision: u64,
    pub agents: Vec<FoundPaths>,
}

/// The paths of one agent with what interrupts those to each goal.
#[derive(Clone, Debug)]
pub struct FoundPaths {
    pub paths: AgentPaths,
    /// In the order of the goals; `None` for goals nobody looked at.
    pub cuts: Vec<Option<Cuts>>,
}

/// What is marked on the canvas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lit {
    /// Elements and flows of a path; an element that a step gets to with the number of that step.
    pub path: Vec<(Id, Option<usize>)>,
    /// Where paths come together, with the share of them.
    pub chokes: Vec<(Id, f64)>,
}

/// Height in points in which graphs and trees are seen.
const ROOMY: f32 = 360.0;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Ways,
    Graph,
    Trees,
    Scenarios,
}

#[derive(Default)]
pub struct PathsPage {
    shown: Shown,
    ways: ways::Ways,
    graph: graph::Graph,
    trees: trees::Trees,
    scenarios: scenarios::Scenarios,
}

impl PathsPage {
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let counted = |label: &str, many: usize| if many == 0 { label.to_owned() } else { format!("{label} {many}") };
        // From the right.
        for (shown, label) in [
            (Shown::Scenarios, counted("Scenarios", cx.model.scenarios.len())),
            (Shown::Trees, counted("Attack trees", cx.model.attack_trees.len())),
            (Shown::Graph, "Graph".to_owned()),
            (Shown::Ways, "Ways".to_owned()),
        ] {
            if filter_chip(ui, self.shown == shown, &label).clicked() {
                self.turn_to(shown, out);
            }
        }
        match self.shown {
            Shown::Ways => {}
            Shown::Graph => self.graph.tools_ui(ui, cx),
            Shown::Trees => self.trees.tools_ui(ui, cx, out),
            Shown::Scenarios => self.scenarios.tools_ui(ui, cx, out),
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match self.shown {
            Shown::Trees => self.trees.ui(ui, cx, out),
            Shown::Scenarios => {
                if let Some(tree) = self.scenarios.ui(ui, cx, out) {
                    self.keep(Kept::Tree(tree), out);
                }
            }
            Shown::Ways | Shown::Graph => self.found_ui(ui, cx, out),
        }
    }

    /// Shows something else; pictures with room to be seen.
    fn turn_to(&mut self, shown: Shown, out: &mut Outbox) {
        self.shown = shown;
        if matches!(shown, Shown::Graph | Shown::Trees) {
            out.push(Action::RoomFor(Page::Paths, ROOMY));
        }
    }

    /// What was found beside the window.
    fn found_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let is_current = cx.paths.is_some_and(|found| found.revision == cx.model_revision);
        if !is_current && !cx.is_previewing {
            out.push(Action::FindPaths);
        }
        let Some(PathsFound { revision, agents }) = cx.paths else {
            return nothing_ui(ui, "Looking for attack paths…");
        };
        if agents.iter().all(|agent| agent.paths.goals.is_empty()) {
            let text = "No active agent with a start reaches anything worth 3 of 4 or more. Give agents a start under Agents.";
            return nothing_ui(ui, text);
        }
        if self.shown == Shown::Graph {
            return self.graph.ui(ui, cx, *revision, agents, out);
        }
        if let Some(kept) = self.ways.ui(ui, cx, agents, out) {
            self.keep(kept, out);
        }
    }

    /// Keeps what was found in the model, and shows it there.
    fn keep(&mut self, kept: Kept, out: &mut Outbox) {
        let id = out.fresh_id();
        match kept {
            Kept::Tree(tree) => {
                out.commit(Edit::put(Key::AttackTree(id.clone()), tree));
                self.trees.show(id);
                self.turn_to(Shown::Trees, out);
            }
            Kept::Scenario(scenario) => {
                out.commit(Edit::put(Key::Scenario(id.clone()), scenario));
                self.scenarios.show(id);
                self.shown = Shown::Scenarios;
            }
        }
    }
}

/// Marks these on the canvas, unless they are marked already.
fn light(cx: &ViewCx<'_>, lit: Lit, out: &mut Outbox) {
    if *cx.lit != lit {
        out.push(Action::Light(lit));
    }
}

/// What the page says while there is nothing to show. It takes up all room, or the panel would shrink to nothing.
fn nothing_ui(ui: &mut Ui, text: &str) {
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    super::empty_ui(ui, text);
}

/// How many goals agents have a way to.
pub fn count(cx: &ViewCx<'_>) -> String {
    let agents = cx.paths.map(|found| &found.agents);
    super::counted(agents.map(|agents| agents.iter().map(|a| a.paths.goals.len()).sum()))
}
