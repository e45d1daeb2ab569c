//! Pages that are no data flow diagrams: attack trees. Their goals are no processes.

use super::Reader;
use super::cell::{Cell, Cells};
use super::page::Sheet;
use crate::interchange::LossKind;
use crate::interchange::lenient::shortened;
use crate::model::{AttackTree, Gate, MAX_TREE_DEPTH, TreeStep};
use std::collections::{BTreeMap, BTreeSet};

/// Names of pages that say what they are.
const NAMES: &[&str] = &["attack tree", "attack-tree", "attacktree", "threat tree"];
/// Steps of all trees of a page; a goal under several others is a step under each.
const STEPS: usize = 2_000;

/// What leads to what, the goal first.
struct Goals<'a> {
    cells: &'a Cells<'a>,
    below: BTreeMap<&'a str, Vec<&'a str>>,
    roots: Vec<&'a str>,
}

/// True for a page that says it is a tree of attacks, or is a tree with gates in it.
pub(super) fn is_attack_tree(name: &str, cells: &Cells<'_>) -> bool {
    let name = name.to_lowercase();
    if NAMES.iter().any(|known| name.contains(known)) {
        return true;
    }
    let has_gate = cells.all.iter().any(|c| c.is_vertex && gate(&c.name()).is_some());
    let lines = lines(cells);
    let once = |ends: Vec<&str>| ends.iter().collect::<BTreeSet<_>>().len() == ends.len();
    has_gate && lines.len() >= 4 && (once(lines.iter().map(|l| l.1).collect()) || once(lines.iter().map(|l| l.0).collect()))
}

impl Reader {
    /// The goals become an attack tree; the page keeps its picture, with a note for each shape.
    pub(super) fn attack_tree(&mut self, mut sheet: Sheet<'_, '_>, name: &str) {
        let cells = sheet.cells;
        let what = format!("page “{}”", shortened(name));
        let goals = Goals::of(cells);
        let mut left = STEPS;
        for root in &goals.roots {
            let id = self.draft.claim(&format!("{}-tree-{root}", sheet.diagram), &what);
            let tree = AttackTree { root: goals.step(root, 1, &mut left), ..AttackTree::default() };
            self.draft.model.attack_trees.insert(id, tree);
        }
        for (n, cell) in cells.all.iter().enumerate() {
            let is_label = cells.find(cell.parent).is_some_and(|parent| parent.is_edge);
            if cell.is_vertex && !is_label {
                self.text(&mut sheet, n);
            }
        }
        let trees = goals.roots.len();
        let trees =
            if trees == 1 { "an attack tree of the model".to_owned() } else { format!("{trees} attack trees of the model") };
        let why = format!("it is no data flow diagram: its goals are {trees} now, and notes where they were drawn");
        let diagram = sheet.diagram.clone();
        self.draft.lose_at(&diagram, LossKind::Changed, &what, why);
        if left == 0 {
            let why = format!("its trees have more than {STEPS} steps, of which the rest is left out");
            self.draft.lose_at(&diagram, LossKind::Dropped, what, why);
        }
    }
}

impl<'a> Goals<'a> {
    fn of(cells: &'a Cells<'a>) -> Goals<'a> {
        let mut lines = lines(cells);
        let times = |ends: Vec<&str>| ends.len() - ends.iter().collect::<BTreeSet<_>>().len();
        // Some draw from the steps up to the goal: then many lines have one end.
        if times(lines.iter().map(|l| l.1).collect()) > times(lines.iter().map(|l| l.0).collect()) {
            lines.iter_mut().for_each(|(from, to)| std::mem::swap(from, to));
        }
        let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        lines.iter().for_each(|(goal, step)| below.entry(goal).or_default().push(step));
        let inner: BTreeSet<&str> = lines.iter().map(|(_, step)| *step).collect();
        let roots = below.keys().filter(|id| !inner.contains(*id)).copied().collect();
        Goals { cells, below, roots }
    }

    /// A goal with all that leads to it. A gate that is drawn as a shape of its own belongs to the goal above it.
    fn step(&self, id: &str, depth: usize, left: &mut usize) -> TreeStep {
        *left = left.saturating_sub(1);
        let name = self.cells.find(id).map(Cell::name).unwrap_or_default().replace('\n', " ");
        let (own, mut below) = (gate(&name), self.steps_below(id));
        let mut joined = own;
        if let [only] = below
            && let Some(of_shape) = self.cells.find(only).and_then(|cell| gate(&cell.name()))
        {
            joined = Some(of_shape);
            below = self.steps_below(only);
        }
        let mut steps = Vec::new();
        for next in below {
            if depth < MAX_TREE_DEPTH && *left > 0 {
                steps.push(self.step(next, depth + 1, left));
            }
        }
        TreeStep { name, gate: joined.unwrap_or_default(), steps, ..TreeStep::default() }
    }

    fn steps_below(&self, id: &str) -> &[&'a str] {
        self.below.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Lines between two shapes, as they are drawn.
fn lines<'a>(cells: &'a Cells<'a>) -> Vec<(&'a str, &'a str)> {
    cells.all.iter().filter(|c| c.is_edge).filter_map(|c| Some((c.source?, c.target?))).collect()
}

/// What a shape says that is a gate and nothing else.
fn gate(name: &str) -> Option<Gate> {
    match name.trim().to_uppercase().as_str() {
        "OR" => Some(Gate::Or),
        "AND" => Some(Gate::And),
        "SAND" => Some(Gate::Sand),
        _ => None,
    }
}
