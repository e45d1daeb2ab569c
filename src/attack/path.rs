//! Paths as people read them.

use super::ground::{Place, Try};
use super::net::{Hop, Net};
use super::positions::via;
use super::surroundings::Surroundings;
use crate::model::{Access, Dimension, ElementKind, Id, ThreatKey, ThreatModel};
use crate::risk::{Binding, Opening, name_of};
use std::collections::BTreeSet;

/// What an attacker wants: an asset, harmed in one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Goal {
    pub asset: Id,
    pub dimension: Dimension,
}

/// A position on the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Nothing yet.
    Start,
    /// Somewhere in a boundary.
    Zone(Id),
    /// In control of an element, or acting as it.
    Element(Id),
    Goal(Goal),
}

/// How one position leads to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// The agent starts there.
    Start,
    /// A threat comes true on one of its routes.
    /// `title` is the rule's with the names of this route; what is tried from no position says from where.
    Threat { threat: ThreatKey, route: usize, binding: Binding, title: String },
    /// What the held element keeps or passes on is at hand.
    Holding,
    /// A weakness nobody knows, along a flow.
    Unknown(Id),
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep {
    pub from: Spot,
    pub to: Spot,
    pub how: How,
    /// What it passes to get there, where something is sent: flows, and the elements between them.
    pub via: Vec<Id>,
    /// Probability a year that the step works for this agent.
    pub p: f64,
    /// It harms the goal, but not all of it.
    pub is_part: bool,
}

/// A way of an agent to a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct AttackPath {
    pub agent: Id,
    pub goal: Goal,
    pub steps: Vec<PathStep>,
    /// Product of its steps' probabilities.
    pub p: f64,
    /// 100 · p · utility of the goal's value.
    pub risk: f64,
}

/// Something that has to work out for a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need<'p> {
    Threat(&'p ThreatKey),
    Unknown(&'p Id),
}

impl Goal {
    /// "Orders: confidentiality".
    pub fn told(&self, model: &ThreatModel) -> String {
        format!("{}: {}", name_of(model, &self.asset), self.dimension.label())
    }
}

impl Spot {
    /// The element, boundary or asset.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Spot::Start => None,
            Spot::Zone(id) | Spot::Element(id) => Some(id),
            Spot::Goal(goal) => Some(&goal.asset),
        }
    }

    pub fn told(&self, model: &ThreatModel) -> String {
        match self {
            Spot::Start => "outside".to_owned(),
            Spot::Zone(id) | Spot::Element(id) => name_of(model, id),
            Spot::Goal(goal) => goal.told(model),
        }
    }

    /// What holding it means: "acts as Shop staff", "takes over Shop database", "is inside Office".
    fn held(&self, model: &ThreatModel) -> String {
        let is_person = |id: &Id| model.elements.get(id).is_some_and(|e| e.kind == ElementKind::ExternalEntity);
        match self {
            Spot::Start | Spot::Goal(_) => self.told(model),
            Spot::Zone(id) => format!("is inside {}", name_of(model, id)),
            Spot::Element(id) if is_person(id) => format!("acts as {}", name_of(model, id)),
            Spot::Element(id) => format!("takes over {}", name_of(model, id)),
        }
    }
}

impl PathStep {
    /// Elements, flows and boundaries it happens at.
    pub fn places(&self) -> BTreeSet<&Id> {
        let ends = [&self.from, &self.to].into_iter().filter(|spot| !matches!(spot, Spot::Goal(_)));
        let mut out: BTreeSet<&Id> = ends.filter_map(Spot::id).chain(&self.via).collect();
        match &self.how {
            How::Threat { threat, binding, .. } => {
                out.insert(&threat.anchor);
                match binding {
                    Binding::Element(id) | Binding::Boundary(id) => drop(out.insert(id)),
                    Binding::Flow { route, src, dst } => {
                        out.extend(route.legs());
                        out.extend(src.iter().chain(dst));
                    }
                }
            }
            How::Unknown(flow) => drop(out.insert(flow)),
            How::Start | How::Holding => {}
        }
        out
    }

    /// What is done, in words.
    pub fn told(&self, model: &ThreatModel) -> String {
        match &self.how {
            How::Start => format!("Starts at {}", self.to.told(model)),
            How::Threat { title, .. } => format!("{title}{}", self.told_via(model)),
            How::Holding => self.taken(model),
            How::Unknown(flow) => format!("Finds an unknown weakness along {}", name_of(model, flow)),
        }
    }
}

impl PathStep {
    /// ", by way of API gateway" where others pass it on.
    fn told_via(&self, model: &ThreatModel) -> String {
        let between: Vec<String> =
            self.via.iter().filter(|id| model.elements.contains_key(*id)).map(|id| name_of(model, id)).collect();
        if between.is_empty() { String::new() } else { format!(", by way of {}", between.join(" and ")) }
    }

    /// What whoever holds an element does with what it keeps.
    fn taken(&self, model: &ThreatModel) -> String {
        let from = self.from.told(model);
        let Spot::Goal(goal) = &self.to else { return format!("Uses what {from} keeps") };
        let asset = name_of(model, &goal.asset);
        match goal.dimension {
            Dimension::C | Dimension::P => format!("Reads {asset} at {from}"),
            Dimension::I => format!("Alters {asset} at {from}"),
            Dimension::A => format!("Withholds {asset} at {from}"),
            Dimension::S => format!("Misuses {asset} at {from}"),
        }
    }

    /// What the attacker has afterwards: "goal", "part of the goal", "acts as Shop staff"; `None` where it only starts.
    pub fn gained(&self, model: &ThreatModel) -> Option<String> {
        match (&self.how, &self.to) {
            (How::Start, _) => None,
            (_, Spot::Goal(_)) if self.is_part => Some("part of the goal".to_owned()),
            (_, Spot::Goal(_)) => Some("goal".to_owned()),
            (_, to) => Some(to.held(model)),
        }
    }
}

impl AttackPath {
    /// Elements, flows and boundaries on the way.
    pub fn places(&self) -> BTreeSet<&Id> {
        self.steps.iter().flat_map(PathStep::places).collect()
    }

    /// What has to work out on the way: threats that come true, and weaknesses nobody knows.
    pub(super) fn needs(&self) -> BTreeSet<Need<'_>> {
        let needs = self.steps.iter().filter_map(|step| match &step.how {
            How::Threat { threat, .. } => Some(Need::Threat(threat)),
            How::Unknown(flow) => Some(Need::Unknown(flow)),
            How::Start | How::Holding => None,
        });
        needs.collect()
    }

    /// True when both do the same all the way and only want something else.
    pub fn is_alike(&self, other: &AttackPath) -> bool {
        let is_alike = |a: &PathStep, b: &PathStep| match (&a.to, &b.to) {
            (Spot::Goal(_), Spot::Goal(_)) => (&a.from, &a.how, a.is_part) == (&b.from, &b.how, b.is_part),
            _ => (&a.from, &a.to, &a.how) == (&b.from, &b.to, &b.how),
        };
        let is_taken = |step: &PathStep| step.how == How::Holding;
        self.agent == other.agent
            && self.steps.len() == other.steps.len()
            && (self.p - other.p).abs() < 1e-9
            && self.steps.iter().zip(&other.steps).all(|(a, b)| is_alike(a, b) && !is_taken(a))
    }

    /// Threats on the way.
    pub fn threats(&self) -> impl Iterator<Item = &ThreatKey> {
        self.steps.iter().filter_map(|step| match &step.how {
            How::Threat { threat, .. } => Some(threat),
            _ => None,
        })
    }
}

/// From where something is tried that needs no position.
fn said_from(from: &Spot, opening: &Opening<'_>) -> &'static str {
    match (from, opening.access) {
        (Spot::Start, Access::Supp) => "As a supplier: ",
        (Spot::Start, Access::Phys) => "On the spot: ",
        (Spot::Start, _) => "From afar: ",
        _ => "",
    }
}

/// The title of a threat with the names of one route.
fn titled(model: &ThreatModel, opening: &Opening<'_>) -> String {
    let Some(rule) = opening.rule else {
        return model.threats.get(&opening.threat.rule).map_or_else(|| opening.threat.to_string(), |t| t.title.clone());
    };
    let name = |id: Option<&Id>| id.map_or_else(String::new, |id| name_of(model, id));
    match &opening.binding {
        Binding::Element(id) => rule.title.replace("{This}", &name(Some(id))),
        Binding::Boundary(id) => rule.title.replace("{Zone}", &name(Some(id))),
        Binding::Flow { route, src, dst } => {
            let title = rule.title.replace("{Src}", &name(src.as_ref())).replace("{Dst}", &name(dst.as_ref()));
            title.replace("{Flow}", &name(route.first()))
        }
    }
}

/// A way through the net in words; `None` for one that leads to no goal.
pub(super) fn told(around: &Surroundings<'_>, net: &Net<'_, '_>, agent: &Id, way: &[Hop]) -> Option<AttackPath> {
    let (model, ground) = (around.model, net.ground());
    let mut steps: Vec<PathStep> = Vec::new();
    // A try is entered by one hop and left by the next.
    let mut entered: Option<(Spot, f64)> = None;
    for hop in way {
        let (from, to) = (ground.place(hop.from), ground.place(hop.to));
        match (from, to) {
            (Some(Place::Spot(from)), Some(Place::Opening(_))) => entered = Some((from.clone(), hop.p)),
            (Some(Place::Opening(n)), Some(Place::Spot(to))) => {
                let ((from, p), opening) = (entered.take()?, ground.opening(*n)?);
                let (threat, binding) = (opening.threat.clone(), opening.binding.clone());
                let title = format!("{}{}", said_from(&from, opening), titled(model, opening));
                let is_part = matches!(to, Spot::Goal(goal) if opening.hits.get(goal.dimension) < 1.0);
                let how = How::Threat { threat, route: opening.route, binding, title };
                let via = via(around, opening, &from);
                steps.push(PathStep { from, to: to.clone(), how, via, p: p * hop.p, is_part });
            }
            (Some(Place::Spot(from)), Some(Place::Spot(to))) => {
                let how = match net.by(hop)? {
                    Try::Start => How::Start,
                    Try::Unknown(flow) => How::Unknown(flow.clone()),
                    _ => How::Holding,
                };
                steps.push(PathStep { from: from.clone(), to: to.clone(), how, via: Vec::new(), p: hop.p, is_part: false });
            }
            _ => return None,
        }
    }
    let Some(Spot::Goal(goal)) = steps.last().map(|step| step.to.clone()) else { return None };
    let p = steps.iter().map(|step| step.p).product();
    let value = model.assets.get(&goal.asset).map_or(0, |asset| asset.value(goal.dimension));
    let risk = 100.0 * p * around.library.calibration.utility_of(value);
    Some(AttackPath { agent: agent.clone(), goal, steps, p, risk })
}
