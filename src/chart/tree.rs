//! An attack tree drawn: goal above, leaves below, every step with its probability and how its steps belong together.

use super::likely_band;
use crate::attack::{Estimate, Odds, TREE_CAVEAT, Value, estimate, percent, whose};
use crate::geometry::{Rect, Vec2, pt, rect, vec2};
use crate::library::Library;
use crate::model::{AttackTree, ThreatKey, ThreatModel, TreeStep};
use crate::progress::Quiet;
use crate::risk::Assessment;
use crate::scene::{Item, Layer, Paint, Scene, Shape, Step, Stroke, TextRun};
use crate::text::{Face, width, wrap};
use crate::theme::Ink;
use crate::tidy::layered;

const WIDE: f32 = 176.0;
const SIDE: f32 = 10.0;
const NAME: f32 = 12.0;
const LINE: f32 = 15.5;
const SMALL: f32 = 10.5;
/// Lines of a name at most.
const LINES: usize = 4;
/// Room around the whole.
const AROUND: f32 = 16.0;

/// The way from the root to a step: which of the steps below, level by level.
pub type Place = Vec<usize>;

/// A tree as shapes, with where each step is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeDrawing {
    pub scene: Scene,
    pub steps: Vec<DrawnStep>,
}

/// A step where it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnStep {
    pub place: Place,
    pub rect: Rect,
    /// The step in words: "Steal the database, 12 %, any of 3 steps".
    pub said: String,
}

/// One step to be drawn.
struct Node<'t> {
    step: &'t TreeStep,
    place: Place,
    value: Value,
    lines: Vec<String>,
    above: Option<usize>,
}

/// Draws a tree with what its steps amount to today; `chosen` is outlined.
pub fn draw_tree(
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    tree: &AttackTree,
    chosen: Option<&[usize]>,
) -> TreeDrawing {
    let skill = |threat: &ThreatKey| library.rule(threat.rule.as_str()).map(|(_, rule)| rule.skill);
    let threats = tree.root.all().into_iter().filter_map(|step| step.threat.as_ref());
    let odds = Odds::new(model, library, assessment, tree.agent.as_ref(), threats);
    let estimate = estimate(model, &odds, &skill, &tree.root);
    let mut nodes = Vec::new();
    gather(&tree.root, &estimate, Vec::new(), None, &mut nodes);
    let sizes: Vec<Vec2> = nodes.iter().map(size).collect();
    let links: Vec<(usize, usize)> = nodes.iter().enumerate().filter_map(|(n, node)| Some((node.above?, n))).collect();
    let places = layered(&sizes, &links, true, &Quiet);
    let at = |n: usize| places.get(n).copied().unwrap_or_default().translate(vec2(AROUND, AROUND));
    let mut out = TreeDrawing::default();
    for (from, to) in &links {
        out.scene.items.push(link(at(*from), at(*to)));
    }
    for (n, node) in nodes.iter().enumerate() {
        let is_chosen = chosen == Some(node.place.as_slice());
        let item = boxed(node, at(n), is_chosen);
        out.steps.push(DrawnStep { place: node.place.clone(), rect: at(n), said: item.alt.clone() });
        out.scene.items.push(item);
    }
    let bounds = out.steps.iter().map(|step| step.rect).reduce(Rect::union).unwrap_or_default();
    let note = note(model, tree, bounds);
    out.scene.bounds = bounds.union(note.bounds).expand(AROUND);
    out.scene.items.push(note);
    out
}

/// What is to be borne in mind, below the tree.
fn note(model: &ThreatModel, tree: &AttackTree, above: Rect) -> Item {
    let words = format!("{} {TREE_CAVEAT}", whose(model, tree.agent.as_ref()));
    let wide = above.w.clamp(1.5 * WIDE, 5.0 * WIDE);
    let lines = wrap(Face::Regular, SMALL, &words, wide);
    let (left, mut y) = (above.center().x - wide / 2.0, above.bottom() + 2.0 * AROUND);
    let bounds = rect(left, y - SMALL, wide, lines.len() as f32 * LINE);
    let mut shapes = Vec::new();
    for line in lines {
        let x = left + (wide - width(Face::Regular, SMALL, &line)) / 2.0;
        let run = TextRun { at: pt(x, y), text: line, face: Face::Regular, size: SMALL, paint: Ink::Muted.into() };
        shapes.push(Shape::Text(run));
        y += LINE;
    }
    Item { key: None, layer: Layer::Flow, bounds, shapes, alt: String::new() }
}

fn gather<'t>(step: &'t TreeStep, estimate: &Estimate, place: Place, above: Option<usize>, out: &mut Vec<Node<'t>>) {
    let name = if step.name.trim().is_empty() { "Unnamed step" } else { step.name.trim() };
    let mut lines = wrap(Face::Regular, NAME, name, WIDE - 2.0 * SIDE);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.iter_mut().last().into_iter().for_each(|line| line.push('…'));
    }
    let n = out.len();
    out.push(Node { step, place: place.clone(), value: estimate.value, lines, above });
    for (below, (step, estimate)) in step.steps.iter().zip(&estimate.steps).enumerate() {
        let place = place.iter().copied().chain([below]).collect();
        gather(step, estimate, place, Some(n), out);
    }
}

fn size(node: &Node<'_>) -> Vec2 {
    vec2(WIDE, node.lines.len() as f32 * LINE + LINE + 2.0 * SIDE)
}

/// "12 %", "12 to 34 %".
fn told(value: &Value) -> String {
    let (low, high) = (percent(value.low), percent(value.high));
    let p = match low == high {
        true => high,
        false => format!("{} to {high}", low.trim_end_matches(" %")),
    };
    let cost = value.cost.map(|cost| format!(" · cost {}", crate::methods::amount(cost))).unwrap_or_default();
    let skill = value.skill.map(|skill| format!(" · skill {skill}")).unwrap_or_default();
    p + &cost + &skill
}

fn boxed(node: &Node<'_>, at: Rect, is_chosen: bool) -> Item {
    let band = likely_band(node.value.high);
    let text = |x: f32, y: f32, face: Face, size: f32, paint: Paint, words: &str| {
        Shape::Text(TextRun { at: pt(x, y), text: words.to_owned(), face, size, paint })
    };
    let (fill, stroke) = (Some(Ink::Panel.into()), Some(Stroke::new(1.4, Ink::RiskOutline(band))));
    let radius = if node.step.is_leaf() { at.h / 2.0 } else { 6.0 };
    let mut shapes = vec![Shape::Rect { rect: at, radius: radius.min(18.0), fill, stroke }];
    if is_chosen {
        let stroke = Some(Stroke::new(2.0, Ink::Accent));
        shapes.push(Shape::Rect { rect: at.expand(3.0), radius: radius.min(18.0) + 3.0, fill: None, stroke });
    }
    let mut y = at.y + SIDE + NAME * 0.85;
    for line in &node.lines {
        let x = at.x + (at.w - width(Face::Regular, NAME, line)) / 2.0;
        shapes.push(text(x, y, Face::Regular, NAME, Ink::Text.into(), line));
        y += LINE;
    }
    let words = told(&node.value);
    let x = at.x + (at.w - width(Face::Bold, SMALL, &words)) / 2.0;
    shapes.push(text(x, y, Face::Bold, SMALL, Ink::RiskOutline(band).into(), &words));
    let mut alt = format!("{}, {words}", node.lines.join(" "));
    if !node.step.is_leaf() {
        let words = node.step.gate.label();
        let wide = width(Face::Bold, SMALL, words) + 14.0;
        let chip = rect(at.center().x - wide / 2.0, at.max().y - 8.0, wide, 17.0);
        let (fill, stroke) = (Some(Ink::Raised.into()), Some(Stroke::new(1.0, Ink::BorderStrong)));
        shapes.push(Shape::Rect { rect: chip, radius: 8.0, fill, stroke });
        shapes.push(text(chip.x + 7.0, chip.y + 12.2, Face::Bold, SMALL, Ink::Text.into(), words));
        let many = node.step.steps.len();
        alt += &format!(", {words} {many} {}", if many == 1 { "step" } else { "steps" });
    }
    Item { key: None, layer: Layer::Element, bounds: at.expand(10.0), shapes, alt }
}

fn link(from: Rect, to: Rect) -> Item {
    let (a, b) = (pt(from.center().x, from.max().y), pt(to.center().x, to.y));
    let half = (b.y - a.y) / 2.0;
    let steps = vec![Step::Move(a), Step::Cubic(pt(a.x, a.y + half), pt(b.x, b.y - half), b)];
    let stroke = Some(Stroke::new(1.3, Ink::BorderStrong));
    let bounds = rect(a.x.min(b.x), a.y, (a.x - b.x).abs(), b.y - a.y).expand(2.0);
    Item { key: None, layer: Layer::Flow, bounds, shapes: vec![Shape::Path { steps, fill: None, stroke }], alt: String::new() }
}

/// The tree in words, for those who do not see it.
pub fn about_tree(tree: &AttackTree) -> String {
    fn told(step: &TreeStep) -> String {
        match step.is_leaf() {
            true => step.name.clone(),
            false => {
                let below = step.steps.iter().map(told).collect::<Vec<_>>().join("; ");
                format!("{}: {} ({below})", step.name, step.gate.label())
            }
        }
    }
    format!("Attack tree. {}.", told(&tree.root))
}
