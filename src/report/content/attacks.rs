//! Which ways attackers take: the likeliest path to each goal, where paths come together, and what people drew up as attack
//! trees and scenarios.

use super::{Cx, words};
use crate::attack::{
    AgentPaths, AttackPath, Attacker, Attacks, CAVEAT, Cut, How, PATHS, PathStep, Spot, outlook, percent, whose,
};
use crate::chart::{about_tree, draw_tree};
use crate::model::{AttackScenario, AttackTree, Site};
use crate::progress::Quiet;
use crate::report::style::*;
use crate::report::tree::*;

/// Goals of one agent that are told.
const GOALS: usize = 4;
/// Places where paths come together that are told.
const CHOKES: usize = 6;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let attacks = Attacks::new(cx.model, cx.library);
    let attackers = attacks.agents().filter_map(|agent| attacks.attacker(agent));
    let found = attackers.filter_map(|attacker| Some((attacker.paths(GOALS, PATHS, &Quiet)?, attacker)));
    let found: Vec<(AgentPaths, Attacker<'_, '_>)> = found.filter(|(paths, _)| !paths.goals.is_empty()).collect();
    let mut blocks = Vec::new();
    if !found.is_empty() {
        let intro = "The likeliest way of each threat agent to what matters most to it: what is worth 3 of 4 or more. Risk is \
                     a hundred times the probability of the whole path and the value of its goal.";
        blocks.push(paragraph(intro));
        blocks.push(note(CAVEAT.to_owned()));
        found.iter().for_each(|(paths, attacker)| blocks.extend(of_agent(cx, paths, attacker)));
    }
    if !cx.model.scenarios.is_empty() {
        blocks.push(section("Attack scenarios", Some("attack scenarios".to_owned())));
        cx.model.scenarios.values().for_each(|scenario| blocks.extend(scenario_blocks(cx, scenario)));
    }
    // Last, since wide ones turn the page.
    let trees = cx.model.attack_trees.iter().map(|(id, tree)| tree_figure(cx, id.as_str(), tree));
    let trees: Vec<Block> = trees.flatten().collect();
    if !trees.is_empty() {
        blocks.push(section("Attack trees", Some("attack trees".to_owned())));
        blocks.extend(trees);
    }
    blocks
}

fn of_agent(cx: &Cx<'_>, agent: &AgentPaths, attacker: &Attacker<'_, '_>) -> Vec<Block> {
    let mut out = vec![section(&cx.name(&agent.agent), Some(format!("paths {}", agent.agent)))];
    let mut table = Table::with_head([
        ("Goal", share(0.9)),
        ("Way", share(2.4)),
        ("Probability", fixed(52.0).right()),
        ("Risk", fixed(34.0).right()),
    ]);
    // Goals that are reached in the same way stand together.
    let mut rows: Vec<Vec<&AttackPath>> = Vec::new();
    for path in agent.best().take(GOALS) {
        match rows.iter_mut().find(|row| row.first().is_some_and(|first| first.is_alike(path))) {
            Some(row) => row.push(path),
            None => rows.push(vec![path]),
        }
    }
    for row in rows {
        let Some(path) = row.first() else { continue };
        // Where there are several, names may take more than a line: each has its own risk beside it.
        let goals = row.iter().map(|path| match row.len() {
            1 => path.goal.told(cx.model),
            _ => format!("{} ({})", path.goal.told(cx.model), words::score(path.risk)),
        });
        let most = row.iter().map(|path| path.risk).fold(path.risk, f64::max);
        table.row([
            cell(goals.collect::<Vec<_>>().join("\n")),
            way(cx, path),
            cell(percent(path.p)),
            styled(CELL.bold(), words::score(most)),
        ]);
    }
    out.push(Block::Table(table));
    out.extend(interrupted(cx, agent, attacker));
    let chokes = agent.chokes.iter().take(CHOKES);
    let told = chokes.map(|choke| format!("{} ({:.0} %)", cx.name(&choke.at), 100.0 * choke.share));
    let told = words::list(told);
    if told != "–" {
        out.push(paragraph(format!("Most of the probability of these paths passes {told}.")));
    }
    out
}

/// What interrupts the ways to the riskiest goal, for readers who may see what it takes.
fn interrupted(cx: &Cx<'_>, agent: &AgentPaths, attacker: &Attacker<'_, '_>) -> Option<Block> {
    let ways = agent.goals.first().filter(|_| cx.shows_effort())?;
    let Cut::Controls { controls, left } = attacker.cuts(ways, cx.assessment)?.told else { return None };
    let told = controls.iter().map(|one| {
        let name = cx.library.control(cx.model, &one.control).map_or(one.control.as_str(), |control| control.name.as_str());
        match &one.at {
            Site::Model => name.to_owned(),
            Site::At(id) => format!("{name} at {}", cx.name(id)),
        }
    });
    let days = words::count(controls.iter().map(|one| one.days).sum::<f64>().round() as usize, "person-day", "person-days");
    let ways = match ways.len() {
        1 => "the way".to_owned(),
        many => format!("the {many} likeliest ways"),
    };
    let goal = agent.best().next()?.goal.told(cx.model);
    let rest = if left.is_empty() { "" } else { " Some ways stay: no control is left to add against them." };
    Some(paragraph(format!("Cheapest against {ways} to {goal}, {days}: {}.{rest}", told.collect::<Vec<_>>().join("; "))))
}

/// Numbered steps of a path.
fn way(cx: &Cx<'_>, path: &AttackPath) -> Rich {
    let mut out = Rich::new();
    for (n, step) in path.steps.iter().enumerate() {
        let line = if n > 0 { "\n" } else { "" };
        out = out.text(CELL, format!("{line}{}. ", n + 1));
        out = told(cx, step, out);
    }
    out
}

fn told(cx: &Cx<'_>, step: &PathStep, out: Rich) -> Rich {
    let mut out = out.text(CELL, step.told(cx.model));
    if let How::Threat { threat, .. } = &step.how {
        out = out.text(CELL, " ");
        out.0.extend(cx.reference_to(threat).0);
    }
    // The goal stands beside it.
    let is_goal = matches!(step.to, Spot::Goal(_)) && !step.is_part;
    match step.gained(cx.model).filter(|_| !is_goal) {
        Some(gained) => out.text(SMALL, format!(" → {gained}")),
        None => out,
    }
}

/// The least scale at which the names in a tree are read on paper.
const READABLE: f32 = 0.52;

fn tree_figure(cx: &Cx<'_>, id: &str, tree: &AttackTree) -> Vec<Block> {
    let drawing = draw_tree(cx.model, cx.library, cx.assessment, tree, None);
    let bounds = drawing.scene.bounds;
    if bounds.w < 1.0 {
        return Vec::new();
    }
    let scale = 0.7_f32.min(480.0 / bounds.w).min(560.0 / bounds.h);
    // What would be too small to be read between words has a page of its own, with all words below it.
    let is_own = scale < READABLE;
    let about = tree.description.trim();
    let name = format!("Figure {}. {}", cx.figure(), tree.root.name);
    let caption = if is_own && !about.is_empty() { format!("{name}. {about}") } else { name };
    let figure = Block::Figure(Figure {
        drawing: Drawing::of_scene(&drawing.scene, scale.max(READABLE), about_tree(tree)),
        caption: styled(SMALL, caption),
        legend: None,
        place: if is_own { Place::OwnPage } else { Place::InText },
        anchor: Some(format!("tree {id}")),
        bookmark: Some(tree.root.name.clone()),
    });
    let above = (!about.is_empty() && !is_own).then(|| paragraph(about.to_owned()));
    above.into_iter().chain([figure]).collect()
}

fn scenario_blocks(cx: &Cx<'_>, scenario: &AttackScenario) -> Vec<Block> {
    let name = if scenario.name.trim().is_empty() { "Unnamed scenario" } else { scenario.name.trim() };
    let mut out = vec![topic(name)];
    let who = scenario.agent.as_ref().map(|agent| format!("Carried out by {}. ", cx.name(agent))).unwrap_or_default();
    let about = format!("{who}{}", scenario.description.trim());
    if !about.trim().is_empty() {
        out.push(paragraph(about.trim().to_owned()));
    }
    let mut table = Table::with_head([
        ("", fixed(16.0)),
        ("Step", share(1.6)),
        ("At", share(1.0)),
        ("Threat", share(0.7)),
        ("Likelihood today", fixed(60.0).right()),
    ]);
    let outlook = outlook(cx.model, cx.library, cx.assessment, scenario);
    let likely = |n: usize| outlook.as_ref().and_then(|outlook| *outlook.steps.get(n)?);
    for (n, step) in scenario.steps.iter().enumerate() {
        let finding = step.threat.as_ref().and_then(|threat| cx.assessment.findings.get(threat)).filter(|f| f.counts());
        let text = if step.text.trim().is_empty() { finding.map_or("–", |f| f.title.as_str()) } else { step.text.trim() };
        table.row([
            Rich::new().push(Inline::Disc((n + 1).to_string())),
            cell(text.to_owned()),
            cell(step.at.as_ref().map_or_else(|| "–".to_owned(), |at| cx.name(at))),
            step.threat.as_ref().map_or_else(|| quiet("–"), |threat| cx.reference_to(threat)),
            likely(n).map_or_else(|| quiet("–"), |p| cell(percent(p))),
        ]);
    }
    if !table.rows.is_empty() {
        out.push(Block::Table(table));
    }
    if let Some(outlook) = outlook {
        let certain = match outlook.certain() {
            0 => String::new(),
            1 => " One step has no likelihood and is taken as certain.".to_owned(),
            many => format!(" {many} steps have no likelihood and are taken as certain."),
        };
        let whose = whose(cx.model, scenario.agent.as_ref());
        out.push(note(format!("As a whole {} a year.{certain} {whose} {CAVEAT}", percent(outlook.p))));
    }
    out
}
