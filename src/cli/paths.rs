//! `palisade paths`: how attackers get to what matters, and what interrupts them.

use super::export;
use super::outcome::CliError;
use crate::attack::{AgentPaths, AttackPath, Attacks, CAVEAT, Cut, Cuts, How, PATHS, PathStep, Spot, chokes, explained};
use crate::library::Library;
use crate::model::{Date, Id, Site, ThreatModel};
use crate::picture::{Format, Options};
use crate::progress::Quiet;
use crate::risk::{Assessment, assess_by, name_of};
use crate::threads::Threads;
use serde_json::{Value, json};
use std::path::Path;

/// What is asked for.
pub(super) struct Wish<'a> {
    /// Name or id of one agent; all when `None`.
    pub agent: Option<&'a str>,
    /// Goals of each agent.
    pub goals: usize,
    /// Paths to each goal.
    pub paths: usize,
    pub with_cuts: bool,
    pub as_json: bool,
    /// Where to draw the riskiest goal of the first agent as a tree.
    pub tree: Option<&'a Path>,
    pub day: Date,
}

/// The paths as text or JSON.
pub(super) fn of(model: &ThreatModel, wish: &Wish<'_>) -> Result<String, CliError> {
    let library = Library::builtin();
    let assessment = assess_by(model, library, Some(wish.day), &Threads::of_this_machine());
    let attacks = Attacks::new(model, library);
    let wanted = |id: &&Id| wish.agent.is_none_or(|a| id.as_str() == a || name_of(model, id).eq_ignore_ascii_case(a));
    let agents: Vec<&Id> = attacks.agents().filter(wanted).collect();
    if agents.is_empty() {
        let known: Vec<String> = attacks.agents().map(|id| name_of(model, id)).collect();
        return Err(CliError::Usage(match (wish.agent, known.is_empty()) {
            (_, true) => "no active threat agent starts anywhere; give one a start under Agents".to_owned(),
            (agent, false) => format!("there is no agent “{}”; there are {}", agent.unwrap_or_default(), known.join(", ")),
        }));
    }
    // Nobody cancels here.
    let found = agents.into_iter().filter_map(|agent| {
        let mut paths = attacks.paths(agent, wish.goals, wish.paths, &Quiet)?;
        paths.goals.truncate(wish.goals);
        Some(paths)
    });
    let found: Vec<AgentPaths> = found.collect();
    let telling = Telling { model, library, assessment: &assessment, attacks: &attacks, with_cuts: wish.with_cuts };
    if let Some(path) = wish.tree {
        telling.tree(&found, path, wish.day)?;
    }
    Ok(match wish.as_json {
        true => format!("{:#}\n", telling.json(&found)),
        false => telling.text(&found),
    })
}

/// The best paths of every agent for `assess --format json`.
pub(super) fn summary(model: &ThreatModel, library: &Library, assessment: &Assessment) -> Value {
    let attacks = Attacks::new(model, library);
    let telling = Telling { model, library, assessment, attacks: &attacks, with_cuts: false };
    let best = |agent: &Id| {
        let best = attacks.best(agent);
        let chokes = chokes(best.iter());
        AgentPaths { agent: agent.clone(), goals: best.into_iter().map(|path| vec![path]).collect(), chokes }
    };
    telling.json(&attacks.agents().map(best).collect::<Vec<_>>())
}

struct Telling<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    assessment: &'a Assessment,
    attacks: &'a Attacks<'a>,
    with_cuts: bool,
}

impl Telling<'_> {
    fn cuts(&self, ways: &[AttackPath]) -> Option<Cuts> {
        let attacker = ways.first().filter(|_| self.with_cuts).and_then(|way| self.attacks.attacker(&way.agent))?;
        attacker.cuts(ways, self.assessment)
    }

    fn control(&self, control: &str, at: &Site) -> String {
        let name = self.library.control(self.model, control).map_or(control, |c| c.name.as_str());
        match at {
            Site::Model => name.to_owned(),
            Site::At(id) => format!("{name} at {}", name_of(self.model, id)),
        }
    }

    fn text(&self, found: &[AgentPaths]) -> String {
        let mut out = String::new();
        for agent in found {
            out += &format!("{}\n", name_of(self.model, &agent.agent));
            agent.alike().iter().for_each(|goals| out += &self.goals(goals));
            if !agent.chokes.is_empty() {
                out += "\nWhere paths come together\n";
                for choke in agent.chokes.iter().take(8) {
                    out += &format!("  {:5.1} %  {}\n", 100.0 * choke.share, name_of(self.model, &choke.at));
                }
            }
            out.push('\n');
        }
        out + CAVEAT + "\n"
    }

    /// Goals that are reached in the same ways: what they are, the ways, and what interrupts these.
    fn goals(&self, goals: &[&[AttackPath]]) -> String {
        let mut out = "\n".to_owned();
        for best in goals.iter().filter_map(|ways| ways.first()) {
            out += &format!("risk {:5.1}  {}\n", best.risk, best.goal.told(self.model));
        }
        let Some(ways) = goals.first() else { return out };
        for path in *ways {
            out += &format!("{:6.1} %\n", 100.0 * path.p);
            for step in &path.steps {
                let gained = step.gained(self.model).map(|gained| format!(" → {gained}")).unwrap_or_default();
                out += &format!("    {:6.1} %  {}{gained}\n", 100.0 * step.p, step.told(self.model));
            }
        }
        if let Some(cuts) = self.cuts(ways) {
            let these = if ways.len() == 1 { "this way" } else { "these ways" };
            out += &format!("  To interrupt {these}: {}\n", self.listed(&cuts.told));
            if cuts.told != cuts.likely {
                let least = 100.0 * self.library.calibration.paths.relevant;
                out += &format!("  To interrupt every way from {least:.0} % on: {}\n", self.listed(&cuts.likely));
            }
        }
        out
    }

    /// A cut as a list with what each of it costs.
    fn listed(&self, cut: &Cut) -> String {
        let Cut::Controls { controls, left } = cut else { return self.told(cut) };
        let rest = if left.is_empty() { "" } else { "; some ways stay, no control is left against them" };
        let each = controls.iter().map(|c| format!("\n    {:5.0}  {}", c.days, self.control(&c.control, &c.at)));
        format!("{:.0} person-days{rest}{}", cut.days(), each.collect::<String>())
    }

    fn told(&self, cut: &Cut) -> String {
        match cut {
            Cut::Nothing => "nothing to do, no path is likely enough".to_owned(),
            Cut::Controls { controls, left } => {
                let each = controls.iter().map(|c| self.control(&c.control, &c.at));
                let rest = if left.is_empty() { "" } else { "; some paths stay, no control is left against them" };
                format!("{}; {:.0} person-days{rest}", each.collect::<Vec<_>>().join(", "), cut.days())
            }
            Cut::Never(threats) if threats.is_empty() => "impossible, the agent holds it from the start".to_owned(),
            Cut::Never(_) => "no control of the library is left to add".to_owned(),
        }
    }

    fn json(&self, found: &[AgentPaths]) -> Value {
        let agents: Vec<Value> = found
            .iter()
            .map(|agent| {
                let goals: Vec<Value> = agent.goals.iter().filter_map(|paths| self.goal(paths)).collect();
                let choke = |c: &crate::attack::Choke| {
                    json!({ "at": c.at, "name": name_of(self.model, &c.at), "share": c.share, "paths": c.paths })
                };
                json!({
                    "agent": agent.agent,
                    "name": name_of(self.model, &agent.agent),
                    "goals": goals,
                    "chokes": agent.chokes.iter().map(choke).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({ "caveat": CAVEAT, "agents": agents })
    }

    fn goal(&self, paths: &[AttackPath]) -> Option<Value> {
        let best = paths.first()?;
        let path = |path: &AttackPath| {
            let steps: Vec<Value> = path.steps.iter().map(|step| self.step_json(step)).collect();
            json!({ "p": path.p, "risk": path.risk, "steps": steps })
        };
        let mut out = json!({
            "asset": best.goal.asset,
            "name": name_of(self.model, &best.goal.asset),
            "dimension": best.goal.dimension.name(),
            "p": best.p,
            "risk": best.risk,
            "paths": paths.iter().map(path).collect::<Vec<_>>(),
        });
        if let (Some(cuts), Value::Object(fields)) = (self.cuts(paths), &mut out) {
            fields.insert("cut_of_paths".to_owned(), self.cut_json(&cuts.told));
            fields.insert("cut".to_owned(), self.cut_json(&cuts.likely));
        }
        Some(out)
    }

    fn step_json(&self, step: &PathStep) -> Value {
        let spot = |spot: &Spot| match spot {
            Spot::Start => json!("start"),
            Spot::Goal(_) => json!("goal"),
            Spot::Zone(id) | Spot::Element(id) => json!(id),
        };
        let (how, threat) = match &step.how {
            How::Start => ("start", None),
            How::Threat { threat, .. } => ("threat", Some(threat.to_string())),
            How::Holding => ("holding", None),
            How::Unknown(_) => ("unknown weakness", None),
        };
        let told = step.told(self.model);
        let (from, to) = (spot(&step.from), spot(&step.to));
        let via = &step.via;
        json!({ "from": from, "to": to, "via": via, "how": how, "threat": threat, "told": told, "p": step.p, "part": step.is_part })
    }

    fn cut_json(&self, cut: &Cut) -> Value {
        let site = |site: &Site| match site {
            Site::Model => json!("model"),
            Site::At(id) => json!(id),
        };
        let controls: Vec<Value> = match cut {
            Cut::Controls { controls, .. } => {
                controls.iter().map(|c| json!({ "control": c.control, "at": site(&c.at), "days": c.days })).collect()
            }
            _ => Vec::new(),
        };
        json!({ "controls": controls, "days": cut.days(), "told": self.told(cut) })
    }

    fn tree(&self, found: &[AgentPaths], path: &Path, day: Date) -> Result<(), CliError> {
        let ending = "a tree is written as .svg, .png or .pdf";
        let format = Format::of(path).ok_or_else(|| CliError::Usage(ending.to_owned()))?;
        let goal = found.iter().flat_map(|agent| &agent.goals).max_by(|a, b| {
            let risk = |paths: &[AttackPath]| paths.first().map_or(0.0, |path| path.risk);
            risk(a).total_cmp(&risk(b))
        });
        let more = goal.and_then(|paths| paths.first()).map(|best| self.attacks.ways(&best.agent, &best.goal, PATHS));
        let tree = more.and_then(|paths| explained(self.model, self.library, self.assessment, &paths));
        let tree = tree.ok_or_else(|| CliError::Usage("no goal can be reached, so there is no tree".to_owned()))?;
        let options = Options { format, ..Options::default() };
        export::write_tree(self.model, self.assessment, &tree, &options, path, day)
    }
}
