//! The cheapest controls that interrupt every likely path: a least cut, where cutting an opening costs its cheapest primary
//! control that is not there yet, or secondary one where all primary ones are.

use super::dinic::{NEVER, Network};
use super::ground::{Place, START};
use super::net::Net;
use super::search::Reached;
use crate::library::Library;
use crate::model::{ControlInstance, ControlStatus, Evidence, EvidenceLevel, Id, Key, Link, Site, ThreatKey, ThreatModel};
use crate::risk::{Assessment, Opening, sensible_site_on};
use crate::what_if::person_days;
use std::collections::{BTreeMap, BTreeSet};

/// From this share of its strength a control counts as being there.
const THERE: f64 = 0.6;
/// Person-days are counted in hundredths.
const FINE: f64 = 100.0;
/// What an opening costs that no control is left for: more than all others together.
const OPEN: u64 = 1 << 40;

/// What interrupts all likely paths of an agent to a goal.
#[derive(Clone, Debug, PartialEq)]
pub enum Cut {
    /// No path is likely enough to matter.
    Nothing,
    /// These controls do, apart from paths through the threats that are `left`: for those no control is left to add.
    Controls { controls: Vec<Interruption>, left: Vec<ThreatKey> },
    /// No control stands in the way of these threats; without any, the agent has what it wants from the start.
    Never(Vec<ThreatKey>),
}

/// One control of a cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Interruption {
    pub control: String,
    pub at: Site,
    /// Person-days.
    pub days: f64,
    /// How well it answers them.
    pub link: Link,
    /// Threats it is put against.
    pub threats: Vec<ThreatKey>,
}

/// What interrupts the ways of an agent to a goal: those somebody looks at, and every likely one.
#[derive(Clone, Debug, PartialEq)]
pub struct Cuts {
    pub told: Cut,
    /// From this probability on ways are among those looked at.
    pub least: f64,
    pub likely: Cut,
}

impl Cut {
    /// Person-days of all its controls.
    pub fn days(&self) -> f64 {
        match self {
            Cut::Controls { controls, .. } => controls.iter().map(|one| one.days).sum(),
            _ => 0.0,
        }
    }

    /// Leaves no more ways, for less.
    fn is_better(&self, other: &Cut) -> bool {
        match (self, other) {
            (Cut::Controls { left, .. }, Cut::Controls { left: others, .. }) => {
                left.len() <= others.len() && self.days() < other.days() - 1e-9
            }
            _ => false,
        }
    }

    fn instances(&self, status: ControlStatus, level: EvidenceLevel) -> Vec<ControlInstance> {
        let Cut::Controls { controls: all, .. } = self else { return Vec::new() };
        let evidence = Evidence { level, ..Evidence::default() };
        let instance = |one: &Interruption| ControlInstance {
            control: one.control.clone(),
            at: [one.at.clone()].into(),
            status,
            evidence: evidence.clone(),
            ..ControlInstance::default()
        };
        all.iter().map(instance).collect()
    }

    /// The planned controls, to be put under fresh ids.
    pub fn plans(&self) -> Vec<ControlInstance> {
        self.instances(ControlStatus::Planned, EvidenceLevel::Documented)
    }

    /// The controls carried out and reviewed, to be put under fresh ids.
    pub fn carried_out(&self) -> Vec<ControlInstance> {
        self.instances(ControlStatus::Implemented, EvidenceLevel::Reviewed)
    }

    /// The model with them carried out, to look at what paths are left.
    pub fn applied(&self, model: &ThreatModel) -> ThreatModel {
        let mut out = model.clone();
        for (n, instance) in self.carried_out().into_iter().enumerate() {
            let mut id = Id::from(format!("cut {n}"));
            while out.has_id(&id) {
                id = Id::from(format!("{id}'"));
            }
            out.put(&Key::Instance(id), Some(instance.into()));
        }
        out
    }
}

/// The net between the start of an agent and one of its goals.
pub(super) struct Between<'b, 'g, 'l> {
    pub model: &'b ThreatModel,
    pub library: &'b Library,
    pub assessment: &'b Assessment,
    pub net: &'b Net<'g, 'l>,
    pub goal: usize,
    /// The likeliest ways from the start.
    pub forward: &'b Reached,
    /// Likelihood of the likeliest way from every vertex to the goal.
    pub backward: Vec<f64>,
}

/// What interrupts every way from probability `least` on. `None` when the goal cannot be reached at all.
pub(super) fn cut(between: &Between<'_, '_, '_>, least: f64) -> Option<Cut> {
    between.forward.way_to(between.goal)?;
    let likely = Likely::new(between, least);
    if likely.prices.is_empty() {
        return Some(Cut::Nothing);
    }
    let mut best = likely.cut(&BTreeSet::new());
    // A control that answers several openings at one place is paid once: what is left to pay where it is there already?
    let mut given = BTreeSet::new();
    let shared = likely.shared();
    for _ in 0..shared.len().min(ROUNDS) {
        let others = shared.iter().filter(|control| !given.contains(*control));
        let tried = others.map(|control| {
            let with: BTreeSet<Control> = given.iter().chain([control]).cloned().collect();
            (likely.cut(&with), with)
        });
        match tried.min_by(|(a, _), (b, _)| a.days().total_cmp(&b.days())).filter(|(cut, _)| cut.is_better(&best)) {
            Some((cut, with)) => (best, given) = (cut, with),
            None => break,
        }
    }
    Some(best)
}

/// A control and where it is put.
type Control = (String, Site);

/// How many shared controls are tried, and how many of them taken at most.
const SHARED: usize = 16;
const ROUNDS: usize = 4;

/// What ways from some probability on pass.
struct Likely<'c, 'b, 'g, 'l> {
    between: &'c Between<'b, 'g, 'l>,
    edges: Vec<(usize, usize)>,
    /// What it costs to cut each vertex on the way; `None` where nothing does.
    prices: BTreeMap<usize, Option<Price>>,
}

impl<'c, 'b, 'g, 'l> Likely<'c, 'b, 'g, 'l> {
    fn new(between: &'c Between<'b, 'g, 'l>, least: f64) -> Likely<'c, 'b, 'g, 'l> {
        let Between { model, library, assessment, net, forward, backward, .. } = between;
        let ground = net.ground();
        let best = |list: &[f64], at: usize| list.get(at).copied().unwrap_or_default();
        let mut edges = Vec::new();
        let mut prices = BTreeMap::new();
        for at in 0..ground.len() {
            let hops = net.hops(at).iter();
            edges.extend(
                hops.filter(|hop| best(&forward.p, at) * hop.p * best(backward, hop.to) >= least).map(|hop| (at, hop.to)),
            );
        }
        for at in edges.iter().flat_map(|(from, to)| [*from, *to]) {
            prices.entry(at).or_insert_with(|| match ground.place(at) {
                Some(Place::Opening(n)) => ground.opening(*n).and_then(|opening| price(model, library, opening, assessment)),
                _ => None,
            });
        }
        Likely { between, edges, prices }
    }

    /// Controls that answer several openings, those that answer most first.
    fn shared(&self) -> Vec<Control> {
        let mut many: BTreeMap<Control, usize> = BTreeMap::new();
        for price in self.prices.values().flatten() {
            *many.entry((price.control.clone(), price.at.clone())).or_default() += 1;
        }
        let mut out: Vec<(usize, Control)> = many.into_iter().filter(|(_, n)| *n > 1).map(|(control, n)| (n, control)).collect();
        out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        out.into_iter().take(SHARED).map(|(_, control)| control).collect()
    }

    /// The least cut when these controls cost next to nothing.
    fn cut(&self, given: &BTreeSet<Control>) -> Cut {
        let ground = self.between.net.ground();
        // A vertex is entered at its own number and left at that plus the width.
        let width = ground.len();
        let mut network = Network::with_vertices(2 * width);
        self.edges.iter().for_each(|(from, to)| network.pipe(from + width, *to, NEVER));
        for (at, price) in &self.prices {
            let capacity = match (price, ground.place(*at)) {
                (Some(price), _) if given.contains(&(price.control.clone(), price.at.clone())) => 1,
                (Some(price), _) => ((price.days * FINE).round() as u64).clamp(1, OPEN - 1),
                (None, Some(Place::Opening(_))) => OPEN,
                (None, _) => NEVER,
            };
            network.pipe(*at, at + width, capacity);
        }
        let (flow, with_start) = network.cut(START + width, self.between.goal);
        if flow >= NEVER {
            return Cut::Never(Vec::new());
        }
        let is_cut = |at: usize| {
            let side = |vertex: usize| with_start.get(vertex).copied().unwrap_or_default();
            side(at) && !side(at + width)
        };
        let mut out: BTreeMap<Control, Interruption> = BTreeMap::new();
        let mut left: Vec<ThreatKey> = Vec::new();
        for (at, price) in self.prices.iter().filter(|(at, _)| is_cut(**at)) {
            let Some(Place::Opening(n)) = ground.place(*at) else { continue };
            let Some(threat) = ground.opening(*n).map(|opening| opening.threat.clone()) else { continue };
            let Some(Price { control, at, days, link }) = price.clone() else {
                if !left.contains(&threat) {
                    left.push(threat);
                }
                continue;
            };
            let key = (control.clone(), at.clone());
            let one = out.entry(key).or_insert_with(|| Interruption { control, at, days, link, threats: Vec::new() });
            if !one.threats.contains(&threat) {
                one.threats.push(threat);
            }
        }
        match out.is_empty() {
            true => Cut::Never(left),
            false => Cut::Controls { controls: out.into_values().collect(), left },
        }
    }
}

/// A control against an opening.
#[derive(Clone)]
struct Price {
    control: String,
    at: Site,
    days: f64,
    link: Link,
}

/// The cheapest primary control that makes sense on its route and is not there; else the cheapest secondary one.
fn price(model: &ThreatModel, library: &Library, opening: &Opening<'_>, assessment: &Assessment) -> Option<Price> {
    let finding = assessment.findings.get(&opening.threat)?;
    let is_there = |control: &str, site: &Site| {
        let same = |i: &&ControlInstance| i.control == control && i.at.contains(site);
        model.instances.values().filter(same).any(|i| library.calibration.quality(i) >= THERE)
    };
    let prices = finding.about.listed.iter().filter(|(_, link)| *link != Link::Weak).filter_map(|(control, link)| {
        let definition = library.control(model, control).filter(|definition| definition.effects.likelihood)?;
        let at = sensible_site_on(model, library, finding, opening.route, control)?;
        let days = person_days(library, definition, None);
        (!is_there(control, &at)).then(|| Price { control: control.clone(), at, days, link: *link })
    });
    prices.reduce(|best, other| if (other.link, other.days) < (best.link, best.days) { other } else { best })
}
