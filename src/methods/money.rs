//! Loss in money after FAIR: how often a threat comes true in a year, what one event costs, and what years look like.
//! Everything here is indicative.

mod chance;
mod simulation;

pub use simulation::{Exceedance, Simulation, Source, simulate};

use super::Rater;
use super::factor::{Factor, Scale, Side, amount, number};
use super::sheet::{Outcome, Sheet, input, result};
use super::subject::Subject;
use crate::library::Library;
use crate::model::{Category, Dimension, FactorValue, Id, Method, ThreatKey, ThreatModel};
use crate::progress::Progress;
use crate::risk::{Assessment, name_of};
use std::collections::BTreeMap;

const OFTEN: Scale = Scale::Marks { from: 0.0, to: 1000.0, whole: false, words: &[] };
const SHARE: Scale = Scale::Marks { from: 0.0, to: 1.0, whole: false, words: &[] };

/// Events a year of something that happens in a year with probability `p`: −ln(1 − p).
pub fn frequency(p: f64) -> f64 {
    -(1.0 - p.clamp(0.0, 0.999_999)).ln()
}

/// Share of the threat's likelihood that controls leave, in events a year.
fn eased(often: f64, off: f64) -> f64 {
    frequency((1.0 - (-often).exp()) * (1.0 - off))
}

pub(super) fn sheet(subject: &Subject<'_>) -> Sheet {
    let finding = subject.finding;
    let often = Factor::new(subject, "money.frequency", "Events a year", OFTEN, Side::Likelihood)
        .marked(frequency(finding.p0), format!("−ln(1 − {:.3}), the likelihood before controls", finding.p0));
    let loss = Factor::new(subject, "money.loss", "Loss of one event", Scale::Loss, Side::Apart);
    let most = subject.assets().filter_map(|(id, asset)| Some((id, asset, asset.loss?.in_order())));
    let most = most.max_by(|a, b| a.2.mean().total_cmp(&b.2.mean()));
    let loss = match &most {
        Some((id, _, triple)) => {
            loss.says(FactorValue::Loss(*triple), format!("what losing {} costs", name_of(subject.model, id)))
        }
        None => Factor { why: "no asset at stake says what its loss costs".to_owned(), ..loss },
    };
    let valued = |d: &Dimension| most.as_ref().is_none_or(|(_, asset, _)| asset.value(*d) > 0);
    let hit = Dimension::ALL.iter().filter(|d| valued(d)).map(|d| subject.weighed.hits.get(*d)).fold(0.0, f64::max);
    let share = Factor::new(subject, "money.share", "Share of it that is hit", SHARE, Side::Impact)
        .marked(hit, "the hardest hit of what the asset is valued for");
    let figures = (often.mark().unwrap_or_default(), loss.loss(), share.mark().unwrap_or_default());
    let (often_now, share_now) =
        (eased(figures.0, subject.weighed.likelihood_off), figures.2 * (1.0 - subject.weighed.impact_off()));
    let outcome = |often: f64, share: f64| match figures.1 {
        Some(loss) => {
            let a_year = often * loss.mean() * share;
            let label = format!("in {:.0} % of years", 100.0 * (1.0 - (-often).exp()));
            Outcome { score: a_year, told: format!("{} a year", amount(a_year)), label, band: None }
        }
        None => Outcome { score: 0.0, told: "–".to_owned(), label: "no loss is estimated".to_owned(), band: None },
    };
    let (inherent, current) = (outcome(figures.0, figures.2), outcome(often_now, share_now));
    let mut steps = vec![input(number(figures.0), format!("events a year: {}", often.why))];
    if let Some(triple) = figures.1 {
        steps.push(input(amount(triple.mean()), "mean loss of one event: (least + 4 × most likely + most) ÷ 6"));
        steps.push(input(number(figures.2), "share of it that is hit"));
        steps.push(result(inherent.told.clone(), "before controls: events × loss × share"));
        if often_now != figures.0 {
            steps.push(input(number(often_now), "events a year with the controls in force"));
        }
        if share_now != figures.2 {
            steps.push(input(number(share_now), "share with the controls in force"));
        }
        steps.push(result(current.told.clone(), "with the controls in force"));
    }
    Sheet {
        method: Method::Money,
        factors: vec![often, loss, share],
        inherent,
        current,
        steps,
        caveat: "Indicative: estimates multiplied by estimates. Good for comparing, not for budgeting to the last figure.",
    }
}

/// Threats with a loss, as sources of it today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantified {
    /// One source for each threat that counts and has a loss, by its key.
    pub threats: BTreeMap<ThreatKey, Source>,
}

impl Quantified {
    /// What the model as a whole loses: of several threats of one class at one place only the costliest counts, as in
    /// the load.
    pub fn whole(&self, assessment: &Assessment) -> Vec<Source> {
        let mut most: BTreeMap<(Id, Option<Category>), &Source> = BTreeMap::new();
        for (threat, source) in &self.threats {
            let class = assessment.findings.get(threat).and_then(|f| f.class());
            let place = most.entry((threat.anchor.clone(), class)).or_insert(source);
            if source.a_year() > place.a_year() {
                *place = source;
            }
        }
        most.into_values().cloned().collect()
    }
}

/// Every threat that counts and has a loss; `None` when cancelled.
pub fn quantified(
    model: &ThreatModel,
    library: &Library,
    assessment: &Assessment,
    progress: &dyn Progress,
) -> Option<Quantified> {
    let losses = model.assets.values().any(|a| a.loss.is_some());
    let by_hand = model.appraisals.values().any(|a| a.given.contains_key("money.loss"));
    let mut out = Quantified::default();
    if !losses && !by_hand {
        return Some(out);
    }
    let rater = Rater::new(model, library, assessment);
    for finding in assessment.findings.values().filter(|f| f.counts()) {
        if progress.cancelled() {
            return None;
        }
        let Some(sheet) = rater.sheet(&finding.key, Method::Money) else { continue };
        let mark = |id: &str| sheet.factor(id).and_then(Factor::mark).unwrap_or_default();
        let Some(loss) = sheet.factor("money.loss").and_then(Factor::loss) else { continue };
        let weighed = rater.explainer.weigh(&finding.key);
        let Some(weighed) = weighed else { continue };
        let source = Source {
            agent: finding.agent.clone(),
            often: eased(mark("money.frequency"), weighed.likelihood_off),
            loss,
            share: mark("money.share") * (1.0 - weighed.impact_off()),
        };
        out.threats.insert(finding.key.clone(), source);
    }
    Some(out)
}
