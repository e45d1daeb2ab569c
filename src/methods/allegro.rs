//! OCTAVE Allegro (Caralli et al., CMU/SEI-2007-TR-012): impact areas ranked for the model, each rated Low, Medium or High
//! for the risk; with its probability the risk falls into a pool. Assets are followed to the containers they live in.

use super::factor::{Factor, Scale, Side, number};
use super::sheet::{Outcome, Sheet, input, result};
use super::subject::Subject;
use crate::library::Library;
use crate::model::{Band, BoundaryKind, Dimension, ElementKind, Fact, IMPACT_AREAS, Id, Method, Protocol, ThreatModel, Tri};
use crate::risk::Rating;

const SCALE: Scale = Scale::Marks { from: 1.0, to: 3.0, whole: true, words: &[(1.0, "Low"), (2.0, "Medium"), (3.0, "High")] };

/// Σ rank · value; the first area has the highest rank.
pub fn relative_score(values: &[f64]) -> f64 {
    values.iter().rev().zip(1u32..).map(|(value, rank)| f64::from(rank) * value).sum()
}

/// Pool 1 mitigate, 2 mitigate or defer, 3 defer or accept, 4 accept. `probability` is 1 Low, 2 Medium, 3 High; for five
/// areas scores run from 15 to 45 and the rows begin at 30 and 16.
pub fn pool(areas: usize, score: f64, probability: u8) -> u8 {
    let least = (areas * (areas + 1)) as f64 / 2.0;
    let row = match score {
        s if s >= 2.0 * least => [3, 2, 1],
        s if s > least => [3, 2, 2],
        _ => [4, 3, 2],
    };
    row.get(usize::from(probability.clamp(1, 3)) - 1).copied().unwrap_or(4)
}

fn pool_label(pool: u8) -> &'static str {
    match pool {
        1 => "Pool 1: mitigate",
        2 => "Pool 2: mitigate or defer",
        3 => "Pool 3: defer or accept",
        _ => "Pool 4: accept",
    }
}

fn pool_band(pool: u8) -> Band {
    match pool {
        1 => Band::High,
        2 => Band::Medium,
        3 => Band::Low,
        _ => Band::Minimal,
    }
}

/// Dimensions an area suffers from; areas of the model's own from all.
fn suffers(area: &str) -> &'static [Dimension] {
    use Dimension::{A, C, I, P, S};
    match IMPACT_AREAS.iter().position(|known| *known == area) {
        Some(0) => &[C, P],
        Some(1) => &[C, I, A],
        Some(2) => &[P],
        Some(3) => &[A],
        Some(4) => &[S],
        _ => &[C, I, A, P, S],
    }
}

/// Low up to level 2, Medium at 3, High from 4.
fn grade(level: u8) -> f64 {
    match level {
        4.. => 3.0,
        3 => 2.0,
        _ => 1.0,
    }
}

pub(super) fn sheet(subject: &Subject<'_>) -> Sheet {
    let areas: Vec<&String> = subject.model.info.rating.impact_areas.iter().filter(|a| !a.trim().is_empty()).collect();
    let rated = |area: &&String| {
        let dimensions = suffers(area);
        let is_fines = IMPACT_AREAS.get(2).is_some_and(|fines| fines == area);
        // What is regulated is fined when it leaks, personal or not.
        let leaks = is_fines && subject.assets().any(|(_, asset)| !asset.regulation.is_empty());
        let all = dimensions.iter().copied().chain(leaks.then_some(Dimension::C));
        let worst = all.map(|d| (subject.impact_level(d), d)).max_by_key(|(level, _)| *level);
        let (level, dimension) = worst.unwrap_or((0, Dimension::C));
        let why = format!("impact level {level} of 5 by {}", dimension.label());
        Factor::new(subject, format!("allegro.{area}"), (*area).clone(), SCALE, Side::Impact).marked(grade(level), why)
    };
    let mut factors: Vec<Factor> = areas.iter().map(rated).collect();
    let probability = |rating: &Rating| grade(rating.likelihood);
    let inherent_rating = &subject.finding.inherent;
    let why = format!("likelihood level {} of 5 before controls", inherent_rating.likelihood);
    let chance = Factor::new(subject, "allegro.probability", "Probability", SCALE, Side::Likelihood)
        .marked(probability(inherent_rating), why);
    let values: Vec<f64> = factors.iter().filter_map(Factor::mark).collect();
    // Controls move the probability, and each area as the impact as a whole moves.
    let eased = |factor: &Factor, off: f64| {
        let mark = factor.mark().unwrap_or(1.0);
        if off > 0.0 { (1.0 + (mark - 1.0) * (1.0 - off)).round() } else { mark }
    };
    let now: Vec<f64> = factors.iter().map(|f| eased(f, subject.weighed.impact_off())).collect();
    let before = chance.mark().unwrap_or(1.0);
    let today = match chance.given {
        Some(_) => eased(&chance, subject.weighed.likelihood_off),
        None => probability(&subject.finding.current).min(before),
    };
    let outcome = |values: &[f64], probability: f64| {
        let score = relative_score(values);
        let pool = pool(values.len(), score, probability as u8);
        let told = format!("{}, pool {pool}", number(score));
        let label = pool_label(pool).to_owned();
        Outcome { score: f64::from(4 - pool.min(4)) * 1000.0 + score, told, label, band: Some(pool_band(pool)) }
    };
    let (inherent, current) = (outcome(&values, before), outcome(&now, today));
    let word = |mark: f64| SCALE.words(&crate::model::FactorValue::Mark(mark));
    let ranks = (1..=factors.len()).rev();
    let mut steps: Vec<_> = factors
        .iter()
        .zip(ranks)
        .map(|(f, rank)| {
            let mark = f.mark().unwrap_or(1.0);
            let product = number(rank as f64 * mark);
            input(product, format!("{}: rank {rank} × {} ({})", f.name, number(mark), word(mark)))
        })
        .collect();
    steps.push(result(inherent.told.clone(), format!("before controls, at probability {}: {}", word(before), inherent.label)));
    steps.push(result(current.told.clone(), format!("now, at probability {}: {}", word(today), current.label)));
    factors.push(chance);
    Sheet {
        method: Method::Allegro,
        factors,
        inherent,
        current,
        steps,
        caveat: "Impact areas are ranked once for the model, the most important first.",
    }
}

/// What kind of place an asset lives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContainerKind {
    Technical,
    Physical,
    People,
}

impl ContainerKind {
    pub const ALL: [ContainerKind; 3] = [ContainerKind::Technical, ContainerKind::Physical, ContainerKind::People];

    pub fn label(self) -> &'static str {
        match self {
            ContainerKind::Technical => "Technical",
            ContainerKind::Physical => "Physical",
            ContainerKind::People => "People",
        }
    }
}

/// A place an asset is stored at, moved over or processed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// An element or flow.
    pub at: Id,
    pub kind: ContainerKind,
    /// Run by ourselves.
    pub is_internal: bool,
    /// Kept there rather than only passing.
    pub is_kept: bool,
}

/// The containers of an asset, those that keep it first.
pub fn containers(model: &ThreatModel, library: &Library, asset: &Id) -> Vec<Container> {
    let is = |id: &Id, fact: Fact| {
        model.elements.get(id).is_some_and(|e| match e.facts.get(&fact) {
            Some(answer) => *answer == Tri::Yes,
            None => library.tags.fact(&e.tags, fact) == Tri::Yes,
        })
    };
    let site = |id: &Id| {
        let chain = model.boundary_chain(id);
        chain.first().and_then(|zone| model.boundaries.get(zone)).is_some_and(|b| b.kind == BoundaryKind::Physical)
    };
    let carried = |id: &Id| {
        let touches = |end: &Option<Id>| end.as_ref() == Some(id);
        model.flows.values().any(|f| f.assets.contains(asset) && (touches(&f.from) || touches(&f.to)))
    };
    let mut out = Vec::new();
    for (id, element) in &model.elements {
        let is_kept = element.holds.contains(asset);
        if !is_kept && !carried(id) {
            continue;
        }
        let is_person = element.kind == ElementKind::ExternalEntity && is(id, Fact::Human);
        let kind = match () {
            () if is_person => ContainerKind::People,
            () if is(id, Fact::Removable) || (site(id) && element.kind == ElementKind::DataStore) => ContainerKind::Physical,
            () => ContainerKind::Technical,
        };
        let is_internal = element.kind != ElementKind::ExternalEntity && !is(id, Fact::ThirdParty);
        out.push(Container { at: id.clone(), kind, is_internal, is_kept });
    }
    for (id, flow) in model.flows.iter().filter(|(_, f)| f.assets.contains(asset)) {
        let kind = if flow.protocol == Protocol::Manual { ContainerKind::Physical } else { ContainerKind::Technical };
        let inside = |end: &Option<Id>| {
            end.as_ref().and_then(|e| model.elements.get(e)).is_some_and(|e| e.kind != ElementKind::ExternalEntity)
        };
        out.push(Container { at: id.clone(), kind, is_internal: inside(&flow.from) && inside(&flow.to), is_kept: false });
    }
    out.sort_by_key(|c| (c.kind, !c.is_kept));
    out
}
